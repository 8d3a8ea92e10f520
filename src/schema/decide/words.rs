//! How the words, signs and blank cells of a column of levels are read, by all its words together.
//!
//! A single letter, a minus and a blank cell say nothing by themselves: `M` is male beside `F`, `-` is negative
//! beside `+`, and a blank beside nothing but `Y` may be no.

use super::scales::names_an_amount;
use crate::schema::evidence::{Class, Evidence, MetWord};
use crate::schema::header::quantity::{
    HeaderQuantity, is_dutch_sex, is_never_below_zero, may_be_negative, names_an_amount_lost, quantity,
};
use crate::schema::header::{read_header, scale_range};
use crate::schema::lexical::{
    Sign, is_doubtful, is_plain_plus, mark, one_result, result_with_remark, sign, stated_word, yes_no,
};
use crate::schema::missing_words::certainly_missing;
use crate::schema::no_items::{Asked, says_none};
use crate::schema::units::{Dimension, unit};
use crate::schema::{
    BlankReading, Kind, MinusReading, ResultWords, Role, SexWords, Status, TitreReading, Variable, sex,
};

/// Decides what the schema and the command line leave open.
pub fn read_words(variable: &mut Variable, cells: &Evidence, is_derived: bool) {
    let stated = variable.stated_readings;
    if !stated.sex {
        variable.reading.sex = sex_words(variable, cells);
    }
    if !stated.minus {
        variable.reading.minus = minus(variable, cells);
    }
    if !stated.results {
        variable.reading.results = results(variable, cells);
    }
    variable.reading.has_marks = has_marks(variable, cells);
    variable.reading.blank = match (stated.blank, variable.reading.blank) {
        // A column of 1 and blanks is one of 1 and 0.
        (true, BlankReading::No) if is_of_ones(variable, cells) => BlankReading::Zero,
        (true, stated) => stated,
        (false, _) if has_one_answer(variable, cells) => BlankReading::Open,
        (false, _) => BlankReading::NotReported,
    };
    let has_titres = cells.titres() > 0 && variable.reading.titres == Some(TitreReading::Values);
    variable.reading.is_of_titres = variable.kind == Kind::Number && has_titres;
    variable.reading.has_answers = is_of_answers(variable, cells);
    let has_scale = !is_derived && variable.kind == Kind::Number && variable.plausible.is_none();
    variable.reading.scale_range = match has_scale && variable.role != Role::Age {
        true => scale_range(&variable.header, variable.unit.as_deref()),
        false => None,
    };
    // A difference of two concentrations may lie below 0.
    let is_concentration = !is_derived && is_never_negative(variable);
    variable.reading.is_never_negative = variable.reading.is_of_titres || is_concentration;
}

/// The words of a column that are levels, each with its cells: those that no vocabulary calls missing.
pub fn level_words<'e>(variable: &'e Variable, cells: &'e Evidence) -> impl Iterator<Item = (&'e str, &'e MetWord)> {
    let is_built_in = variable.missing.is_none();
    cells.words().filter(move |(word, _)| {
        let is_minus = sign(word) == Some(Sign::Minus);
        let is_unknown = variable.role == Role::Sex && is_built_in && sex::is_unknown(word) && !variable.declares(word);
        let is_missing = is_built_in && certainly_missing(word).is_some();
        !is_minus && !is_unknown && (variable.declares(word) || !is_missing)
    })
}

/// How the words of a column of sex are read, with what is to be said of them.
pub fn sex_reading(variable: &Variable, cells: &Evidence) -> sex::SexReading {
    let is_dutch = is_dutch_sex(&variable.header);
    let words = level_words(variable, cells).map(|(word, _)| word);
    sex::fold_in(words.filter(|word| !variable.declares(word) && !is_doubtful(word)), is_dutch)
}

fn sex_words(variable: &Variable, cells: &Evidence) -> SexWords {
    match (variable.role, cells.keeps_words()) {
        (Role::Sex, true) => sex_reading(variable, cells).words,
        // Letters mean what the other words allow, and not all of these are known.
        (Role::Sex, false) => SexWords::Words,
        _ => SexWords::AsWritten,
    }
}

