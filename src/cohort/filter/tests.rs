//! Filters and their answers.

use super::*;
use crate::cohort::cell::CellRules;
use crate::cohort::filter::Truth::{False, True, Unknown};
use crate::schema::{Kind, Level, Role, Variable};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The columns of all tests.
pub(super) fn variables() -> Vec<Variable> {
    let column = |name: &str, kind: Kind| Variable { kind, ..Variable::new(name) };
    let years = Some("years".to_owned());
    let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let levels = |words: &[&str]| words.iter().map(|w| Level { value: (*w).to_owned(), label: None }).collect();
    vec![
        Variable { unit: years.clone(), role: Role::Age, ..column("age", Kind::Number) },
        Variable { unit: years, ..column("follow_up", Kind::Number) },
        column("titer", Kind::Number),
        Variable {
            header: "serum calcium (mg/dl)".to_owned(),
            unit: Some("mg/dl".to_owned()),
            ..column("serum calcium", Kind::Number)
        },
        Variable {
            levels: levels(&["systemic sclerosis"]),
            synonyms: map(&[("JDM", "juvenile dermatomyositis")]),
            ..column("etiology", Kind::Category)
        },
        column("relapsed", Kind::Binary),
        Variable { levels: levels(&["f", "m"]), synonyms: map(&[("female", "f")]), ..column("sex", Kind::Binary) },
        Variable { levels: levels(&["Y", "N"]), ..column("anca", Kind::Binary) },
        Variable { delimiter: Some(';'), synonyms: map(&[("knees", "knee")]), ..column("sites", Kind::Set) },
        column("visit", Kind::Date),
        Variable {
            delimiter: Some(';'),
            role: Role::Treatment,
            target_domain: Some("calcinosis".to_owned()),
            classes: map(&[("methotrexate", "antimetabolite"), ("prednisone", "glucocorticoid")]),
            ..column("treatment", Kind::Lines)
        },
        column("history", Kind::Text),
    ]
}

pub(super) fn columns(variables: &[Variable]) -> Vec<CaseColumn<'_>> {
    let of = |(column, variable)| CaseColumn {
        column,
        rules: CellRules { variable, decimal_comma: false, extra_missing: &[] },
    };
    variables.iter().enumerate().map(of).collect()
}

/// The cells of one case by the index of their column; missing cells are empty.
pub(super) struct TestCase(pub Vec<String>);

impl Record for TestCase {
    fn text(&self, column: usize) -> Cow<'_, [u8]> {
        self.0.get(column).map_or(Cow::Borrowed(b""), |text| Cow::Borrowed(text.as_bytes()))
    }
}

/// A case with these cells, by name.
pub(super) fn case(variables: &[Variable], cells: &[(&str, &str)]) -> TestCase {
    let mut cells: BTreeMap<&str, &str> = cells.iter().copied().collect();
    let case =
        TestCase(variables.iter().map(|v| cells.remove(v.name.as_str()).unwrap_or_default().to_owned()).collect());
    assert!(cells.is_empty(), "no column {cells:?}");
    case
}

/// The truth of a filter for a case with one cell, asked twice: judged and remembered.
#[track_caller]
fn truth(filter: &str, cells: &[(&str, &str)]) -> Truth {
    let variables = variables();
    let columns = columns(&variables);
    let filter = Filter::parse(filter).unwrap_or_else(|fault| panic!("{filter}: {fault:?}"));
    let mut bound = filter.bind(&columns).unwrap_or_else(|fault| panic!("{filter}: {fault:?}"));
    let case = case(&variables, cells);
    let first = bound.judge(&case);
    assert_eq!(bound.judge(&case), first);
    first
}

/// Checks the truth of filters on one column, each with a cell.
#[track_caller]
pub(super) fn check(column: &str, table: &[(&str, &str, Truth)]) {
    for (filter, cell, expected) in table {
        assert_eq!(truth(filter, &[(column, cell)]), *expected, "{filter} of {cell:?}");
        let negated = format!("NOT ({filter})");
        assert_eq!(truth(&negated, &[(column, cell)]), !*expected, "{negated} of {cell:?}");
    }
}

