//! The share of cases without an event over time: a step for each event, a mark for each last visit, and below it the
//! cases at risk. Fewer than five cases are drawn one by one.

use super::advance::{Weight, shortened, width};
use super::axis::Axis;
use super::canvas::{CURVE, Canvas, GAP, LEADING, MARGIN, SYMBOL, Sample, TEXT};
use super::counted::CountedFigure;
use super::mark::{Anchor, Mark, Point, Stroke, Symbol, Tone};
use super::{Figure, FigureKind};
use crate::analyze::conventions::few_events;
use crate::analyze::level_key;
use crate::analyze::results::PartOf;
use crate::analyze::statistic::Statistic;
use crate::analyze::survival::{GroupCurve, SURVIVAL, curves};
use crate::error::Error;
use crate::tables::variable::label as label_of;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// How the curves are told apart, in grey too; there are no more of them.
const CURVES: [(Tone, Stroke); 5] = [
    (Tone::Ink, Stroke::Solid),
    (Tone::Ink, Stroke::Dashed),
    (Tone::Muted, Stroke::Solid),
    (Tone::Ink, Stroke::Dotted),
    (Tone::Muted, Stroke::Dashed),
];
/// The height of the curves, of the width of the figure, and their least and greatest height.
const HEIGHT: (f64, f64, f64) = (0.45, 110.0, 230.0);
/// Most marks of last visits on a curve.
const MOST_MARKS: usize = 400;
/// Fewer cases are drawn one by one.
const FEW: u64 = 5;

/// The figure, so many points wide.
///
/// Errors: no time to an event was asked for, or no case has one.
pub fn survival_figure(subject: &CountedFigure<'_>, width: f64) -> Result<Figure, Error> {
    let mut all = curves(subject.cohort, subject.options);
    let counts = subject.cohort.survival.as_ref().filter(|_| !all.is_empty()).ok_or_else(|| {
        let remedy = "name the time and the event: --time followup --event \"relapse = 'yes'\"";
        Error::usage_with("no time to an event, which this figure draws", remedy)
    })?;
    let left_out = all.len().saturating_sub(CURVES.len());
    all.truncate(CURVES.len());
    let time = subject.cohort.variables.get(counts.variable).map(|column| &column.variable);
    let (label, unit) = time.map_or((String::new(), None), |time| (label_of(time), time.unit.as_deref()));
    let title = format!("Without the event: {}", counts.event);
    let mut canvas = Canvas::new(width, &title);
    let cases: u64 = all.iter().map(|group| group.curve.cases()).sum();
    let mut notes = match cases < FEW {
        true => one_by_one(&mut canvas, &all, unit),
        false => drawn(&mut canvas, &all, unit),
    };
    canvas.key(&key(&all, cases < FEW));
    if left_out > 0 {
        notes.push(format!("Groups beyond the first {}, not drawn: {left_out}.", CURVES.len()));
    }
    notes.insert(0, format!("Time: {label}. Event: {}; all others are censored at their last visit.", counts.event));
    if cases >= FEW {
        notes.insert(1, "Kaplan-Meier.".to_owned());
    }
    notes.extend(few_events(counts).filter(|_| cases >= FEW));
    notes.extend(subject.notes.iter().cloned());
    Ok(canvas.finish(FigureKind::Survival, title, sentences(subject), notes))
}

fn at(group: &GroupCurve, time: i128) -> f64 {
    time as f64 / group.denominator as f64
}

