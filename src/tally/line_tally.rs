//! The tally of treatment lines in one thread: distinct lines are read once, patients are numbers.

use super::lines::{LineCounts, Outcomes, flag};
use super::names::Names;
use super::sequences::Sequences;
use crate::cohort::cell::{CellRules, missing};
use crate::cohort::lines::{Line, LineFault, Said, is_untreated, parse_line, segments};
use crate::read::ITEM;
use crate::schema::Reason;
use crate::schema::response::Response;
use rustc_hash::FxHashMap;

/// Between a treatment cell and the response cell of the same patient.
pub const BESIDE: char = '\u{1E}';

/// What must be said of one line, and of how many cells it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// It is no line.
    Fault(LineFault),
    /// Its response is no known word.
    UnknownResponse(String),
    /// Its response is a synonym of a word.
    Synonym(String, Response),
}

/// One distinct line, as the tally needs it.
#[derive(Debug)]
struct KnownLine {
    agents: Vec<u32>,
    classes: Vec<u32>,
    label: u32,
    response: Response,
    stated: bool,
    flags: u8,
    relapsed: bool,
    remark: Option<Remark>,
    cells: u64,
}

/// The lines of one cell.
#[derive(Debug, Default)]
pub struct Patient {
    lines: Vec<u32>,
    beside: Option<Response>,
    missing: Option<Reason>,
    faulty: bool,
}

/// The tally of one thread: distinct lines are read once.
#[derive(Debug, Default)]
pub struct LinesTally {
    known: FxHashMap<Box<str>, u32>,
    lines: Vec<KnownLine>,
    agents: Names,
    classes: Names,
    labels: Names,
    by_agent: Vec<Outcomes>,
    by_class: Vec<Outcomes>,
    by_line: Vec<Outcomes>,
    sequences: Sequences,
    /// By number of lines, and by place in the list of responses: arrays, as every patient is counted here.
    sizes: Vec<u64>,
    best: [u64; Response::ALL.len()],
    counts: LineCounts,
    /// What one patient has, kept for its memory.
    own: Own,
    waiting: Vec<Waiting>,
}

/// Places for patients of one or two lines; a place is given up for the next who needs it.
const WAITING: usize = 1 << 12;
const NO_LINE: u32 = u32::MAX;

/// Patients with the same one or two lines.
#[derive(Debug, Clone, Copy, Default)]
struct Waiting {
    first: u32,
    second: u32,
    patients: u64,
}

#[derive(Debug, Default)]
struct Own {
    labels: Vec<u32>,
    agents: Vec<(u32, u8)>,
    classes: Vec<(u32, u8)>,
}

impl LinesTally {
    /// Reads the lines of a cell; `new` is called with the text of each line not met before
    /// and what must be said of it.
    pub fn read(
        &mut self,
        text: &str,
        rules: &CellRules<'_>,
        patient: &mut Patient,
        mut new: impl FnMut(&str, &Remark),
    ) {
        let (text, beside) = text.split_once(BESIDE).map_or((text, None), |(text, response)| (text, Some(response)));
        patient.lines.clear();
        patient.faulty = false;
        patient.missing = missing(text, rules);
        patient.beside = beside.and_then(Response::parse).map(|(response, _)| response);
        if patient.missing.is_some() || is_untreated(text) {
            return;
        }
        let delimiter = if text.contains(ITEM) { ITEM } else { rules.variable.delimiter.unwrap_or(';') };
        // A list that came as a list begins with the separator of its items.
        for segment in segments(text.strip_prefix(ITEM).unwrap_or(text), delimiter) {
            let number = self.line(segment.trim(), rules, &mut new);
            patient.lines.push(number);
            patient.faulty |=
                self.lines.get(number as usize).is_some_and(|l| matches!(l.remark, Some(Remark::Fault(_))));
        }
    }

    fn line(&mut self, segment: &str, rules: &CellRules<'_>, new: &mut impl FnMut(&str, &Remark)) -> u32 {
        if let Some(number) = self.known.get(segment) {
            return *number;
        }
        let line = self.understand(segment, rules);
        if let Some(remark) = &line.remark {
            new(segment, remark);
        }
        let number = self.lines.len() as u32;
        self.lines.push(line);
        self.known.insert(segment.into(), number);
        number
    }

