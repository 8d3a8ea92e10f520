//! Tables for a terminal or a pipe: the same text, only the width differs.

use super::grid::{NO_BREAK, folded, longest_word, marked, marked_headings, note, shrink, wrapped};
use crate::diagnostic::{display_width, sanitize};
use crate::tables::{Depth, GlanceItem, GlanceLine, Report, Row, Table};
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table as Grid, TableStyle, Width};

/// Spaces between two columns; one of them takes the place of a border.
pub(super) const GAP: u16 = 2;
/// One rule, below the header.
const HEADER_RULE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
/// Where the items of the glance begin.
const GLANCE_COLUMN: usize = 17;
/// The lines of the glance, with its heading.
const GLANCE_LINES: usize = 15;
/// Characters a line of the glance may always have.
const GLANCE_WIDTH: u16 = 80;
/// The longest title that widens the first column to stand in it.
const LONGEST_TITLE: usize = 32;
/// Spaces of a step of indentation.
const INDENT: usize = 2;
/// Where a label goes on that does not fit on its line.
const HANGING: usize = 4;

/// The report as text; lines of at most `width` columns of a terminal where one is given.
///
/// ```text
/// At a glance
///   cases          5 in cases.csv
///   sex            female 5/5 (100%)
///
/// Cases         n/N (%) or value  not reported
/// ────────────────────────────────────────────
/// Sex                             0
///   female      5/5 (100%)
/// ```
pub fn render(report: &Report, width: Option<u16>) -> String {
    let mut text = glance(report, width);
    if !report.is_brief {
        report.tables.iter().for_each(|table| text.push_str(&grid(report, table, width)));
    }
    if !report.footnotes.is_empty() {
        text.push('\n');
    }
    for footnote in &report.footnotes {
        text.push_str(&wrapped(footnote, "", "", width));
    }
    text
}

/// The glance; without one, the title.
fn glance(report: &Report, width: Option<u16>) -> String {
    if report.glance.is_empty() {
        return format!("{}\n", sanitize(&report.title));
    }
    let most = width.unwrap_or(GLANCE_WIDTH).max(GLANCE_WIDTH);
    let room = usize::from(most) - GLANCE_COLUMN;
    // A line that shows few of its items is the first to get a second line.
    let mut needy: Vec<(usize, usize)> = report.glance.iter().map(|line| shown(line, room)).enumerate().collect();
    needy.retain(|(number, items)| report.glance.get(*number).is_some_and(|line| *items < line.items.len()));
    let needs_all = |number: usize| report.glance.get(number).is_some_and(|line| line.needs_all);
    needy.sort_by_key(|(number, items)| (!needs_all(*number), *items, *number));
    needy.truncate(GLANCE_LINES.saturating_sub(1 + report.glance.len()));
    let hanging = " ".repeat(GLANCE_COLUMN);
    let mut text = "At a glance\n".to_owned();
    for (number, line) in report.glance.iter().enumerate() {
        let lines = if needy.iter().any(|(needy, _)| *needy == number) { 2 } else { 1 };
        let mut start = format!("  {:<width$}", line.label, width = GLANCE_COLUMN - 2);
        for items in item_lines(line, room, lines) {
            text.push_str(&wrapped(&items, &start, &hanging, width.filter(|width| *width < GLANCE_WIDTH)));
            start.clone_from(&hanging);
        }
    }
    text
}

/// Between two items.
const BETWEEN: &str = ", ";
/// In place of further items.
const MORE: &str = ", ...";

/// How many items of a line fit in one.
fn shown(line: &GlanceLine, room: usize) -> usize {
    let fits = |items: usize| {
        let widths = line.items.iter().take(items).map(|item| display_width(&sanitize(&item.text())) + BETWEEN.len());
        widths.sum::<usize>() + if items < line.items.len() { MORE.len() } else { 0 } <= room + BETWEEN.len()
    };
    (1..=line.items.len()).rev().find(|items| fits(*items)).unwrap_or(0)
}

/// The items in up to `most` lines, each whole but for its name where it is too long; `...` for those without room.
fn item_lines(line: &GlanceLine, room: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (number, item) in line.items.iter().enumerate() {
        let behind = if number + 1 < line.items.len() { MORE.len() } else { 0 };
        let text = item_of_width(item, room.saturating_sub(behind));
        let is_last_line = lines.len() >= most;
        let behind = if is_last_line { behind } else { 1 };
        match lines.last_mut() {
            Some(last) if display_width(last) + BETWEEN.len() + display_width(&text) + behind <= room => {
                last.push_str(BETWEEN);
                last.push_str(&text);
            }
            Some(last) if is_last_line => {
                last.push_str(MORE);
                break;
            }
            Some(last) => {
                last.push(',');
                lines.push(text);
            }
            None => lines.push(text),
        }
    }
    lines
}

/// An item of at most `room` characters, as far as its name can be cut.
fn item_of_width(item: &GlanceItem, room: usize) -> String {
    let whole = sanitize(&item.text()).into_owned();
    if display_width(&whole) <= room {
        return whole;
    }
    let GlanceItem { before, name, behind } = item;
    let name = sanitize(name);
    let room = room.saturating_sub(display_width(before) + display_width(behind) + 1);
    let mut short = String::new();
    for character in name.chars() {
        if display_width(&format!("{short}{character}")) > room {
            break;
        }
        short.push(character);
    }
    format!("{before}{}…{behind}", short.trim_end())
}

