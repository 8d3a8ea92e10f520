//! The distinct lines of a treatment column: each is read once and gets a number.

use super::outcome::{Answer, PatientOutcome, with_alone};
use super::said::LineAnswer;
use super::sequences::SequenceTable;
use crate::cohort::cell::{CellRules, is_line_by_itself, line, missing, never_given, written_lines};
use crate::cohort::cell_parts::{CellParts, Cut};
use crate::cohort::lines::{Dosed, Line, LineFault, PERHAPS, agent_names, is_untreated};
use crate::read::block::BESIDE;
use crate::schema::MissingReason;
use crate::schema::lexical::NumberFormat;
use crate::schema::response::Response;
use crate::schema::response::in_agent::UnclearAgent;
use crate::schema::response::understand::ResponseContext;
use crate::tally::counts::names::Names;
use crate::tally::counts::{BesideCodes, flag};
use rustc_hash::{FxHashMap, FxHashSet};

/// What the reader must know about one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineIssue {
    /// It cannot be read.
    Fault(LineFault),
    /// Its response is not a known word.
    UnknownResponse(String),
    /// Its response is a synonym of a known word.
    Synonym(String, Response),
    /// Its response is `NR`: no response, or not reported.
    Nr(String),
    /// What stands behind an agent is read as its dose.
    Dose,
    /// A number without a unit behind an agent is read as its dose.
    BareDose,
    /// An agent is perhaps none, or not only one.
    Unclear(UnclearAgent),
    /// It names what was never given, and is no line.
    NotGiven,
    /// A response stands beside a cell without a treatment.
    WithoutTreatment,
    /// Its response is `NC`: no change, or something else.
    Nc(String),
    /// The response in the column beside is not a known word.
    UnknownBeside(String),
}

/// One distinct line, with its agents, classes and label as numbers.
#[derive(Debug)]
pub struct KnownLine {
    pub agents: Vec<u32>,
    pub classes: Vec<u32>,
    pub label: u32,
    pub response: Response,
    /// True if the line states its response.
    pub stated: bool,
    /// The flags of this line; see [`flag`].
    pub flags: u16,
    pub relapsed: bool,
    pub issue: Option<LineIssue>,
}

/// One line with its agents and classes as bits, for patients that are counted by number.
#[derive(Debug, Clone, Copy)]
pub struct CompactLine {
    pub agents: u64,
    pub classes: u64,
    pub label: u32,
    pub says: PatientOutcome,
}

impl KnownLine {
    /// `None` if an agent or class is beyond the bits, or occurs twice.
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
    pub beside: Option<Answer>,
    pub missing: Option<MissingReason>,
    pub faulty: bool,
}

/// The distinct lines of a column in one thread.
#[derive(Debug, Default)]
pub struct LineTable {
    known: FxHashMap<Box<str>, u32>,
    /// The words of the column of responses that were used.
    beside: FxHashSet<Box<str>>,
    /// The parts of cells that name what was never given.
    never_given: FxHashSet<Box<str>>,
    lines: Vec<KnownLine>,
    briefs: Vec<Option<CompactLine>>,
    pub sequences: SequenceTable,
    pub agents: Names,
    pub classes: Names,
    pub labels: Names,
    /// Some response is stated.
    pub is_answered: bool,
    /// What is stated beside `NR` and `NC`.
    pub beside_codes: BesideCodes,
    /// The number of each combination of one or two lines.
    pairs: FxHashMap<(u32, u32), u32>,
    pair_list: Vec<(u32, u32)>,
    /// The lines of cells that mean what their parts mean; none before the first cell.
    parts: Option<CellParts>,
}

/// What is to be said where an agent was cut off its dose, as no option and no schema asked.
fn dose_issue(segment: &str, line: &Line, rules: &CellRules<'_>) -> Option<LineIssue> {
    let variable = rules.variable;
    if variable.reading.split.is_some() || line.agents.iter().all(|agent| agent.detail.is_none()) {
        return None;
    }
    let names = agent_names(segment, &[]).into_iter().filter(|name| !variable.classes.contains_key(*name));
    let issues = names.filter_map(|name| match Dosed::of(name) {
        Dosed::Number { .. } => Some(LineIssue::BareDose),
        Dosed::Dose { .. } => Some(LineIssue::Dose),
        Dosed::Not | Dosed::WithMore => None,
    });
    issues.min_by_key(|issue| *issue != LineIssue::BareDose)
}

