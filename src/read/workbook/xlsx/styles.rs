//! The formats of cells: how a number is meant, and whether the cell is coloured.

use super::super::fault::Fault;
use super::super::number_format::{CellFormat, built_in, of_code};
use super::super::package::ZipPackage;
use super::super::xml::{Element, XmlToken};
use rustc_hash::FxHashMap;

/// Most formats; Excel allows 65,490.
const MOST_STYLES: usize = 1 << 17;

/// The formats that cells refer to by their index.
#[derive(Debug, Default)]
pub struct XlsxStyles(Vec<XlsxStyle>);

/// One format.
#[derive(Debug, Clone, Default)]
pub struct XlsxStyle {
    /// How a number is meant.
    pub format: CellFormat,
    /// The cell has a colour.
    pub is_coloured: bool,
}

impl XlsxStyles {
    /// Reads the part of the formats, if there is one.
    pub fn read(package: &mut ZipPackage, part: &str) -> Result<XlsxStyles, Fault> {
        let mut reader = StylesReader::default();
        let Some(mut xml) = package.xml(part)? else { return Ok(XlsxStyles::default()) };
        loop {
            match xml.next()? {
                XmlToken::Open(element) => reader.open(&element)?,
                XmlToken::Close(end) => reader.is_in_cells &= !end.is("cellXfs"),
                XmlToken::Text(_) => {}
                XmlToken::End => return Ok(XlsxStyles(reader.styles)),
            }
        }
    }

    /// The format of an index; the plain one where there is none.
    pub fn get(&self, index: usize) -> XlsxStyle {
        self.0.get(index).cloned().unwrap_or_default()
    }
}

#[derive(Default)]
struct StylesReader {
    codes: FxHashMap<u32, CellFormat>,
    /// For each fill: true where it colours.
    fills: Vec<bool>,
    styles: Vec<XlsxStyle>,
    /// Inside the formats of cells, not those of named styles.
    is_in_cells: bool,
}

impl StylesReader {
    fn open(&mut self, element: &Element<'_>) -> Result<(), Fault> {
        match element.name() {
            "numFmt" => {
                if let (Some(id), Some(code)) = (element.number("numFmtId"), element.attribute("formatCode")) {
                    self.codes.insert(id, of_code(&code));
                }
            }
            "patternFill" => {
                let pattern = element.attribute("patternType");
                self.fills.push(pattern.is_some_and(|pattern| !matches!(&*pattern, "none" | "gray125")));
            }
            "gradientFill" => self.fills.push(true),
            "cellXfs" => self.is_in_cells = true,
            "xf" if self.is_in_cells => {
                let id = element.number("numFmtId").unwrap_or(0);
                let format = self.codes.get(&id).cloned().unwrap_or_else(|| built_in(id));
                let fill = element.number("fillId").and_then(|fill| self.fills.get(fill as usize));
                self.styles.push(XlsxStyle { format, is_coloured: fill.copied().unwrap_or(false) });
            }
            _ => {}
        }
        if self.styles.len() > MOST_STYLES || self.fills.len() > MOST_STYLES || self.codes.len() > MOST_STYLES {
            return Err(Fault::TooLarge("it has more than 131,072 formats"));
        }
        Ok(())
    }
}
