//! The verdict on each claim, from the records.

use super::between;
use super::converted;
use super::count::{self, PercentOf, worst};
use super::evidence::EvidenceCondition;
use super::missing;
use super::number::{FigureCheck, NamedFigure, bound, figures, is_share, mean_and_sd, ratio, share_figures};
use super::ratio::{self as printed_ratio, PossibleValue};
use super::records::ClaimEvidence;
use super::share_interval::{self, of_share};
use super::verdict::{CaseCount, ClaimAnswer, ClaimsAudit, Given, ShownBeside, Verdict, VerdictRemark};
use super::{Assertion, Claim, Claims, Relation};
use crate::analyze::Options;
use crate::analyze::results::{ResultRow, Results, Value};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::granularity::Granularity;
use crate::check::arithmetic::{Consistency, grim};
use crate::check::printed::{BoundedFigure, Figure, Printed, Spread};
use crate::error::Error;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::{Role, Variable};
use crate::tally::Cohort;
use num_rational::BigRational;
use rustc_hash::FxHashMap;

/// The verdicts on all claims.
///
/// Errors: every selector without a statistic, and every printed text that does not fit its statistic.
pub fn judge<'c>(
    claims: &'c Claims,
    cohort: &Cohort,
    results: &Results,
    options: &Options,
) -> Result<ClaimsAudit<'c>, Error> {
    let records = ClaimEvidence::new(cohort, results, options);
    let mut audit = super::arithmetic::of_numbers(claims, true);
    let mut facts: FxHashMap<&str, Vec<&Claim>> = FxHashMap::default();
    for claim in &claims.claims {
        if let Some(fact) = &claim.fact {
            facts.entry(fact).or_default().push(claim);
        }
    }
    let mut errors = Vec::new();
    for audited in &mut audit.claims {
        let claim = audited.claim;
        let within = |error: Error| error.within(&claim.origin(&claims.file));
        let mut answer = match records.answer(&claim.assertion) {
            // Nobody has read a draft, whose number may be another one than the one it refers to.
            Err(unfit) if claim.is_draft => {
                let remarks = vec![VerdictRemark::Unfit(unfit.to_string())];
                ClaimAnswer::new(Verdict::NotCountable, Given::Nothing, remarks)
            }
            Ok(answer) => answer,
            Err(error) => {
                errors.push(within(error));
                continue;
            }
        };
        answer.remarks.extend(claim.fact.as_deref().and_then(|fact| elsewhere(claim, facts.get(fact)?)));
        audited.answer = Some(answer);
        match records.shown(claim) {
            Ok(shown) => audited.shown = shown,
            Err(error) => errors.push(within(error)),
        }
    }
    Error::of_all(errors).map_or(Ok(audit), Err)
}

/// The other claims of the same fact that print something else.
fn elsewhere(claim: &Claim, of_fact: &[&Claim]) -> Option<VerdictRemark> {
    let read = |text: &str| Printed::parse_with_unit(text).map(|(printed, unit)| (printed.unnamed(), unit));
    let printed = |claim: &Claim| claim.printed.as_deref().map(read);
    let own = printed(claim);
    let differing = of_fact.iter().filter(|other| other.id != claim.id && printed(other) != own);
    let ids: Vec<String> = differing.map(|other| other.id.clone()).collect();
    (!ids.is_empty()).then_some(VerdictRemark::Elsewhere(ids))
}

