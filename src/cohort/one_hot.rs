//! Composes several cells of yes or no into the text of one set cell.

use super::Unreadable;
use super::cell::{CellRules, LevelState, binary, missing};
use crate::read::ITEM;
use crate::schema::{Member, MissingReason, Variable};

/// The composed cell of one patient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Composed {
    /// The cell of the set: its items, `none` if no column is yes, or the token of the reason why it is not reported.
    pub text: String,
    /// Cells that are neither yes nor no, by the index of their column among the members.
    pub unreadable: Vec<(usize, Unreadable)>,
    /// Set if some columns are reported and others are not.
    pub partly: Option<Partly>,
}

/// Some columns of a set are reported, and others are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partly {
    /// The columns that are not reported, by their index among the members.
    pub silent: Vec<usize>,
    /// True if another column is yes, so that the set is counted.
    pub counted: bool,
}

/// Whether the patient has one item.
enum MemberAnswer {
    Yes,
    No,
    Missing(MissingReason),
    Unreadable(Unreadable),
}

/// Composes the cell of a set from the cells of its members.
///
/// Its items are those of the columns that are yes. If none is yes, the set is empty if every column
/// is no; a missing cell then makes it not reported, because missing is not "no". If some
/// column is yes, missing cells add nothing and are reported as `partly`.
pub fn compose(set: &Variable, cells: &[impl AsRef<str>], rules: &CellRules<'_>) -> Composed {
    let mut composed = Composed::default();
    let (mut silent, mut reasons, mut known) = (Vec::new(), Vec::new(), false);
    for (index, (member, cell)) in set.members.iter().zip(cells).enumerate() {
        match answer(member, cell.as_ref(), rules) {
            MemberAnswer::Yes => {
                composed.text.push(ITEM);
                composed.text.push_str(&member.item);
            }
            MemberAnswer::No => known = true,
            MemberAnswer::Missing(reason) => {
                silent.push(index);
                reasons.push((reason, cell.as_ref().trim()));
            }
            MemberAnswer::Unreadable(why) => composed.unreadable.push((index, why)),
        }
    }
    let counted = !composed.text.is_empty();
    if !silent.is_empty() && (known || counted) {
        composed.partly = Some(Partly { silent, counted });
    } else if known && composed.unreadable.is_empty() && !counted {
        composed.text.push_str("none");
    } else if composed.unreadable.is_empty() && !counted {
        composed.text.push_str(shared_reason(&reasons, &CellRules { variable: set, ..*rules }));
    }
    composed
}

fn answer(member: &Member, cell: &str, rules: &CellRules<'_>) -> MemberAnswer {
    match binary(cell, &CellRules { variable: &member.variable, ..*rules }) {
        LevelState::Missing(reason) => MemberAnswer::Missing(reason),
        LevelState::Level(level) => says_yes(&level).map_or(MemberAnswer::Unreadable(Unreadable::NotBinary), of_truth),
        // The words of a REDCap export with labels.
        LevelState::Unreadable(why) => says_checked(cell.trim()).map_or(MemberAnswer::Unreadable(why), of_truth),
    }
}

fn of_truth(yes: bool) -> MemberAnswer {
    if yes { MemberAnswer::Yes } else { MemberAnswer::No }
}

/// Whether a level of a binary column means yes; `None` for another level of the schema.
fn says_yes(level: &str) -> Option<bool> {
    match level {
        "1" => Some(true),
        "0" => Some(false),
        other => crate::schema::lexical::yes_no(other).or_else(|| says_checked(other)),
    }
}

fn says_checked(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("checked") {
        return Some(true);
    }
    text.eq_ignore_ascii_case("unchecked").then_some(false)
}

