//! Tests and measures that reports give in one of two units, so far apart that one number tells which.

mod table;

use self::table::{BOTH, CELLS, CellCount, OTHER_FLUIDS, OTHERS, TwoUnits};
use crate::decimal::Decimal;
use crate::schema::evidence::Evidence;
use crate::schema::header::{is_cell_count, normalise, read_header, words_of};
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::units::{Conversion, unit};
use num_rational::Ratio;

/// What is said of a share that is no percentage.
pub const FRACTIONS: &str = "fractions of 1";

/// The two units of the numbers below a header, where some can only be in the first and others only in the second.
pub fn two_units(header: &str, cells: &Evidence) -> Option<[&'static str; 2]> {
    let (least, greatest) = cells.bare().extent?;
    let magnitudes = cells.magnitudes();
    let is_apart = |both: &&TwoUnits| match both.is_share {
        true => magnitudes.hold_a_fraction() && magnitudes.are_fractions_beside_percentages(),
        false => {
            let (from, (low, high)) = (Decimal::from_int(both.from), both.between);
            least > from && least <= Decimal::from_int(low) && greatest >= Decimal::from_int(high)
        }
    };
    let both = rows_of(header, |both| !both.is_by_unit).into_iter().find(is_apart)?;
    Some([both.first, both.second])
}

/// Beyond which numbers hardly any patient has the unit of the column, and the unit in which they may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherScale {
    /// Positive numbers below this.
    Below(i64, &'static str),
    /// Numbers above this.
    Above(i64, &'static str),
}

/// The numbers below a header that cannot be in its unit, with the unit in which they must be: 98 below `Hb (g/dL)`,
/// 4500 below `WBC (10^9/L)`.
pub fn other_scale(header: &str, written: &str) -> Option<OtherScale> {
    let is = |name: &str| is_as_large(name, written);
    let is_one = |both: &TwoUnits| !both.is_share && (is(both.first) || is(both.second));
    let Some(both) = rows_of(header, is_one).into_iter().next() else { return of_cells(header, written) };
    let TwoUnits { between: (low, high), first, second, .. } = both;
    Some(match is(first) {
        true => OtherScale::Above(high.saturating_sub(1), second),
        // A share of 1 has no unit to be named.
        false => OtherScale::Below(*low, if *first == "1" { FRACTIONS } else { first }),
    })
}

/// True for two units of one size: `mg/L` and `µg/mL`, `weeks` and `wk`.
fn is_as_large(one: &str, other: &str) -> bool {
    let is_one_time = || TimeUnit::of_word(one).is_some_and(|time| TimeUnit::of_word(other) == Some(time));
    let both = unit(one).zip(unit(other));
    let as_it_is = Conversion { factor: Ratio::from_integer(1), offset: Ratio::from_integer(0) };
    both.is_some_and(|(one, other)| one.unit.conversion_to(other.unit) == Some(as_it_is)) || is_one_time()
}

/// The same of blood cells, in a unit of single cells or of many.
fn of_cells(header: &str, written: &str) -> Option<OtherScale> {
    // Other fluids have few cells.
    let is_of_blood = !words_of(header).split(' ').any(|word| OTHER_FLUIDS.contains(&word));
    let cells = CELLS.iter().find(|cells| is_of_blood && is_cell_count(header) && begins(header, cells.beginnings))?;
    let thousands = unit("10^9/L")?.unit;
    let written = unit(written)?.unit;
    let factor = written.conversion_to(thousands)?.factor;
    if factor == Ratio::from_integer(1) {
        return Some(OtherScale::Above(cells.thousands, "/µL"));
    }
    let is_single = written == unit("/µL")?.unit || written == unit("/mm3")?.unit;
    is_single.then_some(OtherScale::Below(cells.single, "10^9/L"))
}

/// True where a word of the header begins so.
fn begins(header: &str, starts: &[&str]) -> bool {
    words_of(header).split(' ').any(|word| starts.iter().any(|start| word.starts_with(start)))
}

/// True for a header of the number of platelets.
pub fn is_platelet_count(header: &str) -> bool {
    let is_named = |cells: &CellCount| cells.is_platelets && begins(header, cells.beginnings);
    is_cell_count(header) && CELLS.iter().any(is_named)
}

/// True for a header of a measure that nobody has less of than nothing.
pub fn names_an_amount(header: &str) -> bool {
    rows_of(header, |both| !both.is_by_unit).first().is_some_and(|both| both.first != "°C")
}

/// The rows of the list that a header names.
fn rows_of(header: &str, is_one: impl Fn(&TwoUnits) -> bool) -> Vec<&'static TwoUnits> {
    // Without the unit: `C` of a temperature is none of a protein.
    let name = read_header(header).name;
    let (parted, whole) = (words_of(&name), normalise(&name));
    let spaced = [format!(" {parted} "), format!(" {whole} ")];
    let is_in = |name: &&str| spaced.iter().any(|all| all.contains(&format!(" {name} ")));
    let is_all = |name: &&str| parted == **name || whole == **name;
    let is_named = |both: &TwoUnits| both.names.iter().any(is_in) || both.whole.iter().any(is_all);
    let is_other = OTHERS.iter().any(is_in);
    BOTH.iter().filter(|both| is_named(both) && is_one(both) && (both.is_share || !is_other)).collect()
}

#[cfg(test)]
mod tests {
    use super::{OtherScale, other_scale, two_units};
    use crate::schema::evidence::Evidence;
    use crate::schema::lexical::NumberFormat;

