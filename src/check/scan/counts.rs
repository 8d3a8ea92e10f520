//! The counts of a sentence, and its counts with a denominator or a percentage.
#![expect(clippy::arithmetic_side_effects, reason = "sums of positions in one sentence do not overflow")]

use super::heads::CellForm;
use super::nouns::{
    cites, is_between, is_case, is_category, is_plural, is_sex, is_unit, is_year, names_others, restricts,
};
use super::share::{PrintedShare, bare_percent, before, beside_count, counting, denominator, kind, share};
use super::token::{Kind, Token};
use std::ops::Range;

/// What a count is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountOf {
    /// Of cases: `50 patients`, `n = 50`, the denominator of a fraction.
    Cases,
    /// Of other things, or of some of the cases: `12 lesions`, the numerator of a percentage.
    Things,
}

/// A count, by its tokens in the sentence.
#[derive(Debug, Clone)]
pub(super) struct Count {
    pub value: u64,
    pub of: CountOf,
    /// From the number to its noun or its percentage.
    pub tokens: Range<usize>,
    /// True for a numerator: what has its own percentage or denominator is a part, and no denominator is stated by it.
    pub is_part: bool,
}

/// A sentence with what it counts.
pub(super) struct Sentence<'t> {
    pub tokens: &'t [Token<'t>],
    /// What the heads of its table say; for a cell only.
    pub form: CellForm,
    pub counts: Vec<Count>,
    pub shares: Vec<PrintedShare>,
    /// True where it is about other people's patients.
    pub cites: bool,
    /// True where it may be, though it cites nobody.
    pub names_others: bool,
    /// True where it is about those with an answer, or leaves some out.
    pub restricts: bool,
}

impl<'t> Sentence<'t> {
    pub fn new(tokens: &'t [Token<'t>], form: CellForm) -> Sentence<'t> {
        let (counts, shares) = (Vec::new(), Vec::new());
        let mut sentence =
            Sentence { tokens, form, counts, shares, cites: false, names_others: false, restricts: false };
        if !tokens.iter().any(|token| matches!(token.kind, Kind::Number(_))) {
            return sentence;
        }
        (sentence.cites, sentence.restricts) = (cites(tokens), restricts(tokens));
        sentence.names_others = names_others(tokens);
        let mut at = 0;
        while at < tokens.len() {
            at = sentence.read(at).max(at + 1);
        }
        sentence.shares.extend(super::respectively::shares(tokens));
        sentence
    }

    /// The shares with a count and its denominator, before or behind the percentage.
    pub fn fractions(&self) -> Vec<(&PrintedShare, u64, u64)> {
        let fraction = |share: &'_ PrintedShare| Some((share.n?, share.of.or(share.behind)?));
        self.shares.iter().filter_map(|share| fraction(share).map(|(n, of)| (share, n, of))).collect()
    }

    /// Reads the cases that stand behind a percentage: `10 (20 %) of 50`; their number, and the position after them.
    fn behind(&mut self, end: usize) -> (Option<u64>, usize) {
        let last = end.saturating_sub(1);
        let is_bracket = kind(self.tokens, last) == Some(Kind::Close);
        let of =
            denominator(self.tokens, last).filter(|_| is_bracket && self.tokens.get(end).is_some_and(|t| t.is("of")));
        // In `12 (24 %) of 30 (60 %)` the second number is a part itself.
        let Some((value, after)) = of.filter(|(_, after)| kind(self.tokens, *after) != Some(Kind::Open)) else {
            return (None, end);
        };
        self.counts.push(Count { value, of: CountOf::Cases, tokens: after.saturating_sub(1)..after, is_part: false });
        (Some(value), after)
    }

    /// Reads what begins at a token; the position after it.
    fn read(&mut self, at: usize) -> usize {
        let of_head = match self.form {
            CellForm::CountPercent if at == 0 => bare_percent(self.tokens),
            CellForm::PercentOf(n) if at == 0 => beside_count(self.tokens, n),
            _ => None,
        };
        if let Some(mut share) = of_head.or_else(|| share(self.tokens, at)) {
            let tokens = share.tokens.clone();
            let end = tokens.end;
            let mut count = |value: Option<u64>, of, is_part| {
                self.counts.extend(value.map(|value| Count { value, of, tokens: tokens.clone(), is_part }));
            };
            count(share.n, CountOf::Things, true);
            count(share.of, CountOf::Cases, false);
            let (behind, after) = self.behind(end);
            share.behind = behind;
            self.shares.push(share);
            return after;
        }
        match count(self.tokens, at) {
            Some(count) => {
                self.counts.push(count);
                at + 1
            }
            None => at,
        }
    }
}

/// True for the `30` of `of the 30 with lupus`.
fn is_definite(tokens: &[Token<'_>], at: usize) -> bool {
    const DEFINITE: [&str; 6] = ["the", "these", "those", "our", "all", "remaining"];
    let of = at.checked_sub(2).and_then(|at| tokens.get(at));
    of.is_some_and(|token| token.is_one_of(&["of", "in", "among"]))
        && before(tokens, at).is_some_and(|token| token.is_one_of(&DEFINITE))
}

/// True for a number without a noun that is one of cases: `in 38 and ...`, `38 were ...`, `13 bilateral`.
fn is_bare(tokens: &[Token<'_>], at: usize) -> bool {
    let is_in = before(tokens, at).is_some_and(|token| token.is_one_of(&["in", "and"]) || is_sex(token));
    let next = tokens.get(at + 1);
    let ends = next.is_none_or(|token| {
        matches!(token.kind, Kind::Comma | Kind::Semicolon | Kind::Close) || token.is_one_of(&["and", "or", "of"])
    });
    let is_subject = next.is_some_and(|token| {
        token.is_one_of(&["were", "was", "had", "have", "has", "died", "survived"]) || is_category(token)
    });
    tokens.get(at).is_some_and(|token| !is_year(token)) && (is_subject || (is_in && ends))
}

/// A count of something that is named, or `n = 50`.
fn count(tokens: &[Token<'_>], at: usize) -> Option<Count> {
    if let Some([name, equals, number]) = tokens.get(at..at + 3)
        && name.is("n")
        && equals.kind == Kind::Equals
    {
        // `n = 8 (66.7 %)` is a part.
        let is_part = kind(tokens, at + 3) == Some(Kind::Open) && kind(tokens, at + 5) == Some(Kind::Percent);
        let (value, of) = (number.count()?, CountOf::Cases);
        return (!is_part).then_some(Count { value, of, tokens: at + 2..at + 3, is_part: false });
    }
    let value = counting(tokens, at)?;
    let of_total = before(tokens, at).is_some_and(|token| token.is("of"))
        && at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|token| token.is_one_of(&["total", "sample"]));
    for (ahead, word) in tokens.get(at + 1..)?.iter().take(4).enumerate() {
        if word.kind != Kind::Word || is_unit(word) || is_between(word) {
            break;
        }
        let of = if is_case(word) { CountOf::Cases } else { CountOf::Things };
        if is_case(word) || is_plural(word) {
            return Some(Count { value, of, tokens: at..at + ahead + 2, is_part: false });
        }
    }
    if of_total || is_definite(tokens, at) {
        return Some(Count { value, of: CountOf::Cases, tokens: at..at + 1, is_part: false });
    }
    is_bare(tokens, at).then(|| Count { value, of: CountOf::Things, tokens: at..at + 1, is_part: false })
}
