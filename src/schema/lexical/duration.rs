//! One exact duration from a text: `30 months`, `2y6m`, `3 wk`, `1 year, 4 months`, `P1M10D`, `2 y+`.

mod letters;
#[cfg(test)]
mod tests;

pub use letters::{YearLetters, is_letter_a, is_letter_j};

use super::NumberFormat;
use super::comparator::{Comparator, comparator};
use super::fraction::written;
use crate::decimal::Decimal;
use crate::schema::letters::unaccented;
use crate::vocabulary::{WordMap, Words};
use crate::words::words;
use num_integer::Integer;
use std::fmt;

words! {
    /// A unit of time, the longest first.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum TimeUnit: "unit of time" {
        /// 365.25 days.
        Years = "years",
        /// A twelfth of a year.
        Months = "months",
        /// 7 days.
        Weeks = "weeks",
        /// 24 hours.
        Days = "days",
        /// 60 minutes.
        Hours = "hours",
        /// 60 seconds.
        Minutes = "minutes",
    }
}

// The words of `durations.toml`.
include!(concat!(env!("OUT_DIR"), "/durations.rs"));

impl TimeUnit {
    /// Its length in minutes.
    ///
    /// Source: 12 months a year, 7 days a week; a year of 365.25 days, as in UCUM.
    pub fn minutes(self) -> i128 {
        match self {
            TimeUnit::Years => 525_960,
            TimeUnit::Months => 43_830,
            TimeUnit::Weeks => 10_080,
            TimeUnit::Days => 1_440,
            TimeUnit::Hours => 60,
            TimeUnit::Minutes => 1,
        }
    }

    /// The whole number of these that so many years have.
    pub fn in_years(self, years: i64) -> Decimal {
        let whole = i128::from(years).saturating_mul(TimeUnit::Years.minutes()).checked_div(self.minutes());
        Decimal::from_int(whole.and_then(|whole| i64::try_from(whole).ok()).unwrap_or(i64::MAX))
    }

    /// The unit behind a number as it is written: `10 D` and `3 W` may be codes, as `12 M` is a man.
    pub fn of_written(word: &str) -> Option<TimeUnit> {
        TimeUnit::of_word(word).filter(|_| !is_capital_letter(word))
    }

    /// The unit a word names; no answer for `m` and `a`, which need others beside them.
    pub fn of_word(word: &str) -> Option<TimeUnit> {
        UNITS.get(&plain(word))
    }
}

/// An amount of time, in the units in which it was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Duration {
    /// `<`, `>` and so on; `>=` for a plus behind it.
    pub comparator: Option<Comparator>,
    /// Years.
    pub years: Option<Decimal>,
    /// Months, below 12 beside years.
    pub months: Option<Decimal>,
    /// Weeks.
    pub weeks: Option<Decimal>,
    /// Days.
    pub days: Option<Decimal>,
    /// Hours.
    pub hours: Option<Decimal>,
    /// Minutes.
    pub minutes: Option<Decimal>,
    /// True where months were written `m` and no years stand beside them: it may be metres or minutes.
    pub bare_m: bool,
    /// True where years were written `a`: it may be a code, as in genotype 1a.
    pub letter_a: bool,
}

/// Reads one duration; no answer for a number without a unit, for words and for ranges.
///
/// The units stand in order, each once, and only the last has decimals. Of a number such as `12+`
/// see [`bound`].
pub fn duration(text: &str, reading: NumberFormat) -> Option<Duration> {
    let (comparator, rest) = bound(text);
    if let Some((number, unit)) = rest.split_once('+').filter(|_| comparator.is_none()) {
        let duration = exact(&format!("{number}{unit}"), reading)?;
        let is_bound = number.ends_with(|c: char| c.is_ascii_digit()) && duration.only_unit().is_some();
        return is_bound.then_some(Duration { comparator: Some(Comparator::AtLeast), ..duration });
    }
    Some(Duration { comparator, ..exact(rest, reading)? })
}

/// A duration without a comparator or a plus.
fn exact(text: &str, reading: NumberFormat) -> Option<Duration> {
    if HALF_YEARS.iter().any(|half| text.eq_ignore_ascii_case(half)) {
        return Some(Duration::of(TimeUnit::Months, Decimal::from_int(6)));
    }
    // Most texts have no number, or begin with a letter that begins no duration.
    let begins_none = text.starts_with(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'P' | 'p'));
    if begins_none || !text.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let duration = match text.strip_prefix(['P', 'p']) {
        Some(parts) => iso(parts, reading)?,
        None => spoken(&plain(text), text, reading)?,
    };
    duration.is_one().then_some(duration)
}

