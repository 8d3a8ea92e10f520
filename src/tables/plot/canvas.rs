//! A figure while it is drawn: marks from the top down, then the key and the notes.

use super::advance::{DESCENT, Weight, shortened, width, wrapped};
use super::mark::{Anchor, Frame, Label, Mark, Point, Stroke, Symbol, Tone};
use super::{Figure, FigureKind};

/// The smallest letters that journals print.
pub const TEXT: f64 = 7.0;
/// The letters of headings.
pub const HEADING: f64 = 8.0;
/// The height of a line of text.
pub const LEADING: f64 = 8.8;
/// What stays empty at each side.
pub const MARGIN: f64 = 4.0;
/// The width and height of a symbol.
pub const SYMBOL: f64 = 6.0;
/// Between things that belong together.
pub const GAP: f64 = 3.0;

/// The thickness of a curve.
pub const CURVE: f64 = 1.1;

/// What the key explains by a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// A symbol.
    Symbol(Symbol),
    /// A box with this filling; dashed where it says so.
    Box(Tone, bool),
    /// A line.
    Line(Tone, Stroke),
    /// Letters of the figure.
    Code,
}

/// The length of the sample of a line: two of its longest parts.
const LINE: f64 = 26.0;

impl Sample {
    /// The room before its words.
    fn width(self) -> f64 {
        match self {
            Sample::Code => 0.0,
            Sample::Line(..) => LINE + GAP,
            Sample::Symbol(_) | Sample::Box(..) => SYMBOL * 1.5 + GAP,
        }
    }
}

fn heading_lines(text: &str, room: f64) -> Vec<String> {
    wrapped(text, HEADING, Weight::Bold, room)
}

/// The height of a heading with so much room.
pub fn heading_height(text: &str, room: f64) -> f64 {
    heading_lines(text, room).len() as f64 * HEADING * 1.25 + 1.0
}

/// A figure while it is drawn.
pub struct Canvas {
    width: f64,
    /// Where the next thing begins.
    pub y: f64,
    marks: Vec<Mark>,
}

impl Canvas {
    /// A canvas of so many points, with its title.
    pub fn new(width: f64, title: &str) -> Canvas {
        let mut canvas = Canvas { width, y: MARGIN, marks: Vec::new() };
        for line in wrapped(title, HEADING, Weight::Bold, canvas.room()) {
            canvas.line(MARGIN, &line, HEADING, Weight::Bold, Tone::Ink);
            canvas.y += HEADING * 1.25;
        }
        canvas.y += GAP;
        canvas
    }

    /// The width between the margins.
    pub fn room(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    /// Adds a mark.
    pub fn push(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// A label whose letters begin at `y`, without moving on.
    pub fn line(&mut self, x: f64, text: &str, size: f64, weight: Weight, tone: Tone) {
        self.label(Point { x, y: self.y }, text, (size, weight, tone), Anchor::Start);
    }

    /// A label whose letters begin below a place.
    pub fn label(&mut self, top: Point, text: &str, (size, weight, tone): (f64, Weight, Tone), anchor: Anchor) {
        let at = Point { x: top.x, y: top.y + size * (1.0 - DESCENT) };
        self.push(Mark::Label(Label { at, text: text.to_owned(), size, anchor, weight, tone }));
    }

    /// Bold letters over the whole width, behind which the next thing begins.
    pub fn heading(&mut self, text: &str) {
        for line in heading_lines(text, self.room()) {
            self.line(MARGIN, &line, HEADING, Weight::Bold, Tone::Ink);
            self.y += HEADING * 1.25;
        }
        self.y += 1.0;
    }

    /// The key: samples with their words, as many in a line as have room.
    pub fn key(&mut self, items: &[(Sample, String)]) {
        self.y += GAP;
        let mut x = MARGIN;
        for (sample, words) in items {
            let indent = sample.width();
            let words = shortened(words, TEXT, Weight::Regular, self.room() - indent);
            let needed = indent + width(&words, TEXT, Weight::Regular);
            if x > MARGIN && x + needed > self.width - MARGIN {
                (x, self.y) = (MARGIN, self.y + LEADING + 1.0);
            }
            self.sample(*sample, x);
            self.line(x + indent, &words, TEXT, Weight::Regular, Tone::Ink);
            x += needed + 4.0 * GAP;
        }
        self.y += if items.is_empty() { 0.0 } else { LEADING + GAP };
    }

    fn sample(&mut self, sample: Sample, x: f64) {
        match sample {
            Sample::Code => {}
            Sample::Line(tone, stroke) => {
                let y = self.y + TEXT * 0.5;
                let (from, to) = (Point { x, y }, Point { x: x + LINE, y });
                self.push(Mark::Line { from, to, tone, thickness: CURVE, stroke });
            }
            Sample::Symbol(shape) => {
                let at = Point { x: x + SYMBOL * 0.75, y: self.y + TEXT * 0.5 };
                self.push(Mark::Symbol { at, shape, size: SYMBOL });
            }
            Sample::Box(fill, is_dashed) => {
                let frame = Frame { x, y: self.y, width: SYMBOL * 1.5, height: TEXT };
                self.push(Mark::Box { frame, fill, outline: Some(Tone::Ink), is_dashed });
            }
        }
    }

    /// The finished figure, with its notes below everything.
    pub fn finish(mut self, kind: FigureKind, title: String, description: Vec<String>, notes: Vec<String>) -> Figure {
        for note in &notes {
            for line in wrapped(note, TEXT, Weight::Regular, self.room()) {
                self.line(MARGIN, &line, TEXT, Weight::Regular, Tone::Muted);
                self.y += LEADING;
            }
        }
        let height = self.y + MARGIN;
        Figure { kind, title, description, notes, width: self.width, height, marks: self.marks }
    }
}
