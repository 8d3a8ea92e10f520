//! What one table tells together with another of the same cases.

use crate::support::{file, run, summary};
use serde_json::Value;
use std::collections::BTreeSet;

/// Forty cases, aged 1 to 40; every third has no sex, and the last `unknown` have no age.
fn cases(unknown: usize) -> String {
    let row = |n: usize| {
        let age = if n > 40 - unknown { String::new() } else { n.to_string() };
        format!("P{n},{age},{},{}\n", ["F", "M", ""][n % 3], ["north", "south"][n % 2])
    };
    format!("case_id,age,sex,hospital\n{}", (1..=40).map(row).collect::<String>())
}

fn shown(object: &Value) -> usize {
    object["results"].as_array().expect("results").iter().filter(|row| row["reason_code"] != "masked").count()
}

/// A filter that leaves out 1 to K - 1 cases, known or unknown, masks all; one that leaves out none or K does not.
#[test]
fn a_table_of_all_but_a_few_cases_is_masked() {
    let (_folder, path) = file("cases.csv", cases(0));
    let (_other, open) = file("cases.csv", cases(3));
    for (path, filter, is_masked) in [
        (&path, "age > 0", false),
        (&path, "age > 1", true),
        (&path, "age > 4", true),
        (&path, "age > 5", false),
        (&path, "age > 35", false),
        (&open, "age > 0", true),
        (&open, "age > 1", true),
        (&open, "age > 2", false),
    ] {
        let path = path.to_string_lossy();
        let object = summary(&[&path, "--suppress-below", "5", "--where", filter, "--by", "hospital"]);
        assert_eq!(shown(&object) == 0, is_masked, "{filter}");
        assert_eq!(object["cases"].is_null(), is_masked, "{filter}");
    }
}

/// A tool that leaves out cases without a group leaves out few of them: the overall column is not that of all cases.
#[test]
fn cases_without_a_group_that_a_tool_leaves_out_count_as_left_out() {
    for (unknown, is_masked) in [(0, false), (3, true), (8, false)] {
        let text: String = cases(0)
            .lines()
            .enumerate()
            .map(|(n, line)| if (1..=unknown).contains(&n) { without_hospital(line) } else { format!("{line}\n") })
            .collect();
        let (_folder, path) = file("cases.csv", text);
        for tool in ["tableone-r", "gtsummary", "table1"] {
            let object =
                summary(&[&path.to_string_lossy(), "--suppress-below", "5", "--by", "hospital", "--like", tool]);
            let whole = object["results"][0]["stat"].as_u64();
            if is_masked {
                assert!(whole.is_none() || whole == Some(40), "{tool}: {whole:?} of 40 cases");
            }
            assert!(is_masked || shown(&object) > 0, "{tool}");
        }
    }
}

fn without_hospital(line: &str) -> String {
    format!("{},\n", line.rsplit_once(',').expect("cells").0)
}

/// The run warns where it can see that other tables would tell, and says so as a note where it cannot.
#[test]
fn a_table_of_some_cases_says_that_others_would_tell() {
    let (_folder, path) = file("cases.csv", cases(3));
    let stderr = |options: &[&str]| {
        let output = run(&[&["summarize", &path.to_string_lossy(), "--suppress-below", "5"], options].concat());
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(!stderr(&[]).contains("[differencing]"));
    assert!(stderr(&["--where", "hospital = 'north'"]).contains("note[differencing]"));
    // Three have no age: the tables of those below 20, of the others and of all would tell of them.
    assert!(stderr(&["--where", "age < 20"]).contains("warning[differencing]"));
    assert!(stderr(&["--where", "age < 36"]).contains("warning[differencing]"));
}

/// A filter, an event and the order of levels name what is asked for; of a de-identified series only known words of it.
#[test]
fn a_text_of_the_command_line_that_no_column_shows_is_withheld() {
    let rows: String = (1..=20)
        .map(|n| format!("P{n},{n},{},{}\n", ["north", "south"][n % 2], if n == 3 { "Zyxwv" } else { "alive" }))
        .collect();
    let (_folder, path) = file("cases.csv", format!("case_id,months,hospital,outcome\n{rows}"));
    let path = path.to_string_lossy().into_owned();
    let filter = "hospital IN ('north', 'south') and case_id <> 'Zyxwv 7' and outcome NOT LIKE 'Zyx%'";
    for options in [
        &["--where", filter][..],
        &["--time", "months", "--event", "outcome = 'alive' and case_id <> 'Zyxwv 7'"],
        &["--last", "Zyxwv,north"],
    ] {
        let output = run(&[&["summarize", &path, "--deidentify"], options].concat());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!text.contains("Zyx") && text.contains("north"), "{options:?}: {text}");
    }
    let listed = run(&["cases", &path, "--deidentify", "--where", filter]);
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(text.contains("hospital IN ('north', 'south') and case_id <> 'withheld'"), "{text}");
    assert!(!text.contains("Zyx"), "{text}");
}

