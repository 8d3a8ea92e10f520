//! Which of the measurements of a case is the first, the last, and the one before treatment.

/// A measurement on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated<'m> {
    /// The number of the day; none where it is no full date.
    pub day: Option<i64>,
    /// The text of the value.
    pub text: &'m str,
}

/// Which one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The first one.
    First,
    /// The last one.
    Last,
    /// The last one up to this day, that of the first treatment; nobody knows it where the day is not known.
    Baseline(Option<i64>),
}

/// Why none can be picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPick {
    /// A measurement, by its index, is on no full date.
    NoDate(usize),
    /// Two values were measured on one day; the index of the second.
    SameDay(usize),
}

/// The index of the measurement asked for; none where there is none.
///
/// Errors: their order is not known.
pub fn pick(all: &[Dated<'_>], occasion: Occasion) -> Result<Option<usize>, NoPick> {
    if let Some(at) = all.iter().position(|one| one.day.is_none()) {
        return Err(NoPick::NoDate(at));
    }
    let limit = match occasion {
        Occasion::First | Occasion::Last => i64::MAX,
        Occasion::Baseline(None) => return Ok(None),
        Occasion::Baseline(Some(start)) => start,
    };
    let counted =
        || all.iter().enumerate().filter_map(|(at, one)| Some((at, one, one.day?))).filter(|(.., day)| *day <= limit);
    let found = match occasion {
        Occasion::First => counted().min_by_key(|(.., day)| *day),
        Occasion::Last | Occasion::Baseline(_) => counted().max_by_key(|(.., day)| *day),
    };
    let Some((at, one, day)) = found else { return Ok(None) };
    let twin = counted().find(|(other, twin, on)| *other != at && *on == day && twin.text != one.text);
    twin.map_or(Ok(Some(at)), |(other, ..)| Err(NoPick::SameDay(at.max(other))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_are_picked_by_their_day() {
        let all = |days: &[Option<i64>]| days.iter().map(|day| Dated { day: *day, text: "5" }).collect::<Vec<_>>();
        let three = all(&[Some(20), Some(10), Some(30)]);
        assert_eq!([pick(&three, Occasion::First), pick(&three, Occasion::Last)], [Ok(Some(1)), Ok(Some(2))]);
        let baseline = |start| pick(&three, Occasion::Baseline(start));
        assert_eq!(
            [baseline(Some(20)), baseline(Some(29)), baseline(Some(9)), baseline(None)],
            [Ok(Some(0)), Ok(Some(0)), Ok(None), Ok(None)]
        );
        assert_eq!(pick(&all(&[Some(1), None]), Occasion::First), Err(NoPick::NoDate(1)));
        // The same value twice on a day is one answer; two values are none.
        let mut twice = all(&[Some(1), Some(1)]);
        assert_eq!(pick(&twice, Occasion::First), Ok(Some(0)));
        twice[1].text = "6";
        assert_eq!(pick(&twice, Occasion::First), Err(NoPick::SameDay(1)));
        assert_eq!(pick(&[], Occasion::Last), Ok(None));
    }
}
