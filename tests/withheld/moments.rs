//! Means and SDs that tell how many cases have each value.

use crate::support::{file, summary};

fn cases(header: &str, counted: &[(&str, usize)]) -> String {
    let cells = counted.iter().flat_map(|(cell, cases)| std::iter::repeat_n(*cell, *cases));
    let rows: String = cells.enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
    format!("case_id,{header}\n{rows}")
}

#[track_caller]
fn is_masked(text: &str, options: &[&str], key: &str) -> bool {
    let (_folder, path) = file("cases.csv", text);
    let object = summary(&[&[&*path.to_string_lossy(), "--suppress-below", "5"], options].concat());
    crate::support::row(&object, key)["reason_code"] == "masked"
}

/// 27 cases without a relapse, 2 with one, 1 with two: no other counts have the mean 4/30 and that SD.
#[test]
fn moments_that_tell_the_cases_of_a_value_are_masked() {
    for (counted, expected) in [
        (&[("0", 27), ("1", 2), ("2", 1)][..], true),
        (&[("0", 29), ("1", 1)], true),
        (&[("0.0", 20), ("0.5", 9), ("1.0", 1)], true),
        (&[("10", 28), ("1000", 2)], true),
        // Every value is that of five cases or more.
        (&[("0", 20), ("1", 5), ("2", 5)], false),
        (&[("0", 30)], false),
    ] {
        let text = cases("relapses", counted);
        let all = "relapses={mean} {sd} {sum} {var} {se} {cv} {mean.low} {mean.high}";
        for statistic in ["mean", "sd", "sum", "var", "se", "cv", "mean.low", "mean.high"] {
            let key = format!("relapses.{statistic}");
            assert_eq!(
                is_masked(&text, &["--stat", all, "--kind", "relapses=number"], &key),
                expected,
                "{key} of {counted:?}"
            );
        }
    }
}

/// Thirty ages that differ: many others have the same mean, SD and quartiles.
#[test]
fn moments_of_many_different_values_are_shown() {
    let ages: Vec<String> = (0..30).map(|n| (2 + n * n % 71).to_string()).collect();
    let counted: Vec<(&str, usize)> = ages.iter().map(|age| (age.as_str(), 1)).collect();
    assert!(!is_masked(&cases("age", &counted), &[], "age.mean"));
    assert!(is_masked(&cases("age", &counted), &["--stat", "age={mad} {geometric_mean}"], "age.geometric_mean"));
}

/// Three of forty have two sites: the items of all cases, or their mean and SD, would tell it.
#[test]
fn items_a_case_that_tell_few_cases_are_masked() {
    let text = cases("sites", &[("hip", 18), ("knee", 19), ("hip; knee", 3)]);
    for key in ["sites.n_items", "sites.mean", "sites.sd"] {
        assert!(is_masked(&text, &["--kind", "sites=set"], key), "{key}");
    }
    let many = cases("sites", &[("hip", 18), ("knee", 19), ("hip; knee", 13)]);
    assert!(!is_masked(&many, &["--kind", "sites=set"], "sites.mean"));
}

/// The moments of a group that tell too much do not follow from those of all cases and of the other group.
#[test]
fn what_is_masked_of_one_group_is_no_difference_of_others() {
    let of = |group: &str, counted: &[(&str, usize)]| -> Vec<String> {
        let cells = counted.iter().flat_map(|(cell, cases)| std::iter::repeat_n(*cell, *cases));
        cells.map(|cell| format!("{cell},{group}")).collect()
    };
    let varied: Vec<(String, usize)> = (0..40).map(|n| ((n % 9).to_string(), 1)).collect();
    let varied: Vec<(&str, usize)> = varied.iter().map(|(cell, cases)| (cell.as_str(), *cases)).collect();
    let rows = [of("north", &[("0", 17), ("1", 2), ("3", 1)]), of("south", &varied)].concat();
    let rows: String = rows.iter().enumerate().map(|(n, row)| format!("P{n},{row}\n")).collect();
    let text = format!("case_id,relapses,hospital\n{rows}");
    let key = |group: &str| format!("relapses.mean | hospital = '{group}'");
    let options = &["--by", "hospital", "--kind", "relapses=number"];
    let [north, south, all] =
        [key("north"), key("south"), "relapses.mean".to_owned()].map(|key| is_masked(&text, options, &key));
    assert!(north && (south || all), "north {north}, south {south}, all {all}");
}

/// Eleven small values of two cases, and one so large that it alone has its part of the squares.
#[test]
fn a_value_that_no_other_can_have_the_squares_of_masks_the_moments() {
    let cells: Vec<String> = (0..11).map(|n| n.to_string()).collect();
    let mut counted: Vec<(&str, usize)> = cells.iter().map(|cell| (cell.as_str(), 2)).collect();
    assert!(!is_masked(&cases("dose", &counted), &["--kind", "dose=number"], "dose.mean"));
    counted.push(("1000000", 1));
    for key in ["dose.mean", "dose.sd"] {
        assert!(is_masked(&cases("dose", &counted), &["--kind", "dose=number"], key), "{key}");
    }
}
