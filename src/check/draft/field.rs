//! What a sentence says of treatment lines: that they helped, how much, by which route, whether a relapse followed.

use super::hearing::Hearing;
use crate::cohort::lines::route;
use crate::schema::response::Response;
use crate::words::Word;

/// A condition of a line, and how much the sentence speaks for it.
pub(super) struct HeardField {
    pub condition: String,
    pub weight: f64,
}

/// The beginnings of words that say that a dose was lowered step by step.
const TAPERS: [&str; 5] = ["taper", "degress", "decreas", "wean", "reduc"];
/// The beginnings of words for a relapse.
const RELAPSES: [&str; 3] = ["relaps", "recurr", "flare"];
/// The beginnings of words for some response, whatever its degree.
const RESPONSES: [&str; 6] = ["respon", "improv", "progress", "success", "regress", "benefi"];

/// How much more a degree of response tells.
const DEGREE: f64 = 1.3;
/// A word for a course in small steps, and for none of these.
const GRADUAL: &str = "progressive";

/// The fields of lines that a sentence speaks of, near a number.
pub(super) fn fields(hearing: &Hearing, number: usize) -> Vec<HeardField> {
    let flag = |condition: &str, beginnings: &[&str]| {
        let begins = |word: &str| beginnings.iter().any(|beginning| word.starts_with(beginning));
        hearing
            .best(number, |word| word != GRADUAL && begins(word))
            .map(|weight| HeardField { condition: condition.to_owned(), weight })
    };
    let flags =
        [flag("relapsed", &RELAPSES), flag("responder", &RESPONSES), flag("taper", &TAPERS)].into_iter().flatten();
    let responses = [
        Response::Complete,
        Response::Partial,
        Response::Improved,
        Response::Stable,
        Response::None,
        Response::Worsened,
    ];
    let of_response = responses.into_iter().filter_map(|response| {
        let means = |word: &str| Response::parse(word).is_some_and(|(named, _)| named == response);
        let names = |word: &str| word != GRADUAL && means(word);
        let weight = hearing.best(number, names)?;
        // A degree tells more than the improvement that it is the degree of.
        let tells = if matches!(response, Response::Complete | Response::Partial) { DEGREE } else { 1.0 };
        let weight = weight * tells;
        Some(HeardField { condition: format!("response = '{}'", response.as_word()), weight })
    });
    let routes = hearing.words.iter().filter_map(|(word, at)| {
        let condition = format!("route = '{}'", route(word)?);
        Some(HeardField { condition, weight: hearing.weight(*at, number) })
    });
    flags.chain(of_response).chain(routes).collect()
}
