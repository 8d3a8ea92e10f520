//! The loops over the cells of a column, one run of records at a time.
//!
//! Each loop counts only what needs no interpretation, so that it stays tight; it leaves few records, which are
//! handled after it. `strata` decides for which groups a record is counted besides all cases.

use super::super::column_counts::in_stratum;
use super::super::parts::Cut;
use super::super::run::RecordRun;
use super::plain::{BLANK, TEXT};
use super::{ColumnCounts, ColumnTally, Interned, lossy};
use crate::read::Cell;
use crate::schema::infer::Class;
use crate::schema::lexical::{LONG, is_long};
use crate::tally::counts::dense::plain_number;
use crate::tally::counts::strata::Strata;
use crate::tally::lines::table::BESIDE;

/// No built-in missing token has this many bytes.
const BEYOND_TOKENS: usize = 15;

/// Records that a loop leaves for later, by their index in the run.
type LeftRecords = Vec<(usize, Interned)>;

impl ColumnTally<'_> {
    pub fn add_numbers<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S) {
        let (mut left, mut excluded) = (std::mem::take(&mut self.left), Vec::new());
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            if let Some((digits, scale)) = plain_number(cell, self.mark) {
                strata.each(at, |stratum| {
                    if !self.plain.numbers.add(digits, scale, stratum) {
                        self.add_wide(digits, scale, stratum);
                    }
                });
                if self.limits.as_ref().is_some_and(|limits| limits.exclude(digits, scale)) {
                    excluded.push(run.rows.start + at);
                }
            } else {
                self.add_text(cell, (strata, at), &mut left);
            }
        }
        self.handle_all(left, run, strata);
        for row in excluded {
            self.report_limit(run.block.cell(row, self.column), run.here(row));
        }
    }

    /// Counts cells with few distinct texts.
    pub fn add_levels<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S) {
        let mut left = std::mem::take(&mut self.left);
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            self.add_text(cell, (strata, at), &mut left);
        }
        self.handle_all(left, run, strata);
    }

    pub fn add_texts<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S) {
        let beyond = self.beyond_tokens();
        let (mut left, mut classes) = (std::mem::take(&mut self.left), Vec::new());
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            // Quotes add at least two bytes, and more if quotes inside are doubled.
            let length = cell.raw().len();
            if length < beyond + 2 {
                self.add_text(cell, (strata, at), &mut left);
                continue;
            }
            strata.each(at, |stratum| self.plain.cells.add(TEXT, stratum));
            // Including quotes, a text may be called long too early, which does no harm, but never too late.
            let long = length > LONG || has_line_end(&cell.text());
            let (count, class) =
                if long { (&mut self.bypassed.long, Class::Long) } else { (&mut self.bypassed.words, Class::Word) };
            *count += 1;
            if *count == 1 {
                classes.push((run.rows.start + at, class));
            }
        }
        self.handle_all(left, run, strata);
        for (row, class) in classes {
            let text = run.block.cell(row, self.column).text();
            // The first of its class in the file; shorter texts of the class may come before or after.
            self.evidence.meet(class, run.here(row).location(&self.rules.variable.header), &lossy(&text));
        }
    }

    /// A text of this many bytes cannot be a missing token.
    fn beyond_tokens(&self) -> usize {
        let own = self.rules.variable.missing.iter().flatten().map(|(token, _)| token.len());
        let tokens = self.rules.extra_missing.iter().map(String::len).chain(own);
        tokens.map(|length| length + 1).max().unwrap_or(0).max(BEYOND_TOKENS)
    }

    /// Counts a cell by its text; unless the text is known, its record is left for later.
    #[inline(always)]
    fn add_text<S: Strata>(&mut self, cell: Cell<'_>, (strata, at): (S, usize), left: &mut LeftRecords) {
        if cell.is_empty() {
            return strata.each(at, |stratum| self.plain.cells.add(BLANK, stratum));
        }
        let counted = self.texts.count_cell(cell);
        if let Interned::Known(number) | Interned::New(number) = counted {
            strata.each_group(at, |stratum| self.plain.texts.add(number, stratum));
        }
        if !matches!(counted, Interned::Known(_)) {
            left.push((at, counted));
        }
    }

    /// Handles the records that a loop left.
    fn handle_all<S: Strata>(&mut self, mut left: LeftRecords, run: &RecordRun<'_>, strata: S) {
        let is_cut = matches!(self.counts, ColumnCounts::Set(_) | ColumnCounts::Lines(_));
        for (at, counted) in left.drain(..) {
            let row = run.rows.start + at;
            let text = run.block.cell(row, self.column).text();
            self.handle(counted, &text, run.here(row), (strata, at));
            if is_cut {
                // Possible only now that the general reader has read the cell.
                self.learn(&text);
            }
        }
        self.left = left;
    }

    /// Counts cells with several items or lines by their parts.
    pub fn add_parts<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S) {
        let mut left = std::mem::take(&mut self.left);
        // The first cell of a class goes to the general reader, which notes its place.
        let noted = [Class::List, Class::Lines].map(|class| self.evidence.first(class).is_some());
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            let cut = match cell.plain() {
                Some(text) => self.parts.cut(cell.onward(), text.len()),
                None => Cut::Careful,
            };
            let counted = match (cut, noted) {
                (Cut::Known(Class::Lines), [_, true]) => self.count_parts((strata, at), |bypassed| &mut bypassed.lines),
                (Cut::Known(Class::List), [true, _]) => self.count_parts((strata, at), |bypassed| &mut bypassed.lists),
                _ => false,
            };
            if !counted {
                self.add_text(cell, (strata, at), &mut left);
            }
        }
        self.handle_all(left, run, strata);
    }

    /// Counts one patient by the numbers of the last cell that was cut; false if that is not possible.
    #[inline]
    fn count_parts<S: Strata>(
        &mut self,
        (strata, at): (S, usize),
        cells: impl Fn(&mut super::Bypassed) -> &mut u64,
    ) -> bool {
        let (numbers, tables, plain) = (self.parts.numbers(), &mut self.tables, &mut self.plain);
        match &self.counts {
            ColumnCounts::Set(_) => {
                let Some(combination) = tables.items.combination(numbers) else { return false };
                strata.each(at, |stratum| plain.combinations.add(combination as usize, stratum));
            }
            ColumnCounts::Lines(_) if plain.lines.count(numbers, (strata, at), &mut tables.lines) => {}
            ColumnCounts::Lines(_) => self.count_lines(strata, at),
            _ => return false,
        }
        *cells(&mut self.bypassed) += 1;
        true
    }

    /// Counts one patient by the lines that were cut last, looked at one by one.
    fn count_lines<S: Strata>(&mut self, strata: S, at: usize) {
        let (numbers, tables) = (self.parts.numbers(), &mut self.tables.lines);
        strata.each(at, |stratum| {
            if let Some(ColumnCounts::Lines(tally)) = in_stratum(&mut self.counts, &mut self.groups, stratum) {
                tally.count_lines(numbers, None, 1, tables);
            }
        });
    }

    /// Counts a plain number that is too wide for the arrays.
    #[cold]
    fn add_wide(&mut self, digits: u32, scale: usize, stratum: usize) {
        if let Some(ColumnCounts::Number(counts)) = in_stratum(&mut self.counts, &mut self.groups, stratum) {
            counts.add_wide(digits, scale);
        }
    }

    fn learn(&mut self, text: &[u8]) {
        let (rules, counts, tables) = (&self.rules, &self.counts, &mut self.tables);
        self.parts.learn(text, self.reading, |part| match counts {
            ColumnCounts::Set(_) => tables.items.number(part, rules),
            ColumnCounts::Lines(_) => tables.lines.number(part),
            _ => None,
        });
    }

    /// Counts treatment cells together with the response in its own column.
    pub fn add_beside<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, beside: usize) {
        let mut both = Vec::new();
        for (at, row) in run.rows.clone().enumerate() {
            both.clear();
            both.extend_from_slice(&run.block.cell(row, self.column).text());
            both.push(BESIDE as u8);
            both.extend_from_slice(&run.block.cell(row, beside).text());
            let counted = self.texts.count(&both, both.len());
            if let Interned::Known(number) | Interned::New(number) = counted {
                strata.each_group(at, |stratum| self.plain.texts.add(number, stratum));
            }
            self.handle(counted, &both, run.here(row), (strata, at));
        }
    }
}

/// True where a text is long however few characters it has, as a look at the first records finds it.
fn has_line_end(text: &[u8]) -> bool {
    // The separators of lines and paragraphs of Unicode begin with 0xE2, as much else does.
    memchr::memchr3(b'\n', b'\r', 0xE2, text).is_some() && is_long(&lossy(text))
}
