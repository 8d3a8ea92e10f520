//! Text from files, names of files and the command line never reaches a terminal or JSON raw.

use super::{Ran, run, run_files, run_in, says};

/// C0, DEL, C1 and marks that reorder text, each with a letter behind it.
const STEERING: &str = "\u{1b}[2J\u{7}\u{8}x\u{7f}\u{9b}K\u{85}x\u{202e}x\u{2066}x\u{200f}\u{2028}x";

fn is_raw(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{061c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[track_caller]
fn nothing_raw(ran: &Ran) {
    for (what, text) in [("standard output", &ran.stdout), ("standard error", &ran.stderr)] {
        assert!(!text.contains(is_raw), "{what} holds {:?}: {text:?}", text.chars().find(|c| is_raw(*c)));
    }
}

/// Every output of a file, under a harmless and under a steering name.
#[track_caller]
fn check(content: &str, options: &[&str]) {
    for name in ["cases.csv", "c\u{1b}[31m\u{202e}.csv"] {
        for format in [&[][..], &["--format", "json"], &["--width", "40"]] {
            nothing_raw(&run_files(&[(name, content.as_bytes())], &[options, format].concat()));
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), content).unwrap();
        nothing_raw(&run_in(folder.path(), &["schema", name]));
        nothing_raw(&run_in(folder.path(), &["summarize", name, "-o", name]));
        nothing_raw(&run_in(folder.path(), &["summarize", &format!("{name}x")]));
        nothing_raw(&run_in(folder.path(), &[name]));
    }
}

#[test]
fn cells_and_headers_are_made_harmless() {
    for bad in [STEERING, "\u{1b}[2J", "\u{9b}K\u{202e}x"] {
        check(&format!("case_id,a{bad}b,crp (m{bad}),sites\nP{bad}1,x{bad}y,5{bad},e{bad}l;k\nP2,z,6,k\n"), &[]);
        check(&format!("case_id,treatment\nP1,a{bad}b: impr{bad}oved; c [d{bad}]: none, p{bad}=none (r{bad})\n"), &[]);
        check(&format!("name{bad},date of birth\nP{bad}1,x{bad}y\n"), &["--show", "date of birth"]);
    }
}

#[test]
fn findings_are_made_harmless() {
    for bad in [STEERING, "\u{1b}[2J", "\u{9b}K\u{202e}x"] {
        check(&format!("case_id,a{bad}\nP{bad}1\nP2,\"x\"{bad}\n"), &[]);
        check(&format!("case_id,a{bad},a{bad}\nP1,5,6\n"), &[]);
        check(&format!("case_id,a\nP{bad}1,5\nP{bad}1,6\n"), &[]);
        check(&format!("case_id,crp\nP1,5\nP2,6\nP3,12{bad}15\nP4,7 m{bad}g\n"), &[]);
        check(&format!("case_id,sex\nP1,F{bad}\nP2,f{bad}\nP3,n{bad}.a.\n"), &[]);
        check(&format!("[{{\"case_id\":\"P{bad}1\",\"a{bad}\":NaN{bad}}}]"), &[]);
        check(&format!("[{{\"case_id\":\"P1\",\"a\\u001b\\u202e\":\"\\u009b{}\"}},{{\"case_id\":\"P2\"}}]", "x"), &[]);
        check(&format!("case_id,a\nP1,\"open{bad}\n"), &[]);
    }
}

#[test]
fn the_command_line_is_made_harmless() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), "case_id,age\nP1,6\n").unwrap();
    for bad in [STEERING, "\u{1b}[2J", "\u{9b}K\u{202e}x"] {
        let word = format!("x{bad}");
        for options in [
            ["--id", &word],
            ["--kind", &format!("age={word}")],
            ["--kind", &word],
            ["--role", &format!("{word}=age")],
            ["--delimiter", &word],
            ["--encoding", &word],
            ["--schema", &word],
            ["--ci", &word],
            ["--format", &word],
            ["--width", &word],
            ["-o", &format!("no{word}/such")],
        ] {
            let ran = run_in(folder.path(), &[&["summarize", "cases.csv"], options.as_slice()].concat());
            nothing_raw(&ran);
            says(&ran, 2, &[]);
        }
        nothing_raw(&run_in(folder.path(), &[&word]));
        nothing_raw(&run_in(folder.path(), &["summarize", &format!("--{word}")]));
        nothing_raw(&run_in(folder.path(), &["example", &format!("{word}/{word}")]));
    }
}

