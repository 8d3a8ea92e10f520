//! Word documents: real tables with a heading that is repeated, in styles that an author can change.

mod audit;
mod document;
mod package;
mod picture;
mod table;
mod validation;
pub mod xml;

pub use audit::audit;
pub use validation::validation;

use crate::tables::plot::{DrawnFigure, FIGURES};
use crate::tables::{Cell, Depth, GlanceItem, Heading, Report, Row, SpanningHead, Table};
use document::DocxDocument;
use std::io;
use table::{ColumnHeads, WordRow, WordTable};
use xml::{MarkedText, ParagraphStyle};

/// A report as a document: title, tables between their captions and their notes, footnotes.
///
/// Errors: a table of more rows or columns than Word shows.
pub fn render(report: &Report) -> io::Result<Vec<u8>> {
    of_tables(DocxDocument::new(&report.title), &report.tables)?.packed(&report.footnotes)
}

/// The same with the series at a glance above the tables, figures below them, and then the tables of what was checked.
///
/// Errors: a table of more rows or columns than Word shows, and those of drawing.
pub fn with_figures(report: &Report, figures: &[DrawnFigure], checks: &[Table]) -> io::Result<Vec<u8>> {
    let mut document = DocxDocument::new(&report.title);
    for line in &report.glance {
        let items: Vec<String> = line.items.iter().map(GlanceItem::text).collect();
        document.paragraph(ParagraphStyle::Body, format!("{}: {}", line.label, items.join(", ")).as_str());
    }
    let document = of_figures(of_tables(document, &report.tables)?, figures)?;
    of_tables(document, checks)?.packed(&report.footnotes)
}

fn of_figures<'a>(mut document: DocxDocument<'a>, figures: &[DrawnFigure]) -> io::Result<DocxDocument<'a>> {
    if !figures.is_empty() {
        document.heading(FIGURES);
    }
    for figure in figures {
        match document.figure(figure) {
            // The font lacks a letter: the figure is told in words.
            Err(fault) if fault.kind() == io::ErrorKind::Unsupported => {
                document.note("", &format!("Not drawn: {}. {}", figure.title, figure.description.join(" ")));
            }
            drawn => drawn?,
        }
    }
    Ok(document)
}

fn of_tables<'a>(mut document: DocxDocument<'a>, tables: &[Table]) -> io::Result<DocxDocument<'a>> {
    for table in tables {
        document.table(&word_table(table))?;
        table.notes.iter().for_each(|note| document.note(&note.mark, &note.text));
    }
    Ok(document)
}

fn word_table(table: &Table) -> WordTable<'_> {
    let spans = table.spans.iter().map(|line| line.iter().map(span).collect());
    let header = table.header.iter().map(heading).collect();
    let below = |at: usize| table.rows.get(at + 1).is_some_and(|next| next.depth > Depth::Variable);
    let rows = table.rows.iter().enumerate().map(|(at, row)| word_row(row, below(at) || table.has_bold_label(row)));
    WordTable { title: table.caption(), heads: spans.chain([header]).collect(), rows: rows.collect() }
}

fn span(span: &SpanningHead) -> ColumnHeads<'_> {
    ColumnHeads { columns: span.columns, ..ColumnHeads::of(&span.text) }
}

fn heading(heading: &Heading) -> ColumnHeads<'_> {
    let content = MarkedText { text: &heading.text, mark: &heading.mark };
    ColumnHeads { content, below: &heading.below, columns: 1 }
}

/// A row in the style of its depth; a variable above its levels is bold.
fn word_row(row: &Row, is_bold: bool) -> WordRow<'_> {
    let style = match row.depth {
        Depth::Section => ParagraphStyle::TableSection,
        Depth::Variable if is_bold => ParagraphStyle::TableVariable,
        Depth::Variable => ParagraphStyle::TableText,
        Depth::Level => ParagraphStyle::TableLevel,
        Depth::Item => ParagraphStyle::TableItem,
    };
    let cells = if row.depth == Depth::Section { row.cells.get(..1).unwrap_or_default() } else { &row.cells };
    WordRow { style, cells: cells.iter().map(cell).collect() }
}

fn cell(cell: &Cell) -> MarkedText<'_> {
    MarkedText { text: &cell.text, mark: &cell.mark }
}
