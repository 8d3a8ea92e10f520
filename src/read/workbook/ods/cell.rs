//! One cell: its value as its attributes state it, or its text.

use super::super::fault::Fault;
use super::super::moment::duration;
use super::super::number::{decimal, percent};
use super::super::number_format::ShownUnits;
use super::super::package::PartXml;
use super::super::row::{CellFault, CellKind};
use super::super::xml::{Element, XmlToken};
use super::styles::OdsStyles;
use std::borrow::Cow;

/// Longest text of a cell, in bytes.
const LONGEST_TEXT: usize = 1 << 24;

/// A cell as it is written.
#[derive(Debug, Default)]
pub struct OdsCell {
    kind: String,
    value: String,
    has_formula: bool,
    /// Its formula is `TRUE()` or `FALSE()`, as LibreOffice writes a truth value that it read without its format.
    is_truth: bool,
    is_error: bool,
    /// Its style.
    pub style: String,
    /// The text that is shown.
    text: String,
    /// It has a comment.
    pub has_comment: bool,
}

impl OdsCell {
    /// Takes the attributes of a cell.
    pub fn begin(&mut self, element: &Element<'_>, style: &str) {
        let text = |name: &str| element.attribute(name).map_or_else(String::new, Cow::into_owned);
        // LibreOffice states its own type in an attribute of the same name, which knows errors.
        self.is_error = element.prefixed_attribute("calcext:value-type").is_some_and(|kind| kind == "error");
        self.kind = element.prefixed_attribute("office:value-type").map_or_else(String::new, Cow::into_owned);
        let formula = element.attribute("formula");
        self.has_formula = formula.is_some();
        self.is_truth = formula.is_some_and(|formula| matches!(&*formula, "of:=TRUE()" | "of:=FALSE()"));
        self.value = match self.kind.as_str() {
            "date" => text("date-value"),
            "time" => text("time-value"),
            "boolean" => text("boolean-value"),
            "string" => text("string-value"),
            _ => text("value"),
        };
        self.style.clear();
        self.style.push_str(style);
        self.text.clear();
        self.has_comment = false;
    }

    /// Reads the content of a cell that has begun, up to its end.
    pub fn read(&mut self, xml: &mut PartXml<'_>) -> Result<(), Fault> {
        let mut paragraphs = 0_u32;
        loop {
            match xml.next()? {
                XmlToken::Open(element) if element.name() == "p" => {
                    if paragraphs > 0 {
                        self.text.push('\n');
                    }
                    paragraphs = paragraphs.saturating_add(1);
                    self.paragraph(xml)?;
                }
                XmlToken::Open(element) => {
                    self.has_comment |= element.name() == "annotation";
                    xml.skip()?;
                }
                XmlToken::Close(_) => return Ok(()),
                XmlToken::Text(_) => {}
                XmlToken::End => return Err(xml.cut_off()),
            }
        }
    }

    /// The text of a paragraph that has begun, up to its end.
    fn paragraph(&mut self, xml: &mut PartXml<'_>) -> Result<(), Fault> {
        let mut open = 1_u32;
        while open > 0 {
            match xml.next()? {
                XmlToken::Open(element) => {
                    match element.name() {
                        "s" => {
                            let spaces = element.number("c").unwrap_or(1).min(1 << 15);
                            self.text.extend(std::iter::repeat_n(' ', spaces as usize));
                        }
                        "tab" => self.text.push('\t'),
                        "line-break" => self.text.push('\n'),
                        _ => {}
                    }
                    open = open.saturating_add(1);
                }
                XmlToken::Close(_) => open = open.saturating_sub(1),
                XmlToken::Text(text) => self.text.push_str(&text),
                XmlToken::End => return Err(xml.cut_off()),
            }
            if self.text.len() > LONGEST_TEXT {
                return Err(Fault::TooLarge("one cell of it is longer than 16 MiB"));
            }
        }
        Ok(())
    }