#[test]
fn the_three_valued_tables_are_those_of_sql() {
    let all = [True, False, Unknown];
    let and = [[True, False, Unknown], [False, False, False], [Unknown, False, Unknown]];
    let or = [[True, True, True], [True, False, Unknown], [True, Unknown, Unknown]];
    for (i, a) in all.into_iter().enumerate() {
        for (j, b) in all.into_iter().enumerate() {
            assert_eq!((a.and(b), a.or(b)), (and[i][j], or[i][j]), "{a:?} {b:?}");
            assert_eq!(!a.and(b), (!a).or(!b));
        }
    }
    assert_eq!(all.map(|truth| !truth), [False, True, Unknown]);
}

#[test]
fn numbers_are_compared_exactly_in_their_unit() {
    check(
        "age",
        &[
            ("age < 10", "6", True),
            ("age < 10", "10", False),
            ("age <= 10.0", "10", True),
            ("age = 0.5", "6 mo", True),
            ("age < 2.5", "30 months", False),
            ("age <= 2.5", "2y6m", True),
            ("age > 2.33333333333333333", "28 mo", True),
            ("age < 2.33333333333333334", "28 mo", True),
            ("age != 6", "6", False),
            ("age <> 6", "6.1", True),
            ("10 > age", "9", True),
            ("age in (5, 6, 7)", "6.0", True),
            ("age not in (5, 6, 7)", "6", False),
            ("age between 5 and 6", "6", True),
            ("age not between 5 and 6", "6.01", True),
            ("age >= -1e-3", "0", True),
            ("age < 10", "", Unknown),
            ("age < 10", "unknown", Unknown),
            ("age < 10", "young", Unknown),
            ("age is null", "", True),
            ("age is null", "not done", True),
            ("age is null", "young", False),
            ("age is not null", "6", True),
        ],
    );
}

#[test]
fn a_censored_value_decides_where_it_can() {
    check(
        "titer",
        &[
            ("titer > 5", ">1280", True),
            ("titer > 1280", ">1280", True),
            ("titer >= 1280", ">=1280", True),
            ("titer > 1280", ">=1280", Unknown),
            ("titer > 2000", ">1280", Unknown),
            ("titer <= 1280", ">1280", False),
            ("titer = 5", ">1280", False),
            ("titer = 1280", ">1280", False),
            ("titer = 1280", ">=1280", Unknown),
            ("titer = 2000", ">1280", Unknown),
            ("titer <> 1280", ">1280", True),
            ("titer < 5", "<5", True),
            ("titer < 4", "<5", Unknown),
            ("titer >= 5", "<5", False),
            ("titer between 5 and 10", "<5", False),
            ("titer between 1 and 10", "<5", Unknown),
            ("titer in (5, 6)", "<5", False),
            ("titer in (4, 6)", "<5", Unknown),
            ("titer < 5", "normal", Unknown),
            ("titer is null", "normal", False),
            ("titer is null", ">1280", False),
            ("titer = 80", "1:80", True),
        ],
    );
}

#[test]
fn two_numbers_are_compared() {
    for (age, follow_up, less, equal) in [
        ("6", "6.5", True, False),
        ("6 mo", "0.5", False, True),
        (">5", "5", False, False),
        (">5", "6", Unknown, Unknown),
        ("<5", ">=5", True, False),
        ("<=5", ">=5", Unknown, Unknown),
        (">5", "<5", False, False),
        ("6", "", Unknown, Unknown),
    ] {
        let cells = [("age", age), ("follow_up", follow_up)];
        let both = |filter: &str| truth(filter, &cells);
        assert_eq!((both("age < follow_up"), both("age = follow_up")), (less, equal), "{age} {follow_up}");
        assert_eq!((both("follow_up <= age"), both("age <> follow_up")), (!less, !equal), "{age} {follow_up}");
        assert_eq!(both("follow_up > age"), less);
        assert_eq!(both("age >= follow_up"), !less);
    }
    let cells = [("sites", "elbow;knee"), ("treatment", "a: none; b: none")];
    assert_eq!(truth("n_items(sites) >= n_lines(treatment)", &cells), True);
}

