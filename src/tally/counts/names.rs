//! Numbers for names, so that a patient is a few integers until the end.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Characters of the longest name that is kept whole.
const LONGEST: usize = 200;
/// Characters kept of a longer one.
const KEPT: usize = 160;

/// The name of a level, an item or an agent: a text of more than 200 characters is cut, with the first eight digits
/// of its SHA-256, so that two long texts with one beginning stay two names.
///
/// A name is in the key of each of its statistics: without a limit a cell of a megabyte would be printed many times.
pub fn level_name(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST || text.chars().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let hash: String = Sha256::digest(text).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let kept: String = text.chars().take(KEPT).collect();
    Cow::Owned(format!("{}… (long text {hash})", kept.trim_end()))
}

/// A table of names by number.
#[derive(Debug, Default)]
pub struct Names {
    numbers: FxHashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    /// The number of a name, from 0 in order of first occurrence.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(level_name(name).into_owned());
        number
    }

    /// The name of a number; empty if there is none.
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_stay_different() {
        let (long, other) = ("é".repeat(5000), format!("{}x", "é".repeat(4999)));
        assert_eq!(level_name(&"é".repeat(200)), "é".repeat(200));
        assert!(level_name(&long).starts_with(&"é".repeat(160)) && level_name(&long).chars().count() < 200);
        assert_ne!(level_name(&long), level_name(&other));
        assert_eq!(level_name(&level_name(&long)), level_name(&long));
        let mut names = Names::default();
        let number = names.number(&long);
        assert_eq!((names.number(&long), names.number(&other)), (number, number + 1));
        assert_eq!(names.name(number), level_name(&long));
    }
}
