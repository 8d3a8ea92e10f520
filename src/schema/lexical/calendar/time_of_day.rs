//! The time of day behind a date.

/// A text without a time of day behind it, and whether there was one.
///
/// Times are `11:45`, `11:45:00.5`, `2:05 PM`, behind a space, a comma or the `T` of ISO 8601; a zone
/// (`Z`, `+02:00`) belongs to them.
pub fn without_time(text: &str) -> (&str, bool) {
    let Some(colon) = text.find(':') else { return (text, false) };
    let Some((before, after)) = text.split_at_checked(colon) else { return (text, false) };
    let after = after.trim_start_matches(':');
    let date = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = before.get(date.len()..).unwrap_or_default();
    // A year before the colon: `20OCT2014:11:45:00`, as SAS writes it.
    if digits.len() == 4 && after.split_once(':').is_some_and(|(hour, rest)| is_time(hour, rest)) {
        return (before, true);
    }
    let gap = date.strip_suffix(['T', 't', ' ', ',', '\u{A0}', '\u{202F}']);
    match gap.filter(|_| is_time(digits, after)) {
        Some(date) => (date.trim_end_matches([' ', ',']), true),
        None => (text, false),
    }
}

/// True for an hour and what follows its colon: `45:00.5 PM`, `45Z`.
fn is_time(hour: &str, rest: &str) -> bool {
    let clock = without_zone(rest);
    let (clock, is_half) = without_half(clock);
    let mut parts = clock.split(':');
    let minutes = parts.next().is_some_and(|part| is_below(part, 60));
    let seconds = parts.next().is_none_or(|part| is_below(part.split(['.', ',']).next().unwrap_or_default(), 60));
    let hours =
        (1..=2).contains(&hour.len()) && hour.parse().is_ok_and(|hour: u8| hour < if is_half { 13 } else { 25 });
    hours && minutes && seconds && parts.next().is_none()
}

fn is_below(text: &str, limit: u8) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()) && text.parse().is_ok_and(|number: u8| number < limit)
}

/// Without `Z`, `+02:00`, `-0500`.
fn without_zone(text: &str) -> &str {
    let is_offset = |offset: &str| {
        let digits = offset.replace(':', "");
        matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    match text.rsplit_once(['+', '-', '\u{2212}']) {
        Some((clock, offset)) if is_offset(offset) => clock.trim_end(),
        _ => text.strip_suffix(['Z', 'z']).unwrap_or(text),
    }
}

/// Without `AM`, `p.m.`, and whether there was one.
fn without_half(text: &str) -> (&str, bool) {
    let lower = text.to_ascii_lowercase();
    let half = ["a.m.", "p.m.", "am", "pm"].into_iter().find(|half| lower.ends_with(half));
    let clock = half.and_then(|half| text.get(..text.len().checked_sub(half.len())?));
    (clock.map_or(text, str::trim_end), clock.is_some())
}

#[cfg(test)]
mod tests {
    use super::without_time;

    #[test]
    fn times_are_cut_off() {
        assert_eq!(without_time("20OCT2014:11:45:00"), ("20OCT2014", true));
        for text in [
            "D 11:45",
            "D 11:45:00",
            "DT11:45Z",
            "DT11:45:00.123+02:00",
            "D 2:05 PM",
            "D 02:05 a.m.",
            "D, 9:30",
            "D 0:00",
            "DT23:59-0500",
        ] {
            assert_eq!(without_time(text), ("D", true), "{text}");
        }
        for text in [
            "D",
            "1:80",
            "2014:11",
            "D2014:25:00",
            "D 25:00",
            "D 11:60",
            "D 11:5",
            "11:45",
            "D:11",
            "D 13:00 PM",
            "D 11:45:00:00",
            "D 11:45 x",
        ] {
            assert_eq!(without_time(text), (text, false), "{text}");
        }
    }
}
