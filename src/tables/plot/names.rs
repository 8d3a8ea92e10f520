//! What stands beside the lines of a patient: the id, a response of no known line, age and sex.

use super::advance::{Weight, shortened_name, width};
use super::canvas::{Canvas, GAP, LEADING, MARGIN, SYMBOL, TEXT};
use super::course::PatientCourse;
use super::mark::{DrawnMark, Point, Symbol, Tone};

/// The largest part of the width that names of patients take.
const NAMES: f64 = 0.25;

/// One line of text beside the lines of a patient.
struct NameLine {
    text: String,
    weight: Weight,
    tone: Tone,
    symbol: Option<Symbol>,
}

impl NameLine {
    /// The room before its letters.
    fn indent(&self) -> f64 {
        if self.symbol.is_some() { SYMBOL + GAP } else { 0.0 }
    }

    fn width(&self) -> f64 {
        self.indent() + width(&self.text, TEXT, self.weight)
    }
}

fn lines(course: &PatientCourse, is_about_shown: bool) -> Vec<NameLine> {
    let line = |text: String, tone, symbol| NameLine { text, weight: Weight::Regular, tone, symbol };
    let id = NameLine { weight: Weight::Bold, ..line(course.id.clone(), Tone::Ink, None) };
    let best = course.best.iter().flat_map(|best| {
        let word = best.response.word().map(|word| line(word.to_owned(), Tone::Ink, best.response.symbol()));
        word.into_iter().chain(best.modifiers.iter().map(|word| line((*word).to_owned(), Tone::Muted, None)))
    });
    let about = course.about.iter().filter(|_| is_about_shown);
    std::iter::once(id).chain(best).chain(about.map(|text| line(text.clone(), Tone::Muted, None))).collect()
}

/// The room that all of it needs, of a figure of this width.
pub fn names_room(courses: &[PatientCourse], full: f64, is_about_shown: bool) -> f64 {
    let widths = courses.iter().flat_map(|course| lines(course, is_about_shown)).map(|line| line.width());
    widths.fold(0.0, f64::max).min(full * NAMES)
}

/// The height of what stands beside the lines of a patient.
pub fn names_height(course: &PatientCourse, is_about_shown: bool) -> f64 {
    lines(course, is_about_shown).len() as f64 * LEADING
}

/// Draws it from a place downwards, without moving on.
pub fn draw_names(canvas: &mut Canvas, course: &PatientCourse, top: f64, (room, is_about_shown): (f64, bool)) {
    for (at, line) in lines(course, is_about_shown).into_iter().enumerate() {
        canvas.y = top + at as f64 * LEADING;
        if let Some(shape) = line.symbol {
            let at = Point { x: MARGIN + SYMBOL / 2.0, y: canvas.y + TEXT * 0.55 };
            canvas.push(DrawnMark::Symbol { at, shape, size: SYMBOL });
        }
        let text = shortened_name(&line.text, TEXT, line.weight, (room - line.indent()).max(0.0));
        canvas.line(MARGIN + line.indent(), &text, TEXT, line.weight, line.tone);
    }
    canvas.y = top;
}

/// What a figure says of names that have no room.
pub fn cut_names(courses: &[PatientCourse], (room, is_about_shown): (f64, bool)) -> Vec<String> {
    let is_cut = |line: &NameLine| line.width() > room;
    let all = || courses.iter().map(|course| lines(course, is_about_shown));
    let ids = all().any(|lines| lines.first().is_some_and(is_cut));
    let others = all().any(|lines| lines.iter().skip(1).any(is_cut));
    let notes = [
        (ids, "Long ids are cut."),
        (others, "Words beside the ids that have no room are cut; -o FILE.txt has them all."),
    ];
    notes.into_iter().filter(|(is_cut, _)| *is_cut).map(|(_, note)| note.to_owned()).collect()
}
