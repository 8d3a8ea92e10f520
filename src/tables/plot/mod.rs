//! What a figure draws: marks with their places, labels and order, and what was left out; plain data.
//!
//! A kind of figure is one file here. A renderer places the marks and knows nothing of cases.

mod advance;
mod axis;
mod bars;
mod canvas;
mod change;
mod code;
mod counted;
mod course;
mod curve_name;
mod flow;
mod given_for;
mod lab_value;
mod labs;
mod mark;
mod names;
mod no_axis;
mod pages;
mod parts;
mod patient_change;
mod response;
mod shown_outcome;
mod sites;
mod survival;
mod swimmer;
mod timeline;
mod waterfall;

pub use advance::Weight;
pub use change::change;
pub use counted::CountedFigure;
pub use course::Courses;
pub use flow::flow;
pub use lab_value::LabValues;
pub use labs::labs;
pub use mark::{Anchor, DrawnMark, Frame, Label, Point, Stroke, Symbol, Tone};
pub use no_axis::no_axis;
pub use parts::FigurePartStart;
pub use patient_change::{ChangeRules, Changes};
pub use response::{response, shows_response};
pub use sites::sites;
pub use survival::survival_figure;
pub use swimmer::{Subject, swimmer};
pub use timeline::timeline;
pub use waterfall::waterfall;

use crate::analyze::treatment;
use crate::schema::{Kind, Role, Variable};
use crate::tally::Cohort;
use crate::words::words;

words! {
    /// The kinds of figures.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum FigureKind: "figure" {
        /// The treatment lines of each patient in order, with their responses.
        Swimmer = "swimmer",
        /// How many patients have each site.
        Sites = "sites",
        /// The laboratory values of each patient against the reference ranges.
        Labs = "labs",
        /// How many of the treated responded.
        Response = "response",
        /// The cases from the records to the response.
        Flow = "flow",
        /// The share without an event over time, with the cases at risk.
        Survival = "survival",
        /// The change of each patient between two visits.
        Change = "change",
        /// The best change of each patient, sorted.
        Waterfall = "waterfall",
    }
}

impl FigureKind {
    /// True where a mark is one patient, so that small counts cannot be masked.
    pub fn shows_patients(self) -> bool {
        match self {
            // A step of a curve may be one patient.
            FigureKind::Swimmer
            | FigureKind::Labs
            | FigureKind::Survival
            | FigureKind::Change
            | FigureKind::Waterfall => true,
            FigureKind::Sites | FigureKind::Response | FigureKind::Flow => false,
        }
    }

    /// True where a cohort has what the figure draws.
    pub fn fits(self, cohort: &Cohort) -> bool {
        let has = |role: Role, kinds: &[Kind]| {
            let is_one = |variable: &Variable| variable.role == role && kinds.contains(&variable.kind);
            cohort.variables.iter().any(|column| !column.variable.is_withheld() && is_one(&column.variable))
        };
        match self {
            FigureKind::Swimmer | FigureKind::Response => treatment(cohort).is_some(),
            FigureKind::Sites => has(Role::Site, &[Kind::Set, Kind::Category, Kind::Binary]),
            FigureKind::Labs => has(Role::Lab, &[Kind::Number]),
            FigureKind::Flow => true,
            FigureKind::Survival => cohort.survival.is_some(),
            FigureKind::Change | FigureKind::Waterfall => {
                cohort.variables.iter().any(|column| column.visits.is_some() && column.variable.kind == Kind::Number)
            }
        }
    }
}

/// Points of 1/72 inch in so many millimetres.
pub fn points(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

/// The heading of the figures of a report.
pub const FIGURES: &str = "Figures";

/// The note of a figure in which nobody is to be recognised.
pub const DEIDENTIFIED: &str = "De-identified: cases are numbered in the order of what is drawn, ages over 89 are one \
     group; unknown words of one or two cases are withheld.";

/// A figure that is ready to be drawn. Lengths are in points of 1/72 inch, from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnFigure {
    /// The kind.
    pub kind: FigureKind,
    /// One line about what it shows.
    pub title: String,
    /// What it shows in words, one sentence each.
    pub description: Vec<String>,
    /// What the reader must know, as it stands below the marks.
    pub notes: Vec<String>,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The marks; later ones lie above earlier ones.
    pub marks: Vec<DrawnMark>,
    /// Which part of a figure it is, from 1.
    pub number: usize,
    /// Where its parts begin but for the first, if a page has no room for all of it.
    pub parts: Vec<FigurePartStart>,
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod time_tests;
