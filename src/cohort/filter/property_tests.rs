//! Properties of all filters and all cases.

use super::tests::{TestCase, columns, variables};
use super::*;
use crate::cohort::filter::Truth::Unknown;
use proptest::prelude::*;

/// Filters of random conditions.
pub(super) fn filters() -> impl Strategy<Value = String> {
    let number = "-?[0-9]{1,3}(\\.[0-9]{1,3})?";
    let sign = "=|<>|!=|<|<=|>|>=";
    let text = "'(a|b|''|é|%| |\"){0,3}x'";
    let condition = prop_oneof![
        (sign, number).prop_map(|(sign, number)| format!("age {sign} {number}")),
        (sign, number).prop_map(|(sign, number)| format!("{number} {sign} \"serum calcium\"")),
        (sign).prop_map(|sign| format!("age {sign} follow_up")),
        (number, number)
            .prop_map(|(a, b)| format!("age NOT BETWEEN -{} AND 1{b}", a.trim_start_matches('-')).replace("1-", "1")),
        prop::collection::vec(text, 1..4).prop_map(|list| format!("etiology in ({})", list.join(","))),
        text.prop_map(|pattern| format!("history not like {pattern}")),
        text.prop_map(|item| format!("has(sites,{item})")),
        (sign, 0..4_u8).prop_map(|(sign, n)| format!("n_items(sites) {sign} {n}")),
        (sign, 2015..2020_u16).prop_map(|(sign, year)| format!("visit {sign} '{year}-06'")),
        text.prop_map(|agent| format!("any_line(agent = {agent} or not (responder and line > 1))")),
        (text, "partial|none").prop_map(|(agent, response)| {
            format!("in_order(agent = {agent} OR route = 'IV', response = '{response}', not taper)")
        }),
        Just("in_order(treatment, relapsed, responder and detail like '%x%')".to_owned()),
        Just("in_order(relapsed, taper is null or route is not null)".to_owned()),
        prop_oneof![Just("age"), Just("titer"), Just("\"serum calcium\"")].prop_map(|name| format!("whole({name})")),
        Just("relapsed".to_owned()),
        Just("age is not null".to_owned()),
        Just("treatment IS NULL".to_owned()),
    ];
    condition.prop_recursive(6, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| format!("not ({a})")),
            inner.clone().prop_map(|a| format!("({a})")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" and "))),
            prop::collection::vec(inner, 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
        ]
    })
}

/// Cells of every state for the columns in order.
pub(super) fn cases() -> impl Strategy<Value = Vec<String>> {
    let number = || "|NR|normal|[<>]?=?[0-9]{1,2}|[0-9]{1,2} mo|5-6";
    (
        [number(), number(), number(), number()],
        ("a{0,2}x|NR|JDM", "yes|no|1|0||maybe", "f|m|"),
        (
            "(a{0,2}x;){0,3}|none",
            "201[0-9](-0[1-9])?||later",
            "(ax|bx)( \\[(IV taper|oral x|no taper)\\])?(: (none|partial|x))?(; \\+)?(; (ax|bx \\[po\\]): (stable|none \\(relapsed\\)|partial)){0,2}|none|",
            "[abx]{0,4}",
        ),
    )
        .prop_map(|(numbers, (etiology, relapsed, sex), (sites, visit, treatment, history))| {
            numbers
                .into_iter()
                .chain([etiology, relapsed, sex, String::new(), sites, visit, treatment, history])
                .collect()
        })
}

proptest! {
    #[test]
    fn a_filter_reads_back_from_its_normal_form(text in filters()) {
        let filter = Filter::parse(&text).unwrap();
        let normal = filter.to_string();
        prop_assert_eq!(&Filter::parse(&normal).unwrap(), &filter, "{}", normal);
        prop_assert_eq!(Filter::parse(&normal).unwrap().to_string(), normal);
    }

    #[test]
    fn each_case_is_kept_excluded_or_unknown_and_negation_swaps_the_first_two(text in filters(), cells in cases()) {
        let variables = variables();
        let columns = columns(&variables);
        let judge = |text: String| Filter::parse(&text).unwrap().bind(&columns).unwrap().judge(&TestCase(cells.clone()));
        let truth = judge(text.clone());
        prop_assert_eq!(judge(format!("not ({text})")), !truth);
        prop_assert_eq!(judge(Filter::parse(&text).unwrap().to_string()), truth);
        let unknown = Filter::parse(&text).unwrap().bind(&columns).unwrap().unknown_columns(&TestCase(cells.clone())).len();
        prop_assert_eq!(unknown > 0, truth == Unknown);
    }

    #[test]
    fn de_morgan(a in filters(), b in filters(), cells in cases()) {
        let variables = variables();
        let columns = columns(&variables);
        let judge = |text: String| Filter::parse(&text).unwrap().bind(&columns).unwrap().judge(&TestCase(cells.clone()));
        prop_assert_eq!(judge(format!("not (({a}) and ({b}))")), judge(format!("not ({a}) or not ({b})")));
        prop_assert_eq!(judge(format!("({a}) or ({b})")), judge(a).or(judge(b)));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}|[a-z()'\"<>=!,.0-9 -]{0,60}|((age|etiology|sites|treatment|visit|and|or|not|in|is|null|between|like|has|any_line|in_order|whole|route|taper|agent|n_items|\\(|\\)|,|=|<|'x'|5|\"|true) ?){0,20}") {
        let variables = variables();
        let columns = columns(&variables);
        match Filter::parse(&text) {
            Ok(filter) => {
                prop_assert_eq!(&Filter::parse(&filter.to_string()).unwrap(), &filter);
                if let Ok(mut bound) = filter.bind(&columns) {
                    bound.judge(&TestCase(vec!["5".to_owned(); columns.len()]));
                }
            }
            Err(fault) => {
                prop_assert!(fault.at.start <= fault.at.end && fault.at.end <= text.len());
                drop(fault.into_error(&text));
            }
        }
    }
}
