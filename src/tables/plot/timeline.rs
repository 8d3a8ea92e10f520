//! The treatment lines of each patient on an axis of time: a track a line, as long as it was given.
//!
//! ```text
//! P4      [prednisone, partial   ]
//! 6 years            [methotrexate] none
//!         |----------|----------|----------|
//!         0          6          12         18   months
//! ```

use super::advance::{Weight, shortened, width};
use super::axis::Axis;
use super::canvas::{Canvas, GAP, KeySample, LEADING, MARGIN, SYMBOL, TEXT, heading_height};
use super::course::{CourseLine, PatientCourse, one_after_another};
use super::mark::{Anchor, DrawnMark, Frame, Point, Stroke, Tone};
use super::names::{draw_names, names_height, names_room};
use super::parts::starts;
use super::swimmer::{ROWS, Subject, fillings, of_courses, symbols, title};
use super::{DrawnFigure, FigureKind};
use crate::cohort::lines::GivenDays;

/// The height of the track of a line.
const TRACK: f64 = LEADING + 1.5;
/// The shortest bar.
const SHORTEST: f64 = 2.0;
/// The dashes behind a bar without a stop.
const OPEN: f64 = 9.0;
/// The room behind the last day: a bar without length, its dashes, its symbol.
const BEHIND: f64 = SHORTEST + OPEN + SYMBOL + GAP;
/// The least room of agents beside a response.
const LEAST_OF_AGENTS: f64 = 24.0;
/// Most ticks of the axis.
const MOST_TICKS: usize = 10;

/// A unit of the axis: its name, and the last day up to which it is taken.
struct AxisUnit {
    name: &'static str,
    days: f64,
    up_to: u32,
}

/// A month is a twelfth of a year of 365.25 days.
const UNITS: [AxisUnit; 3] = [
    AxisUnit { name: "days", days: 1.0, up_to: 60 },
    AxisUnit { name: "months", days: 365.25 / 12.0, up_to: 1100 },
    AxisUnit { name: "years", days: 365.25, up_to: u32::MAX },
];

/// The figure. None where neither the days of every line are known nor how long each was given, or where a page has no
/// room for the lines of one patient.
pub fn timeline(courses: &[PatientCourse], subject: &Subject<'_>, width: f64) -> Option<DrawnFigure> {
    let of_days = ("from the first day of treatment", "A bar is a treatment line, from its first day to its last.");
    let in_turn = (
        "of treatment",
        "A bar is a treatment line, as long as the records say. On which days it was given is not stated: the lines \
         of a patient are drawn one after another.",
    );
    drawn(courses, courses, of_days, (subject, width))
        .or_else(|| drawn(courses, &one_after_another(courses)?, in_turn, (subject, width)))
}

/// The figure of lines with their days, and what is told of the patients.
fn drawn(
    told: &[PatientCourse],
    courses: &[PatientCourse],
    (axis, note): (&str, &str),
    (subject, width): (&Subject<'_>, f64),
) -> Option<DrawnFigure> {
    let lines: Vec<&CourseLine> = courses.iter().flat_map(PatientCourse::lines).collect();
    let days: Vec<GivenDays> = lines.iter().map(|line| line.days).collect::<Option<_>>()?;
    let last = days.iter().map(|days| days.last.unwrap_or(days.first)).max()?;
    let room = width - 2.0 * MARGIN;
    let parts = TimeParts::of(courses, room)?;
    let title = title(subject);
    let mut canvas = Canvas::new(width, &title);
    let names = names_room(courses, width, parts.is_about_shown);
    let left = MARGIN + names + GAP;
    let unit = UNITS.iter().find(|unit| last <= unit.up_to)?;
    let frame = TimeFrame {
        left,
        names,
        length: width - MARGIN - left - BEHIND,
        axis: Axis::up_to(f64::from(last.max(1)) / unit.days, MOST_TICKS, Some(unit.name)),
        unit,
    };
    let (mut first, mut has_cut) = (0, false);
    for part in &parts.all {
        canvas.block(first, None);
        first += part.len();
        has_cut |= draw_part(&mut canvas, part, &frame, (parts.is_about_shown, axis));
    }
    canvas.key(&key(&lines, courses, has_cut));
    let mut notes = vec![note.to_owned()];
    notes.extend(has_cut.then(|| "Words that have no room are cut; -o FILE.txt has them all.".to_owned()));
    notes.extend(of_courses(courses, subject, (names, parts.is_about_shown)));
    let description = told.iter().map(PatientCourse::sentence).collect();
    Some(canvas.finish(FigureKind::Swimmer, title, description, notes))
}

/// The patients of each part of the figure; all of them where a page has room.
struct TimeParts<'c> {
    all: Vec<&'c [PatientCourse]>,
    /// True where age and sex stand below the ids. In parts a patient is no higher than the lines.
    is_about_shown: bool,
}

