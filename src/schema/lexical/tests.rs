use super::*;
use crate::schema::missing_words::certainly_missing;
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn class(text: &str) -> Lexeme<'_> {
    classify(text, NumberFormat::default())
}

fn with_comma(text: &str) -> Lexeme<'_> {
    classify(text, NumberFormat { decimal_comma: true, field_delimiter: None })
}

/// Comparator sign, value, unit and stated word of a measurement.
fn parts(text: &str) -> (&str, String, &str, &str) {
    match class(text) {
        Lexeme::Measurement(m) => (
            m.comparator.map_or("", Comparator::sign),
            m.value.to_string(),
            m.unit.unwrap_or(""),
            m.stated.unwrap_or(""),
        ),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn missing_tokens_give_their_reason() {
    for text in
        ["", " ", "NA", "n/a", "NR", "Null", ".", "--", "?", "Unknown", "not reported", "N.R.", "missing", "NaN"]
    {
        assert_eq!(class(text), Lexeme::Missing(MissingReason::NotReported), "{text}");
    }
    assert_eq!(class("Not done"), Lexeme::Missing(MissingReason::NotDone));
    assert_eq!(class(" not applicable "), Lexeme::Missing(MissingReason::NotApplicable));
    for text in ["none", "no", "0", "nd", "lost", "#REF!"] {
        assert_eq!(certainly_missing(text), None, "{text}");
    }
    assert_eq!([class("ND"), class("lost"), class("#REF!")], [Lexeme::Absent, Lexeme::Absent, Lexeme::FailedFormula]);
    assert_eq!([class("-"), class("(+)")], [Lexeme::Sign(Sign::Minus), Lexeme::Sign(Sign::Plus)]);
}

#[test]
fn look_alike_missing_tokens_are_seen() {
    for text in ["n.a.", "N.A", "#N/A", "unk", "Not Available", "nd", "N. D.", "(unknown)", "not-reported", "pending"] {
        assert!(looks_missing(text), "{text}");
    }
    for text in ["NA", "", "none", "nil", "normal", "knee", "0", "999", "no", "lost", "♀"] {
        assert!(!looks_missing(text), "{text}");
    }
}

#[test]
fn measurements_are_taken_apart() {
    for (text, expected) in [
        ("5", ("", "5", "", "")),
        ("-1.50", ("", "-1.50", "", "")),
        ("2018", ("", "2018", "", "")),
        ("10.7 g/dL", ("", "10.7", "g/dL", "")),
        ("10.7g/dL", ("", "10.7", "g/dL", "")),
        ("31.4%", ("", "31.4", "%", "")),
        ("7340/mm3", ("", "7340", "/mm3", "")),
        ("44 mm/90mm", ("", "44", "mm/90mm", "")),
        ("5.2 x10^9/L", ("", "5.2", "x10^9/L", "")),
        ("5.2 10^9/L", ("", "5.2", "10^9/L", "")),
        ("37.5 °C", ("", "37.5", "°C", "")),
        ("192 (high)", ("", "192", "", "high")),
        ("192 U/L (high)", ("", "192", "U/L", "high")),
        ("192 H", ("", "192", "", "H")),
        ("192H", ("", "192", "", "H")),
        ("192 U/L L", ("", "192", "U/L", "L")),
        ("192 U/L within range", ("", "192", "U/L", "within range")),
        ("192 Elevated", ("", "192", "", "Elevated")),
        (">1280", (">", "1280", "", "")),
        (">1280 speckled", (">", "1280", "speckled", "")),
        (">1280 (speckled)", (">", "1280", "", "speckled")),
        ("<= 5 mg/L", ("<=", "5", "mg/L", "")),
        ("≤5", ("<=", "5", "", "")),
        ("≥ 0.5", (">=", "0.5", "", "")),
        ("<-2", ("<", "-2", "", "")),
        ("\u{2212}1.5 g/L", ("", "-1.5", "g/L", "")),
        ("+5", ("", "5", "", "")),
        (".5 mg", ("", "0.5", "mg", "")),
        ("1:80", ("", "80", "", "")),
        (">1:1280 speckled", (">", "1280", "speckled", "")),
        ("5 m", ("", "5", "m", "")),
        ("12*", ("", "12", "", "")),
        ("12 mg/L †", ("", "12", "mg/L", "")),
        ("674 [5-45]", ("", "674", "", "5-45")),
        ("6 y (at onset)", ("", "6", "y", "at onset")),
        ("5 eq", ("", "5", "eq", "")),
    ] {
        let (sign, value, unit, stated) = expected;
        assert_eq!(parts(text), (sign, value.to_owned(), unit, stated), "{text}");
    }
}

#[test]
fn an_exponent_belongs_to_the_number() {
    let Lexeme::Measurement(m) = class("1e3 U/L") else { panic!() };
    assert_eq!((m.value, m.unit), (decimal("1000"), Some("U/L")));
}

#[test]
fn titres_are_marked_and_keep_their_tail() {
    let Lexeme::Measurement(m) = class("1:80  fine speckled ") else { panic!() };
    assert_eq!((m.titre, m.value, m.tail), (true, decimal("80"), "fine speckled"));
    assert_eq!(class("1:0"), Lexeme::Word);
    assert_eq!(class("1:80:3"), Lexeme::Word);
}

#[test]
fn what_is_no_number_is_none() {
    for text in [
        "0x10",
        "1_000",
        "inf",
        "-inf",
        "1.2.3",
        "15-12",
        "120/80",
        "++",
        "+",
        "<",
        ">",
        "~5",
        "5?",
        "1st",
        "2nd",
        "5 = five",
        "5: improved?",
        "5 nodules on the left arm",
        "3, 4",
        "1 2",
        "e5",
        "- 5",
        "5;",
        "12 25(OH)D",
    ] {
        let lexeme = class(text);
        let is_none = matches!(lexeme, Lexeme::Word | Lexeme::List { .. } | Lexeme::Sign(Sign::Plus));
        assert!(is_none, "{text}: {lexeme:?}");
    }
}

#[test]
fn the_other_mark_is_never_guessed() {
    let other = |decimal_: Option<&str>, thousands: Option<&str>| Lexeme::OtherMark {
        decimal: decimal_.map(decimal),
        thousands: thousands.map(decimal),
    };
    for (text, expected) in [
        ("10,9", other(Some("10.9"), None)),
        ("10,9 g/dL", other(Some("10.9"), None)),
        ("<0,5", other(Some("0.5"), None)),
        ("2,5 y", other(Some("2.5"), None)),
        ("429,000", other(Some("429.000"), Some("429000"))),
        ("0,123", other(Some("0.123"), None)),
        ("1,234,567", other(None, Some("1234567"))),
        ("1,234.5", other(None, Some("1234.5"))),
        ("1.234,5", other(None, Some("1234.5"))),
        ("443 000", other(None, Some("443000"))),
        ("443'000", other(None, Some("443000"))),
    ] {
        assert_eq!(class(text), expected, "{text}");
    }
    for (text, expected) in [
        ("10.9", other(Some("10.9"), None)),
        ("429.000", other(Some("429.000"), Some("429000"))),
        ("1.234,5", other(None, Some("1234.5"))),
    ] {
        assert_eq!(with_comma(text), expected, "{text}");
    }
    let Lexeme::Measurement(m) = with_comma("10,90 g/dL (low)") else { panic!() };
    assert_eq!((m.value.to_string().as_str(), m.unit, m.stated), ("10.90", Some("g/dL"), Some("low")));
    assert!(matches!(with_comma("2,5 y"), Lexeme::Duration(_)));
    assert_eq!(class("12,34,5"), Lexeme::Word);
}

#[test]
fn numbers_beyond_the_grammar_are_out_of_range() {
    for text in ["1234567890123456789", "1e19", "<1234567890123456789 U/L"] {
        assert_eq!(class(text), Lexeme::OutOfRange, "{text}");
    }
}

#[test]
fn durations_are_certain() {
    let years = |text: &str| match class(text) {
        Lexeme::Duration(duration) => duration.years,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!([years("2y6m"), years("P2Y"), years("30 months")], [Some(decimal("2")), Some(decimal("2")), None]);
    let Lexeme::Duration(over) = class(">18 y") else { panic!() };
    assert_eq!(over.comparator, Some(Comparator::Above));
    // An `m` alone may be metres, and an `a` a code.
    for text in ["6 m", "18m", "1a", "5 a", "P", "P2", "P6M2Y", "2y14m", "2.5y6m", "6m2y", "P2 Y", "y", "1L", "3A"] {
        assert!(!matches!(class(text), Lexeme::Duration(_)), "{text}");
    }
}

#[test]
fn bands_grades_and_codes_are_no_plain_numbers() {
    for text in ["12-15", "12 - 15", "12 to 15", "18–64 y"] {
        assert_eq!(class(text), Lexeme::Band, "{text}");
    }
    assert_eq!((class("12+"), class("2.5 +")), (Lexeme::AtLeast(decimal("12")), Lexeme::AtLeast(decimal("2.5"))));
    assert_eq!((class("+"), class("12++"), class("<5+")), (Lexeme::Sign(Sign::Plus), Lexeme::Word, Lexeme::Word));
    for (text, is_code) in [("1a", true), ("41B2", true), ("1L", true), ("1O", false), ("1.5a", false), ("10mg", false)]
    {
        let Lexeme::Measurement(measurement) = class(text) else { panic!("{text}") };
        assert_eq!(measurement.is_code, is_code, "{text}");
    }
}

#[test]
fn dates_are_those_of_the_calendar() {
    let date = |y, m, d| Some(Date { year: y, month: m, day: d });
    for (text, expected) in [
        ("2018", date(2018, None, None)),
        ("2018-03", date(2018, Some(3), None)),
        ("2020-02-29", date(2020, Some(2), Some(29))),
        ("2000-02-29", date(2000, Some(2), Some(29))),
        ("1900-02-29", None),
        ("2019-02-29", None),
        ("2018-13", None),
        ("2018-00-01", None),
        ("2018-04-31", None),
        ("2018-4-1", None),
        ("2018-03-", None),
        ("2018-03-01-01", None),
        ("0018-03-01", None),
        ("18-03-01", None),
        ("03/04/2018", None),
    ] {
        assert_eq!(Date::parse(text), expected, "{text}");
        if let Some(date) = expected {
            assert_eq!(date.to_string(), text);
        }
    }
    assert!(matches!(class("2018-03"), Lexeme::Date(_)));
    for text in ["2019-02-29", "03/04/2018", "20-Oct-14", "2 Jan 2020", "2018-03-14T11:45"] {
        assert!(matches!(class(text), Lexeme::WrittenDate(_)), "{text}");
    }
    for text in ["43173", "20180314", "12.2021"] {
        assert!(matches!(class(text), Lexeme::Measurement(_)), "{text}");
    }
    assert_eq!(class("8/9/10"), Lexeme::Word);
}

#[test]
fn words_of_few_letters_are_what_they_are() {
    for (text, answer) in [("yes", true), ("Y", true), ("TRUE", true), ("no", false), ("N", false), ("False", false)] {
        assert_eq!(class(text), Lexeme::YesNo(answer));
    }
    for (text, status) in [
        ("Normal", Status::Normal),
        ("within range", Status::Normal),
        ("NEGATIVE", Status::Negative),
        ("positive", Status::Positive),
        ("high", Status::High),
        ("elevated", Status::High),
        ("raised", Status::High),
        ("increased", Status::High),
        ("low", Status::Low),
        ("decreased", Status::Low),
        ("abnormal", Status::Abnormal),
    ] {
        assert_eq!(class(text), Lexeme::Stated(status));
    }
    for text in ["H", "L", "female", "JDM", "none", "HLA-B27", "stage IV", "P1", "Smith"] {
        assert_eq!(class(text), Lexeme::Word, "{text}");
    }
}

#[test]
fn lines_lists_and_texts_are_told_apart() {
    let lines = |delimiter, responses| Lexeme::Lines { delimiter, responses };
    for (text, expected) in [
        ("surgery: improved", lines(None, true)),
        ("colchicine: none, pain=improved; prednisone + azathioprine: partial (unconfirmed)", lines(Some(';'), true)),
        ("a1: pain=CR | b", lines(Some('|'), true)),
        ("surgery: not reported (relapsed)\u{1F}x", lines(Some(ITEM), true)),
        ("prednisone + methotrexate", lines(None, false)),
        ("prednisone; prednisone + methotrexate", lines(Some(';'), false)),
        ("elbow;knee", Lexeme::List { delimiter: ';' }),
        ("elbow; knee;", Lexeme::List { delimiter: ';' }),
        ("elbow|knee", Lexeme::List { delimiter: '|' }),
        ("elbow|knee;hip|thigh", Lexeme::List { delimiter: '|' }),
        ("elbow\u{1F}knee; left", Lexeme::List { delimiter: ITEM }),
        ("forearm;elbow;thigh;hip;knee;buttock;hand;foot", Lexeme::List { delimiter: ';' }),
        (";", Lexeme::Word),
        ("a growing mass; it was excised at once and did not come back", Lexeme::Long),
        ("one\ntwo", Lexeme::Long),
        ("course: improved after two years of treatment", Lexeme::Long),
        ("time: unknown", Lexeme::Word),
        ("3: improved", Lexeme::Word),
        ("elbow, knee", Lexeme::Word),
        ("elbow/knee", Lexeme::Word),
    ] {
        assert_eq!(class(text), expected, "{text}");
    }
    assert_eq!(list_delimiter("a;b|c", Some(';')), Some('|'));
    assert_eq!(list_delimiter("a;b|c", Some(',')), Some(';'));
    assert_eq!(list_delimiter("a;b", Some(';')), Some(';'));
}

/// Texts made of what numbers, ages, lists and lines are made of.
fn near_numbers() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "1", "0", "25", "000", ".", ",", "-", "+", "<", "≤", ">=", ":", ";", "|", " ", "e", "E5", "y", "m", "mo", "P",
        "Y", "M", "g/dL", "%", "(", ")", "high", "H", "'", "µ", "\u{301}", "=", "\"", "improved", "\u{1F}", "\n", "x",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), comma in any::<bool>()) {
        let reading = NumberFormat { decimal_comma: comma, field_delimiter: Some(';') };
        let _ = (classify(&text, reading), looks_missing(&text), Date::parse(&text));
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn nothing_near_a_number_panics_and_folding_is_stable(text in near_numbers(), comma in any::<bool>()) {
        let _ = classify(&text, NumberFormat { decimal_comma: comma, field_delimiter: None });
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn a_decimal_is_read_as_it_stands(whole in 0u32..1_000_000, places in "[0-9]{1,6}") {
        let text = format!("{whole}.{places}");
        let comma = text.replace('.', ",");
        for (lexeme, tail) in [(class(&text), ""), (with_comma(&comma), "")] {
            let Lexeme::Measurement(m) = lexeme else { panic!("{text}") };
            prop_assert_eq!((m.value, m.tail), (decimal(&text), tail));
        }
        let symmetric = matches!((class(&comma), with_comma(&text)), (Lexeme::OtherMark { .. }, Lexeme::OtherMark { .. }));
        prop_assert!(symmetric);
    }

    #[test]
    fn an_age_is_what_it_was_made_of(years in 0i64..120, months in 0i64..12) {
        let (years_of, months_of) = (Some(Decimal::from_int(years)), Some(Decimal::from_int(months)));
        let expected = Duration { years: years_of, months: months_of, ..Duration::default() };
        for text in [format!("{years}y{months}m"), format!("P{years}Y{months}M"), format!("{years} yrs {months} mo")] {
            prop_assert_eq!(class(&text), Lexeme::Duration(expected));
        }
    }

    #[test]
    fn the_class_ignores_surrounding_spaces(text in near_numbers()) {
        let padded = format!(" {text}\t");
        prop_assert_eq!(format!("{:?}", class(&padded)), format!("{:?}", class(text.trim())));
    }
}
