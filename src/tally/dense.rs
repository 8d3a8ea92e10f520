//! Counts short plain decimals in arrays indexed by their digits.

/// Decimals that have an array of their own.
const SCALES: usize = 5;
/// Digits below this have a place in an array.
const LIMIT: u32 = 1 << 16;

/// Counts of values `digits / 10^scale`, one array a scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dense {
    counts: [Vec<u64>; SCALES],
}

impl Dense {
    /// Counts one value; false where it has no place here.
    #[inline]
    pub fn add(&mut self, digits: u32, scale: usize) -> bool {
        let Some(counts) = self.counts.get_mut(scale) else { return false };
        match counts.get_mut(digits as usize) {
            Some(count) => *count += 1,
            None if digits < LIMIT => {
                counts.resize((digits as usize + 1).next_power_of_two().max(256), 0);
                if let Some(count) = counts.get_mut(digits as usize) {
                    *count += 1;
                }
            }
            None => return false,
        }
        true
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Dense) {
        for (ours, theirs) in self.counts.iter_mut().zip(&other.counts) {
            if ours.len() < theirs.len() {
                ours.resize(theirs.len(), 0);
            }
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| *ours += theirs);
        }
    }

    /// The values met: digits, scale, count.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u8, u64)> {
        self.counts.iter().enumerate().flat_map(|(scale, counts)| {
            let met = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            met.map(move |(digits, count)| (digits as u32, scale as u8, *count))
        })
    }
}

/// The digits and the decimals of a plain number such as `12.4`; `None` for anything else.
///
/// At most eight bytes, digits with at most one `mark` between them: the cells of a laboratory
/// column. All other numbers take the way of `cohort::cell`, which gives the same value.
#[inline]
pub fn plain_number(text: &[u8], mark: u8) -> Option<(u32, usize)> {
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let (mut digits, mut after_mark, mut marks) = (0_u32, 0, 0);
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            digits = digits.wrapping_mul(10).wrapping_add(u32::from(digit));
            after_mark += marks;
        } else if *byte == mark && marks == 0 {
            marks = 1;
        } else {
            return None;
        }
    }
    // A mark at either end is not this grammar.
    let whole = text.first() != Some(&mark) && text.last() != Some(&mark);
    whole.then_some((digits, after_mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::Decimal;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_number_is_the_decimal_that_the_grammar_reads(text in "[0-9.]{0,9}|[-+e0-9,]{0,4}") {
            if let Some((digits, scale)) = plain_number(text.as_bytes(), b'.') {
                prop_assert_eq!(Ok(Decimal::new(i64::from(digits), scale as u8)), Decimal::parse(&text));
            }
        }
    }

    #[test]
    fn merging_adds_counts_and_empty_is_the_identity() {
        let (mut a, mut b) = (Dense::default(), Dense::default());
        for (digits, scale) in [(25, 1), (6, 0), (300, 0)] {
            assert!(a.add(digits, scale));
        }
        assert!(b.add(6, 0) && !b.add(70_000, 0) && !b.add(1, 5));
        let before: Vec<_> = a.iter().collect();
        a.merge(&Dense::default());
        assert_eq!(a.iter().collect::<Vec<_>>(), before);
        a.merge(&b);
        assert_eq!(a.iter().collect::<Vec<_>>(), [(6, 0, 2), (300, 0, 1), (25, 1, 1)]);
    }
}
