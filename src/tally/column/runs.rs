//! The loops over the cells of a column, a run of records at a time.
//!
//! Each counts what is known already and nothing else, so that it stays tight; the records it
//! leaves are few and are tended to after it. `BY` is true where there are groups, each with counts
//! of its own. `ALL` is true where the counts of all cases are kept beside them: where each case is
//! in one group, they are the sum of the groups, and are not counted twice.

use super::super::dense::plain_number;
use super::super::line_tally::LineTally;
use super::super::parts::Cut;
use super::of_group::GroupTally;
use super::{ColumnTally, Counted, Meaning, Run, lossy};
use crate::schema::infer::Class;
use crate::schema::lexical::LONG;

/// No built-in missing token has as many bytes.
const BEYOND_TOKENS: usize = 15;

impl ColumnTally<'_> {
    pub(super) fn add_numbers<const ALL: bool, const BY: bool>(&mut self, run: &Run<'_>) {
        let Meaning::Number(counts) = &mut self.meaning else { return };
        let (mut left, mut excluded) = (std::mem::take(&mut self.left), Vec::new());
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            if let Some((digits, scale)) = plain_number(cell, self.mark) {
                if ALL {
                    counts.add_plain(digits, scale);
                }
                if BY {
                    each(&mut self.groups, run.groups(at), |group| {
                        if let Meaning::Number(counts) = &mut group.meaning {
                            counts.add_plain(digits, scale);
                        }
                    });
                }
                if self.limits.as_ref().is_some_and(|limits| limits.exclude(digits, scale)) {
                    excluded.push(run.rows.start + at);
                }
            } else if cell.is_empty() {
                self.passed.blank += 1;
                if BY {
                    each(&mut self.groups, run.groups(at), |group| group.blank += 1);
                }
            } else {
                let counted = self.texts.count_cell(cell);
                if BY {
                    count_in_groups(&mut self.groups, run.groups(at), counted);
                }
                leave(&mut left, at, counted);
            }
        }
        self.tend_all::<ALL>(left, run);
        for row in excluded {
            self.report_limit(run.block.cell(row, self.column), run.here(row));
        }
    }

    /// Counts texts of which few are different.
    pub(super) fn add_levels<const ALL: bool, const BY: bool>(&mut self, run: &Run<'_>) {
        let mut left = std::mem::take(&mut self.left);
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            if cell.is_empty() {
                self.passed.blank += 1;
                if BY {
                    each(&mut self.groups, run.groups(at), |group| group.blank += 1);
                }
            } else {
                let counted = self.texts.count_cell(cell);
                if BY {
                    count_in_groups(&mut self.groups, run.groups(at), counted);
                }
                leave(&mut left, at, counted);
            }
        }
        self.tend_all::<ALL>(left, run);
    }

    fn tend_all<const ALL: bool>(&mut self, mut left: Vec<(usize, Counted)>, run: &Run<'_>) {
        for (at, counted) in left.drain(..) {
            let row = run.rows.start + at;
            let text = run.block.cell(row, self.column).text();
            self.tend(counted, &text, run.here(row), (ALL, run.groups(at)));
        }
        self.left = left;
    }

    pub(super) fn add_texts<const ALL: bool, const BY: bool>(&mut self, run: &Run<'_>) {
        let beyond = self.beyond_tokens();
        let Meaning::Text(counts) = &mut self.meaning else { return };
        let (mut left, mut classes) = (std::mem::take(&mut self.left), Vec::new());
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            // Quotes add two bytes, and more where they are doubled inside: never fewer.
            let length = cell.raw().len();
            if length >= beyond + 2 {
                counts.present += u64::from(ALL);
                if BY {
                    each(&mut self.groups, run.groups(at), |group| {
                        if let Meaning::Text(counts) = &mut group.meaning {
                            counts.present += 1;
                        }
                    });
                }
                // Counting quotes too calls a text long too soon, which leaves it a text; never too late.
                let long = length > LONG;
                let (count, class) =
                    if long { (&mut self.passed.long, Class::Long) } else { (&mut self.passed.words, Class::Word) };
                *count += 1;
                if *count == 1 {
                    classes.push((run.rows.start + at, class));
                }
            } else if length == 0 {
                self.passed.blank += 1;
                if BY {
                    each(&mut self.groups, run.groups(at), |group| group.blank += 1);
                }
            } else {
                let counted = self.texts.count_cell(cell);
                if BY {
                    count_in_groups(&mut self.groups, run.groups(at), counted);
                }
                leave(&mut left, at, counted);
            }
        }
        self.tend_all::<ALL>(left, run);
        for (row, class) in classes {
            let text = run.block.cell(row, self.column).text();
            // The first of the class by place: a shorter text of it may stand above or below.
            self.evidence.meet(class, run.here(row).place(&self.rules.variable.header), &lossy(&text));
        }
    }

    /// A text of so many bytes is no missing token.
    fn beyond_tokens(&self) -> usize {
        let own = self.rules.variable.missing.iter().flatten().map(|(token, _)| token.len());
        let tokens = self.rules.extra_missing.iter().map(String::len).chain(own);
        tokens.map(|length| length + 1).max().unwrap_or(0).max(BEYOND_TOKENS)
    }

    /// Counts cells of several items or lines by their parts.
    pub(super) fn add_parts<const ALL: bool, const BY: bool>(&mut self, run: &Run<'_>) {
        let mut left = std::mem::take(&mut self.left);
        // The first cell of a class takes the way that notes its place.
        let noted = [Class::List, Class::Lines].map(|class| self.evidence.first(class).is_some());
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            let cut = match cell.plain() {
                Some(text) => self.parts.cut(cell.onward(), text.len()),
                None => Cut::Careful,
            };
            let groups = if BY { run.groups(at) } else { &[] };
            let counted = match (cut, noted) {
                (Cut::Known(Class::Lines), [_, true]) => self.count_parts::<ALL>(groups, |passed| &mut passed.lines),
                (Cut::Known(Class::List), [true, _]) => self.count_parts::<ALL>(groups, |passed| &mut passed.lists),
                _ => false,
            };
            if counted {
                continue;
            }
            if cell.is_empty() {
                self.passed.blank += 1;
                each(&mut self.groups, groups, |group| group.blank += 1);
            } else {
                let counted = self.texts.count_cell(cell);
                count_in_groups(&mut self.groups, groups, counted);
                leave(&mut left, at, counted);
            }
        }
        for (at, counted) in left.drain(..) {
            let row = run.rows.start + at;
            let text = run.block.cell(row, self.column).text();
            self.tend(counted, &text, run.here(row), (ALL, run.groups(at)));
            // Now that the careful way has read its parts.
            self.learn(&text);
        }
        self.left = left;
    }

    /// Counts one patient by the numbers of the parts that were cut last; false where that cannot be.
    #[inline]
    fn count_parts<const ALL: bool>(&mut self, groups: &[u16], cells: impl Fn(&mut super::Passed) -> &mut u64) -> bool {
        let (numbers, book) = (self.parts.numbers(), &mut self.book);
        match &mut self.meaning {
            Meaning::Set(tally) => {
                let Some(combination) = book.items.combination(numbers) else { return false };
                if ALL {
                    tally.add(combination);
                }
                each(&mut self.groups, groups, |group| {
                    if let Meaning::Set(tally) = &mut group.meaning {
                        tally.add(combination);
                    }
                });
            }
            Meaning::Lines(tally) => {
                let pair = book.lines.pair(numbers);
                let count = |tally: &mut LineTally| match pair {
                    Some(pair) => tally.count_pair(pair),
                    None => tally.count_lines(numbers, None, 1, &book.lines),
                };
                if ALL {
                    count(tally);
                }
                each(&mut self.groups, groups, |group| {
                    if let Meaning::Lines(tally) = &mut group.meaning {
                        count(tally);
                    }
                });
            }
            _ => return false,
        }
        *cells(&mut self.passed) += 1;
        true
    }

    fn learn(&mut self, text: &[u8]) {
        let (rules, meaning, book) = (&self.rules, &self.meaning, &mut self.book);
        self.parts.learn(text, self.reading, |part| match meaning {
            Meaning::Set(_) => book.items.number(part, rules),
            Meaning::Lines(_) => book.lines.number(part),
            _ => None,
        });
    }

    /// Counts treatment cells together with the response that stands beside them.
    pub(super) fn add_beside<const ALL: bool>(&mut self, run: &Run<'_>, beside: usize) {
        let mut both = Vec::new();
        for (at, row) in run.rows.clone().enumerate() {
            both.clear();
            both.extend_from_slice(&run.block.cell(row, self.column).text());
            both.push(super::super::line_book::BESIDE as u8);
            both.extend_from_slice(&run.block.cell(row, beside).text());
            let counted = self.texts.count(&both, both.len());
            count_in_groups(&mut self.groups, run.groups(at), counted);
            self.tend(counted, &both, run.here(row), (ALL, run.groups(at)));
        }
    }
}

/// Does something for each group of a record.
#[inline]
fn each(all: &mut [GroupTally], groups: &[u16], mut what: impl FnMut(&mut GroupTally)) {
    for group in groups {
        if let Some(group) = all.get_mut(usize::from(*group)) {
            what(group);
        }
    }
}

/// Counts a text that has a number in each group of its record; `tend` counts the others.
#[inline]
fn count_in_groups(all: &mut [GroupTally], groups: &[u16], counted: Counted) {
    if let Counted::Known(number) | Counted::New(number) = counted {
        each(all, groups, |group| group.count_text(number));
    }
}

/// Leaves a record to be tended to, unless its text is known.
#[inline]
fn leave(left: &mut Vec<(usize, Counted)>, at: usize, counted: Counted) {
    if !matches!(counted, Counted::Known(_)) {
        left.push((at, counted));
    }
}
