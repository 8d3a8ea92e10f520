//! The treatment lines of each patient in their order: a row a patient, a box a line.
//!
//! ```text
//! P4      +-----------------+
//! 6 years | 1 corticosteroid|
//! female  | > ongoing       |
//!         +-----------------+
//! ```
//! Boxes name their agents where all patients then fit on a page; else agents have codes, which the key explains.

use super::advance::{Weight, width, wrapped};
use super::canvas::{Canvas, GAP, KeySample, LEADING, MARGIN, SYMBOL, TEXT};
use super::code::codes;
use super::course::{CourseLine, PatientCourse, agents};
use super::mark::{Anchor, DrawnMark, Frame, Point, Symbol, Tone};
use super::names::{cut_names, draw_names, names_height, names_room};
use super::parts::PAGE;
use super::shown_outcome::{ShownResponse, UNCLEAR};
use super::{DrawnFigure, FigureKind};
use crate::schema::response::Response;
use crate::words::counted;
use std::collections::BTreeMap;

/// The room of rows on a page, within a title, a key and notes.
pub(super) const ROWS: f64 = PAGE - 90.0;
/// The widest box.
const WIDEST: f64 = 130.0;
/// The narrowest box with names of agents.
const NARROWEST: f64 = 58.0;
/// Between the side of a box and its letters.
const PADDING: f64 = 2.5;

/// What the whole figure is about.
pub struct Subject<'a> {
    /// The domain of the responses, if it has a name.
    pub domain: Option<&'a str>,
    /// The patients there are, with those that are not drawn.
    pub cases: usize,
    /// Further notes.
    pub notes: Vec<String>,
}

/// The figure of these patients, so many points wide.
pub fn swimmer(courses: &[PatientCourse], subject: Subject<'_>, width: f64) -> DrawnFigure {
    let named = SwimmerGeometry::of(courses, width, None);
    let fits = named.is_whole && named.height <= ROWS;
    let layout = if fits { named } else { SwimmerGeometry::of(courses, width, Some(codes(agents(courses)))) };
    let title = title(&subject);
    let mut canvas = Canvas::new(width, &title);
    let mut heading = "";
    for (at, (course, rows)) in courses.iter().zip(&layout.rows).enumerate() {
        begin(&mut canvas, at, course, &mut heading);
        draw(&mut canvas, course, rows, &layout);
    }
    canvas.key(&key(courses, &layout));
    let notes = notes(courses, &subject, &layout);
    let description = courses.iter().map(PatientCourse::sentence).collect();
    canvas.finish(FigureKind::Swimmer, title, description, notes)
}

/// Begins the rows of a patient, below the heading of the group.
fn begin<'c>(canvas: &mut Canvas, at: usize, course: &'c PatientCourse, heading: &mut &'c str) {
    let group = course.group.1.as_str();
    let is_below = group == *heading;
    canvas.block(at, Some(group).filter(|group| is_below && !group.is_empty()));
    if !is_below {
        canvas.heading(group);
    }
    *heading = group;
}

pub(super) fn title(subject: &Subject<'_>) -> String {
    let domain = subject.domain.map_or(String::new(), |domain| format!(" of the {domain}"));
    format!("Treatment lines and response{domain}: {}", counted(subject.cases, "case"))
}

/// Where everything is.
struct SwimmerGeometry {
    /// Of each patient, the rows of boxes.
    rows: Vec<Vec<BoxRow>>,
    /// The room for the names of patients.
    names: f64,
    /// The width of a box.
    column: f64,
    /// The room for the numbers of boxes; 0 without them.
    numbers: f64,
    /// True where no word is broken.
    is_whole: bool,
    /// The codes of the agents, where boxes have no room for names.
    codes: Option<BTreeMap<String, String>>,
    /// The height of all rows.
    height: f64,
}

/// Boxes side by side, of one height.
struct BoxRow {
    /// The number of the first box, from 0, and what each says.
    first: usize,
    boxes: Vec<BoxText>,
    height: f64,
}

/// What a box says.
struct BoxText {
    agents: Vec<String>,
    outcome: Vec<String>,
}

/// The narrowest box in which no word is broken.
fn needed(courses: &[PatientCourse], codes: Option<&BTreeMap<String, String>>) -> f64 {
    let words = |line: &CourseLine| -> Vec<String> {
        match codes {
            Some(codes) => line.agents.iter().map(|agent| format!("{}+", code(codes, agent))).collect(),
            None => line.agents().split([' ', '\t', '\n']).map(str::to_owned).collect(),
        }
    };
    let words = courses.iter().flat_map(PatientCourse::lines).flat_map(words);
    let widest = words.map(|word| width(&word, TEXT, Weight::Regular)).fold(0.0, f64::max);
    let beside = if codes.is_some() { SYMBOL + GAP } else { 0.0 };
    widest + 2.0 * PADDING + number_room(most_lines(courses)) + beside
}

