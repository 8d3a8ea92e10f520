//! Records: widths, quotes, physical lines, rows that are no cases, bytes that are no text.

use super::{accepted, refused, run, says, stat, warned};

#[test]
fn a_ragged_row_is_refused_with_both_widths() {
    refused(
        "case_id,age\nP1,6\nP2,5,x\nP3\n",
        &[],
        &[
            "error[ragged-row]: this row has 3 cells, the header has 2",
            "  cases.csv line 3: 'P2,5,x'",
            "  help: quote the cell that contains the delimiter, or remove the extra one",
            "error[ragged-row]: this row has 1 cells, the header has 2",
            "  cases.csv line 4: 'P3'",
            "  help: add the missing cells: empty cells still need their delimiter",
        ],
    );
    accepted("case_id,note\nP1,a\n\"P2\",\"5,x\"\nP3,\n", &[]);
}

#[test]
fn an_unclosed_quote_is_refused_at_the_line_where_it_opened() {
    let message = "error[unclosed-quote]: the quote that opens here is never closed";
    refused("case_id,note\nP1,a\nP2,\"b\nP3,c\n", &[], &[message, "  cases.csv line 3: '\"b\\nP3,c\\n'"]);
    let header = "error[unclosed-quote]: the quote that opens here in the header is never closed";
    refused("\n\ncase_id,\"note\nP1,a\n", &[], &[header, "  cases.csv line 3: '\"note\\nP1,a\\n\\n'"]);
}

#[test]
fn text_after_a_closing_quote_is_refused() {
    let message = "error[text-after-quote]: text after the closing quote of a cell";
    refused("case_id,note\nP1,a\nP2,\"b\"c\n", &[], &[message, "  cases.csv line 3, column note: '\"b\"c'"]);
    refused("case_id,note\nP1,\"b\" \n", &[], &[message, "  cases.csv line 2, column note: '\"b\" '"]);
    accepted("case_id,note\nP1,a\nP2,\"b\"\"c\"\n", &[]);
}

#[test]
fn a_quote_inside_an_unquoted_cell_is_kept_with_a_warning() {
    let lines = [
        "warning[stray-quote]: a quote inside an unquoted cell; it is kept",
        "  cases.csv line 3, column lesion: '5\" wide'",
    ];
    let summary = warned("case_id,lesion\nP1,flat\nP2,5\" wide\n", &[], &lines);
    assert_eq!(stat(&summary, "lesion[5\" wide].n"), 1);
    accepted("case_id,lesion\nP1,flat\nP2,\"5\"\" wide\"\n", &[]);
}

#[test]
fn a_quoted_cell_that_swallowed_a_record_is_refused_until_the_column_is_multiline() {
    let file = "case_id,note\nP1,\"a\nP2,b\"\nP3,c\n";
    let lines = [
        "error[paired-quotes]: a line of this quoted cell looks like a record: two stray quotes may have paired up",
        "  cases.csv line 2, column note: 'a\\nP2,b'",
        "  help: look for a stray quote here; if the cell is correct: --multiline note",
    ];
    refused(file, &[], &lines);
    assert_eq!(accepted(file, &["--multiline", "note"])["cases"], 2);
    accepted("case_id,note\nP1,\"a\nb\"\nP2,c\n", &[]);
}

#[test]
fn lines_are_those_of_an_editor_whatever_ends_them() {
    let at = |line: u32| format!("  cases.csv line {line}: 'P9'");
    for (file, line) in [
        ("case_id,age\r\nP1,6\r\n\r\nP9\r\n", 4),
        ("case_id,age\rP1,6\r\rP9\r", 4),
        ("\u{feff}case_id,age\n\n\nP1,6\n\nP9", 6),
        ("\r\n\r\ncase_id,age\r\nP1,6\r\nP9\r\n", 5),
        ("case_id,\"a\nb\"\nP1,\"c\r\nd\n\ne\"\nP9\n", 7),
        ("sep=;\ncase_id;age\nP1;6\nP9\n", 4),
        ("sep=;\r\ncase_id;age\r\nP1;6\r\nP9\r\n", 4),
        ("case_id,note\nP1,\"x\"\"\n\"\"y\"\n\nP9\n", 5),
    ] {
        refused(file, &[], &["error[ragged-row]: this row has 1 cells, the header has 2", &at(line)]);
    }
}

#[test]
fn lines_of_warnings_are_exact_behind_cells_of_several_lines() {
    let file = "case_id,note,crp\r\nP1,\"a\r\nb\",5\r\n\r\nP2,c,12-15\r\nP3,d,6\r\n";
    let lines = ["warning[unreadable-cell]: not a number", "  cases.csv line 5, case P2, column crp: '12-15'"];
    warned(file, &[], &lines);
}

