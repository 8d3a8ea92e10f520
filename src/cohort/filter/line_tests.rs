//! Filters on the routes and tapers of lines, on lines in order, and on whole numbers.

use super::tests::{check, columns, variables};
use super::*;
use crate::cohort::filter::Truth::{False, True, Unknown};
use proptest::prelude::*;

#[test]
fn routes_details_and_tapers_of_a_line() {
    let two = "a [2 mg/kg PO taper] + b [weekly]: none; c [30 mg IV]; d [no taper]";
    check(
        "treatment",
        &[
            ("any_line(route = 'oral')", two, True),
            ("any_line(route = 'p.o.' and taper)", two, True),
            ("any_line(route in ('IV', 'topical') and taper)", two, Unknown),
            ("any_line(route = 'subcutaneous')", two, Unknown),
            ("any_line(route <> 'oral' and route is not null)", two, True),
            ("any_line(route like 'intra%')", two, True),
            ("any_line(line = 2 and route = 'oral')", two, False),
            ("any_line(line = 1 and route <> 'oral')", two, False),
            ("any_line(line = 3 and route = 'oral')", two, Unknown),
            ("any_line(line = 3 and route is null)", two, True),
            ("any_line(line = 3 and taper)", two, False),
            ("any_line(taper = 'no')", two, True),
            ("any_line(line = 2 and taper is null)", two, True),
            ("any_line(line <> 2 and taper is null)", two, False),
            ("any_line(detail like '%weekly%')", two, True),
            ("any_line(detail = '30 mg IV')", two, True),
            ("any_line(detail = 'x')", two, False),
            ("any_line(detail is null)", two, False),
            ("any_line(route = 'oral')", "a [IV] + b", Unknown),
            ("any_line(route = 'oral')", "a [IV] + b [SC]", False),
            ("any_line(route = 'oral')", "a [IV then oral]", True),
            ("any_line(route = 'oral')", "a [oral?]", Unknown),
            ("any_line(taper)", "a [no taper] + b", Unknown),
            ("any_line(taper)", "a [no taper] + b [tapered]", True),
            ("any_line(detail is null and route is null and taper is null)", "a", True),
            ("any_line(detail = 'x')", "a", Unknown),
            ("any_line(detail <> 'x')", "a [y] + b [x]", False),
            ("any_line(route = 'oral')", "none", False),
            ("any_line(taper)", "", Unknown),
        ],
    );
}

#[test]
fn conditions_in_order_each_need_a_line_of_their_own() {
    let lines = "a: none; b: partial; methotrexate; a: stable";
    check(
        "treatment",
        &[
            ("in_order(agent = 'a', agent = 'b')", lines, True),
            ("in_order(agent = 'b', agent = 'a')", lines, True),
            ("in_order(agent = 'a', agent = 'a')", lines, True),
            ("in_order(agent = 'a', agent = 'a', agent = 'a')", lines, False),
            ("in_order(agent = 'b', agent = 'b')", lines, False),
            ("in_order(agent = 'methotrexate', agent = 'b')", lines, False),
            ("in_order(agent = 'a', responder, agent = 'a' and not responder)", lines, True),
            ("in_order(line = 1, line = 2, line = 3, line = 4)", lines, True),
            ("in_order(line = 2, line = 1)", lines, False),
            ("in_order(treatment, agent = 'a' or agent = 'b', line = 2)", lines, True),
            ("IN_ORDER(responder, response = 'none')", lines, Unknown),
            ("in_order(combination, line > 0)", lines, False),
            ("in_order(relapsed, line = 2)", "a: none (relapsed); b", True),
            // A line without a response can satisfy one condition, not two.
            ("in_order(response = 'none', response = 'none')", "a: none; b", Unknown),
            ("in_order(response = 'none', response = 'none', line > 0)", "a: none; b", False),
            ("in_order(response = 'none', line = 3)", "a; b; c: none", Unknown),
            ("in_order(agent = 'a', agent = 'b')", "a; +; c", Unknown),
            ("in_order(agent = 'a', agent = 'b')", "a; +; b", True),
            ("in_order(agent = 'a', agent = 'b', agent = 'c')", "a; +; d", False),
            ("in_order(line = 1, line = 2)", "a", False),
            ("in_order(line = 1, line = 2)", "none", False),
            ("in_order(line = 1, line = 2)", "NR", Unknown),
            ("in_order(line = 1, line = 2)", "", Unknown),
        ],
    );
}

/// The truth by the definition: lines of increasing number are chosen in every way.
fn defined(lines: &[Truth], wanted: usize) -> Truth {
    let Some(rest) = wanted.checked_sub(1) else { return True };
    let firsts = std::iter::successors(lines.split_first(), |(_, others)| others.split_first());
    firsts.map(|(first, others)| first.and(defined(others, rest))).fold(False, Truth::or)
}

proptest! {
    #[test]
    fn lines_in_order_are_those_of_the_definition(lines in prop::collection::vec(0..3_usize, 1..7), wanted in 2..5_usize) {
        let text = |number: &usize| ["a: none", "a: stable", "a"][*number];
        let cell: Vec<&str> = lines.iter().map(text).collect();
        let truths: Vec<Truth> = lines.iter().map(|number| [True, False, Unknown][*number]).collect();
        let filter = format!("in_order({})", vec!["response = 'none'"; wanted].join(", "));
        check("treatment", &[(&filter, &cell.join("; "), defined(&truths, wanted))]);
        prop_assert_eq!(Filter::parse(&filter).unwrap().to_string(), filter);
    }
}

#[test]
fn whole_numbers_are_those_in_the_unit_of_the_column() {
    check(
        "age",
        &[
            ("whole(age)", "6", True),
            ("whole(age)", "6.0", True),
            ("whole(age)", "2.5", False),
            ("whole(age)", "24 months", True),
            ("whole(age)", "30 months", False),
            ("whole(age)", "2y6m", False),
            ("whole(age)", "0", True),
            ("whole(age)", "-3", Unknown),
            ("whole(age)", "<5", Unknown),
            ("whole(age)", "5-6", Unknown),
            ("whole(age)", "young", Unknown),
            ("whole(age)", "", Unknown),
            ("WHOLE(age) and age > 5", "6", True),
        ],
    );
    check("titer", &[("whole(titer)", ">1280", Unknown), ("whole(titer)", "normal", Unknown)]);
}

#[test]
fn a_silent_column_is_named_once() {
    let variables = variables();
    let columns = columns(&variables);
    let filter = "in_order(responder, taper) and whole(age)";
    let mut bound = Filter::parse(filter).unwrap().bind(&columns).unwrap();
    let case = tests::case(&variables, &[("treatment", "a; b"), ("age", "<5")]);
    assert_eq!(bound.unknown_columns(&case), ["treatment", "age"]);
}
