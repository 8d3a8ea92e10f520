//! Which group is subtracted from which.

use crate::schema::Status;
use crate::schema::lexical::{Sign, fold, is_plain_plus, one_result, sign, yes_no};
use std::fmt;

/// A difference or a ratio: that of one group less, or over, that of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Contrast {
    /// The group whose value stands first.
    pub of: String,
    /// The group that is subtracted, or divided by.
    pub less: String,
    /// True for a ratio.
    pub is_ratio: bool,
}

/// `treated - placebo`, `treated / placebo`. Of a plus and a minus, which is read as negative, `positive - negative`:
/// `+ - negative` would be a sum.
impl fmt::Display for Contrast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |level: &'_ str, other: &str| match is_plain_plus(level) && other == NEGATIVE {
            true => POSITIVE.to_owned(),
            false => level.to_owned(),
        };
        let sign = if self.is_ratio { "/" } else { "-" };
        write!(f, "{} {sign} {}", name(&self.of, &self.less), name(&self.less, &self.of))
    }
}

impl Contrast {
    /// The ratio of the same groups.
    pub fn ratio(&self) -> Contrast {
        Contrast { is_ratio: true, ..self.clone() }
    }

    /// The contrast of two groups in their order, turned where `second_less_first`.
    pub(super) fn of([first, second]: [&str; 2], second_less_first: bool) -> Contrast {
        let (of, less) = if second_less_first { (second, first) } else { (first, second) };
        Contrast { of: of.to_owned(), less: less.to_owned(), is_ratio: false }
    }
}

/// The level of a minus beside a plus.
const NEGATIVE: &str = "negative";
/// What the plus beside it says.
const POSITIVE: &str = "positive";

/// The words of `references.toml`.
mod vocabulary {
    use crate::vocabulary::Words;
    include!(concat!(env!("OUT_DIR"), "/references.rs"));
}

/// What makes a level the absence of another: `no fever`, `non-responder`, `untreated`.
const NEGATIONS: [&str; 8] = ["no ", "non ", "non", "not ", "un", "without ", "sans ", "ohne "];

/// True where the first of two groups is the one that is subtracted: `no` before `yes`, `placebo` before any other.
pub(super) fn first_is_reference(first: &str, second: &str) -> bool {
    is_reference(first, second) && !is_reference(second, first)
}

/// True for the level that stands for absence, a control or a negative result.
fn is_reference(level: &str, other: &str) -> bool {
    let (folded, of_other) = (fold(level), fold(other));
    let is_negation = NEGATIONS.iter().any(|negation| folded.strip_prefix(negation) == Some(of_other.as_str()));
    let is_zero = level.trim() == "0" && other.trim() == "1";
    let is_minus = sign(level) == Some(Sign::Minus) || one_result(level) == Some(Status::Negative);
    is_zero || is_minus || yes_no(level) == Some(false) || is_negation || vocabulary::REFERENCES.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::vocabulary::REFERENCES;
    use super::{Contrast, first_is_reference};
    use crate::schema::lexical::fold;

    #[test]
    fn words_are_in_their_folded_form() {
        assert!(REFERENCES.iter().all(|word| fold(word) == word));
    }

    #[test]
    fn a_plus_beside_negative_is_called_positive() {
        for (levels, turned, text) in [
            (["+", "negative"], false, "positive - negative"),
            (["negative", "+"], true, "positive - negative"),
            (["++", "negative"], false, "++ - negative"),
            (["+", "weak"], false, "+ - weak"),
        ] {
            let contrast = Contrast::of(levels, turned);
            assert_eq!(contrast.to_string(), text);
            assert_eq!(contrast.ratio().to_string(), text.replace(" - ", " / "));
        }
    }

    #[test]
    fn what_is_absent_is_subtracted() {
        for (reference, other) in [
            ("no", "yes"),
            ("No", "Yes"),
            ("N", "Y"),
            ("0", "1"),
            ("-", "+"),
            ("negative", "positive"),
            ("neg.", "pos."),
            ("absent", "present"),
            ("placebo", "treated"),
            ("Placebo", "drug A"),
            ("control", "case"),
            ("untreated", "treated"),
            ("not treated", "treated"),
            ("no fever", "fever"),
            ("non-responder", "responder"),
            ("Non-Responder", "Responder"),
            ("standard of care", "rituximab"),
            ("false", "true"),
        ] {
            assert!(first_is_reference(reference, other), "{other} - {reference}");
            assert!(!first_is_reference(other, reference), "{other} - {reference}");
        }
        for (one, other) in [("F", "M"), ("A", "B"), ("1", "2"), ("0", "2"), ("placebo", "control"), ("I", "II")] {
            assert!(!first_is_reference(one, other) && !first_is_reference(other, one), "{one}, {other}");
        }
    }
}
