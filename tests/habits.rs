//! What people type without having read the manual: it runs, or says what to type.

use std::process::{Command, Output, Stdio};

const CASES: &str = "\
ID,Age,Sex,Treatment,Response
1,4,F,methotrexate,CR
2,6,M,prednisone,PR
3,9,F,methotrexate,SD
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cases.csv"), CASES).unwrap();
    let claims = "[[claim]]\nid = \"a\"\nvalue = \"Age.mean\"\nsays = \"mean age\"\nprinted = \"6.3\"\n";
    std::fs::write(folder.path().join("claims.toml"), claims).unwrap();
    folder
}

fn ran(folder: &tempfile::TempDir, words: &[&str]) -> (i32, String, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_calc-series"))
        .args(words)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn other_ways_to_say_it_print_the_same() {
    let folder = folder();
    for (written, meant) in [
        ("cases.csv", "summarize cases.csv"),
        ("cases.csv --by Sex", "summarize cases.csv --by Sex"),
        ("--by Sex cases.csv", "summarize cases.csv --by Sex"),
        ("--example", "summarize --example"),
        ("cases.csv --json", "summarize cases.csv --format json"),
        ("cases cases.csv --json", "cases cases.csv --format json"),
        ("validate cases.csv --json", "validate cases.csv --format json"),
        ("check claims.toml cases.csv --json", "check claims.toml cases.csv --format json"),
        ("summarize cases.csv -f json", "summarize cases.csv --format json"),
        ("summarize cases.csv -f md", "summarize cases.csv --format markdown"),
        ("summarize cases.csv -f TEX", "summarize cases.csv --format latex"),
        ("summarize cases.csv --columns Age", "summarize cases.csv --vars Age"),
        ("summarize cases.csv --group-by Sex", "summarize cases.csv --by Sex"),
        ("summarize cases.csv --filter Age<9", "summarize cases.csv --where Age<9"),
        ("summarize cases.csv --ci exact", "summarize cases.csv --ci clopper-pearson"),
    ] {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let (code, stdout, stderr) = ran(&folder, &words(written));
        assert!(!stdout.is_empty(), "{written}: {stderr}");
        assert_eq!((code, stdout, stderr), ran(&folder, &words(meant)), "{written}");
    }
}

#[test]
fn a_folder_of_phenopackets_is_a_file_too() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("packets")).unwrap();
    let packet = r#"{"id": "A", "subject": {"id": "1", "sex": "FEMALE"}, "metaData": {}}"#;
    std::fs::write(folder.path().join("packets/a.json"), packet).unwrap();
    let (code, stdout, stderr) = ran(&folder, &["packets"]);
    assert!(code == 0 && stdout.contains("1 in packets"), "{stdout}{stderr}");
    assert_eq!(stdout, ran(&folder, &["summarize", "packets"]).1);
}

#[test]
fn a_slip_says_what_to_type() {
    let folder = folder();
    for (words, help) in [
        ("summarize cases.csv --vars Age Sex", "help: if it is a variable: --vars 'Age,Sex'"),
        ("summarize cases.csv --by Sex Treatment", "help: if it is a variable: --by 'Sex,Treatment'"),
        ("cases cases.csv --columns Age Sex", "help: if it is a variable: --columns 'Age,Sex'"),
        ("check cases.csv claims.toml", "help: name the claims first: calc-series check claims.toml cases.csv"),
        ("check cases.csv", "help: name the claims first: calc-series check claims.toml cases.csv"),
        ("sumarize cases.csv", "tip: a similar subcommand exists: 'summarize'"),
        ("summarize cases.csv --no-cii", "tip: a similar argument exists: '--no-ci'"),
        ("man summarise", "help: possible values: summarize, cases, check,"),
        ("summarize cases.csv -f docs", "help: "),
    ] {
        let (code, stdout, stderr) = ran(&folder, &words.split(' ').collect::<Vec<_>>());
        assert_eq!((code, stdout.as_str()), (2, ""), "{words}");
        assert!(stderr.contains(help), "{words}: {stderr}");
    }
}

#[test]
fn no_option_is_proposed_that_is_not_meant() {
    for word in ["--ni", "--sep", "--ci-exact", "--xlsx", "--no-schemas-please", "--per-group"] {
        let (code, _, stderr) = ran(&folder(), &["summarize", "cases.csv", word]);
        assert_eq!(code, 2, "{word}");
        assert!(stderr.contains(&format!("unexpected argument '{word}' found")), "{word}: {stderr}");
        assert!(!stderr.contains("tip:"), "{word}: {stderr}");
    }
}

