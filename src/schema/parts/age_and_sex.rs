//! `12/F`, `13, female`, `34F`, `12 y/F`, `12yM`, `F 12 m`.
//!
//! A cell is cut at every place, and read only if exactly one cut gives an age and a sex. `6m` and `3 M` may be months:
//! such a letter is a sex only behind a separator, or behind an age with a unit.

use crate::schema::lexical::NumberFormat;
use crate::schema::lexical::duration::{TimeUnit, duration};
use crate::schema::sex::may_be_sex;
use crate::schema::units::unit;

/// What says that two things follow one another.
const SEPARATORS: [char; 6] = ['/', ',', ';', '|', '&', '\n'];
/// What may stand between them beside that.
const GAPS: [char; 5] = ['-', '–', '(', ')', ':'];
/// Letters for years that are no unit by themselves; `12 j` may be French days.
const YEARS: [&str; 6] = ["J", "a", "A", "yo", "YO", "Yo"];

/// Both parts of a cell.
pub fn cut(text: &str, is_missing: impl Fn(&str) -> bool) -> Option<[String; 2]> {
    let mut found: Option<[String; 2]> = None;
    for cut in cuts(text) {
        let Some(both) = cut.age_and_sex(&is_missing) else { continue };
        if found.as_ref().is_some_and(|known| *known != both) {
            return None;
        }
        found = Some(both);
    }
    found
}

/// The whole years and the capital of `34 M`, which is a man only beside cells such as `34M`.
pub fn spaced_man(text: &str) -> Option<[&str; 2]> {
    let (age, sex) = text.trim().rsplit_once(' ')?;
    (sex == "M" && is_whole_age(age)).then_some([age, sex])
}

fn is_whole_age(age: &str) -> bool {
    (1..=3).contains(&age.len()) && age.bytes().all(|byte| byte.is_ascii_digit())
}

/// The whole years and the capital of `34M`; in lower case, or behind a space, it may be months.
pub fn joined_man(text: &str) -> Option<[&str; 2]> {
    let text = text.trim();
    let (age, sex) = text.split_at_checked(text.len().checked_sub(1)?)?;
    (sex == "M" && is_whole_age(age)).then_some([age, sex])
}

/// True for a text that is nothing but an age and a sex with a separator or a unit between them.
pub fn is_plain(text: &str) -> bool {
    let text = text.trim();
    let is_digit = |c: char| c.is_ascii_digit();
    // The age is at one end, and the sex at the other.
    let has_both = match (text.starts_with(is_digit), text.ends_with(is_digit)) {
        (true, false) => ends_with_sex(text),
        (false, true) => starts_with_sex(text),
        (true, true) | (false, false) => false,
    };
    let amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ');
    // `20 mm` is no man of 20 months.
    if !has_both || unit(text.trim_start_matches(amount)).is_some() {
        return false;
    }
    let Some([age, sex]) = cut(text, |_| false) else { return false };
    // `5,x` may be anything.
    let is_one_of_two = !matches!(sex.to_lowercase().as_str(), "d" | "v" | "x" | "");
    is_one_of_two && (text.contains(SEPARATORS) || age.contains(char::is_alphabetic))
}

fn ends_with_sex(text: &str) -> bool {
    let word = text.trim_end_matches(')').rsplit(|c: char| !is_of_a_word(c)).next().unwrap_or_default();
    let last = word.char_indices().next_back().and_then(|(at, _)| word.get(at..)).unwrap_or_default();
    may_be_sex(word) || may_be_sex(last)
}

fn starts_with_sex(text: &str) -> bool {
    let word = text.split(|c: char| !is_of_a_word(c)).next().unwrap_or_default();
    !word.contains(|c: char| c.is_ascii_digit()) && may_be_sex(word)
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '♀' | '♂')
}

/// A cell cut at one place, without what stands between the sides.
struct CutCell<'t> {
    sides: [&'t str; 2],
    /// A separator stands between them.
    is_marked: bool,
    /// The second stands in brackets, or is a capital behind a dash.
    is_apart: bool,
}

