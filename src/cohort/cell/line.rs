//! Cells of a column of treatment lines.

use super::rules::{CellRules, missing};
use super::state::LinesState;
use super::written_lines::written_lines;
use crate::cohort::deidentify::{self, WITHHELD};
use crate::cohort::lines::{
    Agent, Dosed, GivenDays, Line, LineFault, StatedResponse, agents_of, is_untreated, parse_line,
    with_response_in_agent,
};
use crate::schema::Variable;
use crate::schema::items::{Separators, unsplit};
use crate::schema::response::in_agent::UnclearAgent;
use std::sync::Arc;

/// Reads a cell of treatment lines; `none` alone is a patient without treatment.
pub fn lines(text: &str, rules: &CellRules) -> LinesState {
    if let Some(reason) = missing(text, rules) {
        return LinesState::Missing(reason);
    }
    if is_untreated(text) {
        return LinesState::Lines(Vec::new());
    }
    let written = written_lines(text, rules);
    match written.iter().map(|segment| line(segment, rules)).collect::<Result<Vec<Line>, LineFault>>() {
        Ok(lines) => {
            let shown = lines.into_iter().map(|line| Arc::new(without_remarks(line, rules.variable)));
            LinesState::Lines(shown.collect())
        }
        Err(fault) => LinesState::Unreadable(fault),
    }
}

/// Reads one line of a cell. Its agents are words of the column; what is said of them is as written.
pub fn line(segment: &str, rules: &CellRules) -> Result<Line, LineFault> {
    let parsed = parse_line(segment, rules.variable.target_domain.as_deref())?;
    let is_one_text = rules.variable.reading.split == Some(Separators::NONE);
    let is_known = |name: &str| is_one_text || rules.variable.classes.contains_key(name);
    let treated = without_untreated(with_response_in_agent(parsed, segment, is_known));
    let mut line = without_doses(treated, segment, rules.variable);
    if rules.variable.is_deidentified {
        let names = line.agents.iter_mut().map(|agent| &mut agent.name);
        for name in names.chain(line.domains.iter_mut().map(|domain| &mut domain.name)) {
            *name = deidentify::word(name, rules.variable).into_owned();
        }
    }
    Ok(line)
}

/// The line without `observation` beside an agent, which is none.
fn without_untreated(mut line: Line) -> Line {
    if line.agents.len() > 1 && line.agents.iter().any(|agent| !is_untreated(&agent.name)) {
        line.agents.retain(|agent| !is_untreated(&agent.name));
    }
    line
}

/// The line with each dose as the detail of its agent, unless the column states that each agent is one text. What stands
/// behind a dose and is none is never dropped: the text stays whole, and what was given is unclear.
fn without_doses(mut line: Line, segment: &str, variable: &Variable) -> Line {
    let is_one_text = variable.reading.split == Some(Separators::NONE);
    if is_one_text || line.agents.iter().all(|agent| Dosed::of(&agent.name) == Dosed::Not) {
        return line;
    }
    let is_quoted = agents_of(segment).contains('"');
    let mut agents: Vec<Agent> = Vec::with_capacity(line.agents.len());
    for agent in line.agents {
        let is_named = agent.detail.is_some() || variable.classes.contains_key(&agent.name);
        let agent = match Dosed::of(&agent.name) {
            Dosed::Dose { name, dose } if !is_named => Agent { name: name.to_owned(), detail: Some(dose.into_owned()) },
            // Of several items the reader is told by themselves.
            Dosed::WithMore if !is_named && !is_quoted && unsplit(&agent.name, Separators::UNNOTICED).is_empty() => {
                line.unclear = line.unclear.or(Some(UnclearAgent::BehindADose));
                agent
            }
            Dosed::Number { name, dose } if !is_named && !is_quoted => {
                Agent { name: name.to_owned(), detail: Some(dose.into_owned()) }
            }
            Dosed::Not | Dosed::Dose { .. } | Dosed::Number { .. } | Dosed::WithMore => agent,
        };
        match agents.iter_mut().find(|known| known.name == agent.name) {
            Some(known) => known.detail = known.detail.take().or(agent.detail),
            None => agents.push(agent),
        }
    }
    line.agents = agents;
    line
}

/// The line as it may be shown: without free text, where its patient must not be recognised.
fn without_remarks(line: Line, variable: &Variable) -> Line {
    if !variable.is_deidentified {
        return line;
    }
    let mut line = line;
    for agent in &mut line.agents {
        // Days since the first one tell no date.
        let dose = agent.detail.as_deref().map(|detail| GivenDays::behind(detail).map_or(detail, |(dose, _)| dose));
        let is_dose = dose.is_none_or(|dose| dose.is_empty() || deidentify::is_dose(dose));
        agent.detail = agent.detail.take().map(|detail| if is_dose { detail } else { WITHHELD.to_owned() });
    }
    let conceal = |said: &mut StatedResponse| {
        said.remarks = Vec::new();
        said.unreadable = said.unreadable.take().map(|_| WITHHELD.to_owned());
    };
    conceal(&mut line.target);
    line.domains.iter_mut().for_each(|domain| conceal(&mut domain.said));
    line
}
