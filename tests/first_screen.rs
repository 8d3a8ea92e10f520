//! What is read first: the series at a glance, short tables, whole words.

use crate::support::{file, run, series, stdout, summary};
use std::collections::BTreeSet;

fn brief(arguments: &[&str]) -> String {
    stdout(&[&["summarize", "--brief", "--width", "80"], arguments].concat())
}

/// The lines of the glance, without footnotes.
fn glance(arguments: &[&str]) -> Vec<String> {
    brief(arguments).lines().take_while(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// 312 cases of groups with long names, many sites and every kind of column.
fn registry() -> String {
    let mut text =
        "Patient,Age (years),Sex,Diagnosis,Sites,Treatment,Response,Outcome,Died,Follow-up (months),Note\n".to_owned();
    let diagnoses = ["juvenile dermatomyositis", "mixed connective tissue disease", "systemic sclerosis", ""];
    let outcomes = ["alive", "alive", "died", "lost to follow-up"];
    for n in 0..312_usize {
        let site = format!("site number {} of a long and unusual name", n % 40);
        text.push_str(&format!(
            "A{n},{},{},{},{site};knee,methotrexate + prednisone,{},{},{},{},\n",
            n % 83,
            ["F", "F", "M"][n % 3],
            diagnoses[n % 4],
            ["complete", "partial", "none", "NR"][n % 4],
            outcomes[n % 4],
            ["no", "yes"][n % 2],
            n % 120,
        ));
    }
    text
}

#[test]
fn the_reports_five_at_a_glance() {
    let expected = "\
At a glance
  cases          5 in cases.csv
  age            mean 5.9 (SD 2.7), median 6, range 2.5–10.0 years
  sex            female 5/5 (100%)
  etiology       juvenile dermatomyositis 4/5 (80%), idiopathic 1/5 (20%)
  sites          knee 5/5, elbow 3/5, hip 3/5, forearm 2/5, thigh 2/5,
                 buttock 1/5
  treatment      12 lines in 5 cases, glucocorticoid 4, bisphosphonate 2,
                 methotrexate 2, surgery 2, calcium-channel blocker 1, ...
  best response  4/4 evaluable (100%; 51–100%), 4/5 treated (80%; 38–96%)
  outcome        improved 2/5, complete 1/5, improved then not followed 1/5,
                 ongoing 1/5
  follow-up      >=30 months, reported in 1 of 5
  to check       4 warnings, 97 of 255 cells not reported
";
    assert_eq!(brief(&["--example"]), expected);
    let all = stdout(&["summarize", "--example", "--width", "80"]);
    assert!(all.starts_with(expected), "{all}");
}

#[test]
fn at_a_glance_is_at_most_fifteen_lines_of_eighty_columns_whatever_the_series() {
    let long = format!("id,{}\n1,{}\n2,x\n", "diagnosis of a very long name".repeat(4), "word ".repeat(60));
    let files = [
        ("registry.csv", registry()),
        ("one.csv", "id,age,sex,outcome\nP1,6,F,died\n".to_owned()),
        ("one_column.csv", "age\n1\n".to_owned()),
        ("nothing_known.csv", "id,age,sites\n1,,\n2,,\n".to_owned()),
        (&format!("{}.csv", "a-long-name".repeat(12)), long),
        ("sites.csv", format!("id,sites\n1,{}\n2,膝関節\n", "膝関節の石灰化".repeat(20))),
    ];
    for (name, content) in files {
        let (_folder, path) = file(name, content);
        let path = path.to_string_lossy();
        for options in [&[][..], &["--suppress-below", "5"], &["--deidentify"], &["--by", "1"]] {
            let options: Vec<&str> = match options {
                ["--by", _] if name == "registry.csv" => vec!["--by", "Diagnosis"],
                ["--by", _] => continue,
                options => options.to_vec(),
            };
            let lines = glance(&[&[path.as_ref()], options.as_slice()].concat());
            assert!((2..=15).contains(&lines.len()), "{name}: {lines:#?}");
            assert_eq!(lines[0], "At a glance");
            let is_long = |line: &&String| unicode_width::UnicodeWidthStr::width(line.as_str()) > 80;
            assert_eq!(lines.iter().find(is_long), None, "{name}");
        }
    }
}

/// The numbers of a text: digits with their point, without a point at the end.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|part| part.trim_matches('.'));
    parts.filter(|part| !part.is_empty())
}

/// Masked or not: what stands in the glance stands in the results.
#[test]
fn every_number_at_a_glance_has_its_key() {
    let (_folder, path) = file("registry.csv", registry());
    let (five, registry) = (series("cases.csv"), path.to_string_lossy());
    for options in [
        &[five.as_str()][..],
        &[&five, "--suppress-below", "3"],
        &[&five, "--suppress-below", "2", "--by", "etiology"],
        &[&five, "--deidentify"],
        &[&five, "--where", "age > 5"],
        &[&five, "--by", "sites"],
        &[&registry],
        &[&registry, "--suppress-below", "20"],
        &[&registry, "--by", "Diagnosis", "--suppress-below", "20"],
    ] {
        let object = summary(options);
        let rows = object["results"].as_array().expect("results");
        let printed: BTreeSet<String> =
            rows.iter().filter_map(|row| Some(row["stat_fmt"].as_str()?.to_owned())).collect();
        let known: BTreeSet<&str> = printed.iter().flat_map(|text| numbers(text)).collect();
        for line in glance(options) {
            // The names of the sites have numbers of their own, and warnings are counted, not computed.
            let line = line.rsplit(" warning").next().unwrap_or_default().replace("site number ", "site_");
            let own: String = line.split(' ').filter(|word| !word.starts_with("site_")).collect::<Vec<_>>().join(" ");
            for number in numbers(&own) {
                assert!(known.contains(number), "{options:?}: {number} in {line}");
            }
        }
    }
    let get = |key: &str| stdout(&["get", &five, key]);
    assert_eq!([get("cells.N_miss"), get("cells.N_obs"), get("cells.N_unreadable")], ["97\n", "255\n", "0\n"]);
}

#[test]
fn what_is_masked_in_the_tables_is_masked_at_a_glance() {
    let text = brief(&["--example", "--suppress-below", "3"]);
    assert!(text.contains("sex            female 5/5 (100%)") && text.contains("masked"), "{text}");
    let tells = ["1/5", "2/5", "of 255", "warning", "range 2.5", "4/5"];
    assert_eq!(tells.iter().find(|told| text.contains(**told)), None, "{text}");
    let old = "case_id,age,sex\nP1,93,F\nP2,97,F\nP3,50,M\n";
    let (_folder, path) = file("old.csv", old);
    let text = stdout(&["summarize", &path.to_string_lossy(), "--deidentify"]);
    assert!(!text.contains("93") && !text.contains("97") && !text.contains("50, "), "{text}");
}

/// A column that has the name of the cells keeps its keys.
#[test]
fn a_column_called_cells_keeps_its_keys() {
    let (_folder, path) = file("csf.csv", "id,cells\n1,5\n2,\n3,7\n4,9\n5,1\n");
    let path = path.to_string_lossy();
    assert_eq!(stdout(&["get", &path, "cells.N_miss", "cells.mean"]), "1\n5.5\n");
    assert!(!brief(&[&path]).contains("cells not reported"));
}

#[test]
fn brief_is_for_reading() {
    for format in ["markdown", "html", "latex", "csv", "tsv"] {
        let text = stdout(&["summarize", "--example", "--brief", "--format", format]);
        assert!(text.contains("At a glance") && !text.contains("Ferritin"), "{format}: {text}");
    }
    for format in ["json", "jsonl", "ard"] {
        let output = run(&["summarize", "--example", "--brief", "--format", format]);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && stderr.contains("--brief has no effect on"), "{stderr}");
    }
    let filtered = brief(&["--example", "--where", "age > 5"]);
    assert!(filtered.contains("\n\nFilter: age > 5: 3 of 5 cases kept"), "{filtered}");
}