/// The cuts at the ends of words and numbers, and before the last letter.
fn cuts(text: &str) -> impl Iterator<Item = CutCell<'_>> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).filter_map(|at| {
        let (left, right) = text.split_at_checked(at)?;
        let between = |c: char| c.is_whitespace() || SEPARATORS.contains(&c) || GAPS.contains(&c);
        // A sign is no gap: `<1 y`, `12.5`; a cut inside a gap is the cut before it.
        let (first, second) = (left, right.trim_start_matches(between));
        if first.ends_with(between) || is_inside_a_word(first, second, right.len() == second.len()) {
            return None;
        }
        let gap = right.get(..right.len().saturating_sub(second.len())).unwrap_or_default();
        let second = second.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | '.'));
        let is_marked = gap.chars().filter(|c| SEPARATORS.contains(c)).count() == 1;
        let is_behind_dash = gap.contains(['-', '–']) && second.chars().all(char::is_uppercase);
        let is_apart = is_behind_dash || gap.contains('(') && text.ends_with(')');
        Some(CutCell { sides: [first.trim(), second], is_marked, is_apart })
    })
}

/// True between two digits, and between two letters unless one letter is left.
fn is_inside_a_word(first: &str, second: &str, is_joined: bool) -> bool {
    let (before, behind) = (first.chars().next_back(), second.chars().next());
    let (Some(before), Some(behind)) = (before, behind) else { return false };
    let of = |is: fn(char) -> bool| is(before) && is(behind);
    is_joined && (of(|c| c.is_ascii_digit()) || (of(char::is_alphabetic) && second.chars().nth(1).is_some()))
}

impl CutCell<'_> {
    fn age_and_sex(&self, is_missing: &impl Fn(&str) -> bool) -> Option<[String; 2]> {
        let [first, second] = self.sides;
        self.read(first, second, is_missing, false).or_else(|| self.read(second, first, is_missing, true))
    }

    fn read(
        &self,
        age: &str,
        sex: &str,
        is_missing: &impl Fn(&str) -> bool,
        is_sex_first: bool,
    ) -> Option<[String; 2]> {
        let is_silent = |side: &str| self.is_marked && (side.is_empty() || is_missing(side));
        if is_silent(age) && (may_be_sex(sex) || (!is_sex_first && is_silent(sex) && !age.is_empty())) {
            return Some([age.to_owned(), sex.to_owned()]);
        }
        let plain = plain_age(age)?;
        if is_silent(sex) {
            return Some([plain, sex.to_owned()]);
        }
        let may_be_unit = || TimeUnit::of_word(sex).is_some() || matches!(sex.to_lowercase().as_str(), "m" | "a" | "h");
        let has_unit = plain.contains(char::is_alphabetic);
        let is_certain = self.is_marked || self.is_apart || is_sex_first || has_unit || !may_be_unit();
        (may_be_sex(sex) && is_certain).then(|| [plain, sex.to_owned()])
    }
}

