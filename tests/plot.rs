//! Figures: whole files, well-formed, told to who cannot see them, with contrast; what is refused.

mod marks;
mod pages;
mod pictures;
mod responses;
mod timeline;

use crate::golden_files::compare;
use crate::support::{file, root, row, run, series, stdout, summary};

/// Responses and modifiers by turns.
const RESPONSES: [&str; 12] = [
    "complete",
    "partial",
    "improved (unconfirmed)",
    "stable",
    "none",
    "worsened",
    "ongoing",
    "lost",
    "not reported (relapsed)",
    "mixed",
    "died",
    "partial (transient)",
];
const AGENTS: [&str; 8] = [
    "corticosteroid",
    "methotrexate",
    "intravenous immunoglobulin",
    "pamidronate",
    "diltiazem",
    "colchicine",
    "surgical excision",
    "infliximab",
];

/// Cases with one to six lines.
pub fn series_of(cases: usize) -> String {
    let line = |n: usize, at: usize| {
        let agents = match (n + at) % 3 {
            0 => format!("{} + {}", AGENTS[(n + at) % 8], AGENTS[(n + 3 * at + 1) % 8]),
            _ => AGENTS[(n * 3 + at) % 8].to_owned(),
        };
        format!("{agents}: {}", RESPONSES[(n * 5 + at * 7) % 12])
    };
    let row = |n: usize| {
        let lines: Vec<String> = (0..n % 6 + 1).map(|at| line(n, at)).collect();
        let (sex, etiology) = (["female", "male"][n % 2], ["dystrophic", "idiopathic", "iatrogenic"][n % 3]);
        let sites = ["knee", "knee;hip", "elbow", "hip;elbow;thigh", ""][n % 5];
        let esr = ["12", "44 (high)", ">120", "86", "normal", ""][n % 6];
        format!("C{:02},{},{sex},{etiology},{sites},{esr},{}\n", n + 1, n % 17 + 2, lines.join("; "))
    };
    let rows: String = (0..cases).map(row).collect();
    format!("case_id,age,sex,etiology,sites,esr,treatments\n{rows}")
}

const FOLLOW_UP: &str = "followup = onset to last_seen in months completed";

/// File below `tests/golden`, arguments.
const GOLDEN: [(&str, &[&str]); 18] = [
    (
        "survival.svg",
        &["plot", "survival", "tests/files/aml.csv", "--time", "time", "--event", "relapse = 'yes'", "--by", "arm"],
    ),
    (
        "survival.84.svg",
        &["plot", "survival", "tests/files/lung.csv", "--time", "time", "--event", "died = 'yes'", "--width-mm", "84"],
    ),
    (
        "survival.few.svg",
        &[
            "plot",
            "survival",
            "examples/time.csv",
            "--derive",
            FOLLOW_UP,
            "--time",
            "followup",
            "--event",
            "relapse = 'yes'",
            "--where",
            "arm = 'placebo'",
        ],
    ),
    ("change.svg", &["plot", "change", "examples/time.csv", "--change", "score"]),
    ("waterfall.svg", &["plot", "waterfall", "examples/time.csv", "--change", "score"]),
    (
        "waterfall.txt",
        &["plot", "waterfall", "examples/time.csv", "--change", "score", "--deidentify", "--format", "text"],
    ),
    ("swimmer.84.svg", &["plot", "swimmer", "--example", "--width-mm", "84"]),
    ("swimmer.by.svg", &["plot", "swimmer", "--example", "--by", "etiology"]),
    ("swimmer.one.svg", &["plot", "swimmer", "--example", "--where", "case_id = 'P3'"]),
    ("sites.svg", &["plot", "sites", "--example"]),
    ("sites.masked.svg", &["plot", "sites", "--example", "--suppress-below", "3"]),
    ("labs.svg", &["plot", "labs", "--example"]),
    ("response.svg", &["plot", "response", "--example"]),
    ("response.84.svg", &["plot", "response", "--example", "--width-mm", "84"]),
    ("flow.svg", &["plot", "flow", "--example", "--where", "age > 5"]),
    ("flow.txt", &["plot", "flow", "--example", "--format", "text"]),
    ("labs.txt", &["plot", "labs", "--example", "--format", "text"]),
    ("swimmer.txt", &["plot", "swimmer", "--example", "--deidentify", "--format", "text"]),
];

