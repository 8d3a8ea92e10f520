//! What is not drawn is told, and what is drawn is explained.

use crate::support::{file, run, stdout};

fn drawn(kind: &str, cases: &str, options: &[&str]) -> String {
    let (_folder, path) = file("cases.csv", cases);
    stdout(&[&["plot", kind, path.to_str().unwrap(), "--quiet"], options].concat())
}

/// Where words are cut the response stays, and the key has its symbol.
#[test]
fn words_that_are_cut_leave_a_response_that_is_explained() {
    let (folder, path) = file("cases.csv", "id,age\n1,5\n2,6\n");
    let rows = "id,agent,start,stop,response\n\
                1,hydroxychloroquine sulphate with mycophenolate mofetil,2019-01-01,2019-03-01,mixed\n\
                1,intravenous immunoglobulin in high dose every month,2019-06-01,2019-09-01,stable\n\
                2,prednisone,2019-01-01,2019-12-01,none\n";
    std::fs::write(folder.path().join("lines.csv"), rows).unwrap();
    let table = format!("treatments={}", folder.path().join("lines.csv").display());
    let of = |width: &str| {
        stdout(&["plot", "swimmer", &path.to_string_lossy(), "--table", &table, "--width-mm", width, "--quiet"])
    };
    let narrow = of("84");
    assert!(narrow.contains("\u{2026}, mixed</text>") && narrow.contains("\u{2026}, stable</text>"), "{narrow}");
    for word in [">mixed<", ">stable<", ">none<"] {
        assert!(narrow.contains(word), "{word} is in the key: {narrow}");
    }
    assert!(!of("400").contains(">mixed<"), "nothing is cut, and no symbol needs a key");
}

#[test]
fn a_figure_without_an_axis_says_which_line_has_no_time() {
    let (folder, path) = file("cases.csv", "id,age\n1,5\n2,6\n3,7\n");
    let rows = "id,agent,start,stop,response\n1,mtx,2019-02-10,2019-08-10,PR\n2,pred,,,none\n3,ivig,2019-02-10,,PR\n";
    std::fs::write(folder.path().join("lines.csv"), rows).unwrap();
    let table = format!("treatments={}", folder.path().join("lines.csv").display());
    let told = stdout(&["plot", "swimmer", &path.to_string_lossy(), "--table", &table, "--quiet", "-f", "text"]);
    let said = "No axis of time: it needs the time of each line, and 1 of 3 have none; the first is line 1 of case 2 (pred): \
                it has no day of start.";
    assert!(told.contains(said), "{told}");
    let partly = "id,treatment\n1,mtx [3 months]: none\n2,pred: partial\n";
    let told = drawn("swimmer", partly, &["-f", "text"]);
    assert!(told.contains("1 of 2 have none; the first is line 1 of case 2 (pred): nothing says how long"), "{told}");
    assert!(!drawn("swimmer", "id,treatment\n1,mtx: none\n", &["-f", "text"]).contains("No axis of time"));
}

#[test]
fn laboratory_values_in_words_are_told() {
    let cases = "case_id,age,sex,esr (mm/h)\nA,4,F,normal\nB,5,F,44 (high)\nC,6,F,12\nD,7,F,elevated\nE,8,F,12 (abnormal)\n\
                 G,8,F,normal\nH,8,F,>120\n";
    let told = drawn("labs", cases, &["-f", "text"]);
    assert!(told.contains("Not drawn, as the records state a word only: esr, mm/h: high 1, normal 2."), "{told}");
    assert!(
        told.contains("1 stated as high; 1 stated as abnormal; 1 known to lie above; 1 no range applies."),
        "{told}"
    );
    let figure = drawn("labs", cases, &[]);
    for words in [">stated as high<", ">stated as abnormal<", ">no range applies<", ">known to lie above<"] {
        assert!(figure.contains(words), "{words}: {figure}");
    }
    let told = stdout(&["plot", "labs", "--example", "-f", "text", "--quiet"]);
    assert!(told.contains("high 1, normal 1"), "{told}");
}

