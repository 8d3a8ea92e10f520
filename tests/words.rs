//! Options whose value is one of a closed set of words: one form of message for all of them.

use crate::support::run;

/// Command, option, a misspelt value, and the word it is near to.
const MISSPELT: [(&str, &str, &str, &str); 29] = [
    ("summarize", "--rounding", "half-upp", "half-up"),
    ("summarize", "--level-order", "frequncy", "frequency"),
    ("summarize", "--percent", "colum", "column"),
    ("summarize", "--denominator", "reportd", "reported"),
    ("summarize", "--quantile-type", "17", "1"),
    ("summarize", "--ci", "wilsn", "wilson"),
    ("summarize", "--like", "gtsumary", "gtsummary"),
    ("summarize", "--kind", "age=numbr", "number"),
    ("summarize", "--role", "age=etiolgy", "etiology"),
    ("summarize", "--date-order", "onset=dmyy", "dmy"),
    ("summarize", "--overall", "frist", "first"),
    ("summarize", "--adjust", "hlm", "holm"),
    ("summarize", "--test", "age=wlch", "welch"),
    ("summarize", "--format", "markdwn", "markdown"),
    ("summarize", "--layout", "jornal", "journal"),
    ("summarize", "--tables", "11", "1"),
    ("summarize", "--marks", "aa", "a"),
    ("summarize", "--language", "eng", "en"),
    ("cases", "--format", "jsn", "json"),
    ("cases", "--kind", "age=dates", "date"),
    ("check", "--format", "markdow", "markdown"),
    ("check", "--rounding", "half-evn", "half-even"),
    ("summarize", "--odds-ratio", "smple", "sample"),
    ("get", "--ci", "jefreys", "jeffreys"),
    ("fill", "--draft-format", "latx", "latex"),
    ("fill", "--format", "txet", "text"),
    ("validate", "--format", "sarf", "sarif"),
    ("scan", "--format", "sarf", "sarif"),
    ("schema", "--role", "age=case_idd", "case-id"),
];

/// Arguments without which clap refuses an option before it looks at its value.
fn needed(command: &str, option: &str) -> &'static [&'static str] {
    match (command, option) {
        ("summarize", "--overall" | "--adjust" | "--test" | "--odds-ratio") => &["--by", "sex"],
        ("get", _) => &["cases"],
        ("fill", "--format") => &["draft.md", "--check", "final.md"],
        ("fill", _) => &["draft.md"],
        _ => &[],
    }
}

#[test]
fn a_misspelt_word_is_repeated_and_the_nearest_suggested() {
    for (command, option, value, near) in MISSPELT {
        let input = if command == "scan" { "manuscript.md" } else { "--example" };
        // Its value is optional, so that it has to be joined.
        let joined = format!("{option}={value}");
        let words = if option == "--odds-ratio" { vec![joined.as_str()] } else { vec![option, value] };
        let arguments = [&[command, input], words.as_slice(), needed(command, option)].concat();
        let output = run(&arguments);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let word = value.rsplit('=').next().unwrap_or(value);
        let lines: Vec<&str> = stderr.lines().collect();
        let [message, help] = lines.as_slice() else { panic!("{arguments:?}: {stderr}") };
        assert!(message.starts_with(&format!("error: '{word}' is not a valid ")), "{stderr}");
        assert!(message.ends_with(&format!(" ({option})")), "{stderr}");
        assert!(help.starts_with(&format!("  help: did you mean '{near}'? Possible values: ")), "{stderr}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    }
}

#[test]
fn every_option_with_possible_values_is_tried_above() {
    for command in ["summarize", "cases", "check", "get", "fill", "validate", "scan", "schema"] {
        let help = String::from_utf8(run(&[command, "--help"]).stdout).unwrap();
        for line in help.lines().filter(|line| line.contains("[possible values: ")) {
            let option = line.split_whitespace().find(|word| word.starts_with("--")).unwrap();
            let option = option.split('[').next().unwrap();
            assert!(MISSPELT.iter().any(|(_, known, ..)| *known == option), "{command} {option} is not tried");
            assert!(!line.contains("[possible values: ]"), "{line}");
        }
        assert!(command == "schema" || command == "cases" || help.contains("[possible values: "), "{command}");
    }
}
