//! The verdicts: each claim against the records.

use super::count::{self, PercentOf, worst};
use super::missing;
use super::number::{Compared, bound, figures, is_share, ratio};
use super::plan::Evidence;
use super::records::Records;
use super::verdict::{Answer, Audit, Counted, Given, Remark, ShownBeside, Verdict};
use super::{Asked, Claim, Claims, Comparison};
use crate::analyze::Options;
use crate::analyze::results::{ResultRow, Results, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::granularity::Granularity;
use crate::check::arithmetic::{Consistency, grim};
use crate::check::printed::{Figure, Printed};
use crate::error::Error;
use crate::tally::Cohort;
use crate::tally::counts::NamedCases;
use num_rational::BigRational;
use rustc_hash::FxHashMap;

/// The verdicts on all claims.
///
/// Errors: a selector that is no statistic, and a printed text that does not fit its statistic.
pub fn judge<'c>(
    claims: &'c Claims,
    cohort: &Cohort,
    results: &Results,
    options: &Options,
) -> Result<Audit<'c>, Error> {
    let records = Records::new(cohort, results, options);
    let mut audit = super::arithmetic::audit(claims);
    let mut facts: FxHashMap<&str, Vec<&Claim>> = FxHashMap::default();
    for claim in &claims.claims {
        if let Some(fact) = &claim.fact {
            facts.entry(fact).or_default().push(claim);
        }
    }
    for audited in &mut audit.claims {
        let claim = audited.claim;
        let within = |error: Error| error.within(&format!("{} line {}, claim {}", claims.file, claim.line, claim.id));
        let mut answer = records.answer(&claim.asked).map_err(within)?;
        answer.remarks.extend(claim.fact.as_deref().and_then(|fact| elsewhere(claim, facts.get(fact)?)));
        audited.answer = Some(answer);
        audited.shown = records.shown(claim).map_err(within)?;
    }
    Ok(audit)
}

/// Those of the claims of one fact that print something else than this one.
fn elsewhere(claim: &Claim, of_fact: &[&Claim]) -> Option<Remark> {
    let printed = |claim: &Claim| claim.printed.as_deref().map(Printed::parse);
    let own = printed(claim);
    let differing = of_fact.iter().filter(|other| other.id != claim.id && printed(other) != own);
    let ids: Vec<String> = differing.map(|other| other.id.clone()).collect();
    (!ids.is_empty()).then_some(Remark::Elsewhere(ids))
}

