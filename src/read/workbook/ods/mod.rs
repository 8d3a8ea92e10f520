//! Workbooks of LibreOffice and other programs (OpenDocument 1.3): ods.

mod cell;
mod sheet;
mod styles;

use super::book::{Book, SheetEntry};
use super::fault::Fault;
use super::package::ZipPackage;
use super::row::{RowSink, SheetFacts};
use super::xml::XmlToken;
use sheet::OdsSheetReader;
use std::borrow::Cow;
use styles::OdsStyles;

const MIME_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const CONTENT: &str = "content.xml";

/// An open workbook.
pub struct Ods {
    package: ZipPackage,
    styles: OdsStyles,
    sheets: Vec<SheetEntry>,
}

impl Ods {
    /// Opens the workbook in a package; none where it holds something else.
    pub fn open(mut package: ZipPackage) -> Result<Option<Ods>, Fault> {
        let kind = package.beginning("mimetype", 128)?;
        if !kind.is_some_and(|kind| kind.starts_with(MIME_TYPE)) {
            return Ok(None);
        }
        if is_protected(&mut package)? {
            return Err(Fault::Protected);
        }
        let (mut styles, mut sheets) = (shared_styles(&mut package)?, Vec::new());
        let Some(mut xml) = package.xml(CONTENT)? else { return Err(Fault::damaged("content.xml is missing")) };
        loop {
            match xml.next()? {
                XmlToken::Open(element) if element.name() == "table" => {
                    let name = element.attribute("name").map_or_else(String::new, Cow::into_owned);
                    let style = element.attribute("style-name").unwrap_or_default();
                    sheets.push(SheetEntry { name, is_hidden: styles.is_hidden_sheet(&style) });
                    xml.skip()?;
                }
                XmlToken::Open(element) => styles.open(&element),
                XmlToken::Close(_) | XmlToken::Text(_) => {}
                XmlToken::End => break,
            }
        }
        drop(xml);
        Ok(Some(Ods { package, styles, sheets }))
    }
}

/// The styles that are not only for the sheets: formats of dates that the program offers are here.
fn shared_styles(package: &mut ZipPackage) -> Result<OdsStyles, Fault> {
    let mut styles = OdsStyles::default();
    let Some(mut xml) = package.xml("styles.xml")? else { return Ok(styles) };
    loop {
        match xml.next()? {
            XmlToken::Open(element) => styles.open(&element),
            XmlToken::Close(_) | XmlToken::Text(_) => {}
            XmlToken::End => return Ok(styles),
        }
    }
}

/// True where the manifest tells of encrypted parts.
fn is_protected(package: &mut ZipPackage) -> Result<bool, Fault> {
    if package.has("encrypted-package") {
        return Ok(true);
    }
    let Some(mut xml) = package.xml("META-INF/manifest.xml")? else { return Ok(false) };
    loop {
        match xml.next()? {
            XmlToken::Open(element) if element.name() == "encryption-data" => return Ok(true),
            XmlToken::Open(_) | XmlToken::Close(_) | XmlToken::Text(_) => {}
            XmlToken::End => return Ok(false),
        }
    }
}

impl Book for Ods {
    fn sheets(&self) -> Vec<SheetEntry> {
        self.sheets.clone()
    }

    fn read(&mut self, sheet: usize, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault> {
        let Some(mut xml) = self.package.xml(CONTENT)? else { return Err(Fault::damaged("content.xml is missing")) };
        let mut before = sheet;
        loop {
            match xml.next()? {
                XmlToken::Open(element) if element.name() == "table" => {
                    if before == 0 {
                        return OdsSheetReader::new(xml, &self.styles).read(sink);
                    }
                    before = before.saturating_sub(1);
                    xml.skip()?;
                }
                XmlToken::Open(_) | XmlToken::Close(_) | XmlToken::Text(_) => {}
                XmlToken::End => return Err(xml.cut_off()),
            }
        }
    }
}
