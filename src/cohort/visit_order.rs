//! The order of visits by their names: `baseline`, `month_6`, `month 12`, `V2`, a date.
//!
//! The order of rows or columns is no order in time. Names that tell no order have none here: a change between such
//! visits is asked for by name.

use crate::decimal::Decimal;
use crate::schema::lexical::calendar::{OrderEvidence, WrittenDate, date_in, day_number, order, written_date};
use crate::schema::lexical::duration::TimeUnit;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::cmp::Ordering;

/// Words of a visit before all others, by their rank.
const OPENING: [(&str, u8); 20] = [
    ("screening", 0),
    ("screen", 0),
    ("baseline", 1),
    ("base", 1),
    ("bl", 1),
    ("pre", 1),
    ("before", 1),
    ("initial", 1),
    ("enrolment", 1),
    ("enrollment", 1),
    ("pretreatment", 1),
    ("vorher", 1),
    ("preop", 1),
    ("preoperative", 1),
    ("avant", 1),
    ("antes", 1),
    ("prima", 1),
    ("admission", 1),
    ("aufnahme", 1),
    ("eintritt", 1),
];
/// Words of a visit behind all others, by their rank.
const CLOSING: [(&str, u8); 20] = [
    ("eot", 0),
    ("end", 1),
    ("eos", 1),
    ("last", 1),
    ("final", 1),
    ("post", 1),
    ("after", 1),
    ("posttreatment", 1),
    ("nachher", 1),
    ("postop", 1),
    ("postoperative", 1),
    ("apr\u{e8}s", 1),
    ("apres", 1),
    ("despu\u{e9}s", 1),
    ("dopo", 1),
    ("discharge", 1),
    ("entlassung", 1),
    ("followup", 1),
    ("follow", 1),
    ("fu", 1),
];
/// Words beside those of an opening or a closing visit, which change nothing.
const BESIDE: [&str; 14] = [
    "visit",
    "up",
    "of",
    "treatment",
    "therapy",
    "study",
    "the",
    "value",
    "line",
    "tx",
    "op",
    "operation",
    "surgery",
    "hospital",
];
/// Words that number visits, and their first letters.
const NUMBERING: [(&str, &str); 20] = [
    ("visit", "visit"),
    ("v", "visit"),
    ("visite", "visit"),
    ("time", "time"),
    ("timepoint", "time"),
    ("t", "time"),
    ("tp", "time"),
    ("cycle", "cycle"),
    ("c", "cycle"),
    ("wave", "wave"),
    ("session", "session"),
    ("followup", "follow-up"),
    ("fu", "follow-up"),
    ("followupvisit", "follow-up"),
    ("round", "round"),
    ("assessment", "assessment"),
    ("st", "visit"),
    ("nd", "visit"),
    ("rd", "visit"),
    ("th", "visit"),
];
/// Numbers as words.
const ORDINALS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];

