//! One column, two scales: percentages beside fractions, cells in thousands beside single ones.

use super::scales::two_units;
use crate::decimal::Decimal;
use crate::schema::evidence::Evidence;
use crate::schema::header::{
    HeaderQuantity, is_cell_count, names_a_logarithm, names_a_small_share, names_copies, quantity,
};
use crate::schema::units::{Dimension, unit};
use crate::schema::{Role, Variable};

/// Powers of two between 443 and 396000 that no count of the column has: a gap of more than thirty times.
const GAP: u32 = 5;
/// A thousand as a power of two.
const THOUSAND: u32 = 10;
/// How far the numbers in thousands may lie below the others, as a power of two, and above them.
const ALIGNED: (u32, u32) = (1, 4);

/// True where the bare numbers of a column may be on two scales, so that nobody can pool them.
///
/// - Some cells have a percent sign, and bare numbers are below 1 or outside the range of the percentages.
/// - The header names blood cells, which are counted in thousands and singly; the numbers are parted by a gap of more
///   than thirty times, and those below it lie, a thousand times as large, in the range of those above.
///
/// - The header names what is measured in two units, and some numbers can only be in one of them, others only in the
///   other: haemoglobin 11.2 and 98.
///
/// None depends on how many there are.
pub fn is_on_two_scales(variable: &Variable, cells: &Evidence) -> bool {
    cells.bare().cells > 0
        && (is_on_two_scales_of_its_unit(variable, cells)
            || is_fraction_beside_percentage(cells) && quantity(&variable.header) != Some(HeaderQuantity::Ratio)
            || is_count_in_thousands(variable, cells)
            || two_units(&variable.header, cells).is_some())
}

/// True where the numbers are fractions beside percentages below a header in percent, or logarithms beside what they are
/// logarithms of: whatever the unit of the header, nobody can pool them.
pub fn is_on_two_scales_of_its_unit(variable: &Variable, cells: &Evidence) -> bool {
    is_fraction_among_percentages(variable, cells) || is_logarithm_among_copies(variable, cells)
}

/// Fractions among numbers below a header in percent, but for what is small in many patients.
fn is_fraction_among_percentages(variable: &Variable, cells: &Evidence) -> bool {
    let header = &variable.header;
    let is_in_percent = header.contains('%') || variable.unit.as_deref() == Some("%");
    let is_small = || names_a_small_share(header) || is_cell_count(header);
    is_in_percent && cells.magnitudes().are_fractions_beside_percentages() && !is_small()
}

/// The greatest logarithm of a count of copies, and the least count that is none.
const LOGARITHMS: (i64, i64) = (15, 1_000);

/// `5.2` beside `200000` below `HBV DNA (log IU/mL)` or `Viral load`.
fn is_logarithm_among_copies(variable: &Variable, cells: &Evidence) -> bool {
    let Some((least, greatest)) = cells.bare().extent else { return false };
    let is_apart = least > Decimal::from_int(0)
        && least <= Decimal::from_int(LOGARITHMS.0)
        && greatest >= Decimal::from_int(LOGARITHMS.1);
    is_apart && (names_a_logarithm(&variable.header) || cells.bare().has_decimals && names_copies(&variable.header))
}

fn is_fraction_beside_percentage(cells: &Evidence) -> bool {
    let is_fraction = |text: &str| unit(text).is_some_and(|written| written.unit.dimension() == Dimension::Fraction);
    let one = Decimal::from_int(1);
    let is_below_one = cells.bare().has_decimals && cells.bare().extent.is_some_and(|(least, _)| least < one);
    cells.units().filter(|(text, _)| is_fraction(text)).any(|(_, percentages)| {
        let is_above_one = percentages.extent.is_some_and(|(_, greatest)| greatest > one);
        is_below_one && is_above_one || !percentages.overlap(cells.bare())
    })
}

/// A unit that all numbers of such a column may have: that of the percentages, or of cells in thousands.
pub fn one_of_two(variable: &Variable, cells: &Evidence) -> String {
    let unit = match two_units(&variable.header, cells) {
        _ if is_fraction_beside_percentage(cells) || is_fraction_among_percentages(variable, cells) => "%",
        _ if is_logarithm_among_copies(variable, cells) => "log10",
        // A share of 1 has no unit to be named.
        Some(["1", other] | [other, _]) => other,
        None => "10^9/L",
    };
    unit.to_owned()
}

fn is_count_in_thousands(variable: &Variable, cells: &Evidence) -> bool {
    // `Plt (10^3)` is no known name of a test.
    if !matches!(variable.role, Role::Lab | Role::Other) || !is_cell_count(&variable.header) {
        return false;
    }
    let Some(((least, below), (above, greatest))) = cells.magnitudes().parted(GAP) else { return false };
    let (low, high) = (least.saturating_add(THOUSAND), below.saturating_add(THOUSAND));
    low <= greatest.saturating_add(ALIGNED.0) && above <= high.saturating_add(ALIGNED.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_parted(header: &str, numbers: &[&str]) -> bool {
        let mut cells = Evidence::default();
        numbers.iter().for_each(|text| {
            cells.count_text(text, crate::schema::lexical::NumberFormat::default(), 1);
        });
        is_on_two_scales(&Variable { role: Role::Lab, ..Variable::new(header) }, &cells)
    }

    #[test]
    fn counts_in_thousands_beside_single_ones_are_seen() {
        for (header, numbers) in [
            ("platelets", &["443", "396000"][..]),
            ("platelets", &["12", "300", "20000", "250"]),
            ("WBC", &["7.2", "7200", "11.5"]),
            ("eos", &["4%", "0.03"]),
            ("eosinophils", &["4 %", "3", "0.5"]),
            ("hematocrit", &["41%", "0.39"]),
            ("WBC", &["4.5", "11000", "8.2 x 10^3"]),
        ] {
            assert!(is_parted(header, numbers), "{header} {numbers:?}");
        }
        for (header, numbers) in [
            ("platelets", &["443", "396", "12", "3"][..]),
            ("platelets", &["443000", "396000", "9000"]),
            ("platelets", &["3", "600"]),
            ("eosinophils", &["20", "5000"]),
            ("ferritin", &["12", "15000"]),
            ("hematocrit", &["41%", "39", "43"]),
            ("platelets", &["443"]),
        ] {
            assert!(!is_parted(header, numbers), "{header} {numbers:?}");
        }
    }
}
