//! How p is printed.

use super::digits::DecimalPlaces;
use crate::analyze::like::PValue;
use crate::decimal::{Exact, Rounding};
use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::Zero;

/// A p-value as a tool prints it, else in the program's own format.
pub(super) fn p_value(p: &Exact, way: Option<PValue>, rounding: Rounding) -> String {
    let rounded = || p.rounded_by(3, rounding);
    match way {
        None => shortest(p, rounding),
        Some(PValue::Gtsummary) => gtsummary(p, rounding),
        Some(PValue::MarkedBelow(mark)) if p.is_below(&one_over(1000)) => mark.to_owned(),
        Some(PValue::MarkedAsZero(mark)) if p.units(3, rounding).is_zero() => mark.to_owned(),
        Some(PValue::MarkedBelow(_) | PValue::MarkedAsZero(_)) => rounded(),
    }
}

/// A p-value with the digits that are asked for it; one that would be 0 is below the least that they show.
pub(super) fn asked_p(p: &Exact, places: DecimalPlaces, rounding: Rounding) -> String {
    let decimals = match places {
        DecimalPlaces::Significant(digits) => return p.rounded_to_significant(digits, rounding),
        DecimalPlaces::Decimals(decimals) => decimals,
    };
    let text = p.rounded_by(decimals, rounding);
    let is_zero = p.units(decimals, rounding).is_zero() && !p.is_zero();
    let least = || format!("<{}1", text.get(..text.len().saturating_sub(1)).unwrap_or_default());
    match decimals {
        0 if is_zero => "<0.5".to_owned(),
        _ if is_zero => least(),
        _ => text,
    }
}

/// A p-value: `0.4`, `0.052`, `<0.001`, `>0.99`; without zeros at the end.
fn shortest(p: &Exact, rounding: Rounding) -> String {
    if p.is_below(&one_over(1000)) {
        return "<0.001".to_owned();
    }
    let decimals = if p.is_below(&one_over(10)) { 3 } else { 2 };
    if p.is_below(&one_over(1)) && p.units(decimals, rounding) == BigUint::from(100_u8) && decimals == 2 {
        return ">0.99".to_owned();
    }
    p.rounded_by(decimals, rounding).trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn one_over(denominator: u32) -> BigRational {
    BigRational::new(1.into(), denominator.into())
}

/// As `style_pvalue` of gtsummary 2, which compares doubles.
fn gtsummary(p: &Exact, rounding: Rounding) -> String {
    let value = p.to_f64();
    let reaches = |decimals, least: u8| p.units(decimals, rounding) >= BigUint::from(least);
    let rounded = |decimals| p.rounded_by(decimals, rounding);
    match value {
        _ if value > 0.9 => ">0.9".to_owned(),
        _ if value < 0.001 => "<0.001".to_owned(),
        _ if reaches(1, 2) => rounded(1),
        _ if reaches(2, 10) => rounded(2),
        _ => rounded(3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(p: f64, way: PValue) -> String {
        p_value(&Exact::from_f64(p).expect("a number"), Some(way), Rounding::HalfUpEpsilon)
    }

    #[test]
    fn a_p_that_is_asked_for_is_never_zero() {
        let of = |p: f64, places| asked_p(&Exact::from_f64(p).expect("a number"), places, Rounding::HalfUp);
        let shown = [(0.004, 2), (0.006, 2), (0.0286, 3), (0.4, 0), (0.6, 0)];
        let shown = shown.map(|(p, decimals)| of(p, DecimalPlaces::Decimals(decimals)));
        assert_eq!(shown, ["<0.01", "0.01", "0.029", "<0.5", "1"]);
        assert_eq!(of(0.000_012_34, DecimalPlaces::Significant(2)), "0.000012");
    }

    /// The examples of `style_pvalue` in the tests of gtsummary.
    #[test]
    fn gtsummary_prints_fewer_decimals_of_a_greater_p() {
        for (p, expected) in [
            (1.0, ">0.9"),
            (0.9, "0.9"),
            (0.25, "0.3"),
            (0.197, "0.2"),
            (0.14, "0.14"),
            (0.1, "0.10"),
            (0.0503, "0.050"),
            (0.001, "0.001"),
            (0.0009, "<0.001"),
        ] {
            assert_eq!(printed(p, PValue::Gtsummary), expected, "{p}");
        }
    }

    #[test]
    fn a_small_p_is_marked_below_a_thousandth_or_where_three_decimals_are_zero() {
        let (below, as_zero) = (PValue::MarkedBelow("< 0.001"), PValue::MarkedAsZero("<0.001"));
        assert_eq!([printed(0.0006, below), printed(0.0006, as_zero)], ["< 0.001", "0.001"]);
        assert_eq!([printed(0.0004, below), printed(0.0004, as_zero)], ["< 0.001", "<0.001"]);
        assert_eq!([printed(0.941, below), printed(1.0, as_zero)], ["0.941", "1.000"]);
    }
}
