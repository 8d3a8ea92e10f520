//! A manuscript as a file: a text or a Word document, read and written with its numbers.

use crate::error::Error;
use crate::read::word::WordFile;
use crate::read::{name_of, read_bytes, text_of};
use crate::render::manuscript::filled_document;
use crate::tables::manuscript::{Draft, DraftFormat, DraftPiece};
use crate::words::Word;
use std::io::IsTerminal;
use std::path::Path;

/// A manuscript.
pub enum Manuscript {
    /// A text of any markup.
    Text(String),
    /// A Word document.
    Word(Box<WordFile>),
}

impl Manuscript {
    /// Reads a manuscript; a Word document is known by its first bytes.
    ///
    /// Errors: a file that cannot be read, and bytes that are neither text nor a Word document.
    pub fn read(path: &Path) -> Result<Manuscript, Error> {
        let (bytes, name) = (read_bytes(path)?, name_of(path));
        match WordFile::begins(&bytes) {
            true => WordFile::read(bytes, &name).map(|file| Manuscript::Word(Box::new(file))),
            false => text_of(bytes, &name).map(Manuscript::Text),
        }
    }

    /// Its text; of a Word document one line a paragraph.
    pub fn text(&self) -> &str {
        match self {
            Manuscript::Text(text) => text,
            Manuscript::Word(file) => file.text(),
        }
    }

    /// The markup: the chosen one, else that of its extension; a Word document has its own.
    ///
    /// Errors: a chosen markup that its bytes do not have.
    pub fn format(&self, path: &Path, chosen: Option<DraftFormat>) -> Result<DraftFormat, Error> {
        let by_path = DraftFormat::of_path(&path.to_string_lossy());
        let asked = chosen.or(by_path).unwrap_or_default();
        let name = name_of(path);
        match (self, asked, chosen) {
            (Manuscript::Word(_), DraftFormat::Word, _) | (Manuscript::Word(_), _, None) => Ok(DraftFormat::Word),
            (Manuscript::Text(_), DraftFormat::Word, _) => {
                let remedy = "save it in Word as .docx, or name the markup: --draft-format markdown";
                Err(Error::usage_with(format!("{name} is text, not a Word document"), remedy))
            }
            (Manuscript::Text(_), format, _) => Ok(format),
            (Manuscript::Word(_), format, Some(_)) => {
                let message = format!("{name} is a Word document, and its markup is not {format}");
                Err(Error::usage_with(message, "leave out --draft-format"))
            }
        }
    }

    /// Errors: a file whose name promises another kind of manuscript, and a document for a terminal.
    pub fn ensure_fits(&self, output: Option<&Path>) -> Result<(), Error> {
        let promised = output.and_then(|path| DraftFormat::of_path(&path.to_string_lossy()));
        let name = output.map(name_of).unwrap_or_default();
        match (self, promised) {
            (Manuscript::Text(_), Some(DraftFormat::Word)) => {
                let message = format!("the draft is text, and '{name}' would be no Word document");
                Err(Error::usage_with(message, "use the ending of the draft, or write the draft in Word"))
            }
            (Manuscript::Word(_), None) if output.is_none() && std::io::stdout().is_terminal() => Err(
                Error::usage_with("a Word document is not text for a terminal", "write it to a file: -o filled.docx"),
            ),
            (Manuscript::Word(_), Some(DraftFormat::Markdown | DraftFormat::Latex | DraftFormat::Text)) => {
                let message = format!("the draft is a Word document, and '{name}' would be one");
                Err(Error::usage_with(message, "use -o filled.docx"))
            }
            (Manuscript::Text(_) | Manuscript::Word(_), _) => Ok(()),
        }
    }

    /// The manuscript with the numbers of its draft filled in.
    ///
    /// Errors: a document that cannot be written.
    pub fn filled(&self, draft: &Draft<'_>, numbers: &[String]) -> Result<Vec<u8>, Error> {
        let Manuscript::Word(file) = self else { return Ok(filled_text(draft, numbers)) };
        let placeholders = draft.placeholders().map(|placeholder| placeholder.at.clone());
        let mut edits: Vec<_> = placeholders.zip(numbers.iter().map(String::as_str)).collect();
        edits.extend(draft.left_out.iter().map(|at| (at.clone(), "")));
        edits.sort_by_key(|(at, _)| at.start);
        filled_document(file, &edits).map_err(|fault| Error::io("the filled document", fault))
    }
}

fn filled_text(draft: &Draft<'_>, numbers: &[String]) -> Vec<u8> {
    let mut numbers = numbers.iter();
    let piece = |piece: &DraftPiece<'_>| match piece {
        DraftPiece::Text(text) => (*text).to_owned(),
        DraftPiece::Placeholder(_) => numbers.next().cloned().unwrap_or_default(),
    };
    draft.pieces.iter().map(piece).collect::<String>().into_bytes()
}
