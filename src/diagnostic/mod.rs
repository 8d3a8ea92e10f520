//! Findings: what the reader of a table must know about the data behind it.
//!
//! A finding has a location (file, physical line, case, column), the value found there and
//! what to do about it. Findings are grouped by id and column; the first ones in file order are
//! kept and the others counted, so that merging the findings of several threads gives the same
//! bytes as reading with one.

mod case_name;
mod catalogue;
mod excerpt;
mod location;
mod name_part;
mod sanitize;

pub use crate::words::nearest;
pub use case_name::CaseName;
pub use catalogue::{ChecklistItem, FindingId};
pub use excerpt::excerpt;
pub use location::{
    CellPlace, ComposedColumn, ComposedPlaces, ComposedRecord, FilePosition, PlaceTable, SheetCell, SheetTable,
    SourceLocation, pointer_step,
};
pub use location::{column_letters, sheet_name};
pub use name_part::NamePart;
pub use sanitize::{
    SHOWN, bounded, display_width, first_names, is_printable_ascii, is_printed_as, is_unsafe, quoted, sanitize,
    shortened,
};

use crate::words::words;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many findings of one group are kept with their location; the others are counted.
pub const KEPT: usize = 20;

words! {
    /// How much a finding matters; errors refuse the file, notes never fail a run.
    ///
    /// ```
    /// use calc_series::Severity;
    ///
    /// assert_eq!(Severity::Warning.to_string(), "warning");
    /// ```
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Severity: "severity" {
        /// The file is refused.
        Error = "error",
        /// A number may not be what it seems; `--strict` makes it fail.
        Warning = "warning",
        /// Good to know.
        Note = "note",
    }
}

/// One thing the reader must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The type of finding.
    pub id: FindingId,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub location: SourceLocation,
    /// The value found, as written in the file.
    pub value: Option<String>,
    /// One short sentence.
    pub message: String,
    /// The line in question with carets below the part, for a text that is not a table.
    pub excerpt: Option<String>,
    /// What to do, in words or as an option that can be pasted.
    pub remedy: Option<String>,
}

impl Finding {
    /// A finding with its message, as severe as its type is; location, value and remedy are added by the methods below.
    pub fn new(id: FindingId, message: impl Into<String>) -> Finding {
        let (location, message) = (SourceLocation::default(), message.into());
        Finding { id, severity: id.severity(), location, value: None, message, excerpt: None, remedy: None }
    }

    /// The same finding with another of the severities that the catalogue gives its type.
    pub fn severity(self, severity: Severity) -> Finding {
        debug_assert!(self.id.may_be(severity), "{}: {severity}", self.id);
        Finding { severity, ..self }
    }

    /// The same finding at a location.
    pub fn at(self, location: SourceLocation) -> Finding {
        Finding { location, ..self }
    }

    /// The same finding with no more of a cell or a name than a message shows; the remedy can be pasted and stays whole.
    fn bounded(mut self) -> Finding {
        let column = self.location.column.as_deref().filter(|column| column.len() > SHOWN);
        if let Some((column, Cow::Owned(short))) = column.map(|column| (column, shortened(column))) {
            self.message = self.message.replace(column, &short);
        }
        if let Cow::Owned(short) = bounded(&self.message) {
            self.message = short;
        }
        if let Some(Cow::Owned(short)) = self.value.as_deref().map(shortened) {
            self.value = Some(short);
        }
        self.location.case = self.location.case.map(CaseName::bounded);
        self.location.position = self.location.position.bounded();
        self
    }

    /// True for a finding about the text of a cell, not about the record or the file.
    fn is_of_a_text(&self) -> bool {
        self.severity != Severity::Error
            && self.location.row > 0
            && self.location.column.is_some()
            && self.value.is_some()
    }

    /// The same finding in a column.
    pub fn column(mut self, column: impl Into<String>) -> Finding {
        self.location = self.location.in_column(column);
        self
    }

