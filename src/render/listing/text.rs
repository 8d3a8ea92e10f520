//! A listing for a terminal or a pipe; the first rows decide how wide the columns are.

use super::{Head, RowWriter, row_in};
use crate::diagnostic::{display_width, is_printable_ascii, sanitize};
use crate::render::grid::{NO_BREAK, folded, grow, longest_word, wrapped};
use crate::render::text::{GAP, fixed};
use crate::tables::listing::{ListingEntry, RowFormat};
use comfy_table::Table as Grid;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// Rows kept until the widths are known.
const ROWS: usize = 1000;
/// A row of more lines is read as a block.
const MOST_LINES: usize = 16;
/// The longest heading that values stand beside; below a longer one they begin a line of their own.
const LONGEST_HEADING: usize = 32;

/// Writes rows of fixed widths, or a block a case where a line cannot hold all columns.
pub struct TextListing<'a> {
    head: Head<'a>,
    /// The rows that are kept.
    rows: Vec<Vec<ListingEntry>>,
    format: Option<Arc<dyn RowFormat>>,
    out: &'a mut dyn Write,
}

impl<'a> TextListing<'a> {
    /// Nothing is written before the widths are known.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> TextListing<'a> {
        TextListing { head, rows: Vec::new(), format: None, out }
    }

    /// Decides on the layout, and writes the rows that were kept.
    fn begin(&mut self) -> io::Result<()> {
        self.out.write_all(format!("{}\n", sanitize(self.head.title)).as_bytes())?;
        let format: Arc<dyn RowFormat> = match layout(self.head, &self.rows) {
            ListingLayout::Rows(widths) => {
                self.out.write_all(format!("\n{}", header(self.head, &widths)).as_bytes())?;
                Arc::new(RowsOfWidths(widths))
            }
            ListingLayout::Blocks(column) => {
                let headings = self.head.columns.iter().map(|column| sanitize(&column.heading).into_owned());
                Arc::new(CaseBlocks { headings: headings.collect(), column, width: self.head.width })
            }
        };
        for row in self.rows.drain(..) {
            self.out.write_all(row_in(&*format, &row).as_bytes())?;
        }
        self.format = Some(format);
        Ok(())
    }
}

/// How the cases are laid out.
enum ListingLayout {
    /// One row a case; the widths of the columns.
    Rows(Vec<usize>),
    /// One block a case; where the values begin.
    Blocks(usize),
}

/// The headings above the rows.
fn header(head: Head<'_>, widths: &[usize]) -> String {
    let mut grid = Grid::new();
    let headings = head.columns.iter().map(|column| sanitize(&column.heading));
    grid.set_header(headings.zip(widths).map(|(heading, width)| folded(&heading, *width, 0)));
    fixed(grid, widths)
}

/// One row a case, in columns of these widths.
struct RowsOfWidths(Vec<usize>);

impl RowFormat for RowsOfWidths {
    /// The lines of the cell, each with what is left of the column and the gap behind it.
    fn cell(&self, column: usize, entry: &ListingEntry) -> String {
        let width = self.0.get(column).copied().unwrap_or(0);
        let mut whole = entry.joined();
        // Most cells fit, and nothing in them has to be made safe.
        if whole.len() <= width && is_printable_ascii(&whole) {
            spaces(width - whole.len() + usize::from(GAP), &mut whole);
            return whole;
        }
        let text = cell(entry, width).replace(NO_BREAK, " ");
        let mut padded = String::with_capacity(text.len() + width);
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                padded.push('\n');
            }
            padded.push_str(line);
            spaces(width.saturating_sub(display_width(line)) + usize::from(GAP), &mut padded);
        }
        padded
    }

    fn row(&self, cells: &[Rc<str>], to: &mut String) {
        let height = cells.iter().map(|cell| cell.matches('\n').count()).max().unwrap_or(0) + 1;
        for line in 0..height {
            let start = to.len();
            for (cell, width) in cells.iter().zip(&self.0) {
                let own = if height == 1 { Some(&**cell) } else { cell.split('\n').nth(line) };
                match own {
                    Some(own) => to.push_str(own),
                    None => spaces(width + usize::from(GAP), to),
                }
            }
            to.truncate(start + to.get(start..).unwrap_or_default().trim_end().len());
            to.push('\n');
        }
    }
}

fn spaces(many: usize, to: &mut String) {
    to.extend(std::iter::repeat_n(' ', many));
}

/// A block a case: its id, and a line a column.
struct CaseBlocks {
    headings: Vec<String>,
    /// Where the values begin.
    column: usize,
    width: Option<u16>,
}

impl RowFormat for CaseBlocks {
    fn cell(&self, column: usize, entry: &ListingEntry) -> String {
        match self.headings.get(column).filter(|_| column > 0) {
            Some(heading) => block_line(heading, entry, self.column, self.width),
            None => format!("\n{}\n", sanitize(&entry.joined())),
        }
    }

    fn row(&self, cells: &[Rc<str>], to: &mut String) {
        cells.iter().for_each(|cell| to.push_str(cell));
    }
}

