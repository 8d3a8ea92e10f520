//! The built-in words of cells, and the form look-alikes share.

use super::signs::{Sign, sign};
use crate::schema::Status;
use crate::schema::letters::unaccented;
use crate::schema::missing_words::{AbsentValue, Scope, absent_value};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The writings of results in `results.toml`.
mod vocabulary {
    use crate::schema::Status;
    use crate::vocabulary::{WordMap, Words};
    include!(concat!(env!("OUT_DIR"), "/results.rs"));
}

/// Words that a schema with its own words for missing values may make levels without being asked again.
const STANDARD_TOKENS: [&str; 12] = ["", "na", "n/a", "nr", "n.r.", "null", "nan", ".", "-", "?", "unknown", "missing"];

/// True for a level that looks like a word for a missing value: `ND`, `pending`, `#REF!`; `none` and `999` do not.
pub fn looks_missing(text: &str) -> bool {
    let folded = fold(text);
    let is_known = |text: &str| STANDARD_TOKENS.iter().any(|token| token.eq_ignore_ascii_case(text.trim()));
    if is_known(text) || folded == "none" || folded == "nil" || folded.is_empty() {
        return false;
    }
    let says_course =
        |text: &str| matches!(absent_value(text), Some(AbsentValue::Missing { scope: Scope::FollowUp, .. }));
    !says_course(text) && (absent_value(text).is_some() || absent_value(&folded).is_some())
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
static STATED_WORDS: [(&str, Status); 22] = [
    ("normal", Status::Normal),
    ("within range", Status::Normal),
    ("within normal range", Status::Normal),
    ("within normal limits", Status::Normal),
    ("wnl", Status::Normal),
    ("within limits", Status::Normal),
    ("weakly positive", Status::Positive),
    ("weak positive", Status::Positive),
    ("strongly positive", Status::Positive),
    ("strong positive", Status::Positive),
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
    ("↑", Status::High),
    ("↓", Status::Low),
];

/// The same in German, French, Spanish, Italian and Portuguese, in lower case without accents.
const STATED_ELSEWHERE: [(&[&str], Status); 3] = [
    (
        &[
            "normwertig",
            "im normbereich",
            "normale",
            "normaux",
            "dans les normes",
            "nella norma",
            "en rango",
            "dentro do normal",
        ],
        Status::Normal,
    ),
    (
        &[
            "erhoht",
            "eleve",
            "elevee",
            "augmente",
            "augmentee",
            "elevado",
            "elevada",
            "aumentado",
            "aumentada",
            "elevato",
            "elevata",
            "aumentato",
            "aumentata",
        ],
        Status::High,
    ),
    (
        &[
            "erniedrigt",
            "vermindert",
            "abaisse",
            "abaissee",
            "diminue",
            "diminuee",
            "disminuido",
            "disminuida",
            "diminuito",
            "diminuita",
            "ridotto",
            "ridotta",
            "diminuido",
            "diminuida",
            "reduzido",
            "reduzida",
        ],
        Status::Low,
    ),
];
/// Bytes of the longest of them, with accents.
const LONGEST_ELSEWHERE: usize = 20;

/// Bytes of the longest writing of a result, with accents.
const LONGEST_RESULT: usize = 20;

/// The one level of all writings of a result: `negative` for `neg.`, `-ve`, `(Negativ)` and `négatif`.
pub fn one_result(text: &str) -> Option<Status> {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(text);
    if let Some(rest) = inner.strip_suffix("ve").or_else(|| inner.strip_suffix("VE")) {
        // `-ve`, `+ ve`
        match sign(rest) {
            Some(Sign::Plus) => return Some(Status::Positive),
            Some(Sign::Minus) => return Some(Status::Negative),
            Some(Sign::Equivocal) | None => {}
        }
    }
    // Most words are something else.
    if inner.len() > LONGEST_RESULT || !inner.starts_with(|c: char| "adinprsuADINPRSU".contains(c)) {
        return None;
    }
    let spaced = inner.replace(['-', '_'], " ");
    let plain = unaccented(&spaced);
    let plain = plain.trim_end_matches('.').trim();
    vocabulary::RESULTS.get(plain)
}

/// The same with a number in brackets behind it: `pos (Ct 18)`; what is graded or in doubt stays as it is written.
pub fn result_with_remark(text: &str) -> Option<(Status, &str)> {
    let (word, remark) = text.trim().strip_suffix(')')?.split_once('(')?;
    let is_measured = remark.contains(|c: char| c.is_ascii_digit()) && !remark.contains(['?', '+', '(']);
    let says_more = remark.split(|c: char| !c.is_alphabetic()).any(|word| stated_word(word).is_some());
    one_result(word).filter(|_| !word.is_empty() && is_measured && !says_more).map(|status| (status, remark.trim()))
}

/// The status a built-in word means; capitals do not matter.
pub fn stated_word(text: &str) -> Option<Status> {
    let known = STATED_WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, status)| *status);
    known.or_else(|| one_result(text)).or_else(|| stated_elsewhere(text))
}

