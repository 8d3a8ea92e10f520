//! What is measured in two units, with the numbers that only one of them can have.
//!
//! The names and the bounds are data (`two_units.toml`).

/// What is measured in two units under the same header.
pub struct TwoUnits {
    /// Words or phrases of the header, of which one must be there.
    pub names: &'static [&'static str],
    /// Names that mean it only where they are all of the header: `IgG`, not `aCL IgG`.
    pub whole: &'static [&'static str],
    /// Up to this a number can only be in the first unit, and from that on only in the second.
    pub between: (i64, i64),
    /// Another thing with the same name has numbers below this.
    pub from: i64,
    /// The unit of the small numbers.
    pub first: &'static str,
    /// The unit of the great numbers.
    pub second: &'static str,
    /// The names mean it only where the header states one of the units: `Ht (m)` is a height, `Ht` may be a haematocrit.
    pub is_by_unit: bool,
    /// A share, of which any number may be a percentage: a fraction is told by the gap between the numbers alone.
    pub is_share: bool,
}

impl TwoUnits {
    /// What a row of the list has where it does not say otherwise.
    const USUAL: TwoUnits = TwoUnits {
        names: &[],
        whole: &[],
        between: (0, 0),
        from: 0,
        first: "",
        second: "",
        is_by_unit: false,
        is_share: false,
    };
}

/// A count of blood cells.
pub struct CellCount {
    /// How a word of the header begins.
    pub beginnings: &'static [&'static str],
    /// The least number of a microlitre where they are counted singly.
    pub single: i64,
    /// The greatest number of thousands.
    pub thousands: i64,
    /// They are platelets.
    pub is_platelets: bool,
}

impl CellCount {
    /// What a row of the list has where it does not say otherwise.
    const USUAL: CellCount = CellCount { beginnings: &[], single: 0, thousands: 0, is_platelets: false };
}

include!(concat!(env!("OUT_DIR"), "/two_units.rs"));
