//! A last row under an ordinary ID whose numbers are the sums or the means of those above it.

use super::{run, run_files};
use serde_json::json;

const SAID: &str =
    "warning[totals-row-likely]: the numbers of this last row are the sums or the means of those above it";

/// A sheet, and whether its last row is suspected.
const SHEETS: [(&str, bool); 13] = [
    ("case_id,age,crp,sex\n1,5,10,F\n2,6,12,M\n3,7,20,F\n4,18,42,\n", true),
    ("case_id,age,crp,sex\n1,5,10,F\n2,6,12,M\n3,7,20,F\n4,6,14,\n", true),
    ("case_id,age,crp,sex\n1,5,10,F\n2,6,12,M\n3,8,20,F\n4,6.3,14.0,\n", true),
    ("Fall;Alter;CRP;Diagnose\n1;5;10,5;DM\n2;6;12,5;DM\n3;7;19;DM\n4;18;42;\n", true),
    ("case_id,age,crp\n1,5,10\n2,6,12\n3,,20\n4,11,42\n", true),
    // A word, another number, one column alone, numbers that any case may have.
    ("case_id,age,crp,sex\n1,5,10,F\n2,6,12,M\n3,7,20,F\n4,6,14,M\n", false),
    ("case_id,age,crp,sex\n1,5,10,F\n2,6,12,M\n3,7,20,F\n4,6,14,NR\n", false),
    ("case_id,age,crp,sex\n1,5,10,F\n2,6,12,M\n3,7,20,F\n4,6,15,\n", false),
    ("case_id,age,crp,sex\n1,5,10,F\n2,6,12,M\n3,7,20,F\n4,6,,\n", false),
    ("case_id,age,crp,sex\n1,5,0,F\n2,6,0,M\n3,7,0,F\n4,6,0,\n", false),
    ("case_id,age,crp,sex\n1,5,7,F\n2,5,7,M\n3,5,7,F\n4,5,7,\n", false),
    ("case_id,age,crp,sex\n1,5,10,F\n2,5,10,\n", false),
    ("case_id,age,crp,sex\n1,6,14,\n2,5,10,F\n3,6,12,M\n4,7,20,F\n", false),
];

#[test]
fn a_total_under_an_ordinary_id_is_warned_of_by_its_arithmetic_alone() {
    for (sheet, is_suspected) in SHEETS {
        let ran = run(sheet, &[]);
        assert_eq!(ran.stderr.contains(SAID), is_suspected, "{sheet}{}", ran.stderr);
        if is_suspected {
            let last = sheet.lines().count();
            assert!(ran.stderr.contains(&format!(" line {last}")), "{sheet}{}", ran.stderr);
        }
    }
}

#[test]
fn it_is_found_in_json_and_by_any_number_of_threads() {
    let case = |id: u64, age: u64, crp: u64| json!({"case_id": id, "age": age, "crp": crp});
    let cases = json!([case(1, 5, 10), case(2, 6, 12), case(3, 7, 20), case(4, 18, 42)]).to_string();
    let ran = run_files(&[("cases.json", cases.as_bytes())], &[]);
    assert!(ran.stderr.contains(SAID), "{}", ran.stderr);
    let rows: String = (1..=5000_u64).map(|n| format!("{n},{},{},F\n", n % 7, n % 11)).collect();
    let sums = (1..=5000_u64).fold((0, 0), |(age, crp), n| (age + n % 7, crp + n % 11));
    let sheet = format!("case_id,dose,crp,sex\n{rows}5001,{},{},\n", sums.0, sums.1);
    for threads in ["1", "4"] {
        let ran = run(&sheet, &["--threads", threads]);
        assert!(ran.stderr.contains(SAID), "{}", ran.stderr);
    }
}
