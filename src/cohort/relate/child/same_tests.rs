//! One laboratory test under several names: `CRP` and `C-reactive protein`.

use super::fields::Field;
use super::table::KeyedTable;
use crate::cohort::relate::rows::RowIndex;
use crate::cohort::unit::{UnitChange, same_unit};
use crate::diagnostic::{Finding, FindingId, Findings};
use crate::schema::header::measure::{Measure, measure};
use std::collections::{BTreeMap, BTreeSet};

/// A name with the first of its rows and the units of its numbers.
struct NamedTest<'t> {
    name: &'t str,
    first: RowIndex,
    units: BTreeSet<&'t str>,
}

/// The name of each distinct text of the tests of a table, in small letters; names of one measure are one where their
/// units agree.
///
/// Where the units do not agree, or are not known, the names stay apart, and that is said.
pub(super) fn joined(table: &KeyedTable<'_>, said: &mut Findings) -> Vec<String> {
    let mut names: Vec<String> = table.texts(Field::Test).map(str::to_lowercase).collect();
    let mut by_measure: Vec<(&Measure, BTreeSet<&str>)> = Vec::new();
    for (name, measure) in names.iter().filter_map(|name| Some((name.as_str(), measure(name)?))) {
        match by_measure.iter_mut().find(|(known, _)| *known == measure) {
            Some((_, all)) => drop(all.insert(name)),
            None => by_measure.push((measure, BTreeSet::from([name]))),
        }
    }
    by_measure.retain(|(_, all)| all.len() > 1);
    let mut one_name: BTreeMap<String, String> = BTreeMap::new();
    for (measure, all) in by_measure {
        let tests = named_tests(table, &names, &all);
        let (Some(first), false) = (all.first(), tests.len() < 2) else { continue };
        let agree = do_units_agree(measure, &tests);
        said.add(finding(table, &tests, agree));
        if agree {
            one_name.extend(all.iter().map(|name| ((*name).to_owned(), (*first).to_owned())));
        }
    }
    for name in &mut names {
        if let Some(one) = one_name.get(name) {
            name.clone_from(one);
        }
    }
    names
}

/// The tests of these names as they are first written, in the order of their rows.
fn named_tests<'t>(table: &KeyedTable<'t>, names: &[String], wanted: &BTreeSet<&str>) -> Vec<NamedTest<'t>> {
    let mut tests: BTreeMap<&str, NamedTest<'t>> = BTreeMap::new();
    for (_, row) in table.rows() {
        let of_row = table.text_number(row, Field::Test).and_then(|number| names.get(number as usize));
        let Some(name) = of_row.filter(|name| wanted.contains(name.as_str())) else { continue };
        let new = || NamedTest { name: table.text(row, Field::Test), first: row, units: BTreeSet::new() };
        let test = tests.entry(name).or_insert_with(new);
        if row < test.first {
            (test.first, test.name) = (row, table.text(row, Field::Test));
        }
        if begins_as_number(table.text(row, Field::Value)) {
            test.units.insert(table.text(row, Field::Unit));
        }
    }
    let mut tests: Vec<NamedTest<'t>> = tests.into_values().collect();
    tests.sort_by_key(|test| test.first);
    tests
}

/// True where each number has a unit, and each of these is one of all others; no number has one where there is none.
fn do_units_agree(measure: &Measure, tests: &[NamedTest<'_>]) -> bool {
    let mut units = tests.iter().flat_map(|test| &test.units).copied();
    let Some(first) = units.next() else { return measure.without_unit };
    let agree = |unit: &str| {
        same_unit(first, unit) || !measure.one_unit && !unit.is_empty() && UnitChange::new(first, unit).is_some()
    };
    (measure.without_unit || !first.is_empty()) && units.all(agree)
}

/// True for a result that is a number, or a bound.
pub(super) fn begins_as_number(text: &str) -> bool {
    text.trim_start_matches(['<', '>', '=', '≤', '≥', '~', ' ', '-', '+']).starts_with(|c: char| c.is_ascii_digit())
}

fn finding(table: &KeyedTable<'_>, tests: &[NamedTest<'_>], agree: bool) -> Finding {
    let written = |test: &NamedTest<'_>| {
        let units: Vec<&str> = test.units.iter().map(|unit| if unit.is_empty() { "no unit" } else { *unit }).collect();
        let units = if units.is_empty() { String::new() } else { format!(" ({})", units.join(", ")) };
        format!("'{}'{units}", test.name)
    };
    let names = tests.iter().map(written).collect::<Vec<_>>().join(", ");
    let finding = match agree {
        true => {
            Finding::new(FindingId::TestsJoined, format!("several names of one laboratory test, read as one: {names}"))
                .remedy("if they are different tests, name them so that it is seen, such as 'CRP, second laboratory'")
        }
        false => Finding::new(
            FindingId::TestsApart,
            format!("several names of one laboratory test, whose units do not agree: they are counted apart: {names}"),
        )
        .remedy("write one name, and into each row its unit"),
    };
    let second = tests.get(1);
    second.map_or(finding.clone(), |test| finding.at(table.location(test.first, Field::Test)).value(test.name))
}
