//! Keys as a user writes them: capitals in the name of a variable do not matter, and a level may be any of its words.

use crate::cohort::cell::level_of_word;
use crate::schema::Variable;

/// The variables of which keys are written.
#[derive(Debug, Clone, Default)]
pub struct KeyNames {
    variables: Vec<Variable>,
}

impl KeyNames {
    /// The names of some variables.
    pub fn of<'v>(variables: impl Iterator<Item = &'v Variable>) -> KeyNames {
        KeyNames { variables: variables.cloned().collect() }
    }

    /// The key as the results have it; `None` where it begins with the name of no variable.
    pub(super) fn key(&self, key: &str) -> Option<String> {
        let (variable, rest) = self.variable_of(key)?;
        let Some(inner) = rest.strip_prefix('[') else { return Some(format!("{}{rest}", variable.name)) };
        let (level, end) = unescaped(inner)?;
        let level = level_of_word(level.trim(), variable).ok()?;
        Some(format!("{}[{}]{}", variable.name, escaped(&level), inner.get(end..)?))
    }

    /// The variable whose name, the longest of all, begins a key, and what follows.
    fn variable_of<'k>(&self, key: &'k str) -> Option<(&Variable, &'k str)> {
        let beginning = |variable: &Variable| {
            let (name, rest) = key.split_at_checked(variable.name.len())?;
            let is_end = rest.is_empty() || rest.starts_with(['.', '[', '_']);
            let is_same = name == variable.name;
            let is_alike = is_end && (is_same || name.to_lowercase() == variable.name.to_lowercase());
            is_alike.then_some((name.len(), is_same, rest))
        };
        let found: Vec<_> = self.variables.iter().filter_map(|v| Some((v, beginning(v)?))).collect();
        let best = found.iter().map(|(_, (length, is_same, _))| (*length, *is_same)).max()?;
        let mut found = found.into_iter().filter(|(_, (length, is_same, _))| (*length, *is_same) == best);
        let (variable, (_, _, rest)) = found.next()?;
        found.next().is_none().then_some((variable, rest))
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
            ("sexes.n", None),
            ("sex[F", None),
        ] {
            assert_eq!(names.key(written).as_deref(), key, "{written}");
        }
    }
}