#[test]
fn rows_that_are_no_cases_are_refused() {
    let repeated = "error[repeated-header]: this row repeats the header";
    let file = "case_id,age\nP1,6\ncase_id,age\nP2,5\nCase_ID,Age\n";
    let help = "  help: remove the row";
    let line = "  cases.csv line 3, case case_id: 'case_id'";
    refused(file, &[], &[repeated, line, "  cases.csv line 5, case Case_ID: 'Case_ID'", help]);
    refused("sex,age\nF,6\nsex,age\n", &["--no-id"], &[repeated, "  cases.csv line 3, case 2: 'sex'", help]);

    let units = "error[units-row]: this row contains units, not a case";
    refused("case_id,age,esr\n,years,mm/h\nP1,6,44\n", &[], &[units, "  cases.csv line 2, case 1: ', years, mm/h'"]);
    refused("case_id,age,esr\n,(years),[mm/h]\nP1,6,44\n", &["--no-id"], &[units]);
    accepted("case_id,pain,fever\nP1,y,n\nP2,n,y\n", &[]);

    let files: [(&str, &[u8]); 2] =
        [("a.csv", b"case_id,age,esr\nP1,6,44\n"), ("b.csv", b"case_id,age,esr\nP2,5,4\n,years,mm/h\nP3,5,4\n")];
    says(&super::run_files(&files, &[]), 2, &[units, "  b.csv line 3, case 3: ', years, mm/h'"]);

    let total = "error[totals-row]: this row is a total, not a case";
    refused("case_id,esr\nP1,4\nTotal:,4\n", &[], &[total, "  cases.csv line 3, case Total:: 'Total:'", help]);
    let last = "error[totals-row]: this row is a total, not a case";
    refused("centre,esr\nA,4\nMean,4\n", &["--no-id"], &[last, "  cases.csv line 3, case 2: 'Mean'"]);
    accepted("resection,esr\ntotal,4\nsubtotal,5\npartial,6\n", &["--no-id"]);
}

