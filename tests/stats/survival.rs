//! Curves of survival and the log-rank test.

use super::{assert_close, number, oracle, ratio};
use calc_series::decimal::round_real;
use calc_series::stats::hypothesis::NoTest;
use calc_series::stats::survival::{Curve, Observed, SurvivalAt, TimeQuantile, log_rank, log_rank_permutation};
use num_rational::BigRational;
use num_traits::ToPrimitive;
use proptest::prelude::*;

/// What was observed, from lists of times and of `1` for an event, in any order.
fn observed(times: &str, events: &str) -> Vec<Observed> {
    let mut observed: Vec<Observed> = times
        .split(' ')
        .zip(events.split(' '))
        .map(|(time, event)| {
            let event: u64 = number(event);
            Observed { time: number(time), events: event, censored: 1 - event }
        })
        .collect();
    observed.sort_unstable_by_key(|at| at.time);
    observed
}

fn curve(times: &str, events: &str) -> Curve {
    Curve::of(observed(times, events)).unwrap()
}

fn time(text: &str) -> BigRational {
    BigRational::from_integer(number::<i64>(text).into())
}

/// A time, or nothing where it is not reached; R prints middles with one decimal.
fn assert_time(found: &TimeQuantile, expected: &str, what: &str) {
    let found = match found {
        TimeQuantile::At(time) => Some(time.to_f64().unwrap()),
        TimeQuantile::NotReached => None,
    };
    assert_eq!(found, (!expected.is_empty()).then(|| number(expected)), "{what}");
}

fn assert_real(found: Option<f64>, expected: &str, what: &str) {
    match expected {
        "" => assert_eq!(found, None, "{what}"),
        _ => assert_close(found.unwrap_or(f64::NAN), number(expected), 1e-13, what),
    }
}

#[test]
fn curves_match_r() {
    for row in oracle(include_str!("../oracle/survival.csv"), 63) {
        let what = format!("{row:?}");
        let curve = curve(row[0], row[1]);
        for (place, quarter) in [1, 2, 3].into_iter().enumerate() {
            let p = ratio(quarter, 4);
            let (low, high) = curve.quantile_interval(&p, 0.95);
            assert_time(&curve.quantile(&p), row[2 + place], &what);
            assert_time(&low, row[5 + place], &what);
            assert_time(&high, row[8 + place], &what);
        }
        let reversed = Curve::of(observed(row[0], row[1]).into_iter().map(Observed::reversed)).unwrap();
        assert_time(&reversed.quantile(&ratio(1, 2)), row[11], &what);
        match curve.at(&time(row[12])) {
            SurvivalAt::Step(step) if !row[13].is_empty() => {
                assert_close(step.survival.to_f64().unwrap(), number(row[13]), 1e-13, &what);
                if row[13] != "0" {
                    assert_real(step.standard_error(), row[14], &what);
                }
                assert_real(step.interval(0.95).map(|bounds| bounds.low), row[15], &what);
                assert_real(step.interval(0.95).map(|bounds| bounds.high), row[16], &what);
            }
            SurvivalAt::Step(step) => assert_eq!(step.survival, ratio(0, 1), "{what}"),
            SurvivalAt::Start => assert!(["", "1"].contains(&row[13]), "{what}"),
            SurvivalAt::Beyond => assert_eq!(row[13], "", "{what}"),
        }
        if !row[18].is_empty() {
            let area = curve.restricted_mean(&time(row[17])).unwrap();
            assert_close(area.mean.to_f64().unwrap(), number(row[18]), 1e-13, &what);
            assert_close(area.standard_error, number(row[19]), 1e-12, &what);
        }
    }
}

/// The figures that R 4.2.2 prints of its own examples.
#[test]
fn the_maintained_arm_by_hand() {
    let curve = curve("9 13 13 18 23 28 31 34 45 48 161", "1 1 0 1 1 0 1 1 0 1 0");
    let SurvivalAt::Step(step) = curve.at(&time("12")) else { panic!("a step") };
    assert_eq!((step.survival.clone(), step.at_risk, curve.events()), (ratio(10, 11), 11, 7));
    let interval = step.interval(0.95).unwrap();
    assert_eq!([interval.low, interval.high].map(|bound| round_real(bound, 7).unwrap()), ["0.5080802", "0.9866738"]);
    assert_eq!(curve.quantile(&ratio(1, 2)), TimeQuantile::At(ratio(31, 1)));
    let (low, high) = curve.quantile_interval(&ratio(1, 2), 0.95);
    assert_eq!((low, high), (TimeQuantile::At(ratio(13, 1)), TimeQuantile::NotReached));
    assert_eq!([8, 9, 13, 14, 161, 162].map(|time| curve.at_risk(&ratio(time, 1))), [11, 11, 10, 8, 1, 0]);
    assert_eq!(curve.at(&time("8")), SurvivalAt::Start);
    assert_eq!(curve.at(&time("162")), SurvivalAt::Beyond);
}

#[test]
fn the_log_rank_test_matches_r() {
    for row in oracle(include_str!("../oracle/log_rank.csv"), 41) {
        let found = log_rank(&groups(&row)).unwrap();
        assert_close(found.statistic.unwrap().value, number(row[3]), 1e-10, &format!("{row:?}"));
        assert_close(found.p, number(row[5]), 1e-10, &format!("{row:?}"));
    }
}

