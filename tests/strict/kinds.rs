//! Kinds of columns: mixed ones, codes, look-alike levels, levels beyond counting.

use super::{accepted, findings, noted, run_files, run_in, says, stat, warned};

#[test]
fn a_mixed_column_is_located_and_can_be_decided() {
    let file = "case_id,stage\nP1,early\nP2,3\nP3,late\n";
    let lines = [
        "warning[mixed-column]: 1 of the cells are numbers, the others are not; all are counted as levels",
        "  cases.csv line 3, case P2, column stage: '3'",
        "  help: correct the cells, or set the kind of the column: --kind stage=number or --kind stage=category",
    ];
    assert_eq!(stat(&warned(file, &[], &lines), "stage[3].n"), 1);
    assert_eq!(stat(&accepted(file, &["--kind", "stage=category"]), "stage[3].n"), 1);
    assert_eq!(stat(&noted(file, &["--kind", "stage=number"], &[]), "stage.N"), 1);
    let outcome = "case_id,outcome\nP1,0\nP2,1\nP3,died\n";
    let message = "warning[mixed-column]: 2 of the cells are numbers, the others are not; all are counted as levels";
    assert_eq!(stat(&warned(outcome, &[], &[message]), "outcome[died].n"), 1);
    let lists = "case_id,sites\nP1,elbow;knee\nP2,2018-03-14\n";
    warned(lists, &[], &["warning[mixed-column]: 1 of the cells are dates"]);
}

#[test]
fn codes_of_a_sex_an_etiology_or_an_outcome_are_levels() {
    for header in ["sex", "etiology", "outcome"] {
        let summary = accepted(format!("case_id,{header}\nP1,1\nP2,2\nP3,2\n"), &[]);
        assert_eq!(stat(&summary, &format!("{header}[2].n")), 2, "{header}");
    }
}

#[test]
fn the_kind_does_not_depend_on_how_many_cases_there_are() {
    for cases in [1, 2, 40, 2000] {
        let rows: String = (0..cases).map(|n| format!("P{n},{},word\n", 5 + n % 2)).collect();
        let summary = accepted(format!("case_id,crp,group\n{rows}"), &[]);
        assert_eq!((stat(&summary, "crp.N"), stat(&summary, "group[word].n")), (&cases.into(), &cases.into()));
    }
}

#[test]
fn a_kind_that_shows_late_in_the_file_is_that_of_the_whole_file() {
    let numbers: String = (0..40_000).map(|n| format!("P{n},{},a\n", 5 + n % 7)).collect();
    let words: String = (0..50_000).map(|n| format!("Q{n},word,a;b\n")).collect();
    let summary = noted(format!("case_id,x,y\n{numbers}{words}"), &[], &["warning[mixed-column]"]);
    assert_eq!((stat(&summary, "x[word].n"), stat(&summary, "y[b].n")), (&50_000.into(), &50_000.into()));
}

/// The snippet of a finding, pasted into what `schema` prints, is used and silences it.
#[test]
fn look_alike_levels_come_with_a_snippet_that_works() {
    let file = "case_id,genotype,etiology\nP1,A*,JDM\nP2,a,jdm\nP3,A,J.D.M.\nP4,A*,Néphropathie\nP5,B,nephropathie\n";
    let lines = [
        "warning[look-alike-levels]: similar levels are counted separately: 'A*' (2), 'A' (1), 'a' (1)",
        "  cases.csv line 3, case P2, column genotype",
        "  help: correct the cells, or add to \"calcSeries\" of the field in the schema: \"synonyms\": {\"A\": \"A*\", \"a\": \"A*\"}",
    ];
    warned(file, &[], &lines);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), file).unwrap();
    let printed = run_in(folder.path(), &["schema", "cases.csv"]);
    let snippets: Vec<String> = run_in(folder.path(), &["summarize", "cases.csv"])
        .stderr
        .lines()
        .filter_map(|line| line.split_once("in the schema: ").map(|(_, snippet)| snippet.to_owned()))
        .collect();
    assert_eq!(snippets.len(), 3);
    let mut schema = printed.stdout;
    for (header, pasted) in [("genotype", &snippets[2..]), ("etiology", &snippets[..2])] {
        let (before, after) = schema.split_once(&format!("\"name\": \"{header}\"")).unwrap();
        let merged = merge(pasted);
        let after = after.replacen("\"calcSeries\": {", &format!("\"calcSeries\": {{ {merged},"), 1);
        schema = format!("{before}\"name\": \"{header}\"{after}");
    }
    let files: [(&str, &[u8]); 2] = [("cases.csv", file.as_bytes()), ("cases.schema.json", schema.as_bytes())];
    let read: Vec<&str> = vec!["--format", "json", "--strict"];
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, content)| std::fs::write(folder.path().join(name), content).unwrap());
    let ran = run_in(folder.path(), &[&["summarize", "cases.csv"], read.as_slice()].concat());
    says(&ran, 0, &["note[schema-used]"]);
    let summary = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((stat(&summary, "genotype[A*].n"), stat(&summary, "etiology[J.D.M.].n")), (&4.into(), &3.into()));
    assert_eq!(stat(&summary, "etiology[Néphropathie].n"), 2);
}

