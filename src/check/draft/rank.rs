//! The candidates of a number, by the words that its sentence shares with them.

use super::candidates::{AgentNames, Candidate, Candidates, NamedCandidate};
use super::field::{HeardField, fields};
use super::hearing::Hearing;
use super::numbers::{NumberNature, PrintedNumber};
use super::words::are_alike;
use crate::analyze::statistic::Statistic;
use crate::schema::sex::sex_of;
use rustc_hash::FxHashMap;

/// What the words beside a name count, compared with those of the name.
const BESIDE: f64 = 0.5;
/// What a name counts of which only some words are there, at least.
const INCOMPLETE: f64 = 0.3;
/// What a field of a line counts, as if its word were in few names.
const FIELD: f64 = 2.5;
/// The least weight of what is said in the clause of a number.
const SAME_CLAUSE: f64 = 0.5;
/// What a word for the statistic adds.
const STATISTIC: f64 = 1.5;

/// Words that a text has where it states the number of its cases.
const OF_ALL: [&str; 16] = [
    "report",
    "study",
    "sery",
    "series",
    "cohort",
    "include",
    "included",
    "enrolled",
    "followed",
    "history",
    "retrospective",
    "analysis",
    "reviewed",
    "treated",
    "total",
    "we",
];

/// Words by which a sentence denies.
const DENIALS: [&str; 8] = ["not", "no", "without", "never", "none", "neither", "nor", "absent"];

/// Ranks candidates by words.
pub(super) struct Ranking<'c> {
    candidates: &'c Candidates,
    /// How much each word tells: the less, the more names it is in.
    tells: FxHashMap<&'c str, f64>,
    /// The word of a name that a word of the text means.
    meant: FxHashMap<String, Option<&'c str>>,
}

impl<'c> Ranking<'c> {
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer names than a double has digits")]
    pub fn new(candidates: &'c Candidates) -> Ranking<'c> {
        let mut uses: FxHashMap<&str, f64> = FxHashMap::default();
        let of_agents = candidates.agents.iter().map(|agent| &agent.names);
        let all = candidates.named.iter().map(|named| &named.names).chain(of_agents);
        let beside = candidates.named.iter().flat_map(|named| &named.beside);
        for word in all.flatten().flatten().chain(beside) {
            *uses.entry(word).or_default() += 1.0;
        }
        let names = candidates.named.len().saturating_add(candidates.agents.len()).max(1) as f64;
        let tells = uses.into_iter().map(|(word, uses)| (word, (1.0 + names / uses).ln())).collect();
        Ranking { candidates, tells, meant: FxHashMap::default() }
    }

    /// The candidates of a number, the best first.
    pub fn of(&mut self, hearing: &Hearing, number: &PrintedNumber) -> Vec<Candidate> {
        let weights = self.weights(hearing, number.at);
        // The order of the columns decides between candidates that the sentence names alike.
        let mut scored: Vec<(f64, Candidate)> = Vec::new();
        for named in &self.candidates.named {
            let score = if is_of_nature(named, number.nature, hearing, number.at) {
                self.score(named, &weights, hearing, number.at)
            } else {
                0.0
            };
            if score > 0.0 {
                scored.push((score, named.candidate.clone()));
            }
        }
        if !matches!(number.nature, NumberNature::Measured | NumberNature::Probability | NumberNature::Ratio) {
            let near = |names: &[Vec<String>]| {
                let is_named = |word: &str| names.iter().flatten().any(|name| name == word);
                hearing.best(number.at, is_named).unwrap_or_default()
            };
            self.add_lines(&mut scored, &weights, &fields(hearing, number.at), near);
        }
        if let NumberNature::Count(true) = number.nature {
            let score = hearing.best(number.at, |word| OF_ALL.contains(&word)).unwrap_or(0.1);
            scored.push((score * FIELD, Candidate::Value("cases".to_owned())));
        }
        scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        scored.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// How much each word of the names is said near a number: its weight times what it tells.
    fn weights(&mut self, hearing: &Hearing, number: usize) -> FxHashMap<&'c str, f64> {
        let mut weights: FxHashMap<&str, f64> = FxHashMap::default();
        for (word, at) in hearing.words.iter().chain(&hearing.joined) {
            let Some(meant) = self.meaning(word) else { continue };
            let tells = self.tells.get(meant).copied().unwrap_or_default();
            let weight = weights.entry(meant).or_default();
            *weight = weight.max(tells * hearing.weight(*at, number));
        }
        weights
    }

    /// The word of a name that a word of the text is, but for one letter of a long word.
    fn meaning(&mut self, word: &str) -> Option<&'c str> {
        if let Some((known, _)) = self.tells.get_key_value(word) {
            return Some(known);
        }
        if let Some(known) = self.meant.get(word) {
            return *known;
        }
        let mut alike: Vec<&str> = self.tells.keys().copied().filter(|known| are_alike(known, word)).collect();
        alike.sort_unstable();
        let found = alike.first().copied();
        self.meant.insert(word.to_owned(), found);
        found
    }

