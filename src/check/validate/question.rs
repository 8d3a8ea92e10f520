//! A question that every case answers, and how many do.

use super::ledger::{Ledger, Said};
use super::seen::Seen;
use crate::cohort::case::CaseColumn;
use crate::diagnostic::{Severity, first_names};

/// Cases named in one sentence.
const NAMED: usize = 20;

/// How many cases answer, and which do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// Cases that answer.
    pub with: u64,
    /// Cases that are asked.
    pub of: u64,
    with_ids: Vec<String>,
    without_ids: Vec<String>,
}

impl Share {
    /// Counts one case.
    pub fn add(&mut self, answers: bool, case: &Seen<'_>) {
        self.of = self.of.saturating_add(1);
        self.with = self.with.saturating_add(u64::from(answers));
        let ids = if answers { &mut self.with_ids } else { &mut self.without_ids };
        if ids.len() < NAMED {
            ids.push(case.case.id());
        }
    }

    /// True where every case answers.
    pub fn is_full(&self) -> bool {
        self.with == self.of
    }

    /// `3/5 (not P1, P4)`, or `1/5 (P3)`: those named that are fewer.
    pub fn said(&self) -> String {
        let without = self.of.saturating_sub(self.with);
        let share = format!("{}/{}", self.with, self.of);
        match (self.with, without) {
            (0, _) | (_, 0) => share,
            _ if self.with < without => format!("{share} ({})", first_names(&self.with_ids, self.with)),
            _ => format!("{share} (not {})", first_names(&self.without_ids, without)),
        }
    }
}

/// Something that every case should report in a column.
pub struct Question<'a> {
    id: &'static str,
    severity: Severity,
    /// The column; none where the data have no such column.
    pub column: Option<CaseColumn<'a>>,
    /// What is asked, as in "the sex".
    what: &'static str,
    /// What to do where it is not there.
    remedy: &'static str,
    /// How many cases answer.
    pub share: Share,
}

impl<'a> Question<'a> {
    /// A question about a column.
    pub fn new(
        id: &'static str,
        severity: Severity,
        column: Option<CaseColumn<'a>>,
        what: &'static str,
        remedy: &'static str,
    ) -> Question<'a> {
        Question { id, severity, column, what, remedy, share: Share::default() }
    }

    /// Asks a case whether it reports the column.
    pub fn ask(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let answers = self.column.is_some_and(|column| case.reports(&column));
        self.answer(answers, case, ledger);
    }

    /// Counts the answer of a case.
    pub fn answer(&mut self, answers: bool, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        self.share.add(answers, case);
        if let Some(column) = self.column.filter(|_| !answers) {
            let said = || Said::new(format!("{} is not reported", self.what)).remedy(self.remedy);
            ledger.say(self.id, self.severity, (case, &column.variable().header), said);
        }
    }

    /// Says once for all cases that there is no such column; true where every case answers.
    pub fn conclude(&self, ledger: &mut Ledger<'_>) -> bool {
        if self.column.is_none() && self.share.of > 0 && !self.share.is_full() {
            let message = format!("{} is reported for {} cases: there is no such column", self.what, self.share.said());
            ledger.of_series(self.id, self.severity, message, self.remedy);
        }
        self.share.is_full()
    }
}
