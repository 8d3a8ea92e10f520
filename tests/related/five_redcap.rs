//! The report's five patients as a REDCap project: a raw export with its dictionary, repeating instruments, check boxes.

use super::five::{SCHEMA_FILE, csv, expected, same, tables};
use super::{listed, results};
use serde_json::Value;
use std::collections::BTreeMap;

/// The fields with choices.
const CHOICES: [&str; 6] = ["sex", "etiology", "etiology_certainty", "classification", "histology", "emg"];
/// The fields of several boxes, each on a form of its own: a form that was never filled in says that nothing is known.
const BOXES: [&str; 7] =
    ["sites", "site_side", "symptoms", "biopsy_sites", "imaging", "imaging_region", "imaging_finding"];

/// The distinct texts of a column, without blanks, in the order of their first row.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !all.iter().any(|known| known == text) {
            all.push(text.to_owned());
        }
    }
    all
}

struct Field {
    name: String,
    form: String,
    kind: &'static str,
    choices: Vec<String>,
    /// Where it is in the table of the cases.
    at: usize,
}

fn fields(patients: &[Vec<String>]) -> Vec<Field> {
    let field = |(at, name): (usize, &String)| {
        let column = || patients[1..].iter().map(move |row| row[at].as_str());
        let (kind, choices) = match name.as_str() {
            name if CHOICES.contains(&name) => ("radio", distinct(column())),
            name if BOXES.contains(&name) => ("checkbox", distinct(column().flat_map(|cell| cell.split(';')))),
            _ => ("text", Vec::new()),
        };
        let form = if kind == "checkbox" { format!("f_{name}") } else { "base".to_owned() };
        Field { name: name.clone(), form, kind, choices, at }
    };
    patients[0].iter().enumerate().map(field).collect()
}

/// The dictionary: the fields of the cases, and those of the two repeating instruments.
fn dictionary(fields: &[Field]) -> Vec<Vec<String>> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut rows = vec![words(&[
        "Variable / Field Name",
        "Form Name",
        "Field Type",
        "Field Label",
        "Choices, Calculations, OR Slider Labels",
        "Field Note",
        "Identifier?",
        "Branching Logic (Show field only if...)",
    ])];
    for field in fields {
        let choices: Vec<String> = (1..).zip(&field.choices).map(|(code, label)| format!("{code}, {label}")).collect();
        rows.push(words(&[&field.name, &field.form, field.kind, &field.name, &choices.join(" | "), "", "", ""]));
    }
    for (form, names) in
        [("treatments", ["line", "agent", "dose", "response"].as_slice()), ("labs", &["test", "value"])]
    {
        rows.extend(names.iter().map(|name| words(&[name, form, "text", name, "", "", "", ""])));
    }
    rows
}

/// The raw export: a row a patient, and a row for each instance of an instrument.
fn export(fields: &[Field], [patients, treatments, labs]: &[Vec<Vec<String>>; 3]) -> Vec<Vec<String>> {
    let mut header: Vec<String> =
        vec!["case_id".into(), "redcap_repeat_instrument".into(), "redcap_repeat_instance".into()];
    for field in &fields[1..] {
        match field.kind {
            "checkbox" => {
                header.extend((1..=field.choices.len()).map(|code| format!("{}___{code}", field.name)));
                header.push(format!("{}_complete", field.form));
            }
            _ => header.push(field.name.clone()),
        }
    }
    header.extend(["line", "agent", "dose", "response", "test", "value"].map(str::to_owned));
    let mut rows = vec![header.clone()];
    let filled = |cells: BTreeMap<String, String>| -> Vec<String> {
        header.iter().map(|name| cells.get(name).cloned().unwrap_or_default()).collect()
    };
    for row in &patients[1..] {
        let mut cells = BTreeMap::from([("case_id".to_owned(), row[0].clone())]);
        for field in &fields[1..] {
            let text = &row[field.at];
            let code = |item: &str| field.choices.iter().position(|label| label == item).map(|at| (at + 1).to_string());
            match field.kind {
                "checkbox" => {
                    let ticked: Vec<String> = text.split(';').filter_map(code).collect();
                    for number in 1..=field.choices.len() {
                        let is_ticked = u8::from(ticked.contains(&number.to_string()));
                        cells.insert(format!("{}___{number}", field.name), is_ticked.to_string());
                    }
                    let state = if text.is_empty() { "0" } else { "2" };
                    cells.insert(format!("{}_complete", field.form), state.to_owned());
                }
                "radio" => drop(cells.insert(field.name.clone(), code(text).unwrap_or_default())),
                _ => drop(cells.insert(field.name.clone(), text.clone())),
            }
        }
        rows.push(filled(cells));
        for (form, table) in [("treatments", treatments), ("labs", labs)] {
            for (instance, of_case) in (1..).zip(table[1..].iter().filter(|of_case| of_case[0] == row[0])) {
                let mut cells: BTreeMap<String, String> =
                    table[0].iter().cloned().zip(of_case.iter().cloned()).collect();
                cells.insert("redcap_repeat_instrument".into(), form.into());
                cells.insert("redcap_repeat_instance".into(), instance.to_string());
                rows.push(filled(cells));
            }
        }
    }
    rows
}

#[test]
fn a_redcap_project_says_what_one_table_does() {
    let tables = tables();
    let fields = fields(&tables[0]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dictionary.csv"), csv(&dictionary(&fields))).unwrap();
    std::fs::write(folder.path().join("export.csv"), csv(&export(&fields, &tables))).unwrap();
    let words = ["export.csv", "--schema", SCHEMA_FILE];
    same(&results(folder.path(), &words), &expected());
    // Without the schema the dictionary states the labels: the same counts of every level and every number.
    let (_, said) = listed(folder.path(), &["export.csv"]);
    assert!(said.contains("a REDCap export: 50 rows are 5 records"), "{said}");
    let (own, all) = (results(folder.path(), &["export.csv"]), expected());
    let stat = |of: &Value, key: &str| {
        let found = of.as_array().unwrap().iter().find(|row| row["key"] == key);
        found.unwrap_or_else(|| panic!("{key}"))["stat"].clone()
    };
    for key in [
        "cases",
        "age.mean",
        "sex[female].n",
        "etiology[idiopathic].p",
        "etiology[juvenile dermatomyositis].n",
        "sites[knee].p",
        "sites[hip].n",
        "symptoms[muscle weakness].N",
        "biopsy_sites.N_miss",
        "emg[myopathic].n",
        "esr.median",
        "ck.max",
        "crp.N_miss",
        "treatment.n_lines",
        "response_by_agent[diltiazem].n_responders",
    ] {
        assert_eq!(stat(&own, key), stat(&all, key), "{key}");
    }
}
