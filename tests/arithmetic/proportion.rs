//! n of N and percentages, by hand and by every count.

use super::{as_printed, figure, laws, printed, ratio};
use calc_series::check::arithmetic::Consistency::{Consistent, Inconsistent, NotInformative};
use calc_series::check::arithmetic::Printed;
use calc_series::check::arithmetic::proportion::{
    Denominators, counts, denominators, fractions, judge, judge_counts, judge_of, judge_part, judge_percents, modes,
    without_missing,
};
use calc_series::check::arithmetic::rounding::{RoundingInterval, RoundingMode};
use calc_series::decimal::Exact;
use proptest::prelude::*;

fn nearest(percent: &str) -> RoundingInterval {
    RoundingInterval::nearest(figure(percent))
}

/// "13 %" of 631 is 79 to 85; of 5 only 0, 20, 40, 60, 80 and 100 % exist.
#[test]
fn counts_of_a_denominator_are_listed() {
    assert_eq!(counts(&nearest("13"), 631), Some(79..=85));
    let possible: Vec<u32> = (0..=100).filter(|percent| counts(&nearest(&percent.to_string()), 5).is_some()).collect();
    assert_eq!(possible, [0, 20, 40, 60, 80, 100]);
    assert_eq!(counts(&nearest("100"), 5), Some(5..=5));
    assert_eq!(counts(&nearest("120"), 5), None);
    assert_eq!(counts(&nearest("80"), 0), None);
}

#[test]
fn fractions_of_a_percentage_are_listed() {
    let listed = |percent, most| fractions(figure(percent), most).collect::<Vec<_>>();
    assert_eq!(listed("83.3", 30), [(5, 6), (10, 12), (15, 18), (20, 24), (25, 30)]);
    assert_eq!(listed("80", 20), [(4, 5), (8, 10), (12, 15), (16, 20)]);
    assert_eq!(fractions(figure("200"), u64::MAX).next(), None);
}

#[test]
fn denominators_of_a_count_are_bounded() {
    let of = |n, percent| denominators(n, &nearest(percent)).map(|Denominators { least, most }| (least, most));
    assert_eq!(of(4, "80"), Some((5, Some(5))));
    assert_eq!(of(3, "75"), Some((4, Some(4))));
    assert_eq!(of(6, "26"), Some((23, Some(23))));
    assert_eq!(of(3, "100"), Some((3, Some(3))));
    assert_eq!(of(1, "0"), Some((200, None)));
    assert_eq!(of(0, "0"), Some((1, None)));
    assert_eq!([of(0, "20"), of(3, "-5"), of(3, "150")], [None; 3]);
}

#[test]
fn a_judgement_states_what_would_be_possible() {
    let said = |n, of, missing, percent| judge(n, of, missing, figure(percent));
    assert_eq!(said(4, 5, 0, "80").sentence, "4 of 5 is 80 %");
    assert_eq!(said(4, 5, 0, "80.0").sentence, "4 of 5 is 80.0 %");
    let tie = said(1, 8, 0, "12");
    assert_eq!(tie.consistency, Consistent);
    assert_eq!(tie.sentence, "1 of 8 lies halfway between two figures; it is 12 % by half-down, half-even, truncation");
    let cut = said(2, 7, 0, "28.5");
    assert_eq!((cut.consistency, cut.cause), (Inconsistent, Some(RoundingMode::Truncation)));
    assert_eq!(cut.sentence, "2 of 7 is 28.6 %, not 28.5 %; truncation instead of rounding would explain it");
    let wrong = said(4, 7, 0, "80");
    assert_eq!(wrong.consistency, Inconsistent);
    assert_eq!(wrong.sentence, "4 of 7 is 57 %, not 80 %, which would be 4 of 5");
    assert_eq!(
        said(79, 600, 0, "12").sentence,
        "79 of 600 is 13 %, not 12 %, which would be 69 to 75 of 600 or 79 of 632 to 686"
    );
    assert_eq!(
        said(4, 7, 2, "80").sentence,
        "4 of 7 is 57 %, not 80 %: it is 4 of 5, the denominator without the 2 not reported"
    );
    assert_eq!(said(5, 4, 0, "125").sentence, "5 is more than 4");
    assert_eq!(said(0, 0, 0, "0").consistency, Inconsistent);
    assert_eq!(without_missing(4, 7, 8, figure("80")), None);
}

#[test]
fn a_percentage_alone_is_judged_against_its_denominator() {
    let said = |of, percent| judge_of(of, figure(percent));
    assert_eq!(said(5, "80").sentence, "80 % of 5 is 4");
    assert_eq!(said(5, "75").sentence, "no count of 5 is 75 %; possible are 3 of 4, 6 of 8, 9 of 12");
    assert_eq!(said(3, "66").cause, Some(RoundingMode::Truncation));
    assert_eq!(said(43, "71").consistency, Inconsistent);
    assert_eq!(said(631, "13").consistency, NotInformative);
    assert_eq!(said(631, "130").consistency, Inconsistent);
    assert_eq!(said(631, "13.0").sentence, "13.0 % of 631 is 82");
}

