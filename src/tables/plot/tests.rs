//! What holds of every figure: letters are large enough, lie on nothing and stay in the frame.

use super::canvas::TEXT;
use super::course::{CourseLine, CourseState, PatientCourse};
use super::mark::{DrawnMark, Frame, Label, Point};
use super::parts::PAGE;
use super::shown_outcome::{ShownOutcome, ShownResponse};
use super::{CountedFigure, DrawnFigure, FigureKind, LabValues, Subject, flow, labs, points, response, sites, swimmer};
use crate::analyze::disclosure::suppress;
use crate::analyze::{Options, summarize};
use crate::cohort::stream::each_case;
use crate::read::Inputs;
use crate::schema::MissingReason;
use crate::schema::response::Response;
use crate::tables::options::TableOptions;
use crate::tally::{Settings, read_cohort};
use proptest::prelude::*;

/// The labels of a figure.
fn labels(figure: &DrawnFigure) -> Vec<&Label> {
    let label = |mark: &'_ DrawnMark| matches!(mark, DrawnMark::Label(_));
    let marks = figure.marks.iter().filter(|mark| label(mark));
    marks.filter_map(|mark| if let DrawnMark::Label(label) = mark { Some(label) } else { None }).collect()
}

/// The rectangle of a mark.
fn frame(mark: &DrawnMark) -> Frame {
    match mark {
        DrawnMark::Box { frame, .. } => *frame,
        DrawnMark::Label(label) => label.frame(),
        DrawnMark::Symbol { at, size, .. } => {
            Frame { x: at.x - size / 2.0, y: at.y - size / 2.0, width: *size, height: *size }
        }
        DrawnMark::Line { from, to, .. } => {
            let (x, y) = (from.x.min(to.x), from.y.min(to.y));
            Frame { x, y, width: (from.x - to.x).abs(), height: (from.y - to.y).abs() }
        }
        DrawnMark::Path { points, .. } => {
            let least = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
            let most = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            let (x, y) = (least(|point| point.x), least(|point| point.y));
            Frame { x, y, width: most(|point| point.x) - x, height: most(|point| point.y) - y }
        }
    }
}

/// Nothing leaves the figure, no label is too small, and none lies on another, on a symbol or on the side of a box.
#[track_caller]
pub fn assert_legible(figure: &DrawnFigure) {
    let all = Frame { x: 0.0, y: 0.0, width: figure.width, height: figure.height };
    for mark in &figure.marks {
        assert!(all.holds(&frame(mark)), "{mark:?} leaves {all:?}");
    }
    let labels = labels(figure);
    for (number, label) in labels.iter().enumerate() {
        assert!(label.size >= TEXT, "{label:?} is too small");
        for other in labels.iter().skip(number + 1) {
            assert!(!label.frame().overlaps(&other.frame()), "{label:?} lies on {other:?}");
        }
        for mark in &figure.marks {
            let (own, other) = (label.frame(), frame(mark));
            match mark {
                DrawnMark::Symbol { .. } => assert!(!own.overlaps(&other), "{label:?} lies on {mark:?}"),
                DrawnMark::Box { .. } => {
                    assert!(!own.overlaps(&other) || other.holds(&own), "{label:?} crosses {mark:?}");
                }
                DrawnMark::Label(_) | DrawnMark::Line { .. } | DrawnMark::Path { .. } => {}
            }
        }
    }
}

fn line(agents: &[&str], response: Response) -> CourseLine {
    let agents = agents.iter().map(|agent| (*agent).to_owned()).collect();
    CourseLine {
        agents,
        outcome: ShownOutcome { response: ShownResponse::Known(response), modifiers: vec!["unconfirmed", "relapsed"] },
        days: None,
        given_for: None,
    }
}

fn course(id: &str, lines: Vec<CourseLine>) -> PatientCourse {
    let about = vec!["10 years".to_owned(), "female".to_owned()];
    PatientCourse { group: (0, String::new()), about, best: None, state: CourseState::Lines(lines), id: id.to_owned() }
}

