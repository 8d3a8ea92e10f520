use super::vocabulary::{SPELLINGS, readings};
use super::*;
use proptest::prelude::*;

/// The name of the unit a text means; empty where it is none.
fn name(text: &str) -> &'static str {
    unit(text).map_or("", |written| written.unit.name())
}

fn known(text: &str) -> Unit {
    unit(text).unwrap_or_else(|| panic!("{text} is no unit")).unit
}

fn every() -> impl Iterator<Item = Unit> {
    ENTRIES.iter().filter_map(|entry| Some(Unit { entry, dimension: entry.dimension? }))
}

#[test]
fn the_list_is_read_whole_and_names_are_unique() {
    assert!(every().count() > 200, "only {} units", every().count());
    let mut names: Vec<&str> = ENTRIES.iter().map(|entry| entry.name).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "a name means two units");
}

#[test]
fn names_and_codes_read_back() {
    for one in every() {
        assert_eq!(known(one.name()), one, "{}", one.name());
        assert_eq!(known(one.code()), one, "{}", one.code());
        assert!(one.code().is_ascii(), "{}", one.code());
    }
}

#[test]
fn no_spelling_means_two_things() {
    let mut seen = 0;
    for spelling in SPELLINGS.words() {
        let readings = readings(spelling);
        for in_ratio in [false, true] {
            let of = |r: &&Reading| (r.standing == Standing::InRatio) == in_ratio;
            let exact = readings.iter().filter(of).filter(|reading| reading.is_exact).count();
            let all = readings.iter().filter(of).count();
            assert!(exact == 1 || (exact == 0 && all <= 1), "{spelling}: {readings:?}");
        }
        seen += 1;
    }
    assert!(seen > 700, "only {seen} spellings");
}

#[test]
fn no_ratio_means_two_things() {
    let spellings: Vec<&str> = SPELLINGS.words().collect();
    for above in &spellings {
        for below in &spellings {
            let text = format!("{above}/{below}");
            let readings = readings(&text);
            let exact: Vec<_> = readings.iter().filter(|reading| reading.is_exact).collect();
            assert!(exact.len() <= 1, "{text}: {exact:?}");
            // In capitals only, a text of two meanings has none: `G/LITER`.
            assert!(!exact.is_empty() || readings.len() <= 1 || name(&text).is_empty(), "{text}: {readings:?}");
        }
    }
}

