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
use std::collections::BTreeMap;
use std::ops::Add as _;

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

    /// The bits by which two records agree, those of each field by the number of its text. None where too many fields
    /// differ.
    fn agreement(&self, one: &ComparedCase, other: &ComparedCase, bits: &[Vec<f64>]) -> Option<f64> {
        if !mostly_agree(&one.texts, &other.texts) {
            return None;
        }
        let same = one.texts.iter().zip(&other.texts).zip(bits).filter(|((a, b), _)| a == b && **a != 0);
        Some(same.map(|((text, _), bits)| bits.get(*text as usize).copied().unwrap_or(0.0)).fold(0.0, f64::add))
    }

    /// The bits of each text of each field, by its number: a logarithm for each pair of records would take most of the time.
    fn bits(&self) -> Vec<Vec<f64>> {
        let of_field = |counts: &Vec<u64>| {
            let known: u64 = counts.iter().skip(1).copied().fold(0, u64::saturating_add);
            counts.iter().map(|same| (known as f64 / (*same).max(1) as f64).log2()).collect()
        };
        self.counts.iter().map(of_field).collect()
    }

    /// The records that may be an earlier one, each with the earlier record that it shares most with; of those that it
    /// shares as much with, the one whose id begins most like its own.
    fn pairs(&self) -> BTreeMap<usize, usize> {
        let n = self.records.len() as f64;
        let (least, bits) = ((ONE_OF * n * (n - 1.0) / 2.0).log2(), self.bits());
        let mut best: BTreeMap<usize, Likeness> = BTreeMap::new();
        self.each_candidate(|earlier, later| {
            // Two records that are alike are neighbours in most orders.
            if best.get(&later).is_some_and(|known| known.earlier == earlier) {
                return;
            }
            let (Some(one), Some(other)) = (self.records.get(earlier), self.records.get(later)) else { return };
            let Some(bits) = self.agreement(one, other, &bits).filter(|bits| *bits > least) else { return };
            let found = Likeness { bits, kinship: common_beginning(&one.id, &other.id), earlier };
            if best.get(&later).is_none_or(|known| found.exceeds(known)) {
                best.insert(later, found);
            }
        });
        best.into_iter().map(|(later, found)| (later, found.earlier)).collect()
    }

    /// Calls `compare` with the pairs that are compared, some of them several times: neighbours in the order of each
    /// field, and in that of the ids.
    fn each_candidate(&self, mut compare: impl FnMut(usize, usize)) {
        let mut order: Vec<(usize, &ComparedCase)> = self.records.iter().enumerate().collect();
        let mut each = |order: &[(usize, &ComparedCase)]| {
            for (number, (one, _)) in order.iter().enumerate() {
                let neighbours = order.iter().skip(number.saturating_add(1)).take(NEIGHBOURS);
                neighbours.for_each(|(other, _)| compare((*one).min(*other), (*one).max(*other)));
            }
        };
        for first in 0..self.counts.len() {
            order.sort_by(|(at, a), (to, b)| rotated(&a.texts, first).cmp(&rotated(&b.texts, first)).then(at.cmp(to)));
            each(&order);
        }
        order.sort_by(|(at, a), (to, b)| a.id.cmp(&b.id).then(at.cmp(to)));
        each(&order);
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
fn rotated(texts: &[u32], first: usize) -> (&[u32], &[u32]) {
    let (before, from) = texts.split_at_checked(first).unwrap_or_default();
    (from, before)
}

/// True where nine of ten fields that both records report are the same.
fn mostly_agree(one: &[u32], other: &[u32]) -> bool {
    const FIELDS: usize = 64;
    let is_enough = |differ: usize, of: usize| differ.saturating_mul(100) <= of.saturating_mul(100 - AGREEING);
    let (mut both, mut differ) = (0_usize, 0_usize);
    for (some, others) in one.chunks(FIELDS).zip(other.chunks(FIELDS)) {
        // Without a branch, so that many fields are compared at a time.
        for (a, b) in some.iter().zip(others) {
            let is_known = *a != 0 && *b != 0;
            both = both.wrapping_add(usize::from(is_known));
            differ = differ.wrapping_add(usize::from(is_known & (a != b)));
        }
        // Nearly all pairs end here: too many differ even if all other fields agree.
        if !is_enough(differ, one.len()) {
            return false;
        }
    }
    is_enough(differ, both)
}

/// How much a record shares with an earlier one.
struct Likeness {
    bits: f64,
    kinship: usize,
    earlier: usize,
}

impl Likeness {
    /// The earliest of several with the same bits and kinship is taken.
    fn exceeds(&self, other: &Likeness) -> bool {
        let order = self.bits.total_cmp(&other.bits).then(self.kinship.cmp(&other.kinship));
        order.then(other.earlier.cmp(&self.earlier)).is_gt()
    }
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

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Records with these texts, and with short ids.
    fn compared(rows: &[Vec<u32>]) -> NearDuplicates<'static> {
        let width = rows.first().map_or(0, Vec::len);
        let counts = (0..width).map(|field| {
            let count = |text: u32| rows.iter().filter(|row| row[field] == text).count() as u64;
            (0..9).map(count).collect()
        });
        let record = |(at, texts): (usize, &Vec<u32>)| ComparedCase {
            location: SourceLocation::default(),
            id: format!("P{}", (at * 7) % 5),
            texts: texts.clone(),
        };
        NearDuplicates {
            columns: Vec::new(),
            is_run: true,
            cases: rows.len() as u64,
            numbers: Vec::new(),
            counts: counts.collect(),
            records: rows.iter().enumerate().map(record).collect(),
        }
    }

    /// The same by the definition: every pair of neighbours once, in order, each field in turn.
    fn plain_pairs(all: &NearDuplicates<'_>) -> BTreeMap<usize, usize> {
        let mut pairs = BTreeSet::new();
        all.each_candidate(|one, other| {
            pairs.insert((one, other));
        });
        let n = all.records.len() as f64;
        let least = (ONE_OF * n * (n - 1.0) / 2.0).log2();
        let mut best: BTreeMap<usize, (f64, usize, usize)> = BTreeMap::new();
        for (earlier, later) in pairs {
            let (one, other) = (&all.records[earlier], &all.records[later]);
            let (mut both, mut agree, mut bits) = (0, 0, 0.0);
            for ((a, b), counts) in one.texts.iter().zip(&other.texts).zip(&all.counts) {
                both += usize::from(*a != 0 && *b != 0);
                if a == b && *a != 0 {
                    agree += 1;
                    bits += (counts.iter().skip(1).sum::<u64>() as f64 / counts[*a as usize] as f64).log2();
                }
            }
            let kinship = common_beginning(&one.id, &other.id);
            let is_better = best.get(&later).is_none_or(|(known, kin, _)| (bits, kinship) > (*known, *kin));
            if agree * 100 >= both * AGREEING && bits > least && is_better {
                best.insert(later, (bits, kinship, earlier));
            }
        }
        best.into_iter().map(|(later, (_, _, earlier))| (later, earlier)).collect()
    }

    proptest! {
        #[test]
        fn an_early_end_changes_no_pair(
            rows in (60_usize..140).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(0_u32..9, width), 2..9)),
            copies in prop::collection::vec((0_usize..9, 0_usize..140, 0_u32..9), 0..12),
        ) {
            let mut rows = rows;
            for (of, field, text) in copies {
                let mut copy = rows[of % rows.len()].clone();
                let at = field % copy.len();
                copy[at] = text;
                rows.push(copy);
            }
            let all = compared(&rows);
            prop_assert_eq!(all.pairs(), plain_pairs(&all));
        }
    }
}
