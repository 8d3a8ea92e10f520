//! A package of parts, as xlsx and ods are: a zip archive.

use super::fault::Fault;
use super::xml::{Xml, XmlToken};
use crate::read::bytes::ReadSeek;
use std::borrow::Cow;
use std::io::{BufReader, Read};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// Most parts; a workbook has some dozen, and a few for each sheet.
const MOST_PARTS: usize = 1 << 16;

/// The XML of a part.
pub type PartXml<'p> = Xml<BufReader<ZipFile<'p, Box<dyn ReadSeek>>>>;

/// An open package.
pub struct ZipPackage {
    archive: ZipArchive<Box<dyn ReadSeek>>,
}

impl ZipPackage {
    /// Opens a package.
    ///
    /// Errors: no zip archive, or one that is cut off.
    pub fn open(bytes: Box<dyn ReadSeek>) -> Result<ZipPackage, Fault> {
        let archive = ZipArchive::new(bytes).map_err(|fault| of_zip(fault, "its list of parts"))?;
        if archive.len() > MOST_PARTS {
            return Err(Fault::TooLarge("it has more than 65,536 parts"));
        }
        Ok(ZipPackage { archive })
    }

    /// True where there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The XML of a part; none where there is none.
    pub fn xml(&mut self, name: &str) -> Result<Option<PartXml<'_>>, Fault> {
        let Some(stored) = self.find(name) else { return Ok(None) };
        let part = self.archive.by_name(&stored).map_err(|fault| of_zip(fault, name))?;
        Ok(Some(Xml::new(BufReader::with_capacity(1 << 16, part), name)))
    }

    /// The first bytes of a part; none where there is none.
    pub fn beginning(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Fault> {
        let Some(stored) = self.find(name) else { return Ok(None) };
        let part = self.archive.by_name(&stored).map_err(|fault| of_zip(fault, name))?;
        let mut bytes = Vec::new();
        part.take(most).read_to_end(&mut bytes).map_err(Fault::Io)?;
        Ok(Some(bytes))
    }

    /// The relations of a part: type, without the address before it, id and target.
    pub fn relations(&mut self, part: &str) -> Result<Vec<PackageRelation>, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let mut relations = Vec::new();
        let Some(mut xml) = self.xml(&rels)? else { return Ok(relations) };
        loop {
            match xml.next()? {
                XmlToken::Open(element) if element.name() == "Relationship" => {
                    let text = |name: &str| element.attribute(name).map_or_else(String::new, Cow::into_owned);
                    let kind = text("Type");
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    relations.push(PackageRelation { kind, id: text("Id"), target: resolved(folder, &text("Target")) });
                }
                XmlToken::Open(_) | XmlToken::Close(_) | XmlToken::Text(_) => {}
                XmlToken::End => return Ok(relations),
            }
        }
    }

    /// The name of a part as it is stored: capitals do not matter, and some programs write backslashes.
    fn find(&self, name: &str) -> Option<String> {
        let is_it = |stored: &str| stored.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(name);
        let mut names = self.archive.file_names().flatten();
        names.find(|stored| is_it(stored)).map(Cow::into_owned)
    }
}

/// A part that belongs to another.
#[derive(Debug)]
pub struct PackageRelation {
    /// What it is, such as `worksheet`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its name in the package.
    pub target: String,
}

/// A target relative to a folder, as a name in the package.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn of_zip(fault: ZipError, what: &str) -> Fault {
    match fault {
        ZipError::Io(fault) => Fault::damaged(format!("{what}: {fault}")),
        ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED => Fault::Protected,
        ZipError::InvalidPassword => Fault::Protected,
        other => Fault::damaged(format!("{what}: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_relative_to_the_folder_of_their_part() {
        let targets = ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/./worksheets/sheet1.xml"];
        assert!(targets.iter().all(|target| resolved("xl", target) == "xl/worksheets/sheet1.xml"));
    }
}
