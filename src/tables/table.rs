//! A table as plain data, which every renderer draws: spanning heads, headings, rows, and the notes below.

/// One table.
///
/// ```text
///                                   Etiology                          <- spans
///                           JDM             idiopathic
/// Characteristic            (N = 4)         (N = 1)         p         <- header
/// Demography                                                          <- Depth::Section, in all columns
/// Age, years, median        5.5             6               0.8 a     <- Depth::Variable, a cell with a mark
/// Sex, n/N (%)
///   female                  4/4 (100%)      1/1 (100%)                <- Depth::Level
/// JDM: juvenile dermatomyositis                                       <- a note without a mark
/// a  Mann-Whitney U test                                              <- a note with its mark
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its number in the document, where it has one.
    pub number: Option<usize>,
    /// What it shows.
    pub title: String,
    /// Lines of heads above the header, the outermost first; those of a line cover all columns.
    pub spans: Vec<Vec<SpanningHead>>,
    /// The heading of each column.
    pub header: Vec<Heading>,
    /// Rows of as many cells as the header.
    pub rows: Vec<Row>,
    /// What stands below it: first what concerns all of it, then what the marks stand for, in the order of the marks.
    pub notes: Vec<Note>,
}

/// A head above some columns; without a text, the place above columns that have none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpanningHead {
    /// What these columns have in common.
    pub text: String,
    /// Over how many columns it stands, at least 1.
    pub columns: usize,
}

/// The heading of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// What the column shows.
    pub text: String,
    /// The line below it: `N = 4`.
    pub below: String,
    /// The marks of its notes: `a` or `a,b`.
    pub mark: String,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What kind of row it is.
    pub depth: Depth,
    /// Its cells; the first is its label.
    pub cells: Vec<Cell>,
}

/// The kind of a row, by which it is indented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The heading of the variables below it; it has a label and no other cell.
    Section,
    /// The name of a variable.
    Variable,
    /// A level or a statistic of it.
    Level,
    /// What belongs to the level above it, such as one of its combinations.
    Item,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// The marks of its notes: `a` or `a,b`.
    pub mark: String,
}

/// A note below a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// The mark of the headings, labels or cells it is about; empty where it is about the whole table.
    pub mark: String,
    /// What it says.
    pub text: String,
}

impl Depth {
    /// How many steps its label is indented.
    pub fn indent(self) -> usize {
        match self {
            Depth::Section | Depth::Variable => 0,
            Depth::Level => 1,
            Depth::Item => 2,
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell { text: text.into(), mark: String::new() }
    }
}

impl<T: Into<String>> From<T> for Heading {
    fn from(text: T) -> Heading {
        Heading { text: text.into(), ..Heading::default() }
    }
}

impl Heading {
    /// The heading in one line: `idiopathic, N = 1`.
    pub fn line(&self) -> String {
        [self.text.as_str(), &self.below].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

impl Row {
    /// The label.
    pub fn label(&self) -> &Cell {
        const NONE: &Cell = &Cell { text: String::new(), mark: String::new() };
        self.cells.first().unwrap_or(NONE)
    }

    /// The cells behind the label.
    pub fn values(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().skip(1)
    }
}

impl Table {
    /// An empty table.
    pub fn new(title: &str, header: &[&str]) -> Table {
        let header = header.iter().map(|heading| Heading::from(*heading)).collect();
        Table { title: title.to_owned(), header, ..Table::default() }
    }

    /// The title behind the number: `Table 1. Characteristics of the 5 cases`.
    pub fn caption(&self) -> String {
        match self.number {
            Some(number) => format!("Table {number}. {}", self.title),
            None => self.title.clone(),
        }
    }

    /// True for a row whose label is set in bold: the name of a variable in a table of a journal.
    pub fn has_bold_label(&self, row: &Row) -> bool {
        self.number.is_some() && row.depth == Depth::Variable
    }

    /// The heading of each column in one line, behind the heads above it: `female, treated, N = 3`.
    pub fn headings(&self) -> Vec<String> {
        let above = |column: usize| self.spans.iter().filter_map(move |line| head_above(line, column));
        let heading = |(column, heading): (usize, &Heading)| {
            let parts = above(column).map(str::to_owned).chain([heading.line()]).filter(|text| !text.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        };
        self.header.iter().enumerate().map(heading).collect()
    }

    /// Appends the columns of another table of the same rows, but for its first ones.
    pub(super) fn add_columns(&mut self, other: Table, without: usize) {
        self.header.extend(other.header.into_iter().skip(without));
        for (row, other) in self.rows.iter_mut().zip(other.rows) {
            row.cells.extend(other.cells.into_iter().skip(without));
        }
    }

    /// True where a column has no cell.
    pub(super) fn is_blank(&self, column: usize) -> bool {
        self.rows.iter().all(|row| row.cells.get(column).is_none_or(|cell| cell.text.is_empty()))
    }

    /// The table without a column.
    pub(super) fn without(mut self, column: usize) -> Table {
        if column < self.header.len() {
            self.header.remove(column);
        }
        self.rows.iter_mut().map(|row| &mut row.cells).filter(|cells| column < cells.len()).for_each(|cells| {
            cells.remove(column);
        });
        self
    }

    /// Appends a row; missing cells at its end are empty.
    pub fn push<C: Into<Cell>>(&mut self, depth: Depth, cells: impl IntoIterator<Item = C>) {
        let mut cells: Vec<Cell> = cells.into_iter().map(Into::into).collect();
        cells.resize(self.header.len(), Cell::default());
        self.rows.push(Row { depth, cells });
    }
}

/// The head of a line that stands above a column.
fn head_above(line: &[SpanningHead], column: usize) -> Option<&str> {
    let mut end = 0;
    let over = line.iter().find(|span| {
        end += span.columns;
        column < end
    });
    over.map(|span| span.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::{Heading, SpanningHead, Table};

    #[test]
    fn a_heading_in_one_line_names_the_heads_above_it() {
        let heading = |text: &str, below: &str| Heading { text: text.into(), below: below.into(), mark: "a".into() };
        let span = |text: &str, columns| SpanningHead { text: text.into(), columns };
        let table = Table {
            spans: vec![vec![span("", 1), span("female", 2), span("", 1)]],
            header: vec![heading("", ""), heading("treated", "N = 3"), heading("not", "N = 1"), heading("p", "")],
            ..Table::default()
        };
        assert_eq!(table.headings(), ["", "female, treated, N = 3", "female, not, N = 1", "p"]);
    }
}
