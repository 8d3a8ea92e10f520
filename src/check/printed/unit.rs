//! The unit of a printed number, and its conversion to that of the records.

use crate::schema::lexical::duration::TimeUnit;
use crate::schema::units::{Dimension, Unit, unit};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::fmt;

/// A unit behind a printed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedUnit(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `years`, `months`.
    Time(TimeUnit),
    /// `cm`, `mg/dL`.
    Measure(Unit),
}

impl PrintedUnit {
    /// Years, months and so on.
    pub(in crate::check) fn of_time(unit: TimeUnit) -> PrintedUnit {
        PrintedUnit(Kind::Time(unit))
    }

    /// A unit of the clinic.
    pub(super) fn measured(unit: Unit) -> PrintedUnit {
        PrintedUnit(Kind::Measure(unit))
    }

    /// The unit of a word.
    pub fn of_word(word: &str) -> Option<PrintedUnit> {
        let of_time = TimeUnit::of_word(word).map(PrintedUnit::of_time);
        of_time.or_else(|| unit(word).map(|written| PrintedUnit::measured(written.unit)))
    }

    /// True for a unit of what can be below 0: a temperature, an angle, the excess of a base.
    pub(in crate::check) fn has_negatives(self) -> bool {
        let Kind::Measure(unit) = self.0 else { return false };
        matches!(
            unit.dimension(),
            Dimension::Temperature
                | Dimension::Angle
                | Dimension::Refraction
                | Dimension::Radiodensity
                | Dimension::SoundLevel
                | Dimension::Voltage
                | Dimension::SubstanceConcentration
                | Dimension::EquivalentConcentration
        )
    }

    /// What a number in another unit is multiplied by to be in this one.
    ///
    /// None where they measure different things, and for temperatures, whose zeros differ.
    pub fn per(self, other: PrintedUnit) -> Option<BigRational> {
        let ratio = |numerator: i128, divisor: i128| {
            (divisor != 0).then(|| BigRational::new(BigInt::from(numerator), BigInt::from(divisor)))
        };
        match (self.0, other.0) {
            (Kind::Time(own), Kind::Time(other)) => ratio(other.minutes(), own.minutes()),
            (Kind::Measure(own), Kind::Measure(other)) => {
                let conversion = other.conversion_to(own)?;
                let has_one_zero = *conversion.offset.numer() == 0;
                ratio(*conversion.factor.numer(), *conversion.factor.denom()).filter(|_| has_one_zero)
            }
            (Kind::Time(_), Kind::Measure(_)) | (Kind::Measure(_), Kind::Time(_)) => None,
        }
    }
}

impl fmt::Display for PrintedUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::words::Word;
        f.write_str(match self.0 {
            Kind::Time(unit) => unit.as_word(),
            Kind::Measure(unit) => unit.name(),
        })
    }
}
