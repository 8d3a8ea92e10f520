//! Ids that differ only in zeros, capitals or an exponent: often one id that a spreadsheet has changed.

use super::case_sink::{CellFinding, located};
use super::column_lookup::ColumnLookup;
use super::sink::FindingSink;
use crate::cohort::case::{Case, CaseColumn, CaseColumns};
use crate::diagnostic::{FindingId, quoted};
use crate::read::Block;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::borrow::Cow;
use std::hash::BuildHasher;

/// The ids of so many cases are compared; those of later cases with them.
const MOST_IDS: usize = 1_000_000;

/// The ids without what a spreadsheet changes, each with the first id that is so.
pub struct AlikeIds<'a> {
    column: Option<CaseColumn<'a>>,
    /// The index of the first id with each hash.
    first: FxHashMap<u64, u32>,
    /// The same for ids that share their hash with one that is not like them.
    others: FxHashMap<String, u32>,
    /// The first ids, one behind the other, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// The ids of the cases of a block, with their records.
pub struct IdsOfBlock {
    /// The records.
    pub block: Block,
    /// The rows of the cases, each with the hash of its id without what a spreadsheet changes.
    pub rows: Vec<(usize, u64)>,
}

/// Hashes ids, with a buffer that is used again.
#[derive(Default)]
pub struct IdHasher {
    key: String,
}

impl IdHasher {
    /// The hash of an id without what a spreadsheet changes.
    pub fn of(&mut self, id: &str) -> u64 {
        write_without_style(id, &mut self.key);
        hash(&self.key)
    }
}

fn hash(key: &str) -> u64 {
    FxBuildHasher.hash_one(key)
}

impl<'a> AlikeIds<'a> {
    /// For the column of case ids, if there is one.
    pub fn new(lookup: &ColumnLookup<'a>) -> AlikeIds<'a> {
        let (first, others) = (FxHashMap::default(), FxHashMap::default());
        AlikeIds { column: lookup.id(), first, others, bytes: Vec::new(), ends: Vec::new() }
    }

    /// True where there are ids to compare.
    pub fn is_run(&self) -> bool {
        self.column.is_some()
    }

    /// Compares the ids of the next block, in the order of the cases.
    pub fn take(&mut self, ids: &IdsOfBlock, columns: &CaseColumns<'_>, sink: &mut FindingSink<'_>) {
        for (row, hash) in &ids.rows {
            let case = Case::new(&ids.block, *row, columns);
            match self.first.get(hash).copied() {
                None => {
                    if let Some(index) = self.add(&case) {
                        self.first.insert(*hash, index);
                    }
                }
                Some(index) => self.compare(index, &case, sink),
            }
        }
    }

    /// Compares a case with the first whose id has the same hash.
    fn compare(&mut self, index: u32, case: &Case<'_>, sink: &mut FindingSink<'_>) {
        let (id, first) = (case.id(), self.id(index));
        let key = without_style(&id);
        if key == without_style(&first) {
            return self.report(&first, id, case, sink);
        }
        match self.others.get(&key).copied() {
            Some(index) => self.report(&self.id(index), id, case, sink),
            None => {
                if let Some(index) = self.add(case) {
                    self.others.insert(key, index);
                }
            }
        }
    }

    fn report(&self, first: &str, id: String, case: &Case<'_>, sink: &mut FindingSink<'_>) {
        let Some(column) = self.column else { return };
        let message = format!("differs from the id of case {} only in zeros, capitals or an exponent", quoted(first));
        let found = CellFinding::new(message)
            .value(id)
            .remedy("if both are one patient, keep one record; else give the ids more than that to differ in");
        sink.take_case(located(FindingId::AlikeCaseIds, found, case.location(&column.variable().header)));
    }

    /// The index of a new id; none beyond the limit.
    fn add(&mut self, case: &Case<'_>) -> Option<u32> {
        let index = u32::try_from(self.ends.len()).ok().filter(|_| self.ends.len() < MOST_IDS)?;
        let id = self.column.map(|column| case.text(column.column)).unwrap_or_default();
        match id.is_empty() {
            true => self.bytes.extend_from_slice(case.id().as_bytes()),
            false => self.bytes.extend_from_slice(id.as_bytes()),
        }
        self.ends.push(self.bytes.len());
        Some(index)
    }

    fn id(&self, index: u32) -> String {
        let at = index as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        String::from_utf8_lossy(self.bytes.get(start..end).unwrap_or_default()).into_owned()
    }
}

/// An id without capitals, zeros before numbers and exponents: `P1` for `p001`, 1 × 10^5 for `1E5` and `100000`.
fn without_style(id: &str) -> String {
    let mut key = String::new();
    write_without_style(id, &mut key);
    key
}

/// The same into a buffer.
fn write_without_style(id: &str, key: &mut String) {
    key.clear();
    let id = id.trim();
    let lower = if id.bytes().any(|byte| !byte.is_ascii()) { Cow::Owned(id.to_lowercase()) } else { Cow::Borrowed(id) };
    if lower.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && let Some(number) = number(&lower.to_lowercase())
    {
        key.push_str(&number);
        return;
    }
    let mut rest = lower.as_ref();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        key.push_str(before);
        let significant = digits.trim_start_matches('0');
        key.push_str(if significant.is_empty() { "0" } else { significant });
        rest = after;
    }
    key.push_str(rest);
    key.make_ascii_lowercase();
}

/// The significant digits of a number and the power of ten of the last of them; none for another text.
fn number(id: &str) -> Option<String> {
    let (mantissa, exponent) = id.split_once('e').unwrap_or((id, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{part}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let exponent: i64 = exponent.parse::<i32>().ok()?.into();
    let significant = digits.trim_start_matches('0');
    let shortest = significant.trim_end_matches('0');
    let zeros = i64::try_from(significant.len().saturating_sub(shortest.len())).ok()?;
    let part = i64::try_from(part.len()).ok()?;
    let power = if shortest.is_empty() { 0 } else { exponent.saturating_add(zeros).saturating_sub(part) };
    Some(format!("{shortest}e{power}"))
}

#[cfg(test)]
mod tests {
    use super::without_style;

    #[test]
    fn ids_are_alike_that_a_spreadsheet_may_have_changed_and_others_are_not() {
        for (one, other) in [
            ("001", "1"),
            ("P1", "p1"),
            ("P01", "P1"),
            ("1E5", "100000"),
            ("1.0", "1"),
            ("2e+03", "2000"),
            ("A-007-b", "a-7-B"),
            ("0", "000"),
        ] {
            assert_eq!(without_style(one), without_style(other), "{one} and {other}");
        }
        for (one, other) in [("1", "10"), ("P1", "P10"), ("1", "-1"), ("P1", "Q1"), ("1E5", "1E6"), ("34", "34_alt")] {
            assert_ne!(without_style(one), without_style(other), "{one} and {other}");
        }
    }
}
