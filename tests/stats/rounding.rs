//! The conventions of rounding, against the programs they come from.

use super::{number, oracle, ratio};
use calc_series::decimal::{Decimal, Exact, Rounding};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::from(Decimal::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}")))
}

#[test]
fn ties_go_where_each_convention_sends_them() {
    for (text, decimals, expected) in [
        ("0.5", 0, ["1", "1", "0", "0", "0"]),
        ("1.5", 0, ["2", "2", "2", "2", "2"]),
        ("2.5", 0, ["3", "3", "2", "2", "2"]),
        ("-2.5", 0, ["-3", "-3", "-2", "-2", "-2"]),
        ("-0.5", 0, ["-1", "-1", "0", "0", "0"]),
        ("0.125", 2, ["0.13", "0.13", "0.12", "0.12", "0.12"]),
        ("2.675", 2, ["2.68", "2.68", "2.68", "2.67", "2.67"]),
        ("1.005", 2, ["1.01", "1.01", "1.00", "1.00", "1.00"]),
        ("0.15", 1, ["0.2", "0.2", "0.2", "0.1", "0.1"]),
        ("0.45", 1, ["0.5", "0.5", "0.4", "0.5", "0.4"]),
        ("4.45", 1, ["4.5", "4.5", "4.4", "4.5", "4.4"]),
        ("0.05", 1, ["0.1", "0.1", "0.0", "0.1", "0.0"]),
        ("-0.05", 1, ["-0.1", "-0.1", "0.0", "-0.1", "0.0"]),
        ("2.4999999851", 0, ["2", "3", "2", "2", "2"]),
        ("2.4999999850", 0, ["2", "2", "2", "2", "2"]),
    ] {
        let found = Rounding::ALL.map(|rounding| exact(text).rounded_by(decimals, rounding));
        assert_eq!(found, expected, "{text} with {decimals} decimals");
    }
}

#[test]
fn r_rounds_and_prints_as_here() {
    for row in oracle(include_str!("../oracle/rounding_r.csv"), 1064) {
        let (value, decimals) = (exact(row[0]), number(row[1]));
        let found = [Rounding::R, Rounding::Binary, Rounding::HalfUpEpsilon].map(|r| value.rounded_by(decimals, r));
        assert_eq!(found, [row[2], row[3], row[4]], "{row:?}");
    }
}

#[test]
fn roots_follow_the_conventions_too() {
    let root = |numerator: i64, denominator: i64| Exact::root(ratio(numerator, denominator)).unwrap();
    // The root of 25/4 is 2.5, that of 81/400 is 0.45; that of 2 is no tie of any convention.
    let found = |value: Exact, decimals| Rounding::ALL.map(|rounding| value.rounded_by(decimals, rounding));
    assert_eq!(found(root(25, 4), 0), ["3", "3", "2", "2", "2"]);
    assert_eq!(found(root(81, 400), 1), ["0.5", "0.5", "0.4", "0.5", "0.4"]);
    assert_eq!(found(root(2, 1), 6), ["1.414214"; 5]);
    // (3/2 - 2^-27)^2 lies within the nudge of `cards`, and is below the tie of the others.
    let near = ratio(3, 2) - ratio(1, 1_i64 << 27);
    assert_eq!(found(Exact::root(&near * &near).unwrap(), 0), ["1", "2", "1", "1", "1"]);
}

#[test]
fn significant_digits_keep_their_zeros() {
    for (text, digits, expected) in [
        ("0.9001", 3, "0.900"),
        ("12345", 3, "12300"),
        ("1.2", 3, "1.20"),
        ("1", 3, "1.00"),
        ("0.1", 3, "0.100"),
        ("0.00001", 3, "0.0000100"),
        ("1e5", 3, "100000"),
        ("9.996", 3, "10.0"),
        ("999.6", 3, "1000"),
        ("-0.09996", 3, "-0.100"),
        ("12350", 3, "12400"),
        ("2017", 18, "2017.00000000000000"),
        ("5", 1, "5"),
        ("95", 1, "100"),
        ("0", 3, "0"),
        ("0.000", 3, "0"),
        ("7", 0, "7"),
    ] {
        assert_eq!(exact(text).rounded_to_significant(digits, Rounding::HalfUp), expected, "{text}, {digits} digits");
    }
    assert_eq!(exact("12350").rounded_to_significant(3, Rounding::HalfEven), "12400");
    assert_eq!(exact("12450").rounded_to_significant(3, Rounding::HalfEven), "12400");
    assert_eq!(exact("12450").rounded_to_significant(3, Rounding::R), "12400");
    assert_eq!(Exact::root(ratio(73, 10)).unwrap().rounded_to_significant(4, Rounding::HalfUp), "2.702");
}

