//! Finding a column by its name.

use crate::error::Error;

/// The index of the column with this header, or with this header without its unit.
pub(super) fn column_of(name: &str, names: &[String]) -> Result<usize, Error> {
    let plain = |header: &String| crate::schema::header::read_header(header).name;
    let found = names.iter().position(|n| n == name).or_else(|| names.iter().position(|n| plain(n) == name));
    found.ok_or_else(|| {
        let message = format!("there is no column '{name}'");
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        Error::unknown(message, name, &known, || format!("the columns are: {}", names.join(", ")))
    })
}
