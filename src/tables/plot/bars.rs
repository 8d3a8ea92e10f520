//! Rows of shares: a label, what is drawn of it on an axis from 0 to 100 %, and its numbers in words.

use super::advance::{Weight, width, wrapped};
use super::canvas::{Canvas, GAP, LEADING, MARGIN, SYMBOL, TEXT};
use super::mark::{Anchor, DrawnMark, Frame, Point, Stroke, Symbol, Tone};

/// The largest part of the width that labels take, and that numbers take.
const LABELS: f64 = 0.34;
const NUMBERS: f64 = 0.34;
/// The height of a bar.
const BAR: f64 = 6.5;
/// From the middle of a symbol to that of the next one.
const SYMBOL_STEP: f64 = SYMBOL * 1.4;
/// Most rows of a panel.
pub const MOST_ROWS: usize = 30;

/// What is drawn of a share.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// A bar as long as the share, from 0 to 1.
    Bar(f64),
    /// The share with its interval.
    Interval {
        /// The share.
        share: f64,
        /// The ends of its interval.
        ends: (f64, f64),
    },
    /// A rate that open responses leave between these two.
    Between(f64, f64),
    /// A symbol for each patient: too few for a rate.
    Patients(Vec<Symbol>),
    /// Nothing: it is masked or not estimable, as the numbers say.
    Nothing,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareRow {
    /// What the share is of.
    pub label: String,
    /// What is drawn.
    pub drawn: Drawn,
    /// The numbers as the tables print them.
    pub numbers: String,
}

/// Rows under one heading, on one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct BarPanel {
    /// The heading.
    pub heading: String,
    /// The rows in order.
    pub rows: Vec<ShareRow>,
    /// How many rows there are besides.
    pub left_out: usize,
}

impl BarPanel {
    /// A panel of the first rows.
    pub fn new(heading: String, mut rows: Vec<ShareRow>) -> BarPanel {
        let left_out = rows.len().saturating_sub(MOST_ROWS);
        rows.truncate(MOST_ROWS);
        BarPanel { heading, rows, left_out }
    }

    /// The rows in sentences.
    pub fn sentences(&self) -> impl Iterator<Item = String> + '_ {
        self.rows.iter().map(|row| format!("{}: {}, {}.", self.heading, row.label, row.numbers))
    }

    fn has_axis(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.drawn, Drawn::Bar(_) | Drawn::Interval { .. } | Drawn::Between(..)))
    }
}

/// What a figure says of the rows that are not drawn; none where all are.
pub fn left_out(panels: &[BarPanel]) -> Option<String> {
    let rows: usize = panels.iter().map(|panel| panel.left_out).sum();
    (rows > 0).then(|| {
        format!("Not drawn: {rows} rows beyond the first {MOST_ROWS} of a panel; summarize --format json has them.")
    })
}

/// Where the columns of all panels are.
struct PanelColumns {
    labels: f64,
    axis: (f64, f64),
    numbers: (f64, f64),
}

impl PanelColumns {
    fn of(panels: &[BarPanel], room: f64) -> PanelColumns {
        let rows = || panels.iter().flat_map(|panel| &panel.rows);
        let widest = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| width(text, TEXT, Weight::Regular) + 0.1).fold(0.0, f64::max)
        };
        let labels = widest(&mut rows().map(|row| &row.label)).min(room * LABELS);
        let numbers = widest(&mut rows().map(|row| &row.numbers)).min(room * NUMBERS);
        let axis = MARGIN + labels + 2.0 * GAP;
        let length = room - labels - numbers - 5.0 * GAP;
        // Symbols alone need no more room than they take.
        let of_symbols = rows().map(|row| if let Drawn::Patients(of) = &row.drawn { of.len() } else { 0 }).max();
        let needed = SYMBOL_STEP * of_symbols.unwrap_or(0) as f64;
        let length = if panels.iter().any(BarPanel::has_axis) { length } else { length.min(needed) };
        PanelColumns { labels, axis: (axis, length), numbers: (axis + length + 3.0 * GAP, numbers) }
    }
}

/// Draws panels one below the other, with columns of the same width.
pub fn draw(canvas: &mut Canvas, panels: &[BarPanel]) {
    let columns = PanelColumns::of(panels, canvas.room());
    let mut sentences = 0;
    for panel in panels {
        canvas.block(sentences, None);
        sentences += panel.rows.len();
        canvas.heading(&panel.heading);
        let top = canvas.y;
        let heights: Vec<f64> = panel.rows.iter().map(|row| height(row, &columns)).collect();
        if panel.has_axis() {
            axis(canvas, &columns, heights.iter().sum());
        }
        canvas.y = top;
        for (row, height) in panel.rows.iter().zip(heights) {
            draw_row(canvas, row, &columns);
            canvas.y += height;
        }
        canvas.y += if panel.has_axis() { LEADING + GAP } else { GAP };
    }
}

