//! The report's five patients as phenopackets: the same results wherever a phenopacket can hold the field.

use super::five::{expected, tables};
use super::{ran, results};
use serde_json::{Value, json};

fn term(label: &str) -> Value {
    json!({"id": format!("X:{label}"), "label": label})
}

/// The packet of a patient; in the first version of the standard where `is_older`.
fn packet(header: &[String], row: &[String], [treatments, labs]: [&[Vec<String>]; 2], is_older: bool) -> Value {
    let cell = |name: &str| row[header.iter().position(|known| known == name).unwrap()].as_str();
    let of_case = |table: &[Vec<String>]| table[1..].iter().filter(|of| of[0] == row[0]).cloned().collect::<Vec<_>>();
    let age = match cell("age") {
        "2.5" => "P2Y6M".to_owned(),
        years => format!("P{years}Y"),
    };
    let feature = |label: &str| {
        let excluded = if is_older { "negated" } else { "excluded" };
        match cell("inflammatory_syndrome") {
            "" => None,
            "no" => Some(json!({"type": term(label), excluded: true})),
            _ => Some(json!({"type": term(label)})),
        }
    };
    // A line is an action: agents that are given together are one regimen.
    let mut lines: Vec<(String, String, Vec<String>)> = Vec::new();
    for of in of_case(treatments) {
        match lines.iter_mut().find(|(line, ..)| *line == of[1]) {
            Some((.., agents)) => agents.push(of[2].clone()),
            None => lines.push((of[1].clone(), of[4].clone(), vec![of[2].clone()])),
        }
    }
    let action = |(_, response, agents): &(String, String, Vec<String>)| {
        let mut action = json!({"treatment": {"agent": term(&agents.join(" + "))}});
        if !response.is_empty() {
            action["responseToTreatment"] = term(response);
        }
        action
    };
    let measured = |of: &Vec<String>| {
        let number = of[2].split(' ').next().unwrap().parse::<f64>();
        let value = match number {
            Ok(number) => json!({"quantity": {"unit": term(""), "value": number}}),
            Err(_) => json!({"ontologyClass": term(&of[2])}),
        };
        json!({"assay": term(&of[1]), "value": value})
    };
    let seen = match is_older {
        true => ("ageAtCollection", json!({"age": age})),
        false => ("timeAtLastEncounter", json!({"age": {"iso8601duration": age}})),
    };
    json!({
        "id": row[0],
        "subject": {"id": "x", "sex": cell("sex").to_uppercase(), seen.0: seen.1},
        "phenotypicFeatures": feature("inflammatory_syndrome").into_iter().collect::<Vec<_>>(),
        "diseases": [{"term": term(cell("etiology"))}],
        "measurements": of_case(labs).iter().map(measured).collect::<Vec<_>>(),
        "medicalActions": lines.iter().map(action).collect::<Vec<_>>(),
        "metaData": {}
    })
}

#[test]
fn phenopackets_of_both_versions_say_what_one_table_does_wherever_they_can() {
    let [patients, treatments, labs] = tables();
    let all = expected();
    let stat = |of: &Value, key: &str| {
        let found = of.as_array().unwrap().iter().find(|row| row["key"] == key);
        found.map_or(Value::Null, |row| row["stat"].clone())
    };
    for is_older in [false, true] {
        let packets: Vec<Value> =
            (patients[1..].iter()).map(|row| packet(&patients[0], row, [&treatments, &labs], is_older)).collect();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("packets.json"), Value::from(packets).to_string()).unwrap();
        let found = results(folder.path(), &["packets.json"]);
        let mut compared = 0;
        for row in all.as_array().unwrap() {
            let key = row["key"].as_str().unwrap();
            let variable = key.split(['.', '[', '_']).next().unwrap();
            let is_held =
                ["age", "sex", "etiology", "inflammatory", "ck", "ldh", "wbc", "ferritin"].contains(&variable);
            // The schema of the report has more: ranges, words for the status of a test, a level that nobody has.
            let is_own =
                ["certainty", "by_range", "_stated", "age_event", "[male]"].iter().any(|word| key.contains(word));
            if !is_held || is_own {
                continue;
            }
            let key = key.replacen("etiology", "diagnosis", 1);
            assert_eq!(stat(&found, &key), row["stat"], "{key}");
            compared += 1;
        }
        assert!(compared > 80, "{compared}");
        for key in ["treatment.lines", "response_by_agent[diltiazem].n_responders", "cases"] {
            assert_eq!(stat(&found, key), stat(&all, key), "{key}");
        }
        let said = ran(folder.path(), &["summarize", "packets.json"]).stderr;
        assert!(said.contains("note[phenopacket]: phenopackets: 5 cases"), "{said}");
    }
}
