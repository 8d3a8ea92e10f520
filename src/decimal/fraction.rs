//! Fractions by machine integers, where they suffice: the same answers as those of big integers, sooner.

#[cfg(test)]
mod tests;

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Float, ToPrimitive, Zero};

/// The fraction numerator / denominator in lowest terms; the denominator is not 0.
/// Formula: as gcd(a, b) = gcd(b, a mod b), the common divisor is computed in 64 or 128 bits wherever the denominator
/// has as many, a hundred times as fast as with integers of any size.
pub(crate) fn lowest_terms(numerator: BigInt, denominator: BigInt) -> BigRational {
    if let (Some(above), Some(below)) = (numerator.to_i64(), denominator.to_i64())
        // Of the least of all integers the magnitude is none.
        && above > i64::MIN && below > 0
    {
        let common = above.gcd(&below);
        return BigRational::new_raw((above / common).into(), (below / common).into());
    }
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

/// The fraction that a double is: an odd integer times a power of two. None for an infinity or a NaN.
pub(super) fn double_as_ratio(value: f64) -> Option<BigRational> {
    if !value.is_finite() {
        return None;
    }
    let (mantissa, exponent, sign) = value.integer_decode();
    if mantissa == 0 {
        return Some(BigRational::zero());
    }
    let zeros = mantissa.trailing_zeros();
    let odd = BigInt::from(mantissa >> zeros) * sign;
    let exponent = i32::from(exponent) + zeros.cast_signed();
    let power = BigInt::from(1) << exponent.unsigned_abs();
    Some(if exponent < 0 { BigRational::new_raw(odd, power) } else { BigRational::from_integer(odd * power) })
}

/// The nearest double of a fraction of two integers that are doubles: their quotient, which is rounded once.
pub(super) fn small_to_f64(value: &BigRational) -> Option<f64> {
    const LARGEST: u64 = 1 << f64::MANTISSA_DIGITS;
    let double = |part: &BigInt| part.to_i64().filter(|part| part.unsigned_abs() <= LARGEST).map(|part| part as f64);
    Some(double(value.numer())? / double(value.denom())?)
}

/// ⌊|value| · 10^decimals · factor⌋, and whether nothing was cut off, where 128 bits hold all that it takes.
pub(super) fn small_floor(value: &BigRational, decimals: i64, factor: u32) -> Option<(BigUint, bool)> {
    let power = |exponent: i64| 10_u128.checked_pow(u32::try_from(exponent).unwrap_or(0));
    let up = power(decimals)?.checked_mul(factor.into())?;
    let numerator = value.numer().magnitude().to_u128()?.checked_mul(up)?;
    let denominator = value.denom().magnitude().to_u128()?.checked_mul(power(-decimals)?)?;
    Some((numerator.checked_div(denominator)?.into(), numerator.checked_rem(denominator)? == 0))
}
