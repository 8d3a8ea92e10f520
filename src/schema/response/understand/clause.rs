//! Clauses: where a text is cut, and the words of a clause that do not change what it says.

use super::super::{plain, sentences};
use crate::vocabulary::Words;

/// How a clause is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// The first, or behind `then`, `but`, a bracket or the end of a sentence: a negation does not reach it.
    Strong,
    /// Behind a comma, `and`, `/`, `+` or `with`: a negation before it may reach it.
    Weak,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JoinedClause {
    joint: Joint,
    /// Its words in their plain form, at least one.
    pub(super) words: String,
}

/// Cuts a text into clauses.
pub(super) fn clauses(text: &str) -> Vec<JoinedClause> {
    let marked = text.replace("->", "→").replace(". ", ";");
    let mut joint = Joint::Strong;
    let mut clauses = Vec::new();
    let is_mark = |c: char| matches!(c, ';' | '→' | '(' | ')' | '[' | ']' | '\n' | '\r' | ':' | ',' | '/' | '+');
    for part in marked.split_inclusive(is_mark) {
        let (words, mark) = match part.char_indices().next_back().filter(|(_, c)| is_mark(*c)) {
            Some((at, mark)) => (part.get(..at).unwrap_or_default(), Some(mark)),
            None => (part, None),
        };
        split_at_words(&plain(words), joint, &mut clauses);
        joint = if matches!(mark, Some(',' | '/' | '+')) { Joint::Weak } else { Joint::Strong };
    }
    clauses
}

/// Cuts a clause in its plain form before each word that begins one.
fn split_at_words(words: &str, mut joint: Joint, clauses: &mut Vec<JoinedClause>) {
    let mut clause: Vec<&str> = Vec::new();
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let mut rest = words.as_slice();
    while let Some((word, behind)) = rest.split_first() {
        let is_by = *word == "followed" && behind.first() == Some(&"by");
        let next = match *word {
            _ if is_by || sentences::BEGIN_A_CLAUSE.contains(word) => Some(Joint::Strong),
            _ if sentences::JOIN_A_CLAUSE.contains(word) => Some(Joint::Weak),
            _ => None,
        };
        rest = if is_by { behind.get(1..).unwrap_or_default() } else { behind };
        match next {
            Some(next) if !clause.is_empty() => {
                clauses.push(JoinedClause { joint, words: std::mem::take(&mut clause).join(" ") });
                joint = next;
            }
            Some(Joint::Strong) => joint = Joint::Strong,
            Some(Joint::Weak) => {}
            None => clause.push(word),
        }
    }
    if !clause.is_empty() {
        clauses.push(JoinedClause { joint, words: clause.join(" ") });
    }
}

/// The words without those at the end, and numbers at the start, that say when: `died 2 y later`, `after 6 months`.
pub(super) fn without_time(words: &str) -> &str {
    let mut words = words;
    while let Some((before, last)) = words.rsplit_once(' ').or(Some(("", words)).filter(|(_, word)| !word.is_empty())) {
        if !sentences::TIMES.contains(last) && !is_number(last) {
            break;
        }
        words = before;
    }
    words
}

/// The words without a remark at their end that leaves a response what it is: `CR MRD negative`.
pub(super) fn without_remark(words: &str) -> &str {
    let before = |remark: &str| words.strip_suffix(remark).filter(|rest| rest.is_empty() || rest.ends_with(' '));
    sentences::REMARKS.iter().filter_map(before).map(str::trim_end).min_by_key(|rest| rest.len()).unwrap_or(words)
}

fn is_number(word: &str) -> bool {
    let word = word.trim_start_matches(['~', '<', '>', '±']);
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '–'));
    unit.len() < word.len() && (unit.is_empty() || sentences::TIMES.contains(unit) || unit == "m")
}

/// What a clause denies, where it begins with a negation.
pub(super) fn negated(words: &str) -> Option<&str> {
    let behind = |negation: &str| words.strip_prefix(negation)?.strip_prefix(' ');
    let mut rest = sentences::NEGATIONS.iter().filter_map(behind).min_by_key(|rest| rest.len())?;
    while let Some(shorter) = without_first(&sentences::BEHIND_A_NEGATION, rest) {
        rest = shorter;
    }
    Some(rest)
}

/// True where a negation may deny the next clause too: `no relapse, progression`.
pub(super) fn negation_reaches_further(parts: &[JoinedClause]) -> bool {
    parts.iter().zip(parts.iter().skip(1)).any(|(before, part)| {
        let last = part.words.rsplit(' ').next().unwrap_or_default();
        part.joint == Joint::Weak
            && sentences::DENIABLE_NOUNS.contains(last)
            && negated(&before.words).is_some()
            && negated(&part.words).is_none()
    })
}

/// True where a negated text names a grade, a place or a time: less than that may have happened.
pub(super) fn names_a_grade(words: &str) -> bool {
    words.split(' ').any(|word| sentences::GRADES.contains(word))
}

/// The words without those of degree; numbers go too (`2 relapses`).
pub(super) fn without_degree(words: &str) -> String {
    let kept =
        words.split(' ').filter(|word| !sentences::DEGREES.contains(word) && !word.bytes().all(|b| b.is_ascii_digit()));
    kept.collect::<Vec<_>>().join(" ")
}

/// The words behind the first, where the first is one of some.
pub(super) fn without_first<'a>(known: &Words, words: &'a str) -> Option<&'a str> {
    words.split_once(' ').filter(|(first, _)| known.contains(first)).map(|(_, rest)| rest)
}
