use super::*;
use crate::cohort::quantity::Quantity;
use crate::cohort::unit::same_unit;
use crate::cohort::{DateFault, MarkFault, Unreadable};
use crate::decimal::Decimal;
use crate::schema::DateReading;
use crate::schema::Level;
use crate::schema::lexical::calendar::{AmbiguousOrder, DateFormat, DateOrder, OrderDecision};
use crate::schema::lexical::{Comparator, Date};
use crate::schema::{MissingReason, Role, Status, Variable};
use proptest::prelude::*;

fn column(unit: Option<&str>) -> Variable {
    let mut variable = Variable::new("x");
    variable.unit = unit.map(str::to_owned);
    variable
}

fn age_column(unit: Option<&str>) -> Variable {
    Variable { role: Role::Age, ..column(unit) }
}

fn rules(variable: &Variable) -> CellRules<'_> {
    CellRules { variable, decimal_comma: false, extra_missing: &[] }
}

fn quantity(text: &str) -> Quantity {
    Quantity::from(Decimal::parse(text).unwrap())
}

fn value(text: &str) -> CellState {
    CellState::Value(StatedNumber { value: quantity(text), stated: None })
}

fn with(text: &str, word: &str, status: Option<Status>) -> CellState {
    let stated = Some(Stated { word: word.to_owned(), status });
    CellState::Value(StatedNumber { value: quantity(text), stated })
}

fn other_unit(found: &str, expected: Option<&str>) -> CellState {
    CellState::Unreadable(Unreadable::OtherUnit {
        found: found.to_owned(),
        expected: expected.map(str::to_owned),
        bare: None,
    })
}

#[test]
fn a_value_is_read_in_the_unit_of_its_column() {
    let ldh = column(Some("U/L"));
    for (text, expected) in [
        ("192", value("192")),
        ("192 IU/L", value("192")),
        ("192UI/l", value("192")),
        ("192 (u/l)", value("192")),
        ("192 (high)", with("192", "high", Some(Status::High))),
        ("192 U/L (high)", with("192", "high", Some(Status::High))),
        ("192 H", with("192", "H", Some(Status::High))),
        ("192 U/L L", with("192", "L", Some(Status::Low))),
        ("192 within range", with("192", "within range", Some(Status::Normal))),
        ("192 (repeated)", with("192", "repeated", None)),
        ("192 mg/L", other_unit("mg/L", Some("U/L"))),
        ("192 (mg/L)", other_unit("mg/L", Some("U/L"))),
        ("192 (mg)", other_unit("mg", Some("U/L"))),
        ("192 mg/L (high)", other_unit("mg/L", Some("U/L"))),
        ("192 speckled", other_unit("speckled", Some("U/L"))),
        ("30 months", other_unit("months", Some("U/L"))),
        ("normal", CellState::StatedOnly(Stated { word: "normal".to_owned(), status: Some(Status::Normal) })),
        ("Elevated", CellState::StatedOnly(Stated { word: "Elevated".to_owned(), status: Some(Status::High) })),
        ("not done", CellState::Missing(MissingReason::NotDone)),
        ("", CellState::Missing(MissingReason::NotReported)),
    ] {
        assert_eq!(number(text, &rules(&ldh)), expected, "{text}");
    }
}

#[test]
fn a_column_without_a_unit_takes_none() {
    let plain = column(None);
    assert_eq!(number("8.4", &rules(&plain)), value("8.4"));
    assert_eq!(number("8.4 g/dL", &rules(&plain)), other_unit("g/dL", None));
    assert_eq!(number("30 months", &rules(&plain)), other_unit("months", None));
    assert_eq!(number("2y6m", &rules(&plain)), other_unit("years", None));
}

#[test]
fn the_unit_of_the_column_comes_before_a_flag() {
    assert_eq!(number("5 L", &rules(&column(Some("L")))), value("5"));
    assert_eq!(number("5 L", &rules(&column(Some("mg")))), with("5", "L", Some(Status::Low)));
}

#[test]
fn the_words_of_the_schema_come_before_the_built_in_ones() {
    let mut ana = column(None);
    ana.stated.insert("speckled".to_owned(), Status::Positive);
    ana.stated.insert("raised a little".to_owned(), Status::Normal);
    let positive = Stated { word: "speckled".to_owned(), status: Some(Status::Positive) };
    let censored =
        CellState::Censored { comparator: Comparator::Above, value: quantity("1280"), stated: Some(positive.clone()) };
    assert_eq!(number(">1280 speckled", &rules(&ana)), censored);
    assert_eq!(number(">1:1280 (speckled)", &rules(&ana)), censored);
    assert_eq!(number("speckled", &rules(&ana)), CellState::StatedOnly(positive));
    assert_eq!(number("5 raised a little", &rules(&ana)), with("5", "raised a little", Some(Status::Normal)));
    assert_eq!(number("5 Speckled", &rules(&ana)), with("5", "Speckled", Some(Status::Positive)));
}

