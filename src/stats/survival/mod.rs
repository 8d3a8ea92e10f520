//! Time to an event, where some cases were last seen before it.

mod curve;
mod log_rank;

pub use curve::{AREA_METHOD, Area, Curve, CurveTime, SurvivalAt, TimeQuantile};
pub use log_rank::{log_rank, log_rank_permutation};

/// What happened at a time, over one denominator: its numerator, the cases with the event, and the cases last seen
/// without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// The time as a numerator over the denominator of all times.
    pub time: i128,
    /// Cases with the event at this time.
    pub events: u64,
    /// Cases last seen at this time without the event.
    pub censored: u64,
}

impl Observed {
    /// The same with events and last visits exchanged: the curve of these is that of the follow-up.
    /// Reference: Schemper & Smith 1996, doi:10.1016/0197-2456(96)00075-X.
    pub fn reversed(self) -> Observed {
        Observed { events: self.censored, censored: self.events, ..self }
    }
}
