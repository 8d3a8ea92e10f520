use super::*;
use num_traits::{Pow, Signed};
use proptest::prelude::*;

/// Integers of every size, those at the limits of machine integers among them.
fn integer() -> impl Strategy<Value = BigInt> {
    let shifted = (any::<i64>(), 0..80_u32).prop_map(|(value, zeros)| BigInt::from(value) << zeros);
    let at_a_limit = (0..130_u32, -2..3_i32).prop_map(|(bits, near)| (BigInt::from(1) << bits) + near);
    prop_oneof![any::<i8>().prop_map(BigInt::from), any::<i64>().prop_map(BigInt::from), shifted, at_a_limit]
}

fn not_zero() -> impl Strategy<Value = BigInt> {
    integer().prop_filter("a denominator", |value| !value.is_zero())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn machine_integers_give_the_same_fraction(numerator in integer(), denominator in not_zero()) {
        let wanted = BigRational::new(numerator.clone(), denominator.clone());
        let found = lowest_terms(numerator, denominator);
        prop_assert_eq!((found.numer(), found.denom()), (wanted.numer(), wanted.denom()));
    }

    #[test]
    fn machine_integers_give_the_same_double(numerator in integer(), denominator in not_zero()) {
        let value = BigRational::new(numerator, denominator);
        if let Some(small) = small_to_f64(&value) {
            prop_assert_eq!(Some(small), value.to_f64());
        }
    }

    #[test]
    fn machine_integers_give_the_same_floor(
        (numerator, denominator) in (integer(), not_zero()),
        decimals in -40..40_i64,
        factor in 1..(1_u32 << 26),
    ) {
        let value = BigRational::new(numerator, denominator);
        if let Some((floor, is_exact)) = small_floor(&value, decimals, factor) {
            let power = |exponent: i64| Pow::pow(BigInt::from(10), u32::try_from(exponent).unwrap_or(0));
            let scaled = value.abs() * power(decimals) * BigInt::from(factor) / power(-decimals);
            prop_assert_eq!(BigInt::from(floor), scaled.floor().to_integer());
            prop_assert_eq!(is_exact, scaled.is_integer());
        }
    }

    #[test]
    fn a_double_is_one_fraction(value in any::<f64>()) {
        prop_assert_eq!(double_as_ratio(value), BigRational::from_float(value));
    }
}

#[test]
fn zero_and_what_is_no_number() {
    assert_eq!(double_as_ratio(-0.0), Some(BigRational::zero()));
    assert_eq!(double_as_ratio(f64::MIN_POSITIVE / 4.0), BigRational::from_float(f64::MIN_POSITIVE / 4.0));
    assert_eq!([f64::NAN, f64::INFINITY].map(double_as_ratio), [None, None]);
    assert_eq!(small_floor(&BigRational::zero(), 3, 2), Some((BigUint::zero(), true)));
}
