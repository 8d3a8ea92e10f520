//! The units of the clinic: a closed vocabulary, and exact conversion.
//!
//! What is not in `units.toml` is no unit: `12 to 15` is not 12 of the unit `to 15`. Days, weeks, months
//! and years alone are durations (`lexical/duration.rs`).

mod dimension;
mod spelling;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use dimension::Dimension;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};
use vocabulary::{ENTRIES, Entry, Reading, Standing};

/// A unit of the vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    entry: &'static Entry,
    dimension: Dimension,
}

/// A unit as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenUnit {
    /// The unit.
    pub unit: Unit,
    /// True for a single letter with other meanings (`L` low or left, `m` months, `D`): it is this unit
    /// only where the header, the schema or other cells of the column say so.
    pub needs_context: bool,
}

/// How a number in one unit becomes a number in another: x · factor + offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    /// What one of the unit is in the other.
    pub factor: Ratio<i128>,
    /// What 0 of the unit is in the other; 0 but for temperatures.
    pub offset: Ratio<i128>,
}

/// The unit a text means; no answer for what is not in the vocabulary.
///
/// Spaces, superscripts, `per`, `×`, `µ` and middle dots may be written in every way. Capitals count
/// where they change the meaning: `G/L` is 10^9/L and `g/L` is gram, `Mg` is nothing.
pub fn unit(text: &str) -> Option<WrittenUnit> {
    let readings = vocabulary::readings(&spelling::normalise(text)?);
    let alone = |exact: bool| readings.iter().filter(move |r| r.is_exact == exact && r.standing != Standing::InRatio);
    match (only(alone(true)), alone(true).count()) {
        (None, 0) => only(alone(false)),
        (found, _) => found,
    }
}

/// The unit of the only reading.
fn only<'r>(readings: impl Iterator<Item = &'r Reading>) -> Option<WrittenUnit> {
    let mut readings = readings.filter_map(written_unit);
    let first = readings.next()?;
    readings.all(|other| other.unit == first.unit).then_some(first)
}

fn written_unit(reading: &Reading) -> Option<WrittenUnit> {
    let entry = ENTRIES.get(usize::from(reading.entry))?;
    let unit = Unit { entry, dimension: entry.dimension? };
    Some(WrittenUnit { unit, needs_context: reading.standing == Standing::InItsColumn })
}

impl PartialEq for Unit {
    fn eq(&self, other: &Unit) -> bool {
        self.entry.name == other.entry.name
    }
}

impl Eq for Unit {}

impl Unit {
    /// As results show it: `µg/dL`, `10^9/L`.
    pub fn name(self) -> &'static str {
        self.entry.name
    }

    /// Its code in the Unified Code for Units of Medicine: `ug/dL`, `10*9/L`.
    #[cfg_attr(not(test), expect(dead_code, reason = "for data that other programs read"))]
    pub fn code(self) -> &'static str {
        self.entry.code
    }

    /// What it measures.
    pub fn dimension(self) -> Dimension {
        self.dimension
    }

    /// How a number in this unit becomes one in another.
    ///
    /// Formula: x · factor + offset, exact. No answer where they measure different things, as far as anybody knows.
    /// Source: the values of UCUM, listed in `units.toml`.
    pub fn conversion_to(self, other: Unit) -> Option<Conversion> {
        // The unit of one test says nothing about that of another.
        let is_arbitrary = self.dimension == Dimension::ArbitraryConcentration;
        if self.dimension != other.dimension || is_arbitrary && self.entry.above != other.entry.above {
            return None;
        }
        let factor = self.entry.factor.checked_div(&other.entry.factor)?;
        let offset = self.entry.offset.checked_sub(&other.entry.offset)?.checked_div(&other.entry.factor)?;
        Some(Conversion { factor, offset })
    }
}

impl Conversion {
    /// The converted number. No answer where it is too large for 128 bits.
    pub fn apply(self, value: Ratio<i128>) -> Option<Ratio<i128>> {
        value.checked_mul(&self.factor)?.checked_add(&self.offset)
    }
}
