//! Why treatment lines whose times are known in part are drawn without an axis of time.

use super::course::{CourseLine, PatientCourse};

/// What a figure without an axis of time says of it; none where most lines have no time, so that nobody expects one.
pub fn no_axis(courses: &[PatientCourse]) -> Option<String> {
    let lines = || courses.iter().flat_map(|course| (1..).zip(course.lines()).map(move |line| (course, line)));
    let count = |is_one: fn(&CourseLine) -> bool| lines().filter(|(_, (_, line))| is_one(line)).count();
    let (all, with_days) = (lines().count(), count(|line| line.days.is_some()));
    let with_length = count(|line| line.given_for.is_some());
    let (known, is_without, lack): (usize, fn(&CourseLine) -> bool, &str) = match (with_days, with_length) {
        (0, 0) => return None,
        (0, known) => (known, |line| line.given_for.is_none(), "nothing says how long it was given"),
        (known, _) => (known, |line| line.days.is_none(), "it has no day of start"),
    };
    if known.saturating_mul(2) < all {
        return None;
    }
    let first = lines().find(|(_, (_, line))| is_without(line));
    Some(match first {
        None => "No axis of time: a page has no room for the lines of one patient.".to_owned(),
        Some((course, (number, line))) => format!(
            "No axis of time: it needs the time of each line, and {} of {all} have none; the first is line {number} of case {} \
             ({}): {lack}.",
            all.saturating_sub(known),
            course.id,
            line.agents()
        ),
    })
}
