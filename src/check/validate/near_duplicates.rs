//! Pairs of records that may be the same patient.

use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::neighbours::{AGREEING, Neighbours, Sketches};
use super::sink::FindingSink;
use crate::cohort::case::CaseColumn;
use crate::diagnostic::{Finding, FindingId, SourceLocation, quoted};
use crate::schema::lexical::fold;
use crate::tally::Cohort;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Add as _;

/// Above this number of cases the comparison is not run.
const MOST_CASES: u64 = 10_000;
/// A pair is reported if such agreement by chance is expected in fewer than one series in this many.
const ONE_OF: f64 = 100.0;

/// One case with its fields, each text replaced by its number; 0 where it is not reported.
#[derive(Clone)]
pub struct ComparedCase {
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
    threads: usize,
    /// The number of each text of each field.
    numbers: Vec<FxHashMap<String, u32>>,
    /// The number of each text of each field, by the thread and its own number there.
    of_threads: Vec<Vec<Vec<u32>>>,
    /// How often each text of each field occurs, by its number.
    counts: Vec<Vec<u64>>,
    records: Vec<ComparedCase>,
}

/// The fields of the cases that one thread meets, each text replaced by a number of that thread.
#[derive(Clone)]
pub struct FieldTexts<'a> {
    columns: Vec<CaseColumn<'a>>,
    is_run: bool,
    /// Texts of each field that were met.
    known: Vec<u32>,
    found: CasesWithTexts,
}

/// Cases of one block, and the texts that their thread meets for the first time.
#[derive(Clone, Default)]
pub struct CasesWithTexts {
    /// The field, the number in the thread, and the text in its general form.
    new: Vec<(usize, u32, String)>,
    cases: Vec<ComparedCase>,
}

impl<'a> FieldTexts<'a> {
    /// Notes the fields of a case.
    pub fn look(&mut self, case: &CaseView<'_>) {
        if !self.is_run {
            return;
        }
        let mut texts = Vec::with_capacity(self.columns.len());
        for (field, (column, known)) in self.columns.iter().zip(&mut self.known).enumerate() {
            if !case.reports(column) {
                texts.push(0);
                continue;
            }
            let remembered = case.cell(column).number.and_then(|number| u32::try_from(number).ok());
            // The numbers of a thread begin with 0; a text that it cannot remember has a number of its own each time.
            let number = remembered.map_or(known.saturating_add(1), |number| number.saturating_add(1));
            if number > *known {
                *known = number;
                self.found.new.push((field, number, fold(&case.case.text(column.column))));
            }
            texts.push(number);
        }
        let location = case.case.location("").without_column();
        self.found.cases.push(ComparedCase { location, id: case.case.id(), texts });
    }

    /// Takes out what was noted since it was asked last.
    pub fn take_found(&mut self) -> CasesWithTexts {
        std::mem::take(&mut self.found)
    }
}

impl<'a> NearDuplicates<'a> {
    /// For the columns that identify neither a case nor a person.
    pub fn new(cohort: &Cohort, lookup: &ColumnLookup<'a>, threads: usize) -> NearDuplicates<'a> {
        let columns: Vec<CaseColumn<'a>> = lookup.all().filter(|column| !column.variable().is_withheld()).collect();
        NearDuplicates {
            is_run: cohort.cases <= MOST_CASES,
            cases: cohort.cases,
            threads,
            numbers: columns.iter().map(|_| FxHashMap::default()).collect(),
            of_threads: vec![vec![vec![0]; columns.len()]; threads],
            counts: columns.iter().map(|_| vec![0]).collect(),
            columns,
            records: Vec::new(),
        }
    }

    /// What notes the fields in one thread.
    pub fn fields(&self) -> FieldTexts<'a> {
        let (columns, known) = (self.columns.clone(), vec![0; self.columns.len()]);
        FieldTexts { columns, is_run: self.is_run, known, found: CasesWithTexts::default() }
    }

