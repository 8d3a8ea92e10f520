//! The counts of one column, whatever its kind.

mod collected;
pub(super) mod dense;
mod distribution;
mod event_times;
mod level;
mod lines;
pub(super) mod maps;
pub(super) mod names;
mod number;
mod pairs;
mod ranges;
pub(super) mod runs;
mod segment;
mod selection;
mod set;
pub(super) mod strata;

pub use distribution::{Distribution, Ends};
pub use event_times::{EventTimes, SurvivalCounts, merged_times};
pub(super) use level::MOST_LEVELS;
pub use level::{DateCounts, LevelCounts, TextCounts};
pub use lines::{BesideCodes, BestKnown, LineCounts, Outcomes, flag};
pub use maps::NameList;
pub use number::NumberCounts;
pub use pairs::{NumberPairs, PairCounts};
pub use ranges::RangeCounts;
pub(super) use ranges::RangeOutcome;
pub use selection::{ConditionCounts, FilterCounts, MOST_NAMED, NamedCases};
pub(super) use set::ItemTable;
pub use set::SetCounts;

use crate::schema::Kind;

/// The counts of one column, of all threads.
#[derive(Debug, Clone, PartialEq)]
pub enum Counts {
    /// Of a number column.
    Number(NumberCounts),
    /// Of a category or binary column.
    Levels(LevelCounts),
    /// Of a set column.
    Set(SetCounts),
    /// Of a date column.
    Dates(DateCounts),
    /// Of the treatment column.
    Lines(Box<LineCounts>),
    /// Of a text column.
    Text(TextCounts),
}

impl Counts {
    /// Empty counts of a column of this kind.
    pub fn none(kind: Kind) -> Counts {
        match kind {
            Kind::Number => Counts::Number(NumberCounts::default()),
            Kind::Category | Kind::Binary => Counts::Levels(LevelCounts::default()),
            Kind::Set => Counts::Set(SetCounts::default()),
            Kind::Date => Counts::Dates(DateCounts::default()),
            Kind::Lines => Counts::Lines(Box::default()),
            Kind::Text => Counts::Text(TextCounts::default()),
        }
    }

    /// Adds the counts of another part of the same column.
    pub fn merge(&mut self, other: Counts) {
        match (self, other) {
            (Counts::Number(ours), Counts::Number(theirs)) => ours.merge(theirs),
            (Counts::Levels(ours), Counts::Levels(theirs)) => ours.merge(theirs),
            (Counts::Set(ours), Counts::Set(theirs)) => ours.merge(theirs),
            (Counts::Dates(ours), Counts::Dates(theirs)) => ours.merge(theirs),
            (Counts::Lines(ours), Counts::Lines(theirs)) => ours.merge(*theirs),
            (Counts::Text(ours), Counts::Text(theirs)) => ours.merge(theirs),
            // Both have the kind of one column.
            _ => {}
        }
    }
}