#[test]
fn levels_and_texts() {
    check(
        "etiology",
        &[
            ("etiology = 'idiopathic'", "idiopathic", True),
            ("etiology = 'Idiopathic'", "idiopathic", False),
            ("etiology = 'JDM'", "juvenile dermatomyositis", True),
            ("etiology = 'juvenile dermatomyositis'", "JDM", True),
            ("etiology in ('x', 'JDM')", "JDM", True),
            ("etiology <> 'x'", "idiopathic", True),
            ("etiology <> 'x'", "NR", Unknown),
            ("etiology like 'juv%'", "JDM", True),
            ("etiology not like '_diopathi%c'", "idiopathic", False),
            ("etiology is null", "NR", True),
        ],
    );
    check(
        "relapsed",
        &[
            ("relapsed", "y", True),
            ("relapsed = true", "1", True),
            ("relapsed = 'yes'", "TRUE", True),
            ("relapsed = 1", "yes", True),
            ("relapsed = 'no'", "0", True),
            ("relapsed <> false", "n", False),
            ("relapsed in ('yes', 'no')", "n", True),
            ("relapsed", "", Unknown),
            ("relapsed", "maybe", Unknown),
            ("relapsed like 'y%'", "true", True),
        ],
    );
    check("anca", &[("anca", "Y", True), ("anca = 'y'", "yes", True), ("anca = 'N'", "0", True), ("anca", "N", False)]);
    check("sex", &[("sex = 'female'", "f", True), ("sex = 'f'", "female", True), ("sex <> 'm'", "f", True)]);
    check(
        "history",
        &[
            ("history like '%biopsy%'", "skin biopsy, 2018", True),
            ("history = 'none'", "none", True),
            ("history in ('a', 'b')", "b", True),
            ("history like '%'", "", Unknown),
        ],
    );
}

#[test]
fn sets_and_counts() {
    check(
        "sites",
        &[
            ("has(sites, 'knee')", "elbow;knee", True),
            ("has(sites, 'knees')", "elbow;knee", True),
            ("HAS(sites, 'hip')", "elbow;knee", False),
            ("has(sites, 'hip')", "none", False),
            ("has(sites, 'hip')", "", Unknown),
            ("has(sites, 'a;b')", "\u{1f}a;b\u{1f}c", True),
            ("n_items(sites) >= 2", "elbow;knee;knees", True),
            ("n_items(sites) = 0", "none", True),
            ("n_items(sites) between 2 and 3", "knee", False),
            ("n_items(sites) > 0", "?", Unknown),
            ("n_items(sites) is null", "?", True),
            ("sites is null", ";", True),
        ],
    );
}

#[test]
fn dates_are_compared_as_precisely_as_they_are_given() {
    check(
        "visit",
        &[
            ("visit >= '2018-03-14'", "2018-03-14", True),
            ("visit > '2018-03-14'", "2018-03-14", False),
            ("visit < '2018'", "2017-12-31", True),
            ("visit = '2018'", "2018-05-01", True),
            ("visit = 2018", "2018", True),
            ("visit > '2018'", "2018-12-31", False),
            ("visit > '2018'", "2019", True),
            ("visit = '2018-05-01'", "2018", Unknown),
            ("visit < '2018-05'", "2018", Unknown),
            ("visit <= '2018-05'", "2018-05", True),
            ("visit between '2003' and '2019'", "2019-12-31", True),
            ("visit between '2003' and '2018-06'", "2018", Unknown),
            ("visit in (2017, '2018-05')", "2018-05-07", True),
            ("visit = 2018", "May 2018", True),
            ("visit = 2018", "May", Unknown),
            ("visit is null", "May 2018", False),
            ("visit = 2018", "", Unknown),
        ],
    );
}

#[test]
fn any_line_asks_one_line() {
    let two = "methotrexate + prednisone: none, muscle=improved; colchicine: partial (unconfirmed)";
    check(
        "treatment",
        &[
            ("any_line(agent = 'methotrexate' and response = 'none')", two, True),
            ("any_line(agent = 'methotrexate' and response = 'partial')", two, False),
            ("any_line(agent = 'prednisone' AND agent = 'methotrexate')", two, True),
            ("any_line(agent <> 'prednisone')", two, True),
            ("any_line(agent in ('x', 'colchicine'))", two, True),
            ("any_line(agent like 'meth%')", two, True),
            ("any_line(class = 'glucocorticoid' and combination)", two, True),
            ("any_line(class = 'glucocorticoid' and not combination)", two, Unknown),
            ("any_line(class is null)", two, True),
            ("any_line(line = 2 and responder and not confirmed)", two, True),
            ("any_line(line > 2)", two, False),
            ("any_line(muscle = 'improvement')", two, True),
            ("any_line(muscle = 'none')", two, Unknown),
            ("any_line(calcinosis = 'no response')", two, True),
            ("any_line(combination = 'no' and evaluable = true)", two, True),
            ("any_line(treatment, relapsed)", two, False),
            ("any_line(response = 'none' or response = 'worsened') or n_lines(treatment) > 5", two, True),
            ("n_lines(treatment) = 2", two, True),
            ("any_line(line = 1)", "none", False),
            ("n_lines(treatment) = 0", "none", True),
            ("any_line(line = 1)", "", Unknown),
            ("treatment is null", "NR", True),
            ("any_line(agent = 'b')", "a: none; +: none; b: none", True),
            ("any_line(agent = 'c')", "a: none; +: none; b: none", Unknown),
            ("n_lines(treatment) = 3", "a: none; +: none; b: none", Unknown),
            ("any_line(agent = 'b;c')", "\u{1f}a: none\u{1f}\"b;c\": none", True),
        ],
    );
}

