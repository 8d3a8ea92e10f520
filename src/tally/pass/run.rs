//! The records that all columns count one after the other.

use crate::cohort::row::CaseRow;
use crate::read::Block;
use crate::tally::counts::strata::GroupMembership;
use std::ops::Range;

/// Some records that all columns count one after the other.
#[derive(Clone)]
pub struct RecordRun<'r> {
    /// The block of the records.
    pub block: &'r Block,
    /// The rows of the records in the block.
    pub rows: Range<usize>,
    /// The column of the case ID.
    pub id: Option<usize>,
    /// The column of the patient's own response, if any.
    pub beside: Option<usize>,
    /// The groups of each record, and the number of groups so far; `None` without groups.
    pub members: Option<(&'r GroupMembership, usize)>,
}

impl RecordRun<'_> {
    /// The groups of the record at this index of the run.
    #[inline]
    pub fn groups(&self, at: usize) -> &[u16] {
        self.members.map_or(&[], |(members, _)| members.of(at))
    }

    /// The number of groups so far.
    pub fn groups_so_far(&self) -> usize {
        self.members.map_or(0, |(_, groups)| groups)
    }

    /// The text of a cell.
    pub fn text(&self, row: usize, column: usize) -> Vec<u8> {
        self.block.cell(row, column).text().into_owned()
    }

    /// A record of the run, for its place in the file.
    pub fn here(&self, row: usize) -> CaseRow<'_> {
        CaseRow { block: self.block, row, id: self.id }
    }
}
