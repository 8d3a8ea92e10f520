//! Single numbers by their selectors: what a line holds, what a condition counts, what is refused.

use crate::support::{file, root, row, run, series, stdout, summary};

fn get(arguments: &[&str]) -> String {
    stdout(&[&["get", &series("cases.csv")], arguments].concat())
}

#[track_caller]
fn refused(arguments: &[&str], message: &str) {
    let output = run(&[&["get", &series("cases.csv")], arguments].concat());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{stderr}");
    assert!(stderr.contains(message), "wanted:\n{message}\nfound:\n{stderr}");
}

#[test]
fn one_selector_is_one_line_and_nothing_else() {
    assert_eq!(get(&["age.mean"]), "5.9\n");
    assert_eq!(get(&["etiology[idiopathic].p"]), "20\n");
    assert_eq!(get(&["response_by_class[bisphosphonate].n_responders"]), "1\n");
    assert_eq!(get(&["best_response.p(responders/treated)", "cases", "age.p90"]), "80\n5\n8.4\n");
    assert_eq!(get(&["--raw", "etiology[idiopathic].p", "age.sd", "age.mean"]), "0.2\n2.701851217221259\n5.9\n");
    assert_eq!(stdout(&["get", "--example", "age.mean"]), "5.9\n");
    assert_eq!(get(&["best_response.p(responders/evaluable)", "best_response.p"]), "100\n100\n");
}

#[test]
fn a_pattern_shows_several_statistics_of_one_base() {
    assert_eq!(
        get(&["sites[knee]", "sites[hip] | age <= 6", "--pattern", "{n}/{N} ({p}%)"]),
        "5/5 (100%)\n2/4 (50%)\n"
    );
    assert_eq!(get(&["age", "--pattern", "{mean} ({sd}); p10 {p10}"]), "5.9 (2.7); p10 3.5\n");
    refused(&["age", "--pattern", "{n}/{N}"], "there is no statistic 'age.n'");
    refused(&["age", "--pattern", "{men}"], "in the template '{men}', character 1: no statistic is named 'men'");
}

#[test]
fn a_condition_counts_what_the_filter_of_a_summary_counts() {
    for (filter, keys) in [
        (
            "etiology = 'juvenile dermatomyositis'",
            ["age.mean", "sites[hip].n", "best_response[complete].n", "esr.median"],
        ),
        ("ana IS NULL", ["cases", "age.sd", "esr.N_miss", "response_by_line[1].n_treated"]),
        ("age > 100", ["cases", "age.N", "esr.N_miss", "etiology[idiopathic].n"]),
    ] {
        let filtered = ["get", &series("cases.csv"), "--where", filter];
        let expected = run(&[&filtered[..], &keys].concat());
        let selectors: Vec<String> = keys.iter().map(|key| format!("{key} | {filter}")).collect();
        let selectors: Vec<&str> = selectors.iter().map(String::as_str).collect();
        let found = run(&[&["get", &series("cases.csv")], selectors.as_slice()].concat());
        assert_eq!(String::from_utf8(found.stdout), String::from_utf8(expected.stdout), "{filter}");
        assert_eq!(found.status.code(), expected.status.code(), "{filter}");
    }
}

#[test]
fn the_list_is_every_key_of_the_summary_with_its_number() {
    let list = get(&["--list"]);
    let (keys, numbers): (Vec<&str>, Vec<&str>) = list.lines().map(|line| line.split_once('\t').unwrap()).unzip();
    let object = summary(&[&series("cases.csv")]);
    let results = object["results"].as_array().unwrap();
    assert_eq!(keys, results.iter().map(|row| row["key"].as_str().unwrap()).collect::<Vec<_>>());
    assert_eq!(numbers, results.iter().map(|row| row["stat_fmt"].as_str().unwrap()).collect::<Vec<_>>());
    // Each key selects what stands beside it.
    let all = run(&[&["get", &series("cases.csv")], keys.as_slice()].concat());
    assert_eq!(String::from_utf8(all.stdout).unwrap().lines().collect::<Vec<_>>(), numbers);
}

const GROUPS: &str = "id,arm,relapse,crp@a,crp@b,months\n\
    1,x,yes,5,3,2\n2,x,no,6,7,9\n3,x,no,9,2,12\n4,x,no,9,4,14\n5,y,yes,4,5,3\n6,y,yes,3,1,5\n7,y,yes,8,9,6\n8,y,no,7,2,20\n";

