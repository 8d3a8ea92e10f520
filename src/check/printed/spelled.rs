//! Numbers of several words: `one hundred and five`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of lengths of parts of one text do not overflow")]

const SMALL_NUMBERS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [(&str, i64); 8] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// The number of words at the start of a text, and their length. None where it does not begin with one.
///
/// The inner option is none for a number that is not meant exactly, or is of no use as a count: `two million`, `one
/// dozen`.
pub(in crate::check) fn spelled(text: &str) -> Option<(Option<u64>, usize)> {
    let first = text.bytes().next()?.to_ascii_lowercase();
    if !matches!(first, b'e' | b'f' | b'n' | b'o' | b's' | b't' | b'z') {
        return None;
    }
    let (value, end) = below_thousand(text, 0)?;
    let Some((_, after)) = next_word(text, end).filter(|(word, _)| word.eq_ignore_ascii_case("thousand")) else {
        let is_round = next_word(text, end).is_some_and(|(word, _)| is_round(word));
        return Some((Some(value).filter(|_| !is_round), end)).filter(|_| ends(text, end));
    };
    let rest = hundreds_behind_comma(text, after)
        .or_else(|| below_thousand(text, behind_and(text, after)).filter(|(_, end)| ends(text, *end)));
    let (rest, end) = rest.unwrap_or((0, after));
    Some((Some(value.saturating_mul(1000).saturating_add(rest)), end)).filter(|_| ends(text, end))
}

/// True for a word that makes a number a round one: `two million`.
pub(in crate::check) fn is_round(word: &str) -> bool {
    ["dozen", "dozens", "million", "millions", "billion", "billions"]
        .iter()
        .any(|round| word.eq_ignore_ascii_case(round))
}

/// True for a word that multiplies the digits before it: `12 thousand`.
pub(in crate::check) fn multiplies(word: &str) -> bool {
    is_round(word) || ["hundred", "thousand"].iter().any(|of| word.eq_ignore_ascii_case(of))
}

/// The word at the start of a text, behind one space or dash at most, and its end.
pub(in crate::check) fn next_word(text: &str, from: usize) -> Option<(&str, usize)> {
    let rest = text.get(from..)?;
    let gap = if from == 0 { 0 } else { rest.chars().next().filter(|c| is_gap(*c) || *c == '-')?.len_utf8() };
    let word = rest.get(gap..)?;
    let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    (end > 0).then(|| Some((word.get(..end)?, from + gap + end)))?
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// True where no letter goes on the number: `three-hundred-bed` is none.
fn ends(text: &str, end: usize) -> bool {
    let mut after = text.get(end..).unwrap_or_default().chars();
    match after.next() {
        Some('-' | '\'' | '\u{2019}') => !after.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// `five`, `twenty-five`, `twenty five`, from a position.
fn below_hundred(text: &str, from: usize) -> Option<(u64, usize)> {
    let (word, end) = next_word(text, from)?;
    let value = word_value(word)?;
    let unit = next_word(text, end)
        .and_then(|(word, end)| Some((word_value(word).filter(|unit| (1..10).contains(unit))?, end)));
    match unit.filter(|_| value >= 20) {
        Some((unit, end)) if ends(text, end) => Some((value + unit, end)),
        _ => Some((value, end)),
    }
}

fn word_value(word: &str) -> Option<u64> {
    let lower = word.to_ascii_lowercase();
    let (value, _) = number_word(&lower)?;
    u64::try_from(value).ok()
}

/// `five`, `twelve hundred`, `two hundred and five`, from a position.
fn below_thousand(text: &str, from: usize) -> Option<(u64, usize)> {
    let (value, end) = below_hundred(text, from)?;
    let hundred = next_word(text, end).filter(|(word, _)| word.eq_ignore_ascii_case("hundred"));
    let Some((_, after)) = hundred.filter(|_| (1..100).contains(&value)) else { return Some((value, end)) };
    let rest = below_hundred(text, behind_and(text, after)).filter(|(rest, end)| *rest > 0 && ends(text, *end));
    let (rest, end) = rest.unwrap_or((0, after));
    Some((value * 100 + rest, end))
}

/// The position behind the `and` of `hundred and five`.
fn behind_and(text: &str, from: usize) -> usize {
    next_word(text, from).filter(|(word, _)| word.eq_ignore_ascii_case("and")).map_or(from, |(_, end)| end)
}

/// The `, five hundred and two` of `one thousand, five hundred and two`.
fn hundreds_behind_comma(text: &str, from: usize) -> Option<(u64, usize)> {
    let comma = text.get(from..)?.starts_with(',').then_some(from + 1)?;
    below_thousand(text, comma).filter(|(value, end)| *value >= 100 && ends(text, *end))
}

/// The number word at the start (`four`, `twenty-one`), and the rest.
pub(super) fn number_word(rest: &str) -> Option<(i64, &str)> {
    let (word, after) = rest.split_at_checked(rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len()))?;
    if let Some(value) = small_number(word) {
        return Some((value, after));
    }
    let (_, tens) = TENS.iter().find(|(ten, _)| *ten == word)?;
    let unit = after.strip_prefix('-').and_then(|unit| {
        let end = unit.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(unit.len());
        let (unit, after) = unit.split_at_checked(end)?;
        Some((small_number(unit).filter(|unit| (1..10).contains(unit))?, after))
    });
    Some(unit.map_or((*tens, after), |(unit, after)| (tens.saturating_add(unit), after)))
}

fn small_number(word: &str) -> Option<i64> {
    SMALL_NUMBERS.iter().position(|known| *known == word).and_then(|value| i64::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_several_words_are_one_number() {
        for (text, expected) in [
            ("One hundred and five patients", Some((Some(105), 20))),
            ("Two hundred twelve", Some((Some(212), 18))),
            ("Twelve hundred", Some((Some(1200), 14))),
            ("One thousand, five hundred and two", Some((Some(1502), 34))),
            ("One thousand, five of whom", Some((Some(1000), 12))),
            ("one hundred, five of whom", Some((Some(100), 11))),
            ("one-hundred-and-five patients", Some((Some(105), 20))),
            ("twenty-five", Some((Some(25), 11))),
            ("twenty five patients", Some((Some(25), 11))),
            ("two-thirds", None),
            ("two hundred and sixty-bed wards", Some((Some(200), 11))),
            ("two million", Some((None, 3))),
            ("someone", None),
            ("tend", None),
        ] {
            assert_eq!(spelled(text), expected, "{text}");
        }
    }
}