/// When a visit is, as its name tells.
#[derive(Debug, Clone, PartialEq, Eq)]
enum VisitTime {
    /// Before all others.
    Opening(u8),
    /// A number of visits, or of an unnamed unit.
    Numbered { by: &'static str, number: BigRational },
    /// Minutes since the start.
    Since(BigRational),
    /// Behind all others.
    Closing(u8),
}

/// The places of visits in the order of time; none where their names do not tell it, or two are at one time.
///
/// Checked by hand on the names of public registries: `baseline`, `month_6`, `M12`, `V1`, `Week 24`, `end of treatment`.
pub fn in_time(visits: &[&str]) -> Option<Vec<usize>> {
    let dates = days(visits.iter().copied()).map(|days| days.into_iter().map(VisitTime::Since).collect::<Vec<_>>());
    let times = dates.or_else(|| visits.iter().map(|visit| time(visit)).collect()).or_else(|| of_one_word(visits))?;
    let mut order: Vec<usize> = (0..times.len()).collect();
    let at = |place: &usize| times.get(*place);
    let compared = |one: &usize, other: &usize| at(one).zip(at(other)).and_then(|(one, other)| compare(one, other));
    for (position, one) in order.iter().enumerate() {
        let others = order.iter().skip(position.saturating_add(1));
        if others.clone().any(|other| !matches!(compared(one, other), Some(Ordering::Less | Ordering::Greater))) {
            return None;
        }
    }
    order.sort_by(|one, other| compared(one, other).unwrap_or(Ordering::Equal));
    Some(order)
}

/// Visits that one word numbers, in any language: `Besuch 1`, `J0` and `J30`.
fn of_one_word(visits: &[&str]) -> Option<Vec<VisitTime>> {
    let mut one = None;
    let numbered = |visit: &&str| {
        let mut parts = parts(visit).into_iter();
        let (NamePiece::Word(word), NamePiece::Number(number), None) = (parts.next()?, parts.next()?, parts.next())
        else {
            return None;
        };
        (*one.get_or_insert_with(|| word.clone()) == word).then_some(VisitTime::Numbered { by: "word", number })
    };
    visits.iter().map(numbered).collect()
}

/// The days of full dates, in the order of day and month that all of them show; none where a text is no such date.
pub fn days<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Vec<BigRational>> {
    let written: Vec<WrittenDate> =
        texts.map(|text| written_date(text).filter(|date| date.is_plain(text))).collect::<Option<_>>()?;
    let mut evidence = OrderEvidence::default();
    written.iter().for_each(|date| evidence.add(date, 1));
    let order = order(&evidence).known();
    let day =
        |date: &WrittenDate| Some(BigRational::from_integer(BigInt::from(day_number(date_in(date, order).ok()?)?)));
    written.iter().map(day).collect()
}

fn compare(one: &VisitTime, other: &VisitTime) -> Option<Ordering> {
    use VisitTime::{Closing, Numbered, Opening, Since};
    let is_above_0 = |number: &BigRational| *number > BigRational::default();
    Some(match (one, other) {
        (Opening(one), Opening(other)) | (Closing(one), Closing(other)) => one.cmp(other),
        (Opening(_), Closing(_)) => Ordering::Less,
        (Closing(_), Opening(_)) => Ordering::Greater,
        (Opening(_), Numbered { number, .. } | Since(number)) => Some(Ordering::Less).filter(|_| is_above_0(number))?,
        (Numbered { number, .. } | Since(number), Opening(_)) => {
            Some(Ordering::Greater).filter(|_| is_above_0(number))?
        }
        (Numbered { .. } | Since(_), Closing(_)) => Ordering::Less,
        (Closing(_), Numbered { .. } | Since(_)) => Ordering::Greater,
        (Since(one), Since(other)) => one.cmp(other),
        (Numbered { by, number }, Numbered { by: other_by, number: other }) => {
            Some(number.cmp(other)).filter(|_| by == other_by)?
        }
        (Numbered { .. }, Since(_)) | (Since(_), Numbered { .. }) => return None,
    })
}

/// When a visit is; none where its name does not tell.
fn time(visit: &str) -> Option<VisitTime> {
    let parts = parts(visit);
    let words: Vec<&str> =
        parts.iter().filter_map(|part| if let NamePiece::Word(word) = part { Some(&**word) } else { None }).collect();
    let numbers: Vec<&BigRational> = parts
        .iter()
        .filter_map(|part| if let NamePiece::Number(number) = part { Some(number) } else { None })
        .collect();
    match (words.as_slice(), numbers.as_slice()) {
        (words, []) => named(words),
        ([], [number]) => Some(VisitTime::Numbered { by: "", number: (*number).clone() }),
        (words, [number]) => numbered(words, number),
        (["c" | "cycle", "d" | "day"], [cycle, day]) => in_cycle(cycle, day),
        _ => None,
    }
}

/// Most days of a cycle of a treatment.
const DAYS_OF_A_CYCLE: u16 = 1000;

/// A day of a cycle, such as `C1D8`.
#[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]
fn in_cycle(cycle: &BigRational, day: &BigRational) -> Option<VisitTime> {
    let days = BigRational::from_integer(BigInt::from(DAYS_OF_A_CYCLE));
    (*day < days).then(|| VisitTime::Numbered { by: "day of a cycle", number: cycle * days + day })
}

/// A visit without a number.
fn named(words: &[&str]) -> Option<VisitTime> {
    let of = |known: &[(&str, u8)]| {
        let mut found = words.iter().filter_map(|word| known.iter().find(|(known, _)| known == word));
        found.next().map(|(_, rank)| *rank)
    };
    let ordinal = words.iter().find_map(|word| ORDINALS.iter().position(|known| known == word));
    let is_known = |word: &&str| {
        let is_of = |known: &[(&str, u8)]| known.iter().any(|(known, _)| known == word);
        BESIDE.contains(word) || ORDINALS.contains(word) || is_of(&OPENING) || is_of(&CLOSING)
    };
    if !words.iter().all(is_known) {
        return None;
    }
    match (of(&OPENING), of(&CLOSING), ordinal) {
        (Some(rank), None, None) => Some(VisitTime::Opening(rank)),
        (None, Some(_), None)
            if words.contains(&"end") && words.iter().any(|word| matches!(*word, "treatment" | "therapy" | "tx")) =>
        {
            Some(VisitTime::Closing(0))
        }
        (None, Some(rank), None) => Some(VisitTime::Closing(rank)),
        (None, None, Some(at)) => {
            let number = BigRational::from_integer(BigInt::from(at.saturating_add(1)));
            Some(VisitTime::Numbered { by: "visit", number })
        }
        _ => None,
    }
}

/// A visit with one number: `month 6`, `6 months after treatment`, `V2`.
fn numbered(words: &[&str], number: &BigRational) -> Option<VisitTime> {
    let unit = |word: &&str| match *word {
        "m" => Some(TimeUnit::Months),
        word => TimeUnit::of_word(word),
    };
    let since = |unit: TimeUnit| {
        #[expect(clippy::arithmetic_side_effects, reason = "fractions of any size do not overflow")]
        VisitTime::Since(number * BigRational::from_integer(BigInt::from(unit.minutes())))
    };
    let is_beside = |word: &&&str| {
        BESIDE.contains(*word)
            || matches!(**word, "at" | "after" | "post" | "follow" | "followup" | "fu" | "since" | "start")
    };
    if let [only] = words.iter().filter(|word| !is_beside(word)).copied().collect::<Vec<&str>>().as_slice()
        && let Some(unit) = unit(only)
    {
        return Some(since(unit));
    }
    let joined = words.concat();
    let by = NUMBERING.iter().find(|(word, _)| *word == joined)?.1;
    Some(VisitTime::Numbered { by, number: number.clone() })
}

/// A word or a number of a name.
enum NamePiece {
    Word(String),
    Number(BigRational),
}

/// The words and numbers of a name, in lower case; a sign counts in front of a number that stands by itself.
fn parts(visit: &str) -> Vec<NamePiece> {
    let text: Vec<char> = visit.trim().to_lowercase().chars().collect();
    let (mut parts, mut at) = (Vec::new(), 0_usize);
    let get = |at: usize| text.get(at).copied().unwrap_or(' ');
    while at < text.len() {
        let start = at;
        let before = start.checked_sub(1).map_or(' ', get);
        let is_sign = matches!(get(at), '-' | '\u{2212}')
            && get(at.saturating_add(1)).is_ascii_digit()
            && !before.is_alphanumeric();
        if get(at).is_ascii_digit() || is_sign {
            let is_point = |at: usize| get(at) == '.' && get(at.saturating_add(1)).is_ascii_digit();
            at = at.saturating_add(1);
            while get(at).is_ascii_digit() || is_point(at) {
                at = at.saturating_add(1);
            }
            let number: String = text.iter().take(at).skip(start).collect();
            match Decimal::parse(&number.replace('\u{2212}', "-")) {
                Ok(number) => parts.push(NamePiece::Number(number.to_ratio())),
                Err(_) => parts.push(NamePiece::Word(number)),
            }
        } else if get(at).is_alphabetic() {
            while get(at).is_alphabetic() {
                at = at.saturating_add(1);
            }
            parts.push(NamePiece::Word(text.iter().take(at).skip(start).collect()));
        } else {
            at = at.saturating_add(1);
        }
    }
    parts
}

/// A name of a visit without what does not matter: capitals, spaces and strokes between its words.
pub fn folded(visit: &str) -> String {
    let words = visit.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{folded, in_time};

    fn sorted(visits: &[&str]) -> Option<String> {
        let order = in_time(visits)?;
        Some(order.iter().map(|at| visits[*at]).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn visits_with_an_order_are_sorted() {
        for (visits, expected) in [
            (&["3", "12", "0"][..], "0, 3, 12"),
            (&["baseline", "month_12", "month_6"], "baseline, month_6, month_12"),
            (&["1", "10", "2"], "1, 2, 10"),
            (&["M12", "M6", "M0"], "M0, M6, M12"),
            (&["V10", "v2", "V1"], "V1, v2, V10"),
            (&["EOT", "C10D1", "C2D8", "c2d1", "C1D1"], "C1D1, c2d1, C2D8, C10D1, EOT"),
            (&["Cycle 2 Day 1", "Cycle 1 Day 15", "baseline"], "baseline, Cycle 1 Day 15, Cycle 2 Day 1"),
            (&["1 year", "week 4", "6 months", "Baseline"], "Baseline, week 4, 6 months, 1 year"),
            (&["2020-05-01", "2019-12-31"], "2019-12-31, 2020-05-01"),
            (&["31.12.2020", "01.02.2021"], "31.12.2020, 01.02.2021"),
            (&["end", "month 6", "screening", "baseline"], "screening, baseline, month 6, end"),
            (&["last", "first"], "first, last"),
            (&["after", "before"], "before, after"),
            (&["post-treatment", "pre-treatment"], "pre-treatment, post-treatment"),
            (&["follow-up", "end of treatment", "week 12"], "week 12, end of treatment, follow-up"),
            (&["follow-up 2", "follow-up 1", "baseline"], "baseline, follow-up 1, follow-up 2"),
            (&["day 1", "day -7"], "day -7, day 1"),
            (&["day-7", "day-1"], "day-1, day-7"),
            (&["6 months post treatment", "3 months"], "3 months, 6 months post treatment"),
            (&["third visit", "second visit"], "second visit, third visit"),
            (&["Besuch 10", "Besuch 2", "Besuch 1"], "Besuch 1, Besuch 2, Besuch 10"),
            (&["J30", "J0"], "J0, J30"),
            (&["3rd", "1st"], "1st, 3rd"),
            (&["post-op", "pre-op"], "pre-op, post-op"),
            (&["apr\u{e8}s", "avant"], "avant, apr\u{e8}s"),
            (&["discharge", "day 3", "admission"], "admission, day 3, discharge"),
        ] {
            assert_eq!(sorted(visits).as_deref(), Some(expected), "{visits:?}");
        }
    }

    #[test]
    fn other_visits_have_no_order() {
        for visits in [
            &["a", "b"][..],
            &["relapse", "baseline"],
            &["baseline", "0"],
            &["baseline", "pre"],
            &["12 months", "1 year"],
            &["V2", "month 6"],
            &["3", "V4"],
            &["last", "follow-up"],
            &["6-12 months", "baseline"],
            &["01/02/2020", "03/04/2020"],
        ] {
            assert_eq!(sorted(visits), None, "{visits:?}");
        }
    }

    #[test]
    fn names_are_one_but_for_capitals_and_spaces() {
        assert!(["Baseline", " baseline ", "BASELINE"].iter().all(|name| folded(name) == "baseline"));
        assert_eq!(folded("Month_6"), folded("month  6"));
    }
}
