//! Cells of a column that is split: their items, and their treatment lines.
//!
//! ```text
//! Warfarin, colchicine              two lines           , / ; | numbers line ends then
//! prednisone and MTX, then IVIG     two lines, the first of two agents    and & + with
//! MTX with good response            MTX: good response
//! methotrexate 15 mg weekly         methotrexate [15 mg weekly]
//! ```

use super::rules::{CellRules, missing};
use crate::cohort::lines::{Dosed, agent_names, agents_of, is_untreated, words_around};
use crate::read::block::ITEM;
use crate::schema::items::{Separator, Separators, split, unsplit, unsplit_in_dutch};
use crate::schema::lexical::cut_outside_brackets;
use crate::schema::response::in_agent::{InAgent, in_agent};
use crate::schema::{Role, Variable};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// These join the agents of one line.
const TOGETHER: Separators =
    Separators::of(&[Separator::And, Separator::Ampersand, Separator::Plus, Separator::With, Separator::En]);
/// The sign between the agents of a line.
const JOIN: &str = " + ";

/// Where the cells of a column are cut; `None` for a column that is not split.
pub(super) fn separators(rules: &CellRules) -> Option<Separators> {
    rules
        .variable
        .reading
        .split
        .filter(|separators| !separators.is_empty())
        .map(|separators| separators.with(Separators::LISTS))
}

/// The items of a cell as they are written.
pub(super) fn item_texts<'t>(text: &'t str, rules: &CellRules) -> Vec<&'t str> {
    let Some(separators) = separators(rules) else { return delimited(text, rules.variable) };
    let is_declared = |part: &str| rules.variable.declares(part);
    text.split(ITEM)
        .map(str::trim)
        .flat_map(|part| if is_declared(part) { vec![part] } else { split(part, separators) })
        .collect()
}

/// The items between the delimiters of a cell that is not split, outside brackets; one where each cell is one.
fn delimited<'t>(text: &'t str, variable: &Variable) -> Vec<&'t str> {
    let delimiter = variable.delimiter.filter(|_| variable.reading.split.is_none());
    let pieces = match delimiter {
        _ if text.contains(ITEM) => text.split(ITEM).collect(),
        Some(delimiter) => cut_outside_brackets(text, delimiter),
        None => vec![text],
    };
    pieces.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The text of the treatment lines of a cell, and their separator.
pub fn line_list<'t>(text: &'t str, rules: &CellRules) -> (Cow<'t, str>, char) {
    let text = match separators(rules) {
        Some(separators) => Cow::Owned(split_lines(text, separators)),
        None if text.contains(ITEM) => Cow::Borrowed(text),
        None => return (Cow::Borrowed(text), rules.variable.delimiter.unwrap_or(';')),
    };
    // A list from JSON starts with the separator of its items.
    let list = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix(ITEM).unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.strip_prefix(ITEM).map(str::to_owned).unwrap_or(text)),
    };
    (list, ITEM)
}

/// The lines of a cell with [`ITEM`] before each.
fn split_lines(text: &str, separators: Separators) -> String {
    let mut lines = String::with_capacity(text.len().saturating_add(8));
    let apart = separators.without(TOGETHER);
    for part in text.split(ITEM) {
        for line in joined_responses(split(part, apart)) {
            lines.push(ITEM);
            let agents = agents_of(&line);
            let rest = line.get(agents.len()..).unwrap_or_default();
            let (agents, response) = match in_agent(agents).filter(|_| rest.is_empty()) {
                Some(InAgent::Response { name, response }) => (name, response),
                Some(InAgent::Unclear(_)) | None => (agents, ""),
            };
            let agents = split(agents, separators.both(TOGETHER)).into_iter().map(with_dose).collect::<Vec<_>>();
            lines.push_str(&agents.join(JOIN));
            lines.push_str(if response.is_empty() { rest } else { ": " });
            lines.push_str(response);
        }
    }
    lines
}

/// The pieces as lines: `pain=improved` belongs to the response before it.
fn joined_responses(pieces: Vec<&str>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match lines.last_mut() {
            Some(last) if piece.contains('=') && last.contains(':') && !piece.contains(':') => {
                last.push_str(", ");
                last.push_str(piece);
            }
            _ => lines.push(piece.to_owned()),
        }
    }
    lines
}

