//! Text in another encoding than UTF-8, decoded while it is read, so that memory does not grow with the file.

use super::block::line_ends;
use crate::error::Error;
use encoding_rs::{Decoder, DecoderResult, Encoding};
use std::fmt;
use std::io::{self, Read};

/// Bytes decoded at a time.
const CHUNK: usize = 1 << 16;

/// The encoding of a label such as `windows-1252`.
pub(super) fn encoding(label: &str) -> Result<&'static Encoding, Error> {
    let remedy = "use one of utf-8, windows-1252, iso-8859-15, windows-1250, windows-1251, utf-16, utf-16le, utf-16be, macintosh";
    Encoding::for_label(label.as_bytes())
        .ok_or_else(|| Error::usage_with(format!("'{label}' is not a known encoding"), remedy))
}

/// Bytes that the encoding does not have.
#[derive(Debug)]
pub(super) struct Malformed {
    /// Name of the encoding: the one asked for, or that of a byte order mark.
    pub encoding: &'static str,
    /// Physical line of the bytes, from 1.
    pub line: u64,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not {}", self.line, self.encoding)
    }
}

impl std::error::Error for Malformed {}

/// UTF-8 made of text in another encoding; a byte order mark decides over the encoding asked for.
///
/// Errors: [`Malformed`] inside an [`io::Error`]; nothing is ever replaced.
pub(super) struct DecodingReader<R> {
    bytes: R,
    decoder: Decoder,
    /// What was read and is not decoded yet, from `taken` on.
    encoded: Vec<u8>,
    taken: usize,
    /// What was decoded and is not handed out yet, from `given` on.
    decoded: Vec<u8>,
    given: usize,
    /// Line ends so far, and whether the last byte is a CR, whose LF may follow.
    lines: u64,
    after_carriage: bool,
    /// The bytes have ended.
    ended: bool,
    /// The decoder has given its last text.
    finished: bool,
}

impl<R: Read> DecodingReader<R> {
    /// A reader of bytes in an encoding.
    pub fn new(bytes: R, encoding: &'static Encoding) -> DecodingReader<R> {
        DecodingReader {
            bytes,
            decoder: encoding.new_decoder(),
            encoded: Vec::with_capacity(CHUNK),
            taken: 0,
            decoded: Vec::new(),
            given: 0,
            lines: 0,
            after_carriage: false,
            ended: false,
            finished: false,
        }
    }

    /// Reads and decodes once more; what it yields may be empty before the end.
    fn refill(&mut self) -> io::Result<()> {
        if self.taken == self.encoded.len() && !self.ended {
            self.encoded.clear();
            self.taken = 0;
            self.ended = self.bytes.by_ref().take(CHUNK as u64).read_to_end(&mut self.encoded)? == 0;
        }
        self.decoded.resize(CHUNK, 0);
        let encoded = self.encoded.get(self.taken..).unwrap_or_default();
        let (result, taken, given) =
            self.decoder.decode_to_utf8_without_replacement(encoded, &mut self.decoded, self.ended);
        self.taken = self.taken.saturating_add(taken);
        self.decoded.truncate(given);
        self.given = 0;
        self.count_lines();
        match result {
            DecoderResult::Malformed(..) => {
                let line = self.lines.saturating_add(1);
                let malformed = Malformed { encoding: self.decoder.encoding().name(), line };
                Err(io::Error::new(io::ErrorKind::InvalidData, malformed))
            }
            DecoderResult::InputEmpty => {
                self.finished = self.ended;
                Ok(())
            }
            DecoderResult::OutputFull => Ok(()),
        }
    }

    fn count_lines(&mut self) {
        let is_cut = self.after_carriage && self.decoded.first() == Some(&b'\n');
        self.lines = self.lines.saturating_add(line_ends(&self.decoded)).saturating_sub(u64::from(is_cut));
        self.after_carriage = self.decoded.last().map_or(self.after_carriage, |last| *last == b'\r');
    }
}

impl<R: Read> Read for DecodingReader<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() && !self.finished {
            self.refill()?;
        }
        let mut ready = self.decoded.get(self.given..).unwrap_or_default();
        let given = ready.read(to)?;
        self.given = self.given.saturating_add(given);
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Hands out a few bytes at a time, as a pipe may.
    struct Dripping<'a>(&'a [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let most = to.len().min(self.1);
            self.0.read(&mut to[..most])
        }
    }

    fn decoded(bytes: &[u8], label: &str, step: usize) -> Result<String, u64> {
        let mut text = Vec::new();
        let mut reader = DecodingReader::new(Dripping(bytes, step), encoding(label).unwrap());
        match reader.read_to_end(&mut text) {
            Ok(_) => Ok(String::from_utf8(text).unwrap()),
            Err(fault) => Err(fault.downcast::<Malformed>().unwrap().line),
        }
    }

    #[test]
    fn text_is_decoded_and_a_byte_order_mark_decides() {
        assert_eq!(decoded(b"caf\xe9 \x80", "windows-1252", 1).as_deref(), Ok("café €"));
        assert_eq!(decoded(b"\xff\xfea\0\xe9\0", "windows-1252", 1).as_deref(), Ok("aé"));
        assert_eq!(decoded(b"\xef\xbb\xbfa", "utf-16", 2).as_deref(), Ok("a"));
        assert_eq!(decoded(b"", "utf-8", 1).as_deref(), Ok(""));
    }

    #[test]
    fn malformed_text_is_refused_with_its_line() {
        assert_eq!(decoded(b"a\r\nb\rc\n\x81\xff", "shift_jis", 1), Err(4));
        assert_eq!(decoded(b"a\nb\xff", "utf-8", 1), Err(2));
        // Half a character at the end.
        assert_eq!(decoded(b"a\0\n\0b", "utf-16le", 3), Err(2));
        let long = [b"x\r\n".repeat(1 << 17).as_slice(), b"\xff"].concat();
        assert_eq!(decoded(&long, "utf-8", 1 << 20), Err((1 << 17) + 1));
    }

    proptest! {
        #[test]
        fn any_text_is_decoded_as_it_is_at_once(text in "\\PC{0,40}(\r\n|\r|\n)?\\PC{0,40}", step in 1..9_usize) {
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let (at_once, _) = encoding_rs::UTF_16LE.decode_with_bom_removal(&utf16);
            prop_assert_eq!(decoded(&utf16, "utf-16le", step), Ok(at_once.into_owned()));
        }
    }
}