#[test]
fn the_whole_summary_of_the_five_is_short_and_no_line_is_wide() {
    let text = stdout(&["summarize", "--example", "--width", "80"]);
    assert!(text.lines().count() < 240, "{}", text.lines().count());
    let is_long = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 80;
    assert_eq!(text.lines().find(is_long), None);
}

/// In 80 columns the words are those of lines without end: none is cut, in headers and labels neither.
#[test]
fn words_are_whole() {
    let (_folder, path) = file("registry.csv", registry());
    let registry = path.to_string_lossy();
    let words = |text: &str| -> BTreeSet<String> {
        let is_rule = |line: &&str| line.starts_with('─');
        let lines = text.lines().filter(|line| !is_rule(line));
        lines
            .skip_while(|line| !line.is_empty())
            .flat_map(str::split_whitespace)
            .map(|word| word.trim_end_matches(';').to_owned())
            .collect()
    };
    for options in [
        &["summarize", "--example"][..],
        &["summarize", "--example", "--ci", "all", "--ci-mean"],
        &["summarize", "--example", "--by", "etiology", "--tests"],
        &["summarize", "--example", "--by", "sites"],
        &["summarize", "--example", "--like", "gtsummary", "--by", "outcome"],
        &["summarize", &registry, "--by", "Diagnosis", "--tests", "--smd"],
        &["cases", "--example"],
        &["cases", &registry],
    ] {
        let (narrow, endless) = (stdout(&[options, &["--width", "80"]].concat()), stdout(options));
        let cut: Vec<String> = words(&narrow).difference(&words(&endless)).cloned().collect();
        assert_eq!(cut, Vec::<String>::new(), "{options:?}");
        let is_long = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 80;
        assert_eq!(narrow.lines().find(is_long), None, "{options:?}");
    }
}

