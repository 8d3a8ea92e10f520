//! The best change of each patient, sorted: a bar a patient, from the greatest rise to the greatest fall.

use super::advance::{Weight, shortened_name, width};
use super::axis::{Axis, ends_without_far};
use super::canvas::{Canvas, GAP, KeySample, LEADING, MARGIN, TEXT};
use super::mark::{DrawnMark, Frame, Point, Stroke, Symbol, Tone};
use super::patient_change::{ChangeValues, Changes, PatientChange};
use super::{DrawnFigure, FigureKind};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};
use std::cmp::Reverse;

/// The height of a bar.
const BAR: f64 = 6.0;
/// The largest part of the width that ids take.
const NAMES: f64 = 0.25;

/// The figure, so many points wide.
pub fn waterfall(changes: Changes<'_>, further: Vec<String>, width: f64) -> DrawnFigure {
    let higher_is_better = changes.is_higher_better();
    let all = changes.sorted(|patient| Reverse(patient.best.clone()));
    let title = "Best change of each patient".to_owned();
    let mut canvas = Canvas::new(width, &title);
    let (mut notes, mut description) = (Vec::new(), Vec::new());
    for change in &all {
        canvas.block(description.len(), None);
        let axis = axis(change);
        draw(&mut canvas, change, &axis, higher_is_better);
        notes.extend(beyond(change, &axis));
        let said = |one: &PatientChange| format!("{}: {} {}.", one.id, change.name(), change.text(&one.best, true));
        description.extend(change.patients.iter().map(said));
        let extreme = if higher_is_better { "greatest" } else { "least" };
        let [before, after] = &change.visits;
        notes.push(match change.later {
            1 => format!("{}: {after} less {before}.", change.name()),
            later => format!("{}: the {extreme} of {later} later visits less {before}.", change.name()),
        });
        notes.extend(change.notes());
    }
    canvas.key(&key(&all, higher_is_better));
    notes.extend(further);
    canvas.finish(FigureKind::Waterfall, title, description, notes)
}

fn tone(best: &BigRational, higher_is_better: bool) -> Tone {
    if best.is_positive() == higher_is_better { Tone::Strong } else { Tone::Weak }
}

fn key(all: &[ChangeValues<'_>], higher_is_better: bool) -> Vec<(KeySample, String)> {
    let changed = || all.iter().flat_map(|change| &change.patients).filter(|one| one.best != BigRational::default());
    let is_used = |asked: Tone| changed().any(|one| tone(&one.best, higher_is_better) == asked);
    let words = [(Tone::Strong, "better"), (Tone::Weak, "worse")];
    let used = words.into_iter().filter(|(tone, _)| is_used(*tone));
    used.map(|(tone, words)| (KeySample::Box(tone, false), words.to_owned())).collect()
}

fn number(patient: &PatientChange) -> f64 {
    patient.best.to_f64().unwrap_or(0.0)
}

/// The axis of the changes that are drawn, with 0 on it.
fn axis(change: &ChangeValues<'_>) -> Axis {
    let (low, high) = ends_without_far(&change.patients.iter().map(number).collect::<Vec<_>>());
    Axis::around(low.min(0.0), high.max(0.0), 7)
}

/// Whose change lies beyond the axis.
fn beyond(change: &ChangeValues<'_>, axis: &Axis) -> Option<String> {
    let beyond = change.patients.iter().filter(|patient| axis.is_beyond(number(patient)));
    let ids: Vec<&str> = beyond.map(|patient| patient.id.as_str()).collect();
    let what = "Beyond the axis, which leaves out changes far from all others; the bar ends with an arrow";
    (!ids.is_empty()).then(|| format!("{what}: {}.", ids.join(", ")))
}

fn draw(canvas: &mut Canvas, change: &ChangeValues<'_>, axis: &Axis, higher_is_better: bool) {
    canvas.heading(&change.name());
    let shown = &change.patients;
    if shown.is_empty() {
        canvas.line(MARGIN, "no case has both values", TEXT, Weight::Regular, Tone::Muted);
        canvas.y += LEADING;
        return;
    }
    let widest = |texts: &mut dyn Iterator<Item = String>| {
        texts.map(|text| width(&text, TEXT, Weight::Regular) + 0.1).fold(0.0, f64::max)
    };
    let names = widest(&mut shown.iter().map(|patient| patient.id.clone())).min(canvas.room() * NAMES);
    let numbers = widest(&mut shown.iter().map(|patient| change.text(&patient.best, true)));
    let half = axis.widest() / 2.0;
    let left = MARGIN + names + 2.0 * GAP + half;
    let length = canvas.room() + MARGIN - left - numbers - 2.0 * GAP - half;
    let top = canvas.y;
    let bottom = top + shown.len() as f64 * LEADING;
    axis.below(canvas, (left, length), (top, bottom));
    let below = canvas.y;
    canvas.y = top;
    let zero = axis.place(0.0, left, length);
    for patient in shown {
        let id = shortened_name(&patient.id, TEXT, Weight::Regular, names);
        canvas.line(MARGIN, &id, TEXT, Weight::Regular, Tone::Ink);
        let end = axis.place(number(patient), left, length);
        let frame =
            Frame { x: zero.min(end), y: canvas.y + (TEXT - BAR) / 2.0 + 0.5, width: (zero - end).abs(), height: BAR };
        let fill = tone(&patient.best, higher_is_better);
        canvas.push(DrawnMark::Box { frame, fill, outline: Some(Tone::Ink), is_dashed: false });
        if axis.is_beyond(number(patient)) {
            let (shape, inward) = if end > zero { (Symbol::Arrow, -BAR) } else { (Symbol::LeftArrow, BAR) };
            let at = Point { x: end + inward, y: frame.y + BAR / 2.0 };
            canvas.push(DrawnMark::Symbol { at, shape, size: BAR - 1.0 });
        }
        let text = change.text(&patient.best, true);
        canvas.line(left + length + half + 2.0 * GAP, &text, TEXT, Weight::Regular, Tone::Ink);
        canvas.y += LEADING;
    }
    let (from, to) = (Point { x: zero, y: top }, Point { x: zero, y: bottom });
    canvas.push(DrawnMark::Line { from, to, tone: Tone::Ink, thickness: 0.8, stroke: Stroke::Solid });
    canvas.y = below + GAP;
}
