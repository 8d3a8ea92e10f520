use super::*;
use num_rational::Ratio;
use num_traits::CheckedMul;
use proptest::prelude::*;

/// The duration in a unit as a fraction.
fn in_unit(duration: &Duration, unit: TimeUnit) -> Option<Ratio<i128>> {
    let (numerator, parts, scale) = duration.in_unit(unit)?;
    Some(Ratio::new(numerator, i128::from(parts).checked_mul(10_i128.checked_pow(scale.into())?)?))
}

fn read(text: &str) -> Option<Duration> {
    duration(text, NumberFormat::default())
}

/// As printed; empty where it is none.
fn shown(text: &str) -> String {
    read(text).map_or(String::new(), |duration| duration.to_string())
}

#[test]
fn every_word_has_one_unit() {
    let words = UNITS.words().count();
    assert!(words > 70, "only {words} words");
    assert!(TimeUnit::ALL.into_iter().all(|unit| TimeUnit::of_word(unit.word()) == Some(unit)));
    for (word, unit) in UNITS.iter() {
        assert_eq!((plain(word).as_str(), TimeUnit::of_word(word)), (word, Some(unit)));
    }
    assert_eq!([TimeUnit::of_word("m"), TimeUnit::of_word("a")], [None, None]);
    assert_eq!(TimeUnit::of_word("Años"), Some(TimeUnit::Years));
}

/// How durations are written, and what they are.
const DURATIONS: &[(&str, &str)] = &[
    ("30 months", "30 months"),
    ("30months", "30 months"),
    ("2y6m", "2 years 6 months"),
    ("2Y6M", "2 years 6 months"),
    ("2 y 6 m", "2 years 6 months"),
    ("2 y 3 mo 5 d", "2 years 3 months 5 days"),
    ("10 days", "10 days"),
    ("3 wk", "3 weeks"),
    ("3 wks.", "3 weeks"),
    ("P12D", "12 days"),
    ("P1M10D", "1 months 10 days"),
    ("P4W", "4 weeks"),
    ("P2Y6M", "2 years 6 months"),
    ("P1DT12H", "1 days 12 hours"),
    ("PT90M", "90 minutes"),
    ("1 year, 4 months", "1 years 4 months"),
    ("1 year and 4 months", "1 years 4 months"),
    ("6-years-old", "6 years"),
    ("6 years old", "6 years"),
    ("06 years", "6 years"),
    ("6 y/o", "6 years"),
    ("5 yrs", "5 years"),
    ("5 yrs.", "5 years"),
    ("5 year(s)", "5 years"),
    ("2.5 years", "2.5 years"),
    ("2 Jahre", "2 years"),
    ("2 Jahre und 3 Monate", "2 years 3 months"),
    ("6 Monate", "6 months"),
    ("3 ans", "3 years"),
    ("3 ans et 2 mois", "3 years 2 months"),
    ("8 mois", "8 months"),
    ("2 années", "2 years"),
    ("2 años", "2 years"),
    ("2 an\u{303}os", "2 years"),
    ("2 años y 3 meses", "2 years 3 months"),
    ("10 meses", "10 months"),
    ("5 días", "5 days"),
    ("2 anni", "2 years"),
    ("2 anni e 3 mesi", "2 years 3 months"),
    ("3 mesi", "3 months"),
    ("4 giorni", "4 days"),
    ("3 semanas", "3 weeks"),
    ("3 settimane", "3 weeks"),
    ("3 Wochen", "3 weeks"),
    ("3 Tage", "3 days"),
    ("3 semaines", "3 weeks"),
    ("3 jours", "3 days"),
    ("3 anos", "3 years"),
    ("3 dias", "3 days"),
    ("36 h", "36 hours"),
    ("90 min", "90 minutes"),
    ("<3 months", "<3 months"),
    (">= 2 y", ">=2 years"),
    ("≥2 y", ">=2 years"),
    ("> 24 months", ">24 months"),
    ("2 y+", ">=2 years"),
    ("24 months +", ">=24 months"),
    ("2+ years", ">=2 years"),
    ("10+yrs", ">=10 years"),
    ("3 m.o.", "3 months"),
    ("12\u{a0}months", "12 months"),
    (" 3 mo ", "3 months"),
    ("2½ y", "2.5 years"),
    ("2 J 6 Mo", "2 years 6 months"),
    ("2 J. 6 M.", "2 years 6 months"),
    ("3j5m", "3 years 5 months"),
    ("½ y", "0.5 years"),
    ("1¾ años", "1.75 years"),
    ("1 1/2 years", "1.5 years"),
];

