//! The texts that cells share.

use super::super::fault::Fault;
use super::super::package::{PartXml, ZipPackage};
use super::super::xml::XmlToken;

/// Most bytes of all texts together.
const MOST_BYTES: usize = 1 << 28;

/// The texts that cells refer to by their index.
#[derive(Debug, Default)]
pub struct SharedStrings {
    text: String,
    ends: Vec<u32>,
}

impl SharedStrings {
    /// Reads the part of the texts, if there is one.
    pub fn read(package: &mut ZipPackage, part: &str) -> Result<SharedStrings, Fault> {
        let mut strings = SharedStrings::default();
        let Some(mut xml) = package.xml(part)? else { return Ok(strings) };
        let mut text = String::new();
        loop {
            match xml.next()? {
                XmlToken::Open(element) if element.name() == "si" => {
                    text.clear();
                    rich_text(&mut xml, &mut text)?;
                    strings.push(&text)?;
                }
                XmlToken::Open(_) | XmlToken::Close(_) | XmlToken::Text(_) => {}
                XmlToken::End => return Ok(strings),
            }
        }
    }

    fn push(&mut self, text: &str) -> Result<(), Fault> {
        self.text.push_str(&unescaped(text));
        if self.text.len() > MOST_BYTES || self.ends.len() > MOST_BYTES / 4 {
            return Err(Fault::TooLarge("its texts have more than 256 MiB"));
        }
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        Ok(())
    }

    /// The text of an index.
    pub fn get(&self, index: usize) -> Option<&str> {
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..*self.ends.get(index)? as usize)
    }
}

/// Appends the text of an element that has begun: of its runs, without the hints how to pronounce them.
pub fn rich_text(xml: &mut PartXml<'_>, text: &mut String) -> Result<(), Fault> {
    let (mut open, mut is_text) = (1_u32, false);
    while open > 0 {
        match xml.next()? {
            XmlToken::Open(element) if element.name() == "rPh" => xml.skip()?,
            XmlToken::Open(element) => {
                is_text = element.name() == "t";
                open = open.saturating_add(1);
            }
            XmlToken::Close(_) => (open, is_text) = (open.saturating_sub(1), false),
            XmlToken::Text(piece) if is_text => text.push_str(&piece),
            XmlToken::Text(_) => {}
            XmlToken::End => return Err(xml.cut_off()),
        }
    }
    Ok(())
}

/// A text without the escapes that Excel writes for characters XML does not have: `_x000D_`.
pub fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let code = escape.get(2..6).filter(|_| escape.get(6..7) == Some("_"));
        let char = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let taken = if char.is_some() { 7 } else { 2 };
        match char {
            Some(char) => plain.push(char),
            None => plain.push_str("_x"),
        }
        rest = escape.get(taken..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_of_excel_are_characters() {
        assert_eq!(unescaped("a_x000D_\nb"), "a\r\nb");
        assert_eq!(unescaped("site_x_y_x00e9_"), "site_x_yé");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
    }
}
