//! How the cells of one column are read beyond its kind: what is decided once all of them are counted.

use crate::words::words;

words! {
    /// How numbers without a unit are read in a column where other cells have one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum BareReading: "reading of bare numbers" {
        /// In the unit of the column.
        #[default]
        Values = "values",
        /// Not at all: nobody knows their unit.
        Unreadable = "unreadable",
    }
}

/// What is decided about the cells of a column beside its role, its kind, its unit and its delimiter.
///
/// It is compared as a whole: two equal readings read every cell alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellReading {
    /// Numbers without a unit.
    pub bare: BareReading,
    /// `NR` is a response, no response or not reported, because CR, PR, SD or PD stand in the column.
    pub is_nr_response: bool,
    /// The unit is that of some cells, not one that is stated for the column.
    pub is_unit_of_cells: bool,
}