#[test]
fn figures_are_those_of_the_golden_files() {
    for (name, arguments) in GOLDEN {
        compare(name, stdout(arguments).as_bytes());
    }
    let (_folder, path) = file("cases.csv", series_of(40));
    let path = path.to_str().unwrap();
    for (name, arguments) in [
        ("swimmer.forty.svg", &["plot", "swimmer", path][..]),
        ("response.by.svg", &["plot", "response", path, "--by", "sex"]),
    ] {
        compare(name, stdout(arguments).as_bytes());
    }
}

/// The picture of the README.
#[test]
fn the_swimmer_of_the_series_is_the_picture_of_the_readme() {
    compare("../../examples/swimmer.svg", stdout(&["plot", "swimmer", "--example"]).as_bytes());
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    assert!(readme.contains("](examples/swimmer.svg)"));
}

/// Every figure of this program that the tests know.
fn figures() -> Vec<(String, String)> {
    let names =
        std::fs::read_dir(root().join("tests/golden")).expect("a folder").map(|entry| entry.expect("a file").path());
    let mut paths: Vec<_> = names.filter(|path| path.extension().is_some_and(|ending| ending == "svg")).collect();
    paths.sort();
    let read =
        |path: std::path::PathBuf| (path.display().to_string(), std::fs::read_to_string(&path).expect("a figure"));
    paths.into_iter().map(read).collect()
}

/// The kind of a figure has no option, and none is named.
#[test]
fn an_unknown_figure_is_called_by_its_name_alone() {
    let said = String::from_utf8(run(&["plot", "strip", "--example"]).stderr).expect("UTF-8");
    assert!(said.starts_with("error: 'strip' is not a valid figure\n"), "{said}");
}

#[test]
fn every_figure_is_well_formed_and_tells_what_it_shows() {
    let figures = figures();
    assert!(figures.len() >= 4, "{} figures", figures.len());
    for (name, text) in figures {
        let mut open: Vec<&str> = Vec::new();
        for tag in text.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: {tag}"));
            let word = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            match (tag.strip_prefix('/'), tag.ends_with('/')) {
                (Some(closed), _) => assert_eq!(open.pop(), Some(closed), "{name}"),
                (None, true) => {}
                (None, false) => open.push(word),
            }
            assert_eq!(tag.matches('"').count() % 2, 0, "{name}: {tag}");
        }
        assert!(open.is_empty(), "{name}: {open:?}");
        assert!(text.contains("role=\"img\" aria-labelledby=") && text.contains("<title id="), "{name}");
        let desc = text.split("<desc id=").nth(1).and_then(|rest| rest.split("</desc>").next()).unwrap_or_default();
        assert!(desc.len() > 60, "{name}: {desc}");
        // A font by kind only, nothing from elsewhere, nothing that runs.
        assert!(text.contains("font-family=\"sans-serif\"") && text.matches("font-family").count() == 1, "{name}");
        assert!(!text.contains("href") && !text.contains("<script") && !text.contains("url("), "{name}");
        for size in text.split("font-size=\"").skip(1) {
            let size: f64 = size.split('"').next().and_then(|size| size.parse().ok()).expect("a size");
            assert!(size >= 7.0, "{name}: letters of {size} points");
        }
    }
}

/// The relative luminance of a colour. Source: WCAG 2.2, definition of relative luminance.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// Letters of 4.5 on every filling; the fillings differ from each other in grey.
#[test]
fn letters_have_contrast_and_fillings_differ_in_grey() {
    let text = stdout(&["plot", "swimmer", "--example"]);
    let colour_of = |class: &str| {
        let found = text.split(&format!("class=\"{class}\" fill=\"")).nth(1).unwrap_or_else(|| panic!("no {class}"));
        found[..7].to_owned()
    };
    let [paper, ink, muted, strong, weak] = ["paper", "ink", "muted", "strong", "weak"].map(colour_of);
    for fill in [&paper, &strong, &weak] {
        assert!(contrast(&ink, fill) >= 4.5, "{ink} on {fill}");
    }
    assert!(contrast(&muted, &paper) >= 4.5);
    assert!(contrast(&strong, &weak) >= 1.5, "{} in grey", contrast(&strong, &weak));
}

