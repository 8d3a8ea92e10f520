//! How a value is rounded to a printed figure, and which values a printed figure can represent.
#![expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow, and 2 is not 0")]

use crate::check::printed::Figure;
use crate::decimal::Exact;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::fmt;

/// A way in which the author of a report may have rounded a value, also by mistake.
///
/// How this program rounds is [`crate::decimal::Rounding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundingMode {
    /// To the nearest, ties away from zero.
    HalfUp,
    /// To the nearest, ties towards zero.
    HalfDown,
    /// To the nearest, ties to the even digit.
    HalfEven,
    /// Cut off, towards zero.
    Truncation,
    /// Up to the next figure, towards +∞.
    Ceiling,
}

impl RoundingMode {
    /// Every mode.
    pub const ALL: [RoundingMode; 5] = [
        RoundingMode::HalfUp,
        RoundingMode::HalfDown,
        RoundingMode::HalfEven,
        RoundingMode::Truncation,
        RoundingMode::Ceiling,
    ];

    /// The word in messages.
    pub const fn word(self) -> &'static str {
        match self {
            RoundingMode::HalfUp => "half-up",
            RoundingMode::HalfDown => "half-down",
            RoundingMode::HalfEven => "half-even",
            RoundingMode::Truncation => "truncation",
            RoundingMode::Ceiling => "ceiling",
        }
    }

    /// The values that the mode prints as a figure.
    /// Formula, for a figure v ≥ 0 with unit u: half-up [v − u/2, v + u/2), half-down
    /// (v − u/2, v + u/2], half-even closed at both ends where the last digit is even, truncation
    /// [v, v + u), ceiling (v − u, v]; mirrored below 0, except for ceiling. For 0 both ends
    /// are open with half-up and truncation, and closed with half-down.
    pub fn interval(self, figure: Figure) -> RoundingInterval {
        let (value, unit) = (figure.value(), figure.unit());
        let half = &unit / BigInt::from(2);
        let (below, above) = (value.is_negative(), value.is_positive());
        let (before, after) = (&value - &half, &value + &half);
        match self {
            RoundingMode::HalfUp => RoundingInterval::new(before, above, after, below),
            RoundingMode::HalfDown => RoundingInterval::new(before, !above, after, !below),
            RoundingMode::HalfEven => RoundingInterval::new(before, figure.is_even(), after, figure.is_even()),
            RoundingMode::Truncation if above => RoundingInterval::new(value.clone(), true, value + unit, false),
            RoundingMode::Truncation if below => RoundingInterval::new(&value - unit, false, value, true),
            RoundingMode::Truncation => RoundingInterval::new(-unit.clone(), false, unit, false),
            RoundingMode::Ceiling => RoundingInterval::new(&value - unit, false, value, true),
        }
    }
}

/// A set of rounding modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modes([bool; 5]);

impl Modes {
    /// The modes for which a condition is true.
    pub fn that(holds: impl Fn(RoundingMode) -> bool) -> Modes {
        Modes(RoundingMode::ALL.map(holds))
    }

    /// The modes, in the order of [`RoundingMode::ALL`].
    pub fn iter(self) -> impl Iterator<Item = RoundingMode> {
        RoundingMode::ALL.into_iter().zip(self.0).filter_map(|(mode, holds)| holds.then_some(mode))
    }

    /// True where the set contains the mode.
    pub fn contains(self, mode: RoundingMode) -> bool {
        self.iter().any(|one| one == mode)
    }

    /// True where rounding to the nearest explains the figure, whichever way a tie went.
    pub fn is_nearest(self) -> bool {
        self.contains(RoundingMode::HalfUp) || self.contains(RoundingMode::HalfDown)
    }

    /// True where no mode explains the figure.
    pub fn is_empty(self) -> bool {
        self == Modes::default()
    }
}

/// As listed in messages: `half-down, half-even, truncation`.
impl fmt::Display for Modes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(RoundingMode::word).collect();
        f.write_str(&words.join(", "))
    }
}

/// The modes that print a value as a figure. A root is compared by its square.
pub fn agrees(value: &Exact, figure: Figure) -> Modes {
    Modes::that(|mode| mode.interval(figure).contains(value))
}

/// An interval with open or closed ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundingInterval {
    /// The lower end.
    pub low: BigRational,
    /// True where the lower end belongs to it.
    pub is_low_closed: bool,
    /// The higher end.
    pub high: BigRational,
    /// True where the higher end belongs to it.
    pub is_high_closed: bool,
}

