//! What a report prints, read with its digits.

use super::{figure, laws, printed};
use calc_series::check::arithmetic::Comparator;
use calc_series::check::arithmetic::{BoundedFigure, Figure, Printed, PrintedRange, Spread};
use calc_series::decimal::Decimal;
use proptest::prelude::*;

fn ends(low: &str, high: &str, spread: Spread) -> PrintedRange {
    PrintedRange { low: figure(low), high: figure(high), spread }
}

/// A number with its ends, as their text names them.
fn around(value: &str, low: &str, high: &str, spread: Spread) -> Printed {
    Printed::WithInterval { value: figure(value), ends: ends(low, high, spread) }
}

fn number(text: &str) -> Printed {
    Printed::Number(figure(text))
}

#[test]
fn numbers_keep_their_digits() {
    for (text, expected) in [
        ("5.9", "5.9"),
        ("04", "4"),
        ("5.90", "5.90"),
        (".04", "0.04"),
        ("-2.5", "-2.5"),
        ("\u{2212}2.5", "-2.5"),
        ("1,280", "1280"),
        ("429 000", "429000"),
        ("429\u{202f}000", "429000"),
        ("1,280,000.5", "1280000.5"),
        ("four", "4"),
        ("Four", "4"),
        ("zero", "0"),
        ("Nineteen", "19"),
        ("twenty", "20"),
        ("forty-three", "43"),
        ("ninety", "90"),
        ("one hundred", "100"),
        ("only one", "1"),
        (" only  2 ", "2"),
    ] {
        assert_eq!(printed(text), number(expected), "{text}");
    }
    assert_ne!(number("80"), number("80.0"));
}

#[test]
fn counts_and_percentages_are_read() {
    let of = |n, of, percent: Option<&str>| Printed::OfN { n, of, percent: percent.map(figure), interval: None };
    for (text, expected) in [
        ("80 %", Printed::Percent(figure("80"))),
        ("80%", Printed::Percent(figure("80"))),
        ("28.50 percent", Printed::Percent(figure("28.50"))),
        ("4 of 5", of(4, 5, None)),
        ("4/5", of(4, 5, None)),
        ("04 out of 05", of(4, 5, None)),
        ("four of the five", of(4, 5, None)),
        ("only one of five", of(1, 5, None)),
        ("all five", of(5, 5, None)),
        ("none of 5", of(0, 5, None)),
        ("4 of 5 (80 %)", of(4, 5, Some("80"))),
        ("4/5 (80.0%)", of(4, 5, Some("80.0"))),
        ("80 % (4/5)", of(4, 5, Some("80"))),
        ("4 (80%)", Printed::CountPercent { n: 4, percent: figure("80") }),
        ("80% [4]", Printed::CountPercent { n: 4, percent: figure("80") }),
        ("all", Printed::All),
        ("None", Printed::None),
    ] {
        assert_eq!(printed(text), expected, "{text}");
    }
}

