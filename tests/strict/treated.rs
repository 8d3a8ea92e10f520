//! Who was treated, with what, and how it worked: responses and words of no treatment wherever people write them.

use super::{findings, noted, run, run_files, stat};
use serde_json::{Value, json};

/// A sheet, its statistics by key (`null` is one that stays open), and the ids of its warnings.
type Sheet =
    (&'static [&'static str], &'static [&'static str], &'static [(&'static str, Option<u64>)], &'static [&'static str]);

const OF_ALL: &str = "best_response.N(responders/treated)";
const RESPONDERS: &str = "best_response.n_responders";

const SHEETS: [Sheet; 29] = [
    // A response behind a `;` is that of the line before it; who was not treated has none.
    (
        &["Treatment", "prednisone: CR", "prednisone; no response", "no treatment: improved", "MTX: PR"],
        &[],
        &[(RESPONDERS, Some(2)), (OF_ALL, Some(3)), ("Treatment.n_untreated", Some(1)), ("Treatment.n_lines", Some(3))],
        &[],
    ),
    (
        &["Treatment", "none: improved", "watchful waiting: complete", "MTX: PR", "AZA: none"],
        &[],
        &[(RESPONDERS, Some(1)), (OF_ALL, Some(2)), ("Treatment.n_untreated", Some(2))],
        &[],
    ),
    // A response that is set apart from the name.
    (
        &[
            "Treatment",
            "excision (CR)",
            "MTX (failed); infliximab (CR)",
            "excision = CR",
            "steroids 20 mg - no improvement",
            "steroids 20 mg with good response",
        ],
        &[],
        &[
            (RESPONDERS, Some(4)),
            ("best_response.n_evaluable", Some(5)),
            ("response_by_agent[steroids].n_responders", Some(1)),
            ("response_by_agent[excision].n_complete", Some(2)),
            ("response_by_agent[MTX].n_responders", Some(0)),
        ],
        &[],
    ),
    // One that is not leaves the rates open.
    (
        &["Treatment", "MTX: CR", "MTX failed", "no response to AZA"],
        &[],
        &[("response_by_agent[MTX].n_responders", Some(1)), (RESPONDERS, None)],
        &["agent-unclear"],
    ),
    (&["Treatment", "MTX: CR", "resection (complete)"], &[], &[(RESPONDERS, None)], &["agent-unclear"]),
    (&["Treatment", "MTX: CR", "dialysis; PD"], &[], &[(RESPONDERS, None)], &["agent-unclear"]),
    (&["Treatment", "MTX: CR", "AZA; none"], &[], &[(RESPONDERS, None)], &["agent-unclear"]),
    // What is in quotes is a name.
    (&["Treatment", "MTX: CR", "\"\"MTX failed\"\": PR"], &[], &[(RESPONDERS, Some(2))], &[]),
    // Words of no treatment.
    (
        &["Therapie", "MTX: CR", "nein", "ohne", "Abwarten", "keine spezifische", "Verlaufskontrolle", "afwachten"],
        &[],
        &[("Therapie.n_untreated", Some(6)), (OF_ALL, Some(1))],
        &[],
    ),
    (
        &["Traitement", "MTX: CR", "non", "sans", "néant", "non traité", "surveillance simple", "no", "None given"],
        &[],
        &[("Traitement.n_untreated", Some(7))],
        &[],
    ),
    (
        &["Tratamiento", "MTX: CR", "no tratado", "nada", "conducta expectante", "não", "não tratado", "vigilância"],
        &[],
        &[("Tratamiento.n_untreated", Some(6))],
        &[],
    ),
    (
        &["Treatment", "MTX: CR", "niente", "vigile attesa", "none (refused)", "declined treatment", "follow-up only"],
        &[],
        &[("Treatment.n_untreated", Some(5))],
        &[],
    ),
    (
        &["Treatment", "MTX: CR", "no steroids", "N", "steroids not given"],
        &[],
        &[(RESPONDERS, None), ("Treatment.n_untreated", Some(1))],
        &["agent-not-given", "agent-unclear"],
    ),
    (
        &["Treatment", "MTX: CR", "lost to follow-up"],
        &[],
        &[("Treatment.N_miss", Some(1)), (OF_ALL, Some(1))],
        &["missing-word"],
    ),
    // A second agent behind a dose.
    (
        &[
            "Treatment",
            "prednisone 20 mg plus azathioprine 100 mg: CR",
            "prednisone 10 mg with MTX: PR",
            "azathioprine: none",
        ],
        &[],
        &[],
        &["unsplit-items"],
    ),
    (
        &[
            "Treatment",
            "prednisone 20 mg plus azathioprine 100 mg: CR",
            "prednisone 20 mg/azathioprine 100 mg: PR",
            "MTX 10 mg/kg with good response",
            "prednisone later MTX",
        ],
        &["--split", "Treatment=, / + with then"],
        &[
            ("response_by_agent[azathioprine].n_treated", Some(2)),
            ("response_by_agent[azathioprine].n_responders", Some(2)),
            ("response_by_agent[MTX].n_treated", Some(2)),
            ("response_by_agent[MTX].n_responders", Some(1)),
        ],
        &[],
    ),
    (&["Treatment", "MTX: CR", "switch from MTX to AZA"], &[], &[(RESPONDERS, None)], &["agent-unclear"]),
    // What stands behind a dose and is none is never dropped.
    (
        &["Treatment", "pred 20 mg MTX 15 mg: CR", "MTX: PR", "MTX: none"],
        &[],
        &[
            ("response_by_agent[pred 20 mg MTX 15 mg].n_treated", Some(1)),
            ("response_by_agent[MTX].n_treated", Some(2)),
            (RESPONDERS, Some(2)),
        ],
        &["agent-unclear"],
    ),
    (
        &[
            "Treatment",
            "IVIG 2 g/kg x3 rituximab 1 g x2: CR",
            "MTX 10 mg (later ADA): PR",
            "Pred 10 mg bis MTX",
            "MTX: PR",
        ],
        &[],
        &[("response_by_agent[MTX].n_treated", Some(1)), (RESPONDERS, None)],
        &["agent-unclear"],
    ),
    (
        &["Treatment", "pred 20 mg -> MTX: CR", "pred 20 mg: CR", "MTX: none"],
        &[],
        &[
            ("response_by_agent[pred 20 mg -> MTX].n_treated", Some(1)),
            ("response_by_agent[pred].n_treated", Some(1)),
            ("response_by_agent[MTX].n_treated", Some(1)),
        ],
        &["unsplit-items"],
    ),
    (
        &["Treatment", "prednisone 20 mg / MTX 15 mg: CR", "MTX 15 mg/wk, then tocilizumab: PR", "MTX: none"],
        &[],
        &[
            ("response_by_agent[prednisone 20 mg / MTX 15 mg].n_treated", Some(1)),
            ("response_by_agent[MTX].n_treated", Some(1)),
        ],
        &["unsplit-items"],
    ),
    // Refused, planned and doubted agents; and no names.
    (
        &["Treatment", "refused MTX: none", "MTX planned", "MTX?", "considered ADA", "ADA: PR"],
        &[],
        &[(RESPONDERS, None), ("Treatment.n_untreated", Some(1))],
        &["agent-not-given", "agent-unclear"],
    ),
    (&["Treatment", "refused MTX: none", "ADA: PR"], &[], &[(RESPONDERS, None)], &["agent-unclear"]),
    (
        &["Behandlung", "MTX geplant: keine", "Rituximab abgelehnt", "MTX: PR"],
        &[],
        &[(RESPONDERS, None), ("Behandlung.n_untreated", Some(1))],
        &["agent-not-given", "agent-unclear"],
    ),
    (&["Treatment", "MTX planned", "MTX: CR"], &["--split", "Treatment=none"], &[(RESPONDERS, Some(1))], &[]),
    (
        &["Treatment", "\u{d8}", "nihil", "MTX: PR"],
        &[],
        &[("Treatment.n_untreated", Some(2)), (RESPONDERS, Some(1))],
        &[],
    ),
    (&["Treatment", "/", "o.B.", "0", "N", "yes", "MTX: PR"], &[], &[(RESPONDERS, None)], &["agent-unclear"]),
    (
        &["Treatment", "MTX 15 mg [since diagnosis]: CR", "prednisone 20 mg, then 10 mg: PR"],
        &[],
        &[(RESPONDERS, Some(2))],
        &[],
    ),
    // Several things in one sentence.
    (
        &[
            "Treatment",
            "R-CHOP: CR, died of sepsis",
            "prednisone: no response, then MTX: CR",
            "excision: no recurrence",
        ],
        &[],
        &[
            ("response_by_agent[R-CHOP].n_complete", Some(1)),
            ("response_by_agent[prednisone].n_responders", Some(0)),
            ("response_by_agent[MTX].n_responders", Some(1)),
            ("response_by_agent[excision].n_responders", None),
        ],
        &["response-unknown-word"],
    ),
];

