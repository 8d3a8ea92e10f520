//! Laboratory tests that have several names: `CRP` and `C-reactive protein`, `ALT` and `SGPT`.
//!
//! The names are data (`measures.toml`).

use super::vocabulary::normalise;

/// A laboratory test that has several names.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// All of its names.
    names: &'static [&'static str],
    /// Its results have no unit.
    pub without_unit: bool,
    /// Its units are not converted into each other.
    pub one_unit: bool,
}

impl Measure {
    /// What a row of the list has where it does not say otherwise.
    const USUAL: Measure = Measure { names: &[], without_unit: false, one_unit: false };
}

include!(concat!(env!("OUT_DIR"), "/measures.rs"));

/// The test that a name is one of several of; none where it has no other name, or nobody knows it.
pub fn measure(name: &str) -> Option<&'static Measure> {
    let name = normalise(name);
    MEASURES.iter().find(|measure| measure.names.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_of_one_measure_and_in_its_form() {
        let all: Vec<&str> = MEASURES.iter().flat_map(|measure| measure.names).copied().collect();
        for name in &all {
            assert_eq!(normalise(name), *name, "{name} can never match");
            assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name} is in the list twice");
        }
    }

    #[test]
    fn names_of_one_measure_are_known_in_seven_languages() {
        for [one, other] in [
            ["CRP", "C-reactive protein"],
            ["Hb", "H\u{e4}moglobin"],
            ["ALT", "SGPT"],
            ["WBC", "Leukozyten"],
            ["platelets", "plaquettes"],
            ["AST (GOT)", "aspartato aminotransferasa"],
            ["ESR", "VES"],
            ["urea", "ureia"],
            ["CRP", "C-reactief prote\u{ef}ne"],
        ] {
            assert!(measure(one).is_some() && measure(one) == measure(other), "{one} {other}");
        }
        for [one, other] in [["AST", "ALT"], ["urea", "BUN"], ["CRP", "hs-CRP"], ["bilirubin", "direct bilirubin"]] {
            assert!(measure(one) != measure(other) || measure(one).is_none(), "{one} {other}");
        }
    }
}
