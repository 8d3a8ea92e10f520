//! Frictionless data packages: a descriptor that names the tables of a folder, how they are written and what they mean.
//!
//! Source: <https://datapackage.org/standard/data-package/>, versions 1 and 2.

mod descriptor;
mod dialect;
mod inside;

use super::bytes::STDIN;
use super::json::{ForeignDocument, foreign_document};
use super::text_file::read_text;
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation};
use crate::error::Error;
use std::path::{Path, PathBuf};

/// One table of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What stands between its cells; found where the package does not tell.
    pub delimiter: Option<u8>,
    /// The label of its encoding.
    pub encoding: Option<String>,
    /// The line of the column names.
    pub header_row: Option<u64>,
    /// Its Table Schema as text.
    pub schema: Option<String>,
    /// The names of the fields of that schema.
    pub fields: Vec<String>,
    /// Its foreign keys: the fields, the resource and the fields there.
    pub foreign_keys: Vec<ForeignKey>,
}

/// A foreign key of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForeignKey {
    /// The fields of the table itself.
    pub fields: Vec<String>,
    /// The name of the other table.
    pub resource: String,
    /// The fields of the other table.
    pub other_fields: Vec<String>,
}

/// The tables of a data package; none where the file is none.
///
/// Errors: a file that cannot be read; a descriptor that names no table, one outside its folder, or one in a form that
/// is not read.
pub fn data_package(path: &Path) -> Result<Option<Vec<Resource>>, Error> {
    if path == Path::new(STDIN) || foreign_document(path)? != Some(ForeignDocument::DataPackage) {
        return Ok(None);
    }
    let text = read_text(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = super::bytes::name_of(path);
    let mut faults = Vec::new();
    let resources = descriptor::resources(&text, folder, &mut faults);
    if faults.is_empty() {
        return Ok(Some(resources));
    }
    let mut findings = Findings::default();
    for DescriptorFault { message, remedy } in faults {
        let place = SourceLocation::file(name.as_str());
        findings.add(Finding::new(FindingId::DataPackage, message).severity(Severity::Error).at(place).remedy(remedy));
    }
    Err(findings.into())
}

/// What is wrong with a descriptor.
struct DescriptorFault {
    message: String,
    remedy: String,
}

impl DescriptorFault {
    fn new(message: impl Into<String>, remedy: impl Into<String>) -> DescriptorFault {
        DescriptorFault { message: message.into(), remedy: remedy.into() }
    }
}