/// The room of the numbers of so many lines; that of a symbol at least, so that what is behind both is aligned.
fn number_room(lines: usize) -> f64 {
    (width(&lines.to_string(), TEXT, Weight::Regular) + 2.0).max(SYMBOL + GAP)
}

/// The most lines of a patient.
fn most_lines(courses: &[PatientCourse]) -> usize {
    courses.iter().map(|course| course.lines().len()).max().unwrap_or(0).max(1)
}

fn code<'c>(codes: &'c BTreeMap<String, String>, agent: &str) -> &'c str {
    codes.get(agent).map_or("", String::as_str)
}

impl SwimmerGeometry {
    /// The layout with codes, or with names of agents.
    fn of(courses: &[PatientCourse], width: f64, codes: Option<BTreeMap<String, String>>) -> SwimmerGeometry {
        let names = names_room(courses, width, codes.is_none());
        let room = width - 2.0 * MARGIN - names - GAP;
        let most = most_lines(courses);
        let needed = needed(courses, codes.as_ref()).max(if codes.is_none() { NARROWEST } else { 0.0 });
        let columns = (((room + GAP) / (needed + GAP)).floor().max(1.0) as usize).min(most);
        let column = ((room + GAP) / columns as f64 - GAP).min(WIDEST);
        let numbers = if codes.is_none() || columns < most { number_room(most) } else { 0.0 };
        let is_whole = needed <= room;
        let mut layout = SwimmerGeometry { rows: Vec::new(), names, column, numbers, is_whole, codes, height: 0.0 };
        layout.rows = courses.iter().map(|course| layout.rows_of(course, columns)).collect();
        let heights = courses.iter().zip(&layout.rows).map(|(course, rows)| layout.height_of(course, rows));
        layout.height = heights.sum();
        layout
    }

    fn rows_of(&self, course: &PatientCourse, columns: usize) -> Vec<BoxRow> {
        let rows = course.lines().chunks(columns).enumerate();
        let row = |(at, lines): (usize, &[CourseLine])| {
            let boxes: Vec<BoxText> = lines.iter().map(|line| self.text(line)).collect();
            let lines = boxes.iter().map(|text| text.agents.len() + text.outcome.len()).max().unwrap_or(1);
            BoxRow { first: at * columns, boxes, height: lines as f64 * LEADING + 2.0 * PADDING - 1.0 }
        };
        rows.map(row).collect()
    }

    fn text(&self, line: &CourseLine) -> BoxText {
        let room = self.column - 2.0 * PADDING - self.numbers;
        match &self.codes {
            None => {
                let lines = |text: &str| wrapped(text, TEXT, Weight::Regular, room);
                BoxText { agents: lines(&line.agents()), outcome: lines(&line.outcome.words().unwrap_or_default()) }
            }
            Some(codes) => {
                let agents: Vec<&str> = line.agents.iter().map(|agent| code(codes, agent)).collect();
                let letters: Vec<&str> = line.outcome.modifiers.iter().filter_map(|word| word.get(..1)).collect();
                let text = format!("{} {}", agents.join("+ "), letters.concat());
                BoxText { agents: wrapped(&text, TEXT, Weight::Regular, room - SYMBOL - GAP), outcome: Vec::new() }
            }
        }
    }

    /// The room of what stands beside the boxes, and whether ages and sexes do.
    fn beside(&self) -> (f64, bool) {
        (self.names, self.codes.is_none())
    }

    fn height_of(&self, course: &PatientCourse, rows: &[BoxRow]) -> f64 {
        let names = names_height(course, self.codes.is_none());
        let boxes: f64 = rows.iter().map(|row| row.height + 1.5).sum();
        names.max(boxes) + if self.codes.is_none() { GAP } else { 0.5 }
    }
}

fn draw(canvas: &mut Canvas, course: &PatientCourse, rows: &[BoxRow], layout: &SwimmerGeometry) {
    let top = canvas.y;
    draw_names(canvas, course, top + PADDING - 0.5, layout.beside());
    let left = MARGIN + layout.names + GAP;
    if let Some(silence) = course.silence() {
        canvas.y = top + PADDING - 0.5;
        canvas.line(left, silence, TEXT, Weight::Regular, Tone::Muted);
    }
    canvas.y = top;
    for row in rows {
        for (at, text) in row.boxes.iter().enumerate() {
            let x = left + at as f64 * (layout.column + GAP);
            let frame = Frame { x, y: canvas.y, width: layout.column, height: row.height };
            let number = row.first + at;
            if let Some(line) = course.lines().get(number) {
                draw_box(canvas, frame, (number, line, text), layout);
            }
        }
        canvas.y += row.height + 1.5;
    }
    canvas.y = top + layout.height_of(course, rows);
}

