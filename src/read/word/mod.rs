//! The text of a Word document (docx), and where in the document each part of it stands.
//!
//! ```text
//! <w:t>aged {{ age</w:t> ... <w:t>.mean }} years</w:t>      word/document.xml
//!      aged {{ age              .mean }} years              the text: one line a paragraph
//! ```
//! Word splits a text at will: where it checked the spelling, where somebody went on writing another day. The text of
//! a paragraph is that of all its runs; body, footnotes, endnotes, headers, footers and text boxes are read.

mod paragraphs;
mod parts;
mod structure;
mod text;

pub use parts::WordFile;
pub use structure::WordStep;
pub use text::{TextElement, TextOrigin};