    fn understand(&mut self, segment: &str, rules: &CellRules<'_>) -> KnownLine {
        let variable = rules.variable;
        let (line, fault) = match parse_line(segment, variable.target_domain.as_deref()) {
            Ok(line) => (line, None),
            Err(fault) => {
                (Line { agents: Vec::new(), target: Said::default(), domains: Vec::new() }, Some(Remark::Fault(fault)))
            }
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
            .or_else(|| target.unreadable.clone().map(Remark::UnknownResponse))
            .or_else(|| target.synonym.clone().map(|word| Remark::Synonym(word, response)));
        let relapsed = target.modifiers.relapsed || line.domains.iter().any(|domain| domain.said.modifiers.relapsed);
        KnownLine {
            agents,
            classes,
            label,
            response,
            stated: target.response.is_some(),
            flags,
            relapsed,
            remark,
            cells: 0,
        }
    }

    /// Counts one patient with lines of these numbers.
    ///
    /// Those with the same one or two lines are counted together later: what follows from the lines is
    /// worked out once for all of them.
    #[inline]
    pub fn count_one(&mut self, lines: &[u32]) {
        let (first, second) = match lines {
            [first] => (*first, NO_LINE),
            [first, second] => (*first, *second),
            _ => return self.count_lines(lines, None, 1),
        };
        if self.waiting.is_empty() {
            self.waiting.resize(WAITING, Waiting::default());
        }
        let place = (first as usize).wrapping_mul(67).wrapping_add(second as usize) % WAITING;
        let Some(waiting) = self.waiting.get_mut(place) else { return };
        if (waiting.first, waiting.second) == (first, second) {
            waiting.patients += 1;
        } else {
            let other = std::mem::replace(waiting, Waiting { first, second, patients: 1 });
            self.count_waiting(other);
        }
    }

    fn count_waiting(&mut self, waiting: Waiting) {
        let both = [waiting.first, waiting.second];
        let lines = if waiting.second == NO_LINE { &both[..1] } else { &both[..] };
        if waiting.patients > 0 {
            self.count_lines(lines, None, waiting.patients);
        }
    }

    /// Counts all patients who wait; due before the counts are looked at.
    pub fn settle(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            self.count_waiting(waiting);
        }
    }

    /// The number of a line that is known and can be counted.
    pub fn number(&self, line: &str) -> Option<u32> {
        let number = *self.known.get(line)?;
        let line = self.lines.get(number as usize)?;
        (!matches!(line.remark, Some(Remark::Fault(_)))).then_some(number)
    }

    /// Counts `cells` patients with the lines that were read.
    pub fn count(&mut self, patient: &Patient, cells: u64) {
        if let Some(reason) = patient.missing {
            *self.counts.missing.entry(reason).or_default() += cells;
        } else if patient.faulty {
            self.note_lines(&patient.lines, cells);
            self.counts.unreadable += cells;
        } else {
            self.count_lines(&patient.lines, patient.beside, cells);
        }
    }

    fn note_lines(&mut self, lines: &[u32], cells: u64) {
        for number in lines {
            if let Some(line) = self.lines.get_mut(*number as usize) {
                line.cells += cells;
            }
        }
    }

    /// Counts `cells` patients with lines of these numbers; `beside` is the response of the patient.
    pub fn count_lines(&mut self, lines: &[u32], beside: Option<Response>, cells: u64) {
        if self.sizes.len() <= lines.len() {
            self.sizes.resize(lines.len() + 1, 0);
        }
        if let Some(size) = self.sizes.get_mut(lines.len()) {
            *size += cells;
        }
        if lines.is_empty() {
            return;
        }
        // Lines that say their own response need none beside them.
        let stated = |number: &u32| self.lines.get(*number as usize).is_some_and(|line| line.stated);
        let beside = beside.filter(|_| !lines.iter().any(stated));
        let (mut all, mut best) = self.take_lines(lines, beside, cells);
        for (agent, flags) in &self.own.agents {
            at(&mut self.by_agent, *agent as usize).add(*flags, cells);
        }
        for (class, flags) in &self.own.classes {
            at(&mut self.by_class, *class as usize).add(*flags, cells);
        }
        if let Some(response) = beside {
            let given = if lines.len() == 1 { &mut self.counts.attributed } else { &mut self.counts.unattributed };
            *given += cells;
            all = (all & (flag::ALONE | flag::ALONE_RESPONDER)) | flags_of(response);
            best = response;
        }
        self.counts.patients.add(all, cells);
        if let Some(count) = self.best.get_mut(best as usize) {
            *count += cells;
        }
        self.sequences.add(&self.own.labels, cells, &self.labels);
    }

