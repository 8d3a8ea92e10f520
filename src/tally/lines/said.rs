//! What one case says of its responses, as the counts take it: for what draws or lists cases one by one.

use super::outcome::{Answer, flags_of};
use crate::cohort::case::{Case, CaseColumn, CaseColumns};
use crate::cohort::lines::Line;
use crate::schema::response::understand::{ResponseContext, Understanding, understand};
use crate::schema::response::{Modifiers, Response};
use crate::schema::{Kind, Variable, counted_responses};
use crate::tally::counts::{BesideCodes, BestKnown, flag};

/// What a line says by itself.
#[derive(Debug, Clone, Copy)]
pub struct LineAnswer {
    /// The flags of the line; see [`flag`].
    pub flags: u16,
    /// True if the line states its response.
    pub is_stated: bool,
    /// True if it says something of a response.
    pub is_answered: bool,
    /// What it is for `NR` and `NC` beside it.
    pub beside_codes: BesideCodes,
}

impl LineAnswer {
    /// What a line says; a doubt about its agents leaves the response open.
    pub fn of(line: &Line) -> LineAnswer {
        let (target, response) = (&line.target, line.response());
        let mut flags = flags_of(response);
        if flags & flag::CONFIRMED != 0 && !target.modifiers.leave_confirmed() {
            flags &= !flag::CONFIRMED;
        }
        let word = target.unreadable.as_deref().or(target.synonym.as_deref());
        let word = word.map(|word| Answer::of(word, ResponseContext::TreatmentLine));
        flags |= word.map_or(0, |answer| answer.flags & flag::OPENING);
        let mut beside_codes = word.map_or_else(BesideCodes::default, |answer| answer.beside_codes);
        beside_codes.responses |= flags & (flag::EVALUABLE | flag::OPEN | flag::NC) != 0;
        LineAnswer {
            flags: flags | if line.unclear.is_some() { flag::OPEN } else { 0 },
            // A response in a column of its own says more than what may be one.
            is_stated: target.response.is_some() || flags & flag::OPENING != 0 && line.unclear.is_none(),
            is_answered: response != Response::NotReported || word.is_some_and(Answer::is_stated),
            beside_codes,
        }
    }
}

/// The responses of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResponses {
    /// That of each line in order; none where it may be any.
    pub of_lines: Vec<Option<Response>>,
    /// What a column beside the lines says of the case.
    pub beside: Option<BesideResponse>,
}

/// A response in a column beside the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BesideResponse {
    /// The best response of the case; none where it may be any.
    pub response: Option<Response>,
    /// What qualifies it.
    pub modifiers: Modifiers,
}

/// The column of responses beside the lines of a cohort, and what their words mean there.
#[derive(Debug, Clone)]
pub struct ResponsesBeside<'a> {
    column: Option<CaseColumn<'a>>,
    lines: &'a Variable,
    codes: BesideCodes,
}

impl<'a> ResponsesBeside<'a> {
    /// The column that is counted with these lines, where there is one; `codes` are those of the lines.
    pub fn of(cases: &CaseColumns<'a>, lines: &'a Variable, codes: BesideCodes) -> ResponsesBeside<'a> {
        let counted = counted_responses(cases.all().iter().map(CaseColumn::variable));
        let column = counted.and_then(|place| cases.all().get(place)).copied();
        let column = column.filter(|column| column.variable().kind == Kind::Category);
        ResponsesBeside { column, lines, codes }
    }

    /// The responses of a case with these lines.
    pub fn responses<'l>(&self, case: &Case<'_>, lines: impl Iterator<Item = &'l Line> + Clone) -> CaseResponses {
        let beside = self.column.map(|column| case.text(column.column)).map(|word| self.meant(&word));
        self.said(lines, beside.as_deref())
    }

    fn meant(&self, word: &str) -> String {
        self.lines.response_synonyms.get(word.trim()).cloned().unwrap_or_else(|| word.to_owned())
    }

    fn said<'l>(&self, lines: impl Iterator<Item = &'l Line> + Clone, word: Option<&str>) -> CaseResponses {
        let own: Vec<LineAnswer> = lines.clone().map(LineAnswer::of).collect();
        let is_stated = own.iter().any(|line| line.is_stated);
        let is_open = own.iter().any(|line| line.flags & flag::OPENING != 0);
        let answer = word.map(|word| Answer::of(word, ResponseContext::ResponseColumn));
        let answer = answer.filter(|answer| !own.is_empty() && answer.counts_beside(is_stated, is_open));
        let beside = answer.filter(|answer| answer.is_stated() || answer.flags & flag::NR != 0).map(|answer| {
            BesideResponse { response: self.settled(answer.response, answer.flags), modifiers: modifiers(word) }
        });
        let of_line = |(line, own): (&Line, &LineAnswer)| {
            // What is said of the response holds, whatever the doubt about the agents.
            let is_said = line.target.response.is_some() && line.unclear.is_some();
            self.settled(line.response(), if is_said { 0 } else { own.flags })
        };
        CaseResponses { of_lines: lines.zip(&own).map(of_line).collect(), beside }
    }

    fn settled(&self, response: Response, flags: u16) -> Option<Response> {
        BestKnown { response, open: flags & flag::OPENING }.settled(self.codes)
    }
}

/// What qualifies the response that a word of the column states.
fn modifiers(word: Option<&str>) -> Modifiers {
    match word.map(|word| understand(word, ResponseContext::ResponseColumn)) {
        Some(Understanding::Understood(said)) => said.modifiers,
        Some(Understanding::Ambiguous(_) | Understanding::NotUnderstood) | None => Modifiers::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::lines::parse_lines;

    fn said(cell: &str, word: Option<&str>) -> CaseResponses {
        let lines = parse_lines(cell, ';', None).unwrap();
        let variable = Variable::new("treatment");
        let codes = BesideCodes { rated: true, responses: true };
        ResponsesBeside { column: None, lines: &variable, codes }.said(lines.iter(), word)
    }

    #[test]
    fn a_response_beside_the_lines_is_that_of_the_case() {
        let of = |cell: &str, word: &str| said(cell, Some(word)).beside.map(|beside| beside.response);
        assert_eq!(of("a", "CR"), Some(Some(Response::Complete)));
        assert_eq!(of("a; b", "PD"), Some(Some(Response::Worsened)));
        assert_eq!(of("a; b", "NC"), Some(Some(Response::Stable)), "beside CR, PR, SD or PD");
        assert_eq!(of("a; b", "so so"), Some(None), "any response");
        assert_eq!(of("a; b", "NR"), Some(None), "none, or not reported");
        assert_eq!(of("a: none; b", "CR"), None, "a line states one");
        assert_eq!(of("a", ""), None);
        assert_eq!(of("none", "CR"), None, "not treated");
    }

    #[test]
    fn a_word_of_a_line_that_may_be_any_response_is_none_of_them() {
        let of = |cell: &str| said(cell, None).of_lines;
        assert_eq!(of("a: none; b"), [Some(Response::None), Some(Response::NotReported)]);
        assert_eq!(of("a: so so; b: NC"), [None, Some(Response::Stable)]);
        assert_eq!(of("a: NR"), [None]);
    }
}
