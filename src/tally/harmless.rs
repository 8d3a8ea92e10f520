//! The words that may be shown of a column of which nobody knows what its words are.

use super::cohort::Cohort;
use super::counts::Counts;
use crate::cohort::deidentify::SEVERAL;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// For each column of unknown words, those that several cases have.
pub fn harmless_words(cohort: &Cohort) -> BTreeMap<String, Arc<BTreeSet<String>>> {
    let unknown = cohort.variables.iter().filter(|column| column.variable.has_unknown_words());
    let of = |counts: &Counts| match counts {
        Counts::Levels(counts) => several(&counts.levels),
        Counts::Set(counts) => several(&counts.items),
        Counts::Number(_) | Counts::Dates(_) | Counts::Lines(_) | Counts::Text(_) => BTreeSet::new(),
    };
    unknown.map(|column| (column.variable.header.clone(), Arc::new(of(&column.counts)))).collect()
}

fn several(counts: &BTreeMap<String, u64>) -> BTreeSet<String> {
    counts.iter().filter(|(_, cases)| **cases >= SEVERAL as u64).map(|(word, _)| word.clone()).collect()
}
