//! From the header and the lexical classes of all cells to the meaning of a column.
//!
//! The classes of every cell are counted like any tally, so that the decision does not depend
//! on the order of the rows, on how many there are, or on how many different values they hold.

mod dates;
mod decimal_mark;
mod header_unit;
mod kind;
mod likely_unit;
mod notations;
mod number_unit;
mod numbers;
pub mod part;
mod scales;
mod time_unit;
mod two_scales;
mod withheld;
pub mod words;

pub use self::decimal_mark::{FileMarks, OtherMarks};
pub use self::kind::SINGLE;
pub use self::scales::{FRACTIONS, OtherScale, is_platelet_count, other_scale};

use self::dates::date_reading;
use self::header_unit::keep_header_unit;
use self::kind::{is_time, kind_of};
use self::notations::proved_notations;
use self::numbers::decide_numbers;
use self::withheld::{may_be_ages, may_number_persons, numbers_a_stay};
use super::evidence::{Class, Evidence, MetNumbers};
use super::header::identity::{identifies_somebody, is_never_averaged, is_of_a_hospital};
use super::header::quantity::{j_is_years, speaks_of_age};
use super::header::{
    HeaderQuantity, HeaderReading, has_nominal_codes, is_dutch_several, may_be_responses, names_a_volume, quantity,
    read_header, stated_codes, stated_missing_codes,
};
use super::items::Separators;
use super::lexical::calendar::DateOrder;
use super::lexical::duration::{TimeUnit, YearLetters};
use super::lexical::notation::Notation;
use super::no_items::asked;
use super::response::understand::{are_responses, holds_rated_codes, may_hold_a_response};
use super::split::Split;
use super::table_schema::DeclaredVariable;
use super::units::unit;
use super::{BareReading, BlankReading, Kind, KindReason, Role, Variable};
use crate::read::ITEM;

/// Options of the command line for one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forced {
    /// `--role COL=ROLE`
    pub role: Option<Role>,
    /// `--kind COL=KIND`
    pub kind: Option<Kind>,
    /// `--unit COL=UNIT`
    pub unit: Option<String>,
    /// `--show COL`
    pub show: bool,
    /// `--date-order COL=ORDER`, or that of all columns.
    pub date_order: Option<DateOrder>,
    /// `--deidentify`
    pub deidentify: bool,
    /// `--blank-is-no COL`
    pub blank_is_no: bool,
    /// `--split COL=SEPARATORS`
    pub split: Option<Split>,
    /// True for a derived variable: a difference of concentrations may lie below 0.
    pub is_derived: bool,
    /// How many decimals a derived variable is printed with.
    pub decimals: Option<u8>,
    /// The columns that a derived variable is made of.
    pub made_of: Vec<String>,
    /// Whether the column names the case, where its header may name it and the other columns decide.
    pub names_case: Option<bool>,
}

/// The variable of one column: the command line decides, then the schema, then header and cells.
pub fn decide(header: &str, evidence: &Evidence, declared: Option<&DeclaredVariable>, forced: &Forced) -> Variable {
    let reading = read_header(header);
    let letters = YearLetters { j: j_is_years(header), a: speaks_of_age(header) };
    let letters = if evidence.timed().cells_with(letters) > 0 { letters } else { YearLetters::default() };
    let has_dilutions = evidence.dilutions() > 0 && quantity(header) == Some(HeaderQuantity::Titre);
    let mut variable = stated(header, &reading, declared, forced);
    let notations = proved_notations(&variable, &reading, evidence);
    let in_context = in_context(evidence, letters, has_dilutions, &notations);
    let evidence = in_context.as_ref().unwrap_or(evidence);
    let is_litre = measures_litres(&variable, evidence);
    let with_litres = (evidence.letter_l().cells > 0).then(|| evidence.with_letter_l(is_litre));
    let evidence = with_litres.as_ref().unwrap_or(evidence);
    if variable.role == Role::Other && declared.is_none_or(|declared| declared.role.is_none()) {
        let is_forced = forced.role.is_some() || forced.names_case.is_some();
        if !is_forced && may_be_responses(&variable.name) && holds_responses(evidence) {
            variable.role = Role::Response;
            "all words below this header are responses".clone_into(&mut variable.why);
        }
    }
    show_answers(&mut variable, evidence, declared, forced);
    identify(&mut variable, forced);
    variable.shown |= forced.show;
    let is_identifier_shown = variable.role == Role::DirectIdentifier && !variable.is_withheld();
    let role = if is_identifier_shown { Role::Other } else { variable.role };
    let why = decide_kind(&mut variable, role, (&reading, evidence), declared.and_then(|d| d.kind), forced);
    let reasons: Vec<String> = [variable.why, why].into_iter().filter(|why| !why.is_empty()).collect();
    variable.why = reasons.join("; ");
    let kind = variable.kind;
    if forced.blank_is_no {
        variable.reading.blank = BlankReading::No;
        variable.stated_readings.blank = true;
    }
    // A birth date is withheld, and is compared with other dates all the same.
    if kind == Kind::Date || (variable.role == Role::DirectIdentifier && reading.is_date) {
        variable.reading.dates = date_reading(variable.role, &reading, evidence, declared, forced);
    }
    force_unit(&mut variable, role, forced);
    // A field may say of a column of the file that it was derived.
    let is_derived = forced.is_derived || !variable.made_of.is_empty();
    keep_header_unit(&mut variable, &reading, is_derived);
    variable.reading.year_letters = letters;
    variable.reading.is_slash_a_dilution = has_dilutions;
    variable.reading.is_letter_l_litre = is_litre;
    if notations.contains(&Notation::WeeksAndDays) && variable.unit.is_none() {
        variable.unit = Some(TimeUnit::Weeks.word().to_owned());
    }
    variable.reading.notations = notations;
    if kind == Kind::Number {
        let is_unit_stated = forced.unit.is_some() || declared.is_some_and(|declared| declared.unit.is_some());
        decide_numbers(&mut variable, evidence, declared, is_unit_stated);
    }
    variable.reading.is_nr_response = is_nr_response(&variable, evidence);
    if matches!(kind, Kind::Set | Kind::Lines) && variable.delimiter.is_none() && variable.members.is_empty() {
        variable.delimiter = Some(evidence.delimiter().filter(|d| *d != ITEM).unwrap_or(';'));
    }
    words::read_words(&mut variable, evidence, is_derived);
    variable.is_of_ages |= variable.is_deidentified && may_be_ages(&variable, evidence);
    variable
}

