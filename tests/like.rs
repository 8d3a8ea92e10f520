//! `--like TOOL` against tables that the tool printed: `tests/oracle/like`.

use crate::support::{root, run, stdout, summary};
use calc_series::Like;
use std::path::PathBuf;

/// How many cells the tables hold: none may go by unseen.
const CELLS: usize = 435;

/// A table of tests/oracle/like/tables.csv.
struct Published {
    tool: String,
    table: String,
    data: String,
    /// Options beyond `--like`, apart by `|`.
    arguments: String,
}

/// A cell of tests/oracle/like/TOOL/expected.csv.
struct Cell {
    table: String,
    variable: String,
    row: String,
    column: String,
    text: String,
}

/// The table as the program prints it: `table`, `variable`, `row`, and a column a heading.
struct Printed {
    headings: Vec<String>,
    records: Vec<Vec<String>>,
}

fn file(name: &str) -> PathBuf {
    root().join("tests/oracle/like").join(name)
}

/// The records of a CSV text, the header first.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

/// The records below the header of an oracle file, each with so many fields.
fn oracle<const N: usize>(name: &str) -> Vec<[String; N]> {
    let text = std::fs::read_to_string(file(name)).expect("an oracle file");
    let below = records(&text).into_iter().skip(1);
    below.map(|record| record.try_into().expect("as many fields as the header")).collect()
}

fn published() -> Vec<Published> {
    let tables = oracle::<5>("tables.csv").into_iter();
    tables.map(|[tool, table, data, arguments, _origin]| Published { tool, table, data, arguments }).collect()
}

fn cells(tool: &str) -> Vec<Cell> {
    let cells = oracle::<5>(&format!("{tool}/expected.csv")).into_iter();
    cells.map(|[table, variable, row, column, text]| Cell { table, variable, row, column, text }).collect()
}

/// `calc-series summarize --like TOOL ARGUMENTS DATA --format csv`.
fn print(published: &Published) -> Printed {
    let data = file(&published.data).to_string_lossy().into_owned();
    let mut arguments = vec!["summarize", "--like", published.tool.as_str()];
    arguments.extend(published.arguments.split('|').filter(|argument| !argument.is_empty()));
    arguments.extend([data.as_str(), "--format", "csv"]);
    let mut records = records(&stdout(&arguments));
    Printed { headings: records.remove(0), records }
}

impl Printed {
    /// The text in the place of a cell.
    fn find(&self, cell: &Cell) -> Option<&str> {
        let column = self.headings.iter().position(|heading| is_heading(heading, &cell.column));
        // Where there are no groups, all cases have the first column behind table, variable and row.
        let column = column.or((cell.column == "Overall").then_some(3))?;
        let of_variable: Vec<_> = self.records.iter().filter(|record| is_label(&record[1], &cell.variable)).collect();
        // The levels of a sex are `female` and `male`, however they are written.
        let sex = cell.row.to_lowercase();
        let is_sex = cell.variable.starts_with("sex") && !sex.is_empty();
        let is_row = |text: &str| text == cell.row || (is_sex && text.starts_with(&sex));
        let row = of_variable.iter().find(|record| is_row(record[2].trim()));
        let only = || of_variable.first().filter(|_| of_variable.len() == 1);
        row.or_else(only).map(|record| record[column].as_str())
    }
}

/// True of the heading of a group, with or without its number of cases: `0 (N = 19)`.
fn is_heading(heading: &str, column: &str) -> bool {
    let rest = heading.strip_prefix(column);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', ',']))
}

/// True of the label of a variable, capital or not, with or without the level or the statistic
/// it shows: `Sex = f`, `Age, years`.
fn is_label(label: &str, variable: &str) -> bool {
    let (Some(name), Some(rest)) = (label.get(..variable.len()), label.get(variable.len()..)) else { return false };
    name.eq_ignore_ascii_case(variable) && (rest.is_empty() || rest.starts_with([' ', ',', ':']))
}

