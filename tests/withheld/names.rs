//! `--deidentify` over inputs whose cells name columns: tests, visits, features, instruments. A word of one case is in
//! no output, and its place in the alphabet is not told either.

use super::walk::{assert_same_outputs, figures, run_in};
use serde_json::{Value, json};
use std::path::Path;

/// A name of a person in a series and in the other one.
const NAMES: [&str; 2] = ["Zyxwv", "Abcde"];

fn name(is_changed: bool) -> &'static str {
    NAMES[usize::from(is_changed)]
}

fn put(folder: &Path, file: &str, text: &str) {
    std::fs::write(folder.join(file), text).expect("a file");
}

/// Eight cases with their rows of treatment and of measurements, one of which has a test and a unit of its own.
fn related(folder: &Path, is_changed: bool) {
    let of = name(is_changed);
    let cases: String = (0..8).map(|n| format!("P{n},{},{},hip\n", 30 + n, ["F", "M"][n % 2])).collect();
    put(folder, "cases.csv", &format!("case_id,age,sex,site\n{cases}"));
    let lines: String =
        (0..8).map(|n| format!("P{n},1,colchicine,1 mg/day,{}\n", ["none", "complete"][n % 2])).collect();
    put(folder, "lines.csv", &format!("case_id,line,agent,dose,response\n{lines}"));
    let labs: String = (0..8).map(|n| format!("P{n},CRP,{},mg/L\n", 5 + n)).collect();
    put(
        folder,
        "labs.csv",
        &format!("case_id,test,value,unit\n{labs}P3,seen by {of},7,{of}\nP4,born 14/03/1951,1,mg/L\n"),
    );
}

/// The same with a visit that only one case has.
fn at_visits(folder: &Path, is_changed: bool) {
    related(folder, is_changed);
    let of = name(is_changed);
    let labs: String =
        (0..8).flat_map(|n| ["baseline", "month 6"].map(|at| format!("P{n},CRP,{},mg/L,{at}\n", 5 + n))).collect();
    put(
        folder,
        "labs.csv",
        &format!("case_id,test,value,unit,visit\n{labs}P3,CRP,90,mg/L,call by {of}\nP3,{of},1,mg/L,baseline\n"),
    );
}

/// A row a visit.
fn long(folder: &Path, is_changed: bool) {
    let rows: String = (0..8)
        .flat_map(|n| {
            ["baseline", "month 6"].map(|at| format!("P{n},{at},{},{},{}\n", 30 + n, ["F", "M"][n % 2], n + at.len()))
        })
        .collect();
    put(folder, "cases.csv", &format!("case_id,visit,age,sex,crp\n{rows}P2,call by {},32,F,99\n", name(is_changed)));
}

/// A REDCap export with an event of one record, and without a dictionary.
fn redcap(folder: &Path, is_changed: bool) {
    let rows: String = (0..8)
        .flat_map(|n| {
            ["baseline_arm_1", "month_6_arm_1"]
                .map(|at| format!("P{n},{at},{},{},{}\n", 30 + n, ["F", "M"][n % 2], n + at.len()))
        })
        .collect();
    let one = format!("P2,{}_arm_1,32,F,99\n", name(is_changed).to_lowercase());
    put(folder, "cases.csv", &format!("record_id,redcap_event_name,age,sex,crp\n{rows}{one}"));
}

fn packet(n: usize, is_changed: bool) -> Value {
    let mut features = vec![json!({"type": {"id": "HP:1", "label": "Pain"}, "excluded": n.is_multiple_of(3)})];
    let mut measured = vec![json!({
        "assay": {"id": "LOINC:1988-5", "label": "CRP"},
        "value": {"quantity": {"unit": {"id": "UCUM:mg/L", "label": "mg/L"}, "value": 5 + n}}
    })];
    let (mut onset, sex) = ("Juvenile onset", ["FEMALE", "MALE"][n % 2]);
    if n == 4 {
        onset = name(is_changed);
        features.push(json!({"type": {"id": "X:1", "label": format!("seen by {}", name(is_changed))}}));
        measured.push(json!({
            "assay": {"id": "X:2", "label": name(is_changed)},
            "value": {"quantity": {"unit": {"id": "X:3", "label": name(is_changed)}, "value": 3}}
        }));
    }
    json!({
        "id": format!("P{n}"),
        "subject": {"id": format!("P{n}"), "sex": sex, "timeAtLastEncounter": {"age": {"iso8601duration": format!("P{}Y", 30 + n)}}},
        "phenotypicFeatures": features, "measurements": measured,
        "diseases": [{"term": {"id": "MONDO:1", "label": "gout"}, "onset": {"ontologyClass": {"id": "HP:9", "label": onset}}}],
        "metaData": {"created": "2026-01-01T00:00:00Z"}
    })
}

