//! Years that are only about right: `~2018`, `ca. 2018`.

use super::written::LIKELY_YEARS;
use crate::schema::letters::unaccented;

/// Signs and words before such a year, in English, German, French, Spanish, Italian and Portuguese.
const ABOUT: [&str; 20] = [
    "~",
    "≈",
    "about",
    "approximately",
    "approx",
    "around",
    "circa",
    "ca",
    "c",
    "etwa",
    "ungefahr",
    "um",
    "environ",
    "env",
    "vers",
    "hacia",
    "aproximadamente",
    "aprox",
    "verso",
    "cerca de",
];

/// True for a year of four digits behind a sign or a word that says that it is about right.
pub fn is_about_a_year(text: &str) -> bool {
    let plain = unaccented(text.trim());
    ABOUT.iter().filter_map(|about| plain.strip_prefix(about)).any(|rest| {
        let year = rest.trim_start_matches(['.', ' ', '\u{a0}']);
        year.len() == 4 && year.parse().is_ok_and(|year: u16| LIKELY_YEARS.contains(&year))
    })
}

#[cfg(test)]
mod tests {
    use super::is_about_a_year;

    #[test]
    fn a_year_may_be_only_about_right() {
        for text in ["~2018", "ca. 2018", "circa 2018", "c2018", "um 2018", "Etwa 2018", "vers 2018", "about 2018"] {
            assert!(is_about_a_year(text), "{text}");
        }
        for text in ["2018", "2018?", "~18", "ca. 12", "ca. 9999", "camp 2018", "about", "~", "spring 2018"] {
            assert!(!is_about_a_year(text), "{text}");
        }
    }
}