/// Where ranges differ, the band is what is normal for everybody; its limits have contrast.
#[test]
fn ranges_that_differ_have_the_band_that_they_share() {
    let (folder, path) =
        file("cases.csv", "case_id,age,sex,hb\nA,40,female,11\nB,50,male,13\nC,60,male,18\nD,44,female,14\n");
    let schema = r#"{"fields": [{"name": "case_id"}, {"name": "age"}, {"name": "sex"}, {"name": "hb", "type": "number",
        "calcSeries": {"role": "lab", "kind": "number", "unit": "g/dL", "referenceRanges": [
            {"sex": "male", "low": 13.5, "high": 17, "source": "x"},
            {"sex": "female", "low": 12, "high": 15, "source": "x"}]}}]}"#;
    std::fs::write(folder.path().join("s.json"), schema).unwrap();
    let schema = folder.path().join("s.json").to_string_lossy().into_owned();
    let of = |more: &[&str]| {
        stdout(&[&["plot", "labs", path.to_str().unwrap(), "--schema", &schema, "--quiet"], more].concat())
    };
    let figure = of(&[]);
    assert!(figure.contains("the part that is within those of all patients"), "{figure}");
    assert_eq!(figure.matches("class=\"rule\" fill=\"#c4c4c4\"").count(), 1);
    assert_eq!(figure.matches("stroke=\"#555555\" stroke-width=\"0.9\"").count(), 2, "its limits have contrast");
    let told = of(&["-f", "text"]);
    assert!(told.contains("range by age and sex; 1 above the range; 2 below the range; 1 within the range."), "{told}");
}

/// A PDF has a page for each part of a figure.
#[test]
fn a_long_figure_has_several_pages() {
    let (folder, path) = file("cases.csv", super::series_of(100));
    let pages = |name: &str| {
        let output = folder.path().join(name);
        let made = run(&["plot", "swimmer", path.to_str().unwrap(), "-o", output.to_str().unwrap(), "--quiet"]);
        assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
        std::fs::read(output).unwrap()
    };
    let pdf = pages("a.pdf");
    assert_eq!(String::from_utf8_lossy(&pdf).matches("/MediaBox").count(), 3);
    assert!(pdf == pages("b.pdf"), "the same bytes");
}

/// Notes of a figure are about what it shows.
#[test]
fn a_masked_figure_has_no_notes_of_other_statistics() {
    let told = stdout(&["plot", "sites", "--example", "--suppress-below", "3", "-f", "text", "--quiet"]);
    assert!(told.contains("are masked, and with them"), "{told}");
    assert!(!told.contains("Also masked: minimum") && !told.contains("Lists left out"), "{told}");
}

/// Groups are told apart for who hears the figure, too.
#[test]
fn patients_are_told_with_their_group() {
    let told = stdout(&["plot", "swimmer", "--example", "--by", "etiology", "-f", "text", "--quiet"]);
    let patients = told
        .lines()
        .filter(|line| line.starts_with("idiopathic: P") || line.starts_with("juvenile dermatomyositis: P"));
    assert!(patients.count() == 5, "{told}");
}

/// Beneath the tables the figures, then what was checked; Word has the heading, too.
#[test]
fn people_look_before_they_read() {
    let page = stdout(&["report", "--example", "--quiet"]);
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    let order = [
        "At a glance",
        ">Table 1. ",
        ">Table 3. ",
        "<h2>Figures</h2>",
        ">Findings of validation<",
        ">Audit: ",
        "<section ",
    ];
    assert!(order.map(at).is_sorted(), "{:?}", order.map(at));
    assert!(!page.contains(">; "), "no verdict begins with a mark");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.docx");
    assert_eq!(run(&["report", "--example", "-o", path.to_str().unwrap()]).status.code(), Some(0));
    let document = crate::support::parts(&std::fs::read(path).unwrap())["word/document.xml"].clone();
    let document = String::from_utf8(document).unwrap();
    let at = |text: &str| document.find(text).unwrap_or_else(|| panic!("no {text}"));
    let order = ["Table 3. ", ">Figures<", "<w:drawing>", "Findings of validation", "Audit: "];
    assert!(order.map(at).is_sorted(), "{:?}", order.map(at));
}
