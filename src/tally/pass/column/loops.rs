//! The loops over the cells of a column, one run of records at a time.
//!
//! Each loop counts only what needs no look at a text, so that it stays tight; it leaves few records, which are
//! handled after it. `strata` decides for which groups a record is counted besides all cases. Which loop a column
//! takes changes its speed, never its counts.

use super::super::places::FirstPlaces;
use super::super::run::RecordRun;
use super::{Bypassed, ColumnTally, Interned, lossy, no_cells};
use crate::cohort::bare_number::BareNumber;
use crate::cohort::cell_parts::Cut;
use crate::cohort::row::CaseRow;
use crate::read::Cell;
use crate::read::block::BESIDE;
use crate::schema::Kind;
use crate::schema::evidence::{Class, is_code};
use crate::schema::lexical::{LONG, is_long};
use crate::schema::missing_words::{LONGEST, may_be_absent};
use crate::tally::counts::dense::{Added, plain_number};
use crate::tally::counts::strata::Strata;

/// Few words for a missing value have as many bytes; which may is asked of longer texts.
const BEYOND_TOKENS: usize = 15;

/// A longer cell, with its quotes, is no word for a missing value.
const MOST_QUOTED: usize = LONGEST + 2;

/// Records that a loop leaves for later, by their index in the run.
type LeftRecords = Vec<(usize, Interned)>;

/// Numbers that a loop leaves for later, by the index of their record in the run.
#[derive(Default)]
struct LeftNumbers {
    /// Those that were met for the first time.
    first: Vec<(usize, BareNumber)>,
    /// Those that are not counted yet.
    long: Vec<(usize, BareNumber)>,
}