impl Records<'_> {
    fn answer(&self, asked: &Asked) -> Result<Answer, Error> {
        match asked {
            Asked::Value { selector, printed } => self.value(selector, printed),
            Asked::Count { what, of, printed, named } => {
                let counted = self.counted(what, of.as_ref());
                Ok(self.count(counted, printed.as_ref(), named.as_deref()))
            }
            Asked::Compare { left, comparison, right } => self.compare(left, *comparison, right),
            Asked::Readings(several) => self.several(several, |verdicts| {
                let first = verdicts.first().copied().unwrap_or(Verdict::NotCountable);
                if verdicts.iter().all(|verdict| *verdict == first) { first } else { Verdict::Ambiguous }
            }),
            Asked::Parts(several) => {
                self.several(several, |verdicts| verdicts.iter().copied().fold(Verdict::Agrees, worst))
            }
            Asked::Figures(_) | Asked::Nothing => Ok(Answer::new(Verdict::NotCountable, Given::Nothing, Vec::new())),
        }
    }

    fn several(&self, several: &[(String, Asked)], together: impl Fn(&[Verdict]) -> Verdict) -> Result<Answer, Error> {
        let answered = several.iter().map(|(name, asked)| Ok((name.clone(), self.answer(asked)?)));
        let parts: Vec<(String, Answer)> = answered.collect::<Result<_, Error>>()?;
        let verdicts: Vec<Verdict> = parts.iter().map(|(_, answer)| answer.verdict).collect();
        Ok(Answer { parts, ..Answer::new(together(&verdicts), Given::Nothing, Vec::new()) })
    }

    fn count(&self, counted: Counted, printed: Option<&Printed>, named: Option<&[String]>) -> Answer {
        let of_number = printed.map(|printed| count::verdict(printed, &counted, PercentOf::All));
        // What is no number of cases was refused with the file.
        let of_number = of_number.map(|judged| judged.unwrap_or((Verdict::NotCountable, Vec::new())));
        let (mut verdict, mut remarks) = of_number.unwrap_or((Verdict::Agrees, Vec::new()));
        if let Some(named) = named {
            let (of_names, remark) = names(&counted, named);
            verdict = worst(verdict, of_names);
            remarks.extend(remark);
        }
        Answer::new(verdict, Given::Cases(counted), remarks)
    }

    fn value(&self, selector: &Selector, printed: &Printed) -> Result<Answer, Error> {
        // A number beside a share is a share, and no number of cases.
        let is_bare_share =
            selector.statistic() == Some(Statistic::Proportion) && matches!(printed, Printed::Number(_));
        let level = self.level(selector);
        if let Some((counted, of)) = level.clone().filter(|_| !is_bare_share)
            && let Some((verdict, remarks)) = count::verdict(printed, &counted, of)
        {
            return Ok(Answer::new(verdict, Given::Cases(counted), remarks));
        }
        let sets = figures(printed, selector.statistic());
        if !sets.is_empty() {
            return self.figures(selector, sets);
        }
        let row = selector.find(self.results)?;
        let (figure, is_percent) = match printed {
            Printed::Number(figure) => (*figure, false),
            Printed::Percent(figure) if is_share(row.statistic) => (*figure, true),
            Printed::Censored { comparator, figure } => {
                let verdict = bound(selector, row, (*comparator, *figure), self);
                return Ok(Answer::new(verdict, Given::Values(vec![row.clone()]), Vec::new()));
            }
            _ => return Err(misfit(selector, printed)),
        };
        if is_share(row.statistic) && !is_percent && figure.value() > count::whole(1) {
            let message = format!("{} is a share in [0, 1], and {figure} is printed", selector.key);
            return Err(Error::usage_with(message, format!("write \"{figure} %\"")));
        }
        let (mut verdict, mut remarks) = Compared { selector, row, figure, is_percent }.verdict(self);
        remarks.extend(self.fraction(selector, row, figure));
        if let Some((counted, _)) = level.filter(|_| is_bare_share && verdict == Verdict::Contradicts)
            && count::share_may_be(&counted, figure)
        {
            verdict = Verdict::Undetermined;
            remarks.extend(counted.silent.map(Remark::NotReported));
        }
        Ok(Answer::new(verdict, Given::Values(vec![row.clone()]), remarks))
    }

    /// Figures that are printed together: all must agree, in one of the meanings they can have.
    fn figures(&self, selector: &Selector, sets: Vec<Vec<(Statistic, Figure)>>) -> Result<Answer, Error> {
        let mut best: Option<Answer> = None;
        for set in sets {
            let mut answer = Answer::new(Verdict::Agrees, Given::Nothing, Vec::new());
            let mut rows = Vec::new();
            for (statistic, figure) in set {
                let selector = selector.of(statistic);
                let row = selector.find(self.results)?;
                let (verdict, remarks) =
                    Compared { selector: &selector, row, figure, is_percent: is_share(statistic) }.verdict(self);
                answer.verdict = worst(answer.verdict, verdict);
                answer.remarks.extend(remarks);
                answer.remarks.extend(self.fraction(&selector, row, figure));
                rows.push(row.clone());
            }
            answer.given = Given::Values(rows);
            let is_better = best.as_ref().is_none_or(|best| worst(best.verdict, answer.verdict) != answer.verdict);
            if is_better {
                best = Some(answer);
            }
        }
        best.ok_or_else(|| Error::usage(format!("nothing is printed of {}", selector.key)))
    }

    /// That a mean cannot be one of whole numbers, where the records say the same.
    fn fraction(&self, selector: &Selector, row: &ResultRow, figure: Figure) -> Option<Remark> {
        let Some(Value::Count(n)) =
            (row.statistic == Statistic::Mean).then(|| self.find(&selector.sibling(Statistic::N)))?.map(|n| &n.value)
        else {
            return None;
        };
        let fractions = self.evidence(Evidence::NotWhole, selector).map(|judged| judged.holds.clone())?;
        let judgement = grim::judge(figure, *n, Granularity::WHOLE);
        let needs = judgement.consistency == Consistency::Inconsistent && fractions.cases > 0;
        needs.then_some(Remark::NeedsFraction(judgement, fractions))
    }

    fn compare(&self, left: &Selector, comparison: Comparison, right: &Selector) -> Result<Answer, Error> {
        let (one, other) = (left.find(self.results)?, right.find(self.results)?);
        let number = |row: &ResultRow| ratio(&row.value).ok_or_else(|| row.key.clone());
        let given = Given::Compared(Box::new(one.clone()), Box::new(other.clone()));
        let (verdict, remarks) = match (number(one), number(other)) {
            (Ok(one), Ok(other)) => (self.of_comparison((left, one), comparison, (right, other)), Vec::new()),
            (Err(key), _) | (_, Err(key)) => {
                (Verdict::Undetermined, vec![Remark::NotEstimable(format!("{key} has no number"))])
            }
        };
        Ok(Answer::new(verdict, given, remarks))
    }

    /// A comparison that the records do not give is open where the cases that do not say could bring it about.
    fn of_comparison(
        &self,
        (left, one): (&Selector, BigRational),
        comparison: Comparison,
        (right, other): (&Selector, BigRational),
    ) -> Verdict {
        if comparison.holds(&one, &other) {
            return Verdict::Agrees;
        }
        let (Some(one), Some(other)) = (self.possible(left, one), self.possible(right, other)) else {
            return Verdict::Undetermined;
        };
        let could = match comparison {
            Comparison::Less | Comparison::AtMost => comparison.holds(&one.0, &other.1),
            Comparison::More | Comparison::AtLeast => comparison.holds(&one.1, &other.0),
            Comparison::Equal => one.0 <= other.1 && other.0 <= one.1,
        };
        if could { Verdict::Undetermined } else { Verdict::Contradicts }
    }

    /// The least and the most that a number could be, were it known of all cases; none where that is open.
    fn possible(&self, selector: &Selector, number: BigRational) -> Option<(BigRational, BigRational)> {
        match self.level(selector) {
            Some((counted, _)) if selector.statistic() != Some(Statistic::Proportion) => {
                Some((number, count::whole(counted.n.saturating_add(counted.unknown))))
            }
            Some((counted, _)) if counted.unknown > 0 => Some((count::whole(0), count::whole(1))),
            Some(_) => Some((number.clone(), number)),
            None => {
                let outside = self.outside(selector).is_some_and(|cases| cases.cases > 0);
                let is_known = missing::values(selector, self) == 0 && !outside;
                is_known.then(|| (number.clone(), number))
            }
        }
    }

    fn shown(&self, claim: &Claim) -> Result<Vec<ShownBeside>, Error> {
        let of = |selector: &Selector| {
            let row = selector.find(self.results)?.clone();
            let is_of_cases = selector.key == "cases";
            let judged = selector.condition.as_ref().filter(|_| is_of_cases).and_then(|keep| self.judged(keep));
            let cases = judged.map(|judged| judged.holds.clone());
            Ok(ShownBeside { text: selector.text.clone(), row, cases })
        };
        claim.shows.iter().map(of).collect()
    }
}

