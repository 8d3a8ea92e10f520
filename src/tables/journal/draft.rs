//! A table whose notes have no marks yet: they get them in the order in which they are read.

use crate::tables::journal_options::NoteMarks;
use crate::tables::{Cell, Depth, Heading, Note, Row, SpanningHead, Table};

/// A text with notes about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::tables) struct Noted {
    pub text: String,
    pub notes: Vec<String>,
}

impl<T: Into<String>> From<T> for Noted {
    fn from(text: T) -> Noted {
        Noted { text: text.into(), notes: Vec::new() }
    }
}

impl Noted {
    /// The same with a further note.
    pub fn noting(mut self, note: impl Into<String>) -> Noted {
        self.notes.push(note.into());
        self
    }
}

/// A row: its kind and its cells.
pub(in crate::tables) type DraftRow = (Depth, Vec<Noted>);

/// A table without marks.
#[derive(Debug, Clone, Default)]
pub(in crate::tables) struct Draft {
    pub number: usize,
    pub title: String,
    pub spans: Vec<Vec<SpanningHead>>,
    pub header: Vec<(Heading, Vec<String>)>,
    pub rows: Vec<DraftRow>,
    /// Notes about the whole table.
    pub notes: Vec<String>,
}

impl Draft {
    /// Appends the heading of the rows below it.
    pub fn section(&mut self, title: &str) {
        self.rows.push((Depth::Section, vec![title.into()]));
    }

    /// Every text that a reader sees.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let headings = self.header.iter().flat_map(|(heading, notes)| {
            [heading.text.as_str(), &heading.below].into_iter().chain(notes.iter().map(String::as_str))
        });
        let cells = self.rows.iter().flat_map(|(_, cells)| cells);
        let cells = cells.flat_map(|cell| cell.notes.iter().chain([&cell.text]).map(String::as_str));
        let spans = self.spans.iter().flatten().map(|span| span.text.as_str());
        let whole = self.notes.iter().map(String::as_str).chain([self.title.as_str()]);
        headings.chain(cells).chain(spans).chain(whole)
    }

    /// A note that all noted cells of a column share stands at its heading.
    fn lift(&mut self) {
        for (column, (heading, lifted)) in self.header.iter_mut().enumerate().skip(1) {
            let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(column));
            let mut filled = cells.filter(|cell| !cell.text.is_empty()).map(|cell| &cell.notes);
            let Some(first) = filled.next().filter(|notes| !notes.is_empty()) else { continue };
            if heading.text.is_empty() || !filled.all(|notes| notes == first) {
                continue;
            }
            lifted.extend(first.clone());
            let cells = self.rows.iter_mut().filter_map(|(_, cells)| cells.get_mut(column));
            cells.for_each(|cell| cell.notes.clear());
        }
    }

    /// The table, with a mark for each note: equal notes have one.
    pub fn marked(mut self, marks: NoteMarks) -> Table {
        self.lift();
        let mut known: Vec<String> = Vec::new();
        let mut mark_of = |notes: Vec<String>| {
            let mut numbers: Vec<usize> = notes.into_iter().map(|note| number_of(&mut known, note)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers.into_iter().map(|number| marks.mark(number)).collect::<Vec<_>>().join(",")
        };
        let header: Vec<Heading> =
            self.header.into_iter().map(|(heading, notes)| Heading { mark: mark_of(notes), ..heading }).collect();
        let rows = self.rows.into_iter().map(|(depth, cells)| {
            let cell = |cell: Noted| Cell { text: cell.text, mark: mark_of(cell.notes) };
            let mut cells: Vec<Cell> = cells.into_iter().map(cell).collect();
            cells.resize(header.len(), Cell::default());
            Row { depth, cells }
        });
        let rows = rows.collect();
        let whole = self.notes.into_iter().map(|text| Note { mark: String::new(), text });
        let marked = known.into_iter().enumerate().map(|(number, text)| Note { mark: marks.mark(number), text });
        let notes = whole.chain(marked).collect();
        Table { number: Some(self.number), title: self.title, spans: self.spans, header, rows, notes }
    }
}

/// The number of a note among those known, which it joins.
fn number_of(known: &mut Vec<String>, note: String) -> usize {
    known.iter().position(|text| *text == note).unwrap_or_else(|| {
        known.push(note);
        known.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::{Draft, NoteMarks, Noted};
    use crate::tables::{Depth, Heading};

    fn draft(rows: Vec<Vec<Noted>>) -> Draft {
        let header = ["", "p"].map(|text| (Heading::from(text), Vec::new())).to_vec();
        Draft { header, rows: rows.into_iter().map(|cells| (Depth::Variable, cells)).collect(), ..Draft::default() }
    }

    #[test]
    fn notes_are_marked_in_the_order_of_reading_and_equal_ones_alike() {
        let fisher = || Noted::from("0.4").noting("Fisher's exact test.");
        let table = draft(vec![
            vec![
                Noted::from("Age").noting("1 cell not understood."),
                Noted::from("0.2").noting("Mann-Whitney U test."),
            ],
            vec!["Sex".into(), fisher().noting("1 cell not understood.")],
            vec!["Site".into(), fisher()],
        ])
        .marked(NoteMarks::Letters);
        let marks: Vec<&str> = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.mark.as_str()).collect();
        assert_eq!(marks, ["a", "b", "", "a,c", "", "c"]);
        let notes: Vec<&str> = table.notes.iter().map(|note| note.mark.as_str()).collect();
        assert_eq!(notes, ["a", "b", "c"]);
    }

    #[test]
    fn a_note_that_all_cells_of_a_column_share_stands_at_its_heading() {
        let p = |text: &str| Noted::from(text).noting("Fisher's exact test.");
        let table = draft(vec![vec!["a".into(), p("0.4")], vec!["b".into(), "".into()], vec!["c".into(), p("1")]]);
        let table = table.marked(NoteMarks::Signs);
        assert_eq!(table.header[1].mark, "*");
        assert!(table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.mark.is_empty()));
    }
}
