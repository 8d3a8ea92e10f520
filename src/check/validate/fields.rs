//! How complete the columns are.

/// How complete one column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCompleteness {
    /// The header of the column.
    pub column: String,
    /// Number of cases that report it.
    pub reported: u64,
    /// Number of cases that do not report it.
    pub missing: u64,
    /// The ids of the first cases that do not report it.
    pub first: Vec<String>,
}

/// How complete all columns are, without the case-ID column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnFields {
    /// The columns, in the order of the tables.
    pub list: Vec<FieldCompleteness>,
}

impl ColumnFields {
    /// The number of reported cells and of all cells (cases times columns).
    pub fn cells(&self) -> (u64, u64) {
        let sum = |of: fn(&FieldCompleteness) -> u64| self.list.iter().map(of).fold(0, u64::saturating_add);
        let reported = sum(|field| field.reported);
        (reported, reported.saturating_add(sum(|field| field.missing)))
    }
}
