//! Takes a text apart at its placeholders.

use super::fence::fenced;
use super::parts::parts;
use super::{Draft, DraftFormat, Fault, Piece, Placeholder};
use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

/// Braces of the text itself, as they are written.
const LITERAL: &str = "{{{{";
/// What begins a placeholder.
const OPEN: &str = "{{";

/// Takes a text apart.
pub(super) fn scan(text: &str, format: DraftFormat) -> Draft<'_> {
    let draft = Draft { text, format, pieces: Vec::new(), faults: Vec::new(), in_code: Vec::new() };
    let code = if format == DraftFormat::Markdown { fenced(text) } else { Vec::new() };
    let mut scan = Scan { draft, code: code.into_iter().peekable(), kept: 0, at: 0 };
    while let Some(found) = scan.rest().find(['{', '\\']) {
        scan.at += found;
        scan.step();
    }
    scan.keep_text(text.len());
    scan.draft
}

/// How far the text is taken apart.
struct Scan<'t> {
    draft: Draft<'t>,
    /// Code that is still ahead.
    code: Peekable<IntoIter<Range<usize>>>,
    /// The end of the last piece.
    kept: usize,
    at: usize,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        self.draft.text.get(self.at..).unwrap_or_default()
    }

    /// Passes the brace or the backslash that stands here.
    fn step(&mut self) {
        let rest = self.rest();
        if let Some(end) = self.end_of_code() {
            let code = self.draft.text.get(self.at..end).unwrap_or_default();
            self.draft.in_code.extend(code.match_indices(OPEN).map(|(found, _)| self.at + found));
            self.at = end;
        } else if let Some(behind) = rest.strip_prefix('\\') {
            let protects = self.draft.format != DraftFormat::Text;
            self.at += 1 + behind.chars().next().filter(|_| protects).map_or(0, char::len_utf8);
        } else if rest.starts_with(LITERAL) {
            self.keep_text(self.at + OPEN.len());
            self.at += LITERAL.len();
            self.kept = self.at;
        } else if rest.starts_with(OPEN) && !rest.starts_with("{{{") {
            self.placeholder();
        } else {
            self.at += 1;
        }
    }

    /// Where the code ends in which this stands.
    fn end_of_code(&mut self) -> Option<usize> {
        while self.code.next_if(|range| range.end <= self.at).is_some() {}
        self.code.peek().filter(|range| range.start <= self.at).map(|range| range.end)
    }

    fn placeholder(&mut self) {
        let (start, inner) = (self.at, self.at + OPEN.len());
        self.at = inner;
        let Some((parts, end)) = parts(self.rest()) else {
            let remedy = "close it before the next begins and before a blank line; {{{{ gives two braces of the text";
            return self.draft.faults.push(Fault::new("this placeholder has no end }}", start..inner, remedy));
        };
        let parts: Vec<Range<usize>> = parts.into_iter().map(|part| inner + part.start..inner + part.end).collect();
        let whole = start..inner + end + OPEN.len();
        self.keep_text(start);
        (self.at, self.kept) = (whole.end, whole.end);
        match Placeholder::parse(self.draft.text, whole, &parts, self.draft.format) {
            Ok(placeholder) => self.draft.pieces.push(Piece::Placeholder(Box::new(placeholder))),
            Err(fault) => self.draft.faults.push(fault),
        }
    }

    /// Keeps the author's text up to here.
    fn keep_text(&mut self, end: usize) {
        let text = self.draft.text.get(self.kept..end).filter(|text| !text.is_empty());
        self.draft.pieces.extend(text.map(Piece::Text));
        self.kept = end;
    }
}
