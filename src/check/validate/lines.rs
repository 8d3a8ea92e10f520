//! Contradictions between treatment, response and death.

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::{CaseView, lines_of};
use super::column_lookup::ColumnLookup;
use super::rule::ValidationRule;
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{LevelState, LinesState, SetState};
use crate::cohort::known_cells::AnswerByCell;
use crate::cohort::lines::{Line, StatedResponse as Stated};
use crate::diagnostic::FindingId;
use crate::schema::Role;
use crate::schema::lexical::fold;
use crate::schema::response::Response;
use crate::schema::response::understand::tells_a_death;

/// The columns that may contradict one another.
#[derive(Clone)]
pub struct Contradictions<'a> {
    lines: Option<CaseColumn<'a>>,
    treatments: Vec<CaseColumn<'a>>,
    responses: Vec<(CaseColumn<'a>, AnswerByCell<Option<Response>>)>,
    outcomes: Vec<OutcomeColumn<'a>>,
    deaths: AnswerByCell<LinesAndDeath>,
}

/// A column of outcomes, and what its cells mean.
#[derive(Clone)]
struct OutcomeColumn<'a> {
    column: CaseColumn<'a>,
    response: AnswerByCell<Option<Response>>,
    is_death: AnswerByCell<bool>,
}

/// What the lines of a case tell of a death.
#[derive(Debug, Clone, Copy)]
struct LinesAndDeath {
    /// The number of the first line that ends with it, though another follows.
    followed: Option<u64>,
    /// True where the last line is ongoing.
    goes_on: bool,
}

impl LinesAndDeath {
    fn of(cell: &CaseCell) -> LinesAndDeath {
        let lines = lines_of(cell);
        let mut numbered = (1_u64..).zip(lines);
        let died = numbered.find(|(number, line)| *number < lines.len() as u64 && reports_a_death(line));
        let goes_on = lines.last().is_some_and(|line| line.response() == Response::Ongoing);
        LinesAndDeath { followed: died.map(|(number, _)| number), goes_on }
    }
}

/// The response that a level states.
fn stated(cell: &CaseCell) -> Option<Response> {
    let CaseCell::Level(LevelState::Level(level)) = cell else { return None };
    Response::parse(level).map(|(response, _)| response)
}

impl<'a> Contradictions<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> Contradictions<'a> {
        Contradictions {
            lines: lookup.lines(),
            treatments: lookup.of_role(Role::Treatment).collect(),
            responses: lookup.of_role(Role::Response).map(|column| (column, AnswerByCell::default())).collect(),
            outcomes: lookup
                .of_role(Role::Outcome)
                .map(|column| OutcomeColumn {
                    column,
                    response: AnswerByCell::default(),
                    is_death: AnswerByCell::default(),
                })
                .collect(),
            deaths: AnswerByCell::default(),
        }
    }

    /// True where no treatment is reported in any column.
    fn is_untreated(&self, case: &CaseView<'_>) -> bool {
        !self.treatments.is_empty()
            && self.treatments.iter().all(|column| match &*case.cell(column).cell {
                CaseCell::Lines(LinesState::Lines(lines)) => lines.is_empty(),
                CaseCell::Set(SetState::Items(items)) => items.items.is_empty(),
                CaseCell::Level(LevelState::Level(level)) => matches!(fold(level).as_str(), "none" | "no"),
                _ => !case.reports(column),
            })
    }

    /// A response needs a treatment; of the outcomes, only an improvement does.
    fn response_without_treatment(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let is = |of: (&CaseColumn<'_>, &AnswerByCell<Option<Response>>), meant: fn(Response) -> bool| {
            of.1.of(&case.cell(of.0), stated).is_some_and(meant)
        };
        let responded = self.responses.iter().find(|(column, known)| is((column, known), Response::is_evaluable));
        let improved = || self.outcomes.iter().find(|of| is((&of.column, &of.response), Response::is_responder));
        let responded = responded.map(|(column, _)| column).or_else(|| improved().map(|of| &of.column));
        let Some(column) = responded else { return };
        if !self.is_untreated(case) {
            return;
        }
        sink.of_case(FindingId::ResponseWithoutTreatment, (case, &column.variable().header), || {
            let value = case.case.text(column.column).into_owned();
            CellFinding::new("a response without a treatment")
                .value(value)
                .remedy("add the treatment, or report the course as an outcome")
        });
    }

    /// No treatment can follow a death.
    fn line_after_death(&self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let (Some(column), Some(lines)) = (self.lines, case.lines_cell()) else { return };
        let LinesAndDeath { followed, goes_on } = self.deaths.of(lines, LinesAndDeath::of);
        let at = (case, column.variable().header.as_str());
        let remedy = "check the order of the lines, and the outcome";
        if let Some(number) = followed {
            let finding = || {
                CellFinding::new(format!("line {number} ends with the death of the patient, but another line follows"))
                    .remedy(remedy)
            };
            sink.of_case(FindingId::LineAfterDeath, at, finding);
        }
        let is_dead = |of: &OutcomeColumn<'_>| of.is_death.of(&case.cell(&of.column), states_a_death);
        if goes_on && self.outcomes.iter().any(is_dead) {
            let finding = || CellFinding::new("the patient died, but the last line is ongoing").remedy(remedy);
            sink.of_case(FindingId::LineAfterDeath, at, finding);
        }
    }
}

fn states_a_death(cell: &CaseCell) -> bool {
    matches!(cell, CaseCell::Level(LevelState::Level(level)) if tells_a_death(level))
}

fn reports_a_death(line: &Line) -> bool {
    let reports = |said: &Stated| {
        said.response == Some(Response::Died)
            || said.unreadable.iter().chain(&said.remarks).any(|text| tells_a_death(text))
    };
    reports(&line.target) || line.domains.iter().any(|domain| reports(&domain.said))
}

impl ValidationRule for Contradictions<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        self.response_without_treatment(case, sink);
        self.line_after_death(case, sink);
    }

    fn absorb(&mut self, _: Self) {}
}