#[test]
fn categories_add_up() {
    assert_eq!(judge_counts(&[4, 1], 5).sentence, "4 + 1 = 5");
    assert_eq!(judge_counts(&[2, 2], 5).sentence, "2 + 2 = 4, not 5: 1 missing");
    assert_eq!(judge_counts(&[u64::MAX, u64::MAX], 5).consistency, Inconsistent);
    let percents = |texts: &[&str]| judge_percents(&texts.iter().map(|text| figure(text)).collect::<Vec<_>>());
    assert_eq!(percents(&["33", "33", "33"]).sentence, "the percentages add up to 99, within rounding");
    assert_eq!(percents(&["33.3", "33.3", "33.3"]).consistency, Consistent);
    assert_eq!(percents(&["28", "28", "42"]).cause, Some(RoundingMode::Truncation));
    assert_eq!(percents(&["60", "30"]).consistency, Inconsistent);
    assert_eq!(percents(&[]).consistency, Inconsistent);
    assert_eq!((judge_part(2, 3).consistency, judge_part(4, 3).consistency), (Consistent, Inconsistent));
}

/// Four published abstracts in which all numbers are consistent.
#[test]
fn published_abstracts_raise_no_false_alarm() {
    let series_of_78 = ["64 of 78 (82 %)"];
    let series_of_14 = ["11 of 14 (78.6 %)", "12 of 14 (85.7 %)"];
    let cohort_of_48 =
        ["29 of 48 (60.4 %)", "7/48 (14.6 %)", "12/48 (25 %)", "35/48 (72.9 %)", "13/48 (27.1 %)", "11/48 (22.9 %)"];
    let cohort_of_54 = ["23 of 54 (43 %)", "6 of 23 (26 %)", "17/23 (74 %)"];
    for text in series_of_78.iter().chain(&series_of_14).chain(&cohort_of_48).chain(&cohort_of_54) {
        let Printed::OfN { n, of, percent: Some(percent), .. } = printed(text) else { panic!("{text}") };
        let said = judge(n, of, 0, percent);
        assert_eq!(said.consistency, Consistent, "{}", said.sentence);
    }
    for (counts, of) in [
        (vec![30, 24, 4, 2, 4, 6, 6, 1, 1], 78),
        (vec![15, 14, 1], 30),
        (vec![19, 11, 17, 30, 1], 78),
        (vec![22, 5, 1], 28),
        (vec![11, 17], 28),
        (vec![13, 1], 14),
        (vec![29, 7, 12], 48),
        (vec![35, 13], 48),
        (vec![6, 17], 23),
    ] {
        let said = judge_counts(&counts, of);
        assert_eq!(said.consistency, Consistent, "{}", said.sentence);
    }
    for percents in [["60.4", "14.6", "25"].as_slice(), &["72.9", "27.1"], &["26", "74"]] {
        let figures: Vec<_> = percents.iter().map(|percent| figure(percent)).collect();
        assert_eq!(judge_percents(&figures).consistency, Consistent, "{percents:?}");
    }
}

proptest! {
    #![proptest_config(laws())]

    /// A true n of N passes, and is found again from its percentage and either number.
    #[test]
    fn a_true_fraction_passes((n, of) in (1_u64..2000).prop_flat_map(|of| (0..=of, Just(of))), decimals in 0_u32..4, is_even in any::<bool>()) {
        let percent = as_printed(&Exact::Ratio(ratio(100 * n, of)), decimals, is_even);
        prop_assert_eq!(judge(n, of, 0, percent).consistency, Consistent);
        prop_assert!(modes(n, of, percent).is_nearest());
        let interval = RoundingInterval::nearest(percent);
        prop_assert!(counts(&interval, of).expect("n is one").contains(&n));
        prop_assert!(denominators(n, &interval).expect("N is one").contains(of));
    }

    /// By the definition, over every denominator near by.
    #[test]
    fn denominators_are_those_that_agree(n in 0_u64..40, tenths in 0_i64..1000, decimals in 0_u8..2) {
        let percent = calc_series::check::arithmetic::Figure::new(calc_series::decimal::Decimal::new(tenths, decimals));
        for mode in RoundingMode::ALL {
            let interval = mode.interval(percent);
            let found = denominators(n, &interval);
            for of in n.max(1)..200 {
                let expected = interval.contains_ratio(&ratio(100 * n, of));
                prop_assert_eq!(found.is_some_and(|found| found.contains(of)), expected, "{} of {} {:?}", n, of, mode);
            }
        }
    }

    /// The order of categories changes no judgement; rounded shares of a whole pass.
    #[test]
    fn true_categories_add_up(counts in prop::collection::vec(0_u64..50, 1..8), decimals in 0_u32..3, is_even in any::<bool>()) {
        let total = counts.iter().sum::<u64>() + 1;
        let all: Vec<u64> = counts.iter().copied().chain([1]).collect();
        let percents: Vec<_> = all.iter().map(|n| as_printed(&Exact::Ratio(ratio(100 * n, total)), decimals, is_even)).collect();
        let turned: Vec<_> = percents.iter().rev().copied().collect();
        prop_assert_eq!(judge_percents(&percents).consistency, Consistent);
        prop_assert_eq!(judge_percents(&turned), judge_percents(&percents));
        prop_assert_eq!(judge_counts(&all, total).consistency, Consistent);
    }
}
