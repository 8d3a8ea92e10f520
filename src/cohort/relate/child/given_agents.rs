//! One row of treatments: what was given and when, and whether its days tell an order.

use super::certain_order::{GivenSpan, is_certain};
use super::dates::DayState;
use super::fields::Field;
use super::given_days::given_days;
use crate::cohort::lines::GivenDays;
use crate::cohort::relate::rows::RowIndex;

/// One row: agents that were given, and when.
pub struct GivenAgents {
    /// The row.
    pub row: RowIndex,
    /// The name of each agent, and how it is written in a line.
    pub agents: Vec<(String, String)>,
    /// The number of its line.
    pub line: Option<u32>,
    /// Its first day.
    pub start: DayState,
    /// Its last day.
    pub stop: DayState,
    /// The response to it.
    pub response: String,
}

impl GivenAgents {
    /// What tells agents apart.
    pub fn name(&self) -> String {
        self.agents.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" + ")
    }

    /// The days from the first day of treatment of the case; none where a day is not known.
    pub fn days(&self, start: i64) -> Option<GivenDays> {
        match self.stop {
            DayState::Day(stop) => given_days(start, self.start.day()?, Some(stop)),
            DayState::Missing => given_days(start, self.start.day()?, None),
            DayState::Between(..) | DayState::Unclear => None,
        }
    }

    /// What is known of its days; none where a start or a stop is a text that is no date.
    fn span(&self) -> Option<GivenSpan> {
        let stop = match self.stop {
            DayState::Missing => None,
            stop => Some(stop.span()?),
        };
        Some(GivenSpan { agent: self.name(), start: self.start.span()?, stop })
    }
}

/// Days of start or stop that are no full dates, of cases whose order they leave open.
#[derive(Default)]
pub struct UnclearDays {
    /// How many there are.
    pub days: usize,
    /// The cell of the first one.
    pub first: Option<(RowIndex, Field)>,
    /// Cases whose lines are known all the same.
    pub known: usize,
}

impl UnclearDays {
    /// Looks at the rows of a case.
    pub fn look_at(&mut self, of_case: &[GivenAgents], window: i64) {
        let is_treated = of_case.iter().any(|given| !given.agents.is_empty());
        if !is_unclear(of_case, window) {
            self.known = self.known.saturating_add(usize::from(is_treated));
            return;
        }
        for cell in of_case.iter().flat_map(unclear_days) {
            self.days = self.days.saturating_add(1);
            self.first.get_or_insert(cell);
        }
    }
}

/// The days of a row that leave an order open: a start that is no full date, and a stop that is another text.
pub fn unclear_days(given: &GivenAgents) -> Vec<(RowIndex, Field)> {
    let start = given.start.day().is_none().then_some((given.row, Field::Start));
    let is_exact = matches!(given.stop, DayState::Day(_) | DayState::Missing);
    let stop = (!is_exact).then_some((given.row, Field::Stop));
    let is_treated = !given.agents.is_empty();
    start.into_iter().chain(stop).filter(|_| is_treated).collect()
}

/// True where days leave open in which order the agents of a case were given; one row is one line on whatever day.
pub fn is_unclear(of_case: &[GivenAgents], window: i64) -> bool {
    let treated = || of_case.iter().filter(|given| !given.agents.is_empty());
    if treated().count() < 2 || treated().all(|given| unclear_days(given).is_empty()) {
        return false;
    }
    let spans: Option<Vec<GivenSpan>> = treated().map(GivenAgents::span).collect();
    !spans.is_some_and(|spans| is_certain(&spans, window))
}
