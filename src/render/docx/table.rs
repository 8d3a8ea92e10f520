//! A table in WordprocessingML (ECMA-376, part 1, 17.4): its heads are repeated on every page, and no row is split.

use super::xml::{MarkedText, ParagraphStyle, escaped, paragraph};
use crate::diagnostic::display_width;
use crate::render::grid::{grow, longest_word};

/// The end of a table.
pub const END_OF_TABLE: &str = "</w:tbl>\n";
/// Word shows no more columns.
pub const MOST_COLUMNS: usize = 63;
/// Word shows no more rows.
pub const MOST_ROWS: usize = 32_767;

/// Twentieths of a point between the margins of a page of A4, upright and turned.
const PORTRAIT_WIDTH: usize = 9_638;
const LANDSCAPE_WIDTH: usize = 14_570;
/// What one character takes on average in the style of a cell.
const CHARACTER: usize = 95;
/// The margins of a cell, and room for its wide letters.
const MARGINS: usize = 200;
/// A page is not turned for the rest of a longer cell, which is folded.
const WIDEST_UNFOLDED: usize = 40;
/// Nor for the rest of a longer label.
const WIDEST_LABEL: usize = 28;
/// The rest of a longer cell widens no column.
const WIDEST: usize = 400;

/// How a page is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side.
    Landscape,
}

impl Orientation {
    /// Twentieths of a point between the margins.
    fn width(self) -> usize {
        match self {
            Orientation::Portrait => PORTRAIT_WIDTH,
            Orientation::Landscape => LANDSCAPE_WIDTH,
        }
    }

    /// The properties of a section of such pages.
    pub fn section(self) -> String {
        let size = match self {
            Orientation::Portrait => "w:w=\"11906\" w:h=\"16838\"",
            Orientation::Landscape => "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"",
        };
        let margins = "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\"";
        format!(
            "<w:sectPr><w:pgSz {size}/><w:pgMar {margins} w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>\n"
        )
    }
}

/// A table as it is placed.
pub struct WordTable<'a> {
    /// What it is: its caption, and its name for readers who cannot see it.
    pub title: String,
    /// The lines of heads; those of the last line stand above one column each.
    pub heads: Vec<Vec<ColumnHeads<'a>>>,
    /// The rows.
    pub rows: Vec<WordRow<'a>>,
}

/// The head of a column or of several.
#[derive(Debug, Clone, Copy)]
pub struct ColumnHeads<'a> {
    /// The text.
    pub content: MarkedText<'a>,
    /// A second line; empty where there is none.
    pub below: &'a str,
    /// How many columns it spans.
    pub columns: usize,
}

impl<'a> ColumnHeads<'a> {
    /// The head of one column.
    pub fn of(text: &'a str) -> ColumnHeads<'a> {
        ColumnHeads { content: text.into(), below: "", columns: 1 }
    }
}

/// A row of a table; a cell alone spans all columns.
pub struct WordRow<'a> {
    /// The style of its first cell.
    pub style: ParagraphStyle,
    /// Its cells.
    pub cells: Vec<MarkedText<'a>>,
}

