//! `--suppress-below` over inputs of several tables, visits and phenopackets: two series that differ only in counts of few
//! cases give the same bytes.

use super::walk::assert_same_outputs;
use serde_json::{Value, json};
use std::path::Path;

const CASES: usize = 24;
/// Counts below it are masked.
const K: &str = "5";

fn put(folder: &Path, file: &str, text: &str) {
    std::fs::write(folder.join(file), text).expect("a file");
}

/// True for two cases of the one series and three of the other.
fn is_of_few(n: usize, is_changed: bool) -> bool {
    [4, 9].contains(&n) || n == 14 && is_changed
}

fn sex(n: usize) -> &'static str {
    ["F", "M"][n % 2]
}

/// An agent, a test and a high value that few cases have.
fn related(folder: &Path, is_changed: bool) {
    let cases: String = (0..CASES).map(|n| format!("P{n},{},{}\n", 30 + n % 7, sex(n))).collect();
    put(folder, "cases.csv", &format!("case_id,age,sex\n{cases}"));
    let agent = |n| if is_of_few(n, is_changed) { "methotrexate" } else { "colchicine" };
    let lines: String = (0..CASES).map(|n| format!("P{n},1,{},complete\n", agent(n))).collect();
    put(folder, "lines.csv", &format!("case_id,line,agent,response\n{lines}"));
    let labs = (0..CASES).map(|n| {
        let second = if is_of_few(n, is_changed) { format!("P{n},ESR,20,mm/h\n") } else { String::new() };
        format!("P{n},CRP,{},mg/L\n{second}", 5 + n % 3)
    });
    put(folder, "labs.csv", &format!("case_id,test,value,unit\n{}", labs.collect::<String>()));
}

fn visits(header: &str, [first, last]: [&str; 2], is_changed: bool) -> String {
    let rows = (0..CASES).flat_map(|n| {
        [first, last].map(|at| {
            let pain = if is_of_few(n, is_changed) && at == last { "yes" } else { "no" };
            let crp = 10 + n % 3 + usize::from(at == last);
            format!("P{n},{at},{},{},{crp},{pain}\n", 30 + n % 7, sex(n))
        })
    });
    format!("{header},age,sex,crp,pain\n{}", rows.collect::<String>())
}

fn long(folder: &Path, is_changed: bool) {
    put(folder, "cases.csv", &visits("case_id,visit", ["baseline", "month 6"], is_changed));
}

fn redcap(folder: &Path, is_changed: bool) {
    let text = visits("record_id,redcap_event_name", ["baseline_arm_1", "month_6_arm_1"], is_changed);
    put(folder, "cases.csv", &text);
}

fn packet(n: usize, is_changed: bool) -> Value {
    let features = [json!({"type": {"id": "HP:2", "label": "Fever"}, "excluded": !is_of_few(n, is_changed)})];
    let sex = ["FEMALE", "MALE"][n % 2];
    json!({
        "id": format!("P{n}"),
        "subject": {
            "id": format!("P{n}"), "sex": sex,
            "timeAtLastEncounter": {"age": {"iso8601duration": format!("P{}Y", 30 + n % 7)}}
        },
        "phenotypicFeatures": features,
        "diseases": [{"term": {"id": "MONDO:1", "label": "gout"}}],
        "metaData": {"created": "2026-01-01T00:00:00Z"}
    })
}

fn phenopackets(folder: &Path, is_changed: bool) {
    let packets: Vec<Value> = (0..CASES).map(|n| packet(n, is_changed)).collect();
    put(folder, "cases.json", &serde_json::to_string(&packets).expect("JSON"));
}

/// Times to an event that few cases have.
fn times(folder: &Path, is_changed: bool) {
    let relapse = |n| if is_of_few(n, is_changed) { "yes" } else { "no" };
    let rows: String =
        (0..CASES).map(|n| format!("P{n},{},{},{}\n", 5 + n % 4, relapse(n), ["north", "south"][n % 2])).collect();
    put(folder, "cases.csv", &format!("case_id,months,relapse,hospital\n{rows}"));
}

/// The first quartile, which is masked beside the median, needs a decimal in the one series.
fn quartiles(folder: &Path, is_changed: bool) {
    let value = |n| if n < 2 || n == 2 && is_changed { 1 } else { 3 };
    let rows: String = (0..12).map(|n| format!("P{n},{}\n", value(n))).collect();
    put(folder, "cases.csv", &format!("case_id,crp\n{rows}"));
}

/// Few cases have no second visit.
fn unpaired(folder: &Path, is_changed: bool) {
    let rows: String = (0..CASES)
        .map(|n| {
            let last = if is_of_few(n, is_changed) { String::new() } else { (4 + n % 5).to_string() };
            format!("P{n},{},{last}\n", 10 + n % 3)
        })
        .collect();
    put(folder, "cases.csv", &format!("case_id,crp@first,crp@last\n{rows}"));
}

/// A filter that few cases do not pass for certain, and texts of cells in it.
fn filtered(folder: &Path, is_changed: bool) {
    let age = |n: usize| if is_of_few(n, is_changed) { String::new() } else { (20 + n).to_string() };
    let rows: String = (0..CASES).map(|n| format!("P{n},{},{},{}\n", age(n), sex(n), 1 + n % 5)).collect();
    put(folder, "cases.csv", &format!("case_id,age,sex,relapses\n{rows}"));
}

/// An input: its name, what writes it, the arguments that read it, and what they are combined with.
type Kind = (&'static str, fn(&Path, bool), &'static [&'static str], &'static [&'static [&'static str]]);

const BY_SEX: &[&[&str]] = &[&[], &["--by", "sex", "--tests", "--difference", "--odds-ratio"]];
const TABLES: &[&str] = &["cases.csv", "--table", "treatments=lines.csv", "--table", "labs=labs.csv"];

const KINDS: [Kind; 10] = [
    ("tables", related, TABLES, BY_SEX),
    ("long", long, &["cases.csv", "--case", "case_id", "--visit", "visit"], BY_SEX),
    (
        "change",
        long,
        &["cases.csv", "--case", "case_id", "--visit", "visit", "--change", "crp"],
        &[&["--stat", "number={mean} {hodges_lehmann} {p.paired_t} {p.signed_rank}"]],
    ),
    ("unpaired", unpaired, &["cases.csv", "--change", "crp"], &[&[]]),
    ("quartiles", quartiles, &["cases.csv"], &[&[]]),
    ("redcap", redcap, &["cases.csv"], BY_SEX),
    ("phenopackets", phenopackets, &["cases.json"], BY_SEX),
    (
        "derived",
        related,
        &[
            "cases.csv",
            "--table",
            "labs=labs.csv",
            "--derive",
            "raised = when ESR >= 8 then 'raised' else 'not raised'",
        ],
        BY_SEX,
    ),
    (
        "survival",
        times,
        &["cases.csv", "--time", "months", "--event", "relapse = 'yes'", "--times", "6,8"],
        &[&[], &["--by", "hospital", "--tests"]],
    ),
    ("filter", filtered, &["cases.csv", "--where", "age >= 20"], BY_SEX),
];

#[test]
fn counts_of_few_cases_of_any_input_change_no_byte_of_any_format() {
    for (kind, write, input, options) in KINDS {
        println!("{kind}");
        assert_same_outputs(&write, input, "summarize", &["--suppress-below", K], options);
    }
}