impl ColumnTally<'_> {
    pub fn add_numbers<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, places: &mut FirstPlaces) {
        if self.written.keeps_first() {
            self.add_first_numbers(run, strata, places);
            return self.written.end_first(false);
        }
        let mark = self.assumed.mark();
        let (mut left, mut numbers) = (std::mem::take(&mut self.left), LeftNumbers::default());
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            if let Some((digits, scale)) = plain_number(cell, mark) {
                let number = BareNumber { scale: scale as u8, digits: i64::from(digits) };
                strata.each(at, |stratum| match self.written.add_short(digits, scale, stratum) {
                    Added::Again => {}
                    Added::First => numbers.first.push((at, number)),
                    Added::NoEntry => self.written.add_long(number, stratum, || places.of(run, at)),
                });
            } else if let Some(number) = bare_number(cell, mark) {
                numbers.long.push((at, number));
            } else {
                self.add_text(cell, (strata, at), &mut left);
            }
        }
        for (at, number) in numbers.first {
            // A value outside the limits will be reported, and so may be a code for a missing value.
            let is_beyond = self.limits.as_ref().is_some_and(|limits| !limits.hold(number));
            let is_needed = is_beyond || number.scale == 0 && is_code(number.digits);
            if is_needed || self.written.has_room_for_places() {
                self.written.place_number(number, places.of(run, at));
            }
        }
        for (at, number) in numbers.long {
            strata.each(at, |stratum| self.written.add_long(number, stratum, || places.of(run, at)));
        }
        self.handle_all(left, run, strata, places);
    }

    /// Keeps the first numbers of a column one by one.
    fn add_first_numbers<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, places: &mut FirstPlaces) {
        let mark = self.assumed.mark();
        let mut left = std::mem::take(&mut self.left);
        if self.assumed.variable.kind == Kind::Number {
            self.written.expect_first(run.rows.len());
        }
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            match bare_number(cell, mark) {
                Some(number) => self.written.add_first(number, places.of(run, at)),
                None => self.add_text(cell, (strata, at), &mut left),
            }
        }
        self.handle_all(left, run, strata, places);
    }

    /// Counts cells with few distinct texts, and the first bare numbers: of a small file, nobody has looked at the
    /// cells before, and most of its columns are of numbers.
    pub fn add_levels<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, places: &mut FirstPlaces) {
        if self.written.has_room_for_first() {
            return self.add_first_numbers(run, strata, places);
        }
        let mut left = std::mem::take(&mut self.left);
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            self.add_text(cell, (strata, at), &mut left);
        }
        self.handle_all(left, run, strata, places);
    }

    pub fn add_texts<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, places: &mut FirstPlaces) {
        let beyond = self.beyond_tokens();
        let (mut left, mut classes) = (std::mem::take(&mut self.left), Vec::new());
        let (mut interpreted, assumed, groups) = (self.interpreted.take(), self.assumed, self.groups);
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            // Quotes add at least two bytes, and more if quotes inside are doubled.
            let length = cell.raw().len();
            if length < beyond + 2 || (length < MOST_QUOTED && may_be_absent(cell.raw())) {
                self.add_text(cell, (strata, at), &mut left);
                continue;
            }
            interpreted.get_or_insert_with(|| no_cells(&assumed, groups)).add_long_text(strata, at);
            // Including quotes, a text may be called long too early, which does no harm, but never too late.
            let long = length > LONG || has_line_end(&cell.text());
            let (count, class) =
                if long { (&mut self.bypassed.long, Class::Long) } else { (&mut self.bypassed.words, Class::Word) };
            *count += 1;
            if *count == 1 {
                classes.push((run.rows.start + at, class));
            }
        }
        self.interpreted = interpreted;
        self.handle_all(left, run, strata, places);
        for (row, class) in classes {
            let text = run.block.cell(row, self.column).text();
            // The first of its class in the file; shorter texts of the class may come before or after.
            let location = run.here(row).location(self.assumed.variable.file_header());
            self.noted().meet(class, location, &lossy(&text));
        }
    }

    /// A text of this many bytes cannot be a token of the user, nor a short word for a missing value.
    fn beyond_tokens(&self) -> usize {
        let own = self.assumed.variable.missing.iter().flatten().map(|(token, _)| token.len());
        let tokens = self.assumed.extra_missing.iter().map(String::len).chain(own);
        tokens.map(|length| length + 1).max().unwrap_or(0).max(BEYOND_TOKENS)
    }

    /// Counts a cell by its text; unless the text is known, its record is left for later.
    #[inline(always)]
    fn add_text<S: Strata>(&mut self, cell: Cell<'_>, (strata, at): (S, usize), left: &mut LeftRecords) {
        if cell.is_empty() {
            return self.written.add_blank(strata, at);
        }
        let counted = self.written.add_text(cell, strata, at);
        if !matches!(counted, Interned::Known(_)) {
            left.push((at, counted));
        }
    }

    /// Handles the records that a loop left.
    fn handle_all<S: Strata>(
        &mut self,
        mut left: LeftRecords,
        run: &RecordRun<'_>,
        strata: S,
        places: &mut FirstPlaces,
    ) {
        for (at, counted) in left.drain(..) {
            let text = run.block.cell(run.rows.start + at, self.column).text();
            self.handle(counted, &text, (strata, at), run, places);
        }
        self.left = left;
    }

    /// Handles a counted text that is not known yet: notes the place of a new one, and interprets one that the table
    /// has no room for.
    fn handle<S: Strata>(
        &mut self,
        counted: Interned,
        text: &[u8],
        (strata, at): (S, usize),
        run: &RecordRun<'_>,
        places: &mut FirstPlaces,
    ) {
        let (here, assumed) = (run.here(run.rows.start + at), self.assumed);
        match (counted, assumed.variable.kind) {
            (Interned::Known(_), _) => {}
            (_, Kind::Set | Kind::Lines) => self.handle_list(counted, text, (strata, at), here),
            (Interned::New(_), _) => self.written.place_text(Some(places.of(run, at))),
            (Interned::Full, _) => {
                self.interpret(&lossy(text), here, (strata, at));
            }
        }
    }

    /// The same for items and lines, which are understood while they are counted.
    #[cold]
    fn handle_list<S: Strata>(&mut self, counted: Interned, text: &[u8], strata: (S, usize), here: CaseRow<'_>) {
        let (assumed, reading, words) = (self.assumed, self.reading(), lossy(text));
        if assumed.variable.kind == Kind::Lines {
            self.interpreted().read_lines(&words, &assumed, here);
        }
        let is_unsplit = match counted {
            Interned::Full => self.interpret(&words, here, strata),
            Interned::New(_) | Interned::Known(_) => {
                self.written.place_text(None);
                self.note_class(self.class_of(&words), &words, here);
                // Its cells are counted with its text.
                let is_unsplit = self.note_unsplit(&words, 0, here);
                self.interpreted().report(&words, &assumed, here);
                is_unsplit
            }
        };
        // Possible only now that the general reader has read the cell. Cells that nothing has split are counted whole.
        if !is_unsplit {
            self.interpreted().learn(text, &assumed, reading);
        }
    }

    /// Counts cells with several items or lines by their parts.
    pub fn add_parts<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, places: &mut FirstPlaces) {
        let mut left = std::mem::take(&mut self.left);
        // The first cell of a class goes to the general reader, which notes its place.
        let noted = [Class::List, Class::Lines].map(|class| self.has_first(class));
        self.interpreted();
        for (at, cell) in run.block.cells(self.column, run.rows.clone()).enumerate() {
            if !self.add_cut(cell, noted, (strata, at)) {
                self.add_text(cell, (strata, at), &mut left);
            }
        }
        self.handle_all(left, run, strata, places);
    }

    /// Cuts a cell and counts its parts; false for a cell that must be read as a whole.
    #[inline(always)]
    fn add_cut<S: Strata>(&mut self, cell: Cell<'_>, noted: [bool; 2], (strata, at): (S, usize)) -> bool {
        let (Some(text), Some(interpreted)) = (cell.plain(), &mut self.interpreted) else { return false };
        let cells: fn(&mut Bypassed) -> &mut u64 = match (interpreted.parts.cut(cell.onward(), text.len()), noted) {
            (Cut::Known(Class::Lines), [_, true]) => |bypassed| &mut bypassed.lines,
            (Cut::Known(Class::List), [true, _]) => |bypassed| &mut bypassed.lists,
            _ => return false,
        };
        if !interpreted.add_parts(strata, at) {
            return false;
        }
        *cells(&mut self.bypassed) += 1;
        true
    }

    /// Counts treatment cells together with the response in its own column.
    pub fn add_beside<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, beside: usize, places: &mut FirstPlaces) {
        let mut both = Vec::new();
        for (at, row) in run.rows.clone().enumerate() {
            both.clear();
            both.extend_from_slice(&run.block.cell(row, self.column).text());
            both.push(BESIDE as u8);
            both.extend_from_slice(&run.block.cell(row, beside).text());
            let counted = self.written.add_joined(&both, strata, at);
            self.handle(counted, &both, (strata, at), run, places);
        }
    }
}

/// The bare number that a cell is; `None` for anything else.
#[inline]
fn bare_number(cell: Cell<'_>, mark: u8) -> Option<BareNumber> {
    let text = cell.plain()?;
    let starts = text.first().is_some_and(|first| first.is_ascii_digit() || *first == b'-');
    if starts { BareNumber::parse(text, mark) } else { None }
}

/// True where a text is long however few characters it has, as a look at the first records finds it.
fn has_line_end(text: &[u8]) -> bool {
    // The separators of lines and paragraphs of Unicode begin with 0xE2, as much else does.
    memchr::memchr3(b'\n', b'\r', 0xE2, text).is_some() && is_long(&lossy(text))
}
