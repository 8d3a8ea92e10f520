//! The parts of a Word document: which of them hold the text of its author.

use super::super::foreign::{COMPOUND, ZIP};
use super::paragraphs::paragraphs;
use super::text::{TextElement, WordText};
use crate::error::Error;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// More bytes than the text of a thesis has.
const LARGEST_PART: u64 = 256 << 20;
/// What begins double braces that are left unchanged.
const BRACES: &[u8] = b"{{";
/// The list of the kinds of all parts.
const CONTENT_TYPES: &str = "[Content_Types].xml";
/// The kinds of parts that hold text of the author, by the end of their content type; the body comes first.
const TEXT_PARTS: [&str; 7] = [
    ".document.main+xml",
    ".document.macroEnabled.main+xml",
    ".template.main+xml",
    ".footnotes+xml",
    ".endnotes+xml",
    ".header+xml",
    ".footer+xml",
];

/// A Word document: its bytes, its text, and where that stands.
pub struct WordFile {
    /// The archive as it is.
    pub bytes: Vec<u8>,
    /// The parts that hold text: the name and the XML of each.
    pub parts: Vec<(String, String)>,
    /// The elements that hold the text.
    pub elements: Vec<TextElement>,
    /// Names of other parts that hold double braces.
    pub others_with_braces: Vec<String>,
    text: WordText,
}

impl WordFile {
    /// True for the first bytes of a document, also of one that cannot be read.
    pub fn begins(bytes: &[u8]) -> bool {
        [ZIP, COMPOUND].into_iter().any(|first| bytes.starts_with(first))
    }

    /// Reads the document of a file of this name.
    ///
    /// Errors: no Word document, or a damaged one.
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
        let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).map_err(damaged)?;
        let names = text_parts(&part(&mut archive, CONTENT_TYPES)?)?;
        let (mut parts, mut elements, mut text) = (Vec::new(), Vec::new(), WordText::default());
        for name in names {
            let xml = part(&mut archive, &name)?;
            paragraphs(&xml, parts.len(), &mut elements, &mut text)
                .map_err(|fault| (format!("{name}: {fault}"), REPAIR))?;
            parts.push((name, xml));
        }
        let others_with_braces = others_with_braces(&mut archive, &parts)?;
        drop(archive);
        Ok(WordFile { bytes, parts, elements, others_with_braces, text })
    }

    /// The text: one line a paragraph.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// Where a part of the text stands, in the order of the text.
    pub fn origins(&self, part: std::ops::Range<usize>) -> Vec<super::Origin> {
        self.text.origins(part)
    }
}

/// What is wrong, and what to do.
type WordFault = (String, &'static str);

const REPAIR: &str = "open it in Word or LibreOffice and save it as .docx";

fn damaged(fault: impl std::fmt::Display) -> WordFault {
    (format!("no Word document, or a damaged one: {fault}"), REPAIR)
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The text of a part.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<String, WordFault> {
    let bytes = bytes_of(archive, name)?;
    String::from_utf8(bytes).map_err(|_| (format!("{name} is not UTF-8"), REPAIR))
}

fn bytes_of(archive: &mut Archive<'_>, name: &str) -> Result<Vec<u8>, WordFault> {
    let stored = archive.by_name(name).map_err(|fault| damaged(format!("{name}: {fault}")))?;
    let mut bytes = Vec::new();
    stored.take(LARGEST_PART).read_to_end(&mut bytes).map_err(|fault| damaged(format!("{name}: {fault}")))?;
    if bytes.len() as u64 == LARGEST_PART {
        return Err((format!("{name} is larger than {} MiB", LARGEST_PART >> 20), "divide the document"));
    }
    Ok(bytes)
}

/// The names of the parts that hold text: the body, then notes, headers and footers.
fn text_parts(types: &str) -> Result<Vec<String>, WordFault> {
    let mut reader = Reader::from_str(types);
    let mut found: Vec<(usize, String)> = Vec::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Empty(element) | Event::Start(element) => {
                let (name, kind) = (attribute(&element, "PartName"), attribute(&element, "ContentType"));
                let place = TEXT_PARTS.iter().position(|end| kind.ends_with(end));
                found.extend(place.map(|place| (place, name.trim_start_matches('/').to_owned())));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found.sort();
    if found.first().is_none_or(|(place, _)| TEXT_PARTS.get(*place).is_none_or(|kind| !kind.ends_with(".main+xml"))) {
        return Err((
            "a zip archive, and no Word document in it".to_owned(),
            "name a .docx file, or a draft that is text",
        ));
    }
    Ok(found.into_iter().map(|(_, name)| name).collect())
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    found.map_or_else(String::new, |attribute| attribute.value.into_owned())
}

/// The names of the other parts of XML that hold double braces, such as comments and charts.
fn others_with_braces(archive: &mut Archive<'_>, known: &[(String, String)]) -> Result<Vec<String>, WordFault> {
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let is_other = |name: &String| name.ends_with(".xml") && known.iter().all(|(known, _)| known != name);
    let mut found = Vec::new();
    for name in names.into_iter().filter(is_other) {
        if memchr::memmem::find(&bytes_of(archive, &name)?, BRACES).is_some() {
            found.push(name);
        }
    }
    Ok(found)
}
