//! A case as the rules see it, and which column is for what.

use crate::cohort::case::{Case, CaseCell, CaseColumn, CaseColumns};
use crate::cohort::cell::{CellState, DateState, LevelState, LinesState, SetState};
use crate::cohort::lines::Line;
use crate::cohort::quantity::Quantity;
use crate::cohort::range::Person;
use crate::diagnostic::{Finding, Severity, nearest, quoted};
use crate::schema::audit::{Audit, Purpose};
use crate::schema::header::normalise;
use crate::schema::lexical::{Date, DurationUnit, duration_unit};
use crate::schema::{Kind, Role};
use crate::tally::Cohort;
use std::collections::BTreeMap;

/// Names of columns by what they are for, in their normal form.
const NAMES: [(Purpose, &[&str]); 16] = [
    (Purpose::AgeEvent, &["age event", "event of age", "age refers to", "age reference", "reference event", "age at"]),
    (Purpose::Certainty, &["certainty", "etiology certainty", "diagnostic certainty", "certainty of diagnosis"]),
    (Purpose::DiagnosticCriteria, &["diagnostic criteria", "classification criteria", "criteria"]),
    (Purpose::Side, &["side", "sides", "site side", "laterality", "site laterality", "lesion side"]),
    (Purpose::Weight, &["weight", "body weight", "weight kg"]),
    (
        Purpose::AdverseEvents,
        &["adverse events", "adverse event", "adverse effects", "side effects", "complications", "toxicity"],
    ),
    (
        Purpose::StopReason,
        &["stop reason", "reason stopped", "reason for stopping", "reason lost", "reason for loss", "end reason"],
    ),
    (Purpose::Birth, &["birth", "date of birth", "birth date", "birthdate", "dob", "year of birth", "birth year"]),
    (Purpose::Onset, &["onset", "onset date", "date of onset", "symptom onset", "year of onset", "onset year"]),
    (Purpose::Diagnosis, &["diagnosis date", "date of diagnosis", "year of diagnosis", "diagnosis year"]),
    (
        Purpose::LastVisit,
        &[
            "last visit",
            "last visit date",
            "date of last visit",
            "last follow up",
            "date of last follow up",
            "last seen",
        ],
    ),
    (Purpose::Death, &["death", "death date", "date of death", "year of death"]),
    (Purpose::Hemoglobin, &["hb", "hgb", "hemoglobin", "haemoglobin"]),
    (Purpose::Mcv, &["mcv", "mean corpuscular volume", "mean cell volume"]),
    (Purpose::Mch, &["mch", "mean corpuscular hemoglobin", "mean corpuscular haemoglobin"]),
    (
        Purpose::Mchc,
        &["mchc", "mean corpuscular hemoglobin concentration", "mean corpuscular haemoglobin concentration"],
    ),
];

/// The columns of the cases, and which of them is for what.
pub struct Found<'a> {
    columns: &'a CaseColumns<'a>,
    purposes: BTreeMap<Purpose, CaseColumn<'a>>,
    lines: Option<CaseColumn<'a>>,
    /// What must be said of the columns that the schema names.
    pub notes: Vec<Finding>,
}

impl<'a> Found<'a> {
    /// Finds the columns: those the schema names, else those with a known name.
    pub fn new(cohort: &Cohort, columns: &'a CaseColumns<'a>, audit: &Audit) -> Found<'a> {
        let named = |name: &str| columns.all().iter().copied().find(|column| is_called(column, name));
        let mut found = Found { columns, purposes: BTreeMap::new(), lines: None, notes: Vec::new() };
        for (purpose, names) in NAMES {
            let by_name = || {
                let is_known = |column: &&CaseColumn<'_>| names.contains(&normalise(&column.variable().name).as_str());
                columns.all().iter().find(is_known).copied()
            };
            let column = match audit.series.columns.get(&purpose) {
                Some(name) => {
                    let column = named(name);
                    if column.is_none() {
                        found.notes.push(no_column(name, "columns", columns, audit));
                    }
                    column
                }
                None => by_name(),
            };
            found.purposes.extend(column.map(|column| (purpose, column)));
        }
        let unknown = audit.series.headline_labs.iter().filter(|name| named(name).is_none());
        found.notes.extend(unknown.map(|name| no_column(name, "headlineLabs", columns, audit)));
        let treatment = crate::analyze::treatment(cohort).and_then(|number| cohort.variables.get(number));
        found.lines = treatment.and_then(|v| columns.all().iter().copied().find(|c| c.column == v.column));
        found
    }

    /// Every column but the one that names the case.
    pub fn all(&self) -> impl Iterator<Item = CaseColumn<'a>> {
        let id = self.columns.id().map(|id| id.column);
        self.columns.all().iter().copied().filter(move |column| Some(column.column) != id)
    }

    /// The column for a purpose.
    pub fn of(&self, purpose: Purpose) -> Option<CaseColumn<'a>> {
        self.purposes.get(&purpose).copied()
    }

    /// The first column of a role.
    pub fn first(&self, role: Role) -> Option<CaseColumn<'a>> {
        self.columns.of_role(role).next()
    }

    /// The columns of a role.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = CaseColumn<'a>> {
        self.columns.of_role(role)
    }

    /// The laboratory columns of numbers.
    pub fn number_labs(&self) -> impl Iterator<Item = CaseColumn<'a>> {
        self.of_role(Role::Lab).filter(|column| column.variable().kind == Kind::Number)
    }

    /// The column of treatment lines.
    pub fn lines(&self) -> Option<CaseColumn<'a>> {
        self.lines
    }

    /// The column of a name: its header, or the header without a unit.
    pub fn named(&self, name: &str) -> Option<CaseColumn<'a>> {
        self.columns.all().iter().copied().find(|column| is_called(column, name))
    }
}

