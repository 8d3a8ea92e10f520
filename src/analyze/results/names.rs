//! Keys as a user writes them: capitals in the name of a variable do not matter, and a level may be any of its words.

use crate::cohort::cell::level_of_word;
use crate::schema::{Variable, declared_word};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The variables of which keys are written.
#[derive(Debug, Clone, Default)]
pub struct KeyNames {
    variables: Vec<Variable>,
    /// The places of the variables by their name in lower case; made when the first key is not written as it is.
    by_name: OnceLock<FxHashMap<String, Vec<usize>>>,
}

impl KeyNames {
    /// The names of some variables.
    pub fn of<'v>(variables: impl Iterator<Item = &'v Variable>) -> KeyNames {
        KeyNames { variables: variables.cloned().collect(), by_name: OnceLock::new() }
    }

    /// The key as the results have it; `None` where it begins with the name of no variable. `known` has the levels of a
    /// variable among the results.
    pub(super) fn key(&self, key: &str, known: impl Fn(&str) -> Vec<String>) -> Option<String> {
        let (variable, rest) = self.variable_of(key)?;
        let Some(inner) = rest.strip_prefix('[') else { return Some(format!("{}{rest}", variable.name)) };
        let (level, end) = unescaped(inner)?;
        let read = level_of_word(level.trim(), variable).ok()?;
        let known = known(&variable.name);
        let level = declared_word(&read, known.iter().map(String::as_str)).unwrap_or(&read);
        Some(format!("{}[{}]{}", variable.name, escaped(level), inner.get(end..)?))
    }

    /// The variable whose name, the longest of all, begins a key, and what follows. Of variables whose names differ in
    /// capitals only, it is the one that is written so.
    fn variable_of<'k>(&self, key: &'k str) -> Option<(&Variable, &'k str)> {
        let ends = key.char_indices().filter(|(_, c)| matches!(c, '.' | '[' | '_')).map(|(at, _)| at);
        let mut ends: Vec<usize> = ends.chain([key.len()]).collect();
        ends.reverse();
        let (name, rest, named) = ends.into_iter().find_map(|end| {
            let (name, rest) = key.split_at_checked(end)?;
            Some((name, rest, self.by_name().get(&name.to_lowercase())?))
        })?;
        let all = || named.iter().filter_map(|at| self.variables.get(*at));
        let exact: Vec<&Variable> = all().filter(|variable| variable.name == name).collect();
        let found = if exact.is_empty() { all().collect() } else { exact };
        match found.as_slice() {
            [only] => Some((only, rest)),
            _ => None,
        }
    }

    fn by_name(&self) -> &FxHashMap<String, Vec<usize>> {
        self.by_name.get_or_init(|| {
            let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            for (at, variable) in self.variables.iter().enumerate() {
                by_name.entry(variable.name.to_lowercase()).or_default().push(at);
            }
            by_name
        })
    }
}

/// A level as written in a key: `]` and `\` are escaped by `\`.
pub fn escaped(level: &str) -> String {
    if !level.contains(['\\', ']']) {
        return level.to_owned();
    }
    level.replace('\\', "\\\\").replace(']', "\\]")
}

/// The level before the bracket that closes it, without its escapes, and where the rest of the key begins.
fn unescaped(text: &str) -> Option<(String, usize)> {
    let (mut level, mut is_escaped) = (String::new(), false);
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => {
                level.push(character);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            ']' => return Some((level, at + 1)),
            _ => level.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Role, SexWords};

    /// As many look-ups as columns: each of them walked over all columns before, which took minutes here.
    #[test]
    fn the_keys_of_very_many_columns_are_read() {
        let variables: Vec<Variable> = (0..20_000).map(|number| Variable::new(&format!("V_{number}"))).collect();
        let names = KeyNames::of(variables.iter());
        for number in 0..20_000 {
            assert_eq!(names.key(&format!("v_{number}.mean"), |_| Vec::new()), Some(format!("V_{number}.mean")));
        }
    }

    #[test]
    fn a_key_is_read_as_the_cells_are() {
        let mut sex = Variable { role: Role::Sex, ..Variable::new("Sex") };
        sex.reading.sex = SexWords::WordsAndLetters;
        let others = ["CK", "ck", "sites", "Sites_total"].map(Variable::new);
        let names = KeyNames::of(std::iter::once(&sex).chain(&others));
        for (written, key) in [
            ("sex[F].n", Some("Sex[female].n")),
            ("Sex[male].p | age < 10", Some("Sex[male].p | age < 10")),
            ("SEX[x\\]y].n", Some("Sex[x\\]y].n")),
            ("SITES_combination.n", Some("sites_combination.n")),
            ("sites_total.n", Some("Sites_total.n")),
            ("ck.mean", Some("ck.mean")),
            ("Ck.mean", None),
            ("sites[kNEE].n", Some("sites[Knee].n")),
            ("sites[Hip].n", Some("sites[Hip].n")),
            ("sexes.n", None),
            ("sex[F", None),
        ] {
            assert_eq!(
                names.key(written, |_| ["Knee", "HIP", "hip"].map(str::to_owned).to_vec()).as_deref(),
                key,
                "{written}"
            );
        }
    }
}
