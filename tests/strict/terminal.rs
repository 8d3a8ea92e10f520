//! Text from files, names of files and the command line never reaches a terminal or JSON raw.

use super::{Ran, run_files, run_in, says};

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
