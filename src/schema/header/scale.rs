//! The range of a score or a measure that has one: `VAS (0-10)`, `ASA`, `pH`.

use super::quantity::words_of;
use super::reading::read_header;
use super::vocabulary::{self, normalise};

/// Scores and measures with the least and the greatest number that there is.
///
/// Sources: ASA Physical Status Classification (American Society of Anesthesiologists, 2020); NYHA (Criteria Committee,
/// 1994); ECOG (Oken 1982); Karnofsky 1949; Glasgow Coma Scale (Teasdale 1974); modified Rankin Scale (van Swieten
/// 1988); Apgar 1953; NIH Stroke Scale (Lyden 1994); Mini-Mental State (Folstein 1975). A pH is one of water, and a
/// saturation a share.
const RANGES: [(&[&str], (i64, i64)); 11] = [
    (&["asa"], (1, 6)),
    (&["nyha"], (1, 4)),
    (&["ecog"], (0, 5)),
    (&["karnofsky", "kps"], (0, 100)),
    (&["gcs", "glasgow"], (3, 15)),
    (&["mrs", "rankin"], (0, 6)),
    (&["apgar"], (0, 10)),
    (&["nihss"], (0, 42)),
    (&["mmse", "mmst"], (0, 30)),
    (&["ph"], (0, 14)),
    (&["spo2", "sao2", "lvef"], (0, 100)),
];

/// The greatest number of a scale.
const MOST: i64 = 1000;

/// Most words of the name of such a score: `ASA class at admission`.
const MOST_WORDS: usize = 4;

/// The least and the greatest number below a header that states or names a scale; no answer for any other.
pub fn scale_range(header: &str) -> Option<(i64, i64)> {
    let words = words_of(header);
    let is_scale = words.split(' ').any(|word| vocabulary::SCALE_WORDS.contains(word));
    stated_range(header).filter(|_| is_scale).or_else(|| known_range(header))
}

/// The range in the brackets of a header: `(0-10)`, `(VAS 0–10)`, `[1 to 5]`.
fn stated_range(header: &str) -> Option<(i64, i64)> {
    let plain = header.replace(['–', '—', '−', '‑'], "-");
    let plain = [" to ", " bis ", " à ", " a ", " tot "].iter().fold(plain, |plain, word| plain.replace(word, "-"));
    let (before, behind) = plain.match_indices('-').find_map(|(at, _)| {
        let (before, behind) = (plain.get(..at)?.trim_end(), plain.get(at.saturating_add(1)..)?.trim_start());
        let is_between =
            before.ends_with(|c: char| c.is_ascii_digit()) && behind.starts_with(|c: char| c.is_ascii_digit());
        is_between.then_some((before, behind))
    })?;
    let low = before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let high = behind.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    // A scale begins at 0 or 1; other ranges are those of a reference, or years.
    (matches!(low, 0 | 1) && low < high && high <= MOST).then_some((low, high))
}

fn known_range(header: &str) -> Option<(i64, i64)> {
    let words = normalise(&read_header(header).name);
    let is_other =
        words.split(' ').any(|word| vocabulary::NO_SCALES.contains(word)) || words.split(' ').count() > MOST_WORDS;
    let is_named = |names: &[&str]| words.split(' ').any(|word| names.contains(&word));
    RANGES.iter().find(|(names, _)| is_named(names) && !is_other).map(|(_, range)| *range)
}

#[cfg(test)]
mod tests {
    use super::scale_range;

    #[test]
    fn a_scale_has_the_range_that_its_header_states_or_that_everybody_knows() {
        for (header, range) in [
            ("pain (VAS 0-10)", Some((0, 10))),
            ("VAS (0–100)", Some((0, 100))),
            ("Schmerz [1 bis 5]", Some((1, 5))),
            ("NRS 0-10", Some((0, 10))),
            ("ASA", Some((1, 6))),
            ("ASA class", Some((1, 6))),
            ("pH", Some((0, 14))),
            ("SpO2 (%)", Some((0, 100))),
            ("CRP (0-5)", None),
            ("Age (18-64)", None),
            ("ASA dose", None),
            ("score", None),
            ("delta pH", None),
            ("phase", None),
        ] {
            assert_eq!(scale_range(header), range, "{header}");
        }
    }
}
