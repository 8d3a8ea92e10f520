//! Tests and measures that reports give in one of two units, so far apart that one number tells which.

use crate::decimal::Decimal;
use crate::schema::evidence::Numbers;
use crate::schema::header::{is_cell_count, normalise, read_header, words_of};
use crate::schema::units::unit;
use num_rational::Ratio;

/// What is measured in two units under the same header.
struct TwoUnits {
    /// Words of the header, of which one must be there.
    names: &'static [&'static str],
    /// Up to this a number can only be in the first unit, and from that on only in the second.
    between: (i64, i64),
    /// The two units.
    units: [&'static str; 2],
    /// The names mean it only where the header states one of the units: `Ht (m)` is a height, `Ht` may be a haematocrit.
    is_by_unit: bool,
}

/// Bounds beyond what is seen in patients; between them either unit is possible.
///
/// Source: the conversion factors of the AMA Manual of Style, 11th edition, chapter 17.5, and the reference ranges there.
const BOTH: [TwoUnits; 17] = [
    TwoUnits {
        names: &["hb", "hgb", "hemoglobin", "haemoglobin", "hamoglobin", "hemoglobina", "hemoglobine", "emoglobina"],
        between: (15, 30),
        units: ["g/dL", "g/L"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["albumin", "albumina", "albumine"],
        between: (6, 10),
        units: ["g/dL", "g/L"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["protein", "proteins", "eiweiss", "gesamteiweiss"],
        between: (16, 25),
        units: ["g/dL", "g/L"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &[
            "creatinine",
            "crea",
            "creat",
            "krea",
            "scr",
            "creatinina",
            "kreatinin",
            "serumkreatinin",
            "creatininemie",
        ],
        between: (8, 20),
        units: ["mg/dL", "µmol/L"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["calcium", "ca", "calcio", "kalzium", "calcemie", "calcemia"],
        between: (3, 5),
        units: ["mmol/L", "mg/dL"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["glucose", "glukose", "glicemia", "glucemia", "glycemie", "blutzucker", "glucosa"],
        between: (12, 40),
        units: ["mmol/L", "mg/dL"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["urate", "uric", "harnsaure", "urique", "urico"],
        between: (30, 50),
        units: ["mg/dL", "µmol/L"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["cholesterol", "cholesterin", "colesterol", "colesterolo"],
        between: (20, 40),
        units: ["mmol/L", "mg/dL"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &[
            "hct",
            "hematocrit",
            "haematocrit",
            "hamatokrit",
            "hematocrito",
            "ematocrito",
            "spo2",
            "sao2",
            "lvef",
            "ef",
            "fevg",
            "fevi",
        ],
        between: (1, 8),
        units: ["1", "%"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["temperature", "temp", "temperatur", "temperatura"],
        between: (45, 80),
        units: ["°C", "°F"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["height", "stature", "grosse", "korpergrosse", "taille", "talla", "altezza", "altura"],
        between: (2, 20),
        units: ["m", "cm"],
        is_by_unit: false,
    },
    TwoUnits {
        names: &["weight", "gewicht", "poids", "peso"],
        between: (200, 450),
        units: ["kg", "g"],
        is_by_unit: false,
    },
    TwoUnits { names: &["ht", "length", "lengte"], between: (2, 20), units: ["m", "cm"], is_by_unit: true },
    TwoUnits { names: &["wt", "bw"], between: (200, 450), units: ["kg", "g"], is_by_unit: true },
    TwoUnits { names: &["ht", "hk"], between: (1, 8), units: ["1", "%"], is_by_unit: true },
    TwoUnits {
        names: &[
            "neutrophils",
            "lymphocytes",
            "neutrophile",
            "lymphozyten",
            "neutrophiles",
            "neutrofilos",
            "linfocitos",
            "neutrofili",
            "linfociti",
        ],
        between: (1, 8),
        units: ["1", "%"],
        is_by_unit: true,
    },
    TwoUnits {
        names: &["saturation", "sattigung", "saturacion", "saturazione", "saturacao", "saturatie"],
        between: (1, 8),
        units: ["1", "%"],
        is_by_unit: false,
    },
];

/// Counts of blood cells, with the least a microlitre has of them where they are counted singly, and the most thousands.
///
/// Source: the counts of the most severe cytopenias and of the leukaemias with the most cells that are reported
/// (Greer, Wintrobe's Clinical Hematology, 14th edition): a thousand leukocytes and five thousand platelets in 10^9/L.
const CELLS: [(&[&str], (i64, i64)); 3] = [
    (&["platelet", "plt", "plaq", "piastrin", "thr", "thromb", "trombo", "bloedplaat"], (1000, 5000)),
    (&["wbc", "wcc", "leuk", "leuc", "white", "globul", "weisse", "witte"], (50, 1000)),
    (&["neutro", "lympho", "linfo", "eos", "baso", "mono", "anc", "alc", "aec"], (20, 500)),
];

/// What is said of a share that is no percentage.
pub const FRACTIONS: &str = "fractions of 1";

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
    let both = both_units(header, |both| !both.is_by_unit)?;
    let (low, high) = both.between;
    let is_apart =
        least > Decimal::from_int(0) && least <= Decimal::from_int(low) && greatest >= Decimal::from_int(high);
    is_apart.then_some(both.units)
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
    let is = |name: &str| unit(name).is_some_and(|one| unit(written).is_some_and(|other| one.unit == other.unit));
    let is_one = |both: &TwoUnits| both.units.iter().any(|name| is(name));
    let Some(both) = both_units(header, is_one) else { return of_cells(header, written) };
    let TwoUnits { between: (low, high), units: [first, second], .. } = both;
    Some(match is(first) {
        true => OtherScale::Above(high.saturating_sub(1), second),
        // A share of 1 has no unit to be named.
        false => OtherScale::Below(*low, if *first == "1" { FRACTIONS } else { first }),
    })
}

/// The same of blood cells, in a unit of single cells or of many.
fn of_cells(header: &str, written: &str) -> Option<OtherScale> {
    let words = words_of(header);
    let is_named = |starts: &[&str]| words.split(' ').any(|word| starts.iter().any(|start| word.starts_with(start)));
    let (_, (least, most)) = CELLS.iter().find(|(starts, _)| is_cell_count(header) && is_named(starts))?;
    let thousands = unit("10^9/L")?.unit;
    let written = unit(written)?.unit;
    let factor = written.conversion_to(thousands)?.factor;
    if factor == Ratio::from_integer(1) {
        return Some(OtherScale::Above(*most, "/µL"));
    }
    let is_single = written == unit("/µL")?.unit || written == unit("/mm3")?.unit;
    is_single.then_some(OtherScale::Below(*least, "10^9/L"))
}

/// True for a header of a measure that nobody has less of than nothing.
pub fn names_an_amount(header: &str) -> bool {
    both_units(header, |both| !both.is_by_unit).is_some_and(|both| both.units != ["°C", "°F"])
}

fn both_units(header: &str, is_one: impl Fn(&TwoUnits) -> bool) -> Option<&'static TwoUnits> {
    // Without the unit: `C` of a temperature is none of a protein.
    let name = read_header(header).name;
    let (parted, whole) = (words_of(&name), normalise(&name));
    let is_named = |names: &[&str]| parted.split(' ').chain(whole.split(' ')).any(|word| names.contains(&word));
    BOTH.iter().find(|both| is_named(both.names) && is_one(both)).filter(|_| !is_named(&OTHERS))
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
            ("CK (U/L)", "U/L", None),
            ("weight loss (kg)", "kg", None),
            ("eGFR (mL/min)", "mL/min", None),
        ] {
            assert_eq!(other_scale(header, written), expected, "{header}");
        }
    }
}
