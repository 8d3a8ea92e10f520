//! The swimmer plot on an axis of time.

use crate::support::{file, stdout};

/// One line without days, and all are drawn in their order only.
#[test]
fn days_put_the_lines_on_an_axis_of_time() {
    let cases = "case_id,age,treatment\nP1,6,\"prednisone [2 mg/kg, day 0 to 57]: none; methotrexate [from day 58]: partial\"\nP2,9,none\n";
    let of = |text: &str, options: &[&str]| {
        let (_folder, path) = file("cases.csv", text);
        stdout(&[&["plot", "swimmer", &path.to_string_lossy(), "--quiet"], options].concat())
    };
    let drawn = of(cases, &[]);
    for part in ["days from the first day of treatment", "no day of stop", "(day 0 to 57)", "(from day 58)"] {
        assert!(drawn.contains(part), "{part}");
    }
    let in_words = of(cases, &["--deidentify", "-f", "text"]);
    assert!(in_words.contains("1 prednisone, none (day 0 to 57); 2 methotrexate, partial (from day 58)"), "{in_words}");
    let partly = of(&cases.replace(" [from day 58]", ""), &[]);
    assert!(!partly.contains("days from the first day") && partly.contains("its width is not a time"));
}
