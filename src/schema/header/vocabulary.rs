//! The names of `headers.toml`, and the form in which names are compared.

use crate::schema::Role;
use crate::schema::letters::unaccented_in_one_form;
use crate::schema::units;
use crate::vocabulary::{WordMap, Words};

include!(concat!(env!("OUT_DIR"), "/headers.rs"));

/// The normal form in which names are compared: lower case, no accents, single spaces.
pub fn normalise(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    // `N.º`, `n.°`: the point belongs to the abbreviation.
    let mut name = name.replace("(s)", "s");
    if !name.is_ascii() {
        name = name.replace('ß', "ss").replace(".º", "º").replace(".°", "°").replace("n°", "no").replace("N°", "no");
    }
    for c in unaccented_in_one_form(&name).chars().filter(|c| !matches!(c, '\'' | '’' | '`')) {
        if c.is_alphanumeric() || matches!(c, '#' | '%' | '+') {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// True for text that reads as a unit: a known word, a ratio of units, or a percentage.
pub fn is_unit(text: &str) -> bool {
    is_common_unit(text) || is_of_the_vocabulary(text)
}

/// True for a unit of the vocabulary that is no other word: `ms`, `/nl`, `Tsd/µl`; not `Site (foot)`, `Eye (lt)`.
fn is_of_the_vocabulary(text: &str) -> bool {
    let is_word = NO_UNITS.contains(&text.to_lowercase());
    !is_word && units::unit(text).is_some_and(|written| !written.needs_context)
}

/// The same of the units that stand in prose, too; of the items of cells, each of which asks, a whole vocabulary would
/// be too slow to look up.
pub fn is_common_unit(text: &str) -> bool {
    let text = text.to_lowercase().replace('μ', "µ");
    let known = |part: &str| UNITS.contains(part);
    if text.contains('%') {
        return true;
    }
    match text.rsplit_once('/') {
        None => known(&text) && !ONLY_IN_RATIOS.contains(&text),
        Some((above, below)) => {
            let below = below.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
            let above = above.trim();
            // `M/F`, `R/L` and `dd/mm/yyyy` are no units: a ratio needs a known unit on both sides.
            known(below) && (above.is_empty() || above.split(['/', ' ']).all(|part| known(part) || is_power(part)))
        }
    }
}

/// True for the multiplier of a unit, such as `10^9`, `x10³` or `1000`.
fn is_power(part: &str) -> bool {
    let digits = part.trim_start_matches(['x', '×', '*', '·']);
    digits.starts_with(|c: char| c.is_ascii_digit())
}
