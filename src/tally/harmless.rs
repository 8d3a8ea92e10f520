//! The words of a de-identified series that several cases have.

use super::cohort::Cohort;
use super::counts::Counts;
use crate::cohort::deidentify::{SEVERAL, WITHHELD, word};
use crate::cohort::filter::with_known_texts;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// For each column of words, those that several cases have; of treatment lines, their agents.
pub fn harmless_words(cohort: &Cohort) -> BTreeMap<String, Arc<BTreeSet<String>>> {
    let of_words = cohort.variables.iter().filter(|column| column.variable.has_words_of_cells());
    let of = |counts: &Counts| match counts {
        Counts::Levels(counts) => several(counts.levels.iter().map(|(level, cases)| (level, *cases))),
        Counts::Set(counts) => several(counts.items.iter().map(|(item, cases)| (item, *cases))),
        Counts::Lines(counts) => several(counts.by_agent.iter().map(|(agent, outcomes)| (agent, outcomes.treated()))),
        Counts::Number(_) | Counts::Dates(_) | Counts::Text(_) => BTreeSet::new(),
    };
    of_words.map(|column| (column.variable.header.clone(), Arc::new(of(&column.counts)))).collect()
}

/// Withholds the texts of the filters that are no words which the columns show.
pub fn withhold_texts(cohort: &mut Cohort) {
    let variables: Vec<_> = cohort.variables.iter().map(|column| &column.variable).collect();
    let is_known = |text: &str| variables.iter().any(|variable| word(text, variable) == text);
    let event = cohort.survival.as_ref().map(|counts| with_known_texts(&counts.event, WITHHELD, is_known));
    let filter = cohort.filtered.as_ref().map(|(text, _)| with_known_texts(text, WITHHELD, is_known));
    if let (Some(counts), Some(event)) = (&mut cohort.survival, event) {
        counts.event = event;
    }
    if let (Some((text, _)), Some(filter)) = (&mut cohort.filtered, filter) {
        *text = filter;
    }
}

fn several<'w>(counts: impl Iterator<Item = (&'w String, u64)>) -> BTreeSet<String> {
    counts.filter(|(_, cases)| *cases >= SEVERAL as u64).map(|(word, _)| word.clone()).collect()
}
