//! Figures of time and change are legible whatever the number of patients, and draw each patient once.

use super::mark::{DrawnMark, Symbol};
use super::tests::assert_legible;
use super::{ChangeRules, Changes, CountedFigure, DrawnFigure, change, points, survival_figure, waterfall};
use crate::analyze::{Options, summarize};
use crate::cohort::derive::Derived;
use crate::cohort::stream::each_case;
use crate::decimal::Decimal;
use crate::read::Inputs;
use crate::tables::options::TableOptions;
use crate::tally::{NamedFilter, Settings, SurvivalRequest, read_cohort};

/// Patients with times, events and a number at three visits; every fifth lacks the last.
fn series_of(cases: usize) -> String {
    let row = |n: usize| {
        let arm = ["control", "arm-with-a-rather-long-name-that-is-cut", "b"][n % 3];
        let after = if n % 5 == 4 { String::new() } else { ((n * 53) % 97).to_string() };
        let event = if n.is_multiple_of(2) { "yes" } else { "no" };
        let (before, between) = ((n * 31) % 101, (n * 17) % 89);
        format!("Patient {n},{arm},{},{event},{before}.5,{between},{after}\n", (n * 37) % 120 + 2)
    };
    let rows: String = (0..cases).map(row).collect();
    format!("case_id,arm,months,died,crp@baseline,crp@month_3,crp@month_6\n{rows}")
}

fn figures(text: &str, by: &[&str], (width, is_deidentified): (f64, bool)) -> [DrawnFigure; 3] {
    let inputs = Inputs::embedded("cases.csv", text.to_owned().leak()).unwrap();
    let event = NamedFilter::parse("died = 'yes'").unwrap();
    let asked = SurvivalRequest {
        time: "months".to_owned(),
        event,
        is_event_of_time: false,
        at: vec![Decimal::from_int(12)],
        means: Vec::new(),
    };
    let by = by.iter().map(|name| (*name).to_owned()).collect();
    let settings = Settings { by, survival: Some(asked), ..Settings::default() };
    let cohort = read_cohort(&inputs, &settings).unwrap();
    let options = Options::default();
    let (results, _) = summarize(&cohort, &options);
    let shown = TableOptions::new(&options);
    let subject =
        CountedFigure { cohort: &cohort, results: &results, options: &options, shown: &shown, notes: Vec::new() };
    let columns = cohort.case_columns(&settings);
    let changes = |is_of_best: bool| {
        let derived = ["crp", "crp=baseline:month_3"].map(|text| Derived::change(text).unwrap());
        let mut changes =
            Changes::new(&derived, &columns, ChangeRules { higher_is_better: false, is_deidentified, is_of_best })
                .unwrap();
        each_case(&inputs, &cohort.columns, &columns, |case| {
            changes.add(case);
            Ok(())
        })
        .unwrap();
        changes
    };
    [
        survival_figure(&subject, width).unwrap(),
        change(changes(false), Vec::new(), width),
        waterfall(changes(true), Vec::new(), width),
    ]
}

#[test]
fn figures_of_time_are_legible_whatever_their_size() {
    for cases in [2, 3, 4, 5, 12, 40, 41, 100, 130] {
        let text = series_of(cases);
        for millimetres in [60.0, 84.0, 174.0, 400.0] {
            for by in [&[][..], &["arm"]] {
                for figure in figures(&text, by, (points(millimetres), false)) {
                    assert_legible(&figure);
                }
            }
        }
    }
}

/// Curves differ by their gaps, whatever the colours; each has its name at its end, and both axes say what they are.
#[test]
fn curves_are_told_apart_without_colours() {
    let [figure, ..] = figures(&series_of(40), &["arm"], (points(174.0), false));
    let strokes = figure.marks.iter().filter_map(|mark| match mark {
        DrawnMark::Path { stroke, tone, .. } => Some((*stroke, *tone)),
        _ => None,
    });
    let strokes: Vec<_> = strokes.collect();
    assert_eq!(strokes.len(), 3);
    let differ = |(number, one): (usize, &(_, _))| strokes.iter().skip(number + 1).all(|other| other.0 != one.0);
    assert!(strokes.iter().enumerate().all(differ) && strokes.iter().all(|one| one.1 == strokes[0].1), "{strokes:?}");
    let said = |text: &str| {
        figure.marks.iter().filter(|mark| matches!(mark, DrawnMark::Label(label) if label.text == text)).count()
    };
    // At the end of the curve, in the table of the cases at risk, and in the key.
    assert_eq!((said("b"), said("control")), (3, 3));
    assert_eq!((said("Share of cases without the event"), said("months")), (1, 1));
}

/// The tick of 0.3 is not the nearest binary fraction, which lies above a time of 0.3.
#[test]
fn the_cases_at_risk_are_those_of_the_number_that_is_printed() {
    let times = ["0.1", "0.2", "0.3", "0.3", "0.6"];
    let rows = times.iter().enumerate().map(|(n, time)| format!("K{n},{time},yes,{n}.5,1{n},2{n}\n"));
    let text = format!("case_id,months,died,crp@baseline,crp@month_3,crp@month_6\n{}", rows.collect::<String>());
    let [figure, ..] = figures(&text, &[], (points(174.0), false));
    let labels = figure.marks.iter().filter_map(|mark| match mark {
        DrawnMark::Label(label) => Some(label.text.as_str()),
        _ => None,
    });
    let labels: Vec<&str> = labels.skip_while(|text| *text != "Cases at risk").collect();
    // Of 0, 0.05, 0.1, ... 0.6.
    assert!(labels.join(" ").starts_with("Cases at risk  5 5 5 4 4 3 3 1 "), "{labels:?}");
}

