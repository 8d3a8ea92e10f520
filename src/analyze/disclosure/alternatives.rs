//! Whether other values exist that a reader could not tell from the true ones.
//!
//! The reader is taken to know the number of values, their exact sum and sum of squares, the lattice they lie on, their
//! least and greatest value, the values at some ranks, and how many lie on each side of some bounds. An exchange takes
//! a few values for others of the same sum and squares. Where one of them changes how many cases have a value, the
//! number of these cases cannot be computed. Not every exchange is looked for: what is found exists, what is not found
//! counts as known. Where there are twelve different values or more, it is not looked for of values that are shown at
//! some rank, and of the others among the nearest ones and some of all. Of more than [`LOOKED_AT`] values only the least
//! and the greatest are looked at: any other has so many beside it that an exchange is taken to exist.

use std::cell::Cell;

/// Values as multiples of their lattice above the least one of all cases, in ascending order, each with its cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LatticeValues {
    points: Vec<(i128, u64)>,
}

/// What a reader knows beside number, sum and squares.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownOfValues {
    /// The greatest value there can be.
    pub greatest: i128,
    /// The values at some ranks.
    pub pins: Vec<Pin>,
    /// As many values are below each of these as there are.
    pub fences: Vec<i128>,
}

/// The value at a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pin {
    rank: u64,
    value: i128,
    below: u64,
    up_to: u64,
}

/// Greater multiples are not squared.
const GREATEST: i128 = 1 << 60;
/// With so many different values, those that are shown at some rank are not looked at.
const MANY: usize = 12;
/// With more different values, only the least and the greatest are looked at.
const LOOKED_AT: usize = 100;
/// How many of them.
const EDGE: usize = 8;
/// Half of the values beside one among which an exchange is looked for: the nearest ones, and as many of all.
const BESIDE: usize = 16;
/// Exchanges looked at for the values of one column; what is not found until then counts as known.
const MOST_LOOKS: u64 = 4_000_000;
/// How far a value is moved.
const STEPS: i128 = 6;

impl LatticeValues {
    /// Values and their cases, in ascending order.
    pub fn new(points: Vec<(i128, u64)>) -> LatticeValues {
        LatticeValues { points }
    }

    /// These values and others.
    pub fn with(&self, other: &LatticeValues) -> LatticeValues {
        let mut points: Vec<(i128, u64)> = self.points.iter().chain(&other.points).copied().collect();
        points.sort_unstable();
        points.dedup_by(|(value, cases), (kept, sum)| {
            *sum += if value == kept { *cases } else { 0 };
            value == kept
        });
        LatticeValues { points }
    }

    /// These values without others, which are among them; none where they are not.
    pub fn without(&self, other: &LatticeValues) -> Option<LatticeValues> {
        let mut points = self.points.clone();
        for (value, cases) in &other.points {
            let at = points.binary_search_by_key(value, |(value, _)| *value).ok()?;
            let (_, left) = points.get_mut(at)?;
            *left = left.checked_sub(*cases)?;
        }
        points.retain(|(_, cases)| *cases > 0);
        Some(LatticeValues { points })
    }

    /// The value at each of these ranks.
    pub fn pins(&self, ranks: &[u64]) -> Vec<Pin> {
        ranks.iter().filter_map(|rank| self.pin(*rank)).collect()
    }

    fn pin(&self, rank: u64) -> Option<Pin> {
        let mut below = 0;
        for (value, cases) in &self.points {
            if below + cases >= rank {
                return Some(Pin { rank, value: *value, below, up_to: below + cases });
            }
            below += cases;
        }
        None
    }

    /// True where some value is that of 1 to `k` - 1 cases.
    pub fn any_of_few(&self, k: u64) -> bool {
        self.points.iter().any(|(_, cases)| *cases < k)
    }

    /// True where each value of 1 to `k` - 1 cases could be that of another number of cases.
    pub fn are_open(&self, known: &KnownOfValues, k: u64) -> bool {
        if known.greatest > GREATEST {
            return !self.any_of_few(k);
        }
        let search = Search { values: self, known, looks: Cell::new(0) };
        let mut few = self.points.iter().enumerate().filter(|(_, (_, cases))| *cases < k);
        let is_many = self.points.len() >= MANY;
        let is_shown = |value: i128| is_many && known.pins.iter().any(|pin| pin.value == value);
        let count = self.points.len();
        let is_amid = |place: usize| count > LOOKED_AT && (EDGE..count - EDGE).contains(&place);
        few.all(|(place, (value, _))| is_shown(*value) || is_amid(place) || search.changes(*value, place))
    }

