//! What a case is called.

use super::sanitize::shortened;
use std::borrow::Cow;
use std::fmt;

/// What a case is called in findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseName {
    /// Its ID.
    Id(String),
    /// `case 3`, for the third case, which has no ID.
    Numbered(String),
}

impl CaseName {
    /// The name as it is printed.
    pub fn as_str(&self) -> &str {
        match self {
            CaseName::Id(text) | CaseName::Numbered(text) => text,
        }
    }

    /// The same with no more of an ID than a message shows.
    pub(super) fn bounded(mut self) -> CaseName {
        let (CaseName::Id(text) | CaseName::Numbered(text)) = &mut self;
        if let Cow::Owned(short) = shortened(text) {
            *text = short;
        }
        self
    }
}

/// `case P2`, and `case 3` for a case without an ID.
impl fmt::Display for CaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CaseName::Id(id) => write!(f, "case {id}"),
            CaseName::Numbered(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CaseName;

    #[test]
    fn a_case_without_an_id_is_told_from_one_whose_id_is_a_number_of_a_case() {
        let (id, numbered) = (CaseName::Id("case 3".into()), CaseName::Numbered("case 3".into()));
        assert_eq!((id.to_string(), numbered.to_string()), ("case case 3".into(), "case 3".into()));
        assert_eq!((id.as_str(), numbered.as_str()), ("case 3", "case 3"));
        assert_ne!(id, numbered);
    }
}
