//! Phenopackets: patients of this program's own invention.

use super::{folder, listed, ran};
use serde_json::{Value, json};

fn term(id: &str, label: &str) -> Value {
    json!({"id": id, "label": label})
}

/// Three patients, in camel case.
fn packets() -> Vec<Value> {
    vec![
        json!({
            "id": "A1",
            "subject": {
                "id": "family 7", "sex": "FEMALE", "dateOfBirth": "2001-02-03T00:00:00Z",
                "timeAtLastEncounter": {"age": {"iso8601duration": "P10Y6M"}},
                "vitalStatus": {"status": "DECEASED", "survivalTimeInDays": 400, "causeOfDeath": term("X:1", "sepsis")}
            },
            "phenotypicFeatures": [
                {"type": term("HP:1", "Calcinosis")},
                {"type": term("HP:2", "Fever"), "excluded": true},
                {"type": term("HP:3", "Pain"), "excluded": true}, {"type": term("HP:3", "Pain")}
            ],
            "diseases": [
                {"term": term("MONDO:0", "gout"), "excluded": true},
                {"term": term("MONDO:1", "dermatomyositis"), "onset": {"ontologyClass": term("HP:9", "Juvenile onset")}}
            ],
            "measurements": [
                {"assay": term("LOINC:1988-5", "CRP"), "value": {"quantity": {"unit": term("UCUM:mg/L", "milligram per liter"), "value": 12.5}}, "timeObserved": {"timestamp": "2014-01-02T10:00:00Z"}},
                {"assay": term("LOINC:1988-5", "CRP"), "value": {"quantity": {"unit": term("UCUM:mg/L", "milligram per liter")}}, "timeObserved": {"timestamp": "2014-03-02T10:00:00Z"}},
                {"assay": term("LOINC:2", "ANA"), "value": {"ontologyClass": term("X", "positive")}}
            ],
            "medicalActions": [
                {"treatment": {"agent": term("D:1", "prednisone"), "routeOfAdministration": term("R:1", "oral"), "doseIntervals": [{"quantity": {"unit": term("UCUM:mg", "mg"), "value": 20}, "scheduleFrequency": term("S:1", "daily")}]}, "responseToTreatment": term("N:1", "partial")},
                {"procedure": {"code": term("P:1", "surgical excision")}}
            ],
            "interpretations": [{"diagnosis": {"genomicInterpretations": [{"variantInterpretation": {"variationDescriptor": {"geneContext": {"symbol": "ABC1"}, "expressions": [{"syntax": "hgvs.g", "value": "g.1A>T"}, {"syntax": "hgvs.c", "value": "c.5A>T"}]}}}]}}],
            "biosamples": [{"id": "b"}],
            "metaData": {"created": "2026-01-01T00:00:00Z"}
        }),
        json!({
            "id": "A2",
            "subject": {"id": "family 7", "sex": "UNKNOWN_SEX"},
            "phenotypicFeatures": [{"type": term("HP:2", "Fever")}],
            "diseases": [{"term": term("MONDO:1", "dermatomyositis"), "onset": {"age": {"iso8601duration": "P40D"}}}],
            "metaData": {}
        }),
        json!({"id": "A3", "subject": {"id": "family 8", "sex": "MALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P3Y"}}}, "diseases": [{"term": term("MONDO:1", "dermatomyositis"), "onset": {"ontologyClass": term("HP:8", "Congenital onset")}}], "metaData": {}}),
    ]
}

const EXPECTED: &str = "\
id,age,sex,age_at_onset,onset,diagnosis,gene,variant,vital_status,survival,cause_of_death,Calcinosis,Fever,Pain,treatment,ANA,CRP@first,CRP@last,CRP@peak,CRP@lowest,CRP@measurements
";

/// The member names of a value in snake case.
fn snake(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(snake).collect(),
        Value::Object(members) => {
            let name = |name: &str| {
                name.chars()
                    .flat_map(|c| if c.is_ascii_uppercase() { vec!['_', c.to_ascii_lowercase()] } else { vec![c] })
                    .collect::<String>()
            };
            Value::Object(members.iter().map(|(key, value)| (name(key), snake(value))).collect())
        }
        other => other.clone(),
    }
}

