//! Shares against a reference: `--against 'best_response=0.2'`.

use crate::analyze::results::{Rate, ResultRow, Results};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::analyze::{Options, Percent, ShareAgainst, of_all_cases};
use crate::decimal::{Decimal, Exact};
use crate::error::Error;
use crate::tally::Cohort;
use num_bigint::BigInt;

/// The shares that are compared, once the variables and levels are known.
///
/// Errors: a text that is not a key and a share, a key of no share, a key that is named twice.
pub(super) fn resolve(texts: &[String], cohort: &Cohort, options: &Options) -> Result<Vec<ShareAgainst>, Error> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    if options.percent != Percent::Column {
        let message = "--against compares shares of the cases of a column, and --percent asks for others";
        return Err(Error::usage_with(message, "leave out --percent"));
    }
    let results = of_all_cases(cohort, options);
    let mut all: Vec<ShareAgainst> = Vec::new();
    for text in texts {
        let against = one(text, &results)?;
        if all.iter().any(|known| (&known.variable, &known.level, known.rate) == key_of(&against)) {
            return Err(Error::usage_with(
                format!("'{text}' compares a share a second time (--against)"),
                "name each share once",
            ));
        }
        all.push(against);
    }
    Ok(all)
}

fn key_of(against: &ShareAgainst) -> (&String, &Option<String>, Option<Rate>) {
    (&against.variable, &against.level, against.rate)
}

fn one(text: &str, results: &Results) -> Result<ShareAgainst, Error> {
    let not_valid = || {
        let message = format!("'{text}' is not a share and its reference (--against)");
        let remedy = "write --against 'best_response=0.2' or 'etiology[idiopathic]=20%': a share between 0 and 1";
        Error::usage_with(message, remedy)
    };
    let (key, share) = text.rsplit_once('=').ok_or_else(not_valid)?;
    let reference = reference(share.trim()).ok_or_else(not_valid)?;
    let selector = Selector::parse(key).map_err(|fault| fault.within("--against"))?;
    if selector.condition.is_some() {
        let message = format!("'{text}' has a condition (--against)");
        return Err(Error::usage_with(message, "choose the cases with --where"));
    }
    let row = row(&selector, results).map_err(|fault| fault.within("--against"))?;
    let (Some(variable), Statistic::Proportion) = (&row.variable, row.statistic) else {
        return Err(Error::usage_with(
            format!("'{key}' is not a share of cases (--against)"),
            "name a share, such as 'sex[female]=0.5'",
        ));
    };
    Ok(ShareAgainst { variable: variable.clone(), level: row.level.clone(), rate: row.rate, reference })
}

/// The row of a share: named with or without `.p`, with a rate or the first one, of yes where no level is named.
fn row<'r>(selector: &Selector, results: &'r Results) -> Result<&'r ResultRow, Error> {
    if selector.statistic().is_some() {
        return selector.find(results);
    }
    let (base, rate) = selector.key.split_at(selector.key.rfind('(').unwrap_or(selector.key.len()));
    let share = |level: &str| results.get(&format!("{base}{level}.{}{rate}", Statistic::Proportion));
    let found = share("").or_else(|| share("[yes]")).or_else(|| share("[1]"));
    let of_responses = || results.get(&format!("{base}.{}(responders/cases)", Statistic::Proportion));
    found.or_else(of_responses).map_or_else(|| selector.of(Statistic::Proportion).find(results), Ok)
}

/// A percentage as a share, which has two decimals more.
fn hundredth(percent: Decimal) -> Option<Decimal> {
    let share = percent.to_ratio() / BigInt::from(100);
    Decimal::parse(&Exact::Ratio(share).rounded(MOST_DECIMALS)).ok().map(Decimal::normalised)
}

/// Decimals of a share that is stated as a percentage.
const MOST_DECIMALS: u32 = 12;

/// `0.2` or `20%`, between 0 and 1.
fn reference(text: &str) -> Option<Decimal> {
    let one = Decimal::from_int(1);
    let share = match text.strip_suffix('%') {
        None => Decimal::parse(text).ok()?,
        Some(percent) => hundredth(Decimal::parse(percent.trim()).ok()?)?,
    };
    (share > Decimal::from_int(0) && share < one).then_some(share)
}
