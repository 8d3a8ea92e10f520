//! Headers made of words for a person and words for a name, a number or a birth: `participant_name`, `Pt #`.

use super::names::parted;
use super::vocabulary::{identity as known, normalise};
use crate::vocabulary::Words;

/// Whose identity a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Of the patient, or of a relative who is named beside him.
    Patient,
    /// Of a doctor, a nurse, an investigator.
    Staff,
}

/// What the words of a header identify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identified {
    Case,
    Person(Whose),
    Thing,
}

/// What a header identifies by its words, in their normal form; no answer where a word is not one of them.
pub(super) fn identified(header: &str) -> Option<Identified> {
    let header = header.replace('#', " # ");
    let header = header.trim();
    let words: Vec<&str> = header.split(' ').filter(|word| !word.is_empty()).flat_map(parts).collect();
    let words = HeaderWords { words };
    if let Some(whose) = words.person() {
        return Some(Identified::Person(whose));
    }
    if words.tell_who_did_it() {
        return Some(Identified::Person(Whose::Staff));
    }
    if words.names_the_case() {
        return Some(Identified::Case);
    }
    words.name_a_thing(header).then_some(Identified::Thing)
}

/// True for the year of a birth by its whole name, whatever stands in brackets behind it: `Jahrgang`, `Pat. birth_yr`, `Né(e) en`.
pub(super) fn is_year_of_birth(header: &str) -> bool {
    let before = header.split(['(', '[', ':']).next().unwrap_or(header);
    [normalise(header), normalise(before), normalise(&parted(before))].iter().any(|words| {
        let of_birth = words.split(' ').filter(|word| !known::PATIENTS.contains(word));
        known::BIRTH_YEARS.contains(&of_birth.collect::<String>())
    })
}

/// The words of a word that was written as one: `patid`, `invnam`, `doctorname`.
fn parts(word: &str) -> Vec<&str> {
    let all = [
        &known::PATIENTS,
        &known::NUMBERS,
        &known::NAMES,
        &known::STAFF,
        &known::BIRTHS,
        &known::RECORDS,
        &known::CONTACTS,
        &known::JOINTS,
    ];
    if all.into_iter().any(|words| words.contains(word)) {
        return vec![word];
    }
    let begins = |start: &str| known::PATIENTS.contains(start) || known::STAFF.contains(start);
    let ends = |end: &str| end.len() > 1 && (known::NAMES.contains(end) || known::NUMBERS.contains(end));
    let mut cuts = word.char_indices().skip(2).filter_map(|(at, _)| word.split_at_checked(at));
    cuts.find(|(start, end)| begins(start) && ends(end)).map_or_else(|| vec![word], |(start, end)| vec![start, end])
}

struct HeaderWords<'a> {
    words: Vec<&'a str>,
}

impl HeaderWords<'_> {
    fn any(&self, of: &Words) -> bool {
        self.words.iter().any(|word| of.contains(word))
    }

    fn all(&self, of: &[&Words]) -> bool {
        let is_digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        self.words.iter().all(|word| is_digits(word) || of.iter().any(|words| words.contains(word)))
    }

    fn last_is(&self, of: &Words) -> bool {
        self.words.last().is_some_and(|word| of.contains(word))
    }

    /// Whose name, number, birth date or address; every word must be one of those.
    fn person(&self) -> Option<Whose> {
        let people = [&known::PATIENTS, &known::STAFF, &known::OF_STAFF, &known::JOINTS, &known::NUMBERS];
        let things = [&known::NAMES, &known::BIRTHS, &known::BIRTH_DATES, &known::RECORDS, &known::CONTACTS];
        let is_known = self.all(&[people.as_slice(), things.as_slice()].concat());
        let whose = if self.any(&known::STAFF) { Whose::Staff } else { Whose::Patient };
        let says = whose == Whose::Staff
            || self.says_a_name()
            || self.says_a_birth()
            || self.says_a_record()
            || self.any(&known::CONTACTS);
        // `DR` alone is diabetic retinopathy as well.
        let is_short = matches!(self.words.as_slice(), ["dr" | "inv"]);
        (is_known && says && !is_short).then_some(whose)
    }

    /// `seen by`, `referred by`, `gesehen von`: what a person did, and no word of what.
    fn tell_who_did_it(&self) -> bool {
        let [done @ .., by] = self.words.as_slice() else { return false };
        known::BY_WORDS.contains(by) && known::DONE_BY_STAFF.contains(&done.join(" "))
    }

    /// A name, not that of a hospital; `nombre de patients` and `nombre de cas` count them in French.
    fn says_a_name(&self) -> bool {
        let counts = self.words.first() == Some(&"nombre")
            && matches!(self.words.last(), Some(&("patients" | "cas" | "sujets")));
        self.any(&known::NAMES) && !counts && !self.any(&known::RECORDS)
    }

    /// A date of birth: a word that means one, or `birth` beside a date.
    fn says_a_birth(&self) -> bool {
        let dated = |word: &&&str| known::BIRTHS.contains(word) && !matches!(**word, "birth" | "geburt");
        self.words == ["birth"]
            || self.words.iter().any(|word| dated(&word))
            || (self.any(&known::BIRTHS) && self.any(&known::BIRTH_DATES))
    }

    /// The number of a record, an insurance, a card.
    fn says_a_record(&self) -> bool {
        let is_number = |word: &&&str| {
            known::NUMBERS.contains(word) && !matches!(**word, "code" | "codes" | "codice" | "codigo" | "key" | "label")
        };
        let has_number = self.words.iter().any(|word| is_number(&word));
        self.any(&known::RECORD_NUMBERS) || (self.any(&known::RECORDS) && has_number)
    }

    /// A number, code or key behind a patient, case or subject, or of one.
    fn names_the_case(&self) -> bool {
        if self.words.len() < 2 || !self.all(&[&known::PATIENTS, &known::NUMBERS, &known::JOINTS]) {
            return false;
        }
        let patient = self.words.iter().position(|word| known::PATIENTS.contains(word));
        let number = self.words.iter().rposition(|word| known::NUMBERS.contains(word));
        let Some((patient, number)) = patient.zip(number) else { return false };
        let is_several = self.any(&known::PLURAL_PATIENTS);
        // `patients no` and `number of patients` count them; `patients id` has lost its apostrophe.
        if is_several {
            patient < number && self.last_is(&known::IDENTIFIERS)
        } else {
            patient < number || self.is_of_one()
        }
    }

    /// `id of the patient`, `numero de paciente`, `N° patient`.
    fn is_of_one(&self) -> bool {
        self.words.first().is_some_and(|first| known::NUMBERS.contains(first))
    }

    /// A family, centre or infector, alone or with a number; and whatever an identifier stands behind.
    fn name_a_thing(&self, header: &str) -> bool {
        let before =
            header.rsplit_once(' ').filter(|(_, last)| known::NUMBERS.contains(last)).map(|(before, _)| before);
        let is_numbered =
            before.is_some_and(|thing| known::THINGS.contains(thing) || known::NUMBERED_THINGS.contains(thing));
        let is_glued = |id: &str| {
            header
                .strip_suffix(id)
                .is_some_and(|thing| known::THINGS.contains(thing) || known::NUMBERED_THINGS.contains(thing))
        };
        let is_identifier = self.words.len() > 1 && self.last_is(&known::IDENTIFIERS);
        known::THINGS.contains(header)
            || is_numbered
            || is_identifier
            || ["id", "no", "nr", "nummer", "code"].iter().any(|id| is_glued(id))
    }
}