impl<'c> TimeParts<'c> {
    /// None where a page has no room for the lines of one patient.
    fn of(courses: &'c [PatientCourse], room: f64) -> Option<TimeParts<'c>> {
        if height(courses, room, true) <= ROWS {
            return Some(TimeParts { all: vec![courses], is_about_shown: true });
        }
        let of_groups =
            height(courses, room, false) - courses.iter().map(|course| height_of(course, false)).sum::<f64>();
        // The heading of a group may stand in any part.
        let rest = ROWS - of_groups.min(ROWS / 4.0);
        let heights: Vec<f64> = courses.iter().map(|course| height_of(course, false)).collect();
        if heights.iter().any(|height| *height > rest) {
            return None;
        }
        let starts = starts(&heights, rest);
        let ends = starts.iter().skip(1).copied().chain([courses.len()]);
        let all = starts.iter().zip(ends).filter_map(|(start, end)| courses.get(*start..end)).collect();
        Some(TimeParts { all, is_about_shown: false })
    }
}

/// Draws patients above the axis of time; true where words of a line are cut.
fn draw_part(
    canvas: &mut Canvas,
    courses: &[PatientCourse],
    frame: &TimeFrame<'_>,
    (is_about_shown, axis): (bool, &str),
) -> bool {
    let mut has_cut = false;
    let (top, height) = (canvas.y, height(courses, canvas.room(), is_about_shown));
    frame.axis.below(canvas, (frame.left, frame.length), (top, top + height));
    let below = canvas.y;
    canvas.y = top;
    let mut heading = None;
    for course in courses {
        if !course.group.1.is_empty() && heading != Some(&course.group.1) {
            canvas.heading(&course.group.1);
        }
        heading = Some(&course.group.1);
        has_cut |= draw(canvas, course, frame, is_about_shown);
    }
    canvas.y = below;
    let middle = Point { x: frame.left + frame.length / 2.0, y: canvas.y };
    let words = format!("{} {axis}", frame.unit.name);
    canvas.label(middle, &words, (TEXT, Weight::Regular, Tone::Muted), Anchor::Middle);
    canvas.y += LEADING;
    has_cut
}

/// The room of the bars, and what is where in it.
struct TimeFrame<'u> {
    left: f64,
    /// The room for what stands beside the tracks.
    names: f64,
    length: f64,
    axis: Axis,
    unit: &'u AxisUnit,
}

impl TimeFrame<'_> {
    fn place(&self, day: u32) -> f64 {
        self.axis.place(f64::from(day) / self.unit.days, self.left, self.length)
    }

    fn right(&self) -> f64 {
        self.left + self.length + BEHIND
    }
}

fn height_of(course: &PatientCourse, is_about_shown: bool) -> f64 {
    let tracks = course.lines().len().max(1) as f64 * TRACK;
    tracks.max(names_height(course, is_about_shown)) + GAP
}

/// The height of all patients with the headings of their groups.
fn height(courses: &[PatientCourse], room: f64, is_about_shown: bool) -> f64 {
    let mut headings: Vec<&str> = courses.iter().map(|course| course.group.1.as_str()).collect();
    headings.dedup();
    let headings = headings.into_iter().filter(|heading| !heading.is_empty());
    let rows: f64 = courses.iter().map(|course| height_of(course, is_about_shown)).sum();
    rows + headings.map(|heading| heading_height(heading, room)).sum::<f64>()
}

/// Draws a patient; true where words of a line are cut.
fn draw(canvas: &mut Canvas, course: &PatientCourse, frame: &TimeFrame<'_>, is_about_shown: bool) -> bool {
    let (top, mut has_cut) = (canvas.y, false);
    draw_names(canvas, course, top + 1.0, (frame.names, is_about_shown));
    if let Some(silence) = course.silence() {
        canvas.y = top + 1.0;
        canvas.line(frame.left, silence, TEXT, Weight::Regular, Tone::Muted);
    }
    for (at, line) in course.lines().iter().enumerate() {
        canvas.y = top + at as f64 * TRACK;
        has_cut |= draw_line(canvas, line, frame);
    }
    canvas.y = top + height_of(course, is_about_shown);
    has_cut
}

