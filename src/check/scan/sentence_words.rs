//! Words of a sentence that decide what its numbers are of.
//!
//! The words are data (`sentence_words.toml`).

use crate::vocabulary::Words;

include!(concat!(env!("OUT_DIR"), "/sentence_words.rs"));
