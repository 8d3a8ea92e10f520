//! How the cells of one column are split: into several items, or into two things of different meaning.

use super::items::Separators;
use super::parts::Pair;
use std::fmt;

/// The word for a column whose cells hold one thing each.
const ONE: &str = "none";

/// How the cells of a column are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Split {
    /// Into items; without separators each cell is one.
    Items(Separators),
    /// Into two variables.
    Parts(Pair),
}

impl Split {
    /// Reads `, / and`, `age/sex`, `systolic/diastolic` or `none`.
    ///
    /// Errors: what is none of them.
    pub fn parse(text: &str) -> Result<Split, UnknownSplit> {
        let text = text.trim();
        if text.eq_ignore_ascii_case(ONE) {
            return Ok(Split::Items(Separators::NONE));
        }
        if let Some(pair) = Pair::parse(text) {
            return Ok(Split::Parts(pair));
        }
        match Separators::parse(text) {
            Ok(separators) if !separators.is_empty() => Ok(Split::Items(separators)),
            Ok(_) => Err(UnknownSplit(String::new())),
            Err(word) => Err(UnknownSplit(word)),
        }
    }

    /// What may be written.
    pub fn words() -> String {
        use super::items::Separator;
        let separators: Vec<&str> = Separator::ALL.into_iter().map(|separator| separator.word()).collect();
        let pairs: Vec<&str> = Pair::ALL.into_iter().map(|pair| pair.word()).collect();
        format!("{} (several with spaces between them), {}, or {ONE}", separators.join(" "), pairs.join(", "))
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Split::Items(separators) if separators.is_empty() => f.write_str(ONE),
            Split::Items(separators) => separators.fmt(f),
            Split::Parts(pair) => f.write_str(pair.word()),
        }
    }
}

/// A text that is no separator, and no pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSplit(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_is_read_as_it_is_written() {
        for text in [",", ", / and", "none", "age/sex", "systolic/diastolic", "then numbers line-end"] {
            let split = Split::parse(text).unwrap();
            assert_eq!(Split::parse(&split.to_string()), Ok(split), "{text}");
        }
        assert_eq!(Split::parse("Sex/Age"), Ok(Split::Parts(Pair::AgeAndSex)));
        assert_eq!(Split::parse("or"), Err(UnknownSplit("or".to_owned())));
        assert_eq!(Split::parse(" "), Err(UnknownSplit(String::new())));
        assert!(Split::words().contains("age/sex"));
    }
}
