//! What is said of a word that is none of those there are.

use crate::diagnostic::{first_names, nearest};

/// Most names of a list.
const MOST_NAMES: usize = 12;

/// The remedy for a word that is none of the known ones, each written as a filter holds it: the
/// nearest one, or the list of them behind `what`.
///
/// No answer where nothing is known.
pub(super) fn did_you_mean(word: &str, what: &str, known: &[&str], written: fn(&str) -> String) -> Option<String> {
    if let Some(near) = nearest(word, known) {
        return Some(format!("did you mean {}?", written(near)));
    }
    let shown: Vec<String> = known.iter().take(MOST_NAMES).copied().map(written).collect();
    (!shown.is_empty()).then(|| format!("{what} {}", first_names(&shown, known.len() as u64)))
}