    fn cases(&self, value: i128) -> i64 {
        let at = self.points.binary_search_by_key(&value, |(value, _)| *value);
        at.ok().and_then(|at| self.points.get(at)).map_or(0, |(_, cases)| i64::try_from(*cases).unwrap_or(i64::MAX))
    }
}

/// The search for exchanges.
struct Search<'a> {
    values: &'a LatticeValues,
    known: &'a KnownOfValues,
    /// Exchanges looked at.
    looks: Cell<u64>,
}

impl Search<'_> {
    /// True where an exchange changes the number of cases with the value at a place.
    fn changes(&self, value: i128, place: usize) -> bool {
        let all = self.beside(place);
        self.by_reflection(value, &all)
            || (1..=STEPS).any(|step| [step, -step].iter().any(|step| self.by_step(value, value, *step, &all)))
            || all.iter().any(|from| *from != value && self.by_step(value, *from, value - from, &all))
    }

    /// The values beside the one at a place: all where they are few, else the nearest ones and some of all.
    fn beside(&self, place: usize) -> Vec<i128> {
        let count = self.values.points.len();
        // All of them where they are few.
        let step = if count > 2 * BESIDE { count.div_ceil(BESIDE) } else { 1 };
        let near = place.saturating_sub(BESIDE / 2)..count.min(place + BESIDE / 2);
        let mut places: Vec<usize> = near.chain((0..count).step_by(step)).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|at| self.values.points.get(at)).map(|(value, _)| *value).collect()
    }

    /// Reflects three or four values in their mean.
    fn by_reflection(&self, value: i128, beside: &[i128]) -> bool {
        for (at, one) in beside.iter().enumerate() {
            for (next, other) in beside.iter().enumerate().skip(at) {
                let sum = value + one + other;
                if sum % 3 == 0 && self.allows(value, &[value, *one, *other], |x| sum / 3 * 2 - x) {
                    return true;
                }
                for third in beside.iter().skip(next) {
                    let sum = sum + third;
                    if sum % 2 == 0 && self.allows(value, &[value, *one, *other, *third], |x| sum / 2 - x) {
                        return true;
                    }
                }
            }
        }
        false
    }

    fn allows(&self, value: i128, taken: &[i128], image: impl Fn(i128) -> i128) -> bool {
        let given: Vec<i128> = taken.iter().map(|x| image(*x)).collect();
        self.is_exchange(value, taken, &given)
    }

    /// Moves a value by a step and two others so that sum and squares stay.
    fn by_step(&self, value: i128, from: i128, step: i128, beside: &[i128]) -> bool {
        let to = from + step;
        if to < 0 || to > self.known.greatest {
            return false;
        }
        for (at, one) in beside.iter().enumerate() {
            for other in beside.iter().skip(at) {
                let sum = one + other - step;
                let squares = one * one + other * other + from * from - to * to;
                let difference = 2 * squares - sum * sum;
                if difference < 0 {
                    continue;
                }
                let root = difference.isqrt();
                if root * root == difference
                    && self.is_exchange(value, &[from, *one, *other], &[to, (sum + root) / 2, (sum - root) / 2])
                {
                    return true;
                }
            }
        }
        false
    }

    /// True where these values can be taken for those, and that changes the number of cases with `value`.
    fn is_exchange(&self, value: i128, taken: &[i128], given: &[i128]) -> bool {
        self.looks.set(self.looks.get().saturating_add(1));
        if self.looks.get() > MOST_LOOKS {
            return false;
        }
        let count =
            |of: &[i128], is: &dyn Fn(i128) -> bool| i64::try_from(of.iter().filter(|x| is(**x)).count()).unwrap_or(0);
        let change = |is: &dyn Fn(i128) -> bool| count(given, is) - count(taken, is);
        let is_possible = given.iter().all(|x| (0..=self.known.greatest).contains(x));
        is_possible
            && change(&|x| x == value) != 0
            && taken.iter().all(|x| self.values.cases(*x) + change(&|y| y == *x) >= 0)
            && self.known.fences.iter().all(|fence| change(&|x| x < *fence) == 0)
            && self.known.pins.iter().all(|pin| pin.holds(change(&|x| x < pin.value), change(&|x| x <= pin.value)))
    }
}

