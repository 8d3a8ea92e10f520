//! Bound conditions on treatment lines: on one line, and on several lines in order.

use super::interval::{NumericValue, ValueInterval, whole, within};
use super::line_field::{Flag, LineField, LineResponse, response_of};
use super::tree::{ConditionTree, Truth, any};
use super::vocabulary::{FilterVocabulary, WordKind};
use super::words::WordTest;
use crate::cohort::cell::CellRules;
use crate::cohort::lines::Line;
use crate::schema::Variable;
use crate::schema::response::Response;

/// One condition on a line.
#[derive(Debug, Clone)]
pub(super) struct LineTest {
    pub question: LineQuestion,
    pub negated: bool,
}

/// The test of one line.
#[derive(Debug, Clone)]
pub(super) enum LineQuestion {
    Agent(WordTest),
    Class(WordTest),
    Route(WordTest),
    Detail(WordTest),
    /// The response in a domain, or in the target domain if none is named.
    Response(Option<String>, WordTest),
    Number(Vec<ValueInterval<NumericValue>>),
    Flag(Flag),
    IsNull(LineField),
}

/// Whether the lines of a patient satisfy conditions in the given order; notes the words of all lines
/// in `met`.
///
/// True if each condition is true for a line of its own; else unknown if this would be so with every
/// unknown answer taken as true.
pub(super) fn answer(
    lines: &[Option<Line>],
    conditions: &[ConditionTree<LineTest>],
    rules: &CellRules<'_>,
    met: &mut FilterVocabulary,
) -> Truth {
    for line in lines.iter().flatten() {
        line.agents.iter().for_each(|agent| met.meet(WordKind::Agent, &agent.name));
        line.domains.iter().for_each(|domain| met.meet(WordKind::Domain, &domain.name));
    }
    let truth = |line: &Option<Line>, number: usize, condition: &ConditionTree<LineTest>| {
        let line = line.as_ref();
        line.map_or(Truth::Unknown, |line| condition.truth(&mut |test| test.truth(line, number, rules.variable)))
    };
    // Taking the earliest line for each condition leaves the most lines to the conditions after it.
    let are_met = |holds: fn(Truth) -> bool| {
        let mut rest = lines.iter().zip(1..);
        conditions.iter().all(|condition| rest.any(|(line, number)| holds(truth(line, number, condition))))
    };
    if are_met(|truth| truth == Truth::True) {
        Truth::True
    } else if are_met(|truth| truth != Truth::False) {
        Truth::Unknown
    } else {
        Truth::False
    }
}

impl LineTest {
    fn truth(&self, line: &Line, number: usize, variable: &Variable) -> Truth {
        let class = |agent: &str| variable.classes.get(agent);
        let agents = || line.agents.iter().map(|agent| agent.name.as_str());
        let truth = match &self.question {
            LineQuestion::Agent(test) => any(agents().map(|agent| test.holds(agent).into())),
            LineQuestion::Class(test) => {
                any(agents().map(|agent| class(agent).map_or(Truth::Unknown, |class| test.holds(class).into())))
            }
            LineQuestion::Route(test) => any(line.agents.iter().map(|agent| match agent.routes().as_slice() {
                [] => Truth::Unknown,
                routes => routes.iter().any(|route| test.holds(route)).into(),
            })),
            LineQuestion::Detail(test) => {
                let details = line.agents.iter().map(|agent| agent.detail.as_deref());
                any(details.map(|detail| detail.map_or(Truth::Unknown, |detail| test.holds(detail).into())))
            }
            LineQuestion::Response(domain, test) => of_response(response_of(line, domain.as_deref()), test),
            LineQuestion::Number(ranges) => within(whole(number), ranges),
            LineQuestion::Flag(flag) => flag.truth(line),
            LineQuestion::IsNull(LineField::Class) => agents().all(|agent| class(agent).is_none()).into(),
            LineQuestion::IsNull(LineField::Route) => line.agents.iter().all(|agent| agent.routes().is_empty()).into(),
            LineQuestion::IsNull(LineField::Detail) => line.agents.iter().all(|agent| agent.detail.is_none()).into(),
            LineQuestion::IsNull(LineField::Response) => (response_of(line, None) == LineResponse::Silent).into(),
            LineQuestion::IsNull(LineField::Domain(name)) => {
                (response_of(line, Some(name)) == LineResponse::Silent).into()
            }
            LineQuestion::IsNull(LineField::Flag(flag)) => (flag.truth(line) == Truth::Unknown).into(),
            LineQuestion::IsNull(LineField::Agent | LineField::Number) => Truth::False,
        };
        if self.negated { !truth } else { truth }
    }
}

/// A missing response is unknown, unless the test is for `not reported`.
fn of_response(response: LineResponse, test: &WordTest) -> Truth {
    match response {
        LineResponse::Known(response) => test.holds(response.word()).into(),
        LineResponse::Silent if test.holds(Response::NotReported.word()) => Truth::True,
        LineResponse::Silent | LineResponse::Unreadable => Truth::Unknown,
    }
}