/// The token of the reason that all cells share; empty if they have several reasons, or if the
/// set would read the token as something else.
fn shared_reason<'c>(reasons: &[(MissingReason, &'c str)], set: &CellRules<'_>) -> &'c str {
    let Some((reason, _)) = reasons.first() else { return "" };
    let is_shared = reasons.iter().all(|(other, _)| other == reason);
    let token = reasons.iter().map(|(_, token)| *token).find(|token| missing(token, set) == Some(*reason));
    token.filter(|_| is_shared).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::cell::{SetState, items};
    use crate::schema::{Kind, Level};
    use std::collections::BTreeMap;

    fn set(names: &[&str]) -> Variable {
        let member = |name: &&str| Member {
            variable: Variable { kind: Kind::Binary, ..Variable::new(name) },
            item: (*name).to_owned(),
        };
        let levels = names.iter().map(|name| Level { value: (*name).to_owned(), label: None }).collect();
        Variable { kind: Kind::Set, levels, members: names.iter().map(member).collect(), ..Variable::new("sites") }
    }

    fn composed(set: &Variable, cells: &[&str]) -> Composed {
        compose(set, cells, &CellRules { variable: set, decimal_comma: false, extra_missing: &[] })
    }

    /// The items of a text as the set reads it. Errors: why it is not reported.
    fn read(set: &Variable, text: &str) -> Result<Vec<String>, MissingReason> {
        match items(text, &CellRules { variable: set, decimal_comma: false, extra_missing: &[] }) {
            SetState::Items(items) => Ok(items.items),
            SetState::Missing(reason) => Err(reason),
        }
    }

    #[test]
    fn all_words_for_yes_and_no_are_read() {
        let set = set(&["knee", "hip"]);
        for (yes, no) in [("1", "0"), ("yes", "no"), ("Checked", "Unchecked"), ("TRUE", "false"), ("Y", "n")] {
            let text = |cells: [&str; 2]| read(&set, &composed(&set, &cells).text);
            assert_eq!(text([yes, yes]).unwrap(), ["knee", "hip"]);
            assert_eq!(text([no, yes]).unwrap(), ["hip"]);
            assert_eq!(text([no, no]).unwrap(), Vec::<String>::new(), "{no}");
        }
    }

    #[test]
    fn items_that_look_like_something_else_are_items() {
        let set = set(&["none", "unknown", "a;b", "not done"]);
        assert_eq!(read(&set, &composed(&set, &["1", "0", "0", "0"]).text).unwrap(), ["none"]);
        assert_eq!(read(&set, &composed(&set, &["0", "1", "1", "1"]).text).unwrap(), ["unknown", "a;b", "not done"]);
        // "not done" would be the item of this set.
        assert_eq!(read(&set, &composed(&set, &["not done"; 4]).text), Err(MissingReason::NotReported));
    }

    #[test]
    fn silence_is_not_no() {
        let set = set(&["knee", "hip", "elbow"]);
        let of = |cells: [&str; 3]| (read(&set, &composed(&set, &cells).text), composed(&set, &cells).partly);
        let partly = |silent: &[usize], counted| Some(Partly { silent: silent.to_vec(), counted });
        assert_eq!(of(["", "", ""]), (Err(MissingReason::NotReported), None));
        assert_eq!(of(["not done", "not done", "Not done"]), (Err(MissingReason::NotDone), None));
        assert_eq!(of(["not done", "", "not done"]), (Err(MissingReason::NotReported), None));
        assert_eq!(of(["1", "", "0"]), (Ok(vec!["knee".to_owned()]), partly(&[1], true)));
        assert_eq!(of(["0", "", "?"]), (Err(MissingReason::NotReported), partly(&[1, 2], false)));
    }

    #[test]
    fn an_unreadable_cell_does_not_affect_the_others() {
        let set = set(&["knee", "hip"]);
        let one = composed(&set, &["2", "1"]);
        assert_eq!(
            (read(&set, &one.text).unwrap(), one.unreadable),
            (vec!["hip".to_owned()], vec![(0, Unreadable::NotBinary)])
        );
        let other = composed(&set, &["2", "0"]);
        assert_eq!(read(&set, &other.text), Err(MissingReason::NotReported));
    }

    #[test]
    fn a_column_keeps_the_missing_tokens_and_the_words_of_its_own_field() {
        let mut set = set(&["knee", "hip"]);
        set.members[0].variable.missing = Some(BTreeMap::from([("-9".to_owned(), MissingReason::NotReported)]));
        set.members[1].variable.synonyms = BTreeMap::from([("ja".to_owned(), "yes".to_owned())]);
        let found = composed(&set, &["-9", "ja"]);
        assert_eq!(read(&set, &found.text).unwrap(), ["hip"]);
        assert_eq!(found.partly, Some(Partly { silent: vec![0], counted: true }));
    }
}
