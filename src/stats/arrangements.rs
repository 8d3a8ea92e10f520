//! Arrangements of cases into groups, counted.

use crate::decimal::Exact;
use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

/// Beyond this size, the share is too small for a double: C(2002, 1001) is above 10^600.
const MOST_COUNTED: u64 = 1000;

/// The share of this number of arrangements among all arrangements of cases into groups of these sizes,
/// as a p: in (0, 1].
/// Formula: number / (N!/(n₁!·...·nₖ!)), exact; 2.2e-308 where it is smaller than that.
pub(super) fn share_of_arrangements(number: BigUint, sizes: &[u64]) -> f64 {
    let (mut cases, mut all) = (0, BigUint::one());
    for size in sizes {
        if cases.min(*size) > MOST_COUNTED {
            return f64::MIN_POSITIVE;
        }
        cases += size;
        all *= choose(cases, *size);
    }
    let share = Exact::ratio(BigInt::from(number), BigInt::from(all));
    share.map_or(1.0, |share| share.to_f64()).clamp(f64::MIN_POSITIVE, 1.0)
}

/// The binomial coefficient. 0 for k > n.
pub(super) fn choose(n: u64, k: u64) -> BigUint {
    if k > n {
        return BigUint::zero();
    }
    (0..k.min(n - k)).fold(BigUint::one(), |product, i| product * (n - i) / (i + 1))
}
