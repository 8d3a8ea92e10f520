//! Mixed units or scales in one laboratory column: values far from the median.

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::rule::ValidationRule;
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::CellState;
use crate::cohort::known_cells::AnswerByCell;
use crate::decimal::{Exact, Rounding};
use crate::diagnostic::FindingId;
use crate::tally::Counts;
use crate::tally::counts::Distribution;
use num_rational::BigRational;

/// Least number of values for which a typical size exists.
const LEAST_VALUES: u64 = 3;
/// A value is far at this many times the median, or at the median divided by it.
const FAR: i128 = 300;
/// The same for a column in which four of five values lie within a factor of 2 of the median.
const FAR_WHERE_NARROW: i128 = 5;

/// A column with values far from its median.
#[derive(Clone)]
struct Analyte<'a> {
    column: CaseColumn<'a>,
    median: BigRational,
    factor: BigRational,
    is_far: AnswerByCell<bool>,
}

#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow, and none is zero")]
impl Analyte<'_> {
    /// How many times the median a value is; none where it is not positive.
    fn times(&self, cell: &CaseCell) -> Option<BigRational> {
        let CaseCell::Number(CellState::Value(number)) = cell else { return None };
        (number.value.numerator > 0).then(|| number.value.to_ratio() / &self.median)
    }

    fn is_beyond(&self, times: &BigRational) -> bool {
        *times >= self.factor || times.recip() >= self.factor
    }
}

/// The columns with values far from their median.
#[derive(Clone)]
pub struct Scale<'a> {
    analytes: Vec<Analyte<'a>>,
}

impl<'a> Scale<'a> {
    /// For the laboratory numbers of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> Scale<'a> {
        let analyte = |column: CaseColumn<'a>| {
            let counts = lookup.counted(&column).map(|counted| &counted.counts)?;
            let Counts::Number(counts) = counts else { return None };
            let distribution = counts.distribution();
            let (median, factor) = outliers(&distribution)?;
            let median = BigRational::new(median.into(), distribution.denominator.into());
            let (factor, is_far) = (BigRational::from_integer(factor.into()), AnswerByCell::default());
            Some(Analyte { column, median, factor, is_far })
        };
        Scale { analytes: lookup.number_labs().filter_map(analyte).collect() }
    }
}

/// The lower median of the positive values, and the factor from which a value is far. None where no value is far.
///
/// The lower median occurs in the column: with two scales mixed half and half it lies on one of them.
fn outliers(distribution: &Distribution) -> Option<(i128, i128)> {
    let positive = || distribution.points().skip_while(|(value, _)| *value <= 0);
    let n = positive().map(|(_, cells)| cells).fold(0, u64::saturating_add);
    if n < LEAST_VALUES {
        return None;
    }
    let middle = n.saturating_add(1).checked_div(2)?;
    let mut below = 0_u64;
    let median = positive().find_map(|(value, cells)| {
        below = below.saturating_add(cells);
        (below >= middle).then_some(value)
    })?;
    let near = positive().filter(|(value, _)| is_near(*value, median)).map(|(_, cells)| cells);
    let is_narrow = near.fold(0, u64::saturating_add).saturating_mul(5) >= n.saturating_mul(4);
    let factor = if is_narrow { FAR_WHERE_NARROW } else { FAR };
    let times = |value: i128| value.saturating_mul(factor);
    let is_far = |value: i128| value >= times(median) || times(value) <= median;
    positive().any(|(value, _)| is_far(value)).then_some((median, factor))
}

/// Within a factor of 2.
fn is_near(value: i128, median: i128) -> bool {
    value <= median.saturating_mul(2) && median <= value.saturating_mul(2)
}

impl ValidationRule for Scale<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        for analyte in &self.analytes {
            let cell = case.cell(&analyte.column);
            if !analyte.is_far.of(&cell, |cell| analyte.times(cell).is_some_and(|times| analyte.is_beyond(&times))) {
                continue;
            }
            let Some(times) = analyte.times(&cell.cell) else { continue };
            let Analyte { column, median, .. } = analyte;
            sink.of_case(FindingId::ScaleDiffers, (case, &column.variable().header), || {
                let median = Exact::Ratio(median.clone()).rounded_to_significant(3, Rounding::default());
                let whole = BigRational::from_integer(1.into());
                let about = |times: BigRational| Exact::Ratio(times).rounded_to_significant(2, Rounding::default());
                let message = match times >= whole {
                    true => format!("about {} times the median {median} of the column", about(times)),
                    false => {
                        format!("the median {median} of the column is about {} times as large", about(times.recip()))
                    }
                };
                let remedy =
                    "check the unit, such as g/L for g/dL or thousands for counts, and convert the value in the file";
                CellFinding::new(message).value(case.case.text(column.column).into_owned()).remedy(remedy)
            });
        }
    }

    fn absorb(&mut self, _: Self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[i128]) -> Option<(i128, i128)> {
        outliers(&Distribution::of_whole(values.iter().map(|value| (*value, 1))))
    }

    #[test]
    fn another_unit_is_found_and_a_wide_range_is_not() {
        assert_eq!(of(&[429, 443_000, 396_000, 400_000]), Some((396_000, 300)));
        assert!(of(&[429, 443_000, 396_000]).is_some(), "thousands");
        assert!(of(&[429, 443, 396_000, 420_000]).is_some(), "half and half");
        assert_eq!(of(&[84, 9, 11, 10, 12]), Some((11, 5)), "g/L among g/dL");
        assert_eq!(of(&[34, 750, 1950]), None, "creatine kinase varies so much");
        assert_eq!(of(&[44, 86, 37]), None);
        assert_eq!(of(&[10, 10_000]), None, "two values have no typical size");
        assert_eq!(of(&[0, -5, 10, 12]), None);
    }
}
