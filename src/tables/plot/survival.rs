//! The share of cases without an event over time: a step for each event, a mark for each last visit, and below it the
//! cases at risk. Fewer than five cases are drawn one by one.

use super::advance::{Weight, shortened, width};
use super::axis::Axis;
use super::canvas::{CURVE, Canvas, GAP, KeySample, LEADING, MARGIN, SYMBOL, TEXT};
use super::counted::CountedFigure;
use super::curve_name::{NamedCurve, length_before_names, name_ends};
use super::mark::{Anchor, DrawnMark, Point, Stroke, Symbol, Tone};
use super::{DrawnFigure, FigureKind};
use crate::analyze::conventions::few_events;
use crate::analyze::results::{PartOf, ResultTable};
use crate::analyze::statistic::Statistic;
use crate::analyze::survival::{GroupCurve, curves};
use crate::decimal::Decimal;
use crate::error::Error;
use crate::tables::variable::label as label_of;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// How the curves are told apart, whatever the colours; there are no more of them.
const CURVES: [Stroke; 5] = [Stroke::Solid, Stroke::Dashed, Stroke::Dotted, Stroke::LongDashed, Stroke::DashDotted];
/// The height of the curves, of the width of the figure, and their least and greatest height.
const HEIGHT: (f64, f64, f64) = (0.45, 110.0, 230.0);
/// Most marks of last visits on a curve.
const MOST_MARKS: usize = 400;
/// Fewer cases are drawn one by one.
const FEW: u64 = 5;

/// The figure, so many points wide.
///
/// Errors: no time to an event was asked for, or no case has one.
pub fn survival_figure(subject: &CountedFigure<'_>, width: f64) -> Result<DrawnFigure, Error> {
    let mut all = curves(subject.cohort, subject.options);
    let counts = subject.cohort.survival.as_ref().filter(|_| !all.is_empty()).ok_or_else(|| {
        let remedy = "name the time and the event: --time followup --event \"relapse = 'yes'\"";
        Error::usage_with("no time to an event, which this figure draws", remedy)
    })?;
    let left_out = all.len().saturating_sub(CURVES.len());
    all.truncate(CURVES.len());
    let time = subject.cohort.variables.get(counts.variable).map(|column| &column.variable);
    let time =
        TimeWords { label: time.map(label_of).unwrap_or_default(), unit: time.and_then(|time| time.unit.as_deref()) };
    let title = format!("Without the event: {}", counts.event);
    let mut canvas = Canvas::new(width, &title);
    let cases: u64 = all.iter().map(|group| group.curve.cases()).sum();
    let mut notes = match cases < FEW {
        true => one_by_one(&mut canvas, &all, &time),
        false => drawn(&mut canvas, &all, &time),
    };
    canvas.key(&key(&all, cases < FEW));
    if left_out > 0 {
        notes.push(format!("Groups beyond the first {}, not drawn: {left_out}.", CURVES.len()));
    }
    notes.insert(0, format!("Event: {}; all others are censored at their last visit.", counts.event));
    if cases >= FEW {
        notes.insert(1, "Kaplan-Meier.".to_owned());
    }
    notes.extend(few_events(subject.cohort, counts, subject.options).filter(|_| cases >= FEW));
    notes.extend(subject.notes.iter().cloned());
    Ok(canvas.finish(FigureKind::Survival, title, sentences(subject), notes))
}

/// What the axis of the time says.
struct TimeWords<'u> {
    label: String,
    unit: Option<&'u str>,
}

fn at(group: &GroupCurve, time: i128) -> f64 {
    time as f64 / group.denominator as f64
}

/// The time at which a curve ends.
fn end(group: &GroupCurve) -> f64 {
    group.curve.last_time().map_or(0.0, |time| at(group, time))
}

fn last(groups: &[GroupCurve]) -> f64 {
    groups.iter().map(end).fold(0.0, f64::max)
}

/// The room for the longest name of a group, of the room of the figure.
fn names_room(groups: &[GroupCurve], room: f64) -> f64 {
    let names = groups.iter().map(|group| width(&group.group, TEXT, Weight::Regular) + 0.1);
    names.fold(0.0, f64::max).min(room * 0.25)
}

/// Where the frame of the curves is: its left side and its width.
fn frame(canvas: &Canvas, names: f64, widest: f64) -> (f64, f64) {
    let left = MARGIN + names.max(width("100%", TEXT, Weight::Regular)) + GAP + widest / 2.0;
    (left, canvas.room() + MARGIN - left - widest / 2.0)
}

