//! The rows of one sheet.

use super::super::fault::Fault;
use super::super::package::PartXml;
use super::super::row::{CellRange, RowSink, SheetFacts, SheetRow};
use super::super::xml::XmlToken;
use super::super::{MOST_COLUMNS, MOST_ROWS};
use super::cell::OdsCell;
use super::styles::OdsStyles;
use std::borrow::Cow;

/// Reads a sheet whose element has begun.
pub struct OdsSheetReader<'p, 's> {
    xml: PartXml<'p>,
    styles: &'s OdsStyles,
    facts: SheetFacts,
    row: SheetRow,
    /// The last row that was delivered or passed over.
    last: u32,
    /// The last column that was declared.
    columns: u32,
    /// The style of the cells of each column that has one: its last column, and the style.
    column_styles: Vec<(u32, String)>,
    cell: OdsCell,
}

impl<'p, 's> OdsSheetReader<'p, 's> {
    /// A reader behind the beginning of the sheet.
    pub fn new(xml: PartXml<'p>, styles: &'s OdsStyles) -> OdsSheetReader<'p, 's> {
        OdsSheetReader {
            xml,
            styles,
            facts: SheetFacts::default(),
            row: SheetRow::default(),
            last: 0,
            columns: 0,
            column_styles: Vec::new(),
            cell: OdsCell::default(),
        }
    }

    /// Delivers the rows to a sink, as long as it takes some.
    pub fn read(mut self, sink: &mut dyn RowSink) -> Result<SheetFacts, Fault> {
        loop {
            let element = match self.xml.next()? {
                XmlToken::Open(element) => element,
                XmlToken::Close(end) if end.is("table") => return Ok(self.facts),
                XmlToken::Close(_) | XmlToken::Text(_) => continue,
                XmlToken::End => return Err(self.xml.cut_off()),
            };
            match element.name() {
                "table-row" => {
                    let repeated = element.number("number-rows-repeated").unwrap_or(1).max(1);
                    let visibility = element.attribute("visibility").unwrap_or(Cow::Borrowed("visible"));
                    self.facts.is_filtered |= visibility == "filter";
                    self.row.begin(self.last.saturating_add(1), visibility != "visible");
                    self.cells()?;
                    if self.deliver(repeated, sink)? {
                        return Ok(self.facts);
                    }
                }
                "table-column" => {
                    let repeated = element.number("number-columns-repeated").unwrap_or(1).max(1);
                    let first = self.columns.saturating_add(1);
                    self.columns = self.columns.saturating_add(repeated);
                    let style = element.attribute("default-cell-style-name").map_or_else(String::new, Cow::into_owned);
                    if self.column_styles.len() < MOST_COLUMNS as usize {
                        self.column_styles.push((self.columns, style));
                    }
                    if element.attribute("visibility").is_some_and(|visibility| visibility != "visible") {
                        self.facts.hidden_columns.push((first, self.columns));
                    }
                }
                // Structure around rows and columns.
                "table-header-rows"
                | "table-rows"
                | "table-row-group"
                | "table-header-columns"
                | "table-columns"
                | "table-column-group" => {}
                _ => self.xml.skip()?,
            }
        }
    }

    /// Delivers the row as often as it is repeated; true where the sink takes no more.
    fn deliver(&mut self, repeated: u32, sink: &mut dyn RowSink) -> Result<bool, Fault> {
        if self.row.cells().is_empty() {
            self.last = self.last.saturating_add(repeated);
            return Ok(false);
        }
        for _ in 0..repeated {
            self.last = self.last.saturating_add(1);
            if self.last > MOST_ROWS {
                return Err(Fault::TooLarge("a sheet has more than 1,048,576 rows"));
            }
            self.row.number = self.last;
            if sink.row(&self.row)?.is_break() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The cells of a row, up to its end.
    fn cells(&mut self) -> Result<(), Fault> {
        let mut column = 0_u32;
        loop {
            match self.xml.next()? {
                XmlToken::Open(element) if matches!(element.name(), "table-cell" | "covered-table-cell") => {
                    let repeated = element.number("number-columns-repeated").unwrap_or(1).max(1);
                    let is_covered = element.name() == "covered-table-cell";
                    let spans = |name: &str| element.number(name).unwrap_or(1).max(1).saturating_sub(1);
                    let (right, down) = (spans("number-columns-spanned"), spans("number-rows-spanned"));
                    let first = column.saturating_add(1);
                    let of_column = self.column_styles.iter().find(|(last, _)| *last >= first);
                    let of_column = of_column.map_or("", |(_, style)| style.as_str());
                    let own = element.attribute("style-name");
                    self.cell.begin(&element, own.as_deref().unwrap_or(of_column));
                    drop(own);
                    self.cell.read(&mut self.xml)?;
                    column = column.saturating_add(repeated);
                    if is_covered {
                        continue;
                    }
                    self.merge(first, right, down)?;
                    self.push(first, repeated)?;
                }
                XmlToken::Open(_) => self.xml.skip()?,
                XmlToken::Close(_) => return Ok(()),
                XmlToken::Text(_) => {}
                XmlToken::End => return Err(self.xml.cut_off()),
            }
        }
    }

    fn merge(&mut self, column: u32, right: u32, down: u32) -> Result<(), Fault> {
        if right == 0 && down == 0 {
            return Ok(());
        }
        let row = self.row.number;
        let (bottom, right) = (row.saturating_add(down), column.saturating_add(right));
        self.facts.merged.push(CellRange { top: row, left: column, bottom, right });
        if self.facts.merged.len() > 1 << 20 {
            return Err(Fault::TooLarge("a sheet has more than a million merged cells"));
        }
        Ok(())
    }

    /// Adds the cell to the row as often as it is repeated.
    fn push(&mut self, first: u32, repeated: u32) -> Result<(), Fault> {
        self.facts.has_comments |= self.cell.has_comment;
        let Some((kind, text)) = self.cell.content(self.styles) else { return Ok(()) };
        self.row.is_coloured |= self.styles.is_coloured(&self.cell.style);
        if repeated > MOST_COLUMNS {
            return Err(Fault::damaged(format!("row {} is too wide", self.row.number)));
        }
        for column in (first..).take(repeated as usize) {
            self.row.push(column, kind, &text)?;
        }
        Ok(())
    }
}
