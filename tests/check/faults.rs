//! Faults of a claims file: all are reported in one run, with line and remedy.

use crate::support::{file, run, series};

#[track_caller]
fn refused(claims: &str, wanted: &[&str]) {
    let (_folder, path) = file("claims.toml", claims);
    let output = run(&["check", path.to_str().unwrap(), &series("cases.csv")]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{stderr}");
    for line in wanted {
        assert!(stderr.contains(line), "wanted:\n{line}\nfound:\n{stderr}");
    }
}

fn one(fields: &str) -> String {
    format!("[[claim]]\nid = \"a\"\nsays = \"s\"\n{fields}\n")
}

#[test]
fn an_invalid_claims_file_is_refused_with_its_line() {
    refused("[[claim]\nid = 1", &["error[claims-invalid]", "claims.toml line 1"]);
    refused(&one("printed = 5.9\nvalue = \"age.mean\""), &["claims.toml line 4", "expected a string"]);
    refused(&one("prnted = \"5.9\""), &["claims.toml line 4", "unknown field `prnted`"]);
    refused("[[claim]]\nsays = \"s\"\n", &["claim without an id", "claims.toml line 1", "id = \"K01\""]);
    refused(&(one("") + &one("")), &["duplicate claim id 'a', first on line 1", "claims.toml line 5"]);
    refused("[[sum]]\ntotal = \"a\"\nparts = [\"b\"]\n", &["there is no claim 'b'", "there is no claim 'a'"]);
}

#[test]
fn printed_texts_that_cannot_be_read_are_refused() {
    for (printed, key, message, remedy) in [
        ("5,9", "age.mean", "decimal comma", "write 5.9"),
        ("about five", "age.mean", "'about' is not understood", "write one of: 5.9; 80 %"),
        ("5.9 (2.7)", "age.median", "is ambiguous", "write 5.9 ± 2.7 for a mean with its SD"),
    ] {
        let claims = one(&format!("printed = \"{printed}\"\nvalue = \"{key}\""));
        refused(&claims, &[message, remedy, "claims.toml line 4"]);
    }
    refused(&one("printed = \"5.9\"\ncount = \"age < 5\""), &["counts cases, but '5.9' is not a number of cases"]);
    refused(&one("count = \"age < 5\""), &["a has 'count' without 'printed' or 'cases'"]);
    refused(&one("value = \"age.mean\""), &["a has 'value' without 'printed'"]);
    refused(&one("printed = \"80\"\nvalue = \"sites[knee].p(a)\""), &["there is no statistic"]);
    refused(&one("printed = \"80\"\nvalue = \"best_response.p\""), &["is a proportion in [0, 1]", "write \"80 %\""]);
    refused(&one("printed = \"2-5\"\nvalue = \"cases\""), &["claim a: there is no statistic"]);
    let ratio =
        |printed: &str| one(&format!("printed = \"{printed}\"\ncompare = [\"sex[female].n\", \":\", \"sex[male].n\"]"));
    refused(&ratio("2"), &["'printed' is no ratio of two numbers", "printed = \"2:1\""]);
    refused(&ratio("16/8"), &["'printed' is no ratio of two numbers", "printed = \"16:8\""]);
}

#[test]
fn unknown_names_are_refused_with_the_line_and_a_suggestion() {
    refused(&one("printed = \"5\"\nvalue = \"age.men\""), &["claims.toml line 1, claim a", "did you mean age.mean?"]);
    refused(&one("printed = \"5.9\"\nvalue = \"age\""), &["did you mean age.mean or age.median?"]);
    refused(&one("printed = \"5\"\ncount = \"ag < 5\""), &["claims.toml line 1, claim a: there is no column ag"]);
    refused(&one("printed = \"5\"\ncount = \"sex = 'femal'\""), &["claim a: sex has no level 'femal'", "did you mean"]);
    refused(&one("printed = \"5\"\ncount = \"age <\""), &["claims.toml line 5", "in: age <"]);
    refused(
        &one("compare = [\"age.mean\", \"!\", \"age.sd\"]"),
        &["invalid comparison '!'", "use one of < <= = >= >, and : for a ratio"],
    );
    refused(
        &one("printed = \"5\"\nvalue = \"age.mean\"\ncount = \"age < 5\""),
        &["a has more than one of value, count, compare, table, reading and part"],
    );
    refused(&one("of = \"age < 5\""), &["'of' without 'count'"]);
    refused(&one("printed = \"5\"\nvalue = \"sex[X].n\""), &["claims.toml line 1, claim a: sex has no level 'X'"]);
    refused(&one("granularity = \"weeks\""), &["invalid value 'weeks'", "\"month\" (1/12)"]);
    refused(&one("test = \"t = 3\""), &["invalid value 't = 3'", "t(28) = 2.20"]);
}

#[test]
fn every_fault_of_a_file_is_reported_in_one_run() {
    let claims = one("printed = \"x\"\nvalue = \"age.mean\"") + "[[claim]]\nsays = \"s\"\n" + &one("count = \"age <\"");
    refused(&claims, &["'x' is not understood", "claim without an id", "in: age <", "duplicate claim id"]);
}

#[test]
fn a_claims_file_is_never_overwritten_and_must_exist() {
    let (_folder, path) = file("claims.toml", one("printed = \"5\"\nvalue = \"cases\""));
    let path = path.to_str().unwrap();
    let output = run(&["check", path, "--example", "-o", path, "--format", "text"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(std::fs::read_to_string(path).unwrap().starts_with("[[claim]]"));
    assert_eq!(run(&["check", "no-such.toml", "--example"]).status.code(), Some(2));
    assert_eq!(run(&["check"]).status.code(), Some(2));
}

#[test]
fn a_claim_cannot_name_more_cases_than_are_known_by_name() {
    let ids: Vec<String> = (1..=21).map(|number| format!("\"P{number}\"")).collect();
    let fields = format!("count = \"sex = 'F'\"\ncases = [{}]", ids.join(", "));
    refused(&one(&fields), &["a names 21 cases, but at most 20 can be checked by name"]);
}

#[test]
fn a_report_of_another_number_of_cases_is_warned_of() {
    for (stated, is_warned) in [(5, false), (6, true)] {
        let claims = format!("[report]\ncases = {stated}\n{}", one("printed = \"5\"\nvalue = \"cases\""));
        let (_folder, path) = file("claims.toml", claims);
        let output = run(&["check", path.to_str().unwrap(), "--example"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let said = "warning[report-cases]: the report states 6 cases, the records have 5\n  claims.toml\n";
        let is_said = stderr.contains(said);
        assert_eq!((output.status.code(), is_said), (Some(0), is_warned), "{stderr}");
    }
}

/// Levels, agents and classes that the schema declares are found whatever their capitals.
#[test]
fn conditions_find_columns_and_declared_words_whatever_their_capitals() {
    for (condition, cases) in [
        ("ETIOLOGY = 'Idiopathic'", 1),
        ("any_line(agent = 'Methotrexate')", 2),
        ("any_line(class = 'Glucocorticoid')", 4),
        ("Calcium_phosphate IN ('NORMAL')", 4),
    ] {
        let (_folder, path) = file("claims.toml", one(&format!("printed = \"{cases}\"\ncount = \"{condition}\"")));
        let output = run(&["check", path.to_str().unwrap(), "--example"]);
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(stdout.contains(&format!("the records give {cases} of 5")), "{condition}: {stdout}");
    }
}

/// Cases of a schema that declares nothing: levels as the cells have them.
const UNDECLARED: &str = "id,age,etiology,sites,ward,treatment\nP1,6,Idiopathic,knee; Elbow,a,Surgery: improved\nP2,5,JDM,hip,A,MTX: complete\n\
                          P3,10,JDM,knee,b,MTX: none\n";

/// Levels, items and agents that only the cells have are found whatever their capitals, where one is meant.
#[test]
fn conditions_and_selectors_find_undeclared_words_whatever_their_capitals() {
    let (_cases, cases) = file("cases.csv", UNDECLARED);
    let cases = cases.to_string_lossy();
    for (asked, given) in [
        ("count = \"etiology = 'jdm'\"", "the records give 2 of 3"),
        ("count = \"Etiology <> 'jdm'\"", "the records give 1 of 3"),
        ("count = \"ETIOLOGY IN ('idiopathic', 'JDM')\"", "the records give 3 of 3"),
        ("count = \"has(Sites, 'KNEE')\"", "the records give 2 of 3"),
        ("count = \"any_line(agent = 'mtx')\"", "the records give 2 of 3"),
        ("value = \"etiology[jdm].n\"", "the records give 2 of 3"),
        ("value = \"SITES[ELBOW].n\"", "the records give 1 of 3"),
        ("value = \"AGE.mean | etiology = 'jdm'\"", "the records give 7.5"),
    ] {
        let (_folder, path) = file("claims.toml", one(&format!("printed = \"2\"\n{asked}")));
        let output = run(&["check", path.to_str().unwrap(), &cases]);
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(stdout.contains(given), "{asked}: {stdout}{}", String::from_utf8_lossy(&output.stderr));
    }
    // Of two wards that differ in capitals none is meant by a third way of writing, and each by its own.
    let (_folder, path) = file("claims.toml", one("printed = \"1\"\ncount = \"ward = 'A'\""));
    let stdout = run(&["check", path.to_str().unwrap(), &cases]).stdout;
    assert!(String::from_utf8_lossy(&stdout).contains("the records give 1 of 3"));
    assert_eq!(run(&["summarize", &cases, "--where", "etiology = 'jdm'"]).status.code(), Some(0));
}

/// Wrong columns, levels and statistics together, each with its claim, in the order of the file.
#[test]
fn every_wrong_selector_of_a_file_is_reported_in_one_run() {
    let claim = |id: &str, fields: &str| format!("[[claim]]\nid = \"{id}\"\nsays = \"s\"\nprinted = \"5\"\n{fields}\n");
    let claims = [
        claim("a", "value = \"age.men\""),
        claim("b", "count = \"ag < 5\""),
        claim("c", "count = \"sex = 'femal'\""),
        claim("d", "value = \"cases\""),
        claim("e", "value = \"sites[kne].n\""),
        claim("f", "count = \"ag < 5\""),
        claim("g", "value = \"age.mean | etiolgy = 'idiopathic'\""),
    ]
    .concat();
    let (_folder, path) = file("claims.toml", &claims);
    let output = run(&["check", path.to_str().unwrap(), &series("cases.csv")]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let found: Vec<&str> = stderr.lines().filter(|line| line.starts_with("error")).collect();
    let begins = [
        "error: claims.toml line 1, claim a: there is no statistic 'age.men'",
        "error: claims.toml line 6, claim b: there is no column ag",
        "error: claims.toml line 11, claim c: sex has no level 'femal'",
        "error: claims.toml line 21, claim e: ",
        "error: claims.toml line 26, claim f: there is no column ag",
        "error: claims.toml line 31, claim g: there is no column etiolgy",
    ];
    assert_eq!((output.status.code(), found.len()), (Some(2), begins.len()), "{stderr}");
    assert!(found.iter().zip(begins).all(|(found, begin)| found.starts_with(begin)), "{stderr}");
}

/// What nobody has is a typing error unless the user says that it may be absent.
#[test]
fn an_absent_level_or_agent_counts_zero_where_the_user_allows_it() {
    for condition in ["any_line(agent = 'rituximab')", "sex = 'other'", "histology = 'lymphoma'"] {
        let claims = one(&format!("printed = \"0\"\ncount = \"{condition}\""));
        let (_folder, path) = file("claims.toml", &claims);
        refused(&claims, &[" has no "]);
        let output = run(&["check", path.to_str().unwrap(), "--example", "--allow-absent"]);
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(stdout.contains("1 claim: 1 agrees") && stdout.contains("the records give 0 of "), "{stdout}");
    }
    // A column that does not exist is never allowed.
    let (_folder, path) = file("claims.toml", one("printed = \"0\"\ncount = \"cough = 'yes'\""));
    assert_eq!(run(&["check", path.to_str().unwrap(), "--example", "--allow-absent"]).status.code(), Some(2));
}
