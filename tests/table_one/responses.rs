//! Responses: what is not known of them is not counted as if it were.

use crate::support::{file, run};

/// What `summarize` prints of a file, on standard output and standard error, with single spaces.
fn printed(content: &str, options: &[&str]) -> String {
    let (_folder, path) = file("cases.csv", content);
    let path = path.to_string_lossy().into_owned();
    let output = run(&[&["summarize", &path], options].concat());
    let both = [output.stdout, output.stderr].concat();
    let both = String::from_utf8(both).expect("UTF-8");
    assert!(output.status.success(), "{content}: {both}");
    both.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

/// A column of treatments, all of them surgery, and a column of responses.
fn beside(responses: &[&str]) -> String {
    let rows = responses.iter().enumerate().map(|(at, response)| format!("P{at},surgery,\"{response}\"\n"));
    format!("case_id,treatment,response\n{}", rows.collect::<String>())
}

/// A column of treatment lines.
fn lines(cells: &[&str]) -> String {
    let rows = cells.iter().enumerate().map(|(at, cell)| format!("P{at},\"{cell}\"\n"));
    format!("case_id,treatment\n{}", rows.collect::<String>())
}

#[test]
fn what_is_not_known_of_the_responses_stays_open() {
    for (content, expected, excluded) in [
        // Nothing was asked, so nothing is known.
        (
            lines(&["surgery", "colchicine", "surgery; colchicine"]),
            &["treatment 4 lines in 3 treated cases", "No response is read in any case"][..],
            &["responders/treated", "Response by agent", "0/3"][..],
        ),
        (beside(&["", "", ""]), &["No response is read in any case"], &["responders/treated"]),
        // A word that is not understood is not the same as not evaluable.
        (
            beside(&["CR", "PR", "splendid"]),
            &[
                "responders/evaluable NE (2/3 to 3/3)",
                "complete/treated NE (1/3 to 2/3)",
                "surgery 3 2 to 3 2 to 3 2 to 3 1 to 2 NE (2/3 to 3/3)",
                "best response: not understood 1/3",
                "warning[response-unknown-word]: 'splendid' is not a known response; the rates stay open",
                "line 4, case P2, column response: 'splendid'",
                "NE (a to b): bounds",
            ],
            &["2/2 (100%", "best response: not reported"],
        ),
        (
            lines(&["a: CR", "a: PR", "a: splendid"]),
            &["responders/evaluable NE (2/3 to 3/3)", "line 4, case P2, column treatment: 'a: splendid'"],
            &["2/2"],
        ),
        (beside(&["CR", "PR", "CR/PD"]), &["responders/treated NE (2/3 to 3/3)"], &["2/2"]),
        (beside(&["CR", "PR", "NED"]), &["responders/treated NE (2/3 to 3/3)"], &["2/2"]),
        // Nothing is open about the patient whose other line has a complete response.
        (
            lines(&["a: CR; b: splendid"]),
            &["complete/treated 1/1 (100%; 21–100%)", "best response: complete 1/1", "b 1 0 to 1"],
            &["best response: not understood"],
        ),
    ] {
        check(&content, expected, excluded);
    }
}

/// A column of responses without a column of treatments.
fn alone(responses: &[&str]) -> String {
    let rows = responses.iter().enumerate().map(|(at, response)| format!("P{at},MTX,\"{response}\"\n"));
    format!("case_id,regimen,Best response\n{}", rows.collect::<String>())
}

#[test]
fn a_response_without_a_treatment_has_rates_of_the_evaluable_and_of_all_cases() {
    let untreated = ["responders/treated NE, treatment not recorded", "complete/treated NE, treatment not recorded"];
    for (responses, expected) in [
        (
            &["CR", "PR", "SD", "NE", "PD", ""][..],
            &[
                "responders/evaluable 2/4 (50%; 15–85%)",
                "responders/cases 2/6 (33%; 10–70%)",
                "best response: complete 1/6",
                "best response: not evaluable 1/6",
                "best response: not reported 1/6",
            ][..],
        ),
        (
            &["CR", "PR", "NR", "NR"],
            &[
                "responders/evaluable NE (2/4 to 2/2)",
                "responders/cases 2/4 (50%; 15–85%)",
                "warning[response-nr]: NR beside responses (cases: 2)",
                "line 4, case P2, column Best response: 'NR'",
                "NR 2/4",
            ],
        ),
        (&["improved", "none", "NR"], &["responders/evaluable NE (1/3 to 1/2)", "responders/cases 1/3"]),
        (
            &["CR", "PR", "splendid"],
            &[
                "responders/evaluable NE (2/3 to 3/3)",
                "responders/cases NE (2/3 to 3/3)",
                "warning[response-unknown-word]: 'splendid' is not a known response; the rates stay open",
                "line 4, case P2, column Best response: 'splendid'",
            ],
        ),
        (&["CR", "died"], &["responders/evaluable 1/2", "Died, no response stated: 1"]),
    ] {
        check(&alone(responses), &[expected, &untreated].concat(), &["responders/treated 2/"]);
    }
    check(&alone(&["", ""]), &["regimen"], &["responders/"]);
}

/// One complete response and four partial ones: both are masked, their sum is not, and neither follows from it.
#[test]
fn a_response_without_a_treatment_is_masked_only_where_it_must_be() {
    let content = alone(&["CR", "PR", "PR", "PR", "PR", "SD", "SD", "SD", "SD", "SD"]);
    let text = printed(&content, &["--suppress-below", "3", "--format", "jsonl"]);
    let is_masked = |key: &str| {
        let line = text.lines().find(|line| line.contains(&format!("\"key\":\"{key}\"")));
        line.unwrap_or_else(|| panic!("{key} in {text}")).contains("\"reason\":\"masked\"")
    };
    let keys = ["best_response.n_complete", "best_response_category[complete].n", "best_response_category[partial].n"];
    assert!(keys.iter().all(|key| is_masked(key)));
    let keys = ["best_response.n_responders", "best_response.n_evaluable", "best_response.p(responders/cases)"];
    assert!(!keys.iter().any(|key| is_masked(key)));
}

#[test]
fn codes_are_decided_by_their_column() {
    for (content, expected, excluded) in [
        (
            beside(&["CR", "PR", "NR", "NR"]),
            &[
                "responders/evaluable NE (2/4 to 2/2)",
                "responders/treated 2/4 (50%; 15–85%)",
                "warning[response-nr]: NR beside responses (cases: 2) may be no response or not reported",
                "line 4, case P2, column response: 'NR'",
            ][..],
            &["2/2 (100%"][..],
        ),
        (
            lines(&["a: CR", "a: PR", "a: NR"]),
            &["NE (2/3 to 2/2)", "case P2, column treatment: 'a: NR'"],
            &["2/2 (100%"],
        ),
        (
            beside(&["improved", "stable", "NR"]),
            &["responders/evaluable NE (1/3 to 1/2)", "warning[response-nr]: NR beside responses (cases: 1)"],
            &["1/2 (50%"],
        ),
        (lines(&["a: improved", "a: NR"]), &["responders/evaluable NE (1/2 to 1/1)", "warning[response-nr]"], &[]),
        (
            beside(&["CR", "NC", "PD"]),
            &["responders/evaluable 1/3", "best response: stable 1/3", "note[response-nc]: 'NC' is read as 'stable'"],
            &["NE ("],
        ),
        (
            beside(&["improved", "NC"]),
            &["responders/evaluable NE (1/2 to 2/2)", "warning[response-nc]"],
            &["best response: stable"],
        ),
        (beside(&["CR", "ND"]), &["responders/evaluable NE (1/2 to 2/2)"], &["best response: not reported"]),
        (
            beside(&["CR", "NE"]),
            &["responders/evaluable 1/1", "best response: not evaluable 1/2"],
            &["NE (1", "warning[response"],
        ),
    ] {
        check(&content, expected, excluded);
    }
}

/// What stands behind the name of an agent and says how it was given is no other agent.
#[test]
fn a_preposition_or_a_bare_dose_is_no_part_of_the_name_of_an_agent() {
    for (cells, name) in [
        (
            &["prednisone 20 mg", "prednisone for 6 weeks", "prednisone over 3 months", "prednisone then taper"][..],
            "prednisone",
        ),
        (&["nintedanib 150 bid", "nintedanib", "nintedanib up to 300 mg"], "nintedanib"),
        (&["Rituximab (2 cycles)", "Rituximab", "Rituximab alle 2 Wochen"], "Rituximab"),
        (&["Methylprednisolone (IV)", "Methylprednisolone i.v.", "Methylprednisolone"], "Methylprednisolone"),
        (
            &["prednisone pendant 6 semaines", "prednisone per 6 settimane", "prednisone gedurende 6 weken"],
            "prednisone",
        ),
    ] {
        let n = cells.len();
        check(
            &lines(cells),
            &[&format!("{name} {n}")],
            &["Rituximab (2 cycles) 1", "prednisone for 1", "nintedanib 150 1"],
        );
    }
    let bare = "a number without a unit behind an agent is read as its dose, and makes no other agent";
    check(&lines(&["prednisone 20", "prednisone", "factor 8"]), &["prednisone 2", "factor 8 1", bare], &[]);
    check(&lines(&["\"\"prednisone 20\"\"", "prednisone"]), &["prednisone 20 1"], &[bare]);
}

/// NR may be no response wherever responses are written, in whatever words.
#[test]
fn nr_beside_any_word_of_a_response_leaves_the_rates_open() {
    for responses in [
        ["responder", "NR", "responder", "NR"],
        ["RC", "RP", "NR", "NR"],
        ["VGPR", "nCR", "NR", "n.r."],
        ["CMR", "PMR", "NR", "NR"],
        ["Complete", "Partial", "NR", "NR"],
        ["complete response", "partial response", "NR", "NR"],
        ["Remission", "cured", "NR", "NR"],
        ["good response", "improved", "NR", "NR"],
        ["vollständige Remission", "gebessert", "NR", "NR"],
    ] {
        let nr = "warning[response-nr]: NR beside responses (cases: 2) may be no response or not reported";
        let open = "responders/evaluable NE (2/4 to 2/2)";
        check(&beside(&responses), &[open, "responders/treated 2/4", nr, ", column response: 'NR'"], &["2/2 (100%"]);
        check(&alone(&responses), &[open, "responders/cases 2/4", nr, ", column Best response: 'NR'"], &["2/2 (100%"]);
        let in_lines = responses.map(|word| format!("a: {word}"));
        check(&lines(&in_lines.each_ref().map(String::as_str)), &[open, nr], &["2/2 (100%"]);
    }
    // Nothing beside it tells that the column is of responses.
    check(&beside(&["NR", "NR", "not evaluable"]), &[], &["response-nr", "NE (0/"]);
    let level = "case_id,Response\nP1,R\nP2,NR\nP3,R\nP4,NR\n";
    check(level, &["Response", "R 2/4", "NR 2/4", "warning[response-nr]"], &["2/2 (100%"]);
}

/// A response of a patient whose treatment is not reported is in no rate of the treated, and never lost in silence.
#[test]
fn a_response_beside_a_blank_treatment_is_told() {
    let content = "case_id,treatment,response\nP1,MTX,CR\nP2,,none\nP3,MTX,PR\nP4,NR,CR\nP5,,\nP6,none,SD\n";
    let told = "a response, and no treatment: the case is in no rate of the treated";
    check(content, &["responders/treated 2/2", told, "line 3, case P2, column response: 'none'"], &[]);
    let unknown = "case_id,treatment,response\nP1,MTX,CR\nP2,,splendid\nP3,MTX,NR\n";
    check(unknown, &["warning[response-without-treatment]", "line 3, case P2, column response: 'splendid'"], &[]);
    check("case_id,treatment,response\nP1,MTX,CR\nP2,,\n", &[], &["response-without-treatment"]);
}

#[test]
fn deaths_and_relapses_stand_beside_a_response() {
    for (content, expected, excluded) in [
        (
            beside(&["CR", "PR", "died", "PD"]),
            &[
                "responders/evaluable 2/4 (50%; 15–85%)",
                "best response: worsened 1/4\nbest response: died 1/4",
                "Died, no response stated: 1; counted as evaluable and no responder. Without deaths: responders/evaluable 2/3.",
            ][..],
            &["NE ("][..],
        ),
        (
            beside(&["PR, died 2 y later", "CR"]),
            &["responders/evaluable 2/2", "best response: partial 1/2"],
            &["Died, no response stated", "best response: died"],
        ),
        (
            lines(&["a: PR, died 2 y later", "a: died"]),
            &["responders/evaluable 1/2", "best response: died 1/2"],
            &["NE ("],
        ),
        // Only the line on which it stands is concerned.
        (lines(&["a: PR; b: died"]), &["a 1 1 1 1 0 100", "b 1 1 0 0 0 0", "best response: partial 1/1"], &[]),
        (
            beside(&["CR", "died of other causes"]),
            &["responders/evaluable 1/1", "best response: not evaluable 1/2"],
            &[],
        ),
        (
            "case_id,treatment,outcome\nP1,surgery: CR,died\nP2,surgery: PR,alive\n".to_owned(),
            &["responders/evaluable 2/2"],
            &["best response: died"],
        ),
        (
            lines(&["a: partial response then relapse", "a: CR"]),
            &["responders/evaluable 2/2", "cases with a relapse 1", "best response: partial 1/2"],
            &["NE ("],
        ),
        (beside(&["relapse", "CR"]), &["responders/evaluable 1/1", "best response: not reported 1/2"], &["NE ("]),
        (
            lines(&["surgery: CR", "observation", "no treatment", "none"]),
            &["untreated 3", "treatment 1 line in 1 treated case"],
            &["observation 1", "no treatment 1"],
        ),
    ] {
        check(&content, expected, excluded);
    }
}

#[test]
fn a_response_of_several_lines_belongs_to_none_of_them() {
    let content = "case_id,treatment,response\nP1,surgery; colchicine,CR\nP2,colchicine,PR\nP3,surgery,SD\n";
    let expected = [
        "responders/evaluable 2/3 (67%; 21–94%)",
        "surgery 2 1 to 2 0 to 1 0 to 1 0 to 1 NE (0/2 to 1/2)",
        "1 3 2 to 3 1 to 2 1 to 2 0 to 1 NE (1/3 to 2/3)",
        "2 1 0 to 1 0 to 1 0 to 1 0 to 1 NE (0/1 to 1/1)",
    ];
    check(content, &expected, &[]);
    // The best response of the patient is none: no line has a better one.
    check(&content.replace("CR", "PD"), &["surgery 2 1 to 2 0 0 0 NE (0/2 to 0/1)"], &[]);
}

#[test]
fn classes_that_are_not_known_are_a_footnote() {
    check(&lines(&["a: CR"]), &["No classes of agents are given: no table by class."], &["classes-missing"]);
}

fn check(content: &str, expected: &[&str], excluded: &[&str]) {
    let text = printed(content, &[]);
    let missed: Vec<_> = expected.iter().filter(|part| !text.contains(**part)).collect();
    let found: Vec<_> = excluded.iter().filter(|part| text.contains(**part)).collect();
    assert!(missed.is_empty() && found.is_empty(), "{content}: not {missed:?}, but {found:?} in\n{text}");
}

#[test]
fn synonyms_of_a_schema_reach_the_responses_beside_a_treatment() {
    let schema = r#"{"fields": [
        {"name": "case_id", "type": "string"},
        {"name": "treatment", "type": "string", "calcSeries": {"role": "treatment"}},
        {"name": "response", "type": "string", "calcSeries": {"role": "response", "synonyms": {"splendid": "complete", "yes": "improved"}}}
    ]}"#;
    let (_schema, schema) = file("cases.schema.json", schema);
    let text = printed(&beside(&["splendid", "yes", "PD", "good grief"]), &["--schema", schema.to_str().unwrap()]);
    for expected in
        ["responders/evaluable NE (2/4 to 3/4)", "best response: complete 1/4", "'good grief' is not a known"]
    {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
    assert!(!text.contains("'splendid' is not"), "{text}");
}

