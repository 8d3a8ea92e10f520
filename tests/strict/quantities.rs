//! Ages, durations, titres, codes, bands, remarks: what a number with something beside it means in its column.

use super::units::{Typed, assert_read, assert_read_again, typed};
use super::{accepted, run, stat};
use serde_json::{Value, json};

const SHEETS: [Typed; 63] = [
    // Ages: one exact quantity, in years, or in the unit that all have.
    typed(
        "age",
        &["30", "10 days", "45"],
        (3, 0, Some((75.0 + 40.0 / 1461.0) / 3.0), Some("years")),
        &[("unit-assumed", "case P1, column age: '10 days'")],
    ),
    typed("age", &["10", "1a", "20"], (2, 1, Some(15.0), Some("years")), &[("other-unit", "1a")]),
    typed("age", &["3y", "18m", "5y"], (3, 0, Some(9.5 / 3.0), Some("years")), &[]),
    typed("age", &["P12D", "P1M10D", "P4W"], (3, 0, Some(1287.0 / 5844.0 / 3.0), Some("years")), &[]),
    typed("age", &["10 y", "3 wk", "20 y"], (3, 0, Some((30.0 + 84.0 / 1461.0) / 3.0), Some("years")), &[]),
    typed("age", &["9 Monate", "2 J 6 Mo", "6 meses"], (3, 0, Some(1.25), Some("years")), &[]),
    typed("age", &["9 Monate", "6 meses", "3 mois"], (3, 0, Some(6.0), Some("months")), &[]),
    typed("age", &["2½ y", "3", "1 1/2 years"], (3, 0, Some(7.0 / 3.0), Some("years")), &[]),
    typed("age", &["12 d", "7", "10 d", "3 d"], (3, 1, Some(25.0 / 3.0), Some("days")), &[("bare-number", "7")]),
    typed(
        "age (months)",
        &["6", "1 y", "10 days", "6 m"],
        (4, 0, Some((24.0 + 160.0 / 487.0) / 4.0), Some("months")),
        &[],
    ),
    typed("age", &["30", "6 m", "45"], (2, 1, Some(37.5), Some("years")), &[("other-unit", "6 m")]),
    typed(
        "age",
        &["30s", "neonate", "6/12", "12"],
        (1, 3, Some(12.0), Some("years")),
        &[("other-unit", "30s"), ("unreadable-cell", "neonate"), ("unreadable-cell", "6/12")],
    ),
    typed(
        "age",
        &["34 M", "12 F", "10 D", "20"],
        (1, 3, Some(20.0), Some("years")),
        &[("other-unit", "34 M"), ("other-unit", "12 F"), ("other-unit", "10 D")],
    ),
    typed(
        "age",
        &["5479 weeks", "1827 d"],
        (2, 0, Some((5479.0 * 28.0 + 1827.0 * 4.0) / 1461.0 / 2.0), Some("years")),
        &[],
    ),
    typed("age", &["54788 d", "365 d", "7 d"], (2, 1, Some(186.0), Some("days")), &[("impossible-age", "54788 d")]),
    // Durations.
    typed("follow_up", &["6 months", "12 months"], (2, 0, Some(9.0), Some("months")), &[]),
    typed("Follow-up", &["1 year", "4 months", "2.5 years"], (3, 0, Some(46.0 / 3.0), Some("months")), &[]),
    typed(
        "Duration of symptoms",
        &["2 years", "5 mo", "10 days", "6 m"],
        (4, 0, Some((35.0 + 160.0 / 487.0) / 4.0), Some("months")),
        &[],
    ),
    typed(
        "Krankheitsdauer",
        &["2 Jahre", "5 Monate", "1 Jahr 3 Monate"],
        (3, 0, Some(44.0 / 3.0), Some("months")),
        &[],
    ),
    typed("Verlauf", &["9 Monate", "2 Jahre", "18 Monate"], (3, 0, Some(17.0), Some("months")), &[]),
    typed("follow_up", &["6 m", "12 m", "18m"], (3, 0, Some(12.0), Some("months")), &[]),
    typed(
        "follow_up",
        &["6 months", "12", "9 months", "7"],
        (4, 0, Some(8.5), Some("months")),
        &[("unit-assumed", "")],
    ),
    typed("follow_up", &["1 year", "12", "6 months"], (2, 1, Some(9.0), Some("months")), &[("bare-number", "12")]),
    typed("follow_up (years)", &["6 months", "2", "730.5 days"], (3, 0, Some(1.5), Some("years")), &[]),
    typed("follow_up", &["12+", ">24", "lost", "6"], (3, 0, None, None), &[]),
    typed(
        "follow_up",
        &["12 months", "lost to follow-up", "LTFU", "18 months"],
        (2, 0, Some(15.0), Some("months")),
        &[],
    ),
    typed("follow_up", &["12+", "3 wk", "5 wk"], (2, 1, Some(4.0), Some("weeks")), &[("bare-number", "12+")]),
    typed("follow_up", &["12+", "13 wk", "5 wk"], (3, 0, None, Some("weeks")), &[("unit-assumed", "")]),
    typed("infusion", &["2 h", "90 min"], (2, 0, Some(1.75), Some("hours")), &[]),
    typed("stay (days)", &["36 h", "2", "1 week"], (3, 0, Some(3.5), Some("days")), &[]),
    typed("proteinuria", &["2+", "5", "3", "4"], (3, 1, Some(4.0), None), &[("unreadable-cell", "2+")]),
    // What stands beside a number.
    typed("crp", &["12*", "12†", "34000 (post-op)", "4"], (4, 0, Some(8507.0), None), &[]),
    typed("alt", &["1.2 (0.8-1.5)", "674 (5–45)", "3 [5-45]"], (3, 0, Some(678.2 / 3.0), None), &[]),
    typed(
        "alt",
        &["12 (ref. 5–45)", "20 (N: 5-45)", "7 (45-5)"],
        (2, 1, Some(16.0), None),
        &[("other-unit", "7 (45-5)")],
    ),
    typed("score", &["12 (10–14)", "11", "13"], (2, 1, Some(12.0), None), &[("other-unit", "12 (10–14)")]),
    typed("esr", &["44 mm/90mm", "86 (120)", "37"], (3, 0, Some(167.0 / 3.0), None), &[]),
    typed("VS", &["44/90", "86/120 mm", "37"], (3, 0, Some(167.0 / 3.0), None), &[]),
    typed("BSG", &["44/90", "90/44", "37"], (2, 1, Some(40.5), None), &[("unreadable-cell", "90/44")]),
    typed("crp", &["44/90", "86/120", "37/60"], (0, 3, None, None), &[("unreadable-cell", "44/90")]),
    typed(
        "age",
        &["12", "neonate", "about 40", "adult"],
        (1, 3, Some(12.0), Some("years")),
        &[("unreadable-cell", "neonate")],
    ),
    typed("age", &["6/12", "3/12"], (0, 2, None, Some("years")), &[("unreadable-cell", "6/12")]),
    typed("Thrombozyten", &["443", "396000", "280"], (0, 3, None, None), &[("two-scales", "443")]),
    typed("Plaquettes", &["443", "396000", "280"], (0, 3, None, None), &[("two-scales", "443")]),
    typed("piastrine", &["443", "396000", "280"], (0, 3, None, None), &[("two-scales", "443")]),
    typed("height", &["1m75", "180", "175"], (2, 1, Some(177.5), None), &[("other-unit", "1m75")]),
    typed(
        "size",
        &["3 x 4", "12 or 15", "10"],
        (1, 2, Some(10.0), None),
        &[("other-unit", "3 x 4"), ("other-unit", "12 or 15")],
    ),
    typed(
        "crp",
        &["1O", "12 not fasting", "19 but poor collection", "8"],
        (1, 3, Some(8.0), None),
        &[("other-unit", "1O"), ("other-unit", "12 not fasting")],
    ),
    // Codes in a column of numbers.
    typed("crp", &["10", "1L", "20"], (2, 1, Some(15.0), None), &[("other-unit", "1L")]),
    typed("crp", &["10", "192H", "20"], (3, 0, Some(74.0), None), &[]),
    typed(
        "value",
        &["10.5", "1O.9", "1a", "12.5"],
        (2, 2, Some(11.5), None),
        &[("other-unit", "1O.9"), ("other-unit", "1a")],
    ),
    typed("follow_up", &["3A", "12", "24"], (2, 1, Some(18.0), None), &[("other-unit", "3A")]),
    // Titres and ratios.
    typed("duration", &["1:30", "45"], (1, 1, Some(45.0), None), &[("titre-or-ratio", "1:30")]),
    typed("ratio", &["1:2", "1:3"], (0, 2, None, None), &[("titre-or-ratio", "1:2")]),
    typed("crp", &["10", "1:2", "20"], (2, 1, Some(15.0), None), &[("titre-or-ratio", "1:2")]),
    typed("ANA", &["1:80", "1:640 speckled", "1:160"], (3, 0, Some(880.0 / 3.0), None), &[]),
    typed("ANA titer", &["80", "1:160"], (2, 0, Some(120.0), None), &[]),
    // Bands.
    typed("crp", &["5-10", "12", "15"], (2, 1, Some(13.5), None), &[("unreadable-cell", "5-10")]),
    typed("age", &["18-64", "70", "12"], (2, 1, Some(41.0), Some("years")), &[("unreadable-cell", "18-64")]),
    // Two scales.
    typed("eos", &["4%", "0.03", "3 %", "5"], (0, 4, None, None), &[("two-scales", "0.03"), ("other-unit", "4%")]),
    typed("platelets", &["443", "396000", "250"], (0, 3, None, None), &[("two-scales", "443")]),
    typed("WBC", &["7.2", "11500", "6.8"], (0, 3, None, None), &[("two-scales", "7.2")]),
    typed("platelets", &["443", "396", "12"], (3, 0, Some(851.0 / 3.0), None), &[]),
    typed("base excess", &["-3.2", "-1", "2"], (3, 0, Some(-2.2 / 3.0), None), &[]),
];

