//! The words for what became of a treated case, with their order and their synonyms.
//!
//! A response belongs to one domain (the calcinosis, the skin, the labs). A relapse is an
//! event beside a response and therefore a modifier: it makes no line evaluable.

use super::lexical::missing_token;
use crate::words::words;

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
    /// complete > partial = improved > stable = mixed > none > worsened > not evaluable =
    /// ongoing = lost > not reported.
    pub fn rank(self) -> u8 {
        match self {
            Response::Complete => 0,
            Response::Partial | Response::Improved => 1,
            Response::Stable | Response::Mixed => 2,
            Response::None => 3,
            Response::Worsened => 4,
            Response::NotEvaluable | Response::Ongoing | Response::Lost => 5,
            Response::NotReported => 6,
        }
    }

    /// True where the response can be judged: complete to worsened.
    pub fn is_evaluable(self) -> bool {
        self.rank() <= 4
    }

    /// True for complete, partial and improved.
    pub fn is_responder(self) -> bool {
        self.rank() <= 1
    }

    /// Other words understood in cells; capitals, hyphens and repeated spaces do not matter.
    pub fn synonyms(self) -> impl Iterator<Item = &'static str> {
        let words = match self {
            Response::Complete => {
                "cr, complete response, complete remission, complete resolution, disappearance, disappeared, \
                 resolution, resolved"
            }
            Response::Partial => "pr, partial response, partial remission, partial improvement, partial resolution",
            Response::Improved => {
                "improvement, better, regression, regressed, favorable, favourable, remarkable, remarkable progress"
            }
            Response::Stable => {
                "sd, stable disease, stabilization, stabilisation, stabilized, stabilised, unchanged, no change"
            }
            Response::Mixed => "mixed response",
            Response::None => {
                "no response, non response, non responder, nonresponder, no improvement, without improvement, \
                 without significant improvement, no effect"
            }
            Response::Worsened => {
                "pd, progression, progressive disease, progressed, worse, worsening, disseminated, deterioration, \
                 deteriorated"
            }
            Response::NotEvaluable => "ne, non evaluable, not assessable, not applicable",
            Response::Ongoing => "follow up ongoing, treatment ongoing, under treatment",
            Response::Lost => "lost to follow up, ltfu",
            Response::NotReported => "not stated",
        };
        words.split(", ")
    }

    /// The response a text names, and whether it does so by a synonym.
    ///
    /// A missing token such as `NR` or `unknown` is a synonym of not reported. No answer for
    /// an empty text, a relapse and every other word.
    pub fn parse(text: &str) -> Option<(Response, bool)> {
        let wanted = plain(text);
        if wanted.is_empty() {
            return None;
        }
        if let Some(response) = Response::ALL.into_iter().find(|r| r.word() == wanted) {
            return Some((response, false));
        }
        let named = Response::ALL.into_iter().find(|r| r.synonyms().any(|s| s == wanted));
        named.or_else(|| missing_token(text).map(|_| Response::NotReported)).map(|response| (response, true))
    }

    /// All words in order, for messages: `complete, partial, ...`.
    pub fn words() -> String {
        Response::ALL.map(Response::word).join(", ")
    }
}

/// Lower case, with hyphens, underscores and runs of spaces as one space.
fn plain(text: &str) -> String {
    let parts = text.split(|c: char| c.is_whitespace() || c == '-' || c == '_').filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
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
        match plain(word).as_str() {
            "unconfirmed" | "not confirmed" => self.unconfirmed = true,
            "transient" | "temporary" => self.transient = true,
            "relapsed" | "relapse" | "relapses" => self.relapsed = true,
            _ => return false,
        }
        true
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
    fn every_word_names_itself_and_no_synonym_names_two() {
        let mut seen = std::collections::BTreeSet::new();
        for response in Response::ALL {
            assert_eq!(Response::parse(response.word()), Some((response, false)));
            assert!(seen.insert(response.word()), "{response}");
            for synonym in response.synonyms() {
                assert_eq!(Response::parse(synonym), Some((response, true)), "{synonym}");
                assert!(seen.insert(synonym), "{synonym}");
                assert_eq!(synonym, plain(synonym), "{synonym} can never match");
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
        assert_eq!(Response::ALL.into_iter().filter(|r| r.is_evaluable()).count(), 7);
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
