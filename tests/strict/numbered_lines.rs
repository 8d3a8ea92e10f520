//! Treatments in several columns that the headers number are the lines of the patient.

use super::{findings, noted, run, run_files, run_in, stat};
use serde_json::Value;

const CASES: &str = "case_id,sex,Treatment 1,Response 1,Treatment 2,Response 2,Treatment 3
P1,F,MTX,none,IVIG,CR,
P2,M,MTX,PR,,,
P3,F,none,,,,
P4,F,MTX + prednisone,SD,n/a,,-
P5,F,unknown,,,,
";

/// The statistics of the same patients in one column.
const IN_ONE: &str = "case_id,sex,treatment
P1,F,MTX: none; IVIG: CR
P2,M,MTX: PR
P3,F,none
P4,F,MTX + prednisone: SD
P5,F,unknown
";

#[test]
fn numbered_columns_are_lines_as_in_one_column() {
    let lines = [
        "note[lines-of-columns]: the treatments of a case stand in 3 columns, which are read as its treatment lines, in the \
         column treatment: 1 Treatment 1 with Response 1, 2 Treatment 2 with Response 2, 3 Treatment 3",
        "  column Treatment 1",
    ];
    let summary = noted(CASES, &[], &lines);
    assert_eq!(summary["results"], noted(IN_ONE, &[], &[])["results"]);
    assert_eq!(stat(&summary, "response_by_agent[MTX].n_treated"), 3);
    assert_eq!(stat(&summary, "response_by_line[2].n_complete"), 1);
    assert!(!findings(&summary).contains(&"treatments-in-columns"));
}

#[test]
fn the_series_is_known_by_its_names_in_seven_languages() {
    for (first, second, response) in [
        ("1st line", "2nd line", "1st line response"),
        ("first_line_treatment", "second_line_treatment", "response_1"),
        ("drug 1", "drug 2", "resp 1"),
        ("Line 1", "Line 2", "response to line 1"),
        ("Therapie 1", "Therapie 2", "Ansprechen 1"),
        ("Erstlinientherapie", "Zweitlinientherapie", "Ansprechen 1"),
        ("tratamiento_1", "tratamiento_2", "respuesta_1"),
        ("1ère ligne", "2ème ligne", "réponse 1"),
        ("Terapia 1", "Terapia 2", "risposta 1"),
        ("1ª linha", "2ª linha", "resposta 1"),
        ("Behandeling 1", "Behandeling 2", "respons 1"),
    ] {
        let text = format!("case_id,{first},{response},{second}\nP1,MTX,PR,IVIG\nP2,MTX,none,\n");
        let summary = noted(text, &[], &[]);
        assert!(findings(&summary).contains(&"lines-of-columns"), "{first}");
        assert_eq!(stat(&summary, "treatment.n_lines"), 3, "{first}");
        assert_eq!(stat(&summary, "response_by_agent[MTX].n_responders"), 1, "{first}");
    }
}

#[test]
fn a_gap_is_loud_with_its_place() {
    for (row, shown) in [
        (",,IVIG,CR,", "[Treatment 1: blank]:"),
        ("none,,IVIG,CR,", "[Treatment 1: none]:"),
        ("MTX,PR,,,IVIG", "[Treatment 2: blank]:"),
        ("MTX,PR,,CR,", "[Treatment 2: blank]: CR"),
    ] {
        let ran = run(format!("{CASES}P6,F,{row}\n"), &[]);
        let wanted = format!(
            "warning[line-unreadable]: this treatment line cannot be read: treatment line without an agent\n  \
             cases.csv line 7, case P6, column treatment: '{shown}'\n"
        );
        assert!(ran.stderr.contains(&wanted), "{}", ran.stderr);
    }
}

