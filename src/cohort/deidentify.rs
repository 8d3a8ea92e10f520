//! What is shown of a case without identifying it: a number in place of the ID, no age over 89, the year of a date,
//! and no word but those that are known to be harmless.
//!
//! It fails closed: a word is shown because the schema declares it, because several cases have it and no column of names
//! does (`tally/names_in_cells.rs`), or because it is one of a vocabulary (`schema/harmless.rs`, `schema/clinical.rs`);
//! never because no rule forbids it.

use super::age;
use super::lines::are_words_of_a_dose;
use crate::decimal::Decimal;
use crate::diagnostic::{FilePosition, Finding};
use crate::error::Error;
use crate::schema::lexical::is_long;
use crate::schema::sex::sex_of;
use crate::schema::{Kind, Role, Variable, is_clinical, is_harmless, may_identify};
use std::borrow::Cow;

/// What is shown in place of the ID of a case: `P1` for the first row that is shown.
pub fn id(row: usize) -> String {
    format!("P{row}")
}

/// Words of the name of a file that name no person.
const OF_FILE_NAMES: [&str; 38] = [
    "all",
    "anonymised",
    "anonymized",
    "case",
    "cases",
    "clean",
    "cleaned",
    "codebook",
    "cohort",
    "csv",
    "data",
    "database",
    "dataset",
    "deidentified",
    "export",
    "final",
    "input",
    "json",
    "patient",
    "patients",
    "records",
    "redcap",
    "registry",
    "report",
    "review",
    "schema",
    "series",
    "sheet",
    "site",
    "standard",
    "study",
    "table",
    "test",
    "tsv",
    "txt",
    "visits",
    "xlsx",
    "year",
];

/// What is shown of the name of an input that nobody knows to name no person: its number.
pub fn file_name(name: &str, number: usize) -> String {
    if names_no_person(name) { name.to_owned() } else { format!("input {number}") }
}

/// True for the name of a file of which every word is known to name no person.
pub fn names_no_person(name: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let is_short = |word: &str| {
        let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
        number.chars().all(|c| c.is_ascii_digit()) && (number.len() < 3 || is_year(number))
    };
    let is_known = |word: &str| OF_FILE_NAMES.contains(&word.to_lowercase().as_str()) || is_short(word);
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(is_known)
}

/// What is shown of a text that may contain anything.
pub const WITHHELD: &str = "withheld";

/// True for a column of which no cell may be shown: free text, which may contain names, and identifiers.
pub fn withholds(variable: &Variable) -> bool {
    variable.kind == Kind::Text || matches!(variable.role, Role::DirectIdentifier | Role::CaseId)
}

/// A refusal without anything that identifies its cases.
pub fn refusal(error: Error) -> Error {
    match error {
        Error::Refused(mut findings) => {
            findings.each(finding);
            Error::Refused(findings)
        }
        other => other,
    }
}

/// A refusal of inputs or of a derived variable, without a remedy that may name levels and visits.
pub fn opening(error: Error) -> Error {
    match refusal(error) {
        Error::Usage { message, origin, excerpt, .. } => Error::Usage { message, origin, excerpt, remedy: None },
        other => other,
    }
}

/// The error of a column derived from an age or a birth date: it can tell them, whatever is shown of the column itself.
pub fn of_identity(name: &str) -> Error {
    let message =
        format!("'{name}' is derived from an age or from a column that identifies: --deidentify cannot show it");
    Error::usage_with(message, "leave out this --derive, or --deidentify")
}

/// The error of a time from or to a date that all cases share: with that date it tells the other one.
pub fn of_shared_date(name: &str, date: &str) -> Error {
    let message = format!(
        "'{name}' counts from or to '{date}', which is one date for all cases: with it each time tells a date, and \
         --deidentify shows the year only"
    );
    Error::usage_with(message, "leave out this --derive, or --deidentify")
}

/// Removes what may identify the case from a finding: its ID, its place in the file, its value, and every word that
/// may be one of a cell. What the finding is remains.
pub fn finding(finding: &mut Finding) {
    finding.location.case = None;
    finding.location.position = FilePosition::Whole;
    let number = usize::try_from(finding.location.input).unwrap_or(usize::MAX).saturating_add(1);
    finding.location.file = finding.location.file.take().map(|name| file_name(&name, number).into());
    (finding.value, finding.excerpt) = (None, None);
    let entry = finding.id.entry();
    if entry.quotes_cells {
        finding.message = entry.title.to_owned();
        finding.remedy = None;
    }
}

