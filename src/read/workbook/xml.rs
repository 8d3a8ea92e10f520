//! The XML of a part of a package, element by element, within bounds: no element of any length, no entities of
//! its own, no end of text.

use super::fault::Fault;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// Most bytes of one tag or one text; no cell holds more than 32,767 characters.
const LONGEST_TOKEN: u64 = 1 << 24;
/// Most bytes that one part may unpack to.
const LARGEST_PART: u64 = 1 << 32;

/// One piece of a part.
#[derive(Debug)]
pub enum XmlToken<'b> {
    /// An element begins.
    Open(Element<'b>),
    /// An element ends.
    Close(Ending<'b>),
    /// Text.
    Text(Cow<'b, str>),
    /// The part ends.
    End,
}

/// The beginning of an element.
#[derive(Debug)]
pub struct Element<'b>(BytesStart<'b>);

impl Element<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok()
    }

    /// An attribute by its whole name.
    pub fn prefixed_attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let found = self.0.try_get_attribute(name).ok()??;
        found.normalized_value(XmlVersion::Implicit1_0).ok()
    }

    /// A whole number in an attribute.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// True where an attribute says yes.
    pub fn flag(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(&*value, "1" | "true"))
    }
}

/// The end of an element.
#[derive(Debug)]
pub struct Ending<'b>(BytesEnd<'b>);

impl Ending<'_> {
    /// True for the end of an element with this name, without prefix.
    pub fn is(&self, name: &str) -> bool {
        self.0.local_name().into_inner() == name
    }
}

/// A reader of the XML of one part.
pub struct Xml<R> {
    reader: Reader<BoundedBytes<R>>,
    buffer: Vec<u8>,
    name: String,
}

impl<R: BufRead> Xml<R> {
    /// A reader from the first byte of a part; its name is for messages.
    pub fn new(bytes: R, name: &str) -> Xml<R> {
        let mut reader = Reader::from_reader(BoundedBytes { bytes, of_token: LONGEST_TOKEN, of_part: LARGEST_PART });
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::new(), name: name.to_owned() }
    }

    /// The next piece.
    ///
    /// Errors: text that is not XML, an entity that XML does not have, and what is beyond the bounds.
    pub fn next(&mut self) -> Result<XmlToken<'_>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().of_token = LONGEST_TOKEN;
        let name = &self.name;
        match self.reader.read_event_into(&mut self.buffer).map_err(|fault| fault_of(fault, name))? {
            Event::Start(start) | Event::Empty(start) => Ok(XmlToken::Open(Element(start))),
            Event::End(end) => Ok(XmlToken::Close(Ending(end))),
            Event::Text(text) => Ok(XmlToken::Text(text.xml10_content())),
            Event::CData(text) => Ok(XmlToken::Text(text.xml10_content())),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(char)) => Ok(XmlToken::Text(Cow::Owned(char.to_string()))),
                _ => match resolve_xml_entity(&reference) {
                    Some(text) => Ok(XmlToken::Text(Cow::Borrowed(text))),
                    None => Err(Fault::damaged(format!("an unknown entity &{}; in {name}", &*reference))),
                },
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                Ok(XmlToken::Text(Cow::Borrowed("")))
            }
            Event::Eof => Ok(XmlToken::End),
        }
    }

    /// The fault of a part that ends too early.
    pub fn cut_off(&self) -> Fault {
        Fault::damaged(format!("{} ends too early", self.name))
    }

    /// Reads on behind the end of an element whose beginning was read.
    pub fn skip(&mut self) -> Result<(), Fault> {
        let mut open = 1_u32;
        while open > 0 {
            match self.next()? {
                XmlToken::Open(_) => open = open.saturating_add(1),
                XmlToken::Close(_) => open = open.saturating_sub(1),
                XmlToken::Text(_) => {}
                XmlToken::End => return Err(self.cut_off()),
            }
        }
        Ok(())
    }
}

fn fault_of(fault: quick_xml::Error, name: &str) -> Fault {
    match fault {
        quick_xml::Error::Io(fault) => match fault.kind() {
            io::ErrorKind::FileTooLarge => Fault::TooLarge("a part of it unpacks to more than 4 GiB"),
            io::ErrorKind::QuotaExceeded => Fault::TooLarge("one cell of it is longer than 16 MiB"),
            _ => Fault::damaged(format!("{name}: {fault}")),
        },
        other => Fault::damaged(format!("{name} is not XML: {other}")),
    }
}

/// Bytes of which there may be only so many, in all and between two resets.
struct BoundedBytes<R> {
    bytes: R,
    of_token: u64,
    of_part: u64,
}

impl<R: BufRead> BufRead for BoundedBytes<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match (self.of_part, self.of_token) {
            (0, _) => Err(io::ErrorKind::FileTooLarge.into()),
            (_, 0) => Err(io::ErrorKind::QuotaExceeded.into()),
            _ => self.bytes.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.of_part = self.of_part.saturating_sub(amount as u64);
        self.of_token = self.of_token.saturating_sub(amount as u64);
        self.bytes.consume(amount);
    }
}

impl<R: BufRead> Read for BoundedBytes<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut ready = self.fill_buf()?;
        let given = ready.read(to)?;
        self.consume(given);
        Ok(given)
    }
}
