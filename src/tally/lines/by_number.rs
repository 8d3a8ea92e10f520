//! Patients counted by the numbers of their lines: what follows from the lines is worked out once for all of them.
//!
//! The lines of most patients name no agent and no class twice. Then what is counted of an agent, a class or a
//! line number is a sum over the lines, and a patient is a few increments: each line at its place, what all lines
//! say together, the sequence. Patients with one or two lines are few kinds: they are counted as such. All others
//! are looked at one by one.

use super::outcome::PatientOutcome;
use super::table::LineTable;
use super::tally::LineTally;
use crate::tally::counts::strata::{Strata, Stratified};

/// Places of lines that are counted by number: later lines are rare.
const PLACES: usize = 8;
/// Lines that are counted by number and place.
const MOST_PLACED: usize = 1 << 12;

/// What the loop over plain cells counts of lines, by stratum.
#[derive(Debug, Default)]
pub struct LinesByNumber {
    /// Patients with one or two lines.
    pairs: Stratified,
    /// Lines at their places.
    placed: Stratified,
    /// What the lines of a patient say together; see [`PatientOutcome`].
    together: Stratified,
    sequences: Stratified,
    /// The labels of one patient, kept for their memory.
    labels: Vec<u32>,
}

impl LinesByNumber {
    /// Does something with all counts.
    pub fn each(&mut self, what: impl FnMut(&mut Stratified)) {
        [&mut self.pairs, &mut self.placed, &mut self.together, &mut self.sequences].into_iter().for_each(what);
    }

    /// Counts a patient with lines of these numbers in the strata of its record; false where they must be looked at.
    #[inline]
    pub fn count<S: Strata>(&mut self, lines: &[u32], (strata, at): (S, usize), book: &mut LineTable) -> bool {
        if let Some(pair) = book.pair(lines) {
            strata.each(at, |stratum| self.pairs.add(pair as usize, stratum));
            return true;
        }
        let Some(together) = outcome_of(lines, book, &mut self.labels) else { return false };
        let Some(sequence) = book.sequences.number(&self.labels) else { return false };
        strata.each(at, |stratum| {
            for (place, line) in lines.iter().enumerate() {
                self.placed.add(*line as usize * PLACES + place, stratum);
            }
            self.together.add(together.number(), stratum);
            self.sequences.add(sequence as usize, stratum);
        });
        true
    }

    /// Adds all that was counted in a stratum to the tally of it.
    pub fn settle(&self, stratum: usize, tally: &mut LineTally, book: &mut LineTable) {
        for (pair, patients) in self.pairs.of(stratum) {
            tally.count_lines(&book.lines_of(pair), None, patients, book);
        }
        for (placed, patients) in self.placed.of(stratum) {
            tally.count_placed((placed / PLACES) as u32, placed % PLACES, patients, book);
        }
        for (together, patients) in self.together.of(stratum) {
            tally.count_together(PatientOutcome::from(together), patients);
        }
        for (sequence, patients) in self.sequences.of(stratum) {
            tally.count_sequence(sequence, patients, book);
        }
    }
}

/// None where an agent or class stands in several lines, and where a line is not counted by number.
#[inline]
fn outcome_of(lines: &[u32], book: &LineTable, labels: &mut Vec<u32>) -> Option<PatientOutcome> {
    if lines.len() > PLACES {
        return None;
    }
    labels.clear();
    let (mut agents, mut classes) = (0, 0);
    let mut all = PatientOutcome { flags: 0, relapsed: false, best: usize::MAX };
    for number in lines {
        let line = book.brief(*number)?;
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