/// True where `NR` may be no response: beside other responses.
fn is_nr_response(variable: &Variable, cells: &Evidence) -> bool {
    let words = || cells.words().map(|(word, _)| word);
    match variable.role {
        // Where not all words are known, some of them may be responses.
        Role::Response => may_hold_a_response(words()) || !cells.keeps_words(),
        Role::Other | Role::Outcome => variable.kind == Kind::Category && holds_rated_codes(words()),
        Role::CaseId | Role::Age | Role::Sex | Role::Etiology | Role::Site | Role::Lab => false,
        Role::Treatment | Role::FollowUp | Role::DirectIdentifier => false,
    }
}

/// True where `1 L` is a litre: the header names a volume or a flow, or other cells have a unit of one.
fn measures_litres(variable: &Variable, cells: &Evidence) -> bool {
    let is_volume =
        |(written, _): (&str, &MetNumbers)| unit(written).is_some_and(|of| of.unit.dimension().is_of_volumes());
    variable.unit.is_none() && (names_a_volume(&variable.name) || cells.units().any(is_volume))
}

/// Takes the unit of the command line.
fn force_unit(variable: &mut Variable, role: Role, forced: &Forced) {
    let Some(unit) = &forced.unit else { return };
    // One spelling for the units of time, as in headers.
    let time = TimeUnit::of_word(unit).filter(|_| is_time(role, quantity(&variable.header)));
    variable.unit = Some(time.map_or_else(|| unit.clone(), |time| time.word().to_owned()));
    variable.reading.bare = BareReading::Values;
}

/// The evidence with cells that the header and the others give a meaning; no answer where there are none.
fn in_context(cells: &Evidence, letters: YearLetters, has_dilutions: bool, notations: &[Notation]) -> Option<Evidence> {
    match (letters.are_any(), has_dilutions) {
        (true, _) => Some(cells.with_years(letters)),
        (false, true) => Some(cells.with_dilutions()),
        (false, false) if !notations.is_empty() => Some(cells.with_notations(notations)),
        (false, false) => None,
    }
}

/// Answers yes and no identify nobody: `NAC` and `IPP` are drugs then, and no names of numbers.
fn show_answers(variable: &mut Variable, cells: &Evidence, declared: Option<&DeclaredVariable>, forced: &Forced) {
    let answers = cells.cells(Class::YesNo);
    let are_all = answers > 0 && cells.texts() == answers && cells.numbers() == 0;
    let is_open = forced.role.is_none() && declared.is_none_or(|declared| declared.role.is_none());
    if are_all && is_open && variable.role == Role::DirectIdentifier {
        variable.role = Role::Other;
        "an answer yes or no identifies nobody".clone_into(&mut variable.why);
    }
}

/// True where all words of a column are kept, and are responses.
fn holds_responses(evidence: &Evidence) -> bool {
    evidence.keeps_words() && evidence.numbers() == 0 && are_responses(evidence.words().map(|(word, _)| word))
}