/// A table below its title, in several blocks of columns where a line cannot hold all of them.
fn grid(report: &Report, table: &Table, width: Option<u16>) -> String {
    let size = size(report, table);
    let blocks = size.blocks(width);
    let blocks = blocks.iter().map(|columns| format!("\n{}", block(table, columns, &size.fit(columns, width))));
    let notes = table.notes.iter().map(|of| wrapped(&note(of), "", "", width));
    blocks.chain(notes).collect()
}

/// Some columns of a table; its title stands in the empty first heading where it fits.
fn block(table: &Table, columns: &[usize], widths: &[usize]) -> String {
    let title = table.caption();
    let title = sanitize(&title);
    let headings = marked_headings(table);
    let heading = |column: usize| headings.get(column).map(|cell| unbroken(cell)).unwrap_or_default();
    let is_inside = heading(0).is_empty() && widths.first().is_some_and(|width| display_width(&title) <= *width);
    let mut grid = Grid::new();
    let header = columns.iter().zip(widths).map(|(column, width)| match column {
        0 if is_inside => title.replace(' ', NO_BREAK),
        column => folded(&heading(*column), *width, 0),
    });
    grid.set_header(header);
    for row in &table.rows {
        let cells = cells(row);
        grid.add_row(columns.iter().zip(widths).map(|(column, width)| {
            let cell = cells.get(*column).map(String::as_str).unwrap_or_default();
            folded(cell, *width, if *column == 0 { hanging(row) } else { 0 })
        }));
    }
    let above = if is_inside { String::new() } else { format!("{title}\n") };
    format!("{above}{}", fixed(grid, widths))
}

/// The widths that the columns of all tables with one header have: those of their longest cells, and of their longest
/// words.
struct Size {
    natural: Vec<usize>,
    least: Vec<usize>,
}

fn size(report: &Report, like: &Table) -> Size {
    let alike = report.tables.iter().filter(|table| table.header == like.header);
    let headings = marked_headings(like);
    let mut natural: Vec<usize> = headings.iter().map(|cell| display_width(cell)).collect();
    let mut least: Vec<usize> = headings.iter().map(|cell| longest_word(&unbroken(cell))).collect();
    for table in alike {
        let title = display_width(&table.caption());
        if let Some(first) = natural.first_mut().filter(|_| title <= LONGEST_TITLE) {
            *first = (*first).max(title);
        }
        for row in &table.rows {
            for (column, cell) in cells(row).iter().enumerate() {
                let behind = if column == 0 { hanging(row) } else { 0 };
                let (Some(natural), Some(least)) = (natural.get_mut(column), least.get_mut(column)) else { continue };
                *natural = (*natural).max(display_width(cell));
                let (first, rest) = cell.split_once(' ').unwrap_or((cell, ""));
                let of_rest = if rest.is_empty() { 0 } else { longest_word(rest) + behind };
                *least = (*least).max(longest_word(first)).max(of_rest);
            }
        }
    }
    Size { natural, least }
}

impl Size {
    /// The columns of each block: the labels, and as many others as fit without cutting a word.
    fn blocks(&self, width: Option<u16>) -> Vec<Vec<usize>> {
        let all = 0..self.natural.len();
        let Some(most) = width.map(usize::from) else { return vec![all.collect()] };
        let gap = usize::from(GAP);
        // Labels leave half the line to the columns.
        let of_labels = self.least.first().copied().unwrap_or(0).min(most / 2) + gap;
        let (mut blocks, mut used) = (vec![vec![0]], of_labels);
        for column in all.skip(1) {
            let needed = self.least.get(column).copied().unwrap_or(0) + gap;
            match blocks.last_mut() {
                Some(block) if used + needed <= most || block.len() == 1 => {
                    block.push(column);
                    used += needed;
                }
                _ => {
                    blocks.push(vec![0, column]);
                    used = of_labels + needed;
                }
            }
        }
        blocks
    }

    /// The widths of some columns on lines of at most so many characters.
    fn fit(&self, columns: &[usize], width: Option<u16>) -> Vec<usize> {
        let of =
            |widths: &[usize]| columns.iter().filter_map(|column| widths.get(*column).copied()).collect::<Vec<_>>();
        let (mut widths, mut least) = (of(&self.natural), of(&self.least));
        let Some(most) = width.map(usize::from) else { return widths };
        let room = most.saturating_sub(usize::from(GAP) * widths.len());
        shrink(&mut widths, &least, room);
        // Only where a single word is too long.
        least.iter_mut().for_each(|least| *least = (*least).min(room / columns.len().max(1)));
        shrink(&mut widths, &least, room);
        widths
    }
}

/// Where the label of a row goes on that does not fit on its line.
fn hanging(row: &Row) -> usize {
    match row.depth {
        Depth::Section | Depth::Variable | Depth::Level => HANGING,
        Depth::Item => HANGING + INDENT,
    }
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
    let indent = NO_BREAK.repeat(INDENT * row.depth.indent());
    let mut cells: Vec<String> = row.cells.iter().map(|cell| unbroken(&marked(cell))).collect();
    if let Some(first) = cells.first_mut() {
        first.insert_str(0, &indent);
    }
    cells
}

/// A cell that is safe to print and is not cut before or behind a sign: `N = 74` stays on a line.
fn unbroken(cell: &str) -> String {
    sanitize(cell).replace(" = ", "\u{a0}=\u{a0}")
}

/// The lines of a grid without spaces at their ends.
fn lines(grid: &Grid) -> String {
    grid.lines().map(|line| format!("{}\n", line.replace('\u{a0}', " ").trim_end())).collect()
}