/// A comparator before a text or a plus behind it (`12+`: at least), and the text between.
///
/// A text with both has none that is known: `<12+` keeps its plus.
pub fn bound(text: &str) -> (Option<Comparator>, &str) {
    let (comparator, rest) = comparator(text.trim());
    match (comparator, rest.strip_suffix('+')) {
        (None, Some(before)) if !before.ends_with('+') => (Some(Comparator::AtLeast), before.trim_end()),
        _ => (comparator, rest),
    }
}

/// Lower case, without accents, without the points of abbreviations, `month(s)` as `months`.
fn plain(text: &str) -> String {
    let letters = unaccented(text);
    let letters = if letters.contains('(') { letters.replace("(s)", "s").into() } else { letters };
    let mut plain = String::with_capacity(letters.len());
    for c in letters.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        if c != '.' || !plain.ends_with(char::is_alphabetic) {
            plain.push(c);
        }
    }
    plain
}

/// `2Y6M` behind the `P` of ISO 8601; behind a `T` the letters are hours and minutes.
fn iso(text: &str, reading: NumberFormat) -> Option<Duration> {
    let (dates, times) = text.split_once(['T', 't']).map_or((text, None), |(dates, times)| (dates, Some(times)));
    let mut duration = Duration::default();
    for (mut rest, is_time) in [(dates, false), (times.unwrap_or_default(), true)] {
        while !rest.is_empty() {
            let (value, behind) = number(rest, reading)?;
            let letter = behind.chars().next()?.to_ascii_uppercase();
            let unit = match (letter, is_time) {
                ('Y', false) => TimeUnit::Years,
                ('M', false) => TimeUnit::Months,
                ('W', false) => TimeUnit::Weeks,
                ('D', false) => TimeUnit::Days,
                ('H', true) => TimeUnit::Hours,
                ('M', true) => TimeUnit::Minutes,
                _ => return None,
            };
            duration.set(unit, value)?;
            rest = behind.get(1..)?;
        }
    }
    (times != Some("")).then_some(duration)
}

/// Numbers, each with the word of its unit. `written` tells capitals, which `text` no longer has.
fn spoken(text: &str, written: &str, reading: NumberFormat) -> Option<Duration> {
    if let Some(duration) = years_and_twelfths(text) {
        return Some(duration);
    }
    let (mut duration, mut has_j) = (Duration::default(), false);
    let mut rest = text;
    while !rest.is_empty() {
        let (value, behind) = number(rest, reading)?;
        // `7 y 6/12`
        if duration.years.is_some() && behind == "/12" {
            duration.set(TimeUnit::Months, value)?;
            break;
        }
        let behind = behind.trim_start_matches([' ', '-', '\u{2010}', '\u{2011}']);
        let end = behind.find(|c: char| !c.is_alphabetic() && c != '/').unwrap_or(behind.len());
        let (word, after) = behind.split_at_checked(end)?;
        // `1h30`, as French clocks have it.
        if word.is_empty() && after.is_empty() && is_minutes_behind_hours(text, rest) {
            duration.set(TimeUnit::Minutes, value)?;
            break;
        }
        let unit = match word {
            // `2h 30m`
            "m" if duration.hours.is_some() => TimeUnit::Minutes,
            "m" => TimeUnit::Months,
            // Before months it is a German year; alone it is a French day as well.
            "a" | "j" => TimeUnit::Years,
            word => UNITS.get(word)?,
        };
        if word == "a" && is_range(rest, value, after, reading) {
            return None;
        }
        let (value, after) = with_half(value, after);
        duration.bare_m |= word == "m" && duration.years.is_none() && duration.hours.is_none();
        duration.letter_a |= word == "a";
        has_j |= word == "j";
        duration.set(unit, value)?;
        rest = behind_joint(after)?;
    }
    let is_capital = is_capital_letter(written) && (duration.years.is_none() || duration.letter_a);
    (!is_capital && (!has_j || duration.months.is_some())).then_some(duration)
}

