//! Plain text and Markdown: paragraphs, headings and tables by their lines.

use super::builder::PassageBuilder;
use super::{Passage, PassageKind};

/// How the lines of a text are marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// Not at all.
    Text,
    /// As Markdown.
    Markdown,
}

/// A line of more characters is a paragraph of its own, not a part of wrapped text.
const WRAPPED: usize = 160;

/// Lines that are headings without any markup.
const HEADINGS: [&str; 26] = [
    "abstract",
    "summary",
    "introduction",
    "background",
    "objective",
    "objectives",
    "aim",
    "aims",
    "methods",
    "patients and methods",
    "materials and methods",
    "material and methods",
    "case report",
    "case reports",
    "case series",
    "case presentation",
    "observations",
    "results",
    "findings",
    "discussion",
    "conclusion",
    "conclusions",
    "limitations",
    "references",
    "bibliography",
    "acknowledgements",
];

/// The passages of a text.
pub(super) fn passages(text: &str, markup: Markup) -> Vec<Passage> {
    let mut lines = PlainLines { markup, builder: PassageBuilder::default() };
    // A form feed separates the pages of an extracted PDF.
    for (number, line) in (1..).zip(text.split('\n')) {
        lines.line(number, line.trim_matches(['\r', '\u{c}', ' ', '\u{feff}']));
    }
    lines.builder.end()
}

struct PlainLines {
    markup: Markup,
    builder: PassageBuilder,
}

impl PlainLines {
    fn line(&mut self, number: u64, line: &str) {
        if let Some(cells) = cells(line) {
            return self.row(number, &cells);
        }
        if self.builder.is_in_table() {
            self.builder.end_table();
        }
        if line.is_empty() || starts_item(line) {
            self.builder.close(PassageKind::Paragraph);
        }
        if let Some(heading) = self.heading(line) {
            self.builder.close(PassageKind::Paragraph);
            self.builder.add(heading, Some(number));
            return self.builder.close(PassageKind::Heading);
        }
        self.builder.space();
        self.builder.add(line, Some(number));
        if line.ends_with(['.', '!', '?']) || line.len() > WRAPPED {
            self.builder.close(PassageKind::Paragraph);
        }
    }

    fn heading<'l>(&self, line: &'l str) -> Option<&'l str> {
        if self.markup == Markup::Markdown && line.starts_with('#') {
            return Some(line.trim_start_matches('#').trim());
        }
        let plain = line.trim_matches(|c: char| !c.is_alphabetic());
        HEADINGS.iter().any(|heading| heading.eq_ignore_ascii_case(plain)).then_some(plain)
    }

    /// One row of a table; a row that only rules off the head is none.
    fn row(&mut self, line: u64, cells: &[&str]) {
        if cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' '))) {
            return;
        }
        if !self.builder.is_in_table() {
            self.builder.begin_table();
        }
        self.builder.begin_row();
        for cell in cells {
            self.builder.begin_cell();
            self.builder.add(cell, Some(line));
        }
    }
}

/// The cells of a line that is a row of a table: between `|`, or separated by tabs.
fn cells(line: &str) -> Option<Vec<&str>> {
    if let Some(inner) = line.strip_prefix('|') {
        return Some(inner.strip_suffix('|').unwrap_or(inner).split('|').collect());
    }
    line.contains('\t').then(|| line.split('\t').collect())
}

/// True for the first line of an item of a list.
fn starts_item(line: &str) -> bool {
    ["- ", "* ", "+ ", "• ", "– "].iter().any(|bullet| line.starts_with(bullet))
}

#[cfg(test)]
mod tests {
    use super::super::TableCell;
    use super::*;

    fn read(text: &str, markup: Markup) -> Vec<(PassageKind, String, Option<u64>)> {
        let passages = passages(text, markup).into_iter();
        passages.map(|passage| (passage.kind, passage.text.clone(), passage.line_at(0))).collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_know_their_lines() {
        let passages = passages("A line that\nis wrapped\n\nAnother.\nNext", Markup::Text);
        let texts: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(texts, ["A line that is wrapped", "Another.", "Next"]);
        let first = &passages[0];
        assert_eq!([0, 10, 12, 21].map(|at| first.line_at(at)), [Some(1), Some(1), Some(2), Some(2)]);
        assert_eq!(passages.iter().map(|passage| passage.number).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn headings_and_tables_are_seen() {
        let text = "# 2. Results\nText\n| a | b |\n|---|:-:|\n| 1 | 2 |\n";
        let cell = |row, column| PassageKind::Cell(TableCell { table: 1, row, column });
        let expected = [
            (PassageKind::Heading, "2. Results", 1),
            (PassageKind::Paragraph, "Text", 2),
            (cell(1, 1), "a", 3),
            (cell(1, 2), "b", 3),
            (cell(2, 1), "1", 5),
            (cell(2, 2), "2", 5),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(kind, text, line)| (kind, text.to_owned(), Some(line))).collect();
        assert_eq!(read(text, Markup::Markdown), expected);
        assert_eq!(
            read("DISCUSSION:\nx\ty", Markup::Text)[0],
            (PassageKind::Heading, "DISCUSSION".to_owned(), Some(1))
        );
    }
}
