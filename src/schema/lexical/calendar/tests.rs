use super::*;
use crate::schema::lexical::Date;

/// The date of a text in an order, or why there is none; `-` for what is no date at all.
fn shown(text: &str, order: Option<DateOrder>) -> String {
    match written_date(text).map(|written| date_in(&written, order)) {
        None => "-".to_owned(),
        Some(Ok(date)) => date.to_string(),
        Some(Err(why)) => format!("{why:?}"),
    }
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn dates_as_they_are_written() {
    for (text, expected) in [
        ("2018-03-14", "2018-03-14"),
        ("2018-3-4", "2018-03-04"),
        ("2018/03/14", "2018-03-14"),
        ("2018.03.14", "2018-03-14"),
        ("2018-03", "2018-03"),
        ("14/03/2018", "2018-03-14"),
        ("14.03.2018", "2018-03-14"),
        ("14. 3. 2018", "2018-03-14"),
        ("14-03-2018", "2018-03-14"),
        ("1.2.2018", "2018-02-01"),
        ("3/14/2018", "OtherOrder"),
        ("20-Oct-2014", "2014-10-20"),
        ("20-Oct-14", "TwoDigitYear"),
        ("20Oct2014", "2014-10-20"),
        ("20OCT2014", "2014-10-20"),
        ("20OCT2014:11:45:00", "2014-10-20"),
        ("2 Jan 2020", "2020-01-02"),
        ("Jan 2, 2020", "2020-01-02"),
        ("January 2nd, 2020", "2020-01-02"),
        ("2nd of January 2020", "2020-01-02"),
        ("2020 Jan 2", "2020-01-02"),
        ("2. Januar 2020", "2020-01-02"),
        ("3. März 2020", "2020-03-03"),
        ("1er août 2020", "2020-08-01"),
        ("2 de enero de 2020", "2020-01-02"),
        ("2 gennaio 2020", "2020-01-02"),
        ("2 de março de 2020", "2020-03-02"),
        ("Mar 2021", "2021-03"),
        ("mars 2021", "2021-03"),
        ("Mar-21", "TwoDigitYear"),
        ("Sept. 2021", "2021-09"),
        ("03/2021", "2021-03"),
        ("2014-07-02T11:45", "2014-07-02"),
        ("2014-07-02T11:45:30Z", "2014-07-02"),
        ("2014-07-02 11:45", "2014-07-02"),
        ("14/03/2018 2:05 PM", "2018-03-14"),
        ("20180314", "2018-03-14"),
        ("43173", "2018-03-14"),
        ("43173.489", "2018-03-14"),
        ("31.02.2018", "NotInCalendar"),
        ("2018-02-30", "NotInCalendar"),
        ("29 Feb 2019", "NotInCalendar"),
        ("29 Feb 2020", "2020-02-29"),
        ("14/03/18", "TwoDigitYear"),
        ("14/03/2561", "UnlikelyYear(2561)"),
        ("14 Oct 1066", "UnlikelyYear(1066)"),
    ] {
        assert_eq!(shown(text, Some(DateOrder::DayFirst)), expected, "{text}");
    }
    assert_eq!(shown("3/14/2018", Some(DateOrder::MonthFirst)), "2018-03-14");
    assert_eq!(shown("14/03/2018", None), "OrderUnknown");
    assert_eq!(shown("Mar 2021", None), "2021-03");
    let two_digits = written_date("20-Oct-14").map(|written| date_in(&written, None));
    assert_eq!(two_digits, Some(Err(NoDate::TwoDigitYear)));
}

#[test]
fn what_is_no_date() {
    for text in [
        "",
        "2018",
        "12",
        "1234",
        "120/80",
        "12-14",
        "3/4",
        "1/2",
        "5-10",
        "13/14/2018",
        "00/03/2018",
        "14/00/2018",
        "1:80",
        "1.5",
        "123456",
        "9999",
        "20181314",
        "2018-13-01",
        "2018-03-32",
        "1/2/3",
        "1/2/345",
        "May",
        "March",
        "2 Jan",
        "MAR2",
        "DEC1",
        "Jan 32 2020",
        "elbow 2020 x",
        "10-20-30-40",
        "14/03-2018",
        "Grade 2 2020",
        "2 y 2020",
        "12345.x",
        "43173.",
        "2018/03",
        "2 Jan 2020 and later",
        "(2 Jan 2020)",
        "+2 Jan 2020",
        "mars 20212",
        "2018-03-14 25:00",
        "-",
        "//",
        "..",
        "Jan",
    ] {
        assert_eq!(shown(text, Some(DateOrder::DayFirst)), "-", "{text}");
    }
}

#[test]
fn patterns_and_times_are_kept_apart() {
    let written = |text: &str| -> WrittenDate { written_date(text).unwrap() };
    assert_eq!(written("43173").pattern, Pattern::Serial(43173));
    assert_eq!(written("20180314").pattern, Pattern::Compact { year: 2018, month: 3, day: 14 });
    let slashes = Pattern::DayAndMonth { first: 3, second: 14, year: WrittenYear::Full(2018), separator: '/' };
    assert_eq!(written("3/14/2018").pattern, slashes);
    for (text, time_dropped) in [
        ("2014-07-02T11:45", true),
        ("2014-07-02", false),
        ("43173.5", true),
        ("43173.0", false),
        ("2 Jan 2020 9:30", true),
    ] {
        assert_eq!(written(text).time_dropped, time_dropped, "{text}");
    }
}

/// The decision of a column of these cells, counted in two parts.
fn decided(cells: &[&str]) -> OrderDecision {
    let (mut one, mut other) = (OrderEvidence::default(), OrderEvidence::default());
    for (place, cell) in cells.iter().enumerate() {
        let part = if place % 2 == 0 { &mut one } else { &mut other };
        part.add(&written_date(cell).unwrap(), 1);
    }
    one.merge(&other);
    order(&one)
}

#[test]
fn the_order_is_that_of_the_whole_column() {
    use AmbiguousOrder::{BesideConvertedDates, Contradiction, NoDayAbove12};
    for (cells, decision) in [
        (&["03/04/2018", "14/03/2018", "03/2021", "Mar 2021"][..], OrderDecision::Certain(DateOrder::DayFirst)),
        (&["03/04/2018", "3/14/2018"], OrderDecision::Certain(DateOrder::MonthFirst)),
        (&["03/04/2018", "05/06/2018"], OrderDecision::Ambiguous(NoDayAbove12)),
        (&["14/03/2018", "3/14/2018"], OrderDecision::Ambiguous(Contradiction)),
        (&["13/04/2018", "2018-04-03"], OrderDecision::Ambiguous(BesideConvertedDates)),
        (&["13/04/2018", "43193"], OrderDecision::Ambiguous(BesideConvertedDates)),
        (&["03/04/2018", "2018-04-03T00:00"], OrderDecision::Ambiguous(BesideConvertedDates)),
        (&["14/03/18"], OrderDecision::Ambiguous(NoDayAbove12)),
        (&["2018-03-14", "43173", "2 Jan 2020"], OrderDecision::NotNeeded),
        (&[], OrderDecision::NotNeeded),
    ] {
        assert_eq!(decided(cells), decision, "{cells:?}");
    }
}

#[test]
fn day_numbers_are_those_of_the_1900_system() {
    for (serial, date) in [
        (1, "1900-01-01"),
        (31, "1900-01-31"),
        (59, "1900-02-28"),
        (61, "1900-03-01"),
        (366, "1900-12-31"),
        (367, "1901-01-01"),
        (25569, "1970-01-01"),
        (36526, "2000-01-01"),
        (43173, "2018-03-14"),
        (73050, "2099-12-31"),
        (73109, "2100-02-28"),
        (73110, "2100-03-01"),
    ] {
        assert_eq!(serial_date(serial), Some(day(date)), "{serial}");
    }
    assert_eq!([0, 60, u32::MAX].map(serial_date), [None; 3]);
}

#[test]
fn completed_years_are_those_of_the_calendar() {
    for (from, to, years) in [
        ("2018-03-14", "2018-03-14", 0),
        ("2018-03-14", "2019-03-13", 0),
        ("2018-03-14", "2019-03-14", 1),
        ("2012-02-29", "2013-02-28", 0),
        ("2012-02-29", "2013-03-01", 1),
        ("2012-02-29", "2016-02-29", 4),
    ] {
        assert_eq!(elapsed_years(day(from), day(to)), Some(years), "{from} to {to}");
    }
    assert_eq!(elapsed_years(day("2018-03-15"), day("2018-03-14")), None);
    assert_eq!(elapsed_years(day("2018-03"), day("2018-03-15")), None);
}

#[test]
fn formats_of_a_schema() {
    let read = |format: &str, text: &str| match DateFormat::parse(format).unwrap().read(text) {
        Ok(date) => date.to_string(),
        Err(why) => format!("{why:?}"),
    };
    for (format, text, expected) in [
        ("default", "2018-03-14", "2018-03-14"),
        ("default", "14/03/2018", "OtherFormat"),
        ("default", "2018-03", "OtherFormat"),
        ("any", "2018-03-14", "2018-03-14"),
        ("any", "2 Jan 2020", "2020-01-02"),
        ("any", "03/04/2018", "OrderUnknown"),
        ("any", "43173", "OtherFormat"),
        ("%d/%m/%Y %H:%M", "14/03/2018 11:45", "2018-03-14"),
        ("%Y-%m-%dT%H:%M:%SZ", "2018-03-14T11:45:00Z", "2018-03-14"),
        ("%m/%d/%Y, %I:%M %p", "3/14/2018, 2:05 PM", "2018-03-14"),
        ("%d/%m/%Y", "14/03/2018", "2018-03-14"),
        ("%d/%m/%Y", "4/3/2018", "2018-03-04"),
        ("%d/%m/%Y", "14/03/2018 11:45", "2018-03-14"),
        ("%d/%m/%Y", "14.03.2018", "OtherFormat"),
        ("%d/%m/%Y", "3/14/2018", "NotInCalendar"),
        ("%d/%m/%Y", "31/02/2018", "NotInCalendar"),
        ("%d/%m/%Y", "14/03/2561", "2561-03-14"),
        ("%d/%m/%Y", "14/03/18", "OtherFormat"),
        ("%d/%m/%Y", "14/03/20180", "OtherFormat"),
        ("%d.%m.%y", "14.03.18", "2018-03-14"),
        ("%d.%m.%y", "14.03.69", "1969-03-14"),
        ("%d.%m.%y", "14.03.68", "2068-03-14"),
        ("%m/%d/%Y", "3/14/2018", "2018-03-14"),
        ("%d-%b-%y", "20-Oct-14", "2014-10-20"),
        ("%d %B %Y", "2 Januar 2020", "2020-01-02"),
        ("%Y%m%d", "20180314", "2018-03-14"),
        ("%m/%Y", "03/2021", "2021-03"),
        ("%d%%%m %Y", "14%03 2018", "2018-03-14"),
    ] {
        assert_eq!(read(format, text), expected, "{text} as {format}");
    }
    for format in ["default", "any", "%d/%m/%Y", "%b-%y", "%d%%%m %Y"] {
        assert_eq!(DateFormat::parse(format).unwrap().to_string(), format);
    }
}

#[test]
fn some_texts_are_dates_in_any_column() {
    let is_plain = |text: &str| written_date(text).is_some_and(|written| written.is_plain(text));
    for text in [
        "2018-03-14",
        "2018-03",
        "14/03/2018",
        "3/14/2018",
        "14.03.2018",
        "1.2.2018",
        "20-Oct-14",
        "2 Jan 2020",
        "2014-07-02T11:45",
        "Mar 2021",
        "März 2021",
        "Oct-14",
        "03/2021",
        "5/2021",
        "01/2020",
        "3/4/18",
        "2018-02-30",
    ] {
        assert!(is_plain(text), "{text}");
    }
    for text in [
        "43173", "20180314", "03.2021", "12.2021", "8/9/10", "5-6-7", "1/2000", "1/1000", "FEV 80", "set 12", "SEPT12",
        "120/80", "2018", "elbow",
    ] {
        assert!(!is_plain(text), "{text}");
    }
}

#[test]
fn a_format_is_proposed_for_a_date() {
    for (text, format) in [
        ("20-Oct-14", Some("%d-%b-%y")),
        ("Oct-14", Some("%b-%y")),
        ("Oct '14", Some("%b '%y")),
        ("14/03/18", Some("%d/%m/%y")),
        ("3/14/18 11:45", Some("%m/%d/%y")),
        ("3.4.18", Some("%d.%m.%y")),
        ("14/03/2561", Some("%d/%m/%Y")),
        ("2561-03-14", Some("%Y-%m-%d")),
        ("Oct 2, 2561", Some("%b %d, %Y")),
        ("43173", None),
        ("elbow", None),
    ] {
        let proposed = proposed_format(text);
        assert_eq!(proposed.as_deref(), format, "{text}");
        if let Some(format) = proposed {
            assert!(DateFormat::parse(&format).unwrap().read(text).is_ok(), "{text} as {format}");
        }
    }
}

#[test]
fn what_is_no_format_is_named() {
    let unknown = |format: &str| DateFormat::parse(format).unwrap_err().to_string();
    assert_eq!(unknown("%d/%m/%Y %j"), "'%j' is not part of a date");
    assert_eq!(unknown("%H:%M %d/%m/%Y"), "'%H' is not part of a date");
    assert_eq!(unknown("%Y-%m-%"), "'%' is not part of a date");
    for format in ["%d/%m", "%Y", "dd/mm/yyyy", "%d/%d/%m/%Y", "%Y %y %m", "%m %b %Y"] {
        assert_eq!(DateFormat::parse(format), Err(UnknownFormat::Incomplete), "{format}");
    }
}