/// Counts of a figure are those of the JSON.
#[test]
fn every_number_of_a_figure_is_one_of_the_results() {
    let json = summary(&["--example"]);
    let stat = |key: &str| row(&json, key)["stat"].as_u64().unwrap_or_else(|| panic!("{key}"));
    let sites = stdout(&["plot", "sites", "--example", "--format", "text"]);
    for site in ["knee", "elbow", "hip", "forearm", "thigh", "buttock"] {
        let (n, total) = (stat(&format!("sites[{site}].n")), stat(&format!("sites[{site}].N")));
        assert!(sites.contains(&format!(": {site}, {n}/{total} (")), "{site}: {sites}");
    }
    let response = stdout(&["plot", "response", "--example", "--format", "text"]);
    for (name, what, levels) in [
        ("response_by_class", "By class: ", &["glucocorticoid", "bisphosphonate", "surgery"][..]),
        ("response_by_agent", "By agent: ", &["corticosteroid", "pamidronate", "diltiazem"]),
        ("response_by_line", "By line number: line ", &["1", "2", "5"]),
    ] {
        for level in levels {
            let of = |statistic: &str| stat(&format!("{name}[{level}].{statistic}"));
            let (treated, n, total) = (of("n_treated"), of("n_responders"), of("n_evaluable"));
            let said = format!("{what}{level} ({treated}\u{a0}treated), {n}/{total}.");
            assert!(response.contains(&said), "{said}: {response}");
        }
    }
    let flow = stdout(&["plot", "flow", "--example", "--format", "text"]);
    for (what, key) in [
        ("Cases", "cases"),
        ("Treated", "best_response.n_treated"),
        ("Response can be judged", "best_response.n_evaluable"),
    ] {
        let said = format!("{what}: {}", stat(key));
        assert!([".", ";"].iter().any(|end| flow.contains(&format!("{said}{end}"))), "{flow}");
    }
    // Who leaves the flow is the difference of two counts.
    let open = stat("best_response.n_treated") - stat("best_response.n_evaluable");
    assert!(flow.contains(&format!("; Best response ongoing: {open}.")), "{flow}");
}

/// Symbols of the laboratory figure: as many above, within and below their range as the JSON counts.
#[test]
fn every_laboratory_value_is_drawn_where_the_json_counts_it() {
    let json = summary(&["--example"]);
    let figure = stdout(&["plot", "labs", "--example"]);
    let of = |level: &str| {
        let rows = json["results"].as_array().expect("results").iter();
        let is_one = |row: &&serde_json::Value| {
            row["key"].as_str().is_some_and(|key| key.ends_with(&format!("_by_range[{level}].n")))
        };
        rows.filter(is_one).filter_map(|row| row["stat"].as_u64()).sum::<u64>()
    };
    let marks = figure.split("<path").count() - 1;
    let circles = figure.split("<circle").count() - 1;
    // One symbol of each in the key; an arrow for the censored titre and in the key, of two paths each.
    assert_eq!(marks as u64, of("high") + 1 + of("low") + 1 + 4, "triangles");
    assert_eq!(circles as u64, of("normal") + 1, "circles");
}

