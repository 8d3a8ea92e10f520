//! Several filters judged together, against each of them judged alone.

use super::property_tests::{cases, filters};
use super::tests::{TestCase, case, columns, variables};
use super::*;
use crate::cohort::filter::Truth::{False, True, Unknown};
use proptest::prelude::*;

fn parsed(texts: &[impl AsRef<str>]) -> Vec<Filter> {
    texts.iter().map(|text| Filter::parse(text.as_ref()).unwrap()).collect()
}

fn bind<'a>(filters: &'a [Filter], columns: &[CaseColumn<'a>], most: usize) -> Panel<'a> {
    Panel::bind_at_most(&filters.iter().collect::<Vec<_>>(), columns, most).unwrap()
}

proptest! {
    #[test]
    fn a_panel_agrees_with_each_filter_alone(
        texts in prop::collection::vec(filters(), 0..8),
        cells in prop::collection::vec(cases(), 1..12),
        most in 0..6_usize,
    ) {
        let variables = variables();
        let columns = columns(&variables);
        let filters = parsed(&texts);
        let mut alone: Vec<BoundFilter> = filters.iter().map(|filter| filter.bind(&columns).unwrap()).collect();
        // A limit of 0 is taken as 1; the last limit is never reached.
        let most = if most == 5 { 1 << 14 } else { most };
        let mut panel = bind(&filters, &columns, most);
        let mut seen: Vec<Vec<Truth>> = Vec::new();
        for cells in cells.iter().chain(&cells) {
            let record = TestCase(cells.clone());
            let expected: Vec<Truth> = alone.iter_mut().map(|filter| filter.judge(&record)).collect();
            let known = panel.patterns();
            let number = panel.judge(&record);
            prop_assert_eq!(panel.answers(), &expected[..]);
            match number {
                Some(number) if number == known => seen.push(expected.clone()),
                Some(number) => prop_assert!(number < known),
                None => prop_assert_eq!(known, most),
            }
            prop_assert_eq!(panel.patterns(), seen.len());
            if let Some(number) = number {
                prop_assert_eq!(panel.of_pattern(number), &expected[..]);
            }
        }
        let each = alone.iter().enumerate();
        let faults: Vec<_> = each.filter_map(|(number, filter)| Some((number, filter.check_levels().err()?))).collect();
        prop_assert_eq!(panel.level_faults(), faults);
    }

    #[test]
    fn two_panels_of_parts_find_the_levels_of_one_panel(
        texts in prop::collection::vec(filters(), 1..5),
        cells in prop::collection::vec(cases(), 2..10),
    ) {
        let variables = variables();
        let columns = columns(&variables);
        let filters = parsed(&texts);
        let judged = |cells: &[Vec<String>]| {
            let mut panel = bind(&filters, &columns, 1 << 14);
            for cells in cells {
                panel.judge(&TestCase(cells.clone()));
            }
            panel
        };
        let (first, second) = cells.split_at(cells.len() / 2);
        let mut both = judged(first);
        both.absorb(&judged(second));
        prop_assert_eq!(both.level_faults(), judged(&cells).level_faults());
    }
}

#[test]
fn shared_conditions_are_judged_once_and_patterns_are_numbered_in_order() {
    let variables = variables();
    let columns = columns(&variables);
    let texts = ["age < 10 and relapsed", "10 > age", "not relapsed or age  <  10", "age < follow_up or age < 10"];
    let filters = parsed(&texts);
    let mut panel = bind(&filters, &columns, 1 << 14);
    // Three conditions: on age, on relapsed, on age and follow-up.
    assert_eq!(panel.conditions(), [1, 1, 1]);
    let judge = |panel: &mut Panel, age: &str, relapsed: &str| {
        let number = panel.judge(&case(&variables, &[("age", age), ("relapsed", relapsed)]));
        (number, panel.answers().to_vec())
    };
    assert_eq!(panel.answers(), [Unknown; 4]);
    assert_eq!(judge(&mut panel, "6", "no"), (Some(0), vec![False, True, True, True]));
    assert_eq!(judge(&mut panel, "11", "yes"), (Some(1), vec![False, False, False, Unknown]));
    assert_eq!(judge(&mut panel, "7", "n"), (Some(0), vec![False, True, True, True]));
    assert_eq!((panel.patterns(), panel.of_pattern(1)), (2, &[False, False, False, Unknown][..]));
    assert!(panel.of_pattern(2).is_empty());
}

#[test]
fn a_panel_without_filters_has_one_pattern() {
    let mut panel = bind(&[], &[], 1 << 14);
    assert!(panel.conditions().is_empty());
    assert_eq!((panel.judge(&TestCase(Vec::new())), panel.judge(&TestCase(Vec::new()))), (Some(0), Some(0)));
    assert_eq!((panel.patterns(), panel.answers(), panel.level_faults()), (1, &[][..], Vec::new()));
}

#[test]
fn beyond_the_known_patterns_cases_are_judged_all_the_same() {
    let variables = variables();
    let columns = columns(&variables);
    let texts: Vec<String> = (0..40).map(|power| format!("titer >= {}", 1_u64 << power)).collect();
    let filters = parsed(&texts);
    let mut panel = bind(&filters, &columns, 8);
    for power in (0..40).chain(0..40) {
        let number = panel.judge(&case(&variables, &[("titer", &(1_u64 << power).to_string())]));
        assert_eq!(number, (power < 8).then_some(power));
        assert_eq!(panel.answers().iter().filter(|truth| **truth == True).count(), power + 1);
    }
    assert_eq!(panel.patterns(), 8);
}

/// So many half years, in years.
fn half_years(number: usize) -> String {
    format!("{}.{}", number / 2, if number.is_multiple_of(2) { 0 } else { 5 })
}

#[test]
fn fewer_patterns_are_known_where_each_is_long() {
    let variables = variables();
    let columns = columns(&variables);
    let patterns = |filters: usize, texts: usize| {
        let filter = Filter::parse("any_line(agent like '%1%')").unwrap();
        let mut all = vec![&filter; filters];
        let conditions: Vec<Filter> = parsed(&(0..15).map(|bit| format!("titer in ({bit})")).collect::<Vec<_>>());
        let ages: Vec<Filter> = parsed(&(0..200).map(|half| format!("age < {}", half_years(half))).collect::<Vec<_>>());
        all.extend(conditions.iter().chain(&ages));
        let mut panel = Panel::bind(&all, &columns).unwrap();
        for number in 0..texts {
            let (age, titer) = (half_years(number % 200), (number / 200).to_string());
            panel.judge(&case(&variables, &[("age", &age), ("titer", &titer)]));
        }
        panel.patterns()
    };
    assert_eq!(patterns(0, 1000), 1000);
    assert_eq!(patterns(100_000, 300), (24 << 20) / (100_000 + 15 + 200 + 3 * 4 + 64));
}

#[test]
fn a_fault_comes_with_the_number_of_its_filter() {
    let variables = variables();
    let columns = columns(&variables);
    let texts = ["etiology = 'idiopathic'", "age < 10 and etiology = 'zzz'", "sites = 'knee'", "agee < 5"];
    let filters = parsed(&texts);
    let all: Vec<&Filter> = filters.iter().collect();
    let faults = Panel::bind(&all, &columns).unwrap_err();
    let expected = [2, 3].map(|number| (number, filters[number].bind(&columns).unwrap_err()));
    assert_eq!(faults, expected);
    let mut panel = Panel::bind(&all[..2], &columns).unwrap();
    panel.judge(&case(&variables, &[("etiology", "idiopathic")]));
    let faults = panel.level_faults();
    assert_eq!(
        faults.iter().map(|(number, fault)| (*number, &texts[1][fault.at.clone()])).collect::<Vec<_>>(),
        [(1, "'zzz'")]
    );
    // Every filter that names a level, in their order.
    let filters = parsed(&["sex = 'f' or has(sites, 'hip')", "etiology = 'x'", "has(sites, 'hip')"]);
    let panel = Panel::bind(&filters.iter().rev().collect::<Vec<_>>(), &columns).unwrap();
    assert_eq!(panel.level_faults().iter().map(|(number, _)| *number).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn a_level_that_one_part_of_the_cases_has_is_known_to_all() {
    let variables = variables();
    let columns = columns(&variables);
    let filters = parsed(&["etiology = 'x' and age > 5", "etiology = 'y'"]);
    let mut one = bind(&filters, &columns, 1 << 14);
    let mut other = one.clone();
    one.judge(&case(&variables, &[("etiology", "x")]));
    other.judge(&case(&variables, &[("etiology", "y")]));
    let numbers = |panel: &Panel<'_>| panel.level_faults().iter().map(|(number, _)| *number).collect::<Vec<_>>();
    assert_eq!((numbers(&one), numbers(&other)), (vec![1], vec![0]));
    one.absorb(&other);
    assert_eq!(one.level_faults(), Vec::new());
}
