//! The plausible limits of a number column, prepared for plain numbers.

use crate::cohort::cell::CellRules;
use crate::decimal::Decimal;
use crate::diagnostic::{Finding, Severity};
use crate::schema::{Role, Variable};
use crate::tally::counts::NumberCounts;

/// A plain number has fewer decimals than this.
const SCALES: usize = 8;

/// The limits of a column.
pub struct Limits {
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// By number of decimals: the smallest and the largest digits within the limits.
    digits: [(i64, i64); SCALES],
    note: Option<String>,
    is_age: bool,
}

impl Limits {
    /// The limits of the schema, or of an age; `None` for other columns.
    pub fn of(variable: &Variable) -> Option<Limits> {
        let is_age = variable.role == Role::Age;
        if variable.plausible.is_none() && !is_age {
            return None;
        }
        let (low, high) = variable.plausible_limits();
        let note = variable.plausible.as_ref().and_then(|plausible| plausible.note.clone());
        let mut digits = [(i64::MIN, i64::MAX); SCALES];
        for (scale, (least, greatest)) in digits.iter_mut().enumerate() {
            *least = low.map_or(i64::MIN, |low| clamped(-floor(-i128::from(low.mantissa()), low.scale(), scale)));
            *greatest = high.map_or(i64::MAX, |high| clamped(floor(i128::from(high.mantissa()), high.scale(), scale)));
        }
        Some(Limits { low, high, digits, note, is_age })
    }

    /// True if digits / 10^scale is outside the limits.
    #[inline]
    pub fn exclude(&self, digits: u32, scale: usize) -> bool {
        let (least, greatest) = self.digits.get(scale).copied().unwrap_or((i64::MIN, i64::MAX));
        i64::from(digits) < least || i64::from(digits) > greatest
    }

    /// The finding about a cell with this text; `None` within the limits.
    pub fn finding(&self, text: &str, rules: &CellRules<'_>) -> Option<Finding> {
        let mut counts = NumberCounts::default();
        counts.add(text, 1, rules);
        let distribution = counts.distribution();
        let (numerator, _) = distribution.points().next()?;
        let value = num_rational::BigRational::new(numerator.into(), distribution.denominator.into());
        let below = self.low.is_some_and(|low| value < low.to_ratio());
        let above = self.high.is_some_and(|high| value > high.to_ratio());
        if !below && !above {
            return None;
        }
        let (id, message) = match (self.is_age, below) {
            (true, true) => ("negative-age", "an age below 0".to_owned()),
            (true, false) => ("age-implausible", "an age above 120 years".to_owned()),
            (false, true) => ("value-implausible", format!("below the plausible minimum of {}", self.low?)),
            (false, false) => ("value-implausible", format!("above the plausible maximum of {}", self.high?)),
        };
        let remedy = self.note.clone().unwrap_or_else(|| "check the value and its unit against the source".to_owned());
        Some(Finding::new(id, Severity::Warning, message).column(rules.variable.header.as_str()).remedy(remedy))
    }
}

/// The greatest integer d with d / 10^scale at most mantissa / 10^its_scale.
fn floor(mantissa: i128, its_scale: u8, scale: usize) -> i128 {
    let power = |exponent: usize| 10_i128.pow(exponent.min(18) as u32);
    let its_scale = usize::from(its_scale);
    match scale.checked_sub(its_scale) {
        Some(more) => mantissa * power(more),
        None => mantissa.div_euclid(power(its_scale - scale)),
    }
}

fn clamped(digits: i128) -> i64 {
    i64::try_from(digits).unwrap_or(if digits < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Plausible;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_are_compared_as_decimals_are(low in -3000_i64..3000, high in 0_i64..9000, scales in (0_u8..6, 0_u8..6), digits in 0_u32..70_000, scale in 0_u8..7) {
            let (low, high) = (Decimal::new(low, scales.0), Decimal::new(high, scales.1));
            let mut variable = Variable::new("x");
            variable.plausible = Some(Plausible { low: Some(low), high: Some(high), note: None });
            let value = Decimal::new(i64::from(digits), scale);
            let limits = Limits::of(&variable).expect("limits are stated");
            prop_assert_eq!(limits.exclude(digits, usize::from(scale)), value < low || value > high);
        }
    }
}
