//! Words, signs and blank cells that say something only together with the others of their column.

use super::{Ran, run_files, run_in, stat};
use serde_json::{Value, json};

/// One column as it is typed, what is counted of it, and what is said.
struct Typed {
    header: &'static str,
    cells: &'static [&'static str],
    options: &'static [&'static str],
    /// The levels with their cases; the cells that are missing, and those that are unreadable.
    expected: (&'static [(&'static str, u64)], u64, u64),
    /// What standard error says: ids of findings, cells, remedies. Nothing is warned of where it is empty.
    said: &'static [&'static str],
}

const fn typed(
    header: &'static str,
    cells: &'static [&'static str],
    expected: (&'static [(&'static str, u64)], u64, u64),
    said: &'static [&'static str],
) -> Typed {
    Typed { header, cells, options: &[], expected, said }
}

impl Typed {
    const fn with(self, options: &'static [&'static str]) -> Typed {
        Typed { options, ..self }
    }

    /// The column in CSV and in JSON.
    fn files(&self) -> [(&'static str, String); 2] {
        let csv: String = self.cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n")).collect();
        let cell = |cell: &str| if cell.is_empty() { Value::Null } else { json!(cell) };
        let cases = self.cells.iter().enumerate();
        let cases = cases.map(|(n, text)| json!({"case_id": format!("P{n}"), self.header: cell(text)}));
        [
            ("cases.csv", format!("case_id,{}\n{csv}", self.header)),
            ("cases.json", Value::Array(cases.collect()).to_string()),
        ]
    }
}

