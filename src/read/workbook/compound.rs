//! A compound file ([MS-CFB]): the container of old workbooks, and of new ones with a password.

use super::fault::Fault;
use crate::read::bytes::ReadSeek;
use std::io::Read;

/// Most bytes of a compound file; an old workbook has at most 65,536 rows and 256 columns a sheet.
const MOST_BYTES: u64 = 128 << 20;
/// Numbers of sectors from this one on are marks.
const MARKS: u32 = 0xFFFF_FFFA;
/// Size of an entry of the directory.
const ENTRY: usize = 128;
/// Streams below this size are in the sectors of 64 bytes.
const MINI_STREAM: usize = 4096;
const MINI_SECTOR: usize = 64;

/// A compound file in memory.
pub struct Compound {
    bytes: Vec<u8>,
    sector_size: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    entries: Vec<CompoundEntry>,
}

/// A stream, or the root.
#[derive(Debug, Clone)]
struct CompoundEntry {
    name: String,
    start: u32,
    size: usize,
}

impl Compound {
    /// Reads the file and its directory.
    pub fn open(bytes: Box<dyn ReadSeek>) -> Result<Compound, Fault> {
        let mut all = Vec::new();
        bytes.take(MOST_BYTES.saturating_add(1)).read_to_end(&mut all).map_err(Fault::Io)?;
        if all.len() as u64 > MOST_BYTES {
            return Err(Fault::TooLarge("the file has more than 128 MiB"));
        }
        let sector_size = match u16_at(&all, 0x1E) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(damaged()),
        };
        let mut file = Compound { bytes: all, sector_size, next: Vec::new(), entries: Vec::new() };
        file.next = file.read_next()?;
        file.entries = file.read_directory()?;
        Ok(file)
    }

    /// True where there is a stream of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The bytes of a stream; none where there is none.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(entry) = self.entry(name) else { return Ok(None) };
        if entry.size >= MINI_STREAM {
            let mut bytes = self.chain(entry.start)?;
            bytes.truncate(entry.size);
            return Ok(Some(bytes));
        }
        self.short_stream(entry).map(Some)
    }

    fn entry(&self, name: &str) -> Option<&CompoundEntry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn sector(&self, number: u32) -> Option<&[u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let rest = self.bytes.get(start..)?;
        // The last sector may be short.
        rest.get(..self.sector_size.min(rest.len())).filter(|sector| !sector.is_empty())
    }

    /// Which sector follows which: the list is itself in sectors, whose numbers are in the header and behind it.
    fn read_next(&self) -> Result<Vec<u32>, Fault> {
        let header = self.bytes.get(0x4C..0x200).ok_or_else(damaged)?;
        let mut tables: Vec<u32> = words(header).filter(|sector| *sector < MARKS).collect();
        let mut further = u32_at(&self.bytes, 0x44).unwrap_or(MARKS);
        let most = self.bytes.len().checked_div(self.sector_size).unwrap_or(0);
        while further < MARKS {
            let sector: Vec<u32> = words(self.sector(further).ok_or_else(damaged)?).collect();
            let (last, listed) = sector.split_last().ok_or_else(damaged)?;
            tables.extend(listed.iter().filter(|sector| **sector < MARKS));
            further = *last;
            if tables.len() > most {
                return Err(damaged());
            }
        }
        let mut next = Vec::new();
        for table in tables {
            next.extend(words(self.sector(table).ok_or_else(damaged)?));
        }
        Ok(next)
    }

    fn read_directory(&self) -> Result<Vec<CompoundEntry>, Fault> {
        let bytes = self.chain(u32_at(&self.bytes, 0x30).unwrap_or(MARKS))?;
        let entry = |raw: &[u8]| {
            let length = (u16_at(raw, 0x40)? as usize).saturating_sub(2).min(64);
            let units: Vec<u16> = raw.get(..length)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
            let is_used = matches!(raw.get(0x42)?, 2 | 5);
            let (start, size) = (u32_at(raw, 0x74)?, u32_at(raw, 0x78)? as usize);
            is_used.then(|| CompoundEntry { name: String::from_utf16_lossy(&units), start, size })
        };
        Ok(bytes.chunks_exact(ENTRY).filter_map(entry).collect())
    }

    /// The bytes of a chain of sectors.
    fn chain(&self, start: u32) -> Result<Vec<u8>, Fault> {
        let (mut bytes, mut sector) = (Vec::new(), start);
        while sector < MARKS {
            bytes.extend_from_slice(self.sector(sector).ok_or_else(damaged)?);
            if bytes.len() > self.bytes.len() {
                return Err(damaged());
            }
            sector = *self.next.get(sector as usize).ok_or_else(damaged)?;
        }
        Ok(bytes)
    }

    /// A stream in the small sectors, which are a stream of the root.
    fn short_stream(&self, entry: &CompoundEntry) -> Result<Vec<u8>, Fault> {
        let root = self.entry("Root Entry").ok_or_else(damaged)?;
        let small = self.chain(root.start)?;
        let table = self.chain(u32_at(&self.bytes, 0x3C).unwrap_or(MARKS))?;
        let next: Vec<u32> = words(&table).collect();
        let (mut bytes, mut sector) = (Vec::new(), entry.start);
        while sector < MARKS && bytes.len() < entry.size {
            let start = (sector as usize).saturating_mul(MINI_SECTOR);
            bytes.extend_from_slice(small.get(start..start.saturating_add(MINI_SECTOR)).ok_or_else(damaged)?);
            sector = *next.get(sector as usize).ok_or_else(damaged)?;
        }
        bytes.truncate(entry.size);
        Ok(bytes)
    }
}

fn damaged() -> Fault {
    Fault::damaged("its list of sectors")
}

/// A number of 16 bits at a position.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}

/// A number of 32 bits at a position.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    bytes.try_into().ok().map(u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}