impl Pin {
    /// True where the value stays at its rank with so many more cases below it, and up to it.
    fn holds(&self, below: i64, up_to: i64) -> bool {
        let is_below = self.below.checked_add_signed(below).is_some_and(|below| below < self.rank);
        is_below && self.up_to.checked_add_signed(up_to).is_some_and(|up_to| up_to >= self.rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const RANKS: [fn(u64) -> u64; 3] = [|n| n.div_ceil(4), |n| n.div_ceil(2), |n| (3 * n).div_ceil(4)];

    fn known(values: &LatticeValues, greatest: i128) -> KnownOfValues {
        let n = values.points.iter().map(|(_, cases)| cases).sum();
        KnownOfValues { greatest, pins: values.pins(&RANKS.map(|rank| rank(n))), fences: Vec::new() }
    }

    /// All ways to give `n` cases one of the values 0 to `greatest`: the cases of each value.
    fn all(n: u64, greatest: usize) -> Vec<Vec<u64>> {
        let mut all = vec![(Vec::new(), n)];
        for _ in 0..greatest {
            let more = |(counts, left): (Vec<u64>, u64)| {
                (0..=left).map(move |cases| ([&counts[..], &[cases]].concat(), left - cases))
            };
            all = all.into_iter().flat_map(more).collect();
        }
        all.into_iter().map(|(counts, left)| [&counts[..], &[left]].concat()).collect()
    }

    fn values(counts: &[u64]) -> LatticeValues {
        LatticeValues::new((0..).zip(counts.iter().copied()).filter(|(_, cases)| *cases > 0).collect())
    }

    /// What is printed of the values: sum, squares, the values at the ranks.
    fn print(values: &LatticeValues, greatest: i128) -> (i128, i128, Vec<i128>) {
        let sum =
            |of: fn(i128) -> i128| values.points.iter().map(|(value, cases)| of(*value) * i128::from(*cases)).sum();
        (sum(|x| x), sum(|x| x * x), known(values, greatest).pins.iter().map(|pin| pin.value).collect())
    }

    /// Of all small series: whoever is told number, mean, SD and quartiles cannot compute the cases of a value of few
    /// where the values count as open; and most of what could be shown is shown.
    #[test]
    fn no_number_of_cases_of_open_values_can_be_computed() {
        let (mut open, mut could_be) = (0_u32, 0_u32);
        for (n, greatest) in [(3, 6), (5, 4), (6, 5), (9, 3), (12, 3), (8, 5)] {
            let mut same: BTreeMap<_, Vec<Vec<u64>>> = BTreeMap::new();
            let last = i128::try_from(greatest).unwrap();
            for counts in all(n, greatest) {
                same.entry(print(&values(&counts), last)).or_default().push(counts);
            }
            for series in same.values() {
                for counts in series {
                    let few = (0..counts.len()).filter(|at| (1..4).contains(&counts[*at]));
                    let are_hidden = few.into_iter().all(|at| series.iter().any(|other| other[at] != counts[at]));
                    let of = values(counts);
                    let are_open = of.are_open(&known(&of, last), 4);
                    assert!(are_hidden || !are_open, "{counts:?} can be computed");
                    could_be += u32::from(are_hidden);
                    open += u32::from(are_open);
                }
            }
        }
        assert!(open * 100 > could_be * 65, "{open} of {could_be} are shown");
    }

    #[test]
    fn few_distinct_values_follow_from_their_moments_and_many_do_not() {
        let of = |points: &[(i128, u64)]| {
            let of = LatticeValues::new(points.to_vec());
            let greatest = points.last().unwrap().0;
            of.are_open(&known(&of, greatest), 5)
        };
        assert!(!of(&[(0, 27), (1, 2), (2, 1)]));
        assert!(!of(&[(0, 1), (1, 28), (2, 1)]));
        assert!(!of(&[(0, 29), (1, 1)]));
        assert!(of(&[(0, 20), (1, 6), (2, 5), (3, 5)]), "no value is that of few");
        let ages: Vec<(i128, u64)> =
            (0..30).map(|n| (n * n % 71, 1)).collect::<BTreeMap<i128, u64>>().into_iter().collect();
        assert!(of(&ages));
        // One value so far from eleven others that no other has its part of the squares.
        let one_far: Vec<(i128, u64)> = (0..11).map(|n| (n, 2)).chain([(1_000_000, 1)]).collect();
        assert!(!of(&one_far));
    }

    #[test]
    fn a_registry_is_open_in_little_time() {
        let points: Vec<(i128, u64)> = (0..20_000).map(|n: i128| (n * 7919 + n * n % 6007, 1)).collect();
        let of = LatticeValues::new(points);
        let mut known = known(&of, of.points.last().unwrap().0);
        known.fences = vec![1_000_000, 90_000_000];
        assert!(of.are_open(&known, 10));
    }
}
