//! The loops over the cells of a column, a run of records at a time.
//!
//! Each counts what is known already and nothing else, so that it stays tight; the records it
//! leaves are few and are tended to after it.

use super::super::dense::plain_number;
use super::super::parts::Cut;
use super::{ColumnTally, Counted, Here, Meaning, Texts, lossy};
use crate::read::{Block, Cell};
use crate::schema::infer::Class;
use crate::schema::lexical::LONG;
use std::ops::Range;

/// No built-in missing token has as many bytes.
const BEYOND_TOKENS: usize = 15;

impl ColumnTally<'_> {
    pub(super) fn add_numbers(&mut self, block: &Block, rows: Range<usize>, id: Option<usize>) {
        let Meaning::Number(counts) = &mut self.meaning else { return };
        let (mut left, mut excluded) = (std::mem::take(&mut self.left), Vec::new());
        let first = rows.start;
        for (row, cell) in (first..).zip(block.cells(self.column, rows)) {
            if let Some((digits, scale)) = plain_number(cell, self.mark) {
                counts.add_plain(digits, scale);
                if self.limits.as_ref().is_some_and(|limits| limits.exclude(digits, scale)) {
                    excluded.push(row);
                }
            } else if cell.is_empty() {
                self.passed.blank += 1;
            } else {
                leave(&mut left, row, count_text(&mut self.texts, cell));
            }
        }
        self.tend_all(left, block, id);
        for row in excluded {
            self.report_limit(block.cell(row, self.column), Here { block, row, id });
        }
    }

    /// Counts texts of which few are different.
    pub(super) fn add_levels(&mut self, block: &Block, rows: Range<usize>, id: Option<usize>) {
        let mut left = std::mem::take(&mut self.left);
        let first = rows.start;
        for (row, cell) in (first..).zip(block.cells(self.column, rows)) {
            if cell.is_empty() {
                self.passed.blank += 1;
            } else {
                leave(&mut left, row, count_text(&mut self.texts, cell));
            }
        }
        self.tend_all(left, block, id);
    }

    fn tend_all(&mut self, mut left: Vec<(usize, Counted)>, block: &Block, id: Option<usize>) {
        for (row, counted) in left.drain(..) {
            self.tend(counted, &block.cell(row, self.column).text(), Here { block, row, id });
        }
        self.left = left;
    }

    pub(super) fn add_texts(&mut self, block: &Block, rows: Range<usize>, id: Option<usize>) {
        let Meaning::Text(counts) = &mut self.meaning else { return };
        let own = self.rules.variable.missing.iter().flatten().map(|(token, _)| token.len());
        let tokens = self.rules.extra_missing.iter().map(String::len).chain(own);
        let beyond = tokens.map(|length| length + 1).max().unwrap_or(0).max(BEYOND_TOKENS);
        let (mut left, mut classes) = (std::mem::take(&mut self.left), Vec::new());
        let first = rows.start;
        for (row, cell) in (first..).zip(block.cells(self.column, rows)) {
            // Quotes add two bytes, and more where they are doubled inside: never fewer.
            let length = cell.raw().len();
            if length >= beyond + 2 {
                counts.present += 1;
                // Counting quotes too calls a text long too soon, which leaves it a text; never too late.
                let long = length > LONG;
                let (count, class) =
                    if long { (&mut self.passed.long, Class::Long) } else { (&mut self.passed.words, Class::Word) };
                *count += 1;
                if *count == 1 {
                    classes.push((row, class));
                }
            } else if length == 0 {
                self.passed.blank += 1;
            } else {
                leave(&mut left, row, count_text(&mut self.texts, cell));
            }
        }
        self.tend_all(left, block, id);
        for (row, class) in classes {
            let (text, here) = (block.cell(row, self.column).text(), Here { block, row, id });
            // The first of the class by place: a shorter text of it may stand above or below.
            self.evidence.meet(class, here.place(&self.rules.variable.header), &lossy(&text));
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
                None => Cut::Careful,
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
            if counted {
                continue;
            }
            if cell.is_empty() {
                self.passed.blank += 1;
            } else {
                leave(&mut left, row, count_text(&mut self.texts, cell));
            }
        }
        for (row, counted) in left.drain(..) {
            let text = block.cell(row, self.column).text();
            self.tend(counted, &text, Here { block, row, id });
            // Now that the careful way has read its parts.
            self.learn(&text);
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
fn count_text(texts: &mut Texts, cell: Cell<'_>) -> Counted {
    match cell.plain() {
        Some(text) => texts.count(cell.onward(), text.len()),
        None => {
            let text = cell.text();
            texts.count(&text, text.len())
        }
    }
}

/// Leaves a record to be tended to, unless its text is known.
#[inline]
fn leave(left: &mut Vec<(usize, Counted)>, row: usize, counted: Counted) {
    if !matches!(counted, Counted::Known(_)) {
        left.push((row, counted));
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