/// A bar, the mark of the response behind it, and its words where they have most room; true where these are cut.
fn draw_line(canvas: &mut Canvas, line: &CourseLine, frame: &TimeFrame<'_>) -> bool {
    let Some(days) = line.days else { return false };
    let symbol = line.outcome.response.symbol();
    let beside = symbol.map_or(GAP, |_| SYMBOL + GAP) + if days.last.is_none() { OPEN } else { 0.0 };
    let start = frame.place(days.first);
    let end = days.last.map_or(start, |last| frame.place(last)).max(start + SHORTEST);
    let (fill, is_dashed) = line.outcome.response.filling();
    let bar = Frame { x: start, y: canvas.y, width: end - start, height: TRACK - 1.0 };
    canvas.push(DrawnMark::Box { frame: bar, fill, outline: Some(Tone::Ink), is_dashed });
    let middle = canvas.y + (TRACK - 1.0) / 2.0;
    if days.last.is_none() {
        let (from, to) = (Point { x: end, y: middle }, Point { x: end + OPEN, y: middle });
        canvas.push(DrawnMark::Line { from, to, tone: Tone::Ink, thickness: 1.1, stroke: Stroke::Dashed });
    }
    let behind = end + beside - GAP / 2.0;
    let at = Point { x: behind - SYMBOL / 2.0, y: middle };
    symbol.into_iter().for_each(|shape| canvas.push(DrawnMark::Symbol { at, shape, size: SYMBOL }));
    let agents = line.agents();
    let outcome = line.outcome.words().map_or(String::new(), |words| format!(", {words}"));
    let rooms = [
        (Anchor::Start, start + 2.0, end - start - 4.0),
        (Anchor::Start, behind + GAP, frame.right() - behind - GAP),
        (Anchor::End, start - GAP, start - GAP - frame.left),
    ];
    let needed = width(&agents, TEXT, Weight::Regular) + width(&outcome, TEXT, Weight::Regular);
    let widest = || rooms.iter().max_by(|one, other| one.2.total_cmp(&other.2));
    let Some((anchor, x, room)) = rooms.iter().find(|(.., room)| *room >= needed).or_else(widest) else { return false };
    let shown = fitted(&agents, &outcome, room.max(0.0));
    canvas.label(Point { x: *x, y: canvas.y + 1.0 }, &shown, (TEXT, Weight::Regular, Tone::Ink), *anchor);
    *room < needed
}

/// The words of a line in so much room: of the agents less than of what came of them.
fn fitted(agents: &str, outcome: &str, room: f64) -> String {
    let rest = room - width(outcome, TEXT, Weight::Regular);
    match rest >= LEAST_OF_AGENTS {
        true => format!("{}{outcome}", shortened(agents, TEXT, Weight::Regular, rest)),
        false => shortened(&format!("{agents}{outcome}"), TEXT, Weight::Regular, room),
    }
}