const SEX: [Typed; 15] = [
    typed(
        "sex",
        &["F", "f", "Female", "girl", "W", "♀", "femme", "M", "male", "boy", "H", "homme", "männlich"],
        (&[("female", 7), ("male", 6)], 0, 0),
        &[],
    ),
    typed("Gender", &["F", "M", "F"], (&[("female", 2), ("male", 1)], 0, 0), &[]),
    typed("sex", &["W", "M"], (&[("female", 1), ("male", 1)], 0, 0), &[]),
    typed("sex", &["F", "H"], (&[("female", 1), ("male", 1)], 0, 0), &[]),
    typed("sex", &["weiblich", "m."], (&[("female", 1), ("male", 1)], 0, 0), &[]),
    typed("sex", &["女", "男"], (&[("female", 1), ("male", 1)], 0, 0), &[]),
    typed("sex", &["♀", "♂"], (&[("female", 1), ("male", 1)], 0, 0), &[]),
    typed(
        "sex",
        &["H", "M"],
        (&[("H", 1), ("M", 1)], 0, 0),
        &["warning[sex-letters]", "case P0, column sex: 'H'", r#""synonyms": {"H":"male","M":"female"}"#],
    ),
    typed("sex", &["mujer", "M"], (&[("female", 1), ("M", 1)], 0, 0), &["warning[sex-letters]"]),
    typed("sex", &["M", "M"], (&[("M", 2)], 0, 0), &["warning[sex-letters]"]),
    typed("sex", &["F", "N"], (&[("F", 1), ("N", 1)], 0, 0), &["warning[sex-letters]"]),
    typed(
        "sex",
        &["F", "M", "X", "other", "intersex", "unknown"],
        (&[("female", 1), ("male", 1), ("X", 1), ("other", 1), ("intersex", 1)], 1, 0),
        &[],
    ),
    typed("sex", &["1", "2"], (&[("1", 1), ("2", 1)], 0, 0), &["note[sex-as-written]"]),
    typed("sex", &["true", "false"], (&[("yes", 1), ("no", 1)], 0, 0), &["note[sex-as-written]"]),
    typed(
        "sex",
        &["feemale", "F", "M"],
        (&[("feemale", 1), ("female", 1), ("male", 1)], 0, 0),
        &["note[sex-as-written]"],
    ),
];

const SIGNS: [Typed; 18] = [
    typed(
        "ana",
        &["+", "-", "+", "-"],
        (&[("+", 2), ("negative", 2)], 0, 0),
        &["warning[minus-negative]", "positive 2/4; 2/2 if it means not done", "case P1, column ana: '-'"],
    ),
    typed("ana", &["+", "-", "+"], (&[("+", 2)], 1, 0), &[]).with(&["--missing=-"]),
    typed(
        "ana",
        &["++", "–", "+++ (hands)", "(+)", "(-)", "−"],
        (&[("++", 1), ("+++ (hands)", 1), ("(+)", 1), ("negative", 3)], 0, 0),
        &["warning[minus-negative]", "positive 3/6; 3/3", "--missing='(-)'", "--missing='–'", "--missing='−'"],
    ),
    typed(
        "ana",
        &["+", "+/-", "-"],
        (&[("+", 1), ("+/-", 1), ("negative", 1)], 0, 0),
        &["warning[minus-negative]", "positive 1/3; 1/2"],
    ),
    typed(
        "stain",
        &["1+", "2+", "3+", "-"],
        (&[("1+", 1), ("2+", 1), ("3+", 1), ("negative", 1)], 0, 0),
        &["3/4; 3/3"],
    ),
    typed(
        "ana",
        &["pos", "-", "neg"],
        (&[("positive", 1), ("negative", 1)], 0, 1),
        &["warning[minus-unclear]", "case P1, column ana: '-'", "--missing=-"],
    ),
    typed("ana", &["pos", "-", "neg"], (&[("pos", 1), ("neg", 1)], 1, 0), &[]).with(&["--missing=-"]),
    typed(
        "ana",
        &["+", "–", "neg"],
        (&[("+", 1), ("negative", 1)], 0, 1),
        &["warning[minus-unclear]", "--missing='–'"],
    ),
    typed("ana", &["+", "-", "normal"], (&[("+", 1), ("normal", 1)], 0, 1), &["warning[minus-unclear]"]),
    typed("ana", &["neg", "negative", "Neg.", "négatif"], (&[("negative", 4)], 0, 0), &[]),
    typed("ana", &["+ve", "-ve", "pos", "neg"], (&[("positive", 2), ("negative", 2)], 0, 0), &[]),
    typed(
        "HIV",
        &["reactive", "non-reactive", "neg", "pos", "nicht nachweisbar"],
        (&[("positive", 2), ("negative", 3)], 0, 0),
        &[],
    ),
    typed(
        "PCR",
        &["detected", "not detected", "positive", "negative", "undetectable"],
        (&[("positive", 2), ("negative", 3)], 0, 0),
        &[],
    ),
    typed("margin", &["Positive", "Negative"], (&[("Positive", 1), ("Negative", 1)], 0, 0), &[]),
    typed("etiology", &["+", "-"], (&[("+", 1), ("negative", 1)], 0, 0), &["warning[minus-negative]"]),
    typed("pattern", &["mild", "-", "severe"], (&[("mild", 1), ("severe", 1)], 1, 0), &[]),
    typed("smoker", &["yes", "-", "no"], (&[("yes", 1), ("no", 1)], 1, 0), &[]),
    typed("side", &["left", "—", "--", "right"], (&[("left", 1), ("right", 1)], 2, 0), &[]),
];

const BLANKS: [Typed; 14] = [
    typed(
        "smoker",
        &["Y", "", "Y"],
        (&[("yes", 2), ("no", 0)], 1, 0),
        &["warning[one-answer]", "case P0, column smoker: 'Y'", "--blank-is-no smoker"],
    ),
    typed("smoker", &["Y", "", "Y"], (&[("yes", 2), ("no", 1)], 0, 0), &[]).with(&["--blank-is-no", "smoker"]),
    typed("fever", &["x", "", "x"], (&[("x", 2)], 1, 0), &["warning[one-answer]"]),
    typed("fever", &["x", "", "x"], (&[("x", 2), ("no", 1)], 0, 0), &[]).with(&["--blank-is-no=fever"]),
    typed("AESER", &["1", "", "1"], (&[("1", 2), ("0", 0)], 1, 0), &["warning[one-answer]"]),
    typed("AESER", &["1", "", "1"], (&[("1", 2), ("0", 1)], 0, 0), &["note[zero-one-binary]"])
        .with(&["--blank-is-no", "AESER"]),
    typed("fever", &["✓", "✗", "✓", ""], (&[("yes", 2), ("no", 1)], 1, 0), &["note[marks-as-answers]"]),
    typed("fever", &["☑", "☐", ""], (&[("yes", 1), ("no", 2)], 0, 0), &[]).with(&["--blank-is-no", "fever"]),
    typed("smoker", &["Y", "N", "NSP", "NC", "N/I"], (&[("yes", 1), ("no", 1)], 0, 3), &["warning[missing-word]"]),
    typed("fever", &["✓", "", "-"], (&[("✓", 1)], 2, 0), &["warning[one-answer]"]),
    typed("fever", &["oui", "", "unknown"], (&[("oui", 1), ("no", 1)], 1, 0), &[]).with(&["--blank-is-no=fever"]),
    typed("smoker", &["Y", "", "N"], (&[("yes", 1), ("no", 1)], 1, 0), &[]),
    typed("events", &["fever; rash", "", "rash"], (&[("fever", 1), ("rash", 2)], 1, 0), &[]),
    typed("events", &["fever; rash", "", "rash", "-"], (&[("fever", 1), ("rash", 2)], 0, 0), &[])
        .with(&["--blank-is-no=events"]),
];

const MISSING: [Typed; 5] = [
    typed(
        "grade",
        &["mild", "n.a.", "not provided", "unclear", "unk", "--", "N/A", "unbekannt", "non renseigné", "sin datos"],
        (&[("mild", 1)], 9, 0),
        &[],
    ),
    typed("grade", &["mild", "Not performed", "nicht durchgeführt", "not applicable"], (&[("mild", 1)], 3, 0), &[]),
    typed(
        "grade",
        &["mild", "ND", "n/d"],
        (&[("mild", 1), ("ND", 1), ("n/d", 1)], 0, 0),
        &["warning[look-alike-missing]", "--missing=ND", "--missing=n/d"],
    ),
    typed("smoker", &["Y", "N", "ND"], (&[("yes", 1), ("no", 1)], 0, 1), &["warning[missing-word]", "--missing=ND"]),
    typed(
        "grade",
        &["mild", "#N/A", "#REF!"],
        (&[("mild", 1)], 0, 2),
        &["warning[failed-formula]", "case P1, column grade: '#N/A'", "--missing='#N/A'"],
    ),
];

fn sheets() -> impl Iterator<Item = &'static Typed> {
    SEX.iter().chain(&SIGNS).chain(&BLANKS).chain(&MISSING)
}

