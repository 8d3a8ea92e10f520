//! Pairs of records that may be the same patient.

use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::item::Check;
use super::item::Conclusions;
use super::rule::ValidationRule;
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::diagnostic::{SourceLocation, quoted};
use crate::schema::lexical::fold;
use crate::tally::Cohort;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Above this number of cases the comparison is not run.
const MOST_CASES: u64 = 10_000;
/// Each record is compared with this many neighbours in each sort order.
const NEIGHBOURS: usize = 3;
/// Least percentage of the fields reported by both records that must agree.
const AGREEING: usize = 90;
/// A pair is reported if such agreement by chance is expected in fewer than one series in this many.
const ONE_OF: f64 = 100.0;

/// One case with its fields, each text replaced by its number; 0 where it is not reported.
struct ComparedCase {
    location: SourceLocation,
    id: String,
    texts: Vec<u32>,
}

/// Compares the cases of a series that is not too large.
///
/// Formula: a field that agrees counts log2(1/p) bits, p being the share of the cases with the same text. A pair
/// is reported above log2(100 · n (n - 1) / 2) bits if nine of ten fields that both report agree.
/// The cases are sorted by their fields, beginning with each field in turn, and by their ids, and neighbours are
/// compared.
/// Reference: Fellegi and Sunter 1969, doi:10.1080/01621459.1969.10501049; Hernández and Stolfo 1995,
/// doi:10.1145/568271.223807 (sorted neighbourhood).
pub struct NearDuplicates<'a> {
    columns: Vec<CaseColumn<'a>>,
    is_run: bool,
    cases: u64,
    numbers: Vec<FxHashMap<String, u32>>,
    /// How often each text of each field occurs, by its number.
    counts: Vec<Vec<u64>>,
    records: Vec<ComparedCase>,
}

impl<'a> NearDuplicates<'a> {
    /// For the columns that identify neither a case nor a person.
    pub fn new(cohort: &Cohort, lookup: &ColumnLookup<'a>) -> NearDuplicates<'a> {
        let columns: Vec<CaseColumn<'a>> = lookup.all().filter(|column| !column.variable().is_withheld()).collect();
        NearDuplicates {
            is_run: cohort.cases <= MOST_CASES,
            cases: cohort.cases,
            numbers: columns.iter().map(|_| FxHashMap::default()).collect(),
            counts: columns.iter().map(|_| vec![0]).collect(),
            columns,
            records: Vec::new(),
        }
    }

    /// The bits by which two records agree. None where too many fields differ.
    fn agreement(&self, one: &ComparedCase, other: &ComparedCase) -> Option<f64> {
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

    /// The records that may be an earlier one, each with the earlier record that it shares most with; of those that it
    /// shares as much with, the one whose id begins most like its own.
    fn pairs(&self) -> BTreeMap<usize, usize> {
        let n = self.records.len() as f64;
        let least = (ONE_OF * n * (n - 1.0) / 2.0).log2();
        let mut best: BTreeMap<usize, (f64, usize, usize)> = BTreeMap::new();
        for (earlier, later) in self.candidates() {
            let (Some(one), Some(other)) = (self.records.get(earlier), self.records.get(later)) else { continue };
            let Some(bits) = self.agreement(one, other).filter(|bits| *bits > least) else { continue };
            let kinship = common_beginning(&one.id, &other.id);
            let is_better =
                |(known, kin, _): &(f64, usize, usize)| bits.total_cmp(known).then(kinship.cmp(kin)).is_gt();
            if best.get(&later).is_none_or(is_better) {
                best.insert(later, (bits, kinship, earlier));
            }
        }
        best.into_iter().map(|(later, (_, _, earlier))| (later, earlier)).collect()
    }

    /// The pairs that are compared: neighbours in the order of each field, and in that of the ids.
    fn candidates(&self) -> BTreeSet<(usize, usize)> {
        let mut pairs = BTreeSet::new();
        let mut add = |order: Vec<(usize, &ComparedCase)>| {
            for (number, (one, _)) in order.iter().enumerate() {
                let neighbours = order.iter().skip(number.saturating_add(1)).take(NEIGHBOURS);
                pairs.extend(neighbours.map(|(other, _)| ((*one).min(*other), (*one).max(*other))));
            }
        };
        let all = || self.records.iter().enumerate().collect::<Vec<(usize, &ComparedCase)>>();
        for first in 0..self.columns.len() {
            let mut order = all();
            order.sort_by(|(_, a), (_, b)| rotated(a, first).cmp(rotated(b, first)));
            add(order);
        }
        let mut order = all();
        order.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
        add(order);
        pairs
    }

    /// The number of fields that both report, and the names of those that differ.
    fn compared(&self, one: &ComparedCase, other: &ComparedCase) -> (usize, Vec<&str>) {
        let texts = one.texts.iter().zip(&other.texts).zip(&self.columns);
        let both: Vec<_> = texts.filter(|((a, b), _)| **a != 0 && **b != 0).collect();
        let differ = both.iter().filter(|((a, b), _)| a != b).map(|(_, column)| column.variable().header.as_str());
        (both.len(), differ.collect())
    }
}

/// How many characters two ids begin with in common.
fn common_beginning(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// The fields of a record, beginning with one of them.
fn rotated(record: &ComparedCase, first: usize) -> impl Iterator<Item = &u32> {
    let (before, from) = record.texts.split_at_checked(first).unwrap_or_default();
    from.iter().chain(before)
}

impl ValidationRule for NearDuplicates<'_> {
    fn look(&mut self, case: &CaseView<'_>, _: &mut FindingSink<'_>) {
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
        self.records.push(ComparedCase { location, id: case.case.id(), texts });
    }

    fn conclude(self: Box<Self>, sink: &mut FindingSink<'_>, _: &mut Conclusions) {
        if !self.is_run {
            let message =
                format!("search for duplicate cases not run: {} cases, at most {MOST_CASES} are compared", self.cases);
            let remedy = "validate a part of the cases with --where";
            sink.add(Check::NearDuplicateCasesNotRun.finding(message).remedy(remedy));
            return;
        }
        for (later, earlier) in self.pairs() {
            let (Some(one), Some(other)) = (self.records.get(earlier), self.records.get(later)) else { continue };
            let (both, differ) = self.compared(one, other);
            let agree = both.saturating_sub(differ.len());
            let differing =
                if differ.is_empty() { String::new() } else { format!("; different: {}", differ.join(", ")) };
            let message =
                format!("{agree} of {both} reported fields are the same as in case {}{differing}", quoted(&one.id));
            let remedy = "if both are the same patient, keep one record; if not, accept the finding in the schema";
            sink.add(Check::NearDuplicateCases.finding(message).at(other.location.clone()).remedy(remedy));
        }
    }
}
