//! Figures on pages: in parts where one page has no room, whole on paper, of their size in Word.

use super::series_of;
use crate::support::{file, parts, run, stdout};

/// Heights in millimetres of the figures of a kind in a page.
fn heights(page: &str, kind: &str) -> Vec<f64> {
    let figures = page.split("<svg ").skip(1).filter(|svg| svg.contains(&format!("<title id=\"{kind}-")));
    let height = |svg: &str| svg.split("height=\"").nth(1)?.split("mm").next()?.parse().ok();
    figures.filter_map(height).collect()
}

#[test]
fn a_hundred_patients_are_drawn_in_parts_that_paper_holds() {
    let (folder, path) = file("cases.csv", series_of(100));
    let path = path.to_str().unwrap();
    let page = stdout(&["report", path]);
    let drawn = heights(&page, "swimmer");
    assert!(drawn.len() > 1 && drawn.iter().all(|height| (150.0..244.0).contains(height)), "{drawn:?}");
    for number in 1..=drawn.len() {
        let title = format!(">Treatment lines and response: 100 cases ({number} of {})</title>", drawn.len());
        assert_eq!(page.matches(&title).count(), 1, "{title}");
    }
    assert_eq!(page.matches("break-inside:avoid").count(), page.matches("<svg ").count());
    // In Word letters keep their size: no picture is made smaller.
    let output = folder.path().join("report.docx");
    assert_eq!(run(&["report", path, "-o", output.to_str().unwrap()]).status.code(), Some(0));
    let document = parts(&std::fs::read(output).unwrap())["word/document.xml"].clone();
    let document = String::from_utf8(document).unwrap();
    let widths: Vec<&str> =
        document.split("<wp:extent cx=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    // 170 mm are 6,120,000 English metric units.
    assert!(widths.len() > drawn.len() && widths.iter().all(|width| *width == "6120000"), "{widths:?}");
}

/// A file of its own holds all parts, one below the other.
#[test]
fn a_picture_holds_all_parts() {
    let (_folder, path) = file("cases.csv", series_of(100));
    let drawn = stdout(&["plot", "swimmer", path.to_str().unwrap()]);
    assert_eq!((drawn.matches("<svg ").count(), drawn.matches("<title").count()), (1, 1));
    for part in ["(1 of 3)", "(2 of 3)", "(3 of 3)", ">C100</text>"] {
        assert!(drawn.contains(part), "{part}");
    }
}

#[test]
fn a_word_report_of_five_cases_is_small() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.docx");
    assert_eq!(run(&["report", "--example", "-o", path.to_str().unwrap()]).status.code(), Some(0));
    let size = std::fs::metadata(path).unwrap().len();
    assert!(size < 350_000, "{size} bytes");
}

/// What nobody may know is one word, in a figure and in a table.
#[test]
fn what_is_masked_is_said_once() {
    let (_folder, path) = file("cases.csv", series_of(40));
    let path = path.to_str().unwrap();
    let page = stdout(&["report", path, "--suppress-below", "5"]);
    for twice in ["masked/masked", "masked (masked", "masked%"] {
        assert!(!page.contains(twice), "{twice}");
    }
    assert!(page.contains("Not shown, as all of it is masked: the figure of the responses."));
    // A figure of which nothing may be drawn is left out of the report, and refused by itself.
    assert!(!page.contains("id=\"response-title\"") && page.contains("id=\"flow-title\""));
    let refused = run(&["plot", "response", path, "--suppress-below", "5"]);
    assert!(
        refused.status.code() == Some(2)
            && String::from_utf8_lossy(&refused.stderr).contains("no response can be shown")
    );
}

/// The note below the laboratory values speaks of a band only where there is one.
#[test]
fn a_note_speaks_of_the_band_that_is_drawn() {
    let drawn = |cases: &str| {
        let (_folder, path) = file("cases.csv", cases);
        stdout(&["plot", "labs", path.to_str().unwrap(), "--quiet"])
    };
    assert!(drawn("case_id,age,esr\nA,4,12\nB,5,30\n").contains("A symbol is a patient; no reference range is known."));
    assert!(stdout(&["plot", "labs", "--example"]).contains("the grey band is the range, and where"));
}