#[test]
fn yes_and_no_below_a_header_of_responses_are_a_response_and_none() {
    for (header, [yes, no]) in [
        ("response", ["yes", "no"]),
        ("Responder", ["Y", "N"]),
        ("Ansprechen", ["ja", "nein"]),
        ("Réponse", ["oui", "non"]),
    ] {
        let content = format!("case_id,treatment,{header}\nP1,MTX,{yes}\nP2,MTX,{no}\nP3,MTX,{yes}\n");
        let mut words = [format!("'{no}' none"), format!("'{yes}' improved")];
        words.sort();
        let said = format!("warning[response-synonym]: words are read as responses: {}", words.join(", "));
        check(&content, &["responders/evaluable 2/3 (67%", "best response: improved 2/3", &said], &[]);
    }
}

#[test]
fn results_are_responses_where_all_of_them_are() {
    for header in ["Result", "Results", "Ergebnis", "Résultat", "Resultado"] {
        let sheet =
            |cells: [&str; 2]| format!("case_id,treatment,{header}\nP1,MTX,{}\nP2,MTX,{}\n", cells[0], cells[1]);
        let said = "note[response-synonym]: words are read as responses: 'cured' complete";
        check(&sheet(["cured", "none"]), &["responders/evaluable 1/2 (50%", said], &[]);
        for laboratory in
            [["positive", "negative"], ["normal", "stable"], ["1:80", "1:160"], ["12.5", "13"], ["yes", "no"]]
        {
            check(&sheet(laboratory), &[], &["responders/evaluable", "responders/treated"]);
        }
    }
}

