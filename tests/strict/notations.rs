//! Ages and durations as clinics write them: `7;6`, `15/12`, `2½`. Right where the column proves it, loud elsewhere.

use super::units::{Typed, assert_read, assert_read_again, typed};

const NOT_PLAIN: &str = "a duration, or else a list, a range or a share";

const SHEETS: [Typed; 27] = [
    // One sign for a fraction is a number in any column.
    typed("age", &["2½", "1 ½ y", "¾", "4"], (4, 0, Some(8.75 / 4.0), Some("years")), &[]),
    typed("Follow-up (months)", &["2½", "3 ¼", "4"], (3, 0, Some(9.75 / 3.0), Some("months")), &[]),
    typed("dose", &["1½ mg", "2 mg"], (2, 0, Some(1.75), Some("mg")), &[]),
    typed("score", &["2⅛", "3", "<½"], (3, 0, None, None), &[]),
    typed("crp", &["2⅓", "3"], (1, 1, Some(3.0), None), &[("unreadable-cell", "2⅓")]),
    typed("crp", &["1½2", "3"], (1, 1, Some(3.0), None), &[("unreadable-cell", "1½2")]),
    // Years and months.
    typed("age", &["7;6", "5;2", "8;11"], (3, 0, Some((20.0 + 19.0 / 12.0) / 3.0), Some("years")), &[]),
    typed("Alter", &["2;6", "3;9"], (2, 0, Some(3.125), Some("years")), &[]),
    typed("Age (y.m)", &["2;6", "3;9"], (2, 0, Some(3.125), Some("years")), &[]),
    typed("age", &["7;6", "5", "8"], (3, 0, Some(20.5 / 3.0), Some("years")), &[("age-notation", "7;6")]),
    typed("age", &["2;6", "5", "8"], (2, 1, Some(6.5), Some("years")), &[("unreadable-cell", "2;6")]),
    typed("age", &["7;6", "5;14"], (0, 2, None, Some("years")), &[("unreadable-cell", "7;6")]),
    typed("age", &["7;6", "5;6;7"], (0, 2, None, Some("years")), &[("unreadable-cell", "7;6")]),
    typed("age (months)", &["7;6", "5"], (1, 1, Some(5.0), Some("months")), &[("unreadable-cell", "7;6")]),
    typed("Follow-up", &["2;6", "3;1"], (0, 2, None, None), &[("unreadable-cell", NOT_PLAIN)]),
    // Parts of a year.
    typed("age", &["15/12", "3/12", "7"], (3, 0, Some(8.5 / 3.0), Some("years")), &[]),
    typed("age", &["15/12", "30/12", "9/12"], (3, 0, Some(18.0), Some("months")), &[]),
    typed("Alter (Jahre)", &["15/12", "3"], (2, 0, Some(2.125), Some("years")), &[]),
    typed("age", &["3/12", "4/52"], (2, 0, Some((0.25 + 112.0 / 1461.0) / 2.0), Some("years")), &[]),
    typed(
        "Duration of symptoms",
        &["7/52", "5/7", "14/7"],
        (3, 0, Some(272.0 / 487.0 * 4.0 / 3.0), Some("months")),
        &[],
    ),
    typed("age", &["3/12", "9/12", "7"], (1, 2, Some(7.0), Some("years")), &[("unreadable-cell", NOT_PLAIN)]),
    typed("age", &["15/12", "3/8"], (0, 2, None, Some("years")), &[("unreadable-cell", "3/8")]),
    typed("age (months)", &["15/12", "3"], (1, 1, Some(3.0), Some("months")), &[("unreadable-cell", "15/12")]),
    typed("Duration", &["15/12", "3"], (1, 1, Some(3.0), None), &[("unreadable-cell", "15/12")]),
    typed("crp", &["15/12", "3/12", "4"], (1, 2, Some(4.0), None), &[("unreadable-cell", "15/12")]),
    // Years and a part of one.
    typed(
        "age",
        &["7y 6m", "7 y 6/12", "7+6/12", "7 6/12", "7 1/2", "7"],
        (6, 0, Some(44.5 / 6.0), Some("years")),
        &[],
    ),
    typed("crp", &["7 6/12", "7+6/12", "4"], (1, 2, Some(4.0), None), &[("unreadable-cell", "7 6/12")]),
];

#[test]
fn ages_as_clinics_write_them_are_read_where_the_column_proves_them() {
    assert_read(&SHEETS);
}

#[test]
fn a_schema_reads_them_as_they_were_read() {
    assert_read_again(&SHEETS);
}