/// True for a column of sexes, or of nothing but yes and no: `F?` and `maybe` below it are in doubt, and no levels.
fn is_of_answers(variable: &Variable, cells: &Evidence) -> bool {
    if !matches!(variable.kind, Kind::Category | Kind::Binary) {
        return false;
    }
    let mut others = level_words(variable, cells).map(|(word, _)| word).filter(|word| !is_doubtful(word)).peekable();
    let is_answer = |word: &str| yes_no(word).is_some();
    variable.role == Role::Sex || cells.keeps_words() && others.peek().is_some() && others.all(is_answer)
}

/// What a minus says: negative beside a plus, nothing beside words that are no results.
fn minus(variable: &Variable, cells: &Evidence) -> MinusReading {
    // Words for a sex have a meaning of their own.
    let is_read_elsewhere = matches!(variable.role, Role::Sex | Role::CaseId | Role::DirectIdentifier);
    if cells.cells(Class::Minus) == 0 || is_read_elsewhere {
        return MinusReading::NotReported;
    }
    let is_test = may_be_test(variable);
    match variable.kind {
        Kind::Number if is_test && quantity(&variable.header).is_none_or(|of| of == HeaderQuantity::Titre) => {
            MinusReading::Unreadable
        }
        Kind::Category => minus_beside_words(variable, cells),
        Kind::Number | Kind::Set | Kind::Binary | Kind::Date | Kind::Lines | Kind::Text => MinusReading::NotReported,
    }
}

/// True for a column that may hold the result of a test.
fn may_be_test(variable: &Variable) -> bool {
    matches!(variable.role, Role::Lab | Role::Other)
}

fn minus_beside_words(variable: &Variable, cells: &Evidence) -> MinusReading {
    let is_plus = |(word, _): (&str, &MetWord)| sign(word) == Some(Sign::Plus);
    let has_signs = cells.cells(Class::Sign) > 0 || level_words(variable, cells).any(is_plus);
    let says_negative = |word: &str| {
        matches!(stated_word(word), Some(Status::Negative | Status::Normal))
            || yes_no(word) == Some(false)
            || says_none(word, Asked::Others)
            || matches!(word.to_lowercase().as_str(), "none" | "nil" | "absent" | "0")
    };
    let has_negative = !cells.keeps_words() || level_words(variable, cells).any(|(word, _)| says_negative(word));
    let has_numbers = cells.numbers() > 0;
    match (has_signs, has_negative || has_numbers) {
        (true, false) => MinusReading::Negative,
        (true, true) => MinusReading::Unreadable,
        (false, _) if may_be_test(variable) && (cells.cells(Class::Stated) > 0 || has_numbers) => {
            MinusReading::Unreadable
        }
        (false, _) => MinusReading::NotReported,
    }
}

/// Writings of one result are one level where a minus is one too, or where there are several.
fn results(variable: &Variable, cells: &Evidence) -> ResultWords {
    if variable.kind != Kind::Category || !may_be_test(variable) {
        return ResultWords::AsWritten;
    }
    let result = |word: &str| one_result(word).or_else(|| result_with_remark(word).map(|(status, _)| status));
    let writings = |of| level_words(variable, cells).filter(|(word, _)| result(word) == Some(of)).count();
    let is_one = variable.reading.minus != MinusReading::NotReported
        || writings(Status::Negative) > 1
        || writings(Status::Positive) > 1;
    let has_plus = || level_words(variable, cells).any(|(word, _)| is_plain_plus(word));
    match (writings(Status::Positive) > 0 && has_plus(), is_one) {
        (true, _) => ResultWords::PlusToo,
        (false, true) => ResultWords::OneLevel,
        (false, false) => ResultWords::AsWritten,
    }
}

/// True for a column of levels that holds a tick and a cross.
fn has_marks(variable: &Variable, cells: &Evidence) -> bool {
    let holds = |answer: bool| {
        level_words(variable, cells).any(|(word, _)| mark(word) == Some(answer) && !variable.declares(word))
    };
    variable.kind == Kind::Category && variable.role != Role::Response && holds(true) && holds(false)
}

