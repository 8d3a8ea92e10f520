//! `--like TOOL` against tables that the tool printed: `tests/oracle/like`.

use crate::support::{root, stdout};
use std::path::PathBuf;

/// How many cells the tables hold: none may go by unseen.
const CELLS: usize = 438;

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
        let row = of_variable.iter().find(|record| record[2].trim() == cell.row);
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
    for like in calc_series::analyze::like::Like::ALL {
        let of_tool: Vec<_> = tables.iter().filter(|published| published.tool == like.word()).collect();
        assert!(!of_tool.is_empty(), "no table of {}", like.word());
        for cell in cells(like.word()) {
            assert!(of_tool.iter().any(|published| published.table == cell.table), "{}", cell.table);
        }
    }
}
