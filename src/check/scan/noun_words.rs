//! The words of `nouns.toml`.

use crate::vocabulary::Words;
include!(concat!(env!("OUT_DIR"), "/nouns.rs"));

/// True for a word after which a number is the name of one of several: `Table 2`, `week 12`.
pub(super) fn numbers_things(word: &str) -> bool {
    NAMES.contains_in_any_case(word) || NUMBERED.contains_in_any_case(word)
}