#[test]
fn censored_values_keep_their_side() {
    let crp = column(Some("mg/L"));
    for (text, comparator, end) in [
        ("<5", Comparator::Below, "5"),
        ("<= 5 mg/l", Comparator::AtMost, "5"),
        (">1280", Comparator::Above, "1280"),
        ("≥0.50", Comparator::AtLeast, "0.50"),
    ] {
        let expected = CellState::Censored { comparator, value: quantity(end), stated: None };
        assert_eq!(number(text, &rules(&crp)), expected, "{text}");
    }
}

#[test]
fn ages_are_read_in_the_unit_of_their_column() {
    let parts = |numerator, parts| {
        CellState::Value(StatedNumber { value: Quantity { numerator, parts, scale: 0 }, stated: None })
    };
    let months = |n| parts(n, 12);
    let years = age_column(None);
    for (text, expected) in [
        ("6", value("6")),
        ("2.5", value("2.5")),
        ("6 years", value("6")),
        ("30 months", months(30)),
        ("2y6m", months(30)),
        ("P4Y11M", months(59)),
        ("-2 y", CellState::Unreadable(Unreadable::NegativeAge)),
        ("-3", CellState::Unreadable(Unreadable::NegativeAge)),
        ("<-3", CellState::Unreadable(Unreadable::NegativeAge)),
        ("150", value("150")),
        ("151", CellState::Unreadable(Unreadable::ImpossibleAge)),
        ("1801 months", CellState::Unreadable(Unreadable::ImpossibleAge)),
        ("18 days", parts(72, 1461)),
        ("3 Wochen", parts(84, 1461)),
        ("P1M10D", parts(647, 5844)),
        ("2½ y", value("2.5")),
        ("1a", other_unit("a", Some("years"))),
        ("30s", other_unit("s", Some("years"))),
        ("6/12", CellState::Unreadable(Unreadable::NotANumber)),
        ("neonate", CellState::Unreadable(Unreadable::Word)),
        ("6 m", other_unit("m", Some("years"))),
        ("6 y (at onset)", with("6", "at onset", None)),
    ] {
        assert_eq!(number(text, &rules(&years)), expected, "{text}");
    }
    let in_months = column(Some("months"));
    for (text, expected) in [("30", "30"), ("30 mo", "30"), ("2y6m", "30"), ("2 years", "24"), ("7.5 months", "7.5")] {
        assert_eq!(number(text, &rules(&in_months)), value(expected), "{text}");
    }
    let over = CellState::Censored {
        comparator: Comparator::AtLeast,
        value: Quantity { numerator: 30, parts: 12, scale: 0 },
        stated: None,
    };
    assert_eq!(number(">= 30 months", &rules(&column(Some("y")))), over);
}

#[test]
fn unreadable_texts_have_a_reason() {
    let plain = column(None);
    let thousands = |ambiguous| Unreadable::Mark(MarkFault::Thousands { ambiguous, decimal_comma: false });
    for (text, why) in [
        ("12-15", Unreadable::Band),
        ("15-12", Unreadable::NotANumber),
        ("12+", Unreadable::NotANumber),
        ("1_000", Unreadable::NotANumber),
        ("0x10", Unreadable::NotANumber),
        ("elbow;knee", Unreadable::Word),
        ("speckled", Unreadable::Word),
        ("yes", Unreadable::Word),
        ("10,9", Unreadable::Mark(MarkFault::DecimalComma)),
        ("429,000", thousands(true)),
        ("1,234,567", thousands(false)),
        ("443 000", thousands(false)),
        ("1234567890123456789", Unreadable::OutOfRange),
        ("2018-03", Unreadable::Date),
    ] {
        assert_eq!(number(text, &rules(&plain)), CellState::Unreadable(why.clone()), "{text}");
        assert!(!why.message().is_empty() && !why.remedy("ck", "-1").is_empty());
    }
    let comma = CellRules { decimal_comma: true, ..rules(&plain) };
    assert_eq!(number("10,9", &comma), value("10.9"));
    assert_eq!(number("10.9", &comma), CellState::Unreadable(Unreadable::Mark(MarkFault::DecimalPoint)));
    assert!(Unreadable::Mark(MarkFault::DecimalComma).remedy("ck", "1,5").contains("--decimal-comma"));
    assert!(!Unreadable::Mark(MarkFault::DecimalComma).remedy("ck", "2,4,5").contains("--decimal-comma"));
}

