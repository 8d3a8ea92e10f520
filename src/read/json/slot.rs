//! The cells of the case that is read, and the columns that are new in it.

use std::borrow::Cow;
use std::ops::Range;

/// The text of a cell: part of the source, or written into the scratch text of the row.
#[derive(Debug, Clone)]
pub(super) enum SlotText<'a> {
    Source(&'a str),
    Scratch(Range<usize>),
}

/// The cell of one column in the case that was read last with that column.
#[derive(Debug, Clone)]
pub(super) struct Slot<'a> {
    /// Which case that was; a slot of an earlier case is empty.
    pub case: u64,
    /// The group of the member.
    pub group: usize,
    pub text: SlotText<'a>,
}

/// An object whose members are columns; the first one is the case itself.
#[derive(Debug)]
pub(super) struct ColumnGroup<'a> {
    pub parent: usize,
    pub name: Cow<'a, str>,
    pub depth: usize,
}

/// A column that is not among the known ones.
#[derive(Debug)]
pub(super) struct NewColumn {
    pub name: String,
    /// False while all its members are null, so that it may turn out to be a group.
    pub has_value: bool,
}
