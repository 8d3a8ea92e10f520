//! How p is printed.

use super::digits::Places;
use crate::analyze::like::PValue;
use crate::decimal::{Exact, Rounding};

/// A p-value as a tool prints it, else in the program's own format.
pub(super) fn p_value(p: &Exact, way: Option<PValue>, rounding: Rounding) -> String {
    let rounded = |decimals| p.rounded_by(decimals, rounding);
    match way {
        None => shortest(p, rounding),
        Some(PValue::Gtsummary) => gtsummary(p, rounding),
        Some(PValue::MarkedBelow(mark)) if p.to_f64() < 0.001 => mark.to_owned(),
        Some(PValue::MarkedAsZero(mark)) if rounded(3) == "0.000" => mark.to_owned(),
        Some(PValue::MarkedBelow(_) | PValue::MarkedAsZero(_)) => rounded(3),
    }
}

/// A p-value with the digits that are asked for it; one that would be 0 is below the least that they show.
pub(super) fn asked_p(p: &Exact, places: Places, rounding: Rounding) -> String {
    let decimals = match places {
        Places::Significant(digits) => return p.rounded_to_significant(digits, rounding),
        Places::Decimals(decimals) => decimals,
    };
    let text = p.rounded_by(decimals, rounding);
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.')) && p.to_f64() > 0.0;
    let least = || format!("<{}1", text.get(..text.len().saturating_sub(1)).unwrap_or_default());
    match decimals {
        0 if is_zero => "<0.5".to_owned(),
        _ if is_zero => least(),
        _ => text,
    }
}

/// A p-value: `0.4`, `0.052`, `<0.001`, `>0.99`; without zeros at the end.
fn shortest(p: &Exact, rounding: Rounding) -> String {
    let value = p.to_f64();
    if value < 0.001 {
        return "<0.001".to_owned();
    }
    let text = p.rounded_by(if value < 0.1 { 3 } else { 2 }, rounding);
    match text.trim_end_matches('0').trim_end_matches('.') {
        "1" if value < 1.0 => ">0.99".to_owned(),
        trimmed => trimmed.to_owned(),
    }
}

/// As `style_pvalue` of gtsummary 2.
fn gtsummary(p: &Exact, rounding: Rounding) -> String {
    let value = p.to_f64();
    let [one, two, three] = [1, 2, 3].map(|decimals| p.rounded_by(decimals, rounding));
    match value {
        _ if value > 0.9 => ">0.9".to_owned(),
        _ if value < 0.001 => "<0.001".to_owned(),
        // Texts of one length are in the order of their numbers.
        _ if one.as_str() >= "0.2" => one,
        _ if two.as_str() >= "0.10" => two,
        _ => three,
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
        let shown = shown.map(|(p, decimals)| of(p, Places::Decimals(decimals)));
        assert_eq!(shown, ["<0.01", "0.01", "0.029", "<0.5", "1"]);
        assert_eq!(of(0.000_012_34, Places::Significant(2)), "0.000012");
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
