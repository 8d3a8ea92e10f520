//! The step in which values were recorded.
#![expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow")]

use crate::decimal::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::fmt;
use std::num::NonZeroU32;

/// The number of steps in one unit of a variable: 1 for whole years, 2 for half-years, 12 for
/// months of a year, 10 for one decimal, k for the mean of k whole items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Granularity(NonZeroU32);

impl Granularity {
    /// Whole numbers.
    pub const WHOLE: Granularity = Granularity(NonZeroU32::MIN);
    /// Halves of a unit.
    pub const HALVES: Granularity = Granularity::WHOLE.finer(1);
    /// Twelfths of a unit, such as months of a year.
    pub const TWELFTHS: Granularity = Granularity::WHOLE.finer(11);

    /// A granularity of `per_unit` steps to one unit. None for 0.
    pub fn new(per_unit: u32) -> Option<Granularity> {
        NonZeroU32::new(per_unit).map(Granularity)
    }

    const fn finer(self, more: u32) -> Granularity {
        Granularity(self.0.saturating_add(more))
    }

    /// Steps to one unit.
    pub fn per_unit(self) -> BigInt {
        BigInt::from(self.0.get())
    }

    /// A number of steps in units: `29.5`, `353/12`.
    pub fn in_units(self, steps: &BigInt) -> String {
        let value = BigRational::new(steps.clone(), self.per_unit());
        let exact = Exact::Ratio(value.clone());
        let decimals = (0..=3).find(|decimals| exact.has_at_most(*decimals));
        decimals.map_or_else(|| format!("{}/{}", value.numer(), value.denom()), |decimals| exact.rounded(decimals))
    }

    /// The steps from the first to the last in units: `29.5`, `117/4 to 119/4`.
    pub fn range_in_units(self, (first, last): &(BigInt, BigInt)) -> String {
        if first == last {
            return self.in_units(first);
        }
        format!("{} to {}", self.in_units(first), self.in_units(last))
    }

    /// The steps of n cases together.
    pub(super) fn steps_of(self, n: u64) -> BigInt {
        self.per_unit() * BigInt::from(n)
    }
}

/// The values it allows: `whole numbers`, `multiples of 1/2`.
impl fmt::Display for Granularity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get() {
            1 => f.write_str("whole numbers"),
            per_unit => write!(f, "multiples of 1/{per_unit}"),
        }
    }
}
