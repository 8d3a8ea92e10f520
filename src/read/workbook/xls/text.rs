//! Texts in records ([MS-XLS] 2.5.293): one or two bytes a character, and continued in further records.

use super::super::fault::Fault;
use super::record::XlsRecord;

/// Reads the data of a record and of those that continue it.
pub struct TextReader<'r, 's> {
    parts: &'r [&'s [u8]],
    part: usize,
    at: usize,
}

impl<'r, 's> TextReader<'r, 's> {
    /// A reader from a position in the first data on.
    pub fn new(record: &'r XlsRecord<'s>, at: usize) -> TextReader<'r, 's> {
        TextReader { parts: &record.parts, part: 0, at }
    }

    fn here(&self) -> &'s [u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// The next byte.
    pub fn byte(&mut self) -> Result<u8, Fault> {
        while self.here().is_empty() && self.part < self.parts.len() {
            (self.part, self.at) = (self.part.saturating_add(1), 0);
        }
        let byte = *self.here().first().ok_or_else(cut_off)?;
        self.at = self.at.saturating_add(1);
        Ok(byte)
    }

    /// The next number of 16 bits.
    pub fn short(&mut self) -> Result<u16, Fault> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// The next number of 32 bits.
    pub fn long(&mut self) -> Result<u32, Fault> {
        Ok(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    /// A text whose length has 16 bits, with what follows it of its looks.
    pub fn rich_text(&mut self) -> Result<String, Fault> {
        let length = self.short()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.short()? } else { 0 };
        let extra = if flags & 4 != 0 { self.long()? } else { 0 };
        let text = self.characters(length.into(), flags)?;
        self.pass_over(usize::from(runs).saturating_mul(4).saturating_add(extra as usize))?;
        Ok(text)
    }

    /// Characters of one byte (Latin-1), or two (UTF-16); each further record tells anew which.
    pub fn characters(&mut self, length: usize, flags: u8) -> Result<String, Fault> {
        let (mut units, mut is_wide) = (Vec::with_capacity(length.min(1 << 15)), flags & 1 != 0);
        while units.len() < length {
            if self.here().is_empty() {
                is_wide = self.byte()? & 1 != 0;
            }
            units.push(if is_wide { self.short()? } else { self.byte()?.into() });
        }
        Ok(String::from_utf16_lossy(&units))
    }

    fn pass_over(&mut self, bytes: usize) -> Result<(), Fault> {
        let mut left = bytes;
        while left > 0 {
            let step = self.here().len().min(left);
            self.at = self.at.saturating_add(step);
            left = left.saturating_sub(step);
            if left > 0 {
                self.part = self.part.saturating_add(1);
                self.at = 0;
                if self.part >= self.parts.len() {
                    return Err(cut_off());
                }
            }
        }
        Ok(())
    }
}

fn cut_off() -> Fault {
    Fault::damaged("a text is cut off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record() {
        let parts = vec![&b"\x05\x00\x00ab"[..], &b"\x01c\x00\xe9\x00e\x00"[..]];
        let record = XlsRecord { kind: 0, parts };
        assert_eq!(TextReader::new(&record, 0).rich_text().unwrap(), "abcée");
        let cut = XlsRecord { kind: 0, parts: vec![&b"\x05\x00\x00ab"[..]] };
        assert!(TextReader::new(&cut, 0).rich_text().is_err());
    }
}