#[test]
fn treatments_are_read_wherever_the_response_stands() {
    for (cells, options, expected, warnings) in SHEETS {
        let (header, cells) = cells.split_first().unwrap();
        let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n")).collect();
        let text = format!("case_id,{header}\n{rows}");
        let ran = run_files(&[("cases.csv", text.as_bytes())], &[options, &["--format", "json"]].concat());
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{text}{}", ran.stderr));
        for (key, value) in expected {
            let value = value.map_or(Value::Null, |value| json!(value));
            assert_eq!(stat(&summary, key), &value, "{key} of\n{text}{}", ran.stderr);
        }
        let said: Vec<&str> =
            ran.stderr.lines().filter_map(|line| line.strip_prefix("warning[")?.split(']').next()).collect();
        assert_eq!(said, warnings, "{text}{}", ran.stderr);
        assert!(warnings.iter().all(|id| findings(&summary).contains(id)));
    }
}

#[test]
fn a_response_that_was_not_read_stays_open_in_a_column_of_its_own() {
    for (cells, warnings) in [
        (&["CR", "no recurrence", "kein Rezidiv", "pas de récidive"][..], 3),
        (&["+", "-", "+", "-"], 2),
        (&["CR", "no treatment", "PR", "CR"], 1),
    ] {
        let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},MTX,{cell}\n")).collect();
        let text = format!("case_id,Treatment,Response\n{rows}");
        let ran = run_files(&[("cases.csv", text.as_bytes())], &["--format", "json"]);
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(stat(&summary, RESPONDERS), &Value::Null, "{text}");
        assert_eq!(ran.stderr.matches("warning[response-unknown-word]").count(), warnings, "{}", ran.stderr);
        assert!(!ran.stderr.contains("--blank-is-no"), "{}", ran.stderr);
    }
}