#[test]
fn units_in_other_spellings_are_the_same() {
    for (one, other) in [
        ("U/L", "IU/L"),
        ("U/L", "ui/l"),
        ("mm/h", "mm/hr"),
        ("mm/h", "mm/1h"),
        ("μg", "µg"),
        ("/mm3", "/mm³"),
        ("/mm3", "/µL"),
        ("10^9/L", "x10^9/L"),
        ("10^9/L", "×10⁹/L"),
        ("10*9/L", "10^9/l"),
        ("g/dL", "G / dl"),
        ("years", "y"),
        ("mo", "months"),
        ("mg/kg", "mg/kg"),
    ] {
        assert!(same_unit(one, other), "{one} {other}");
    }
    for (one, other) in [
        ("g/dL", "g/L"),
        ("mg", "µg"),
        ("years", "months"),
        ("U/L", "mU/L"),
        ("%", "g/dL"),
        ("h", "mm"),
        ("G/L", "g/L"),
    ] {
        assert!(!same_unit(one, other), "{one} {other}");
    }
}

#[test]
fn missing_tokens_of_the_schema_replace_the_built_in_ones() {
    let mut variable = column(None);
    variable.missing =
        Some([("999".to_owned(), MissingReason::NotDone), (" x ".to_owned(), MissingReason::NotApplicable)].into());
    let extra = ["nd".to_owned()];
    let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing: &extra };
    for (text, reason) in [
        ("999", Some(MissingReason::NotDone)),
        (" x", Some(MissingReason::NotApplicable)),
        ("X", None),
        ("nd", Some(MissingReason::NotReported)),
        ("ND", None),
        ("", Some(MissingReason::NotReported)),
        ("NA", None),
    ] {
        assert_eq!(missing(text, &rules), reason, "{text}");
    }
    assert_eq!(number("unknown", &rules), CellState::Unreadable(Unreadable::Word));
}

#[test]
fn a_declared_level_is_not_missing() {
    let mut variable = column(None);
    variable.levels.push(Level { value: "unknown".to_owned(), label: None });
    variable.synonyms.insert("?".to_owned(), "unclear".to_owned());
    for (text, expected) in [
        ("unknown", LevelState::Level("unknown".to_owned())),
        ("?", LevelState::Level("unclear".to_owned())),
        ("NR", LevelState::Missing(MissingReason::NotReported)),
    ] {
        assert_eq!(level(text, &rules(&variable)), expected, "{text}");
    }
}

#[test]
fn binary_cells_are_yes_no_0_or_1() {
    let mut variable = column(None);
    variable.synonyms.insert("oui".to_owned(), "yes".to_owned());
    for (text, expected) in [
        ("yes", "yes"),
        ("TRUE", "yes"),
        ("y", "yes"),
        ("oui", "yes"),
        ("No", "no"),
        ("false", "no"),
        ("0", "0"),
        ("1", "1"),
    ] {
        assert_eq!(binary(text, &rules(&variable)), LevelState::Level(expected.to_owned()), "{text}");
    }
    assert_eq!(binary("perhaps", &rules(&variable)), LevelState::Unreadable(Unreadable::NotBinary));
    assert_eq!(binary("NA", &rules(&variable)), LevelState::Missing(MissingReason::NotReported));
    variable.levels.push(Level { value: "perhaps".to_owned(), label: None });
    assert_eq!(binary("perhaps", &rules(&variable)), LevelState::Level("perhaps".to_owned()));
}

