//! The records of the stream of an old workbook ([MS-XLS] 2.1.4): a type, a length, and data.

use super::super::compound::u16_at;
use super::super::fault::Fault;

/// A record of a stream, with those that continue it.
pub struct XlsRecord<'s> {
    /// Its type.
    pub kind: u16,
    /// Its data, and the data of each record that continues it.
    pub parts: Vec<&'s [u8]>,
}

impl<'s> XlsRecord<'s> {
    /// Its own data.
    pub fn data(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// What continues the record before it.
const CONTINUE: u16 = 0x003C;

/// Reads the records from a position on.
pub struct BiffRecords<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> BiffRecords<'s> {
    /// The records from a position on.
    pub fn new(stream: &'s [u8], at: usize) -> BiffRecords<'s> {
        BiffRecords { stream, at }
    }

    /// The next record; none at the end of the stream.
    pub fn next(&mut self) -> Result<Option<XlsRecord<'s>>, Fault> {
        let Some((kind, data)) = self.one()? else { return Ok(None) };
        let mut parts = vec![data];
        while u16_at(self.stream, self.at) == Some(CONTINUE) {
            parts.extend(self.one()?.map(|(_, data)| data));
        }
        Ok(Some(XlsRecord { kind, parts }))
    }

    fn one(&mut self) -> Result<Option<(u16, &'s [u8])>, Fault> {
        let Some(kind) = u16_at(self.stream, self.at) else { return Ok(None) };
        let start = self.at.saturating_add(4);
        let length = u16_at(self.stream, self.at.saturating_add(2)).unwrap_or(0) as usize;
        let end = start.saturating_add(length);
        let data = self.stream.get(start..end).ok_or_else(|| Fault::damaged("its last record is cut off"))?;
        self.at = end;
        Ok(Some((kind, data)))
    }
}