    /// Takes the cases of the next block, in the order of the cases: texts have their numbers in order of first
    /// occurrence.
    pub fn take(&mut self, thread: usize, found: CasesWithTexts) {
        let Some(of_thread) = self.of_threads.get_mut(thread) else { return };
        for (field, own, text) in found.new {
            let fields = self.numbers.get_mut(field).zip(self.counts.get_mut(field)).zip(of_thread.get_mut(field));
            let Some(((numbers, counts), known)) = fields else { continue };
            let next = u32::try_from(counts.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(text).or_insert(next);
            if number == next {
                counts.push(0);
            }
            known.resize(known.len().max((own as usize).saturating_add(1)), 0);
            if let Some(slot) = known.get_mut(own as usize) {
                *slot = number;
            }
        }
        for mut case in found.cases {
            for ((text, known), counts) in case.texts.iter_mut().zip(&*of_thread).zip(&mut self.counts) {
                *text = known.get(*text as usize).copied().unwrap_or(0);
                if let Some(count) = counts.get_mut(*text as usize).filter(|_| *text != 0) {
                    *count = count.saturating_add(1);
                }
            }
            self.records.push(case);
        }
    }

    /// Reports the pairs, after the last case.
    pub fn conclude(self, sink: &mut FindingSink<'_>) {
        if !self.is_run {
            let message =
                format!("search for duplicate cases not run: {} cases, at most {MOST_CASES} are compared", self.cases);
            let remedy = "validate a part of the cases with --where";
            sink.add(Finding::new(FindingId::NearDuplicateCasesNotRun, message).remedy(remedy));
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
            sink.add(Finding::new(FindingId::NearDuplicateCases, message).at(other.location.clone()).remedy(remedy));
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
        let texts: Vec<&[u32]> = self.records.iter().map(|record| record.texts.as_slice()).collect();
        let ids: Vec<&str> = self.records.iter().map(|record| record.id.as_str()).collect();
        let sketches = Sketches::of(&texts);
        let likeness = |earlier: usize, later: usize| {
            let may_agree = sketches.may_agree(earlier, later);
            let (one, other) = self.records.get(earlier).zip(self.records.get(later)).filter(|_| may_agree)?;
            let bits = self.agreement(one, other, &bits).filter(|bits| *bits > least)?;
            Some(Likeness { bits, kinship: common_beginning(&one.id, &other.id), earlier })
        };
        let visit = |best: &mut BestPairs, earlier, later| {
            if let Some(found) = likeness(earlier, later) {
                best.add(later, found);
            }
        };
        let mut best = BestPairs::default();
        for found in Neighbours::of(&texts, &ids).each_pair(self.threads, visit) {
            found.0.into_iter().for_each(|(later, found)| best.add(later, found));
        }
        best.0.into_iter().map(|(later, found)| (later, found.earlier)).collect()
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

/// True where nine of ten fields that both records report are the same.
fn mostly_agree(one: &[u32], other: &[u32]) -> bool {
    let both = one.iter().zip(other).filter(|(a, b)| **a != 0 && **b != 0);
    let (of, differ) = both.fold((0, 0), |(of, differ): (usize, usize), (a, b)| {
        (of.wrapping_add(1), differ.wrapping_add(usize::from(a != b)))
    });
    is_enough(differ, of)
}

/// True where so few fields differ that nine of ten agree.
fn is_enough(differ: usize, of: usize) -> bool {
    differ.saturating_mul(100) <= of.saturating_mul(100 - AGREEING)
}

/// How much a record shares with an earlier one.
struct Likeness {
    bits: f64,
    kinship: usize,
    earlier: usize,
}

/// The likeness of each later record to the earlier one that it shares most with.
#[derive(Default)]
struct BestPairs(BTreeMap<usize, Likeness>);

impl BestPairs {
    fn add(&mut self, later: usize, found: Likeness) {
        if self.0.get(&later).is_none_or(|known| found.exceeds(known)) {
            self.0.insert(later, found);
        }
    }
}

impl Likeness {
    /// The earliest of several with the same bits and kinship is taken.
    fn exceeds(&self, other: &Likeness) -> bool {
        let order = self.bits.total_cmp(&other.bits).then(self.kinship.cmp(&other.kinship));
        order.then(other.earlier.cmp(&self.earlier)).is_gt()
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
            threads: 2,
            of_threads: Vec::new(),
            numbers: Vec::new(),
            counts: counts.collect(),
            records: rows.iter().enumerate().map(record).collect(),
        }
    }

    /// The neighbours by the definition: each order sorted by itself.
    fn candidates(all: &NearDuplicates<'_>) -> BTreeSet<(usize, usize)> {
        let mut pairs = BTreeSet::new();
        let mut order: Vec<(usize, &ComparedCase)> = all.records.iter().enumerate().collect();
        let mut each = |order: &[(usize, &ComparedCase)]| {
            for (number, (one, _)) in order.iter().enumerate() {
                let neighbours = order.iter().skip(number + 1).take(3);
                pairs.extend(neighbours.map(|(other, _)| ((*one).min(*other), (*one).max(*other))));
            }
        };
        let rotated = |texts: &[u32], first: usize| [&texts[first..], &texts[..first]].concat();
        for first in 0..all.counts.len() {
            order.sort_by_key(|(at, record)| (rotated(&record.texts, first), *at));
            each(&order);
        }
        order.sort_by_key(|(at, record)| (record.id.clone(), *at));
        each(&order);
        pairs
    }

    /// The same by the definition: every pair of neighbours once, in order, each field in turn.
    fn plain_pairs(all: &NearDuplicates<'_>) -> BTreeMap<usize, usize> {
        let pairs = candidates(all);
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
