//! The counts of treatment lines: responses by agent, by class, by line number and by patient.
//!
//! Patients are the unit: a patient counts once per agent, class or line number, with all lines in question. Each
//! statement about them is of the form "a line with this agent was evaluable", so that the flags of a patient are
//! the bitwise OR of the flags of the lines.

use super::maps::{NameList, add_all, cut_to};
use crate::schema::MissingReason;
use crate::schema::response::Response;
use std::collections::BTreeMap;

/// Statements on the lines of a patient; each means "there is a line ...".
pub mod flag {
    /// ... with a known response.
    pub const EVALUABLE: u16 = 1;
    /// ... with a complete or partial response, or improved.
    pub const RESPONDER: u16 = 2;
    /// ... with a response that is neither unconfirmed nor transient.
    pub const CONFIRMED: u16 = 4;
    /// ... with a complete response.
    pub const COMPLETE: u16 = 8;
    /// ... with this agent or class alone.
    pub const ALONE: u16 = 16;
    /// ... with this agent or class alone, and a response.
    pub const ALONE_RESPONDER: u16 = 32;
    /// ... with a response that may be any: its word is not understood, or the records do not tell to which line it belongs.
    pub const OPEN: u16 = 64;
    /// ... with `NR`: no response, or not reported.
    pub const NR: u16 = 128;
    /// ... with `NC`: no change, or something else.
    pub const NC: u16 = 256;
    /// ... that may be evaluable, and is no responder.
    pub const UNJUDGED: u16 = 512;
    /// What leaves a response open.
    pub const OPENING: u16 = OPEN | NR | NC | UNJUDGED;
}

/// Patients by the statements that are true of their lines: one count for each combination of [`flag`]s that occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes(Vec<(u16, u64)>);

impl Outcomes {
    /// Counts patients with these flags.
    #[inline]
    pub fn add(&mut self, flags: u16, patients: u64) {
        match self.0.binary_search_by_key(&flags, |(known, _)| *known) {
            Ok(at) => {
                if let Some((_, count)) = self.0.get_mut(at) {
                    *count += patients;
                }
            }
            Err(at) => self.0.insert(at, (flags, patients)),
        }
    }

    /// Adds the patients of another part.
    pub fn merge(&mut self, other: &Outcomes) {
        other.0.iter().for_each(|(flags, patients)| self.add(*flags, *patients));
    }

    /// Number of treated patients.
    pub fn treated(&self) -> u64 {
        self.patients(0, 0)
    }

    /// Number of patients with all of `flags` and none of `without`.
    pub fn patients(&self, flags: u16, without: u16) -> u64 {
        let fits = |of: u16| of & flags == flags && of & without == 0;
        self.0.iter().filter(|(of, _)| fits(*of)).map(|(_, count)| count).sum()
    }

    /// The same with `NR` and `NC` as the column decides them.
    pub fn settled(&self, beside: BesideCodes) -> Outcomes {
        let mut settled = Outcomes::default();
        self.0.iter().for_each(|(flags, patients)| settled.add(settled_flags(*flags, beside), *patients));
        settled
    }
}

/// What a column holds beside `NR` and `NC`, which decides what they mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BesideCodes {
    /// Some response is CR, PR, SD or PD.
    pub rated: bool,
    /// Some word is a response, or may be one.
    pub responses: bool,
}

impl BesideCodes {
    /// Adds what another part of the column holds.
    pub fn merge(&mut self, other: BesideCodes) {
        self.rated |= other.rated;
        self.responses |= other.responses;
    }
}

/// Beside CR, PR, SD or PD, `NC` is stable, elsewhere open; beside a response of any name, `NR` may be none, elsewhere
/// it is not reported.
fn settled_flags(flags: u16, beside: BesideCodes) -> u16 {
    let kept = flags & !(flag::NR | flag::NC);
    let of = |code: u16, means: u16| if flags & code == 0 { 0 } else { means };
    let nr = if beside.responses { of(flag::NR, flag::UNJUDGED) } else { 0 };
    kept | nr | of(flag::NC, if beside.rated { flag::EVALUABLE } else { flag::OPEN })
}

/// The best response of a patient that is understood, and what is not; see [`flag::OPENING`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BestKnown {
    /// The best that is understood.
    pub response: Response,
    /// What may be better.
    pub open: u16,
}

