//! Tests and measures that reports give in one of two units, so far apart that one number tells which.

use crate::decimal::Decimal;
use crate::schema::evidence::Numbers;
use crate::schema::header::words_of;
use crate::schema::units::unit;

/// What is measured in two units under the same header.
struct TwoUnits {
    /// Words of the header, of which one must be there.
    names: &'static [&'static str],
    /// Up to this a number can only be in the first unit, and from that on only in the second.
    between: (i64, i64),
    /// The two units.
    units: [&'static str; 2],
}

/// Bounds beyond what is seen in patients; between them either unit is possible.
///
/// Source: the conversion factors of the AMA Manual of Style, 11th edition, chapter 17.5, and the reference ranges there.
const BOTH: [TwoUnits; 12] = [
    TwoUnits {
        names: &["hb", "hgb", "hemoglobin", "haemoglobin", "hamoglobin", "hemoglobina", "hemoglobine", "emoglobina"],
        between: (15, 30),
        units: ["g/dL", "g/L"],
    },
    TwoUnits { names: &["albumin", "albumina", "albumine"], between: (6, 10), units: ["g/dL", "g/L"] },
    TwoUnits { names: &["protein", "proteins", "eiweiss", "gesamteiweiss"], between: (16, 25), units: ["g/dL", "g/L"] },
    TwoUnits {
        names: &["creatinine", "creat", "creatinina", "kreatinin", "serumkreatinin", "creatininemie"],
        between: (8, 20),
        units: ["mg/dL", "µmol/L"],
    },
    TwoUnits {
        names: &["calcium", "ca", "calcio", "kalzium", "calcemie", "calcemia"],
        between: (3, 5),
        units: ["mmol/L", "mg/dL"],
    },
    TwoUnits {
        names: &["glucose", "glukose", "glicemia", "glucemia", "glycemie", "blutzucker", "glucosa"],
        between: (12, 40),
        units: ["mmol/L", "mg/dL"],
    },
    TwoUnits {
        names: &["urate", "uric", "harnsaure", "urique", "urico"],
        between: (30, 50),
        units: ["mg/dL", "µmol/L"],
    },
    TwoUnits {
        names: &["cholesterol", "cholesterin", "colesterol", "colesterolo"],
        between: (20, 40),
        units: ["mmol/L", "mg/dL"],
    },
    TwoUnits {
        names: &["hct", "hematocrit", "haematocrit", "hamatokrit", "hematocrito", "ematocrito", "spo2", "sao2", "lvef"],
        between: (1, 8),
        units: ["1", "%"],
    },
    TwoUnits { names: &["temperature", "temp", "temperatur"], between: (45, 80), units: ["°C", "°F"] },
    TwoUnits {
        names: &["height", "stature", "grosse", "korpergrosse", "taille", "talla", "altezza", "altura"],
        between: (2, 20),
        units: ["m", "cm"],
    },
    TwoUnits { names: &["weight", "gewicht", "poids", "peso"], between: (200, 450), units: ["kg", "g"] },
];

/// Words of headers under which the bounds do not hold.
const OTHERS: [&str; 26] = [
    "urine",
    "urinary",
    "clearance",
    "ratio",
    "x",
    "p",
    "product",
    "phosphate",
    "change",
    "delta",
    "score",
    "sds",
    "z",
    "percentile",
    "ionized",
    "ionised",
    "125",
    "19",
    "15",
    "csf",
    "liquor",
    "loss",
    "gain",
    "c",
    "s",
    "fever",
];

/// The two units of the numbers below a header, where some can only be in the first and others only in the second.
pub fn two_units(header: &str, bare: &Numbers) -> Option<[&'static str; 2]> {
    let (least, greatest) = bare.extent?;
    let both = both_units(header)?;
    let (low, high) = both.between;
    let is_apart =
        least > Decimal::from_int(0) && least <= Decimal::from_int(low) && greatest >= Decimal::from_int(high);
    is_apart.then_some(both.units)
}

/// A number below a header that cannot be in the unit of its column, with the unit that it must be in: 98 below
/// `Hb (g/dL)`.
pub fn other_scale(header: &str, written: &str, bare: &Numbers) -> Option<(Decimal, &'static str)> {
    let (least, greatest) = bare.extent?;
    let TwoUnits { between: (low, high), units: [first, second], .. } = both_units(header)?;
    let is = |name: &str| unit(name).is_some_and(|one| unit(written).is_some_and(|other| one.unit == other.unit));
    let is_too_low = least > Decimal::from_int(0) && least <= Decimal::from_int(*low);
    match (is(first), is(second)) {
        (true, _) => (greatest >= Decimal::from_int(*high)).then_some((greatest, *second)),
        // A share of 1 has no unit to be named.
        (_, true) => is_too_low.then_some((least, if *first == "1" { "fractions of 1" } else { first })),
        (false, false) => None,
    }
}

/// True for a header of a measure that nobody has less of than nothing.
pub fn names_an_amount(header: &str) -> bool {
    both_units(header).is_some_and(|both| both.units != ["°C", "°F"])
}

fn both_units(header: &str) -> Option<&'static TwoUnits> {
    let words = words_of(header);
    let is_named = |names: &[&str]| words.split(' ').any(|word| names.contains(&word));
    BOTH.iter().find(|both| is_named(both.names)).filter(|_| !is_named(&OTHERS))
}

#[cfg(test)]
mod tests {
    use super::two_units;
    use crate::schema::evidence::Evidence;
    use crate::schema::lexical::NumberFormat;

    fn units(header: &str, numbers: &[&str]) -> Option<[&'static str; 2]> {
        let mut cells = Evidence::default();
        numbers.iter().for_each(|text| {
            cells.count_text(text, NumberFormat::default(), 1);
        });
        two_units(header, cells.bare())
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
        ] {
            assert_eq!(units(header, &numbers), None, "{header} {numbers:?}");
        }
    }
}