/// The key; where words are cut, symbols tell what came of the lines.
fn key(lines: &[&CourseLine], courses: &[PatientCourse], has_cut: bool) -> Vec<(KeySample, String)> {
    let mut key = fillings(lines);
    if lines.iter().any(|line| line.days.is_some_and(|days| days.last.is_none())) {
        key.push((KeySample::Line(Tone::Ink, Stroke::Dashed), "no day of stop".to_owned()));
    }
    key.extend(symbols(courses).filter(|_| has_cut));
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::lines::GivenFor;
    use crate::schema::response::Response;
    use crate::tables::plot::course::CourseState;
    use crate::tables::plot::parts::PAGE;
    use crate::tables::plot::points;
    use crate::tables::plot::shown_outcome::{ShownOutcome, ShownResponse};
    use crate::tables::plot::tests::assert_legible;

    fn line(at: u32, days: Option<GivenDays>) -> CourseLine {
        let agents = [["prednisone", "x"], ["intravenous immunoglobulin", "methotrexate"]][at as usize % 2];
        CourseLine {
            agents: agents.map(str::to_owned).to_vec(),
            outcome: ShownOutcome {
                response: ShownResponse::Known(Response::ALL[at as usize % 12]),
                modifiers: vec!["unconfirmed"],
            },
            days,
            given_for: None,
        }
    }

    fn course(id: u32, lines: Vec<CourseLine>) -> PatientCourse {
        let about = vec![format!("{id} years"), "female".to_owned()];
        let group = (id as usize / 2, format!("group {}", id / 2));
        PatientCourse { group, about, best: None, state: CourseState::Lines(lines), id: format!("P{id}") }
    }

    fn subject() -> Subject<'static> {
        Subject { domain: Some("skin"), cases: 6, notes: Vec::new() }
    }

    #[test]
    fn bars_are_as_long_as_their_days() {
        for step in [1, 9, 40, 700] {
            let days = |at: u32| GivenDays { first: at * step, last: (at != 3).then(|| at * step + step / 2) };
            let courses: Vec<PatientCourse> =
                (0..6).map(|id| course(id, (0..id).map(|at| line(at, Some(days(at)))).collect())).collect();
            for millimetres in [60.0, 84.0, 174.0, 400.0] {
                let figure = timeline(&courses, &subject(), points(millimetres)).unwrap();
                assert_legible(&figure);
                let bars = figure.marks.iter().filter_map(|mark| match mark {
                    DrawnMark::Box { frame, outline: Some(_), .. } if frame.height > TEXT + 0.5 => Some(frame),
                    _ => None,
                });
                let bars: Vec<&Frame> = bars.collect();
                assert_eq!(bars.len(), 15, "{step} at {millimetres}");
                // Lines of the same days are as long in every patient, and begin at the same place.
                let of_first: Vec<&&Frame> = bars.iter().filter(|bar| bar.x == bars[0].x).collect();
                assert!(of_first.len() >= 5 && of_first.iter().all(|bar| bar.width == bars[0].width));
            }
        }
    }

    #[test]
    fn lines_of_known_length_are_drawn_one_after_another() {
        let given = |at: u32, months: i128| {
            let given_for = GivenFor { text: format!("{months} months"), minutes: months * 43_830 };
            CourseLine { given_for: Some(given_for), ..line(at, None) }
        };
        let courses = [course(0, vec![given(0, 3), given(1, 6)]), course(1, vec![given(0, 9)]), course(2, Vec::new())];
        let figure = timeline(&courses, &subject(), points(174.0)).unwrap();
        assert_legible(&figure);
        let bars = figure.marks.iter().filter_map(|mark| match mark {
            DrawnMark::Box { frame, outline: Some(_), .. } if frame.height > TEXT + 0.5 => Some((frame.x, frame.width)),
            _ => None,
        });
        let bars: Vec<(f64, f64)> = bars.collect();
        let near = |one: f64, other: f64| (one - other).abs() < 2.0;
        assert!(near(bars[1].0, bars[0].0 + bars[0].1) && near(bars[0].1 * 2.0, bars[1].1), "{bars:?}");
        assert!(near(bars[2].1, bars[0].1 + bars[1].1) && near(bars[2].0, bars[0].0), "{bars:?}");
        assert!(figure.notes[0].ends_with("the lines of a patient are drawn one after another."));
        // No day is told that the records do not have.
        let told = figure.description.join(" ");
        assert!(told.contains("(3 months)") && !told.contains("day"), "{told}");
        let without = [course(0, vec![given(0, 3), line(1, None)])];
        assert!(timeline(&without, &subject(), points(174.0)).is_none());
    }

    #[test]
    fn a_line_whose_days_are_not_known_has_no_place_on_an_axis() {
        let known = line(0, Some(GivenDays { first: 0, last: Some(9) }));
        let courses = [course(0, vec![known.clone()]), course(1, vec![known, line(1, None)])];
        assert!(timeline(&courses, &subject(), 400.0).is_none());
        assert!(timeline(&courses[..1], &subject(), 400.0).is_some());
        assert!(timeline(&[course(0, Vec::new())], &subject(), 400.0).is_none());
    }
    #[test]
    fn a_hundred_patients_have_an_axis_on_each_page() {
        let days = |at: u32| GivenDays { first: at * 90, last: Some(at * 90 + 60) };
        let courses: Vec<PatientCourse> =
            (0..100).map(|id| course(id, (0..id % 3 + 1).map(|at| line(at, Some(days(at)))).collect())).collect();
        for millimetres in [84.0, 174.0] {
            let figure = timeline(&courses, &subject(), points(millimetres)).unwrap();
            let pages = figure.pages();
            assert!(pages.len() > 1 && pages.iter().map(|page| page.description.len()).sum::<usize>() == 100);
            for page in &pages {
                assert_legible(page);
                let has = |words: &str| {
                    page.marks.iter().any(|mark| matches!(mark, DrawnMark::Label(label) if label.text.contains(words)))
                };
                assert!(has("months from the first day") && page.height <= PAGE, "{}", page.title);
            }
        }
    }
}
