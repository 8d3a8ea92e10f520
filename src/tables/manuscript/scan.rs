//! Splits a text at its placeholders.

use super::fence::fenced;
use super::parts::parts;
use super::{Draft, DraftFault, DraftFormat, DraftPiece, Placeholder};
use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

/// How literal double braces are written.
const LITERAL: &str = "{{{{";
/// The start of a placeholder.
const OPEN: &str = "{{";

impl<'t> Draft<'t> {
    /// Splits a text at its placeholders, in time proportional to its length.
    pub fn parse(text: &'t str, format: DraftFormat) -> Draft<'t> {
        let (left_out, in_code) = (Vec::new(), Vec::new());
        let draft = Draft { text, format, pieces: Vec::new(), faults: Vec::new(), left_out, in_code };
        let code = if format == DraftFormat::Markdown { fenced(text) } else { Vec::new() };
        let mut scan = PlaceholderScan { draft, code: code.into_iter().peekable(), kept: 0, at: 0 };
        while let Some(found) = scan.rest().find(['{', '\\']) {
            scan.at += found;
            scan.step();
        }
        scan.keep_text(text.len());
        scan.draft
    }
}

/// The state of the scan.
struct PlaceholderScan<'t> {
    draft: Draft<'t>,
    /// The fenced code that is still ahead.
    code: Peekable<IntoIter<Range<usize>>>,
    /// The end of the last piece.
    kept: usize,
    at: usize,
}

impl<'t> PlaceholderScan<'t> {
    fn rest(&self) -> &'t str {
        self.draft.text.get(self.at..).unwrap_or_default()
    }

    /// Handles the brace or backslash at the current position.
    fn step(&mut self) {
        let rest = self.rest();
        if let Some(end) = self.end_of_code() {
            let code = self.draft.text.get(self.at..end).unwrap_or_default();
            self.draft.in_code.extend(code.match_indices(OPEN).map(|(found, _)| self.at + found));
            self.at = end;
        } else if let Some(after) = rest.strip_prefix('\\') {
            let protects = matches!(self.draft.format, DraftFormat::Markdown | DraftFormat::Latex);
            self.at += 1 + after.chars().next().filter(|_| protects).map_or(0, char::len_utf8);
        } else if rest.starts_with(LITERAL) {
            self.keep_text(self.at + OPEN.len());
            self.at += LITERAL.len();
            self.draft.left_out.push(self.at - OPEN.len()..self.at);
            self.kept = self.at;
        } else if rest.starts_with(OPEN) && !rest.starts_with("{{{") {
            self.placeholder();
        } else {
            self.at += 1;
        }
    }

    /// The end of the fenced code at the current position. None outside of code.
    fn end_of_code(&mut self) -> Option<usize> {
        while self.code.next_if(|range| range.end <= self.at).is_some() {}
        self.code.peek().filter(|range| range.start <= self.at).map(|range| range.end)
    }

    fn placeholder(&mut self) {
        let (start, inner) = (self.at, self.at + OPEN.len());
        self.at = inner;
        let line = self.rest().split('\n').next().unwrap_or_default();
        let room = if self.draft.format == DraftFormat::Word { line } else { self.rest() };
        let Some((parts, end)) = parts(room) else {
            let remedy =
                "close it before the next placeholder and before a blank line; write {{{{ for literal double braces";
            return self.draft.faults.push(DraftFault::new("placeholder without closing }}", start..inner, remedy));
        };
        let parts: Vec<Range<usize>> = parts.into_iter().map(|part| inner + part.start..inner + part.end).collect();
        let whole = start..inner + end + OPEN.len();
        self.keep_text(start);
        (self.at, self.kept) = (whole.end, whole.end);
        match Placeholder::parse(self.draft.text, whole, &parts, self.draft.format) {
            Ok(placeholder) => self.draft.pieces.push(DraftPiece::Placeholder(Box::new(placeholder))),
            Err(fault) => self.draft.faults.push(fault),
        }
    }

    /// Adds the author's text up to here as a piece.
    fn keep_text(&mut self, end: usize) {
        let text = self.draft.text.get(self.kept..end).filter(|text| !text.is_empty());
        self.draft.pieces.extend(text.map(DraftPiece::Text));
        self.kept = end;
    }
}