#[test]
fn a_schema_is_made_harmless() {
    let schema = "{\"fields\": [{\"name\": \"case_id\"}, {\"name\": \"age\", \"title\": \"A\\u001b[2J\\u202e\", \"x\\u009b\": 1, \"type\": \"n\\u001b\"}]}";
    let files: [(&str, &[u8]); 2] = [("cases.csv", b"case_id,age\nP1,6\n"), ("s.json", schema.as_bytes())];
    for schema in [schema.to_owned(), schema.replace("n\\u001b", "number")] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), files[0].1).unwrap();
        std::fs::write(folder.path().join("s.json"), schema).unwrap();
        for format in [&[][..], &["--format", "json"]] {
            nothing_raw(&run_in(folder.path(), &[&["summarize", "cases.csv", "--schema", "s.json"], format].concat()));
            nothing_raw(&run_in(folder.path(), &["schema", "cases.csv", "--schema", "s.json"]));
        }
    }
}

/// Columns that a text takes on a terminal, as far as these tests need it.
fn columns(text: &str) -> usize {
    let width = |c: char| match c {
        '\u{300}'..='\u{36f}' => 0,
        '\u{1100}'.. if !matches!(c, '\u{2000}'..='\u{2bff}') => 2,
        _ => 1,
    };
    text.chars().map(width).sum()
}

/// Every row of the table below has its `n/N` at one column, and the level stays on its line.
#[track_caller]
fn is_aligned(text: &str, level: &str) {
    let line = text.lines().find(|line| line.contains(level)).unwrap_or_else(|| panic!("{level} wraps in:\n{text}"));
    let starts: Vec<usize> = text.lines().filter_map(|line| line.find("1/3").map(|at| columns(&line[..at]))).collect();
    assert_eq!(starts.len(), 3, "{text}");
    assert!(starts.iter().all(|start| *start == starts[0]), "{starts:?} of {line}\n{text}");
}

#[test]
fn wide_letters_and_combining_marks_take_the_columns_they_have_on_a_terminal() {
    let level = "膝関節および足関節の周囲";
    let file = format!("case_id,age,部位\nP1,50,{level}\nP2,60,肘\nP3,70,cafe\u{301} au lait\n");
    let at = |options: &[&str]| run(&file, options).stdout;
    is_aligned(&at(&[]), level);
    let narrow = at(&["--width", "80"]);
    is_aligned(&narrow, level);
    assert!(narrow.lines().all(|line| columns(line) <= 80), "{narrow}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("c.csv"), &file).unwrap();
    let listing = run_in(folder.path(), &["cases", "c.csv", "--columns", "case_id,部位,age", "--width", "80"]).stdout;
    let row = listing.lines().find(|line| line.starts_with("P1")).unwrap();
    let header = listing.lines().find(|line| line.starts_with("case_id")).unwrap();
    let column = |line: &str, text: &str| columns(&line[..line.find(text).unwrap()]);
    assert!(row.contains(level), "{listing}");
    assert_eq!(column(row, "50"), column(header, "age"), "{listing}");
}

#[test]
fn carets_are_below_the_part_behind_wide_letters_and_combining_marks() {
    let file = "case_id,部位\nP1,膝\nP2,肘\n";
    says(&run(file, &["--where", "部位 == '膝'"]), 2, &["    部位 == '膝'", "         ^^"]);
    let combined = "case_id,cafe\u{301}\nP1,a\nP2,b\n";
    says(&run(combined, &["--where", "\"cafe\u{301}\" == 'a'"]), 2, &["    \"cafe\u{301}\" == 'a'", "           ^^"]);
}