/// What is shown of a word of a column: a level, an item, an agent.
pub fn word<'t>(text: &'t str, variable: &Variable) -> Cow<'t, str> {
    match variable.is_deidentified {
        false => Cow::Borrowed(text),
        true if variable.is_of_ages && (!holds_letters(text) || is_known(text, variable)) => age_word(text),
        true if may_identify(text) || is_free_text(text, variable) || !is_known(text, variable) => {
            Cow::Borrowed(WITHHELD)
        }
        true => Cow::Borrowed(text),
    }
}

/// True for a word of which it is known that it names nobody, and for any while the words are being counted.
fn is_known(word: &str, variable: &Variable) -> bool {
    let Some(several) = &variable.harmless else { return true };
    let is_sex = variable.role == Role::Sex && sex_of(word, true).is_some();
    let is_of_the_schema =
        variable.declares(word) || variable.classes.contains_key(word) || variable.names_domain(word);
    is_sex
        || is_of_the_schema
        || several.contains(word)
        || is_harmless(word)
        || is_clinical(word, variable.role, &variable.name)
}

fn holds_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Fewer cases than this with a word of which nobody knows what it is: it may be the name of one, or of a family.
pub const SEVERAL: usize = 3;

/// True for a word of cells that may be in the name of a column: several cases have it and it leads to nobody, or it
/// says nothing of who they are.
pub fn may_be_in_a_name(word: &str, cases: usize) -> bool {
    is_harmless(word) || is_clinical(word, Role::Lab, "") || cases >= SEVERAL && !may_identify(word) && !is_long(word)
}

/// True for a text that is too long for a word, unless the schema declares it.
fn is_free_text(text: &str, variable: &Variable) -> bool {
    is_long(text) && !variable.levels.iter().any(|level| level.value == text)
}

/// What is shown of a remark beside a number: free text.
pub fn remark(text: &str, variable: &Variable) -> String {
    if variable.is_deidentified { WITHHELD.to_owned() } else { text.to_owned() }
}

/// True for the detail of an agent that is a dose, a route and a duration, and nothing that may be a name or a date.
pub fn is_dose(detail: &str) -> bool {
    are_words_of_a_dose(detail) && !may_identify(detail)
}