#[test]
fn a_line_of_which_nobody_knows_the_agent_leaves_its_rates_open() {
    let summary = noted(
        format!("{CASES}P6,F,unknown,,IVIG,CR,\n"),
        &[],
        &["  cases.csv line 7, case P6, column treatment: '? (unknown):'"],
    );
    assert!(stat(&summary, "response_by_line[1].n_evaluable").is_null());
    let coded = noted(format!("{CASES}P6,F,99,,,,\n"), &["--missing", "99"], &[]);
    assert_eq!(stat(&coded, "treatment.n_lines"), stat(&noted(CASES, &[], &[]), "treatment.n_lines"));
}

#[test]
fn what_stands_in_one_cell_is_one_line() {
    let summary = noted(
        "case_id,Treatment 1,Response 1,Treatment 2\nP1,MTX; AZA,PR; later relapse,PD\nP2,MTX,CR,\n",
        &[],
        &["warning[unsplit-items]: cells hold several items joined by ','; each is counted as one agent"],
    );
    assert_eq!(stat(&summary, "treatment.n_lines"), 3);
    assert_eq!(stat(&summary, "response_by_line[1].n_responders"), 2);
    let own = run("case_id,Treatment 1,Response 1,Treatment 2\nP1,MTX: PR,CR,IVIG\nP2,MTX,CR,\n", &[]);
    assert!(own.stderr.contains("warning[line-unreadable]"), "{}", own.stderr);
}

#[test]
fn a_single_column_of_responses_is_that_of_the_case() {
    let text = |lines: &str| format!("case_id,{lines},Response\n");
    let columns = format!("{}P1,MTX,IVIG,CR\nP2,MTX,,PR\n", text("Treatment 1,Treatment 2"));
    let one = format!("{}P1,MTX; IVIG,CR\nP2,MTX,PR\n", text("Treatment"));
    let (columns, one) = (noted(columns, &[], &[]), noted(one, &[], &[]));
    for key in ["best_response.n_responders", "response_by_agent[MTX].n_treated", "response_by_agent[IVIG].n_treated"] {
        assert_eq!(stat(&columns, key), stat(&one, key), "{key}");
    }
}

#[test]
fn cases_in_json_have_the_same_lines() {
    let json = r#"[{"case_id":"P1","sex":"F","Treatment 1":"MTX","Response 1":"none","Treatment 2":"IVIG","Response 2":"CR"},
        {"case_id":"P2","sex":"M","Treatment 1":"MTX","Response 1":"PR"},{"case_id":"P3","sex":"F","Treatment 1":"none"},
        {"case_id":"P4","sex":"F","Treatment 1":"MTX + prednisone","Response 1":"SD"},
        {"case_id":"P5","sex":"F","Treatment 1":"unknown"}]"#;
    let ran = run_files(&[("cases.json", json.as_bytes())], &["--format", "json"]);
    let summary: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    assert_eq!(summary["results"], noted(IN_ONE, &[], &[])["results"]);
}

#[test]
fn listing_filters_schema_and_conversion_know_the_lines() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), CASES).unwrap();
    let at = |arguments: &[&str]| run_in(folder.path(), arguments);
    let listed = at(&["cases", "cases.csv", "--where", "any_line(agent = 'IVIG' AND response = 'complete')"]);
    assert!(listed.stdout.contains("1 MTX: none; 2 IVIG: CR"), "{}{}", listed.stdout, listed.stderr);
    let first = at(&["summarize", "cases.csv", "--format", "json"]);
    let results = |ran: &super::Ran| serde_json::from_str::<Value>(&ran.stdout).expect("JSON")["results"].clone();
    for name in ["out.json", "out.csv"] {
        let converted = at(&["convert", "cases.csv", "-o", name]);
        assert_eq!(converted.code, Some(0), "{}", converted.stderr);
        assert_eq!(results(&at(&["summarize", name, "--format", "json"])), results(&first), "{name}");
    }
    std::fs::write(folder.path().join("cases.schema.json"), at(&["schema", "cases.csv"]).stdout).unwrap();
    let again = at(&["summarize", "cases.csv", "--format", "json"]);
    assert!(again.stderr.contains("schema-used"), "{}", again.stderr);
    assert_eq!(results(&again), results(&first));
    let masked = at(&["cases", "cases.csv", "--deidentify"]);
    assert!(masked.stdout.contains("1 MTX: none; 2 IVIG: CR"), "{}{}", masked.stdout, masked.stderr);
    let validated = at(&["validate", "cases.csv"]);
    assert!(validated.stdout.contains("stated for 4 of 4 lines"), "{}", validated.stdout);
}