#[test]
fn durations_as_they_are_written() {
    for &(text, expected) in DURATIONS {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_duration() {
    for text in [
        "",
        "12",
        "12+",
        ">24",
        "neonate",
        "30s",
        "6/12",
        "3/12",
        "m",
        "y",
        "P",
        "PT",
        "P1",
        "P1DT",
        "P1H",
        "P1M2Y",
        "3 to 4 months",
        "3-4 months",
        "2 years 14 months",
        "2.5 years 3 months",
        "6 months 2 years",
        "2 years 2 years",
        "1 year lost",
        "12 M",
        "3A",
        "34M",
        "6F",
        "12 y/F",
        "12yM",
        "5 years 3",
        "2 months ago",
        "about 3 months",
        "-3 months",
        "<3 months+",
        "3 months++",
        "2+ years 3 months",
        "2 +years",
        "2++ years",
        "<2+ years",
        "2+ years+",
        "1,5 years",
        "3 months, then lost",
        "2 weeks 8 days",
        "3 j",
        "34 J.",
        "3 j 2 d",
        "10 D",
        "1L",
        "99999999999999999999 years",
        "2½",
        "1½½ y",
        "2.5½ y",
        "6/12 y",
        "1 1/22 y",
    ] {
        assert_eq!(shown(text), "", "{text}");
    }
}

#[test]
fn letters_of_two_meanings_are_marked() {
    let marks = |text: &str| read(text).map(|duration| (duration.bare_m, duration.letter_a));
    assert_eq!(marks("18m"), Some((true, false)));
    assert_eq!(marks("6 m"), Some((true, false)));
    assert_eq!(marks("6 m 3 d"), Some((true, false)));
    assert_eq!(marks("2y6m"), Some((false, false)));
    assert_eq!(marks("P6M"), Some((false, false)));
    assert_eq!(marks("1a"), Some((false, true)));
    assert_eq!(marks("2a 6m"), Some((false, true)));
}

#[test]
fn an_a_before_a_larger_number_is_a_range() {
    for text in ["2 a 3 meses", "2 a 3 m", "2 a 3 mesi", "12 a 18 months"] {
        assert_eq!(shown(text), "", "{text}");
    }
    for (text, meant) in
        [("3 a 2 meses", "3 years 2 months"), ("3 a 3 m", "3 years 3 months"), ("2a 3m", "2 years 3 months")]
    {
        assert_eq!(shown(text), meant, "{text}");
    }
}

#[test]
fn a_half_stands_behind_its_unit() {
    for (text, meant) in [
        ("1 año y medio", "1.5 years"),
        ("2 años y medio", "2.5 years"),
        ("un an et demi", ""),
        ("1 an et demi", "1.5 years"),
        ("3 ans et demi", "3.5 years"),
        ("1 anno e mezzo", "1.5 years"),
        ("1 ano e meio", "1.5 years"),
        ("1 semana y media", "1.5 weeks"),
        ("1.5 año y medio", ""),
        ("1 año y medio mes", ""),
    ] {
        assert_eq!(shown(text), meant, "{text}");
    }
}

#[test]
fn a_bound_stands_before_or_behind() {
    assert_eq!(bound("12+"), (Some(Comparator::AtLeast), "12"));
    assert_eq!(bound(" > 24"), (Some(Comparator::Above), "24"));
    assert_eq!(bound("12"), (None, "12"));
    assert_eq!(bound("<12+"), (Some(Comparator::Below), "12+"));
    assert_eq!(bound("++"), (None, "++"));
}

#[test]
fn decimal_commas_are_those_of_the_file() {
    let comma = NumberFormat { decimal_comma: true, field_delimiter: None };
    assert_eq!(duration("1,5 Jahre", comma).unwrap().years, Some(Decimal::new(15, 1)));
    assert_eq!(duration("1.5 Jahre", comma), None);
    assert_eq!(duration("1 Jahr, 4 Monate", comma).unwrap().months, Some(Decimal::from_int(4)));
}

#[test]
fn units_are_converted_exactly() {
    for (text, unit, numerator, denominator) in [
        ("30 months", TimeUnit::Years, 5, 2),
        ("2y6m", TimeUnit::Months, 30, 1),
        ("1 day", TimeUnit::Years, 4, 1461),
        ("10 days", TimeUnit::Years, 40, 1461),
        ("1 year", TimeUnit::Days, 1461, 4),
        ("1 month", TimeUnit::Days, 487, 16),
        ("3 wk", TimeUnit::Days, 21, 1),
        ("P1M10D", TimeUnit::Days, 647, 16),
        ("2.5 y", TimeUnit::Months, 30, 1),
        ("36 h", TimeUnit::Days, 3, 2),
        ("90 min", TimeUnit::Hours, 3, 2),
        ("1 week", TimeUnit::Months, 112, 487),
    ] {
        let value = read(text).and_then(|duration| in_unit(&duration, unit));
        assert_eq!(value, Some(Ratio::new(numerator, denominator)), "{text}");
    }
}

#[test]
fn one_unit_is_that_of_the_cell() {
    let only = |text: &str| read(text).and_then(|duration| duration.only_unit());
    assert_eq!([only("30 months"), only("2y6m")], [Some(TimeUnit::Months), None]);
}

#[test]
fn the_year_in_days_is_said_where_it_counts() {
    let counts = |text: &str, unit| read(text).map(|duration| duration.counts_days_a_year(unit));
    assert_eq!(counts("30 months", TimeUnit::Years), Some(false));
    assert_eq!(counts("3 wk", TimeUnit::Days), Some(false));
    assert_eq!(counts("10 days", TimeUnit::Months), Some(true));
    assert_eq!(counts("1 y 3 d", TimeUnit::Years), Some(true));
    assert_eq!(counts("2 y", TimeUnit::Days), Some(true));
}

fn part(most: i64) -> impl Strategy<Value = Option<i64>> {
    proptest::option::of(0..most)
}

prop_compose! {
    fn any_duration()(
        comparator in prop_oneof![
            Just(None), Just(Some(Comparator::Below)), Just(Some(Comparator::AtMost)), Just(Some(Comparator::Above)),
            Just(Some(Comparator::AtLeast)),
        ],
        years in part(1000), months in part(12), weeks in part(5), days in part(7), hours in part(24), minutes in part(60),
        last in 0..1000_i64, scale in 0..4_u8,
    ) -> Duration {
        let whole = |value: Option<i64>| value.map(Decimal::from_int);
        let mut duration = Duration {
            comparator, years: whole(years), months: whole(months), weeks: whole(weeks), days: whole(days),
            hours: whole(hours), minutes: whole(minutes), ..Duration::default()
        };
        if duration.parts().next().is_none() {
            duration.days = Some(Decimal::new(last, scale));
        }
        duration
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(duration in any_duration()) {
        prop_assert_eq!(read(&duration.to_string()), Some(duration).filter(Duration::is_one));
    }

    #[test]
    fn conversion_there_and_back_is_identity(duration in any_duration(), unit in 0..6_usize) {
        let unit = TimeUnit::ALL[unit];
        let there = in_unit(&duration, unit).unwrap();
        for other in TimeUnit::ALL {
            let factor = Ratio::new(unit.minutes(), other.minutes());
            prop_assert_eq!(in_unit(&duration, other), there.checked_mul(&factor));
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in ".{0,40}", comma: bool) {
        let _ = duration(&text, NumberFormat { decimal_comma: comma, field_delimiter: None });
        let _ = bound(&text);
    }

    #[test]
    fn texts_of_parts_are_read_without_harm(text in "[<>≥P]?([0-9]{1,20}[.,]?[0-9]{0,3}[ -]?(y|m|mo|a|d|Y|M|T|años|wk)[ ,-]?){0,4}[+]?") {
        if let Some(duration) = read(&text) {
            let marked = Duration { bare_m: false, letter_a: false, ..duration };
            prop_assert_eq!(read(&duration.to_string()), Some(marked));
            let _ = duration.in_unit(TimeUnit::Minutes);
        }
    }
}
