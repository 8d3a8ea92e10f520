//! Decimals as written, exact numbers, rounding.

use super::{number, oracle, ratio};
use calc_series::decimal::{Decimal, Exact, NumberFault, round_real};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use std::collections::HashSet;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn a_number_is_read_as_written() {
    for (text, mantissa, scale, printed) in [
        ("46.050", 46050, 3, "46.050"),
        ("5.9", 59, 1, "5.9"),
        ("04", 4, 0, "4"),
        ("+7", 7, 0, "7"),
        ("-0", 0, 0, "0"),
        ("-0.0", 0, 1, "0.0"),
        ("-1.5", -15, 1, "-1.5"),
        ("\u{2212}1.5", -15, 1, "-1.5"),
        (".5", 5, 1, "0.5"),
        ("-.05", -5, 2, "-0.05"),
        ("1e3", 1000, 0, "1000"),
        ("1.50E1", 150, 1, "15.0"),
        ("1.5e-3", 15, 4, "0.0015"),
        ("2.5e+1", 25, 0, "25"),
        ("1e-\u{32}", 1, 2, "0.01"),
        ("0000000000000000000000000004", 4, 0, "4"),
        ("999999999999999999", 999_999_999_999_999_999, 0, "999999999999999999"),
        ("0.999999999999999999", 999_999_999_999_999_999, 18, "0.999999999999999999"),
        ("1e17", 100_000_000_000_000_000, 0, "100000000000000000"),
        ("1e-18", 1, 18, "0.000000000000000001"),
        ("0.000000000000000000000000000001e18", 1, 12, "0.000000000001"),
    ] {
        let found = decimal(text);
        assert_eq!((found.mantissa(), found.scale(), found.to_string().as_str()), (mantissa, scale, printed), "{text}");
    }
}

#[test]
fn what_is_not_a_number_is_refused() {
    for text in [
        "",
        " ",
        "-",
        "+",
        ".",
        "5.",
        "-.",
        "1.2.3",
        "1,5",
        "1_000",
        "0x10",
        "inf",
        "-inf",
        "nan",
        "NaN",
        "infinity",
        "e5",
        "1e",
        "1e+",
        "1e1.5",
        "1e5e5",
        "--1",
        "+-1",
        "1 ",
        " 1",
        "1 2",
        "½",
        "٣",
        "1e٣",
        "12345678901234567890x",
        "5.e3",
        "1e99999999999x",
    ] {
        assert_eq!(Decimal::parse(text), Err(NumberFault::NotANumber), "{text:?}");
    }
}

#[test]
fn a_number_beyond_eighteen_digits_is_out_of_range() {
    for text in [
        "1000000000000000000",
        "-1000000000000000000",
        "1e18",
        "12e17",
        "1.000000000000000000",
        "0.1234567890123456789",
        "0.0000000000000000001",
        "1.0e-18",
        "1e19",
        "0e19",
        "1e-19",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "99999999999999999999999999999999999999999999",
    ] {
        assert_eq!(Decimal::parse(text), Err(NumberFault::OutOfRange), "{text:?}");
    }
}

#[test]
fn decimals_compare_and_hash_by_value() {
    assert_eq!(decimal("46.050"), decimal("46.05"));
    assert_eq!(decimal("1e2"), decimal("100.00"));
    assert_eq!(decimal("46.050").normalised().to_string(), "46.05");
    assert_eq!(HashSet::from([decimal("0"), decimal("-0.00"), decimal("46.050"), decimal("46.05")]).len(), 2);
    assert!(decimal("-2") < decimal("-1.99") && decimal("0.10") < decimal("0.11") && decimal("9") < decimal("10"));
    assert!(decimal("999999999999999999") > decimal("0.999999999999999999"));
    // Beyond what a cell can hold, comparison and printing still have an answer.
    let (smallest, least) = (Decimal::new(1, 255), Decimal::new(i64::MIN, 0));
    assert!(least < smallest && smallest < decimal("1e-18") && Decimal::new(0, 255) == Decimal::from_int(0));
    assert_eq!(smallest.to_string().len(), 257);
    assert_eq!(least.to_string(), i64::MIN.to_string());
}

#[test]
fn a_numerator_is_exact_or_absent() {
    assert_eq!(decimal("46.050").numerator_over(2), Some(4605));
    assert_eq!(decimal("46.05").numerator_over(4), Some(460_500));
    assert_eq!(decimal("46.05").numerator_over(1), None);
    assert_eq!(decimal("-0.0").numerator_over(0), Some(0));
    assert_eq!(Decimal::from_int(i64::MAX).numerator_over(40), None);
    assert_eq!(decimal("46.050").to_ratio(), ratio(921, 20));
}

