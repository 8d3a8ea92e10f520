//! What a scan says of the numbers of a manuscript, and where they are.

use crate::check::arithmetic::{Consistency, Judgement};
use crate::read::document::TableCell;
use crate::words::words;

words! {
    /// What became of numbers that were held against each other.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum ScanVerdict: "verdict" {
        /// They cannot all be right.
        Impossible = "impossible",
        /// They are possible only under the convention that is named.
        Conditional = "conditional",
        /// They are possible together.
        Consistent = "consistent",
        /// The text does not say what would be needed.
        NotCheckable = "not-checkable",
    }
}

words! {
    /// Which numbers were held against each other.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Relation: "relation" {
        /// A count, its denominator and its percentage.
        Percentage = "percentage",
        /// A part and its whole.
        Part = "part",
        /// Categories that exclude each other, and their whole.
        Categories = "categories",
        /// A total of a table and the counts it is of.
        Total = "total",
        /// A ratio and the counts it is of.
        Ratio = "ratio",
        /// A mean with its SD, its range and its number of cases.
        Mean = "mean",
        /// A median and its range or quartiles.
        Median = "median",
        /// An estimate and its interval.
        Interval = "interval",
        /// A test statistic and its p.
        Test = "test",
        /// The p of a two by two table that is printed.
        TwoByTwo = "two-by-two",
        /// A p alone.
        PValue = "p-value",
        /// A difference of two percentages.
        Difference = "difference",
        /// A number of years and the years themselves.
        Period = "period",
        /// The same fact in two places.
        SameFact = "same-fact",
    }
}

/// Where in a manuscript something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScanPlace {
    /// Number of the passage, from 1.
    pub passage: u32,
    /// Physical line; none where the file has no lines.
    pub line: Option<u64>,
    /// The cell, in a table.
    pub cell: Option<TableCell>,
}

/// `line 12`, `paragraph 4`, `line 12 (table 1, row 2, column 3)`.
impl std::fmt::Display for ScanPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.line, self.cell) {
            (Some(line), _) => write!(f, "line {line}")?,
            (None, Some(cell)) => return write!(f, "{cell}"),
            (None, None) => return write!(f, "paragraph {}", self.passage),
        }
        self.cell.map_or(Ok(()), |cell| write!(f, " ({cell})"))
    }
}

/// Numbers that were held against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanItem {
    /// Where they are.
    pub place: ScanPlace,
    /// Which they are.
    pub relation: Relation,
    /// What became of them.
    pub verdict: ScanVerdict,
    /// As they are printed.
    pub excerpt: String,
    /// The reason, in one sentence without its full stop.
    pub sentence: String,
}

/// All that a scan found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// In the order of the manuscript.
    pub items: Vec<ScanItem>,
    /// How many numbers the manuscript prints.
    pub numbers: u64,
    /// How many of them could be held against others.
    pub checked: u64,
}

impl Scan {
    /// How many items have a verdict.
    pub fn count(&self, verdict: ScanVerdict) -> usize {
        self.items.iter().filter(|item| item.verdict == verdict).count()
    }
}

/// The verdict of a test of printed numbers: what a rounding error would explain is conditional.
pub(super) fn of(judgement: Judgement) -> (ScanVerdict, String) {
    let verdict = match (judgement.consistency, judgement.cause) {
        (Consistency::Consistent, _) => ScanVerdict::Consistent,
        (Consistency::Inconsistent, Some(_)) => ScanVerdict::Conditional,
        (Consistency::Inconsistent, None) => ScanVerdict::Impossible,
        (Consistency::NotInformative | Consistency::NotRun, _) => ScanVerdict::NotCheckable,
    };
    (verdict, judgement.sentence)
}
