//! Findings: what the reader of a table must know about the data behind it.
//!
//! A finding says where (file, physical line, case, column), what was found (the value),
//! and what to do about it. Findings are grouped by id and column, keep their first places
//! in file order and count the rest, so that merging the findings of several threads
//! gives the same bytes as reading with one.

mod catalogue;
mod excerpt;
mod sanitize;

pub use crate::words::nearest;
pub use catalogue::{Entry, canonical, explain, ids};
pub use excerpt::excerpt;
pub use sanitize::{is_unsafe, quoted, sanitize};

use crate::words::words;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many findings of one group are kept with their place; the others are counted.
pub const KEPT: usize = 20;

words! {
    /// How much a finding matters; errors refuse the file, notes never fail a run.
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

/// Where a finding stands; what is not known is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The position of the input on the command line, from 0; orders findings of several files.
    pub input: u32,
    /// Physical line, from 1.
    pub line: Option<u64>,
    /// Character in the line, from 1, of a text that is no table.
    pub character: Option<u64>,
    /// Number of the case over all inputs, from 1; orders cases that stand on one line. 0 where there is none.
    pub row: u64,
    /// Name of the file as the user gave it, without its folders.
    pub file: Option<Arc<str>>,
    /// JSON pointer inside the document, for JSON inputs.
    pub pointer: Option<String>,
    /// The case id (or row number) of the case.
    pub case: Option<String>,
    /// The column.
    pub column: Option<String>,
}

/// One thing the reader must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable kebab-case id of the type of finding, a key of `catalogue.toml`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// The value found, as it stands in the file.
    pub value: Option<String>,
    /// One short sentence.
    pub message: String,
    /// The line in question with carets below the part, of a text that is no table.
    pub excerpt: Option<String>,
    /// What to do, in words or as an option that can be pasted.
    pub remedy: Option<String>,
}

impl Finding {
    /// A finding with its message; place, value and remedy follow.
    pub fn new(id: &'static str, severity: Severity, message: impl Into<String>) -> Finding {
        let (place, message) = (Place::default(), message.into());
        Finding { id, severity, place, value: None, message, excerpt: None, remedy: None }
    }

    /// The same finding at a place.
    pub fn at(mut self, place: Place) -> Finding {
        self.place = place;
        self
    }

    /// True for what is said of the text of a cell, not of the record or of the file.
    fn is_of_a_text(&self) -> bool {
        self.severity != Severity::Error && self.place.row > 0 && self.place.column.is_some() && self.value.is_some()
    }

    /// The same finding in a column.
    pub fn column(mut self, column: impl Into<String>) -> Finding {
        self.place.column = Some(column.into());
        self
    }

    /// The same finding with the value as it stands in the file.
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
pub struct Group {
    /// How many cells or records the finding is about.
    pub total: u64,
    /// The first findings by place, at most [`KEPT`]; cells with one text are shown once.
    pub first: Vec<Finding>,
}

/// All findings of a run, grouped by severity, id and column.
///
/// `merge` is associative and commutative, and an empty collection is its identity: the
/// first places are the smallest by input, line, case and text, whatever the order they were added in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    groups: BTreeMap<(Severity, &'static str, String), Group>,
}

impl Findings {
    /// Adds one finding that stands for one cell or record.
    pub fn add(&mut self, finding: Finding) {
        let group = self.group(&finding);
        group.total = group.total.saturating_add(1);
        group.keep(finding);
    }

    /// Adds one finding that stands for `cells` cells, of which only the first has a place.
    pub fn add_many(&mut self, finding: Finding, cells: u64) {
        let group = self.group(&finding);
        group.total = group.total.saturating_add(cells);
        group.keep(finding);
    }

    /// Counts further cells of a group whose places are not kept.
    pub fn count_cells(&mut self, like: &Finding, cells: u64) {
        if cells > 0 {
            let group = self.group(like);
            group.total = group.total.saturating_add(cells);
        }
    }

    fn group(&mut self, finding: &Finding) -> &mut Group {
        let column = finding.place.column.clone().unwrap_or_default();
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

    /// Changes what is kept of every finding, such as a value that must not be shown.
    pub fn each(&mut self, mut change: impl FnMut(&mut Finding)) {
        self.groups.values_mut().flat_map(|group| &mut group.first).for_each(&mut change);
    }

    /// The groups: errors first, then by id and column.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
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
    pub fn about<'a>(&'a self, column: &'a str) -> impl Iterator<Item = &'a Group> {
        self.groups.iter().filter(move |(key, _)| key.2 == column).map(|(_, group)| group)
    }
}

impl Group {
    /// Keeps the finding if it is among the first by place; of cells with one text, the first of them.
    ///
    /// A tally meets each distinct text once in every thread, so that later places of a text
    /// depend on the threads, and its first place does not.
    fn keep(&mut self, finding: Finding) {
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

/// What orders the findings of a group; equal ranks are equal findings but for their remedy.
fn rank(finding: &Finding) -> (u32, u64, Option<u64>, u64, &Option<String>, &Option<String>, &str) {
    let Place { input, line, character, row, pointer, .. } = &finding.place;
    (*input, line.unwrap_or(0), *character, *row, pointer, &finding.value, &finding.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_on_one_line_are_kept_in_their_order_whichever_came_first() {
        let on_one_line = |row: u64| {
            let mut finding = at(1);
            finding.place.row = row;
            finding.place.case = Some(format!("P{row}"));
            finding
        };
        let (mut a, mut b) = (Findings::default(), Findings::default());
        (1..=40).for_each(|row| a.add(on_one_line(row)));
        (1..=40).rev().for_each(|row| b.add(on_one_line(row)));
        assert_eq!(a, b);
        assert_eq!(a.groups().next().unwrap().first[1].place.case.as_deref(), Some("P2"));
    }

    fn at(line: u64) -> Finding {
        let place = Place { line: Some(line), ..Place::default() };
        Finding::new("unreadable-cell", Severity::Warning, "m").at(place).column("ck")
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
        let lines: Vec<u64> = group.first.iter().map(|f| f.place.line.unwrap()).collect();
        assert_eq!(lines, (0..20).collect::<Vec<u64>>());
    }
}