/// The axis of the time, with as many ticks as have room for the cases at risk below them.
fn time_axis(groups: &[GroupCurve], unit: Option<&str>, length: f64) -> (Axis, f64) {
    let cases = groups.iter().map(|group| group.curve.cases().to_string());
    let risk = cases.map(|text| width(&text, TEXT, Weight::Regular)).fold(0.0, f64::max);
    let mut most = 12;
    loop {
        let axis = Axis::up_to(last(groups), most, unit);
        let widest = axis.widest().max(risk);
        if most <= 2 || axis.ticks.len() as f64 * (widest + 2.0 * GAP) <= length {
            return (axis, widest);
        }
        most -= 1;
    }
}

/// The title of the axis of the time, below its numbers.
fn time_title(canvas: &mut Canvas, time: &TimeWords<'_>, (left, length): (f64, f64)) {
    let title = shortened(&time.label, TEXT, Weight::Regular, canvas.room());
    let half = width(&title, TEXT, Weight::Regular) / 2.0;
    let x = (left + length / 2.0).clamp(MARGIN + half, (MARGIN + canvas.room() - half).max(MARGIN + half));
    canvas.label(Point { x, y: canvas.y }, &title, (TEXT, Weight::Regular, Tone::Ink), Anchor::Middle);
    canvas.y += LEADING;
}

/// Draws the curves and the cases at risk; gives the notes.
fn drawn(canvas: &mut Canvas, groups: &[GroupCurve], time: &TimeWords<'_>) -> Vec<String> {
    let room = canvas.room();
    let names = names_room(groups, room);
    let (axis, widest) = time_axis(groups, time.unit, (room - 2.0 * names) * 0.8);
    let (left, length) = frame(canvas, names, widest);
    let shown: Vec<String> = groups.iter().map(|group| shortened(&group.group, TEXT, Weight::Regular, names)).collect();
    let ends = groups.iter().map(|group| axis.place(end(group), 0.0, 1.0));
    let length = length_before_names(ends.zip(shown.iter().map(String::as_str)), length + widest / 2.0).min(length);
    canvas.line(MARGIN, "Share of cases without the event", TEXT, Weight::Regular, Tone::Ink);
    canvas.y += LEADING + GAP;
    let height = (room * HEIGHT.0).clamp(HEIGHT.1, HEIGHT.2);
    let (top, bottom) = (canvas.y + TEXT / 2.0, canvas.y + TEXT / 2.0 + height);
    let shares = Axis::around(0.0, 100.0, 5);
    shares.beside(canvas, (left, length), (top, bottom), "%");
    axis.below(canvas, (left, length), (top, bottom));
    time_title(canvas, time, (left, length));
    let below = canvas.y;
    let place = |time: f64, share: f64| Point {
        x: axis.place(time, left, length),
        y: shares.place(share * 100.0, bottom, top - bottom),
    };
    let curves: Vec<NamedCurve> =
        groups.iter().zip(shown).map(|(group, name)| NamedCurve { name, points: corners(group, place) }).collect();
    let mut has_all_marks = true;
    for ((group, curve), stroke) in groups.iter().zip(&curves).zip(CURVES) {
        let points = curve.points.clone();
        canvas.push(DrawnMark::Path { points, tone: Tone::Ink, thickness: CURVE, stroke });
        has_all_marks &= last_visits(canvas, group, place);
    }
    name_ends(canvas, &curves, (top, bottom - 1.0));
    canvas.y = below;
    at_risk(canvas, groups, &axis, (left, length, names));
    let note = || format!("Last visits are not marked on a curve with more than {MOST_MARKS} of them.");
    (!has_all_marks).then(note).into_iter().collect()
}

/// The corners of a curve: two at each event, one at its end.
fn corners(group: &GroupCurve, place: impl Fn(f64, f64) -> Point) -> Vec<Point> {
    let mut share = 1.0;
    let mut points = vec![place(0.0, share)];
    for step in group.curve.steps().iter().filter(|step| step.events > 0) {
        let time = at(group, step.time);
        points.push(place(time, share));
        share = step.survival.to_f64().unwrap_or(0.0);
        points.push(place(time, share));
    }
    points.push(place(end(group), share));
    points
}

/// A mark at each last visit without the event; false where a curve has too many for any.
fn last_visits(canvas: &mut Canvas, group: &GroupCurve, place: impl Fn(f64, f64) -> Point) -> bool {
    let marked = || group.curve.steps().iter().filter(|step| step.censored > 0);
    let has_room = marked().count() <= MOST_MARKS;
    for step in marked().filter(|_| has_room) {
        let Point { x, y } = place(at(group, step.time), step.survival.to_f64().unwrap_or(0.0));
        let (from, to) = (Point { x, y: y - 2.5 }, Point { x, y: y + 2.5 });
        canvas.push(DrawnMark::Line { from, to, tone: Tone::Ink, thickness: 0.8, stroke: Stroke::Solid });
    }
    has_room
}