#[test]
fn quiet_leaves_errors() {
    let folder = folder();
    std::fs::write(folder.path().join("odd.csv"), "ID,Age\n1,4\n2,sme\n3,5\n4,6\n").unwrap();
    std::fs::write(folder.path().join("bad.csv"), "ID,Age\n1\n").unwrap();
    let (code, _, stderr) = ran(&folder, &["summarize", "odd.csv"]);
    assert!(code == 0 && stderr.starts_with("warning["), "{stderr}");
    assert_eq!(ran(&folder, &["summarize", "odd.csv", "--quiet"]).2, "");
    assert_eq!(ran(&folder, &["-q", "summarize", "odd.csv", "--strict"]).0, 1);
    let (code, _, stderr) = ran(&folder, &["summarize", "bad.csv", "-q"]);
    assert!(code == 2 && stderr.starts_with("error[ragged-row]"), "{stderr}");
    assert!(!stderr.contains("warning"), "{stderr}");
}

#[test]
fn messages_have_colours_only_where_they_are_seen() {
    let folder = folder();
    std::fs::write(folder.path().join("odd.csv"), "ID,Age\n1,4\n2,sme\n3,5\n4,6\n").unwrap();
    let said = |variables: &[(&str, &str)], words: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_calc-series"));
        program.args(["summarize", "odd.csv"]).args(words).current_dir(folder.path()).stdin(Stdio::null());
        program.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").envs(variables.iter().copied());
        String::from_utf8(program.output().unwrap().stderr).unwrap()
    };
    let forced = said(&[("CLICOLOR_FORCE", "1")], &[]);
    assert!(forced.starts_with("\u{1b}[1;33mwarning["), "{forced:?}");
    for plain in [
        said(&[], &[]),
        said(&[("CLICOLOR_FORCE", "1")], &["--no-color"]),
        said(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]),
    ] {
        assert!(plain.starts_with("warning[") && !plain.contains('\u{1b}'), "{plain:?}");
    }
}

#[test]
fn a_variable_alone_lists_its_statistics() {
    let folder = folder();
    let (code, stdout, _) = ran(&folder, &["get", "cases.csv", "age"]);
    assert!(code == 0 && stdout.starts_with("Age.N\t3\nAge.mean\t6.3\n"), "{stdout}");
    let (_, listed, _) = ran(&folder, &["get", "cases.csv", "--list"]);
    let of_age: String =
        listed.lines().filter(|line| line.starts_with("Age.")).map(|line| format!("{line}\n")).collect();
    assert_eq!(stdout, of_age);
    let (_, female, _) = ran(&folder, &["get", "cases.csv", "Sex[female]"]);
    assert!(female.starts_with("Sex[female].n\t2\n") && !female.contains("male].n\t1"), "{female}");
    let (code, _, stderr) = ran(&folder, &["get", "cases.csv", "weight"]);
    assert!(code == 2 && stderr.contains("there is no statistic 'weight'"), "{stderr}");
}

#[test]
fn a_shell_is_given_its_script_and_a_reader_the_manual() {
    let folder = folder();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, stdout, _) = ran(&folder, &["completions", shell]);
        assert!(code == 0 && stdout.contains("summarize") && stdout.contains("suppress-below"), "{shell}");
    }
    let (code, page, _) = ran(&folder, &["man"]);
    assert!(code == 0 && page.contains(".TH calc-series 1") && page.contains("summarize"), "{page}");
    let (code, page, _) = ran(&folder, &["man", "get"]);
    assert!(code == 0 && page.contains("calc\\-series get") && page.contains("\\fB\\-\\-pattern\\fR"), "{page}");
}