fn draw_box(
    canvas: &mut Canvas,
    frame: Frame,
    (number, line, text): (usize, &CourseLine, &BoxText),
    layout: &SwimmerGeometry,
) {
    let (fill, is_dashed) = line.outcome.response.filling();
    canvas.push(DrawnMark::Box { frame, fill, outline: Some(Tone::Ink), is_dashed });
    let (left, ink) = (frame.x + PADDING, (TEXT, Weight::Regular, Tone::Ink));
    let mut at = Point { x: left, y: frame.y + PADDING - 0.5 };
    let symbol_x = match layout.codes {
        None => left + SYMBOL / 2.0,
        Some(_) => frame.x + frame.width - PADDING - SYMBOL / 2.0,
    };
    if layout.numbers > 0.0 {
        canvas.label(at, &(number + 1).to_string(), ink, Anchor::Start);
        at.x += layout.numbers;
    }
    let symbol_line = if layout.codes.is_some() { 0 } else { text.agents.len() };
    let symbol_y = at.y + symbol_line as f64 * LEADING + TEXT * 0.55;
    let at_symbol = Point { x: symbol_x, y: symbol_y };
    let symbol = line.outcome.response.symbol();
    symbol.into_iter().for_each(|shape| canvas.push(DrawnMark::Symbol { at: at_symbol, shape, size: SYMBOL }));
    for words in text.agents.iter().chain(&text.outcome) {
        canvas.label(at, words, ink, Anchor::Start);
        at.y += LEADING;
    }
}

/// The key of the fillings of boxes.
pub(super) fn fillings(lines: &[&CourseLine]) -> Vec<(KeySample, String)> {
    let has = |fill: &(Tone, bool)| lines.iter().any(|line| line.outcome.response.filling() == *fill);
    let fillings = [
        ((Tone::Strong, false), "evaluable: response"),
        ((Tone::Weak, false), "evaluable: no response"),
        ((Tone::Paper, true), "not evaluable"),
        ((Tone::Paper, false), "response of the line not known"),
    ];
    let fillings = fillings.into_iter().filter(|(fill, _)| has(fill));
    fillings.map(|((tone, is_dashed), words)| (KeySample::Box(tone, is_dashed), words.to_owned())).collect()
}

/// The key of the symbols of responses.
pub(super) fn symbols(courses: &[PatientCourse]) -> impl Iterator<Item = (KeySample, String)> {
    let of_lines = courses.iter().flat_map(PatientCourse::lines).map(|line| &line.outcome);
    let all: Vec<ShownResponse> =
        of_lines.chain(courses.iter().filter_map(|course| course.best.as_ref())).map(|of| of.response).collect();
    let used = Response::ALL.into_iter().filter(move |response| all.contains(&ShownResponse::Known(*response)));
    used.map(|response| (KeySample::Symbol(Symbol::of(response)), response.word().to_owned()))
}

fn key(courses: &[PatientCourse], layout: &SwimmerGeometry) -> Vec<(KeySample, String)> {
    let lines: Vec<&CourseLine> = courses.iter().flat_map(PatientCourse::lines).collect();
    let mut key = fillings(&lines);
    let Some(codes) = &layout.codes else { return key };
    key.extend(symbols(courses));
    for word in ["unconfirmed", "transient", "relapsed"] {
        if lines.iter().any(|line| line.outcome.modifiers.contains(&word)) {
            key.push((KeySample::Code, format!("{}: {word}", word.get(..1).unwrap_or_default())));
        }
    }
    key.extend(codes.iter().map(|(name, code)| (KeySample::Code, format!("{code}: {name}"))));
    key
}

fn notes(courses: &[PatientCourse], subject: &Subject<'_>, layout: &SwimmerGeometry) -> Vec<String> {
    let mut notes = vec!["A box is a treatment line, in the order of the records; its width is not a time.".to_owned()];
    notes.extend(of_courses(courses, subject, layout.beside()));
    notes
}

/// The notes of any figure of treatment lines, with what stands beside them.
pub(super) fn of_courses(courses: &[PatientCourse], subject: &Subject<'_>, beside: (f64, bool)) -> Vec<String> {
    let mut notes = Vec::new();
    if subject.cases > courses.len() {
        notes.push(format!(
            "Not drawn: {} of {} cases; the first {} are. --where chooses the cases.",
            subject.cases - courses.len(),
            subject.cases,
            courses.len()
        ));
    }
    notes.extend(cut_names(courses, beside));
    let of_any = courses.iter().filter(|course| course.best.is_some()).count();
    if of_any > 0 {
        notes.push(format!(
            "Below an id: the best response of the patient. In {} the records do not tell to which line it belongs.",
            counted(of_any, "case")
        ));
    }
    let outcomes =
        courses.iter().flat_map(|course| course.lines().iter().map(|line| &line.outcome).chain(&course.best));
    if outcomes.into_iter().any(|outcome| outcome.response == ShownResponse::Unclear) {
        notes.push(format!(
            "{UNCLEAR}: the word of the records may be any response, or means several: the rates stay open."
        ));
    }
    notes.extend(subject.notes.iter().cloned());
    notes
}
