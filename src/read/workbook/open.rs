//! Which kind of workbook some bytes are.

use super::book::Book;
use super::compound::Compound;
use super::fault::Fault;
use super::ods::Ods;
use super::package::ZipPackage;
use super::xls::Xls;
use super::xlsx::Xlsx;
use crate::read::bytes::ReadSeek;
use crate::read::foreign::{COMPOUND, ZIP};
use std::io::{Read, Seek, SeekFrom};

/// Opens a workbook; none where the bytes are something else.
pub fn open(mut bytes: Box<dyn ReadSeek>) -> Result<Option<Box<dyn Book>>, Fault> {
    let mut head = Vec::new();
    bytes.by_ref().take(4).read_to_end(&mut head).map_err(Fault::Io)?;
    bytes.seek(SeekFrom::Start(0)).map_err(Fault::Io)?;
    match head.as_slice() {
        ZIP => of_package(ZipPackage::open(bytes)?),
        COMPOUND => Ok(Xls::open(&Compound::open(bytes)?)?.map(|book| Box::new(book) as Box<dyn Book>)),
        _ => Ok(None),
    }
}

fn of_package(package: ZipPackage) -> Result<Option<Box<dyn Book>>, Fault> {
    match Xlsx::open(package)? {
        Ok(book) => Ok(Some(Box::new(book))),
        Err(package) => Ok(Ods::open(package)?.map(|book| Box::new(book) as Box<dyn Book>)),
    }
}
