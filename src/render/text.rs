//! Tables for a terminal or a pipe: the same text, only the width differs.

use super::grid::{shrink, wrapped};
use crate::diagnostic::{display_width, sanitize};
use crate::tables::{Depth, Report, Row, Table};
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table as Grid, TableStyle, Width};

/// Spaces between two columns; one of them takes the place of a border.
pub(super) const GAP: u16 = 2;
/// One rule, below the header.
const HEADER_RULE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// The report as text; lines of at most `width` columns of a terminal where one is given.
///
/// ```text
/// Cases
///                     n/N (%) or value  95% CI, %  not reported
/// ─────────────────────────────────────────────────────────────
/// Sex                                              0
///   female            5/5 (100%)        57–100
/// ```
pub fn render(report: &Report, width: Option<u16>) -> String {
    let mut text = format!("{}\n", sanitize(&report.title));
    for table in &report.tables {
        text.push_str(&format!("\n{}\n", sanitize(&table.title)));
        text.push_str(&grid(table, &common_widths(report, table, width)));
    }
    text.push('\n');
    for footnote in &report.footnotes {
        text.push_str(&wrapped(footnote, "", "", width));
    }
    text
}

/// The widths of the columns of all tables with this header, so that they stand below each other.
fn common_widths(report: &Report, like: &Table, width: Option<u16>) -> Vec<usize> {
    let alike = report.tables.iter().filter(|table| table.header == like.header);
    let mut widths: Vec<usize> = like.header.iter().map(|cell| display_width(cell)).collect();
    for row in alike.flat_map(|table| &table.rows) {
        for (width, cell) in widths.iter_mut().zip(cells(row)) {
            *width = (*width).max(display_width(&cell));
        }
    }
    if let Some(most) = width {
        let room = usize::from(most).saturating_sub(usize::from(GAP) * widths.len());
        shrink(&mut widths, room);
    }
    widths
}

fn grid(table: &Table, widths: &[usize]) -> String {
    let mut grid = Grid::new();
    grid.set_header(table.header.iter().map(|cell| sanitize(cell).into_owned()));
    for row in &table.rows {
        grid.add_row(cells(row));
    }
    fixed(grid, widths)
}

/// The lines of a grid whose columns have these widths.
pub(super) fn fixed(mut grid: Grid, widths: &[usize]) -> String {
    grid.load_style(HEADER_RULE).set_content_arrangement(ContentArrangement::Dynamic);
    for (column, width) in grid.column_iter_mut().zip(widths) {
        let width = u16::try_from(*width).unwrap_or(u16::MAX).saturating_add(GAP - 1);
        column.set_padding((0, GAP - 1)).set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    lines(&grid)
}

fn cells(row: &Row) -> Vec<String> {
    // A plain space would be lost where the cell wraps; `lines` gives it back.
    let indent = if row.depth == Depth::Level { "\u{a0}\u{a0}" } else { "" };
    let mut cells: Vec<String> = row.cells.iter().map(|cell| sanitize(cell).into_owned()).collect();
    if let Some(first) = cells.first_mut() {
        first.insert_str(0, indent);
    }
    cells
}

/// The lines of a grid without spaces at their ends.
fn lines(grid: &Grid) -> String {
    grid.lines().map(|line| format!("{}\n", line.replace('\u{a0}', " ").trim_end())).collect()
}