fn drawn(courses: &[PatientCourse], millimetres: f64) -> DrawnFigure {
    swimmer(courses, Subject { domain: Some("skin"), cases: courses.len(), notes: Vec::new() }, points(millimetres))
}

const AGENTS: [&str; 6] = [
    "corticosteroid",
    "methotrexate",
    "intravenous immunoglobulin",
    "Zol\u{e9}dronate",
    "x",
    "hydroxychloroquinesulfate",
];

#[test]
fn every_patient_and_every_line_is_drawn_once() {
    for (patients, most) in [(1, 1), (3, 5), (5, 12), (40, 6), (100, 3)] {
        let courses: Vec<PatientCourse> = (0..patients)
            .map(|n| {
                let agents = |at: usize| [AGENTS[(n + at) % 6], AGENTS[(n * at + 1) % 5]];
                let lines = (0..n % most + 1).map(|at| line(&agents(at), Response::ALL[(n + at) % 12])).collect();
                course(&format!("P{n}"), lines)
            })
            .collect();
        for millimetres in [60.0, 84.0, 174.0, 400.0] {
            let figure = drawn(&courses, millimetres);
            assert_legible(&figure);
            let filled = |mark: &&DrawnMark| matches!(mark, DrawnMark::Box { frame, .. } if frame.width > 10.0);
            let lines: usize = courses.iter().map(|course| course.lines().len()).sum();
            assert_eq!(figure.marks.iter().filter(filled).count(), lines, "{patients} at {millimetres} mm");
            assert_eq!(figure.description.len(), patients);
            assert_paged(&figure, lines);
        }
    }
}

/// Each page is legible by itself, has a title of its own, and all of them tell and draw what the figure does.
#[track_caller]
fn assert_paged(figure: &DrawnFigure, lines: usize) {
    let pages = figure.pages();
    let filled = |mark: &&DrawnMark| matches!(mark, DrawnMark::Box { frame, .. } if frame.width > 10.0);
    let drawn = pages.iter().map(|page| page.marks.iter().filter(filled).count()).sum::<usize>();
    assert_eq!(drawn, lines);
    let told: Vec<String> = pages.iter().flat_map(|page| page.description.clone()).collect();
    assert_eq!(told, figure.description);
    let titles: std::collections::BTreeSet<&str> = pages.iter().map(|page| page.title.as_str()).collect();
    assert_eq!(titles.len(), pages.len());
    for page in &pages {
        assert_legible(page);
        // A row of a narrow figure may be higher than the rest of a page.
        assert!(page.height <= PAGE + 1.0 || figure.width < points(80.0), "{} of {}", page.height, page.title);
        assert!(labels(page).iter().any(|label| page.title.starts_with(&label.text)), "{}", page.title);
    }
}

#[test]
fn a_group_that_goes_on_has_its_heading_again() {
    let of = |n: usize| PatientCourse {
        group: (n / 60, format!("group {}", n / 60)),
        ..course("P", vec![line(&["a"], Response::None)])
    };
    let courses: Vec<PatientCourse> = (0..100).map(of).collect();
    let pages = drawn(&courses, 174.0).pages();
    let headings = |page: &DrawnFigure| {
        let texts = labels(page).into_iter().map(|label| label.text.clone());
        texts.filter(|text| text.starts_with("group ")).collect::<Vec<_>>()
    };
    let all: Vec<Vec<String>> = pages.iter().map(headings).collect();
    assert!(pages.len() > 1 && all.iter().all(|headings| !headings.is_empty()), "{all:?}");
    assert_eq!(all.concat().len(), pages.len() + 1, "{all:?}");
}

#[test]
fn who_has_no_lines_has_a_row_that_says_why() {
    let silent = |state| PatientCourse { state, ..course("P1", Vec::new()) };
    let states = [
        (CourseState::Lines(Vec::new()), "no treatment"),
        (CourseState::Missing(MissingReason::NotReported), "not reported"),
        (CourseState::Unreadable, "unreadable"),
    ];
    for (state, said) in states {
        let figure = drawn(&[silent(state)], 84.0);
        assert!(labels(&figure).iter().any(|label| label.text == said), "{said}");
        assert_legible(&figure);
    }
}

