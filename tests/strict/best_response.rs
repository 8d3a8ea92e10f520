//! Responses of several visits: the best one of each patient counts.

use super::{findings, noted, run, stat};
use crate::support::run_with_input;
use serde_json::{Value, json};

/// A sheet, its options, and the patients with a response, those evaluable, and those with a complete one (`null` is
/// one that stays open).
type Sheet = (&'static str, &'static [&'static str], [Option<u64>; 3]);

const SHEETS: [Sheet; 10] = [
    ("id,response_month3,response_month12\n1,SD,CR\n2,PD,PR\n", &[], [Some(2), Some(2), Some(1)]),
    ("id,Treatment,response_month3,response_month12\n1,MTX,SD,CR\n2,AZA,PD,PR\n", &[], [Some(2), Some(2), Some(1)]),
    // The first visit may be the best one, and a visit that nobody came to says nothing.
    ("id,response_month3,response_month12\n1,PR,PD\n2,CR,\n3,,none\n", &[], [Some(2), Some(3), Some(1)]),
    (
        "id,Ansprechen Monat 3,Ansprechen Monat 12\n1,partiell,komplett\n2,keine,keine\n",
        &[],
        [Some(1), Some(2), Some(1)],
    ),
    (
        "id,visit,response\n1,V1,SD\n1,V2,CR\n2,V1,PD\n2,V2,PR\n",
        &["--case=id", "--visit=visit"],
        [Some(2), Some(2), Some(1)],
    ),
    (
        "id,visit,Best response\n1,V1,PR\n1,V2,CR\n2,V1,PD\n2,V2,SD\n",
        &["--case=id", "--visit=visit"],
        [Some(1), Some(2), Some(1)],
    ),
    // A column that is called the best is counted as it is.
    ("id,response_month3,Best response\n1,SD,CR\n2,CR,PR\n", &[], [Some(2), Some(2), Some(1)]),
    // One visit alone, as the note says.
    (
        "id,response_month3,response_month12\n1,SD,CR\n2,PD,PR\n",
        &["--role=response_month12=other"],
        [Some(0), Some(2), Some(0)],
    ),
    // A word that is not understood may be any response, unless another visit is complete.
    ("id,response_month3,response_month12\n1,CR,splendid\n2,PD,PR\n", &[], [Some(2), Some(2), Some(1)]),
    ("id,response_month3,response_month12\n1,PR,splendid\n2,PD,PR\n", &[], [None, None, None]),
];

#[test]
fn the_best_response_of_several_visits_counts() {
    for (content, options, [responders, evaluable, complete]) in SHEETS {
        let ran = run(content, &[options, &["--format", "json"]].concat());
        let summary: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        for (key, wanted) in [
            ("best_response.n_responders", responders),
            ("best_response.n_evaluable", evaluable),
            ("best_response.n_complete", complete),
        ] {
            assert_eq!(stat(&summary, key), &json!(wanted), "{key} of {content}\n{}", ran.stderr);
        }
    }
}

#[test]
fn the_note_names_the_columns_and_how_to_count_one() {
    let content = "id,response_month3,response_month12\n1,SD,CR\n2,PD,PR\n";
    let summary = noted(
        content,
        &[],
        &[
            "note[best-of-responses]: the responses of a case stand in 2 columns: its best one is counted, in the column best overall response: response_month3, response_month12",
            "  column response_month3",
            "  help: to count those of response_month3 alone: --role response_month12=other",
        ],
    );
    assert!(findings(&summary).contains(&"best-of-responses"));
    let derived = "--derive=b = best(response_month3, response_month12)";
    let summary = noted(content, &[derived, "--role=b=response"], &[]);
    assert_eq!(stat(&summary, "best_response.n(responders/cases)"), &json!(2));
}

#[test]
fn at_a_glance_the_last_visit_is_shown() {
    let content =
        "id,outcome_month3,outcome_month12,followup_month3,followup_month12\n1,alive,dead,3,12\n2,alive,alive,3,11\n";
    let shown = run(content, &["--brief"]).stdout;
    assert!(shown.contains("at month12: dead 1/2, alive 1/2"), "{shown}");
    let content = "id,visit,outcome\n1,V1,alive\n1,V2,dead\n2,V1,alive\n2,V2,alive\n";
    let shown = run(content, &["--brief", "--case=id", "--visit=visit"]).stdout;
    assert!(shown.contains("at V2: dead 1/2, alive 1/2"), "{shown}");
}

/// Treatments of several visits make no lines but those of one column, and that is told with a way out.
#[test]
fn treatments_of_several_visits_are_told() {
    let content = "id,visit,treatment,response\n1,V1,MTX,PR\n1,V2,MTX,CR\n2,V1,RTX,PD\n2,V2,MTX,PR\n";
    let long = ["--case=id", "--visit=visit"];
    let summary = noted(
        content,
        &long,
        &[
            "warning[first-of-treatments]: treatments stand in several columns, and only treatment@V1 makes treatment lines, not treatment@V2",
        ],
    );
    assert_eq!(stat(&summary, "response_by_agent[MTX].n_treated"), 1);
    let alone = noted(content, &[&long[..], &["--role=treatment@V2=other"]].concat(), &[]);
    assert!(!findings(&alone).contains(&"first-of-treatments"));
}

/// What is too long to be kept is counted in one pass: only where there are several columns of responses, something is said.
#[test]
fn of_a_long_pipe_the_first_column_is_counted_and_told() {
    let notes = "a note ".repeat(10_000);
    let cases: String = (0..500).map(|n| format!("{n},SD,CR,{notes}\n")).collect();
    let ran = run_with_input(
        &["summarize", "-", "--brief"],
        format!("id,response_m3,response_m12,notes\n{cases}").as_bytes(),
    );
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(said.contains("warning[first-of-responses]") && said.contains("not response_m12"), "{said}");
    let cases: String = (0..500).map(|n| format!("{{\"id\":{n},\"age\":5,\"notes\":\"{notes}\"}}\n")).collect();
    let ran = run_with_input(&["summarize", "-", "--brief"], cases.as_bytes());
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && !said.contains("first-of"), "{said}");
}

#[test]
fn a_second_response_in_words_counts() {
    for second in [
        "Response to rescue",
        "Response 2",
        "Response_2",
        "Response2",
        "Response II",
        "Response b",
        "Response (2nd)",
        "2nd response",
        "Final response",
        "Late response",
        "Response to second line",
        "Response to 2nd drug",
        "Response after switch",
        "Response week 24",
    ] {
        let text = format!("case_id,Treatment,Response,{second}\nP1,MTX,none,CR\nP2,ADA,none,PR\n");
        let summary = noted(text, &[], &[]);
        assert_eq!(stat(&summary, "best_response.n_responders"), 2, "{second}");
        assert!(findings(&summary).contains(&"best-of-responses"), "{second}");
    }
    for (first, second) in [("Ansprechen", "Ansprechen 2"), ("Réponse", "Réponse 2"), ("Respuesta", "Respuesta 2")] {
        let text = format!("case_id,Treatment,{first},{second}\nP1,MTX,none,CR\nP2,ADA,none,PR\n");
        assert_eq!(stat(&noted(text, &[], &[]), "best_response.n_responders"), 2, "{second}");
    }
}

#[test]
fn a_response_is_known_by_more_words() {
    for header in [
        "Best response (RECIST 1.1)",
        "Response (CR/PR/SD/PD)",
        "Response, RECIST",
        "Ansprechen (RECIST 1.1)",
        "Objective response",
        "Response to steroids",
        "Best resp.",
        "BOR",
        "Meilleure réponse",
        "Effect of treatment",
        "Response to colchicine",
    ] {
        let text = format!(
            "case_id,Regimen,\"{header}\"\nP1,FOLFOX,PR\nP2,FOLFIRI,CR\nP3,BSC,PD\nP4,FOLFOX,SD\nP5,XELOX,SD\n"
        );
        let summary = noted(text, &[], &[]);
        assert_eq!(stat(&summary, "best_response.n_responders"), 2, "{header}");
        assert_eq!(stat(&summary, "best_response.n_evaluable"), 5, "{header}");
    }
    let coded =
        noted("case_id,Treatment,Response\nP1,MTX,1\nP2,ADA,0\nP3,MTX,1\n", &[], &["warning[response-unknown-word]"]);
    assert!(stat(&coded, "best_response.n_responders").is_null());
    let text = "case_id,Treatment,Esito\nP1,MTX,guarito\nP2,ADA,decesso\n";
    assert!(findings(&noted(text, &[], &[])).contains(&"outcome-not-response"));
}
