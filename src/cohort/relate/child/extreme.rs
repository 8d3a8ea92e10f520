//! The highest and the lowest of several measurements, of which some are known only to lie beyond a bound.

use crate::cohort::quantity::Quantity;
use crate::schema::lexical::Comparator;
use std::cmp::Ordering;

/// A measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtremeCandidate {
    /// The value, or its bound.
    pub value: Quantity,
    /// On which side of the bound it lies; none for a value.
    pub side: Option<Comparator>,
}

/// Which end is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The highest.
    Peak,
    /// The lowest.
    Lowest,
}

/// The extreme of some measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extreme {
    /// It is this measurement.
    Is(usize),
    /// It lies at this measurement or beyond it: a value, where another one is known only to lie beyond a bound below
    /// it.
    AtOrBeyond(usize),
}

/// The extreme of some measurements; none of none.
///
/// The peak of 5 and >200 is >200, that of 300 and >200 is 300 or more, that of <5 and 7 is 7, that of <10 and 7 is <10.
pub fn extreme(all: &[ExtremeCandidate], end: End) -> Option<Extreme> {
    let is_open = |one: &ExtremeCandidate| one.side.is_some_and(|side| opens(side, end));
    let beyond = |a: &Quantity, b: &Quantity| match end {
        End::Peak => a.compare(*b),
        End::Lowest => b.compare(*a),
    };
    let farthest = |wanted: &dyn Fn(&ExtremeCandidate) -> bool| {
        let wanted = all.iter().enumerate().filter(|(_, one)| wanted(one));
        // Of equal ones a value counts before a bound, then the first.
        wanted.reduce(|best, next| match beyond(&next.1.value, &best.1.value) {
            Ordering::Greater => next,
            Ordering::Equal if best.1.side.is_some() && next.1.side.is_none() => next,
            Ordering::Equal | Ordering::Less => best,
        })
    };
    let Some((open, bound)) = farthest(&is_open) else {
        return farthest(&|_| true).map(|(at, _)| Extreme::Is(at));
    };
    match farthest(&|one| one.side.is_none()) {
        Some((at, value)) if beyond(&value.value, &bound.value) == Ordering::Greater => Some(Extreme::AtOrBeyond(at)),
        Some(_) | None => Some(Extreme::Is(open)),
    }
}

/// True for a value that may lie anywhere beyond its bound at this end.
fn opens(side: Comparator, end: End) -> bool {
    match side {
        Comparator::Above | Comparator::AtLeast => end == End::Peak,
        Comparator::Below | Comparator::AtMost => end == End::Lowest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::Decimal;

    fn found(text: &str, end: End) -> String {
        let all: Vec<ExtremeCandidate> = text
            .split(' ')
            .map(|one| {
                let side = match one.as_bytes()[0] {
                    b'<' => Some(Comparator::Below),
                    b'>' => Some(Comparator::Above),
                    _ => None,
                };
                let value = Decimal::parse(one.trim_start_matches(['<', '>'])).unwrap().into();
                ExtremeCandidate { value, side }
            })
            .collect();
        let words: Vec<&str> = text.split(' ').collect();
        match extreme(&all, end).unwrap() {
            Extreme::Is(at) => words[at].to_owned(),
            Extreme::AtOrBeyond(at) => format!("{} or beyond", words[at]),
        }
    }

    #[test]
    fn a_bound_can_make_the_extreme_a_bound() {
        for (text, peak, lowest) in [
            ("5 7 3", "7", "3"),
            ("5 >200 180", ">200", "5"),
            ("300 >200", "300 or beyond", ">200"),
            ("200 >200", ">200", "200"),
            ("<5 7", "7", "<5"),
            ("<10 7", "<10", "7 or beyond"),
            ("<5 <10 3", "<10", "3 or beyond"),
            ("<5", "<5", "<5"),
        ] {
            assert_eq!((found(text, End::Peak), found(text, End::Lowest)), (peak.into(), lowest.into()), "{text}");
        }
        assert_eq!(extreme(&[], End::Peak), None);
    }
}