/// Each unit, and how it is written.
const IN_CLINICS: &[(&str, &str)] = &[
    ("mg/dL", "mg/dL|mg/dl|MG/DL|mg / dl|mg%|mg/100ml|mg/100 mL|mgs/dl|mg dL-1|mg·dL⁻¹|mg per dL|mg.dL-1"),
    ("g/dL", "g/dl|gm/dl|gm/dL|gms/dl|gr/dl|G/DL|g%|gm%|g/100 ml"),
    ("g/L", "g/L|g/l|g·L⁻¹|gr/L"),
    ("µg/dL", "µg/dL|μg/dl|ug/dL|mcg/dL|UG/DL"),
    ("ng/mL", "ng/mL|ng/ml|NG/ML"),
    ("µg/L", "ug/L|µg/l|mcg/l"),
    ("U/L", "U/L|u/l|U/l|units/L|Units/l|E/l"),
    ("IU/L", "IU/L|UI/L|UI/l|iu/l|I.U./L|[IU]/L|IE/l"),
    ("mIU/L", "mIU/L|mIU/l|miu/l|mUI/L|m[IU]/L"),
    ("µIU/mL", "µIU/mL|uIU/ml|μIU/ml|UIU/ML"),
    ("/mm3", "/mm3|/mm³|/cmm|/cu mm|/cumm|/cu.mm|/cu. mm|/c.mm|/mm^3|mm-3|/MM3|per mm3|per cubic mm"),
    ("/µL", "/µL|/uL|/ul|/mcL|/UL|µL⁻¹"),
    ("cells/µL", "cells/µL|cells/ul|Zellen/µl|Cells/uL|cells per µL|cells/mcL"),
    (
        "10^9/L",
        "10^9/L|10*9/L|10**9/L|x10^9/L|×10⁹/L|× 10⁹ / L|x 10^9/l|10e9/L|10E9/L|G/L|G/l|Gpt/L|giga/L|109/L|x109/L|10⁹ L⁻¹|10^9 L-1|10^9 cells/L",
    ),
    ("10^12/L", "10^12/L|×10¹²/L|T/L|Tpt/l|10*12/L"),
    (
        "10^3/µL",
        "10^3/µL|x10^3/uL|K/µL|K/uL|k/ul|×10³/µL|Tsd/µl|Tsd./µl|thou/uL|THOU/UL|Thousand/uL|1000/µL|x1000/µL|x103/µL",
    ),
    ("10^3/mm3", "10^3/mm3|K/mm3|x10³/mm³|thousand/mm3"),
    ("10^6/µL", "10^6/µL|M/µL|M/uL|Mio/µl|Mio./µl|million/µL|Million/uL|MILL/MCL"),
    ("10^5/mm3", "lakh/mm3|lakhs/cumm|lacs/cu mm"),
    (
        "mm/h",
        "mm/h|mm/hr|mm/hour|mm/1h|mm/1 h|mm/1st h|mm/1st hr|mm/1st hour|mm/1sthr|mm/first hour|MM/H|mm/Std|mm in 1st hour|mm 1st hour|mm·h⁻¹|mm/heure",
    ),
    (
        "mL/min/1.73m2",
        "mL/min/1.73m2|ml/min/1.73 m²|mL/min/1.73 m2|mL/min/1,73m2|ml/mn/1.73m²|mL/min per 1.73 m2|mL·min⁻¹·1.73m⁻²|mL/min/1.73m^2|ml/min/1.73",
    ),
    ("mL/min", "mL/min|ml/mn|ml per minute"),
    ("%", "%|percent|PERCENT|vol%|％"),
    ("‰", "‰|per mille"),
    ("mmHg", "mmHg|mm Hg|mm hg|MMHG|mm[Hg]|mm of Hg"),
    ("kPa", "kPa|KPA|kpa"),
    ("/min", "/min|1/min|bpm|BPM|beats/min|min-1|per minute"),
    ("°C", "°C|° C|ºC|˚C|℃|deg C|degC|Cel|Celsius"),
    ("mmol/L", "mmol/L|mmol/l|MMOL/L|mM|mmol·L⁻¹|mmol L^-1|mmol.L-1"),
    ("mg/kg/d", "mg/kg/day|mg/kg/d|mg/kg per day|mg·kg⁻¹·d⁻¹|MG/KG/DAY|mg/kg/24h"),
    ("/nL", "/nL|/nl|1/nl"),
    ("mg/d", "mg/{24_h}|mg/(24.h)|mg/day|mg/24h|mg/24 h|mg per day|mg/24 hours"),
    ("kg/m2", "kg/m2|kg/m²|Kg/m2|KG/M2|kg·m⁻²|kg/m^2"),
    ("m2", "m2|m²|m^2|sqm|sq m|sq. m"),
    ("mOsm/kg", "mOsm/kg|mosm/kg|MOSM/KG|mOsmol/kg"),
    ("kg", "kg|Kg|KG|kgs|kilograms"),
    ("cm3", "cm3|cm³|cc|ccm|cubic cm"),
    ("mmol/mol", "mmol/mol|MMOL/MOL"),
    ("INR", "INR|inr|{INR}"),
    ("HU", "HU|Hounsfield units|[hnsf'U]"),
    ("/HPF", "/HPF|/hpf|/high power field|/[HPF]"),
    ("L/L", "L/L|l/l"),
    ("mg/g", "mg/g|mg/g Cr|mg/gCr|mg/g creatinine|mg/g of creatinine"),
    ("mg/mmol", "mg/mmol|mg/mmol creatinine"),
    ("GPL/mL", "GPL/mL|GPL|GPL units|GPL U/mL"),
    ("µg/mL FEU", "µg/mL FEU|ug/ml FEU|mcg/mL (FEU)"),
    ("ng/mL/h", "ng/mL/h|ng/ml/hr"),
    ("pack-years", "pack-years|pack years|PACK-YEARS"),
    ("kU/L", "kU/L|kUA/L|KU/L"),
];

#[test]
fn spellings_of_the_clinic() {
    for (meant, spellings) in IN_CLINICS {
        for spelling in spellings.split('|') {
            assert_eq!(name(spelling), *meant, "{spelling}");
        }
    }
}

