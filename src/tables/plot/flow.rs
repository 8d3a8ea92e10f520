//! The patients from the records to the response: read, kept, treated, evaluable, responded.

use super::advance::{Weight, wrapped};
use super::canvas::{Canvas, GAP, LEADING, MARGIN, TEXT};
use super::counted::{CountedFigure, count};
use super::mark::{Anchor, DrawnMark, Frame, Point, Stroke, Symbol, Tone};
use super::{DrawnFigure, FigureKind};
use crate::analyze::level_key;
use crate::analyze::results::ResultTable;
use crate::analyze::statistic::Statistic;
use crate::tables::number::MASKED;

/// The widest box, and the height of an arrow.
const WIDEST: f64 = 180.0;
const ARROW: f64 = 14.0;
/// The width and height of the head of an arrow.
const HEAD: f64 = 5.0;

/// One step, and what leaves the flow behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FlowBox {
    text: String,
    leaves: Vec<String>,
}

/// The figure of the flow, so many points wide.
pub fn flow(subject: &CountedFigure<'_>, width: f64) -> DrawnFigure {
    let steps = steps(subject);
    let title = "Flow of the cases".to_owned();
    let mut canvas = Canvas::new(width, &title);
    for (number, step) in steps.iter().enumerate() {
        draw(&mut canvas, step, number + 1 == steps.len());
    }
    let notes = subject.notes.clone();
    let description = steps.iter().map(sentence).collect();
    canvas.finish(FigureKind::Flow, title, description, notes)
}

fn sentence(step: &FlowBox) -> String {
    match step.leaves.as_slice() {
        [] => format!("{}.", step.text),
        leaves => format!("{}; {}.", step.text, leaves.join("; ")),
    }
}

fn steps(subject: &CountedFigure<'_>) -> Vec<FlowBox> {
    let mut steps: Vec<FlowBox> = Vec::new();
    let is_masked = subject.options.suppress_below.is_some();
    let filtered = subject.cohort.filtered.as_ref();
    if let Some((_, counts)) = filtered {
        let unknown: u64 = counts.unknown.values().sum();
        let of = |count: u64| if is_masked { MASKED.to_owned() } else { count.to_string() };
        let read = of(counts.kept + counts.excluded + unknown);
        let mut leaves = vec![format!("Not included, as the filter says no: {}", of(counts.excluded))];
        if unknown > 0 {
            leaves.push(format!("Not included, as what the filter asks is not reported: {}", of(unknown)));
        }
        steps.push(FlowBox { text: format!("Cases in the records: {read}"), leaves });
    }
    let row = |key: &str| subject.results.get(key);
    let best = |statistic| level_key(&subject.results.tables().name(ResultTable::Best), None, statistic, None);
    let all = [
        (
            if filtered.is_some() { "Cases included" } else { "Cases" },
            "cases".to_owned(),
            "No treatment, or not reported",
        ),
        ("Treated", best(Statistic::Treated), "Response not reported, ongoing or lost to follow-up"),
        ("Response can be judged", best(Statistic::Evaluable), "No response: stable, mixed, none or worsened"),
        ("Responded: complete, partial or improved", best(Statistic::Responders), "Response unconfirmed or transient"),
        ("Response confirmed", best(Statistic::Confirmed), ""),
    ];
    for (at, (what, key, why)) in all.iter().enumerate() {
        let Some(found) = row(key) else { continue };
        let next = all.get(at + 1).and_then(|(_, key, _)| row(key));
        let left = count(Some(found)).zip(count(next)).and_then(|(all, next)| all.checked_sub(next));
        let leaves = left.filter(|left| *left > 0 && !is_masked).map(|left| format!("{why}: {left}"));
        let text = format!("{what}: {}", subject.shown.print(found));
        steps.push(FlowBox { text, leaves: leaves.into_iter().collect() });
    }
    steps
}

fn draw(canvas: &mut Canvas, step: &FlowBox, is_last: bool) {
    let room = canvas.room();
    let own = (room * 0.6).min(WIDEST);
    let lines = wrapped(&step.text, TEXT, Weight::Regular, own - 3.0 * GAP);
    let height = lines.len() as f64 * LEADING + 2.0 * GAP;
    let frame = Frame { x: MARGIN, y: canvas.y, width: own, height };
    canvas.push(DrawnMark::Box { frame, fill: Tone::Paper, outline: Some(Tone::Ink), is_dashed: false });
    let (top, middle) = (canvas.y, MARGIN + own / 2.0);
    for (at, line) in lines.iter().enumerate() {
        let place = Point { x: middle, y: top + GAP + 0.8 + at as f64 * LEADING };
        canvas.label(place, line, (TEXT, Weight::Regular, Tone::Ink), Anchor::Middle);
    }
    let beside = leaves(canvas, step, top, own);
    canvas.y = (top + height).max(beside);
    if !step.leaves.is_empty() {
        let y = top + GAP + 0.8 + TEXT / 2.0;
        let (from, to) = (Point { x: MARGIN + own, y }, Point { x: MARGIN + own + 2.0 * GAP, y });
        canvas.push(DrawnMark::Line { from, to, tone: Tone::Muted, thickness: 0.6, stroke: Stroke::Solid });
    }
    if !is_last {
        arrow(canvas, Point { x: middle, y: top + height }, canvas.y + ARROW);
        canvas.y += ARROW;
    }
    canvas.y += if is_last { GAP * 2.0 } else { 0.0 };
}

/// What leaves the flow, beside the box; returns where it ends.
fn leaves(canvas: &mut Canvas, step: &FlowBox, top: f64, own: f64) -> f64 {
    let x = MARGIN + own + 3.0 * GAP;
    let room = canvas.room() + MARGIN - x;
    let mut y = top + GAP + 0.8;
    for line in step.leaves.iter().flat_map(|text| wrapped(text, TEXT, Weight::Regular, room)) {
        canvas.label(Point { x, y }, &line, (TEXT, Weight::Regular, Tone::Muted), Anchor::Start);
        y += LEADING;
    }
    y
}

fn arrow(canvas: &mut Canvas, from: Point, end: f64) {
    let to = Point { x: from.x, y: end - HEAD * 0.6 };
    canvas.push(DrawnMark::Line { from, to, tone: Tone::Ink, thickness: 0.9, stroke: Stroke::Solid });
    let at = Point { x: from.x, y: end - HEAD / 2.0 };
    canvas.push(DrawnMark::Symbol { at, shape: Symbol::Down, size: HEAD });
}
