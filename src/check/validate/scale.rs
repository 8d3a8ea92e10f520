//! Mixed units or scales in one analyte: values a thousand times their neighbours.

use super::item::Items;
use super::ledger::{Ledger, Said};
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::CaseColumn;
use crate::decimal::{Exact, Rounding};
use crate::tally::counts::Distribution;
use crate::tally::{Cohort, Counts};
use num_rational::BigRational;

/// Fewer values have no typical size.
const LEAST_VALUES: u64 = 3;
/// Times the median, or one of as many parts of it, in any analyte.
const FAR: i128 = 300;
/// The same where four of five values lie within a factor of 2 of the median.
const FAR_WHERE_NARROW: i128 = 5;

/// An analyte of which some values are of another size.
struct Analyte<'a> {
    column: CaseColumn<'a>,
    median: BigRational,
    factor: BigRational,
}

/// The analytes with values of another size.
pub struct Scale<'a> {
    analytes: Vec<Analyte<'a>>,
}

impl<'a> Scale<'a> {
    /// For the laboratory numbers of a cohort.
    pub fn new(cohort: &Cohort, found: &Found<'a>) -> Scale<'a> {
        let analyte = |column: CaseColumn<'a>| {
            let counts = cohort.variables.iter().find(|v| v.column == column.column).map(|v| &v.counts)?;
            let Counts::Number(counts) = counts else { return None };
            let distribution = counts.distribution();
            let (median, factor) = outliers(&distribution)?;
            let median = BigRational::new(median.into(), distribution.denominator.into());
            Some(Analyte { column, median, factor: BigRational::from_integer(factor.into()) })
        };
        Scale { analytes: found.number_labs().filter_map(analyte).collect() }
    }
}

/// The lower median of the positive values, and the factor from which a value is far; none where no value is.
///
/// The lower median is a value that occurs: of two sizes mixed half and half it is one of them.
fn outliers(distribution: &Distribution) -> Option<(i128, i128)> {
    let points: Vec<(i128, u64)> = distribution.points.iter().copied().filter(|(value, _)| *value > 0).collect();
    let n = points.iter().map(|(_, cells)| *cells).fold(0, u64::saturating_add);
    if n < LEAST_VALUES {
        return None;
    }
    let middle = n.saturating_add(1).checked_div(2)?;
    let mut below = 0_u64;
    let median = points.iter().find_map(|(value, cells)| {
        below = below.saturating_add(*cells);
        (below >= middle).then_some(*value)
    })?;
    let near = points.iter().filter(|(value, _)| is_near(*value, median)).map(|(_, cells)| *cells);
    let is_narrow = near.fold(0, u64::saturating_add).saturating_mul(5) >= n.saturating_mul(4);
    let factor = if is_narrow { FAR_WHERE_NARROW } else { FAR };
    let times = |value: i128| value.saturating_mul(factor);
    let is_far = |value: i128| value >= times(median) || times(value) <= median;
    points.iter().any(|(value, _)| is_far(*value)).then_some((median, factor))
}

/// Within a factor of 2.
fn is_near(value: i128, median: i128) -> bool {
    value <= median.saturating_mul(2) && median <= value.saturating_mul(2)
}

impl Rule for Scale<'_> {
    #[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow, and none is zero")]
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        for Analyte { column, median, factor } in &self.analytes {
            let Some(value) = case.value(Some(*column)).filter(|value| value.numerator > 0) else { continue };
            let times = value.to_ratio() / median;
            let is_far = times >= *factor || times.recip() >= *factor;
            if !is_far {
                continue;
            }
            ledger.say("scale-differs", Severity::Warning, (case, &column.variable().header), || {
                let median = Exact::Ratio(median.clone()).rounded_to_significant(3, Rounding::default());
                let whole = BigRational::from_integer(1.into());
                let about = |times: BigRational| Exact::Ratio(times).rounded_to_significant(2, Rounding::default());
                let message = match times >= whole {
                    true => format!("about {} times the median of the column, {median}", about(times)),
                    false => {
                        format!("the median of the column, {median}, is about {} times as large", about(times.recip()))
                    }
                };
                let remedy = "another unit, such as g/L for g/dL or thousands for counts? Convert it in the file";
                Said::new(message).value(case.case.text(column.column).into_owned()).remedy(remedy)
            });
        }
    }

    fn conclude(self: Box<Self>, _: &mut Ledger<'_>, _: &mut Items) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[i128]) -> Option<(i128, i128)> {
        let mut points: Vec<(i128, u64)> = values.iter().map(|value| (*value, 1)).collect();
        points.sort_unstable();
        outliers(&Distribution { points, denominator: 1, ..Distribution::default() })
    }

    #[test]
    fn another_unit_is_seen_and_a_wide_analyte_is_not() {
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
