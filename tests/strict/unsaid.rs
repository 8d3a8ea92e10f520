//! Codes and words that name no value, or one that another cell of their column writes in another way.

use super::{findings, run_files, stat};
use serde_json::{Value, json};

/// A header, its cells, statistics by key, and the ids of the warnings.
type Sheet = (&'static str, &'static [&'static str], &'static [(&'static str, u64)], &'static [&'static str]);

fn read(header: &str, cells: &[&str]) -> (Value, String) {
    let rows: String =
        cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{}\"\n", cell.replace('"', "\"\""))).collect();
    let text = format!("case_id,\"{header}\"\n{rows}");
    let ran = run_files(&[("cases.csv", text.as_bytes())], &["--format", "json"]);
    let summary = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{text}{}", ran.stderr));
    (summary, ran.stderr)
}

#[track_caller]
fn all(sheets: &[Sheet]) {
    for (header, cells, expected, warnings) in sheets {
        let (summary, stderr) = read(header, cells);
        for (key, value) in *expected {
            assert_eq!(stat(&summary, &format!("{header}{key}")), &json!(value), "{header} {cells:?} {key}\n{stderr}");
        }
        let said: Vec<&str> =
            stderr.lines().filter_map(|line| line.strip_prefix("warning[")?.split(']').next()).collect();
        assert_eq!(said, *warnings, "{header} {cells:?}\n{stderr}");
        assert!(warnings.iter().all(|id| findings(&summary).contains(id)));
    }
}

#[test]
fn codes_that_a_header_declares_or_that_have_no_order_are_levels() {
    all(&[
        ("fever (1=yes, 2=no)", &["1", "2", "1"], &[("[1].n", 2), ("[2].n", 1)], &[]),
        ("ANA (1=pos, 2=neg)", &["1", "2", "1"], &[("[1].n", 2)], &[]),
        ("Rauchen (1=ja 2=nein)", &["1", "2", "1"], &[("[1].n", 2)], &[]),
        ("fever (1=yes, 2=no)", &["yes", "no", "yes"], &[("[yes].n", 2)], &[]),
        ("fever (1=yes, 2=no, 9=unknown)", &["1", "2", "9"], &[("[1].n", 1), ("[1].N", 2)], &[]),
    ]);
    for header in ["ICD", "ICD-10", "race", "ethnicity", "genotype", "smoking status", "treatment", "Raucherstatus"] {
        let (summary, stderr) = read(header, &["1", "2", "2"]);
        assert_eq!(stat(&summary, &format!("{header}[2].n")), 2, "{stderr}");
    }
    let labelled = run_files(&[("cases.csv", b"case_id,\"fever (1=yes, 2=no)\"\nP1,1\nP2,2\nP3,1\n")], &[]);
    assert!(labelled.stdout.lines().any(|line| line.trim_start().starts_with("yes")), "{}", labelled.stdout);
}

#[test]
fn codes_for_a_missing_value_are_warned_of() {
    all(&[
        ("fever", &["0", "1", "1", "0", "88"], &[("[1].n", 2)], &["missing-code-likely"]),
        ("fever", &["0", "1", "1", "0", "8"], &[("[1].n", 2)], &["missing-code-likely"]),
        ("score", &["3", "5", "2", "88"], &[(".N", 4)], &["missing-code-likely"]),
        ("score", &["3", "5", "2", "77"], &[(".N", 4)], &["missing-code-likely"]),
        ("score", &["3", "5", "2", "888"], &[(".N", 4)], &["missing-code-likely"]),
        ("crp", &["3", "5", "2", "88"], &[(".N", 4)], &[]),
        ("age", &["3", "5", "2", "77"], &[(".N", 4)], &[]),
        ("smoker", &["1", "0", "ex", "1", "0"], &[("[1].n", 2), ("[ex].n", 1)], &["mixed-column"]),
    ]);
}

#[test]
fn words_for_a_missing_value_are_no_levels_in_silence() {
    for word in [
        "NI",
        "NS",
        "n.s.",
        "n/s",
        "s.d.",
        "nb",
        "NE",
        "n.e.",
        "MD",
        "oA",
        "NAV",
        "UK",
        "miss",
        "insufficient",
        "ausstehend",
        "tbc",
        "see notes",
        "s. Befund",
        "inconclusive",
        "indet.",
        "*",
        "NA (male)",
        "U",
    ] {
        let (_, stderr) = read("fever", &["yes", "no", word]);
        let said = ["warning[look-alike-missing]", "warning[missing-word]"].iter().any(|id| stderr.contains(id));
        assert!(said && stderr.contains("case P2, column fever"), "{word}\n{stderr}");
    }
    for word in
        ["n. erh.", "onb.", "not avail.", "nodata", "QNS", "hemolysed", "lab error", "ignor\u{e9}", "lost results"]
    {
        let (summary, stderr) = read("fever", &["yes", "no", word]);
        assert_eq!(stat(&summary, "fever[yes].N"), 2, "{word}\n{stderr}");
        assert!(!stderr.contains("warning["), "{word}\n{stderr}");
    }
    all(&[
        ("ANA", &["positif", "n\u{e9}gatif", "NF"], &[(".N_obs", 3)], &["look-alike-missing"]),
        ("sex", &["F", "M", "U"], &[("[female].n", 1), ("[female].N", 2), (".N_miss", 1)], &[]),
        ("country", &["UK", "DE", "NE"], &[("[UK].n", 1)], &[]),
    ]);
}

#[test]
fn a_sign_that_repeats_a_cell_is_unreadable() {
    for sign in ["\"", "idem", "dito", "ditto", "as above", "s.o."] {
        let (summary, stderr) = read("site of biopsy", &["knee", sign, "hip"]);
        assert!(stderr.contains("warning["), "{sign}\n{stderr}");
        assert!(summary["results"].to_string().matches(&format!("[{sign}]")).count() == 0, "{sign}");
    }
    all(&[("diet", &["vegan", "idem", "mixed"], &[("[vegan].N", 2), (".N_unreadable", 1)], &["ditto-mark"])]);
    all(&[("course", &["better", "same", "worse"], &[], &[])]);
}

#[test]
fn none_and_a_death_in_several_words_look_alike() {
    all(&[
        ("Komplikationen", &["keine", "nein", "Fieber"], &[("[none].n", 1)], &["look-alike-levels"]),
        ("Side effects", &["none", "no", "denies", "nausea"], &[], &["look-alike-levels"]),
        ("fate", &["dead", "deceased", "\u{2020}", "alive"], &[("[dead].n", 1)], &["look-alike-levels"]),
    ]);
}

#[test]
fn advice_names_words_that_stand_in_the_cells() {
    let (_, stderr) = read("Komplikationen", &["keine", "nein", "nein", "Fieber"]);
    assert!(stderr.contains("\"synonyms\": {\"nein\": \"none\"}"), "{stderr}");
}

#[test]
fn advice_keeps_answers_with_other_remarks_apart() {
    for (cells, merged, kept) in [
        (&["yes (39)", "yes, low grade", "no"][..], &[][..], &["yes, low grade"][..]),
        (&["YES", "YES", "yes (partial)", "no", "yes"], &["\"yes\": \"YES\""], &["yes (partial)"]),
        (&["Y", "Y (x2)", "no", "y"], &["\"y\": \"Y\""], &["Y (x2)"]),
    ] {
        let (_, stderr) = read("fever", cells);
        assert!(stderr.contains("warning[look-alike-levels]"), "{cells:?}\n{stderr}");
        assert!(merged.iter().all(|pair| stderr.contains(pair)), "{cells:?}\n{stderr}");
        assert!(!kept.iter().any(|level| stderr.contains(&format!("\"{level}\": "))), "{cells:?}\n{stderr}");
    }
}