fn last(groups: &[GroupCurve]) -> f64 {
    groups.iter().filter_map(|group| Some(at(group, group.curve.last_time()?))).fold(0.0, f64::max)
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

/// Draws the curves and the cases at risk; gives the notes.
fn drawn(canvas: &mut Canvas, groups: &[GroupCurve], unit: Option<&str>) -> Vec<String> {
    let room = canvas.room();
    let names = groups.iter().map(|group| width(&group.group, TEXT, Weight::Regular) + 0.1).fold(0.0, f64::max);
    let names = names.min(room * 0.25);
    let (axis, widest) = time_axis(groups, unit, room * 0.7);
    let (left, length) = frame(canvas, names, widest);
    let height = (room * HEIGHT.0).clamp(HEIGHT.1, HEIGHT.2);
    let (top, bottom) = (canvas.y + TEXT / 2.0, canvas.y + TEXT / 2.0 + height);
    let shares = Axis::around(0.0, 100.0, 5);
    shares.beside(canvas, (left, length), (top, bottom), "%");
    axis.below(canvas, (left, length), (top, bottom));
    let below = canvas.y;
    let place = |time: f64, share: f64| Point {
        x: axis.place(time, left, length),
        y: shares.place(share * 100.0, bottom, top - bottom),
    };
    let mut has_all_marks = true;
    for (group, (tone, stroke)) in groups.iter().zip(CURVES) {
        let line = |from, to| Mark::Line { from, to, tone, thickness: CURVE, stroke };
        let mut before = (0.0, 1.0);
        let marked = group.curve.steps().iter().filter(|step| step.censored > 0).count();
        has_all_marks &= marked <= MOST_MARKS;
        for step in group.curve.steps() {
            let (time, share) = (at(group, step.time), step.survival.to_f64().unwrap_or(0.0));
            if step.events > 0 {
                canvas.push(line(place(before.0, before.1), place(time, before.1)));
                canvas.push(line(place(time, before.1), place(time, share)));
                before = (time, share);
            }
            if step.censored > 0 && marked <= MOST_MARKS {
                let Point { x, y } = place(time, share);
                let (from, to) = (Point { x, y: y - 2.5 }, Point { x, y: y + 2.5 });
                canvas.push(Mark::Line { from, to, tone, thickness: 0.8, stroke: Stroke::Solid });
            }
        }
        let end = group.curve.last_time().map_or(0.0, |time| at(group, time));
        canvas.push(line(place(before.0, before.1), place(end, before.1)));
    }
    canvas.y = below;
    at_risk(canvas, groups, &axis, (left, length, names));
    let note = || format!("Last visits are not marked on a curve with more than {MOST_MARKS} of them.");
    (!has_all_marks).then(note).into_iter().collect()
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
            let time = BigRational::from_float(*tick).unwrap_or_default() * BigInt::from(group.denominator);
            let at_risk = group.curve.at_risk(&time).to_string();
            let top = Point { x: axis.place(*tick, left, length), y: canvas.y };
            canvas.label(top, &at_risk, (TEXT, Weight::Regular, Tone::Ink), Anchor::Middle);
        }
        canvas.y += LEADING;
    }
}

/// Draws each case as a line up to its event or its last visit.
fn one_by_one(canvas: &mut Canvas, groups: &[GroupCurve], unit: Option<&str>) -> Vec<String> {
    let names = groups.iter().map(|group| width(&group.group, TEXT, Weight::Regular) + 0.1).fold(0.0, f64::max);
    let names = names.min(canvas.room() * 0.25);
    let (axis, widest) = time_axis(groups, unit, canvas.room() * 0.7);
    let (left, length) = frame(canvas, names, widest.max(SYMBOL));
    let top = canvas.y;
    for (group, (tone, stroke)) in groups.iter().zip(CURVES) {
        for step in group.curve.steps() {
            let ends = (0..step.events).map(|_| Symbol::Disc).chain((0..step.censored).map(|_| Symbol::Arrow));
            for shape in ends {
                let name = shortened(&group.group, TEXT, Weight::Regular, names);
                canvas.line(MARGIN, &name, TEXT, Weight::Regular, Tone::Ink);
                let y = canvas.y + TEXT / 2.0;
                let (from, to) = (Point { x: left, y }, Point { x: axis.place(at(group, step.time), left, length), y });
                canvas.push(Mark::Line { from, to, tone, thickness: CURVE, stroke });
                canvas.push(Mark::Symbol { at: to, shape, size: SYMBOL });
                canvas.y += LEADING * 1.4;
            }
        }
    }
    let bottom = canvas.y;
    axis.below(canvas, (left, length), (top, bottom));
    vec![format!("Fewer than {FEW} cases: each line is a case, and no curve is drawn.")]
}

fn key(groups: &[GroupCurve], is_one_by_one: bool) -> Vec<(Sample, String)> {
    let curves = groups.iter().zip(CURVES).filter(|(group, _)| !group.group.is_empty());
    let mut key: Vec<(Sample, String)> =
        curves.map(|(group, (tone, stroke))| (Sample::Line(tone, stroke), group.group.clone())).collect();
    match is_one_by_one {
        true => key.extend([
            (Sample::Symbol(Symbol::Disc), "event".to_owned()),
            (Sample::Symbol(Symbol::Arrow), "last visit without it".to_owned()),
        ]),
        false => key.push((Sample::Code, "| last visit without the event".to_owned())),
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
            let row = part.get(&level_key(SURVIVAL, None, statistic, None));
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
