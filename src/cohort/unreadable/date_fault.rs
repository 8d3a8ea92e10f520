//! Cells that are no dates of their column.

use crate::diagnostic::{FindingId, quoted};
use crate::schema::lexical::calendar::{AmbiguousOrder, DateOrder};

/// Why a cell is no date of its column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateFault {
    /// Not a date, or not in the format of the column.
    OtherFormat {
        /// That format, where it is stated.
        format: Option<String>,
    },
    /// Day or month first is not known.
    Order(AmbiguousOrder),
    /// `14/03/2018` in a column where the month is first.
    OtherOrder,
    /// A year of two digits.
    TwoDigitYear {
        /// The format that may be stated.
        format: Option<String>,
    },
    /// A year of another calendar, or a mistake.
    UnlikelyYear {
        /// As written.
        year: u16,
        /// The format that may be stated.
        format: Option<String>,
    },
    /// A day that the calendar does not have: `31.02.2018`.
    NotInCalendar,
}

impl DateFault {
    /// The id of the finding.
    pub(super) fn id(&self) -> FindingId {
        match self {
            DateFault::OtherFormat { .. } | DateFault::NotInCalendar => FindingId::DateUnreadable,
            DateFault::Order(_) | DateFault::OtherOrder => FindingId::DateOrderUnclear,
            DateFault::TwoDigitYear { .. } | DateFault::UnlikelyYear { .. } => FindingId::DateYearUnclear,
        }
    }

    pub(super) fn message(&self) -> String {
        match self {
            DateFault::OtherFormat { format: None } => "not a date".to_owned(),
            DateFault::OtherFormat { format: Some(format) } => format!("not a date written as {format}"),
            DateFault::Order(why) => order_message(*why).to_owned(),
            DateFault::OtherOrder => "a day above 12 where the column has its month".to_owned(),
            DateFault::TwoDigitYear { .. } => "a year of two digits: its century is not known".to_owned(),
            DateFault::UnlikelyYear { year, .. } => format!("the year {year} is a mistake or of another calendar"),
            DateFault::NotInCalendar => "a day that the calendar does not have".to_owned(),
        }
    }

    pub(super) fn remedy(&self, header: &str) -> String {
        match self {
            DateFault::OtherFormat { format: None } => {
                "write the date in ISO 8601, such as 2018-03-14, 2018-03 or 2018".to_owned()
            }
            DateFault::OtherFormat { format: Some(_) } => {
                "write the date in the format of the schema, or correct the format".to_owned()
            }
            DateFault::Order(_) | DateFault::OtherOrder => date_order(header),
            DateFault::TwoDigitYear { format } | DateFault::UnlikelyYear { format, .. } => {
                stated_format(header, format.as_deref())
            }
            DateFault::NotInCalendar => "correct the date".to_owned(),
        }
    }
}

fn order_message(why: AmbiguousOrder) -> &'static str {
    match why {
        AmbiguousOrder::NoDayAbove12 => "day or month first? No day of this column is above 12",
        AmbiguousOrder::Contradiction => {
            "day or month first? Some dates of this column have a day above 12 in front, others behind the month"
        }
        AmbiguousOrder::BesideConvertedDates => {
            "day or month first? Other dates of this column were converted by a spreadsheet, perhaps in the wrong order"
        }
    }
}

fn date_order(header: &str) -> String {
    let order = |order: DateOrder| format!("--date-order {}", quoted(&format!("{header}={}", order.word())));
    let (day, month) = (order(DateOrder::DayFirst), order(DateOrder::MonthFirst));
    format!("write the date as 2018-03-14, or state the order: {day} or {month}")
}

fn stated_format(header: &str, format: Option<&str>) -> String {
    let format = format.unwrap_or("%d/%m/%y");
    let name = serde_json::Value::from(header);
    format!(
        "write the year with four digits, or state the format in the schema: \
         {{\"name\": {name}, \"type\": \"date\", \"format\": \"{format}\"}}"
    )
}