#[test]
fn an_outcome_is_no_response_in_any_language() {
    for (header, cells) in [
        ("Outcome", ["died", "recovered"]),
        ("Verlauf", ["verstorben", "geheilt"]),
        ("Évolution", ["décès", "guérison"]),
        ("Evolución", ["muerte", "curado"]),
        ("Final outcome", ["morto", "guarito"]),
        ("Esito", ["decesso", "migliorato"]),
    ] {
        let content = format!("case_id,treatment,{header}\nP1,MTX,{}\nP2,MTX,{}\n", cells[0], cells[1]);
        check(&content, &["No response is read in any case"], &["responders/evaluable", "responders/treated"]);
    }
}

#[test]
fn a_word_for_a_missing_value_is_no_agent() {
    check(
        "case_id,treatment\nP1,MTX\nP2,ND\nP3,none\nP4,n.d.\n",
        &[
            "treatment 1 line in 1 treated case 2 (not done 2)",
            "untreated 1",
            "warning[missing-word]: 2 cells hold a word that may stand for a missing value: counted as not reported",
            "line 3, case P2, column treatment: 'ND'",
        ],
        &["look-alike-missing"],
    );
}

/// Within a group that the responses form there is nothing to tabulate: the cells were empty.
#[test]
fn groups_of_responses_have_no_table_of_responses() {
    let sheet = "case_id,dose,responder\nP1,1,no\nP2,1,no\nP3,2,yes\nP4,2,no\nP5,3,yes\n";
    let text = printed(sheet, &["--by", "responder"]);
    assert!(!text.contains("responders/evaluable") && !text.contains("/ (%)"), "{text}");
    assert!(text.contains("best response 2/5 evaluable"), "{text}");
}
