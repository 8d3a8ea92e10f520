//! Headers: names, delimiters, `sep=`, what stands above.

use super::{accepted, noted, refused, run_files, says, stat, warned};

#[test]
fn names_of_columns_are_one_each() {
    refused(
        "case_id,age,sex,age\nP1,6,F,6\n",
        &[],
        &[
            "error[duplicate-header]: columns 2 and 4 have the same name",
            "  cases.csv line 1, column age: 'age'",
            "  help: rename one of them",
        ],
    );
    let no_name = "error[empty-header]: column 2 has no name";
    refused("\n\ncase_id,,sex\nP1,,F\nP2,6,F\n", &[], &[no_name, "  cases.csv line 5"]);
    refused("case_id,\" \"\nP1,6\n", &[], &[no_name]);
}

#[test]
fn a_file_without_a_header_is_refused() {
    let message = "error[no-header]: the first row has data, not column names";
    refused("P1,6,F\nP2,5,F\n", &[], &[message, "  cases.csv line 1: '6'", "  help: add a first row such as"]);
    refused("P1,2018-03-14\nP2,2018-03-15\n", &[], &[message, "  cases.csv line 1: '2018-03-14'"]);
    accepted("case_id,age,sex\nP1,6,F\nP2,5,F\n", &[]);
}

#[test]
fn lines_above_the_header_are_refused() {
    let message = "error[preamble]: the first row has 1 cell, most rows have 3: there are lines above the header";
    for file in ["Table 1\n\ncase_id,age,sex\nP1,6,F\nP2,5,F\n", "Table 1,,\ncase_id,age,sex\nP1,6,F\nP2,5,F\n"] {
        let row = if file.contains("\n\n") { "3" } else { "2" };
        let help = format!("  help: if the column names are on line {row}: --header-row {row}");
        refused(file, &[], &[message, "  cases.csv line 1: 'Table 1'", &help]);
        assert_eq!(accepted(file, &["--header-row", row])["cases"], 2);
    }
}

#[test]
fn quotes_in_the_header_follow_the_rules_of_cells() {
    let stray = "error[stray-quote]: a quote inside an unquoted column name";
    refused("case_id,wi\"dth\nP1,6\n", &[], &[stray, "  cases.csv line 1: 'case_id,wi\"dth'"]);
    let text = "error[text-after-quote]: text after the closing quote of a column name";
    refused("\ncase_id,\"wi\"dth\nP1,6\n", &[], &[text, "  cases.csv line 2"]);
    let summary = accepted("\"case_id\",\"width \"\"x\"\"\"\nP1,6\n", &[]);
    assert_eq!(stat(&summary, "width \"x\".mean"), 6.0);
}

#[test]
fn the_delimiter_is_found_or_refused_and_can_be_named() {
    for delimiter in [",", ";", "\t", "|"] {
        let file = "case_id,age,sites\nP1,6,elbow\nP2,5,knee\n".replace(',', delimiter);
        assert_eq!(stat(&accepted(file, &[]), "age.mean"), 5.5);
    }
    let file = "case_id,a;b\n1,2;3\n";
    let stderr = refused(
        file,
        &[],
        &["error[delimiter-unclear]: more than one delimiter fits: comma gives 2 columns, semicolon gives 2 columns"],
    );
    assert!(stderr.contains("  help: choose one: --delimiter ';'"), "{stderr}");
    assert_eq!(stat(&accepted(file, &["--delimiter", ";", "--id", "case_id,a", "--decimal-comma"]), "b.mean"), 3.0);
    assert_eq!(accepted(file, &["--delimiter", ","])["cases"], 1);
    assert_eq!(super::run(file, &["--delimiter", "ab"]).code, Some(2));
}

#[test]
fn a_line_that_names_the_delimiter_is_honoured() {
    for file in ["sep=|\ncase_id|a;b,c\nP1|x\n", "\u{feff}sep=\t\r\ncase_id\ta;b,c\r\nP1\tx\r\n"] {
        assert_eq!(stat(&accepted(file, &[]), "a;b,c[x].n"), 1);
    }
}