/// `14 6/12 j`, `14 6/12 years`: years and months before a word for years.
fn years_and_twelfths(text: &str) -> Option<Duration> {
    let (before, unit) = text.split_once("/12 ")?;
    let (years, months) = before.split_once([' ', '+'])?;
    let is_years = matches!(unit, "j" | "a") || UNITS.get(unit) == Some(TimeUnit::Years);
    let whole = |digits: &str| digits.parse::<u16>().ok().map(|count| Decimal::from_int(count.into()));
    let mut duration = Duration::of(TimeUnit::Years, whole(years)?);
    duration.set(TimeUnit::Months, whole(months)?)?;
    is_years.then_some(duration)
}

/// True for `2 a 3 meses`, from 2 to 3 months in Spanish, Italian and Portuguese: an `a` that stands apart, before a
/// larger number.
fn is_range(text: &str, value: Decimal, after: &str, reading: NumberFormat) -> bool {
    let is_apart = text.contains(" a ") && after.starts_with(' ');
    is_apart && number(after.trim_start(), reading).is_some_and(|(next, _)| next > value)
}

/// The number with the half behind its unit, `1 año y medio`, and what follows.
fn with_half(value: Decimal, after: &str) -> (Decimal, &str) {
    let half = HALVES.iter().find_map(|half| after.trim_start().strip_prefix(half)).filter(|rest| rest.is_empty());
    let doubled = value.mantissa().checked_mul(10).and_then(|tenths| tenths.checked_add(5));
    match (half, doubled) {
        (Some(rest), Some(tenths)) if value.scale() == 0 => (Decimal::new(tenths, 1), rest),
        _ => (value, after),
    }
}

/// True for two digits behind the `h` of an hour.
fn is_minutes_behind_hours(text: &str, rest: &str) -> bool {
    let before = text.strip_suffix(rest).unwrap_or_default();
    before.ends_with('h') && rest.len() == 2 && rest.bytes().all(|digit| digit.is_ascii_digit())
}

/// True where a unit is a single capital, which may be anything but `Y`: `12 M` is male, `3A` a code.
fn is_capital_letter(written: &str) -> bool {
    let mut words = written.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() == 1);
    words.any(|word| word != "Y" && word.chars().all(char::is_uppercase))
}

/// What follows a part: the next one, behind a joint, or nothing; no answer for anything else.
fn behind_joint(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', '-', ',']);
    if text.is_empty() || ENDINGS.contains(text) {
        return Some("");
    }
    let joint = JOINTS.iter().find_map(|joint| text.strip_prefix(joint)?.strip_prefix(' '));
    let next = joint.unwrap_or(text).trim_start();
    next.starts_with(|c: char| c.is_ascii_digit()).then_some(next)
}

/// The number at the start of a text, also with a fraction (`2½`, `½`, `1 1/2`), and what follows.
fn number(text: &str, reading: NumberFormat) -> Option<(Decimal, &str)> {
    // `1/2 year`
    if let Some((thousandths, rest)) = written(text, "") {
        return Some((Decimal::new(thousandths, 3).normalised(), rest));
    }
    let mark = if reading.decimal_comma { ',' } else { '.' };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != mark).unwrap_or(text.len());
    let (token, rest) = text.split_at_checked(end)?;
    let whole = || if token.is_empty() { Some(0) } else { token.parse().ok() };
    if let Some((thousandths, rest)) = written(rest.trim_start_matches(' '), token) {
        return Some((
            Decimal::new(i64::checked_add(i64::checked_mul(whole()?, 1000)?, thousandths)?, 3).normalised(),
            rest,
        ));
    }
    Some((Decimal::parse(&token.replace(mark, ".")).ok()?, rest))
}

impl Duration {
    /// So many of one unit.
    pub fn of(unit: TimeUnit, value: Decimal) -> Duration {
        let mut duration = Duration::default();
        // Nothing is there before it.
        let _ = duration.set(unit, value);
        duration
    }

    /// The number of one unit; no answer where it was not stated.
    pub fn part(&self, unit: TimeUnit) -> Option<Decimal> {
        match unit {
            TimeUnit::Years => self.years,
            TimeUnit::Months => self.months,
            TimeUnit::Weeks => self.weeks,
            TimeUnit::Days => self.days,
            TimeUnit::Hours => self.hours,
            TimeUnit::Minutes => self.minutes,
        }
    }

