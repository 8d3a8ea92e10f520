//! How the cells of one column are read beyond its kind: what is decided once all of them are counted.

/// What is decided about the cells of a column beside its role, its kind, its unit and its delimiter.
///
/// It is compared as a whole: two equal readings read every cell alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellReading {}