fn groups(row: &[&str]) -> Vec<Vec<Observed>> {
    let names: Vec<usize> = row[2].split(' ').map(number).collect();
    let mut groups = vec![Vec::new(); names.iter().max().unwrap() + 1];
    for ((time, event), name) in row[0].split(' ').zip(row[1].split(' ')).zip(names) {
        groups[name].extend(observed(time, event));
    }
    groups.iter_mut().for_each(|group| group.sort_unstable_by_key(|at| at.time));
    groups.retain(|group| !group.is_empty());
    groups
}

/// Every arrangement of few cases into two groups, listed: the excess of events of the first group by its own formula.
#[test]
fn the_permutation_test_matches_all_arrangements_listed() {
    for (times, events, names) in [
        ("1 2 3 4 5 6", "1 1 1 0 1 1", "1 1 1 2 2 2"),
        ("1 2 2 4 5 6 6", "1 1 0 1 1 0 1", "1 2 1 2 1 2 2"),
        ("3 3 3 3 8 9", "1 0 1 1 1 1", "1 1 2 2 2 1"),
        ("9 13 13 18 23 28 5 5 8 8", "1 1 0 1 1 0 1 1 1 1", "1 1 1 1 1 1 2 2 2 2"),
    ] {
        let (times, events): (Vec<i64>, Vec<i64>) =
            (times.split(' ').map(number).collect(), events.split(' ').map(number).collect());
        let excess = |is_first: &dyn Fn(usize) -> bool| {
            let mut excess = ratio(0, 1);
            for at in (0..times.len()).filter(|at| events[*at] == 1) {
                let at_risk: Vec<usize> = (0..times.len()).filter(|other| times[*other] >= times[at]).collect();
                let first = at_risk.iter().filter(|other| is_first(**other)).count() as i64;
                excess += ratio(i64::from(is_first(at)), 1) - ratio(first, at_risk.len() as i64);
            }
            if excess < ratio(0, 1) { -excess } else { excess }
        };
        let firsts: u32 = names.split(' ').enumerate().filter(|(_, name)| *name == "1").map(|(at, _)| 1 << at).sum();
        let observed_excess = excess(&|at| firsts & 1 << at != 0);
        let sets: Vec<u32> = (0..1_u32 << times.len()).filter(|set| set.count_ones() == firsts.count_ones()).collect();
        let extreme = sets.iter().filter(|set| excess(&|at| *set & 1 << at != 0) >= observed_excess).count();
        let text = |values: &[i64]| values.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
        let groups = groups(&[&text(&times), &text(&events), names]);
        let found = log_rank_permutation(&groups).unwrap();
        assert_eq!(found.p, extreme as f64 / sets.len() as f64, "{times:?}");
        assert!(found.smallest_p.unwrap().unwrap() <= found.p);
    }
}

#[test]
fn what_has_no_answer_has_none() {
    assert_eq!(Curve::of([]), None);
    assert_eq!(Curve::of([Observed { time: 3, events: 0, censored: 0 }]), None);
    let at = |time, events, censored| Observed { time, events, censored };
    assert_eq!(Curve::of([at(3, 1, 0), at(2, 1, 0)]), None);
    assert_eq!(Curve::of([at(3, u64::MAX, 0), at(4, 1, 0)]), None);
    assert_eq!(log_rank(&[vec![at(3, 1, 0)]]), Err(NoTest::OneGroup));
    assert_eq!(log_rank(&[vec![at(3, 0, 2)], vec![at(4, 0, 1)]]), Err(NoTest::NoEvent));
    assert_eq!(log_rank(&[vec![at(3, 0, 2)], vec![at(4, 1, 1)]]), Err(NoTest::NoEvent));
    let three = [vec![at(3, 1, 2)], vec![at(4, 1, 1)], vec![at(4, 1, 1)]];
    assert_eq!(log_rank_permutation(&three), Err(NoTest::Shape));
    let censored_last = Curve::of([at(3, 1, 0), at(4, 0, 1)]).unwrap();
    assert_eq!(censored_last.restricted_mean(&ratio(5, 1)), None);
    assert_eq!(censored_last.restricted_mean(&ratio(0, 1)), None);
}

/// A curve of many times is kept to 1024 bits: it stays within what is known of it.
#[test]
fn a_long_curve_keeps_its_digits() {
    let times = 20_000_i128;
    let curve = Curve::of((0..times).map(|time| Observed { time, events: 3, censored: 2 })).unwrap();
    let expected = (0..times).fold(0.0, |sum, time| sum + (-3.0 / (5 * (times - time)) as f64).ln_1p()).exp();
    assert_close(curve.steps().last().unwrap().survival.to_f64().unwrap(), expected, 1e-9, "the end of the curve");
}

proptest! {
    #![proptest_config(super::laws())]

    #[test]
    fn a_curve_without_censoring_is_the_share_left(counts in prop::collection::vec(1_u64..5, 1..12)) {
        let all: u64 = counts.iter().sum();
        let curve = Curve::of((0..).zip(&counts).map(|(time, events)| Observed { time, events: *events, censored: 0 })).unwrap();
        let mut left = all;
        for step in curve.steps() {
            left -= step.events;
            prop_assert_eq!(&step.survival, &ratio(left, all));
            let known = step.interval(0.95);
            let survival = step.survival.to_f64().unwrap();
            prop_assert!(known.is_none_or(|bounds| bounds.low <= survival && survival <= bounds.high));
        }
    }
}
