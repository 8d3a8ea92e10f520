//! Whether days that are known in part, `2018` or `May 2020`, tell in which order agents were given.

/// The first and the last day that a text may mean.
pub type DaySpan = (i64, i64);

/// One agent of a case, with what is known of its days.
pub struct GivenSpan {
    /// The agent.
    pub agent: String,
    /// When it was started.
    pub start: DaySpan,
    /// When it was stopped; none where it is still given.
    pub stop: Option<DaySpan>,
}

impl GivenSpan {
    /// The same without what its other day rules out: nothing stops before it starts.
    fn narrowed(&self) -> (DaySpan, Option<DaySpan>) {
        let (start, latest) = self.start;
        let latest = self.stop.map_or(latest, |(_, stop)| latest.min(stop)).max(start);
        ((start, latest), self.stop.map(|(first, last)| (first.max(start), last)))
    }
}

/// True where whatever days are meant, the lines are the same; starts at most `window` days apart make one line.
pub fn is_certain(all: &[GivenSpan], window: i64) -> bool {
    let mut pairs =
        all.iter().enumerate().flat_map(|(at, one)| all.iter().skip(at.saturating_add(1)).map(move |two| (one, two)));
    pairs.all(|(one, two)| pair_is_certain(one, two, window))
}

fn pair_is_certain(one: &GivenSpan, two: &GivenSpan, window: i64) -> bool {
    let (first, second) = (one.narrowed().0, two.narrowed().0);
    let apart = |earlier: DaySpan, later: DaySpan| later.0.saturating_sub(earlier.1) > window;
    let most = second.1.saturating_sub(first.0).max(first.1.saturating_sub(second.0));
    match (apart(first, second), apart(second, first)) {
        (true, _) => is_carried_for_certain(one, two),
        (_, true) => is_carried_for_certain(two, one),
        (false, false) => most <= window,
    }
}

/// True where it is certain whether an agent is still given when a later one is started.
fn is_carried_for_certain(earlier: &GivenSpan, later: &GivenSpan) -> bool {
    let Some((first, last)) = earlier.narrowed().1 else { return true };
    let (start, latest) = later.narrowed().0;
    let goes_on = first.saturating_add(1) >= latest;
    let is_over = last <= start;
    match earlier.agent == later.agent {
        // The next day is the same course with another dose.
        true => goes_on || last.saturating_add(1) < start,
        false => is_over || first > latest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a 1-3 5-8` is an agent that was started on day 1 to 3 and stopped on day 5 to 8.
    fn certain(text: &str, window: i64) -> bool {
        let number = |text: &str| text.parse::<i64>().unwrap();
        let span = |text: &str| match text.split_once('-') {
            Some((first, last)) => (number(first), number(last)),
            None => (number(text), number(text)),
        };
        let all: Vec<GivenSpan> = text
            .split(';')
            .map(|one| {
                let mut words = one.split_whitespace();
                let agent = words.next().unwrap().to_owned();
                GivenSpan { agent, start: span(words.next().unwrap()), stop: words.next().map(span) }
            })
            .collect();
        is_certain(&all, window)
    }

    #[test]
    fn an_order_is_certain_where_no_days_overlap() {
        for (text, window, expected) in [
            ("a 0-364 365-729; b 730-1094 1095-1459", 0, true),
            ("a 0-30 31-60; b 61-90", 0, true),
            ("a 0-30; b 61-90", 0, true),
            ("a 0-364 365-729; b 365-729", 0, false),
            ("a 0-364; b 100", 0, false),
            // A stop tells that the start was before.
            ("a 0-364 120; b 150", 0, true),
            ("a 5 9; b 5 9", 0, true),
            ("a 5-6; b 5-6", 0, false),
            ("a 5-6; b 5-6", 1, true),
            // Whether the same agent was given again or went on.
            ("a 0-364 365-729; a 730-1094", 0, false),
            ("a 0-364 365-729; a 731-1094", 0, true),
        ] {
            assert_eq!(certain(text, window), expected, "{text}");
        }
    }
}
