//! From a stream of bytes to whole case objects with their physical lines, one block at a time.
//!
//! This phase runs under a lock, so it only finds boundaries. JSON lines are cut at line ends,
//! which is exact because a JSON string cannot contain a raw line end; everything else goes
//! through the scanner of `scan.rs`.

use super::blank::is_blank_case;
use super::by_column::{ByColumn, by_column};
use super::layout::{FirstObject, LinesTaken, OuterMember, first_object, member, whole_lines};
use super::raw::{JsonLayout, RawCase, RawCases, pointer};
use super::report;
use super::scan::{Cursor, Halt, SyntaxFlaw, container_end};
use crate::diagnostic::{FilePosition, Finding, Findings, SourceLocation, pointer_step};
use crate::error::Error;
use crate::read::source::Source;
use std::collections::BTreeSet;

/// Bytes read at a time; a block stays inside the cache of one core.
const BLOCK_SIZE: usize = 1 << 18;
/// A longer case is taken for an unclosed bracket.
const LONGEST_CASE: usize = 64 << 20;

/// What is expected next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ExpectedNext {
    /// The document.
    Start,
    /// A case on one line.
    Line,
    /// A case that may span lines.
    Spread,
    /// A case, or the end of the array where none was read yet.
    Element { first: bool },
    /// A comma, or the end of the array.
    AfterElement,
    /// A comma and another member, or the end of the object around `cases`.
    AfterCases,
    /// White space only.
    End,
    /// Nothing: the end was reached, or a flaw makes the rest meaningless.
    Stopped,
}

/// Cuts one JSON input into blocks of whole case objects.
pub struct JsonSplitter {
    source: Source,
    block_size: usize,
    /// Bytes read that belong to the next block.
    rest: Vec<u8>,
    ended: bool,
    state: ExpectedNext,
    shape: JsonLayout,
    /// True where the members of the document are columns, which were turned into cases.
    is_by_column: bool,
    /// How many bytes of the block are split, and the physical line of the next.
    used: usize,
    line: u64,
    /// The line on which the case before ends.
    case_end: u64,
    /// Cases so far.
    cases: u64,
    /// Members beside `cases`.
    members: BTreeSet<String>,
    /// Cases that were not blank.
    kept: u64,
    /// Cases without anything in them, which are skipped, and the line of the first.
    blank: u64,
    first_blank: Option<u64>,
    problems: Findings,
    notes: Findings,
}

impl JsonSplitter {
    /// A splitter of one input.
    pub fn new(source: Source) -> JsonSplitter {
        JsonSplitter {
            source,
            block_size: BLOCK_SIZE,
            rest: Vec::new(),
            ended: false,
            state: ExpectedNext::Start,
            shape: JsonLayout::Lines,
            is_by_column: false,
            used: 0,
            line: 1,
            case_end: 0,
            cases: 0,
            members: BTreeSet::new(),
            kept: 0,
            blank: 0,
            first_blank: None,
            problems: Findings::default(),
            notes: Findings::default(),
        }
    }

    /// The same splitter, reading so many bytes at a time.
    pub fn block_size(mut self, bytes: usize) -> JsonSplitter {
        self.block_size = bytes.max(1);
        self
    }

    /// Notes about the document; complete once [`JsonSplitter::next`] returned false.
    pub fn take_notes(&mut self) -> Findings {
        if let Some(line) = self.first_blank.take() {
            self.notes.add(report::blank_cases(self.source.line(line), self.blank));
        }
        std::mem::take(&mut self.notes)
    }

    /// Drops the cases without anything in them.
    fn drop_blank(&mut self, raw: &mut RawCases) {
        let RawCases { bytes, cases, .. } = raw;
        cases.retain(|case| {
            let is_blank = is_blank_case(bytes.get(case.start..case.end).unwrap_or_default());
            if is_blank {
                self.blank = self.blank.saturating_add(1);
                self.first_blank = self.first_blank.or(Some(case.line));
            }
            !is_blank
        });
    }

    /// Fills `raw` with the next whole cases; false at the end of the input.
    ///
    /// A flaw in the document is an error only after all cases before it were delivered, so
    /// that what is reported does not depend on the block size.
    pub fn next(&mut self, raw: &mut RawCases) -> Result<bool, Error> {
        self.begin(raw);
        while self.state != ExpectedNext::Stopped {
            self.fill(&mut raw.bytes)?;
            if self.state == ExpectedNext::Start && !self.took_columns(&mut raw.bytes) {
                continue;
            }
            match self.split(raw) {
                Ok(()) => self.finish(),
                Err(Halt::Wrong(flaw, at)) => {
                    while !self.ended && raw.bytes.len().saturating_sub(at) < report::EXCERPT {
                        self.fill(&mut raw.bytes)?;
                    }
                    self.stop(flaw, at, &raw.bytes);
                }
                Err(Halt::More) if self.ended => self.stop(SyntaxFlaw::Ended, raw.bytes.len(), &raw.bytes),
                Err(Halt::More) if raw.bytes.len().saturating_sub(self.used) > LONGEST_CASE => {
                    self.stop(SyntaxFlaw::TooLong, self.used, &raw.bytes);
                }
                Err(Halt::More) => {}
            }
            self.drop_blank(raw);
            if !raw.is_empty() {
                break;
            }
        }
        self.kept = self.kept.saturating_add(raw.len() as u64);
        raw.shape = self.shape;
        self.rest.extend_from_slice(raw.bytes.get(self.used..).unwrap_or_default());
        raw.bytes.truncate(self.used);
        match (raw.is_empty(), self.problems.is_empty()) {
            (true, false) => Err(std::mem::take(&mut self.problems).into()),
            (none, _) => Ok(!none),
        }
    }

