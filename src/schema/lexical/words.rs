//! The built-in words of cells, and the form look-alikes share.

use crate::schema::{MissingReason, Status};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The built-in missing tokens, in lower case.
pub const MISSING_TOKENS: [(&str, MissingReason); 15] = [
    ("", MissingReason::NotReported),
    ("na", MissingReason::NotReported),
    ("n/a", MissingReason::NotReported),
    ("nr", MissingReason::NotReported),
    ("n.r.", MissingReason::NotReported),
    ("null", MissingReason::NotReported),
    ("nan", MissingReason::NotReported),
    (".", MissingReason::NotReported),
    ("-", MissingReason::NotReported),
    ("?", MissingReason::NotReported),
    ("unknown", MissingReason::NotReported),
    ("missing", MissingReason::NotReported),
    ("not reported", MissingReason::NotReported),
    ("not done", MissingReason::NotDone),
    ("not applicable", MissingReason::NotApplicable),
];

/// The reason a built-in missing token gives; capitals and surrounding spaces do not matter.
pub fn missing_token(text: &str) -> Option<MissingReason> {
    let text = text.trim();
    MISSING_TOKENS.into_iter().find(|(token, _)| token.eq_ignore_ascii_case(text)).map(|(_, reason)| reason)
}

/// Words that often mean missing but are read as they stand, folded.
const LOOK_MISSING: [&str; 19] = [
    "n a",
    "na",
    "nr",
    "n r",
    "nd",
    "n d",
    "nk",
    "n k",
    "unk",
    "ukn",
    "nil",
    "not available",
    "not known",
    "not recorded",
    "not stated",
    "not given",
    "not tested",
    "no data",
    "missing data",
];

/// True for a text that looks like a missing token and is none: `n.a.`, `--`, `#N/A`, `unk`, `999` not.
pub fn looks_missing(text: &str) -> bool {
    if missing_token(text).is_some() {
        return false;
    }
    let folded = fold(text);
    LOOK_MISSING.contains(&folded.as_str()) || missing_token(&folded).is_some()
}

/// The answer a built-in word gives.
pub fn yes_no(text: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.into_iter().any(|w| w.eq_ignore_ascii_case(text));
    if is(["yes", "true", "y"]) {
        return Some(true);
    }
    is(["no", "false", "n"]).then_some(false)
}

/// The built-in words for laboratory results.
pub const STATED_WORDS: [(&str, Status); 16] = [
    ("normal", Status::Normal),
    ("within range", Status::Normal),
    ("within normal range", Status::Normal),
    ("within normal limits", Status::Normal),
    ("negative", Status::Negative),
    ("positive", Status::Positive),
    ("high", Status::High),
    ("elevated", Status::High),
    ("raised", Status::High),
    ("increased", Status::High),
    ("increase", Status::High),
    ("low", Status::Low),
    ("decreased", Status::Low),
    ("decrease", Status::Low),
    ("reduced", Status::Low),
    ("abnormal", Status::Abnormal),
];

/// The status a built-in word means; capitals do not matter.
pub fn stated_word(text: &str) -> Option<Status> {
    STATED_WORDS.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, status)| status)
}

/// The status a flag beside a number means: a built-in word, `H` or `L`.
pub fn flag(text: &str) -> Option<Status> {
    match text {
        "H" => Some(Status::High),
        "L" => Some(Status::Low),
        _ => stated_word(text),
    }
}

/// A text as look-alikes share it: lower case, no accents, punctuation and spaces squeezed.
///
/// `Juvénile  dermato-myositis` becomes `juvenile dermato myositis`, `J.D.M.` becomes `jdm`.
/// Signs that carry meaning (`+ < > = %`), and a point or a minus at a digit, are kept.
pub fn fold(text: &str) -> String {
    let plain: Vec<char> = text.chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_combining_mark(*c)).collect();
    let mut folded = String::with_capacity(plain.len());
    let mut before = None;
    let mut after = plain.iter().copied().skip(1);
    for &c in &plain {
        let next = after.next();
        let at_digit = next.is_some_and(|n| n.is_ascii_digit());
        let minus = c == '-' && at_digit && before.is_none_or(char::is_whitespace);
        let point = matches!(c, '.' | ',') && at_digit;
        if c.is_alphanumeric() || "+<>=%".contains(c) || minus || point {
            folded.push(c);
        } else if !matches!(c, '.' | '\'' | '\u{2019}') && !folded.ends_with(' ') {
            folded.push(' ');
        }
        before = Some(c);
    }
    folded.trim().to_owned()
}