/// Only what occurs has a level, so that of few cases the names alone would be their cells.
#[test]
fn of_few_cases_no_level_and_no_group_is_listed() {
    let row = |n: usize| {
        let (sex, site) = (["F", "M"][n % 2], ["hip", "knee", "elbow"][n % 3]);
        format!("P{n},{n},{sex},{site},{}\n", if [4, 9].contains(&n) { "yes" } else { "no" })
    };
    let rows: String = (0..30).map(row).collect();
    let (_folder, path) = file("cases.csv", format!("case_id,age,sex,sites,relapse\n{rows}"));
    let path = path.to_string_lossy();
    for filter in ["age = 4 and sex = 'F'", "relapse = 'yes'", "age > 1"] {
        for options in [&[][..], &["--by", "sex"], &["--deidentify"]] {
            let arguments = [&[&*path, "--suppress-below", "5", "--where", filter], options].concat();
            let object = summary(&arguments);
            assert_eq!(shown(&object), 0, "{filter}");
            let rows = object["results"].as_array().expect("results");
            let named = rows.iter().find(|row| !row["variable_level"].is_null() || !row["group1_level"].is_null());
            assert!(named.is_none(), "{filter}: {named:#?}");
        }
        for options in [&["summarize"][..], &["summarize", "--format", "csv"], &["plot", "sites"]] {
            let arguments = [options, &[&*path, "--suppress-below", "5", "--where", filter]].concat();
            let text = String::from_utf8(run(&arguments).stdout).expect("UTF-8").replace(filter, "");
            let named = ["female", "male", "hip", "knee", "elbow"].into_iter().find(|level| text.contains(level));
            assert!(named.is_none() && !text.is_empty(), "{options:?} {filter}: {named:?}");
        }
    }
}

/// Overlapping parts of one column are differences of each other: one of the variables made of it shows its counts.
#[test]
fn variables_derived_from_one_column_do_not_undo_the_mask() {
    let age = |n: usize| match n {
        0..15 => 5 + n % 10,
        15 | 16 => 18,
        _ => 20 + n % 20,
    };
    let row = |n: usize| format!("P{n},{},{}\n", age(n), ["gout", "lupus", "gout", "none"][n % 4]);
    let rows: String = (0..40).map(row).collect();
    let (_folder, path) = file("cases.csv", format!("case_id,age,disease\n{rows}"));
    let path = path.to_string_lossy();
    let derived = [
        "child = age < 18",
        "over18 = age > 18",
        "band = cut(age, 18, 19)",
        "old = child = 'no'",
        "healthy = disease = 'none'",
        "twice = 2 * age",
    ];
    let derived: Vec<&str> = derived.iter().flat_map(|one| ["--derive", one]).collect();
    let with_levels = |options: &[&str]| {
        let object = summary(&[&[&*path, "--suppress-below", "5"], derived.as_slice(), options].concat());
        let rows = object["results"].as_array().expect("results").iter();
        let counted = rows.filter(|row| !row["variable_level"].is_null());
        counted.map(|row| row["variable"].as_str().unwrap_or_default().to_owned()).collect::<BTreeSet<String>>()
    };
    assert_eq!(with_levels(&[]), ["child", "disease"].map(str::to_owned).into());
    assert_eq!(with_levels(&["--by", "band"]), ["band", "disease"].map(str::to_owned).into());
    assert_eq!(with_levels(&["--vars", "over18,twice,healthy,child"]), ["child", "healthy"].map(str::to_owned).into());
    let text = run(&[&["summarize", &*path, "--suppress-below", "5"], derived.as_slice()].concat());
    let text = String::from_utf8(text.stdout).expect("UTF-8");
    assert!(
        text.contains("of another variable made of the same column are shown: over18, band, old, healthy"),
        "{text}"
    );
    let plain = summary(&[&[&*path], derived.as_slice()].concat());
    assert!(plain["results"].as_array().expect("results").iter().any(|row| row["variable"] == "over18"));
}

/// What is written to a log is given away, too.
#[test]
fn messages_of_a_masked_run_name_no_case_and_no_cell() {
    let row = |n: usize| {
        let (age, response) = (if n == 4 { "Zyx" } else { "30" }, if n == 5 { "Vwx" } else { "partial" });
        format!("Q{n},{age},{response}\n")
    };
    let rows: String = (0..20).map(row).collect();
    let (_folder, path) = file("miller.csv", format!("case_id,age,best_response\n{rows}"));
    let path = path.to_string_lossy();
    let (_other, ragged) = file("miller.csv", "case_id,age\nQ1,Zyx,3\n");
    let ragged = ragged.to_string_lossy();
    for arguments in [
        &["summarize", &*path, "--suppress-below", "5", "--kind", "age=number"][..],
        &["plot", "sites", &*path, "--suppress-below", "5"],
        &["plot", "ages", &*path, "--suppress-below", "5"],
        &["summarize", &*ragged, "--suppress-below", "5"],
    ] {
        let told = String::from_utf8(run(arguments).stderr).expect("UTF-8");
        let cell = ["Q4", "Q5", "Q1", "Zyx", "Vwx", "line ", "miller"].into_iter().find(|cell| told.contains(cell));
        assert!(cell.is_none(), "{arguments:?}: {told}");
    }
}

/// A column that is only named as a list of combinations is masked as any category, and the list as a list.
#[test]
fn a_column_named_as_a_list_is_masked_as_a_column() {
    let row = |n: usize| {
        let site = if n.is_multiple_of(2) { "hip; knee" } else { "hip" };
        let word = if n < 8 { "x" } else { "y" };
        format!("P{n},{site},{word}\n")
    };
    let of = |header: &str| format!("case_id,site,{header}\n{}", (1..=14).map(row).collect::<String>());
    let shown = |header: &str| {
        let (_folder, path) = file("cases.csv", of(header));
        let arguments = [path.to_str().unwrap(), "--suppress-below", "3"];
        let object = summary(&arguments);
        let rows = object["results"].as_array().unwrap().iter();
        let own = rows.filter(|row| row["key"].as_str().unwrap().starts_with(&format!("{header}[")));
        own.map(|row| (row["variable_level"].clone(), row["stat"].clone())).collect::<Vec<_>>()
    };
    let (plain, named) = (shown("word"), shown("site_combination"));
    assert!(!plain.is_empty());
    assert_eq!(plain, named);
}
