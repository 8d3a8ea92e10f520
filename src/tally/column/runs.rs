//! The loops over the cells of a column, a run of records at a time.
//!
//! Each counts what is known already and nothing else, so that it stays tight; the records it
//! leaves are few and are tended to after it.

use super::super::dense::plain_number;
use super::super::parts::Cut;
use super::{ColumnTally, Counted, Here, Meaning, lossy};
use crate::read::Block;
use crate::schema::infer::Class;
use crate::schema::lexical::LONG;
use std::ops::Range;

/// The longest built-in word or missing token has fewer bytes than this.
const WORDY: usize = 24;

impl ColumnTally<'_> {
    pub(super) fn add_numbers(&mut self, block: &Block, rows: Range<usize>, id: Option<usize>) {
        let Meaning::Number(counts) = &mut self.meaning else { return };
        let (mut left, mut excluded) = (std::mem::take(&mut self.left), Vec::new());
        let first = rows.start;
        for (row, cell) in (first..).zip(block.cells(self.column, rows)) {
            match plain_number(cell, self.mark) {
                Some((digits, scale)) => {
                    counts.add_plain(digits, scale);
                    if self.limits.as_ref().is_some_and(|limits| limits.exclude(digits, scale)) {
                        excluded.push(row);
                    }
                }
                None => left.push(row),
            }
        }
        for row in left.drain(..) {
            self.add_text(block.cell(row, self.column), Here { block, row, id });
        }
        for row in excluded {
            self.report_limit(block.cell(row, self.column), Here { block, row, id });
        }
        self.left = left;
    }

    /// Counts texts of which few are different.
    pub(super) fn add_levels(&mut self, block: &Block, rows: Range<usize>, id: Option<usize>) {
        let mut left = Vec::new();
        let first = rows.start;
        for (row, cell) in (first..).zip(block.cells(self.column, rows)) {
            let counted = match cell.plain() {
                Some(text) => self.texts.count(cell.onward(), text.len()),
                None => self.texts.count(&cell.text(), cell.text().len()),
            };
            if !matches!(counted, Counted::Known(_)) {
                left.push((row, counted));
            }
        }
        for (row, counted) in left {
            self.tend(counted, &block.cell(row, self.column).text(), Here { block, row, id });
        }
    }

    pub(super) fn add_texts(&mut self, block: &Block, rows: Range<usize>, id: Option<usize>) {
        let Meaning::Text(counts) = &mut self.meaning else { return };
        let own = self.rules.variable.missing.iter().flatten().map(|(token, _)| token.len());
        let longest = self.rules.extra_missing.iter().map(String::len).chain(own).max().unwrap_or(0).max(WORDY);
        let mut left = Vec::new();
        let first = rows.start;
        for (row, cell) in (first..).zip(block.cells(self.column, rows)) {
            let raw = cell.raw();
            let quoted = raw.strip_prefix(b"\"").and_then(|raw| raw.strip_suffix(b"\"")).filter(|_| block.quoted);
            let inner = quoted.unwrap_or(raw);
            let long = inner.len() > LONG;
            if inner.len() <= longest || !(long || is_words(inner)) {
                left.push((row, None));
                continue;
            }
            // No missing token is as long, so that its class is all there is to know.
            counts.present += 1;
            let (count, class) =
                if long { (&mut self.passed.long, Class::Long) } else { (&mut self.passed.words, Class::Word) };
            *count += 1;
            if *count == 1 {
                left.push((row, Some(class)));
            }
        }
        for (row, counted) in left {
            let (cell, here) = (block.cell(row, self.column), Here { block, row, id });
            match counted {
                Some(class) => self.note_class(class, &lossy(&cell.text()), here),
                None => self.add_text(cell, here),
            }
        }
    }

    /// Counts cells of several items or lines by their parts.
    pub(super) fn add_parts(&mut self, block: &Block, rows: Range<usize>, id: Option<usize>) {
        let mut left = std::mem::take(&mut self.left);
        // The first cell of a class takes the way that notes its place.
        let noted = [Class::List, Class::Lines].map(|class| self.evidence.first(class).is_some());
        let first = rows.start;
        for (row, cell) in (first..).zip(block.cells(self.column, rows)) {
            let cut = match cell.plain() {
                Some(text) => self.parts.cut(cell.onward(), text.len()),
                None => self.parts.cut(&cell.text(), cell.text().len()),
            };
            let counted = match (cut, noted) {
                (Cut::Known(Class::Lines), [_, true]) => {
                    count(&mut self.meaning, self.parts.numbers(), &mut self.passed.lines)
                }
                (Cut::Known(Class::List), [true, _]) => {
                    count(&mut self.meaning, self.parts.numbers(), &mut self.passed.lists)
                }
                _ => false,
            };
            if !counted {
                left.push(row);
            }
        }
        for row in left.drain(..) {
            let text = block.cell(row, self.column).text();
            let counted = self.texts.count(&text, text.len());
            self.tend(counted, &text, Here { block, row, id });
            // Now that the careful way has read its parts.
            if !matches!(counted, Counted::Known(_)) {
                self.learn(&text);
            }
        }
        self.left = left;
    }

    fn learn(&mut self, text: &[u8]) {
        let (rules, meaning) = (&self.rules, &mut self.meaning);
        self.parts.learn(text, self.reading, |part| match meaning {
            Meaning::Set(tally) => tally.number(part, rules),
            Meaning::Lines(tally) => tally.number(part),
            _ => None,
        });
    }
}

#[inline]
fn count(meaning: &mut Meaning, numbers: &[u32], cells: &mut u64) -> bool {
    let counted = match meaning {
        Meaning::Set(tally) => tally.add(numbers),
        Meaning::Lines(tally) => {
            tally.count_one(numbers);
            true
        }
        _ => false,
    };
    *cells += u64::from(counted);
    counted
}

/// True where a text is made of letters, commas and spaces: a word for the lexical classes, if it is not too long.
fn is_words(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b','))
}
