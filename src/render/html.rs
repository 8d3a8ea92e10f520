//! One page without scripts or other files: it prints, and its tables paste into a word processor as tables.

use crate::diagnostic::sanitize;
use crate::tables::{Cell, Depth, GlanceItem, GlanceLine, Heading, Note, Report, Row, SpanningHead, Table};

/// What the page may load and run: nothing; its own rules alone may style it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page; the tables carry their own styles, which a copy takes along.
///
/// Tables stay dark on white in the dark, too: a copy would take its colours to a white page.
const STYLE: &str = "\
:root { color-scheme: light dark }
body { font: 11pt/1.4 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
div { overflow-x: auto; margin: 1.5em 0 }
dt { float: left; clear: left; width: 9em }
dd { margin-left: 9em }
section { font-size: 85% }
@media (prefers-color-scheme: dark) { div { background: #fff; color: #000; padding: 0.5em 1em } }
@media print {
  body { max-width: none; margin: 0; padding: 0 }
  div { overflow: visible }
  thead { display: table-header-group }
  tr { break-inside: avoid }
  h1, h2, caption { break-after: avoid }
}
";

const OF_TABLE: &str = "border-collapse:collapse;border-bottom:1.5pt solid";
const OF_CAPTION: &str = "text-align:left;font-weight:bold;padding:0.3em 0";
const OF_HEADING: &str =
    "text-align:left;vertical-align:bottom;font-weight:bold;padding:0.2em 1em 0.2em 0;border-bottom:0.75pt solid";
const OF_SPAN: &str = "text-align:left;font-weight:bold;padding:0.2em 1em 0.2em 0;border-bottom:0.5pt solid";
const OF_NO_SPAN: &str = "padding:0.2em 1em 0.2em 0";
const OF_CELL: &str = "text-align:left;vertical-align:top;padding:0.1em 1em 0.1em 0";
const OF_LABEL: &str = "text-align:left;vertical-align:top;padding:0.1em 1em 0.1em 2em;text-indent:-2em;font-weight:";
const OF_SECTION: &str = "text-align:left;font-weight:normal;font-style:italic;padding:0.5em 1em 0.1em 0";
const OF_NOTE: &str = "font-size:85%;margin:0.2em 0";
/// A step of indentation, which survives in a text without styles.
const INDENT: &str = "\u{a0}\u{a0}\u{a0}\u{a0}";

/// The report as a page, or its tables alone; well-formed XML too.
///
/// ```text
/// <div role="region" aria-label="Table 1" tabindex="0">
/// <table style="...">
/// <caption style="...">Table 1. Characteristics of the 5 cases</caption>
/// <thead>
/// <tr><th scope="col" style="...">Characteristic</th><th scope="col" style="...">All cases<br/>N = 5</th></tr>
/// </thead>
/// <tbody>
/// <tr><th scope="rowgroup" style="...">Sex, n/N (%)</th><td style="..."></td></tr>
/// <tr><th scope="row" style="...">    female</th><td style="...">5/5 (100%)</td></tr>
/// ```
pub fn render(report: &Report) -> String {
    with_more(report, "", &[])
}

/// The page with what stands before its conventions: figures, as they are written in a page, and further tables.
pub(super) fn with_more(report: &Report, figures: &str, checks: &[Table]) -> String {
    let title = escaped(&report.title);
    let tables: String = report.tables.iter().map(table).collect();
    if report.is_fragment {
        return tables;
    }
    let checks: String = checks.iter().map(table).collect();
    let glance = if report.is_brief { String::new() } else { glance(report) };
    let footnotes: String = report.footnotes.iter().map(|note| format!("<p>{}</p>\n", escaped(note))).collect();
    let footnotes = match footnotes.as_str() {
        "" => String::new(),
        _ => format!("<section aria-label=\"Footnotes\">\n{footnotes}</section>\n"),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{glance}{tables}{figures}{checks}{footnotes}</main>\n</body>\n</html>\n"
    )
}

/// The series at a glance as a list, so that nothing but the tables is a table.
fn glance(report: &Report) -> String {
    let line = |line: &GlanceLine| {
        let items: Vec<String> = line.items.iter().map(GlanceItem::text).collect();
        format!("<dt>{}</dt><dd>{}</dd>\n", escaped(line.label), escaped(&items.join(", ")))
    };
    let lines: String = report.glance.iter().map(line).collect();
    if lines.is_empty() { String::new() } else { format!("<h2>At a glance</h2>\n<dl>\n{lines}</dl>\n") }
}

fn table(table: &Table) -> String {
    let spans: String = table.spans.iter().map(|line| spanning(line)).collect();
    let header: String = table.header.iter().map(column).collect();
    let has_section = |a: &Row, b: &Row| [a.depth, b.depth].contains(&Depth::Section);
    let is_one_group =
        |a: &Row, b: &Row| !has_section(a, b) && (a.depth == Depth::Variable || b.depth > Depth::Variable);
    let bodies: String = table.rows.chunk_by(is_one_group).map(|rows| body(rows, table)).collect();
    let caption = escaped(&table.caption());
    let notes: String = table.notes.iter().map(note).collect();
    // What may scroll must be reached by the keyboard, too.
    format!(
        "<div role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n\
         <table style=\"{OF_TABLE}\">\n<caption style=\"{OF_CAPTION}\">{caption}</caption>\n\
         <thead style=\"border-top:1.5pt solid\">\n{spans}<tr>{header}</tr>\n</thead>\n{bodies}</table>\n{notes}</div>\n"
    )
}

/// A line of spanning heads.
fn spanning(line: &[SpanningHead]) -> String {
    let head = |span: &SpanningHead| match span.text.as_str() {
        "" => format!("<td colspan=\"{}\" style=\"{OF_NO_SPAN}\"></td>", span.columns),
        text => {
            format!("<th scope=\"colgroup\" colspan=\"{}\" style=\"{OF_SPAN}\">{}</th>", span.columns, escaped(text))
        }
    };
    format!("<tr>{}</tr>\n", line.iter().map(head).collect::<String>())
}

/// An empty heading is no heading.
fn column(heading: &Heading) -> String {
    let text = format!("{}{}", escaped(&heading.text), raised(&heading.mark));
    match (text.as_str(), heading.below.as_str()) {
        ("", "") => format!("<td style=\"{OF_HEADING}\"></td>"),
        (text, "") => format!("<th scope=\"col\" style=\"{OF_HEADING}\">{text}</th>"),
        (text, below) => format!("<th scope=\"col\" style=\"{OF_HEADING}\">{text}<br/>{}</th>", escaped(below)),
    }
}

/// Rows that belong together: a variable is the heading of the levels below it.
fn body(rows: &[Row], table: &Table) -> String {
    let mut text = "<tbody>\n".to_owned();
    for (number, one) in rows.iter().enumerate() {
        let heads_levels =
            one.depth == Depth::Variable && rows.get(number + 1).is_some_and(|next| next.depth > Depth::Variable);
        text.push_str(&match one.depth {
            Depth::Section => section(one, table.header.len()),
            Depth::Variable | Depth::Level | Depth::Item => {
                let scope = if heads_levels { "rowgroup" } else { "row" };
                row(one, scope, heads_levels || table.has_bold_label(one))
            }
        });
    }
    text + "</tbody>\n"
}

fn section(row: &Row, columns: usize) -> String {
    let label = cell(row.label());
    format!("<tr><th scope=\"colgroup\" colspan=\"{columns}\" style=\"{OF_SECTION}\">{label}</th></tr>\n")
}

fn row(row: &Row, scope: &str, is_bold: bool) -> String {
    let weight = if is_bold { "bold" } else { "normal" };
    let label = format!("{}{}", INDENT.repeat(row.depth.indent()), cell(row.label()));
    let cells: String = row.values().map(|value| format!("<td style=\"{OF_CELL}\">{}</td>", cell(value))).collect();
    format!("<tr><th scope=\"{scope}\" style=\"{OF_LABEL}{weight}\">{label}</th>{cells}</tr>\n")
}

/// A cell and the marks of its notes.
fn cell(cell: &Cell) -> String {
    format!("{}{}", escaped(&cell.text), raised(&cell.mark))
}

fn raised(mark: &str) -> String {
    if mark.is_empty() { String::new() } else { format!("<sup style=\"line-height:0\">{}</sup>", escaped(mark)) }
}

/// A note below a table.
fn note(note: &Note) -> String {
    format!("<p style=\"{OF_NOTE}\">{}{}</p>\n", raised(&note.mark), escaped(&note.text))
}

/// A text in which nothing is markup, in an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let clean = sanitize(text);
    let mut escaped = String::with_capacity(clean.len());
    for c in clean.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{body, escaped, render};
    use crate::tables::{Depth, Report, Table};
    use proptest::prelude::*;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escaped(">1280 & <b a='\"'>"), "&gt;1280 &amp; &lt;b a=&#39;&quot;&#39;&gt;");
        assert_eq!(escaped("&lt;\u{0}\u{202e}é"), "&amp;lt;\\u{0}\\u{202e}é");
    }

    #[test]
    fn a_variable_heads_its_levels() {
        let mut table = Table::new("t", &["", "n"]);
        table.push(Depth::Variable, ["surgery".to_owned(), "1".to_owned()]);
        table.push(Depth::Variable, ["Sex".to_owned()]);
        table.push(Depth::Level, ["female".to_owned(), "<5".to_owned()]);
        table.push(Depth::Item, ["of them".to_owned()]);
        let expected = "<tbody>\n<tr><th scope=\"row\">surgery</th><td>1</td></tr>\n\
            <tr><th scope=\"rowgroup\">Sex</th><td></td></tr>\n\
            <tr><th scope=\"row\">\u{a0}\u{a0}\u{a0}\u{a0}female</th><td>&lt;5</td></tr>\n\
            <tr><th scope=\"row\">\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}of them</th><td></td></tr>\n</tbody>\n";
        let body = body(&table.rows, &table);
        let styles = body.split(" style=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(style, _)| style);
        let plain = styles.fold(body.clone(), |text, style| text.replace(&format!(" style=\"{style}\""), ""));
        assert_eq!(plain, expected);
    }

    proptest! {
        /// The tags of a page depend on its shape alone, never on its content.
        #[test]
        fn no_text_becomes_a_tag(texts in prop::collection::vec("[a<>&\"'/!\n\u{9b}-]{1,6}", 6)) {
            let page = |texts: &[String]| {
                let mut table = Table::new(&texts[0], &["", &texts[1]]);
                table.push(Depth::Variable, [texts[2].clone(), texts[3].clone()]);
                render(&Report { title: texts[4].clone(), tables: vec![table], footnotes: vec![texts[5].clone()], ..Report::default() })
            };
            // A region is named after its table; the name ends where its quote does.
            let unnamed = |tag: &str| match tag.split_once("aria-label=\"") {
                Some((before, rest)) => format!("{before}{}", rest.split_once('"').map_or("", |(_, behind)| behind)),
                None => tag.to_owned(),
            };
            let tags = |page: &str| -> Vec<String> {
                page.split('<').skip(1).map(|part| unnamed(part.split('>').next().unwrap_or_default())).collect()
            };
            let plain: Vec<String> = (0..6).map(|n| n.to_string()).collect();
            prop_assert_eq!(tags(&page(&texts)), tags(&page(&plain)));
        }
    }
}