/// A count, or 0 where a row that counts nothing is left out.
fn count(summary: &Value, key: &str) -> u64 {
    let rows = summary["results"].as_array().expect("results");
    rows.iter().find(|row| row["key"] == key).and_then(|row| row["stat"].as_u64()).unwrap_or(0)
}

fn summary(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr))
}

#[test]
fn words_signs_and_blanks_are_read_by_their_column() {
    for sheet in sheets() {
        for (name, text) in sheet.files() {
            let ran = run_files(&[(name, text.as_bytes())], &[sheet.options, &["--format", "json"]].concat());
            let what = format!("{} {:?} {:?} in {name}\n{}", sheet.header, sheet.cells, sheet.options, ran.stderr);
            let summary = summary(&ran);
            let (levels, missing, unreadable) = sheet.expected;
            for (level, n) in levels {
                assert_eq!(count(&summary, &format!("{}[{level}].n", sheet.header)), *n, "{level}: {what}");
            }
            let rows = summary["results"].as_array().expect("results");
            let shown = rows.iter().filter(|row| row["stat_name"] == "n" && !row["level"].is_null());
            assert!(shown.count() <= levels.len(), "more levels: {what}");
            let of = |name: &str| count(&summary, &format!("{}.{name}", sheet.header));
            assert_eq!((of("N_miss"), of("N_unreadable")), (missing, unreadable), "{what}");
            sheet.said.iter().for_each(|said| assert!(ran.stderr.contains(said), "{said} is not in {what}"));
            let warns = sheet.said.iter().any(|said| !said.starts_with("note"));
            assert_eq!(ran.stderr.contains("warning["), warns, "{what}");
        }
    }
}