#[test]
fn what_a_line_does_not_state_is_unknown() {
    check(
        "treatment",
        &[
            ("any_line(response = 'none')", "a", Unknown),
            ("any_line(response <> 'none')", "a: not reported", Unknown),
            ("any_line(response is null)", "a: (relapsed)", True),
            ("any_line(response = 'not reported')", "a", True),
            ("any_line(response = 'not reported')", "a: none", False),
            ("any_line(response in ('none', 'not reported'))", "a", True),
            ("any_line(response = 'none')", "a: minimal", Unknown),
            ("any_line(response is null)", "a: minimal", False),
            ("any_line(evaluable)", "a", False),
            ("any_line(evaluable)", "a: ongoing", False),
            ("any_line(responder)", "a", Unknown),
            ("any_line(responder)", "a: lost", False),
            ("any_line(responder is null)", "a", True),
            ("any_line(confirmed)", "a: complete", True),
            ("any_line(confirmed)", "a: complete (transient)", False),
            ("any_line(relapsed)", "a: not reported, skin=none (relapsed)", True),
            ("any_line(relapsed)", "a", False),
            ("any_line(muscle is null)", "a: none, skin=none", True),
        ],
    );
}

#[test]
fn precedence_and_names() {
    let cells = [("age", "6"), ("relapsed", "no"), ("serum calcium", "9.5 mg/dl")];
    for (filter, expected) in [
        ("age = 6 or age = 7 and relapsed", True),
        ("(age = 6 or age = 7) and relapsed", False),
        ("not relapsed and age = 6", True),
        ("not not age = 6", True),
        ("\"serum calcium\" > 9", True),
        ("\"serum calcium (mg/dl)\" between 9 and 10", True),
        ("age between 5 and 7 and not relapsed", True),
    ] {
        assert_eq!(truth(filter, &cells), expected, "{filter}");
    }
}

#[test]
fn unknown_cases_name_the_missing_columns() {
    let variables = variables();
    let columns = columns(&variables);
    for (filter, cells, expected) in [
        ("age < 10 and etiology = 'x'", &[][..], &["age", "etiology"][..]),
        ("age < 10 and etiology = 'x'", &[("age", "6")], &["etiology"]),
        ("age < 10 and etiology = 'x'", &[("age", "11")], &[]),
        ("(age > 10 and etiology = 'x') or titer > 5", &[("age", "6")], &["titer"]),
        ("age < follow_up", &[("age", "6")], &["follow_up"]),
        ("age < follow_up", &[("age", ">6"), ("follow_up", ">6")], &["age", "follow_up"]),
        ("not (age > 1 or age < 10) or age = 5", &[], &["age"]),
    ] {
        let mut bound = Filter::parse(filter).unwrap().bind(&columns).unwrap();
        assert_eq!(bound.unknown_columns(&case(&variables, cells)), expected, "{filter}");
    }
}

#[test]
fn more_texts_than_are_remembered_are_judged_all_the_same() {
    let variables = variables();
    let columns = columns(&variables);
    let mut bound = Filter::parse("follow_up < 20000 and follow_up <> age").unwrap().bind(&columns).unwrap();
    let kept = (0..40_000).filter(|years| {
        let cells = [("follow_up", years.to_string()), ("age", "7".to_owned())];
        bound.judge(&case(&variables, &cells.each_ref().map(|(name, cell)| (*name, cell.as_str())))) == True
    });
    assert_eq!(kept.count(), 19_999);
}
