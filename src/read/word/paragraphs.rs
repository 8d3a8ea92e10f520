//! The paragraphs of a part of a document, character by character.

use super::structure::{WordStep, WordStructure};
use super::text::{TextElement, TextOrigin, WordChar, WordText};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::ops::Range;

/// Text that was moved elsewhere or deleted, and is still there for the history of the document.
const GONE: [&str; 2] = ["moveFrom", "del"];

/// Most characters of a paragraph; a chapter has fewer.
const LONGEST: usize = 1 << 20;

/// Appends the paragraphs of a part.
///
/// Errors: XML that is not well-formed, or has sections or entities that no word processor writes; a paragraph without
/// an end.
pub fn paragraphs(
    xml: &str,
    part: usize,
    elements: &mut Vec<TextElement>,
    text: &mut WordText,
    structure: &mut WordStructure,
) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    // Another tool may write `x:t` for `w:t`.
    let mut walk = Walk { xml, part, elements, text, structure, prefix: None, open: Vec::new(), gone: 0, inside: None };
    let mut depth = 0_i64;
    loop {
        let start = position(&reader);
        let event = reader.read_event().map_err(|fault| fault.to_string())?;
        let at = start..position(&reader);
        match event {
            Event::Start(tag) => {
                depth = depth.saturating_add(1);
                walk.start(&tag, at.end);
            }
            Event::Empty(tag) => walk.empty(&tag),
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                walk.end(tag.name().0, at.start);
            }
            Event::Text(_) => walk.characters(at)?,
            Event::GeneralRef(name) => walk.reference(&name, at)?,
            Event::CData(_) if walk.inside.is_some() => return Err("text in a CDATA section".to_owned()),
            Event::Eof if depth > 0 => return Err("it is cut off".to_owned()),
            Event::Eof => return Ok(()),
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The value of an element that has one.
fn value_of(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let value = attributes.find(|attribute| attribute.key.local_name().into_inner() == "val")?;
    Some(value.value.into_owned())
}

/// The state of the walk over a part.
struct Walk<'a> {
    xml: &'a str,
    part: usize,
    elements: &'a mut Vec<TextElement>,
    text: &'a mut WordText,
    structure: &'a mut WordStructure,
    /// The prefix of the elements of a document, that of the root.
    prefix: Option<String>,
    /// The paragraphs that are open: a text box is a paragraph in a paragraph.
    open: Vec<OpenParagraph>,
    /// How many elements are open whose text is gone.
    gone: usize,
    /// The tag of an element that holds text and is open.
    inside: Option<Inside>,
}

/// A paragraph that has not ended.
#[derive(Default)]
struct OpenParagraph {
    chars: Vec<WordChar>,
    is_heading: bool,
}

/// An element that holds text.
struct Inside {
    tag_end: usize,
    trims: bool,
}

impl Walk<'_> {
    /// The name of an element of a document without its prefix; other names are whole.
    fn name<'n>(&self, name: &'n str) -> &'n str {
        match (&self.prefix, name.split_once(':')) {
            (Some(prefix), Some((own, local))) if own == prefix => local,
            _ => name,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, end: usize) {
        let name = tag.name().0;
        if self.prefix.is_none() {
            self.prefix = Some(name.split_once(':').map_or("", |(prefix, _)| prefix).to_owned());
        }
        self.structure.begin(self.name(name));
        match self.name(name) {
            "p" => self.open.push(OpenParagraph::default()),
            "pStyle" => self.style(tag),
            "gridSpan" => self.columns(tag),
            "t" | "m:t" if self.gone == 0 && !self.open.is_empty() => {
                let says = tag.try_get_attribute("xml:space").ok().flatten().is_some();
                self.inside = Some(Inside { tag_end: end.saturating_sub(1), trims: !says });
            }
            gone if GONE.contains(&gone) => self.gone = self.gone.saturating_add(1),
            _ => {}
        }
    }

    /// An element without content: some stand for a character.
    fn empty(&mut self, tag: &BytesStart<'_>) {
        let c = match self.name(tag.name().0) {
            "tab" | "br" | "cr" | "ptab" => ' ',
            "noBreakHyphen" => '-',
            "p" => return self.end_of(OpenParagraph::default()),
            "pStyle" => return self.style(tag),
            "gridSpan" => return self.columns(tag),
            // A cell without a paragraph, which no word processor writes, is a cell all the same.
            empty => return self.structure.begin(empty),
        };
        if let Some(paragraph) = self.open.last_mut().filter(|one| self.gone == 0 && !one.chars.is_empty()) {
            paragraph.chars.push(WordChar { c, origin: None });
        }
    }

    /// The columns that a cell covers.
    fn columns(&mut self, tag: &BytesStart<'_>) {
        if let Some(columns) = value_of(tag).and_then(|columns| columns.parse().ok()) {
            self.structure.add(WordStep::Columns(columns));
        }
    }

    /// The style of a paragraph, which may be that of a heading, as Word names them: `Heading1`, `Title`.
    fn style(&mut self, tag: &BytesStart<'_>) {
        let style = value_of(tag);
        let is_heading = style.is_some_and(|style| style.starts_with("Heading") || style == "Title");
        if let Some(paragraph) = self.open.last_mut().filter(|_| is_heading) {
            paragraph.is_heading = true;
        }
    }

    fn end_of(&mut self, paragraph: OpenParagraph) {
        let line = self.text.push_paragraph(paragraph.chars);
        let step = if paragraph.is_heading { WordStep::Heading } else { WordStep::Paragraph };
        self.structure.add(step(line));
    }

    fn end(&mut self, name: &str, start: usize) {
        self.structure.end(self.name(name));
        match self.name(name) {
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.end_of(paragraph);
                }
            }
            "t" | "m:t" => {
                if let Some(Inside { tag_end, trims }) = self.inside.take() {
                    let content = tag_end.saturating_add(1)..start;
                    self.elements.push(TextElement { part: self.part, tag_end, content, trims });
                }
            }
            gone if GONE.contains(&gone) => self.gone = self.gone.saturating_sub(1),
            _ => {}
        }
    }

    /// Errors: a paragraph that is too long.
    fn characters(&mut self, at: Range<usize>) -> Result<(), String> {
        if self.inside.is_none() {
            return Ok(());
        }
        let element = self.elements.len();
        let text = self.xml.get(at.clone()).unwrap_or_default();
        let one = |(offset, c): (usize, char)| {
            let start = at.start.saturating_add(offset);
            WordChar { c, origin: Some(TextOrigin { element, at: start..start.saturating_add(c.len_utf8()) }) }
        };
        if let Some(paragraph) = self.open.last_mut() {
            if paragraph.chars.len().saturating_add(text.len()) > LONGEST {
                return Err(format!("a paragraph is longer than {LONGEST} characters"));
            }
            paragraph.chars.extend(text.char_indices().map(one));
        }
        Ok(())
    }

    /// Errors: an entity that XML does not know by itself.
    fn reference(&mut self, name: &BytesRef<'_>, at: Range<usize>) -> Result<(), String> {
        if self.inside.is_none() {
            return Ok(());
        }
        let by_number = name.resolve_char_ref().map_err(|fault| fault.to_string())?;
        let by_name = || resolve_xml_entity(name).and_then(|text| text.chars().next());
        let c = by_number.or_else(by_name).ok_or_else(|| format!("the entity '{}'", &**name))?;
        let element = self.elements.len();
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.chars.push(WordChar { c, origin: Some(TextOrigin { element, at }) });
        }
        Ok(())
    }
}
