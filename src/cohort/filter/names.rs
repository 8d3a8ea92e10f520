//! The remedy for an unknown word.

use crate::diagnostic::{first_names, nearest};

/// Most names that are listed.
const MOST_NAMES: usize = 12;

/// The remedy for a word that is not one of the known ones, with words written as in a filter: the
/// nearest one, or the list of them after `what`.
///
/// `None` if nothing is known.
pub(super) fn did_you_mean(word: &str, what: &str, known: &[&str], written: fn(&str) -> String) -> Option<String> {
    if let Some(near) = nearest(word, known) {
        return Some(format!("did you mean {}?", written(near)));
    }
    let shown: Vec<String> = known.iter().take(MOST_NAMES).copied().map(written).collect();
    (!shown.is_empty()).then(|| format!("{what} {}", first_names(&shown, known.len() as u64)))
}
