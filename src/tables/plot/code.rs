//! Short codes for long names, for figures in which the names have no room.

use crate::analyze::natural::natural;
use std::collections::BTreeMap;

/// Letters of a code before others are tried.
const LETTERS: usize = 3;

/// A code for each name: its first letters, as many as it takes to differ from the others, else a number behind them.
pub fn codes<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeMap<String, String> {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by(|one, other| natural(one, other).then(one.cmp(other)));
    names.dedup();
    let mut codes: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        let code = code(name, |code| codes.values().any(|known| known == code));
        codes.insert(name.to_owned(), code);
    }
    codes
}

fn code(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let first = |count: usize| letters.iter().take(count).collect::<String>();
    let by_letters = (LETTERS..LETTERS + 2).map(first).find(|code| !code.is_empty() && !is_taken(code));
    let numbered = || (2..).map(|number: u64| format!("{}{number}", first(LETTERS))).find(|code| !is_taken(code));
    by_letters.or_else(numbered).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn codes_differ_and_do_not_depend_on_the_order() {
        let names = ["prednisone", "prednisolone", "predni", "colchicine", "+", "preDNA"];
        let of = codes(names);
        assert_eq!(of["colchicine"], "COL");
        let mut all: Vec<&String> = of.values().collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), names.len(), "{of:?}");
        assert_eq!(of, codes(names.into_iter().rev()));
    }
}
