//! The words around a number that say what it counts, and those after which it counts nothing.

use super::token::{Kind, Token};

/// What a denominator counts.
const CASES: [&str; 36] = [
    "patients",
    "patient",
    "cases",
    "case",
    "children",
    "child",
    "subjects",
    "subject",
    "participants",
    "participant",
    "individuals",
    "people",
    "persons",
    "infants",
    "adults",
    "adolescents",
    "neonates",
    "newborns",
    "volunteers",
    "men",
    "women",
    "boys",
    "girls",
    "males",
    "females",
    "man",
    "woman",
    "boy",
    "girl",
    "male",
    "female",
    "controls",
    "respondents",
    "students",
    "toddlers",
    "mothers",
];

/// What a number measures, if it is before one of these.
const UNITS: [&str; 62] = [
    "years", "year", "yr", "yrs", "y", "months", "month", "mo", "weeks", "week", "wk", "wks", "days", "day", "d",
    "hours", "hour", "h", "hr", "hrs", "minutes", "minute", "min", "mins", "seconds", "second", "s", "mg", "g", "kg",
    "µg", "μg", "mcg", "ng", "pg", "ml", "l", "dl", "µl", "mm", "cm", "m", "km", "µm", "iu", "ui", "u", "fl", "mmol",
    "mol", "mmhg", "hpa", "points", "point", "units", "unit", "times", "fold", "folds", "doses", "bpm", "c",
];

/// Words before a number that is a name, a bound or a time.
const LABELS: [&str; 50] = [
    "table",
    "tables",
    "figure",
    "figures",
    "fig",
    "figs",
    "grade",
    "grades",
    "type",
    "stage",
    "phase",
    "day",
    "week",
    "month",
    "year",
    "level",
    "class",
    "step",
    "version",
    "arm",
    "score",
    "scores",
    "model",
    "factor",
    "group",
    "equation",
    "chapter",
    "section",
    "appendix",
    "supplement",
    "visit",
    "per",
    "every",
    "page",
    "line",
    "ref",
    "reference",
    "volume",
    "than",
    "under",
    "above",
    "below",
    "within",
    "until",
    "aged",
    "age",
    "ages",
    "no",
    "trial",
    "vitamin",
];

/// Words after which a number is not meant exactly.
const VAGUE: [&str; 16] = [
    "about",
    "approximately",
    "approx",
    "around",
    "nearly",
    "almost",
    "over",
    "roughly",
    "circa",
    "ca",
    "least",
    "most",
    "than",
    "~",
    "≈",
    "to",
];

/// Words that end in s and are no plural noun.
const NO_PLURALS: [&str; 18] = [
    "was", "is", "has", "as", "this", "us", "versus", "vs", "its", "his", "thus", "less", "plus", "minus", "does",
    "previous", "various", "across",
];

/// Words that a noun phrase does not contain.
const BETWEEN: [&str; 34] = [
    "of",
    "in",
    "with",
    "had",
    "were",
    "and",
    "or",
    "the",
    "to",
    "for",
    "at",
    "on",
    "by",
    "from",
    "was",
    "is",
    "are",
    "has",
    "have",
    "who",
    "which",
    "that",
    "did",
    "after",
    "before",
    "during",
    "versus",
    "vs",
    "received",
    "underwent",
    "showed",
    "as",
    "but",
    "than",
];

/// Words that restrict a number of cases to those with an answer, or that leave some out.
const RESTRICTS: [&str; 40] = [
    "available",
    "missing",
    "unreported",
    "unknown",
    "known",
    "tested",
    "assessed",
    "evaluated",
    "evaluable",
    "examined",
    "measured",
    "analysed",
    "analyzed",
    "documented",
    "recorded",
    "followed",
    "lost",
    "excluded",
    "excluding",
    "withdrew",
    "withdrawn",
    "completed",
    "screened",
    "enrolled",
    "eligible",
    "invited",
    "remaining",
    "responded",
    "answered",
    "undergoing",
    "data",
    "biopsied",
    "investigated",
    "selected",
    "imaged",
    "surviving",
    "remainder",
    "rest",
    "without",
    "genotyped",
];

/// Words of a sentence about other people's patients.
const CITES: [&str; 22] = [
    "al",
    "literature",
    "colleagues",
    "coworkers",
    "co-workers",
    "reviewed",
    "review",
    "reviews",
    "meta-analysis",
    "published",
    "previously",
    "registry",
    "studies",
    "authors",
    "estimated",
    "prevalence",
    "incidence",
    "worldwide",
    "historical",
    "guidelines",
    "expected",
    "assuming",
];

/// True for a noun whose number can be a denominator.
pub(in crate::check) fn is_case(token: &Token<'_>) -> bool {
    token.is_one_of(&CASES)
}

/// True for a word by which cases are divided.
pub(in crate::check) fn is_category(token: &Token<'_>) -> bool {
    token.is_one_of(&["unilateral", "bilateral", "alive", "dead", "deceased", "present", "absent"])
}

/// True for a sex in the plural, before its number: `boys 30, girls 20`.
pub(in crate::check) fn is_sex(token: &Token<'_>) -> bool {
    token.is_one_of(&["boys", "girls", "men", "women", "males", "females"])
}

/// True for a unit of measurement.
pub(in crate::check) fn is_unit(token: &Token<'_>) -> bool {
    token.is_one_of(&UNITS)
}

/// True for a word after which a number is a name, a bound or a time.
pub(in crate::check) fn is_label(token: &Token<'_>) -> bool {
    token.is_one_of(&LABELS)
}

/// True where a number after this is not meant exactly.
pub(in crate::check) fn is_vague(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Compare(_)) || token.is_one_of(&VAGUE)
}

/// True for the plural of a thing that is counted.
pub(in crate::check) fn is_plural(token: &Token<'_>) -> bool {
    token.kind == Kind::Word
        && token.text.len() > 3
        && token.text.ends_with('s')
        && !token.is_one_of(&NO_PLURALS)
        && !is_unit(token)
}

/// True for a word that ends a noun phrase.
pub(in crate::check) fn is_between(token: &Token<'_>) -> bool {
    token.is_one_of(&BETWEEN)
}

/// True for a sentence about cases with an answer, or about some that are left out.
pub(in crate::check) fn restricts(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.is_one_of(&RESTRICTS))
}

/// True for a sentence about other people's patients.
pub(in crate::check) fn cites(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.kind == Kind::Reference || token.is_one_of(&CITES))
}

/// True for a year of the calendar.
pub(in crate::check) fn is_year(token: &Token<'_>) -> bool {
    token.text.len() == 4 && token.count().is_some_and(|year| (1900..=2100).contains(&year))
}
