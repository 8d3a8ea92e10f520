//! A number with its printed digits.

use crate::decimal::{Decimal, Exact};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::fmt;

/// A printed number: its value and its number of decimals.
#[derive(Debug, Clone, Copy)]
pub struct Figure(Decimal);

impl Figure {
    /// The figure of a decimal, with its trailing zeros.
    pub const fn new(number: Decimal) -> Figure {
        Figure(number)
    }

    /// The figure of a number of cases.
    pub fn of_count(n: u64) -> Figure {
        Figure(Decimal::from_int(i64::try_from(n).unwrap_or(i64::MAX)))
    }

    /// The printed value.
    pub fn value(self) -> BigRational {
        self.0.to_ratio()
    }

    /// The printed value in the type of statistics.
    pub fn exact(self) -> Exact {
        Exact::Ratio(self.value())
    }

    /// The number of printed decimals.
    pub const fn decimals(self) -> u8 {
        self.0.scale()
    }

    /// One unit of the last printed digit, 10^-decimals.
    pub fn unit(self) -> BigRational {
        BigRational::new(BigInt::from(1), num_traits::pow(BigInt::from(10), usize::from(self.decimals())))
    }

    /// True where the last printed digit is even.
    pub const fn is_even(self) -> bool {
        self.0.mantissa() % 2 == 0
    }

    /// True below 0.
    pub const fn is_negative(self) -> bool {
        self.0.mantissa() < 0
    }

    /// The same figure with the other sign.
    pub const fn negated(self) -> Figure {
        Figure(Decimal::new(self.0.mantissa().saturating_neg(), self.0.scale()))
    }

    /// The value as a number of cases. None with decimals or below 0.
    pub fn count(self) -> Option<u64> {
        u64::try_from(self.0.mantissa()).ok().filter(|_| self.decimals() == 0)
    }

    /// The same figure as a proportion: 71 (%) becomes 0.71. None if that has too many decimals.
    pub fn of_percent(self) -> Option<Figure> {
        let scale = self.decimals().checked_add(2).filter(|scale| *scale <= crate::decimal::MAX_DIGITS)?;
        Some(Figure(Decimal::new(self.0.mantissa(), scale)))
    }
}

/// By value and digits: `80` is not `80.0`.
impl PartialEq for Figure {
    fn eq(&self, other: &Figure) -> bool {
        (self.0.mantissa(), self.0.scale()) == (other.0.mantissa(), other.0.scale())
    }
}

impl Eq for Figure {}

/// With its printed decimals, without leading zeros: `5.90`, `4`.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
