//! One convention a result depends on.

/// One convention: its name in JSON, its value, and the sentence of the footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// Name in JSON.
    pub name: &'static str,
    /// What was chosen.
    pub value: String,
    /// The footnote.
    pub sentence: String,
    /// What must be printed for the footnote to be needed.
    pub explains: Explains,
}

/// What a footnote explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explains {
    /// Every number.
    Everything,
    /// Shares of cases.
    Shares,
    /// Medians and other quantiles.
    Quantiles,
    /// Standard deviations.
    Deviations,
    /// Intervals of shares.
    ShareIntervals,
    /// Intervals of means and medians.
    MeanIntervals,
    /// Whatever is rounded.
    Rounded,
    /// Responses to treatment.
    Responses,
}

impl Explains {
    /// All of them.
    pub const ALL: [Explains; 8] = [
        Explains::Everything,
        Explains::Shares,
        Explains::Quantiles,
        Explains::Deviations,
        Explains::ShareIntervals,
        Explains::MeanIntervals,
        Explains::Rounded,
        Explains::Responses,
    ];
}

/// A convention of this name and value; an empty sentence is not printed.
pub(super) fn convention(name: &'static str, value: impl ToString, sentence: impl Into<String>) -> Convention {
    Convention { name, value: value.to_string(), sentence: sentence.into(), explains: Explains::Everything }
}

impl Convention {
    /// The same with a footnote that is needed only where this is printed.
    pub(super) fn explaining(self, explains: Explains) -> Convention {
        Convention { explains, ..self }
    }
}
