//! Headers of columns whose cells may hold several things: `Symptoms`, `Comorbidities`, `presenting signs`.

use super::reading::parted;
use super::responses::may_name_a_response;
use super::vocabulary::{self, normalise};
use crate::vocabulary::Words;

/// Most bytes of a name that is read.
const LONGEST: usize = 200;

/// True where the last words of a name, before an occasion, say so, or its first one: `síntomas iniciales`.
pub fn holds_several(name: &str) -> bool {
    ends_in(name, &vocabulary::SEVERAL) || begins_with_several(name)
}

/// True for the name of such a column in Dutch, below which `en` is `and`.
pub fn is_dutch_several(name: &str) -> bool {
    ends_in(name, &vocabulary::DUTCH_SEVERAL)
}

fn begins_with_several(name: &str) -> bool {
    let name = if name.len() <= LONGEST { normalise(name) } else { return false };
    let mut words = name.split(' ');
    words.next().is_some_and(|first| vocabulary::SEVERAL_FIRST.contains(first))
        && !words.any(|word| vocabulary::SEVERAL_NONE.contains(word))
}

/// True for the name of a column of one level a patient: `Stage`, `tumour grade`.
pub fn holds_one(name: &str) -> bool {
    ends_in(name, &vocabulary::SINGLE)
}

/// True for the name of the best response that a patient had: `best overall response`, `Bestes Ansprechen`.
pub fn names_the_best_response(name: &str) -> bool {
    normalise(&parted(name)).split(' ').any(|word| vocabulary::BEST_RESPONSE.contains(word))
}

/// True for a name such as `Result`, below which responses may stand, and results of a laboratory as well.
pub fn may_be_responses(name: &str) -> bool {
    let words = normalise(name);
    vocabulary::MAYBE_RESPONSES.contains(&words) || name.len() <= LONGEST && may_name_a_response(&words)
}

fn ends_in(name: &str, words: &Words) -> bool {
    let of = |name: &str| {
        let before = name.match_indices(' ').filter_map(|(at, space)| {
            let (before, behind) = (name.get(..at)?, name.get(at.saturating_add(space.len())..)?);
            begins_with_occasion(behind).then_some(before)
        });
        before.chain([name]).any(|name| last_words(name).any(|last| words.contains(last)))
    };
    // What is longer is a sentence, or a file that is no table.
    name.len() <= LONGEST && (of(&normalise(name)) || of(&normalise(&parted(name))))
}

/// True where the first words are an occasion, and others follow: `at onset`.
fn begins_with_occasion(words: &str) -> bool {
    let mut first = words.match_indices(' ').filter_map(|(at, _)| words.get(..at));
    first.any(|first| vocabulary::OCCASIONS.contains(first) || vocabulary::SEVERAL_OCCASIONS.contains(first))
}

/// The last word of a name, its last two, and the whole name.
fn last_words(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.rmatch_indices(' ').take(2).filter_map(|(at, _)| name.get(at.saturating_add(1)..));
    ends.chain([name])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symptoms_and_the_like_may_be_several() {
        for name in [
            "symptoms",
            "Presenting symptoms",
            "Symptom",
            "clinicalSigns",
            "clinical_features",
            "Comorbidities",
            "Symptome",
            "Symptômes",
            "Síntomas",
            "symptoms at onset",
            "Manifestations",
            "adverse events",
            "Klachten",
            "symptomen bij presentatie",
            "Symptome bei Aufnahme",
            "Bijwerkingen",
            "Sintomas iniciais",
            "Signes cliniques",
            "Molestias",
            "Achados",
            "Leitsymptome",
            "Reperti",
        ] {
            assert!(holds_several(name), "{name}");
        }
        for name in [
            "stage",
            "symptom duration",
            "age",
            "side",
            "",
            "number of symptoms score",
            "histology",
            "Complications grade",
        ] {
            assert!(!holds_several(name), "{name}");
        }
    }

    #[test]
    fn some_of_these_names_are_dutch() {
        assert!(["Klachten", "Symptomen", "Behandeling", "klachten bij opname"].into_iter().all(is_dutch_several));
        assert!(!["Symptome", "Síntomas", "Therapy", "treatment"].into_iter().any(is_dutch_several));
    }

    #[test]
    fn stages_and_the_like_are_one() {
        assert!(
            ["stage", "Tumour stage", "T stage at diagnosis", "Grade", "AJCC_stage", "Stadium"]
                .into_iter()
                .all(holds_one)
        );
        assert!(!["symptoms", "imaging", "", "stage of treatment given"].into_iter().any(holds_one));
    }
}