#[test]
fn sets_contain_each_item_once() {
    let mut sites = column(None);
    sites.delimiter = Some(';');
    sites.synonyms.insert("knees".to_owned(), "knee".to_owned());
    let read = |text: &str| match items(text, &rules(&sites)) {
        SetState::Items(set) => set,
        SetState::Missing(reason) => panic!("{text}: {reason:?}"),
    };
    let set = |items: &[&str]| Items { items: items.iter().map(|i| (*i).to_owned()).collect(), ..Items::default() };
    assert_eq!(read("elbow; knee ;"), set(&["elbow", "knee"]));
    assert_eq!(read("knee;elbow;knees"), Items { repeated: true, ..set(&["knee", "elbow"]) });
    assert_eq!(read("elbow|knee;hip"), Items { mixed_delimiters: true, ..set(&["elbow|knee", "hip"]) });
    assert_eq!(read("elbow, knee"), set(&["elbow, knee"]));
    assert_eq!(read("elbow;NA"), Items { missing_item: true, ..set(&["elbow"]) });
    assert_eq!(read("elbow, left\u{1F}knee;x"), set(&["elbow, left", "knee;x"]));
    assert_eq!(read("None"), set(&[]));
    for text in ["", "NR", ";", "NA;?"] {
        assert_eq!(items(text, &rules(&sites)), SetState::Missing(MissingReason::NotReported), "{text}");
    }
}

#[test]
fn dates_are_read_or_refused() {
    let plain = column(None);
    let read = |text| date(text, &rules(&plain));
    assert_eq!(read("2018"), DateState::Date(Date { year: 2018, month: None, day: None }));
    assert_eq!(read("2018-03-14"), DateState::Date(Date { year: 2018, month: Some(3), day: Some(14) }));
    assert_eq!(read("2018-02-30"), DateState::Unreadable(Unreadable::NotADate(DateFault::NotInCalendar)));
    assert_eq!(
        read("03/04/2018"),
        DateState::Unreadable(Unreadable::NotADate(DateFault::Order(AmbiguousOrder::NoDayAbove12)))
    );
    assert_eq!(read("43173"), DateState::Unreadable(Unreadable::NotADate(DateFault::OtherFormat { format: None })));
    assert_eq!(
        read("2561"),
        DateState::Unreadable(Unreadable::NotADate(DateFault::UnlikelyYear { year: 2561, format: None }))
    );
    assert_eq!(read("-"), DateState::Missing(MissingReason::NotReported));
}

#[test]
fn dates_are_read_as_their_column_says() {
    let full = |year, month, day| DateState::Date(Date { year, month: Some(month), day: Some(day) });
    let mut column = column(None);
    column.reading.dates =
        DateReading { order: OrderDecision::Certain(DateOrder::DayFirst), has_numbers: true, format: None };
    for text in ["14/03/2018", "14.3.2018", "14 Mar 2018", "2018-03-14T11:45", "43173", "43173.5", "20180314"] {
        assert_eq!(date(text, &rules(&column)), full(2018, 3, 14), "{text}");
    }
    assert_eq!(date("3/14/2018", &rules(&column)), DateState::Unreadable(Unreadable::NotADate(DateFault::OtherOrder)));
    let format = Some("%d-%b-%y".to_owned());
    assert_eq!(
        date("20-Oct-14", &rules(&column)),
        DateState::Unreadable(Unreadable::NotADate(DateFault::TwoDigitYear { format }))
    );
    column.reading.dates.format = DateFormat::parse("%d-%b-%y").ok();
    assert_eq!(date("20-Oct-14", &rules(&column)), full(2014, 10, 20));
    let format = Some("%d-%b-%y".to_owned());
    assert_eq!(
        date("14/03/2018", &rules(&column)),
        DateState::Unreadable(Unreadable::NotADate(DateFault::OtherFormat { format }))
    );
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[0-9.,;|<>=:() HyPmM/-]{0,10}", comma in any::<bool>()) {
        let mut variable = age_column(None);
        variable.delimiter = Some('|');
        let rules = CellRules { decimal_comma: comma, ..rules(&variable) };
        for text in [&text, &near] {
            let _ = (number(text, &rules), level(text, &rules), binary(text, &rules), items(text, &rules), date(text, &rules));
        }
    }

    #[test]
    fn a_decimal_stays_exact(mantissa in -1_000_000_000i64..1_000_000_000, scale in 0u8..9) {
        let decimal = Decimal::new(mantissa, scale);
        let expected = CellState::Value(StatedNumber { value: Quantity::from(decimal), stated: None });
        prop_assert_eq!(number(&decimal.to_string(), &rules(&column(None))), expected);
    }

    #[test]
    fn a_set_never_contains_an_item_twice(text in "[ab;| ]{0,12}") {
        let mut variable = column(None);
        variable.delimiter = Some(';');
        if let SetState::Items(set) = items(&text, &rules(&variable)) {
            let distinct: std::collections::BTreeSet<_> = set.items.iter().collect();
            prop_assert_eq!(distinct.len(), set.items.len());
        }
    }
}