    /// Adds a part. No answer where it or a shorter one is there already.
    fn set(&mut self, unit: TimeUnit, value: Decimal) -> Option<()> {
        if self.parts().any(|(known, _)| known >= unit) {
            return None;
        }
        let part = match unit {
            TimeUnit::Years => &mut self.years,
            TimeUnit::Months => &mut self.months,
            TimeUnit::Weeks => &mut self.weeks,
            TimeUnit::Days => &mut self.days,
            TimeUnit::Hours => &mut self.hours,
            TimeUnit::Minutes => &mut self.minutes,
        };
        *part = Some(value);
        Some(())
    }

    /// The units that were stated, the longest first, each with its number.
    pub fn parts(&self) -> impl Iterator<Item = (TimeUnit, Decimal)> {
        TimeUnit::ALL.into_iter().filter_map(|unit| Some((unit, self.part(unit)?)))
    }

    /// The only unit that was stated; no answer for `2y6m`.
    pub fn only_unit(&self) -> Option<TimeUnit> {
        let mut parts = self.parts();
        parts.next().filter(|_| parts.next().is_none()).map(|(unit, _)| unit)
    }

    /// True for at least one part, whole numbers before the last, and each below one of the part before it.
    fn is_one(&self) -> bool {
        let parts: Vec<(TimeUnit, Decimal)> = self.parts().collect();
        let fits = |pair: &[(TimeUnit, Decimal)]| match pair {
            [(long, many), (short, few)] => many.scale() == 0 && is_below(*few, *short, *long),
            _ => true,
        };
        !parts.is_empty() && parts.windows(2).all(fits)
    }

    /// The duration in one unit, exact: numerator / (parts · 10^scale).
    ///
    /// Formula: the sum of the parts, with 12 months or 365.25 days a year, 7 days a week, 24 hours a day. The
    /// denominator depends on the units that were stated, not on their numbers: months in years are twelfths.
    /// No answer where it is too large for 128 bits.
    /// Source: the year of 365.25 days is that of UCUM; between two dates the calendar counts.
    pub fn in_unit(&self, unit: TimeUnit) -> Option<(i128, u64, u8)> {
        let scale = self.parts().map(|(_, value)| value.scale()).max().unwrap_or(0);
        let common = self.parts().fold(unit.minutes(), |common, (part, _)| common.gcd(&part.minutes()));
        let mut numerator = 0_i128;
        for (part, value) in self.parts() {
            let more = 10_i128.checked_pow(u32::from(scale.checked_sub(value.scale())?))?;
            let length = part.minutes().checked_div(common)?;
            let scaled = i128::from(value.mantissa()).checked_mul(more)?.checked_mul(length)?;
            numerator = numerator.checked_add(scaled)?;
        }
        Some((numerator, u64::try_from(unit.minutes().checked_div(common)?).ok()?, scale))
    }

    /// True where the result in a unit depends on the length of a year in days: 10 days in months.
    pub fn counts_days_a_year(&self, unit: TimeUnit) -> bool {
        self.parts().any(|(part, _)| (part <= TimeUnit::Months) != (unit <= TimeUnit::Months))
    }
}

/// True where so many of a short unit are less than one of a long one, or just as long where no number is exact.
fn is_below(few: Decimal, short: TimeUnit, long: TimeUnit) -> bool {
    let most = match (long, short) {
        (TimeUnit::Years, TimeUnit::Months) => 12,
        (TimeUnit::Years, TimeUnit::Weeks) => 53,
        (TimeUnit::Years, TimeUnit::Days) => 366,
        (TimeUnit::Months, TimeUnit::Weeks) => 5,
        (TimeUnit::Months, TimeUnit::Days) => 32,
        (TimeUnit::Weeks, TimeUnit::Days) => 7,
        (TimeUnit::Days, TimeUnit::Hours) => 24,
        (TimeUnit::Hours, TimeUnit::Minutes) => 60,
        _ => i64::MAX,
    };
    few < Decimal::from_int(most)
}

/// As it is read back: `>=2 years 6 months`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.comparator.map_or("", Comparator::sign))?;
        for (place, (unit, value)) in self.parts().enumerate() {
            write!(f, "{}{value} {unit}", if place == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}