    /// The same finding with the value as written in the file.
    pub fn value(mut self, value: impl Into<String>) -> Finding {
        self.value = Some(value.into());
        self
    }

    /// The same finding with what to do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Finding {
        self.remedy = Some(remedy.into());
        self
    }
}

/// The findings of one id in one column: the first of them, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingGroup {
    /// How many cells or records the finding is about.
    pub total: u64,
    /// The first findings by location, at most [`KEPT`]; cells with the same text are kept once.
    pub first: Vec<Finding>,
}

/// All findings of a run, grouped by severity, id and column.
///
/// `merge` is associative and commutative, and an empty collection is its identity: the
/// first ones are the smallest by input, line, case and text, in whatever order they were added.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// # use calc_series::{Inputs, Options, ReadOptions, Settings, Severity, read_cohort, summarize};
/// # let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// # let cohort = read_cohort(&inputs, &Settings::default())?;
/// let (_, findings) = summarize(&cohort, &Options::default());
/// assert_eq!(findings.count(Severity::Error), 0);
/// for group in findings.groups() {
///     println!("{} cells: {}", group.total, group.first[0].message);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    groups: BTreeMap<(Severity, FindingId, String), FindingGroup>,
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<T: IntoIterator<Item = Finding>>(findings: T) -> Findings {
        let mut all = Findings::default();
        all.extend(findings);
        all
    }
}

impl Findings {
    /// Adds one finding about one cell or record.
    pub fn add(&mut self, finding: Finding) {
        let group = self.group(&finding);
        group.total = group.total.saturating_add(1);
        group.keep(finding);
    }

    /// Adds one finding about `cells` cells, with the location of the first.
    pub fn add_many(&mut self, finding: Finding, cells: u64) {
        let group = self.group(&finding);
        group.total = group.total.saturating_add(cells);
        group.keep(finding);
    }

    /// Counts further cells of a group whose locations are not kept.
    pub fn count_cells(&mut self, like: &Finding, cells: u64) {
        if cells > 0 {
            let group = self.group(like);
            group.total = group.total.saturating_add(cells);
        }
    }

    /// Counts one more cell of a group of which all that are kept come before it; false where it may be one of them.
    pub fn count_later(&mut self, of: (Severity, FindingId, &str), location: &SourceLocation) -> bool {
        let (severity, id, column) = of;
        let Some(group) = self.groups.get_mut(&(severity, id, column.to_owned())) else { return false };
        let is_before = |last: &Finding| last.location.order() < location.order();
        let is_later = group.first.len() >= KEPT && group.first.last().is_some_and(is_before);
        group.total = group.total.saturating_add(u64::from(is_later));
        is_later
    }

    fn group(&mut self, finding: &Finding) -> &mut FindingGroup {
        let column = finding.location.column.clone().unwrap_or_default();
        self.groups.entry((finding.severity, finding.id, column)).or_default()
    }

    /// Adds all findings of another collection.
    pub fn merge(&mut self, other: Findings) {
        for (key, theirs) in other.groups {
            let ours = self.groups.entry(key).or_default();
            ours.total = ours.total.saturating_add(theirs.total);
            for finding in theirs.first {
                ours.keep(finding);
            }
        }
    }

    /// Changes every kept finding, for example to remove a value that must not be shown.
    pub fn each(&mut self, mut change: impl FnMut(&mut Finding)) {
        self.groups.values_mut().flat_map(|group| &mut group.first).for_each(&mut change);
    }

    /// Keeps one finding of each group: how many there are may count cases.
    pub fn one_each(&mut self) {
        for group in self.groups.values_mut() {
            group.first.truncate(1);
            group.total = group.total.min(1);
        }
    }

    /// Takes out the groups of one id, where what they say depends on all of the file.
    pub fn take(&mut self, id: FindingId) -> Vec<FindingGroup> {
        let keys: Vec<_> = self.groups.keys().filter(|key| key.1 == id).cloned().collect();
        keys.iter().filter_map(|key| self.groups.remove(key)).collect()
    }

