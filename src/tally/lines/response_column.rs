//! The responses of a column of its own, where no treatment is recorded beside it.

use super::outcome::Answer;
use crate::schema::response::Response;
use crate::schema::response::understand::ResponseContext;
use crate::tally::counts::{BestKnown, LevelCounts, LineCounts, flag};

/// The responses of all cases of a column, counted like those of treatment lines; a case without a word is not
/// evaluable, a cell that cannot be read may be any response.
pub fn responses_of(column: &LevelCounts) -> LineCounts {
    let mut counts = LineCounts::default();
    for (word, cases) in &column.levels {
        let answer = answer(word);
        counts.is_answered |= answer.is_stated();
        counts.beside_codes.merge(answer.beside_codes);
        add(&mut counts, answer, *cases);
    }
    let open = Answer { flags: flag::OPEN, ..answer("") };
    add(&mut counts, open, column.unreadable + column.beyond);
    add(&mut counts, answer(""), column.missing.values().sum());
    counts
}

/// What leaves the response open that a word of the column states; see [`flag::OPENING`].
pub fn opening_flags(word: &str) -> u16 {
    answer(word).flags & flag::OPENING
}

/// The response that a word of the column states for certain; none where the others of the column decide it, or it
/// states that nothing is reported.
pub fn certain_response(word: &str) -> Option<Response> {
    let answer = answer(word);
    let is_certain = answer.flags & flag::OPENING == 0 && answer.response != Response::NotReported;
    is_certain.then_some(answer.response)
}

fn answer(word: &str) -> Answer {
    Answer::of(word, ResponseContext::ResponseColumn)
}

fn add(counts: &mut LineCounts, answer: Answer, cases: u64) {
    if cases == 0 {
        return;
    }
    counts.patients.add(answer.flags, cases);
    let best = BestKnown { response: answer.response, open: answer.flags & flag::OPENING };
    *counts.best.entry(best).or_default() += cases;
}