/// What the header, the schema and the command line say, before the cells are looked at.
fn stated(header: &str, reading: &HeaderReading, declared: Option<&DeclaredVariable>, forced: &Forced) -> Variable {
    let mut variable = Variable::new(header);
    variable.name.clone_from(&reading.name);
    variable.reading.asked = asked(&reading.name);
    variable.reading.missing_codes = stated_missing_codes(header);
    variable.reading.has_en = is_dutch_several(&reading.name);
    variable.unit.clone_from(&reading.unit);
    variable.role = reading.role;
    variable.why.clone_from(&reading.why);
    variable.made_of.clone_from(&forced.made_of);
    variable.decimals = variable.decimals.or(forced.decimals);
    match forced.names_case {
        Some(true) => variable.role = Role::CaseId,
        Some(false) if variable.role == Role::CaseId && is_of_a_hospital(header) => {
            variable.role = Role::DirectIdentifier;
        }
        Some(false) if variable.role == Role::CaseId => variable.role = Role::Other,
        Some(false) | None => {}
    }
    if let Some(declared) = declared {
        declared.apply(&mut variable);
    }
    if let Some(Split::Items(separators)) = forced.split {
        variable.reading.split = Some(separators);
    }
    if let Some(role) = forced.role {
        variable.role = role;
        variable.why = format!("--role {header}={role}");
    }
    variable
}

/// Decides the kind of a column; gives the reason in words, empty where the schema states it.
fn decide_kind(
    variable: &mut Variable,
    role: Role,
    (reading, evidence): (&HeaderReading, &Evidence),
    declared: Option<Kind>,
    forced: &Forced,
) -> String {
    let header = variable.header.as_str();
    let (kind, reason, why) = match (forced.kind, declared) {
        // Whatever kind is asked for, the cells of an identifier are counted and not looked at.
        _ if role == Role::DirectIdentifier => {
            (Kind::Text, Some(KindReason::Identifier), KindReason::Identifier.to_string())
        }
        (Some(kind), _) => (kind, None, format!("--kind {header}={kind}")),
        (None, Some(kind)) => (kind, None, String::new()),
        (None, None) => {
            let is_split = variable.reading.split.is_some_and(|separators| !separators.is_empty());
            let (kind, reason) = match (is_split, role) {
                (true, Role::Treatment) => (Kind::Lines, KindReason::Split),
                (true, _) => (Kind::Set, KindReason::Split),
                (false, _) => {
                    let decided = never_averaged(header, kind_of(role, reading, quantity(header), evidence));
                    nominal((header, role), one_by_one(variable, decided), evidence)
                }
            };
            (kind, Some(reason), reason.to_string())
        }
    };
    (variable.kind, variable.kind_reason) = (kind, reason.or(variable.kind_reason));
    if reason == Some(KindReason::Codes) && variable.levels.is_empty() {
        variable.levels = stated_codes(&variable.header);
    }
    let is_unsettled = forced.kind.is_none() && declared.is_none() && forced.role.is_none() && !variable.shown;
    let numbers_a_person = forced.deidentify && may_number_persons(variable, evidence)
        || is_unsettled && numbers_a_stay(variable, evidence);
    if numbers_a_person {
        (variable.role, variable.kind) = (Role::DirectIdentifier, Kind::Text);
        variable.kind_reason = Some(KindReason::Identifier);
    }
    why
}

/// Notes whether a column speaks of ages, and whether it is withheld where nobody is to be recognised.
fn identify(variable: &mut Variable, forced: &Forced) {
    variable.is_deidentified = forced.deidentify;
    variable.is_of_ages = variable.role == Role::Age || speaks_of_age(&variable.header);
    if forced.deidentify && variable.role == Role::Other && identifies_somebody(&variable.header) {
        variable.role = Role::DirectIdentifier;
    }
}

/// Whole numbers are codes where the header declares them (`fever (1=yes, 2=no)`) or names things without an order.
fn nominal((header, role): (&str, Role), decided: (Kind, KindReason), cells: &Evidence) -> (Kind, KindReason) {
    let bare = cells.bare();
    let are_whole = bare.cells > 0 && !bare.has_decimals && bare.cells == cells.numbers();
    let are_codes = || {
        !stated_codes(header).is_empty()
            || decided.0 == Kind::Number && (role == Role::Treatment || has_nominal_codes(header))
    };
    match decided.0 {
        Kind::Number | Kind::Binary if are_whole && are_codes() => (Kind::Category, KindReason::Codes),
        _ => decided,
    }
}

/// Cells of which it is stated that each is one thing make no lists.
fn one_by_one(variable: &Variable, decided: (Kind, KindReason)) -> (Kind, KindReason) {
    match decided {
        (Kind::Set, KindReason::Lists) if variable.reading.split == Some(Separators::NONE) => {
            (Kind::Category, KindReason::Words)
        }
        _ => decided,
    }
}

/// Numbers under a header of identifiers are names: they are levels, and have no mean.
fn never_averaged(header: &str, decided: (Kind, KindReason)) -> (Kind, KindReason) {
    match decided {
        // An answer is no name.
        (Kind::Binary, KindReason::YesNo) => decided,
        (Kind::Number | Kind::Binary, _) if is_never_averaged(header) => (Kind::Category, KindReason::Identifiers),
        _ => decided,
    }
}