impl ClaimEvidence<'_> {
    fn answer(&self, assertion: &Assertion) -> Result<ClaimAnswer, Error> {
        match assertion {
            Assertion::Value { selector, printed, unit } => {
                let converted =
                    unit.map(|unit| converted::answer(self, selector, printed, unit)).transpose()?.flatten();
                converted.map_or_else(|| self.value(selector, printed), Ok)
            }
            Assertion::Count { what, of, printed, named } => {
                let counted = self.counted(what, of.as_ref());
                Ok(self.count(counted, printed.as_ref(), named.as_deref()))
            }
            Assertion::Compare { left, relation, right } => self.compare(left, *relation, right),
            Assertion::Ratio { left, right, printed } => self.ratio(left, right, *printed),
            Assertion::Between(between) => Ok(between::answer(self, between)),
            Assertion::Readings(several) => self.several(several, |verdicts| {
                let first = verdicts.first().copied().unwrap_or(Verdict::NotCountable);
                if verdicts.iter().all(|verdict| *verdict == first) { first } else { Verdict::Ambiguous }
            }),
            Assertion::Parts(several) => {
                self.several(several, |verdicts| verdicts.iter().copied().fold(Verdict::Agrees, worst))
            }
            Assertion::Figures(_) | Assertion::Nothing => {
                Ok(ClaimAnswer::new(Verdict::NotCountable, Given::Nothing, Vec::new()))
            }
        }
    }

    fn several(
        &self,
        several: &[(String, Assertion)],
        together: impl Fn(&[Verdict]) -> Verdict,
    ) -> Result<ClaimAnswer, Error> {
        let answered = several.iter().map(|(name, assertion)| Ok((name.clone(), self.answer(assertion)?)));
        let parts: Vec<(String, ClaimAnswer)> = answered.collect::<Result<_, Error>>()?;
        let verdicts: Vec<Verdict> = parts.iter().map(|(_, answer)| answer.verdict).collect();
        Ok(ClaimAnswer { parts, ..ClaimAnswer::new(together(&verdicts), Given::Nothing, Vec::new()) })
    }

    fn count(&self, counted: CaseCount, printed: Option<&Printed>, named: Option<&[String]>) -> ClaimAnswer {
        let of_number = printed.map(|printed| count::verdict(printed, &counted, PercentOf::All));
        // A printed text that is not a number of cases was refused when the file was read.
        let of_number = of_number.map(|judged| judged.unwrap_or((Verdict::NotCountable, Vec::new())));
        let (mut verdict, mut remarks) = of_number.unwrap_or((Verdict::Agrees, Vec::new()));
        if let Some((of_interval, remark)) = printed.and_then(|printed| interval(printed, (counted.n, counted.of))) {
            verdict = worst(verdict, of_interval);
            remarks.push(remark);
        }
        if let Some(named) = named {
            let (of_names, remark) = count::names(&counted, named);
            verdict = worst(verdict, of_names);
            remarks.extend(remark);
        }
        ClaimAnswer::new(verdict, Given::Cases(counted), remarks)
    }

    fn value(&self, selector: &Selector, printed: &Printed) -> Result<ClaimAnswer, Error> {
        // A bare number printed for a proportion is a proportion, not a number of cases.
        let is_bare_share =
            selector.statistic() == Some(Statistic::Proportion) && matches!(printed, Printed::Number(_));
        let level = self.level(selector);
        if let Some((counted, of)) = level.clone().filter(|_| !is_bare_share)
            && let Some((verdict, remarks)) = count::verdict(printed, &counted, of)
        {
            let answer = ClaimAnswer::new(verdict, Given::Cases(counted), remarks);
            return Ok(self.with_interval(answer, selector, printed));
        }
        let shares = share_figures(printed);
        if !shares.is_empty() && self.is_rate(selector) {
            let answer = self.figures(selector, vec![shares])?;
            return Ok(self.with_interval(answer, selector, printed));
        }
        if let Printed::PercentInterval(ends) = *printed {
            let limits = [(Statistic::ConfLow, ends.low), (Statistic::ConfHigh, ends.high)];
            let set = limits.map(|(limit, figure)| NamedFigure::percent(limit, figure)).to_vec();
            let answer = self.figures(selector, vec![set])?;
            return Ok(match self.share_of(selector).and_then(|share| interval(printed, share)) {
                Some((Verdict::Agrees, remark)) if answer.verdict == Verdict::Contradicts => {
                    ClaimAnswer { verdict: Verdict::Agrees, remarks: vec![remark], ..answer }
                }
                Some(_) | None => answer,
            });
        }
        let sets = figures(printed, selector.statistic());
        if let Some(remark) = self.other_level(printed) {
            return Ok(ClaimAnswer::new(Verdict::Undetermined, Given::Nothing, vec![remark]));
        }
        if !sets.is_empty() {
            return self.figures(selector, sets);
        }
        let row = selector.find(self.results)?;
        let (figure, is_percent) = match printed {
            Printed::Number(figure) => (*figure, false),
            Printed::Percent(figure) if is_share(row.statistic) => (*figure, true),
            Printed::Censored { comparator, figure } => {
                let verdict = bound(selector, row, (*comparator, *figure), self);
                return Ok(ClaimAnswer::new(verdict, Given::Values(vec![row.clone()]), Vec::new()));
            }
            _ => return Err(misfit(selector, printed)),
        };
        if is_share(row.statistic) && !is_percent && figure.value() > count::whole(1) {
            let message = format!("{} is a proportion in [0, 1], but {figure} is printed", selector.key);
            return Err(Error::usage_with(message, format!("write \"{figure} %\"")));
        }
        let (mut verdict, mut remarks) = FigureCheck { selector, row, figure, is_percent }.verdict(self);
        remarks.extend(self.fraction(selector, row, figure));
        if let Some((counted, _)) = level.filter(|_| is_bare_share && verdict == Verdict::Contradicts)
            && count::share_may_be(&counted, figure)
        {
            verdict = Verdict::Undetermined;
            remarks.extend(counted.silent.map(VerdictRemark::NotReported));
        }
        Ok(ClaimAnswer::new(verdict, Given::Values(vec![row.clone()]), remarks))
    }

    /// Figures that are printed together: all must agree in one of their possible meanings.
    fn figures(&self, selector: &Selector, sets: Vec<Vec<NamedFigure>>) -> Result<ClaimAnswer, Error> {
        let mut best: Option<ClaimAnswer> = None;
        let mut without: Option<Error> = None;
        for set in sets {
            let answer = match self.together(selector, set) {
                Ok(answer) => answer,
                Err(unknown) => {
                    without.get_or_insert(unknown);
                    continue;
                }
            };
            let is_better = best.as_ref().is_none_or(|best| worst(best.verdict, answer.verdict) != answer.verdict);
            if is_better {
                best = Some(answer);
            }
        }
        let none = || without.unwrap_or_else(|| Error::usage(format!("no printed number for {}", selector.key)));
        best.ok_or_else(none)
    }

    /// The answer to figures in one of their meanings.
    fn together(&self, selector: &Selector, set: Vec<NamedFigure>) -> Result<ClaimAnswer, Error> {
        let mut answer = ClaimAnswer::new(Verdict::Agrees, Given::Nothing, Vec::new());
        let mut rows = Vec::new();
        let of_both = mean_and_sd(&set).and_then(|both| missing::mean_and_sd(selector, both, self));
        for named in set {
            let selector = selector.of(named.statistic);
            let row = selector.find(self.results)?;
            let (verdict, remarks) = self.figure(&selector, row, named);
            answer.verdict = worst(answer.verdict, verdict);
            answer.remarks.extend(remarks);
            answer.remarks.extend(self.fraction(&selector, row, named.printed.figure));
            rows.push(row.clone());
        }
        if let Some(remark) = of_both.filter(|_| answer.verdict == Verdict::Undetermined) {
            answer.verdict = Verdict::Contradicts;
            answer.remarks.push(remark);
        }
        answer.given = Given::Values(rows);
        Ok(answer)
    }

    /// True for a response rate, whose cases no condition selects.
    fn is_rate(&self, selector: &Selector) -> bool {
        let is_share =
            matches!(selector.statistic(), None | Some(Statistic::Proportion | Statistic::Cases | Statistic::N));
        is_share && self.find(&selector.sibling(Statistic::Proportion)).is_some_and(|row| row.rate.is_some())
    }

    fn figure(&self, selector: &Selector, row: &ResultRow, named: NamedFigure) -> (Verdict, Vec<VerdictRemark>) {
        let BoundedFigure { comparator, figure } = named.printed;
        match comparator {
            Some(comparator) => (bound(selector, row, (comparator, figure), self), Vec::new()),
            None => FigureCheck { selector, row, figure, is_percent: named.is_percent }.verdict(self),
        }
    }

    /// Why the limits of a mean or a median cannot be compared: they are of another level than those of the records.
    fn other_level(&self, printed: &Printed) -> Option<VerdictRemark> {
        let (Printed::WithInterval { ends, .. } | Printed::Interval(ends)) = printed else { return None };
        let Spread::Confidence(Some(level)) = ends.spread else { return None };
        let own = (100.0 * self.options.conf_level).round();
        ((level.exact().to_f64() - own).abs() > 0.5).then(|| {
            VerdictRemark::NotEstimable(format!("the interval is of {level} %, those of the records are of {own} %"))
        })
    }

    /// The answer with the verdict on the interval that is printed beside a share, if there is one.
    fn with_interval(&self, mut answer: ClaimAnswer, selector: &Selector, printed: &Printed) -> ClaimAnswer {
        let share = self.share_of(selector);
        if let Some((verdict, remark)) = share.and_then(|share| interval(printed, share)) {
            answer.verdict = worst(answer.verdict, verdict);
            answer.remarks.push(remark);
        }
        answer
    }

    /// The remark that a mean is impossible for whole numbers, where the records have other values. Only several ages
    /// in years are taken for whole: a laboratory value is not, nor is the mean of one value.
    fn fraction(&self, selector: &Selector, row: &ResultRow, figure: Figure) -> Option<VerdictRemark> {
        let in_years = |variable: &Variable| {
            let unit = variable.unit.as_deref().map_or(Some(TimeUnit::Years), TimeUnit::of_word);
            variable.role == Role::Age && unit == Some(TimeUnit::Years)
        };
        self.variable(selector).filter(|variable| in_years(variable))?;
        let Some(Value::Count(n)) =
            (row.statistic == Statistic::Mean).then(|| self.find(&selector.sibling(Statistic::N)))?.map(|n| &n.value)
        else {
            return None;
        };
        if *n < 2 {
            return None;
        }
        let fractions = self.evidence(EvidenceCondition::NotWhole, selector).map(|judged| judged.holds.clone())?;
        let judgement = grim::judge(figure, *n, Granularity::WHOLE);
        let needs = judgement.consistency == Consistency::Inconsistent && fractions.cases > 0;
        needs.then_some(VerdictRemark::NeedsFraction(judgement, fractions))
    }

    fn compare(&self, left: &Selector, relation: Relation, right: &Selector) -> Result<ClaimAnswer, Error> {
        let (one, other) = (left.find(self.results)?, right.find(self.results)?);
        let number = |row: &ResultRow| ratio(&row.value).ok_or_else(|| row.key.clone());
        let given = Given::Compared(Box::new(one.clone()), Box::new(other.clone()));
        let (verdict, remarks) = match (number(one), number(other)) {
            (Ok(one), Ok(other)) => (self.of_relation((left, one), relation, (right, other)), Vec::new()),
            (Err(key), _) | (_, Err(key)) => {
                (Verdict::Undetermined, vec![VerdictRemark::NotEstimable(format!("{key} has no number"))])
            }
        };
        Ok(ClaimAnswer::new(verdict, given, remarks))
    }

    fn ratio(&self, left: &Selector, right: &Selector, printed: (Figure, Figure)) -> Result<ClaimAnswer, Error> {
        let (one, other) = (left.find(self.results)?, right.find(self.results)?);
        let ends = |selector: &Selector, row: &ResultRow| {
            let value = ratio(&row.value)?;
            Some(PossibleValue { possible: self.possible(selector, value.clone()), value })
        };
        let verdict = match (ends(left, one), ends(right, other)) {
            (Some(one), Some(other)) => printed_ratio::verdict(printed, &one, &other),
            (None, _) | (_, None) => Verdict::Undetermined,
        };
        let given = Given::Compared(Box::new(one.clone()), Box::new(other.clone()));
        Ok(ClaimAnswer::new(verdict, given, Vec::new()))
    }

    /// The verdict on a relation. If it is false in the records, it is undetermined where the cases that
    /// do not report could make it true.
    fn of_relation(
        &self,
        (left, one): (&Selector, BigRational),
        relation: Relation,
        (right, other): (&Selector, BigRational),
    ) -> Verdict {
        if relation.holds(&one, &other) {
            return Verdict::Agrees;
        }
        let (Some(one), Some(other)) = (self.possible(left, one), self.possible(right, other)) else {
            return Verdict::Undetermined;
        };
        let could = match relation {
            Relation::Less | Relation::AtMost => relation.holds(&one.0, &other.1),
            Relation::More | Relation::AtLeast => relation.holds(&one.1, &other.0),
            Relation::Equal => one.0 <= other.1 && other.0 <= one.1,
        };
        if could { Verdict::Undetermined } else { Verdict::Contradicts }
    }

    /// The least and the greatest value of a number, if all cases reported it. None where there is no such limit.
    fn possible(&self, selector: &Selector, number: BigRational) -> Option<(BigRational, BigRational)> {
        match self.level(selector) {
            Some((counted, _)) if selector.statistic() != Some(Statistic::Proportion) => {
                let doubtful = counted.doubtful.saturating_add(counted.of_doubtful);
                let most = counted.n.saturating_add(counted.unknown).saturating_add(doubtful);
                Some((count::whole(counted.n.saturating_sub(doubtful)), count::whole(most)))
            }
            Some((counted, _)) if counted.unknown > 0 || counted.doubtful > 0 || counted.of_doubtful > 0 => {
                Some((count::whole(0), count::whole(1)))
            }
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

/// The verdict on the interval beside a share: that of the printed cases, else that of those in the records.
fn interval(printed: &Printed, share: (u64, u64)) -> Option<(Verdict, VerdictRemark)> {
    let ends = of_share(printed)?;
    let (n, of) = match *printed {
        Printed::OfN { n, of, .. } => (n, of),
        _ => share,
    };
    Some(share_interval::judged(n, of, ends))
}

fn misfit(selector: &Selector, printed: &Printed) -> Error {
    let message = format!("'{printed}' cannot be compared with {}", selector.key);
    Error::usage_with(message, "give its printed number, or select the level or variable that is meant")
}
