//! The fields of a treatment line, by the names a filter uses.

use super::tree::{Truth, any};
use crate::cohort::lines::{Line, StatedResponse};
use crate::schema::response::Response;

/// A field of a line that is true or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    Combination,
    Relapsed,
    Evaluable,
    Responder,
    Confirmed,
    Taper,
}

/// A field of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineField {
    /// Any of its agents.
    Agent,
    /// The class of any of its agents.
    Class,
    /// The route of any of its agents.
    Route,
    /// The text in brackets after any of its agents.
    Detail,
    /// Its number among the lines of the patient, from 1.
    Number,
    /// Its response in the target domain.
    Response,
    /// Its response in another domain.
    Domain(String),
    Flag(Flag),
}

/// The fields every line has, by name; any other name is a domain.
const FIELDS: [(&str, LineField); 12] = [
    ("agent", LineField::Agent),
    ("class", LineField::Class),
    ("route", LineField::Route),
    ("detail", LineField::Detail),
    ("response", LineField::Response),
    ("line", LineField::Number),
    ("combination", LineField::Flag(Flag::Combination)),
    ("relapsed", LineField::Flag(Flag::Relapsed)),
    ("evaluable", LineField::Flag(Flag::Evaluable)),
    ("responder", LineField::Flag(Flag::Responder)),
    ("confirmed", LineField::Flag(Flag::Confirmed)),
    ("taper", LineField::Flag(Flag::Taper)),
];

/// The names of the fields every line has.
pub(super) fn field_names() -> [&'static str; FIELDS.len()] {
    FIELDS.map(|(name, _)| name)
}

impl LineField {
    /// The field with this name; `target` is the target domain of the lines.
    pub fn named(name: &str, target: Option<&str>) -> LineField {
        let known = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| field.clone());
        known.unwrap_or_else(|| {
            if target == Some(name) { LineField::Response } else { LineField::Domain(name.to_owned()) }
        })
    }
}

/// The response of a line in one domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineResponse {
    Known(Response),
    /// Not stated, or stated as not reported.
    Silent,
    /// A word that is not a known response.
    Unreadable,
}

/// The response of a line in its target domain, or in another one.
pub(super) fn response_of(line: &Line, domain: Option<&str>) -> LineResponse {
    let said: Option<&StatedResponse> = match domain {
        None => Some(&line.target),
        Some(name) => line.domains.iter().find(|domain| domain.name == name).map(|domain| &domain.said),
    };
    match said.map(|said| (said.response, &said.unreadable)) {
        Some((None, Some(_))) => LineResponse::Unreadable,
        Some((None, None)) if domain.is_none() && line.unclear.is_some() => LineResponse::Unreadable,
        Some((Some(response), _)) if response != Response::NotReported => LineResponse::Known(response),
        _ => LineResponse::Silent,
    }
}

impl Flag {
    /// True for the name of a flag.
    pub fn is_named(name: &str) -> bool {
        FIELDS.iter().any(|(known, field)| *known == name && matches!(field, LineField::Flag(_)))
    }

    /// Whether it is true of a line.
    ///
    /// A line without a response is not evaluable; whether it responded is unknown. A relapse that is not
    /// mentioned did not happen, as in the tables; whether a dose was tapered is unknown
    /// if it is not mentioned.
    pub fn truth(self, line: &Line) -> Truth {
        let response = response_of(line, None);
        match (self, response) {
            (Flag::Combination, _) => line.is_combination().into(),
            (Flag::Relapsed, _) => is_relapsed(line).into(),
            (Flag::Taper, _) => {
                any(line.agents.iter().map(|agent| agent.is_tapered().map_or(Truth::Unknown, Truth::from)))
            }
            (_, LineResponse::Unreadable) => Truth::Unknown,
            (Flag::Evaluable, LineResponse::Silent) => Truth::False,
            (_, LineResponse::Silent) => Truth::Unknown,
            (Flag::Evaluable, LineResponse::Known(response)) => response.is_evaluable().into(),
            (Flag::Responder, LineResponse::Known(response)) => response.is_responder().into(),
            (Flag::Confirmed, LineResponse::Known(_)) => line.is_confirmed_responder().into(),
        }
    }
}

fn is_relapsed(line: &Line) -> bool {
    line.target.modifiers.relapsed || line.domains.iter().any(|domain| domain.said.modifiers.relapsed)
}