#[test]
fn spreads_intervals_and_limits_are_read() {
    let interval = Printed::Interval(ends("2.5", "10", Spread::Unnamed));
    for text in ["2.5-10", "2.5 to 10", "2.5\u{2013}10", "2.5 - 10", "2.5 \u{2014}10"] {
        assert_eq!(printed(text), interval, "{text}");
    }
    assert_eq!(printed("-5 to -2"), Printed::Interval(ends("-5", "-2", Spread::Unnamed)));
    assert_eq!(printed("-5--2"), printed("-5 to -2"));
    let confidence = Spread::Confidence(Some(figure("95")));
    for (text, spread) in [
        ("6 (5-10)", Spread::Unnamed),
        ("6 [5 to 10]", Spread::Unnamed),
        ("6 (5; 10)", Spread::Unnamed),
        ("6 (5\u{2011}10)", Spread::Unnamed),
        ("six (range 5\u{2013}10)", Spread::Range),
        ("6 (IQR 5-10)", Spread::Quartiles),
        ("6 (Q1 5, Q3 10)", Spread::Quartiles),
        ("6 (95% CI 5-10)", confidence),
        ("6 (CI 95%: 5-10)", confidence),
        ("6 (CI 5-10)", Spread::Confidence(None)),
    ] {
        assert_eq!(printed(text), around("6", "5", "10", spread), "{text}");
    }
    let both = (ends("5", "10", Spread::Quartiles), ends("2", "13", Spread::Range));
    assert_eq!(
        printed("7 (IQR 5\u{2013}10, range 2\u{2013}13)"),
        Printed::WithTwoIntervals { value: figure("7"), both }
    );
    let mean_sd = Printed::MeanSd { mean: figure("5.9"), sd: figure("2.7") };
    for text in [
        "5.9 ± 2.7",
        "5.9±2.7",
        "5.9 +/- 2.7",
        "5.9 (SD 2.7)",
        "5.9 (\u{b1}2.7)",
        "5.9 (SD: 2.7)",
        "5.9 (SD, 2.7)",
        "5.9 \u{b1} 2.7 SD",
    ] {
        assert_eq!(printed(text), mean_sd, "{text}");
    }
    let mean_se = Printed::MeanSe { mean: figure("7.4"), se: figure("0.64") };
    for text in ["7.4 (SEM 0.64)", "7.4 (SE: 0.64)", "7.4 (s.e.m. 0.64)", "7.4 \u{b1} 0.64 (standard error)"] {
        assert_eq!(printed(text), mean_se, "{text}");
    }
    let censored = |comparator, text| Printed::Censored { comparator, figure: figure(text) };
    assert_eq!(printed(">1280"), censored(Comparator::Above, "1280"));
    assert_eq!(printed("< 0.001"), censored(Comparator::Below, "0.001"));
    assert_eq!(printed("<=5"), censored(Comparator::AtMost, "5"));
    assert_eq!(printed("≤5"), printed("<=5"));
    assert_eq!(printed("≥ 5"), censored(Comparator::AtLeast, "5"));
}

#[test]
fn the_cells_of_our_own_tables_are_read() {
    let interval = Some(ends("51", "100", Spread::Unnamed));
    let all = Printed::OfN { n: 4, of: 4, percent: Some(figure("100")), interval };
    for text in ["4/4 (100%; 51–100%)", "4 of 4 (100 %; 51 % to 100 %)"] {
        assert_eq!(printed(text), all, "{text}");
    }
    assert_eq!(printed("38–96%"), Printed::PercentInterval(ends("38", "96", Spread::Unnamed)));
    assert_eq!(printed("6 (5, 6.5)"), around("6", "5", "6.5", Spread::Unnamed));
    let above = BoundedFigure { comparator: Some(Comparator::Above), figure: figure("1280") };
    assert_eq!(printed(">1280 (>1280, >1280)"), Printed::WithBounds { value: above, low: above, high: above });
    assert_eq!(
        printed("640 (160, >1280)"),
        Printed::WithBounds { value: figure("640").into(), low: figure("160").into(), high: above }
    );
    assert_eq!(
        Printed::parse_mean("5.9 (2.7)"),
        Ok(Printed::MeanSd { mean: figure("5.9"), sd: figure("2.7") }),
        "in brackets behind a mean stands its SD"
    );
    assert!(Printed::parse("4/4 (100%; 51)").is_err() && Printed::parse(">5 (3)").is_err());
}

