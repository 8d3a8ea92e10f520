//! The distinct lines of a treatment column: each is read once, and has a number.

use super::outcome::{PatientOutcome, flags_of, with_alone};
use super::sequences::SequenceTable;
use crate::cohort::cell::{CellRules, line_list, missing};
use crate::cohort::lines::{Line, LineFault, Said, is_untreated, parse_line, segments};
use crate::schema::Reason;
use crate::schema::response::Response;
use crate::tally::counts::flag;
use crate::tally::counts::names::Names;
use rustc_hash::FxHashMap;

/// Between a treatment cell and the response cell of the same patient.
pub const BESIDE: char = '\u{1E}';

/// What must be said of one line, and of how many cells it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineIssue {
    /// It is no line.
    Fault(LineFault),
    /// Its response is no known word.
    UnknownResponse(String),
    /// Its response is a synonym of a word.
    Synonym(String, Response),
}

/// One distinct line, as a tally needs it; agents, classes and label by number.
#[derive(Debug)]
pub struct KnownLine {
    pub agents: Vec<u32>,
    pub classes: Vec<u32>,
    pub label: u32,
    pub response: Response,
    /// True where the line says its response itself.
    pub stated: bool,
    /// What can be said of a patient with this line; see [`flag`].
    pub flags: u8,
    pub relapsed: bool,
    pub remark: Option<LineIssue>,
}

/// One line for patients that are counted by number: which agents and classes it has, one bit each.
#[derive(Debug, Clone, Copy)]
pub struct CompactLine {
    pub agents: u64,
    pub classes: u64,
    pub label: u32,
    pub says: PatientOutcome,
}

impl KnownLine {
    /// None where an agent or class has no bit, or stands twice.
    fn brief(&self) -> Option<CompactLine> {
        let bits = |numbers: &[u32]| {
            let bit = |bits: u64, number: &u32| {
                let bit = 1_u64.checked_shl(*number)?;
                (bits & bit == 0).then_some(bits | bit)
            };
            numbers.iter().try_fold(0, bit)
        };
        let flags = with_alone(self.flags, self.agents.len() == 1);
        let says = PatientOutcome { flags, relapsed: self.relapsed, best: self.response as usize };
        Some(CompactLine { agents: bits(&self.agents)?, classes: bits(&self.classes)?, label: self.label, says })
    }
}

/// The lines of one cell.
#[derive(Debug, Default)]
pub struct Patient {
    pub lines: Vec<u32>,
    pub beside: Option<Response>,
    pub missing: Option<Reason>,
    pub faulty: bool,
}

/// The distinct lines of a column in one thread.
#[derive(Debug, Default)]
pub struct LineTable {
    known: FxHashMap<Box<str>, u32>,
    lines: Vec<KnownLine>,
    briefs: Vec<Option<CompactLine>>,
    pub sequences: SequenceTable,
    pub agents: Names,
    pub classes: Names,
    pub labels: Names,
    /// The number of one line, or of two, that some patient has.
    pairs: FxHashMap<(u32, u32), u32>,
    pair_list: Vec<(u32, u32)>,
}

/// Pairs of lines that have a number; others are counted one by one.
const MOST_PAIRS: usize = 1 << 15;
/// In place of the second line of a patient who has one.
const NO_LINE: u32 = u32::MAX;

impl LineTable {
    /// The number of all lines of a patient who has one or two.
    #[inline]
    pub fn pair(&mut self, lines: &[u32]) -> Option<u32> {
        let pair = match lines {
            [first] => (*first, NO_LINE),
            [first, second] => (*first, *second),
            _ => return None,
        };
        match self.pairs.get(&pair) {
            Some(number) => Some(*number),
            None => self.add_pair(pair),
        }
    }

    #[cold]
    fn add_pair(&mut self, pair: (u32, u32)) -> Option<u32> {
        let number = self.pair_list.len();
        if number >= MOST_PAIRS {
            return None;
        }
        self.pair_list.push(pair);
        self.pairs.insert(pair, number as u32);
        Some(number as u32)
    }

    /// The lines of the pair with a number.
    pub fn lines_of(&self, pair: usize) -> Vec<u32> {
        let (first, second) = self.pair_list.get(pair).copied().unwrap_or((NO_LINE, NO_LINE));
        [first, second].into_iter().filter(|line| *line != NO_LINE).collect()
    }