    /// What the cell holds, and its text; none where it is empty.
    pub fn content(&self, styles: &OdsStyles) -> Option<(CellKind, Cow<'_, str>)> {
        let data = |text: String| Some((CellKind::Data, Cow::Owned(text)));
        let number = || self.value.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let faulty = |fault| Some((CellKind::Faulty(fault), Cow::Borrowed(self.text.as_str())));
        if self.is_error || (self.has_formula && is_error(&self.text)) {
            return faulty(CellFault::Error);
        }
        match self.kind.as_str() {
            "float" if self.is_truth => data(if self.value == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            "float" | "currency" => number().map_or_else(|| faulty(CellFault::NoText), |number| data(decimal(number))),
            "percentage" => number().map_or_else(|| faulty(CellFault::NoText), |number| data(percent(number))),
            "boolean" => data(self.value.to_uppercase()),
            "date" => data(date(&self.value, styles.shown(&self.style))),
            "time" => match days(&self.value) {
                Some(days) => data(time(days, styles.is_elapsed(&self.style))),
                None => faulty(CellFault::NoDate),
            },
            "string" if !self.value.is_empty() && self.text.is_empty() => {
                Some((CellKind::Text, Cow::Borrowed(&self.value)))
            }
            "" if self.has_formula && self.text.is_empty() => faulty(CellFault::NoResult),
            _ if self.text.is_empty() => None,
            _ => Some((CellKind::Text, Cow::Borrowed(&self.text))),
        }
    }
}

/// True for the text of an error: `#N/A`, `#DIV/0!`, `Err:502`.
fn is_error(text: &str) -> bool {
    let is_code = text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    is_code || text == "#N/A" || (text.starts_with('#') && text.ends_with(['!', '?']))
}

/// `2020-03-15` or `2020-03-15T14:30:00`, as far as the format shows it.
fn date(value: &str, shown: Option<ShownUnits>) -> String {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    let is_midnight = time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    match shown {
        Some(ShownUnits { year: true, month: false, day: false, .. }) => day.get(..4).unwrap_or(day).to_owned(),
        Some(ShownUnits { year: true, month: true, day: false, .. }) => day.get(..7).unwrap_or(day).to_owned(),
        Some(ShownUnits { time: false, .. }) => day.to_owned(),
        _ if is_midnight => day.to_owned(),
        _ => format!("{day} {}", time.get(..5).unwrap_or(time)),
    }
}

/// The days of `PT14H30M00S`.
fn days(value: &str) -> Option<f64> {
    let rest = value.strip_prefix("PT")?;
    let (mut seconds, mut digits) = (0.0, String::new());
    for char in rest.chars() {
        let unit = match char {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => {
                digits.push(if char == ',' { '.' } else { char });
                continue;
            }
        };
        seconds += digits.parse::<f64>().ok()? * unit;
        digits.clear();
    }
    digits.is_empty().then_some(seconds / 86_400.0)
}

/// A time of day, or a duration where the format counts hours on or there are more than 24 of them.
fn time(days: f64, is_elapsed: bool) -> String {
    let shown = ShownUnits { time: true, ..ShownUnits::default() };
    let clock = super::super::moment::moment(days, shown, false);
    match clock.filter(|_| !is_elapsed && days < 1.0) {
        Some(clock) => clock,
        None => duration(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_from_their_attributes() {
        let month = ShownUnits { year: true, month: true, ..ShownUnits::default() };
        assert_eq!(date("2020-03-15", None), "2020-03-15");
        assert_eq!(date("2020-03-15", Some(month)), "2020-03");
        assert_eq!(date("2020-03-15T14:30:00", None), "2020-03-15 14:30");
        assert_eq!(date("2020-03-15T00:00:00", None), "2020-03-15");
        assert_eq!(days("PT14H30M00S").map(|days| time(days, false)).as_deref(), Some("14:30"));
        assert_eq!(days("PT36H00M00S").map(|days| time(days, true)).as_deref(), Some("36 h"));
        assert_eq!(days("14:30"), None);
    }

    #[test]
    fn errors_are_known_by_their_text() {
        assert!(["#N/A", "#REF!", "#NAME?", "Err:502"].into_iter().all(is_error));
        assert!(!["N/A", "#1", "Err: none"].into_iter().any(is_error));
    }
}
