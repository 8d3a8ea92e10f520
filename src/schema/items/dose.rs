//! Where the dose of an agent begins: `methotrexate 15 mg weekly`.

use super::is_no_item;
use crate::schema::header::is_unit;
use crate::schema::lexical::duration::TimeUnit;

/// The name of an agent, and the dose, route or frequency behind it; no answer for an agent without one, and for one in
/// brackets or quotes.
pub fn name_and_dose(agent: &str) -> Option<(&str, &str)> {
    if agent.contains(['[', ']', '"']) {
        return None;
    }
    let starts = agent.match_indices(' ').map(|(at, _)| at);
    let cuts = starts.filter_map(|at| agent.split_at_checked(at));
    let mut dosed = cuts.filter(|(name, behind)| name.contains(char::is_alphabetic) && begins(behind.trim_start()));
    dosed.next().map(|(name, dose)| (name.trim_end_matches([' ', ',']), dose.trim()))
}

/// True for a text that starts with an amount and its unit, a number of times (`x 6`), a route or a frequency.
fn begins(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches(',');
    let unit = first.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '\u{2013}'));
    let is_measure = |word: &str| {
        let word = word.trim_end_matches(',');
        is_unit(word) || TimeUnit::of_word(word).is_some() || word.split('/').next().is_some_and(is_unit)
    };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    // `X` may belong to the name: factor X.
    if let Some(times) = first.strip_prefix(['x', '×']) {
        return is_number(times) || times.is_empty() && words.next().is_some_and(is_number);
    }
    match first.starts_with(|c: char| c.is_ascii_digit()) {
        true if unit.is_empty() => words.next().is_some_and(is_measure),
        true => is_measure(unit.trim_start_matches('-')),
        false => is_no_item(first),
    }
}

#[cfg(test)]
mod tests {
    use super::name_and_dose;

    #[test]
    fn a_dose_begins_with_an_amount_a_route_or_a_frequency() {
        for (agent, expected) in [
            ("methotrexate 15 mg weekly", Some(("methotrexate", "15 mg weekly"))),
            ("MTX 10mg", Some(("MTX", "10mg"))),
            ("prednisone 0.5 mg/kg/d", Some(("prednisone", "0.5 mg/kg/d"))),
            ("diltiazem, 60 mg tds", Some(("diltiazem", "60 mg tds"))),
            ("warfarin daily", Some(("warfarin", "daily"))),
            ("vitamin D 1000 iu", Some(("vitamin D", "1000 iu"))),
            ("5 FU 400 mg", Some(("5 FU", "400 mg"))),
            ("IVIG x2", Some(("IVIG", "x2"))),
            ("FOLFOX x 12 cycles", Some(("FOLFOX", "x 12 cycles"))),
            ("R-CHOP ×6", Some(("R-CHOP", "×6"))),
            ("factor X concentrate", None),
            ("xylocaine", None),
            ("MTX [10 mg]", None),
            ("interferon alpha 2b", None),
            ("surgery", None),
            ("surgery 2018", None),
            ("factor 8 concentrate", None),
            ("15 mg", None),
        ] {
            assert_eq!(name_and_dose(agent), expected, "{agent}");
        }
    }
}