    /// The groups: errors first, then by id and column.
    pub fn groups(&self) -> impl Iterator<Item = &FindingGroup> {
        self.groups.values()
    }

    /// How many findings of this severity there are, all groups together.
    pub fn count(&self, severity: Severity) -> u64 {
        self.groups.iter().filter(|(key, _)| key.0 == severity).map(|(_, group)| group.total).sum()
    }

    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The groups about one column.
    pub fn about<'a>(&'a self, column: &'a str) -> impl Iterator<Item = &'a FindingGroup> {
        self.groups.iter().filter(move |(key, _)| key.2 == column).map(|(_, group)| group)
    }
}

impl FindingGroup {
    /// Keeps the finding if it is among the first by location; of cells with the same text, the first one.
    ///
    /// A tally finds each distinct text once in every thread, so later locations of a text
    /// depend on the threads, but the first does not.
    fn keep(&mut self, finding: Finding) {
        let finding = finding.bounded();
        if finding.is_of_a_text()
            && let Some(known) =
                self.first.iter().position(|f| (&f.value, &f.message) == (&finding.value, &finding.message))
        {
            if self.first.get(known).is_some_and(|known| rank(known) <= rank(&finding)) {
                return;
            }
            self.first.remove(known);
        }
        let at = self.first.partition_point(|f| rank(f) <= rank(&finding));
        if at < KEPT {
            self.first.insert(at, finding);
            self.first.truncate(KEPT);
        }
    }
}

/// The order of the findings of a group; findings of equal rank differ only in their remedy.
fn rank(finding: &Finding) -> impl Ord {
    let location = &finding.location;
    (location.order(), location.position.pointer(), &finding.value, &finding.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_on_one_line_are_kept_in_their_order_whichever_came_first() {
        let on_one_line = |row: u64| {
            let mut finding = at(1);
            finding.location.row = row;
            finding.location.case = Some(CaseName::Id(format!("P{row}")));
            finding
        };
        let (mut a, mut b) = (Findings::default(), Findings::default());
        (1..=40).for_each(|row| a.add(on_one_line(row)));
        (1..=40).rev().for_each(|row| b.add(on_one_line(row)));
        assert_eq!(a, b);
        assert_eq!(a.groups().next().unwrap().first[1].location.case, Some(CaseName::Id("P2".to_owned())));
    }

    #[test]
    fn what_comes_after_all_that_are_kept_is_only_counted() {
        let of = (Severity::Warning, FindingId::UnreadableCell, "ck");
        let (mut all, mut short) = (Findings::default(), Findings::default());
        for line in (1..60).chain([3]) {
            all.add(at(line));
            if !short.count_later(of, &at(line).location) {
                short.add(at(line));
            }
        }
        assert_eq!(all, short);
        assert!(short.count_later(of, &at(21).location) && !short.count_later(of, &at(2).location));
        assert!(!short.count_later((Severity::Note, FindingId::UnreadableCell, "ck"), &at(90).location));
    }

    fn at(line: u64) -> Finding {
        Finding::new(FindingId::UnreadableCell, "m").at(SourceLocation::line(line)).column("ck")
    }

    #[test]
    fn merging_in_any_order_keeps_the_first_places_and_every_count() {
        let (mut a, mut b) = (Findings::default(), Findings::default());
        for line in 0..60 {
            if line % 3 == 0 { a.add(at(line)) } else { b.add_many(at(line), 2) }
        }
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(b);
        ba.merge(a);
        assert_eq!(ab, ba);
        let group = ab.groups().next().unwrap();
        assert_eq!(group.total, 20 + 40 * 2);
        let lines: Vec<u64> = group.first.iter().map(|f| f.location.position.line().unwrap()).collect();
        assert_eq!(lines, (0..20).collect::<Vec<u64>>());
    }
}