#[test]
fn a_number_means_what_stands_beside_it_or_is_loudly_unreadable() {
    assert_read(&SHEETS);
}

#[test]
fn what_is_decided_of_quantities_is_in_the_schema() {
    assert_read_again(&SHEETS);
}

fn sheet(header: &str, cells: &[&str]) -> String {
    let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n")).collect();
    format!("case_id,{header}\n{rows}")
}

#[test]
fn codes_and_bands_are_levels() {
    for (header, cells, level, n, warns) in [
        ("genotype", &["1a", "1a", "3a"][..], "1a", 2, false),
        ("stage", &["1A", "1B", "2A"], "1B", 1, false),
        ("AO_class", &["41B2", "42A1", "41B2"], "41B2", 2, false),
        ("Side", &["1L", "2R", "1L"], "1L", 2, false),
        ("ward", &["4A", "4B", "5"], "5", 1, true),
        ("code", &["25M", "26F", "3"], "25M", 1, true),
        ("Clavien", &["3a", "IIIa", "2"], "2", 1, true),
        ("age_group", &["18-64", ">64", "<18"], ">64", 1, false),
        ("age", &["18-64", "65+", "<18"], "65+", 1, false),
        ("parity", &["0", "1-2", "3+", "3+"], "3+", 2, true),
        ("bmi", &["20 to 25", "25-30", ">30"], "20 to 25", 1, false),
    ] {
        let ran = run(sheet(header, cells), &["--format", "json"]);
        let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(stat(&summary, &format!("{header}[{level}].n")), &json!(n), "{header} {}", ran.stderr);
        assert_eq!(ran.stderr.contains("warning[mixed-column]"), warns, "{header} {}", ran.stderr);
        assert_eq!(ran.stderr.contains("warning["), warns, "{header} {}", ran.stderr);
    }
}