/// What is compared between groups has its keys: fisher.test of 1, 3, 3, 1 of R 4.2.2.
#[test]
fn what_is_compared_between_groups_is_selected_claimed_and_filled() {
    let (folder, path) = file("cases.csv", GROUPS);
    let path = path.to_string_lossy().into_owned();
    let options = ["--by", "arm", "--tests", "--odds-ratio", "--risk-ratio", "--quiet"];
    let time = ["--time", "months", "--event", "relapse = 'yes'", "--rate-ratio"];
    let keys = [
        "relapse[yes].odds_ratio",
        "relapse[yes].odds_ratio.high",
        "relapse.p.value",
        "relapse[yes].risk_ratio",
        "relapse[yes].n | arm = 'x'",
        "survival.p.value",
        "survival.rate_ratio",
    ];
    let object = summary(&[&[path.as_str()], &options[..], &time].concat());
    let found = stdout(&[&["get", &path, "--raw"], &options[..], &time, &keys].concat());
    let expected: Vec<f64> = keys.iter().map(|key| row(&object, key)["stat"].as_f64().unwrap()).collect();
    let found: Vec<f64> = found.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(found, expected);
    assert!((found[0] - 0.156_047_3).abs() < 1e-6 && (found[2] - 0.485_714_3).abs() < 1e-6, "{found:?}");
    let list = stdout(&[&["get", &path, "--list"], &options[..]].concat());
    assert!(list.contains("relapse[yes].odds_ratio\t0.16\n"), "{list}");
    let claims = "[[claim]]\nid = \"c\"\nsays = \"p\"\nprinted = \"0.49\"\nvalue = \"relapse.p.value\"\n";
    let of_claims = folder.path().join("claims.toml");
    std::fs::write(&of_claims, claims).unwrap();
    let of_claims = of_claims.to_string_lossy().into_owned();
    let judged = run(&[&["check", &of_claims, &path], &options[..]].concat());
    assert_eq!(judged.status.code(), Some(0), "{}", String::from_utf8_lossy(&judged.stdout));
    let draft = folder.path().join("draft.md");
    std::fs::write(&draft, "p {{ relapse.p.value }}, OR {{ relapse[yes].odds_ratio }}\n").unwrap();
    let filled = stdout(&[&["fill", &draft.to_string_lossy(), &path], &options[..]].concat());
    assert_eq!(filled, "p 0.49, OR 0.16\n");
    // Without groups it is said what to add.
    let refused = run(&["get", &path, "relapse[yes].odds_ratio"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("add --by VARIABLE"));
}

/// t.test(paired = TRUE) and wilcox.test(paired = TRUE) of R 4.2.2.
#[test]
fn the_statistic_of_a_test_within_patients_has_its_key() {
    let (_folder, path) = file("cases.csv", GROUPS);
    let path = path.to_string_lossy().into_owned();
    let keys = ["crp_change.statistic.signed_rank", "crp_change.statistic.paired_t", "crp_change.parameter.paired_t"];
    let found = stdout(&[&["get", &path, "--raw", "--change", "crp=a:b"], &keys[..]].concat());
    let found: Vec<f64> = found.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!((found[0], found[2]), (6.0, 7.0));
    assert!((found[1] + 2.019_687_3).abs() < 1e-6, "{found:?}");
    let json = summary(&[&path, "--change", "crp=a:b", "--tests"]);
    assert_eq!(row(&json, "crp_change.statistic.signed_rank")["stat"], 6.0);
}

#[test]
fn no_answer_is_said_on_its_line_and_fails_the_run() {
    let (_folder, path) = file("cases.csv", "id,age\nP1,5\n");
    let output = run(&["get", path.to_str().unwrap(), "age.mean", "age.sd", "cases"]);
    assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap().as_str()), (Some(1), "5.0\nNE\n1\n"));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("warning[not-estimable]: age.sd is not estimable: one value has no SD"), "{stderr}");
}

