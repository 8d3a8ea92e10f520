//! Analysis results data in the columns and the order of the R package `cards` 0.9.
//!
//! `examples/r/calc_series.R` reads the lines into R, so that a level `F` stays a text and `01` too.

use super::csv::{records, safe};
use super::json::line;
use crate::analyze::ResultParts;
use crate::tables::ard::{ArdRow, Scalar, ard, attributes};
use crate::tables::style::Style;
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns behind those of the groups.
const COLUMNS: [&str; 10] = [
    "variable",
    "variable_level",
    "context",
    "stat_name",
    "stat_label",
    "stat",
    "stat_fmt",
    "fmt_fun",
    "warning",
    "error",
];

/// As CSV; what is null is empty. A text that a spreadsheet would take for a formula gets an apostrophe.
///
/// ```text
/// variable,variable_level,context,stat_name,stat_label,stat,stat_fmt,fmt_fun,warning,error
/// age,,summary,mean,Mean,5.9,5.9,1,,
/// sex,female,tabulate,p,%,1.0,100,x%,,
/// ```
pub fn csv(results: &dyn ResultParts, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let groups = results.grouping_variables();
    out.write_all(&records(&[columns(groups)], b',', safe)?)?;
    let cells = |row: &ArdRow<'_>| cells(row, groups).iter().map(text).collect::<io::Result<_>>();
    // What the variables are stands behind all rows, however many of them come at a time.
    let mut last: Vec<Vec<String>> = Vec::new();
    results.each_part(&mut |rows| {
        attributes(rows).iter().try_for_each(|row| cells(row).map(|row| last.push(row)))?;
        let rows: Vec<Vec<String>> = ard(rows, style).iter().map(cells).collect::<io::Result<_>>()?;
        out.write_all(&records(&rows, b',', safe)?)
    })?;
    out.write_all(&records(&last, b',', safe)?)
}

/// As JSON, one row a line with every column; text is kept as it is.
pub fn lines(results: &dyn ResultParts, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let groups = results.grouping_variables();
    let columns = columns(groups);
    let write =
        |row: &ArdRow<'_>, to: &mut Vec<u8>| line(to, &ArdObject { columns: &columns, cells: cells(row, groups) });
    let mut last = Vec::new();
    results.each_part(&mut |rows| {
        let mut bytes = Vec::new();
        ard(rows, style).iter().try_for_each(|row| write(row, &mut bytes))?;
        attributes(rows).iter().try_for_each(|row| write(row, &mut last))?;
        out.write_all(&bytes)
    })?;
    out.write_all(&last)
}

/// The columns; those of groups stand there only where something is grouped.
fn columns(groups: usize) -> Vec<String> {
    let of_groups = (1..=groups).flat_map(|number| [format!("group{number}"), format!("group{number}_level")]);
    of_groups.chain(COLUMNS.map(str::to_owned)).collect()
}

/// The cells of a row in the order of the columns.
fn cells<'a>(row: &'a ArdRow<'a>, groups: usize) -> Vec<Scalar<'a>> {
    let some = |text: &'a str| Scalar::Text(Cow::Borrowed(text));
    let any = |text: Option<&'a str>| text.map_or(Scalar::Null, some);
    let mut cells = Vec::with_capacity(2 * groups + COLUMNS.len());
    for number in 0..groups {
        let group = row.groups.get(number);
        cells.push(any(group.map(|(name, _)| name.as_str())));
        cells.push(any(group.and_then(|(_, level)| level.as_deref())));
    }
    cells.extend([some(&row.variable), any(row.level), some(row.context), some(row.name), some(row.label)]);
    cells.extend([row.stat.clone(), some(&row.printed), row.format.clone(), any(row.warning.as_deref()), Scalar::Null]);
    cells
}

/// A cell of CSV; a number has the digits it has in JSON.
fn text(cell: &Scalar<'_>) -> io::Result<String> {
    Ok(match cell {
        Scalar::Null => String::new(),
        Scalar::Text(text) => text.clone().into_owned(),
        number => serde_json::to_string(number)?,
    })
}

/// One object: the cells by the names of their columns.
struct ArdObject<'a> {
    columns: &'a [String],
    cells: Vec<Scalar<'a>>,
}

impl Serialize for ArdObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().zip(&self.cells))
    }
}

#[cfg(test)]
mod tests {
    use super::{csv, lines};
    use crate::analyze::ResultParts;
    use crate::analyze::results::{Context, Group, ResultRow, ResultTable, Results, Value};
    use crate::analyze::statistic::Statistic;
    use crate::tables::style::Style;
    use std::io::{self, Write};
    use std::sync::Arc;

    /// What a renderer writes.
    fn text(render: fn(&dyn ResultParts, &Style, &mut dyn Write) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        render(&results(), &Style::default(), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn results() -> Results {
        let group = |levels: [(&str, Option<&str>); 2]| Group {
            levels: levels.map(|(name, level)| (name.to_owned(), level.map(str::to_owned))).to_vec(),
        };
        let of = |level: &str| ResultRow {
            key: level.to_owned(),
            context: Context::Tabulate,
            group: None,
            table: ResultTable::Own("sign".into()),
            variable: Some("sign".to_owned()),
            level: Some(level.to_owned()),
            statistic: Statistic::Cases,
            value: Value::Count(2),
            unit: None,
            method: None,
            rate: None,
            conf_level: None,
            contrast: None,
            decimals: 0,
        };
        let mut results = Results::default();
        results.push(of("-1.5"));
        results.begin(
            Some(Arc::new(group([("sex", Some("F")), ("etiology", None)]))),
            " | sex = 'F' AND etiology IS NULL",
        );
        results.push(of("=a"));
        results
    }

    #[test]
    fn groups_stand_before_the_variable_where_something_is_grouped() {
        let expected = "\
group1,group1_level,group2,group2_level,variable,variable_level,context,stat_name,stat_label,stat,stat_fmt,fmt_fun,warning,error
,,,,sign,-1.5,tabulate,n,n,2,2,0,,
sex,F,etiology,,sign,'=a,tabulate,n,n,2,2,0,,
,,,,sign,,attributes,label,Variable Label,sign,sign,,,
,,,,sign,,attributes,class,Variable Class,character,character,,,
";
        assert_eq!(text(csv), expected);
    }

    #[test]
    fn lines_keep_text_as_it_is() {
        let text = text(lines);
        let second = r#"{"group1":"sex","group1_level":"F","group2":"etiology","group2_level":null,"variable":"sign","variable_level":"=a","#;
        assert!(text.lines().nth(1).unwrap().starts_with(second), "{text}");
        assert!(text.starts_with(r#"{"group1":null,"group1_level":null,"group2":null"#), "{text}");
    }

    #[test]
    fn the_object_has_the_further_groups_of_a_row_only() {
        let text = text(super::super::json::lines);
        let crossed = r#""group1":"sex","group1_level":"F","group2":"etiology","group2_level":null,"variable":"sign""#;
        assert!(text.lines().nth(1).unwrap().contains(crossed), "{text}");
        assert!(text.lines().next().unwrap().contains(r#""group1":null,"group1_level":null,"variable":"#), "{text}");
    }
}
