//! The lines of a treatment cell as they are written, before each is read.
//!
//! ```text
//! prednisone; no response                 one line: prednisone: no response
//! prednisone: failed, then MTX: CR        two lines
//! no treatment: improved                  none: the patient was not treated
//! dialysis; PD                            one line that may have any response: PD may be one, or a treatment
//! ```

use super::rules::CellRules;
use super::split::line_list;
use crate::cohort::lines::{PERHAPS, agents_of, is_not_given, is_untreated, parse_line, segments};
use crate::schema::items::{Separator, Separators, items};
use crate::schema::missing_words::certainly_missing;
use crate::schema::response::in_agent::{Sureness, response_alone};
use crate::schema::response::not_given::says_that_nothing_was_given;

/// The lines of a cell, in their order; each is read by itself.
pub fn written_lines(text: &str, rules: &CellRules) -> Vec<String> {
    if is_never_given_at_all(text, rules) {
        return Vec::new();
    }
    let (list, delimiter) = line_list(text, rules);
    let target = rules.variable.target_domain.as_deref();
    let mut lines: Vec<String> = Vec::new();
    for segment in segments(&list, delimiter).filter(|segment| !is_left_out(segment, rules)) {
        for piece in one_after_another(segment, target) {
            add(&mut lines, piece, target);
        }
    }
    lines
}

/// The parts of a cell that name what was never given: they are no lines.
pub fn never_given(text: &str, rules: &CellRules) -> Vec<String> {
    if is_never_given_at_all(text, rules) {
        return vec![text.trim().to_owned()];
    }
    let (list, delimiter) = line_list(text, rules);
    segments(&list, delimiter).filter(|segment| is_left_out(segment, rules)).map(str::to_owned).collect()
}

/// True for a whole cell such as `not started`.
fn is_never_given_at_all(text: &str, rules: &CellRules) -> bool {
    says_that_nothing_was_given(text) && !is_a_name(text, rules)
}

/// True for a part of a cell that names what was never given.
fn is_left_out(segment: &str, rules: &CellRules) -> bool {
    is_not_given(segment) && !is_a_name(agents_of(segment), rules)
}

/// True for a text that the column states to be the name of an agent.
fn is_a_name(text: &str, rules: &CellRules) -> bool {
    rules.variable.reading.split == Some(Separators::NONE) || rules.variable.classes.contains_key(text.trim())
}

/// True for a part of a cell that is a line whatever stands before it.
pub fn is_line_by_itself(segment: &str) -> bool {
    let is_alone = |segment: &str| {
        response_alone(segment) == Sureness::No
            && certainly_missing(segment).is_none()
            && !says_that_nothing_was_given(segment)
    };
    !is_untreated(agents_of(segment)) && !is_not_given(segment) && (segment.contains(':') || is_alone(segment))
}

/// Adds a part of a cell as a line, or to the line before it; a patient who was not treated has none.
fn add(lines: &mut Vec<String>, segment: &str, target: Option<&str>) {
    let is_untreated = is_untreated(agents_of(segment));
    let is_bare = !segment.is_empty() && !segment.contains(':');
    let before = lines.last_mut().filter(|_| is_bare);
    if before.is_some_and(|last| goes_on(last, (segment, is_untreated), target)) || is_untreated {
        return;
    }
    lines.push(segment.to_owned());
}

/// Adds a part without a colon to the line before it where it is a response to it, or may be one; true where it was added.
fn goes_on(last: &mut String, (segment, is_untreated): (&str, bool), target: Option<&str>) -> bool {
    // `MTX; refused`: perhaps the one before it was.
    if says_that_nothing_was_given(segment) && states_nothing(last, target) {
        last.push(PERHAPS);
        last.push_str(segment);
        return true;
    }
    let sureness = if certainly_missing(segment).is_some() { Sureness::Sure } else { response_alone(segment) };
    match sureness {
        Sureness::No => return false,
        Sureness::Sure if !is_untreated && states_nothing(last, target) => last.push_str(": "),
        // `none` is no response, or nothing given.
        Sureness::Sure | Sureness::Unsure if states_nothing(last, target) => last.push(PERHAPS),
        Sureness::Unsure if is_understood(&format!("{last}, {segment}"), target) => last.push_str(", "),
        Sureness::Sure | Sureness::Unsure => return false,
    }
    last.push_str(segment);
    true
}

/// True for a line that can be read, and states no response.
fn states_nothing(line: &str, target: Option<&str>) -> bool {
    !line.contains([':', PERHAPS]) && parse_line(line, target).is_ok()
}

/// True for a line whose response is understood.
fn is_understood(line: &str, target: Option<&str>) -> bool {
    parse_line(line, target).is_ok_and(|line| line.target.response.is_some() && line.target.unreadable.is_none())
}

/// `prednisone: no response, then MTX: CR` as two lines, where each part is one whose response is understood.
fn one_after_another<'t>(segment: &'t str, target: Option<&str>) -> Vec<&'t str> {
    if segment.bytes().filter(|byte| *byte == b':').count() < 2 {
        return vec![segment];
    }
    let pieces = items(segment, Separators::of(&[Separator::Then]));
    let pieces: Vec<&str> = pieces.into_iter().map(|piece| piece.trim_end_matches([',', ' '])).collect();
    match pieces.iter().all(|piece| is_understood(piece, target)) {
        true => pieces,
        false => vec![segment],
    }
}