#[test]
fn decimal_commas_are_guessed_only_between_semicolons() {
    for delimiter in ["\t", "|"] {
        let file = "case_id;crp\nP1;10,9\nP2;11\n".replace(';', delimiter);
        let lines = [
            "warning[decimal-comma]: a comma instead of a decimal point",
            "  cases.csv line 2, case P1, column crp: '10,9'",
            "  help: if the whole file uses decimal commas, add --decimal-comma",
        ];
        let summary = warned(&file, &[], &lines);
        assert_eq!((stat(&summary, "crp.N"), stat(&summary, "crp.N_unreadable")), (&1.into(), &1.into()));
        assert_eq!(stat(&accepted(file, &["--decimal-comma"]), "crp.mean"), 10.95);
    }
    let file = "case_id;crp\nP1;10,9\nP2;11\n";
    assert_eq!(stat(&accepted(file, &[]), "crp.mean"), 10.95);
    assert_eq!(stat(&accepted(file, &["--decimal-comma"]), "crp.mean"), 10.95);
    let point = "warning[decimal-point]: a point instead of a decimal comma";
    warned(
        "case_id;crp\nP1;10.9\nP2;11\n",
        &["--decimal-comma"],
        &[point, "  cases.csv line 2, case P1, column crp: '10.9'"],
    );
}

#[test]
fn several_files_have_the_same_columns() {
    let first: (&str, &[u8]) = ("a.csv", b"case_id,age\nP1,6\n");
    let differ = |other: &[u8], name, lines: &[&str]| says(&run_files(&[first, (name, other)], &[]), 2, lines);
    let message =
        "error[columns-differ]: the columns differ from those of the first file: missing age; additional ages";
    differ(b"case_id,ages\nP2,5\n", "b.csv", &[message, "  b.csv", "  help: give every file the same header"]);
    let order = "error[columns-differ]: this file has the columns of the first file, in another order";
    differ(b"age,case_id\n5,P2\n", "b.csv", &[order, "  b.csv"]);
    let members = "error[columns-differ]: the JSON cases have members that are not columns of a.csv: sex";
    differ(b"{\"case_id\":\"P2\",\"age\":5,\"sex\":\"F\"}\n", "b.json", &[members]);
    let same: [(&str, &[u8]); 2] = [first, ("b.json", b"{\"age\":5,\"case_id\":\"P2\"}\n")];
    let ran = run_files(&same, &["--format", "json", "--strict"]);
    says(&ran, 0, &[]);
    assert_eq!(stat(&serde_json::from_str(&ran.stdout).unwrap(), "age.mean"), 5.5);
}

#[test]
fn a_column_that_does_not_exist_is_refused_with_near_names() {
    let file = "case_id,age\nP1,6\n";
    for options in
        [["--id", "cases_id"], ["--kind", "cases_id=text"], ["--show", "cases_id"], ["--role", "cases_id=other"]]
    {
        let ran = super::run(file, &options);
        says(&ran, 2, &["error: there is no column 'cases_id'", "  help: did you mean case_id?"]);
    }
    noted(file, &["--kind", "age=category"], &[]);
}

#[test]
fn a_header_longer_than_what_is_looked_at_first_is_read() {
    let long = |name: &str| -> Vec<String> { (0..400).map(|number| format!("\"{name}{number}\"")).collect() };
    let (wide, high) = (long(&"measurement ".repeat(75)), long(&"x\n".repeat(400)));
    for (names, line) in [(wide.join(","), 2), (high.join(","), 400 * 400 + 2)] {
        let cells = ",".repeat(names.matches(',').count());
        let file = format!("case_id,{names},sex\nP1,{cells},F\nP1,{cells},F\n");
        assert!(names.len() > 1 << 18);
        let place = format!("  cases.csv line {}, case P1, column case_id: 'P1'", line + 1);
        let first = format!("error[duplicate-case-id]: duplicate case ID, first on line {line}");
        refused(file, &[], &[&first, &place]);
    }
}

#[test]
fn a_quote_that_is_never_closed_in_a_long_header_is_refused_at_its_place() {
    let header = "error[unclosed-quote]: the quote that opens here in the header is never closed";
    let file = format!("\ncase_id,{},\"note\nP1,a\n{}", "name,".repeat(1 << 17), "P2,b\n".repeat(1 << 17));
    let value = "  cases.csv line 2: '\"note\\nP1,a\\nP2,b\\n";
    refused(file, &["--delimiter", ","], &[header, value]);
}
