//! Arithmetic between printed rows: what overall less the groups, sums beside means, and differences give back.
use crate::analyze::disclosure::suppress;
use crate::analyze::results::{ResultRow, Results, Value};
use crate::analyze::statistic::{Discloses, Statistic};
use crate::analyze::{Comparisons, Options, summarize};
use crate::read::Inputs;
use crate::schema::decide::Forced;
use crate::schema::{Kind, Role};
use crate::tally::{Cohort, Settings, read_cohort};
use proptest::prelude::*;

const SEXES: [&str; 3] = ["female", "male", ""];

/// A case: the index of its sex among [`SEXES`], and its age in tenths of a year.
type PlainCase = (usize, u32);

fn cohort(cases: &[PlainCase], deidentify: bool) -> Cohort {
    let rows = cases.iter().enumerate().map(|(number, (sex, tenths))| {
        let decimal = if tenths % 10 == 0 { String::new() } else { format!(".{}", tenths % 10) };
        format!("P{number},{},{}{decimal}\n", SEXES[*sex], tenths / 10)
    });
    let text = format!("case_id,sex,age\n{}", rows.collect::<String>());
    let inputs = Inputs::embedded("cases.csv", Box::leak(text.into_boxed_str())).expect("readable");
    let forced = |role, kind| Forced { role: Some(role), kind: Some(kind), ..Forced::default() };
    let settings = Settings {
        threads: Some(1),
        deidentify,
        forced: [("sex", forced(Role::Sex, Kind::Category)), ("age", forced(Role::Age, Kind::Number))]
            .map(|(name, forced)| (name.to_owned(), forced))
            .into(),
        by: vec!["sex".to_owned()],
        ..Settings::default()
    };
    read_cohort(&inputs, &settings).expect("no error")
}

/// Every statistic there is, and every comparison.
fn everything() -> Options {
    let comparisons = Comparisons { tests: true, differences: true, smd: true, ..Comparisons::default() };
    let on_request = Statistic::all().filter(|statistic| statistic.is_on_request()).collect();
    Options { comparisons, on_request, ..Options::default() }
}

fn cases(tenths: std::ops::Range<u32>) -> impl Strategy<Value = Vec<PlainCase>> {
    prop::collection::vec((0..SEXES.len(), tenths), 1..9)
}