#[test]
fn a_word_names_one_convention() {
    for rounding in Rounding::ALL {
        assert_eq!(rounding.word().parse(), Ok(rounding));
    }
    let unknown = "half-upp".parse::<Rounding>().unwrap_err();
    assert_eq!(unknown.to_string(), "'half-upp' is not a valid rounding mode");
    let words = "half-up, half-up-epsilon, half-even, binary, r-round";
    assert_eq!(unknown.remedy(), format!("did you mean 'half-up'? Possible values: {words}"));
    assert_eq!("x".parse::<Rounding>().unwrap_err().remedy(), format!("possible values: {words}"));
}

/// The printed number as a fraction, and the distance of a value from it in units of its last decimal.
fn distance(printed: &str, value: &BigRational, decimals: u32) -> BigRational {
    let power = BigInt::from(10).pow(decimals);
    let read = ratio(number::<BigInt>(&printed.replace('.', "")), power.clone());
    let difference = if *value < read { read - value } else { value - read };
    difference * power
}

fn fraction_of(value: f64) -> BigRational {
    BigRational::from_float(value).expect("a finite number")
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn a_printed_number_is_within_its_own_interval(numerator: i64, denominator in 1_i64.., decimals in 0_u32..12) {
        let value = ratio(numerator, denominator);
        let exact = Exact::Ratio(value.clone());
        let half = ratio(1, 2);
        for rounding in Rounding::ALL {
            let printed = exact.rounded_by(decimals, rounding);
            let rounded = if rounding.is_binary() { fraction_of(exact.to_f64()) } else { value.clone() };
            let slack = match rounding {
                Rounding::HalfUpEpsilon => ratio(1, 1_i64 << 26),
                // The two candidates are doubles themselves, each half a unit in the last place off.
                Rounding::R => fraction_of((exact.to_f64().abs() + 1.0) * 4.0 * f64::EPSILON)
                    * BigInt::from(10).pow(decimals),
                _ => ratio(0, 1),
            };
            prop_assert!(distance(&printed, &rounded, decimals) <= &half + slack, "{}: {}", rounding, printed);
            prop_assert!(!printed.starts_with("-0") || printed.contains(|c| ('1'..='9').contains(&c)));
        }
    }

    #[test]
    fn half_up_and_half_even_differ_only_in_ties(numerator in -100_000_i64..100_000, decimals in 0_u32..4) {
        let value = ratio(numerator, 2_000);
        let exact = Exact::Ratio(value.clone());
        let (up, even) = (exact.rounded(decimals), exact.rounded_by(decimals, Rounding::HalfEven));
        let is_tie = distance(&up, &value, decimals) == ratio(1, 2);
        if is_tie {
            prop_assert!(even.ends_with(['0', '2', '4', '6', '8']));
        } else {
            prop_assert_eq!(up, even);
        }
    }

    #[test]
    fn rust_prints_the_nearest_double_alike(value in -1e6_f64..1e6, decimals in 0_u32..9) {
        // Rust formats the exact binary value, ties to even, as C does.
        let places = decimals as usize;
        let expected = format!("{value:.places$}");
        let expected = if expected.contains(|c| ('1'..='9').contains(&c)) { expected } else { expected.replace('-', "") };
        let exact = Exact::from_f64(value).expect("a finite number");
        prop_assert_eq!(exact.rounded_by(decimals, Rounding::Binary), expected);
    }

    #[test]
    fn significant_digits_are_as_many_as_asked(numerator in 1_i64.., denominator in 1_i64.., digits in 1_u32..12) {
        for exact in [Exact::Ratio(ratio(numerator, denominator)), Exact::root(ratio(numerator, denominator)).unwrap()] {
            let printed = exact.rounded_to_significant(digits, Rounding::HalfUp);
            let significant = printed.replace('.', "").trim_start_matches('0').len();
            prop_assert!(significant as u32 >= digits, "{printed}");
            prop_assert!(significant as u32 == digits || !printed.contains('.'), "{printed}");
            let relative = (number::<f64>(&printed) / exact.to_f64() - 1.0).abs();
            prop_assert!(relative <= 0.500_001 * 10_f64.powi(1 - digits as i32), "{printed}");
        }
    }
}
