//! From the days on which agents were given to treatment lines.
//!
//! A line is the set of agents being given. It begins when an agent is added, when one is given again after a stop, and
//! with whatever begins after a recorded response. Agents that are not yet stopped are carried along; a change of dose
//! begins no line.

/// An agent that was given to one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentCourse {
    /// What tells agents apart.
    pub agent: String,
    /// The number of its first day.
    pub start: i64,
    /// The number of its last day; none where it is still given.
    pub stop: Option<i64>,
    /// A response is recorded.
    pub has_response: bool,
}

/// A treatment line: indices of courses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sequence {
    /// Those that begin it, or change a dose in it.
    pub begun: Vec<usize>,
    /// Those that are carried along from earlier lines.
    pub carried: Vec<usize>,
}

/// The lines of one case, in order; starts at most `window` days after the first of a line belong to it.
pub fn lines_by_days(courses: &[AgentCourse], window: i64) -> Vec<Sequence> {
    let mut order: Vec<usize> = (0..courses.len()).collect();
    order.sort_by_key(|at| courses.get(*at).map(|course| (course.start, course.agent.clone())));
    let mut lines: Vec<Sequence> = Vec::new();
    let mut earlier: Vec<usize> = Vec::new();
    for group in groups(courses, &order, window) {
        let first = group.first().and_then(|at| courses.get(*at)).map_or(0, |course| course.start);
        let of = |at: &usize| courses.get(*at);
        let is_change = |at: &usize| of(at).is_some_and(|course| changes_a_dose(course, &earlier, courses));
        let has_response = lines.last().is_some_and(|line| line.begun.iter().filter_map(of).any(|c| c.has_response));
        match lines.last_mut() {
            Some(line) if !has_response && group.iter().all(is_change) => line.begun.extend(&group),
            Some(_) | None => {
                let is_given = |at: &&usize| of(at).is_some_and(|course| course.stop.is_none_or(|stop| stop > first));
                let is_begun = |at: &&usize| {
                    group.iter().filter_map(of).any(|begun| of(at).is_some_and(|c| c.agent == begun.agent))
                };
                let carried = earlier.iter().filter(is_given).filter(|at| !is_begun(at)).copied().collect();
                lines.push(Sequence { begun: group.clone(), carried });
            }
        }
        earlier.extend(group);
    }
    lines
}

/// The courses that begin together.
fn groups(courses: &[AgentCourse], order: &[usize], window: i64) -> Vec<Vec<usize>> {
    let mut groups: Vec<(i64, Vec<usize>)> = Vec::new();
    for at in order {
        let Some(course) = courses.get(*at) else { continue };
        match groups.last_mut() {
            Some((first, group)) if course.start.saturating_sub(*first) <= window => group.push(*at),
            Some(_) | None => groups.push((course.start, vec![*at])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// True for an agent that is given up to the day before.
fn changes_a_dose(course: &AgentCourse, earlier: &[usize], courses: &[AgentCourse]) -> bool {
    let mut of_agent = earlier.iter().filter_map(|at| courses.get(*at)).filter(|other| other.agent == course.agent);
    of_agent.any(|other| other.stop.is_none_or(|stop| stop.saturating_add(1) >= course.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Courses such as `pred 1-9!`, where `!` is a recorded response; lines such as `pred+mtx | mtx`.
    fn lines(text: &str, window: i64) -> String {
        let courses: Vec<AgentCourse> = text
            .split(", ")
            .map(|course| {
                let (agent, days) = course.trim_end_matches('!').split_once(' ').unwrap();
                let (start, stop) = days.split_once('-').unwrap();
                let agent = agent.to_owned();
                AgentCourse {
                    agent,
                    start: start.parse().unwrap(),
                    stop: stop.parse().ok(),
                    has_response: course.ends_with('!'),
                }
            })
            .collect();
        let names = |line: &Sequence| {
            let mut names: Vec<&str> =
                line.carried.iter().chain(&line.begun).map(|at| courses[*at].agent.as_str()).collect();
            names.dedup();
            names.join("+")
        };
        lines_by_days(&courses, window).iter().map(names).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_line_is_the_set_of_agents_being_given() {
        for (courses, expected) in [
            ("pred 1-", "pred"),
            ("pred 1-, mtx 30-", "pred | pred+mtx"),
            ("pred 1-30, mtx 30-", "pred | mtx"),
            ("pred 1-29, mtx 30-", "pred | mtx"),
            ("pred 1-50, mtx 30-", "pred | pred+mtx"),
            // A change of dose begins no line, one after a stop does.
            ("pred 1-10, pred 11-20", "pred"),
            ("pred 1-10, pred 10-20", "pred"),
            ("pred 1-10, pred 15-20", "pred | pred"),
            ("pred 1-, pred 15-", "pred"),
            // Whatever begins after a response begins a line.
            ("pred 1-10!, pred 11-20", "pred | pred"),
            ("mtx 1-, pred 1-, ivig 5-6", "mtx+pred | mtx+pred+ivig"),
            // An agent that ends begins no line.
            ("mtx 1-, pred 1-5, pred 6-9", "mtx+pred"),
        ] {
            assert_eq!(lines(courses, 0), expected, "{courses}");
        }
        assert_eq!(lines("pred 1-, mtx 8-", 7), "pred+mtx");
        assert_eq!(lines("pred 1-, mtx 9-", 7), "pred | pred+mtx");
    }
}