/// Words and signs beside a number that are not its unit.
const NO_UNITS: &[&str] = &[
    "",
    " ",
    "to 15",
    "bis 15",
    "or 15",
    "and 15",
    "*",
    "†",
    "/F",
    "/M",
    "/m",
    "/H",
    "/S",
    "/a",
    "not fasting",
    "x 4",
    "m75",
    "O",
    "a",
    "b",
    "B2",
    "st",
    "C",
    "F",
    "R",
    "G",
    "K",
    "T",
    "k",
    "d",
    "y",
    "yM",
    "d/F",
    "but poor collection",
    "years",
    "months",
    "weeks",
    "days",
    "mm/90mm",
    "mm/2h",
    "Mg",
    "Mg/dL",
    "Mmol",
    "Mmol/L",
    "PA",
    "pa",
    "MIU/mL",
    "MU/L",
    "M/L",
    "MS",
    "t/l",
    "m/ul",
    "speckled",
    "in",
    "1e",
    "e",
    "d/o",
    "m m",
    "k g",
    "g/m",
    "L/R",
    "M/F",
    "/L",
    "10^9",
    "x10^9",
    "cells",
    "E",
    "1.73m2",
    "mg/",
    "/",
    "//",
    "mg//dL",
    "mg/dL/L",
    "+",
    "++",
    "-1",
    "^",
    "kg/m3",
];

#[test]
fn what_is_no_unit_has_none() {
    for text in NO_UNITS {
        assert_eq!(name(text), "", "{text}");
    }
    assert_eq!(name(&"m".repeat(1000)), "");
}

#[test]
fn single_letters_need_their_column() {
    for (letter, meant) in
        [("L", "L"), ("l", "L"), ("m", "m"), ("s", "s"), ("h", "h"), ("U", "U"), ("D", "D"), ("J", "J")]
    {
        let written = unit(letter).unwrap();
        assert_eq!((written.unit.name(), written.needs_context), (meant, true));
    }
    for word in ["g", "%", "°", "liter", "kg", "/min", "g/L"] {
        assert!(!unit(word).unwrap().needs_context, "{word}");
    }
}

#[test]
fn capitals_count_where_they_change_the_meaning() {
    assert_eq!((name("G/L"), name("g/L"), name("G/DL")), ("10^9/L", "g/L", "g/dL"));
    assert_eq!((name("M/µL"), name("mU/L"), name("Pa")), ("10^6/µL", "mU/L", "Pa"));
    assert_eq!(known("G/L").dimension(), Dimension::NumberConcentration);
}

fn ratio(numerator: i128, denominator: i128) -> Ratio<i128> {
    Ratio::new(numerator, denominator)
}

/// From, to, and the factor as a fraction: by hand from the definitions of UCUM and the prefixes of the SI brochure.
const CONVERSIONS: &[(&str, &str, i128, i128)] = &[
    ("kg", "g", 1000, 1),
    ("g", "kg", 1, 1000),
    ("lb", "kg", 45_359_237, 100_000_000), // avoirdupois pound, 1959
    ("oz", "lb", 1, 16),
    ("m", "cm", 100, 1),
    ("inch", "cm", 254, 100),
    ("ft", "inch", 12, 1),
    ("m2", "cm2", 10_000, 1),
    ("mm2", "cm2", 1, 100),
    ("mm3", "µL", 1, 1), // L is dm3
    ("cm3", "mL", 1, 1),
    ("µm3", "fL", 1, 1),
    ("g/L", "g/dL", 1, 10),
    ("mg/dL", "g/L", 1, 100),
    ("mg/dL", "mg/L", 10, 1),
    ("µg/L", "ng/mL", 1, 1),
    ("ng/dL", "pg/mL", 10, 1),
    ("µg/dL", "ng/mL", 10, 1),
    ("mg/cm3", "g/L", 1, 1),
    ("mmol/L", "µmol/L", 1000, 1),
    ("nmol/mL", "µmol/L", 1, 1),
    ("mEq/L", "µEq/mL", 1, 1),
    ("U/L", "µkat/L", 1, 60), // U is 1 umol/min, kat 1 mol/s
    ("nkat/L", "U/L", 6, 100),
    ("IU/L", "mIU/mL", 1, 1),
    ("IU/L", "U/L", 1, 1),
    ("IU/mL", "IU/L", 1000, 1),
    ("µIU/mL", "mIU/L", 1, 1),
    ("10^9/L", "/mm3", 1000, 1),
    ("10^9/L", "10^3/µL", 1, 1),
    ("10^12/L", "10^6/µL", 1, 1),
    ("cells/µL", "10^6/L", 1, 1),
    ("lakh/mm3", "10^9/L", 100, 1),
    ("10^6/mL", "/mL", 1_000_000, 1),
    ("%", "‰", 10, 1),
    ("L/L", "%", 100, 1),
    ("mmHg", "kPa", 133_322, 1_000_000), // m[Hg] is 133.322 kPa
    ("cmH2O", "Pa", 980_665, 10_000),    // m[H2O] is 9.80665 kPa
    ("mbar", "hPa", 1, 1),
    ("kcal", "kJ", 4184, 1000), // cal is 4.184 J
    ("cm/s", "m/s", 1, 100),
    ("m/s", "mm/h", 3_600_000, 1),
    ("Hz", "/min", 60, 1),
    ("/wk", "/d", 1, 7),
    ("mL/s", "mL/min", 60, 1),
    ("L/d", "mL/min", 1000, 1440),
    ("mL/s/1.73m2", "mL/min/1.73m2", 60, 1),
    ("g/d", "mg/d", 1000, 1),
    ("µg/min", "mg/d", 144, 100),
    ("mg/wk", "mg/d", 1, 7),
    ("mg/kg", "µg/g", 1, 1),
    ("mg/g", "µg/mg", 1, 1),
    ("mg/mmol", "g/mol", 1, 1),
    ("mmol/mol", "µmol/mmol", 1, 1),
    ("kg/m2", "g/cm2", 1, 10),
    ("µg/kg/min", "mg/kg/h", 6, 100),
    ("L/min/m2", "mL/min/m2", 1000, 1),
    ("mL/kg/h", "mL/kg/d", 24, 1),
    ("mOsm/kg", "osm/kg", 1, 1000),
    ("min", "s", 60, 1),
    ("h", "min", 60, 1),
    ("cGy", "Gy", 1, 100),
    ("mCi", "MBq", 37, 1),
    ("RU/mL", "RU/L", 1000, 1),
    ("mg/L FEU", "ng/mL FEU", 1000, 1),
];

