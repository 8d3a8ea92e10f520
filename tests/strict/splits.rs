//! Two or more things in one cell: an age and a sex, two pressures, several sites, symptoms or agents.

use super::{Ran, run_files, run_in, says, stat};
use serde_json::{Value, json};
use std::path::Path;

/// One column as it is typed, and what is printed of it.
struct Typed {
    header: &'static str,
    cells: &'static [&'static str],
    options: &'static [&'static str],
    /// Statistics by their key.
    expected: &'static [(&'static str, f64)],
    /// The id of each warning, and the cell it names first.
    said: &'static [(&'static str, &'static str)],
}

const fn typed(
    header: &'static str,
    cells: &'static [&'static str],
    options: &'static [&'static str],
    expected: &'static [(&'static str, f64)],
    said: &'static [(&'static str, &'static str)],
) -> Typed {
    Typed { header, cells, options, expected, said }
}

const SHEETS: [Typed; 47] = [
    // Age and sex.
    typed(
        "Age/Sex",
        &["12/F", "34/M", "20/F"],
        &[],
        &[("Age.mean", 22.0), ("Age.N", 3.0), ("Sex[female].n", 2.0), ("Sex[male].n", 1.0)],
        &[],
    ),
    typed("Age, sex", &["13, female", "15, male"], &[], &[("Age.mean", 14.0), ("sex[male].N", 2.0)], &[]),
    typed("Sex/Age", &["F/12", "M 14", "F13"], &[], &[("Age.mean", 13.0), ("Sex[female].n", 2.0)], &[]),
    typed("Age/Sex", &["12 y/F", "12yM", "34F"], &[], &[("Age.max", 34.0), ("Sex[male].n", 1.0)], &[]),
    typed("Age/Sex", &["18 m/F", "2 y/M"], &[], &[("Age.mean", 1.75), ("Sex[female].N", 2.0)], &[]),
    typed("Age (months)/Sex", &["12/F", "24/M"], &[], &[("Age.mean", 18.0), ("Sex[female].N", 2.0)], &[]),
    typed(
        "Age/Sex",
        &["12/F", "6m", "3 M", "F", "12"],
        &[],
        &[("Age.N", 1.0), ("Age.N_unreadable", 4.0), ("Sex[female].N", 1.0), ("Sex.N_unreadable", 4.0)],
        &[("not-a-pair", "6m")],
    ),
    typed(
        "Age/Sex",
        &["12/F", "13/?", "unknown", "NR/M", ""],
        &[],
        &[("Age.N", 2.0), ("Age.N_miss", 3.0), ("Sex[female].N", 2.0), ("Sex.N_miss", 3.0)],
        &[],
    ),
    typed("Age (sex)", &["12 (F)", "9 (M)"], &[], &[("Age.mean", 10.5), ("sex[male].n", 1.0)], &[]),
    typed("Age-Sex", &["45-M", "30-F"], &[], &[("Age.mean", 37.5), ("Sex[male].n", 1.0)], &[]),
    // An age and a sex are one each, however many cells hold two.
    typed("sex", &["F;M", "F;M", "M"], &[], &[("sex[F;M].n", 2.0)], &[("few-lists", "F;M"), ("sex-letters", "M")]),
    typed(
        "age",
        &["2;6", "3;9", "4"],
        &[],
        &[("age.mean", 4.0), ("age.N_unreadable", 2.0)],
        &[("unreadable-cell", "2;6")],
    ),
    typed("Antécédents", &["HTA et diabète", "HTA"], &[], &[], &[("unsplit-items", "HTA et diabète")]),
    typed(
        "Terapia",
        &["MTX e prednisone", "MTX"],
        &[],
        &[("Terapia.n_lines", 2.0)],
        &[("unsplit-items", "MTX e prednisone")],
    ),
    typed("Klachten", &["koorts en hoest", "koorts"], &[], &[], &[("unsplit-items", "koorts en hoest")]),
    typed(
        "Symptomen",
        &["pijn op de borst en hoest", "hoest"],
        &["--split", "Symptomen=en"],
        &[("Symptomen[hoest].n", 2.0), ("Symptomen[pijn op de borst].n", 1.0)],
        &[],
    ),
    // `en` is `in` here.
    typed("Síntomas", &["prurito en manos", "fiebre"], &[], &[("Síntomas[prurito en manos].n", 1.0)], &[]),
    typed("Sintomas iniciais", &["dor e febre", "dor"], &[], &[], &[("unsplit-items", "dor e febre")]),
    typed(
        "Medicatie",
        &["MTX en prednison", "MTX"],
        &[],
        &[("Medicatie.n_lines", 2.0)],
        &[("unsplit-items", "MTX en prednison")],
    ),
    typed("Therapie", &["MTX u. Prednison", "MTX"], &["--split", "Therapie=and"], &[("Therapie.n_lines", 2.0)], &[]),
    // A French day or a German year.
    typed(
        "Âge/Sexe",
        &["12 j/F", "12 ans/F"],
        &[],
        &[("Âge.N", 1.0), ("Âge.N_unreadable", 1.0), ("Sexe[female].n", 1.0)],
        &[("not-a-pair", "12 j/F")],
    ),
    typed("Alter/Geschlecht", &["12/w", "13/m"], &[], &[("Alter.N", 2.0), ("Geschlecht[female].N", 2.0)], &[]),
    typed("Who", &["12/F", "34/M"], &[], &[], &[("two-in-one-cell", "12/F")]),
    typed("Who", &["12/F", "34/M"], &["--split", "Who=age/sex"], &[("age.mean", 23.0), ("sex[female].n", 1.0)], &[]),
    // Blood pressure.
    typed("BP", &["120/80", "130 / 90 mmHg"], &[], &[("BP systolic.mean", 125.0), ("BP diastolic.mean", 85.0)], &[]),
    typed(
        "Blood pressure (mmHg)",
        &["120/80", "80/120", "normal", "120/-"],
        &[],
        &[
            ("Blood pressure systolic.N", 2.0),
            ("Blood pressure systolic.N_unreadable", 2.0),
            ("Blood pressure diastolic.N_miss", 1.0),
        ],
        &[("not-a-pair", "80/120")],
    ),
    typed("Demographics", &["13, female", "34F", "12 y/M", "adult"], &[], &[], &[("two-in-one-cell", "13, female")]),
    typed("TA", &["13/8", "120/80"], &[], &[("TA systolic.N", 1.0)], &[("not-a-pair", "13/8")]),
    typed("BP (kPa)", &["16/10", "16/12"], &[], &[("BP diastolic.mean", 11.0)], &[]),
    typed("RR", &["120/80", "130/90"], &[], &[], &[("two-in-one-cell", "120/80")]),
    // Several items.
    typed("Site", &["knee, hip", "knee"], &[], &[("Site[knee].n", 1.0)], &[("unsplit-items", "knee, hip")]),
    typed(
        "Site",
        &["knee, hip and elbow", "hip/knee", "head and neck; hip", "1. hip 2. right and left knee"],
        &["--split", "Site=, / and numbers"],
        &[("Site[hip].n", 4.0), ("Site[knee].n", 2.0), ("Site[elbow].n", 1.0), ("Site[head and neck].n", 1.0)],
        &[],
    ),
    typed("Toes", &["2,3", "2", "1, 5"], &["--split", "Toes=,"], &[("Toes[2].n", 2.0)], &[]),
    typed("Site", &["knee and hip", "knee"], &["--split", "Site=none"], &[("Site[knee and hip].n", 1.0)], &[]),
    typed(
        "Symptoms",
        &["fever, rash", "fever", "pain"],
        &[],
        &[("Symptoms[fever].n", 1.0)],
        &[("unsplit-items", "fever, rash")],
    ),
    typed(
        "Symptoms",
        &["fever, rash & pain", "fever", "none", "NR"],
        &["--split", "Symptoms=,&"],
        &[("Symptoms[fever].n", 2.0), ("Symptoms[rash].n", 1.0), ("Symptoms[rash].N", 3.0), ("Symptoms.N_miss", 1.0)],
        &[],
    ),
    typed(
        "Symptome",
        &["Fieber und Ausschlag", "Fieber"],
        &["--split", "Symptome=and"],
        &[("Symptome[Fieber].n", 2.0)],
        &[],
    ),
    typed("Symptoms", &["fever; rash", "fever", "pain", "pain"], &[], &[("Symptoms[fever].n", 2.0)], &[]),
    typed("Treatment", &["Warfarin, colchicine", "none"], &[], &[], &[("unsplit-items", "Warfarin, colchicine")]),
    typed("Treatment", &["prednisone and MTX", "MTX"], &[], &[], &[("unsplit-items", "prednisone and MTX")]),
    typed("Treatment", &["methotrexate 15 mg weekly, oral", "prednisone + MTX; IVIG"], &[], &[], &[]),
    typed(
        "Treatment",
        &["methotrexate 15 mg weekly, colchicine: complete", "prednisone 5 mg/day and MTX then IVIG: partial", "MTX"],
        &["--split", "Treatment=, and then"],
        &[
            ("Treatment.n_lines", 5.0),
            ("response_by_agent[methotrexate].n_treated", 1.0),
            ("response_by_agent[prednisone].n_treated", 1.0),
            ("response_by_agent[MTX].n_treated", 2.0),
        ],
        &[],
    ),
    // Lists in a column of single words.
    typed("stage", &["II", "II; N1", "III"], &[], &[("stage[II].n", 1.0)], &[("few-lists", "II; N1")]),
    typed("AJCC", &["II", "II; N1", "III"], &[], &[("AJCC[II].n", 1.0)], &[("few-lists", "II; N1")]),
    typed(
        "imaging",
        &["CT", "CT;MRI", "X-ray", "X-ray", "X-ray", "CT"],
        &[],
        &[("imaging[CT;MRI].n", 1.0)],
        &[("few-lists", "CT;MRI")],
    ),
    typed("imaging", &["CT", "CT;MRI", "X-ray"], &[], &[("imaging[CT].n", 2.0)], &[]),
    typed("stage", &["II;M0", "II; N1", "III"], &[], &[("stage[II].n", 2.0)], &[]),
];