/// What authors print beside the bare number.
#[test]
fn numbers_are_read_as_authors_print_them() {
    let ratio = |spread| around("4.01", "1.08", "14.87", spread);
    let confidence = Spread::Confidence(Some(figure("95")));
    let censored = |text| Printed::Censored { comparator: Comparator::Below, figure: figure(text) };
    let share = |interval| Printed::OfN { n: 4, of: 5, percent: Some(figure("80")), interval };
    let not_significant = Printed::Censored { comparator: Comparator::AtLeast, figure: figure("0.05") };
    for (text, expected) in [
        ("n = 24", Printed::Number(figure("24"))),
        ("n=24 (48%)", Printed::CountPercent { n: 24, percent: figure("48") }),
        ("two patients", Printed::Number(figure("2"))),
        ("4 of the 5 patients (80%)", printed("4 of 5 (80%)")),
        ("all patients", Printed::All),
        ("both", printed("2 of 2")),
        ("half", Printed::Percent(figure("50"))),
        ("a third", Printed::Percent(figure("33"))),
        ("two-thirds", Printed::Percent(figure("67"))),
        ("one-half", Printed::Percent(figure("50"))),
        ("a tenth", Printed::Percent(figure("10"))),
        ("P = 0.013", Printed::Number(figure("0.013"))),
        ("p < 0.05", censored("0.05")),
        ("p<0.001", censored("0.001")),
        ("0.72 (0.50, 1.04)", around("0.72", "0.50", "1.04", Spread::Unnamed)),
        ("4.01 (95% CI, 1.08–14.87)", ratio(confidence)),
        ("4.01 (95 % CI: 1.08 to 14.87)", ratio(confidence)),
        ("4.01, 95% CI 1.08–14.87", ratio(confidence)),
        ("4.01 (95% confidence interval 1.08–14.87)", ratio(confidence)),
        ("6 (interquartile range 5–10)", around("6", "5", "10", Spread::Quartiles)),
        ("range 2.5–10", Printed::Interval(ends("2.5", "10", Spread::Range))),
        ("4/5 (80%; 95% CI 38–96%)", share(Some(ends("38", "96", confidence)))),
        ("4/5 (80%; 95% CI 38–96)", share(Some(ends("38", "96", confidence)))),
        (
            "80% (95% CI 38–96)",
            Printed::PercentWithInterval { percent: figure("80"), ends: ends("38", "96", confidence) },
        ),
        ("80% (n=4)", printed("4 (80%)")),
        ("(4/5)", printed("4/5")),
        ("4 (of 5)", printed("4/5")),
        ("all but one", Printed::AllBut(1)),
        ("all but one of 5", printed("4/5")),
        ("no patient", Printed::None),
        ("58\u{b7}3%", printed("58.3%")),
        ("NS", not_significant.clone()),
        ("p = NS", not_significant),
        ("p-value 0.64", number("0.64")),
        ("P value = 0.64", number("0.64")),
        ("1.4 to 1", printed("1.4:1")),
        ("\u{bd}", printed("half")),
        ("\u{2154}", printed("two-thirds")),
    ] {
        assert_eq!(printed(text), expected, "{text}");
    }
}

