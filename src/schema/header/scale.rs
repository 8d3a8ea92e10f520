//! The range of a score or a measure that has one: `VAS (0-10)`, `ASA`, `pH`.
//!
//! The names and the ranges are data (`ranges.toml`).

use super::quantity::words_of;
use super::reading::read_header;
use super::vocabulary::{self, normalise};
use crate::schema::units;

/// A score or a measure with the least and the greatest number that there is.
pub struct MeasureRange {
    /// Words or phrases of the header, of which one must be there.
    names: &'static [&'static str],
    /// Names that mean it only where they are all of the header: `K`.
    whole: &'static [&'static str],
    /// The units in which the range holds; none where it holds in any.
    units: &'static [&'static str],
    /// It holds only where the unit is known: a column without one may count cells.
    needs_unit: bool,
    /// The least and the greatest number.
    range: (i64, i64),
}

impl MeasureRange {
    /// What a row of the list has where it does not say otherwise.
    const USUAL: MeasureRange = MeasureRange { names: &[], whole: &[], units: &[], needs_unit: false, range: (0, 0) };
}

include!(concat!(env!("OUT_DIR"), "/ranges.rs"));

/// The greatest number of a scale.
const MOST: i64 = 1000;

/// Most words of the name of such a score: `ASA class at admission`.
const MOST_WORDS: usize = 4;

/// The least and the greatest number below a header that states or names a scale, of a column in this unit; no answer
/// for any other.
pub fn scale_range(header: &str, unit: Option<&str>) -> Option<(i64, i64)> {
    let words = words_of(header);
    let is_scale = words.split(' ').any(|word| vocabulary::SCALE_WORDS.contains(word));
    stated_range(header).filter(|_| is_scale).or_else(|| known_range(header, unit))
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

fn known_range(header: &str, unit: Option<&str>) -> Option<(i64, i64)> {
    let name = read_header(header).name;
    let words = normalise(&name);
    let is_other =
        words.split(' ').any(|word| vocabulary::NO_SCALES.contains(word)) || words.split(' ').count() > MOST_WORDS;
    let spaced = format!(" {words} ");
    let is_named = |names: &[&str]| names.iter().any(|name| spaced.contains(&format!(" {name} ")));
    let is_in = |known: &MeasureRange| match unit {
        Some(unit) => known.units.is_empty() || known.units.iter().any(|one| is_same(one, unit)),
        None => !known.needs_unit,
    };
    let is_it =
        |known: &&MeasureRange| (is_named(known.names) || known.whole.contains(&words.as_str())) && is_in(known);
    RANGES.iter().find(is_it).map(|known| known.range).filter(|_| !is_other)
}

/// True for two spellings of one unit.
fn is_same(one: &str, other: &str) -> bool {
    units::unit(one).is_some_and(|one| units::unit(other).is_some_and(|other| one.unit == other.unit))
}

#[cfg(test)]
mod tests {
    use super::super::read_header;
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
            ("Heart rate", Some((0, 600))),
            ("pulse", Some((0, 600))),
            ("pulse steroids", None),
            ("K", Some((1, 20))),
            ("K (mmol/L)", Some((1, 20))),
            ("Urine K", None),
            ("Na (mg/dL)", None),
            ("ESR (mm/h)", None),
            ("BMI", Some((5, 210))),
            ("BMI (kg/m²)", Some((5, 210))),
            ("DAS28", Some((0, 10))),
            ("PASI change", None),
            ("Hct (%)", Some((0, 100))),
            ("FEV1 (%)", None),
            ("CRP (0-5)", None),
            ("Age (18-64)", None),
            ("ASA dose", None),
            ("score", None),
            ("delta pH", None),
            ("phase", None),
            ("EDSS", Some((0, 10))),
            ("Gleason score", Some((1, 10))),
            ("Child-Pugh", Some((1, 15))),
            ("BASDAI", Some((0, 10))),
            ("HAQ-DI", Some((0, 3))),
            ("MELD-Na", Some((6, 40))),
            ("SOFA score", Some((0, 24))),
            ("qSOFA", Some((0, 3))),
            ("APACHE II", Some((0, 71))),
            ("CHA2DS2-VASc", Some((0, 9))),
            ("Hunt-Hess", Some((0, 5))),
            ("Hunt & Hess grade", Some((0, 5))),
            ("MRC", Some((0, 5))),
            ("MRC sum score", None),
            ("mMRC", Some((0, 4))),
            ("PHQ-9", Some((0, 27))),
            ("mRSS", Some((0, 51))),
            ("TSAT (%)", Some((0, 100))),
            ("Glasgow Coma Scale", Some((3, 15))),
            ("Glasgow-Blatchford score", Some((0, 23))),
            ("Glasgow prognostic score", Some((0, 2))),
            ("GOS-E", Some((1, 8))),
            ("MELD change", None),
        ] {
            let unit = read_header(header).unit;
            assert_eq!(scale_range(header, unit.as_deref()), range, "{header}");
        }
    }
}
