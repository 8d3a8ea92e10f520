//! A figure while it is drawn: marks from the top down, then the key and the notes.

use super::advance::{DESCENT, Weight, shortened, width, wrapped};
use super::mark::{Anchor, DrawnMark, Frame, Label, Point, Stroke, Symbol, Tone};
use super::parts::{CutPlace, FigurePartStart, PAGE, part_title, starts};
use super::{DrawnFigure, FigureKind};

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
pub enum KeySample {
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

impl KeySample {
    /// The room before its words.
    fn width(self) -> f64 {
        match self {
            KeySample::Code => 0.0,
            KeySample::Line(..) => LINE + GAP,
            KeySample::Symbol(_) | KeySample::Box(..) => SYMBOL * 1.5 + GAP,
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
    marks: Vec<DrawnMark>,
    /// Where the figure may be cut, and where its rows end.
    blocks: Vec<CutPlace>,
    end: Option<(usize, f64)>,
    key: Vec<(KeySample, String)>,
}

impl Canvas {
    /// A canvas of so many points, with its title.
    pub fn new(width: f64, title: &str) -> Canvas {
        let mut canvas = Canvas { width, y: MARGIN, marks: Vec::new(), blocks: Vec::new(), end: None, key: Vec::new() };
        canvas.title(title);
        canvas
    }

    fn title(&mut self, title: &str) {
        for line in wrapped(title, HEADING, Weight::Bold, self.room()) {
            self.line(MARGIN, &line, HEADING, Weight::Bold, Tone::Ink);
            self.y += HEADING * 1.25;
        }
        self.y += GAP;
    }

    /// Begins a row or a panel, above which the figure may be cut where a page has no room for all of it. So many
    /// sentences tell what is above it; a heading that is drawn before it is repeated where the figure is cut.
    pub fn block(&mut self, sentence: usize, within: Option<&str>) {
        let (mark, y, within) = (self.marks.len(), self.y, within.map(str::to_owned));
        self.blocks.push(CutPlace { mark, sentence, y, within });
    }

    /// The width between the margins.
    pub fn room(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    /// Adds a mark.
    pub fn push(&mut self, mark: DrawnMark) {
        self.marks.push(mark);
    }

    /// A label whose letters begin at `y`, without moving on.
    pub fn line(&mut self, x: f64, text: &str, size: f64, weight: Weight, tone: Tone) {
        self.label(Point { x, y: self.y }, text, (size, weight, tone), Anchor::Start);
    }

    /// A label whose letters begin below a place.
    pub fn label(&mut self, top: Point, text: &str, (size, weight, tone): (f64, Weight, Tone), anchor: Anchor) {
        let at = Point { x: top.x, y: top.y + size * (1.0 - DESCENT) };
        self.push(DrawnMark::Label(Label { at, text: text.to_owned(), size, anchor, weight, tone }));
    }

    /// Bold letters over the whole width, behind which the next thing begins.
    pub fn heading(&mut self, text: &str) {
        for line in heading_lines(text, self.room()) {
            self.line(MARGIN, &line, HEADING, Weight::Bold, Tone::Ink);
            self.y += HEADING * 1.25;
        }
        self.y += 1.0;
    }

    /// The key below all rows.
    pub fn key(&mut self, items: &[(KeySample, String)]) {
        self.end = Some((self.marks.len(), self.y));
        self.key = items.to_vec();
        self.draw_key(items);
    }

    /// Samples with their words, as many in a line as have room.
    fn draw_key(&mut self, items: &[(KeySample, String)]) {
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

    fn sample(&mut self, sample: KeySample, x: f64) {
        match sample {
            KeySample::Code => {}
            KeySample::Line(tone, stroke) => {
                let y = self.y + TEXT * 0.5;
                let (from, to) = (Point { x, y }, Point { x: x + LINE, y });
                self.push(DrawnMark::Line { from, to, tone, thickness: CURVE, stroke });
            }
            KeySample::Symbol(shape) => {
                let at = Point { x: x + SYMBOL * 0.75, y: self.y + TEXT * 0.5 };
                self.push(DrawnMark::Symbol { at, shape, size: SYMBOL });
            }
            KeySample::Box(fill, is_dashed) => {
                let frame = Frame { x, y: self.y, width: SYMBOL * 1.5, height: TEXT };
                self.push(DrawnMark::Box { frame, fill, outline: Some(Tone::Ink), is_dashed });
            }
        }
    }

    /// The finished figure, with its notes below everything; in parts where a page has no room for it.
    pub fn finish(
        mut self,
        kind: FigureKind,
        title: String,
        description: Vec<String>,
        notes: Vec<String>,
    ) -> DrawnFigure {
        let before = self.y;
        self.draw_notes(&notes);
        let (canvas, parts) =
            if self.y + MARGIN > PAGE { self.cut(&title, before, &notes) } else { (self, Vec::new()) };
        let (width, height, marks) = (canvas.width, canvas.y + MARGIN, canvas.marks);
        DrawnFigure { kind, title, description, notes, width, height, marks, number: 1, parts }
    }

    fn draw_notes(&mut self, notes: &[String]) {
        let room = self.room();
        for line in notes.iter().flat_map(|note| wrapped(note, TEXT, Weight::Regular, room)) {
            self.line(MARGIN, &line, TEXT, Weight::Regular, Tone::Muted);
            self.y += LEADING;
        }
    }

    /// The same in parts, each with its title and its key; the notes stand below the last one.
    fn cut(self, title: &str, before_notes: f64, notes: &[String]) -> (Canvas, Vec<FigurePartStart>) {
        let (end_mark, end_y) = self.end.unwrap_or((self.marks.len(), before_notes));
        let ends: Vec<(usize, f64)> =
            self.blocks.iter().skip(1).map(|block| (block.mark, block.y)).chain([(end_mark, end_y)]).collect();
        let heights: Vec<f64> = self.blocks.iter().zip(&ends).map(|(block, (_, end))| end - block.y).collect();
        let first = self.blocks.first().map_or(end_y, |block| block.y);
        // What stands above and below the rows takes its room from each part.
        let around = first + self.y - end_y + HEADING * 2.0;
        let starts = starts(&heights, (PAGE - around).max(PAGE / 2.0));
        if starts.len() < 2 {
            return (self, Vec::new());
        }
        let (mut drawn, mut parts) = (Canvas::new(self.width, &part_title(title, 1, starts.len())), Vec::new());
        for (number, start) in (1..).zip(&starts) {
            let last = starts.get(number).copied().unwrap_or(heights.len());
            let (Some(block), Some((mark, y))) = (self.blocks.get(*start), ends.get(last.saturating_sub(1))) else {
                continue;
            };
            if number > 1 {
                drawn.y += MARGIN;
                parts.push(FigurePartStart { mark: drawn.marks.len(), sentence: block.sentence, y: drawn.y });
                drawn.y += MARGIN;
                drawn.title(&part_title(title, number, starts.len()));
                block.within.iter().for_each(|heading| drawn.heading(heading));
            }
            let moved = drawn.y - block.y;
            let marks = self.marks.get(block.mark..*mark).unwrap_or_default();
            drawn.marks.extend(marks.iter().map(|mark| mark.moved(moved)));
            drawn.y = y + moved;
            drawn.draw_key(&self.key);
        }
        drawn.draw_notes(notes);
        (drawn, parts)
    }
}
