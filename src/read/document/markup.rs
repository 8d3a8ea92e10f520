//! HTML and JATS XML: the text between the tags, by the few elements that begin a passage.
//!
//! Tags are read leniently, as browsers do. Entities are never expanded but for characters, so that no document
//! grows while it is read.

use super::builder::PassageBuilder;
use super::{Passage, PassageKind};
use memchr::{memchr, memchr2};

/// Elements whose content is no text of the manuscript: HTML's, and the lists of references of JATS.
const LEFT_OUT: [&str; 12] = [
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "ref-list",
    "journal-meta",
    "contrib-group",
    "aff",
    "permissions",
    "nav",
    "object-id",
];

/// Elements that begin a passage.
const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "section",
    "sec",
    "li",
    "ul",
    "ol",
    "list",
    "list-item",
    "dt",
    "dd",
    "blockquote",
    "caption",
    "label",
    "abstract",
    "body",
    "front",
    "back",
    "figure",
    "fig",
    "table-wrap",
    "table-wrap-foot",
    "fn",
    "main",
    "article",
    "header",
    "footer",
    "br",
    "hr",
    "tr",
];

/// Headings; `title` is one in JATS, and the title of the page in HTML.
const HEADINGS: [&str; 8] = ["h1", "h2", "h3", "h4", "h5", "h6", "title", "article-title"];

/// Characters that have a name, as far as numbers need them.
const NAMED: [(&str, &str); 24] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("minus", "\u{2212}"),
    ("plusmn", "±"),
    ("le", "≤"),
    ("ge", "≥"),
    ("leq", "≤"),
    ("geq", "≥"),
    ("chi", "χ"),
    ("middot", "·"),
    ("sup2", "²"),
    ("thinsp", " "),
    ("times", "×"),
    ("deg", "°"),
    ("micro", "µ"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
];

/// The passages of a document.
pub(super) fn passages(text: &str) -> Vec<Passage> {
    let mut reader =
        MarkupReader { builder: PassageBuilder::default(), rest: text, line: 1, heading: None, is_reference: false };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.builder.end()
}

struct MarkupReader<'t> {
    builder: PassageBuilder,
    rest: &'t str,
    line: u64,
    /// The heading that is open.
    heading: Option<&'static str>,
    /// True inside of a mark that refers to the list of references.
    is_reference: bool,
}

impl<'t> MarkupReader<'t> {
    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line = self.line.saturating_add(memchr::memchr_iter(b'\n', taken.as_bytes()).count() as u64);
        taken
    }

    fn step(&mut self) {
        match self.rest.as_bytes().first() {
            Some(b'<') => self.tag(),
            Some(b'&') => self.entity(),
            _ => {
                let line = self.line;
                let end = memchr2(b'<', b'&', self.rest.as_bytes()).unwrap_or(self.rest.len());
                let text = self.take(end);
                // A line end inside the text is where its next line begins.
                for (number, part) in (line..).zip(text.split_inclusive('\n')) {
                    self.add(part, number);
                }
            }
        }
    }

    fn add(&mut self, text: &str, line: u64) {
        if !self.is_reference {
            self.builder.add(text, Some(line));
        }
    }

    fn entity(&mut self) {
        let line = self.line;
        let end = self.rest.as_bytes().iter().take(12).position(|byte| *byte == b';');
        let Some(end) = end else {
            let text = self.take(1);
            return self.add(text, line);
        };
        let written = self.take(end.saturating_add(1));
        let name = written.trim_matches(['&', ';']);
        let code = name.strip_prefix("#x").or(name.strip_prefix("#X")).map(|hex| u32::from_str_radix(hex, 16).ok());
        let code = code.or_else(|| name.strip_prefix('#').map(|number| number.parse().ok()));
        match code {
            Some(code) => {
                let character = code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.add(character.encode_utf8(&mut [0; 4]), line);
            }
            None => {
                let known = NAMED.iter().find(|(known, _)| *known == name).map_or(written, |(_, text)| text);
                self.add(known, line);
            }
        }
    }

    fn tag(&mut self) {
        if self.rest.starts_with("<!--") {
            let end = self.rest.find("-->").map_or(self.rest.len(), |end| end.saturating_add(3));
            self.take(end);
            return;
        }
        if self.rest.starts_with("<!") {
            // What a document type declares is no text.
            let first = memchr(b'>', self.rest.as_bytes());
            let has_subset = first.and_then(|end| self.rest.get(..end)).is_some_and(|head| head.contains('['));
            let end = if has_subset { self.rest.find("]>").map(|end| end.saturating_add(1)) } else { first };
            self.take(end.map_or(self.rest.len(), |end| end.saturating_add(1)));
            return;
        }
        let is_tag =
            self.rest.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte));
        if !is_tag {
            let line = self.line;
            let text = self.take(1);
            return self.add(text, line);
        }
        let end = memchr(b'>', self.rest.as_bytes()).map_or(self.rest.len(), |end| end.saturating_add(1));
        let tag = self.take(end);
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        let is_end = inner.starts_with('/');
        let is_whole = inner.ends_with('/');
        let name = inner.trim_start_matches('/').split([' ', '\t', '\n', '\r', '/']).next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if LEFT_OUT.contains(&name.as_str()) && !is_end && !is_whole {
            return self.leave_out(&name);
        }
        if name == "xref" || name == "sup" {
            return self.mark(&name, is_end, is_whole, inner);
        }
        self.element(&name, is_end, inner);
    }

    /// Reads on behind an element that is left out.
    fn leave_out(&mut self, name: &str) {
        let end = format!("</{name}");
        let found = self.rest.as_bytes().windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
        let found = found.filter(|at| self.rest.is_char_boundary(*at)).unwrap_or(self.rest.len());
        self.take(found);
        let close = memchr(b'>', self.rest.as_bytes()).map_or(self.rest.len(), |end| end.saturating_add(1));
        self.take(close);
    }

    /// A mark of a reference becomes one that a scan knows; a superscript is set off from what it follows.
    fn mark(&mut self, name: &str, is_end: bool, is_whole: bool, inner: &str) {
        let refers = inner.contains("bibr");
        if is_end {
            self.is_reference &= name != "xref";
        } else if refers && !is_whole {
            self.builder.add(" [0]", Some(self.line));
            self.is_reference = true;
        } else if name == "sup" && !self.rest.starts_with(['2', '²']) {
            self.builder.space();
        }
    }

    fn element(&mut self, name: &str, is_end: bool, inner: &str) {
        match name {
            "table" if is_end => self.builder.end_table(),
            "table" => self.builder.begin_table(),
            "tr" if !is_end && self.builder.is_in_table() => self.builder.begin_row(),
            "td" | "th" if !is_end && self.builder.is_in_table() => {
                self.builder.begin_cell();
                self.builder.span(number_of(inner, "colspan"), number_of(inner, "rowspan"));
            }
            _ if self.builder.is_in_table() => self.builder.space(),
            name if HEADINGS.contains(&name) => {
                let kind = if is_end { PassageKind::Heading } else { PassageKind::Paragraph };
                self.builder.close(kind);
                self.heading = HEADINGS.into_iter().find(|heading| *heading == name).filter(|_| !is_end);
            }
            name if BLOCKS.contains(&name) && self.heading.is_none() => self.builder.close(PassageKind::Paragraph),
            _ => {}
        }
    }
}