/// The table of the cases at risk, at each tick of the time.
fn at_risk(canvas: &mut Canvas, groups: &[GroupCurve], axis: &Axis, (left, length, names): (f64, f64, f64)) {
    canvas.y += GAP;
    canvas.line(MARGIN, "Cases at risk", TEXT, Weight::Bold, Tone::Ink);
    canvas.y += LEADING;
    for group in groups {
        let name = shortened(&group.group, TEXT, Weight::Regular, names);
        canvas.line(MARGIN, &name, TEXT, Weight::Regular, Tone::Ink);
        for tick in &axis.ticks {
            // The number that is printed: 0.3, and not the nearest binary fraction above it.
            let time = Decimal::parse(&axis.text(*tick)).map(Decimal::to_ratio).unwrap_or_default();
            let time = time * BigInt::from(group.denominator);
            let at_risk = group.curve.at_risk(&time).to_string();
            let top = Point { x: axis.place(*tick, left, length), y: canvas.y };
            canvas.label(top, &at_risk, (TEXT, Weight::Regular, Tone::Ink), Anchor::Middle);
        }
        canvas.y += LEADING;
    }
}

/// Draws each case as a line up to its event or its last visit.
fn one_by_one(canvas: &mut Canvas, groups: &[GroupCurve], time: &TimeWords<'_>) -> Vec<String> {
    let names = names_room(groups, canvas.room());
    let (axis, widest) = time_axis(groups, time.unit, canvas.room() * 0.7);
    let (left, length) = frame(canvas, names, widest.max(SYMBOL));
    let top = canvas.y;
    for (group, stroke) in groups.iter().zip(CURVES) {
        for step in group.curve.steps() {
            let ends = (0..step.events).map(|_| Symbol::Disc).chain((0..step.censored).map(|_| Symbol::Arrow));
            for shape in ends {
                let name = shortened(&group.group, TEXT, Weight::Regular, names);
                canvas.line(MARGIN, &name, TEXT, Weight::Regular, Tone::Ink);
                let y = canvas.y + TEXT / 2.0;
                let (from, to) = (Point { x: left, y }, Point { x: axis.place(at(group, step.time), left, length), y });
                canvas.push(DrawnMark::Line { from, to, tone: Tone::Ink, thickness: CURVE, stroke });
                canvas.push(DrawnMark::Symbol { at: to, shape, size: SYMBOL });
                canvas.y += LEADING * 1.4;
            }
        }
    }
    let bottom = canvas.y;
    axis.below(canvas, (left, length), (top, bottom));
    time_title(canvas, time, (left, length));
    vec![format!("Fewer than {FEW} cases: each line is a case, and no curve is drawn.")]
}

fn key(groups: &[GroupCurve], is_one_by_one: bool) -> Vec<(KeySample, String)> {
    let curves = groups.iter().zip(CURVES).filter(|(group, _)| !group.group.is_empty());
    let mut key: Vec<(KeySample, String)> =
        curves.map(|(group, stroke)| (KeySample::Line(Tone::Ink, stroke), group.group.clone())).collect();
    match is_one_by_one {
        true => key.extend([
            (KeySample::Symbol(Symbol::Disc), "event".to_owned()),
            (KeySample::Symbol(Symbol::Arrow), "last visit without it".to_owned()),
        ]),
        false => key.push((KeySample::Code, "| last visit without the event".to_owned())),
    }
    key
}

/// Cases, events and the median of each curve, as the tables print them.
fn sentences(subject: &CountedFigure<'_>) -> Vec<String> {
    let parts = subject
        .parts()
        .into_iter()
        .filter(|part| part.group().is_none_or(|group| group.levels.iter().all(|(_, level)| level.is_some())));
    let sentence = |part: PartOf<'_>| {
        let text = |statistic| {
            let row = part.of_table(ResultTable::Survival, statistic);
            row.map(|row| subject.shown.print(row)).unwrap_or_default()
        };
        let levels = part.group().map(|group| group.levels.iter().filter_map(|(_, level)| level.as_deref()));
        let name = levels.map_or_else(|| "All cases".to_owned(), |levels| levels.collect::<Vec<_>>().join(", "));
        format!(
            "{name}: cases {}, with the event {}; median {} ({} to {}).",
            text(Statistic::N),
            text(Statistic::Events),
            text(Statistic::MEDIAN),
            text(Statistic::MedianLow),
            text(Statistic::MedianHigh)
        )
    };
    parts.map(sentence).collect()
}