/// The age as cells of ages are written: `12`, `12 y`, `2 years 3 months`.
fn plain_age(text: &str) -> Option<String> {
    let number = text.trim_start_matches(['<', '>', '≤', '≥', '=', ' ']);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = number.trim_end_matches('+');
    let is_number = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','))
        && digits.bytes().filter(|byte| matches!(byte, b'.' | b',')).count() <= 1
        && digits.ends_with(|c: char| c.is_ascii_digit());
    if is_number {
        return Some(text.to_owned());
    }
    let words = text.replace(['-', '–'], " ").replace("y/o", "yo");
    let at = words.find(char::is_alphabetic)?;
    let (amount, unit) = words.split_at_checked(at)?;
    let unit = unit.trim_end_matches('.').trim();
    if unit.eq_ignore_ascii_case("m") {
        return plain_age(amount.trim()).map(|number| format!("{number} months"));
    }
    if YEARS.contains(&unit) {
        return plain_age(amount.trim()).map(|number| format!("{number} y"));
    }
    let format = NumberFormat { decimal_comma: words.contains(','), field_delimiter: None };
    duration(&words, format).map(|_| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        let is_missing = |side: &str| matches!(side, "-" | "?" | "NR" | "unknown");
        cut(text, is_missing).map(|[age, sex]| (age, sex))
    }

    #[test]
    fn an_age_and_a_sex_are_found_in_any_order() {
        for (text, age, sex) in [
            ("12/F", "12", "F"),
            ("12 / F", "12", "F"),
            ("13, female", "13", "female"),
            ("13,f", "13", "f"),
            ("34F", "34", "F"),
            ("34 F", "34", "F"),
            ("34 (F)", "34", "F"),
            ("9 (M)", "9", "M"),
            ("45-M", "45", "M"),
            ("45 – M", "45", "M"),
            ("34 female", "34", "female"),
            ("34female", "34", "female"),
            ("12 y/F", "12 y", "F"),
            ("12yM", "12y", "M"),
            ("12 y M", "12 y", "M"),
            ("12y/m", "12y", "m"),
            ("12 y/o F", "12 y", "F"),
            ("12 yo male", "12 y", "male"),
            ("12-year-old girl", "12 year old", "girl"),
            ("12 years old, male", "12 years old", "male"),
            ("12 m/F", "12 months", "F"),
            ("12 months / F", "12 months", "F"),
            ("2y6m/F", "2y6m", "F"),
            ("2.5/M", "2.5", "M"),
            ("2,5/M", "2,5", "M"),
            ("12/M", "12", "M"),
            ("34/V", "34", "V"),
            ("12;M", "12", "M"),
            ("12/♀", "12", "♀"),
            ("12♂", "12", "♂"),
            ("12 J/w", "12 y", "w"),
            ("12 ans, homme", "12 ans", "homme"),
            ("<1/F", "<1", "F"),
            (">89/F", ">89", "F"),
            ("89+/F", "89+", "F"),
            ("12/?", "12", "?"),
            ("12/", "12", ""),
            ("NR/F", "NR", "F"),
            ("/F", "", "F"),
            ("NR/NR", "NR", "NR"),
        ] {
            assert_eq!(read(text), Some((age.to_owned(), sex.to_owned())), "{text}");
        }
        for text in ["F/12", "F, 12", "F12", "F 12", "M 12", "m12", "male, 12"] {
            assert_eq!(read(text).map(|(age, _)| age).as_deref(), Some("12"), "{text}");
        }
        assert_eq!(read("F 12 m"), Some(("12 months".to_owned(), "F".to_owned())));
    }

    #[test]
    fn what_is_not_both_is_not_read() {
        for text in [
            "6m",
            "3 M",
            "34W",
            "12 d",
            "12 h",
            "12",
            "F",
            "12 y",
            "2y6m",
            "12 months",
            "12/1",
            "1/12",
            "12/13/F",
            "12/F/white",
            "F/M",
            "12/feemale",
            "12 F 13",
            "twelve/F",
            "",
            "/",
            "6/12",
            "30s/F",
            "12 y/o",
            "1980-03-04/F",
            "12-14/F",
            "-3/F",
            "12/F (adopted)",
            "12 j/F",
            "6-m",
            "6m (",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_man_is_whole_years_and_a_capital() {
        assert_eq!([joined_man("34M"), joined_man(" 8M ")], [Some(["34", "M"]), Some(["8", "M"])]);
        for text in ["34m", "8 M", "M", "3.5M", "2y6M", "1234M", "34F", "M34", "", "34 MM"] {
            assert_eq!(joined_man(text), None, "{text}");
        }
    }

    #[test]
    fn only_plain_pairs_are_seen_under_another_header() {
        for text in ["12/F", "13, female", "12yM", "12 y/F", "F/12", "12 m/F"] {
            assert!(is_plain(text), "{text}");
        }
        for text in ["34F", "12", "F", "4A", "1/2", "12 mg/dL", "12/", "/F", "T2N0M", "6m", "120/80", "M1/2", "5,x"] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