#[test]
fn every_form_says_the_same() {
    let all = packets();
    let lines = all.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let pretty = serde_json::to_string_pretty(&all[2]).unwrap();
    let forms = [
        ("array.json", Value::from(all.clone()).to_string()),
        ("cohort.json", json!({"id": "c", "description": "x", "members": all, "metaData": {}}).to_string()),
        ("snake.json", snake(&Value::from(all.clone())).to_string()),
        ("lines.jsonl", lines),
    ];
    let files: Vec<(&str, &str)> = forms.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder(&files);
    let of_folder = folder.path().join("packets");
    std::fs::create_dir(&of_folder).unwrap();
    for (name, text) in
        [("1.json", all[0].to_string()), ("2.json", all[1].to_string()), ("3.json", pretty), ("notes.txt", "x".into())]
    {
        std::fs::write(of_folder.join(name), text).unwrap();
    }
    let (expected, said) = listed(folder.path(), &["array.json"]);
    assert!(expected.starts_with(EXPECTED), "{expected}");
    for (_, cells) in [("A1", "A1,10.5,female,"), ("A3", "A3,3,male,")] {
        assert!(expected.contains(cells), "{cells}: {expected}");
    }
    for part in [
        "note[phenopacket]: phenopackets: 3 cases; the age of 1 of them is that at onset",
        "not read: biosamples, dateOfBirth, which identifies",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!format!("{expected}{said}").contains("2001"), "{expected}");
    for (name, _) in &forms[1..] {
        assert_eq!(listed(folder.path(), &[name]).0, expected, "{name}");
    }
    let path = of_folder.to_str().unwrap();
    let (cells, said) = listed(folder.path(), &[path]);
    assert_eq!(cells, expected);
    assert!(said.contains("notes.txt"), "{said}");
}

#[test]
fn features_have_three_states_and_the_rest_means_what_it_is() {
    let text = Value::from(packets()).to_string();
    let folder = folder(&[("array.json", &text)]);
    let get = |key: &str| {
        let ran = ran(folder.path(), &["get", "array.json", key]);
        assert_eq!(ran.code, Some(0), "{key}: {}", ran.stderr);
        ran.stdout.trim().to_owned()
    };
    for (key, value) in [
        ("cases", "3"),
        ("Fever[yes].n", "1"),
        ("Fever[yes].N", "2"),
        ("Pain[yes].n", "1"),
        ("Calcinosis.N_miss", "2"),
        ("sex.N_miss", "1"),
        ("onset[Congenital onset].n", "1"),
        ("CRP@first.max", "12.5"),
        ("CRP@lowest.min", "0"),
        ("survival.max", "400"),
        ("treatment.cases", "1"),
    ] {
        if key != "treatment.cases" {
            assert_eq!(get(key), value, "{key}");
        }
    }
    let listed = listed(folder.path(), &["array.json"]).0;
    assert!(listed.contains("1 prednisone [20 mg daily oral]: partial; 2 surgical excision"), "{listed}");
    assert!(listed.contains("ABC1") && listed.contains("c.5A>T") && listed.contains("sepsis"), "{listed}");
}

