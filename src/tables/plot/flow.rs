//! The patients from the records to the response: read, kept, treated, evaluable, responded.

use super::advance::{Weight, wrapped};
use super::canvas::{Canvas, GAP, LEADING, MARGIN, TEXT};
use super::counted::{CountedFigure, count, told};
use super::mark::{Anchor, DrawnMark, Frame, Point, Stroke, Symbol, Tone};
use super::{DrawnFigure, FigureKind};
use crate::analyze::reason::Reason;
use crate::analyze::results::{ResultRow, ResultTable, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::{level_key, treatment};
use crate::schema::response::Response;
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
    let reached = reached(subject);
    for (at, (step, row)) in reached.iter().enumerate() {
        let leaves = reached.get(at + 1).filter(|_| !is_masked).map(|next| leaves(subject, row, next));
        let what = match step {
            FlowStep::Cases if filtered.is_some() => "Cases included",
            step => step.words(),
        };
        let text = format!("{what}: {}", told(subject, row));
        steps.push(FlowBox { text, leaves: leaves.unwrap_or_default() });
    }
    steps
}

/// The steps that the records have, with their counts: no treated where no treatment is recorded, and nothing behind the
/// first step of responses where none is stated.
fn reached<'a>(subject: &CountedFigure<'a>) -> Vec<(FlowStep, &'a ResultRow)> {
    let row = |step: FlowStep| Some((step, subject.results.get(&step.key(subject))?));
    let is = |row: &ResultRow, reason: &Reason| matches!(&row.value, Value::NotEstimable(found) if found == reason);
    let mut steps = Vec::new();
    for (step, row) in FlowStep::ALL.into_iter().filter_map(row).filter(|(_, row)| !is(row, &Reason::NoTreatment)) {
        steps.push((step, row));
        if is(row, &Reason::NoResponse) {
            break;
        }
    }
    steps
}

/// Who does not reach the next step, by what is known of them.
fn leaves(subject: &CountedFigure<'_>, row: &ResultRow, (next, next_row): &(FlowStep, &ResultRow)) -> Vec<String> {
    let left = count(Some(row)).zip(count(Some(next_row))).and_then(|(all, next)| all.checked_sub(next));
    let Some(left) = left.filter(|left| *left > 0) else { return Vec::new() };
    let known = next.not_reached(subject);
    match known.iter().map(|(_, cases)| cases).sum::<u64>() == left {
        true => known.iter().map(|(why, cases)| format!("{why}: {cases}")).collect(),
        false => vec![format!("{}: {left}", next.why_not_reached())],
    }
}

/// A step of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FlowStep {
    Cases,
    Treated,
    Evaluable,
    Responders,
    Confirmed,
}

impl FlowStep {
    const ALL: [FlowStep; 5] =
        [FlowStep::Cases, FlowStep::Treated, FlowStep::Evaluable, FlowStep::Responders, FlowStep::Confirmed];

    fn words(self) -> &'static str {
        match self {
            FlowStep::Cases => "Cases",
            FlowStep::Treated => "Treated",
            FlowStep::Evaluable => "Response can be judged",
            FlowStep::Responders => "Responded: complete, partial or improved",
            FlowStep::Confirmed => "Response confirmed",
        }
    }

    /// The key of its count.
    fn key(self, subject: &CountedFigure<'_>) -> String {
        let best = |statistic| level_key(&subject.results.tables().name(ResultTable::Best), None, statistic, None);
        match self {
            FlowStep::Cases => "cases".to_owned(),
            FlowStep::Treated => best(Statistic::Treated),
            FlowStep::Evaluable => best(Statistic::Evaluable),
            FlowStep::Responders => best(Statistic::Responders),
            FlowStep::Confirmed => best(Statistic::Confirmed),
        }
    }

    /// All reasons why a case may not reach it.
    fn why_not_reached(self) -> &'static str {
        match self {
            FlowStep::Cases => "Not included",
            FlowStep::Treated => "No treatment, or not reported",
            FlowStep::Evaluable => "Response not evaluable, not reported, ongoing or lost to follow-up",
            FlowStep::Responders => "No response: stable, mixed, none, worsened or died",
            FlowStep::Confirmed => "Response unconfirmed or transient",
        }
    }

    /// The cases that do not reach it, by what the results say of them.
    fn not_reached(self, subject: &CountedFigure<'_>) -> Vec<(String, u64)> {
        match self {
            FlowStep::Cases | FlowStep::Confirmed => Vec::new(),
            FlowStep::Treated => untreated(subject),
            FlowStep::Evaluable => best_responses(subject, |response| !response.is_evaluable()),
            FlowStep::Responders => {
                best_responses(subject, |response| response.is_evaluable() && !response.is_responder())
            }
        }
    }
}

/// The cases without treatment lines.
fn untreated(subject: &CountedFigure<'_>) -> Vec<(String, u64)> {
    let column = treatment(subject.cohort).and_then(|number| subject.cohort.variables.get(number));
    let of = |statistic| {
        let key = level_key(&column?.variable.name, None, statistic, None);
        count(subject.results.get(&key)).filter(|cases| *cases > 0)
    };
    let reasons = [
        (Statistic::Untreated, "No treatment"),
        (Statistic::Missing, "Treatment not reported"),
        (Statistic::Unreadable, "Treatment not readable"),
    ];
    reasons.into_iter().filter_map(|(statistic, why)| Some((why.to_owned(), of(statistic)?))).collect()
}

/// The cases with one of these best responses.
fn best_responses(subject: &CountedFigure<'_>, is_one: fn(Response) -> bool) -> Vec<(String, u64)> {
    let table = subject.results.tables().name(ResultTable::BestCategory);
    let of = |response: Response| {
        let key = level_key(&table, Some(response.word()), Statistic::Cases, None);
        let cases = count(subject.results.get(&key)).filter(|cases| *cases > 0)?;
        Some((format!("Best response {}", response.word()), cases))
    };
    Response::ALL.into_iter().filter(|response| is_one(*response)).filter_map(of).collect()
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
    let beside = draw_leaves(canvas, step, top, own);
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
fn draw_leaves(canvas: &mut Canvas, step: &FlowBox, top: f64, own: f64) -> f64 {
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
