//! A document that is being written: paragraphs and tables, on upright or turned pages.

use super::package;
use super::picture::Picture;
use super::table::{END_OF_TABLE, MOST_COLUMNS, MOST_ROWS, Orientation, WordTable};
use super::xml::{MarkedText, ParagraphStyle, note, paragraph};
use crate::tables::plot::DrawnFigure;
use std::io;

/// The document so far.
pub struct DocxDocument<'a> {
    title: &'a str,
    body: String,
    has_table: bool,
    orientation: Orientation,
    pictures: Vec<Picture>,
}

impl<'a> DocxDocument<'a> {
    /// A document that begins with its title.
    pub fn new(title: &'a str) -> DocxDocument<'a> {
        let mut document = DocxDocument {
            title,
            body: String::new(),
            has_table: false,
            orientation: Orientation::default(),
            pictures: Vec::new(),
        };
        document.paragraph(ParagraphStyle::Title, title);
        document
    }

    /// Appends a paragraph.
    pub fn paragraph<'t>(&mut self, style: ParagraphStyle, content: impl Into<MarkedText<'t>>) {
        self.body.push_str(&paragraph(style, content));
        self.body.push('\n');
    }

    /// Appends a note below a table, behind its mark.
    pub fn note(&mut self, mark: &str, text: &str) {
        self.body.push_str(&note(mark, text));
        self.body.push('\n');
    }

    /// Appends a table below its caption; a wide one stands on turned pages.
    ///
    /// Errors: more rows or columns than Word shows.
    pub fn table(&mut self, table: &WordTable<'_>) -> io::Result<()> {
        ensure_word_can_show(table)?;
        self.turn(table.orientation());
        self.paragraph(ParagraphStyle::Caption, table.title.as_str());
        self.body.push_str(&table.xml());
        self.has_table = true;
        Ok(())
    }

    /// Appends a heading of what follows on upright pages.
    pub fn heading(&mut self, text: &str) {
        self.turn(Orientation::Portrait);
        self.paragraph(ParagraphStyle::Caption, text);
    }

    /// Appends a figure, on an upright page.
    ///
    /// Errors: those of drawing.
    pub fn figure(&mut self, figure: &DrawnFigure) -> io::Result<()> {
        let picture = Picture::new(self.pictures.len() + 1, figure)?;
        self.turn(Orientation::Portrait);
        self.body.push_str(&picture.paragraph(figure));
        self.pictures.push(picture);
        Ok(())
    }

    /// Ends the pages so far where the next ones are turned otherwise; a title alone gets no page of its own.
    fn turn(&mut self, orientation: Orientation) {
        if self.orientation != orientation && self.has_table {
            self.body.push_str(&format!("<w:p><w:pPr>{}</w:pPr></w:p>\n", self.orientation.section()));
        }
        self.orientation = orientation;
    }

    /// The file; its last paragraphs are notes.
    ///
    /// Errors: an archive that cannot be written.
    pub fn packed(mut self, notes: &[String]) -> io::Result<Vec<u8>> {
        notes.iter().for_each(|note| self.note("", note));
        if self.body.ends_with(END_OF_TABLE) {
            // Behind a table Word needs a paragraph.
            self.note("", "");
        }
        package::packed(self.title, &format!("{}{}", self.body, self.orientation.section()), &self.pictures)
    }
}

fn ensure_word_can_show(table: &WordTable<'_>) -> io::Result<()> {
    let (rows, columns) = (table.rows.len() + table.heads.len(), table.columns());
    let message = if columns > MOST_COLUMNS {
        format!("Word shows tables of at most {MOST_COLUMNS} columns, and this one has {columns}: use html or xlsx")
    } else if rows > MOST_ROWS {
        format!("Word shows tables of at most {MOST_ROWS} rows, and this one has {rows}: use xlsx or csv")
    } else {
        return Ok(());
    };
    Err(io::Error::new(io::ErrorKind::Unsupported, message))
}
