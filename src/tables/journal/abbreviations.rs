//! The abbreviations of a table, written out below it.

use super::draft::Draft;
use crate::schema::Variable;
use crate::tables::journal_options::Abbreviation;
use crate::tally::Cohort;
use std::collections::{BTreeMap, BTreeSet};

/// Abbreviations of the program and of the field.
/// Source: the terms as MeSH and the LOINC part names write them.
const KNOWN: [(&str, &str); 38] = [
    ("ALP", "alkaline phosphatase"),
    ("ALT", "alanine aminotransferase"),
    ("ANA", "antinuclear antibodies"),
    ("ANCA", "antineutrophil cytoplasmic antibodies"),
    ("AST", "aspartate aminotransferase"),
    ("BMI", "body mass index"),
    ("C3", "complement component 3"),
    ("C4", "complement component 4"),
    ("CI", "confidence interval"),
    ("CK", "creatine kinase"),
    ("CNS", "central nervous system"),
    ("CRP", "C-reactive protein"),
    ("CT", "computed tomography"),
    ("DM", "dermatomyositis"),
    ("DNA", "deoxyribonucleic acid"),
    ("ECG", "electrocardiography"),
    ("EEG", "electroencephalography"),
    ("EMG", "electromyography"),
    ("ESR", "erythrocyte sedimentation rate"),
    ("IQR", "interquartile range"),
    ("IVIG", "intravenous immunoglobulin"),
    ("JDM", "juvenile dermatomyositis"),
    ("LDH", "lactate dehydrogenase"),
    ("MCHC", "mean corpuscular hemoglobin concentration"),
    ("MCV", "mean corpuscular volume"),
    ("MRI", "magnetic resonance imaging"),
    ("NE", "not estimable"),
    ("NSAID", "nonsteroidal anti-inflammatory drug"),
    ("PCR", "polymerase chain reaction"),
    ("PET", "positron emission tomography"),
    ("Q1", "first quartile"),
    ("Q3", "third quartile"),
    ("RBC", "red blood cells"),
    ("SD", "standard deviation"),
    ("SLE", "systemic lupus erythematosus"),
    ("SMD", "standardised mean difference"),
    ("TSH", "thyroid-stimulating hormone"),
    ("WBC", "white blood cells"),
];

/// `Abbreviations: CI, confidence interval; SD, standard deviation.`: those that the table prints and somebody writes
/// out, by name. What the user says comes before the schema, the schema before the program.
pub(super) fn note(draft: &Draft, cohort: &Cohort, asked: &[Abbreviation]) -> Option<String> {
    let printed: BTreeSet<&str> = draft.texts().flat_map(words).collect();
    let mut meanings: BTreeMap<&str, String> = BTreeMap::new();
    meanings.extend(KNOWN.iter().map(|(short, long)| (*short, (*long).to_owned())));
    for variable in cohort.variables.iter().map(|column| &column.variable) {
        meanings.extend(of_schema(variable, &printed));
    }
    meanings.extend(asked.iter().map(|of| (of.short.as_str(), of.long.clone())));
    // Several words are searched in the texts; where the meaning stands beside it, no note is needed.
    let texts = || draft.texts().map(str::to_lowercase);
    let is_printed = |short: &str| {
        printed.contains(short) || (short.contains(' ') && draft.texts().any(|text| text.contains(short)))
    };
    let is_needed = |(short, long): &(&str, String)| {
        let is_asked = asked.iter().any(|of| of.short == *short);
        is_printed(short) && (is_asked || !texts().any(|text| text.contains(&long.to_lowercase())))
    };
    let all: Vec<String> =
        meanings.into_iter().filter(is_needed).map(|(short, long)| format!("{short}, {long}")).collect();
    (!all.is_empty()).then(|| format!("Abbreviations: {}.", all.join("; ")))
}

/// The words of a text as far as they may be abbreviations.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Names in capitals that the schema explains: a column by its label, a level by a longer word for it.
fn of_schema<'p>(variable: &Variable, printed: &BTreeSet<&'p str>) -> Vec<(&'p str, String)> {
    let is_short = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.contains(' ');
    let known =
        |word: &str| printed.iter().find(|printed| printed.eq_ignore_ascii_case(word) && is_short(printed)).copied();
    let of_column = variable.names().into_iter().find_map(known).zip(variable.label.clone());
    let of_level = |level: &String| {
        let words = variable.synonyms.iter().filter(|(_, meant)| *meant == level).map(|(word, _)| word);
        Some((known(level)?, words.max_by_key(|word| word.len()).filter(|word| word.len() > level.len())?.clone()))
    };
    let of_levels = variable.levels.iter().filter_map(|level| of_level(&level.value));
    let is_longer = |(short, long): &(&str, String)| long.len() > short.len() && !long.eq_ignore_ascii_case(short);
    of_column.into_iter().chain(of_levels).filter(is_longer).collect()
}
