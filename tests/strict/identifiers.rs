//! Columns that name a person: only counts, nowhere a value, unless they are shown on demand.

use super::{noted, run, run_files, run_in, says, stat, warned};

/// What must not appear.
const SECRETS: [&str; 3] = ["Zyxwv", "0176", "Elm Street"];

#[track_caller]
fn no_secret(content: &str, name: &str, options: &[&str]) {
    for format in [&[][..], &["--format", "json"]] {
        let ran = run_files(&[(name, content.as_bytes())], &[options, format].concat());
        for secret in SECRETS {
            let leak = ran.stdout.contains(secret) || ran.stderr.contains(secret);
            assert!(!leak, "{secret} of {content:?}:\n{}\n{}", ran.stderr, ran.stdout);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), content).unwrap();
    let schema = run_in(folder.path(), &["schema", name]);
    assert!(SECRETS.iter().all(|secret| !schema.stderr.contains(secret) && !schema.stdout.contains(secret)));
}

#[test]
fn direct_identifiers_are_withheld_and_can_be_shown() {
    let file = "case_id,name,esr\nP1,Zyxwv Ab,4\nP2,Zyxwv Cd,5\n";
    let lines = [
        "warning[direct-identifier]: this column may identify patients: its values are withheld and only counts are shown",
        "  column name",
        "  help: remove the column from files you share; to show it anyway: --show name",
    ];
    assert_eq!(stat(&warned(file, &[], &lines), "name.N"), 2);
    let summary = noted(file, &["--show", "name"], &[]);
    assert_eq!(stat(&summary, "name[Zyxwv Ab].n"), 1);
    for header in ["Date of birth", "MRN", "e-mail", "phone", "Home address", "Initials", "postcode", "INVNAM"] {
        let ran = run(format!("case_id,{header}\nP1,x\n"), &[]);
        says(&ran, 0, &["warning[direct-identifier]"]);
    }
}

#[test]
fn no_value_of_a_withheld_column_is_printed() {
    for content in [
        "case_id,name,esr\nP1,Zyxwv,4\nP2,0176,5\nP3,Elm Street,x\n",
        // Look-alikes, long cells, numbers among words, comma lists, missing-like tokens.
        "case_id,name\nP1,Zyxwv\nP2,zyxwv\nP3,ZYXWV\nP4,0176\nP5,\"Elm Street, 5\"\nP6,Zyxwv;0176|Elm Street\n",
        "case_id,address\nP1,\"12 Elm Street in the very long village of Zyxwv, behind the hill\"\nP2,a\n",
        // Structure: ragged, stray quote, text after a quote, paired quotes, unclosed quote, encoding.
        "case_id,name\nP1,Zyxwv,0176\n",
        "case_id,name\nP1,Zyx\"Zyxwv\n",
        "case_id,name\nP1,\"Zyxwv\"0176\n",
        "case_id,name\nP1,\"Zyxwv\nP2,0176\"\nP3,a\n",
        "case_id,name\nP1,\"Zyxwv\nP2,0176\n",
        "case_id,name,age\nP1,Zyxwv\n",
        "case_id,name,age\nP1,Zyxwv,\nP1,0176,\n",
        "case_id,name,age\n,Zyxwv,4\n",
        "case_id,name,esr,crp\n,Zyxwv,mm/h,mg/L\nP1,a,4,5\n",
        "case_id,name,name\nP1,Zyxwv,0176,Elm Street\n",
        "case_id,\"na\"me\nP1,Zyxwv,0176,Elm Street\n",
    ] {
        no_secret(content, "cases.csv", &[]);
    }
}

#[test]
fn no_value_of_a_withheld_column_is_printed_of_json() {
    for content in [
        "[{\"case_id\":\"P1\",\"name\":\"Zyxwv\"},{\"case_id\":\"P2\",\"name\":\"0176\"}]",
        "[{\"case_id\":\"P1\",\"name\":[\"Zyxwv\",[\"0176\"]]}]",
        "[{\"case_id\":\"P1\",\"name\":\"Zyxwv\",\"name\":\"0176\"}]",
        "[{\"case_id\":\"P1\",\"name\":[{\"x\":\"Zyxwv\"}]}]",
        "[{\"case_id\":\"P1\",\"age\":NaN,\"name\":\"Zyxwv\"}]",
        "[{\"case_id\":\"P1\",\"age\":6 \"name\":\"Zyxwv\"}]",
        "[{\"case_id\":\"P1\" \"name\":\"Zyxwv\"}]",
        "[{\"case_id\":\"P1\",\"name\" \"Zyxwv\"}]",
        "[{\"case_id\":\"P1\",\"name\":Zyxwv}]",
        "[{\"case_id\":\"P1\",\"name\":\"Zyxwv",
        "[{\"case_id\":\"P1\",\"name\":{\"value\":\"Zyxwv\",\"comparator\":\"0176\"}}]",
    ] {
        no_secret(content, "cases.json", &[]);
    }
}

#[test]
fn what_a_schema_or_an_option_withholds_is_withheld() {
    no_secret("case_id,who\nP1,Zyxwv\nP2,0\"176\n", "cases.csv", &["--role", "who=direct-identifier"]);
    let ran = run("case_id,name\nP1,aspirin\nP2,asp\"irin\n", &["--role", "name=treatment"]);
    says(&ran, 0, &["  cases.csv line 3, column name: 'asp\"irin'"]);
}

#[test]
fn the_number_of_a_hospital_is_withheld_beside_another_case_id() {
    let withheld = |text: &str, options: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), text).unwrap();
        let words = [&["cases", "cases.csv", "--columns", "all", "--format", "csv"], options].concat();
        run_in(folder.path(), &words).stdout
    };
    let text = "PID,Case ID,Fallnummer,age\n900123,A,55501,8\n900124,B,55502,10\n";
    assert_eq!(withheld(text, &[]), "Case ID,age\nA,8\nB,10\n");
    assert_eq!(withheld(text, &["--id", "Case ID"]), "Case ID,age\nA,8\nB,10\n");
    assert_eq!(withheld(text, &["--show", "PID"]), "PID,Case ID,age\n900123,A,8\n900124,B,10\n");
    assert_eq!(withheld(text, &["--id", "PID"]), "PID,Case ID,age\n900123,A,8\n900124,B,10\n");
    // Where nothing else but the number of the row names the case, the first of them does.
    let text = "Nr,PID,Fallnummer,age\n1,900123,55501,8\n2,900124,55502,10\n";
    assert_eq!(withheld(text, &[]), "Nr,PID,age\n1,900123,8\n2,900124,10\n");
}
