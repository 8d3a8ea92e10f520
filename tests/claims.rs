//! Drafts of claims: what each number of a manuscript may refer to, by words and never by value.

use crate::support::{file, root, run, series, stdout};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The draft of a text of our own, with the facts of the built-in series.
fn draft(manuscript: &str, cases: &[&str]) -> String {
    stdout(&[&["claims", manuscript], cases].concat())
}

fn manuscript() -> String {
    root().join("tests/files/five-children.md").to_string_lossy().into_owned()
}

/// The first two candidates of every number, as lines of a claims file.
fn first_two(draft: &str) -> BTreeSet<String> {
    let candidates = |claim: &str| -> Vec<String> {
        let lines = claim.lines().map(|line| line.trim_start_matches("# or: "));
        let is_candidate = |line: &&str| line.starts_with("count = ") || line.starts_with("value = ");
        lines.filter(is_candidate).take(2).map(str::to_owned).collect()
    };
    draft.split("[[claim]]").skip(1).flat_map(candidates).collect()
}

/// The claims of the series that print a plain number, each with the line of what it refers to.
fn plain_numbers() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(series("claims.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let claims = table["claim"].as_array().unwrap().iter();
    let words = ["one", "two", "three", "four", "five"];
    let is_plain = |printed: &str| {
        let word = printed.strip_prefix("only ").unwrap_or(printed);
        words.contains(&word) || word.parse::<f64>().is_ok()
    };
    let of = |claim: &toml::Value| {
        let get = |key: &str| claim.get(key).and_then(toml::Value::as_str);
        let reference = ["count", "value"].into_iter().find_map(|key| Some((key, get(key)?)));
        let (key, text) = reference.filter(|_| get("printed").is_some_and(is_plain))?;
        Some((get("id")?.to_owned(), format!("{key} = {}", Value::from(text))))
    };
    claims.filter_map(of).collect()
}

/// The bar of the draft: at least 18 of the claims that print a plain number are its first or second candidate.
#[test]
fn most_claims_of_the_series_are_a_first_or_second_candidate() {
    let draft = draft(&manuscript(), &["--example"]);
    let (found, claims) = (first_two(&draft), plain_numbers());
    assert_eq!(claims.len(), 25, "{claims:?}");
    let missed: Vec<_> = claims.iter().filter(|(_, line)| !found.contains(*line)).collect();
    assert!(claims.len() - missed.len() >= 18, "missed: {missed:#?}\n{draft}");
}

/// The same words with other numbers, and records with other numbers: the candidates stay.
#[test]
fn candidates_depend_on_words_and_never_on_numbers() {
    let text = std::fs::read_to_string(manuscript()).unwrap();
    let other = text.replace("four", "two").replace("04", "02").replace("5.9", "7.7").replace(" 2 ", " 3 ");
    let (_folder, path) = file("other.md", other);
    let without_printed = |draft: &str| -> Vec<String> {
        let is_kept =
            |line: &&str| !line.starts_with("printed") && !line.starts_with("says") && !line.starts_with("# A");
        draft.lines().filter(is_kept).map(str::to_owned).collect()
    };
    let (own, other) = (draft(&manuscript(), &["--example"]), draft(&path.to_string_lossy(), &["--example"]));
    assert_eq!(without_printed(&own), without_printed(&other));
    let records = std::fs::read_to_string(series("cases.csv")).unwrap();
    let lines: Vec<&str> = records.lines().collect();
    // P1 once more, under another name: every share changes, no level does.
    let more = format!("{records}{}\n", lines[1].replacen("P1", "P6", 1));
    let (folder, path) = file("cases.csv", more);
    std::fs::copy(series("cases.schema.json"), folder.path().join("cases.schema.json")).unwrap();
    assert_eq!(draft(&manuscript(), &[&path.to_string_lossy()]), own);
}

/// A ratio is of two numbers and of no statistic of one variable; `all but two` is one number.
#[test]
fn ratios_and_all_but_some_are_drafted_as_what_they_are() {
    let text = "The mean age of the girls and boys (F:M 1.4:1) is known. Knees were affected in all but two.\n";
    let (_folder, path) = file("text.md", text);
    let drafted = draft(&path.to_string_lossy(), &["--example"]);
    let claim = |printed: &str| {
        let printed = format!("printed = \"{printed}\"");
        drafted.split("[[claim]]").find(|claim| claim.contains(&printed)).unwrap_or_else(|| panic!("{drafted}"))
    };
    assert!(!claim("1.4:1").contains("value = "), "{drafted}");
    assert!(claim("all but two").contains("count = \"has(sites, 'knee')\""), "{drafted}");
}

/// A draft is judged apart until a person removes the word.
#[test]
fn a_draft_is_a_claims_file_that_agrees_with_nothing_until_it_was_read() {
    let text = draft(&manuscript(), &["--example"]);
    let drafts = text.matches("[[claim]]").count();
    assert!(drafts >= 20, "{text}");
    let audit = |text: &str, options: &[&str]| {
        let (_folder, path) = file("claims.toml", text);
        let output = run(&[&["check", &path.to_string_lossy(), "--example"], options].concat());
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    };
    let json = |text: &str| -> Value { serde_json::from_str(&audit(text, &["--json"]).0).unwrap() };
    let unread = json(&text);
    assert_eq!((&unread["tally"]["agrees"], &unread["drafts"]), (&0.into(), &drafts.into()));
    let (shown, code) = audit(&text, &[]);
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("0 claims: 0 agree, 0 contradict"), "{shown}");
    assert!(shown.contains("DRAFTS, WHICH NOBODY HAS CONFIRMED") && shown.contains("as proposed: agrees"), "{shown}");
    assert_eq!(audit(&text, &["--strict"]).1, Some(1));
    // A person has read the mean age, and removes the word.
    let age =
        text.split_once("value = \"age.mean\"").expect("the mean age").0.rfind("draft = true\n").expect("a draft");
    let read = json(&format!("{}{}", &text[..age], &text[age + "draft = true\n".len()..]));
    assert_eq!((&read["tally"]["agrees"], &read["drafts"]), (&1.into(), &(drafts - 1).into()));
    let schema: Value = serde_json::from_str(&stdout(&["check", "--output-schema"])).unwrap();
    jsonschema::validator_for(&schema).unwrap().validate(&unread).expect("the object follows its schema");
}

