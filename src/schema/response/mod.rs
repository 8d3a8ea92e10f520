//! The words for what became of a treated case, with their order and their synonyms.
//!
//! A response belongs to one domain (the calcinosis, the skin, the labs). A relapse is an
//! event beside a response and therefore a modifier: it makes no line evaluable. The words are
//! data (`words.toml`); what several of them say together is read in `understand.rs`.

pub mod in_agent;
pub mod not_given;
pub mod understand;

use super::letters::unaccented_in_one_form;
use super::missing_words::certainly_missing;
use crate::vocabulary::{WordMap, Words};
use crate::words::words;

// The words of `words.toml`: what each means, by where it stands.
include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// What a word of `words.toml` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A response; a death where nothing else is stated.
    Response(Response),
    /// An event beside a response.
    Event(Event),
    /// A state of the patient.
    Status(Status),
    /// A code that only its column can tell.
    Code(Code),
}

/// The meanings as `words.toml` names them.
impl Meaning {
    const COMPLETE: Meaning = Meaning::Response(Response::Complete);
    const PARTIAL: Meaning = Meaning::Response(Response::Partial);
    const IMPROVED: Meaning = Meaning::Response(Response::Improved);
    const STABLE: Meaning = Meaning::Response(Response::Stable);
    const MIXED: Meaning = Meaning::Response(Response::Mixed);
    const NONE: Meaning = Meaning::Response(Response::None);
    const WORSENED: Meaning = Meaning::Response(Response::Worsened);
    const DIED: Meaning = Meaning::Response(Response::Died);
    const NOT_EVALUABLE: Meaning = Meaning::Response(Response::NotEvaluable);
    const ONGOING: Meaning = Meaning::Response(Response::Ongoing);
    const LOST: Meaning = Meaning::Response(Response::Lost);
    const NOT_REPORTED: Meaning = Meaning::Response(Response::NotReported);
    const RELAPSE: Meaning = Meaning::Event(Event::Relapse);
    const DEATH_OF_ANOTHER_CAUSE: Meaning = Meaning::Event(Event::DeathOfAnotherCause);
    const NO_EVIDENCE_OF_DISEASE: Meaning = Meaning::Status(Status::NoEvidenceOfDisease);
    const ALIVE: Meaning = Meaning::Status(Status::Alive);
    const ALIVE_WITH_DISEASE: Meaning = Meaning::Status(Status::AliveWithDisease);
    const NC: Meaning = Meaning::Code(Code::Nc);
    const ND: Meaning = Meaning::Code(Code::Nd);
    const NR: Meaning = Meaning::Code(Code::Nr);
}

/// What happened beside a response; a death is a response of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Relapse,
    DeathOfAnotherCause,
}

/// The state of a patient, which is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No evidence of disease.
    NoEvidenceOfDisease,
    /// Alive, with or without disease.
    Alive,
    /// Alive with disease.
    AliveWithDisease,
}

/// A code with more than one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// No change, or not something.
    Nc,
    /// No disease, not done, not determined: never guessed.
    Nd,
    /// No response, or not reported.
    Nr,
}

words! {
    /// The response of one line in one domain.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Response: "response" {
        /// The lesion disappeared.
        Complete = "complete",
        /// Better, in part.
        Partial = "partial",
        /// Better, the degree not given.
        Improved = "improved",
        /// Unchanged.
        Stable = "stable",
        /// One part better, another worse.
        Mixed = "mixed",
        /// Without improvement.
        None = "none",
        /// Worse, or appeared under treatment.
        Worsened = "worsened",
        /// Died, and no response is stated.
        Died = "died",
        /// There was nothing to judge.
        NotEvaluable = "not evaluable",
        /// Still under treatment.
        Ongoing = "ongoing",
        /// No information after the line.
        Lost = "lost",
        /// Silence.
        NotReported = "not reported",
    }
}

impl Response {
    /// Place in the order of the best response, 0 the best; equal for words of equal worth.
    ///
    /// complete > partial = improved > stable = mixed > none > worsened > died > not evaluable =
    /// ongoing = lost > not reported.
    pub fn rank(self) -> u8 {
        match self {
            Response::Complete => 0,
            Response::Partial | Response::Improved => 1,
            Response::Stable | Response::Mixed => 2,
            Response::None => 3,
            Response::Worsened => 4,
            Response::Died => 5,
            Response::NotEvaluable | Response::Ongoing | Response::Lost => 6,
            Response::NotReported => 7,
        }
    }

    /// True where the response can be judged: complete to died.
    pub fn is_evaluable(self) -> bool {
        self.rank() <= 5
    }

    /// True for complete, partial and improved.
    pub fn is_responder(self) -> bool {
        self.rank() <= 1
    }

    /// The response a text names, and whether it does so by a synonym.
    ///
    /// Capitals, accents, hyphens and repeated spaces do not matter. A missing token such as `NR`
    /// or `unknown` is a synonym of not reported. No answer for an empty text, a relapse and every
    /// other word.
    pub fn parse(text: &str) -> Option<(Response, bool)> {
        let wanted = plain(text);
        if wanted.is_empty() {
            return None;
        }
        if let Some(response) = Response::ALL.into_iter().find(|r| r.word() == wanted) {
            return Some((response, false));
        }
        let named = match ANYWHERE.get(&wanted) {
            Some(Meaning::Response(response)) => Some(response),
            Some(Meaning::Event(_) | Meaning::Status(_) | Meaning::Code(_)) | None => None,
        };
        named.or_else(|| certainly_missing(text).map(|_| Response::NotReported)).map(|response| (response, true))
    }

    /// All words in order, for messages: `complete, partial, ...`.
    pub fn words() -> String {
        Response::ALL.map(Response::word).join(", ")
    }
}

