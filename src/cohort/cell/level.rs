//! Cells of a column of levels.

use super::rules::{CellRules, absent_word, is_no, missing, own_text};
use super::state::LevelState;
use crate::cohort::Unreadable;
use crate::cohort::deidentify::word as shown;
use crate::read::block::joined;
use crate::schema::lexical::{
    Sign, answer, is_doubtful, is_plain_plus, mark, one_result, result_with_remark, sign, yes_no,
};
use crate::schema::missing_words::is_ditto;
use crate::schema::no_items::{Asked, says_none};
use crate::schema::sex::{Sex, sex_of};
use crate::schema::{BlankReading, Kind, MinusReading, ResultWords, Role, SexWords, Status, Variable};
use std::borrow::Cow;

/// The level of all signs and words for a negative result.
const NEGATIVE: &str = "negative";
/// The same for a positive one.
const POSITIVE: &str = "positive";
/// The level of all words for no adverse event.
const NONE: &str = "none";

/// The level of a text, after the synonyms of a column.
pub(super) fn canonical<'a>(text: &'a str, variable: &'a Variable) -> &'a str {
    variable.synonyms.get(text).map_or(text, String::as_str)
}

/// Reads a cell of a category column.
pub fn level(text: &str, rules: &CellRules) -> LevelState {
    let text = &*joined(text.trim());
    if let Some(reason) = missing(text, rules) {
        return LevelState::Missing(reason);
    }
    let word = own_text(text, rules).and_then(|text| level_of_word(text, rules.variable));
    match word {
        Ok(level) => LevelState::Level(shown(&level, rules.variable).into_owned()),
        Err(why) => LevelState::Unreadable(why),
    }
}

/// The level that a word means in a column, in a cell or in a question: `female` for `girl`.
///
/// What the schema declares comes first.
///
/// Errors: a sign that nobody knows in this column, and a formula that failed.
pub fn level_of_word<'a>(text: &'a str, variable: &'a Variable) -> Result<Cow<'a, str>, Unreadable> {
    if variable.declares(text) {
        return Ok(Cow::Borrowed(canonical(text, variable)));
    }
    if is_no(text, variable) {
        return Ok(Cow::Borrowed(no_of(variable)));
    }
    if variable.has_codes_of_its_header() {
        return Err(Unreadable::UndeclaredCode);
    }
    // `no` beside `yes` stays an answer.
    if variable.reading.asked == Asked::Events && says_none(text, Asked::Events) && answer(text).is_none() {
        return Ok(Cow::Borrowed(NONE));
    }
    if let (Some(Sign::Minus), minus) = (sign(text), variable.reading.minus) {
        match minus {
            MinusReading::Negative => return Ok(Cow::Borrowed(NEGATIVE)),
            MinusReading::Unreadable => return Err(Unreadable::Minus(text.to_owned())),
            MinusReading::NotReported => {}
        }
    }
    if let Some(why @ Unreadable::FailedFormula(_)) = absent_word(text) {
        return Err(why);
    }
    if variable.reading.has_answers && is_doubtful(text) {
        return Err(Unreadable::Doubtful);
    }
    // In a column of responses it is a word that is not understood, which leaves the rates open.
    if is_ditto(text) && variable.role != Role::Response {
        return Err(Unreadable::Ditto);
    }
    Ok(folded(text, variable).unwrap_or(Cow::Borrowed(text)))
}

/// The level that many words of a vocabulary mean; `None` for a word that stays as it is written.
fn folded<'a>(text: &str, variable: &'a Variable) -> Option<Cow<'a, str>> {
    let letters = variable.reading.sex == SexWords::WordsAndLetters;
    let sex = (variable.reading.sex != SexWords::AsWritten).then(|| sex_of(text, letters)).flatten();
    if let Some(sex) = sex {
        return Some(of_sex(sex, letters, variable));
    }
    let marked = || mark(text).filter(|_| variable.reading.has_marks);
    if let Some(answer) =
        yes_no(text).filter(|_| variable.kind == Kind::Binary || variable.reading.has_marks).or_else(marked)
    {
        return Some(Cow::Borrowed(if answer { "yes" } else { "no" }));
    }
    match variable.reading.results {
        ResultWords::AsWritten => return None,
        ResultWords::PlusToo if is_plain_plus(text) => return Some(Cow::Borrowed(POSITIVE)),
        ResultWords::OneLevel | ResultWords::PlusToo => {}
    }
    match one_result(text).or_else(|| result_with_remark(text).map(|(status, _)| status))? {
        Status::Negative => Some(Cow::Borrowed(NEGATIVE)),
        Status::Positive => Some(Cow::Borrowed(POSITIVE)),
        Status::Low | Status::Normal | Status::High | Status::Abnormal => None,
    }
}

/// The level of a sex: that of the schema where it declares one for it.
fn of_sex(sex: Sex, letters: bool, variable: &Variable) -> Cow<'_, str> {
    let declared = variable.levels.iter().map(|level| &level.value).chain(variable.synonyms.values());
    let mut of_the_sex = declared.filter(|level| sex_of(level, letters) == Some(sex));
    of_the_sex.next().map_or(Cow::Borrowed(sex.word()), |level| Cow::Borrowed(level.as_str()))
}

/// The level of a blank cell that means no.
fn no_of(variable: &Variable) -> &'static str {
    match variable.reading.blank {
        BlankReading::Zero => "0",
        BlankReading::NotReported | BlankReading::Open | BlankReading::No => "no",
    }
}

/// Reads a cell of a binary column: `yes` and `no` for any of their words; `0` and `1` stay as they are.
///
/// Levels that the schema declares are accepted as well.
pub fn binary(text: &str, rules: &CellRules) -> LevelState {
    let text = text.trim();
    if let Some(reason) = missing(text, rules) {
        return LevelState::Missing(reason);
    }
    if is_no(text, rules.variable) {
        return LevelState::Level(no_of(rules.variable).to_owned());
    }
    let text = canonical(text, rules.variable);
    let declared = rules.variable.levels.iter().any(|level| level.value == text);
    if declared || matches!(text, "0" | "1") {
        return LevelState::Level(text.to_owned());
    }
    let is_none = || rules.variable.reading.asked == Asked::Events && says_none(text, Asked::Events);
    match yes_no(text).or_else(|| is_none().then_some(false)) {
        Some(answer) => LevelState::Level(if answer { "yes" } else { "no" }.to_owned()),
        None => LevelState::Unreadable(absent_word(text).unwrap_or(Unreadable::NotBinary)),
    }
}
