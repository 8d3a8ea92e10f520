//! Headers of numbered parts of the body: `toes` `2,3` are two toes, not 2.3.

use super::reading::beginning;
use super::vocabulary::{self, normalise};

/// True for a header that names parts of the body which have numbers.
pub fn numbers_parts(header: &str) -> bool {
    normalise(beginning(header)).split(' ').any(|word| vocabulary::NUMBERED_PARTS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::numbers_parts;

    #[test]
    fn parts_of_the_body_have_numbers() {
        for header in ["toes", "Affected toes", "Zehen", "finger(s)", "Dents", "ribs"] {
            assert!(numbers_parts(header), "{header}");
        }
        for header in ["crp", "toeplitz", "D-dimer", "age", "dose"] {
            assert!(!numbers_parts(header), "{header}");
        }
    }
}