/// Of a sentence only its first words are in the draft.
#[test]
fn no_sentence_is_copied_beyond_its_first_words() {
    let private = "A girl of 7 years with an unusual history that nobody else may read was seen.";
    let (_folder, path) = file("private.txt", private);
    let draft = draft(&path.to_string_lossy(), &["--example"]);
    assert!(draft.contains("says = \"A girl of 7 years ...\"") && !draft.contains("unusual"), "{draft}");
}

/// Whatever a manuscript and the records contain, the draft is a file that can be read.
#[test]
fn a_draft_can_always_be_read() {
    let text = "We saw 4 \"quoted\\\" \u{7f}children\u{1b}[31m; {{ 5 }} (6) a \u{202e}7% or 8 [mg] ≥ 9 patients, 1·5 (0·5 to 2·5).";
    let (_folder, path) = file("odd.txt", text);
    let cases = "id,\"a \"\"b\"\"\",c\n1,\"x\\\"\"'y\",4 quoted\n2,children,5 quoted\n";
    let (_cases, cases) = file("cases.csv", cases);
    let text = draft(&path.to_string_lossy(), &[&cases.to_string_lossy()]);
    let (_folder, claims) = file("claims.toml", &text);
    let output = run(&["check", &claims.to_string_lossy(), &cases.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
}

/// Who is named in the records is not named in a draft, even where the manuscript names them.
#[test]
fn columns_that_identify_a_person_are_no_candidates() {
    let cases = "id,name,email,sex\n1,Ada Lovelace,ada@example.org,F\n2,Mary Somerville,mary@example.org,F\n";
    let (_cases, cases) = file("cases.csv", cases);
    let (_folder, path) = file("a.txt", "Of them, Lovelace and one more of 2 women, Ada and Mary, were seen.");
    let draft = draft(&path.to_string_lossy(), &[&cases.to_string_lossy()]);
    let candidates: Vec<&str> =
        draft.lines().filter(|line| line.contains("count = ") || line.contains("value = ")).collect();
    assert!(!candidates.is_empty(), "{draft}");
    assert!(candidates.iter().all(|line| !line.contains("Lovelace") && !line.contains("ada@")), "{draft}");
}

/// A draft goes to a terminal, too: what steers one is written as its code.
#[test]
fn a_draft_shows_no_control_character_of_the_records() {
    let (_cases, cases) = file("cases.csv", "id,age,etiology\n1,4,abc \u{9b}31mRED\u{202e}x idiopathic\n2,5,lupus\n");
    let (_folder, path) = file("a.txt", "Of 2 patients, 1 was idiopathic.");
    let draft = draft(&path.to_string_lossy(), &[&cases.to_string_lossy()]);
    assert!(draft.contains("idiopathic") && !draft.contains(['\u{9b}', '\u{202e}']), "{draft:?}");
}

/// The lines of the claims of a text about these records that print this.
fn candidates_of(text: &str, printed: &str) -> Vec<String> {
    const CASES: &str =
        "case_id,sex,fever,outcome,crp (mg/L)\nA,F,yes,dead,4\nB,F,no,alive,8\nC,M,yes,alive,9\nD,M,no,dead,\n";
    let (_folder, manuscript) = file("text.md", text);
    let (_other, cases) = file("cases.csv", CASES);
    let draft = draft(&manuscript.to_string_lossy(), &[&cases.to_string_lossy()]);
    let claim = draft.split("[[claim]]").find(|claim| claim.contains(&format!("printed = \"{printed}\"")));
    let lines = claim.unwrap_or_default().lines().map(|line| line.trim_start_matches("# or: "));
    lines.filter(|line| line.starts_with("count = ") || line.starts_with("value = ")).map(str::to_owned).collect()
}

/// Deaths, those without a finding, those with a value, and the cells of a table.
#[test]
fn deaths_denials_and_cells_of_a_table_have_their_candidates() {
    for (text, printed, first) in [
        ("Eight patients died.", "Eight patients", "count = \"outcome = 'dead'\""),
        ("Mortality was 33%.", "33%", "count = \"outcome = 'dead'\""),
        ("Fourteen were without fever.", "Fourteen", "count = \"fever = 'no'\""),
        ("Fever was seen in 14.", "14", "count = \"fever = 'yes'\""),
        ("CRP was measured in 20 patients.", "20 patients", "value = \"crp.N\""),
        ("| | All |\n|---|---|\n| Fever | 17 |\n", "17", "count = \"fever = 'yes'\""),
    ] {
        let found = candidates_of(text, printed);
        assert!(found.iter().take(2).any(|line| line == first), "{text}: {found:?}");
    }
}
