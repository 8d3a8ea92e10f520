//! Two records that may be one patient.

use super::item::Items;
use super::ledger::Ledger;
use super::seen::{Found, Seen};
use super::{Rule, Severity};
use crate::cohort::case::CaseColumn;
use crate::diagnostic::{Finding, SourceLocation, quoted};
use crate::schema::lexical::fold;
use crate::tally::Cohort;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// More cases than this are not compared.
const MOST_CASES: u64 = 10_000;
/// Neighbours compared in each order.
const NEIGHBOURS: usize = 3;
/// Fields that both report and that agree, of all they both report: at least so many in a hundred.
const AGREEING: usize = 90;
/// Pairs that agree so much by chance are expected in fewer than one of so many series.
const ONE_OF: f64 = 100.0;

/// One case: where it stands, and the number of the text of each field; 0 where it is not reported.
struct Record {
    location: SourceLocation,
    id: String,
    texts: Vec<u32>,
}

/// The cases of a series that is not too large.
///
/// Formula: fields that agree count log2(1/p) bits, p the share of the cases that report the same text; a pair is
/// one patient, perhaps, beyond log2(100 · n (n - 1) / 2) bits, where nine of ten fields that both report agree.
/// Cases are sorted by their fields, beginning with each field in turn, and neighbours are compared.
/// Reference: Fellegi and Sunter 1969, doi:10.1080/01621459.1969.10501049; Hernández and Stolfo 1995,
/// doi:10.1145/568271.223807 (sorted neighbourhood).
pub struct NearDuplicates<'a> {
    columns: Vec<CaseColumn<'a>>,
    is_run: bool,
    cases: u64,
    numbers: Vec<FxHashMap<String, u32>>,
    /// How often each text of each field is met, by its number.
    counts: Vec<Vec<u64>>,
    records: Vec<Record>,
}

impl<'a> NearDuplicates<'a> {
    /// For the columns of a cohort that do not name a case or a person.
    pub fn new(cohort: &Cohort, found: &Found<'a>) -> NearDuplicates<'a> {
        let columns: Vec<CaseColumn<'a>> = found.all().filter(|column| !column.variable().is_withheld()).collect();
        NearDuplicates {
            is_run: cohort.cases <= MOST_CASES,
            cases: cohort.cases,
            numbers: columns.iter().map(|_| FxHashMap::default()).collect(),
            counts: columns.iter().map(|_| vec![0]).collect(),
            columns,
            records: Vec::new(),
        }
    }

    /// The bits by which two records agree; none where too many fields differ.
    fn agreement(&self, one: &Record, other: &Record) -> Option<f64> {
        let (mut both, mut agree, mut bits) = (0_usize, 0_usize, 0.0);
        for ((a, b), counts) in one.texts.iter().zip(&other.texts).zip(&self.counts) {
            if *a == 0 || *b == 0 {
                continue;
            }
            both = both.saturating_add(1);
            if a == b {
                agree = agree.saturating_add(1);
                let known: u64 = counts.iter().skip(1).copied().fold(0, u64::saturating_add);
                let same = counts.get(*a as usize).copied().unwrap_or(1);
                bits += (known as f64 / same.max(1) as f64).log2();
            }
        }
        (agree.saturating_mul(100) >= both.saturating_mul(AGREEING)).then_some(bits)
    }

    /// The pairs of records that may be one patient, the earlier of them first.
    fn pairs(&self) -> BTreeSet<(usize, usize)> {
        let n = self.records.len() as f64;
        let least = (ONE_OF * n * (n - 1.0) / 2.0).log2();
        let mut pairs = BTreeSet::new();
        for first in 0..self.columns.len() {
            let mut order: Vec<(usize, &Record)> = self.records.iter().enumerate().collect();
            order.sort_by(|(_, a), (_, b)| rotated(a, first).cmp(rotated(b, first)));
            for (number, (one, record)) in order.iter().enumerate() {
                for (other, neighbour) in order.iter().skip(number.saturating_add(1)).take(NEIGHBOURS) {
                    let pair = ((*one).min(*other), (*one).max(*other));
                    if !pairs.contains(&pair) && self.agreement(record, neighbour).is_some_and(|bits| bits > least) {
                        pairs.insert(pair);
                    }
                }
            }
        }
        pairs
    }

    /// How many fields both report, and the names of those that differ.
    fn compared(&self, one: &Record, other: &Record) -> (usize, Vec<&str>) {
        let texts = one.texts.iter().zip(&other.texts).zip(&self.columns);
        let both: Vec<_> = texts.filter(|((a, b), _)| **a != 0 && **b != 0).collect();
        let differ = both.iter().filter(|((a, b), _)| a != b).map(|(_, column)| column.variable().header.as_str());
        (both.len(), differ.collect())
    }
}

/// The fields of a record, beginning with one of them.
fn rotated(record: &Record, first: usize) -> impl Iterator<Item = &u32> {
    let (before, from) = record.texts.split_at_checked(first).unwrap_or_default();
    from.iter().chain(before)
}

impl Rule for NearDuplicates<'_> {
    fn look(&mut self, case: &Seen<'_>, _: &mut Ledger<'_>) {
        if !self.is_run {
            return;
        }
        let mut texts = Vec::with_capacity(self.columns.len());
        for ((column, numbers), counts) in self.columns.iter().zip(&mut self.numbers).zip(&mut self.counts) {
            if !case.reports(column) {
                texts.push(0);
                continue;
            }
            let next = u32::try_from(counts.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(fold(&case.case.text(column.column))).or_insert(next);
            match counts.get_mut(number as usize) {
                Some(count) => *count = count.saturating_add(1),
                None => counts.push(1),
            }
            texts.push(number);
        }
        let location = case.case.location("").without_column();
        self.records.push(Record { location, id: case.case.id(), texts });
    }

    fn conclude(self: Box<Self>, ledger: &mut Ledger<'_>, _: &mut Items) {
        const ID: &str = "near-duplicate-cases";
        if !self.is_run {
            let message = format!(
                "not run: {} cases are more than the {MOST_CASES} that are compared with one another",
                self.cases
            );
            let remedy = "validate a part of them: --where";
            ledger.add(Finding::new("near-duplicate-cases-not-run", Severity::Note, message).remedy(remedy));
            return;
        }
        for (one, other) in self.pairs() {
            let (Some(one), Some(other)) = (self.records.get(one), self.records.get(other)) else { continue };
            let (both, differ) = self.compared(one, other);
            let agree = both.saturating_sub(differ.len());
            let but = if differ.is_empty() { String::new() } else { format!("; other: {}", differ.join(", ")) };
            let message = format!("{agree} of {both} reported fields are those of case {}{but}", quoted(&one.id));
            let remedy = "if both are one patient, keep one record; if not, accept the finding in the schema";
            ledger.add(Finding::new(ID, Severity::Warning, message).at(other.location.clone()).remedy(remedy));
        }
    }
}