#[test]
fn none_of_the_items_is_told_from_what_is_not_reported() {
    for (header, cells, expected, warnings) in [
        ("Adverse events", &["nausea;rash", "none reported", "none", "No AE"][..], (1, 4, 0), &[][..]),
        ("Complications", &["nausea;rash", "uneventful", "no complications", "nil reported"], (1, 4, 0), &[]),
        (
            "Comorbidities",
            &["nausea;rash", "keine", "aucun", "ninguno", "nil", "nein", "no", "none observed"],
            (1, 8, 0),
            &[],
        ),
        ("Comorbidities", &["nausea;rash", "none reported"], (1, 1, 1), &[]),
        ("Symptoms", &["nausea;rash", "asymptomatic"], (1, 2, 0), &[]),
        ("Symptoms", &["nausea (+); rash (-)", "nausea: no; rash: yes", "nausea;rash"], (2, 3, 0), &["denied-item"]),
        (
            "Symptoms",
            &["nausea absent; rash", "Fieber \u{2212}; nausea +", "absence de fièvre; rash"],
            (1, 3, 0),
            &["denied-item"],
        ),
        ("Symptoms", &["nausea; fever?", "nausea?; rash"], (1, 2, 0), &["doubted-item"]),
        ("Comorbidities", &["nausea;rash", "healthy"], (1, 2, 0), &[]),
        ("Symptoms", &["nausea; no cough", "rash;nausea", "kein Fieber; rash"], (2, 3, 0), &["denied-item"]),
    ] {
        let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
        let text = format!("case_id,{header}\n{rows}");
        let ran =
            run_files(&[("cases.csv", text.as_bytes())], &["--format", "json", "--kind", &format!("{header}=set")]);
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
        let of = |key: &str| stat(&summary, &format!("{header}{key}")).clone();
        let found = [of("[nausea].n"), of("[nausea].N"), of(".N_miss")];
        assert_eq!(found, [json!(expected.0), json!(expected.1), json!(expected.2)], "{text}{}", ran.stderr);
        let said: Vec<&str> =
            ran.stderr.lines().filter_map(|line| line.strip_prefix("warning[")?.split(']').next()).collect();
        assert_eq!(said, warnings, "{text}{}", ran.stderr);
    }
}

