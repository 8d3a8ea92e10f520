//! The times of cases with an event, and of those last seen without it.

use super::NumberCounts;
use crate::decimal::Decimal;
use crate::stats::survival::Observed;
use num_integer::lcm;

/// The times of some cases.
#[derive(Debug, Clone, Default)]
pub struct EventTimes {
    /// Of those with the event.
    pub events: NumberCounts,
    /// Of those last seen without it.
    pub last_visits: NumberCounts,
}

/// The times to an event of all cases.
#[derive(Debug, Clone, Default)]
pub struct SurvivalCounts {
    /// The index of the variable of the times.
    pub variable: usize,
    /// Who has the event.
    pub event: String,
    /// The times at which the share without the event is wanted.
    pub at: Vec<Decimal>,
    /// The times up to which the restricted mean is wanted.
    pub means: Vec<Decimal>,
    /// The times.
    pub all: EventTimes,
}

impl EventTimes {
    /// Adds the times of other cases.
    pub fn merge(&mut self, other: EventTimes) {
        self.events.merge(other.events);
        self.last_visits.merge(other.last_visits);
    }

    /// The denominator over which all these times are whole. None where they differ too much in size.
    pub fn denominator(&self) -> Option<i128> {
        let [events, last_visits] = [&self.events, &self.last_visits].map(NumberCounts::distribution);
        let common = lcm(events.denominator, last_visits.denominator);
        (events.too_large + last_visits.too_large == 0 && common > 0).then_some(common)
    }

    /// What was observed at each time, as numerators over a denominator of all cases.
    pub fn observed(&self, denominator: i128) -> Option<Vec<Observed>> {
        let mut observed = Vec::new();
        for (counts, is_event) in [(&self.events, true), (&self.last_visits, false)] {
            let distribution = counts.distribution();
            let factor = denominator.checked_div(distribution.denominator)?;
            for (time, cases) in distribution.points() {
                let (events, censored) = if is_event { (cases, 0) } else { (0, cases) };
                observed.push(Observed { time: time.checked_mul(factor)?, events, censored });
            }
        }
        observed.sort_unstable_by_key(|at| at.time);
        Some(observed)
    }
}

/// The times of all groups together.
pub fn merged_times<'c>(groups: impl Iterator<Item = &'c EventTimes>) -> EventTimes {
    let mut all = EventTimes::default();
    groups.for_each(|times| all.merge(times.clone()));
    all
}
