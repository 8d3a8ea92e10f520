//! Text and paragraphs in WordprocessingML (ECMA-376, part 1, 17.3).

use crate::diagnostic::sanitize;

/// The named styles of `styles.xml`, which an author can change for all tables at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphStyle {
    /// The title of the document.
    Title,
    /// The caption above a table.
    Caption,
    /// Text between tables.
    Body,
    /// A cell.
    TableText,
    /// The heading of a column.
    TableHeading,
    /// The heading of several rows.
    TableSection,
    /// The name of a variable above its levels.
    TableVariable,
    /// A level or a statistic of a variable.
    TableLevel,
    /// What stands below a level.
    TableItem,
    /// A note below a table.
    TableNote,
}

impl ParagraphStyle {
    /// All of them.
    #[cfg(test)]
    pub const ALL: [ParagraphStyle; 10] = [
        ParagraphStyle::Title,
        ParagraphStyle::Caption,
        ParagraphStyle::Body,
        ParagraphStyle::TableText,
        ParagraphStyle::TableHeading,
        ParagraphStyle::TableSection,
        ParagraphStyle::TableVariable,
        ParagraphStyle::TableLevel,
        ParagraphStyle::TableItem,
        ParagraphStyle::TableNote,
    ];

    /// Its id in `styles.xml`.
    pub fn id(self) -> &'static str {
        match self {
            ParagraphStyle::Title => "Title",
            ParagraphStyle::Caption => "Caption",
            ParagraphStyle::Body => "Normal",
            ParagraphStyle::TableText => "TableText",
            ParagraphStyle::TableHeading => "TableHeading",
            ParagraphStyle::TableSection => "TableSection",
            ParagraphStyle::TableVariable => "TableVariable",
            ParagraphStyle::TableLevel => "TableLevel",
            ParagraphStyle::TableItem => "TableItem",
            ParagraphStyle::TableNote => "TableNote",
        }
    }
}

/// A text, and the mark of a footnote behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkedText<'a> {
    /// The text.
    pub text: &'a str,
    /// The mark, which is raised; empty where there is none.
    pub mark: &'a str,
}

impl<'a> From<&'a str> for MarkedText<'a> {
    fn from(text: &'a str) -> MarkedText<'a> {
        MarkedText { text, mark: "" }
    }
}

/// The properties of a raised mark.
const RAISED: &str = "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>";

/// A paragraph.
pub fn paragraph<'a>(style: ParagraphStyle, content: impl Into<MarkedText<'a>>) -> String {
    let MarkedText { text, mark } = content.into();
    format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{}{}</w:p>", style.id(), run("", text), run(RAISED, mark))
}

/// A note behind its mark, which is raised.
pub fn note(mark: &str, text: &str) -> String {
    let behind = if mark.is_empty() { String::new() } else { run(RAISED, mark) + &run("", " ") };
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{behind}{}</w:p>",
        ParagraphStyle::TableNote.id(),
        run("", text)
    )
}

/// A run of text; none without text.
fn run(properties: &str, text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text)),
    }
}

/// A text in which nothing is markup, in an element or an attribute, and which XML 1.0 may hold.
pub fn escaped(text: &str) -> String {
    let clean = sanitize(text);
    let mut escaped = String::with_capacity(clean.len());
    for c in clean.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // No character of XML 1.0, and no control character either.
            '\u{fffe}' | '\u{ffff}' => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{MarkedText, ParagraphStyle, escaped, paragraph};

    #[test]
    fn text_is_no_markup_and_no_forbidden_character() {
        assert_eq!(escaped(">1280 & <b a=\"'\">"), "&gt;1280 &amp; &lt;b a=&quot;'&quot;&gt;");
        assert_eq!(escaped("a\u{0}\u{fffe}\u{202e}\n日"), "a\\u{0}\\u{fffe}\\u{202e}\\n日");
    }

    #[test]
    fn a_paragraph_names_its_style() {
        let expected =
            "<w:p><w:pPr><w:pStyle w:val=\"TableLevel\"/></w:pPr><w:r><w:t xml:space=\"preserve\"> a</w:t></w:r></w:p>";
        assert_eq!(paragraph(ParagraphStyle::TableLevel, " a"), expected);
        assert_eq!(paragraph(ParagraphStyle::Body, ""), "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr></w:p>");
        let marked = paragraph(ParagraphStyle::TableText, MarkedText { text: "5.9", mark: "a" });
        assert!(marked.ends_with(
            "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t xml:space=\"preserve\">a</w:t></w:r></w:p>"
        ));
    }

    #[test]
    fn every_style_is_declared() {
        let declared = include_str!("styles.xml");
        for style in ParagraphStyle::ALL {
            assert!(declared.contains(&format!("w:styleId=\"{}\"", style.id())), "{style:?}");
        }
    }
}