    /// Reads the lines of a cell; `new` is called with the text of each line not met before
    /// and what must be said of it.
    pub fn read(
        &mut self,
        text: &str,
        rules: &CellRules<'_>,
        patient: &mut Patient,
        mut new: impl FnMut(&str, &LineIssue),
    ) {
        let (text, beside) = text.split_once(BESIDE).map_or((text, None), |(text, response)| (text, Some(response)));
        patient.lines.clear();
        patient.faulty = false;
        patient.missing = missing(text, rules);
        patient.beside = beside.and_then(Response::parse).map(|(response, _)| response);
        if patient.missing.is_some() || is_untreated(text) {
            return;
        }
        let (list, delimiter) = line_list(text, rules);
        for segment in segments(list, delimiter) {
            let number = self.line(segment.trim(), rules, &mut new);
            patient.lines.push(number);
            patient.faulty |=
                self.lines.get(number as usize).is_some_and(|l| matches!(l.remark, Some(LineIssue::Fault(_))));
        }
    }

    /// Names the sequences; due before the counts by name.
    pub fn name_sequences(&mut self) {
        self.sequences.name_all(&self.labels);
    }

    fn line(&mut self, segment: &str, rules: &CellRules<'_>, new: &mut impl FnMut(&str, &LineIssue)) -> u32 {
        if let Some(number) = self.known.get(segment) {
            return *number;
        }
        let line = self.understand(segment, rules);
        if let Some(remark) = &line.remark {
            new(segment, remark);
        }
        let number = self.lines.len() as u32;
        self.briefs.push(line.brief());
        self.lines.push(line);
        self.known.insert(segment.into(), number);
        number
    }

    fn understand(&mut self, segment: &str, rules: &CellRules<'_>) -> KnownLine {
        let variable = rules.variable;
        let (line, fault) = match parse_line(segment, variable.target_domain.as_deref()) {
            Ok(line) => (line, None),
            Err(fault) => (
                Line { agents: Vec::new(), target: Said::default(), domains: Vec::new() },
                Some(LineIssue::Fault(fault)),
            ),
        };
        let agents: Vec<u32> = line.agents.iter().map(|agent| self.agents.number(&agent.name)).collect();
        let mut classes: Vec<u32> = Vec::new();
        for class in line.agents.iter().filter_map(|agent| variable.classes.get(&agent.name)) {
            let number = self.classes.number(class);
            if !classes.contains(&number) {
                classes.push(number);
            }
        }
        let label: Vec<&str> = line.agents.iter().map(|agent| agent.name.as_str()).collect();
        let label = self.labels.number(&label.join(" + "));
        let (target, response) = (&line.target, line.response());
        let mut flags = flags_of(response);
        if flags & flag::CONFIRMED != 0 && !target.modifiers.leave_confirmed() {
            flags &= !flag::CONFIRMED;
        }
        let remark = fault
            .or_else(|| target.unreadable.clone().map(LineIssue::UnknownResponse))
            .or_else(|| target.synonym.clone().map(|word| LineIssue::Synonym(word, response)));
        let relapsed = target.modifiers.relapsed || line.domains.iter().any(|domain| domain.said.modifiers.relapsed);
        KnownLine { agents, classes, label, response, stated: target.response.is_some(), flags, relapsed, remark }
    }

    /// The line with a number.
    pub fn line_of(&self, number: u32) -> Option<&KnownLine> {
        self.lines.get(number as usize)
    }

    /// The line with a number, for patients that are counted by number.
    #[inline]
    pub fn brief(&self, number: u32) -> Option<&CompactLine> {
        self.briefs.get(number as usize)?.as_ref()
    }

    /// All lines, in the order of their numbers.
    pub fn all(&self) -> &[KnownLine] {
        &self.lines
    }

    /// The number of a line that is known and can be counted.
    pub fn number(&self, line: &str) -> Option<u32> {
        let number = *self.known.get(line)?;
        let line = self.lines.get(number as usize)?;
        (!matches!(line.remark, Some(LineIssue::Fault(_)))).then_some(number)
    }
}
