//! The words of a de-identified series that several cases have.

use super::cohort::{Cohort, CohortVariable};
use super::counts::Counts;
use super::names_in_cells::NameWords;
use crate::cohort::deidentify::{SEVERAL, WITHHELD, word};
use crate::cohort::filter::with_known_texts;
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::Role;
use crate::schema::response::understand::{ResponseContext, Understanding, understand};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// For each column of words, those that several cases have; of treatment lines, their agents. None of them holds a word
/// of a column of names, however many cases have it, and a response that is not understood is a remark, which may be
/// anything.
///
/// Errors: those of reading the columns of names.
pub fn harmless_words(inputs: &Inputs, cohort: &Cohort) -> Result<BTreeMap<String, Arc<BTreeSet<String>>>, Error> {
    let of_words = cohort.variables.iter().filter(|column| column.variable.has_words_of_cells());
    let mut harmless: BTreeMap<String, BTreeSet<String>> =
        of_words.map(|column| (column.variable.header.clone(), words_of_several(column))).collect();
    if harmless.values().any(|words| !words.is_empty()) {
        let names = NameWords::of(inputs, cohort)?;
        harmless.values_mut().for_each(|words| words.retain(|word| !names.are_in(word)));
    }
    Ok(harmless.into_iter().map(|(header, words)| (header, Arc::new(words))).collect())
}

fn words_of_several(column: &CohortVariable) -> BTreeSet<String> {
    let is_understood = |word: &str| {
        column.variable.role != Role::Response
            || understand(word, ResponseContext::ResponseColumn) != Understanding::NotUnderstood
    };
    let mut words = match &column.counts {
        Counts::Levels(counts) => several(counts.levels.iter().map(|(level, cases)| (level, *cases))),
        Counts::Set(counts) => several(counts.items.iter().map(|(item, cases)| (item, *cases))),
        Counts::Lines(counts) => several(counts.by_agent.iter().map(|(agent, outcomes)| (agent, outcomes.treated()))),
        Counts::Number(_) | Counts::Dates(_) | Counts::Text(_) => BTreeSet::new(),
    };
    words.retain(|word| is_understood(word));
    words
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