#[test]
fn nearest_doubles_and_half_up_digits_match_python() {
    for row in oracle(include_str!("../oracle/exact.csv"), 201) {
        let value = BigRational::new(number(row[1]), number(row[2]));
        let exact = if row[0] == "root" { Exact::root(value).unwrap() } else { Exact::Ratio(value) };
        assert_eq!(format!("{:016x}", exact.to_f64().to_bits()), row[3], "{row:?}");
        for (decimals, expected) in [(0, row[4]), (2, row[5]), (5, row[6])] {
            assert_eq!(exact.rounded(decimals), expected, "{row:?}");
        }
    }
}

#[test]
fn exact_numbers_tell_whether_digits_suffice() {
    let exact = |text: &str| Exact::from(decimal(text));
    assert!(exact("5.90").has_at_most(1) && !exact("5.90").has_at_most(0));
    assert!(!Exact::Ratio(ratio(1, 3)).has_at_most(40));
    assert!(Exact::Root(ratio(1, 4)).has_at_most(1) && !Exact::Root(ratio(1, 4)).has_at_most(0));
    assert!(!Exact::Root(ratio(2, 1)).has_at_most(40) && !Exact::Root(ratio(1, 10)).has_at_most(1));
    assert_eq!(Exact::ratio(BigInt::from(1), BigInt::from(0)), None);
    assert_eq!(Exact::root(ratio(-1, 4)), None);
    assert_eq!(Exact::from_u64(u64::MAX).rounded(0), u64::MAX.to_string());
}

#[test]
fn ties_go_away_from_zero_and_zero_has_no_sign() {
    for (text, decimals, expected) in [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("5.875", 1, "5.9"),
        ("0.05", 1, "0.1"),
        ("-0.04", 1, "0.0"),
        ("12.5", 0, "13"),
    ] {
        assert_eq!(Exact::from(decimal(text)).rounded(decimals), expected);
    }
    // 2.675 and 0.15 are a little less in binary, 2.5 is itself.
    for (value, decimals, expected) in [(2.675, 2, "2.67"), (0.15, 1, "0.1"), (2.5, 0, "3"), (-1e-9, 3, "0.000")] {
        assert_eq!(round_real(value, decimals).unwrap(), expected);
    }
    assert_eq!((round_real(f64::NAN, 2), round_real(f64::INFINITY, 2)), (None, None));
}

const LIMIT: i64 = 1_000_000_000_000_000_000;
const NUMBER_OR_ANY_TEXT: &str = "[-+\u{2212}]?[0-9]{0,20}[.]?[0-9]{0,20}([eE][-+]?[0-9]{1,3})?|.{0,8}";

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn what_is_printed_reads_back(mantissa in 1 - LIMIT..LIMIT, scale in 0_u8..=18) {
        let value = Decimal::new(mantissa, scale);
        let read = decimal(&value.to_string());
        prop_assert_eq!((read.mantissa(), read.scale()), (mantissa, scale));
        prop_assert_eq!(Exact::from(value).rounded(u32::from(scale)), value.to_string());
    }

    #[test]
    fn no_text_panics_and_rust_agrees_on_the_value(text in NUMBER_OR_ANY_TEXT) {
        if let Ok(value) = Decimal::parse(&text) {
            let expected: f64 = number(&text.replace('\u{2212}', "-"));
            prop_assert_eq!(Exact::from(value).to_f64(), expected);
        }
    }

    #[test]
    fn a_printed_number_is_within_half_a_unit(numerator: i64, denominator in 1_i64.., decimals in 0_u32..12) {
        let value = ratio(numerator, denominator);
        let printed = Exact::Ratio(value.clone()).rounded(decimals);
        let read = ratio(number::<BigInt>(&printed.replace('.', "")), BigInt::from(10).pow(decimals));
        let unit = ratio(1, BigInt::from(10).pow(decimals));
        let error = if value < read { &read - &value } else { &value - &read };
        prop_assert!(error <= unit / BigInt::from(2), "{} as {}", value, printed);
        let root = Exact::Root(&value * &value);
        let sign = if printed.starts_with('-') { 1 } else { 0 };
        prop_assert_eq!(root.rounded(decimals), &printed[sign..]);
    }
}