#[test]
fn a_unit_is_read_beside_its_number() {
    for (text, number, unit) in [
        ("50 years", "50", Some("years")),
        ("5.9 years of age", "5.9", Some("years")),
        ("6 months old", "6", Some("months")),
        ("6.3 cm", "6.3", Some("cm")),
        ("27 months (12–48 months)", "27 (12–48)", Some("months")),
        ("10.7 g/dL", "10.7", Some("g/dL")),
        ("2.5–10 years", "2.5-10", Some("years")),
        ("5", "5", None),
    ] {
        let (value, read) = Printed::parse_with_unit(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!((value, read.map(|unit| unit.to_string())), (printed(number), unit.map(str::to_owned)), "{text}");
    }
}

/// Refused texts, each with a part of the message.
#[test]
fn other_texts_are_refused_with_a_remedy() {
    for (text, message) in [
        ("5,9", "write 5.9 if that is meant"),
        ("0,280", "write 0.280 if that is meant"),
        ("1,28", "write 1.28 if that is meant"),
        ("5·9·1", "one decimal point"),
        ("1.2.3", "one decimal point"),
        ("", "is empty"),
        ("5.9 years", "has a unit, years"),
        ("27 months (1-4 years)", "has two units"),
        ("years", "not understood"),
        ("n = n = 5", "not understood"),
        ("half a dozen", "not understood"),
        ("5.9 (2.7)", "write 5.9 ± 2.7 for a mean with its SD"),
        ("4.5 of 5", "4.5 is not a number of cases"),
        ("-1 of 5", "-1 is not a number of cases"),
        ("10-2.5", "write 2.5 to 10"),
        ("5.9 ± -2", "an SD of -2 is impossible"),
        ("5.", "not a number"),
        ("5 10", "not understood as a printed value"),
        ("1e3", "'e3' is not understood"),
        ("4 of", "not understood as a printed value"),
        ("NaN", "not understood"),
        ("1234567890123456789", "out of range"),
        ("fourty", "not understood"),
    ] {
        let fault = Printed::parse(text).expect_err(text);
        assert!(fault.to_string().contains(message), "{text}: {fault}");
        assert!(!fault.remedy.is_empty(), "{text}");
    }
}

fn any_figure() -> impl Strategy<Value = Figure> {
    (-999_999_i64..=999_999, 0_u8..6).prop_map(|(mantissa, scale)| Figure::new(Decimal::new(mantissa, scale)))
}

fn any_printed() -> impl Strategy<Value = Printed> {
    let two = || (any_figure(), any_figure()).prop_map(|(a, b)| if a.value() <= b.value() { (a, b) } else { (b, a) });
    let positive = || any_figure().prop_filter("not negative", |figure| !figure.is_negative());
    let comparator =
        || prop::sample::select(vec![Comparator::Below, Comparator::AtMost, Comparator::Above, Comparator::AtLeast]);
    let spread = || {
        let level = Figure::new(Decimal::from_int(95));
        let known = [Spread::Unnamed, Spread::Range, Spread::Quartiles, Spread::Confidence(Some(level))];
        prop::sample::select(known.to_vec())
    };
    let bounded = |sign| {
        (prop::option::of(sign), any_figure()).prop_map(|(comparator, figure)| BoundedFigure { comparator, figure })
    };
    prop_oneof![
        any_figure().prop_map(Printed::Number),
        any_figure().prop_map(Printed::Percent),
        (any::<u32>(), any::<u32>(), prop::option::of((positive(), prop::option::of(two())))).prop_map(
            |(n, of, percent)| Printed::OfN {
                n: n.into(),
                of: of.into(),
                percent: percent.map(|(percent, _)| percent),
                interval: percent.and_then(|(_, interval)| interval).map(|(low, high)| PrintedRange {
                    low,
                    high,
                    spread: Spread::Unnamed
                }),
            }
        ),
        (two(), spread()).prop_map(|((low, high), spread)| Printed::PercentInterval(PrintedRange {
            low,
            high,
            spread
        })),
        (positive(), two(), spread()).prop_map(|(percent, (low, high), spread)| Printed::PercentWithInterval {
            percent,
            ends: PrintedRange { low, high, spread },
        }),
        (bounded(comparator()), bounded(comparator()), any_figure(), comparator()).prop_map(
            |(value, low, figure, sign)| {
                Printed::WithBounds { value, low, high: BoundedFigure { comparator: Some(sign), figure } }
            }
        ),
        (any::<u32>(), positive()).prop_map(|(n, percent)| Printed::CountPercent { n: n.into(), percent }),
        (any_figure(), positive()).prop_map(|(mean, sd)| Printed::MeanSd { mean, sd }),
        (any_figure(), positive()).prop_map(|(mean, se)| Printed::MeanSe { mean, se }),
        (two(), spread()).prop_map(|((low, high), spread)| Printed::Interval(PrintedRange { low, high, spread })),
        (any_figure(), two(), spread()).prop_map(|(value, (low, high), spread)| Printed::WithInterval {
            value,
            ends: PrintedRange { low, high, spread }
        }),
        any::<u32>().prop_map(|n| Printed::AllBut(n.into())),
        (comparator(), any_figure()).prop_map(|(comparator, figure)| Printed::Censored { comparator, figure }),
        Just(Printed::All),
        Just(Printed::None),
    ]
}

proptest! {
    #![proptest_config(laws())]

    #[test]
    fn what_is_written_is_read_back(value in any_printed()) {
        prop_assert_eq!(Printed::parse(&value.to_string()), Ok(value));
    }

    #[test]
    fn thousands_are_read_back(value in 1_000_u64..100_000_000_000, separator in prop::sample::select(vec![',', ' ', '\u{a0}'])) {
        let digits = value.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        prop_assert_eq!(Printed::parse(&text), Ok(number(&digits)));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,30}", parts in "([0-9]{0,4}|[-.,/ ()\\[\\]%±<>]|of|to|all|one|hundred|twenty|–){0,10}") {
        let _ = Printed::parse(&text);
        let _ = Printed::parse(&parts);
    }
}
