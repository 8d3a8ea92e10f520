//! What the name of a composed column is made of.

/// A part of the name of a composed column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamePart {
    /// The name of a column, or a word of this program.
    Column(String),
    /// The word of a cell: the name of a test, a visit, a feature.
    Word {
        /// The word.
        text: String,
        /// How many cases have it.
        cases: usize,
    },
}

impl NamePart {
    /// The word of a cell that this many cases have.
    pub fn word(text: &str, cases: usize) -> NamePart {
        NamePart::Word { text: text.to_owned(), cases }
    }
}