#[test]
fn conversions_are_those_of_the_definitions() {
    for &(from, to, numerator, denominator) in CONVERSIONS {
        let conversion = known(from).conversion_to(known(to)).unwrap_or_else(|| panic!("{from} is no {to}"));
        assert_eq!(conversion.factor, ratio(numerator, denominator), "{from} in {to}");
        assert_eq!(conversion.offset, ratio(0, 1), "{from} in {to}");
    }
}

#[test]
fn a_temperature_has_another_zero() {
    let to_celsius = known("°F").conversion_to(known("°C")).unwrap();
    assert_eq!(to_celsius.apply(ratio(1004, 10)), Some(ratio(38, 1)));
    assert_eq!(known("°C").conversion_to(known("°F")).unwrap().apply(ratio(37, 1)), Some(ratio(986, 10)));
}

#[test]
fn what_measures_something_else_is_not_converted() {
    for (one, other) in [
        ("%", "mmol/mol"),
        ("mg/dL", "mmol/L"),
        ("mEq/L", "mmol/L"),
        ("AU/mL", "U/mL"),
        ("AU/mL", "GPL/mL"),
        ("mg/L FEU", "mg/L"),
        ("mg/kg", "mg/kg/d"),
        ("mL/min", "mL/min/1.73m2"),
        ("mOsm/kg", "mOsm/L"),
        ("g/L", "G/L"),
        ("mm", "mm/h"),
        ("/HPF", "/LPF"),
        ("copies/mL", "cells/mL"),
        ("mg/g", "%"),
    ] {
        assert_eq!(known(one).conversion_to(known(other)), None, "{one} in {other}");
    }
}

#[test]
fn conversion_there_and_back_is_identity() {
    for one in every() {
        for other in every().filter(|other| other.dimension() == one.dimension()) {
            let Some(there) = one.conversion_to(other) else {
                assert_eq!(one.dimension(), Dimension::ArbitraryConcentration, "{} in {}", one.name(), other.name());
                continue;
            };
            let back = other.conversion_to(one).unwrap();
            let value = ratio(1234, 100);
            let returned = there.apply(value).and_then(|value| back.apply(value));
            assert_eq!(returned, Some(value), "{} in {}", one.name(), other.name());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(any in ".{0,60}", text in "[a-zA-Zµμ0-9^*/ .,·⁻²³⁹%°()\\[\\]-]{0,20}") {
        let _ = (unit(&any), unit(&text));
        let normal = spelling::normalise(&text);
        prop_assert!(normal.is_some_and(|normal| !normal.contains("  ")));
    }

    #[test]
    fn letters_and_digits_are_written_anew_as_they_are(text in "[a-zA-Z]{0,3}(10|[0-9])?[eE]?[a-zA-Z0-9]{0,6}") {
        let normal = spelling::normalise(&text).map(|normal| normal.into_owned());
        prop_assert_eq!(normal, Some(spelling::rewritten(&text)));
    }

    #[test]
    fn spaces_around_and_beside_a_slash_do_not_matter(one in proptest::sample::select(every().collect::<Vec<_>>()), spaces in " {0,3}") {
        let text = format!("{spaces}{}{spaces}", one.name().replace('/', &format!("{spaces}/{spaces}")));
        prop_assert_eq!(unit(&text).map(|found| found.unit.name()), Some(one.name()));
    }
}
