//! The best response of several columns of responses, such as those of several visits.

use crate::cohort::case::{Case, CaseCell};
use crate::cohort::cell::LevelState;
use crate::cohort::column::CaseColumn;
use crate::schema::response::understand::{Ambiguity, ResponseContext, Understanding, understand};
use crate::schema::response::{Code, Response};

/// The best response of a case in several columns, as it is written there; empty where none states one.
///
/// The order is that of [`Response::rank`]. A word that is not understood may stand for any response: it is the
/// best one unless another column states a complete response, and so leaves the rates open.
pub(super) fn best_response(columns: &[CaseColumn<'_>], case: &Case<'_>) -> String {
    let words = columns.iter().filter_map(|column| match case.cell(column) {
        CaseCell::Level(LevelState::Level(word)) => Some(word),
        CaseCell::Level(LevelState::Unreadable(_)) => Some(case.text(column.column).trim().to_owned()),
        _ => None,
    });
    let ranked = words.filter_map(|word| Some((place(&word)?, word)));
    ranked.min_by_key(|(place, _)| *place).map(|(_, word)| word).unwrap_or_default()
}

/// The place of a word in the order of the best response; none for a word that reports nothing.
fn place(word: &str) -> Option<u8> {
    let of = |response: Response| response.rank().saturating_mul(2);
    let open = Some(of(Response::Complete).saturating_add(1));
    match understand(word, ResponseContext::ResponseColumn) {
        Understanding::Understood(said) => match said.response {
            Some(Response::NotReported) => None,
            Some(response) => Some(of(response)),
            None => open,
        },
        // It is none, or nothing.
        Understanding::Ambiguous(Ambiguity::Code(Code::Nr)) => Some(of(Response::None).saturating_add(1)),
        Understanding::Ambiguous(_) | Understanding::NotUnderstood => open,
    }
}