/// Lower case without accents and points at the end, with hyphens, underscores and runs of spaces as one space.
fn plain(text: &str) -> String {
    let lower = unaccented_in_one_form(text);
    let is_apostrophe = |c: char| matches!(c, '\'' | '\u{2019}');
    let lower = if lower.contains(is_apostrophe) { lower.replace(is_apostrophe, "").into() } else { lower };
    let mut plain = String::with_capacity(lower.len());
    for part in lower.trim_end_matches('.').split(|c: char| c.is_whitespace() || c == '-' || c == '_') {
        if !part.is_empty() && !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(part);
    }
    plain
}

/// What qualifies a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Modifiers {
    /// Seen, but not confirmed later: no confirmed responder.
    pub unconfirmed: bool,
    /// It did not last: no confirmed responder.
    pub transient: bool,
    /// A relapse followed, whatever the response.
    pub relapsed: bool,
}

impl Modifiers {
    /// Sets the modifier a word names; false for a word that names none.
    pub fn set(&mut self, word: &str) -> bool {
        let word = plain(word);
        match word.as_str() {
            "unconfirmed" | "not confirmed" => self.unconfirmed = true,
            "transient" | "transiently" | "temporary" | "temporarily" => self.transient = true,
            _ if ANYWHERE.get(&word) == Some(Meaning::RELAPSE) => self.relapsed = true,
            _ => return false,
        }
        true
    }

    /// What is set in either.
    pub fn and(self, other: Modifiers) -> Modifiers {
        Modifiers {
            unconfirmed: self.unconfirmed || other.unconfirmed,
            transient: self.transient || other.transient,
            relapsed: self.relapsed || other.relapsed,
        }
    }

    /// The words of the modifiers that are set, in order.
    pub fn words(self) -> Vec<&'static str> {
        let all = [(self.unconfirmed, "unconfirmed"), (self.transient, "transient"), (self.relapsed, "relapsed")];
        all.into_iter().filter(|(set, _)| *set).map(|(_, word)| word).collect()
    }

    /// True where nothing speaks against a responder being a confirmed one.
    pub fn leave_confirmed(self) -> bool {
        !self.unconfirmed && !self.transient
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_meaning_and_is_in_its_plain_form() {
        assert!(ANYWHERE.words().count() > 250 && UNTREATED.iter().count() > 20);
        for response in Response::ALL {
            assert_eq!(Response::parse(response.word()), Some((response, false)));
            let is_row = ANYWHERE.contains(response.word());
            assert!(!is_row && !RESPONSE_COLUMN.contains(response.word()), "{response}");
        }
        for (word, meaning) in ANYWHERE.iter() {
            assert!(!RESPONSE_COLUMN.contains(word), "{word} has two meanings");
            if let Meaning::Response(response) = meaning {
                assert_eq!(Response::parse(word), Some((response, true)), "{word}");
            }
        }
        for word in ANYWHERE.words().chain(RESPONSE_COLUMN.words()).chain(UNTREATED.iter()) {
            assert_eq!(*word, plain(word), "{word} can never match");
        }
    }

    #[test]
    fn the_words_that_were_known_keep_their_meaning() {
        let known = |text: &str| Response::parse(text).map(|(response, _)| response);
        for (response, words) in [
            (
                Response::Complete,
                &["complete resolution", "disappeared", "resolved", "cured", "healed", "recovered"][..],
            ),
            (Response::Improved, &["better", "favourable", "remarkable progress", "remission", "regressed"]),
            (Response::Stable, &["stabilisation", "no change"]),
            (Response::None, &["non-response", "without significant improvement", "failure", "no effect"]),
            (Response::Worsened, &["progressive disease", "disseminated", "progression"]),
            (Response::Died, &["died", "Dead", "décédé", "verstorben"]),
            (Response::NotEvaluable, &["NE", "not applicable", "not assessable"]),
            (Response::Ongoing, &["under treatment"]),
            (Response::Lost, &["LTFU"]),
            (Response::NotReported, &["not stated", "NR", "unknown"]),
        ] {
            for word in words {
                assert_eq!(known(word), Some(response), "{word}");
            }
        }
    }

    #[test]
    fn synonyms_are_found_in_any_writing() {
        for (text, response) in [
            ("Non-Responder", Response::None),
            (" lost to follow-up ", Response::Lost),
            ("PD", Response::Worsened),
            ("Stable  disease", Response::Stable),
            ("unknown", Response::NotReported),
            ("n.r.", Response::NotReported),
            ("Not_Evaluable", Response::NotEvaluable),
        ] {
            assert_eq!(Response::parse(text).map(|r| r.0), Some(response), "{text}");
        }
        for text in ["", "  ", "-x", "minimal", "relapse", "relapsed", "good", "complete?"] {
            assert_eq!(Response::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_and_the_classes_are_those_of_the_definition() {
        assert!(Response::ALL.windows(2).all(|pair| pair[0].rank() <= pair[1].rank() && pair[0] < pair[1]));
        assert_eq!(Response::Partial.rank(), Response::Improved.rank());
        assert_eq!(Response::Stable.rank(), Response::Mixed.rank());
        assert_eq!(Response::ALL.into_iter().filter(|r| r.is_evaluable()).count(), 8);
        assert_eq!(Response::ALL.into_iter().filter(|r| r.is_responder()).count(), 3);
    }

    #[test]
    fn modifiers_are_set_by_their_words() {
        let mut all = Modifiers::default();
        assert!(all.leave_confirmed() && all.set("Unconfirmed") && all.set("transient") && all.set("relapses"));
        assert_eq!(all.words(), ["unconfirmed", "transient", "relapsed"]);
        assert!(!all.set("combo") && !all.leave_confirmed());
    }
}
