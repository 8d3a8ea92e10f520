//! Word documents (docx): the paragraphs and tables of the main part, as they read with all changes accepted.

use super::builder::Builder;
use super::{Passage, PassageKind};
use crate::error::Error;
use crate::read::bytes::{name_of, opening_fault};
use crate::read::workbook::{Fault, Package, XmlToken};
use std::fs::File;
use std::path::Path;

/// Most bytes of text that are read; a long book has a few MiB.
const LONGEST: usize = 64 << 20;

/// The main part of a document.
const MAIN: &str = "word/document.xml";

/// The passages of a document.
///
/// Errors: a file that cannot be opened, is no Word document, is damaged, protected or too long.
pub(super) fn passages(path: &Path) -> Result<Vec<Passage>, Error> {
    let file = File::open(path).map_err(|fault| opening_fault(path, fault))?;
    read(file).map_err(|fault| {
        let what = match fault {
            Fault::Damaged(what) => format!("is damaged or no Word document: {what}"),
            Fault::Protected => "is protected by a password".to_owned(),
            Fault::TooLarge(what) | Fault::Unread(what, _) => format!("is too large to be read: {what}"),
            Fault::Io(fault) => format!("cannot be read: {fault}"),
        };
        let remedy = "open it in Word, save it as plain text (.txt), and name that file";
        Error::usage_with(format!("'{}' {what}", name_of(path)), remedy)
    })
}

fn read(file: File) -> Result<Vec<Passage>, Fault> {
    let mut package = Package::open(Box::new(file))?;
    let Some(mut xml) = package.xml(MAIN)? else { return Err(Fault::damaged(format!("it has no part {MAIN}"))) };
    let mut body = Body { builder: Builder::default(), kind: PassageKind::Paragraph, is_text: false };
    let mut length = 0_usize;
    loop {
        match xml.next()? {
            XmlToken::Open(element) => {
                let is_heading = element.name() == "pStyle"
                    && element.attribute("val").is_some_and(|style| is_heading_style(&style));
                body.open(element.name(), is_heading);
            }
            XmlToken::Close(end) => body.close(|name| end.is(name)),
            XmlToken::Text(text) => {
                length = length.saturating_add(text.len());
                if length > LONGEST {
                    return Err(Fault::TooLarge("its text is longer than 64 MiB"));
                }
                body.text(&text);
            }
            XmlToken::End => return Ok(body.builder.end()),
        }
    }
}

/// True for the styles of headings, as Word names them: `Heading1`, `Title`.
fn is_heading_style(style: &str) -> bool {
    style.starts_with("Heading") || style == "Title"
}

struct Body {
    builder: Builder,
    /// What the paragraph is.
    kind: PassageKind,
    /// True inside of text that is shown: text that was deleted is in another element.
    is_text: bool,
}

impl Body {
    fn open(&mut self, name: &str, is_heading: bool) {
        match name {
            "p" => self.kind = PassageKind::Paragraph,
            "pStyle" if is_heading => self.kind = PassageKind::Heading,
            "t" => self.is_text = true,
            "tab" | "br" | "cr" => self.builder.space(),
            "tbl" => self.builder.begin_table(),
            "tr" => self.builder.begin_row(),
            "tc" => self.builder.begin_cell(),
            _ => {}
        }
    }

    fn close(&mut self, is: impl Fn(&str) -> bool) {
        if is("t") {
            self.is_text = false;
        } else if is("p") && !self.builder.is_in_table() {
            self.builder.close(self.kind);
        } else if is("p") {
            self.builder.space();
        } else if is("tbl") {
            self.builder.end_table();
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_text {
            self.builder.add(text, None);
        }
    }
}
