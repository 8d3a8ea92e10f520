//! Numbers such as 999 or -99 that may stand for a missing value.

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::rule::ValidationRule;
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::CellState;
use crate::cohort::known_cells::AnswerByCell;
use crate::cohort::quantity::Quantity;
use crate::decimal::Decimal;
use crate::diagnostic::FindingId;
use crate::schema::Kind;
use crate::schema::remarks::likely_codes;
use crate::tally::Counts;
use crate::tally::counts::Distribution;

/// Codes of missing values, from the least to the greatest.
const CODES: [i64; 15] = [-9999, -999, -99, -98, -97, -88, -77, -9, -8, -7, 99, 999, 9999, 99_999, 999_999];

/// The columns with such a code among values that it does not fit.
#[derive(Clone)]
pub struct MissingCodes<'a> {
    columns: Vec<(CaseColumn<'a>, Vec<Quantity>, AnswerByCell<bool>)>,
}

impl<'a> MissingCodes<'a> {
    /// For the columns of numbers of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> MissingCodes<'a> {
        let found = |column: CaseColumn<'a>| {
            let counted = lookup.counted(&column)?;
            let Counts::Number(counts) = &counted.counts else { return None };
            let mut codes = codes(&counts.distribution());
            // Of these the reader of the column has said it.
            let said = likely_codes(column.variable(), &counted.evidence);
            codes.retain(|code| !said.contains(code));
            (!codes.is_empty()).then(|| {
                let codes = codes.into_iter().map(|code| Decimal::from_int(code).into()).collect();
                (column, codes, AnswerByCell::default())
            })
        };
        let numbers = lookup.all().filter(|column| column.variable().kind == Kind::Number);
        MissingCodes { columns: numbers.filter_map(found).collect() }
    }
}

/// The codes that a column holds: negative ones where no other value is, positive ones that are the greatest value and
/// a quarter above the next, or twice there.
fn codes(distribution: &Distribution) -> Vec<i64> {
    let code_of = |value: i128| {
        CODES.into_iter().find(|code| i128::from(*code).checked_mul(distribution.denominator) == Some(value))
    };
    let mut codes: Vec<i64> = Vec::new();
    let (mut others_below_zero, mut greatest) = (false, None);
    for (value, cells) in distribution.points() {
        match code_of(value) {
            Some(code) if code < 0 => codes.push(code),
            _ if value < 0 => others_below_zero = true,
            code => {
                let before: Option<(i128, u64, Option<i64>)> = greatest;
                greatest = Some((value, cells, code.filter(|_| is_apart(before.map(|(last, ..)| last), value, cells))));
            }
        }
    }
    if others_below_zero {
        codes.clear();
    }
    codes.extend(greatest.and_then(|(_, _, code)| code));
    codes
}

/// True for a value far above the one before it, or that several cases have.
fn is_apart(before: Option<i128>, value: i128, cells: u64) -> bool {
    before.is_some_and(|before| cells > 1 || before.saturating_mul(5) <= value.saturating_mul(4))
}

impl ValidationRule for MissingCodes<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        for (column, codes, is_code) in &self.columns {
            let is_one = |cell: &CaseCell| {
                let CaseCell::Number(CellState::Value(number)) = cell else { return false };
                codes.iter().any(|code| number.value.compare(*code).is_eq())
            };
            if is_code.of(&case.cell(column), is_one) {
                sink.of_case(FindingId::MissingCode, (case, &column.variable().header), || {
                    CellFinding::new("this number may be a code for a missing value")
                        .value(case.case.text(column.column).into_owned())
                        .remedy("if it is, leave the cell empty or write NR; if not, accept the finding in the schema")
                });
            }
        }
    }

    fn absorb(&mut self, _: Self) {}
}

#[cfg(test)]
mod tests {
    use super::codes;
    use crate::tally::counts::Distribution;

    #[test]
    fn a_code_is_found_where_it_does_not_fit_the_other_values() {
        for (values, expected) in [
            (&[2_i128, 5, 70, 99][..], &[99_i64][..]),
            (&[4, 8, 999], &[999]),
            (&[-99, 3, 4], &[-99]),
            (&[-99, -9, 3, 999], &[-99, -9, 999]),
            (&[-99, -3, 4], &[]),
            (&[95, 97, 99], &[]),
            (&[95, 97, 99, 99], &[99]),
            (&[99], &[]),
            (&[99, 120], &[]),
        ] {
            assert_eq!(codes(&Distribution::of_whole(values.iter().map(|value| (*value, 1)))), expected, "{values:?}");
        }
    }
}