    /// Turns a document of columns into one of cases; false where the document is refused, or more of it is needed.
    fn took_columns(&mut self, bytes: &mut Vec<u8>) -> bool {
        let refused = match by_column(bytes, self.ended) {
            ByColumn::No => return true,
            // What is longer than a case may be is told as one that is not closed.
            ByColumn::NotYet => return bytes.len() > LONGEST_CASE,
            ByColumn::Cases(cases) => {
                *bytes = cases;
                self.is_by_column = true;
                return true;
            }
            ByColumn::Uneven(lengths) => report::uneven_columns(self.source.line(1), &lengths),
            ByColumn::OtherName(name) => report::cases_of_another_name(self.source.line(1), &name),
        };
        self.problems.add(refused);
        self.state = ExpectedNext::Stopped;
        false
    }

    fn begin(&mut self, raw: &mut RawCases) {
        raw.bytes.clear();
        raw.cases.clear();
        raw.first_row = self.kept;
        raw.input = self.source.input;
        raw.file = self.source.file.clone();
        std::mem::swap(&mut raw.bytes, &mut self.rest);
        self.used = 0;
    }

    /// Reads one more block; more at a time where a case is longer than a block.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> Result<(), Error> {
        let wanted = self.block_size.max(bytes.len() / 2);
        self.ended = self.source.read(wanted, bytes)? < wanted;
        Ok(())
    }

    /// Takes tokens until the bytes end, something is wrong, or the document is complete.
    fn split(&mut self, raw: &mut RawCases) -> Result<(), Halt> {
        let RawCases { bytes, cases, .. } = raw;
        let mut cursor = Cursor { bytes, at: self.used, line: self.line, last: self.ended };
        loop {
            let complete = self.step(&mut cursor, cases)?;
            (self.used, self.line) = (cursor.at, cursor.line);
            if complete {
                return Ok(());
            }
        }
    }

    /// Takes one token; true at the end of the document. A step that fails changes nothing.
    fn step(&mut self, cursor: &mut Cursor, cases: &mut Vec<RawCase>) -> Result<bool, Halt> {
        match self.state {
            ExpectedNext::Start => return self.start(cursor),
            ExpectedNext::Line => return self.lines(cursor, cases),
            ExpectedNext::Spread => match cursor.peek() {
                None if cursor.last => return Ok(true),
                None => return Err(Halt::More),
                Some(_) if cursor.line == self.case_end => return Err(Halt::Wrong(SyntaxFlaw::SameLine, cursor.at)),
                Some(b'{') => self.case(cursor, cases)?,
                Some(_) => return Err(Halt::Wrong(SyntaxFlaw::NoCase, cursor.at)),
            },
            ExpectedNext::Element { first } => match cursor.need()? {
                b'{' => {
                    self.case(cursor, cases)?;
                    self.state = ExpectedNext::AfterElement;
                }
                b']' if first => self.close(cursor),
                b']' => return Err(Halt::Wrong(SyntaxFlaw::TrailingComma, cursor.at)),
                _ => self.not_a_case(cursor)?,
            },
            ExpectedNext::AfterElement => match cursor.need()? {
                b',' => {
                    cursor.take();
                    self.state = ExpectedNext::Element { first: false };
                }
                b']' => self.close(cursor),
                _ => return Err(Halt::Wrong(SyntaxFlaw::NoComma, cursor.at)),
            },
            ExpectedNext::AfterCases => self.after_cases(cursor)?,
            ExpectedNext::End | ExpectedNext::Stopped => match cursor.peek() {
                None if cursor.last => return Ok(true),
                None => return Err(Halt::More),
                Some(_) => return Err(Halt::Wrong(SyntaxFlaw::After, cursor.at)),
            },
        }
        Ok(false)
    }

    /// Finds the layout of the document from its first bytes.
    fn start(&mut self, cursor: &mut Cursor) -> Result<bool, Halt> {
        if cursor.bytes.len() < 3 && !cursor.last {
            return Err(Halt::More);
        }
        if cursor.at == 0 && cursor.bytes.starts_with(b"\xEF\xBB\xBF") {
            cursor.advance(3);
        }
        match cursor.peek() {
            None if cursor.last => return Ok(true),
            None => return Err(Halt::More),
            Some(b'[') => {
                cursor.take();
                let shape = if self.is_by_column { JsonLayout::Columns } else { JsonLayout::Array };
                (self.shape, self.state) = (shape, ExpectedNext::Element { first: true });
            }
            Some(b'{') => self.first_object(cursor)?,
            Some(0 | 0x80..) => return Err(Halt::Wrong(SyntaxFlaw::NotText, cursor.at)),
            Some(_) => return Err(Halt::Wrong(SyntaxFlaw::NoDocument, cursor.at)),
        }
        Ok(false)
    }

    /// The first object is a case, unless it has a member `cases`.
    fn first_object(&mut self, cursor: &mut Cursor) -> Result<(), Halt> {
        match first_object(cursor)? {
            FirstObject::Case { on_one_line } => {
                self.state = if on_one_line { ExpectedNext::Line } else { ExpectedNext::Spread }
            }
            FirstObject::Around(members) => {
                (self.shape, self.state) = (JsonLayout::Cases, ExpectedNext::Element { first: true });
                members.into_iter().for_each(|member| self.member(member));
            }
        }
        Ok(())
    }

    /// Notes a member of the object around `cases`, which is not read but must be JSON.
    fn member(&mut self, member: OuterMember) {
        let OuterMember { line, name, value } = member;
        let location = self.location(line, pointer_step(&name));
        if self.members.contains(&name) {
            self.problems.add(report::duplicate_key(location, &name));
        } else if let Err(fault) = std::str::from_utf8(value) {
            self.problems.add(report::not_utf8(location, value.get(fault.valid_up_to()).copied().unwrap_or_default()));
        } else if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(value) {
            self.problems.add(report::syntax(location, &error, &String::from_utf8_lossy(value)));
        }
        self.members.insert(name);
    }

    /// Takes all whole lines; the scanner takes over at a line that does not look like one case.
    fn lines(&mut self, cursor: &mut Cursor, cases: &mut Vec<RawCase>) -> Result<bool, Halt> {
        let before = cases.len();
        let taken = whole_lines(cursor, self.cases, cases);
        self.cases = self.cases.saturating_add(cases.len().saturating_sub(before) as u64);
        match taken {
            LinesTaken::All => return Ok(true),
            LinesTaken::CutOff { some_taken: false } => return Err(Halt::More),
            LinesTaken::CutOff { .. } => {}
            LinesTaken::NotACase => self.state = ExpectedNext::Spread,
        }
        Ok(false)
    }

    fn case(&mut self, cursor: &mut Cursor, cases: &mut Vec<RawCase>) -> Result<(), Halt> {
        let (start, line) = (cursor.at, cursor.line);
        let end = container_end(cursor.bytes, start)?;
        cursor.advance(end);
        cases.push(RawCase { start, end, line, number: self.cases });
        self.cases = self.cases.saturating_add(1);
        self.case_end = cursor.line;
        Ok(())
    }

    /// Reports an element that is not an object, and continues after it.
    fn not_a_case(&mut self, cursor: &mut Cursor) -> Result<(), Halt> {
        let line = cursor.line;
        let value = cursor.value()?;
        let location = self.location(line, pointer(self.shape, self.cases));
        self.problems.add(report::element_is_no_case(location, value));
        self.cases = self.cases.saturating_add(1);
        self.state = ExpectedNext::AfterElement;
        Ok(())
    }

    fn close(&mut self, cursor: &mut Cursor) {
        cursor.take();
        self.state = if self.shape == JsonLayout::Cases { ExpectedNext::AfterCases } else { ExpectedNext::End };
    }

    fn after_cases(&mut self, cursor: &mut Cursor) -> Result<(), Halt> {
        match cursor.need()? {
            b'}' => {
                cursor.take();
                self.state = ExpectedNext::End;
            }
            b',' => {
                let mut ahead = *cursor;
                ahead.take();
                let member = member(&mut ahead)?;
                *cursor = ahead;
                self.member(member);
            }
            _ => return Err(Halt::Wrong(SyntaxFlaw::NoComma, cursor.at)),
        }
        Ok(())
    }

    /// The document is complete.
    fn finish(&mut self) {
        self.state = ExpectedNext::Stopped;
        self.members.remove("cases");
        if !self.members.is_empty() {
            self.notes.add(report::members_ignored(self.source.line(1), &self.members));
        }
        if self.cases == 0 {
            self.problems.add(report::no_cases(self.source.line(self.line)));
        }
    }

    /// The document cannot be read further.
    fn stop(&mut self, flaw: SyntaxFlaw, at: usize, bytes: &[u8]) {
        self.state = ExpectedNext::Stopped;
        let cursor = Cursor { bytes, at: self.used, line: self.line, last: true };
        let location = self.location(cursor.line_at(at), pointer(self.shape, self.cases));
        let finding: Finding = report::flaw(flaw, location, bytes.get(at..).unwrap_or_default());
        self.problems.add(finding);
    }

    fn location(&self, line: u64, pointer: String) -> SourceLocation {
        self.source.line(line).at(FilePosition::json(line, pointer))
    }
}
