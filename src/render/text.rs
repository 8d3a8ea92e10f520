//! Tables for a terminal or a pipe: the same text, only the width differs.

use crate::diagnostic::sanitize;
use crate::tables::{Depth, Report, Row, Table};
use comfy_table::{CellAlignment, ContentArrangement, Table as Grid, presets};

/// The report as text; lines of at most `width` characters where one is given.
///
/// ```text
/// Cases
/// ────────────────────────────────────────────────
///                     n/N (%) or value  95% CI, %
/// Sex
///   female            5/5 (100%)        57–100
/// ```
pub fn render(report: &Report, width: Option<u16>) -> String {
    let mut text = format!("{}\n", sanitize(&report.title));
    for table in &report.tables {
        text.push_str(&format!("\n{}\n", sanitize(&table.title)));
        text.push_str(&grid(table, width));
    }
    text.push('\n');
    for footnote in &report.footnotes {
        text.push_str(&paragraph(footnote, width));
    }
    text
}

fn grid(table: &Table, width: Option<u16>) -> String {
    let mut grid = empty(width);
    grid.load_style(presets::UTF8_HORIZONTAL_ONLY);
    grid.set_header(table.header.iter().map(|cell| sanitize(cell).into_owned()));
    for row in &table.rows {
        grid.add_row(cells(row));
    }
    lines(&grid)
}

fn cells(row: &Row) -> Vec<String> {
    let indent = if row.depth == Depth::Level { "  " } else { "" };
    let mut cells: Vec<String> = row.cells.iter().map(|cell| sanitize(cell).into_owned()).collect();
    if let Some(first) = cells.first_mut() {
        first.insert_str(0, indent);
    }
    cells
}

fn paragraph(text: &str, width: Option<u16>) -> String {
    let mut grid = empty(width);
    grid.load_style(presets::NOTHING);
    grid.add_row([sanitize(text).into_owned()]);
    lines(&grid)
}

fn empty(width: Option<u16>) -> Grid {
    let mut grid = Grid::new();
    match width {
        Some(width) => {
            grid.set_content_arrangement(ContentArrangement::Dynamic);
            grid.set_width(width);
        }
        None => {
            grid.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    grid.column_iter_mut().for_each(|column| {
        column.set_cell_alignment(CellAlignment::Left);
    });
    grid
}

/// The lines of a grid without spaces at their ends.
fn lines(grid: &Grid) -> String {
    grid.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
