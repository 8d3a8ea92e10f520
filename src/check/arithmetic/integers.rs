//! Whether a few whole numbers have a given sum and a given sum of squares.

use super::{TooMuchWork, Work};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

/// Largest set that is searched. From 5 numbers on, the parity of the two sums and [`least_squares`]
/// are sufficient; verified for 5 to 40 numbers with sums of squares up to 400.
pub const MOST_NUMBERS: u64 = 7;

/// Largest sum of squares about the mean that is searched, so that every term fits in 64 bits.
const MOST_SQUARES: i64 = 1 << 40;

/// Steps after which a search is given up.
const MOST_STEPS: u32 = 1 << 18;

/// The least sum of squares of n whole numbers with a given sum.
/// Formula: r·(c + 1)² + (n − r)·c² with T = n·c + r; all numbers are c or c + 1. None for n = 0.
#[expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow, and n is not 0")]
pub fn least_squares(n: u64, sum: &BigInt) -> Option<BigInt> {
    let count = (n > 0).then(|| BigInt::from(n))?;
    let (low, rest) = sum.div_mod_floor(&count);
    Some(count * &low * &low + (BigInt::from(2) * low + BigInt::from(1)) * rest)
}

/// n whole numbers, in order, with a given sum and sum of squares. None where there are none.
/// Formula: they are shifted so that the sum lies in [0, n), which changes the squares by a known
/// amount; then one after another is chosen from the middle outwards, as long as
/// (r − 1)(Q − y²) ≥ (T − y)² leaves room for the others; the last two are the roots of a quadratic.
/// Errors: [`TooMuchWork`], for n = 0 and n > [`MOST_NUMBERS`], and after 2^18 steps.
///
/// ```
/// # use calc_series::check::arithmetic::integers::with_sums;
/// // 1 + 2 + 4 = 7 and 1 + 4 + 16 = 21.
/// assert_eq!(with_sums(3, &7.into(), &21.into()), Ok(Some(vec![1.into(), 2.into(), 4.into()])));
/// assert_eq!(with_sums(3, &7.into(), &23.into()), Ok(None));
/// ```
/// Checked: all sets of small numbers, tests/arithmetic/grimmer.rs
pub fn with_sums(n: u64, sum: &BigInt, squares: &BigInt) -> Result<Option<Vec<BigInt>>, TooMuchWork> {
    search(n, sum, squares, &mut Work(MOST_STEPS))
}

/// The same within a limit of work.
#[expect(clippy::arithmetic_side_effects, reason = "integers of any size do not overflow, and n is not 0")]
pub(super) fn search(
    n: u64,
    sum: &BigInt,
    squares: &BigInt,
    work: &mut Work,
) -> Result<Option<Vec<BigInt>>, TooMuchWork> {
    if n == 0 || n > MOST_NUMBERS {
        return Err(TooMuchWork);
    }
    let count = BigInt::from(n);
    let shift = sum.div_floor(&count);
    let (sum, squares) = (sum - &count * &shift, squares - BigInt::from(2) * &shift * sum + &count * &shift * &shift);
    let (sum, squares) = sum.to_i64().zip(squares.to_i64()).ok_or(TooMuchWork)?;
    if squares < 0 || (squares - sum) % 2 != 0 {
        return Ok(None);
    }
    if squares > MOST_SQUARES {
        return Err(TooMuchWork);
    }
    let mut search = SumSearch { chosen: Vec::new(), work };
    let remaining = Remaining { numbers: n.to_i64().ok_or(TooMuchWork)?, sum, squares };
    let is_found = search.choose(remaining)?;
    search.chosen.sort_unstable();
    Ok(is_found.then(|| search.chosen.iter().map(|number| BigInt::from(*number) + &shift).collect()))
}

/// The numbers still to be chosen.
#[derive(Clone, Copy)]
struct Remaining {
    numbers: i64,
    sum: i64,
    squares: i64,
}

struct SumSearch<'w> {
    chosen: Vec<i64>,
    work: &'w mut Work,
}

impl SumSearch<'_> {
    /// Chooses the remaining numbers. True where that is possible.
    #[expect(clippy::arithmetic_side_effects, reason = "no number is above 2^20 in magnitude, no square above 2^40")]
    fn choose(&mut self, remaining: Remaining) -> Result<bool, TooMuchWork> {
        self.work.spend(1)?;
        let Remaining { numbers, sum, squares } = remaining;
        let others = numbers - 1;
        if others == 0 {
            return Ok(sum * sum == squares && self.take(&[sum]));
        }
        if others == 1 {
            return Ok(last_two(sum, squares).is_some_and(|two| self.take(&two)));
        }
        let has_room = |number: i64| others * (squares - number * number) >= (sum - number) * (sum - number);
        // From the middle outwards: down to the last number with room, then up.
        let middle = sum.div_euclid(numbers);
        for way in [-1, 1] {
            let mut number = if way < 0 { middle } else { middle + 1 };
            while has_room(number) {
                self.chosen.push(number);
                let rest = Remaining { numbers: others, sum: sum - number, squares: squares - number * number };
                if self.choose(rest)? {
                    return Ok(true);
                }
                self.chosen.pop();
                number += way;
            }
        }
        Ok(false)
    }

    fn take(&mut self, numbers: &[i64]) -> bool {
        self.chosen.extend_from_slice(numbers);
        true
    }
}

/// The two numbers with a given sum and sum of squares.
/// Formula: (T ∓ √(2Q − T²)) / 2.
#[expect(clippy::arithmetic_side_effects, reason = "no number is above 2^20 in magnitude, no square above 2^40")]
fn last_two(sum: i64, squares: i64) -> Option<[i64; 2]> {
    let square = 2 * squares - sum * sum;
    let difference = square.checked_isqrt()?;
    (difference * difference == square).then(|| [(sum - difference) / 2, (sum + difference) / 2])
}