/// Whether the cases that are named are those that satisfy the condition; only the first of these
/// are known by name, and a claim never names more.
fn names(counted: &Counted, named: &[String]) -> (Verdict, Option<Remark>) {
    let (holding, silent) = (counted.holding.clone().unwrap_or_default(), counted.silent.clone().unwrap_or_default());
    let stands_in = |cases: &NamedCases, id: &String| cases.ids().any(|known| known == id);
    let wrong = named.iter().filter(|id| !stands_in(&holding, id) && holding.is_complete());
    let wrong: Vec<String> = wrong.cloned().collect();
    let first: Vec<_> = holding.first.iter().filter(|(_, id)| !named.contains(id)).cloned().collect();
    let beyond = holding.cases.saturating_sub(holding.first.len() as u64);
    let missed = NamedCases { cases: beyond.saturating_add(first.len() as u64), first };
    if wrong.is_empty() && missed.cases == 0 {
        return (Verdict::Agrees, None);
    }
    let may_hold = |id: &String| stands_in(&silent, id) || !silent.is_complete();
    let is_open = missed.cases == 0 && wrong.iter().all(may_hold);
    let verdict = if is_open { Verdict::Undetermined } else { Verdict::Contradicts };
    (verdict, Some(Remark::Named(wrong, missed)))
}

fn misfit(selector: &Selector, printed: &Printed) -> Error {
    let message = format!("'{printed}' is no way to print {}", selector.key);
    Error::usage_with(message, "print its number, or select the level or the variable that is meant")
}