#[test]
fn a_part_of_a_cell_means_the_same_in_a_long_file() {
    let lines = ["prednisone; no response", "MTX: PR; prednisone", "prednisone", "no response", "none; prednisone: CR"];
    let rows: String = (0..40_000).map(|n| format!("P{n},{};AZA: CR\n", lines[n % 5])).collect();
    let text = format!("case_id,Treatment\n{rows}");
    let of = |threads: &str| {
        let ran = run_files(&[("cases.csv", text.as_bytes())], &["--format", "json", "--threads", threads]);
        serde_json::from_str::<Value>(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr))
    };
    let (one, four) = (of("1"), of("4"));
    assert_eq!(one["results"], four["results"]);
    assert_eq!(stat(&one, "response_by_agent[prednisone].n_treated"), &json!(32_000));
    assert_eq!(stat(&one, "response_by_agent[prednisone].n_evaluable"), &json!(16_000));
}

/// A blank cell in a column of responses does not settle what the text of an agent leaves open; a response in it does.
#[test]
fn a_blank_response_beside_an_unclear_agent_leaves_the_rates_open() {
    let of = |response: &str| {
        let rows =
            format!("1,prednisone,CR\n2,prednisone,none\n3,metotrexato (RC),{response}\n4,MTX failed,{response}\n");
        let ran = run(format!("ID,Treatment,Response\n{rows}"), &["--format", "json"]);
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
        stat(&summary, "best_response.p(responders/treated)").clone()
    };
    assert!(of("").is_null() && of("NR").is_null());
    assert_eq!(of("PR"), 0.75);
}

#[test]
fn treatments_in_several_columns_are_not_lost_in_silence() {
    for (header, first, second) in [
        ("Treatment 1,Response 1,Treatment 3", "Treatment 1", "Treatment 3"),
        ("Treatment 1,Response 1,Drug 2", "Treatment 1", "Drug 2"),
        ("Treatment 1,Response 3,Treatment 2", "Treatment 1", "Treatment 2"),
    ] {
        let text = format!("case_id,{header}\nP1,MTX,good,IVIG\nP2,colchicine,fair,\n");
        let ran = run(&text, &[]);
        let warning = format!(
            "warning[treatments-in-columns]: the treatments of a case stand in 2 columns, {first}, {second}: they make \
             no lines\n"
        );
        assert!(ran.stderr.contains(&warning), "{}", ran.stderr);
        let kinds = [format!("{first}=category"), format!("{second}=category")];
        let kept = run(&text, &["--kind", &kinds[0], "--kind", &kinds[1]]);
        assert!(kept.code == Some(0) && !kept.stderr.contains("treatments-in-columns"), "{}", kept.stderr);
    }
    let one = run("case_id,Treatment\nP1,MTX: good; IVIG\nP2,colchicine: fair\n", &[]);
    assert!(!one.stderr.contains("treatments-in-columns"), "{}", one.stderr);
}

/// An agent that was planned, refused or never begun is none of the patient; where that is not certain, the rates stay open.
#[test]
fn what_was_never_given_is_no_treatment() {
    let texts = [
        "geplant: MTX",
        "planned: MTX",
        "MTX (pr\u{e9}vu)",
        "refused MTX",
        "patient declined colchicine",
        "not started",
        "lehnte MTX ab",
        "rechaz\u{f3} MTX",
        "ha rifiutato MTX",
        "recusou MTX",
        "weigerde MTX",
    ];
    for text in texts {
        let line = format!("  cases.csv line 3, case P2, column Treatment: '{text}'");
        let warning = "warning[agent-not-given]: this was never given, so it is not counted as a treatment";
        let summary = noted(format!("case_id,Treatment\nP1,MTX: PR\nP2,{text}\n"), &[], &[warning, &line]);
        assert_eq!(stat(&summary, "Treatment.n_untreated"), 1, "{text}");
        assert_eq!(stat(&summary, "best_response.N(responders/treated)"), 1, "{text}");
        assert!(!summary.to_string().contains("response_by_agent[geplant]"), "{text}");
    }
    let later = noted("case_id,Treatment\nP1,MTX: PR; planned: AZA\nP2,MTX; AZA (geplant); IVIG: CR\n", &[], &[]);
    assert_eq!(stat(&later, "Treatment.n_lines"), 3);
    for text in ["MTX; refused", "MTX?", "planned surgery", "MTX (refused): PR"] {
        let summary = noted(format!("case_id,Treatment\nP1,MTX: PR\nP2,{text}\n"), &[], &[]);
        assert!(stat(&summary, "best_response.n_responders").is_null(), "{text}");
        assert!(findings(&summary).contains(&"agent-unclear"), "{text}");
    }
    let quoted = noted("case_id,Treatment\nP1,MTX: PR\nP2,\"\"\"planned MTX\"\": CR\"\n", &[], &[]);
    assert_eq!(stat(&quoted, "best_response.n_responders"), 2);
}