/// True for a column with cells that are blank, or only a minus, and no other answer than yes.
fn has_one_answer(variable: &Variable, cells: &Evidence) -> bool {
    let may_be_asked = matches!(variable.kind, Kind::Category | Kind::Binary)
        && !matches!(variable.role, Role::Sex | Role::CaseId | Role::DirectIdentifier);
    // A minus that is read as negative is the other answer.
    let has_negative = variable.reading.minus == MinusReading::Negative && cells.cells(Class::Minus) > 0;
    let unanswered = cells.blanks().saturating_add(match variable.reading.minus {
        MinusReading::NotReported => cells.cells(Class::Minus),
        MinusReading::Negative | MinusReading::Unreadable => 0,
    });
    if !may_be_asked
        || variable.reading.has_marks
        || has_negative
        || unanswered == 0
        || !variable.levels.is_empty()
        || !cells.keeps_words()
    {
        return false;
    }
    let mut words = level_words(variable, cells).peekable();
    words.peek().is_some() && words.all(|(word, _)| says_yes(word))
}

/// True for an answer that is given only where it applies: `Y`, `x`, a check mark, a plus.
fn says_yes(word: &str) -> bool {
    const YES: [&str; 31] = [
        "1",
        "x",
        "xx",
        "t",
        "ja",
        "j",
        "oui",
        "o",
        "si",
        "sí",
        "s",
        "sim",
        "vrai",
        "wahr",
        "vero",
        "verdadero",
        "verdadeiro",
        "checked",
        "present",
        "positive",
        "pos",
        "done",
        "✓",
        "✔",
        "☑",
        "☒",
        "✗",
        "✘",
        "✅",
        "•",
        "●",
    ];
    let plain = word.trim().trim_end_matches(['\u{FE0E}', '\u{FE0F}', '.']).to_lowercase();
    YES.contains(&plain.as_str()) || yes_no(&plain) == Some(true) || sign(&plain) == Some(Sign::Plus)
}

fn is_of_ones(variable: &Variable, cells: &Evidence) -> bool {
    let mut words = level_words(variable, cells).peekable();
    words.peek().is_some() && words.all(|(word, _)| matches!(word, "1" | "0"))
}

/// True for a concentration, an amount, a duration, a size or a count; not for a base excess, a gap or a change.
fn is_never_negative(variable: &Variable) -> bool {
    let is_low = variable.plausible.as_ref().and_then(|plausible| plausible.low).is_some_and(|low| low.mantissa() < 0);
    let is_duration = || variable.reading.is_time && variable.role != Role::Age;
    let may_be = matches!(variable.role, Role::Lab | Role::Other | Role::FollowUp | Role::Site | Role::Outcome);
    variable.kind == Kind::Number
        && may_be
        && !is_low
        && (names_an_amount_lost(&variable.header) || !may_be_negative(&variable.header))
        && (is_amount(variable) || is_duration() || is_never_below_zero(&variable.header))
}

/// True for a concentration or an amount, by its test or its unit.
pub fn is_amount(variable: &Variable) -> bool {
    let is_test = variable.role == Role::Lab && read_header(&variable.header).role == Role::Lab;
    let is_in_unit = || {
        let dimension = variable.unit.as_deref().and_then(unit).map(|written| written.unit.dimension());
        dimension.is_some_and(|dimension| is_concentration(dimension) || has_no_less(dimension))
    };
    may_be_test(variable) && (is_test || is_in_unit() || names_an_amount(&variable.header))
}

/// What nobody has less of than nothing; a length, a pressure or a share may be a difference.
fn has_no_less(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Mass
            | Dimension::Area
            | Dimension::MassPerArea
            | Dimension::Frequency
            | Dimension::Smoking
            | Dimension::AbsorbedDose
            | Dimension::Radioactivity
    )
}

fn is_concentration(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::MassConcentration
            | Dimension::SubstanceConcentration
            | Dimension::EquivalentConcentration
            | Dimension::ActivityConcentration
            | Dimension::ArbitraryConcentration
            | Dimension::FibrinogenEquivalents
            | Dimension::MassConcentrationRate
            | Dimension::NumberConcentration
            | Dimension::CopiesConcentration
            | Dimension::ColonyConcentration
            | Dimension::NumberPerHighPowerField
            | Dimension::NumberPerLowPowerField
            | Dimension::NumberPerArea
            | Dimension::Osmolarity
            | Dimension::Osmolality
    )
}
