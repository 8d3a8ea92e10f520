//! Cells that were not understood: words of doubt, a sex or a response that nobody knows.
//!
//! They are levels as they are written, so that the tables show them; a claim that they could make true is not
//! contradicted.

use super::verdict::{CaseCount, Verdict, VerdictRemark};
use crate::schema::doubt::is_doubt;
use crate::schema::lexical::{is_answer_word, stated_word};
use crate::schema::sex::{is_neither, sex_of};
use crate::schema::{Role, Status, Variable};
use crate::tally::counts::flag;
use crate::tally::{Counts, opening_flags};

/// More doubtful cells than this are not tried one by one.
const MOST_TRIED: u64 = 20;

/// The cases of a column whose cell was not understood.
pub(super) fn cases(variable: &Variable, counts: &Counts) -> u64 {
    let Counts::Levels(counts) = counts else { return 0 };
    let has_answers = counts.levels.keys().any(|word| is_answer(word));
    let doubtful = counts.levels.iter().filter(|(word, _)| is_doubtful(word, variable, has_answers));
    doubtful.fold(0, |sum, (_, cases)| sum.saturating_add(*cases))
}

/// True for a word that tells that the column asks a question.
fn is_answer(word: &str) -> bool {
    is_answer_word(word) || matches!(stated_word(word), Some(Status::Positive | Status::Negative))
}

fn is_doubtful(word: &str, variable: &Variable, has_answers: bool) -> bool {
    if variable.declares(word) {
        return false;
    }
    let is_unknown = match variable.role {
        Role::Sex => sex_of(word, true).is_none() && !is_neither(word),
        Role::Response => opening_flags(word) & flag::OPEN != 0,
        _ => has_answers && is_doubt(word),
    };
    is_unknown || word.contains('?')
}

/// The remark where doubtful cells could make a printed number of cases true, as the judge of it says.
pub(super) fn doubted(counted: &CaseCount, judge: impl Fn(&CaseCount) -> Option<Verdict>) -> Option<VerdictRemark> {
    let doubtful = counted.doubtful.saturating_add(counted.of_doubtful);
    if doubtful == 0 {
        return None;
    }
    let may_be = |n: u64, unreported: u64| {
        let other = CaseCount {
            n,
            reported: counted.reported.saturating_sub(unreported),
            doubtful: 0,
            of_doubtful: 0,
            ..counted.clone()
        };
        judge(&other).is_some_and(|verdict| verdict != Verdict::Contradicts)
    };
    let is_open = doubtful > MOST_TRIED || counted.of_doubtful > 0 || {
        let (least, most) = (counted.n.saturating_sub(doubtful), counted.n.saturating_add(doubtful).min(counted.of));
        (least..=most).any(|n| (0..=doubtful).any(|unreported| may_be(n, unreported)))
    };
    is_open.then_some(VerdictRemark::Doubtful(doubtful))
}
