//! Every command, format and statistic: two series that differ only in what is withheld give the same bytes.

use crate::support::run;
use std::path::Path;
use std::process::{Command, Output};

/// The words after `possible values:` of a refused option, or the commands of `--help`.
fn formats(command: &str) -> Vec<String> {
    possible_values(&[words(command).as_slice(), &["--example", "--format", "?"]].concat())
}

/// A command and what it is of: `plot swimmer`.
fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

fn possible_values(arguments: &[&str]) -> Vec<String> {
    let stderr = String::from_utf8(run(arguments).stderr).expect("UTF-8");
    let listed = stderr.split("possible values:").nth(1).unwrap_or_else(|| panic!("{arguments:?}: {stderr}"));
    let words = listed.lines().next().unwrap_or_default().split([',', ' ', ']']).map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn commands() -> Vec<String> {
    let help = String::from_utf8(run(&["--help"]).stdout).expect("UTF-8");
    let listed = help.split("Commands:").nth(1).expect("commands").split("\n\n").next().unwrap_or_default().to_owned();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

pub fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_calc-series")).args(arguments).current_dir(folder).output().expect("it starts")
}

/// One row a case; `changed` says which of two series it is of, which differ in what must not be seen.
struct Sheet {
    header: &'static str,
    row: fn(usize, bool) -> String,
    cases: usize,
}

/// Every statistic that a template shows.
const ALL_OF_NUMBERS: &str = "number={mean} {sd} {sum} {var} {se} {cv} {geometric_mean} {mad} {iqr} {min} {max} {median} \
     {p25} {p75} {p5} {p10} {p90} {p95} {mean.low} {mean.high} {median.low} {median.high} {p_miss} {N} {N_miss} \
     {hodges_lehmann} {hodges_lehmann.low} {hodges_lehmann.high} {p.paired_t} {p.signed_rank} {p.signed_rank.min} \
     {statistic.paired_t} {parameter.paired_t} {statistic.signed_rank}";

const OPTIONS: [&[&str]; 14] = [
    &[],
    &["--by", "hospital"],
    &["--by", "hospital", "--tests", "--smd", "--difference", "--adjust", "holm"],
    &["--by", "hospital", "--odds-ratio", "--risk-ratio"],
    &["--by", "hospital", "--odds-ratio=sample", "--difference"],
    &["--by", "hospital", "--test", "number=welch", "--percent", "row"],
    &["--by", "sites"],
    &["--by", "hospital", "--like", "gtsummary"],
    &["--denominator", "all"],
    &["--denominator", "bounds", "--ci", "clopper-pearson"],
    &["--stat", ALL_OF_NUMBERS],
    &["--most-levels", "2", "--value", "sex=female", "--level-order", "frequency"],
    &["--like", "tableone-r", "--percent", "cell"],
    &["--by", "hospital,sex"],
];

fn write(folder: &Path, sheet: &Sheet, is_changed: bool) {
    let rows: String = (0..sheet.cases).map(|n| (sheet.row)(n, is_changed) + "\n").collect();
    std::fs::write(folder.join("cases.csv"), format!("{}\n{rows}", sheet.header)).expect("a file");
}

#[track_caller]
fn assert_same(sheet: &Sheet, command: &str, withheld: &[&str], options: &[&[&str]]) {
    let write = |folder: &Path, is_changed| write(folder, sheet, is_changed);
    assert_same_outputs(&write, &["cases.csv"], command, withheld, options);
}

/// Runs a command with its input in two folders, which differ in what must not be seen, in every format.
#[track_caller]
pub fn assert_same_outputs(
    write: &dyn Fn(&Path, bool),
    input: &[&str],
    command: &str,
    withheld: &[&str],
    options: &[&[&str]],
) {
    let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    write(one.path(), false);
    write(other.path(), true);
    for options in options {
        for format in formats(command) {
            let target = format!("out.{format}");
            let written = ["--format", &format, "-o", &target];
            let arguments = [words(command).as_slice(), input, &written, withheld, *options].concat();
            let told = [one.path(), other.path()].map(|folder| {
                let output = run_in(folder, &arguments);
                let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{arguments:?}: {stderr}");
                stderr
            });
            assert_eq!(told[0], told[1], "{arguments:?}: the messages tell it");
            let bytes = |folder: &Path| std::fs::read(folder.join(&target)).expect("an output");
            let (one, other) = (bytes(one.path()), bytes(other.path()));
            let is_same = one == other;
            let (one, other) = (String::from_utf8_lossy(&one), String::from_utf8_lossy(&other));
            let differs = one.lines().zip(other.lines()).find(|(a, b)| a != b);
            assert!(is_same, "{arguments:?} tells it: {differs:#?}");
        }
    }
}

/// A few cases more or less with a level, another least age, other relapses, other first and last dates.
const OF_FEW: Sheet = Sheet {
    header: "case_id,age,sex,hospital,sites,relapses,visit,ana,treatments",
    row: |n, is_changed| {
        // 1, 4, 4 and 2, 2, 5 have the same sum and the same squares; both hospitals have all of them.
        let low = if is_changed { [2, 2, 5] } else { [1, 4, 4] };
        let age = low.get(n / 2).copied().unwrap_or(n / 2 * 2 + 6);
        let sex = if [0, 1, 20].contains(&n) || n == 21 && !is_changed { "M" } else { "F" };
        let relapses = match (n, is_changed) {
            (0, _) => 2,
            (1, _) | (2, false) => 1,
            _ => 0,
        };
        let sites = if n < 6 { "hip" } else { ["hip", "knee", "hip; knee"][n % 3] };
        let year = if n == 5 && is_changed { 1999 } else { 2001 + n / 10 };
        let ana = match (n, is_changed) {
            (7, false) => ">640",
            (7, true) => ">1280",
            _ => ["80", "160", "320", "640"][n % 4],
        };
        let treatments = ["colchicine: complete", "colchicine: none", "surgery: partial"][n % 3];
        format!("P{n},{age},{sex},{},{sites},{relapses},{year}-05-01,{ana},{treatments}", ["north", "south"][n % 2])
    },
    cases: 40,
};

#[test]
fn what_is_masked_changes_no_byte_of_any_format() {
    // Crossed with the hospital, the number of one sex is large enough to be shown, and differs.
    assert_same(&OF_FEW, "summarize", &["--suppress-below", "5"], &OPTIONS[..OPTIONS.len() - 1]);
    let of_time: [&[&str]; 6] = [
        &["--time", "age", "--event", "sex = 'male'", "--times", "10,20"],
        &["--time", "age", "--event", "sex = 'male'", "--by", "hospital", "--tests", "--rate-ratio"],
        &["--associate", "age,relapses"],
        &["--against", "sex[male]=0.1"],
        &["--derive", "twice = age * 2", "--by", "hospital", "--tests"],
        &["--derive", "relapsed = relapses >= 1", "--derive", "early = visit < '2002-01-01'"],
    ];
    assert_same(&OF_FEW, "summarize", &["--suppress-below", "5"], &of_time);
}

/// Other names, ids, days, texts, ages over 89 and words of one case.
const OF_PERSONS: Sheet = Sheet {
    header: "case_id,name,age,sex,hospital,sites,seen,notes,ward",
    row: |n, is_changed| {
        let of = |one: &str, other: &str| if is_changed { other.to_owned() } else { one.to_owned() };
        let age = if n % 10 == 4 { of("91", "103") } else { (20 + n).to_string() };
        let seen = format!("2018-{}", of("03-14", "11-02"));
        let ward = if n == 3 { of("Zyxwv", "Vwxyz") } else { "north".to_owned() };
        let id = of(&format!("A{n}"), &format!("B{}", 99 - n));
        let notes = format!("{n} {}", of("seen by Zyxwv", "seen by nobody"));
        format!(
            "{id},{},{age},{},{},hip,{seen},{notes},{ward}",
            of("Ann", "Bea"),
            ["F", "M"][n % 2],
            ["north", "south"][n % 2]
        )
    },
    cases: 20,
};

#[test]
fn what_identifies_a_person_changes_no_byte_of_any_format() {
    assert_same(&OF_PERSONS, "summarize", &["--deidentify"], &OPTIONS);
    assert_same(&OF_PERSONS, "summarize", &["--deidentify", "--suppress-below", "3"], &OPTIONS[..3]);
    let of_dates: [&[&str]; 2] = [
        &["--derive", "late = seen > '2018-06-30'"],
        &["--derive", "half = when seen > '2018-06-30' then 'second' else 'first' unknown 'open'", "--by", "half"],
    ];
    assert_same(&OF_PERSONS, "summarize", &["--deidentify"], &of_dates);
    assert_same(
        &OF_PERSONS,
        "cases",
        &["--deidentify"],
        &[&[], &["--columns", "all", "--details"], &["--sort", "age:desc"]],
    );
}

/// Other ids, names, orders of rows, ages over 89, doses and remarks; an agent, a domain of its response, a site, an
/// etiology and an outcome of one case that are called after a person.
const OF_COURSES: Sheet = Sheet {
    header: "case_id,name,age,sex,hospital,sites,esr,etiology,outcome,treatments",
    row: |n, is_changed| {
        let of = |one: &str, other: &str| if is_changed { other.to_owned() } else { one.to_owned() };
        let row = if is_changed { 29 - n } else { n };
        let age = if row % 10 == 4 { of("91", "103") } else { (20 + row).to_string() };
        let id = of(&format!("A{row}"), &format!("B{}", 99 - row));
        let response = ["complete", "none", "partial (unconfirmed)", "ongoing"][row % 4];
        let detail = of("given by Zyxwv", "given by Vwxyz");
        let line = if row == 7 { of("quite zyx", "quite vwx") } else { response.to_owned() };
        let one = |known: &str| if row == 9 { of("Zyxwv cream", "Abcde cream") } else { known.to_owned() };
        let (agent, site, etiology, outcome) = (one("colchicine"), one("hip"), one("gout"), one("alive"));
        let domain = if row == 9 { of(", zyxwv=none", ", abcde=none") } else { String::new() };
        let (sex, hospital) = (["F", "M"][row % 2], ["north", "south"][row % 3 / 2]);
        format!(
            "{id},{},{age},{sex},{hospital},{site},{},{etiology},{outcome},\"surgery: none; {agent} [{detail}]: {line}{domain}\"",
            of("Ann", "Bea"),
            30 + row % 5
        )
    },
    cases: 30,
};

/// The kinds of figures, and what each needs to be drawn of [`OF_TIME`].
const FIGURES_OF_TIME: [(&str, &[&str]); 3] = [
    ("survival", &["--time", "months", "--event", "died = 'yes'"]),
    ("change", &["--change", "crp"]),
    ("waterfall", &["--change", "crp"]),
];

/// The kinds of figures that need no time and no visits.
pub fn figures() -> Vec<String> {
    let mut kinds = possible_values(&["plot", "?", "--example"]);
    assert!(kinds.iter().any(|kind| kind == "swimmer"), "{kinds:?}");
    kinds.retain(|kind| FIGURES_OF_TIME.iter().all(|(of_time, _)| of_time != kind));
    kinds
}

/// Other ids, names, orders of rows and ages over 89 beside times and visits.
const OF_TIME: Sheet = Sheet {
    header: "case_id,name,age,arm,months,died,crp@baseline,crp@last",
    row: |n, is_changed| {
        let of = |one: &str, other: &str| if is_changed { other.to_owned() } else { one.to_owned() };
        let n = if is_changed { 11 - n } else { n };
        let age = if n == 4 { of("91", "103") } else { (20 + n).to_string() };
        let died = if n % 3 == 0 { "yes" } else { "no" };
        let (id, name) = (of(&format!("A{n}"), &format!("B{}", 99 - n)), of("Ann", "Bea"));
        format!(
            "{id},{name},{age},{},{}.5,{died},{}.5,{}.5",
            ["a", "b"][n % 2],
            n * 7 % 24 + 2,
            n * 31 % 60,
            n * 17 % 40
        )
    },
    cases: 12,
};

#[test]
fn what_identifies_a_person_changes_no_byte_of_any_figure_of_time() {
    for (kind, options) in FIGURES_OF_TIME {
        assert_same(&OF_TIME, &format!("plot {kind}"), &["--deidentify"], &[options]);
    }
}

#[test]
fn an_agent_a_site_or_an_etiology_of_one_case_changes_no_byte_of_any_format() {
    let by: [&[&str]; 4] = [&[], &["--by", "etiology"], &["--by", "sites"], &["--layout", "journal"]];
    assert_same(&OF_COURSES, "summarize", &["--deidentify"], &by);
    // A listing keeps the order of the rows.
    let unsorted =
        Sheet { row: |n, is_changed| (OF_COURSES.row)(if is_changed { 29 - n } else { n }, is_changed), ..OF_COURSES };
    assert_same(&unsorted, "cases", &["--deidentify"], &[&[], &["--columns", "all", "--details"]]);
}

#[test]
fn what_identifies_a_person_changes_no_byte_of_any_figure() {
    for kind in figures() {
        let options: [&[&str]; 3] = [&[], &["--by", "hospital"], &["--width-mm", "84"]];
        assert_same(&OF_COURSES, &format!("plot {kind}"), &["--deidentify"], &options);
    }
}

/// A figure of single patients is refused where few are masked; every other one hides what the tables hide.
#[test]
fn what_is_masked_changes_no_byte_of_any_figure() {
    for kind in figures() {
        let output = run(&["plot", &kind, "--example", "--suppress-below", "5"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        if stderr.contains("shows single patients") {
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{kind}");
            continue;
        }
        let options: [&[&str]; 2] = [&[], &["--by", "hospital"]];
        assert_same(&OF_FEW, &format!("plot {kind}"), &["--suppress-below", "5"], &options);
    }
}

/// A command either is walked here or cannot be asked to withhold anything.
#[test]
fn no_other_command_takes_the_options() {
    let walked = [
        ("summarize", "--suppress-below=5"),
        ("summarize", "--deidentify"),
        ("cases", "--deidentify"),
        ("plot", "--suppress-below=5"),
        ("plot", "--deidentify"),
        // See `report.rs`.
        ("report", "--suppress-below=5"),
        ("report", "--deidentify"),
    ];
    let all = commands();
    assert!(all.len() >= 8 && all.iter().any(|command| command == "summarize"), "{all:?}");
    for command in all.iter().map(String::as_str).filter(|command| *command != "help") {
        for option in ["--suppress-below=5", "--deidentify"] {
            if walked.contains(&(command, option)) {
                continue;
            }
            let output = run(&[command, "--example", option]);
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.code() == Some(2) && stderr.contains("unexpected argument"),
                "{command} {option} is not walked: {stderr}"
            );
        }
    }
}

/// A K of up to 50, over the data of the report and over more cases, shows no count below it.
#[test]
fn no_count_below_k_is_shown_for_any_k() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &Sheet { cases: 400, ..OF_FEW }, false);
    for k in [2_u64, 3, 5, 10, 11, 20, 50] {
        for options in &OPTIONS[..6] {
            let below = k.to_string();
            let arguments =
                [&["summarize", "cases.csv", "--suppress-below", &below, "--format", "jsonl"], *options].concat();
            let output = run_in(folder.path(), &arguments);
            for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
                let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
                let name = row["stat_name"].as_str().unwrap_or_default();
                let counts_cases = ["n", "N"].contains(&name) || name.starts_with("N_") || name.starts_with("n_");
                let is_of_few = row["stat"].as_u64().is_some_and(|n| n > 0 && n < k);
                let counts_levels = ["n_combinations", "n_levels"].contains(&name);
                assert!(!(counts_cases && is_of_few) || counts_levels, "K = {k}, {options:?}: {row}");
                assert!(!["min", "max"].contains(&name) || row["stat"].is_null(), "K = {k}, {options:?}: {row}");
            }
        }
    }
}
