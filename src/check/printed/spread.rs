//! Two ends that are printed beside a number, and what they are.

use super::{Figure, PrintedFault};
use std::fmt;

/// What two ends are, as the text names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// It does not name them.
    Unnamed,
    /// `range 2-13`.
    Range,
    /// `IQR 5-10`, `Q1 5, Q3 10`.
    Quartiles,
    /// `95% CI 39-76`; its level in percent, where that is printed.
    Confidence(Option<Figure>),
}

/// Two ends; low ≤ high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedRange {
    /// The lower one.
    pub low: Figure,
    /// The higher one.
    pub high: Figure,
    /// What they are.
    pub spread: Spread,
}

impl PrintedRange {
    /// Ends in their order.
    /// Errors: the low end is above the high end.
    pub(super) fn ordered(low: Figure, high: Figure, spread: Spread) -> Result<PrintedRange, PrintedFault> {
        if low.value() > high.value() {
            return Err(PrintedFault::new(
                format!("the low end {low} is above the high end {high}"),
                format!("write {high} to {low}"),
            ));
        }
        Ok(PrintedRange { low, high, spread })
    }
}

/// `5 to 10`, `range 2 to 13`, `95 % CI 39 to 76`.
impl fmt::Display for PrintedRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.spread {
            Spread::Unnamed => {}
            Spread::Range => f.write_str("range ")?,
            Spread::Quartiles => f.write_str("IQR ")?,
            Spread::Confidence(None) => f.write_str("CI ")?,
            Spread::Confidence(Some(level)) => write!(f, "{level} % CI ")?,
        }
        write!(f, "{} to {}", self.low, self.high)
    }
}