#[test]
fn a_schema_that_was_written_reads_the_words_as_they_were_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for sheet in sheets() {
        std::fs::write(folder.path().join("cases.csv"), &sheet.files()[0].1).expect("a file");
        let schema = run_in(folder.path(), &[&["schema", "cases.csv", "--no-schema"], sheet.options].concat());
        std::fs::write(folder.path().join("s.json"), schema.stdout).expect("a file");
        let results = |options: &[&str]| {
            let arguments = [&["summarize", "cases.csv", "--format", "jsonl"], options].concat();
            run_in(folder.path(), &arguments).stdout
        };
        let missing: Vec<&str> = sheet.options.iter().copied().filter(|option| option.starts_with("--miss")).collect();
        let again = results(&[&["--schema", "s.json"], missing.as_slice()].concat());
        assert_eq!(results(&[&["--no-schema"], sheet.options].concat()), again, "{} {:?}", sheet.header, sheet.cells);
    }
}

#[test]
fn the_share_of_one_answer_is_open_with_its_bounds() {
    let ran = run_files(&[("cases.csv", b"case_id,fever\nP1,x\nP2,\nP3,x\n")], &["--format", "json"]);
    let row = summary(&ran)["results"].as_array().expect("results").clone();
    let share = row.iter().find(|row| row["key"] == "fever[x].p").expect("a share").clone();
    assert_eq!((&share["stat"], &share["reason_code"]), (&Value::Null, &json!("one-answer")), "{share}");
    assert_eq!(share["reason"], "blank cells may mean no: between 2/3 and 3/3");
    let text = run_files(&[("cases.csv", b"case_id,fever\nP1,x\nP2,\nP3,x\n")], &[]);
    assert!(text.stdout.contains("NE (2/3 to 3/3)"), "{}", text.stdout);
    let file = b"case_id,sex,fever\nP1,F,x\nP2,F,\nP3,M,x\nP4,M,x\n";
    let options = ["--by", "sex", "--tests", "--smd", "--difference", "--format", "json"];
    let compared = summary(&run_files(&[("cases.csv", file)], &options));
    let rows = compared["results"].as_array().expect("results");
    let mut compared = rows.iter().filter(|row| row["context"] == "test" || row["context"] == "difference").peekable();
    assert!(compared.peek().is_some());
    compared.for_each(|row| assert_eq!(row["reason_code"], "one-answer", "{row}"));
    let refused = run_files(&[("cases.csv", b"case_id,crp\nP1,5\nP2,\n")], &["--blank-is-no", "crp"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
}

const COHORT: &str =
    "case_id,Sex,Age,ana,CK (U/L),fever\nP1,girl,5,+,200,Y\nP2,F,7,-,50,no\nP3,M,9,+,200,N\nP4,homme,10,(-),,\n";

/// The first line that `get` prints for a selector.
fn got(folder: &std::path::Path, selector: &str) -> String {
    run_in(folder, &["get", "cases.csv", selector]).stdout.trim().to_owned()
}

#[test]
fn filters_keys_and_claims_find_a_level_by_any_of_its_words() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("cases.csv"), COHORT).expect("a file");
    for (selector, printed) in [
        ("sex[F].n", "2"),
        ("Sex[female].n", "2"),
        ("SEX[weiblich].p", "50"),
        ("sex[M].n", "2"),
        ("ck.mean | sex = 'F'", "125.0"),
        ("cases | SEX = 'male'", "2"),
        ("cases | Sex IN ('girl', 'boy')", "4"),
        ("cases | ana = '-'", "2"),
        ("ANA[-].n", "2"),
        ("ana[neg.].n", "2"),
        ("age.mean | sex = 'W'", "6.0"),
        ("FEVER[y].n", "1"),
        ("cases | FEVER = 'N'", "2"),
    ] {
        assert_eq!(got(folder.path(), selector), printed, "{selector}");
    }
    for options in [
        &["--digits", "AGE.mean=3"][..],
        &["--stat", "AGE={mean}"],
        &["--vars", "AGE,SEX"],
        &["--value", "SEX=F"],
        &["--kind", "AGE=category"],
        &["--id", "CASE_ID"],
        &["--tests", "--by", "SEX"],
        &["--exclude", "ck (u/l)"],
    ] {
        let ran = run_in(folder.path(), &[&["summarize", "cases.csv"], options].concat());
        assert_eq!(ran.code, Some(0), "{options:?} {}", ran.stderr);
    }
}

