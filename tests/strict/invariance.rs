//! Threads, block sizes, the order of rows and the form of the file change nothing in results.

use calc_series::{Error, Findings, Inputs, Options, ReadOptions, Results, Settings, read_cohort, summarize};
use proptest::prelude::*;
use std::fmt::Write;

/// One case as the cells of a row; a list is written with `;`.
type Case = Vec<String>;

const HEADER: [&str; 9] = ["case_id", "age", "sex", "sites", "crp", "treatment", "onset_year", "fever", "remark"];

/// Results and findings of a file of this name and content.
fn read(name: &str, content: &str, threads: usize, block_size: usize) -> Result<(Results, Findings), Findings> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let (mut options, mut settings) = (ReadOptions::default(), Settings::default());
    options.block_size = block_size;
    settings.threads = Some(threads);
    let read = Inputs::open(&[path.to_string_lossy().into_owned()], &options)
        .and_then(|inputs| read_cohort(&inputs, &settings));
    match read {
        Ok(cohort) => Ok(summarize(&cohort, &Options::default())),
        Err(Error::Refused(findings)) => Err(*findings),
        Err(other) => panic!("{other}"),
    }
}

fn results(name: &str, content: &str) -> Results {
    read(name, content, 1, 1 << 18).unwrap_or_else(|findings| panic!("{findings:#?}\n{content}")).0
}

fn csv(cases: &[Case]) -> String {
    let mut text = HEADER.join(",") + "\n";
    for case in cases {
        let cells: Vec<String> = case.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

/// One object a line: sets as arrays, plain numbers as numbers, empty cells as null.
fn json_lines(cases: &[Case]) -> String {
    let mut text = String::new();
    for case in cases {
        let members: Vec<String> =
            HEADER.iter().zip(case).map(|(name, cell)| format!("\"{name}\":{}", json(name, cell))).collect();
        writeln!(text, "{{{}}}", members.join(",")).unwrap();
    }
    text
}

fn json(name: &str, cell: &str) -> String {
    match (name, cell) {
        (_, "") => "null".to_owned(),
        ("sites", "none") => "[]".to_owned(),
        ("sites", list) => serde_json::to_string(&list.split(';').collect::<Vec<_>>()).unwrap(),
        ("age" | "crp", number) if number.bytes().all(|b| b.is_ascii_digit()) => number.to_owned(),
        (_, text) => serde_json::to_string(text).unwrap(),
    }
}

fn case() -> impl Strategy<Value = Vec<String>> {
    let columns = [
        "[1-9]?[1-9]|[1-9]\\.5|[1-9]y[1-9]m|[1-9]0 months|NA|",
        "F|M|unknown",
        "elbow;knee|knee|hip;elbow|none|",
        "[1-9][0-9]?|[1-9]\\.[1-9]5|<5|>80|high|12 \\(high\\)|not done|x1|",
        "colchicine: none|surgery: improved; a \\+ b: complete \\(unconfirmed\\)|a: not reported \\(relapsed\\)|",
        "201[0-9]|",
        "yes|no|not applicable|",
        "[a-c]{1,2}|\"q\"|a, b|",
    ];
    columns.map(|pattern| prop::string::string_regex(pattern).unwrap()).into_iter().collect::<Vec<_>>()
}

/// Cases with ids, and the same in another order.
fn cohorts() -> impl Strategy<Value = (Vec<Case>, Vec<Case>)> {
    // One cell of each list shows that it is one, as a JSON array does by itself.
    let lists = ["6", "F", "elbow;knee", "5", "a: none", "2010", "yes", "z"].map(str::to_owned).to_vec();
    let cases = prop::collection::vec(case(), 1..25).prop_map(move |mut cases| {
        cases.push(lists.clone());
        let number = |(n, cells): (usize, Vec<String>)| [vec![format!("P{n}")], cells].concat();
        cases.into_iter().enumerate().map(number).collect::<Vec<Case>>()
    });
    cases.prop_flat_map(|cases| (Just(cases.clone()), Just(cases).prop_shuffle()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn threads_blocks_order_and_form_change_no_result((cases, shuffled) in cohorts(), block in 1..300_usize, threads in 1..5_usize) {
        let text = csv(&cases);
        let (expected, findings) = read("cases.csv", &text, 1, 1 << 18).expect("a good file");
        let (found, others) = read("cases.csv", &text, threads, block).expect("a good file");
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(others, findings);
        prop_assert_eq!(&results("cases.csv", &csv(&shuffled)), &expected);
        let lines = json_lines(&cases);
        prop_assert_eq!(&results("cases.json", &lines), &expected);
        let (found, _) = read("cases.json", &lines, threads, block).expect("a good file");
        prop_assert_eq!(&found, &expected);
    }

    #[test]
    fn what_is_refused_does_not_depend_on_threads_or_blocks(rows in prop::collection::vec("P[0-9],[0-9]{1,2},[a-b]|P[0-9],x|,,|case_id,age,g|P1,\"a\nb\",c|P2,5,\"x\"y|P3,4,a\"b|Total,,|", 1..25), block in 1..300_usize, threads in 1..5_usize) {
        let text = format!("case_id,age,g\n{}\n", rows.join("\n"));
        let expected = read("cases.csv", &text, 1, 1 << 18);
        let found = read("cases.csv", &text, threads, block);
        prop_assert_eq!(found.map(|(_, findings)| findings), expected.map(|(_, findings)| findings));
    }
}
