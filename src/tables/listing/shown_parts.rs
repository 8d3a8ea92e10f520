//! Cells of several items or treatment lines: what is shown of each distinct part is found once in a thread.

use super::entry::{LineEntry, LineText, ListingEntry, ShownLine};
use crate::cohort::by_part::{ByPart, item_alone, line_alone};
use crate::cohort::case::{Case, CaseColumn};
use crate::schema::Kind;
use std::sync::Arc;

/// What is shown of the parts of the cells of one column.
pub(super) enum ShownParts {
    Items(ByPart<Arc<str>>),
    Lines(ByPart<Arc<ShownLine>>),
}

impl ShownParts {
    /// Nothing known yet of a column; none for one whose cells have no parts.
    pub fn new(column: &CaseColumn<'_>) -> Option<ShownParts> {
        match column.variable().kind {
            Kind::Set => Some(ShownParts::Items(ByPart::new(&column.rules))),
            Kind::Lines => Some(ShownParts::Lines(ByPart::new(&column.rules))),
            Kind::Number | Kind::Category | Kind::Text | Kind::Binary | Kind::Date => None,
        }
    }

    /// The entry of a cell; none where it must be read as a whole.
    pub fn entry(&mut self, case: &Case<'_>, column: &CaseColumn<'_>, lines_as: LineText) -> Option<ListingEntry> {
        let (cell, rules) = (case.raw(column.column), &column.rules);
        match self {
            ShownParts::Items(known) => {
                let item = |part: &str| item_alone(part, rules).map(|item| (item.clone(), item.into()));
                known.of_cell(cell, item).map(ListingEntry::Items)
            }
            ShownParts::Lines(known) => {
                let shown = |part: &str| {
                    let line = line_alone(part, rules)?;
                    Some((part.to_owned(), Arc::new(ShownLine::of(&line, lines_as))))
                };
                let lines = known.of_cell(cell, shown)?;
                let entry = |(number, line)| LineEntry { number, line };
                Some(ListingEntry::Lines((1..).zip(lines).map(entry).collect()))
            }
        }
    }
}