fn tables(content: &str, options: &[&str]) -> String {
    let (_folder, path) = file("small.csv", content);
    stdout(&[&["summarize", &path.to_string_lossy()], options].concat())
}

#[test]
fn up_to_three_values_are_listed_and_more_are_summarised() {
    let three = "id,esr,g\n1,86,a\n2,37,b\n3,44,a\n4,,b\n";
    let is_listed = |content: &str, options: &[&str], values: &str| {
        let text = tables(content, options);
        text.lines().any(|line| line.split("  ").map(str::trim).any(|cell| cell == values))
    };
    assert!(is_listed(three, &[], "37, 44, 86"));
    assert!(is_listed("id,esr\n1,86\n2,\n3,>100\n", &[], "86, >100"));
    assert!(is_listed("id,esr\n1,86\n2,\n", &[], "86"));
    assert!(is_listed("id,esr\n1,86\n2,normal\n", &["--kind", "esr=number"], "86; 1 stated only"));
    assert!(!is_listed("id,esr\n1,86\n2,37\n3,44\n4,40\n", &[], "37, 40, 44, 86"));
    for options in [
        &["--by", "g"][..],
        &["--deidentify"],
        &["--suppress-below", "2"],
        &["--ci-mean"],
        &["--stat", "number={mean}"],
        &["--like", "gtsummary"],
        // Its median of three lies between two of them.
        &["--quantile-type", "4"],
    ] {
        assert!(!tables(three, options).contains("37, 44, 86"), "{options:?}");
    }
    // Which of two is the greater is not known.
    assert!(!tables("id,esr\n1,86\n2,>50\n", &[]).contains("86, >50"));
}

