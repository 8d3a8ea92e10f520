//! A year of birth is withheld under `--deidentify` in every language, and so are years below a header that nobody knows.

use crate::support::{file, stdout};

#[test]
fn a_year_of_birth_is_in_no_output() {
    for header in [
        "Jahrgang",
        "Jg.",
        "Geboortejaar",
        "Geboorte jaar",
        "birthyr",
        "BYR",
        "Né en",
        "Nacido en",
        "Nascido em",
        "YOB (yyyy)",
        "Födelseår",
        "Rok urodzenia",
        "Szul.",
        "annus",
    ] {
        let text = format!("case_id,{header},score\nP1,1929,3\nP2,1931,4\nP3,1950,5\n");
        let (_folder, path) = file("cases.csv", text);
        let path = path.to_string_lossy();
        for command in ["cases", "summarize", "validate"] {
            let shown = crate::support::run(&[command, &path, "--deidentify"]);
            let shown = [shown.stdout, shown.stderr].concat();
            let shown = String::from_utf8_lossy(&shown);
            assert!(!shown.contains("1929") && !shown.contains("1936"), "{command} {header}: {shown}");
        }
    }
}

#[test]
fn an_age_over_89_is_a_group_below_a_header_of_years_old() {
    for header in ["Y.O.", "yo", "y/o"] {
        let (_folder, path) = file("cases.csv", format!("case_id,{header}\nP1,93\nP2,40\nP3,52\n"));
        let shown = stdout(&["cases", &path.to_string_lossy(), "--deidentify", "--columns", "all"]);
        assert!(shown.contains(">89") && !shown.contains("93"), "{header}: {shown}");
    }
}
