//! What is known of the response of a line or of a patient, and how a figure shows it.

use super::mark::{Symbol, Tone};
use crate::schema::response::{Modifiers, Response};

/// What is known of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShownResponse {
    /// It is this one; not reported where the records say nothing.
    Known(Response),
    /// It may be any: its word is not understood, or means several things.
    Unclear,
    /// The patient has one, and the records do not tell to which line it belongs.
    OfAnyLine,
}

/// The word of a response that may be any.
pub const UNCLEAR: &str = "unclear";

impl ShownResponse {
    /// A response as the counts take it.
    pub fn of(settled: Option<Response>) -> ShownResponse {
        settled.map_or(ShownResponse::Unclear, ShownResponse::Known)
    }

    /// Its word; none of a line whose response nobody knows.
    pub fn word(self) -> Option<&'static str> {
        match self {
            ShownResponse::Known(response) => Some(response.word()),
            ShownResponse::Unclear => Some(UNCLEAR),
            ShownResponse::OfAnyLine => None,
        }
    }

    /// Its symbol; none where the response of a line is not known.
    pub fn symbol(self) -> Option<Symbol> {
        match self {
            ShownResponse::Known(response) => Some(Symbol::of(response)),
            ShownResponse::Unclear | ShownResponse::OfAnyLine => None,
        }
    }

    /// The filling of the box of a line, and whether its outline is dashed.
    pub fn filling(self) -> (Tone, bool) {
        match self {
            ShownResponse::Known(response) if response.is_responder() => (Tone::Strong, false),
            ShownResponse::Known(response) if response.is_evaluable() => (Tone::Weak, false),
            ShownResponse::Known(_) => (Tone::Paper, true),
            ShownResponse::Unclear | ShownResponse::OfAnyLine => (Tone::Paper, false),
        }
    }
}

/// A response with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShownOutcome {
    /// The response.
    pub response: ShownResponse,
    /// The words beside it: unconfirmed, transient, relapsed.
    pub modifiers: Vec<&'static str>,
}

impl ShownOutcome {
    /// A response with its modifiers.
    pub fn new(response: ShownResponse, modifiers: Modifiers) -> ShownOutcome {
        ShownOutcome { response, modifiers: modifiers.words() }
    }

    /// The response with what stands beside it: `improved (unconfirmed)`; none of a line whose response nobody knows.
    pub fn words(&self) -> Option<String> {
        match (self.response.word(), self.modifiers.as_slice()) {
            (None, []) => None,
            (Some(response), []) => Some(response.to_owned()),
            (None, words) => Some(words.join(", ")),
            (Some(response), words) => Some(format!("{response} ({})", words.join(", "))),
        }
    }
}