/// Every published cell comes out digit for digit.
#[test]
fn published_tables_come_out_digit_for_digit() {
    let (mut seen, mut faults) = (0, Vec::new());
    for published in published() {
        let printed = print(&published);
        for cell in cells(&published.tool).iter().filter(|cell| cell.table == published.table) {
            seen += 1;
            let found = printed.find(cell);
            if found != Some(cell.text.as_str()) {
                let Cell { variable, row, column, text, .. } = cell;
                let place = format!("{} {}: {variable} '{row}' {column}", published.tool, published.table);
                faults.push(format!("{place}: published {text}, printed {found:?}"));
            }
        }
    }
    assert_eq!(seen, CELLS);
    assert!(faults.is_empty(), "{} of {seen} cells differ:\n{}", faults.len(), faults.join("\n"));
}

/// Every tool that `--like` names has published tables here, and every cell belongs to one.
#[test]
fn every_cell_belongs_to_a_table() {
    let tables = published();
    for like in Like::ALL {
        let of_tool: Vec<_> = tables.iter().filter(|published| published.tool == like.word()).collect();
        assert!(!of_tool.is_empty(), "no table of {}", like.word());
        for cell in cells(like.word()) {
            assert!(of_tool.iter().any(|published| published.table == cell.table), "{}", cell.table);
        }
    }
}

/// The output of `summarize --like TOOL DATA ARGUMENTS`, where DATA is below tests/oracle/like.
fn like(tool: &str, data: &str, arguments: &[&str]) -> String {
    let data = file(data).to_string_lossy().into_owned();
    stdout(&[&["summarize", "--like", tool, data.as_str()], arguments].concat())
}

#[test]
fn an_option_goes_before_the_tool() {
    let asked = ["--id", "id", "--vars", "ast", "--quantile-type", "2", "--rounding", "half-even", "--digits", "ast=0"];
    let text = like("tableone-r", "tableone-r/pbc.csv", &[&asked[..], &["--stat", "ast={p25}"]].concat());
    assert!(text.contains("quantile type 2") && text.contains("half to even"), "{text}");
    // The quartile of type 2 is 80.6.
    assert!(text.lines().any(|line| line.starts_with("ast, ") || line.starts_with("ast:")), "{text}");
    assert!(text.contains(" 81\n"), "{text}");
}

#[test]
fn intervals_have_a_column_only_where_they_are_asked_for() {
    let asked = ["--id", "case", "--vars", "sex"];
    assert!(!like("arsenal", "arsenal/mockstudy.csv", &asked).contains("% CI\n"));
    let with = like("arsenal", "arsenal/mockstudy.csv", &[&asked[..], &["--conf-level", "0.9"]].concat());
    assert!(with.contains("90% CI\n") && with.contains("Clopper-Pearson"), "{with}");
}

#[test]
fn cases_without_a_group_are_where_the_tool_has_them() {
    let asked = ["--by", "mort_5yr", "--id", "id", "--overall", "last"];
    let dropped = like("gtsummary", "finalfit/colon.csv", &asked);
    assert!(dropped.contains("Left out: 14 of 929 cases, whose mort_5yr is not reported."), "{dropped}");
    assert!(dropped.contains("Overall, N = 915"), "{dropped}");
    let only_overall = like("tableone-r", "finalfit/colon.csv", &asked);
    assert!(only_overall.contains("Overall, N = 929") && !only_overall.contains("not reported, N"), "{only_overall}");
    assert!(only_overall.contains("In 14 of 929 cases the group is not reported: in Overall only."), "{only_overall}");
    let refused = like("table1", "finalfit/colon.csv", &asked);
    assert!(
        refused.contains("mort_5yr not reported, N = 14") && refused.contains("the tool rejects them"),
        "{refused}"
    );
}

/// Leaving out by merging the counts of the groups is leaving out by a filter.
#[test]
fn what_is_left_of_the_groups_is_what_a_filter_keeps() {
    let data = file("finalfit/colon.csv").to_string_lossy().into_owned();
    let asked = [data.as_str(), "--like", "gtsummary", "--by", "mort_5yr", "--id", "id"];
    let filtered = summary(&[&asked[..], &["--where", "mort_5yr IS NOT NULL"]].concat());
    let left = summary(&asked);
    assert_eq!(left["cases"], 915);
    assert_eq!(left["results"], filtered["results"]);
}