/// What is to be said of a word that leaves the response open.
fn issue_of(word: &str, flags: u16, unknown: fn(String) -> LineIssue) -> LineIssue {
    match flags & flag::OPENING {
        flag::NR => LineIssue::Nr(word.to_owned()),
        flag::NC => LineIssue::Nc(word.to_owned()),
        _ => unknown(word.to_owned()),
    }
}

/// Most pairs of lines with a number; patients with other pairs are counted one by one.
const MOST_PAIRS: usize = 1 << 15;
/// The second line of a patient with one line.
const NO_LINE: u32 = u32::MAX;

impl LineTable {
    /// The number of the lines of a patient with one or two; `None` for more lines, and beyond the limit.
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

    /// The lines of a pair.
    pub fn lines_of(&self, pair: usize) -> Vec<u32> {
        let (first, second) = self.pair_list.get(pair).copied().unwrap_or((NO_LINE, NO_LINE));
        [first, second].into_iter().filter(|line| *line != NO_LINE).collect()
    }

    /// Reads the lines of a cell into `patient`; `new` is called with each line that is read for the first time and
    /// has an issue.
    pub fn read(
        &mut self,
        text: &str,
        rules: &CellRules<'_>,
        patient: &mut Patient,
        mut new: impl FnMut(&str, &LineIssue),
    ) {
        let (text, beside) = text.split_once(BESIDE).map_or((text, None), |(text, response)| (text, Some(response)));
        *patient = Patient { lines: std::mem::take(&mut patient.lines), ..Patient::default() };
        patient.lines.clear();
        if beside.is_none() && self.read_known(text, rules, patient) {
            return;
        }
        patient.missing = missing(text, rules);
        let synonyms = &rules.variable.response_synonyms;
        let meant = |text: &'_ str| synonyms.get(text.trim()).cloned().unwrap_or_else(|| text.to_owned());
        patient.beside = beside.map(|text| self.answer(&meant(text), ResponseContext::ResponseColumn));
        if let (Some(word), Some(_)) = (beside, patient.missing)
            && patient.beside.is_some_and(Answer::may_be_judged)
            && self.beside.insert(format!("{BESIDE}{}", word.trim()).into())
        {
            new(word.trim(), &LineIssue::WithoutTreatment);
        }
        if patient.missing.is_some() || is_untreated(text) {
            return;
        }
        self.read_written(text, rules, patient, &mut new);
        if let (Some(word), Some(answer)) = (beside, patient.beside) {
            self.use_beside(word.trim(), answer, &patient.lines, new);
        }
    }

    /// Reads the lines of a cell whose parts are all known; false for any other cell.
    fn read_known(&mut self, text: &str, rules: &CellRules<'_>, patient: &mut Patient) -> bool {
        let parts = self.parts.get_or_insert_with(|| CellParts::new(rules));
        if parts.cut(text.as_bytes(), text.len()) == Cut::Careful {
            return false;
        }
        patient.lines.extend_from_slice(parts.numbers());
        true
    }

    fn learn(&mut self, text: &str, rules: &CellRules<'_>) {
        let Some(mut parts) = self.parts.take() else { return };
        let reading = NumberFormat { decimal_comma: rules.decimal_comma, field_delimiter: None };
        parts.learn(text.as_bytes(), reading, |part| self.number(part));
        self.parts = Some(parts);
    }