/// A word of a column of responses means there what it means in a column of its own; who declined has no line.
#[test]
fn a_response_means_what_its_column_says() {
    let text =
        "Nr,1. Therapie,Ansprechen 1,2. Therapie,Ansprechen 2\n1,MTX,PR,,\n2,MTX,keine,AZA,komplett\n3,abgelehnt,,,\n";
    let summary = noted(text, &[], &[]);
    assert_eq!(stat(&summary, "treatment.n_untreated"), 1);
    assert_eq!(stat(&summary, "treatment.n_lines"), 3);
    assert_eq!(stat(&summary, "response_by_agent[MTX].n_evaluable"), 2);
    assert_eq!(stat(&summary, "response_by_agent[MTX].n_responders"), 1);
    assert_eq!(stat(&summary, "best_response.n_responders"), 2);
    assert!(!findings(&summary).contains(&"response-unknown-word"), "{:?}", findings(&summary));
}

/// The same patients, with the second treatment and its response under these headers.
#[test]
fn a_later_treatment_and_its_response_make_a_second_line() {
    for headers in [
        "Rx,Response,Rescue therapy,Response to rescue",
        "Treatment,Response,Salvage therapy,Salvage response",
        "Treatment,Response,Next therapy,Next response",
        "Treatment,Response,Treatment after relapse,Response after relapse",
        "Treatment,Response,Retreatment,Response to retreatment",
        "Treatment,Response,Second treatment,Second response",
        "Primary treatment,Response,Secondary treatment,Response.1",
        "Agent,Response,Agent2,Response2",
        "Ersttherapie,Ansprechen,Zweittherapie,Ansprechen 2",
        "Erstlinie,Ansprechen,Zweitlinie,Ansprechen Zweitlinie",
        "Traitement,Réponse,Traitement de rattrapage,Réponse au rattrapage",
        "Tratamiento,Respuesta,Tratamiento de rescate,Respuesta al rescate",
        "Terapia,Risposta,Terapia di salvataggio,Risposta 2",
    ] {
        let text = format!("case_id,{headers}\nP1,MTX,none,ADA,CR\nP2,MTX,PR,,\nP3,pred,none,RTX,none\n");
        let summary = noted(text, &[], &[]);
        assert!(findings(&summary).contains(&"lines-of-columns"), "{headers}");
        assert_eq!(stat(&summary, "treatment.n_lines"), 5, "{headers}");
        assert_eq!(stat(&summary, "best_response.n_responders"), 2, "{headers}");
        assert_eq!(stat(&summary, "response_by_agent[ADA].n_complete"), 1, "{headers}");
    }
}

#[test]
fn lines_in_a_cell_beside_a_second_treatment_are_told() {
    let text = "case_id,Treatment,Second treatment\nP1,MTX: none; AZA: PR,ADA\nP2,MTX: PR,\n";
    let ran = run(text, &[]);
    assert!(ran.stderr.contains("warning[treatments-in-columns]"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("lines-of-columns"), "{}", ran.stderr);
    // A medication for attacks is no second line.
    let ran = run("case_id,Treatment,Rescue medication\nP1,MTX,salbutamol\nP2,ADA,\n", &[]);
    assert!(!ran.stderr.contains("lines-of-columns"), "{}", ran.stderr);
}