#[test]
fn the_kinds_that_a_tool_would_take_are_named_and_not_taken() {
    let asked = ["--id", "model", "--vars", "mpg,gear"];
    let text = like("gtsummary", "gtsummary/mtcars.csv", &asked);
    assert!(text.contains("gear as a category (fewer than 10 different values): --kind gear=category."), "{text}");
    assert!(text.contains("Conventions of R gtsummary 2 (--like gtsummary)"), "{text}");
    assert!(!like("arsenal", "gtsummary/mtcars.csv", &asked).contains("--kind gear"));
    let data = file("gtsummary/mtcars.csv").to_string_lossy().into_owned();
    let conventions = summary(&[&[data.as_str(), "--like", "gtsummary"], &asked[..]].concat())["conventions"].clone();
    assert_eq!(conventions["like"], "gtsummary");
    assert_eq!(conventions["like_kinds"], "--kind gear=category");
}

#[test]
fn a_tool_that_is_unknown_is_refused_with_the_nearest() {
    let output = run(&["summarize", "--example", "--like", "gtsumary"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean 'gtsummary'?"));
}

/// The table of examples/which-convention.md says what the presets hold.
#[test]
fn the_page_of_conventions_agrees_with_the_presets() {
    let page = std::fs::read_to_string(root().join("examples/which-convention.md")).expect("the page");
    let row = |name: &str| -> Vec<String> {
        let line = page.lines().find(|line| line.starts_with(&format!("| {name} |"))).expect("the row");
        line.split('|').skip(2).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    let of_presets = |fact: fn(Like) -> String| Like::ALL.map(fact).to_vec();
    assert_eq!(row("`--like`"), of_presets(|like| like.word().to_owned()));
    assert_eq!(row("quantile type"), of_presets(|like| like.preset().quantile.to_string()));
    assert_eq!(row("all cases"), of_presets(|like| like.preset().overall.to_owned()));
    assert_eq!(row("% of"), of_presets(|like| like.preset().denominator.to_string()));
    assert_eq!(row("ties"), of_presets(|like| like.preset().rounding.word().to_owned()));
}

/// A sheet of so many cases a row.
fn cases(header: &str, rows: &[(&str, usize)]) -> (tempfile::TempDir, String) {
    let rows = rows.iter().flat_map(|(row, times)| std::iter::repeat_n(*row, *times));
    let rows: String = rows.enumerate().map(|(n, row)| format!("{n},{row}\n")).collect();
    let (folder, path) = crate::support::file("cases.csv", format!("case_id,{header}\n{rows}"));
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

/// `mean(c(2.45, 0.60))` is 1.5250000000000001 in R 4.2.2, and prints 1.53; half up on the doubles of 1.45 and 1.6 it
/// prints 1.52.
#[test]
fn a_mean_of_r_is_that_of_doubles() {
    for (one, other, printed) in [("2.45", "0.6", "1.53"), ("1.45", "1.6", "1.52"), ("0.15", "0.2", "0.17")] {
        let (_folder, path) = cases("crp", &[(one, 1), (other, 1)]);
        let text = stdout(&["summarize", &path, "--like", "tableone-r", "--vars", "crp"]);
        assert!(text.contains(&format!("{printed} (")), "{text}");
    }
}

/// The response of gtsummary's `trial` by treatment, as `add_difference()` prints it; R 4.2.2 prop.test.
#[test]
fn a_difference_of_gtsummary_is_that_of_prop_test() {
    let rows = [("Drug A,yes", 28), ("Drug A,no", 67), ("Drug B,yes", 33), ("Drug B,no", 65)];
    let (_folder, path) = cases("trt,response", &rows);
    let arguments = ["summarize", &path, "--like", "gtsummary", "--by", "trt", "--difference"];
    let text = stdout(&arguments);
    assert!(text.contains("-4.2% (-18%, 9.9%)") && text.contains("Drug A - Drug B"), "{text}");
    assert!(text.contains("continuity correction as R prop.test"), "{text}");
}

/// `min()`, `max()` and `quantile(type = 2)` of integers are integers of R, `mean()` is not; the median is one where
/// the number of values is odd.
#[test]
fn a_whole_value_of_cards_has_no_decimals() {
    let of = |values: &[&str]| {
        let rows: Vec<(&str, usize)> = values.iter().map(|value| (*value, 1)).collect();
        let (_folder, path) = cases("hp", &rows);
        let object = summary(&[&path, "--like", "cards"]);
        ["min", "p25", "median", "p75", "max", "mean"]
            .map(|name| crate::support::row(&object, &format!("hp.{name}"))["stat_fmt"].as_str().unwrap().to_owned())
    };
    assert_eq!(of(&["20", "22", "25"]), ["20", "20", "22", "25", "25", "22.3"]);
    assert_eq!(of(&["20", "22", "24", "30"]), ["20", "21.0", "23.0", "27.0", "30", "24.0"]);
    assert_eq!(of(&["20", "22", "22", "30"]), ["20", "21.0", "22.0", "26.0", "30", "23.5"]);
    assert_eq!(of(&["20.5", "22.0", "25.0"]), ["20.5", "20.5", "22.0", "25.0", "25.0", "22.5"]);
}

/// `summary_factorlist(column = FALSE, total_col = TRUE)` prints the percentage of a whole row without decimals.
#[test]
fn a_row_total_of_finalfit_is_a_bare_hundred() {
    let (_folder, path) = cases("arm,y", &[("a,yes", 80), ("b,yes", 50), ("a,no", 40), ("b,no", 60)]);
    let arguments = ["--like", "finalfit", "--by", "arm", "--percent", "row", "--overall", "last"];
    let text = stdout(&[&["summarize", path.as_str()], &arguments[..]].concat());
    assert!(text.contains("130 (100)") && text.contains("80 (61.5)") && !text.contains("(100.0)"), "{text}");
}

/// Python tableone 0.9.6 and R tableone 0.13.2 (R 4.2.2), run on these cases. Where they print no number, `nan`, `inf`,
/// `NaN` and `Inf`, there is none here, and a footnote says what they print.
#[test]
fn a_standardised_difference_is_that_of_tableone() {
    let rows = [("A,a,5,5,1", 3), ("A,b,5,5,2", 4), ("A,,5,5,4", 3), ("B,a,5,6,2", 5), ("B,b,5,6,3", 5)];
    let (_folder, path) = cases("arm,c,w,z,x", &rows);
    let of = |tool: &str| {
        let kinds = ["w=number", "z=number", "x=number", "c=category"].map(|kind| ["--kind", kind]).concat();
        let arguments = [&["summarize", "--like", tool, &path, "--by", "arm", "--smd", "--format", "csv"], &kinds[..]];
        let text = stdout(&arguments.concat());
        let records = records(&text);
        let column = records[0].iter().position(|heading| heading == "SMD").expect("a column");
        let cell = |variable: &str| {
            let of_it = records.iter().find(|record| record[1].split([':', ',']).next() == Some(variable));
            of_it.map(|record| record[column].clone()).expect("a row")
        };
        (["c", "w", "z", "x"].map(cell), text)
    };
    // Cases not reported are a level in Python.
    let (cells, _) = of("tableone-py");
    assert_eq!(cells, ["0.939", "NE", "NE", "0.208"]);
    let (cells, _) = of("tableone-r");
    assert_eq!(cells, ["0.144", "<0.001", "NE", "0.208"]);
    for (tool, words) in [("tableone-r", "SMD of z: R tableone 0.13 prints Inf"), ("tableone-py", "prints inf for")] {
        let text = stdout(&["summarize", "--like", tool, &path, "--by", "arm", "--smd", "--kind", "z=number"]);
        assert!(text.contains(words), "{text}");
    }
}