impl RoundingInterval {
    fn new(low: BigRational, is_low_closed: bool, high: BigRational, is_high_closed: bool) -> RoundingInterval {
        RoundingInterval { low, is_low_closed, high, is_high_closed }
    }

    /// The interval with both its ends.
    pub fn closed(low: BigRational, high: BigRational) -> RoundingInterval {
        RoundingInterval::new(low, true, high, true)
    }

    /// The values that rounding to the nearest prints as a figure, with ties rounded either way: the
    /// interval used to audit a report.
    /// Formula: [v − u/2, v + u/2].
    pub fn nearest(figure: Figure) -> RoundingInterval {
        let (value, half) = (figure.value(), figure.unit() / BigInt::from(2));
        RoundingInterval::closed(&value - &half, value + half)
    }

    /// True where a value lies in it.
    pub fn contains(&self, value: &Exact) -> bool {
        match value {
            Exact::Ratio(value) => self.contains_ratio(value),
            Exact::Root(radicand) => self.squares().is_some_and(|squares| squares.contains_ratio(radicand)),
        }
    }

    /// True where a fraction lies in it.
    pub fn contains_ratio(&self, value: &BigRational) -> bool {
        let is_above = if self.is_low_closed { *value >= self.low } else { *value > self.low };
        let is_below = if self.is_high_closed { *value <= self.high } else { *value < self.high };
        is_above && is_below
    }

    /// True where no value lies in it.
    pub fn is_empty(&self) -> bool {
        self.low > self.high || (self.low == self.high && !(self.is_low_closed && self.is_high_closed))
    }

    /// The values that lie in both.
    pub fn and(&self, other: &RoundingInterval) -> RoundingInterval {
        let (low, is_low_closed) = match self.low.cmp(&other.low) {
            std::cmp::Ordering::Less => (&other.low, other.is_low_closed),
            std::cmp::Ordering::Equal => (&self.low, self.is_low_closed && other.is_low_closed),
            std::cmp::Ordering::Greater => (&self.low, self.is_low_closed),
        };
        let (high, is_high_closed) = match self.high.cmp(&other.high) {
            std::cmp::Ordering::Greater => (&other.high, other.is_high_closed),
            std::cmp::Ordering::Equal => (&self.high, self.is_high_closed && other.is_high_closed),
            std::cmp::Ordering::Less => (&self.high, self.is_high_closed),
        };
        RoundingInterval::new(low.clone(), is_low_closed, high.clone(), is_high_closed)
    }

    /// True where a value lies in both.
    pub fn meets(&self, other: &RoundingInterval) -> bool {
        !self.and(other).is_empty()
    }

    /// The squares of its values that are not negative. None where there are none.
    pub fn squares(&self) -> Option<RoundingInterval> {
        if self.high.is_negative() || (self.high.is_zero() && !self.is_high_closed) {
            return None;
        }
        let (low, is_low_closed) = if self.low.is_negative() {
            (BigRational::zero(), true)
        } else {
            (&self.low * &self.low, self.is_low_closed)
        };
        Some(RoundingInterval::new(low, is_low_closed, &self.high * &self.high, self.is_high_closed))
    }

    /// Every value times a positive factor.
    pub fn times(&self, factor: &BigRational) -> RoundingInterval {
        RoundingInterval::new(&self.low * factor, self.is_low_closed, &self.high * factor, self.is_high_closed)
    }

    /// Every value plus a fixed number.
    pub fn plus(&self, shift: &BigRational) -> RoundingInterval {
        RoundingInterval::new(&self.low + shift, self.is_low_closed, &self.high + shift, self.is_high_closed)
    }

    /// The sums of a value of each.
    pub fn sum(&self, other: &RoundingInterval) -> RoundingInterval {
        RoundingInterval::new(
            &self.low + &other.low,
            self.is_low_closed && other.is_low_closed,
            &self.high + &other.high,
            self.is_high_closed && other.is_high_closed,
        )
    }

    /// The first and the last whole number in it. None where it contains none.
    pub fn integers(&self) -> Option<(BigInt, BigInt)> {
        let one = BigInt::from(1);
        let (first, last) = (self.low.ceil().to_integer(), self.high.floor().to_integer());
        let first = if !self.is_low_closed && self.low.is_integer() { first + &one } else { first };
        let last = if !self.is_high_closed && self.high.is_integer() { last - one } else { last };
        (first <= last).then_some((first, last))
    }
}