impl<'a> WordRow<'a> {
    /// A row of text.
    pub fn of(cells: impl IntoIterator<Item = &'a str>) -> WordRow<'a> {
        WordRow { style: ParagraphStyle::TableText, cells: cells.into_iter().map(MarkedText::from).collect() }
    }
}

/// Where the rules of a head stand.
const RULE: &str = "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:tcBorders>";

impl WordTable<'_> {
    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.heads.last().map_or(0, Vec::len)
    }

    /// On its side where its columns need more room than an upright page has; heads and long labels may be folded.
    pub fn orientation(&self) -> Orientation {
        let cells = self.longest_cells(display_width).into_iter();
        let most = std::iter::once(WIDEST_LABEL).chain(std::iter::repeat(WIDEST_UNFOLDED));
        let cells = cells.zip(most).map(|(width, most)| width.min(most));
        let widths = cells.zip(self.longest(longest_word)).map(|(cell, word)| cell.max(word.min(WIDEST_UNFOLDED)));
        let needed: usize = widths.map(|width| width * CHARACTER + MARGINS).sum();
        if needed > PORTRAIT_WIDTH { Orientation::Landscape } else { Orientation::Portrait }
    }

    /// The longest of each column, from 1, by a measure.
    fn longest(&self, measure: impl Fn(&str) -> usize) -> Vec<usize> {
        let mut longest = self.longest_cells(&measure);
        for (longest, head) in longest.iter_mut().zip(self.heads.last().into_iter().flatten()) {
            // Bold.
            let lines = [head.content.text, head.below].map(|text| measure(&format!("{text} ")));
            *longest = lines.into_iter().fold(*longest, usize::max);
        }
        longest
    }

    /// The same of the cells below the heads.
    fn longest_cells(&self, measure: impl Fn(&str) -> usize) -> Vec<usize> {
        let mut longest = vec![1; self.columns()];
        let rows = self.rows.iter().filter(|row| row.cells.len() > 1);
        for row in rows {
            let widths = longest.iter_mut().zip(&row.cells);
            widths.for_each(|(longest, cell)| *longest = measure(cell.text).max(*longest));
        }
        longest
    }

    /// The widths of the columns, in twentieths of a point; together as wide as the page. Words are whole where they
    /// can be, and cells take about the same number of lines.
    fn widths(&self) -> Vec<usize> {
        let room = self.orientation().width().saturating_sub(MARGINS.saturating_mul(self.columns()));
        let mut widths: Vec<usize> =
            self.longest(longest_word).into_iter().map(|word| word.min(WIDEST_UNFOLDED)).collect();
        let natural: Vec<usize> = self.longest(display_width).into_iter().map(|width| width.min(WIDEST)).collect();
        grow(&mut widths, &natural, room / CHARACTER);
        let all = widths.iter().sum::<usize>().max(1);
        widths.into_iter().map(|width| MARGINS + width * room / all).collect()
    }

    /// The element of the table.
    pub fn xml(&self) -> String {
        let widths = self.widths();
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let heads = self.heads.iter().enumerate().map(|(at, heads)| head(heads, &widths, at + 1 == self.heads.len()));
        format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"JournalTable\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0620\" w:firstRow=\"1\" w:lastRow=\"0\" \
             w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/>\
             <w:tblDescription w:val=\"{}\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>\n{}{}{END_OF_TABLE}",
            widths.iter().sum::<usize>(),
            escaped(&self.title),
            escaped(&self.description()),
            heads.collect::<String>(),
            self.rows.iter().map(|row| line(row, &widths)).collect::<String>(),
        )
    }

    /// `12 rows, 3 columns: n/N (%) or value; not reported`
    fn description(&self) -> String {
        let heads = self.heads.last().into_iter().flatten().map(|head| head.content.text);
        let named: Vec<&str> = heads.filter(|heading| !heading.is_empty()).collect();
        format!("{} rows, {} columns: {}", self.rows.len(), self.columns(), named.join("; "))
    }
}

/// A line of heads; those above several columns have a rule of their own.
fn head(heads: &[ColumnHeads<'_>], widths: &[usize], is_last: bool) -> String {
    let mut left = widths;
    let cell = |head: &ColumnHeads<'_>| {
        let (own, rest) = left.split_at_checked(head.columns).unwrap_or((left, &[]));
        left = rest;
        let below =
            if head.below.is_empty() { String::new() } else { paragraph(ParagraphStyle::TableHeading, head.below) };
        let rule = if is_last || !head.content.text.is_empty() { RULE } else { "" };
        cell(own, rule, &(paragraph(ParagraphStyle::TableHeading, head.content) + &below))
    };
    let cells: String = heads.iter().map(cell).collect();
    format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>\n")
}

fn line(row: &WordRow<'_>, widths: &[usize]) -> String {
    let styles = std::iter::once(row.style).chain(std::iter::repeat(ParagraphStyle::TableText));
    let cells: String = match row.cells.as_slice() {
        [all] => cell(widths, "", &paragraph(row.style, *all)),
        cells => cells
            .iter()
            .zip(widths.chunks(1))
            .zip(styles)
            .map(|((content, width), style)| cell(width, "", &paragraph(style, *content)))
            .collect(),
    };
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>\n")
}

/// A cell over columns of these widths.
fn cell(widths: &[usize], borders: &str, paragraphs: &str) -> String {
    let span = if widths.len() > 1 { format!("<w:gridSpan w:val=\"{}\"/>", widths.len()) } else { String::new() };
    let width: usize = widths.iter().sum();
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{borders}</w:tcPr>{paragraphs}</w:tc>")
}
