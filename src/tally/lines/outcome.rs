//! The outcome of a patient from all treatment lines together.

use crate::schema::response::understand::{
    Ambiguity, ResponseContext, Understanding, holds_response_codes, understand,
};
use crate::schema::response::{Code, Response};
use crate::tally::counts::{BesideCodes, flag};

/// What a response says: the response as far as it is understood, and its flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    pub response: Response,
    pub flags: u16,
    /// What it is for `NR` and `NC` beside it.
    pub beside_codes: BesideCodes,
}

impl Answer {
    /// What a text says; one that is not understood leaves the response open.
    pub fn of(text: &str, context: ResponseContext) -> Answer {
        let (response, flags) = match understand(text, context) {
            Understanding::Understood(said) => match said.response {
                Some(response) if said.modifiers.leave_confirmed() => (response, flags_of(response)),
                Some(response) => (response, flags_of(response) & !flag::CONFIRMED),
                // A relapse is an event, and no response. A state alone, and that there was no relapse, tells nothing
                // of the response.
                None if said.status.is_none() && said.events.relapse => (Response::NotReported, 0),
                None => (Response::NotReported, flag::OPEN),
            },
            Understanding::Ambiguous(Ambiguity::Code(Code::Nr)) => (Response::NotReported, flag::NR),
            Understanding::Ambiguous(Ambiguity::Code(Code::Nc)) => (Response::NotReported, flag::NC),
            Understanding::Ambiguous(_) | Understanding::NotUnderstood => (Response::NotReported, flag::OPEN),
        };
        let is_or_may_be_a_response = flags & (flag::EVALUABLE | flag::OPEN | flag::NC) != 0;
        let beside_codes =
            BesideCodes { rated: holds_response_codes([text].into_iter()), responses: is_or_may_be_a_response };
        Answer { response, flags, beside_codes }
    }

    /// The flags of each of several lines, where this is the best response of one of them.
    pub fn of_some_line(self) -> u16 {
        if self.flags & (flag::RESPONDER | flag::OPEN | flag::NC) != 0 {
            flag::OPEN
        } else if self.flags & flag::EVALUABLE != 0 {
            flag::UNJUDGED
        } else {
            self.flags
        }
    }

    /// True for a response that can be judged, or of which nobody knows.
    pub fn may_be_judged(self) -> bool {
        self.flags & (flag::EVALUABLE | flag::OPEN | flag::NC) != 0
    }

    /// True where it counts as the response of the lines beside it: none of them states one, and a blank does not settle
    /// what a line leaves open: `metotrexato (RC)`.
    pub fn counts_beside(self, is_stated: bool, is_open: bool) -> bool {
        !is_stated && (self.is_stated() || !is_open)
    }

    /// True where something is said of the response.
    pub fn is_stated(self) -> bool {
        self.response != Response::NotReported || self.flags & (flag::OPEN | flag::NC) != 0
    }
}

/// The flags of a line with this response; see [`flag`].
pub fn flags_of(response: Response) -> u16 {
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
pub fn with_alone(flags: u16, alone: bool) -> u16 {
    match (alone, flags & flag::RESPONDER != 0) {
        (false, _) => flags,
        (true, false) => flags | flag::ALONE,
        (true, true) => flags | flag::ALONE | flag::ALONE_RESPONDER,
    }
}

/// The outcome of one patient: the flags of all lines, whether one relapsed, and the best response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatientOutcome {
    pub flags: u16,
    pub relapsed: bool,
    /// Index of the best response in the list of responses, which starts with the best.
    pub best: usize,
}

/// The bit of a relapse in the number of an outcome: the flags of what is understood below it, the best response
/// above, then the flags of what is open, which are rare.
const RELAPSED: usize = 1 << 6;
/// The lowest bit of what is open.
const OPEN: u32 = 11;

impl PatientOutcome {
    #[inline]
    pub fn number(self) -> usize {
        let (open, flags) = (usize::from(self.flags >> 6), usize::from(self.flags & 63));
        (open << OPEN) | (self.best << 7) | usize::from(self.relapsed) << 6 | flags
    }

    pub fn from(number: usize) -> PatientOutcome {
        let flags = (number & (RELAPSED - 1)) | (number >> OPEN) << 6;
        PatientOutcome { flags: flags as u16, relapsed: number & RELAPSED != 0, best: (number >> 7) & 15 }
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
        for number in 0..8 << OPEN {
            assert_eq!(PatientOutcome::from(number).number(), number);
        }
    }
}
