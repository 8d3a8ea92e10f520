//! The list of units, read once a run.

use super::dimension::Dimension;
use super::spelling::normalise;
use crate::decimal::Decimal;
use num_rational::Ratio;
use num_traits::CheckedDiv;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

pub(super) const UNITS: &str = include_str!("../units.toml");

/// Empty only if `units.toml` were damaged, which a test excludes.
pub static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let file: File = toml::from_str(UNITS).unwrap_or_default();
    Vocabulary::of(file).unwrap_or_default()
});

/// One unit, or a part of ratios.
#[derive(Debug)]
pub struct Entry {
    /// As shown.
    pub name: String,
    /// In UCUM.
    pub code: String,
    /// None for a part of ratios that is no unit.
    pub dimension: Option<Dimension>,
    /// How much of the base of its dimension one of it is.
    pub factor: Ratio<i128>,
    /// What its zero is in the base of its dimension.
    pub offset: Ratio<i128>,
    /// The place of what stands above the slash; none for what is no ratio.
    pub above: Option<usize>,
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
    pub entry: usize,
    /// Where it holds.
    pub standing: Standing,
    /// False where capitals were changed.
    pub is_exact: bool,
}

/// All units with their spellings.
#[derive(Debug, Default)]
pub struct Vocabulary {
    pub(super) entries: Vec<Entry>,
    spellings: HashMap<String, Vec<Reading>>,
    ratios: HashMap<(usize, usize), usize>,
    refused: HashSet<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    parts: Vec<Row>,
    refused: HashSet<String>,
    units: BTreeMap<Dimension, Vec<Row>>,
    ratios: Vec<Ratios>,
    written: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    name: String,
    code: Option<String>,
    factor: String,
    offset: Option<String>,
    #[serde(default)]
    written: Vec<String>,
    #[serde(default)]
    letters: Vec<String>,
    #[serde(default)]
    in_ratios: Vec<String>,
    #[serde(default)]
    exact: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ratios {
    dimension: Dimension,
    above: Vec<String>,
    below: Vec<String>,
}

impl Vocabulary {
    /// The list of the file; no answer where it names what it does not have.
    fn of(file: File) -> Option<Vocabulary> {
        let mut list = Vocabulary { refused: file.refused, ..Vocabulary::default() };
        for row in file.parts {
            list.add(row, None)?;
        }
        for (dimension, rows) in file.units {
            for row in rows {
                list.add(row, Some(dimension))?;
            }
        }
        for ratios in file.ratios {
            list.add_ratios(&ratios)?;
        }
        for (name, spellings) in file.written {
            let entry = list.place(&name)?;
            for spelling in spellings {
                list.spell(entry, &spelling, Standing::Anywhere, true)?;
            }
        }
        Some(list)
    }

    /// Every spelling, in its normal form.
    #[cfg(test)]
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.spellings.keys().map(String::as_str)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.name == name)
    }

    fn add(&mut self, row: Row, dimension: Option<Dimension>) -> Option<()> {
        let entry = self.entries.len();
        let code = row.code.unwrap_or_else(|| row.name.replace('µ', "u"));
        let is_letter = code.chars().count() == 1 && code.chars().all(char::is_alphabetic);
        let as_code = match dimension {
            None => Standing::InRatio,
            Some(_) if is_letter => Standing::InItsColumn,
            Some(_) => Standing::Anywhere,
        };
        let (factor, offset) = (ratio(&row.factor)?, row.offset.map_or(Some(Ratio::from(0)), |text| ratio(&text))?);
        let of = |spellings: Vec<String>, standing| spellings.into_iter().map(move |spelling| (spelling, standing));
        let spellings = of(row.written, Standing::Anywhere)
            .chain(of(row.letters, Standing::InItsColumn))
            .chain(of(row.in_ratios, Standing::InRatio))
            .chain(std::iter::once((code.clone(), as_code)).filter(|(code, _)| code != "1"));
        self.entries.push(Entry { name: row.name, code, dimension, factor, offset, above: None });
        for (spelling, standing) in spellings {
            self.spell(entry, &spelling, standing, row.exact)?;
        }
        Some(())
    }

    /// Adds a spelling, also with capitals only and with none unless it is `exact`.
    fn spell(&mut self, entry: usize, spelling: &str, standing: Standing, exact: bool) -> Option<()> {
        let spelling = normalise(spelling)?;
        for folded in [spelling.to_lowercase(), spelling.to_uppercase()] {
            // One letter has another meaning as a capital, unless the rest of a ratio speaks for it.
            let standing = if spelling.chars().count() > 1 { standing } else { Standing::InRatio };
            if !exact && folded != spelling {
                self.read(folded, Reading { entry, standing, is_exact: false });
            }
        }
        self.read(spelling, Reading { entry, standing, is_exact: true });
        Some(())
    }

    /// Adds a reading; of two for one entry the better stays.
    fn read(&mut self, spelling: String, reading: Reading) {
        let readings = self.spellings.entry(spelling).or_default();
        match readings.iter_mut().find(|known| known.entry == reading.entry) {
            None => readings.push(reading),
            Some(known) => {
                known.standing = known.standing.min(reading.standing);
                known.is_exact |= reading.is_exact;
            }
        }
    }

    fn add_ratios(&mut self, ratios: &Ratios) -> Option<()> {
        for above in &ratios.above {
            for below in &ratios.below {
                let key = (self.place(above)?, self.place(below)?);
                let entry = self.ratio_entry(key, ratios.dimension)?;
                self.ratios.insert(key, self.entries.len());
                self.entries.push(entry);
            }
        }
        Some(())
    }

    fn ratio_entry(&self, (place, below): (usize, usize), dimension: Dimension) -> Option<Entry> {
        let (above, below) = (self.entries.get(place)?, self.entries.get(below)?);
        let over = |above: &str, below: &str| format!("{}/{below}", if above == "1" { "" } else { above });
        Some(Entry {
            name: over(&above.name, &below.name),
            code: over(&above.code, &below.code),
            dimension: Some(dimension),
            factor: above.factor.checked_div(&below.factor)?,
            offset: Ratio::from(0),
            above: Some(place),
        })
    }

    /// Every way to understand a text in its normal form.
    pub fn readings(&self, text: &str) -> Vec<Reading> {
        let mut readings = self.spellings.get(text).cloned().unwrap_or_default();
        let Some((above, below)) = text.rsplit_once('/').filter(|_| !self.refused.contains(text)) else {
            return readings;
        };
        let below_readings = self.spellings.get(below).cloned().unwrap_or_default();
        for one in self.readings(above) {
            for other in &below_readings {
                // Nothing above: `/H` is no "per hour", as `/F` is no unit.
                let is_lone_letter = above.is_empty() && !other.is_exact && below.chars().count() == 1;
                if let Some(&entry) = self.ratios.get(&(one.entry, other.entry)).filter(|_| !is_lone_letter) {
                    let is_exact = one.is_exact && other.is_exact;
                    readings.push(Reading { entry, standing: Standing::Anywhere, is_exact });
                }
            }
        }
        readings
    }
}

/// A decimal, also with an exponent, as a fraction.
fn ratio(text: &str) -> Option<Ratio<i128>> {
    let value = Decimal::parse(text).ok()?;
    let denominator = 10_i128.checked_pow(u32::from(value.scale()))?;
    Some(Ratio::new(i128::from(value.mantissa()), denominator))
}