fn stated_elsewhere(text: &str) -> Option<Status> {
    let may_be = text.len() <= LONGEST_ELSEWHERE && text.starts_with(|c: char| "adeinrvéÉADEINRV".contains(c));
    let plain = may_be.then(|| unaccented(text))?;
    STATED_ELSEWHERE.iter().find(|(words, _)| words.contains(&&*plain)).map(|(_, status)| *status)
}

/// The status a flag beside a number means: a built-in word, `H` or `L`.
pub fn flag(text: &str) -> Option<Status> {
    match text {
        "H" => Some(Status::High),
        "L" => Some(Status::Low),
        _ => stated_word(text),
    }
}

/// A text as look-alikes share it: lower case, no accents on Latin letters, punctuation and spaces squeezed.
///
/// `Juvénile  dermato-myositis` becomes `juvenile dermato myositis`, `J.D.M.` becomes `jdm`. All that may carry
/// meaning stays: signs (`+ < % ♀ ↑ ✓ ?`), a point, slash or dash between digits, a minus before a number or at an end.
pub fn fold(text: &str) -> String {
    let is_variant = |c: &char| matches!(c, '\u{FE0E}' | '\u{FE0F}');
    let plain: Vec<char> = text.trim().chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_variant(c)).collect();
    let mut folded = String::with_capacity(plain.len());
    let mut before = None;
    let mut after = plain.iter().copied().skip(1);
    for &c in &plain {
        let next = after.next();
        // A mark on a letter of another script makes it another letter.
        let is_accent = is_combining_mark(c) && folded.ends_with(|last: char| last.is_ascii_alphabetic());
        if !is_accent {
            write_folded(&mut folded, before, if is_dash(c) { '-' } else { c }, next);
        }
        before = Some(c);
    }
    // Marks that an apostrophe parted are put into their order.
    folded.trim().nfd().collect()
}

fn write_folded(folded: &mut String, before: Option<char>, c: char, next: Option<char>) {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_end = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ']' | ',' | ';'));
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    if c == '-' && is_end(next) && !(is_space(before) && next.is_some()) {
        // A sign stands at the word that it is about: `ER (-)` is `er-`.
        folded.truncate(folded.trim_end().len());
        if !folded.ends_with('-') {
            folded.push('-');
        }
        return;
    }
    let carries = match c {
        // `12-15`, `-5`, `(-)`, `HLA-B27 -`; not `dermato-myositis`, nor `pain - left`.
        '-' if is_digit(next) => is_digit(before) || before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[')),
        '-' => false,
        '/' | ':' => is_digit(before) && is_digit(next),
        '.' | ',' => is_digit(next),
        '_' | ';' | '!' | '"' | '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{B4}' | '(' | ')' | '[' | ']' | '{' | '}' => {
            false
        }
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' | '*' | '\\' | '|' | '\u{2026}' | '\u{B7}' => false,
        c => !c.is_whitespace() && !c.is_control(),
    };
    if carries {
        folded.push(c);
    } else if !matches!(c, '.' | '\'' | '\u{2019}') && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn look_alikes_fold_to_the_same() {
        for (one, other) in [
            ("Juvénile  Dermatomyositis", "juvenile dermatomyositis"),
            ("juvenile-dermatomyositis", "Juvenile dermatomyositis "),
            ("J.D.M.", "jdm"),
            ("Crohn’s", "crohn's"),
            ("ＦＥＭＡＬＥ", "ｆｅｍａｌｅ"),
            ("knee (left)", "Knee, left"),
            ("pain - left", "pain left"),
            ("12–15", "12-15"),
            ("♀\u{FE0F}", "♀"),
            ("**knee**", "knee"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        for (one, other) in [
            ("1.5", "15"),
            ("-5", "5"),
            ("<5", "5"),
            ("5+", "5"),
            ("1 1", "11"),
            ("a", "b"),
            ("♀", "♂"),
            ("↑", "↓"),
            ("↑", "→"),
            ("↑", "↑↑"),
            ("✓", "✗"),
            ("☑", "☐"),
            ("2+", "2"),
            ("HLA-B27 -", "HLA-B27"),
            ("ER-", "ER+"),
            ("ER (-)", "ER"),
            ("lupus?", "lupus"),
            ("1-2", "1/2"),
            ("12-15", "12 15"),
            ("か", "が"),
            ("±", "+"),
            ("+/-", "+"),
            ("α", "β"),
            ("😀", "😢"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }
}
