//! A listing as CSV or TSV: a header of the names of the columns, one record a case.

use super::{Head, Plain};
use crate::render::csv::safe_text;
use crate::tables::listing::{ListingEntry, RowFormat};
use std::borrow::Cow;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// Writes records; footnotes have no place among them.
pub type Delimited<'a> = Plain<'a, DelimitedRecords>;

/// DelimitedRecords with this byte between two cells.
pub struct DelimitedRecords {
    delimiter: u8,
}

impl DelimitedRecords {
    /// A text as a cell: in quotes where it would end early, with doubled quotes inside.
    fn quoted(&self, text: String) -> String {
        let bytes = text.as_bytes();
        let ends_early = memchr::memchr3(self.delimiter, b'"', b'\n', bytes).is_some() || bytes.contains(&b'\r');
        if ends_early { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    }
}

impl RowFormat for DelimitedRecords {
    fn cell(&self, _: usize, entry: &ListingEntry) -> String {
        let text = entry.delimited();
        match safe_text(&text) {
            Cow::Owned(guarded) => self.quoted(guarded),
            Cow::Borrowed(_) => self.quoted(text),
        }
    }

    fn row(&self, cells: &[Rc<str>], to: &mut String) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                to.push(char::from(self.delimiter));
            }
            to.push_str(cell);
        }
        // An empty line is no record.
        if matches!(cells, [one] if one.is_empty()) {
            to.push_str("\"\"");
        }
        to.push('\n');
    }
}

impl<'a> Plain<'a, DelimitedRecords> {
    /// Writes the header.
    pub fn new(delimiter: u8, head: Head<'a>, out: &'a mut dyn Write) -> io::Result<Delimited<'a>> {
        let format = DelimitedRecords { delimiter };
        let names = head.columns.iter().map(|column| format.quoted(safe_text(&column.name).into_owned()).into());
        let (names, mut header) = (names.collect::<Vec<Rc<str>>>(), String::new());
        format.row(&names, &mut header);
        out.write_all(header.as_bytes())?;
        Ok(Plain { format: Arc::new(format), out })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(cells in prop::collection::vec("[ab,;\"\t\r\n #-]{0,5}", 1..4), is_tab in any::<bool>()) {
            let delimiter = if is_tab { b'\t' } else { b',' };
            let format = DelimitedRecords { delimiter };
            let texts: Vec<Rc<str>> = cells.iter().map(|cell| format.quoted(cell.clone()).into()).collect();
            let mut ours = String::new();
            format.row(&texts, &mut ours);
            let mut theirs = ::csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            theirs.write_record(&cells).unwrap();
            prop_assert_eq!(ours.as_bytes(), theirs.into_inner().unwrap());
        }
    }
}
