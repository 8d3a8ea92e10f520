//! The name of each curve at its end, where no curve runs and no other name stands.

use super::advance::{Weight, width};
use super::canvas::{Canvas, GAP, LEADING, TEXT};
use super::mark::{Anchor, DrawnMark, Frame, Point, Stroke, Tone};

/// Between a curve and the letters of a name.
const CLEAR: f64 = 0.6;

/// A curve with corners only, and its name.
pub struct NamedCurve {
    /// The name; may be empty.
    pub name: String,
    /// The corners in order.
    pub points: Vec<Point>,
}

impl NamedCurve {
    fn end(&self) -> Option<Point> {
        self.points.last().copied().filter(|_| !self.name.is_empty())
    }

    /// True where a side of the curve runs through a rectangle.
    fn crosses(&self, frame: &Frame) -> bool {
        let side = |from: &Point, to: &Point| Frame {
            x: from.x.min(to.x) - CLEAR,
            y: from.y.min(to.y) - CLEAR,
            width: (from.x - to.x).abs() + 2.0 * CLEAR,
            height: (from.y - to.y).abs() + 2.0 * CLEAR,
        };
        self.points.iter().zip(self.points.iter().skip(1)).any(|(from, to)| side(from, to).overlaps(frame))
    }
}

/// The length of the axis, of the room of axis and names, where each name has room behind the end of its curve.
///
/// Of each curve: the part of the axis at which it ends, and its name.
pub fn length_before_names<'n>(curves: impl Iterator<Item = (f64, &'n str)>, room: f64) -> f64 {
    let named = curves.filter(|(end, name)| *end > 0.0 && !name.is_empty());
    let behind = |name: &str| GAP + width(name, TEXT, Weight::Regular);
    named.map(|(end, name)| (room - behind(name)) / end).fold(room, f64::min)
}

/// Writes the name of each curve behind its end, between `top` and `bottom`; a line leads to a name that is farther away.
pub fn name_ends(canvas: &mut Canvas, curves: &[NamedCurve], (top, bottom): (f64, f64)) {
    let mut taken: Vec<Frame> = Vec::new();
    for curve in curves {
        let Some(end) = curve.end() else { continue };
        let own = |y: f64| {
            let (x, width) = (end.x + GAP, width(&curve.name, TEXT, Weight::Regular));
            Frame { x, y: y.clamp(top, (bottom - TEXT).max(top)), width, height: TEXT }
        };
        let steps = ((bottom - top) / LEADING * 4.0).max(0.0) as u32;
        let wished = end.y - TEXT / 2.0;
        let places = (0..=steps).flat_map(|step| {
            let far = f64::from(step) * LEADING / 4.0;
            [own(wished - far), own(wished + far)]
        });
        let places: Vec<Frame> = places.filter(|place| !taken.iter().any(|name| name.overlaps(place))).collect();
        let free = places.iter().find(|place| !curves.iter().any(|curve| curve.crosses(place)));
        let Some(place) = free.or(places.first()).copied() else { continue };
        let middle = place.y + TEXT / 2.0;
        if (middle - end.y).abs() > LEADING {
            let to = Point { x: place.x - 0.5, y: middle };
            canvas.push(DrawnMark::Line { from: end, to, tone: Tone::Muted, thickness: 0.4, stroke: Stroke::Solid });
        }
        let at = Point { x: place.x, y: place.y };
        canvas.label(at, &curve.name, (TEXT, Weight::Regular, Tone::Ink), Anchor::Start);
        taken.push(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(name: &str, places: &[(f64, f64)]) -> NamedCurve {
        NamedCurve { name: name.to_owned(), points: places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect() }
    }

    fn names(curves: &[NamedCurve]) -> Vec<Frame> {
        let mut canvas = Canvas::new(300.0, "");
        name_ends(&mut canvas, curves, (0.0, 100.0));
        let figure = canvas.finish(crate::tables::plot::FigureKind::Survival, String::new(), Vec::new(), Vec::new());
        let label = |mark: &DrawnMark| if let DrawnMark::Label(label) = mark { Some(label.frame()) } else { None };
        figure.marks.iter().filter_map(label).collect()
    }

    #[test]
    fn a_name_stands_where_no_curve_runs_and_no_other_name_stands() {
        let curves = [
            curve("long", &[(0.0, 0.0), (50.0, 0.0), (50.0, 60.0), (200.0, 60.0)]),
            curve("ends early", &[(0.0, 0.0), (40.0, 0.0), (40.0, 62.0), (60.0, 62.0)]),
            curve("same end", &[(0.0, 0.0), (30.0, 0.0), (30.0, 60.0), (200.0, 60.0)]),
            curve("at the floor", &[(0.0, 0.0), (150.0, 0.0), (150.0, 100.0)]),
        ];
        let names = names(&curves);
        assert_eq!(names.len(), 4);
        for (number, name) in names.iter().enumerate() {
            assert!(!curves.iter().any(|curve| curve.crosses(name)), "{number}");
            assert!(!names.iter().skip(number + 1).any(|other| other.overlaps(name)), "{number}");
            assert!(name.y >= -0.1 && name.y + name.height <= 100.1, "{name:?}");
        }
    }

    #[test]
    fn the_axis_leaves_room_for_names_behind_late_ends_only() {
        let name = width("surgery", TEXT, Weight::Regular) + GAP;
        let found = length_before_names([(0.2, "surgery"), (1.0, "")].into_iter(), 200.0);
        assert!((found - 200.0).abs() < 1e-9);
        let found = length_before_names([(0.2, "surgery"), (1.0, "surgery")].into_iter(), 200.0);
        assert!((found - (200.0 - name)).abs() < 1e-9);
    }
}