/// One value far from all others does not press the lines of the others together; who it is of is said.
#[test]
fn a_far_value_is_said_and_not_drawn_to_scale() {
    let row =
        |n: usize| format!("K{n},{},no,{},{},{}\n", n + 2, if n == 3 { 900 } else { 20 + n }, 10 + n % 5, 9 + n % 7);
    let rows: String = (0..40).map(row).collect();
    let text = format!("case_id,months,died,crp@baseline,crp@month_3,crp@month_6\n{rows}");
    let [_, lines, bars] = figures(&text, &[], (points(174.0), false));
    let note = |figure: &DrawnFigure| figure.notes.iter().find(|note| note.starts_with("Beyond the axis")).cloned();
    assert!(note(&lines).is_some_and(|note| note.ends_with(": K3 (900 to 12).")), "{:?}", lines.notes);
    assert!(note(&bars).is_some_and(|note| note.ends_with(": K3.")), "{:?}", bars.notes);
    for figure in [&lines, &bars] {
        assert_legible(figure);
        let ticks = figure.marks.iter().filter(|mark| matches!(mark, DrawnMark::Label(label) if label.text == "800"));
        assert_eq!(ticks.count(), 0);
    }
}

#[test]
fn few_cases_are_drawn_one_by_one() {
    let [few, ..] = figures(&series_of(4), &[], (points(174.0), false));
    let ends = |shape: Symbol| {
        few.marks.iter().filter(|mark| matches!(mark, DrawnMark::Symbol { shape: one, .. } if *one == shape)).count()
    };
    // One of each in the key.
    assert_eq!((ends(Symbol::Disc), ends(Symbol::Arrow)), (3, 3));
    let [many, ..] = figures(&series_of(5), &[], (points(174.0), false));
    assert!(!many.marks.iter().any(|mark| matches!(mark, DrawnMark::Symbol { .. })), "{many:?}");
}

/// Drawn in the order of the values, the first hundred would all have risen.
#[test]
fn who_is_drawn_of_many_does_not_depend_on_the_values() {
    let row = |n: usize| {
        let after = if n.is_multiple_of(2) { 10 + n } else { 300 + n };
        format!("K{n},{},no,50,{after},{after}\n", n + 2)
    };
    let rows: String = (0..240).map(row).collect();
    let text = format!("case_id,months,died,crp@baseline,crp@month_3,crp@month_6\n{rows}");
    let [_, lines, bars] = figures(&text, &[], (points(174.0), false));
    for figure in [&lines, &bars] {
        assert_eq!(figure.description.iter().filter(|said| said.starts_with("K99:")).count(), 2);
        assert!(!figure.description.iter().any(|said| said.starts_with("K100:")));
        let said = "Not drawn: 140 of the 240 cases with a change of crp; the first 100 in the records are.";
        assert!(figure.notes.iter().any(|note| note.starts_with(said)), "{:?}", figure.notes);
    }
}

#[test]
fn all_numbers_of_a_column_have_as_many_decimals() {
    let text = "case_id,months,died,crp@baseline,crp@month_3,crp@month_6\nK1,1,no,10,5,5\nK2,2,yes,10,4.8,15.2\n";
    let [_, lines, bars] = figures(text, &[], (points(174.0), false));
    let told = |figure: &DrawnFigure| figure.description.join(" ");
    assert!(told(&bars).starts_with("K1: crp \u{2212}5.0. K2: crp \u{2212}5.2."), "{}", told(&bars));
    assert!(told(&lines).contains("K1: crp 10.0 to 5.0 (\u{2212}5.0)."), "{}", told(&lines));
}

#[test]
fn a_patient_has_one_bar_and_the_best_of_the_later_visits() {
    let text = "case_id,months,died,crp@baseline,crp@month_3,crp@month_6\nK1,1,no,10,2,5\nK2,2,yes,10,12,15\nK3,3,no,1,,1\n\
                K4,4,no,3,4,\nK5,5,no,7,,\n";
    let [_, lines, bars] = figures(text, &[], (points(174.0), false));
    let told = |figure: &DrawnFigure| figure.description.join(" ");
    assert!(told(&bars).starts_with("K2: crp +2. K4: crp +1. K3: crp 0. K1: crp \u{2212}8."), "{}", told(&bars));
    assert!(told(&lines).contains("K1: crp 10 to 5 (\u{2212}5)."), "{}", told(&lines));
    assert!(
        bars.notes.iter().any(|note| note == "crp: the least of 2 later visits less baseline."),
        "{:?}",
        bars.notes
    );
    assert!(bars.notes.iter().any(|note| note.starts_with("Not drawn: 1 of 5 cases")), "{:?}", bars.notes);
    let [_, hidden, _] = figures(text, &[], (points(174.0), true));
    assert!(!told(&hidden).contains("K1"), "{}", told(&hidden));
}
