//! The laboratory values of each patient against the reference range for age and sex.

use super::advance::{NO_BREAK, Weight, wrapped};
use super::canvas::{Canvas, GAP, KeySample, LEADING, MARGIN, SYMBOL, TEXT};
use super::counted::CountedFigure;
use super::lab_value::{LabColumn, LabPoint, LabValues};
use super::mark::{DrawnMark, Frame, Point, Stroke, Symbol, Tone};
use super::{DrawnFigure, FigureKind};
use crate::analyze::level_key;
use crate::analyze::statistic::Statistic;
use crate::decimal::{Decimal, Exact};
use crate::schema::Status;
use crate::schema::lexical::Comparator;
use crate::tables::variable::label;

/// The parts of the width that labels and numbers take.
const LABELS: f64 = 0.27;
const NUMBERS: f64 = 0.3;
/// The room of a symbol: the largest whose stacks are not too tall, and the smallest that is told from others.
const SYMBOL_ROOMS: [f64; 4] = [SYMBOL, 5.0, 4.0, 3.0];
/// Stacks of values at one place are no taller, where smaller symbols can help.
const TALLEST: f64 = 72.0;
/// The part of its room that a symbol takes.
const OF_ROOM: f64 = 0.85;
/// What stays empty between symbols side by side.
const APART: f64 = 0.05;
/// The height of the band of a range.
const BAND: f64 = 9.0;

/// The figure of the values that were read, so many points wide.
pub fn labs(subject: &CountedFigure<'_>, values: &LabValues<'_>, width: f64) -> DrawnFigure {
    let title = "Laboratory values against the reference ranges".to_owned();
    let mut canvas = Canvas::new(width, &title);
    let reported: Vec<&LabColumn<'_>> = values.columns.iter().filter(|lab| !lab.points.is_empty()).collect();
    for (at, lab) in reported.iter().enumerate() {
        canvas.block(at, None);
        draw(&mut canvas, lab, &numbers(subject, lab));
    }
    canvas.key(&key(&reported));
    let mut notes = vec![about(&reported).to_owned()];
    notes.extend(not_drawn(values));
    let left_out = values.columns.len() - reported.len();
    if left_out > 0 {
        notes.push(format!("Not drawn: {left_out} columns without a number."));
    }
    if values.seen > values.read {
        notes.push(format!(
            "Not drawn: {} of {} cases; the first {} are.",
            values.seen - values.read,
            values.seen,
            values.read
        ));
    }
    notes.extend(subject.notes.iter().cloned());
    let told = |lab: &&LabColumn<'_>| {
        let said = numbers(subject, lab).into_iter().chain(by_symbol(lab)).collect::<Vec<_>>();
        format!("{}: {}.", label(lab.variable()), said.join("; "))
    };
    let description = reported.iter().map(told).collect();
    canvas.finish(FigureKind::Labs, title, description, notes)
}