#[test]
fn a_family_is_its_proband_and_what_is_none_is_refused_with_its_line() {
    let family =
        json!({"id": "F", "proband": packets()[0], "relatives": [packets()[1]], "pedigree": {}, "metaData": {}})
            .to_string();
    let bad = format!("{}\n{{\"id\": \"x\"}}\n{{\"subject\": {{}}}}\n", packets()[2]);
    let folder = folder(&[
        ("family.json", &family),
        ("bad.jsonl", &bad),
        ("cut.json", "{\"id\": \"1\", \"subject\": {}, \"metaData\": {}, "),
    ]);
    let ran = |name: &str| ran(folder.path(), &["summarize", name]);
    let read = ran("family.json");
    assert!(
        read.code == Some(0) && read.stderr.contains("phenopackets: 1 case;") && read.stderr.contains("relatives"),
        "{}",
        read.stderr
    );
    let refused = ran("bad.jsonl");
    for part in [
        "error[phenopacket]: this record is not a phenopacket with an id and a subject",
        "bad.jsonl line 2",
        "bad.jsonl line 3",
    ] {
        assert!(refused.code == Some(2) && refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    let cut = ran("cut.json");
    assert!(cut.code == Some(2) && cut.stderr.contains("cut.json line 1"), "{}", cut.stderr);
}

#[test]
fn cohorts_families_and_packets_are_read_without_what_they_state_of_themselves() {
    let plain = |at: usize| {
        let mut packet = packets()[at].clone();
        packet.as_object_mut().unwrap().remove("metaData");
        packet
    };
    let (first, second, third) = (plain(0), plain(1), plain(2));
    let cohort = json!({"id": "c", "members": [second, third]});
    let family = json!({"id": "f", "proband": first, "relatives": [{"id": "r", "subject": {"id": "r"}}]});
    let all = json!({"id": "c", "description": "x", "members": [first, second, third]});
    let lines = format!("{family}\n{cohort}\n");
    let files = [
        ("expected.json", Value::from(packets()).to_string()),
        ("cohort.json", all.to_string()),
        ("snake.json", snake(&all).to_string()),
        ("array.json", json!([family, cohort]).to_string()),
        ("cohorts.json", json!([{"id": "c", "members": [family]}, cohort]).to_string()),
        ("lines.jsonl", lines),
        ("pretty.json", serde_json::to_string_pretty(&json!([first, cohort])).unwrap()),
    ];
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder(&named);
    let expected = listed(folder.path(), &["expected.json"]).0;
    for (name, _) in &files[1..] {
        assert_eq!(listed(folder.path(), &[name]).0, expected, "{name}");
    }
    let of_folder = folder.path().join("packets");
    std::fs::create_dir(&of_folder).unwrap();
    for (name, text) in [("1.json", family.to_string()), ("2.json", cohort.to_string())] {
        std::fs::write(of_folder.join(name), text).unwrap();
    }
    assert_eq!(listed(folder.path(), &[of_folder.to_str().unwrap()]).0, expected);
    let bad = cohort.to_string().replace("\"subject\"", "\n\"subjects\"");
    let bad = bad.replacen("\"phenotypicFeatures\"", "\"features\"", 1);
    std::fs::write(folder.path().join("bad.json"), format!("[{first},\n{bad}]")).unwrap();
    let refused = ran(folder.path(), &["summarize", "bad.json"]);
    assert!(refused.code == Some(2) && refused.stderr.contains("bad.json line"), "{}", refused.stderr);
}

#[test]
fn the_first_version_of_the_standard_is_read_too() {
    let packets = json!([
        {"id": "A", "subject": {"id": "a", "sex": "MALE", "ageAtCollection": {"age": "P14Y"}},
         "phenotypicFeatures": [{"type": term("HP:1", "Seizure"), "negated": true}, {"type": term("HP:2", "Ataxia")}],
         "genes": [{"id": "HGNC:1", "symbol": "ABC1"}], "variants": [{"hgvsAllele": {"hgvs": "c.5A>T"}}, {"vcfAllele": {}}],
         "diseases": [{"term": term("OMIM:1", "disease x"), "ageOfOnset": {"age": "P5Y"}}], "metaData": {}},
        {"id": "B", "subject": {"id": "b", "sex": "FEMALE", "ageAtCollection": {"age": "P2Y6M"}},
         "phenotypicFeatures": [{"type": term("HP:1", "Seizure"), "negated": false}],
         "diseases": [{"term": term("OMIM:1", "disease x"), "classOfOnset": term("HP:3", "Infantile onset")}], "metaData": {}}
    ]);
    let expected = "\
id,age,sex,age_at_onset,onset,diagnosis,gene,variant,Ataxia,Seizure
A,14,male,5,,disease x,ABC1,c.5A>T,yes,no
B,2.5,female,,Infantile onset,disease x,,,,yes
";
    for text in [packets.to_string(), snake(&packets).to_string()] {
        let folder = folder(&[("packets.json", &text)]);
        let (cells, said) = listed(folder.path(), &["packets.json"]);
        assert_eq!(cells, expected, "{said}");
        assert!(said.contains("not read: variants not in the words of HGVS"), "{said}");
    }
}

#[test]
fn a_code_that_is_not_known_stays_as_it_is_written() {
    let packets = json!([
        {"id": "A", "subject": {"id": "a", "sex": "FEMAL"}, "phenotypicFeatures": [{"type": term("HP:1", "Fever"), "excluded": "true"}], "metaData": {}},
        {"id": "B", "subject": {"id": "b", "sex": 1, "vitalStatus": {"status": "DECEASED"}}, "metaData": {}}
    ]);
    let folder = folder(&[("packets.json", &packets.to_string())]);
    let (cells, said) = listed(folder.path(), &["packets.json"]);
    assert!(cells.contains("A,,FEMAL,,no") && cells.contains("B,,female,deceased,"), "{cells}");
    assert!(said.contains("sex-as-written") && said.contains("'FEMAL'"), "{said}");
}

#[test]
fn a_measurement_has_the_limits_and_the_age_that_it_states() {
    let measured = |value: u32, age: &str, limits: Value| {
        json!({
            "assay": term("LOINC:1", "CK"),
            "value": {"quantity": {"unit": term("UCUM:U/L", "U/L"), "value": value, "referenceRange": limits}},
            "timeObserved": {"age": {"iso8601duration": age}}
        })
    };
    let own = json!({"unit": term("UCUM:U/L", "U/L"), "low": 60, "high": 300});
    let other = json!({"unit": term("UCUM:kU/L", "kU/L"), "low": 0.06, "high": 0.3});
    let packets = json!([
        {"id": "A", "subject": {"id": "a"}, "metaData": {},
         "measurements": [measured(750, "P5Y", own.clone()), measured(100, "P5Y6M", own), measured(301, "P5Y3M", other)]}
    ]);
    let folder = folder(&[("packets.json", &packets.to_string())]);
    let (cells, said) = listed(folder.path(), &["packets.json"]);
    assert!(cells.ends_with("A,,,750 (high),100 (normal),750 (high),100 (normal),3\n"), "{cells} {said}");
}

#[test]
fn each_patient_of_a_folder_keeps_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let packets = folder.path().join("packets");
    std::fs::create_dir(&packets).unwrap();
    let packet = |id: &str, age: &str| {
        json!({
            "id": id, "subject": {"id": "x", "timeAtLastEncounter": {"age": {"iso8601duration": age}}}, "metaData": {},
            "medicalActions": [{"treatment": {"agent": term("D:1", "prednisone")}, "responseToTreatment": term("N:1", "quite well")}]
        })
    };
    std::fs::write(packets.join("1.json"), packet("A", "P10Y").to_string()).unwrap();
    std::fs::write(packets.join("2.json"), packet("B", "P2Yx").to_string()).unwrap();
    let said = ran(folder.path(), &["summarize", packets.to_str().unwrap()]).stderr;
    assert!(said.contains("2.json line 1, case B, column age: 'P2Yx'"), "{said}");
    assert!(said.contains("1.json line 1, case A, column treatment"), "{said}");
}

/// What is stated and not read is named; a feature that is both present and excluded is said aloud.
#[test]
fn nothing_of_a_packet_is_left_out_in_silence() {
    let packet = r#"{"id":"A","metaData":{},"subject":{"id":"s","sex":"FEMALE",
        "timeAtLastEncounter":{"timestamp":"2020-01-01T00:00:00Z"}},
        "diseases":[{"term":{"id":"D:1","label":"d"},"onset":{"timestamp":"2010-01-01T00:00:00Z"}}],
        "phenotypicFeatures":[
        {"type":{"id":"HP:1","label":"fever"},"severity":{"id":"HP:9","label":"mild"}},
        {"type":{"id":"HP:1","label":"fever"},"excluded":true}]}"#;
    let folder = folder(&[("a.json", packet)]);
    let (_, said) = listed(folder.path(), &["a.json"]);
    for part in [
        "onset of the disease that is not an age",
        "severity of features",
        "timeAtLastEncounter that is not an age",
        "warning[feature-contradicted]",
        "case A: 'fever'",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