#[test]
fn the_median_can_be_asked_for_as_a_percentile() {
    let output = run(&["get", "--example", "age.p50", "age.p50 | age < 10", "age.p10"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "6\n5.5\n3.5\n");
}

#[test]
fn what_does_not_exist_is_refused_with_the_nearest() {
    refused(&["sitess[knee].n"], "there is no statistic 'sitess[knee].n'\n  help: did you mean 'sites[knee].n'?");
    refused(&["age.men"], "help: did you mean age.mean?");
    refused(&["age.mean | ag < 6"], "there is no column ag");
    refused(&["cases | etiology = 'x'"], "etiology has no level 'x'");
    refused(&["age.mean | age <"], "age <");
    refused(&[], "no selector");
    let none = run(&["get", "age.mean"]);
    assert_eq!(none.status.code(), Some(2));
}

/// Ten thousand conditions cost one reading; a pipe can be read only once.
#[test]
fn many_conditions_are_put_in_one_reading() {
    let cases = std::fs::read(root().join("data/cutaneous-calcinosis-2021/cases.csv")).unwrap();
    let selectors: Vec<String> =
        (0..2_000).map(|n| format!("cases | age < {}.{} or age > 5", n / 100, n % 100)).collect();
    let arguments: Vec<&str> = ["get", "-"].into_iter().chain(selectors.iter().map(String::as_str)).collect();
    let output = crate::support::run_with_input(&arguments, &cases);
    let counts: Vec<u64> = String::from_utf8(output.stdout).unwrap().lines().map(|n| n.parse().unwrap()).collect();
    assert_eq!(counts.len(), 2_000);
    assert_eq!((counts[0], counts[300], counts[1_999]), (3, 4, 5));
}

/// Whatever a column is called, its keys are read back.
#[test]
fn every_key_that_is_printed_is_read_back() {
    let names = [
        "a|b (u)",
        "a|c",
        "x | y",
        "m.n",
        "p.p",
        "a | age > 3",
        "[z]",
        "w[1]",
        "comma, col",
        "x]y",
        "\"\"q",
        "dot.",
        "back\\slash",
        "100%",
    ];
    let header: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let row = |id: &str, word: &str| format!("{id},1,{word},2,3,1,{word},4,{word},x|n,5,6,7,8,9\n");
    let cases = format!("id,{}\n{}{}", header.join(","), row("P1", "a|b.n"), row("P2", "b"));
    let (_folder, path) = file("cases.csv", cases);
    let path = path.to_str().unwrap();
    let summary = summary(&[path]);
    let keys: Vec<&str> =
        summary["results"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert!(keys.len() > 100 && keys.contains(&"a|b (u)[1].p"), "{keys:?}");
    let output = run(&[&["get", path], keys.as_slice()].concat());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{stderr}");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), keys.len());
}

/// Cases of two columns, one of which has the name of a table that is made of the other.
const OF_ONE_NAME: &str = "case_id,site,site_combination\nP1,a; b,x\nP2,a; b,a + b\nP3,a,x\nP4,a,x\n";

#[test]
fn a_column_named_as_a_table_keeps_its_keys_and_each_key_is_unique() {
    for (name, cases, wanted) in [
        (
            "combinations",
            OF_ONE_NAME,
            [
                ("site_combination[a + b].n", "1"),
                ("site_combination_2[a + b].n", "2"),
                ("site_combination_2[a].n", "2"),
            ],
        ),
        (
            "the second name is taken too",
            "case_id,site,site_combination,site_combination_2\nP1,a; b,x,u\nP2,a; b,a + b,u\nP3,a,x,u\nP4,a,x,w\n",
            [
                ("site_combination[a + b].n", "1"),
                ("site_combination_2[u].n", "3"),
                ("site_combination_3[a + b].n", "2"),
            ],
        ),
        (
            "words stated",
            "case_id,crp,crp_stated\nP1,3,high\nP2,high,low\nP3,normal,low\nP4,5,low\n",
            [("crp_stated[high].n", "1"), ("crp_stated[low].n", "3"), ("crp_stated_2[high].n", "1")],
        ),
        (
            "the line of a response",
            "case_id,treatment,response_by_line\nP1,a: complete,1\nP2,a: none,1\nP3,a: partial,2\nP4,a: none; b: none,2\n",
            [("response_by_line[2].n", "2"), ("response_by_line_2[1].n_responders", "2"), ("best_response.n", "2")],
        ),
        (
            "rates beside the words they are made of keep their keys",
            "case_id,best_response\nP1,CR\nP2,PR\nP3,SD\nP4,PD\n",
            [("best_response[CR].n", "1"), ("best_response.n", "2"), ("best_response.N", "4")],
        ),
    ] {
        let (_folder, path) = file("cases.csv", cases);
        let path = path.to_str().unwrap();
        let list = stdout(&["get", path, "--list"]);
        let keys: Vec<&str> = list.lines().filter_map(|line| Some(line.split_once('\t')?.0)).collect();
        let different: std::collections::BTreeSet<&str> = keys.iter().copied().collect();
        assert_eq!(different.len(), keys.len(), "{name}:\n{list}");
        let selectors = wanted.map(|(key, _)| key);
        let found = stdout(&[&["get", path], &selectors[..]].concat());
        assert_eq!(found.lines().collect::<Vec<_>>(), wanted.map(|(_, value)| value), "{name}");
    }
}

#[test]
fn times_in_a_column_named_survival_have_keys_of_their_own() {
    let (_folder, path) = file("cases.csv", "case_id,survival,died\nP1,3,1\nP2,5,0\nP3,9,1\nP4,12,0\n");
    let arguments =
        ["get", path.to_str().unwrap(), "--time", "survival", "--event", "died = 1", "survival_2.median", "survival.N"];
    let output = run(&arguments);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "9\n4\n");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("warning[table-renamed]: 'survival' is both a column and a table"), "{stderr}");
    assert_eq!(run(&[&arguments[..], &["--strict"]].concat()).status.code(), Some(1));
}

#[test]
fn a_table_made_of_a_column_has_none_of_the_levels_of_another() {
    let (_folder, path) = file("cases.csv", OF_ONE_NAME);
    let output = run(&["summarize", path.to_str().unwrap(), "--format", "text"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let combinations = text.lines().skip_while(|line| !line.contains("combinations, of 2:")).skip(1).take(2);
    let combinations: Vec<&str> = combinations.map(str::trim).collect();
    assert!(combinations[0].starts_with("a  ") && combinations[1].starts_with("a + b  "), "{text}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("site_combination_2"), "{stderr}");
}
