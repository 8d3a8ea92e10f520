//! Finding a column by its name.

use crate::error::Error;
use crate::read::unnamed_number;
use crate::schema::only_but_for_case;

/// The index of the column with this header, or with this header without its unit, or of the only one that differs
/// from it in capitals.
pub(super) fn column_of(name: &str, names: &[String]) -> Result<usize, Error> {
    let plain = |header: &String| crate::schema::header::read_header(header).name;
    let found = names.iter().position(|n| n == name).or_else(|| names.iter().position(|n| plain(n) == name));
    let by_case = || {
        let plain: Vec<String> = names.iter().map(plain).collect();
        only_but_for_case(name, names.iter().zip(&plain).map(|(header, name)| [name.as_str(), header.as_str()]))
    };
    found.or_else(by_case).ok_or_else(|| {
        let message = format!("there is no column '{name}'");
        let named = names.iter().filter(|name| unnamed_number(name).is_none());
        let known: Vec<&str> = named.map(String::as_str).collect();
        Error::unknown(message, name, &known, || format!("the columns are: {}", known.join(", ")))
    })
}