fn phenopackets(folder: &Path, is_changed: bool) {
    let packets: Vec<Value> = (0..8).map(|n| packet(n, is_changed)).collect();
    put(folder, "cases.json", &serde_json::to_string(&packets).expect("JSON"));
}

/// An input: its name, what writes it, and the arguments that read it.
type Kind = (&'static str, fn(&Path, bool), &'static [&'static str]);

const KINDS: [Kind; 6] = [
    ("tables", related, &["cases.csv", "--table", "treatments=lines.csv", "--table", "labs=labs.csv"]),
    ("visits", at_visits, &["cases.csv", "--table", "treatments=lines.csv", "--table", "labs=labs.csv"]),
    ("long", long, &["cases.csv", "--case", "case_id", "--visit", "visit"]),
    ("redcap", redcap, &["cases.csv"]),
    ("phenopackets", phenopackets, &["cases.json"]),
    (
        "derived",
        related,
        &[
            "cases.csv",
            "--table",
            "labs=labs.csv",
            "--derive",
            "raised = when CRP >= 8 then 'raised' else 'not raised'",
        ],
    ),
];

#[test]
fn a_word_of_one_case_names_no_column_of_any_format() {
    for (kind, write, input) in KINDS {
        println!("{kind}");
        let options: [&[&str]; 3] = [&[], &["--by", "sex"], &["--layout", "journal"]];
        assert_same_outputs(&write, input, "summarize", &["--deidentify"], &options);
        assert_same_outputs(&write, input, "cases", &["--deidentify"], &[&[], &["--columns", "all"]]);
    }
}

#[test]
fn a_word_of_one_case_is_in_no_figure() {
    for figure in figures() {
        for (kind, write, input) in &KINDS[..2] {
            println!("{kind} {figure}");
            assert_same_outputs(write, input, &format!("plot {figure}"), &["--deidentify"], &[&[]]);
        }
    }
}

/// Where nobody is to be hidden, the names are there: the tests above look at something.
#[test]
fn the_words_name_columns_where_nothing_is_withheld() {
    let folder = tempfile::tempdir().expect("a folder");
    for (kind, write, input) in KINDS {
        write(folder.path(), false);
        let shown = |more: &[&str]| {
            let arguments = [&["summarize"], input, more].concat();
            let output = run_in(folder.path(), &arguments);
            assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        assert!(shown(&[]).to_lowercase().contains("zyxwv"), "{kind}");
        let withheld = shown(&["--deidentify"]);
        assert!(withheld.contains("withheld 1") && withheld.to_lowercase().contains("crp"), "{kind}: {withheld}");
    }
}

/// A derived variable is made before anything is withheld: its faults name no level and no visit.
#[test]
fn faults_of_derived_variables_name_no_level_and_no_visit() {
    let of_wards = "id,age,ward,ward@baseline,ward@last\n1,5,Miller,Miller,north\n2,6,north,north,north\n";
    for (cases, options) in [
        (of_wards, &["--change", "ward"][..]),
        (of_wards, &["--derive", "q = ward = 'Mille'"]),
        (of_wards, &["--derive", "q = ward = 'zzzzz'"]),
        ("id,visit,crp\n1,a,5\n1,Dr Miller,6\n", &["--case", "id", "--visit", "visit", "--change", "crp=x:a"]),
    ] {
        let (folder, path) = crate::support::file("cases.csv", cases);
        let name = path.file_name().unwrap().to_str().unwrap();
        let words = [&["summarize", name, "--deidentify"], options].concat();
        let output = run_in(folder.path(), &words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && !said.contains("Miller"), "{options:?}: {said}");
    }
}

/// A title with a name in a header, and a word that two cases of a family share.
#[test]
fn a_header_that_names_a_person_and_a_word_of_a_family_are_withheld() {
    let row = |n: usize| {
        let (ward, response) = if n < 2 { ("Zyxwv", "Zyxwv") } else { ("west", "partial") };
        format!("P{n},{},{n},{n},{},{ward},{response}\n", 20 + n, ["north", "south"][n % 2])
    };
    let header = "case_id,age,Jane Zyxwv,\"CRP Dr Zyxwv, mg/L\",centre_Dr_Zyxwv,ward,best_response";
    let text = format!("{header}\n{}", (0..12).map(row).collect::<String>());
    let (_folder, path) = crate::support::file("cases.csv", text);
    let path = path.to_string_lossy();
    for arguments in [
        &["summarize", &*path, "--deidentify"][..],
        &["summarize", &*path, "--deidentify", "--format", "json"],
        &["summarize", &*path, "--deidentify", "--by", "ward"],
        &["cases", &*path, "--deidentify"],
        &["plot", "response", &*path, "--deidentify"],
    ] {
        let output = crate::support::run(arguments);
        let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat();
        assert!(!told.contains("Zyxwv"), "{arguments:?}: {told}");
    }
    let shown = crate::support::stdout(&["summarize", &path, "--deidentify"]);
    assert!(shown.contains("withheld 1") && shown.contains("north"), "{shown}");
}

#[test]
fn a_header_that_holds_a_day_or_a_long_number_is_withheld_in_every_format() {
    let headers = ["case_id", "CRP Anna Weber 12.3.1956", "score 12345678", "age, 14 March 2018", "phone 0612345678"];
    let rows: Vec<[String; 5]> = (0..4)
        .map(|n| [n.to_string(), (70 + n).to_string(), n.to_string(), (9407 + n).to_string(), "17".into()])
        .collect();
    let csv = |row: &[String; 5]| row.join(",");
    let table = format!(
        "case_id,CRP Anna Weber 12.3.1956,score 12345678,\"age, 14 March 2018\",phone 0612345678\n{}\n",
        rows.iter().map(csv).collect::<Vec<_>>().join("\n")
    );
    let object = |row: &[String; 5]| {
        Value::Object(headers.iter().zip(row).map(|(header, cell)| ((*header).to_owned(), json!(cell))).collect())
    };
    let records = Value::Array(rows.iter().map(object).collect()).to_string();
    for (file, text) in [("cases.csv", table), ("cases.json", records)] {
        let (_folder, path) = crate::support::file(file, text);
        let path = path.to_string_lossy();
        for arguments in [
            &["summarize", &*path, "--deidentify"][..],
            &["summarize", &*path, "--deidentify", "--format", "json"],
            &["summarize", &*path, "--deidentify", "--format", "html"],
            &["cases", &*path, "--deidentify", "--columns", "all", "--format", "json"],
            &["cases", &*path, "--deidentify", "--columns", "all"],
        ] {
            let output = crate::support::run(arguments);
            let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat();
            for secret in ["Anna", "1956", "12345678", "March", "0612", "9408"] {
                assert!(!told.contains(secret), "{secret} in {arguments:?}: {told}");
            }
            assert!(told.contains("withheld 1") && told.contains("note[header-withheld]"), "{arguments:?}: {told}");
        }
        let mean = crate::support::stdout(&["summarize", &path, "--deidentify"]);
        assert!(mean.contains("71.5"), "{mean}");
    }
}

/// What a tester of `--deidentify` wrote: a name of the column of names inside agents, items, levels and responses of
/// many cases, in any case and with an ending; and a response that is none.
fn with_names_in_words() -> String {
    let row = |n: usize| {
        let name = ["Zylphia Quorndon", "Tamsin Brannagh", "Ottoline Featherstone-Gyre"][n % 3];
        let treatment = if n.is_multiple_of(3) { "methotrexate for Zylphia:none" } else { "colchicine: partial" };
        let response = match n % 4 {
            0 => "as Brannagh said",
            1 => "ask the ward sister",
            _ => "partial",
        };
        let sites = if n.is_multiple_of(2) { "knee; left of QUORNDON" } else { "knee" };
        let ward = ["north", "Gyre's corner", "featherstones"][n % 3];
        let stage = ["early", "late"][n % 2];
        format!("P{n},{name},{},{sites},{treatment},{response},{ward},{stage}\n", 20 + n)
    };
    let rows: String = (0..24).map(row).collect();
    format!("case_id,patient name,age,sites,treatment,best_response,ward,stage\n{rows}")
}

#[test]
fn a_word_of_a_column_of_names_passes_in_no_other_column() {
    let (_folder, path) = crate::support::file("cases.csv", with_names_in_words());
    let path = path.to_string_lossy();
    let names = ["zylphia", "quorndon", "brannagh", "tamsin", "featherstone", "gyre", "sister"];
    let mut commands = vec![
        vec!["summarize".to_owned()],
        vec!["summarize".to_owned(), "--format".to_owned(), "json".to_owned()],
        vec!["summarize".to_owned(), "--by".to_owned(), "ward".to_owned()],
        vec!["summarize".to_owned(), "--where".to_owned(), "stage = 'early'".to_owned()],
        vec!["cases".to_owned(), "--columns".to_owned(), "all".to_owned()],
        vec!["report".to_owned()],
        vec!["validate".to_owned()],
    ];
    commands.extend(figures().into_iter().map(|figure| vec!["plot".to_owned(), figure.to_string()]));
    for mut command in commands {
        command.extend([path.to_string(), "--deidentify".to_owned()]);
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let output = crate::support::run(&words);
        let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).to_lowercase()).concat();
        let found: Vec<&&str> = names.iter().filter(|name| told.contains(**name)).collect();
        assert!(found.is_empty(), "{words:?} tells {found:?}: {told}");
    }
    let shown = crate::support::stdout(&["summarize", &path, "--deidentify"]);
    for word in ["north", "early", "colchicine", "knee", "withheld"] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let shown = crate::support::stdout(&["summarize", &path]);
    assert!(shown.contains("for Zylphia") && shown.contains("as Brannagh said"), "{shown}");
}
