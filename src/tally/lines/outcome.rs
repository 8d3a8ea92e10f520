//! The outcome of a patient from all treatment lines together.

use crate::schema::response::Response;
use crate::tally::counts::flag;

/// The flags of a line with this response; see [`flag`].
pub fn flags_of(response: Response) -> u8 {
    let mut flags = 0;
    if response.is_evaluable() {
        flags |= flag::EVALUABLE;
    }
    if response.is_responder() {
        flags |= flag::RESPONDER | flag::CONFIRMED;
    }
    if response == Response::Complete {
        flags |= flag::COMPLETE;
    }
    flags
}

/// The flags of a line for one of its agents or classes.
pub fn with_alone(flags: u8, alone: bool) -> u8 {
    match (alone, flags & flag::RESPONDER != 0) {
        (false, _) => flags,
        (true, false) => flags | flag::ALONE,
        (true, true) => flags | flag::ALONE | flag::ALONE_RESPONDER,
    }
}

/// The outcome of one patient: the flags of all lines, whether one relapsed, and the best response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatientOutcome {
    pub flags: u8,
    pub relapsed: bool,
    /// Index of the best response in the list of responses, which starts with the best.
    pub best: usize,
}

/// The bit of a relapse in the number of an outcome: flags below it, the best response above.
const RELAPSED: usize = 1 << 6;

impl PatientOutcome {
    #[inline]
    pub fn number(self) -> usize {
        (self.best << 7) | usize::from(self.relapsed) << 6 | usize::from(self.flags)
    }

    pub fn from(number: usize) -> PatientOutcome {
        PatientOutcome { flags: (number & (RELAPSED - 1)) as u8, relapsed: number & RELAPSED != 0, best: number >> 7 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::response::Response;

    #[test]
    fn the_first_of_the_responses_is_the_best() {
        assert!(Response::ALL.is_sorted_by_key(|response| response.rank()));
        assert!(Response::ALL.iter().enumerate().all(|(index, response)| index == *response as usize));
    }

    #[test]
    fn an_outcome_survives_its_number() {
        for number in 0..11 * 2 * RELAPSED {
            assert_eq!(PatientOutcome::from(number).number(), number);
        }
    }
}