#[test]
fn groups_listings_and_claims_have_the_levels_of_the_column() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("cases.csv"), COHORT).expect("a file");
    let by = run_in(folder.path(), &["summarize", "cases.csv", "--by", "sex", "--where", "AGE > 4"]);
    assert!(by.stdout.contains("female, N = 2") && by.stdout.contains("male, N = 2"), "{}{}", by.stdout, by.stderr);
    let listed = run_in(folder.path(), &["cases", "cases.csv", "--columns", "all", "--format", "json"]);
    let listed: Value = serde_json::from_str(&listed.stdout).expect("JSON");
    let sexes: Vec<&Value> = listed["cases"].as_array().expect("cases").iter().map(|case| &case["Sex"]).collect();
    assert_eq!(sexes, ["female", "female", "male", "male"]);
    let claims = r#"
        [report]
        title = "A report"
        [[claim]]
        id = "K1"
        place = "L1"
        says = "two girls"
        printed = "2"
        value = "sex[F].n"
        [[claim]]
        id = "K2"
        place = "L1"
        says = "two negative"
        printed = "2"
        count = "Ana = 'neg'"
    "#;
    std::fs::write(folder.path().join("claims.toml"), claims).expect("a file");
    let checked = run_in(folder.path(), &["check", "claims.toml", "cases.csv", "--format", "json"]);
    let checked: Value = serde_json::from_str(&checked.stdout).unwrap_or_else(|_| panic!("{}", checked.stderr));
    let verdicts: Vec<&Value> = checked["claims"].as_array().expect("claims").iter().map(|c| &c["verdict"]).collect();
    assert_eq!(verdicts, ["agrees", "agrees"]);
}