/// Several snippets of one column as one: the objects joined.
fn merge(snippets: &[String]) -> String {
    let inner = snippets.iter().map(|s| s.trim_start_matches("\"synonyms\": {").trim_end_matches('}'));
    format!("\"synonyms\": {{{}}}", inner.collect::<Vec<_>>().join(", "))
}

#[test]
fn look_alike_missing_tokens_are_named_and_their_remedy_works() {
    let file = "case_id,etiology\nP1,JDM\nP2,n.d.\nP3,result pending\n";
    for (place, token, option) in
        [("line 3, case P2", "n.d.", "n.d."), ("line 4, case P3", "result pending", "'result pending'")]
    {
        let lines = [
            &*format!(
                "warning[look-alike-missing]: '{token}' (1) looks like a missing-value code but is counted as a level"
            ),
            &*format!("  cases.csv {place}, column etiology: '{token}'"),
            &*format!("  help: if it means not reported: --missing={option}"),
        ];
        warned(file, &[], &lines);
    }
    let summary = accepted(file, &["--missing", "n.d.", "--missing", "result pending"]);
    assert_eq!(stat(&summary, "etiology.N_miss"), 2);
}

#[test]
fn beyond_100_000_levels_a_tally_stops_and_says_so() {
    let rows: String = (0..100_001).map(|n| format!("P{n},word{n}x\n")).collect();
    let file = format!("case_id,remark_code\n{rows}");
    let lines = [
        "warning[too-many-levels]: more than 100,000 different levels: the column is counted, not tabulated",
        "  column remark_code",
        "  help: if it names the case: --id remark_code; if it is free text: --kind remark_code=text",
    ];
    let summary = noted(&file, &["--threads", "2"], &lines);
    let row = crate::support::row(&summary, "remark_code.n_levels");
    assert_eq!(
        (&row["stat"], &row["reason"]),
        (&().into(), &"more than 100,000 different levels: not a category".into())
    );
    assert!(findings(&accepted(&file, &["--kind", "remark_code=text"])).is_empty());
    assert_eq!(accepted(&file, &["--id", "remark_code"])["cases"], 100_001);
}

#[test]
fn a_header_that_needs_quotes_is_quoted_in_remedies() {
    let file = "case_id,patient's stage (1)\nP1,a\nP2,3\nP3,b\n";
    let header = "patient's stage (1)=category";
    let quoted = "--kind 'patient'\\''s stage (1)=category'";
    let ran = run_files(&[("cases.csv", file.as_bytes())], &[]);
    assert!(ran.stderr.contains(quoted), "{}", ran.stderr);
    accepted(file, &["--kind", header]);
}

#[test]
fn a_word_that_is_no_response_matters_only_where_the_lines_state_none() {
    let silent = "case_id,treatment,response\nP1,surgery,odd\nP2,surgery,CR\n";
    warned(silent, &[], &["warning[response-unknown-word]: 'odd' is not a known response; the rates stay open"]);
    let stated = "case_id,treatment,response\nP1,surgery: none,odd\nP2,surgery: complete,odd\n";
    assert!(!findings(&accepted(stated, &[])).contains(&"response-unknown-word"));
}
