//! A denominator that the text does not state, and where it comes from.

/// A denominator that is not stated: a number nearby, or one that follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NearWhole {
    pub value: u64,
    pub origin: NearOrigin,
}

/// Where a denominator that is not stated comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NearOrigin {
    /// The text has the number itself.
    Printed,
    /// A whole less those left out.
    Less(u64, u64),
    /// Several groups together.
    Sum(Vec<u64>),
    /// So many of each of a number of cases.
    Times(u64, u64),
}

/// ` (42 less 20)`, ` (12 + 9)`; nothing where the text has the number itself.
impl std::fmt::Display for NearOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NearOrigin::Printed => Ok(()),
            NearOrigin::Less(whole, out) => write!(f, " ({whole} less {out})"),
            NearOrigin::Sum(values) => {
                let values: Vec<String> = values.iter().map(u64::to_string).collect();
                write!(f, " ({})", values.join(" + "))
            }
            NearOrigin::Times(each, whole) => write!(f, " ({each} times {whole})"),
        }
    }
}