#[test]
fn a_reference_range_in_the_cell_judges_the_result() {
    let summary = accepted(sheet("alt", &["1.2 (0.8-1.5)", "674 (5–45)", "3 (5-45)", "<2 (5-45)", "9"]), &[]);
    let stated = |status: &str| stat(&summary, &format!("alt_stated[{status}].n")).clone();
    assert_eq!([stated("low"), stated("normal"), stated("high")], [json!(2), json!(1), json!(1)]);
}

#[test]
fn what_is_left_aside_is_said_with_its_place() {
    let ran = run(sheet("crp", &["12*", "34000 (post-op)", "7 (high)"]), &["--strict"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for said in ["note[remark-aside]: '*' beside the number is ignored", "case P1, column crp: '34000 (post-op)'"] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("remark-aside").count(), 2, "{}", ran.stderr);
}

#[test]
fn the_unit_of_a_column_is_settled_by_an_option_or_the_schema() {
    for (header, cells, option, mean, unit) in [
        ("age", &["12 d", "7", "10 d", "3 d"][..], "age=days", 8.0, "days"),
        ("age", &["12 d", "7", "10 d"], "age=Jahre", (7.0 + 88.0 / 1461.0) / 3.0, "years"),
        ("follow_up", &["1 year", "12", "6 months"], "follow_up=months", 10.0, "months"),
        ("platelets", &["443", "396", "250"], "platelets=10^9/L", 363.0, "10^9/L"),
        ("eos", &["4%", "0.5", "3 %"], "eos=%", 2.5, "%"),
        ("weight", &["70", "3500 g", "72"], "weight=kg", 48.5, "kg"),
        ("creatinine", &["88 umol/L", "95 umol/L", "99"], "creatinine=umol/L", 94.0, "umol/L"),
        ("fatigue", &["7", "8"], "fatigue=points", 7.5, "points"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), sheet(header, cells)).unwrap();
        let schema = super::run_in(folder.path(), &["schema", "cases.csv", "--unit", option]);
        std::fs::write(folder.path().join("s.json"), schema.stdout).unwrap();
        for options in [["--unit", option], ["--schema", "s.json"]] {
            let all = [&["summarize", "cases.csv", "--format", "json", "--strict"], options.as_slice()].concat();
            let ran = super::run_in(folder.path(), &all);
            assert_eq!(ran.code, Some(0), "{header} {}", ran.stderr);
            let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
            let row = crate::support::row(&summary, &format!("{header}.mean"));
            assert!((row["stat"].as_f64().unwrap() - mean).abs() < 1e-12 * mean, "{header} {row}");
            assert_eq!(row["unit"], unit, "{header}");
        }
    }
}