#[test]
fn what_is_left_out_is_said() {
    let courses: Vec<PatientCourse> =
        (0..3).map(|n| course(&n.to_string(), vec![line(&["a"], Response::None)])).collect();
    let figure = swimmer(&courses, Subject { domain: None, cases: 7, notes: Vec::new() }, points(174.0));
    assert!(figure.notes.iter().any(|note| note.starts_with("Not drawn: 4 of 7 cases")), "{:?}", figure.notes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Any names, any number of lines, any width.
    #[test]
    fn no_name_leaves_its_place(
        ids in prop::collection::vec("\\PC{0,30}", 1..8),
        agents in prop::collection::vec("[\\PC ]{1,40}", 1..6),
        millimetres in 60.0..400.0,
        most in 1_usize..14,
    ) {
        let agent = |n: usize| agents[n % agents.len()].as_str();
        let courses: Vec<PatientCourse> = ids.iter().enumerate().map(|(n, id)| {
            let lines = (0..(n * 5) % most).map(|at| line(&[agent(n + at), agent(at)], Response::ALL[at % 12]));
            PatientCourse { group: (n, id.clone()), ..course(id, lines.collect()) }
        }).collect();
        assert_legible(&drawn(&courses, millimetres));
    }
}

/// Cases of every kind: sites, treatments, values within, above, below and beyond their range.
fn series_of(cases: usize) -> String {
    let row = |n: usize| {
        let agents = [AGENTS[n % 6], AGENTS[(n * 5 + 2) % 6]];
        let response = Response::ALL[n % 12].word();
        let sites = ["knee", "knee;left hip and buttock with a long name", "elbow", "none", ""][n % 5];
        let esr = ["12", "44 (high)", ">120", "8600.25", "normal", "<5"][n % 6];
        let sex = ["female", "male"][n % 2];
        format!("C{n},{},{sex},{sites},{esr},{}: {response}; {}: none\n", n % 17 + 2, agents[0], agents[1])
    };
    format!("case_id,age,sex,sites,esr,treatments\n{}", (0..cases).map(row).collect::<String>())
}

/// The figures of counts and of laboratory values.
fn counted(text: &str, by: &[String], below: Option<u64>, width: f64) -> Vec<DrawnFigure> {
    let inputs = Inputs::embedded("cases.csv", text.to_owned().leak()).unwrap();
    let settings = Settings { by: by.to_vec(), ..Settings::default() };
    let cohort = read_cohort(&inputs, &settings).unwrap();
    let options = Options { suppress_below: below, ..Options::default() };
    let (mut results, _) = summarize(&cohort, &options);
    if let Some(below) = below {
        results = suppress(results, &cohort, &options, below).results;
    }
    let shown = TableOptions::new(&options);
    let notes = vec!["A note that is long enough to need more than one line where the figure is narrow.".to_owned()];
    let subject = CountedFigure { cohort: &cohort, results: &results, options: &options, shown: &shown, notes };
    let columns = cohort.case_columns(&settings);
    let mut values = LabValues::new(&columns, &options, false).unwrap();
    each_case(&inputs, &cohort.columns, &columns, |case| {
        values.add(case);
        Ok(())
    })
    .unwrap();
    let labs = labs(&subject, &values, width);
    let response = response(&subject, width);
    assert!(response.is_ok() || below.is_some(), "{response:?}");
    let always = [sites(&subject, width).unwrap(), flow(&subject, width), labs];
    always.into_iter().chain(response).collect()
}

#[test]
fn figures_of_counts_are_legible_whatever_their_size() {
    for cases in [1, 3, 12, 40, 100, 300] {
        let text = series_of(cases);
        for millimetres in [60.0, 84.0, 174.0] {
            for (by, below) in [(vec![], None), (vec!["sex".to_owned()], None), (vec![], Some(5))] {
                for figure in counted(&text, &by, below, points(millimetres)) {
                    assert_legible(&figure);
                    assert_apart(&figure);
                    figure.pages().iter().for_each(assert_legible);
                    assert!(figure.description.iter().all(|sentence| !sentence.contains("  ")), "{figure:?}");
                }
            }
        }
    }
}

/// No symbol lies on another.
#[track_caller]
fn assert_apart(figure: &DrawnFigure) {
    let symbols = figure.marks.iter().filter(|mark| matches!(mark, DrawnMark::Symbol { .. })).map(frame);
    let symbols: Vec<Frame> = symbols.collect();
    for (number, symbol) in symbols.iter().enumerate() {
        assert!(!symbols.iter().skip(number + 1).any(|other| other.overlaps(symbol)), "{symbol:?} lies on another");
    }
}

#[test]
fn a_hundred_values_at_one_place_are_a_hundred_symbols() {
    let rows: String =
        (0..100).map(|n| format!("C{n},knee,{},mtx: none\n", if n == 7 { "20" } else { "0.1" })).collect();
    let text = format!("case_id,sites,esr,treatments\n{rows}");
    for millimetres in [84.0, 174.0] {
        let figures = counted(&text, &[], None, points(millimetres));
        let labs = figures.iter().find(|figure| figure.kind == FigureKind::Labs).unwrap();
        let symbols = labs.marks.iter().filter(|mark| matches!(mark, DrawnMark::Symbol { .. }));
        // One in the key.
        assert_eq!(symbols.count(), 101);
        assert_legible(labs);
        assert_apart(labs);
    }
}

/// Of few evaluable patients each is a symbol; those who cannot be judged are symbols or a number in words.
#[test]
fn no_patient_of_a_response_figure_is_dropped() {
    for (judged, open) in [(4, 0), (4, 9), (2, 20), (4, 76), (1, 30)] {
        let row = |n: usize| {
            let response = if n < judged { ["complete", "none"][n % 2] } else { "not reported" };
            format!("C{n},knee,5,mtx: {response}; colchicine: not reported\n")
        };
        let rows: String = (0..judged + open).map(row).chain(["D,hip,6,ivig: not reported\n".to_owned()]).collect();
        for millimetres in [60.0, 84.0, 174.0] {
            let figures = counted(&format!("case_id,sites,esr,treatments\n{rows}"), &[], None, points(millimetres));
            let figure = figures.iter().find(|figure| figure.kind == FigureKind::Response).unwrap();
            assert_legible(figure);
            assert_apart(figure);
            let symbols = figure.marks.iter().filter(|mark| matches!(mark, DrawnMark::Symbol { .. })).count();
            let told = figure
                .description
                .iter()
                .filter_map(|said| said.split("; ").nth(1)?.split(' ').next()?.parse::<usize>().ok());
            let told: usize = told.sum();
            let explained = labels(figure).iter().filter(|label| label.text.contains(" who ")).count();
            // Two agents, and two lines but for one patient who has one.
            let treated = 4 * (judged + open) + 2;
            assert_eq!(
                symbols - explained + told,
                treated,
                "{judged} and {open} at {millimetres} mm: {:?}",
                figure.description
            );
        }
    }
}

/// A masked row has its words and no bar.
#[test]
fn what_is_masked_is_not_drawn() {
    let text = series_of(40);
    let figures = counted(&text, &[], Some(9), points(174.0));
    let masked = |figure: &DrawnFigure| labels(figure).iter().filter(|label| label.text.contains("masked")).count();
    let bars = |figure: &DrawnFigure| figure.marks.iter().filter(|mark| matches!(mark, DrawnMark::Box { .. })).count();
    let (open, sites) = (counted(&text, &[], None, points(174.0)), &figures[0]);
    assert!(masked(sites) > 0 && bars(sites) + masked(sites) <= bars(&open[0]), "{sites:?}");
    assert!(figures.iter().take(3).map(masked).sum::<usize>() > 1);
}
