//! What a figure of single patients shows of each of them: name, age, sex, group and treatment lines.

use super::given_for::DurationColumn;
use super::shown_outcome::{ShownOutcome, ShownResponse};
use crate::analyze::group;
use crate::analyze::natural::natural;
use crate::analyze::results::Group;
use crate::analyze::{Options, treatment};
use crate::cohort::case::{Case, CaseCell, CaseColumn, CaseColumns};
use crate::cohort::cell::{LevelState, LinesState};
use crate::cohort::deidentify;
use crate::cohort::lines::{Agent, GivenDays, GivenFor, Line, days_of_lines};
use crate::cohort::range::Person;
use crate::error::Error;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{MissingReason, Role};
use crate::tables::listing::{LineText, ListingEntry};
use crate::tally::counts::BesideCodes;
use crate::tally::{CaseResponses, Cohort, Counts, ResponsesBeside};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most patients that a figure draws.
pub const MOST_PATIENTS: usize = 100;
/// The heading of patients whose group is not known.
const NO_GROUP: &str = "group not reported";

/// The treatment lines of one patient.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatientCourse {
    /// The place of the group, and its heading; the same for all without groups.
    pub group: (usize, String),
    /// Age and sex, where they are known.
    pub about: Vec<String>,
    /// The best response, where the records do not tell to which line it belongs.
    pub best: Option<ShownOutcome>,
    /// The lines, or why there are none.
    pub state: CourseState,
    /// What the patient is called.
    pub id: String,
}

/// The lines of a patient, or why there are none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CourseState {
    /// The lines in order; none for a patient who was not treated.
    Lines(Vec<CourseLine>),
    /// A cell without lines.
    Missing(MissingReason),
    /// A cell that cannot be read.
    Unreadable,
}

/// One treatment line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CourseLine {
    /// The agents in the order of the cell.
    pub agents: Vec<String>,
    /// The response in the target domain, as the counts take it.
    pub outcome: ShownOutcome,
    /// The days from the first of the patient on which the line was given, where they are known.
    pub days: Option<GivenDays>,
    /// How long it was given, where the records say that alone.
    pub given_for: Option<GivenFor>,
}

/// The lines of a patient, with their days where all agents have theirs.
fn course_lines(lines: &[Arc<Line>], said: &CaseResponses) -> Vec<CourseLine> {
    let shown = lines.iter().zip(&said.of_lines).zip(days_of_lines(lines));
    let shown = shown.map(|((line, response), days)| {
        let outcome = match said.beside {
            Some(beside) if lines.len() == 1 => {
                ShownOutcome::new(ShownResponse::of(beside.response), line.target.modifiers.and(beside.modifiers))
            }
            Some(_) => ShownOutcome::new(ShownResponse::OfAnyLine, line.target.modifiers),
            None => ShownOutcome::new(ShownResponse::of(*response), line.target.modifiers),
        };
        let agents = line.agents.iter().map(|agent| agent.name.clone()).collect();
        CourseLine { agents, outcome, days, given_for: given_for(line) }
    });
    shown.collect()
}

/// How long a line was given: what its agents say, where those that say it agree.
fn given_for(line: &Line) -> Option<GivenFor> {
    if line.agents.iter().any(Agent::has_other_time) {
        return None;
    }
    let mut said = line.agents.iter().filter_map(Agent::given_for);
    let first = said.next()?;
    said.all(|other| other.minutes == first.minutes).then_some(first)
}

/// The patients with each line behind the one before it, as long as the records say; none where they do not say it of
/// every line, or say on which days one was given.
pub fn one_after_another(courses: &[PatientCourse]) -> Option<Vec<PatientCourse>> {
    courses.iter().map(in_turn).collect()
}

fn in_turn(course: &PatientCourse) -> Option<PatientCourse> {
    let CourseState::Lines(lines) = &course.state else { return Some(course.clone()) };
    let mut minutes = 0_i128;
    let mut day = |more: i128| {
        minutes = minutes.checked_add(more)?;
        let (per_day, rest) = (TimeUnit::Days.minutes(), TimeUnit::Days.minutes() / 2);
        u32::try_from(minutes.checked_add(rest)?.checked_div(per_day)?).ok()
    };
    let placed = |line: &CourseLine| {
        let given = line.given_for.as_ref().filter(|_| line.days.is_none())?;
        let days = GivenDays { first: day(0)?, last: Some(day(given.minutes)?) };
        Some(CourseLine { days: Some(days), ..line.clone() })
    };
    let lines = lines.iter().map(placed).collect::<Option<_>>()?;
    Some(PatientCourse { state: CourseState::Lines(lines), ..course.clone() })
}

