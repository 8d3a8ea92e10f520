//! Rows without a cell: `;;;;`, as spreadsheets leave them between and below the records.

use crate::read::block::trim;

/// True where some row of whole records may have no cell; false only where none is blank.
pub fn may_have_blank_rows(bytes: &[u8], delimiter: u8) -> bool {
    let starts = memchr::memchr2_iter(b'\n', b'\r', bytes).map(|end| end.wrapping_add(1));
    std::iter::once(0).chain(starts).any(|start| may_be_blank(bytes.get(start..).unwrap_or_default(), delimiter))
}

/// True where the first line of a text may have no cell; false only where it is not blank, or where no byte is left.
#[inline(always)]
pub fn may_be_blank(text: &[u8], delimiter: u8) -> bool {
    // Nearly every row ends the look at its first byte.
    let may_belong = |byte: &&u8| **byte == delimiter || matches!(**byte, b' ' | b'\t' | b'"' | 0x80..);
    let length = text.iter().take_while(may_belong).count();
    length > 0 && matches!(text.get(length), Some(b'\n' | b'\r') | None)
}

/// True for a row of cells of which none has anything in it.
pub fn is_blank<'c>(mut cells: impl Iterator<Item = &'c [u8]>) -> bool {
    cells.all(|cell| {
        let cell = trim(cell);
        let inner = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell);
        trim(inner).is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::{is_blank, may_have_blank_rows};

    #[test]
    fn rows_of_delimiters_spaces_and_quotes_are_blank() {
        for blank in [",,", " , ,", "\"\",\"\",", "\u{a0},,", ",,\r"] {
            assert!(may_have_blank_rows(format!("a,b,c\n{blank}\nd,e,f\n").as_bytes(), b','), "{blank}");
            assert!(may_have_blank_rows(format!("{blank}\nd,e,f\n").as_bytes(), b','), "{blank}");
            assert!(is_blank(blank.split(',').map(str::as_bytes)), "{blank}");
        }
        assert!(!is_blank(["é", ""].into_iter().map(str::as_bytes)));
        for row in [",,x", "\"a\",,", ",b,", "\"\",\"\",0"] {
            assert!(!may_have_blank_rows(format!("a,b,c\n{row}\n").as_bytes(), b','), "{row}");
            assert!(!is_blank(row.split(',').map(str::as_bytes)), "{row}");
        }
    }
}
