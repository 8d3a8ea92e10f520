//! The parts of a Word document: which of them hold the text of its author.

use super::super::foreign::{COMPOUND, ZIP};
use super::paragraphs::paragraphs;
use super::structure::WordStructure;
use super::text::{TextElement, WordText};
use crate::error::Error;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// More bytes than the parts of a thesis that are read have, all together.
const LARGEST: u64 = 64 << 20;
/// What begins double braces that are left unchanged.
const BRACES: &[u8] = b"{{";
/// The list of the kinds of all parts.
const CONTENT_TYPES: &str = "[Content_Types].xml";
/// The kinds of parts that hold text of the author, by the end of their content type, in the order of the text.
const TEXT_PARTS: [(&str, TextPart); 7] = [
    (".document.main+xml", TextPart::Body),
    (".document.macroEnabled.main+xml", TextPart::Body),
    (".template.main+xml", TextPart::Body),
    (".footnotes+xml", TextPart::Notes),
    (".endnotes+xml", TextPart::Notes),
    (".header+xml", TextPart::RunningHead),
    (".footer+xml", TextPart::RunningHead),
];

/// What a part that holds text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TextPart {
    Body,
    /// Footnotes and endnotes.
    Notes,
    /// Headers and footers, which every page repeats.
    RunningHead,
}

/// A Word document: its bytes, its text, and where that stands.
pub struct WordFile {
    /// The archive as it is.
    pub bytes: Vec<u8>,
    /// The parts that hold text: the name and the XML of each.
    pub parts: Vec<(String, String)>,
    /// The elements that hold the text.
    pub elements: Vec<TextElement>,
    /// The headings, paragraphs and tables of the body and the notes.
    pub structure: WordStructure,
    text: WordText,
}

impl WordFile {
    /// True for the first bytes of a document, also of one that cannot be read.
    pub fn begins(bytes: &[u8]) -> bool {
        [ZIP, COMPOUND].into_iter().any(|first| bytes.starts_with(first))
    }

    /// Reads the document of a file of this name.
    ///
    /// Errors: not a Word document, or damaged.
    pub fn read(bytes: Vec<u8>, name: &str) -> Result<WordFile, Error> {
        WordFile::of(bytes).map_err(|(fault, remedy)| Error::usage_with(format!("{name}: {fault}"), remedy))
    }

    fn of(bytes: Vec<u8>) -> Result<WordFile, WordFault> {
        if bytes.starts_with(COMPOUND) {
            return Err((
                "an old Word document, or one with a password".to_owned(),
                "save it as .docx, without a password",
            ));
        }
        let mut archive = Archive::open(&bytes)?;
        let names = text_parts(&archive.part(CONTENT_TYPES)?)?;
        let (mut parts, mut elements, mut text) = (Vec::new(), Vec::new(), WordText::default());
        let mut structure = WordStructure::default();
        for (kind, name) in names {
            let xml = archive.part(&name)?;
            structure.is_left_out = kind == TextPart::RunningHead;
            paragraphs(&xml, parts.len(), &mut elements, &mut text, &mut structure)
                .map_err(|fault| (format!("{name}: {fault}"), REPAIR))?;
            parts.push((name, xml));
        }
        drop(archive);
        Ok(WordFile { bytes, parts, elements, structure, text })
    }

    /// The names of other parts of XML that hold double braces, such as comments and charts.
    ///
    /// Errors: a damaged part.
    pub fn others_with_braces(&self, name: &str) -> Result<Vec<String>, Error> {
        let found = Archive::open(&self.bytes).and_then(|mut archive| archive.others_with_braces(&self.parts));
        found.map_err(|(fault, remedy)| Error::usage_with(format!("{name}: {fault}"), remedy))
    }

    /// The text: one line a paragraph.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// Where a part of the text stands, in the order of the text.
    pub fn origins(&self, part: std::ops::Range<usize>) -> Vec<super::TextOrigin> {
        self.text.origins(part)
    }
}

/// What is wrong, and what to do.
type WordFault = (String, &'static str);

const REPAIR: &str = "open it in Word or LibreOffice and save it as .docx";
const DIVIDE: &str = "divide the document";

fn damaged(fault: impl std::fmt::Display) -> WordFault {
    (format!("not a Word document, or damaged: {fault}"), REPAIR)
}

/// The archive of a document, of which only so much is unpacked.
struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl Archive<'_> {
    fn open(bytes: &[u8]) -> Result<Archive<'_>, WordFault> {
        Ok(Archive { zip: ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?, left: LARGEST })
    }

    /// The text of a part.
    fn part(&mut self, name: &str) -> Result<String, WordFault> {
        String::from_utf8(self.bytes(name)?).map_err(|_| (format!("{name} is not UTF-8"), REPAIR))
    }

    fn bytes(&mut self, name: &str) -> Result<Vec<u8>, WordFault> {
        let stored = self.zip.by_name(name).map_err(|fault| damaged(format!("{name}: {fault}")))?;
        let mut bytes = Vec::new();
        stored.take(self.left).read_to_end(&mut bytes).map_err(|fault| damaged(format!("{name}: {fault}")))?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if self.left == 0 {
            return Err((format!("{name} and the parts before are larger than {} MiB", LARGEST >> 20), DIVIDE));
        }
        Ok(bytes)
    }

    /// The names of the other parts of XML that hold double braces.
    fn others_with_braces(&mut self, known: &[(String, String)]) -> Result<Vec<String>, WordFault> {
        let names: Vec<String> = self.zip.file_names().flatten().map(|name| name.into_owned()).collect();
        let is_other = |name: &String| name.ends_with(".xml") && known.iter().all(|(known, _)| known != name);
        let mut found = Vec::new();
        for name in names.into_iter().filter(is_other) {
            if memchr::memmem::find(&self.bytes(&name)?, BRACES).is_some() {
                found.push(name);
            }
        }
        Ok(found)
    }
}

/// The names of the parts that hold text, in the order of the text.
fn text_parts(types: &str) -> Result<Vec<(TextPart, String)>, WordFault> {
    let mut reader = Reader::from_str(types);
    let mut found: Vec<(TextPart, String)> = Vec::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Empty(element) | Event::Start(element) => {
                let (name, kind) = (attribute(&element, "PartName"), attribute(&element, "ContentType"));
                let part = TEXT_PARTS.iter().find(|(end, _)| kind.ends_with(end));
                found.extend(part.map(|(_, part)| (*part, name.trim_start_matches('/').to_owned())));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found.sort();
    if found.first().is_none_or(|(part, _)| *part != TextPart::Body) {
        return Err(("a zip archive, and no Word document in it".to_owned(), "name a .docx file, or one that is text"));
    }
    Ok(found)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    found.map_or_else(String::new, |attribute| attribute.value.into_owned())
}