    fn score(&self, named: &NamedCandidate, weights: &FxHashMap<&str, f64>, hearing: &Hearing, number: usize) -> f64 {
        let mut own = name_score(&named.names, &self.tells, weights);
        if named.is_sex {
            own = own.max(self.sex_score(named, hearing, number));
        }
        if own <= 0.0 {
            return 0.0;
        }
        if named.is_denied {
            let Some(denial) = hearing.best(number, |word| DENIALS.contains(&word)) else { return 0.0 };
            own += FIELD * denial;
        }
        let beside: f64 = named.beside.iter().filter_map(|word| weights.get(word.as_str())).sum();
        let of_statistic = named.statistic.and_then(|statistic| statistic_weight(statistic, hearing, number));
        own + BESIDE * beside + STATISTIC * of_statistic.unwrap_or_default()
    }

    /// The score of a level of the sex, which has words such as `girls`.
    fn sex_score(&self, named: &NamedCandidate, hearing: &Hearing, number: usize) -> f64 {
        let meant = named.names.iter().flatten().find_map(|word| sex_of(word, true));
        let says = |word: &str| meant.is_some() && sex_of(word, false) == meant;
        hearing.best(number, says).map_or(0.0, |weight| weight * FIELD)
    }

    /// Adds the conditions of treatment lines: an agent or a class, what is said of the lines, and both.
    fn add_lines(
        &self,
        scored: &mut Vec<(f64, Candidate)>,
        weights: &FxHashMap<&str, f64>,
        said: &[HeardField],
        near: impl Fn(&[Vec<String>]) -> f64,
    ) {
        if !self.candidates.has_lines {
            return;
        }
        let line = |condition: String| Candidate::Count(format!("any_line({condition})"));
        let mut alone: Vec<f64> = said.iter().map(|field| FIELD * field.weight).collect();
        for AgentNames { condition, names, is_widest } in &self.candidates.agents {
            let score = name_score(names, &self.tells, weights);
            if score <= 0.0 {
                continue;
            }
            scored.push((score, line(condition.clone())));
            let of_number = said.iter().zip(&mut alone).filter(|(field, _)| *is_widest && field.weight >= SAME_CLAUSE);
            for (field, alone) in of_number {
                let both = score + FIELD * field.weight;
                scored.push((both, line(format!("{condition} AND {}", field.condition))));
                // What is said nearer to the number than the treatment may be all that is meant.
                if field.weight > near(names) {
                    *alone = alone.max(f64::midpoint(score, both));
                }
            }
        }
        scored.extend(alone.into_iter().zip(said).map(|(score, field)| (score, line(field.condition.clone()))));
    }
}

/// The best score of several names: what of its words is said, less where only a part of them is.
fn name_score(names: &[Vec<String>], tells: &FxHashMap<&str, f64>, weights: &FxHashMap<&str, f64>) -> f64 {
    let of = |name: &Vec<String>| {
        let all: f64 = name.iter().filter_map(|word| tells.get(word.as_str())).sum();
        let is_said = |word: &&String| weights.contains_key(word.as_str());
        let said: f64 = name.iter().filter(is_said).filter_map(|word| tells.get(word.as_str())).sum();
        let score: f64 = name.iter().filter_map(|word| weights.get(word.as_str())).sum();
        let share = if all > 0.0 { said / all } else { 0.0 };
        score * (INCOMPLETE + (1.0 - INCOMPLETE) * share)
    };
    names.iter().map(of).max_by(f64::total_cmp).unwrap_or_default()
}

/// True where a candidate can be what a number of this nature is of.
fn is_of_nature(named: &NamedCandidate, nature: NumberNature, hearing: &Hearing, number: usize) -> bool {
    match (nature, named.statistic) {
        (NumberNature::Share, None) | (NumberNature::Count(_), None) => true,
        (NumberNature::Measured, Some(statistic)) => statistic != Statistic::N,
        // Of cases only the number of those with a value is counted.
        (NumberNature::Count(true), Some(statistic)) if statistic != Statistic::N => false,
        // A whole number may be a mean where the sentence says so.
        (NumberNature::Count(_), Some(statistic)) => statistic_weight(statistic, hearing, number).is_some(),
        (NumberNature::Share, Some(_))
        | (NumberNature::Measured, None)
        | (NumberNature::Probability | NumberNature::Ratio, _) => false,
    }
}

/// How near a word for the statistic is to a number. None where the sentence has none.
fn statistic_weight(statistic: Statistic, hearing: &Hearing, number: usize) -> Option<f64> {
    let words: &[&str] = match statistic {
        Statistic::Mean => &["mean", "average", "averaged"],
        Statistic::N => &["measured", "tested", "available", "known", "assessed", "determined", "examined"],
        Statistic::Sd => &["sd", "deviation"],
        Statistic::Min => &["youngest", "minimum", "lowest", "least", "shortest", "smallest"],
        Statistic::Max => &["oldest", "maximum", "highest", "longest", "largest"],
        _ => &["median"],
    };
    hearing.best(number, |word| words.contains(&word))
}