impl CourseLine {
    /// When it was given, in words: ` (day 0 to 57)`, ` (3 months)`; empty where nobody knows.
    fn time(&self) -> String {
        match (&self.days, &self.given_for) {
            (Some(days), _) => format!(" ({days})"),
            (None, Some(given)) => format!(" ({})", given.text),
            (None, None) => String::new(),
        }
    }

    /// The agents as one text.
    pub fn agents(&self) -> String {
        self.agents.join(" + ")
    }

    /// The line in words: `corticosteroid, ongoing (3 months)`.
    fn words(&self) -> String {
        let said = [Some(self.agents()), self.outcome.words()].into_iter().flatten().collect::<Vec<_>>();
        format!("{}{}", said.join(", "), self.time())
    }
}

/// The patients of a figure, as they are read.
pub struct Courses<'a> {
    lines: CaseColumn<'a>,
    responses: ResponsesBeside<'a>,
    duration: Option<DurationColumn<'a>>,
    age: Option<CaseColumn<'a>>,
    sex: Option<CaseColumn<'a>>,
    groups: Option<Groups<'a>>,
    is_deidentified: bool,
    courses: Vec<PatientCourse>,
    seen: usize,
}

/// The columns that group the patients, and the place of each group.
struct Groups<'a> {
    columns: Vec<CaseColumn<'a>>,
    places: BTreeMap<String, usize>,
}

impl<'a> Courses<'a> {
    /// No patient yet, of a cohort with treatment lines.
    ///
    /// Errors: no column of treatment lines.
    pub fn new(
        cohort: &Cohort,
        cases: &CaseColumns<'a>,
        options: &Options,
        is_deidentified: bool,
    ) -> Result<Courses<'a>, Error> {
        let is_shown = |column: &CaseColumn<'_>| {
            let by_wish = is_deidentified && deidentify::withholds(column.variable());
            !(column.variable().is_withheld() || by_wish)
        };
        let column = |number: usize| cases.all().get(number).copied().filter(|column| is_shown(column));
        let of_role = |role| cases.of_role(role).find(|column| is_shown(column));
        let by = cohort.grouping.iter().flat_map(|grouping| grouping.by.iter().copied());
        let columns: Vec<CaseColumn<'a>> = by.filter_map(column).collect();
        let lines = treatment(cohort).and_then(column).ok_or_else(without_lines)?;
        Ok(Courses {
            lines,
            responses: ResponsesBeside::of(cases, lines.variable(), codes(cohort)),
            duration: DurationColumn::of(cases, is_shown),
            age: of_role(Role::Age),
            sex: of_role(Role::Sex),
            groups: (!columns.is_empty()).then(|| Groups { columns, places: places(cohort, options) }),
            is_deidentified,
            courses: Vec::new(),
            seen: 0,
        })
    }

    /// Adds a patient. Only as many are kept as are drawn, but for those whose order is known when all are.
    pub fn add(&mut self, case: &Case<'_>) {
        self.seen = self.seen.saturating_add(1);
        let is_ordered_later = self.is_deidentified || self.groups.is_some();
        if is_ordered_later || self.courses.len() < MOST_PATIENTS {
            self.courses.push(self.course(case));
        }
    }

    fn course(&self, case: &Case<'_>) -> PatientCourse {
        let mut best = None;
        let state = match case.cell(&self.lines) {
            CaseCell::Lines(LinesState::Lines(lines)) => {
                let said = self.responses.responses(case, lines.iter().map(Arc::as_ref));
                let of_any = said.beside.filter(|_| lines.len() > 1);
                best = of_any.map(|of| ShownOutcome::new(ShownResponse::of(of.response), of.modifiers));
                let mut lines = course_lines(&lines, &said);
                self.complete(case, &mut lines);
                CourseState::Lines(lines)
            }
            CaseCell::Lines(LinesState::Missing(reason)) => CourseState::Missing(reason),
            _ => CourseState::Unreadable,
        };
        let about = [text(case, self.age.as_ref()), text(case, self.sex.as_ref())];
        PatientCourse {
            group: self.groups.as_ref().map_or_else(Default::default, |groups| groups.of(case)),
            about: about.into_iter().flatten().collect(),
            best,
            state,
            id: if self.is_deidentified { String::new() } else { case.id() },
        }
    }

    /// Completes a line of which nothing says when or how long it was given, where the patient has no other.
    fn complete(&self, case: &Case<'_>, lines: &mut [CourseLine]) {
        if let [line] = lines
            && line.days.is_none()
            && line.given_for.is_none()
        {
            line.given_for = self.duration.as_ref().and_then(|duration| duration.given_for(case));
        }
    }

    /// The patients in the order in which they are drawn, and how many there are with those that are not.
    ///
    /// Where ids are withheld they are numbered in the order of all that is shown of them, as a listing does, so
    /// that a number tells nothing that the figure does not.
    pub fn finish(self) -> (Vec<PatientCourse>, usize) {
        let mut courses = self.courses;
        match self.is_deidentified {
            true => courses.sort(),
            false => courses.sort_by(|one, other| one.group.cmp(&other.group)),
        }
        courses.truncate(MOST_PATIENTS);
        if self.is_deidentified {
            (1..).zip(&mut courses).for_each(|(number, course)| course.id = deidentify::id(number));
        }
        (courses, self.seen)
    }
}

