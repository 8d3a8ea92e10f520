//! What the program prints is what a claim may print: every cell of its tables is read and agrees.

use super::{audit, audit_of, verdicts};
use crate::support::{file, series, stdout};
use serde_json::{Value, json};

/// A claim for a key with a text that is printed for it.
fn claim(id: usize, key: &str, printed: &str) -> String {
    let (key, printed) = (json!(key), json!(printed));
    format!("[[claim]]\nid = \"{id}\"\nsays = \"{id}\"\nvalue = {key}\nprinted = {printed}\n")
}

/// The texts of the tables of the example, each with the key of its statistic.
fn cells(summary: &Value) -> Vec<(String, String)> {
    let rows = summary["results"].as_array().expect("results");
    let text = |key: &str| {
        let row = rows.iter().find(|row| row["key"] == key)?;
        row["stat"].is_number().then(|| row["stat_fmt"].as_str().map(str::to_owned)).flatten()
    };
    let mut cells = Vec::new();
    for key in rows.iter().filter_map(|row| row["key"].as_str()) {
        let of = |name: &str, statistic: &str| text(&key.replacen(name, statistic, 1));
        if key.contains(".p") && key.ends_with(['p', ')']) && key.contains(['[', '(']) {
            let parts = [".n", ".N", ".p", ".conf.low", ".conf.high"].map(|statistic| of(".p", statistic));
            if let [Some(n), Some(total), Some(p), Some(low), Some(high)] = parts {
                cells.push((key.to_owned(), format!("{n}/{total} ({p}%)")));
                cells.push((key.to_owned(), format!("{low}–{high}%")));
                cells.push((key.to_owned(), format!("{n}/{total} ({p}%; {low}–{high}%)")));
            }
        }
        if let Some((mean, sd)) = text(key).zip(of(".mean", ".sd")).filter(|_| key.ends_with(".mean")) {
            cells.push((key.to_owned(), format!("{mean} ({sd})")));
        }
        let quartiles = of(".median", ".p25").zip(of(".median", ".p75"));
        if let Some((median, (low, high))) = text(key).zip(quartiles).filter(|_| key.ends_with(".median")) {
            cells.push((key.to_owned(), format!("{median} ({low}, {high})")));
        }
    }
    cells
}

#[test]
fn every_cell_of_the_tables_agrees_with_its_records() {
    let summary = serde_json::from_str(&stdout(&["summarize", "--example", "--format", "json"])).expect("JSON");
    let tables = stdout(&["summarize", "--example"]);
    let printed = cells(&summary);
    for form in ["4/5 (80%)", "38–96%", "4/4 (100%; 51–100%)", "5.9 (2.7)", "6 (5, 6)"] {
        assert!(tables.contains(form) && printed.iter().any(|(_, text)| text == form), "{form}");
    }
    let claims: String = printed.iter().enumerate().map(|(id, (key, text))| claim(id, key, text)).collect();
    let (_folder, path) = file("claims.toml", claims);
    let verdicts = verdicts(&audit(&[path.to_str().unwrap(), &series("cases.csv")]));
    assert_eq!(verdicts.len(), printed.len());
    let other: Vec<_> = verdicts.iter().filter(|(_, verdict)| *verdict != "agrees").collect();
    let other: Vec<_> = other.iter().map(|(id, verdict)| (&printed[id.parse::<usize>().unwrap()], verdict)).collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn a_cell_that_differs_in_one_figure_contradicts() {
    let claims = [
        ("etiology[juvenile dermatomyositis].p", "4/5 (80%; 38–95%)"),
        ("etiology[juvenile dermatomyositis].p", "39–96%"),
        ("best_response.p(responders/treated)", "3/5 (60%)"),
        ("best_response.p(responders/treated)", "4/5 (80%; 38–99%)"),
        ("age.mean", "5.9 (2.8)"),
        ("age.median", "6 (5, 7)"),
    ];
    let text: String = claims.iter().enumerate().map(|(id, (key, text))| claim(id, key, text)).collect();
    let (_folder, path) = file("claims.toml", text);
    let verdicts = verdicts(&audit(&[path.to_str().unwrap(), &series("cases.csv")]));
    assert!(
        verdicts.len() == claims.len() && verdicts.values().all(|verdict| verdict == "contradicts"),
        "{verdicts:?}"
    );
}

#[test]
fn censored_quartiles_agree_as_they_are_printed() {
    let cases = "ana_titer\n>1280\n>1280\n>1280\n640\n160\n";
    let claims = [
        ("ana_titer.median", ">1280 (640, >1280)", "agrees"),
        ("ana_titer.median", ">1280 (320, >1280)", "contradicts"),
        ("ana_titer.p75", ">1280", "agrees"),
    ];
    let text: String = claims.iter().enumerate().map(|(id, (key, text, _))| claim(id, key, text)).collect();
    let found = verdicts(&audit_of(&text, cases));
    for (id, (key, text, verdict)) in claims.iter().enumerate() {
        assert_eq!(found[&id.to_string()], *verdict, "{key} {text}");
    }
}

/// Two of three are responders, the third has a word that is not understood.
#[test]
fn a_rate_that_is_open_contradicts_what_lies_outside_its_bounds() {
    let cases = "treatment,response\na,CR\na,PR\na,splendid\n";
    let claims = [
        ("best_response.n_responders", "3", "undetermined"),
        ("best_response.n_responders", "1", "contradicts"),
        ("best_response.p", "100%", "undetermined"),
        ("best_response.p", "80%", "undetermined"),
        ("best_response.p", "67%", "undetermined"),
        ("best_response.p", "33%", "contradicts"),
        ("best_response.p", "1/3", "contradicts"),
        ("best_response.p", "3/3 (100%; 44–100%)", "undetermined"),
        ("best_response.p(responders/treated)", "2/4", "contradicts"),
        ("response_by_agent[a].n_responders", "0", "contradicts"),
    ];
    let text: String = claims.iter().enumerate().map(|(id, (key, text, _))| claim(id, key, text)).collect();
    let found = verdicts(&audit_of(&text, cases));
    for (id, (key, text, verdict)) in claims.iter().enumerate() {
        assert_eq!(found[&id.to_string()], *verdict, "{key} {text}");
    }
}
