//! Which parts of a package are the workbook, its sheets and what belongs to them.

use super::super::book::SheetEntry;
use super::super::fault::Fault;
use super::super::package::ZipPackage;
use super::super::row::SheetFacts;
use super::super::xml::XmlToken;
use std::borrow::Cow;

/// The parts of a workbook.
#[derive(Debug, Default)]
pub struct Workbook {
    /// The sheets of cells, in their order.
    pub sheets: Vec<SheetPart>,
    /// The part of the texts that cells share.
    pub strings: String,
    /// The part of the formats.
    pub styles: String,
    /// Days are counted from 1904.
    pub is_1904: bool,
}

/// A sheet and its part.
#[derive(Debug)]
pub struct SheetPart {
    /// The sheet.
    pub entry: SheetEntry,
    /// The part.
    pub part: String,
}

/// The part of the workbook; none in a package of another kind.
pub fn workbook_part(package: &mut ZipPackage) -> Result<Option<String>, Fault> {
    let document = package.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let usual = ["xl/workbook.xml", "xl/workbook.bin"].into_iter().find(|name| package.has(name));
    Ok(match document.map(|document| document.target).filter(|part| package.has(part)) {
        // A text document has its own main part.
        Some(part) if is_workbook(package, &part)? => Some(part),
        Some(_) | None => usual.map(str::to_owned),
    })
}

/// True where a part is a workbook by its first element.
fn is_workbook(package: &mut ZipPackage, part: &str) -> Result<bool, Fault> {
    if part.ends_with(".bin") {
        return Ok(part.contains("workbook"));
    }
    let Some(mut xml) = package.xml(part)? else { return Ok(false) };
    loop {
        match xml.next()? {
            XmlToken::Open(element) => return Ok(element.name() == "workbook"),
            XmlToken::Close(_) | XmlToken::Text(_) => {}
            XmlToken::End => return Ok(false),
        }
    }
}

impl Workbook {
    /// Reads the list of sheets.
    pub fn read(package: &mut ZipPackage, part: &str) -> Result<Workbook, Fault> {
        let relations = package.relations(part)?;
        let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind == kind);
        let target = |kind: &str| of_kind(kind).map_or_else(String::new, |relation| relation.target.clone());
        let mut workbook =
            Workbook { strings: target("sharedStrings"), styles: target("styles"), ..Workbook::default() };
        let Some(mut xml) = package.xml(part)? else { return Ok(workbook) };
        loop {
            let token = xml.next()?;
            let element = match token {
                XmlToken::Open(element) => element,
                XmlToken::Close(_) | XmlToken::Text(_) => continue,
                XmlToken::End => return Ok(workbook),
            };
            match element.name() {
                "workbookPr" if element.attribute("date1904").is_some() => workbook.is_1904 = element.flag("date1904"),
                "sheet" => {
                    let id = element.attribute("id").unwrap_or_default();
                    let relation = relations.iter().find(|relation| relation.id == *id);
                    // Charts and dialogues are sheets without cells.
                    let Some(relation) = relation.filter(|relation| relation.kind == "worksheet") else { continue };
                    let name = element.attribute("name").map_or_else(String::new, Cow::into_owned);
                    let is_hidden = element.attribute("state").is_some_and(|state| state != "visible");
                    let entry = SheetEntry { name, is_hidden };
                    workbook.sheets.push(SheetPart { entry, part: relation.target.clone() });
                }
                _ => {}
            }
        }
    }
}

/// What the parts beside a sheet tell: its comments, and the filters of tables in it.
pub fn beside_sheet(package: &mut ZipPackage, sheet: &str) -> Result<SheetFacts, Fault> {
    let relations = package.relations(sheet)?;
    let is_comments = |kind: &str| matches!(kind, "comments" | "threadedComment");
    let has_comments = relations.iter().any(|relation| is_comments(&relation.kind));
    let mut is_filtered = false;
    for table in relations.iter().filter(|relation| relation.kind == "table") {
        let Some(mut xml) = package.xml(&table.target)? else { continue };
        loop {
            match xml.next()? {
                XmlToken::Open(element) => is_filtered |= element.name() == "filterColumn",
                XmlToken::Close(_) | XmlToken::Text(_) => {}
                XmlToken::End => break,
            }
        }
    }
    Ok(SheetFacts { has_comments, is_filtered, ..SheetFacts::default() })
}
