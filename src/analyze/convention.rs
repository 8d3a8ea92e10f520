//! One convention a result depends on.

/// One convention: its name in JSON, its value, and the sentence of the footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// Name in JSON.
    pub name: &'static str,
    /// What was chosen.
    pub value: String,
    /// The footnote.
    pub sentence: String,
}

/// A convention of this name and value; an empty sentence is not printed.
pub(super) fn convention(name: &'static str, value: impl ToString, sentence: impl Into<String>) -> Convention {
    Convention { name, value: value.to_string(), sentence: sentence.into() }
}
