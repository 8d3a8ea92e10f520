//! The change of each patient between two visits: a line from the value before to the value after.

use super::advance::{Weight, shortened, shortened_name, width};
use super::axis::{Axis, ends_without_far};
use super::canvas::{CURVE, Canvas, GAP, KeySample, LEADING, MARGIN, SYMBOL, TEXT};
use super::mark::{Anchor, DrawnMark, Point, Stroke, Symbol, Tone};
use super::patient_change::{ChangeValues, Changes, PatientChange};
use super::{DrawnFigure, FigureKind};
use crate::decimal::Exact;
use num_rational::BigRational;

/// The least height of a panel.
const HEIGHT: f64 = 130.0;
/// Most patients whose ids are written.
const MOST_IDS: usize = 40;
/// The largest part of the width that ids take.
const NAMES: f64 = 0.25;

/// The figure, so many points wide.
pub fn change(changes: Changes<'_>, further: Vec<String>, width: f64) -> DrawnFigure {
    let all = changes.sorted(|patient| (patient.after.clone(), patient.before.clone()));
    let title = "Before and after, one line per patient".to_owned();
    let mut canvas = Canvas::new(width, &title);
    let (mut notes, mut description) = (Vec::new(), Vec::new());
    for change in &all {
        canvas.block(description.len(), None);
        let axis = axis(&change.patients);
        draw(&mut canvas, change, &axis);
        notes.extend(beyond(change, &axis));
        description.extend(change.patients.iter().map(|patient| sentence(change, patient)));
        notes.extend(change.notes());
        if change.patients.len() > MOST_IDS {
            notes.push(format!("IDs are left out where there are more than {MOST_IDS} cases."));
        }
    }
    canvas.key(&key(&all));
    notes.extend(further);
    canvas.finish(FigureKind::Change, title, description, notes)
}

fn sentence(change: &ChangeValues<'_>, patient: &PatientChange) -> String {
    let PatientChange { before, after, id, .. } = patient;
    let difference = change.text(&(after - before), true);
    format!("{id}: {} {} to {} ({difference}).", change.name(), change.text(before, false), change.text(after, false))
}

fn stroke(patient: &PatientChange) -> Stroke {
    match patient.after.cmp(&patient.before) {
        std::cmp::Ordering::Less => Stroke::Solid,
        std::cmp::Ordering::Greater => Stroke::Dashed,
        std::cmp::Ordering::Equal => Stroke::Dotted,
    }
}

