//! A LaTeX document that compiles unchanged with pdflatex, xelatex or lualatex.

mod escape;

use super::grid::{grow, longest_word, marked};
use crate::diagnostic::display_width;
use crate::tables::{Cell, Depth, Heading, Note, Report, Row, SpanningHead, Table};
use escape::escaped;

/// Needs `array`, `booktabs`, `geometry` and `longtable`, which every installation has.
///
/// A character that a font of pdflatex lacks is printed by its number: `[U+65E5]`.
const PREAMBLE: &str = r##"\usepackage{array,booktabs,longtable}
\ifdefined\pdftexversion
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{textcomp}
\IfFileExists{cmap.sty}{\usepackage{cmap}}{}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\fi
\IfFileExists{microtype.sty}{\usepackage{microtype}}{}
"##;

/// What the tables use; `\providecommand`, as several may be put into one document.
const COMMANDS: &str = r##"\ifdefined\pdftexversion
\providecommand{\Character}[1]{[U+#1]}
\else
\providecommand{\Character}[1]{\char"#1 }
\fi
\providecommand{\Level}[1]{\hangindent=#1em\hangafter=0 }
\setlength{\LTleft}{0pt}
\setlength{\LTright}{0pt}
"##;

/// The head of a fragment; its group keeps the lengths from the rest of the document.
const FRAGMENT: &str =
    "% \\input this file; the preamble needs \\usepackage{array,booktabs,longtable}\n\\begingroup\\parindent0pt\n";

/// Characters of a line of a page in the size of a table; a landscape page for tables of more columns than these.
const ROOM: usize = 106;
const ROOM_LANDSCAPE: usize = 161;
const MOST_COLUMNS: usize = 7;
/// No column becomes narrower than this.
const NARROWEST: usize = 8;
/// A longer word is cut.
const LONGEST_WORD: usize = 40;
/// Bold letters are wider by one character in so many.
const BOLDER: usize = 8;
/// The space between two columns in characters.
const GAP: usize = 3;

/// The report as a document: a caption above each table, rules of `booktabs`, headings repeated on each page.
///
/// ```text
/// {\small
/// \begin{longtable}{...}
/// \caption{Cases}\\
/// \toprule
///  & n/N (\%) or value & 95\% CI, \% & not reported \\
/// \midrule
/// \endfirsthead
/// ...
/// Sex &  &  & 0 \\
/// \Level{1}female & 5/5 (100\%) & 57--100 &  \\
/// \end{longtable}}
/// ```
pub fn render(report: &Report) -> String {
    let is_wide = report.tables.iter().any(|table| table.header.len() > MOST_COLUMNS);
    let (page, room) = if is_wide { ("landscape,", ROOM_LANDSCAPE) } else { ("", ROOM) };
    // A fragment is numbered by the document around it.
    let numbered = |table: &Table| table.number.filter(|_| !report.is_fragment);
    let counter = |table: &Table| {
        numbered(table).map(|number| format!("\\setcounter{{table}}{{{}}}\n", number.saturating_sub(1)))
    };
    let tables = report.tables.iter().map(|table| counter(table).unwrap_or_default() + &long_table(table, room));
    let tables: String = tables.collect();
    if report.is_fragment {
        return format!("{FRAGMENT}{COMMANDS}{tables}\\endgroup\n");
    }
    let footnotes: String = report.footnotes.iter().map(|note| format!("{}\\par\n", escaped(note))).collect();
    format!(
        "\\documentclass[10pt,a4paper]{{article}}\n\\usepackage[{page}margin=2cm]{{geometry}}\n{PREAMBLE}{COMMANDS}\\setlength{{\\parindent}}{{0pt}}\n\
         \\begin{{document}}\n\\section*{{{}}}\n\n{tables}\n{{\\footnotesize\\raggedright\n{footnotes}}}\n\\end{{document}}\n",
        escaped(&report.title)
    )
}

fn long_table(table: &Table, room: usize) -> String {
    let columns: String = widths(table, room).iter().map(|width| column(*width)).collect();
    let heads: String = table.spans.iter().map(|line| spanning(line)).collect();
    let header = format!("{heads}{}", line(table.header.iter().map(heading)));
    let caption = escaped(&table.title);
    let mut text = format!("{{\\small\n\\begin{{longtable}}{{@{{}}{columns}@{{}}}}\n");
    text.push_str(&format!("\\caption{{{caption}}}\\\\\n\\toprule\n{header}\\midrule\n\\endfirsthead\n"));
    text.push_str(&format!("\\toprule\n{header}\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n"));
    for (at, row) in table.rows.iter().enumerate() {
        let values = row.values().filter(|_| row.depth != Depth::Section).map(cell);
        let first = label(row, table.header.len(), table.has_bold_label(row));
        let is_heading = table.rows.get(at + 1).is_some_and(|next| next.depth > row.depth);
        let end = if is_heading { KEPT } else { BROKEN };
        text.push_str(&(line_of(std::iter::once(first).chain(values)) + end));
    }
    let notes: String = table.notes.iter().map(below).collect();
    text + "\\end{longtable}}\n" + &notes + "\n"
}

/// A line of spanning heads with a rule below each.
fn spanning(line: &[SpanningHead]) -> String {
    let (mut cells, mut rules, mut first) = (Vec::new(), String::new(), 1);
    for span in line {
        let last = first + span.columns.max(1) - 1;
        let text = escaped(&span.text);
        cells.push(format!("\\multicolumn{{{}}}{{l}}{{{text}}}", span.columns.max(1)));
        if !text.is_empty() {
            rules.push_str(&format!("\\cmidrule(lr){{{first}-{last}}}"));
        }
        first = last + 1;
    }
    format!("{} \\\\\n{rules}\n", cells.join(" & "))
}

fn heading(heading: &Heading) -> String {
    let text = format!("{}{}", escaped(&heading.text), raised(&heading.mark));
    match heading.below.as_str() {
        "" => text,
        below => format!("{text}\\newline {}", escaped(below)),
    }
}

fn cell(cell: &Cell) -> String {
    format!("{}{}", escaped(&cell.text), raised(&cell.mark))
}

/// The label of a row, indented by its depth; that of a section goes over all columns.
fn label(row: &Row, columns: usize, is_bold: bool) -> String {
    let text = cell(row.label());
    match row.depth {
        Depth::Section => format!("\\multicolumn{{{columns}}}{{@{{}}l@{{}}}}{{\\textit{{{text}}}}}"),
        Depth::Variable if is_bold => format!("\\textbf{{{text}}}"),
        Depth::Variable => text,
        Depth::Level | Depth::Item => format!("\\Level{{{}}}{text}", row.depth.indent()),
    }
}

/// A note below its table.
fn below(note: &Note) -> String {
    format!("{{\\footnotesize {}{}\\par}}\n", raised(&note.mark), escaped(&note.text))
}

/// The marks of notes.
fn raised(mark: &str) -> String {
    if mark.is_empty() { String::new() } else { format!("\\textsuperscript{{{}}}", escaped(mark)) }
}

/// The end of a row, and of one that stays on the page of the next.
const BROKEN: &str = " \\\\\n";
const KEPT: &str = " \\\\*\n";

fn line(cells: impl Iterator<Item = String>) -> String {
    line_of(cells) + BROKEN
}

fn line_of(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(" & ")
}

/// A column of so many thousandths of the line, whose text is set ragged.
fn column(thousandths: usize) -> String {
    format!(">{{\\raggedright\\arraybackslash}}p{{\\dimexpr 0.{thousandths:03}\\linewidth-2\\tabcolsep\\relax}}")
}

/// The widths of the columns in thousandths of the line; a narrow table does not fill it.
fn widths(table: &Table, room: usize) -> Vec<usize> {
    let of_heading = |heading: &Heading| display_width(&heading.text).max(display_width(&heading.below));
    let mut widths: Vec<usize> = table.header.iter().map(of_heading).collect();
    for row in table.rows.iter().filter(|row| row.depth != Depth::Section) {
        let lengths = row.cells.iter().map(|cell| display_width(&marked(cell)));
        let of_bold =
            row.cells.first().filter(|_| table.has_bold_label(row)).map_or(0, |cell| cell.text.len() / BOLDER);
        let more = std::iter::once(2 * row.depth.indent() + of_bold).chain(std::iter::repeat(0));
        let lengths = lengths.zip(more).map(|(length, more)| length + more);
        widths.iter_mut().zip(lengths).for_each(|(width, length)| *width = (*width).max(length));
    }
    let gaps = GAP * widths.len();
    let least: Vec<usize> = (0..widths.len()).map(|column| longest_word_of(table, column).max(NARROWEST)).collect();
    let natural = std::mem::take(&mut widths);
    widths = least.into_iter().zip(&natural).map(|(least, natural)| least.min(*natural)).collect();
    // Values stand in one line before a text of several lines has more room.
    let of_values: Vec<usize> = natural.iter().map(|width| (*width).min(LONGEST_WORD)).collect();
    grow(&mut widths, &of_values, room.saturating_sub(gaps));
    grow(&mut widths, &natural, room.saturating_sub(gaps));
    let all = room.max(widths.iter().sum::<usize>() + gaps);
    widths.iter().map(|width| ((width + GAP) * 1000 / all).min(999)).collect()
}

/// The longest word of a column with its indentation; no column is narrower, so that no word is set beyond it.
fn longest_word_of(table: &Table, column: usize) -> usize {
    let heading = table.header.get(column).map_or(0, |heading| longest_word(&heading.text));
    let of_row = |row: &Row| {
        let indent = if column == 0 { 2 * row.depth.indent() } else { 0 };
        row.cells.get(column).map_or(0, |cell| longest_word(&marked(cell)) + indent)
    };
    let words = table.rows.iter().filter(|row| row.depth != Depth::Section).map(of_row);
    words.max().unwrap_or(0).max(heading).min(LONGEST_WORD)
}

#[cfg(test)]
mod tests {
    use super::{line, render, widths};
    use crate::tables::{Depth, Report, Table};

    #[test]
    fn columns_fit_the_line() {
        let mut table = Table::new("t", &["", "n/N (%)", "95% CI"]);
        table.push(Depth::Variable, ["x".repeat(300), "5/5 (100%)".to_owned()]);
        assert_eq!(widths(&table, 96), [770, 135, 93]);
        let wide = Table::new("t", &["a heading"; 60]);
        assert!(widths(&wide, 96).iter().sum::<usize>() <= 1000);
        assert_eq!(widths(&Table::new("t", &[""]), 96), [31]);
    }

    #[test]
    fn a_wide_table_turns_the_page() {
        let page = |columns: usize| {
            let table = Table::new("t", &vec!["n"; columns]);
            render(&Report { title: "t".to_owned(), tables: vec![table], ..Report::default() })
        };
        assert!(page(8).contains("landscape") && !page(7).contains("landscape"));
    }

    #[test]
    fn a_row_may_begin_with_a_bracket_or_a_star() {
        let cells = ["[a]", "*b"].map(super::escaped);
        assert_eq!(line(cells.into_iter()), "{[}a{]} & {*}b \\\\\n");
    }
}
