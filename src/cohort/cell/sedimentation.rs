//! Erythrocyte sedimentation rates of two hours in one cell: `44 mm/90mm`, `86 (120)`, `44/90`.
//!
//! The first number is that of the first hour, which is the rate; the second hour stands apart. Cells settle, so that
//! the second number is never below the first: what is otherwise is no such pair.

use super::state::{Stated, StatedNumber};
use crate::cohort::cell::CellState;
use crate::cohort::deidentify::remark;
use crate::decimal::Decimal;
use crate::schema::header::is_sedimentation_rate;
use crate::schema::units::unit;
use crate::schema::{Role, Variable};

/// The unit of the rate.
const UNIT: &str = "mm/h";
/// Most digits of a rate.
const DIGITS: usize = 3;

/// The rate of the first hour, with the second hour beside it; no answer for any other text, column or unit.
pub fn first_hour(text: &str, variable: &Variable) -> Option<CellState> {
    let is_in_mm = variable.unit.as_deref().is_none_or(|unit| crate::cohort::unit::same_unit(unit, UNIT));
    if variable.role != Role::Lab || !is_in_mm || !is_sedimentation_rate(&variable.header) {
        return None;
    }
    let (first, rest) = hour(text.trim())?;
    let second = match rest.strip_prefix('/') {
        Some(behind) => behind.trim(),
        None => rest.strip_prefix('(')?.strip_suffix(')')?.trim(),
    };
    let (later, "") = hour(second)? else { return None };
    let stated = Some(Stated { word: remark(second, variable), status: None });
    (first <= later).then(|| CellState::Value(StatedNumber { value: first.into(), stated }))
}

/// The number at the start of a text with its unit, and what follows.
fn hour(text: &str) -> Option<(Decimal, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).filter(|_| (1..=DIGITS).contains(&digits))?;
    let number = Decimal::from_int(number.parse().ok()?);
    let rest = rest.trim_start();
    // The longest unit: the slash of `mm/h` separates no hours, that of `mm/90mm` does.
    let ends = rest.char_indices().map(|(at, c)| at.saturating_add(c.len_utf8())).rev();
    let is_rate = |written: &str| written == "mm" || unit(written).is_some_and(|found| found.unit.name() == UNIT);
    let cut = ends.filter_map(|at| rest.split_at_checked(at)).find(|(written, _)| is_rate(written));
    Some((number, cut.map_or(rest, |(_, behind)| behind).trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_hour_is_the_rate() {
        let esr = Variable { role: Role::Lab, ..Variable::new("esr") };
        let value = |text: &str| match first_hour(text, &esr) {
            Some(CellState::Value(number)) => {
                Some((number.value.decimal().unwrap().to_string(), number.stated.unwrap().word))
            }
            _ => None,
        };
        for (text, first, second) in [
            ("44 mm/90mm", "44", "90mm"),
            ("86 mm/120 mm/H", "86", "120 mm/H"),
            ("86 (120)", "86", "120"),
            ("44/90", "44", "90"),
            ("44 / 90 mm", "44", "90 mm"),
            ("20 mm/h (45 mm/h)", "20", "45 mm/h"),
        ] {
            assert_eq!(value(text), Some((first.to_owned(), second.to_owned())), "{text}");
        }
        for text in [
            "90/44",
            "44",
            "44 mm/h",
            "44/90/100",
            "44 (normal)",
            "44-90",
            "4.4/9",
            "(120)",
            "44/",
            "44 (90",
            "1980/1990",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        for other in [Variable::new("esr"), Variable { role: Role::Lab, ..Variable::new("crp") }] {
            assert_eq!(first_hour("44/90", &other), None);
        }
    }
}
