//! Treatment, response and death that contradict one another.

use super::item::Items;
use super::ledger::{Ledger, Said};
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::{CaseCell, CaseColumn};
use crate::cohort::cell::{LevelState, LinesState, SetState};
use crate::cohort::lines::{Line, Said as Stated};
use crate::schema::Role;
use crate::schema::lexical::fold;
use crate::schema::response::Response;

/// Words for a death.
const DEATH: [&str; 7] = ["died", "dead", "death", "deceased", "fatal", "demise", "expired"];

/// What contradicts the lines of a case.
pub struct Contradictions<'a> {
    lines: Option<CaseColumn<'a>>,
    treatments: Vec<CaseColumn<'a>>,
    responses: Vec<CaseColumn<'a>>,
    outcomes: Vec<CaseColumn<'a>>,
}

impl<'a> Contradictions<'a> {
    /// For the columns of a cohort.
    pub fn new(found: &Found<'a>) -> Contradictions<'a> {
        Contradictions {
            lines: found.lines(),
            treatments: found.of_role(Role::Treatment).collect(),
            responses: found.of_role(Role::Response).collect(),
            outcomes: found.of_role(Role::Outcome).collect(),
        }
    }

    /// True where no column tells of a treatment.
    fn is_untreated(&self, case: &Seen<'_>) -> bool {
        !self.treatments.is_empty()
            && self.treatments.iter().all(|column| match case.case.cell(column) {
                CaseCell::Lines(LinesState::Lines(lines)) => lines.is_empty(),
                CaseCell::Set(SetState::Items(items)) => items.items.is_empty(),
                CaseCell::Level(LevelState::Level(level)) => matches!(fold(&level).as_str(), "none" | "no"),
                _ => !case.reports(column),
            })
    }

    /// A response needs something to respond to; of outcomes only an improvement does.
    fn response_without_treatment(&self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let stated =
            |column: &CaseColumn<'_>| Response::parse(&case.level(Some(*column))?).map(|(response, _)| response);
        let responded = self.responses.iter().find(|column| stated(column).is_some_and(Response::is_evaluable));
        let improved = self.outcomes.iter().find(|column| stated(column).is_some_and(Response::is_responder));
        let Some(column) = responded.or(improved) else { return };
        if !self.is_untreated(case) {
            return;
        }
        ledger.say("response-without-treatment", Severity::Warning, (case, &column.variable().header), || {
            let value = case.case.text(column.column).into_owned();
            Said::new("a response, and no treatment is reported")
                .value(value)
                .remedy("add the treatment, or write the course as an outcome")
        });
    }

    /// Nothing follows a death.
    fn line_after_death(&self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let Some(column) = self.lines else { return };
        let lines = case.lines();
        let died = (1_u64..).zip(lines).find(|(number, line)| *number < lines.len() as u64 && tells_of_death(line));
        let at = (case, column.variable().header.as_str());
        let remedy = "check the order of the lines, and the outcome";
        if let Some((number, _)) = died {
            let said =
                || Said::new(format!("line {number} ends with a death, and another line follows")).remedy(remedy);
            ledger.say("line-after-death", Severity::Error, at, said);
        }
        let is_dead =
            self.outcomes.iter().any(|column| case.level(Some(*column)).is_some_and(|level| is_death(&level)));
        let goes_on = lines.last().is_some_and(|line| line.response() == Response::Ongoing);
        if is_dead && goes_on {
            let said = || Said::new("the patient died, and the last line is ongoing").remedy(remedy);
            ledger.say("line-after-death", Severity::Error, at, said);
        }
    }
}

fn is_death(text: &str) -> bool {
    let text = fold(text);
    let words: Vec<&str> = text.split(' ').collect();
    words.iter().any(|word| DEATH.contains(word)) && !words.iter().any(|word| matches!(*word, "no" | "not" | "without"))
}

fn tells_of_death(line: &Line) -> bool {
    let tells = |said: &Stated| said.unreadable.iter().chain(&said.remarks).any(|text| is_death(text));
    tells(&line.target) || line.domains.iter().any(|domain| tells(&domain.said))
}

impl Rule for Contradictions<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        self.response_without_treatment(case, ledger);
        self.line_after_death(case, ledger);
    }

    fn conclude(self: Box<Self>, _: &mut Ledger<'_>, _: &mut Items) {}
}
