//! A figure told in words, for who cannot see it.

use crate::diagnostic::sanitize;
use crate::tables::plot::DrawnFigure;

/// The title, what is drawn, one line each, and the notes.
pub fn text(figure: &DrawnFigure) -> String {
    let told = figure.description.iter().map(|sentence| format!("{}\n", sanitize(sentence))).collect::<String>();
    let notes = figure.notes.iter().map(|note| format!("{}\n", sanitize(note))).collect::<String>();
    format!("{}\n\n{told}\n{notes}", sanitize(&figure.title))
}