/// What symbols and bands are, where there are some.
fn about(reported: &[&LabColumn<'_>]) -> &'static str {
    let has_range = |lab: &&LabColumn<'_>| !lab.variable().ranges.is_empty();
    let has_band = |lab: &&LabColumn<'_>| lab.common_range().is_some();
    if reported.iter().any(|lab| has_band(lab) && lab.shared_range().is_none()) {
        "A symbol is a patient; the grey band is the range, and where ranges differ by age or sex the part that is within \
         those of all patients."
    } else if reported.iter().any(has_band) {
        "A symbol is a patient; the grey band is the range where it is the same for all of them."
    } else if reported.iter().any(has_range) {
        "A symbol is a patient; no grey band, as their ranges have no part in common, or one has none."
    } else {
        "A symbol is a patient; no reference range is known."
    }
}

/// The number of values, the least and the greatest, and the range.
fn numbers(subject: &CountedFigure<'_>, lab: &LabColumn<'_>) -> Vec<String> {
    let of = |statistic| {
        let row = subject.results.get(&level_key(&lab.variable().name, None, statistic, None));
        row.map(|row| subject.shown.print(row)).unwrap_or_default()
    };
    let (least, greatest) = (of(Statistic::Min), of(Statistic::Max));
    let values = if least == greatest { least } else { format!("{least} to {greatest}") };
    let range = match (&lab.variable().ranges[..], lab.shared_range()) {
        ([], _) => None,
        (_, None) => Some("range by age and sex".to_owned()),
        (_, Some((Some(low), Some(high)))) => Some(format!("range {low} to {high}")),
        (_, Some((Some(low), None))) => Some(format!("range from {low}")),
        (_, Some((None, Some(high)))) => Some(format!("range up to {high}")),
        (_, Some((None, None))) => None,
    };
    std::iter::once(format!("{values} (n{NO_BREAK}={NO_BREAK}{})", of(Statistic::N))).chain(range).collect()
}

/// What is not drawn, as the records have no number.
fn not_drawn(values: &LabValues<'_>) -> Vec<String> {
    let named = |lab: &LabColumn<'_>, said: String| format!("{}: {said}", label(lab.variable()));
    let words = |lab: &LabColumn<'_>| {
        let said = lab.words.iter().map(|(word, cases)| format!("{word} {cases}")).collect::<Vec<_>>();
        (!said.is_empty()).then(|| named(lab, said.join(", ")))
    };
    let in_words: Vec<String> = values.columns.iter().filter_map(words).collect();
    let unreadable = values.columns.iter().filter(|lab| lab.unreadable > 0);
    let unreadable: Vec<String> = unreadable.map(|lab| named(lab, lab.unreadable.to_string())).collect();
    let notes = [("Not drawn, as the records state a word only", in_words), ("Not drawn, as not readable", unreadable)];
    let notes = notes.into_iter().filter(|(_, columns)| !columns.is_empty());
    notes.map(|(why, columns)| format!("{why}: {}.", columns.join("; "))).collect()
}

/// The symbols of the key with their words; `true` is a patient whose status is only stated.
const SYMBOLS: [(Symbol, bool, &str); 9] = [
    (Symbol::Up, false, "above the range"),
    (Symbol::Up, true, "stated as high"),
    (Symbol::Down, false, "below the range"),
    (Symbol::Down, true, "stated as low"),
    (Symbol::Circle, false, "within the range"),
    (Symbol::Circle, true, "stated as normal"),
    (Symbol::Diamond, true, "stated as abnormal"),
    (Symbol::Arrow, false, "known to lie above"),
    (Symbol::LeftArrow, false, "known to lie below"),
];
/// A value without a range and without a status.
const NO_RANGE: (Symbol, &str) = (Symbol::Disc, "no range applies");

/// How many values of a line each symbol has: `2 above the range`.
fn by_symbol(lab: &LabColumn<'_>) -> Vec<String> {
    let of = |shape: Symbol, is_stated: bool| {
        lab.points.iter().filter(|point| symbol(point) == shape && is_of_status(point) == is_stated).count()
    };
    let all = SYMBOLS.into_iter().map(|(shape, is_stated, words)| (of(shape, is_stated), words));
    let all = all.chain([(of(NO_RANGE.0, false), NO_RANGE.1)]);
    all.filter(|(cases, _)| *cases > 0).map(|(cases, words)| format!("{cases} {words}")).collect()
}

/// True where the symbol is that of a status that the records state.
fn is_of_status(point: &LabPoint) -> bool {
    point.is_stated && point.comparator.is_none()
}

/// How a value is drawn.
fn symbol(point: &LabPoint) -> Symbol {
    match (point.comparator, point.status) {
        (Some(Comparator::Above | Comparator::AtLeast), _) => Symbol::Arrow,
        (Some(Comparator::Below | Comparator::AtMost), _) => Symbol::LeftArrow,
        (None, Some(Status::High | Status::Positive)) => Symbol::Up,
        (None, Some(Status::Low)) => Symbol::Down,
        (None, Some(Status::Normal | Status::Negative)) => Symbol::Circle,
        (None, Some(Status::Abnormal)) => Symbol::Diamond,
        (None, None) => Symbol::Disc,
    }
}

fn key(labs: &[&LabColumn<'_>]) -> Vec<(KeySample, String)> {
    let is_used = |shape: Symbol, is_stated: bool| {
        let mut points = labs.iter().flat_map(|lab| &lab.points);
        points.any(|point| symbol(point) == shape && is_of_status(point) == is_stated)
    };
    let mut key: Vec<(KeySample, String)> = Vec::new();
    let none = (NO_RANGE.0, false, NO_RANGE.1);
    for (shape, _, words) in SYMBOLS.into_iter().chain([none]).filter(|(shape, is, _)| is_used(*shape, *is)) {
        match key.last_mut() {
            Some((KeySample::Symbol(last), said)) if *last == shape => said.push_str(&format!(", or {words}")),
            _ => key.push((KeySample::Symbol(shape), words.to_owned())),
        }
    }
    key
}

fn draw(canvas: &mut Canvas, lab: &LabColumn<'_>, numbers: &[String]) {
    let (top, room) = (canvas.y, canvas.room());
    let (labels, beside) = (room * LABELS, room * NUMBERS);
    let left = MARGIN + labels + 2.0 * GAP;
    let length = room - labels - beside - 5.0 * GAP;
    let names = lines(&label(lab.variable()), labels);
    let numbers: Vec<String> = numbers.iter().flat_map(|text| lines(text, beside)).collect();
    for (x, texts, tone) in [(MARGIN, &names, Tone::Ink), (left + length + 3.0 * GAP, &numbers, Tone::Ink)] {
        for (at, text) in texts.iter().enumerate() {
            canvas.y = top + at as f64 * LEADING;
            canvas.line(x, text, TEXT, Weight::Regular, tone);
        }
    }
    let Stacks { places, step, height: stack } = stacks(lab, left, length);
    let text = names.len().max(numbers.len()).max(1) as f64 * LEADING;
    let height = text.max(stack + BAND) + GAP;
    let base = top + stack + BAND / 2.0;
    band(canvas, lab, (left, length), base);
    for (x, level, shape) in places {
        let at = Point { x, y: base - level as f64 * step };
        canvas.push(DrawnMark::Symbol { at, shape, size: step * OF_ROOM });
    }
    canvas.y = top + height;
}

fn lines(text: &str, room: f64) -> Vec<String> {
    wrapped(text, TEXT, Weight::Regular, room)
}

/// The band of the range that all patients share, with a line at each limit, on the line of the values.
fn band(canvas: &mut Canvas, lab: &LabColumn<'_>, (left, length): (f64, f64), base: f64) {
    let (from, to) = (Point { x: left, y: base }, Point { x: left + length, y: base });
    if let Some((low, high)) = lab.common_range() {
        let place = |limit: Decimal| lab.place(Exact::from(limit).to_f64(), left, length);
        let ends = (low.map_or(left, place), high.map_or(left + length, place));
        let (top, bottom) = (base - BAND / 2.0, base + BAND / 2.0);
        let frame = Frame { x: ends.0, y: top, width: (ends.1 - ends.0).max(0.0), height: BAND };
        canvas.push(DrawnMark::Box { frame, fill: Tone::Rule, outline: None, is_dashed: false });
        // The grey alone has too little contrast for who sees little.
        for x in [low.map(|_| ends.0), high.map(|_| ends.1)].into_iter().flatten() {
            let (from, to) = (Point { x, y: top }, Point { x, y: bottom });
            canvas.push(DrawnMark::Line { from, to, tone: Tone::Muted, thickness: 0.9, stroke: Stroke::Solid });
        }
    }
    canvas.push(DrawnMark::Line { from, to, tone: Tone::Muted, thickness: 0.5, stroke: Stroke::Solid });
}

/// The values of a line, stacked so that no symbol lies on another.
struct Stacks {
    /// Where each value stands, how high it is stacked on those at its place, and its symbol.
    places: Vec<(f64, usize, Symbol)>,
    /// The room of a symbol.
    step: f64,
    /// The height of the highest above the line.
    height: f64,
}

fn stacks(lab: &LabColumn<'_>, left: f64, length: f64) -> Stacks {
    let of = |step: f64| {
        let places = stacked(lab, (left, length), step * (OF_ROOM + APART));
        let highest = places.iter().map(|(_, level, _)| *level).max().unwrap_or(0);
        Stacks { places, step, height: highest as f64 * step }
    };
    let [most, smaller @ ..] = SYMBOL_ROOMS;
    smaller.into_iter().fold(of(most), |stacks, step| if stacks.height > TALLEST { of(step) } else { stacks })
}

/// Where each value stands, and how high it is stacked on those at its place; a symbol is so wide.
fn stacked(lab: &LabColumn<'_>, (left, length): (f64, f64), width: f64) -> Vec<(f64, usize, Symbol)> {
    let mut points: Vec<(f64, Symbol)> =
        lab.points.iter().map(|point| (lab.place(point.value, left, length), symbol(point))).collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut ends: Vec<f64> = Vec::new();
    let place = |(x, shape): (f64, Symbol)| {
        let level = ends.iter().position(|end| *end <= x - width).unwrap_or(ends.len());
        match ends.get_mut(level) {
            Some(end) => *end = x,
            None => ends.push(x),
        }
        (x, level, shape)
    };
    points.into_iter().map(place).collect()
}
