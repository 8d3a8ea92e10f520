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
/// Errors: a text that is not CSV; a row longer than the first; a table without a cell.
pub(super) fn cells(text: &str) -> Result<Vec<PrintedCell>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Result<Vec<csv::StringRecord>, csv::Error> = reader.records().collect();
    let rows = rows.map_err(|fault| fault.to_string())?;
    let Some((head, rows)) = rows.split_first() else { return Err("it is empty".to_owned()) };
    let mut found = Vec::new();
    for row in rows {
        let place = line(row, text);
        if row.len() > head.len() {
            return Err(format!("row {place} has more cells than the first row"));
        }
        let selector = row.get(0).unwrap_or_default().trim();
        for (column, printed) in row.iter().enumerate().skip(1) {
            let printed = printed.trim();
            if selector.is_empty() || NOTHING.contains(&printed) {
                continue;
            }
            found.push(PrintedCell {
                place: format!("row {place}, column {}", column.saturating_add(1)),
                selector: with(selector, head.get(column).unwrap_or_default().trim()),
                printed: printed.to_owned(),
            });
        }
    }
    if found.is_empty() { Err("it has no cell with a number and a selector".to_owned()) } else { Ok(found) }
}

/// The line on which a row begins. Its position in the reader is that of the blank lines before it.
fn line(row: &csv::StringRecord, text: &str) -> usize {
    let start = row.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let blank = text.bytes().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let before = start.saturating_add(blank);
    text.bytes().take(before).filter(|byte| *byte == b'\n').count().saturating_add(1)
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
        assert!(cells(",,sex = 'F'\nage.mean,38.2,38.3,37\n").is_err(), "a cell without a heading");
        assert_eq!(cells(",\n\nage.mean,5.9\n").unwrap()[0].place, "row 3, column 2");
    }
}