fn files(sheet: &Typed) -> [(&'static str, String); 2] {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let csv = sheet.cells.iter().enumerate().map(|(n, cell)| format!("P{n},{}\n", quoted(cell))).collect::<String>();
    let cases = sheet.cells.iter().enumerate();
    let cases = cases.map(|(n, cell)| json!({"case_id": format!("P{n}"), sheet.header: cell}));
    [
        ("cases.csv", format!("case_id,{}\n{csv}", quoted(sheet.header))),
        ("cases.json", Value::Array(cases.collect()).to_string()),
    ]
}

fn summary(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr))
}

#[test]
fn cells_of_several_things_are_split_or_warned_of() {
    for sheet in &SHEETS {
        for (name, text) in files(sheet) {
            let ran = run_files(&[(name, text.as_bytes())], &[&["--format", "json"], sheet.options].concat());
            let what = format!("{} {:?} in {name}\n{}", sheet.header, sheet.cells, ran.stderr);
            assert_eq!(ran.code, Some(0), "{what}");
            let summary = summary(&ran);
            for (key, expected) in sheet.expected {
                let row = summary["results"].as_array().unwrap().iter().find(|row| row["key"] == *key);
                let found = row.unwrap_or_else(|| panic!("{key} of {what}"))["stat"].as_f64();
                assert!(found.is_some_and(|found| (found - expected).abs() < 1e-9), "{key} is {found:?}: {what}");
            }
            for (id, cell) in sheet.said {
                let (_, behind) = ran.stderr.split_once(&format!("warning[{id}]")).unwrap_or_else(|| panic!("{what}"));
                let place = behind.lines().nth(1).unwrap_or_default();
                assert!(place.contains(&format!(": '{cell}'")), "{place} of {what}");
            }
            // Cells of two things that nobody splits are no numbers either.
            let is_more = |line: &&str| line.starts_with("warning[") && !line.contains("[two-in-one-cell]");
            let expected = sheet.said.iter().filter(|(id, _)| *id != "two-in-one-cell").count();
            if sheet.said.iter().all(|(id, _)| *id != "two-in-one-cell") {
                assert_eq!(ran.stderr.lines().filter(is_more).count(), expected, "{what}");
            }
        }
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("a file");
}

#[test]
fn a_schema_that_was_written_splits_the_cells_in_the_same_way() {
    let folder = tempfile::tempdir().unwrap();
    for sheet in &SHEETS {
        write(folder.path(), "cases.csv", &files(sheet)[0].1);
        let schema = run_in(folder.path(), &[&["schema", "cases.csv", "--no-schema"], sheet.options].concat());
        write(folder.path(), "s.json", &schema.stdout);
        let results = |options: &[&str]| {
            run_in(folder.path(), &[&["summarize", "cases.csv", "--format", "jsonl"], options].concat()).stdout
        };
        let first = results(&[&["--no-schema"], sheet.options].concat());
        assert_eq!(first, results(&["--schema", "s.json"]), "{} {:?}", sheet.header, sheet.cells);
        assert!(!first.is_empty());
    }
}

/// The options of the first remedy that ends at a semicolon or at the end of its line, as a shell splits them.
fn pasted(help: &str) -> Vec<String> {
    let option = help.split("--split ").nth(1).expect("an option").split(';').next().expect("a value").trim();
    vec!["--split".to_owned(), option.trim_matches('\'').to_owned()]
}

#[test]
fn the_split_that_is_proposed_works_when_it_is_pasted() {
    for (header, cells, key) in [
        ("Site", &["knee, hip & elbow", "knee/hip", "1. knee 2. hip", "knee then hip"][..], "Site[knee].n"),
        ("Symptoms", &["fever + rash", "fever\nrash", "fever and rash", "fever, rash"], "Symptoms[fever].n"),
        ("Lesions at onset", &["skin, lip", "skin/lip", "skin and lip", "skin"], "Lesions at onset[skin].n"),
    ] {
        let sheet = Typed { header, cells: &[], options: &[], expected: &[], said: &[] };
        let rows = cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n")).collect::<String>();
        let text = format!("{}{rows}", files(&sheet)[0].1);
        let ran = run_files(&[("cases.csv", text.as_bytes())], &["--format", "json"]);
        let (_, behind) = ran.stderr.split_once("warning[unsplit-items]").expect("a warning");
        let option = pasted(behind);
        let options: Vec<&str> = option.iter().map(String::as_str).chain(["--format", "json", "--strict"]).collect();
        let ran = run_files(&[("cases.csv", text.as_bytes())], &options);
        assert_eq!(ran.code, Some(0), "{header} {option:?}: {}", ran.stderr);
        assert_eq!(stat(&summary(&ran), key), &json!(4), "{header} {option:?}");
    }
}

#[test]
fn the_cells_of_several_items_are_counted_and_three_of_them_shown() {
    let symptoms = ["fever and rash", "fever", "rash; pain, cough", "fever, rash"];
    let agents = ["MTX and HCQ", "MTX; HCQ", "MTX", "IVIG; MTX and HCQ"];
    let row = |n: usize| format!("P{n},\"{}\",\"{}\"\n", symptoms[n % 4], agents[n % 4]);
    let text = format!("case_id,Symptoms,Therapy\n{}", (0..30).map(row).collect::<String>());
    let ran = run_files(&[("cases.csv", text.as_bytes())], &[]);
    let warnings = "warning[unsplit-items]: cells hold several items joined by ',', 'and'; each is counted as one item\n  \
        cases.csv line 2, case P0, column Symptoms: 'fever and rash'\n  \
        cases.csv line 4, case P2, column Symptoms: 'rash; pain, cough'\n  \
        cases.csv line 5, case P3, column Symptoms: 'fever, rash'\n  \
        and 19 more in column Symptoms\n  \
        help: to split them: --split 'Symptoms=, and'; if each is one: --split Symptoms=none\n\
        warning[unsplit-items]: cells hold several items joined by 'and'; each is counted as one agent\n  \
        cases.csv line 2, case P0, column Therapy: 'MTX and HCQ'\n  \
        cases.csv line 5, case P3, column Therapy: 'IVIG; MTX and HCQ'\n  \
        and 13 more in column Therapy\n  \
        help: to split them: --split Therapy=and; if each is one: --split Therapy=none\n";
    assert_eq!(ran.stderr, warnings);
}

#[test]
fn a_list_of_two_in_json_is_a_pair() {
    let text = r#"[{"case_id": "P1", "Age/Sex": ["12", "F"], "BP": [120, 80]}, {"case_id": "P2", "Age/Sex": 12}]"#;
    let ran = run_files(&[("cases.json", text.as_bytes())], &["--format", "json"]);
    let summary = summary(&ran);
    let of = |key: &str| stat(&summary, key).clone();
    assert_eq!([of("Age.mean"), of("BP diastolic.mean"), of("Age.N_unreadable")], [json!(12.0), json!(80.0), json!(1)]);
}

#[test]
fn a_schema_may_say_what_is_split() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "cases.csv", "case_id,Who,Where\nP1,12/F,\"knee, hip\"\nP2,14/M,knee and toe\n");
    let of = |fields: &str, options: &[&str]| {
        let schema = format!(r#"{{"fieldsMatch": "partial", "fields": [{{"name": "case_id"}}, {fields}]}}"#);
        write(folder.path(), "s.json", &schema);
        run_in(
            folder.path(),
            &[&["summarize", "cases.csv", "--schema", "s.json", "--format", "json"], options].concat(),
        )
    };
    let split = r#"{"name": "Who", "calcSeries": {"split": "age/sex"}},
        {"name": "Where", "calcSeries": {"split": [",", "and"]}}"#;
    let ran = of(split, &["--strict"]);
    let summary = summary(&ran);
    assert_eq!([stat(&summary, "age.mean"), stat(&summary, "Where[knee].n")], [&json!(13.0), &json!(2)]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let parts = |parts: &str| format!(r#"{{"name": "Who", "calcSeries": {{"parts": [{parts}]}}}}"#);
    let age = r#"{"name": "years", "title": "Age", "calcSeries": {"part": "age", "kind": "number"}}"#;
    let ran = of(&parts(&format!(r#"{age}, {{"name": "sex", "calcSeries": {{"part": "sex"}}}}"#)), &[]);
    assert_eq!(stat(&self::summary(&ran), "years.mean"), &json!(13.0), "{}", ran.stderr);
    let ran = of(&parts(age), &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("these are not the two parts of a column"), "{}", ran.stderr);
}

#[test]
fn two_columns_that_contradict_each_other_are_refused_with_their_place() {
    let ran = run_files(&[("cases.csv", b"case_id,Age/Sex,gender\nP1,12/F,female\nP2,13/M,F\n")], &[]);
    let lines = [
        "error[parts-disagree]: the sex is 'M' here, and 'F' in the column 'gender'",
        "  cases.csv line 3, case P2, column Age/Sex: 'M'",
        "  help: correct one of the two cells",
    ];
    says(&ran, 2, &lines);
    let ran = run_files(&[("cases.csv", b"case_id,Age/Sex,age\nP1,12/F,12.5\nP2,13/M,31\n")], &[]);
    says(&ran, 2, &["error[parts-disagree]: the age is '13' here, and '31' in the column 'age'"]);
    let agreed = b"case_id,Age/Sex,Sex,Age at biopsy\nP1,12/F,Female,14\nP2,13/M,,15\nP3,6m,F,\n";
    assert_eq!(run_files(&[("cases.csv", agreed)], &[]).code, Some(0));
}

#[test]
fn parts_are_grouped_filtered_and_listed_like_any_column() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "cases.csv", "case_id,Age/Sex,ck\nP1,12/F,10\nP2,34/M,20\nP3,20/F,40\nP4,6m,80\n");
    let of = |arguments: &[&str]| run_in(folder.path(), arguments).stdout;
    assert_eq!(of(&["get", "cases.csv", "ck.mean | Sex = 'F'"]).trim(), "25.0");
    assert_eq!(of(&["get", "cases.csv", "Age.N | Sex = 'M' and Age > 30"]).trim(), "1");
    let listed = of(&["cases", "cases.csv", "--columns", "all", "--format", "csv"]);
    assert!(listed.contains("P1,12,female,10") && !listed.contains('\u{1D}'), "{listed}");
    let by = summary(&run_in(folder.path(), &["summarize", "cases.csv", "--by", "Sex", "--format", "json"]));
    assert_eq!(stat(&by, "ck.mean | Sex = 'female'"), &json!(25.0));
    let whole = run_in(folder.path(), &["summarize", "cases.csv", "--by", "Age/Sex"]);
    let lines = [
        "error: 'Age/Sex' holds two things and is split into two variables",
        "  help: name one of them: Age, Sex; or keep it as it is: --split Age/Sex=none",
    ];
    says(&whole, 2, &lines);
    let kept = ["summarize", "cases.csv", "--by", "Age/Sex", "--split", "Age/Sex=none", "--kind", "Age/Sex=category"];
    assert_eq!(run_in(folder.path(), &kept).code, Some(0));
}

#[test]
fn a_split_that_is_not_one_is_refused() {
    let text = b"case_id,Site\nP1,\"knee, hip\"\n";
    for (option, said) in [("Site=or", "'or' is not a separator"), ("Site=", "is not a"), ("Sites=,", "Sites")] {
        let ran = run_files(&[("cases.csv", text)], &["--split", option]);
        assert_eq!(ran.code, Some(2), "{option}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    let schema = br#"{"fields": [{"name": "case_id"}, {"name": "Site", "calcSeries": {"split": ["or"]}}]}"#;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), text).unwrap();
    std::fs::write(folder.path().join("cases.schema.json"), schema).unwrap();
    let ran = run_in(folder.path(), &["summarize", "cases.csv"]);
    assert!(ran.stderr.contains("'or' is not a separator"), "{}", ran.stderr);
}

#[test]
fn many_cells_and_threads_give_the_same() {
    let sexes = ["F", "M"];
    let sites = ["knee, hip", "knee", "hip;elbow and toe", "toe"];
    let rows = (0..60_000).map(|n| format!("P{n},{}/{},\"{}\"\n", n % 80, sexes[n % 2], sites[n % 4]));
    let text = format!("case_id,Age/Sex,Site\n{}", rows.collect::<String>());
    let run = |options: &[&str]| {
        let ran = run_files(&[("cases.csv", text.as_bytes())], &[&["--format", "json"], options].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        (summary(&ran)["results"].clone(), ran.stderr)
    };
    for options in [&["--split", "Site=, and"][..], &[], &["--by", "Sex"]] {
        let threads = |number| run(&[options, &["--threads", number]].concat());
        let one = threads("1");
        assert_eq!(one, threads("3"), "{options:?}");
    }
    let (results, _) = run(&["--split", "Site=, and"]);
    assert_eq!(stat(&json!({"results": results}), "Site[knee].n"), &json!(30_000));
}