/// The same cases; each age over 89 becomes another one.
fn with_other_old_ages(cases: &[PlainCase], other: &[u32]) -> Vec<PlainCase> {
    let replaced = |((sex, age), other): (&PlainCase, &u32)| (*sex, if *age > 890 { *other } else { *age });
    cases.iter().zip(other.iter().cycle()).map(replaced).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// If the results are the same for all ages over 89, no arithmetic on them can give one back.
    #[test]
    fn no_result_depends_on_how_far_an_age_is_over_89(
        cases in cases(850..1100),
        other in prop::collection::vec(891u32..1190, 1..9),
    ) {
        let of = |cases: &[PlainCase]| summarize(&cohort(cases, true), &everything()).0;
        let (results, others) = (of(&cases), of(&with_other_old_ages(&cases, &other)));
        prop_assert_eq!(&results, &others);
        let is_old = |row: &&ResultRow| {
            let is_age = matches!(row.statistic.discloses(), Discloses::OneValue | Discloses::Rank | Discloses::Quantile(_))
                && !matches!(row.statistic, Statistic::InterquartileRange | Statistic::MedianDeviation);
            is_age && row.variable.as_deref() == Some("age") && number(&row.value).is_some_and(|age| age > 89.0)
        };
        let old: Vec<&str> = results.iter().filter(is_old).map(|row| row.key.as_str()).collect();
        prop_assert!(old.is_empty(), "{old:?}");
    }

    /// No sum and no sum of squares of the ages of few cases follows from what is printed.
    #[test]
    fn no_moment_of_few_cases_follows_from_those_printed(cases in cases(20..800), k in 2u64..6) {
        let cohort = cohort(&cases, false);
        let options = Options { suppress_below: Some(k), ..everything() };
        let shown = suppress(summarize(&cohort, &options).0, &cohort, &options, k).results;
        let sizes: Vec<u64> = (0..SEXES.len()).map(|sex| cases.iter().filter(|case| case.0 == sex).count() as u64).collect();
        let known = KnownSums::of(&shown, &sizes);
        for few in subsets().filter(|subset| (1..k.max(3)).contains(&total(subset, &sizes))) {
            prop_assert!(!spans(&known.sums, &few), "the sum of {few:?} of {sizes:?}, K = {k}");
            prop_assert!(!spans(&known.squares, &few), "the squares of {few:?} of {sizes:?}, K = {k}");
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Exact(value) => Some(value.to_f64()),
        Value::Real(value) => Some(*value),
        Value::Count(_) | Value::Date(_) | Value::Censored(..) | Value::NotEstimable(_) | Value::Masked => None,
    }
}

/// The groups of a sum, one weight a sex.
type Weights = [f64; 3];

/// Every set of groups.
fn subsets() -> impl Iterator<Item = Weights> {
    (1u8..8).map(|bits| [0, 1, 2].map(|at| f64::from(bits >> at & 1)))
}

fn total(subset: &Weights, sizes: &[u64]) -> u64 {
    subset.iter().zip(sizes).filter(|(weight, _)| **weight > 0.0).map(|(_, size)| size).sum()
}

/// The sums over groups that a reader knows who knows the size of each group.
struct KnownSums {
    sums: Vec<Weights>,
    squares: Vec<Weights>,
}

impl KnownSums {
    fn of(shown: &Results, sizes: &[u64]) -> KnownSums {
        let mut known = KnownSums { sums: Vec::new(), squares: Vec::new() };
        let columns = [("", [1.0; 3]), (" | sex = 'female'", [1.0, 0.0, 0.0]), (" | sex = 'male'", [0.0, 1.0, 0.0])];
        for (condition, groups) in columns.into_iter().chain([(" | sex IS NULL", [0.0, 0.0, 1.0])]) {
            let is_shown = |statistic: Statistic| {
                shown.get(&format!("age.{statistic}{condition}")).is_some_and(|row| number(&row.value).is_some())
            };
            let spreads = [Statistic::Sd, Statistic::Variance, Statistic::StandardError].into_iter().any(is_shown);
            let by_limits = is_shown(Statistic::MeanLow) && is_shown(Statistic::MeanHigh);
            let has_cv = is_shown(Statistic::CoefficientOfVariation);
            let has_mean = is_shown(Statistic::Mean) || is_shown(Statistic::Sum) || by_limits || (spreads && has_cv);
            known.sums.extend(has_mean.then_some(groups));
            known.squares.extend((has_mean && (spreads || by_limits || has_cv)).then_some(groups));
        }
        let difference = shown.get("age.difference").is_some_and(|row| number(&row.value).is_some());
        let per_case = |at: usize| sizes.get(at).map_or(0.0, |size| 1.0 / *size as f64);
        known.sums.extend(difference.then(|| [per_case(0), -per_case(1), 0.0]));
        known
    }
}

/// True where a sum follows from the known ones: it is a combination of them.
fn spans(known: &[Weights], wanted: &Weights) -> bool {
    rank(known.to_vec()) == rank([known, &[*wanted]].concat())
}

/// Rank by elimination; the weights are small fractions.
fn rank(mut rows: Vec<Weights>) -> usize {
    let mut rank = 0;
    for column in 0..3 {
        let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column].abs() > 1e-9) else { continue };
        rows.swap(rank, pivot);
        let by = rows[rank];
        for row in rows.iter_mut().skip(rank + 1) {
            let factor = row[column] / by[column];
            row.iter_mut().zip(by).for_each(|(cell, of)| *cell -= factor * of);
        }
        rank += 1;
    }
    rank
}

#[test]
fn the_attack_would_see_a_leak() {
    let known = vec![[1.0, 1.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    assert!(spans(&known, &[1.0, 0.0, 0.0]), "overall less the other groups");
    assert!(spans(&[[0.5, -0.25, 0.0], [0.0, 1.0, 0.0]], &[1.0, 0.0, 0.0]), "a mean by the difference");
    assert!(!spans(&known[1..], &[1.0, 0.0, 0.0]), "nothing tells it");
}