#[test]
fn what_cannot_be_drawn_is_refused_with_a_remedy() {
    let (_folder, path) = file("cases.csv", "case_id,age\nP1,5\nP2,6\n");
    let path = path.to_str().unwrap();
    for (arguments, said) in [
        (&["plot", "swimmer", path][..], "no column of treatment lines"),
        (&["plot", "response", path], "no response of treatment lines"),
        (&["plot", "sites", path], "no column has the role 'site'"),
        (&["plot", "labs", path], "no laboratory column of numbers"),
        (&["plot", "labs", "--example", "--suppress-below", "5"], "shows single patients"),
        (&["plot", "swimmer", "--example", "--suppress-below", "5"], "shows single patients"),
        (&["plot", "survival", path], "no time to an event"),
        (&["plot", "change", path], "no change of numbers"),
        (&["plot", "waterfall", path], "no change of numbers"),
        (&["plot", "change", path, "--suppress-below", "3"], "shows single patients"),
        (&["plot", "waterfall", path, "--suppress-below", "3"], "shows single patients"),
        (
            &[
                "plot",
                "survival",
                "tests/files/aml.csv",
                "--time",
                "time",
                "--event",
                "relapse = 'yes'",
                "--suppress-below",
                "3",
            ],
            "shows single patients",
        ),
        (&["plot", "swimer", "--example"], "did you mean 'swimmer'?"),
        (&["plot", "swimmer", "--example", "-o", "fig.docx"], "use one of .txt, .svg"),
    ] {
        let output = run(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr.contains(said) && output.stdout.is_empty(), "{arguments:?}: {stderr}");
    }
}

#[test]
fn beyond_a_hundred_patients_a_figure_says_what_it_left_out() {
    let (_folder, path) = file("cases.csv", series_of(130));
    let text = stdout(&["plot", "swimmer", path.to_str().unwrap(), "--format", "text"]);
    assert!(text.contains("Not drawn: 30 of 130 cases; the first 100 are."), "{text}");
    assert!(text.contains("C100 (") && !text.contains("C101 ("), "{text}");
}

/// One page: tables, figures, findings, audit; nothing is loaded and nothing runs.
#[test]
fn a_report_is_one_page_with_all_of_it() {
    let page = stdout(&["report", "--example"]);
    compare("report.html", page.as_bytes());
    for part in ["<caption", "<svg", "status-disagrees", "K25, K28, K31", "Audit: contradicts", "Wilson"] {
        assert!(page.contains(part), "{part}");
    }
    for kind in ["swimmer", "sites", "labs", "response", "flow"] {
        assert_eq!(page.matches(&format!("id=\"{kind}-title\"")).count(), 1, "{kind}");
    }
    let outside = ["<script", "src=", "href=", "url(", "@import", "<link", "<iframe"];
    assert!(!outside.iter().any(|way| page.contains(way)) && page.contains("default-src 'none'"));
    assert!(page.len() < 300_000, "{} bytes", page.len());
    let without = stdout(&["report", &series("cases.csv")]);
    assert!(!without.contains("Audit: ") && without.contains("<svg"));
    let by_name = stdout(&["report", &series("claims.toml"), &series("cases.csv")]);
    assert!(by_name.contains("K25, K28, K31") && by_name.contains("<svg"), "claims are known by their ending");
}

/// Times and changes that are asked for have their figures in the page.
#[test]
fn a_report_has_the_figures_of_time_and_change() {
    let options = ["--derive", FOLLOW_UP, "--time", "followup", "--event", "relapse = 'yes'", "--change", "score"];
    let page = stdout(&[&["report", "examples/time.csv"], &options[..]].concat());
    for (kind, figures) in [("survival", 1), ("change", 1), ("waterfall", 0)] {
        assert_eq!(page.matches(&format!("id=\"{kind}-title\"")).count(), figures, "{kind}");
    }
    let without = stdout(&["report", "examples/time.csv"]);
    assert!(!without.contains("id=\"survival-title\"") && !without.contains("id=\"change-title\""));
}

#[test]
fn a_report_of_three_hundred_cases_is_small() {
    let (_folder, path) = file("cases.csv", series_of(300));
    let page = stdout(&["report", path.to_str().unwrap()]);
    assert!(page.len() < 3_000_000 && page.contains("Not drawn: 200 of 300 cases"), "{} bytes", page.len());
}

#[test]
fn a_report_that_cannot_be_made_is_refused_with_a_remedy() {
    let (claims, cases) = (series("claims.toml"), series("cases.csv"));
    for (arguments, said) in [
        (&["report", "-"][..], "standard input can be read only once"),
        (&["report", "--example", "-o", "report.pdf"], "write -o report.html, or -o report.docx"),
        (&["report", &claims, &claims, &cases], "one file of claims"),
        (&["report", &claims], "no input file"),
    ] {
        let output = run(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr.contains(said) && output.stdout.is_empty(), "{arguments:?}: {stderr}");
    }
}
