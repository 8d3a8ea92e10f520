//! A listing for a terminal or a pipe; the first rows decide how wide the columns are.

use super::{Head, RowWriter};
use crate::diagnostic::{display_width, sanitize};
use crate::render::grid::{shrink, wrapped};
use crate::render::text::{GAP, fixed};
use crate::tables::listing::ListingEntry;
use comfy_table::Table as Grid;
use std::io::{self, Write};

/// Rows kept until the widths are known, and laid out together from then on.
const ROWS: usize = 1000;
/// The longest word that is never cut.
const LONGEST_WORD: usize = 18;

/// Writes rows of fixed widths.
pub struct Text<'a> {
    head: Head<'a>,
    rows: Vec<Vec<ListingEntry>>,
    widths: Option<Vec<usize>>,
    out: &'a mut dyn Write,
}

impl<'a> Text<'a> {
    /// Nothing is written before the widths are known.
    pub fn new(head: Head<'a>, out: &'a mut dyn Write) -> Text<'a> {
        Text { head, rows: Vec::new(), widths: None, out }
    }

    /// Lays out the rows that are kept.
    fn flush(&mut self) -> io::Result<()> {
        let header = self.widths.is_none();
        if header {
            self.out.write_all(format!("{}\n\n", sanitize(self.head.title)).as_bytes())?;
        }
        let widths = self.widths.take().unwrap_or_else(|| widths(self.head, &self.rows));
        let mut grid = Grid::new();
        if header {
            grid.set_header(self.head.columns.iter().map(|column| sanitize(&column.heading).into_owned()));
        }
        for row in self.rows.drain(..) {
            grid.add_row(row.iter().zip(&widths).map(|(entry, width)| cell(entry, *width)));
        }
        self.out.write_all(fixed(grid, &widths).as_bytes())?;
        self.widths = Some(widths);
        Ok(())
    }
}

impl RowWriter for Text<'_> {
    fn row(&mut self, row: Vec<ListingEntry>) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() < ROWS { Ok(()) } else { self.flush() }
    }

    fn finish(&mut self, footnotes: &[String]) -> io::Result<()> {
        if self.widths.is_none() || !self.rows.is_empty() {
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
        ListingEntry::Lines(_) => parts.join("\n"),
        ListingEntry::Items(_) => {
            let whole =
                |part: &String| if display_width(part) < width { part.replace(' ', "\u{a0}") } else { part.clone() };
            parts.iter().map(whole).collect::<Vec<_>>().join("; ")
        }
        _ => joined,
    }
}

/// The parts of an entry; the number of a treatment line stays with its first agent.
fn parts(entry: &ListingEntry) -> Vec<String> {
    let with_number =
        |part: String| if matches!(entry, ListingEntry::Lines(_)) { part.replacen(' ', "\u{a0}", 1) } else { part };
    entry.parts().iter().map(|part| with_number(sanitize(part).into_owned())).collect()
}

/// The widths of the columns: those of their longest cells, or so much less that the lines fit
/// and that long cells take about the same number of lines.
fn widths(head: Head<'_>, rows: &[Vec<ListingEntry>]) -> Vec<usize> {
    let headings: Vec<String> = head.columns.iter().map(|column| sanitize(&column.heading).into_owned()).collect();
    let mut natural: Vec<usize> = headings.iter().map(|heading| display_width(heading)).collect();
    let mut least: Vec<usize> = headings.iter().map(|heading| longest_word(heading)).collect();
    for row in rows {
        for ((entry, natural), least) in row.iter().zip(&mut natural).zip(&mut least) {
            let text = parts(entry).join("; ");
            *natural = (*natural).max(display_width(&text));
            *least = (*least).max(longest_word(&text));
        }
    }
    let Some(most) = head.width else { return natural };
    let room = usize::from(most).saturating_sub(usize::from(GAP) * natural.len());
    if least.iter().sum::<usize>() > room {
        shrink(&mut least, room);
        return least;
    }
    grow(&mut least, &natural, room);
    least
}

fn longest_word(text: &str) -> usize {
    text.split(' ').map(display_width).max().unwrap_or(0).min(LONGEST_WORD)
}

/// Gives the room to the columns whose cells would take the most lines.
fn grow(widths: &mut [usize], natural: &[usize], room: usize) {
    let left = room.saturating_sub(widths.iter().sum());
    for _ in 0..left {
        let narrow = widths.iter_mut().zip(natural).filter(|(width, natural)| **width < **natural);
        // The ratio of two is that of their products.
        let neediest = narrow.reduce(|a, b| if b.1 * *a.0 > a.1 * *b.0 { b } else { a });
        match neediest {
            Some((width, _)) => *width += 1,
            None => return,
        }
    }
}
