//! What derived variables are read as, and what they are of dates and numbers.

use super::between::elapsed;
use super::number::{band, written};
use super::syntax::{Derived, Expression};
use crate::decimal::Decimal;
use crate::schema::lexical::Date;
use crate::schema::lexical::duration::TimeUnit;
use num_bigint::BigInt;
use num_rational::BigRational;

fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

fn day(year: u16, month: u8, day: u8) -> Date {
    Date { year, month: Some(month), day: Some(day) }
}

#[test]
fn completed_time_is_counted_by_the_calendar() {
    for (start, end, unit, expected) in [
        (day(2010, 3, 14), day(2016, 3, 13), TimeUnit::Years, Some(5)),
        (day(2010, 3, 14), day(2016, 3, 14), TimeUnit::Years, Some(6)),
        (day(2012, 2, 29), day(2013, 2, 28), TimeUnit::Years, Some(0)),
        (day(2020, 1, 31), day(2020, 2, 29), TimeUnit::Months, Some(0)),
        (day(2020, 1, 31), day(2020, 3, 31), TimeUnit::Months, Some(2)),
        (day(2020, 1, 1), day(2020, 1, 15), TimeUnit::Weeks, Some(2)),
        (day(2020, 1, 2), day(2020, 1, 1), TimeUnit::Days, Some(-1)),
        (day(2020, 1, 2), day(2020, 1, 1), TimeUnit::Years, Some(-1)),
        (day(2019, 10, 10), day(2018, 10, 10), TimeUnit::Months, Some(-12)),
        (Date { year: 2018, month: None, day: None }, day(2020, 1, 1), TimeUnit::Years, None),
    ] {
        let expected = expected.map(|number| ratio(number, 1));
        assert_eq!(elapsed(start, end, unit, true), expected, "{start:?} {end:?}");
    }
}

/// An anniversary is a whole number of years and months, whatever the leap years between.
#[test]
fn exact_time_is_counted_by_the_calendar() {
    for (start, end, unit, expected) in [
        (day(2020, 1, 1), day(2021, 1, 1), TimeUnit::Days, ratio(366, 1)),
        (day(2020, 1, 1), day(2021, 1, 1), TimeUnit::Years, ratio(1, 1)),
        (day(2009, 5, 1), day(2019, 5, 1), TimeUnit::Years, ratio(10, 1)),
        (day(2010, 6, 1), day(2020, 5, 31), TimeUnit::Months, ratio(119 * 31 + 30, 31)),
        (day(2010, 6, 1), day(2020, 5, 31), TimeUnit::Years, ratio(119 * 31 + 30, 31 * 12)),
        (day(2020, 1, 15), day(2020, 7, 15), TimeUnit::Years, ratio(1, 2)),
        (day(2012, 2, 29), day(2013, 3, 1), TimeUnit::Years, ratio(1, 1)),
        (day(2012, 2, 29), day(2016, 2, 29), TimeUnit::Years, ratio(4, 1)),
        // The months of the 31st end on the first day after a shorter one.
        (day(2020, 1, 31), day(2020, 2, 29), TimeUnit::Months, ratio(29, 30)),
        (day(2020, 1, 31), day(2020, 3, 1), TimeUnit::Months, ratio(1, 1)),
        (day(2019, 12, 31), day(2020, 1, 31), TimeUnit::Months, ratio(1, 1)),
        (day(2020, 1, 1), day(2020, 1, 11), TimeUnit::Weeks, ratio(10, 7)),
        (day(2020, 1, 1), day(2020, 1, 1), TimeUnit::Years, ratio(0, 1)),
        (day(2020, 1, 2), day(2020, 1, 1), TimeUnit::Days, ratio(-1, 1)),
        (day(2021, 1, 1), day(2020, 1, 1), TimeUnit::Years, ratio(-1, 1)),
    ] {
        assert_eq!(elapsed(start, end, unit, false), Some(expected), "{start:?} {end:?} {unit:?}");
    }
}