/// An age as a word: a number over 89 is the group of all of them; a text with such a number is withheld.
fn age_word(text: &str) -> Cow<'_, str> {
    let last = Decimal::from_int(age::LAST_SHOWN);
    let is_over = |digits: &str| {
        let digits = digits.trim_matches('.');
        !digits.is_empty() && Decimal::parse(digits).map_or(true, |number| number > last)
    };
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let numbers: Vec<&str> = text.split(|c| !is_number(c)).filter(|number| !number.is_empty()).collect();
    match numbers.as_slice() {
        _ if !numbers.iter().any(|number| is_over(number)) && !may_identify(text) => Cow::Borrowed(text),
        [only] if text.trim_matches(|c: char| ">=\u{2265}+ ".contains(c)) == *only => Cow::Owned(format!(">{last}")),
        _ => Cow::Borrowed(WITHHELD),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::cell::{CellRules, CellState, DateState, date, number};
    use crate::cohort::quantity::Quantity;
    use crate::decimal::Decimal;
    use crate::diagnostic::{CaseName, FindingId, SourceLocation};
    use crate::schema::lexical::{Comparator, Date};
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn column(role: Role, kind: Kind, unit: &str) -> Variable {
        Variable {
            role,
            kind,
            unit: Some(unit.to_owned()),
            is_deidentified: true,
            is_of_ages: role == Role::Age,
            ..Variable::new("age")
        }
    }

    fn age(text: &str, unit: &str) -> CellState {
        let variable = column(Role::Age, Kind::Number, unit);
        number(text, &CellRules { variable: &variable, decimal_comma: false, extra_missing: &[] })
    }

    #[test]
    fn ages_over_89_are_one_group() {
        let of = |value| Quantity::from(Decimal::from_int(value));
        let grouped = |value| CellState::Censored { comparator: Comparator::Above, value: of(value), stated: None };
        for old in ["90", "89.5", "101 (high)", ">95", ">=90"] {
            assert_eq!(age(old, "years"), grouped(89), "{old}");
        }
        assert_eq!(age("1080", "months"), grouped(1068));
        assert_eq!(age("91 years", "months"), grouped(1068));
        assert_eq!([age("4700", "weeks"), age("40000", "days")], [grouped(4643), grouped(32_507)]);
        for kept in ["89", "2.5", ">80", "<95", "NA", "old"] {
            assert_ne!(age(kept, "years"), grouped(89), "{kept}");
        }
    }

    #[test]
    fn a_word_is_shown_because_it_is_known_to_be_harmless() {
        let mut ward = Variable { is_deidentified: true, ..Variable::new("ward") };
        for (text, shown) in
            [("North", "North"), ("seen 14/03/2018", WITHHELD), ("Mar 2021", WITHHELD), ("x@y.org", WITHHELD)]
        {
            assert_eq!(word(text, &ward), shown);
        }
        ward.harmless = Some(Arc::new(BTreeSet::from(["North".to_owned()])));
        for (text, shown) in [("North", "North"), ("Miller", WITHHELD), ("yes", "yes"), ("2", "2"), ("", "")] {
            assert_eq!(word(text, &ward), shown);
        }
        let none = Some(Arc::default());
        let site = Variable { role: Role::Site, harmless: none.clone(), ..ward.clone() };
        for (text, shown) in [("left hand", "left hand"), ("Miller corner", WITHHELD), ("North", WITHHELD)] {
            assert_eq!(word(text, &site), shown);
        }
        let agents = Variable { domains: vec!["walk".to_owned()], role: Role::Treatment, ..site };
        for (text, shown) in [("colchicine", "colchicine"), ("Dr Miller's cream", WITHHELD), ("walk", "walk")] {
            assert_eq!(word(text, &agents), shown);
        }
        let group = Variable { is_deidentified: true, is_of_ages: true, ..Variable::new("age group") };
        let ages = Variable { role: Role::Age, harmless: none, ..group.clone() };
        for (text, shown) in [("adult", "adult"), ("30-39", "30-39"), ("90+", ">89"), ("as Miller", WITHHELD)] {
            assert_eq!(word(text, &ages), shown);
        }
        for (text, shown) in [
            ("30-39", "30-39"),
            ("adult", "adult"),
            (">=90", ">89"),
            ("90+", ">89"),
            ("95", ">89"),
            ("90-99", WITHHELD),
            ("95 (John)", WITHHELD),
            ("born 14/03/1920", WITHHELD),
        ] {
            assert_eq!(word(text, &group), shown);
        }
        let plain = Variable::new("ward");
        assert_eq!((word("14/03/2018", &plain).as_ref(), remark("x", &plain).as_str()), ("14/03/2018", "x"));
    }

    #[test]
    fn a_dose_is_shown_and_a_name_beside_it_is_not() {
        for detail in ["1 mg/day oral", "0.5 mg/kg IV for 3 months", "30 mg/day, 6 weeks", "oral", "1 mg twice daily"] {
            assert!(is_dose(detail), "{detail}");
        }
        for detail in ["given by Miller", "since 14/03/2018", "1 mg/day, Miller", "until March 14"] {
            assert!(!is_dose(detail), "{detail}");
        }
    }

    #[test]
    fn dates_are_years_and_findings_lead_to_no_case() {
        let variable = column(Role::Other, Kind::Date, "");
        let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing: &[] };
        assert_eq!(date("2018-03-14", &rules), DateState::Date(Date { year: 2018, month: None, day: None }));
        let at = SourceLocation { row: 3, case: Some(CaseName::Id("P3".into())), ..SourceLocation::line(4) };
        let mut one = Finding::new(FindingId::UnreadableCell, "not a number").at(at).value("12-15");
        finding(&mut one);
        assert_eq!((one.location.position.line(), one.location.case, one.value), (None, None, None));
        assert_eq!(id(3), "P3");
    }

    #[test]
    fn a_file_name_is_shown_where_each_of_its_words_is_known() {
        for name in ["cases.csv", "Cohort_2021-v2.csv", "standard input", "site 3 export.json"] {
            assert_eq!(file_name(name, 1), name);
        }
        for name in
            ["miller.csv", "cases of Dr Miller.csv", "patient 48213.csv", "cases_14032018.csv", "m\u{fc}ller.csv"]
        {
            assert_eq!(file_name(name, 2), "input 2", "{name}");
        }
        assert!(OF_FILE_NAMES.is_sorted());
    }
}