impl BestKnown {
    /// The best response; none where one that is not understood may be better.
    pub fn settled(self, beside: BesideCodes) -> Option<Response> {
        let is_stable = beside.rated && self.open & flag::NC != 0 && Response::Stable.rank() < self.response.rank();
        let response = if is_stable { Response::Stable } else { self.response };
        let open = settled_flags(self.open, beside);
        let is_open = open & flag::OPEN != 0 && response != Response::Complete;
        let is_unjudged = open & flag::UNJUDGED != 0 && response.rank() > Response::None.rank();
        (!is_open && !is_unjudged).then_some(response)
    }
}

/// Counts of the treatment column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// Patients by agent.
    pub by_agent: BTreeMap<String, Outcomes>,
    /// Patients by class of agent.
    pub by_class: BTreeMap<String, Outcomes>,
    /// Patients by line number, from 1.
    pub by_line: BTreeMap<u64, Outcomes>,
    /// Patients by all their lines.
    pub patients: Outcomes,
    /// Patients by best response.
    pub best: BTreeMap<BestKnown, u64>,
    /// Some response of the column is stated.
    pub is_answered: bool,
    /// What the column holds beside `NR` and `NC`.
    pub beside_codes: BesideCodes,
    /// Patients by sequence of lines.
    pub sequences: BTreeMap<NameList, u64>,
    /// Patients of sequences beyond the limit.
    pub sequences_beyond: u64,
    /// Patients by number of lines; 0 for the untreated.
    pub sizes: BTreeMap<i128, u64>,
    /// Treated patients with a relapse.
    pub relapsed: u64,
    /// Patients whose response, from a column of its own, was assigned to their only line.
    pub attributed: u64,
    /// Patients whose response, from a column of its own, could not be assigned to a single line.
    pub unattributed: u64,
    /// Cases with a response and no treatment, which are not known to be treated.
    pub without_treatment: u64,
    /// Cells without lines, by reason.
    pub missing: BTreeMap<MissingReason, u64>,
    /// Cells that cannot be read as lines.
    pub unreadable: u64,
}

impl LineCounts {
    /// Adds the counts of another part of the column.
    pub fn merge(&mut self, other: LineCounts) {
        merge_outcomes(&mut self.by_agent, other.by_agent);
        merge_outcomes(&mut self.by_class, other.by_class);
        merge_outcomes(&mut self.by_line, other.by_line);
        self.patients.merge(&other.patients);
        add_all(&mut self.best, other.best);
        add_all(&mut self.sequences, other.sequences);
        add_all(&mut self.sizes, other.sizes);
        add_all(&mut self.missing, other.missing);
        self.sequences_beyond += other.sequences_beyond;
        self.relapsed += other.relapsed;
        self.attributed += other.attributed;
        self.unattributed += other.unattributed;
        self.without_treatment += other.without_treatment;
        self.unreadable += other.unreadable;
        self.is_answered |= other.is_answered;
        self.beside_codes.merge(other.beside_codes);
        self.sequences_beyond += cut_to(&mut self.sequences, super::level::MOST_LEVELS);
    }

    /// Patients with at least one line.
    pub fn treated(&self) -> u64 {
        self.patients.treated()
    }

    /// True where something is known of the responses: some is stated, or nobody was treated.
    pub fn has_answers(&self) -> bool {
        self.is_answered || self.treated() == 0
    }

    /// Patients by best response, with `NR` and `NC` as the column decides them; none where it is not understood.
    pub fn best_settled(&self, beside: BesideCodes) -> BTreeMap<Option<Response>, u64> {
        let mut settled = BTreeMap::new();
        for (best, patients) in &self.best {
            *settled.entry(best.settled(beside)).or_default() += patients;
        }
        settled
    }

    /// Patients whose lines are known, including the untreated.
    pub fn known(&self) -> u64 {
        self.sizes.values().sum()
    }
}

fn merge_outcomes<K: Ord>(ours: &mut BTreeMap<K, Outcomes>, theirs: BTreeMap<K, Outcomes>) {
    for (key, outcomes) in theirs {
        ours.entry(key).or_default().merge(&outcomes);
    }
}