#[test]
fn a_number_is_written_exactly_where_it_ends() {
    for (value, text) in [
        (ratio(5, 2), "2.5"),
        (ratio(-7, 1), "-7"),
        (ratio(1, 3), "0.333333333333"),
        (ratio(1, 1024), "0.0009765625"),
        // It ends, though late.
        (ratio(1, 65_536), "0.0000152587890625"),
        // A small one keeps its digits, and a large one has no more than a cell holds.
        (ratio(1, 3_000_000_000), "0.000000000333333333333"),
        (ratio(-1, 3_000_000_000), "-0.000000000333333333333"),
        (ratio(10_000_000_000, 3), "3333333333.33333333"),
        (ratio(0, 1), "0"),
    ] {
        assert_eq!(written(&value), text);
    }
}

#[test]
fn a_band_holds_its_lower_end() {
    let ends = ["0", "5", "10.5"].map(|text| Decimal::parse(text).unwrap());
    for (value, name) in [
        (ratio(-1, 2), "<0"),
        (ratio(0, 1), "0 to <5"),
        (ratio(499, 100), "0 to <5"),
        (ratio(5, 1), "5 to <10.5"),
        (ratio(21, 2), ">=10.5"),
    ] {
        assert_eq!(band(&value, &ends), name);
    }
}

#[test]
fn every_form_is_read() {
    for text in [
        "change = crp@last - crp@first",
        "\"Ca x P\" = ca * phosphate / 2",
        "p=(b-a)/a*100",
        "age = birth to onset in years completed",
        "t = start to \"last visit\" in months exact",
        "t = start to stop",
        "t = onset to death or last_seen or cutoff in days",
        "t = line 1 to next line or last_seen in months",
        "t = responding line to end of response or last_seen",
        "t = first line to end of line 2 in weeks completed",
        "t = earliest(onset, line 1) to death",
        "t = onset to earliest(relapse, death) or latest(seen, called) in days",
        // Columns may have these names.
        "t = line to next",
        "t = end + line * 2",
        "band = cut(age, -1, 0, 5.5)",
        "c = when a < 3 and b = 'then' then 'x' when c IS NULL then 'it''s' else 'z' unknown 'unverified'",
        "n = -(a + -2)",
    ] {
        assert!(Derived::parse(text).is_ok(), "{text}");
    }
    let sum = |text: &str| match Derived::parse(text).unwrap().expression {
        Expression::Sum(term) => term,
        other => panic!("{other:?}"),
    };
    assert_eq!(sum("x = a - b - c"), sum("x = (a - b) - c"));
    assert_eq!(sum("x = a + b * c"), sum("x = a + (b * c)"));
}

#[test]
fn a_fault_is_shown_at_its_place() {
    for (text, message) in [
        ("", "expected a name and ="),
        ("x", "expected ="),
        ("x = ", "expected a column, a number or a parenthesis"),
        ("x = a b", "expected the end"),
        ("x = (a", "expected a closing parenthesis"),
        ("x = cut(a)", "expected the ends of the bands"),
        ("x = cut(a, 5, 5)", "the ends of bands rise"),
        ("x = a to b in minutes", "expected years, months, weeks or days"),
        ("x = line 1", "expected 'to' and a later day"),
        ("x = line 0 to next line", "expected the number of a line"),
        ("x = next line to line 2", "are counted from a line"),
        ("x = onset to next line", "are counted from a line"),
        ("x = when a < 3", "expected then"),
        ("x = when a < 3 then y", "expected a text in single quotes"),
        ("x = when a < then 'y'", "expected"),
        ("x = \"a", "without its closing"),
    ] {
        let error = Derived::parse(text).unwrap_err().to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
    let deep = format!("x = {}a{}", "(".repeat(100), ")".repeat(100));
    assert!(Derived::parse(&deep).unwrap_err().to_string().contains("levels deep"));
}