/// The number that an attribute of a tag has: `colspan="2"`; 1 where it has none.
fn number_of(tag: &str, name: &str) -> u32 {
    let lower = tag.to_ascii_lowercase();
    let mut parts = lower.split(name).skip(1);
    let number = parts.find_map(|rest| {
        let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        value.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    });
    number.unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::TableCell;
    use super::*;

    #[test]
    fn passages_cells_and_lines_are_those_of_a_page() {
        let text = "<html><head><style>p { 1 }</style></head><body><h2>Results</h2>\n<p>In <b>36</b> of 50\nchildren &lt;5 \
                    y (72&#37;)<!-- 99 -->.</p><table><tr><th>n&nbsp;= 50</th><td></td><td>18</td></tr></table>After";
        let found: Vec<_> = passages(text)
            .into_iter()
            .map(|passage| (passage.kind, passage.text.clone(), passage.line_at(passage.text.len()).unwrap_or(0)))
            .collect();
        let cell = |column| PassageKind::Cell(TableCell { table: 1, row: 1, column });
        let expected = [
            (PassageKind::Heading, "Results", 1),
            (PassageKind::Paragraph, "In 36 of 50 children <5 y (72%).", 3),
            (cell(1), "n = 50", 3),
            (cell(3), "18", 3),
            (PassageKind::Paragraph, "After", 3),
        ];
        assert_eq!(found, expected.map(|(kind, text, line)| (kind, text.to_owned(), line)));
    }

    #[test]
    fn merged_cells_move_the_cells_beside_and_below_them() {
        let text = "<table><tr><th rowspan='2'>a</th><TH ColSpan=\"2\">b</th><th>c</th></tr><tr><th>d</th><th>e</th>\
                    <th>f</th></tr><tr><td colspan=3>g</td><td>h</td></tr></table>";
        let found: Vec<_> = passages(text).into_iter().map(|passage| (passage.kind, passage.columns())).collect();
        let cell =
            |row, column, columns| (PassageKind::Cell(TableCell { table: 1, row, column }), column..column + columns);
        let first = [cell(1, 1, 1), cell(1, 2, 2), cell(1, 4, 1), cell(2, 2, 1)];
        let rest = [cell(2, 3, 1), cell(2, 4, 1), cell(3, 1, 3), cell(3, 4, 1)];
        assert_eq!(found, [first, rest].concat());
    }

    #[test]
    fn references_of_jats_are_marked_and_left_out() {
        let text = "<?xml version=\"1.0\"?><!DOCTYPE article [<!ENTITY a \"99\">]><article><sec><title>Results</title><p>In 5 \
                    (10%) <xref ref-type=\"bibr\" rid=\"B1\">12</xref>. &a;</p></sec><ref-list><ref>1999; 5 of 4</ref></ref-list></article>";
        let found: Vec<String> = passages(text).into_iter().map(|passage| passage.text).collect();
        assert_eq!(found, ["Results", "In 5 (10%) [0]. &a;"]);
    }

    #[test]
    fn a_tag_without_an_end_is_read_to_the_end() {
        for text in ["<", "<p", "<script>1 of 0", "a &#x110000; &", "<td>1</td></table></table>", "<!-- é"] {
            passages(text);
        }
    }
}
