//! One page without scripts or other files: it prints, and its tables paste into a word processor as tables.

use crate::diagnostic::sanitize;
use crate::tables::{Cell, Depth, Heading, Note, Report, Row, Span, Table};

/// What the page may load and run: nothing; its own rules alone may style it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Few rules: they travel with a table that is copied.
const STYLE: &str = "\
body { font: 11pt/1.4 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
table { border-collapse: collapse; width: 100%; margin: 1.5em 0; border-bottom: 2px solid }
caption { text-align: left; font-weight: bold; padding: 0.3em 0 }
th, td { text-align: left; vertical-align: top; font-weight: normal; padding: 0.1em 1em 0.1em 0 }
thead th, thead td { border-top: 2px solid; border-bottom: 1px solid }
th[scope=rowgroup] { font-weight: bold }
.level { padding-left: 1.5em }
.item { padding-left: 3em }
section { font-size: 85% }
@media print { body { max-width: none; margin: 0 } thead { display: table-header-group } tr { break-inside: avoid } }
";

/// The report as a page; well-formed XML too.
///
/// ```text
/// <table>
/// <caption>Cases</caption>
/// <thead>
/// <tr><td></td><th scope="col">n/N (%) or value</th></tr>
/// </thead>
/// <tbody>
/// <tr><th scope="rowgroup">Sex</th><td></td></tr>
/// <tr><th scope="row" class="level">female</th><td>5/5 (100%)</td></tr>
/// ```
pub fn render(report: &Report) -> String {
    let title = escaped(&report.title);
    let tables: String = report.tables.iter().map(table).collect();
    let footnotes: String = report.footnotes.iter().map(|note| format!("<p>{}</p>\n", escaped(note))).collect();
    let footnotes = match footnotes.as_str() {
        "" => String::new(),
        _ => format!("<section aria-label=\"Footnotes\">\n{footnotes}</section>\n"),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{tables}{footnotes}</main>\n</body>\n</html>\n"
    )
}

fn table(table: &Table) -> String {
    let spans: String = table.spans.iter().map(|line| spanning(line)).collect();
    let header: String = table.header.iter().map(column).collect();
    let has_section = |a: &Row, b: &Row| [a.depth, b.depth].contains(&Depth::Section);
    let is_one_group =
        |a: &Row, b: &Row| !has_section(a, b) && (a.depth == Depth::Variable || b.depth > Depth::Variable);
    let bodies: String = table.rows.chunk_by(is_one_group).map(|rows| body(rows, table.header.len())).collect();
    let caption = escaped(&table.caption());
    let notes: String = table.notes.iter().map(note).collect();
    format!(
        "<table>\n<caption>{caption}</caption>\n<thead>\n{spans}<tr>{header}</tr>\n</thead>\n{bodies}</table>\n{notes}"
    )
}

/// A line of spanning heads.
fn spanning(line: &[Span]) -> String {
    let head = |span: &Span| match span.text.as_str() {
        "" => format!("<td colspan=\"{}\"></td>", span.columns),
        text => format!("<th scope=\"colgroup\" colspan=\"{}\">{}</th>", span.columns, escaped(text)),
    };
    format!("<tr>{}</tr>\n", line.iter().map(head).collect::<String>())
}

/// An empty heading is no heading.
fn column(heading: &Heading) -> String {
    let text = format!("{}{}", escaped(&heading.text), raised(&heading.mark));
    match (text.as_str(), heading.below.as_str()) {
        ("", "") => "<td></td>".to_owned(),
        (text, "") => format!("<th scope=\"col\">{text}</th>"),
        (text, below) => format!("<th scope=\"col\">{text}<br/>{}</th>", escaped(below)),
    }
}

/// Rows that belong together: a variable is the heading of the levels below it.
fn body(rows: &[Row], columns: usize) -> String {
    let mut text = "<tbody>\n".to_owned();
    for (number, one) in rows.iter().enumerate() {
        let heads_levels =
            one.depth == Depth::Variable && rows.get(number + 1).is_some_and(|next| next.depth > Depth::Variable);
        text.push_str(&match one.depth {
            Depth::Section => section(one, columns),
            Depth::Variable | Depth::Level | Depth::Item => row(one, if heads_levels { "rowgroup" } else { "row" }),
        });
    }
    text + "</tbody>\n"
}

fn section(row: &Row, columns: usize) -> String {
    format!("<tr><th scope=\"colgroup\" colspan=\"{columns}\">{}</th></tr>\n", cell(row.label()))
}

fn row(row: &Row, scope: &str) -> String {
    let class = match row.depth {
        Depth::Section | Depth::Variable => "",
        Depth::Level => " class=\"level\"",
        Depth::Item => " class=\"item\"",
    };
    let cells: String = row.values().map(|value| format!("<td>{}</td>", cell(value))).collect();
    format!("<tr><th scope=\"{scope}\"{class}>{}</th>{cells}</tr>\n", cell(row.label()))
}

/// A cell and the marks of its notes.
fn cell(cell: &Cell) -> String {
    format!("{}{}", escaped(&cell.text), raised(&cell.mark))
}

fn raised(mark: &str) -> String {
    if mark.is_empty() { String::new() } else { format!("<sup>{}</sup>", escaped(mark)) }
}

/// A note below a table.
fn note(note: &Note) -> String {
    format!("<p>{}{}</p>\n", raised(&note.mark), escaped(&note.text))
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
            <tr><th scope=\"row\" class=\"level\">female</th><td>&lt;5</td></tr>\n\
            <tr><th scope=\"row\" class=\"item\">of them</th><td></td></tr>\n</tbody>\n";
        assert_eq!(body(&table.rows, 2), expected);
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
            let tags = |page: &str| -> Vec<String> {
                page.split('<').skip(1).map(|part| part.split('>').next().unwrap_or_default().to_owned()).collect()
            };
            let plain: Vec<String> = (0..6).map(|n| n.to_string()).collect();
            prop_assert_eq!(tags(&page(&texts)), tags(&page(&plain)));
        }
    }
}
