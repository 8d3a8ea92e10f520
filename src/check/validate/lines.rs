//! Contradictions between treatment, response and death.

use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Check;
use super::rule::ValidationRule;
use super::sink::{CellFinding, FindingSink};
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{LevelState, LinesState, SetState};
use crate::cohort::lines::{Line, StatedResponse as Stated};
use crate::schema::Role;
use crate::schema::lexical::fold;
use crate::schema::response::Response;

/// Words for a death.
const DEATH: [&str; 7] = ["died", "dead", "death", "deceased", "fatal", "demise", "expired"];

/// The columns that may contradict one another.
pub struct Contradictions<'a> {
    lines: Option<CaseColumn<'a>>,
    treatments: Vec<CaseColumn<'a>>,
    responses: Vec<CaseColumn<'a>>,
    outcomes: Vec<CaseColumn<'a>>,
}

impl<'a> Contradictions<'a> {
    /// For the columns of a cohort.
    pub fn new(lookup: &ColumnLookup<'a>) -> Contradictions<'a> {
        Contradictions {
            lines: lookup.lines(),
            treatments: lookup.of_role(Role::Treatment).collect(),
            responses: lookup.of_role(Role::Response).collect(),
            outcomes: lookup.of_role(Role::Outcome).collect(),
        }
    }

    /// True where no treatment is reported in any column.
    fn is_untreated(&self, case: &CaseView<'_>) -> bool {
        !self.treatments.is_empty()
            && self.treatments.iter().all(|column| match case.case.cell(column) {
                CaseCell::Lines(LinesState::Lines(lines)) => lines.is_empty(),
                CaseCell::Set(SetState::Items(items)) => items.items.is_empty(),
                CaseCell::Level(LevelState::Level(level)) => matches!(fold(&level).as_str(), "none" | "no"),
                _ => !case.reports(column),
            })
    }

    /// A response needs a treatment; of the outcomes, only an improvement does.
    fn response_without_treatment(&self, case: &CaseView<'_>, sink: &mut FindingSink<'_>) {
        let stated =
            |column: &CaseColumn<'_>| Response::parse(&case.level(Some(*column))?).map(|(response, _)| response);
        let responded = self.responses.iter().find(|column| stated(column).is_some_and(Response::is_evaluable));
        let improved = self.outcomes.iter().find(|column| stated(column).is_some_and(Response::is_responder));
        let Some(column) = responded.or(improved) else { return };
        if !self.is_untreated(case) {
            return;
        }
        sink.of_case(Check::ResponseWithoutTreatment, (case, &column.variable().header), || {
            let value = case.case.text(column.column).into_owned();
            CellFinding::new("a response without a treatment")
                .value(value)
                .remedy("add the treatment, or report the course as an outcome")
        });
    }

    /// No treatment can follow a death.
    fn line_after_death(&self, case: &CaseView<'_>, sink: &mut FindingSink<'_>) {
        let Some(column) = self.lines else { return };
        let lines = case.lines();
        let died = (1_u64..).zip(lines).find(|(number, line)| *number < lines.len() as u64 && reports_a_death(line));
        let at = (case, column.variable().header.as_str());
        let remedy = "check the order of the lines, and the outcome";
        if let Some((number, _)) = died {
            let finding = || {
                CellFinding::new(format!("line {number} ends with the death of the patient, but another line follows"))
                    .remedy(remedy)
            };
            sink.of_case(Check::LineAfterDeath, at, finding);
        }
        let is_dead =
            self.outcomes.iter().any(|column| case.level(Some(*column)).is_some_and(|level| is_death(&level)));
        let goes_on = lines.last().is_some_and(|line| line.response() == Response::Ongoing);
        if is_dead && goes_on {
            let finding = || CellFinding::new("the patient died, but the last line is ongoing").remedy(remedy);
            sink.of_case(Check::LineAfterDeath, at, finding);
        }
    }
}

fn is_death(text: &str) -> bool {
    let text = fold(text);
    let words: Vec<&str> = text.split(' ').collect();
    words.iter().any(|word| DEATH.contains(word)) && !words.iter().any(|word| matches!(*word, "no" | "not" | "without"))
}

fn reports_a_death(line: &Line) -> bool {
    let reports = |said: &Stated| {
        said.response == Some(Response::Died) || said.unreadable.iter().chain(&said.remarks).any(|text| is_death(text))
    };
    reports(&line.target) || line.domains.iter().any(|domain| reports(&domain.said))
}

impl ValidationRule for Contradictions<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut FindingSink<'_>) {
        self.response_without_treatment(case, sink);
        self.line_after_death(case, sink);
    }
}
