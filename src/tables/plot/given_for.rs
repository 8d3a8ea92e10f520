//! How long the only treatment line of a patient was given, of a column beside the lines.

use crate::cohort::case::{Case, CaseCell, CaseColumn, CaseColumns};
use crate::cohort::cell::CellState;
use crate::cohort::lines::GivenFor;
use crate::cohort::relate::names_treatment_duration;
use crate::decimal::Exact;
use crate::schema::header::{normalise, read_header};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Kind, Variable};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// The column, and its unit.
pub struct DurationColumn<'a>(CaseColumn<'a>, TimeUnit);

impl<'a> DurationColumn<'a> {
    /// The column of these that may be shown; none where none says how long a treatment was given, or several do.
    pub fn of(cases: &CaseColumns<'a>, is_shown: impl Fn(&CaseColumn<'_>) -> bool) -> Option<DurationColumn<'a>> {
        let unit = |variable: &Variable| TimeUnit::of_word(variable.unit.as_deref()?);
        let found = |column: &CaseColumn<'a>| {
            let variable = column.variable();
            let is_one = names_treatment_duration(&normalise(&read_header(&variable.name).name));
            (is_one && variable.kind == Kind::Number && is_shown(column)).then(|| unit(variable)).flatten()
        };
        let mut all = cases.all().iter().filter_map(|column| Some(DurationColumn(*column, found(column)?)));
        all.next().filter(|_| all.next().is_none())
    }

    /// How long the treatment of a patient was given; none where the records do not say so.
    pub fn given_for(&self, case: &Case<'_>) -> Option<GivenFor> {
        let CaseCell::Number(CellState::Value(number)) = case.cell(&self.0) else { return None };
        let value = number.value.to_ratio();
        let minutes = (&value * BigInt::from(self.1.minutes())).to_integer();
        let exact = Exact::Ratio(value);
        let decimals = (0..=2).find(|decimals| exact.has_at_most(*decimals)).unwrap_or(2);
        let text = format!("{} {}", exact.rounded(decimals), self.1);
        minutes.to_i128().filter(|minutes| *minutes > 0).map(|minutes| GivenFor { text, minutes })
    }
}