#[test]
fn what_the_schema_declares_comes_before_the_vocabulary() {
    let field =
        |calc: &str| format!(r#"{{"fields": [{{"name": "case_id"}}, {{"name": "sex", "calcSeries": {calc}}}]}}"#);
    let file = "case_id,sex\nP1,F\nP2,girl\nP3,M\nP4,H\n";
    for (calc, key, n) in [
        (r#"{"synonyms": {"M": "female"}}"#, "sex[female].n", 3),
        (r#"{"levels": ["F", "M"]}"#, "sex[F].n", 2),
        (r#"{"levels": ["F", "M"]}"#, "sex[M].n", 2),
        (r#"{"sexWords": "as-written"}"#, "sex[girl].n", 1),
        (r#"{"sexWords": "words"}"#, "sex[female].n", 1),
    ] {
        let ran = run_files(
            &[("cases.csv", file.as_bytes()), ("cases.schema.json", field(calc).as_bytes())][..1],
            &["--format", "json"],
        );
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("cases.csv"), file).expect("a file");
        std::fs::write(folder.path().join("s.json"), field(calc)).expect("a file");
        let ran = run_in(folder.path(), &["summarize", "cases.csv", "--schema", "s.json", "--format", "json"]);
        assert_eq!(stat(&summary(&ran), key), n, "{calc} {}", ran.stderr);
    }
}

#[test]
fn a_reference_range_is_found_by_any_word_for_the_sex() {
    let range = |sex: &str, high: u8| format!(r#"{{"sex": "{sex}", "low": 0, "high": {high}, "source": "x"}}"#);
    let schema = format!(
        r#"{{"fields": [{{"name": "case_id"}}, {{"name": "sex"}}, {{"name": "ck", "type": "number", "calcSeries": {{"role": "lab", "referenceRanges": [{}, {}]}}}}]}}"#,
        range("F", 10),
        range("männlich", 20)
    );
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("cases.csv"), "case_id,sex,ck\nP1,girl,15\nP2,M,15\nP3,W,5\n").expect("a file");
    std::fs::write(folder.path().join("s.json"), schema).expect("a file");
    let ran = run_in(folder.path(), &["summarize", "cases.csv", "--schema", "s.json", "--format", "json"]);
    let summary = summary(&ran);
    assert_eq!(
        [stat(&summary, "ck_by_range[high].n"), stat(&summary, "ck_by_range[normal].n")],
        [&json!(1), &json!(2)],
        "{}",
        ran.stderr
    );
}

#[test]
fn a_minus_among_numbers_is_unreadable_and_a_negative_concentration_too() {
    for (header, cells, n, said) in [
        ("crp", "12,-,5", 2, "warning[minus-unclear]"),
        ("ANA titre", "1:80,-,1:160", 2, "warning[minus-unclear]"),
        ("crp", "12,-5,3", 2, "warning[negative-concentration]"),
        ("IL-8 (pg/mL)", "12,-0.5,3", 2, "warning[negative-concentration]"),
        ("crp", "12,<-1,3", 2, "warning[negative-concentration]"),
        ("base excess (mmol/L)", "-2,3,-5", 3, ""),
        ("change in hb (g/dL)", "-2,3,1", 3, ""),
        ("score", "-2,3,1", 3, ""),
        ("age", "12,-,5", 2, ""),
        ("duration of symptoms", "12,-,5", 2, ""),
    ] {
        let rows: String = cells.split(',').enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
        let file = format!("case_id,{header}\n{rows}");
        let ran = run_files(&[("cases.csv", file.as_bytes())], &["--format", "json"]);
        let summary = summary(&ran);
        let rows = summary["results"].as_array().expect("results");
        let counted = rows.iter().find(|row| row["stat_name"] == "N" && row["variable"] != Value::Null);
        assert_eq!(counted.expect("a count")["stat"], n, "{header} {cells} {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{header} {cells} {}", ran.stderr);
        assert_eq!(ran.stderr.contains("warning["), !said.is_empty(), "{header} {cells} {}", ran.stderr);
    }
}

#[test]
fn titres_keep_their_pattern_apart_and_their_quartiles_were_observed() {
    let file = b"case_id,ANA\nP1,1:80\nP2,1:160\nP3,1:640 speckled\nP4,320 homogeneous\nP5,neg\nP6,<1:40\n";
    let ran = run_files(&[("cases.csv", file)], &["--format", "json", "--strict"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary = summary(&ran);
    let of = |key: &str| stat(&summary, &format!("ANA.{key}")).clone();
    assert_eq!([of("N"), of("N_censored"), of("N_stated")], [json!(5), json!(1), json!(1)]);
    assert_eq!([of("p25"), of("median"), of("p75")], [json!(80.0), json!(160.0), json!(320.0)]);
}

#[test]
fn signs_are_no_look_alikes_and_codes_are() {
    for cells in ["♀,♂", "↑,↓,→,↑↑", "✓,✗", "☑,☐", "2+,2,3+", "ER+,ER-,ER", "lupus?,lupus", "+,(+),++", "か,が"]
    {
        let rows: String = cells.split(',').enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
        let ran = run_files(&[("cases.csv", format!("case_id,x\n{rows}").as_bytes())], &["--kind", "x=category"]);
        assert!(!ran.stderr.contains("look-alike"), "{cells} {}", ran.stderr);
    }
    let ran = run_files(&[("cases.csv", b"case_id,x\nP1,1\nP2,1.0\nP3,01\nP4,1\nP5,2\n")], &["--kind", "x=category"]);
    assert!(ran.stderr.contains(r#""synonyms": {"01": "1", "1.0": "1"}"#), "{}", ran.stderr);
}
