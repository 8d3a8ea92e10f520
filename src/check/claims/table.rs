//! A table of a report as one claim: its margins say what each row and each column is of.
//!
//! ```text
//!                    ,"sex = 'female'","sex = 'male'"
//! age                ,"6.1 ± 2.9"     ,"5.0 ± 1.4"
//! sites[knee].n      ,"4 (80 %)"      ,"1 of 2"
//! ```

/// A cell of a table, and the selector that its margins make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedCell {
    /// `row 2, column 3`
    pub place: String,
    pub selector: String,
    pub printed: String,
}

/// Marks of a cell in which nothing is printed.
const NOTHING: [&str; 4] = ["", "-", "–", "—"];

/// The cells of a table in CSV. The first row has the conditions of the columns, none for all cases; the first column
/// the selectors of the rows, none for a row that is only a heading.
///
/// Errors: what is no CSV; a table without a cell.
pub(super) fn cells(text: &str) -> Result<Vec<PrintedCell>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
    let rows = rows.map_err(|fault| fault.to_string())?;
    let Some((head, rows)) = rows.split_first() else { return Err("it is empty".to_owned()) };
    let mut found = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let selector = row.get(0).unwrap_or_default().trim();
        for (column, printed) in row.iter().enumerate().skip(1) {
            let printed = printed.trim();
            if selector.is_empty() || NOTHING.contains(&printed) {
                continue;
            }
            found.push(PrintedCell {
                place: format!("row {}, column {}", number.saturating_add(2), column.saturating_add(1)),
                selector: with(selector, head.get(column).unwrap_or_default().trim()),
                printed: printed.to_owned(),
            });
        }
    }
    if found.is_empty() { Err("it has no cell with a number and a selector".to_owned()) } else { Ok(found) }
}

/// A selector in the cases of a column.
fn with(selector: &str, condition: &str) -> String {
    match selector.split_once(" | ") {
        _ if condition.is_empty() => selector.to_owned(),
        Some((key, own)) => format!("{key} | ({own}) AND ({condition})"),
        None => format!("{selector} | {condition}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margins_of_a_table_make_the_selector_of_each_cell() {
        let table = ",,sex = 'F'\nage.mean,5.9,-\nDemographics,,\ncases | age < 6,2,1\n";
        let found: Vec<(String, String, String)> =
            cells(table).unwrap().into_iter().map(|cell| (cell.place, cell.selector, cell.printed)).collect();
        let of =
            |place: &str, selector: &str, printed: &str| (place.to_owned(), selector.to_owned(), printed.to_owned());
        assert_eq!(
            found,
            [
                of("row 2, column 2", "age.mean", "5.9"),
                of("row 4, column 2", "cases | age < 6", "2"),
                of("row 4, column 3", "cases | (age < 6) AND (sex = 'F')", "1"),
            ]
        );
        assert!(cells("").is_err() && cells("a,b\n").is_err());
    }
}