/// `methotrexate 15 mg weekly` with its dose in brackets, as lines write it.
fn with_dose(agent: &str) -> String {
    match Dosed::of(agent) {
        Dosed::Dose { name, dose } | Dosed::Number { name, dose } => format!("{name} [{dose}]"),
        Dosed::Not | Dosed::WithMore => agent.to_owned(),
    }
}

/// Most parts of which it is remembered what would cut them.
const MOST_PARTS: usize = 1 << 12;

/// What would cut the items of a column further; each distinct part of its cells is looked at once.
#[derive(Debug, Default)]
pub struct UnsplitItems {
    known: FxHashMap<Box<str>, Separators>,
}

impl UnsplitItems {
    /// The separators that would cut some item of a cell; none where each is one, and for a missing cell.
    pub fn of(&mut self, text: &str, rules: &CellRules) -> Separators {
        let is_explicit = text.contains(ITEM) && separators(rules).is_none();
        // An item of a list that came as one is one.
        let is_no_treatment = rules.variable.role == Role::Treatment && is_untreated(text);
        if is_explicit || is_no_treatment || missing(text, rules).is_some() {
            return Separators::NONE;
        }
        if rules.variable.role != Role::Treatment {
            let unnoticed = unnoticed_in_items(rules.variable);
            return self.all(item_texts(text, rules), |item| cuts_of_item(item, unnoticed, rules.variable));
        }
        let (list, delimiter) = line_list(text, rules);
        let names = agent_names(&list, &[delimiter, ';', '|']);
        self.all(names, |name| cuts_of_agent(name, rules.variable))
    }

    fn all(&mut self, parts: Vec<&str>, cuts: impl Fn(&str) -> Separators) -> Separators {
        let mut all = Separators::NONE;
        for part in parts {
            let known = self.known.get(part).copied();
            let separators = known.unwrap_or_else(|| cuts(part));
            if known.is_none() && self.known.len() < MOST_PARTS {
                self.known.insert(part.into(), separators);
            }
            all = all.with(separators);
        }
        all
    }
}

/// The separators that nobody notices in the items of a column.
fn unnoticed_in_items(variable: &Variable) -> Separators {
    // `fever with chills` may be one symptom, as may be `prurito en manos`.
    let not_here = match (variable.role, variable.reading.has_en) {
        (Role::Site, _) => Separators::NONE,
        (_, true) => Separators::of(&[Separator::With]),
        (_, false) => Separators::of(&[Separator::With, Separator::En]),
    };
    Separators::UNNOTICED.without(not_here)
}

fn cuts_of_item(item: &str, unnoticed: Separators, variable: &Variable) -> Separators {
    if variable.declares(item) {
        return Separators::NONE;
    }
    let pieces = split(item, Separators::LISTS).into_iter();
    pieces.map(|piece| cuts(piece, (unnoticed, variable.reading.has_en))).fold(Separators::NONE, Separators::with)
}

fn cuts_of_agent(name: &str, variable: &Variable) -> Separators {
    let is_declared = variable.classes.contains_key(name);
    if is_declared { Separators::NONE } else { unsplit_agent(name, (Separators::UNNOTICED, variable.reading.has_en)) }
}

/// The separators that would cut the text of an agent; a response behind it is none.
fn unsplit_agent(name: &str, unnoticed: (Separators, bool)) -> Separators {
    let found = cuts(name, unnoticed);
    // Most names are not cut, whatever they hold.
    if found.is_empty() { found } else { cuts(without_words_around(without_response(name)), unnoticed) }
}

/// The agent of `treatment with MTX`.
fn without_words_around(agent: &str) -> &str {
    words_around(agent).map_or(agent, |[_, name, _]| name)
}

/// What would cut a text, which may be Dutch.
fn cuts(text: &str, (unnoticed, has_en): (Separators, bool)) -> Separators {
    if has_en { unsplit_in_dutch(text, unnoticed) } else { unsplit(text, unnoticed) }
}

/// The agent without the response behind it: `MTX - no response`.
fn without_response(agent: &str) -> &str {
    match in_agent(agent) {
        Some(InAgent::Response { name, .. }) => name,
        Some(InAgent::Unclear(_)) | None => agent,
    }
}
