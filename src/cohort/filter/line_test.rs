//! A condition on treatment lines once it is bound: what it asks of one line, and of lines in order.

use super::interval::{Interval, Value, whole, within};
use super::line_field::{Answered, Field, Flag, answered};
use super::tree::{Tree, Truth, any};
use super::vocabulary::{Sort, Vocabulary};
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

/// What is asked of one line.
#[derive(Debug, Clone)]
pub(super) enum LineQuestion {
    Agent(WordTest),
    Class(WordTest),
    Route(WordTest),
    Detail(WordTest),
    /// A response, of the target where no domain is named.
    Response(Option<String>, WordTest),
    Number(Vec<Interval<Value>>),
    Flag(Flag),
    IsNull(Field),
}

/// Whether lines of a patient, in their order, satisfy conditions, in theirs; the words of all lines
/// are met.
///
/// It is true where each holds of a line of its own; else unknown where it would be true if whatever
/// is unknown held.
pub(super) fn answer(
    lines: &[Option<Line>],
    conditions: &[Tree<LineTest>],
    rules: &CellRules<'_>,
    met: &mut Vocabulary,
) -> Truth {
    for line in lines.iter().flatten() {
        line.agents.iter().for_each(|agent| met.meet(Sort::Agent, &agent.name));
        line.domains.iter().for_each(|domain| met.meet(Sort::Domain, &domain.name));
    }
    let truth = |line: &Option<Line>, number: usize, condition: &Tree<LineTest>| {
        let line = line.as_ref();
        line.map_or(Truth::Unknown, |line| condition.truth(&mut |test| test.truth(line, number, rules.variable)))
    };
    // The earliest line for each condition leaves the most lines to those that follow.
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
            LineQuestion::Response(domain, test) => of_response(answered(line, domain.as_deref()), test),
            LineQuestion::Number(ranges) => within(whole(number), ranges),
            LineQuestion::Flag(flag) => flag.truth(line),
            LineQuestion::IsNull(Field::Class) => agents().all(|agent| class(agent).is_none()).into(),
            LineQuestion::IsNull(Field::Route) => line.agents.iter().all(|agent| agent.routes().is_empty()).into(),
            LineQuestion::IsNull(Field::Detail) => line.agents.iter().all(|agent| agent.detail.is_none()).into(),
            LineQuestion::IsNull(Field::Response) => (answered(line, None) == Answered::Silent).into(),
            LineQuestion::IsNull(Field::Domain(name)) => (answered(line, Some(name)) == Answered::Silent).into(),
            LineQuestion::IsNull(Field::Flag(flag)) => (flag.truth(line) == Truth::Unknown).into(),
            LineQuestion::IsNull(Field::Agent | Field::Number) => Truth::False,
        };
        if self.negated { !truth } else { truth }
    }
}

/// Silence is unknown, except to who asks for `not reported`.
fn of_response(response: Answered, test: &WordTest) -> Truth {
    match response {
        Answered::Known(response) => test.holds(response.word()).into(),
        Answered::Silent if test.holds(Response::NotReported.word()) => Truth::True,
        Answered::Silent | Answered::Unreadable => Truth::Unknown,
    }
}
