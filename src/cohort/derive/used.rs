//! The columns that a derived variable is made of.

use super::visits::Visits;
use crate::cohort::column::CaseColumn;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::Kind;

/// The columns, and those that are used.
pub(super) struct Used<'c, 'a> {
    pub columns: &'c [CaseColumn<'a>],
    pub met: Vec<CaseColumn<'a>>,
}

impl<'c, 'a> Used<'c, 'a> {
    /// The columns, of which none is used yet.
    pub fn of(columns: &'c [CaseColumn<'a>]) -> Used<'c, 'a> {
        Used { columns, met: Vec::new() }
    }

    /// A column of this kind, which is used.
    ///
    /// Errors: a name that is no column, and a column of another kind.
    pub fn column(&mut self, name: &str, kind: Kind) -> Result<CaseColumn<'a>, Error> {
        let column = self.find(name)?;
        let is = column.variable().kind;
        if is != kind {
            let message = format!("'{name}' is a {is} column, and a {kind} column is needed");
            let option = quoted(&format!("{}={kind}", column.variable().header));
            return Err(Error::usage_with(message, format!("if it is one: --kind {option}")));
        }
        self.met.push(column);
        Ok(column)
    }

    /// A column.
    ///
    /// Errors: a name that is none.
    pub fn find(&self, name: &str) -> Result<CaseColumn<'a>, Error> {
        let visits = Visits(self.columns);
        let found = visits.named(name).map_or_else(|| visits.at_an_end(name), |column| Ok(Some(column)))?;
        let column = found.ok_or_else(|| {
            let known: Vec<&str> = self.columns.iter().map(|column| column.variable().name.as_str()).collect();
            let message = format!("there is no column '{name}'");
            let all = || format!("the columns are: {}", known.join(", "));
            Error::unknown(message, name, &known, all)
        })?;
        Ok(column)
    }
}
