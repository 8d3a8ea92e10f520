//! Answers with and without a remark, in six languages: `yes`, `Y`, `ja (2018)`, `No - never`.

use super::words::fold;
use crate::schema::doubt;
use crate::schema::letters::unaccented;

/// Words for yes and for no, in lower case without accents.
const YES: [&str; 10] = ["yes", "true", "ja", "oui", "si", "sim", "wahr", "vrai", "vero", "verdadero"];
const NO: [&str; 9] = ["no", "false", "nein", "non", "nao", "nee", "falsch", "faux", "falso"];
/// Letters, which are answers only beside a word.
const YES_LETTERS: [&str; 4] = ["y", "j", "o", "s"];
const NO_LETTERS: [&str; 1] = ["n"];

/// Words that take some of an answer back, in six languages and Dutch.
const LIMITS: [&str; 18] = [
    "but", "except", "only", "however", "although", "aber", "nur", "ausser", "mais", "sauf", "pero", "salvo", "solo",
    "ma", "mas", "maar", "behalve", "sino",
];

/// The answer that a text begins with, before a remark that is set apart; a letter is one beside words only.
pub fn answer(text: &str) -> Option<bool> {
    let plain = unaccented(text.trim());
    let end = plain.find(|c: char| !c.is_alphanumeric()).unwrap_or(plain.len());
    let (word, behind) = plain.split_at_checked(end)?;
    let remark = behind.trim_start();
    // `no change` is no answer with a remark; `no?` and `no, but chills` are no plain ones, and `n.d.` is another word.
    let is_apart = remark.is_empty() || remark.starts_with(['(', '[', ',', ';', ':', '-', '\u{2013}', '.']);
    let is_short = remark.trim_end_matches('.').is_empty() || !remark.starts_with('.');
    let is_doubted =
        remark.contains('?') || remark.split(|c: char| !c.is_alphabetic()).any(|word| LIMITS.contains(&word));
    let is_apart = is_apart && is_short && !is_doubted;
    let is = |words: &[&str], letters: &[&str]| words.contains(&word) || letters.contains(&word);
    match is_apart {
        true if is(&YES, &YES_LETTERS) => Some(true),
        true if is(&NO, &NO_LETTERS) => Some(false),
        true | false => None,
    }
}

/// What stands behind the answer of a text, as look-alikes share it: `low grade` of `yes, low grade`; nothing for `Y`.
pub fn remark_of(text: &str) -> String {
    let folded = fold(text);
    match answer(text) {
        Some(_) => folded.split_once(' ').map_or_else(String::new, |(_, remark)| remark.to_owned()),
        None => folded,
    }
}

/// True for a doubtful answer: `F?`, `?yes`, `maybe`; a question mark alone stands for nothing.
pub fn is_doubtful(text: &str) -> bool {
    let plain = unaccented(text.trim());
    let is_marked = (plain.ends_with('?') || plain.starts_with('?') || plain.ends_with("(?)"))
        && plain.contains(char::is_alphabetic);
    is_marked || doubt::is_unsure(&plain)
}

/// True for a whole word that is an answer, and for `Y`: it tells that the column asks a question.
pub fn is_answer_word(text: &str) -> bool {
    let plain = unaccented(text.trim());
    let is = |words: &[&str]| words.contains(&&*plain);
    is(&YES) || is(&NO) || &*plain == "y"
}

#[cfg(test)]
mod tests {
    use super::{answer, is_answer_word};

    #[test]
    fn answers_are_told_from_other_words() {
        for (expected, texts) in [
            (Some(true), &["yes", "Y", "Yes (skin)", "ja (2018)", "J", "sí", "yes, mild", "Yes - 10mg", "oui"][..]),
            (Some(false), &["no", "N", "nein", "No (never)", "não", "no.", "no - not done"]),
            (
                None,
                &[
                    "no?",
                    "no, but chills",
                    "n.d.",
                    "n.u.",
                    "nein, aber",
                    "no change",
                    "none",
                    "unknown",
                    "yesterday",
                    "nodule",
                    "",
                    "non reactive",
                    "never",
                    "+",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(answer(text), expected, "{text}");
            }
        }
        assert!(is_answer_word("Nein") && is_answer_word("Y") && !is_answer_word("n") && !is_answer_word("yes (skin)"));
    }
}