impl Groups<'_> {
    fn of(&self, case: &Case<'_>) -> (usize, String) {
        let level = |column: &CaseColumn<'_>| match case.cell(column) {
            CaseCell::Level(LevelState::Level(level)) => Some(level),
            _ => None,
        };
        let levels: Option<Vec<String>> = self.columns.iter().map(level).collect();
        let heading = levels.map_or_else(|| NO_GROUP.to_owned(), |levels| levels.join(", "));
        let place = self.places.get(&heading).copied().unwrap_or(usize::MAX);
        (place, heading)
    }
}

/// The place of each group among the columns of a table.
fn places(cohort: &Cohort, options: &Options) -> BTreeMap<String, usize> {
    let groups = group::ordered(cohort, options).into_iter().enumerate();
    let heading = |(place, (group, _)): (usize, (Arc<Group>, _))| {
        let levels: Option<Vec<&str>> = group.levels.iter().map(|(_, level)| level.as_deref()).collect();
        levels.map(|levels| (levels.join(", "), place))
    };
    groups.filter_map(heading).collect()
}

/// What a cell says of a patient; none where it says nothing.
fn text(case: &Case<'_>, column: Option<&CaseColumn<'_>>) -> Option<String> {
    let column = column?;
    let written = || case.text(column.column);
    match ListingEntry::of(case.cell(column), column, &Person::default(), written, LineText::Agents) {
        ListingEntry::Missing(_) | ListingEntry::Unreadable(_) => None,
        ListingEntry::Number(number) => Some(match column.variable().unit.as_deref() {
            Some(unit) if number.value.is_some() => format!("{} {unit}", number.text),
            _ => number.text,
        }),
        entry => Some(entry.joined()),
    }
}

/// The names of all agents, in natural order.
pub fn agents(courses: &[PatientCourse]) -> Vec<&str> {
    let lines = courses.iter().flat_map(PatientCourse::lines);
    let mut agents: Vec<&str> = lines.flat_map(|line| line.agents.iter().map(String::as_str)).collect();
    agents.sort_by(|one, other| natural(one, other).then(one.cmp(other)));
    agents.dedup();
    agents
}

impl PatientCourse {
    /// Its lines; empty where there are none.
    pub fn lines(&self) -> &[CourseLine] {
        match &self.state {
            CourseState::Lines(lines) => lines,
            CourseState::Missing(_) | CourseState::Unreadable => &[],
        }
    }

    /// What stands in the place of its lines; none where it has some.
    pub fn silence(&self) -> Option<&'static str> {
        match &self.state {
            CourseState::Lines(lines) if lines.is_empty() => Some("no treatment"),
            CourseState::Lines(_) => None,
            CourseState::Missing(reason) => Some(reason.word()),
            CourseState::Unreadable => Some("unreadable"),
        }
    }

    /// The patient in a sentence: `P4 (6 years, female): 1 corticosteroid, ongoing.`
    pub fn sentence(&self) -> String {
        let group = if self.group.1.is_empty() { String::new() } else { format!("{}: ", self.group.1) };
        let about = if self.about.is_empty() { String::new() } else { format!(" ({})", self.about.join(", ")) };
        let best = self.best.as_ref().and_then(ShownOutcome::words).map(|best| format!("best response {best}"));
        let lines = (1..).zip(self.lines()).map(|(number, line): (usize, _)| format!("{number} {}", line.words()));
        let silence = self.silence().map(str::to_owned);
        let said: Vec<String> = silence.into_iter().chain(best).chain(lines).collect();
        format!("{group}{}{about}: {}.", self.id, said.join("; "))
    }
}

/// What the column of the treatments holds, which decides what `NR` and `NC` mean.
fn codes(cohort: &Cohort) -> BesideCodes {
    let column = treatment(cohort).and_then(|number| cohort.variables.get(number));
    match column.map(|column| &column.counts) {
        Some(Counts::Lines(counts)) => counts.beside_codes,
        _ => BesideCodes::default(),
    }
}

fn without_lines() -> Error {
    let remedy = "calc-series schema FILE shows how each column is read; --role COLUMN=treatment and --kind COLUMN=lines change it";
    Error::usage_with("no column of treatment lines, which this figure draws", remedy)
}