fn is_called(column: &CaseColumn<'_>, name: &str) -> bool {
    column.variable().header == name || column.variable().name == name
}

fn no_column(name: &str, key: &str, columns: &CaseColumns<'_>, audit: &Audit) -> Finding {
    let headers: Vec<&str> = columns.all().iter().map(|column| column.variable().header.as_str()).collect();
    let remedy = match nearest(name, &headers) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => "name a column of the data, or remove the entry".to_owned(),
    };
    let message = format!("\"{key}\" in \"series\" names '{name}', which is no column of the data");
    Finding::new("schema-key-unknown", Severity::Warning, message).at(audit.series_at.clone()).remedy(remedy)
}

/// One case as the rules see it: what several of them need is read once.
pub struct Seen<'c> {
    /// The case.
    pub case: Case<'c>,
    /// Age and sex, as reference ranges need them.
    pub person: Person,
    lines: Option<LinesState>,
}

impl<'c> Seen<'c> {
    /// The case, with its lines.
    pub fn new(case: Case<'c>, found: &Found<'_>) -> Seen<'c> {
        let lines = found.lines().map(|column| case.cell(&column)).and_then(|cell| match cell {
            CaseCell::Lines(lines) => Some(lines),
            _ => None,
        });
        Seen { case, person: case.person(), lines }
    }

    /// The treatment lines; none where there is no column of lines, or the cell holds none.
    pub fn lines(&self) -> &[Line] {
        match &self.lines {
            Some(LinesState::Lines(lines)) => lines,
            _ => &[],
        }
    }

    /// True where the cell holds something, readable or not.
    pub fn reports(&self, column: &CaseColumn<'_>) -> bool {
        !matches!(
            self.case.cell(column),
            CaseCell::Number(CellState::Missing(_))
                | CaseCell::Level(LevelState::Missing(_))
                | CaseCell::Set(SetState::Missing(_))
                | CaseCell::Date(DateState::Missing(_))
                | CaseCell::Lines(LinesState::Missing(_))
        )
    }

    /// The level of a cell.
    pub fn level(&self, column: Option<CaseColumn<'_>>) -> Option<String> {
        match self.case.cell(&column?) {
            CaseCell::Level(LevelState::Level(level)) => Some(level),
            _ => None,
        }
    }

    /// The value of a cell of a number column; a censored one is none.
    pub fn value(&self, column: Option<CaseColumn<'_>>) -> Option<Quantity> {
        match self.case.cell(&column?) {
            CaseCell::Number(CellState::Value(number)) => Some(number.value),
            _ => None,
        }
    }

    /// The value of a duration in years; none in a unit that is neither months nor years.
    pub fn years(&self, column: &CaseColumn<'_>) -> Option<Quantity> {
        let unit = duration_unit(column.variable().unit.as_deref()?)?;
        let lasted = self.value(Some(*column))?;
        Some(Quantity { twelfths: lasted.twelfths || unit == DurationUnit::Months, ..lasted })
    }

    /// True for a value or a censored one.
    pub fn is_number(&self, column: &CaseColumn<'_>) -> bool {
        let cell = self.case.cell(column);
        matches!(cell, CaseCell::Number(CellState::Value(_) | CellState::Censored { .. }))
    }

    /// The date of a cell; that of a withheld column, such as a birth date, is read as well.
    pub fn date(&self, column: Option<CaseColumn<'_>>) -> Option<Date> {
        match self.case.cell(&column?) {
            CaseCell::Date(DateState::Date(date)) => Some(date),
            CaseCell::Level(LevelState::Level(text)) => Date::parse(&text),
            _ => None,
        }
    }
}
