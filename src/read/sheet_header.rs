//! What is known of a sheet of a workbook before it is read.

/// A sheet with the names of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetHeader {
    /// Its name.
    pub name: String,
    /// The names of its columns as they are written.
    pub columns: Vec<String>,
    /// It is hidden.
    pub is_hidden: bool,
}
