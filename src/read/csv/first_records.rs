//! The first records of a text, found without a look at all of it.

use super::scan::{QuoteFlaw, RECORD_END, scan};
use super::vector;

/// How much is looked at first.
const FIRST_PART: usize = 1 << 13;

/// The beginning of a text, with the end of every cell of its whole records.
pub struct FirstRecords {
    /// What was looked at, with a line end behind it where nothing follows.
    pub bytes: Vec<u8>,
    /// Ends of cells; the last of a record is marked by [`RECORD_END`].
    pub ends: Vec<u32>,
    /// What is wrong with the quotes.
    pub flaws: Vec<QuoteFlaw>,
}

impl FirstRecords {
    /// At least `most` records that are no blank lines, if the text has as many, and more that stand beside them.
    pub fn of(text: &str, delimiter: u8, most: usize) -> FirstRecords {
        let mut length = FIRST_PART;
        loop {
            let is_all = length >= text.len();
            let mut bytes = text.as_bytes().get(..length).unwrap_or(text.as_bytes()).to_vec();
            if is_all {
                bytes.push(b'\n');
            }
            let (mut ends, mut flaws) = (Vec::new(), Vec::new());
            if vector::index(&bytes, delimiter, &mut ends).is_none() {
                ends.clear();
                flaws = scan(&bytes, delimiter, is_all, &mut ends).flaws;
            }
            let found = records(&bytes, delimiter, &ends);
            if is_all || found >= most {
                return FirstRecords { bytes, ends, flaws };
            }
            length = length_of(most, found, length);
        }
    }
}

/// The bytes that likely hold so many records, where fewer were found in some; at most four times as many.
fn length_of(most: usize, found: usize, bytes: usize) -> usize {
    let wanted = bytes.saturating_mul(most).checked_div(found).unwrap_or(usize::MAX);
    // An eighth more: records have different lengths.
    wanted.saturating_add(wanted / 8).max(bytes.saturating_add(FIRST_PART)).min(bytes.saturating_mul(4))
}

/// Records that are certainly no blank lines.
fn records(bytes: &[u8], delimiter: u8, ends: &[u32]) -> usize {
    let mut start = 0;
    let records = ends.iter().filter(|end| **end & RECORD_END != 0).filter(|end| {
        let end = (**end & !RECORD_END) as usize;
        let mut record = bytes.get(start..end).unwrap_or_default().iter();
        start = end.wrapping_add(1);
        record.any(|byte| *byte == delimiter || byte.is_ascii_alphanumeric())
    });
    records.count()
}

#[cfg(test)]
mod tests {
    use super::{FIRST_PART, FirstRecords};

    #[test]
    fn a_part_of_a_long_text_has_the_same_records() {
        let text = "\"a\nb\",\"c\r\n\",d\r\n\n1,2,3\n".repeat(FIRST_PART / 4);
        let all = FirstRecords::of(&text, b',', usize::MAX);
        let some = FirstRecords::of(&text, b',', 9);
        assert!(some.bytes.len() < all.bytes.len() && all.bytes.starts_with(&some.bytes));
        assert!(some.ends.len() > 27 && all.ends.starts_with(&some.ends));
        assert_eq!(FirstRecords::of("a,b\nc", b',', 9).ends.len(), 3);
    }
}