#[test]
fn agents_form_groups() {
    let folder = folder();
    let cells = |file: &str, words: &[&str]| {
        let (code, stdout, stderr) =
            ran(&folder, &[&["summarize", file, "--json", "--by", "Treatment"], words].concat());
        assert_eq!(code, 0, "{stderr}");
        let summary: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        let rows = summary["results"].as_array().unwrap().clone();
        let of_group = |row: &serde_json::Value| row["group1"].is_string() && row["stat_name"] == "mean";
        let cell =
            |row: &serde_json::Value| format!("{}={}", row["key"].as_str().unwrap(), row["stat_fmt"].as_str().unwrap());
        rows.iter().filter(|row| of_group(row)).map(cell).collect::<Vec<_>>()
    };
    assert_eq!(
        cells("cases.csv", &["--vars", "Age"]),
        [
            "Age.mean | any_line(Treatment, agent = 'methotrexate')=6.5",
            "Age.mean | any_line(Treatment, agent = 'prednisone')=6.0",
        ]
    );
    // What a group is selects it, too; a case with two agents is in two groups, and they are then not compared.
    let lines = "ID,Age,Treatment\n1,4,methotrexate: CR; prednisone: PR\n2,6,prednisone + colchicine: PR\n3,9,none\n";
    std::fs::write(folder.path().join("lines.csv"), lines).unwrap();
    let of_lines = cells("lines.csv", &["--vars", "Age"]);
    for (agent, condition, mean) in [
        ("colchicine", "any_line(Treatment, agent = 'colchicine')", "6.0"),
        ("methotrexate", "any_line(Treatment, agent = 'methotrexate')", "4.0"),
        ("none", "n_lines(Treatment) = 0", "9.0"),
        ("prednisone", "any_line(Treatment, agent = 'prednisone')", "5.0"),
    ] {
        assert!(of_lines.contains(&format!("Age.mean | {condition}={mean}")), "{agent}: {of_lines:?}");
        let (_, stdout, _) = ran(&folder, &["get", "lines.csv", &format!("Age.mean | {condition}")]);
        assert_eq!(stdout.trim(), mean, "{agent}");
    }
    let (_, text, _) = ran(&folder, &["summarize", "lines.csv", "--by", "Treatment"]);
    assert!(text.contains("the columns overlap; do not add them"), "{text}");
    let (_, apart, _) = ran(&folder, &["summarize", "cases.csv", "--by", "Treatment"]);
    assert!(apart.contains("Each case is in one column"), "{apart}");
}

#[test]
fn patterns_of_names_are_left_as_they_are_where_the_shell_expands_them() {
    let folder = folder();
    if cfg!(windows) {
        assert_eq!(ran(&folder, &["summarize", "cas*.csv"]).0, 0);
    } else {
        assert!(ran(&folder, &["summarize", "cas*.csv"]).2.contains("cas*.csv: No such file"));
    }
}

#[test]
fn help_prints_commands_and_topics() {
    let folder = folder();
    let page = std::fs::read_to_string(crate::support::root().join("examples/help/filters.md")).unwrap();
    assert_eq!(ran(&folder, &["help", "filters"]), (0, page, String::new()));
    let (_, topics, _) = ran(&folder, &["help", "topics"]);
    for topic in ["cells", "treatments", "filters", "selectors", "schema", "conventions", "files"] {
        let (code, page, _) = ran(&folder, &["help", topic]);
        let title = page.lines().next().unwrap().trim_start_matches("# ").to_owned();
        assert!(code == 0 && topics.contains(&format!("  {topic:<12} {title}")), "{topic}: {topics}");
        let is_prose = |line: &&str| !line.starts_with(['$', '{', ' ']);
        let widest = page.lines().filter(is_prose).map(|line| line.chars().count()).max();
        assert!(widest.unwrap() <= 80, "{topic}: {widest:?}");
        // What a page refers to exists.
        for (at, word) in page.match_indices("calc-series help ") {
            let name: String = page[at + word.len()..].chars().take_while(|letter| letter.is_alphabetic()).collect();
            assert_eq!(ran(&folder, &["help", &name]).0, 0, "{topic} refers to {name}");
        }
    }
    assert_eq!(ran(&folder, &["help"]).1, ran(&folder, &["-h"]).1);
    assert_eq!(ran(&folder, &["help", "get"]).1, ran(&folder, &["get", "-h"]).1);
    let (code, _, message) = ran(&folder, &["help", "filtrs"]);
    assert!(code == 2 && message.contains("'filtrs' is not a topic or a command"), "{message}");
}

#[test]
fn the_help_of_a_command_begins_with_what_it_does() {
    let folder = folder();
    let (_, help, _) = ran(&folder, &["--help"]);
    let listed = help.split("Commands:\n").nth(1).expect("commands").split("\n\n").next().expect("a list");
    let mut commands = 0;
    for line in listed.lines() {
        let (command, what) = line.trim_start().split_once(' ').expect("a command and what it does");
        assert_eq!(ran(&folder, &[command, "--help"]).1.lines().next(), Some(what.trim_start()), "{command}");
        commands += 1;
    }
    assert!(commands > 10, "{listed}");
}