/// A heading and its entry; each treatment line begins a line.
fn block_line(heading: &str, entry: &ListingEntry, column: usize, width: Option<u16>) -> String {
    let parts = parts(entry);
    let values = if matches!(entry, ListingEntry::Lines(_)) { parts } else { vec![parts.join("; ")] };
    let (hanging, is_beside) = (" ".repeat(column), display_width(heading) + 4 <= column);
    let padding = column.saturating_sub(2 + display_width(heading));
    let mut start = if is_beside { format!("  {heading}{}", " ".repeat(padding)) } else { hanging.clone() };
    let mut text = if is_beside { String::new() } else { wrapped(heading, "  ", "    ", width) };
    for value in values {
        text.push_str(&wrapped(&value, &start, &hanging, width));
        start.clone_from(&hanging);
    }
    text
}

impl RowWriter for TextListing<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        if let Some(format) = &self.format {
            return self.out.write_all(row_in(&**format, &row).as_bytes());
        }
        self.rows.push(row);
        if self.rows.len() < ROWS { Ok(()) } else { self.begin() }
    }

    fn format(&self) -> Option<Arc<dyn RowFormat>> {
        self.format.clone()
    }

    fn written(&mut self, rows: &str) -> io::Result<()> {
        self.out.write_all(rows.as_bytes())
    }

    fn finish(&mut self, footnotes: &[String]) -> io::Result<()> {
        if self.format.is_none() {
            self.begin()?;
        }
        let paragraphs = footnotes.iter().map(|footnote| wrapped(footnote, "", "", self.head.width));
        self.out.write_all(format!("\n{}", paragraphs.collect::<String>()).as_bytes())
    }
}

/// An entry on one line where it fits; else treatment lines stand below each other, and an item
/// is not torn apart where it fits.
fn cell(entry: &ListingEntry, width: usize) -> String {
    let parts = parts(entry);
    let joined = parts.join("; ");
    match entry {
        _ if display_width(&joined) <= width => joined,
        ListingEntry::Lines(_) => parts.iter().map(|part| folded(part, width, 2)).collect::<Vec<_>>().join("\n"),
        ListingEntry::Items(_) => {
            let whole =
                |part: &String| if display_width(part) < width { part.replace(' ', NO_BREAK) } else { part.clone() };
            folded(&parts.iter().map(whole).collect::<Vec<_>>().join("; "), width, 0)
        }
        ListingEntry::Missing(_)
        | ListingEntry::Unreadable(_)
        | ListingEntry::Text(_)
        | ListingEntry::Level(..)
        | ListingEntry::Number(_) => folded(&joined, width, 0),
    }
}

/// The parts of an entry; the number of a treatment line stays with its first agent.
fn parts(entry: &ListingEntry) -> Vec<String> {
    let with_number =
        |part: String| if matches!(entry, ListingEntry::Lines(_)) { part.replacen(' ', "\u{a0}", 1) } else { part };
    entry.parts().iter().map(|part| with_number(sanitize(part).into_owned())).collect()
}

/// Rows with columns as wide as their longest cells, or so much less that the lines fit and that long cells take about
/// the same number of lines; blocks where that would cut a word.
fn layout(head: Head<'_>, rows: &[Vec<ListingEntry>]) -> ListingLayout {
    let headings: Vec<String> = head.columns.iter().map(|column| sanitize(&column.heading).into_owned()).collect();
    let mut natural: Vec<usize> = headings.iter().map(|heading| display_width(heading)).collect();
    let mut least: Vec<usize> = headings.iter().map(|heading| longest_word(heading)).collect();
    for row in rows {
        for ((entry, natural), least) in row.iter().zip(&mut natural).zip(&mut least) {
            let text = parts(entry).join("; ");
            *natural = (*natural).max(display_width(&text));
            *least = (*least).max(longest_word(&text) + usize::from(matches!(entry, ListingEntry::Lines(_))) * 2);
        }
    }
    let Some(most) = head.width else { return ListingLayout::Rows(natural) };
    let room = usize::from(most).saturating_sub(usize::from(GAP) * natural.len());
    let lines = |widths: &[usize]| {
        let of_row = |row: &Vec<ListingEntry>| {
            let heights = row.iter().zip(widths).map(|(entry, width)| cell(entry, *width).split('\n').count());
            heights.max().unwrap_or(1)
        };
        rows.iter().map(of_row).max().unwrap_or(1)
    };
    if least.iter().sum::<usize>() <= room {
        grow(&mut least, &natural, room);
        if lines(&least) <= MOST_LINES {
            return ListingLayout::Rows(least);
        }
    }
    let beside = headings.iter().skip(1).map(|heading| display_width(heading));
    let beside = beside.filter(|width| *width <= LONGEST_HEADING).max().unwrap_or(0);
    ListingLayout::Blocks(beside + 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Its twin is the table of the crate that writes all other tables.
        #[test]
        fn rows_are_those_of_a_table(
            rows in prop::collection::vec(prop::collection::vec("[ab膝 \u{a0}]{0,12}|[a-c]{9}|(knee|left elbow)(; (hip|foot)){0,3}", 3), 1..5),
            widths in prop::collection::vec(1_usize..12, 3),
        ) {
            let format = RowsOfWidths(widths.clone());
            let (mut ours, mut grid) = (String::new(), Grid::new());
            for row in &rows {
                let entries: Vec<ListingEntry> = row.iter().map(|text| match text.contains(';') {
                    true => ListingEntry::Items(text.split("; ").map(Arc::from).collect()),
                    false => ListingEntry::Text(text.clone()),
                }).collect();
                ours.push_str(&row_in(&format, &entries));
                grid.add_row(entries.iter().zip(&widths).map(|(entry, width)| cell(entry, *width)));
            }
            prop_assert_eq!(ours, fixed(grid, &widths));
        }
    }
}
