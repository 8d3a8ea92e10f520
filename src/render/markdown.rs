//! Tables of GitHub's Markdown; the text shows as it is.

use super::grid::{longest_word, marked, marked_headings, note};
use crate::diagnostic::{display_width, sanitize};
use crate::tables::{Depth, Report, Table};

/// What means something inside a line.
const INLINE: [char; 12] = ['\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '$', '&'];

/// Hyphens below the heading of a column; a longer cell is folded.
const LEAST_HYPHENS: usize = 3;
const MOST_HYPHENS: usize = 40;

/// The report: its title and the tables' as headings, the footnotes as paragraphs.
///
/// ```text
/// ## Cases
///
/// |  | n/N (%) or value | 95% CI, % | not reported |
/// | :-------- | :----------- | :------ | :--------- |
/// | Sex |  |  | 0 |
/// | &nbsp;&nbsp;female | 5/5 (100%) | 57–100 |  |
/// ```
pub fn render(report: &Report) -> String {
    let tables: Vec<String> = report.tables.iter().map(titled).collect();
    if report.is_fragment {
        return tables.join("\n");
    }
    let mut text = format!("# {}\n", escaped(&report.title));
    tables.iter().for_each(|table| text.push_str(&format!("\n{table}")));
    for footnote in &report.footnotes {
        text.push_str(&format!("\n{}\n", escaped(footnote)));
    }
    text
}

/// A table below its title and above its notes.
fn titled(table: &Table) -> String {
    let notes: String = table.notes.iter().map(|of| format!("\n{}\n", escaped(&note(of)))).collect();
    format!("## {}\n\n{}{notes}", escaped(&table.caption()), grid(table))
}

fn grid(table: &Table) -> String {
    let mut text = line(marked_headings(table).iter().map(|heading| escaped(heading)));
    text.push_str(&line(widths(table).into_iter().map(|width| format!(":{}", "-".repeat(width)))));
    for row in &table.rows {
        let label = escaped(&marked(row.label()));
        let first = match row.depth {
            Depth::Section if !label.is_empty() => format!("*{label}*"),
            _ if table.has_bold_label(row) && !label.is_empty() => format!("**{label}**"),
            depth => format!("{}{label}", "&nbsp;&nbsp;".repeat(depth.indent())),
        };
        text.push_str(&line(std::iter::once(first).chain(row.values().map(|cell| escaped(&marked(cell))))));
    }
    text
}

/// The hyphens of each column: as many as its longest cell has characters, within bounds.
///
/// Source: Pandoc User's Guide, extension `pipe_tables`, which shares the width of a page out by them.
fn widths(table: &Table) -> Vec<usize> {
    let of_heading = |heading: String| longest_word(&heading).clamp(LEAST_HYPHENS, MOST_HYPHENS);
    let mut widths: Vec<usize> = marked_headings(table).into_iter().map(of_heading).collect();
    for row in table.rows.iter().filter(|row| row.depth != Depth::Section) {
        let indents = std::iter::once(2 * row.depth.indent()).chain(std::iter::repeat(0));
        for ((width, cell), indent) in widths.iter_mut().zip(&row.cells).zip(indents) {
            *width = (display_width(&marked(cell)) + indent).min(MOST_HYPHENS).max(*width);
        }
    }
    widths
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// A text in which nothing is markup, inside a line or at its beginning.
pub(super) fn escaped(text: &str) -> String {
    let clean = sanitize(text);
    let clean = clean.trim();
    let mut escaped = String::with_capacity(clean.len());
    let marker = marker(clean);
    for (at, c) in clean.char_indices() {
        match c {
            // A backslash before it would show in some dialects.
            '&' => escaped.push_str("&amp;"),
            '\u{a0}' => escaped.push_str("&nbsp;"),
            c if INLINE.contains(&c) || marker == Some(at) || makes_a_link(clean, at) => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// True for the character without which an address is plain text: the `:` of `http://`, the `.` of `www.`, the `@`.
///
/// Source: GitHub Flavored Markdown, section 6.9, which links addresses without any markup.
fn makes_a_link(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let ends_with = |word: &str| {
        let start = before.len().checked_sub(word.len()).and_then(|start| before.get(start..));
        start.is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    after.starts_with('@')
        || (after.starts_with('.') && ends_with("www"))
        || (after.starts_with("://") || (after.starts_with(':') && (ends_with("mailto") || ends_with("xmpp"))))
}

/// Where a heading, a list or a rule would begin: the `#` of `# a`, the `.` of `1. a`.
fn marker(text: &str) -> Option<usize> {
    if text.starts_with(['#', '+', '-', '=']) {
        return Some(0);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.chars().skip(digits);
    let is_list = digits > 0 && matches!(rest.next(), Some('.' | ')')) && matches!(rest.next(), None | Some(' '));
    is_list.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::{escaped, grid};
    use crate::tables::{Depth, Table};
    use proptest::prelude::*;

    #[test]
    fn text_is_no_markup() {
        for (text, expected) in [
            ("a|b", "a\\|b"),
            ("a\\|b", "a\\\\\\|b"),
            ("*a* _b_ `c` ~~d~~ $e$", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\$e\\$"),
            ("<b>&lt;[x](y)", "\\<b\\>&amp;lt;\\[x\\](y)"),
            (">1280", "\\>1280"),
            ("# a", "\\# a"),
            ("a # b", "a # b"),
            ("- a", "\\- a"),
            ("-1.5", "\\-1.5"),
            ("=", "\\="),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("1.", "1\\."),
            ("1.5 (2)", "1.5 (2)"),
            ("see http://a.org", "see http\\://a.org"),
            ("HTTPS://a.org ftp://b", "HTTPS\\://a.org ftp\\://b"),
            ("www.a.org", "www\\.a.org"),
            ("éwww.a.org é.", "éwww\\.a.org é."),
            ("mailto:a@b.org", "mailto\\:a\\@b.org"),
            ("ratio 1:80, 10:30", "ratio 1:80, 10:30"),
            ("4/5 (80%)", "4/5 (80%)"),
            ("    a", "a"),
            ("a\nb\u{202e}", "a\\\\nb\\\\u{202e}"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }

    /// The cells of a line as GitHub splits it: a backslash protects the character behind it.
    fn cells(line: &str) -> usize {
        let mut protected = false;
        let mut pipes = 0;
        for c in line.chars() {
            pipes += usize::from(c == '|' && !protected);
            protected = c == '\\' && !protected;
        }
        pipes - 1
    }

    proptest! {
        #[test]
        fn every_line_has_the_cells_of_the_header(texts in prop::collection::vec("[a-c|\\\\<*_`\n\u{202e} &#-]{0,8}", 9)) {
            let mut table = Table::new("t", &["", "a", "b"]);
            table.header = texts[..3].iter().map(Into::into).collect();
            table.push(Depth::Variable, [texts[3].clone(), texts[4].clone(), texts[5].clone()]);
            table.push(Depth::Level, [texts[6].clone(), texts[7].clone(), texts[8].clone()]);
            let text = grid(&table);
            prop_assert_eq!(text.lines().count(), 4);
            prop_assert!(text.lines().all(|line| cells(line) == 3), "{}", text);
        }
    }
}
