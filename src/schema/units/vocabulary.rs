//! The list of units, as `units.toml` has it.

use super::dimension::Dimension;
use crate::vocabulary::{WordMap, Words};
use num_rational::Ratio;

include!(concat!(env!("OUT_DIR"), "/units.rs"));

/// One unit, or a part of ratios.
#[derive(Debug)]
pub struct Entry {
    /// As shown.
    pub name: &'static str,
    /// In UCUM.
    pub code: &'static str,
    /// None for a part of ratios that is no unit.
    pub dimension: Option<Dimension>,
    /// How much of the base of its dimension one of it is.
    pub factor: Ratio<i128>,
    /// What its zero is in the base of its dimension.
    pub offset: Ratio<i128>,
    /// The place of what stands above the slash; none for what is no ratio.
    pub above: Option<u16>,
}

/// Where a spelling means its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Wherever a number stands before it.
    Anywhere,
    /// Where the column says so: a single letter.
    InItsColumn,
    /// As a part of a ratio.
    InRatio,
}

/// One way to understand a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The place of the entry.
    pub entry: u16,
    /// Where it holds.
    pub standing: Standing,
    /// False where capitals were changed.
    pub is_exact: bool,
}

/// Every way to understand a text in its normal form.
pub fn readings(text: &str) -> Vec<Reading> {
    let mut readings = of_spelling(text).to_vec();
    let Some((above, below)) = text.rsplit_once('/').filter(|_| !REFUSED.contains(text)) else {
        return readings;
    };
    for one in self::readings(above) {
        for other in of_spelling(below) {
            // Nothing above: `/H` is no "per hour", as `/F` is no unit.
            let is_lone_letter = above.is_empty() && !other.is_exact && below.chars().count() == 1;
            if let Some(entry) = ratio(one.entry, other.entry).filter(|_| !is_lone_letter) {
                let is_exact = one.is_exact && other.is_exact;
                readings.push(Reading { entry, standing: Standing::Anywhere, is_exact });
            }
        }
    }
    readings
}

/// What a text means that is a spelling of the list.
fn of_spelling(text: &str) -> &'static [Reading] {
    let (first, count) = SPELLINGS.get(text).unwrap_or_default();
    READINGS.get(usize::from(first)..usize::from(first.saturating_add(count))).unwrap_or_default()
}

/// The unit of a ratio of two others.
fn ratio(above: u16, below: u16) -> Option<u16> {
    let place = RATIOS.binary_search_by_key(&(above, below), |(parts, _)| *parts).ok()?;
    RATIOS.get(place).map(|(_, entry)| *entry)
}
