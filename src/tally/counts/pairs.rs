//! Pairs of two numbers of the same case.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};
use std::collections::BTreeMap;

/// How often each pair of two numbers occurs in some cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberPairs {
    pairs: BTreeMap<[BigRational; 2], u64>,
    /// Cases of which at least one number is not known.
    pub incomplete: u64,
    /// Cases of which at least one number is known only to lie beyond a bound.
    pub censored: u64,
}

/// The pairs of two variables of all cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairCounts {
    /// The names of the two variables.
    pub names: [String; 2],
    /// The pairs.
    pub all: NumberPairs,
}

impl NumberPairs {
    /// Adds the pair of a case.
    pub fn add(&mut self, pair: [BigRational; 2]) {
        let cases = self.pairs.entry(pair).or_default();
        *cases = cases.saturating_add(1);
    }

    /// Adds the pairs of other cases.
    pub fn merge(&mut self, other: &NumberPairs) {
        for (pair, cases) in &other.pairs {
            let sum = self.pairs.entry(pair.clone()).or_default();
            *sum = sum.saturating_add(*cases);
        }
        self.incomplete = self.incomplete.saturating_add(other.incomplete);
        self.censored = self.censored.saturating_add(other.censored);
    }

    /// Cases of which both numbers are known.
    pub fn cases(&self) -> u64 {
        self.pairs.values().sum()
    }

    /// One pair a case, each number whole over a denominator of its own. None where they differ too much in size.
    pub fn whole(&self) -> Option<Vec<(i128, i128)>> {
        let common = |at: usize| {
            let denominators = self.pairs.keys().filter_map(|pair| pair.get(at)).map(BigRational::denom);
            denominators.fold(BigInt::one(), |common, denominator| num_integer::lcm(common, denominator.clone()))
        };
        let [first, second] = [common(0), common(1)];
        let whole = |value: &BigRational, denominator: &BigInt| (value * denominator).to_integer().to_i128();
        let mut all = Vec::new();
        for ([one, other], cases) in &self.pairs {
            let pair = (whole(one, &first)?, whole(other, &second)?);
            all.extend((0..*cases).map(|_| pair));
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[(i64, i64)]) -> NumberPairs {
        let mut pairs = NumberPairs { incomplete: 1, ..NumberPairs::default() };
        values.iter().for_each(|(one, other)| {
            pairs.add([BigRational::new((*one).into(), 4.into()), BigRational::new((*other).into(), 10.into())]);
        });
        pairs
    }

    proptest! {
        #[test]
        fn merging_is_adding_and_the_empty_one_changes_nothing(
            one in prop::collection::vec((-20_i64..20, -20_i64..20), 0..20),
            other in prop::collection::vec((-20_i64..20, -20_i64..20), 0..20),
        ) {
            let (first, second) = (of(&one), of(&other));
            let mut forwards = first.clone();
            forwards.merge(&second);
            let mut backwards = second;
            backwards.merge(&first);
            prop_assert_eq!(&forwards, &backwards);
            prop_assert_eq!(forwards.cases() as usize, one.len() + other.len());
            let mut same = first.clone();
            same.merge(&NumberPairs::default());
            prop_assert_eq!(same, first);
        }
    }
}
