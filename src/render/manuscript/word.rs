//! Fills in a Word document: of its archive only the parts with a placeholder change, and of those only the text.

use crate::read::word::{TextElement, TextOrigin, WordFile};
use crate::render::docx::xml::escaped;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};
use std::ops::Range;
use zip::write::SimpleFileOptions;
use zip::{System, ZipArchive, ZipWriter};

/// What takes the place of a part of the text of a document.
pub type Edit<'a> = (Range<usize>, &'a str);

/// The document with parts of its text replaced; the formatting is that of the first character of each part.
///
/// Errors: an archive that cannot be written.
pub fn filled_document(file: &WordFile, edits: &[Edit<'_>]) -> io::Result<Vec<u8>> {
    let changed = changed_parts(file, &by_element(file, edits));
    let mut archive = ZipArchive::new(Cursor::new(file.bytes.as_slice()))?;
    let mut filled = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let stored = archive.by_index_raw(number)?;
        let name = stored.name()?.into_owned();
        match changed.get(&name) {
            None => filled.raw_copy_file(stored)?,
            Some(xml) => {
                let options = SimpleFileOptions::default().system(System::Unix);
                let time = stored.last_modified();
                filled.start_file(name, time.map_or(options, |time| options.last_modified_time(time)))?;
                filled.write_all(xml.as_bytes())?;
            }
        }
    }
    Ok(filled.finish()?.into_inner())
}

/// The replacements of each element, in its order: what takes the place of which bytes of its part.
type Replacements = BTreeMap<usize, Vec<(Range<usize>, String)>>;

/// The edits by element: the text goes into the first element that a part of the text is in.
fn by_element(file: &WordFile, edits: &[Edit<'_>]) -> Replacements {
    let mut replacements = Replacements::new();
    for (part, text) in edits {
        let origins = file.origins(part.clone());
        for (number, group) in origins.chunk_by(|a, b| a.element == b.element).enumerate() {
            let [TextOrigin { element, at: first }, ..] = group else { continue };
            let end = group.last().map_or(first.end, |last| last.at.end);
            let text = if number == 0 { escaped(text) } else { String::new() };
            replacements.entry(*element).or_default().push((first.start..end, text));
        }
    }
    replacements
}

/// The XML of the parts with an element that changes, by name.
fn changed_parts(file: &WordFile, replacements: &Replacements) -> BTreeMap<String, String> {
    let mut changed: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (number, replaced) in replacements {
        let Some(element) = file.elements.get(*number) else { continue };
        let Some((name, xml)) = file.parts.get(element.part) else { continue };
        let (written, kept) = changed.entry(name.clone()).or_default();
        let (tag_end, content) = new_element(xml, element, replaced);
        written.push_str(xml.get(*kept..element.tag_end).unwrap_or_default());
        written.push_str(tag_end);
        written.push_str(&content);
        *kept = element.content.end;
    }
    for (name, xml) in &file.parts {
        if let Some((written, kept)) = changed.get_mut(name) {
            written.push_str(xml.get(*kept..).unwrap_or_default());
        }
    }
    changed.into_iter().map(|(name, (xml, _))| (name, xml)).collect()
}

/// The end of the tag of an element, and its new content.
fn new_element(xml: &str, element: &TextElement, replaced: &[(Range<usize>, String)]) -> (&'static str, String) {
    let old = xml.get(element.content.clone()).unwrap_or_default();
    let (mut content, mut kept) = (String::new(), element.content.start);
    for (at, text) in replaced {
        content.push_str(xml.get(kept..at.start).unwrap_or_default());
        content.push_str(text);
        kept = at.end;
    }
    content.push_str(xml.get(kept..element.content.end).unwrap_or_default());
    let gains = |has: fn(&str) -> bool| has(&content) && !has(old);
    let begins = |text: &str| text.starts_with(char::is_whitespace);
    let ends = |text: &str| text.ends_with(char::is_whitespace);
    let gains_space = gains(begins) || gains(ends);
    (if element.trims && gains_space { " xml:space=\"preserve\">" } else { ">" }, content)
}
