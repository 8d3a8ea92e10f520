//! Natural order: numbers by their size (1, 2, 10; 0.25, 0.5; <5, 5-10, >10), Roman numerals by theirs (I, II, IX), any
//! other text with the numbers in it as numbers.

use crate::decimal::Decimal;
use std::cmp::Ordering;

/// Levels that differ in a number: all have the same words before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ladder {
    /// Numbers: `1`, `grade 2`, `<5 mg`.
    Numbers,
    /// Roman numerals: `IV`, `stage IIIa`.
    Roman,
}

/// The place of a level on a ladder, by what is compared first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rung {
    number: Decimal,
    /// -1 below the number, 1 above it.
    side: i8,
}

/// A level as words, rung, rest: `stage ` 3 `a`.
struct GradedLevel<'l> {
    before: String,
    rung: Rung,
    rest: &'l str,
}

/// The ladder that all of these levels stand on; none where they differ in something else.
pub fn ladder(levels: &[&str]) -> Option<Ladder> {
    steps(levels).map(|(ladder, _)| ladder)
}

/// Sorts by the natural order of names.
pub fn sort_naturally<T>(items: &mut [T], name: impl Fn(&T) -> &str) {
    let names: Vec<String> = items.iter().map(|item| name(item).to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match steps(&names) {
        None => items.sort_by(|a, b| natural(name(a), name(b))),
        Some((ladder, _)) => items.sort_by(|a, b| {
            let (one, other) = (step(name(a), ladder), step(name(b), ladder));
            let by_rung = one.as_ref().map(|s| &s.rung).cmp(&other.as_ref().map(|s| &s.rung));
            let rest = |step: Option<GradedLevel<'_>>| step.map_or_else(String::new, |step| step.rest.to_owned());
            by_rung.then_with(|| natural(&rest(one), &rest(other))).then_with(|| natural(name(a), name(b)))
        }),
    }
}

fn steps<'l>(levels: &[&'l str]) -> Option<(Ladder, Vec<GradedLevel<'l>>)> {
    let on = |ladder| {
        let steps: Vec<GradedLevel<'l>> = levels.iter().map(|level| step(level, ladder)).collect::<Option<_>>()?;
        let first = steps.first()?;
        steps.iter().all(|step| step.before == first.before).then_some((ladder, steps))
    };
    on(Ladder::Numbers).or_else(|| on(Ladder::Roman))
}

fn step(level: &str, ladder: Ladder) -> Option<GradedLevel<'_>> {
    match ladder {
        Ladder::Numbers => number_step(level),
        Ladder::Roman => roman_step(level),
    }
}

/// `grade 2b`, `<0.5 mg`, `-1`.
fn number_step(level: &str) -> Option<GradedLevel<'_>> {
    let digit = level.find(|c: char| c.is_ascii_digit())?;
    let (before, numeric) = level.split_at_checked(digit)?;
    let end = numeric.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(numeric.len());
    let (written, rest) = numeric.split_at_checked(end)?;
    let digits = written.trim_end_matches(['.', ',']);
    let sides = [("<", -1), ("≤", -1), ("<=", -1), (">", 1), ("≥", 1), (">=", 1)];
    let before = before.trim_end();
    let (before, side) = sides
        .into_iter()
        .rev()
        .find_map(|(sign, side)| Some((before.strip_suffix(sign)?, side)))
        .unwrap_or((before, 0));
    // A minus belongs to the number where nothing stands before it.
    let (before, sign) = before.strip_suffix('-').filter(|b| b.is_empty()).map_or((before, ""), |b| (b, "-"));
    let number = Decimal::parse(&format!("{sign}{}", digits.replace(',', "."))).ok()?;
    Some(GradedLevel { before: before.trim().to_lowercase(), rung: Rung { number, side }, rest })
}

/// `IV`, `stage IIIa`.
fn roman_step(level: &str) -> Option<GradedLevel<'_>> {
    let level = level.trim();
    let start = level.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    let (before, word) = level.split_at_checked(start)?;
    let whole = roman(word).map(|value| (value, ""));
    let (value, rest) = whole.or_else(|| {
        let letter = word.char_indices().last().filter(|(_, c)| matches!(c.to_ascii_lowercase(), 'a'..='d'))?.0;
        let (numeral, rest) = word.split_at_checked(letter)?;
        Some((roman(numeral)?, rest))
    })?;
    let rung = Rung { number: Decimal::from_int(value), side: 0 };
    Some(GradedLevel { before: before.trim().to_lowercase(), rung, rest })
}

/// The value of a Roman numeral from I to XXXIX.
fn roman(text: &str) -> Option<i64> {
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let upper = text.to_ascii_uppercase();
    // `Iv` and `xI` are words or slips.
    if upper.is_empty() || (text != upper && text != text.to_ascii_lowercase()) {
        return None;
    }
    let tens = upper.bytes().take_while(|byte| *byte == b'X').count().min(3);
    let place = units.iter().position(|unit| Some(*unit) == upper.get(tens..))?;
    i64::try_from(tens * 10 + place).ok()
}

/// Compares texts with the numbers in them as numbers: `C2` before `C10`.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        let (Some(first), Some(second)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len()).then_with(|| one.cmp(other));
        };
        if first.is_ascii_digit() && second.is_ascii_digit() {
            let (number, rest_a) = digits(a);
            let (rival, rest_b) = digits(b);
            // The longer of two numbers without leading zeros is the greater.
            let order = number.len().cmp(&rival.len()).then_with(|| number.cmp(rival));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (rest_a, rest_b);
            continue;
        }
        let order = first.to_lowercase().cmp(second.to_lowercase());
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (&a[first.len_utf8()..], &b[second.len_utf8()..]);
    }
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'l>(levels: &[&'l str]) -> Vec<&'l str> {
        let mut levels = levels.to_vec();
        sort_naturally(&mut levels, |level| level);
        levels
    }

    #[test]
    fn texts_are_compared_with_their_numbers() {
        assert_eq!(sorted(&["C10", "c2", "C02", "C1", "b", "é"]), ["b", "C1", "C02", "c2", "C10", "é"]);
    }

    #[test]
    fn numbers_and_roman_numerals_stand_by_their_size() {
        for expected in [
            vec!["1", "2", "10"],
            vec!["-2", "-1", "0", "0.25", "0.5", "1"],
            vec!["0,25 mg", "0,5 mg", "10 mg"],
            vec!["<5", "5-10", ">10"],
            vec!["<18", "18-64", "65+"],
            vec!["grade 1", "Grade 2", "grade 10"],
            vec!["I", "II", "III", "IV", "V", "IX", "X"],
            vec!["stage I", "Stage IIa", "stage IIb", "stage IV"],
            vec!["ii", "iv", "ix"],
            vec!["A", "I", "IX", "V"],
            vec!["no", "yes"],
        ] {
            let mut turned = expected.clone();
            turned.reverse();
            assert_eq!(sorted(&turned), expected);
            turned.rotate_left(1);
            assert_eq!(sorted(&turned), expected);
        }
    }

    #[test]
    fn a_ladder_is_of_one_kind() {
        assert_eq!(ladder(&["1", "2"]), Some(Ladder::Numbers));
        assert_eq!(ladder(&["I", "IV"]), Some(Ladder::Roman));
        assert_eq!(ladder(&["1", "II"]), None);
        assert_eq!(ladder(&["T1", "N1"]), None);
        assert_eq!(ladder(&["mild", "severe"]), None);
        assert_eq!(ladder(&[]), None);
    }
}
