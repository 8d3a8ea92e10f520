//! What a figure draws: marks with their places, labels and order, and what was left out; plain data.
//!
//! A kind of figure is one file here. A renderer places the marks and knows nothing of cases.

mod advance;
mod canvas;
mod code;
mod course;
mod mark;
mod swimmer;

pub use advance::Weight;
pub use course::Courses;
pub use mark::{Anchor, Frame, Label, Mark, Point, Symbol, Tone};
pub use swimmer::{Subject, swimmer};

use crate::words::words;

words! {
    /// The kinds of figures.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum FigureKind: "figure" {
        /// The treatment lines of each patient in order, with their responses.
        Swimmer = "swimmer",
    }
}

impl FigureKind {
    /// True where a mark is one patient, so that small counts cannot be masked.
    pub fn shows_patients(self) -> bool {
        match self {
            FigureKind::Swimmer => true,
        }
    }
}

/// Points of 1/72 inch in so many millimetres.
pub fn points(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

/// The note of a figure in which nobody is to be recognised.
pub const DEIDENTIFIED: &str = "De-identified: cases are numbered in the order of what is drawn, ages over 89 are one \
     group; unknown words of one case are withheld.";

/// A figure that is ready to be drawn. Lengths are in points of 1/72 inch, from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
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
    pub marks: Vec<Mark>,
}

#[cfg(test)]
mod tests;