#[test]
fn an_empty_row_is_no_case_in_silence() {
    let json = |cases: &str, options: &[&str]| super::run_files(&[("cases.json", cases.as_bytes())], options);
    let blank = "note[blank-rows]: 1 case without anything in any cell: skipped";
    says(&json(r#"[{"case_id":"P1","age":6},{"case_id":"","age":null}]"#, &[]), 0, &[blank]);
    says(&json(r#"[{"sex":"F","age":6},{"sex":"","age":null}]"#, &["--no-id", "--strict"]), 0, &[blank]);
}

#[test]
fn files_without_cases_are_refused() {
    for file in ["", "\n\r\n", "\u{feff}", " \n"] {
        refused(file, &[], &["error[empty-file]"]);
    }
    refused("case_id,age\n", &[], &["error[no-cases]: the file has a header but no cases", "  cases.csv"]);
    refused("case_id,age\n\n\n", &[], &["error[no-cases]"]);
}

#[test]
fn bytes_that_are_not_utf8_are_refused_until_the_encoding_is_named() {
    let file = b"case_id,etiology\r\nP1,idiopathic\r\nP2,n\xe9oplasie\r\n";
    refused(
        file,
        &[],
        &[
            "error[not-utf8]: this byte is not UTF-8 text",
            "  cases.csv line 3: '0xE9'",
            "  help: save the file as \"CSV UTF-8\", or name its encoding: --encoding windows-1252",
        ],
    );
    assert_eq!(stat(&accepted(file, &["--encoding", "windows-1252"]), "etiology[néoplasie].n"), 1);
    let header = b"case_id,\xe9tiologie\nP1,a\n";
    let message = "error[not-utf8]: this byte of the header is not UTF-8 text";
    refused(header, &[], &[message, "  cases.csv line 1: '0xE9'"]);
    accepted(header, &["--encoding", "windows-1252"]);
    assert_eq!(run("case_id\nP1\n", &["--encoding", "utf-99"]).code, Some(2));
}

#[test]
fn utf16_is_named_and_read_when_asked_for() {
    let text = "case_id,étiologie\r\nP1,néoplasie\r\n";
    let bytes =
        |first: [u8; 2], to: fn(u16) -> [u8; 2]| [first.to_vec(), text.encode_utf16().flat_map(to).collect()].concat();
    for file in [bytes([0xFF, 0xFE], u16::to_le_bytes), bytes([0xFE, 0xFF], u16::to_be_bytes)] {
        let lines = ["error[not-utf8]: the file is UTF-16 text", "  cases.csv", "  help: --encoding utf-16"];
        refused(&file, &[], &lines);
        assert_eq!(stat(&accepted(&file, &["--encoding", "utf-16"]), "étiologie[néoplasie].n"), 1);
    }
    let faulty = [0xFF, 0xFE, b'c', 0, b'\n', 0, 0x00, 0xD8, b'x', 0];
    refused(faulty, &["--encoding", "utf-16"], &["error[not-utf8]: the file is not UTF-16LE", "  cases.csv line 2"]);
}

#[test]
fn one_run_shows_all_problems_of_all_files() {
    let stderr = refused(
        "case_id,,age,age\nP1,,5\nP2,\"a\"b,1,1\nP\u{e9},,5\n",
        &[],
        &["error[duplicate-header]: columns 3 and 4 have the same name"],
    );
    for id in ["empty-header", "ragged-row", "text-after-quote"] {
        assert!(stderr.contains(&format!("error[{id}]")), "{stderr}");
    }
    let two: [(&str, &[u8]); 2] = [("a.csv", b"case_id,age\nP1\n"), ("b.csv", b"case_id,age\nP2,4\n,5\n")];
    let ran = super::run_files(&two, &[]);
    says(&ran, 2, &["  a.csv line 2: 'P1'"]);
    says(&ran, 2, &["  b.csv line 3, case 2, column case_id"]);
}

#[test]
fn the_first_twenty_problems_stand_there_and_the_others_are_counted() {
    let rows: String = (1..=100).map(|n| format!("P{n}\n")).collect();
    let stderr = refused(
        format!("case_id,age\n{rows}"),
        &[],
        &[
            "  cases.csv line 21: 'P20'",
            "  and 80 more",
            "  help: add the missing cells: empty cells still need their delimiter",
        ],
    );
    assert_eq!(stderr.matches("  cases.csv line").count(), 20);
}

#[test]
fn text_in_another_encoding_is_the_same_in_every_block_of_a_large_file() {
    let rows: String = (1..=40_000).map(|n| format!("P{n},{}\r\n", ["néoplasie", "goutte"][n % 2])).collect();
    let text = format!("case_id,étiologie\r\n{rows}");
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let read = accepted(&latin, &["--encoding", "windows-1252"]);
    for level in ["néoplasie", "goutte"] {
        assert_eq!(stat(&read, &format!("étiologie[{level}].n")), 20_000);
    }
    let cut = [text.replace('é', "ﾃ").as_bytes(), b"P0,\xe3\x81\n"].concat();
    let message = "error[not-utf8]: the file is not UTF-8";
    refused(&cut, &["--encoding", "utf-8"], &[message, "  cases.csv line 40002"]);
}

#[test]
fn a_record_longer_than_a_block_is_read() {
    let long = "word ".repeat(3 << 17);
    let file = format!("case_id,note,age\nP1,a,6\nP2,\"{long}\",5\nP3,{long},4\nP4,b,x\n");
    let ran = run(&file, &["--kind", "age=number"]);
    assert_eq!(accepted(file.replace(",x\n", ",3\n"), &[])["cases"], 4);
    // What follows keeps its line.
    assert!(ran.stderr.contains("  cases.csv line 5, case P4, column age: 'x'"), "{}", ran.stderr);
    let message = "error[unclosed-quote]: the quote that opens here is never closed";
    let open = format!("case_id,note\nP1,\"{long}\"\nP2,\"b\n{}", "P3,c\n".repeat(1 << 18));
    refused(open, &[], &[message, "  cases.csv line 3: '\"b\\nP3,c"]);
}

#[test]
fn faults_of_the_text_are_found_in_every_block() {
    let row = "P1,a word and another one to fill the line,6\n";
    let rows = (1 << 20) / row.len();
    let mut file = format!("case_id,note,age\n{}", row.repeat(rows)).into_bytes();
    file.extend_from_slice(b"P2,caf\xe9,5\nP3,\"a\nP4,b,4\",5\n");
    file.extend_from_slice(row.repeat(rows).as_bytes());
    file.extend_from_slice(b"P5,\xe9,5\nP6,a\n");
    let (second, last) = (rows + 2, 2 * rows + 5);
    let printed = refused(file, &["--no-id"], &["error[not-utf8]: this byte is not UTF-8 text"]);
    for place in [
        format!("  cases.csv line {second}: '0xE9'"),
        format!("  cases.csv line {last}: '0xE9'"),
        format!("  cases.csv line {}, column note: 'a\\nP4,b,4'", second + 1),
        format!("  cases.csv line {}: 'P6,a'", last + 1),
    ] {
        assert!(printed.contains(&place), "wanted {place}, found {printed}");
    }
}