fn lines(text: &str, room: f64) -> Vec<String> {
    wrapped(text, TEXT, Weight::Regular, room)
}

fn height(row: &ShareRow, columns: &PanelColumns) -> f64 {
    let lines = lines(&row.label, columns.labels).len().max(lines(&row.numbers, columns.numbers.1).len()).max(1);
    lines.max(symbol_lines(row, columns)) as f64 * LEADING + 1.5
}

/// How many symbols stand side by side.
fn symbols_a_line(columns: &PanelColumns) -> usize {
    ((columns.axis.1 / SYMBOL_STEP).floor().max(1.0)) as usize
}

fn symbol_lines(row: &ShareRow, columns: &PanelColumns) -> usize {
    match &row.drawn {
        Drawn::Patients(symbols) => symbols.len().div_ceil(symbols_a_line(columns)),
        Drawn::Bar(_) | Drawn::Interval { .. } | Drawn::Between(..) | Drawn::Nothing => 0,
    }
}

/// The axis below rows of a height, with lines up to their top.
fn axis(canvas: &mut Canvas, columns: &PanelColumns, height: f64) {
    let (left, length) = columns.axis;
    let (top, bottom) = (canvas.y, canvas.y + height);
    let ticks: &[u8] = if length > 120.0 { &[0, 25, 50, 75, 100] } else { &[0, 50, 100] };
    for tick in ticks {
        let x = left + length * f64::from(*tick) / 100.0;
        let (from, to) = (Point { x, y: top }, Point { x, y: bottom });
        canvas.push(DrawnMark::Line { from, to, tone: Tone::Rule, thickness: 0.5, stroke: Stroke::Solid });
        let sign = if *tick == 100 { "%" } else { "" };
        let at = Point { x, y: bottom + 1.0 };
        canvas.label(at, &format!("{tick}{sign}"), (TEXT, Weight::Regular, Tone::Muted), Anchor::Middle);
    }
}

fn draw_row(canvas: &mut Canvas, row: &ShareRow, columns: &PanelColumns) {
    let top = canvas.y;
    for (x, text, room) in [(MARGIN, &row.label, columns.labels), (columns.numbers.0, &row.numbers, columns.numbers.1)]
    {
        for (at, line) in lines(text, room).iter().enumerate() {
            canvas.y = top + at as f64 * LEADING;
            canvas.line(x, line, TEXT, Weight::Regular, Tone::Ink);
        }
    }
    canvas.y = top;
    let (left, length) = columns.axis;
    let middle = top + TEXT * 0.5;
    match &row.drawn {
        Drawn::Nothing => {}
        Drawn::Bar(share) => {
            let frame = Frame { x: left, y: middle - BAR / 2.0, width: length * share, height: BAR };
            canvas.push(DrawnMark::Box { frame, fill: Tone::Strong, outline: Some(Tone::Ink), is_dashed: false });
        }
        Drawn::Interval { share, ends } => interval(canvas, (left, length), middle, *share, *ends),
        Drawn::Between(low, high) => between(canvas, (left, length), middle, (*low, *high), Stroke::Dashed),
        Drawn::Patients(symbols) => {
            for (number, line) in symbols.chunks(symbols_a_line(columns)).enumerate() {
                for (at, shape) in line.iter().enumerate() {
                    let x = left + SYMBOL * 0.5 + SYMBOL_STEP * at as f64;
                    let at = Point { x, y: middle + LEADING * number as f64 };
                    canvas.push(DrawnMark::Symbol { at, shape: *shape, size: SYMBOL });
                }
            }
        }
    }
}

fn interval(canvas: &mut Canvas, (left, length): (f64, f64), y: f64, share: f64, ends: (f64, f64)) {
    between(canvas, (left, length), y, ends, Stroke::Solid);
    let x = left + length * share.clamp(0.0, 1.0);
    canvas.push(DrawnMark::Symbol { at: Point { x, y }, shape: Symbol::Diamond, size: SYMBOL });
}

/// A line between two shares, with its ends marked.
fn between(canvas: &mut Canvas, (left, length): (f64, f64), y: f64, (low, high): (f64, f64), stroke: Stroke) {
    let place = |share: f64| left + length * share.clamp(0.0, 1.0);
    let mut line = |from: Point, to: Point, stroke| {
        canvas.push(DrawnMark::Line { from, to, tone: Tone::Ink, thickness: 0.9, stroke })
    };
    line(Point { x: place(low), y }, Point { x: place(high), y }, stroke);
    for end in [low, high] {
        line(Point { x: place(end), y: y - 2.0 }, Point { x: place(end), y: y + 2.0 }, Stroke::Solid);
    }
}