fn key(all: &[ChangeValues<'_>]) -> Vec<(KeySample, String)> {
    let is_used = |asked: Stroke| all.iter().flat_map(|change| &change.patients).any(|one| stroke(one) == asked);
    let words = [(Stroke::Solid, "lower after"), (Stroke::Dashed, "higher after"), (Stroke::Dotted, "the same")];
    let used = words.into_iter().filter(|(stroke, _)| is_used(*stroke));
    used.map(|(stroke, words)| (KeySample::Line(Tone::Ink, stroke), words.to_owned())).collect()
}

/// The double nearest to a value, for its place on the axis.
fn number(value: &BigRational) -> f64 {
    Exact::Ratio(value.clone()).to_f64()
}

/// The axis of the values that are drawn.
fn axis(patients: &[PatientChange]) -> Axis {
    let values = patients.iter().flat_map(|patient| [number(&patient.before), number(&patient.after)]);
    let (low, high) = ends_without_far(&values.collect::<Vec<_>>());
    Axis::around(low, high, 6)
}

/// Who has a value beyond the axis, with the values.
fn beyond(change: &ChangeValues<'_>, axis: &Axis) -> Option<String> {
    let is_beyond = |one: &&PatientChange| [&one.before, &one.after].iter().any(|value| axis.is_beyond(number(value)));
    let said = |one: &PatientChange| {
        format!("{} ({} to {})", one.id, change.text(&one.before, false), change.text(&one.after, false))
    };
    let all: Vec<String> = change.patients.iter().filter(is_beyond).map(said).collect();
    let what = "Beyond the axis, which leaves out values far from all others; a triangle at its end stands for them";
    (!all.is_empty()).then(|| format!("{what}: {}.", all.join(", ")))
}

fn draw(canvas: &mut Canvas, change: &ChangeValues<'_>, axis: &Axis) {
    canvas.heading(&change.name());
    let shown = &change.patients;
    if shown.is_empty() {
        canvas.line(MARGIN, "no case has both values", TEXT, Weight::Regular, Tone::Muted);
        canvas.y += LEADING;
        return;
    }
    let has_ids = shown.len() <= MOST_IDS;
    let ids = shown.iter().map(|patient| width(&patient.id, TEXT, Weight::Regular) + 0.1);
    let names = if has_ids { ids.fold(0.0, f64::max).min(canvas.room() * NAMES) } else { 0.0 };
    let height = if has_ids { HEIGHT.max(shown.len() as f64 * LEADING) } else { HEIGHT * 2.0 };
    let left = MARGIN + axis.widest() + 2.0 * GAP;
    let right = MARGIN + canvas.room() - names - 8.0 * GAP;
    let (top, bottom) = (canvas.y + TEXT / 2.0, canvas.y + TEXT / 2.0 + height);
    axis.beside(canvas, (left, right - left), (top, bottom), "");
    let inset = (right - left) * 0.12;
    let (first, second) = (left + inset, right - inset);
    let place = |x: f64, value: &BigRational| Point { x, y: axis.place(number(value), bottom, top - bottom) };
    let thickness = if has_ids { CURVE * 0.8 } else { CURVE * 0.4 };
    for patient in shown {
        let ends = [(first, &patient.before), (second, &patient.after)];
        let [from, to] = ends.map(|(x, value)| place(x, value));
        canvas.push(DrawnMark::Line { from, to, tone: Tone::Ink, thickness, stroke: stroke(patient) });
        for (x, value) in ends {
            let (shape, size) = symbol(axis, number(value));
            canvas.push(DrawnMark::Symbol { at: place(x, value), shape, size });
        }
    }
    if has_ids {
        let wished: Vec<f64> = shown.iter().map(|patient| place(second, &patient.after).y).collect();
        name_ends(canvas, shown, &wished, (second + SYMBOL, right, names), (top, bottom));
    }
    for (x, visit) in [first, second].into_iter().zip(&change.visits) {
        let visit = shortened(visit, TEXT, Weight::Regular, second - first - GAP);
        let half = width(&visit, TEXT, Weight::Regular) / 2.0;
        let x = x.clamp(MARGIN + half, (MARGIN + canvas.room() - half).max(MARGIN + half));
        let at = Point { x, y: bottom + TEXT / 2.0 + 2.0 };
        canvas.label(at, &visit, (TEXT, Weight::Regular, Tone::Ink), Anchor::Middle);
    }
    canvas.y = bottom + TEXT / 2.0 + 2.0 + LEADING + GAP;
}

/// The end of a line: a dot at its value, or a triangle at the end of an axis beyond which it lies.
fn symbol(axis: &Axis, value: f64) -> (Symbol, f64) {
    match value {
        _ if value > axis.high => (Symbol::Up, SYMBOL),
        _ if value < axis.low => (Symbol::Down, SYMBOL),
        _ => (Symbol::Disc, SYMBOL * 0.55),
    }
}

/// The ids at the right, each with a line to where its patient ends.
fn name_ends(
    canvas: &mut Canvas,
    patients: &[PatientChange],
    wished: &[f64],
    (from, right, room): (f64, f64, f64),
    sides: (f64, f64),
) {
    for ((patient, wished), y) in patients.iter().zip(wished).zip(apart(wished, sides)) {
        let (from, to) = (Point { x: from, y: *wished }, Point { x: right + 6.0 * GAP, y });
        canvas.push(DrawnMark::Line { from, to, tone: Tone::Rule, thickness: 0.5, stroke: Stroke::Solid });
        let at = Point { x: right + 7.0 * GAP, y: y - TEXT / 2.0 };
        let id = shortened_name(&patient.id, TEXT, Weight::Regular, room);
        canvas.label(at, &id, (TEXT, Weight::Regular, Tone::Ink), Anchor::Start);
    }
}

/// Places that are a line of text apart, near those that are wished, which fall from the bottom to the top.
fn apart(wished: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::new();
    for y in wished {
        let before = places.last().map_or(f64::INFINITY, |last| last - LEADING);
        places.push(y.min(before).min(bottom));
    }
    // Those that were pushed beyond the top push the others down again.
    let mut limit = top;
    for place in places.iter_mut().rev() {
        *place = place.max(limit);
        limit = *place + LEADING;
    }
    places
}