    /// Collects what the lines of a patient say together: flags and best response.
    fn take_lines(&mut self, lines: &[u32], beside: Option<Response>, cells: u64) -> (u8, Response) {
        let (mut all, mut best, mut relapsed) = (0, Response::NotReported, false);
        let Own { labels, agents, classes } = &mut self.own;
        labels.clear();
        agents.clear();
        classes.clear();
        for (position, number) in lines.iter().enumerate() {
            let Some(line) = self.lines.get_mut(*number as usize) else { continue };
            line.cells += cells;
            let given = beside.filter(|_| lines.len() == 1);
            let (flags, response) = given.map_or((line.flags, line.response), |said| (flags_of(said), said));
            let of_agent = with_alone(flags, line.agents.len() == 1);
            let of_class = with_alone(flags, line.classes.len() == 1);
            all |= of_agent;
            relapsed |= line.relapsed;
            best = better(best, response);
            labels.push(line.label);
            line.agents.iter().for_each(|agent| note(agents, *agent, of_agent));
            line.classes.iter().for_each(|class| note(classes, *class, of_class));
            at(&mut self.by_line, position).add(of_agent, cells);
        }
        self.counts.relapsed += if relapsed { cells } else { 0 };
        (all, best)
    }

    /// What must be said of the lines met, with the number of cells it is true of.
    pub fn remarks(&self) -> impl Iterator<Item = (&Remark, u64)> {
        self.lines.iter().filter_map(|line| line.remark.as_ref().map(|remark| (remark, line.cells)))
    }

    /// The counts by name.
    pub fn into_counts(mut self) -> LineCounts {
        let mut counts = std::mem::take(&mut self.counts);
        let named = |names: &Names, outcomes: Vec<Outcomes>| {
            let numbered = outcomes.into_iter().enumerate();
            let treated = numbered.filter(|(_, outcome)| outcome.treated() > 0);
            treated.map(|(number, outcome)| (names.name(number as u32).to_owned(), outcome)).collect()
        };
        counts.by_agent = named(&self.agents, std::mem::take(&mut self.by_agent));
        counts.by_class = named(&self.classes, std::mem::take(&mut self.by_class));
        let by_line = std::mem::take(&mut self.by_line).into_iter().enumerate();
        counts.by_line = by_line.map(|(position, outcome)| (position as u64 + 1, outcome)).collect();
        let sizes = std::mem::take(&mut self.sizes).into_iter().enumerate().filter(|(_, patients)| *patients > 0);
        counts.sizes = sizes.map(|(lines, patients)| (lines as i128, patients)).collect();
        counts.best = Response::ALL.into_iter().zip(self.best).filter(|(_, patients)| *patients > 0).collect();
        (counts.sequences, counts.sequences_beyond) = self.sequences.into_named(&self.labels);
        counts
    }
}

fn flags_of(response: Response) -> u8 {
    let mut flags = 0;
    if response.is_evaluable() {
        flags |= flag::EVALUABLE;
    }
    if response.is_responder() {
        flags |= flag::RESPONDER | flag::CONFIRMED;
    }
    if response == Response::Complete {
        flags |= flag::COMPLETE;
    }
    flags
}

fn with_alone(flags: u8, alone: bool) -> u8 {
    match (alone, flags & flag::RESPONDER != 0) {
        (false, _) => flags,
        (true, false) => flags | flag::ALONE,
        (true, true) => flags | flag::ALONE | flag::ALONE_RESPONDER,
    }
}

/// The better of two responses; the first in the list of words where their rank is equal.
fn better(one: Response, other: Response) -> Response {
    if (other.rank(), other) < (one.rank(), one) { other } else { one }
}

fn note(seen: &mut Vec<(u32, u8)>, number: u32, flags: u8) {
    match seen.iter_mut().find(|(known, _)| *known == number) {
        Some((_, known)) => *known |= flags,
        None => seen.push((number, flags)),
    }
}

fn at(outcomes: &mut Vec<Outcomes>, position: usize) -> &mut Outcomes {
    if outcomes.len() <= position {
        outcomes.resize(position + 1, Outcomes::default());
    }
    &mut outcomes[position]
}
