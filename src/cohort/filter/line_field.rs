//! What a treatment line says, by the names a filter uses.

use super::tree::{Truth, any};
use crate::cohort::lines::{Line, Said};
use crate::schema::response::Response;

/// What a line says that is true or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    Combination,
    Relapsed,
    Evaluable,
    Responder,
    Confirmed,
    Taper,
}

/// One thing a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    /// Any of its agents.
    Agent,
    /// The class of any of its agents.
    Class,
    /// The route of any of its agents.
    Route,
    /// What stands in brackets behind any of its agents.
    Detail,
    /// Its place among the lines of the patient, from 1.
    Number,
    /// Its response in the target domain.
    Response,
    /// Its response in another domain.
    Domain(String),
    Flag(Flag),
}

/// The fields every line has, by name; any other name is a domain.
const FIELDS: [(&str, Field); 12] = [
    ("agent", Field::Agent),
    ("class", Field::Class),
    ("route", Field::Route),
    ("detail", Field::Detail),
    ("response", Field::Response),
    ("line", Field::Number),
    ("combination", Field::Flag(Flag::Combination)),
    ("relapsed", Field::Flag(Flag::Relapsed)),
    ("evaluable", Field::Flag(Flag::Evaluable)),
    ("responder", Field::Flag(Flag::Responder)),
    ("confirmed", Field::Flag(Flag::Confirmed)),
    ("taper", Field::Flag(Flag::Taper)),
];

/// The names of the fields every line has.
pub(super) fn field_names() -> [&'static str; FIELDS.len()] {
    FIELDS.map(|(name, _)| name)
}

impl Field {
    /// The field of a name, where `target` is the domain whose response the lines carry.
    pub fn named(name: &str, target: Option<&str>) -> Field {
        let known = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| field.clone());
        known.unwrap_or_else(|| if target == Some(name) { Field::Response } else { Field::Domain(name.to_owned()) })
    }
}

/// What a line says of its response in one domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Known(Response),
    /// Nothing, or that it is not reported.
    Silent,
    /// A word that is no response.
    Unreadable,
}

/// The response of a line in its target domain, or in another one.
pub(super) fn answered(line: &Line, domain: Option<&str>) -> Answered {
    let said: Option<&Said> = match domain {
        None => Some(&line.target),
        Some(name) => line.domains.iter().find(|domain| domain.name == name).map(|domain| &domain.said),
    };
    match said.map(|said| (said.response, &said.unreadable)) {
        Some((None, Some(_))) => Answered::Unreadable,
        Some((Some(response), _)) if response != Response::NotReported => Answered::Known(response),
        _ => Answered::Silent,
    }
}

impl Flag {
    /// True for the name of a flag.
    pub fn is_named(name: &str) -> bool {
        FIELDS.iter().any(|(known, field)| *known == name && matches!(field, Field::Flag(_)))
    }

    /// Whether it is true of a line.
    ///
    /// A silent line is not evaluable; whether it responded is unknown. A relapse that is not
    /// mentioned did not happen, as in the tables; whether a dose was tapered that is not mentioned
    /// to be is unknown.
    pub fn truth(self, line: &Line) -> Truth {
        let response = answered(line, None);
        match (self, response) {
            (Flag::Combination, _) => line.is_combination().into(),
            (Flag::Relapsed, _) => is_relapsed(line).into(),
            (Flag::Taper, _) => {
                any(line.agents.iter().map(|agent| agent.is_tapered().map_or(Truth::Unknown, Truth::from)))
            }
            (_, Answered::Unreadable) => Truth::Unknown,
            (Flag::Evaluable, Answered::Silent) => Truth::False,
            (_, Answered::Silent) => Truth::Unknown,
            (Flag::Evaluable, Answered::Known(response)) => response.is_evaluable().into(),
            (Flag::Responder, Answered::Known(response)) => response.is_responder().into(),
            (Flag::Confirmed, Answered::Known(_)) => line.is_confirmed_responder().into(),
        }
    }
}

fn is_relapsed(line: &Line) -> bool {
    line.target.modifiers.relapsed || line.domains.iter().any(|domain| domain.said.modifiers.relapsed)
}