    /// Reads the lines of a cell as they are written.
    fn read_written(
        &mut self,
        text: &str,
        rules: &CellRules<'_>,
        patient: &mut Patient,
        mut new: impl FnMut(&str, &LineIssue),
    ) {
        for segment in &written_lines(text, rules) {
            let number = self.line(segment.trim(), rules, &mut new);
            patient.lines.push(number);
            patient.faulty |=
                self.lines.get(number as usize).is_some_and(|l| matches!(l.issue, Some(LineIssue::Fault(_))));
        }
        for segment in never_given(text, rules) {
            if self.never_given.insert(segment.as_str().into()) {
                new(&segment, &LineIssue::NotGiven);
            }
        }
        self.learn(text, rules);
    }

    /// Calls `new` with a word of the column of responses that is used for the first time and has an issue.
    fn use_beside(&mut self, word: &str, answer: Answer, lines: &[u32], mut new: impl FnMut(&str, &LineIssue)) {
        let is_used = !lines.iter().any(|line| self.line_of(*line).is_some_and(|line| line.stated));
        if answer.flags & flag::OPENING == 0 || !is_used || !self.beside.insert(word.into()) {
            return;
        }
        new(word, &issue_of(word, answer.flags, LineIssue::UnknownBeside));
    }

    /// Names the sequences; must be called before [`super::tally::LineTally::into_counts`].
    pub fn name_sequences(&mut self) {
        self.sequences.name_all(&self.labels);
    }

    fn line(&mut self, segment: &str, rules: &CellRules<'_>, new: &mut impl FnMut(&str, &LineIssue)) -> u32 {
        if let Some(number) = self.known.get(segment) {
            return *number;
        }
        let line = self.understand(segment, rules);
        if let Some(issue) = &line.issue {
            new(&segment.replace(PERHAPS, "; "), issue);
        }
        let number = self.lines.len() as u32;
        self.briefs.push(line.brief());
        self.lines.push(line);
        self.known.insert(segment.into(), number);
        number
    }

    fn understand(&mut self, segment: &str, rules: &CellRules<'_>) -> KnownLine {
        let variable = rules.variable;
        let (line, fault) = match line(segment, rules) {
            Ok(line) => (line, None),
            Err(fault) => (Line::of(Vec::new()), Some(LineIssue::Fault(fault))),
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
        let LineAnswer { flags, is_stated: stated, is_answered, beside_codes } = LineAnswer::of(&line);
        self.is_answered |= is_answered;
        self.beside_codes.merge(beside_codes);
        let open = flags & flag::OPENING != 0;
        let word = target.unreadable.as_deref().or(target.synonym.as_deref()).filter(|_| open);
        let issue = fault
            .or_else(|| line.unclear.map(LineIssue::Unclear))
            .or_else(|| word.map(|word| issue_of(word, flags, LineIssue::UnknownResponse)))
            .or_else(|| target.synonym.clone().map(|word| LineIssue::Synonym(word, response)))
            .or_else(|| dose_issue(segment, &line, rules));
        let relapsed = target.modifiers.relapsed || line.domains.iter().any(|domain| domain.said.modifiers.relapsed);
        KnownLine { agents, classes, label, response, stated, flags, relapsed, issue }
    }

    /// What a text says of a response; notes what the column holds.
    fn answer(&mut self, text: &str, context: ResponseContext) -> Answer {
        let answer = Answer::of(text, context);
        self.is_answered |= answer.is_stated();
        self.beside_codes.merge(answer.beside_codes);
        answer
    }

    /// The line of a number.
    pub fn line_of(&self, number: u32) -> Option<&KnownLine> {
        self.lines.get(number as usize)
    }

    /// The line of a number as bits; `None` if it cannot be counted by number.
    #[inline]
    pub fn brief(&self, number: u32) -> Option<&CompactLine> {
        self.briefs.get(number as usize)?.as_ref()
    }

    /// All lines, in the order of their numbers.
    pub fn all(&self) -> &[KnownLine] {
        &self.lines
    }

    /// The number of a line that has been read before and can be counted.
    pub fn number(&self, line: &str) -> Option<u32> {
        let number = *self.known.get(line).filter(|_| is_line_by_itself(line))?;
        let line = self.lines.get(number as usize)?;
        (!matches!(line.issue, Some(LineIssue::Fault(_)))).then_some(number)
    }
}