#[test]
fn intervals_are_those_of_response_and_outcome_unless_others_are_asked_for() {
    let of = |options: &[&str], table: &str| {
        let text = stdout(&[&["summarize", "--example"], options].concat());
        let lines = text.lines().skip_while(|line| !line.starts_with(&format!("{table}  ")));
        lines.take_while(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect::<String>()
    };
    assert!(!of(&[], "Etiology").contains("CI") && of(&[], "Outcome").contains("4–62%"));
    let all = of(&["--ci", "all"], "Etiology");
    assert!(all.contains("95% CI") && all.contains("38–96%"), "{all}");
    assert!(of(&["--ci", "exact"], "Etiology").contains("28–99%"));
    assert!(!of(&["--ci", "all"], "Cases").contains("2.5–9.3") && of(&["--ci-mean"], "Cases").contains("2.5–9.3"));
    let none = stdout(&["summarize", "--example", "--no-ci"]);
    assert!(!none.contains("CI") && !none.contains("51–100"), "{none}");
    let counts = stdout(&["summarize", "--example", "--counts-only"]);
    let tables = counts.split("\nn/N (p%)").next().unwrap();
    assert!(!tables.contains('%') && tables.contains("4/5"), "{counts}");
}

#[test]
fn response_comes_before_the_laboratory_and_a_column_that_says_nothing_is_one_line() {
    let text = stdout(&["summarize", "--example"]);
    let at = |title: &str| text.find(&format!("\n{title}")).expect(title);
    assert!(at("Treatments and response") < at("Outcome") && at("Outcome") < at("Laboratory"));
    let text = tables("id,age,crp,hb,ward\n1,5,,,\n2,6,,,\n3,7,,,x\n", &[]);
    assert!(text.contains("\nNot reported in any case\n") && text.contains("\ncrp\nhb\n\n"), "{text}");
}

#[test]
fn footnotes_are_those_that_the_tables_need() {
    let of = |options: &[&str]| stdout(&[&["summarize", "--example"], options].concat());
    let only_sex = of(&["--vars", "sex"]);
    for sentence in ["quantile type", "SD:", "CI of", "Responder", "Stated without", "Read as", "NE, not estimable"] {
        assert!(!only_sex.contains(sentence), "{sentence}: {only_sex}");
    }
    assert!(only_sex.contains("n/N (p%): N is the cases in which the item is reported."));
    assert!(of(&["--vars", "age"]).contains("quantile type 7") && !of(&["--vars", "age"]).contains("n/N (p%)"));
    assert!(of(&["--ci-mean"]).contains("95% CI of a mean: Student t"));
    let guessed = stdout(&["summarize", &series("cases.csv"), "--no-schema", "--kind", "age=number"]);
    let read_as = guessed.split("Read as, guessed: ").nth(1).expect("guessed columns");
    assert!(read_as.contains("sex, category: sex") && !read_as.contains("number: age "), "{read_as}");
}

#[test]
fn a_listing_is_a_block_a_case_where_rows_do_not_fit() {
    let block = stdout(&["cases", "--example", "--width", "80"]);
    assert!(block.contains("\nP1\n  Age, years") && block.contains("  Labs  "), "{block}");
    assert!(block.contains("Erythrocyte sedimentation rate 44 H") && !block.contains("esr"), "{block}");
    let small = "Patient,Age,Drugs,Response\n1,5,colchicine,CR\n2,6,surgery,PD\n";
    let (_folder, path) = file("review.csv", small);
    let rows = stdout(&["cases", &path.to_string_lossy(), "--role", "Drugs=treatment", "--kind", "Drugs=lines"]);
    assert!(rows.contains("1 colchicine  ") && !rows.contains("NR"), "{rows}");
    let (_folder, path) = file("review.csv", "No,Topic,Finding,Year\n1,hip,pain,2001\n2,knee,none,2002\n");
    let all = stdout(&["cases", &path.to_string_lossy()]);
    assert!(["Topic", "Finding", "Year", "pain", "2002"].iter().all(|word| all.contains(word)), "{all}");
}

#[test]
fn options_are_found_under_the_names_that_people_try() {
    let of = |options: &[&str]| stdout(&[&["summarize", "--example"], options].concat());
    let by = of(&["--by", "etiology", "--where", "age > 5", "--vars", "age,sex"]);
    for name in ["--group-by", "--group", "-g"] {
        assert_eq!(of(&[name, "etiology", "--filter", "age > 5", "--columns", "age,sex"]), by, "{name}");
    }
}
