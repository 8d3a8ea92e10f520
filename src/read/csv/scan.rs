//! Finds every cell end of a block of CSV, byte by byte, exactly; safe and slow.
//!
//! The rules are those of RFC 4180 as the csv crate reads them: a quote opens a quoted cell
//! only at the start of a cell, `""` inside one is a quote, LF, CRLF and lone CR end a record.
//! What the csv crate accepts silently is reported: text after a closing quote, a quote
//! inside an unquoted cell, a cell that is never closed. `vector` is the fast twin of this file.

/// Set in an entry of `ends` where the cell is the last of its record.
pub const RECORD_END: u32 = 1 << 31;

/// What is wrong at one byte of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFlaw {
    /// Text after a closing quote: a quote is not doubled, or a delimiter is missing.
    TextAfterQuote {
        /// Position of the text.
        at: usize,
    },
    /// A quote inside an unquoted cell; it is kept.
    StrayQuote {
        /// Position of the quote.
        at: usize,
    },
}

impl QuoteFlaw {
    /// Position of what is wrong.
    pub fn at(self) -> usize {
        match self {
            QuoteFlaw::TextAfterQuote { at } | QuoteFlaw::StrayQuote { at } => at,
        }
    }
}

/// What was found in a block beside the cell ends.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Position one past the last record end; what follows belongs to the next block.
    pub consumed: usize,
    /// Positions of line ends inside quoted cells, as far as `consumed`.
    pub inner_lines: Vec<u32>,
    /// What is wrong, in order, as far as `consumed`.
    pub flaws: Vec<QuoteFlaw>,
    /// Where a quoted cell opened that the block does not close.
    pub open_quote: Option<usize>,
    /// True where every byte of the block is ASCII.
    pub ascii: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum QuoteState {
    CellStart,
    Unquoted,
    Quoted,
    /// After a quote inside a quoted cell: it closes the cell, or another quote follows.
    Closing,
}

impl QuoteState {
    /// The state after a byte at this position, which ends no cell and is not inside quotes.
    fn within_cell(self, byte: u8, at: usize, scanned: &mut Scanned) -> QuoteState {
        match (self, byte) {
            (QuoteState::CellStart, b'"') => {
                scanned.open_quote = Some(at);
                QuoteState::Quoted
            }
            (QuoteState::Closing, b'"') => QuoteState::Quoted,
            // The CR of a CRLF is white space at the end of the cell, quoted or not.
            (QuoteState::Closing, b'\r') => QuoteState::Closing,
            (QuoteState::Closing, _) => {
                scanned.flaws.push(QuoteFlaw::TextAfterQuote { at });
                QuoteState::Unquoted
            }
            (QuoteState::Unquoted, b'"') => {
                scanned.flaws.push(QuoteFlaw::StrayQuote { at });
                QuoteState::Unquoted
            }
            (QuoteState::CellStart | QuoteState::Unquoted | QuoteState::Quoted, _) => QuoteState::Unquoted,
        }
    }
}

/// Appends the end of every cell of the whole records in `bytes`.
///
/// A block begins at the start of a record. A lone CR at the very end of a block is held back
/// (the LF of a CRLF may follow), unless `last`, that is, unless nothing follows.
pub fn scan(bytes: &[u8], delimiter: u8, last: bool, ends: &mut Vec<u32>) -> Scanned {
    let mut scanned = Scanned { ascii: bytes.is_ascii(), ..Scanned::default() };
    let mut state = QuoteState::CellStart;
    // Lengths at the last record end; what follows it is found again in the next block.
    let (mut kept_ends, mut kept_lines, mut kept_flaws) = (ends.len(), 0, 0);
    let told = telling_bytes(delimiter);
    let mut next = 0_usize;
    while let Some(rest) = bytes.get(next..) {
        if state != QuoteState::Closing {
            let plain = rest.iter().take_while(|byte| told.get(usize::from(**byte)) == Some(&false)).count();
            next = next.wrapping_add(plain);
            if plain > 0 && state == QuoteState::CellStart {
                state = QuoteState::Unquoted;
            }
        }
        let (at, Some(&byte)) = (next, bytes.get(next)) else { break };
        next = at.wrapping_add(1);
        let line_end = is_line_end(byte, bytes.get(next), last);
        if state == QuoteState::Quoted {
            match byte {
                b'"' => state = QuoteState::Closing,
                _ if line_end => scanned.inner_lines.push(position(at)),
                _ => {}
            }
            continue;
        }
        if line_end || byte == delimiter {
            ends.push(position(at) | if line_end { RECORD_END } else { 0 });
            state = QuoteState::CellStart;
            if line_end {
                scanned.consumed = at.wrapping_add(1);
                (kept_ends, kept_lines, kept_flaws) = (ends.len(), scanned.inner_lines.len(), scanned.flaws.len());
            }
            continue;
        }
        state = state.within_cell(byte, at, &mut scanned);
    }
    scanned.open_quote = scanned.open_quote.filter(|_| state == QuoteState::Quoted);
    ends.truncate(kept_ends);
    scanned.inner_lines.truncate(kept_lines);
    scanned.flaws.truncate(kept_flaws);
    scanned
}

/// True for a byte that ends a line, by the byte behind it.
fn is_line_end(byte: u8, behind: Option<&u8>, last: bool) -> bool {
    match (byte, behind) {
        (b'\n', _) => true,
        (b'\r', Some(behind)) => *behind != b'\n',
        (b'\r', None) => last,
        _ => false,
    }
}

/// True for each byte that may end a cell or open or close a quote; all others are text.
fn telling_bytes(delimiter: u8) -> [bool; 256] {
    let mut told = [false; 256];
    for byte in [delimiter, b'"', b'\n', b'\r'] {
        if let Some(slot) = told.get_mut(usize::from(byte)) {
            *slot = true;
        }
    }
    told
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_of(text: &str) -> (Vec<(u32, bool)>, Scanned) {
        let mut ends = Vec::new();
        let scanned = scan(text.as_bytes(), b',', true, &mut ends);
        (ends.iter().map(|e| (e & !RECORD_END, e & RECORD_END != 0)).collect(), scanned)
    }

    #[test]
    fn every_kind_of_line_end_ends_a_record() {
        let (ends, scanned) = ends_of("a,b\nc,d\r\ne,f\rg");
        assert_eq!(ends, [(1, false), (3, true), (5, false), (8, true), (10, false), (12, true)]);
        assert_eq!(scanned.consumed, 13);
    }

    #[test]
    fn flaws_are_located_and_an_open_quote_is_remembered() {
        let (_, scanned) = ends_of("\"a\"x,5\" w\n");
        assert_eq!(scanned.flaws, [QuoteFlaw::TextAfterQuote { at: 3 }, QuoteFlaw::StrayQuote { at: 6 }]);
        let (ends, scanned) = ends_of("a,b\nc,\"d\ne,f\n");
        assert_eq!((ends.len(), scanned.consumed, scanned.open_quote), (2, 4, Some(6)));
    }

    #[test]
    fn line_ends_inside_a_quoted_cell_are_noted() {
        let (ends, scanned) = ends_of("a,\"b\n\"\"c\"\r\n");
        assert_eq!(ends, [(1, false), (10, true)]);
        assert_eq!(scanned.inner_lines, [4]);
    }
}
