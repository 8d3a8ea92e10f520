//! The marks of all figures.

use super::advance::{self, DESCENT, Weight};
use crate::schema::response::Response;

/// A place, in points from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Frame {
    /// True where two rectangles have a point inside both.
    pub fn overlaps(&self, other: &Frame) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// True where another rectangle lies within this one.
    pub fn holds(&self, other: &Frame) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.x + other.width <= self.x + self.width
            && other.y + other.height <= self.y + self.height
    }
}

/// What a colour means. The colours stand in the renderer; each differs from the others in grey, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The background.
    Paper,
    /// Letters, outlines and symbols.
    Ink,
    /// Letters and lines of less weight.
    Muted,
    /// Lines that help the eye.
    Rule,
    /// A response, and the bar of a count.
    Strong,
    /// No response.
    Weak,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// Without gaps.
    Solid,
    /// With gaps.
    Dashed,
    /// As dots.
    Dotted,
    /// Long parts and dots by turns.
    DashDotted,
    /// Very long parts.
    LongDashed,
}

/// The shape of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// A filled circle.
    Disc,
    /// A circle of which one half is filled.
    HalfDisc,
    /// An empty circle.
    Circle,
    /// A filled triangle that points up.
    Up,
    /// A filled triangle that points down.
    Down,
    /// A flat bar.
    Bar,
    /// A filled square on its corner.
    Diamond,
    /// An empty square on its corner.
    OpenDiamond,
    /// Two crossed lines.
    Cross,
    /// An empty square.
    Square,
    /// An arrow to the right.
    Arrow,
    /// An arrow to the left.
    LeftArrow,
    /// A small dot.
    Dot,
}

impl Symbol {
    /// The symbol of a response; each has its own.
    pub fn of(response: Response) -> Symbol {
        match response {
            Response::Complete => Symbol::Disc,
            Response::Partial => Symbol::HalfDisc,
            Response::Improved => Symbol::Up,
            Response::Stable => Symbol::Bar,
            Response::Mixed => Symbol::Diamond,
            Response::None => Symbol::Circle,
            Response::Worsened => Symbol::Down,
            Response::Died => Symbol::Cross,
            Response::NotEvaluable => Symbol::Square,
            Response::Ongoing => Symbol::Arrow,
            Response::Lost => Symbol::OpenDiamond,
            Response::NotReported => Symbol::Dot,
        }
    }
}

/// Where the place of a label is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its left end.
    Start,
    /// In its middle.
    Middle,
    /// At its right end.
    End,
}

/// One line of letters.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its place on the baseline.
    pub at: Point,
    /// The text.
    pub text: String,
    /// The size of the letters in points.
    pub size: f64,
    /// Where the place is in it.
    pub anchor: Anchor,
    /// How heavy it is.
    pub weight: Weight,
    /// Its colour.
    pub tone: Tone,
}

impl Label {
    /// The rectangle that the letters need at most.
    pub fn frame(&self) -> Frame {
        let width = advance::width(&self.text, self.size, self.weight);
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        let (x, y) = (self.at.x - before, self.at.y - self.size * (1.0 - DESCENT));
        Frame { x, y, width, height: self.size }
    }
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawnMark {
    /// A rectangle, filled, and outlined where it says so.
    Box {
        /// Its place.
        frame: Frame,
        /// Its filling.
        fill: Tone,
        /// Its outline; `None` without one.
        outline: Option<Tone>,
        /// True where the outline is dashed.
        is_dashed: bool,
    },
    /// A straight line.
    Line {
        /// One end.
        from: Point,
        /// The other.
        to: Point,
        /// Its colour.
        tone: Tone,
        /// Its thickness in points.
        thickness: f64,
        /// Whether it has gaps.
        stroke: Stroke,
    },
    /// A line through several places, whose gaps run on over its corners.
    Path {
        /// The places in order.
        points: Vec<Point>,
        /// Its colour.
        tone: Tone,
        /// Its thickness in points.
        thickness: f64,
        /// Whether it has gaps.
        stroke: Stroke,
    },
    /// A symbol.
    Symbol {
        /// Its middle.
        at: Point,
        /// Its shape.
        shape: Symbol,
        /// Its width and height in points.
        size: f64,
    },
    /// A text.
    Label(Label),
}
