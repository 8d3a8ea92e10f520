//! A listing for a terminal or a pipe; the first rows decide how wide the columns are.

use super::{Head, RowWriter};
use crate::diagnostic::{display_width, sanitize};
use crate::render::grid::{NO_BREAK, folded, grow, longest_word, wrapped};
use crate::render::text::{GAP, fixed};
use crate::tables::listing::ListingEntry;
use comfy_table::Table as Grid;
use std::io::{self, Write};

/// Rows kept until the widths are known, and laid out together from then on.
const ROWS: usize = 1000;
/// A row of more lines is read as a block.
const MOST_LINES: usize = 16;
/// The longest heading that values stand beside; below a longer one they begin a line of their own.
const LONGEST_HEADING: usize = 32;

/// Writes rows of fixed widths, or a block a case where a line cannot hold all columns.
pub struct Text<'a> {
    head: Head<'a>,
    rows: Vec<Vec<ListingEntry>>,
    layout: Option<ListingLayout>,
    out: &'a mut dyn Write,
}

/// How the cases are laid out.
enum ListingLayout {
    /// One row a case; the widths of the columns.
    Rows(Vec<usize>),
    /// One block a case; where the values begin.
    Blocks(usize),
}

impl<'a> Text<'a> {
    /// Nothing is written before the widths are known.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> Text<'a> {
        Text { head, rows: Vec::new(), layout: None, out }
    }

    /// Lays out the rows that are kept.
    fn flush(&mut self) -> io::Result<()> {
        let is_first = self.layout.is_none();
        if is_first {
            self.out.write_all(format!("{}\n", sanitize(self.head.title)).as_bytes())?;
        }
        let layout = self.layout.take().unwrap_or_else(|| layout(self.head, &self.rows));
        match &layout {
            ListingLayout::Rows(widths) => self.write_rows(widths, is_first)?,
            ListingLayout::Blocks(column) => self.write_blocks(*column)?,
        }
        self.layout = Some(layout);
        Ok(())
    }

    fn write_rows(&mut self, widths: &[usize], is_first: bool) -> io::Result<()> {
        let mut grid = Grid::new();
        if is_first {
            self.out.write_all(b"\n")?;
            let headings = self.head.columns.iter().map(|column| sanitize(&column.heading));
            grid.set_header(headings.zip(widths).map(|(heading, width)| folded(&heading, *width, 0)));
        }
        for row in self.rows.drain(..) {
            grid.add_row(row.iter().zip(widths).map(|(entry, width)| cell(entry, *width)));
        }
        self.out.write_all(fixed(grid, widths).as_bytes())
    }

    fn write_blocks(&mut self, column: usize) -> io::Result<()> {
        for row in self.rows.drain(..) {
            let mut entries = row.iter().zip(self.head.columns);
            let mut text = entries.next().map_or(String::new(), |(id, _)| format!("\n{}\n", sanitize(&id.joined())));
            for (entry, of) in entries {
                text.push_str(&block_line(&sanitize(&of.heading), entry, column, self.head.width));
            }
            self.out.write_all(text.as_bytes())?;
        }
        Ok(())
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

impl RowWriter for Text<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() < ROWS { Ok(()) } else { self.flush() }
    }

    fn finish(&mut self, footnotes: &[String]) -> io::Result<()> {
        if self.layout.is_none() || !self.rows.is_empty() {
            self.flush()?;
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
