use super::super::number::{printed, printed_with};
use super::*;
use crate::analyze::reason::Reason;
use crate::analyze::results::{Context, ResultTable, Value};
use crate::decimal::{Decimal, Exact};
use crate::schema::lexical::Comparator;

/// A statistic of the variable `age` with data of one decimal.
fn row(name: &str, value: Value) -> ResultRow {
    ResultRow {
        key: format!("age.{name}"),
        context: Context::Summary,
        group: None,
        table: ResultTable::Own("age".into()),
        variable: Some("age".to_owned()),
        level: None,
        statistic: Statistic::parse(name).expect("a statistic"),
        value,
        unit: None,
        method: None,
        rate: None,
        conf_level: None,
        contrast: None,
        decimals: 1,
    }
}

fn number(name: &str, text: &str) -> ResultRow {
    row(name, Value::Exact(Exact::from(Decimal::parse(text).expect("a number"))))
}

fn share(n: i64, total: i64) -> ResultRow {
    row("p", Value::Exact(Exact::Ratio(fraction(n, total))))
}

fn style(policy: DigitsPolicy, rounding: Rounding, percentage: Percentage) -> Style {
    Style { policy, rounding, percentage, ..Style::default() }
}

fn fixed(values: u32, percentages: u32) -> DigitsPolicy {
    DigitsPolicy::Fixed { values, percentages }
}

fn rule(variable: Option<&str>, statistic: Option<&str>, decimals: u32) -> DigitsRule {
    let statistic = statistic.and_then(Statistic::parse);
    DigitsRule { variable: variable.map(str::to_owned), statistic, places: DecimalPlaces::Decimals(decimals) }
}

#[test]
fn the_default_style_follows_the_data() {
    for (row, expected) in [
        (number("mean", "5.875"), "5.88"),
        (number("median", "5.5"), "5.5"),
        (number("median", "5.25"), "5.25"),
        (number("iqr", "4"), "4.0"),
        (number("p10", "2.5"), "2.5"),
        (share(4, 5), "80.0"),
        (row("cv", Value::Exact(Exact::Root(fraction(730, 3481)))), "45.8"),
        (row("conf.low", Value::Real(0.045)), "4.5"),
        (row("mean", Value::NotEstimable(Reason::NoValue)), "NE"),
        (row("mean", Value::Real(f64::NAN)), "NE"),
        (row("mean", Value::Masked), "masked"),
        (row("n", Value::Count(1234)), "1234"),
        (row("max", Value::Censored(Comparator::Above, Exact::from_u64(1280))), ">1280.0"),
    ] {
        assert_eq!(printed(&row), expected, "{}", row.key);
    }
}

#[test]
fn the_most_specific_rule_applies() {
    let mut rules = vec![rule(Some("age"), Some("mean"), 4), rule(Some("age"), None, 3)];
    let with =
        |rules: &[DigitsRule], row: &ResultRow| printed_with(row, &Style { rules: rules.to_vec(), ..Style::default() });
    rules.extend([rule(None, Some("mean"), 2), rule(None, None, 0)]);
    let mean = number("mean", "5.875");
    for expected in ["5.8750", "5.875", "5.88", "6"] {
        assert_eq!(with(&rules, &mean), expected);
        rules.remove(0);
    }
    assert_eq!(with(&[rule(Some("crp"), None, 0), rule(None, Some("sd"), 0)], &mean), "5.88");
    // The later of two equal rules; an interval follows p unless it has a rule of its own.
    assert_eq!(with(&[rule(None, None, 0), rule(None, None, 3)], &mean), "5.875");
    let low = row("conf.low", Value::Real(0.375));
    assert_eq!(with(&[rule(None, Some("p"), 2)], &low), "37.50");
    assert_eq!(with(&[rule(None, Some("conf.low"), 3), rule(None, Some("p"), 2)], &low), "37.500");
    assert_eq!(with(&[rule(None, None, 2)], &row("N", Value::Count(5))), "5");
    let significant = DigitsRule { variable: None, statistic: None, places: DecimalPlaces::Significant(3) };
    assert_eq!(with(&[significant], &number("mean", "12345")), "12300");
}

/// The README of R tableone e2e7cccd, and cells of tests/testthat of arsenal 0a62cf43: 5 of 16
/// is a tie of printf.
#[test]
fn fixed_decimals_print_the_tables_of_r_tableone_and_arsenal() {
    let tableone = style(fixed(2, 1), Rounding::R, Percentage::Product);
    for (n, total, expected) in [
        (83, 158, "52.5"),
        (10, 158, "6.3"),
        (65, 158, "41.1"),
        (16, 158, "10.1"),
        (137, 158, "86.7"),
        (139, 154, "90.3"),
        (13, 154, "8.4"),
        (54, 154, "35.1"),
    ] {
        assert_eq!(printed_with(&share(n, total), &tableone), expected, "{n} of {total}");
    }
    assert_eq!(printed_with(&number("mean", "315.5"), &tableone), "315.50");
    let arsenal = style(fixed(3, 1), Rounding::Binary, Percentage::Quotient);
    for (n, total, expected) in
        [(5, 16, "31.2"), (7, 16, "43.8"), (10, 19, "52.6"), (23, 90, "25.6"), (30, 30, "100.0"), (0, 11, "0.0")]
    {
        assert_eq!(printed_with(&share(n, total), &arsenal), expected, "{n} of {total}");
    }
    let mean = row("mean", Value::Exact(Exact::Ratio(fraction(137, 30))));
    assert_eq!(printed_with(&mean, &arsenal), "4.567");
}

