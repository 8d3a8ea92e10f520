//! Counts patients by the numbers of their lines; what follows from the lines is derived once at the end.
//!
//! The lines of most patients name no agent and no class twice. The counts of an agent, a class or a line number are
//! then sums over the lines, and counting a patient takes a few increments: each line at its position, the outcome,
//! the sequence. Few combinations of one or two lines exist, so that patients with one or two lines are counted by
//! combination. All others are counted one by one.

use super::outcome::PatientOutcome;
use super::table::LineTable;
use super::tally::LineTally;
use crate::tally::counts::strata::{Strata, Stratified};

/// Positions of lines that are counted by number; lines at later positions are rare.
const POSITIONS: usize = 8;
/// Distinct lines that are counted by number and position.
const MOST_PLACED: usize = 1 << 12;

/// The counts of treatment cells, by stratum.
#[derive(Debug, Default)]
pub struct LinesByNumber {
    /// Patients with one or two lines.
    pairs: Stratified,
    /// Lines by position.
    placed: Stratified,
    /// Patients by [`PatientOutcome`].
    together: Stratified,
    sequences: Stratified,
    /// The labels of one patient; a reused buffer.
    labels: Vec<u32>,
}

impl LinesByNumber {
    /// Calls `what` with each table of counts.
    pub fn each(&mut self, what: impl FnMut(&mut Stratified)) {
        [&mut self.pairs, &mut self.placed, &mut self.together, &mut self.sequences].into_iter().for_each(what);
    }

    /// Counts a patient with these lines in the strata of the record; false if the lines must be counted one by one.
    #[inline]
    pub fn count<S: Strata>(&mut self, lines: &[u32], (strata, at): (S, usize), table: &mut LineTable) -> bool {
        if let Some(pair) = table.pair(lines) {
            strata.each(at, |stratum| self.pairs.add(pair as usize, stratum));
            return true;
        }
        let Some(together) = outcome_of(lines, table, &mut self.labels) else { return false };
        let Some(sequence) = table.sequences.number(&self.labels) else { return false };
        strata.each(at, |stratum| {
            for (position, line) in lines.iter().enumerate() {
                self.placed.add(*line as usize * POSITIONS + position, stratum);
            }
            self.together.add(together.number(), stratum);
            self.sequences.add(sequence as usize, stratum);
        });
        true
    }

    /// Adds the counts of a stratum to its tally.
    pub fn settle(&self, stratum: usize, tally: &mut LineTally, table: &mut LineTable) {
        for (pair, patients) in self.pairs.of(stratum) {
            tally.count_lines(&table.lines_of(pair), None, patients, table);
        }
        for (placed, patients) in self.placed.of(stratum) {
            tally.count_placed((placed / POSITIONS) as u32, placed % POSITIONS, patients, table);
        }
        for (together, patients) in self.together.of(stratum) {
            tally.count_together(PatientOutcome::from(together), patients);
        }
        for (sequence, patients) in self.sequences.of(stratum) {
            tally.count_sequence(sequence, patients, table);
        }
    }
}

/// The outcome of a patient with these lines; `None` if an agent or class is in several lines, or a line is not
/// counted by number.
#[inline]
fn outcome_of(lines: &[u32], table: &LineTable, labels: &mut Vec<u32>) -> Option<PatientOutcome> {
    if lines.len() > POSITIONS {
        return None;
    }
    labels.clear();
    let (mut agents, mut classes) = (0, 0);
    let mut all = PatientOutcome { flags: 0, relapsed: false, best: usize::MAX };
    for number in lines {
        let line = table.brief(*number)?;
        if agents & line.agents != 0 || classes & line.classes != 0 || *number as usize >= MOST_PLACED {
            return None;
        }
        agents |= line.agents;
        classes |= line.classes;
        all.flags |= line.says.flags;
        all.relapsed |= line.says.relapsed;
        all.best = all.best.min(line.says.best);
        labels.push(line.label);
    }
    Some(all)
}
