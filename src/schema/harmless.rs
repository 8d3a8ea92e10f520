//! Words that identify nobody, and texts that may lead to somebody: a day, an address, a long number.

use super::lexical::calendar::{month_of, written_date};
use super::lexical::{stated_word, yes_no};
use super::missing_words::certainly_missing;
use super::response::Response;
use super::titles::names_a_person;

/// Most digits of a code that identifies nobody: a grade, a stage, a class.
const LONGEST_CODE: usize = 2;
/// A number with at least this many digits may be a telephone or record number.
const LONG_NUMBER: usize = 7;
/// Most words of a date: `2 de enero de 2020`.
const MOST_WORDS: usize = 5;

/// True for a word of a vocabulary that says nothing of who a patient is, even where only one has it.
pub fn is_harmless(word: &str) -> bool {
    let is_code = word.len() <= LONGEST_CODE && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_known = || yes_no(word).is_some() || stated_word(word).is_some() || certainly_missing(word).is_some();
    is_code || is_known() || Response::parse(word).is_some() || word.eq_ignore_ascii_case("none")
}

/// True for a text that may lead to a person: a title with a name, a day, an address or a long number.
pub fn may_identify(text: &str) -> bool {
    names_a_person(text)
        || names_a_date(text)
        || holds_an_address(text.as_bytes())
        || holds_a_long_number(text.as_bytes())
}

/// True for `name@clinic.org`.
pub fn holds_an_address(text: &[u8]) -> bool {
    let mut at = memchr::memchr_iter(b'@', text);
    at.any(|at| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let domain: &[u8] = after.get(1..).unwrap_or_default();
        let domain =
            domain.split(|b| !b.is_ascii_alphanumeric() && *b != b'.' && *b != b'-').next().unwrap_or_default();
        before.last().is_some_and(u8::is_ascii_alphanumeric) && domain.iter().skip(1).rev().skip(1).any(|b| *b == b'.')
    })
}

/// True for at least [`LONG_NUMBER`] digits, in groups separated by a space or hyphen or not.
pub fn holds_a_long_number(text: &[u8]) -> bool {
    let (mut run, mut before) = (0_usize, b' ');
    for b in text {
        match b {
            b'0'..=b'9' => run = run.saturating_add(1),
            b' ' | b'-' if before.is_ascii_digit() && run >= 2 => {}
            _ => run = 0,
        }
        if run >= LONG_NUMBER {
            return true;
        }
        before = *b;
    }
    false
}

/// True for a text that holds a date more precise than its year: `seen 14/03/2018`, `Mar 2021`, `20180314`, `14 March`.
fn names_a_date(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let is_gap = |c: char| c.is_whitespace() || ";,()[]|\"'=".contains(c);
    let trim = |word: &'_ str| word.trim_matches(['.', ':', '?', '!', '*']).len();
    let words: Vec<&str> = text.split(is_gap).filter(|word| trim(word) > 0).collect();
    (0..words.len()).any(|from| {
        let rest = words.get(from..).unwrap_or_default();
        (1..=rest.len().min(MOST_WORDS)).any(|length| is_day(rest.get(..length).unwrap_or_default()))
    })
}

/// True for words that are a date together, or a day and the name of a month.
fn is_day(words: &[&str]) -> bool {
    let plain = |word: &&str| word.trim_matches([':', '?', '!', '*', '.']).to_owned();
    let is_number = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let words: Vec<String> = words.iter().map(plain).collect();
    let is_month_and_day = match words.as_slice() {
        [one, two] => (is_number(one) && month_of(two).is_some()) || (month_of(one).is_some() && is_number(two)),
        _ => false,
    };
    let text = words.join(" ");
    is_month_and_day || written_date(&text).is_some_and(|written| written.is_plain(&text) || written.is_compact())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_wherever_it_stands() {
        for text in [
            "14/03/2018",
            "seen 14/03/2018",
            "knee (2018-03-14)",
            "surgery on 2 Jan 2020, then none",
            "2 de enero de 2020",
            "since Mar 2021",
            "20180314",
            "14 March",
            "March 14",
            "on the 14th March.",
            "2014-07-02T11:45",
            "20-Oct-14",
            "visit=3/4/18",
            "3.4.2018: healed",
        ] {
            assert!(names_a_date(text), "{text}");
        }
        for text in
            ["", "knee", "in 2018", "2018", "120/80", "3/4", "12.5", "1:80", "March", "grade 3", "43173", "8/9/10"]
        {
            assert!(!names_a_date(text), "{text}");
        }
    }

    #[test]
    fn words_of_a_vocabulary_are_harmless() {
        for word in ["yes", "N", "positive", "high", "NR", "partial", "none", "3", "12"] {
            assert!(is_harmless(word), "{word}");
        }
        for word in ["Miller", "48213", "Ward 7", "knee", "123"] {
            assert!(!is_harmless(word), "{word}");
        }
    }

    #[test]
    fn addresses_and_long_numbers_are_found() {
        for (text, address, number) in [
            ("write to a.b@clinic.org please", true, false),
            ("2 mg @ night", false, false),
            ("a@b", false, false),
            ("@x.y", false, false),
            ("tel. 06 12 34 56 78", false, true),
            ("record 1234567", false, true),
            ("2018-03-14", false, true),
            ("60 to 150 mg/day 6 months", false, false),
            ("L14-19", false, false),
            ("elbow;knee", false, false),
        ] {
            assert_eq!(
                (holds_an_address(text.as_bytes()), holds_a_long_number(text.as_bytes())),
                (address, number),
                "{text}"
            );
        }
    }
}