/// The README of Python tableone 9f792b04: two decimals were asked for. 23 of 80 as Python 3.11
/// prints '%.1f' of both products.
#[test]
fn the_order_of_a_percentage_matters_in_binary_ties() {
    let python = style(fixed(2, 2), Rounding::Binary, Percentage::Product);
    for (n, total, expected) in
        [(137, 864, "15.86"), (25, 136, "18.38"), (8, 136, "5.88"), (318, 864, "36.81"), (864, 864, "100.00")]
    {
        assert_eq!(printed_with(&share(n, total), &python), expected, "{n} of {total}");
    }
    let one = |rounding, percentage| printed_with(&share(23, 80), &style(fixed(1, 1), rounding, percentage));
    assert_eq!(one(Rounding::Binary, Percentage::Product), "28.7");
    assert_eq!(one(Rounding::Binary, Percentage::Quotient), "28.8");
    assert_eq!(one(Rounding::HalfUp, Percentage::Product), "28.8");
}

/// `signif_pad(x, 3)` of table1 04ca0033 in R 4.2.2, and the melanoma table of its vignette.
#[test]
fn table1_keeps_three_significant_digits() {
    let table1 = style(DigitsPolicy::Table1, Rounding::HalfUp, Percentage::Quotient);
    let mut rows = 0;
    for line in include_str!("../../../tests/oracle/rounding_r.csv").lines().skip(2) {
        let cells: Vec<&str> = line.split(',').collect();
        let [value, _, _, _, _, expected] = cells[..] else { panic!("{line}") };
        assert_eq!(printed_with(&number("mean", value), &table1), expected, "{line}");
        rows += 1;
    }
    assert_eq!(rows, 1064);
    for (n, total, expected) in [
        (91, 134, "67.9"),
        (28, 57, "49.1"),
        (7, 14, "50.0"),
        (126, 205, "61.5"),
        (16, 57, "28.1"),
        (0, 57, "0"),
        (57, 57, "100"),
    ] {
        assert_eq!(printed_with(&share(n, total), &table1), expected, "{n} of {total}");
    }
    for (value, expected) in [("4", "4.00"), ("84", "84.0"), ("0.1", "0.100"), ("12.9", "12.9"), ("0", "0")] {
        assert_eq!(printed_with(&number("min", value), &table1), expected);
    }
    // 0.0001 is added before a percentage is rounded: 12.34995 % is 12.3 elsewhere.
    assert_eq!(printed_with(&share(1_234_995, 10_000_000), &table1), "12.4");
}

/// `style_percent` in tests/testthat of gtsummary 25965147, and the table of its README.
#[test]
fn gtsummary_prints_small_percentages_with_a_decimal() {
    let by_spread = BTreeMap::from([("age".to_owned(), 2)]);
    let policy = DigitsPolicy::Gtsummary;
    let gtsummary =
        Style { marks: NumberMarks::COMMAS, by_spread, ..style(policy, Rounding::HalfUpEpsilon, Percentage::Quotient) };
    for (n, total, expected) in [
        (0, 100_000, "0"),
        (1, 100_000, "<0.1"),
        (10, 100_000, "<0.1"),
        (100, 100_000, "0.1"),
        (500, 100_000, "0.5"),
        (1_000, 100_000, "1.0"),
        (10_000, 100_000, "10"),
        (45_356, 100_000, "45"),
        (99_000, 100_000, "99"),
        (28, 98, "29"),
        (25, 98, "26"),
        (22, 98, "22"),
        (29, 102, "28"),
    ] {
        assert_eq!(printed_with(&share(n, total), &gtsummary), expected, "{n} of {total}");
    }
    assert_eq!(printed_with(&number("median", "0.644"), &gtsummary), "0.64");
    assert_eq!(printed_with(&number("median", "-1234567.891"), &gtsummary), "-1,234,567.89");
    assert_eq!(printed_with(&number("median", "123.4"), &gtsummary), "123.40");
    assert_eq!(printed_with(&row("N", Value::Count(5735)), &gtsummary), "5,735");
    let other = ResultRow { variable: Some("marker".to_owned()), ..number("median", "0.5") };
    assert_eq!(printed_with(&other, &gtsummary), "1");
}

#[test]
fn gtsummary_guesses_decimals_from_the_spread() {
    let guess = |numerator, denominator| gtsummary_decimals(false, Some(&fraction(numerator, denominator)));
    assert_eq!([guess(9, 1000), guess(1, 100), guess(99, 1000), guess(1, 10)], [4, 3, 3, 2]);
    assert_eq!([guess(999, 100), guess(10, 1), guess(1999, 100), guess(20, 1)], [2, 1, 1, 0]);
    assert_eq!((gtsummary_decimals(true, Some(&fraction(1, 1))), gtsummary_decimals(false, None)), (0, 0));
}