    fn units(header: &str, numbers: &[&str]) -> Option<[&'static str; 2]> {
        let mut cells = Evidence::default();
        numbers.iter().for_each(|text| {
            cells.count_text(text, NumberFormat::default(), 1);
        });
        two_units(header, &cells)
    }

    #[test]
    fn numbers_of_two_units_are_seen_and_those_of_one_are_not() {
        for (header, numbers, expected) in [
            ("Hb", ["11.2", "98"], ["g/dL", "g/L"]),
            ("serum albumin", ["3.5", "35"], ["g/dL", "g/L"]),
            ("Creatinine", ["1.1", "88"], ["mg/dL", "µmol/L"]),
            ("Ca", ["2.4", "9.6"], ["mmol/L", "mg/dL"]),
            ("fasting glucose", ["5.5", "99"], ["mmol/L", "mg/dL"]),
            ("Hct", ["0.39", "41"], ["1", "%"]),
            ("Height", ["1.65", "170"], ["m", "cm"]),
            ("birth weight", ["3.2", "2900"], ["kg", "g"]),
            ("Temp", ["38.5", "101.3"], ["°C", "°F"]),
            ("FiO2", ["0.4", "60"], ["1", "%"]),
            ("Ejection fraction", ["0.45", "60"], ["1", "%"]),
            ("FEV1/FVC", ["0.7", "62"], ["1", "%"]),
            ("FEV1/FVC ratio", ["0.7", "62"], ["1", "%"]),
            ("HbA1c", ["0.07", "7.5"], ["1", "%"]),
            ("HbA1c", ["7.5", "58"], ["%", "mmol/mol"]),
            ("Lymphocytes", ["0.2", "35"], ["1", "%"]),
            ("Blasts", ["0.9", "85"], ["1", "%"]),
            ("Ki-67", ["0.15", "40"], ["1", "%"]),
            ("PD-L1 TPS", ["0.5", "80"], ["1", "%"]),
            ("Stenosis", ["0.7", "80"], ["1", "%"]),
            ("TG", ["1.5", "150"], ["mmol/L", "mg/dL"]),
            ("LDL cholesterol", ["3.1", "120"], ["mmol/L", "mg/dL"]),
            ("QTc", ["0.44", "440"], ["s", "ms"]),
            ("Ammonia", ["0.08", "50"], ["mg/dL", "µmol/L"]),
        ] {
            assert_eq!(units(header, &numbers), Some(expected), "{header}");
        }
        for (header, numbers) in [
            ("Hb", ["6.2", "17.5"]),
            ("Hb", ["62", "175"]),
            ("Creatinine", ["0.4", "12"]),
            ("urine creatinine", ["1.1", "88"]),
            ("CA 125", ["3", "88"]),
            ("Ca", ["1.1", "3.9"]),
            ("weight", ["2.9", "140"]),
            ("weight loss", ["2", "900"]),
            ("CK", ["12", "5000"]),
            ("Hb", ["0", "98"]),
            ("aCL IgG", ["5", "300"]),
            ("T max", ["2.5", "90"]),
            ("Ki-67", ["1", "90"]),
            ("Blasts", ["0", "85"]),
            ("Blasts", ["3.5", "85"]),
            ("TG", ["0.9", "14"]),
            ("QTc", ["380", "440"]),
        ] {
            assert_eq!(units(header, &numbers), None, "{header} {numbers:?}");
        }
    }

    #[test]
    fn a_number_beyond_the_unit_of_its_header_is_on_another_scale() {
        use OtherScale::{Above, Below};
        for (header, written, expected) in [
            ("Hb (g/dL)", "g/dL", Some(Above(29, "g/L"))),
            ("Hb (g/L)", "g/L", Some(Below(15, "g/dL"))),
            ("WBC (10^9/L)", "10^9/L", Some(Above(1000, "/µL"))),
            ("WBC (K/µL)", "K/µL", Some(Above(1000, "/µL"))),
            ("WBC (/µL)", "/µL", Some(Below(50, "10^9/L"))),
            ("Platelets (/mm3)", "/mm3", Some(Below(1000, "10^9/L"))),
            ("Temperature (°C)", "°C", Some(Above(79, "°F"))),
            ("SpO2 (%)", "%", Some(Below(1, "fractions of 1"))),
            ("EF (%)", "%", Some(Below(1, "fractions of 1"))),
            ("Neutrophils (%)", "%", Some(Below(1, "fractions of 1"))),
            ("Crea (mg/dL)", "mg/dL", Some(Above(19, "µmol/L"))),
            ("Wt (kg)", "kg", Some(Above(449, "g"))),
            ("Ht (m)", "m", Some(Above(19, "cm"))),
            ("column height (cm)", "cm", Some(Below(2, "m"))),
            ("CSF WBC (/µL)", "/µL", None),
            ("CK (U/L)", "U/L", None),
            ("weight loss (kg)", "kg", None),
            ("eGFR (mL/min)", "mL/min", None),
            ("TG (mmol/L)", "mmol/L", Some(Above(114, "mg/dL"))),
            ("LDL (mg/dL)", "mg/dL", Some(Below(8, "mmol/L"))),
            ("QTc (ms)", "ms", Some(Below(2, "s"))),
            ("QTc (s)", "s", Some(Above(99, "ms"))),
            ("GA (weeks)", "weeks", Some(Above(139, "days"))),
            ("D-dimer (µg/mL)", "µg/mL", Some(Above(199, "ng/mL"))),
            ("Ammonia (µmol/L)", "µmol/L", Some(Below(2, "mg/dL"))),
            ("Bilirubin (µmol/L)", "µmol/L", Some(Below(2, "mg/dL"))),
        ] {
            assert_eq!(other_scale(header, written), expected, "{header}");
        }
    }
}
