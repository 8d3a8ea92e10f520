//! Why a workbook cannot be read at all.

use crate::diagnostic::{Finding, FindingId};
use std::io;

/// Why the package, or a part of it, cannot be read.
#[derive(Debug)]
pub enum Fault {
    /// It is not what its format asks for: cut off, changed, or made by a faulty program.
    Damaged(String),
    /// It is encrypted.
    Protected,
    /// It holds more than is read.
    TooLarge(&'static str),
    /// The operating system failed.
    Io(io::Error),
    /// It is a workbook of a kind that is not read: its name, and what to do.
    Unread(&'static str, &'static str),
}

impl Fault {
    /// A part that is not what its format asks for.
    pub fn damaged(what: impl Into<String>) -> Fault {
        Fault::Damaged(what.into())
    }

    /// The refusal.
    pub fn finding(self) -> Finding {
        let error = |id, message: String| Finding::new(id, message);
        match self {
            Fault::Damaged(what) => error(FindingId::WorkbookDamaged, format!("the workbook is damaged or cut off: {what}"))
                .remedy("copy the file again from where it came from, or open it in the spreadsheet program and save it anew"),
            Fault::Protected => error(FindingId::WorkbookProtected, "the workbook is protected by a password".into())
                .remedy("open it in the spreadsheet program, remove the password (in Excel: File, Info, Protect Workbook, Encrypt with Password), and save it"),
            Fault::TooLarge(what) => error(FindingId::WorkbookTooLarge, format!("the workbook is too large to be read: {what}"))
                .remedy("open it in the spreadsheet program and save the sheet as \"CSV UTF-8\""),
            Fault::Io(fault) => error(FindingId::WorkbookDamaged, format!("the workbook cannot be read: {fault}"))
                .remedy("copy the file again from where it came from"),
            Fault::Unread(name, remedy) => error(FindingId::OtherFormat, format!("the file is {name}")).remedy(remedy),
        }
    }
}
