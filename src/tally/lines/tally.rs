//! The tally of treatment lines in one thread: lines, agents and classes are numbers until the end.

use super::outcome::{Answer, PatientOutcome, with_alone};
use super::sequences::Sequences;
use super::table::{KnownLine, LineIssue, LineTable, Patient};
use crate::schema::response::Response;
use crate::tally::counts::maps::{add_all, add_counts, count_at};
use crate::tally::counts::names::Names;
use crate::tally::counts::{BestKnown, LineCounts, Outcomes, flag};
use std::collections::BTreeMap;

/// The tally of one group of the cases in one thread.
#[derive(Debug, Default)]
pub struct LineTally {
    by_agent: Vec<Outcomes>,
    by_class: Vec<Outcomes>,
    by_line: Vec<Outcomes>,
    sequences: Sequences,
    /// Patients by number of lines, and (`best`) by index in the list of responses: arrays, because every patient is
    /// counted here.
    sizes: Vec<u64>,
    best: [u64; Response::ALL.len()],
    /// The same where some response is open.
    best_open: BTreeMap<BestKnown, u64>,
    counts: LineCounts,
    /// Cells with each line that has an issue, by the number of the line.
    with_issues: Vec<u64>,
    /// What one patient has; reused buffers.
    own: Buffers,
}

#[derive(Debug, Default)]
struct Buffers {
    labels: Vec<u32>,
    agents: Vec<(u32, u16)>,
    classes: Vec<(u32, u16)>,
}

impl LineTally {
    /// Counts `cells` patients with the lines of one cell.
    pub fn count(&mut self, patient: &Patient, cells: u64, table: &mut LineTable) {
        if let Some(reason) = patient.missing {
            *self.counts.missing.entry(reason).or_default() += cells;
            let is_judged = patient.beside.is_some_and(Answer::may_be_judged);
            self.counts.without_treatment += if is_judged { cells } else { 0 };
        } else if patient.faulty {
            patient.lines.iter().for_each(|number| self.note_issue(*number, table, cells));
            self.counts.unreadable += cells;
        } else {
            self.count_lines(&patient.lines, patient.beside, cells, table);
        }
    }

    fn note_issue(&mut self, number: u32, table: &LineTable, cells: u64) {
        if table.line_of(number).is_some_and(|line| line.issue.is_some()) {
            count_at(&mut self.with_issues, number as usize, cells);
        }
    }

    /// Counts `cells` patients with lines of these numbers; `beside` is the response of the patient.
    pub fn count_lines(&mut self, lines: &[u32], beside: Option<Answer>, cells: u64, table: &mut LineTable) {
        count_at(&mut self.sizes, lines.len(), cells);
        if lines.is_empty() {
            return;
        }
        let has = |is_so: fn(&KnownLine) -> bool| lines.iter().any(|number| table.line_of(*number).is_some_and(is_so));
        let is_open = || has(|line| line.flags & flag::OPENING != 0);
        let beside = beside.filter(|answer| answer.counts_beside(has(|line| line.stated), is_open()));
        let (mut all, mut best) = self.take_lines(lines, beside, cells, table);
        for (agent, flags) in &self.own.agents {
            at(&mut self.by_agent, *agent as usize).add(*flags, cells);
        }
        for (class, flags) in &self.own.classes {
            at(&mut self.by_class, *class as usize).add(*flags, cells);
        }
        if let Some(answer) = beside {
            let given = if lines.len() == 1 { &mut self.counts.attributed } else { &mut self.counts.unattributed };
            *given += cells;
            all = (all & (flag::ALONE | flag::ALONE_RESPONDER)) | answer.flags;
            best = answer.response;
        }
        self.counts.patients.add(all, cells);
        self.count_best(best as usize, all, cells);
        match table.sequences.number(&self.own.labels) {
            Some(number) => self.sequences.add(number as usize, cells),
            None => self.sequences.add_unnumbered(&self.own.labels, cells, &table.labels),
        }
    }

    /// Counts a line at a position, for `cells` patients who have its agents and classes in no other line.
    pub fn count_placed(&mut self, number: u32, position: usize, cells: u64, table: &LineTable) {
        self.note_issue(number, table, cells);
        let Some(line) = table.line_of(number) else { return };
        let of_agent = with_alone(line.flags, line.agents.len() == 1);
        let of_class = with_alone(line.flags, line.classes.len() == 1);
        line.agents.iter().for_each(|agent| at(&mut self.by_agent, *agent as usize).add(of_agent, cells));
        line.classes.iter().for_each(|class| at(&mut self.by_class, *class as usize).add(of_class, cells));
        at(&mut self.by_line, position).add(of_agent, cells);
    }

    /// Counts `cells` patients with this outcome.
    pub fn count_together(&mut self, said: PatientOutcome, cells: u64) {
        self.counts.patients.add(said.flags, cells);
        self.counts.relapsed += if said.relapsed { cells } else { 0 };
        self.count_best(said.best, said.flags, cells);
    }