#[test]
fn a_unit_that_makes_no_sense_is_refused() {
    let ages = sheet("age", &["12", "7"]);
    super::refused(
        &ages,
        &["--unit", "age=kg"],
        &["error: 'kg' is not a unit of time, but the column 'age' has the role age (--unit)"],
    );
    let stages = sheet("stage", &["1a", "2b"]);
    super::refused(
        &stages,
        &["--unit", "stage=kg"],
        &[
            "error: the column 'stage' has the kind category, and no unit (--unit)",
            "  help: if it holds numbers in kg, add --kind stage=number",
        ],
    );
    super::refused(&ages, &["--unit", "age=12"], &["error: '12' is not a valid unit (--unit)"]);
    super::refused(
        &ages,
        &["--unit", "age"],
        &["error: 'age' is not a valid value (--unit)", "  help: write --unit COLUMN=UNIT"],
    );
}

#[test]
fn the_schema_declares_titres() {
    let schema = |titres: &str| {
        format!(
            r#"{{"fields": [{{"name": "case_id"}}, {{"name": "ana", "type": "number", "calcSeries": {{"titres": "{titres}"}}}}]}}"#
        )
    };
    for (titres, mean) in [("values", 60.0), ("unreadable", 40.0)] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), sheet("ana", &["1:80", "40"])).unwrap();
        std::fs::write(folder.path().join("s.json"), schema(titres)).unwrap();
        let ran = super::run_in(folder.path(), &["get", "cases.csv", "ana.mean", "--raw", "--schema", "s.json"]);
        assert_eq!(ran.stdout.trim().parse::<f64>().ok(), Some(mean), "{}", ran.stderr);
    }
}

#[test]
fn the_length_of_a_year_is_said_where_it_was_used() {
    let said = |header: &str, cells: &[&str]| run(sheet(header, cells), &[]).stdout.contains("A year has 365.25 days");
    assert!(said("age", &["30", "10 days", "45"]));
    assert!(said("follow_up", &["2 weeks", "1 month"]));
    assert!(said("stay (days)", &["2 months", "3"]));
    assert!(!said("age", &["30", "18 months", "2y6m"]));
    assert!(!said("stay (days)", &["2 weeks", "36 h"]));
}

/// A titre that is none makes no titres of the numbers beside it.
#[test]
fn numbers_beside_an_unreadable_titre_have_the_quartiles_of_numbers() {
    let ran = run("case_id,crp\nP1,10\nP2,1:2\nP3,20\n", &["--format", "json"]);
    let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(stat(&summary, "crp.median"), &json!(15.0));
}

/// Every part of the program reads the number that was meant, and says so once a text.
#[test]
fn digits_of_binary_arithmetic_are_those_of_the_number_that_was_meant() {
    for (written, meant) in [
        ("0.30000000000000004", "0.3"),
        ("3.3000000000000003", "3.3"),
        ("99.99999999999999", "100"),
        ("1.2482900000000001", "1.24829"),
        ("0.1000000000000000055511151231257827", "0.1"),
        ("-0.30000000000000004", "-0.3"),
    ] {
        let cells = sheet("delta", &[written, "2", "4"]);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), &cells).unwrap();
        let run = |arguments: &[&str]| super::run_in(folder.path(), arguments);
        let summary = run(&["summarize", "cases.csv", "--vars", "delta", "--format", "csv"]);
        assert!(summary.stderr.contains(&format!("note[binary-noise]: read as {meant}")), "{}", summary.stderr);
        assert!(!summary.stdout.contains("0000000") && !summary.stdout.contains("9999999"), "{}", summary.stdout);
        // A number of more than 18 digits is no number of a filter.
        for value in [meant, written].into_iter().filter(|value| value.len() < 20) {
            let found = run(&["get", "cases.csv", "cases", "--where", &format!("delta = {value}")]);
            assert_eq!(found.stdout.trim(), "1", "{value}: {}", found.stderr);
        }
        let listed = run(&["cases", "cases.csv", "--columns", "delta", "--format", "csv"]);
        assert!(listed.stdout.lines().any(|line| line.ends_with(meant)), "{}", listed.stdout);
    }
    // Digits that mean something stay.
    for written in ["1.2345678901234567", "123456789012345678", "0.123456789012345"] {
        let ran = run(sheet("delta", &[written, "2"]), &["--vars", "delta"]);
        assert!(!ran.stderr.contains("binary-noise"), "{written}: {}", ran.stderr);
    }
}
