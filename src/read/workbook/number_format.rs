//! What the format of a cell says of its number: a percentage, a date, a time, a duration.

use super::worded::WordedFormat;
use std::sync::Arc;

/// How the number of a cell is meant.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum CellFormat {
    /// A number.
    #[default]
    Number,
    /// A percentage of 1.
    Percent,
    /// A day of the calendar, a time of day, or both.
    Moment(ShownUnits),
    /// A number of days, shown as hours, minutes or seconds.
    Duration,
    /// A number with words or signs beside it.
    Worded(Arc<WordedFormat>),
}

/// The parts of a date and time that a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShownUnits {
    /// The year.
    pub year: bool,
    /// The month.
    pub month: bool,
    /// The day.
    pub day: bool,
    /// Hours, minutes or seconds.
    pub time: bool,
}

/// The format with one of the numbers that ECMA-376 (18.8.30) keeps for itself.
pub fn built_in(number: u32) -> CellFormat {
    let moment = |year, month, day, time| CellFormat::Moment(ShownUnits { year, month, day, time });
    match number {
        9 | 10 => CellFormat::Percent,
        14 | 15 | 27..=31 | 36 | 50..=54 | 57 | 58 => moment(true, true, true, false),
        16 => moment(false, true, true, false),
        17 | 55 | 56 => moment(true, true, false, false),
        18..=21 | 32..=35 | 45 | 47 => moment(false, false, false, true),
        22 => moment(true, true, true, true),
        46 => CellFormat::Duration,
        _ => CellFormat::Number,
    }
}

/// The format with this code, such as `dd.mm.yyyy;@`; only the section for positive numbers decides.
pub fn of_code(code: &str) -> CellFormat {
    let letters = letters(code);
    if letters.is_duration {
        return CellFormat::Duration;
    }
    if letters.has_percent {
        return CellFormat::Percent;
    }
    let shown = shown(&letters.runs);
    if shown != ShownUnits::default() {
        return CellFormat::Moment(shown);
    }
    WordedFormat::of_code(code).map_or(CellFormat::Number, |worded| CellFormat::Worded(Arc::new(worded)))
}

/// The letters of a format that stand for parts of a number.
#[derive(Default)]
struct FormatLetters {
    /// Runs of one letter: `yyyy`, `mm`.
    runs: Vec<(char, usize)>,
    has_percent: bool,
    is_duration: bool,
}

fn letters(code: &str) -> FormatLetters {
    let mut found = FormatLetters::default();
    let lower = code.to_ascii_lowercase();
    let code = lower.replace("general", "").replace("am/pm", "h").replace("a/p", "h");
    let mut rest = code.chars();
    let mut last = None;
    while let Some(char) = rest.next() {
        match char {
            ';' => break,
            '\\' | '_' | '*' => drop(rest.next()),
            '"' => drop(rest.find(|char| *char == '"')),
            '[' => {
                let inner: String = rest.by_ref().take_while(|char| *char != ']').collect();
                let is_elapsed = |of: char| !inner.is_empty() && inner.chars().all(|char| char == of);
                found.is_duration |= ['h', 'm', 's'].into_iter().any(is_elapsed);
            }
            '%' => found.has_percent = true,
            'y' | 'm' | 'd' | 'h' | 's' => match found.runs.last_mut().filter(|_| last == Some(char)) {
                Some((_, length)) => *length = length.saturating_add(1),
                None => found.runs.push((char, 1)),
            },
            _ => {}
        }
        last = Some(char);
    }
    found
}

/// What the runs show; an `m` behind hours or before seconds is minutes.
fn shown(runs: &[(char, usize)]) -> ShownUnits {
    let mut shown = ShownUnits::default();
    for (at, (letter, length)) in runs.iter().enumerate() {
        let beside = |at: Option<usize>, letter| at.and_then(|at| runs.get(at)).is_some_and(|run| run.0 == letter);
        match letter {
            'y' => shown.year = true,
            'd' => shown.day = true,
            'm' if *length < 3 && (beside(at.checked_sub(1), 'h') || beside(at.checked_add(1), 's')) => {
                shown.time = true;
            }
            'm' => shown.month = true,
            _ => shown.time = true,
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_a_number_means() {
        let moment = |year, month, day, time| CellFormat::Moment(ShownUnits { year, month, day, time });
        for (code, format) in [
            ("General", CellFormat::Number),
            ("0.00E+00", CellFormat::Number),
            ("#,##0.00\\ [$€-407]", CellFormat::Number),
            ("[Red]0.0;-0.0", CellFormat::Number),
            ("0.0%", CellFormat::Percent),
            ("yyyy-mm-dd", moment(true, true, true, false)),
            ("[$-409]d\\-mmm\\-yy;@", moment(true, true, true, false)),
            ("mmm-yy", moment(true, true, false, false)),
            ("yyyy", moment(true, false, false, false)),
            ("h:mm AM/PM", moment(false, false, false, true)),
            ("mm:ss.0", moment(false, false, false, true)),
            ("dd/mm/yyyy hh:mm", moment(true, true, true, true)),
            ("[h]:mm:ss", CellFormat::Duration),
            ("[mm]:ss", CellFormat::Duration),
        ] {
            assert_eq!(of_code(code), format, "{code}");
        }
        assert!(matches!(of_code("0\" days\""), CellFormat::Worded(_)));
        assert_eq!((built_in(14), built_in(10)), (moment(true, true, true, false), CellFormat::Percent));
    }
}