    /// Counts patients with a best response, by its index in the list of responses.
    fn count_best(&mut self, best: usize, flags: u16, cells: u64) {
        let open = flags & flag::OPENING;
        if open != 0
            && let Some(response) = Response::ALL.get(best)
        {
            *self.best_open.entry(BestKnown { response: *response, open }).or_default() += cells;
        } else if let Some(count) = self.best.get_mut(best) {
            *count += cells;
        }
    }

    /// Counts `cells` patients with the sequence of a number.
    pub fn count_sequence(&mut self, number: usize, cells: u64, table: &LineTable) {
        count_at(&mut self.sizes, table.sequences.length(number), cells);
        self.sequences.add(number, cells);
    }

    /// Fills the buffers with the agents, classes and labels of a patient; returns the flags of all lines and the
    /// best response.
    fn take_lines(&mut self, lines: &[u32], beside: Option<Answer>, cells: u64, table: &LineTable) -> (u16, Response) {
        let (mut all, mut best, mut relapsed) = (0, Response::NotReported, false);
        lines.iter().for_each(|number| self.note_issue(*number, table, cells));
        let Buffers { labels, agents, classes } = &mut self.own;
        labels.clear();
        agents.clear();
        classes.clear();
        for (position, number) in lines.iter().enumerate() {
            let Some(line) = table.line_of(*number) else { continue };
            let (flags, response) = match beside {
                Some(answer) if lines.len() == 1 => (answer.flags, answer.response),
                // Nobody says of which line the response is.
                Some(answer) => (answer.of_some_line(), line.response),
                None => (line.flags, line.response),
            };
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

    /// Adds the counts of a group, which uses the same table.
    pub fn absorb(&mut self, group: &LineTally) {
        for (ours, theirs) in [
            (&mut self.by_agent, &group.by_agent),
            (&mut self.by_class, &group.by_class),
            (&mut self.by_line, &group.by_line),
        ] {
            theirs.iter().enumerate().for_each(|(number, outcomes)| at(ours, number).merge(outcomes));
        }
        for (ours, theirs) in [(&mut self.sizes, &group.sizes), (&mut self.with_issues, &group.with_issues)] {
            add_counts(ours, theirs);
        }
        self.best.iter_mut().zip(group.best).for_each(|(ours, theirs)| *ours += theirs);
        add_all(&mut self.best_open, group.best_open.clone());
        self.sequences.absorb(&group.sequences);
        self.counts.merge(group.counts.clone());
    }

    /// The issues of the lines that were counted, with the number of cells that have them.
    pub fn issues<'b>(&self, table: &'b LineTable) -> impl Iterator<Item = (&'b LineIssue, u64)> {
        let counted = table.all().iter().zip(&self.with_issues).filter(|(_, cells)| **cells > 0);
        counted.filter_map(|(line, cells): (&KnownLine, &u64)| Some((line.issue.as_ref()?, *cells)))
    }

    /// The counts, with names in place of numbers.
    pub fn into_counts(mut self, table: &LineTable) -> LineCounts {
        let mut counts = std::mem::take(&mut self.counts);
        let named = |names: &Names, outcomes: Vec<Outcomes>| {
            let numbered = outcomes.into_iter().enumerate();
            let treated = numbered.filter(|(_, outcome)| outcome.treated() > 0);
            treated.map(|(number, outcome)| (names.name(number as u32).to_owned(), outcome)).collect()
        };
        counts.by_agent = named(&table.agents, std::mem::take(&mut self.by_agent));
        counts.by_class = named(&table.classes, std::mem::take(&mut self.by_class));
        let by_line = std::mem::take(&mut self.by_line).into_iter().enumerate();
        counts.by_line = by_line.map(|(position, outcome)| (position as u64 + 1, outcome)).collect();
        let sizes = std::mem::take(&mut self.sizes).into_iter().enumerate().filter(|(_, patients)| *patients > 0);
        counts.sizes = sizes.map(|(lines, patients)| (lines as i128, patients)).collect();
        let best = Response::ALL.into_iter().zip(self.best).filter(|(_, patients)| *patients > 0);
        counts.best = best.map(|(response, patients)| (BestKnown { response, open: 0 }, patients)).collect();
        counts.best.extend(self.best_open);
        (counts.is_answered, counts.beside_codes) = (table.is_answered, table.beside_codes);
        (counts.sequences, counts.sequences_beyond) = self.sequences.into_named(&table.sequences);
        counts
    }
}

/// The better of two responses; of equal rank, the first in the list of responses.
fn better(one: Response, other: Response) -> Response {
    if (other.rank(), other) < (one.rank(), one) { other } else { one }
}

fn note(seen: &mut Vec<(u32, u16)>, number: u32, flags: u16) {
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
