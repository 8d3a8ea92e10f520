//! The columns of inputs before their cases are read.

use super::{Batch, Feed, Inputs};

/// The names of the columns of composed inputs or of the first file; of cases without a header those of the first of them.
///
/// An input that can be read once only, and has no header, has no answer: its cases are still needed.
pub fn first_columns(inputs: &Inputs) -> Vec<String> {
    let composed = inputs.composed_columns();
    if !composed.is_empty() {
        return composed.iter().map(|column| column.name.clone()).collect();
    }
    if let Some((_, names)) = inputs.headers().next() {
        return names.to_vec();
    }
    if !inputs.can_be_read_again() {
        return Vec::new();
    }
    let (mut feed, mut batch) = (Feed::new(inputs), Batch::default());
    // What is wrong with the text is told when the cases are read.
    match feed.next(&mut batch) {
        Ok(true) => batch.discover().map_or_else(|_| Vec::new(), |columns| columns.names().to_vec()),
        Ok(false) | Err(_) => Vec::new(),
    }
}
