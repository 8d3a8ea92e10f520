use super::*;
use crate::schema::lexical::Date;
use proptest::prelude::*;

prop_compose! {
    fn any_date()(year in 1850..=2100_u16, month in 1..=12_u8, day in 1..=31_u8) -> Date {
        Date::parse(&format!("{year}-{month:02}-{day:02}")).unwrap_or(Date { year, month: Some(month), day: Some(28) })
    }
}

/// A full date in one of several forms, with the order in which it is read.
fn printed(date: Date, form: usize) -> (String, Option<DateOrder>) {
    let (year, month, day) = (date.year, date.month.unwrap(), date.day.unwrap());
    let name = ["Jan", "Feb", "Mär", "avril", "Mayo", "June", "JUL", "août", "Sept.", "ottobre", "Nov", "dez"];
    let word = name[usize::from(month.saturating_sub(1))].replace("Mär", "März");
    match form % 8 {
        0 => (date.to_string(), None),
        1 => (format!("{day}/{month}/{year}"), Some(DateOrder::DayFirst)),
        2 => (format!("{month:02}/{day:02}/{year}"), Some(DateOrder::MonthFirst)),
        3 => (format!("{day:02}.{month:02}.{year}"), Some(DateOrder::DayFirst)),
        4 => (format!("{day}-{word}-{year}"), None),
        5 => (format!("{word} {day}, {year}"), None),
        6 => (format!("{year}{month:02}{day:02}"), None),
        _ => (format!("{date}T11:45:00Z"), None),
    }
}

/// 31 December 2999.
const LAST_SERIAL: u32 = 401_768;

#[test]
fn no_day_number_is_after_2999() {
    assert_eq!(serial_date(LAST_SERIAL), Date::parse("2999-12-31"));
    assert_eq!(serial_date(LAST_SERIAL + 1), None);
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(date in any_date(), form in 0..8_usize) {
        let (text, order) = printed(date, form);
        let written = written_date(&text);
        prop_assert_eq!(written.map(|written| date_in(&written, order)), Some(Ok(date)), "{}", text);
    }

    #[test]
    fn each_day_number_is_the_day_after_the_one_before(serial in 62..=LAST_SERIAL) {
        let (before, date) = (serial_date(serial.saturating_sub(1)).unwrap(), serial_date(serial).unwrap());
        let fields = |date: Date| (date.year, date.month.unwrap(), date.day.unwrap());
        let (year, month, day) = fields(before);
        let is_next = match fields(date) {
            (y, m, 1) => day >= 28 && (y == year && m == month.saturating_add(1) || (y, m, month) == (year.saturating_add(1), 1, 12)),
            (y, m, d) => (y, m, d) == (year, month, day.saturating_add(1)),
        };
        prop_assert!(is_next, "{} after {}", date, before);
        prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
    }

    #[test]
    fn merging_counts_is_counting_all(texts in proptest::collection::vec("[0-9]{1,2}/[0-9]{1,2}/(20)?1[0-9]", 0..20), cut in 0..20_usize) {
        let count = |texts: &[String]| {
            let mut evidence = OrderEvidence::default();
            texts.iter().filter_map(|text| written_date(text)).for_each(|written| evidence.add(&written, 1));
            evidence
        };
        let (one, two) = texts.split_at(cut.min(texts.len()));
        let mut merged = count(one);
        merged.merge(&count(two));
        prop_assert_eq!(merged, count(&texts));
    }

    #[test]
    fn any_text_is_read_without_harm(text in ".{0,45}", format in ".{0,12}") {
        let _ = written_date(&text).map(|written| date_in(&written, Some(DateOrder::DayFirst)));
        let _ = DateFormat::parse(&format).map(|format| format.read(&text));
    }

    #[test]
    fn texts_like_dates_are_read_without_harm(text in "[0-9]{0,4}[-/. ]?([0-9]{0,2}|[A-Zéû]{1,5})[-/. ,]{0,2}[0-9]{0,5}[T ]?([0-9]{0,2}:[0-9]{0,2})?") {
        let _ = written_date(&text).map(|written| date_in(&written, Some(DateOrder::MonthFirst)));
        for format in ["%d/%m/%Y", "%d.%m.%y", "%b %Y", "any", "default"] {
            let _ = DateFormat::parse(format).map(|format| format.read(&text));
        }
    }
}
