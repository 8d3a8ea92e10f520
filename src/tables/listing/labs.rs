//! The results of all laboratory columns of a case in one cell.

use super::entry::{ListingEntry, NumberEntry};
use crate::schema::{MissingReason, Status, Variable};
use std::sync::Arc;

/// One reported laboratory result among the others of a case.
#[derive(Debug, Clone)]
pub(super) enum LabPart<'a> {
    /// An abnormal value or word, with its name.
    Abnormal(Arc<str>),
    /// Another value, or a word of no known meaning, with its name.
    Other(Arc<str>),
    /// A word for a normal result, and the name of the column.
    Unremarkable(String, &'a str),
}

/// The part of one laboratory column. None where nothing is reported.
pub(super) fn lab_part<'a>(variable: &'a Variable, entry: &ListingEntry) -> Option<LabPart<'a>> {
    if matches!(entry, ListingEntry::Missing(_)) {
        return None;
    }
    let (status, text) = (entry.status(variable), entry.parts().join(", "));
    let is_word = !matches!(entry, ListingEntry::Number(NumberEntry { value: Some(_), .. }));
    let named = || format!("{} {text}", variable.shown_label()).into();
    Some(match status {
        Some(Status::Normal | Status::Negative) if is_word => LabPart::Unremarkable(text, variable.shown_label()),
        None | Some(Status::Normal | Status::Negative) => LabPart::Other(named()),
        Some(_) => LabPart::Abnormal(named()),
    })
}

/// The reported laboratory results: abnormal ones first, then values, then words for normal results.
pub(super) fn labs<'p, 'a: 'p>(parts: impl Iterator<Item = &'p LabPart<'a>>) -> ListingEntry {
    let mut unremarkable: Vec<(&str, Vec<&str>)> = Vec::new();
    let (mut items, mut others): (Vec<Arc<str>>, Vec<Arc<str>>) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            LabPart::Abnormal(text) => items.push(text.clone()),
            LabPart::Other(text) => others.push(text.clone()),
            LabPart::Unremarkable(word, name) => match unremarkable.iter_mut().find(|(known, _)| known == word) {
                Some((_, names)) => names.push(name),
                None => unremarkable.push((word, vec![name])),
            },
        }
    }
    items.extend(others);
    items.extend(unremarkable.into_iter().map(|(word, names)| format!("{word}: {}", names.join(", ")).into()));
    if items.is_empty() { ListingEntry::Missing(MissingReason::NotReported) } else { ListingEntry::Items(items) }
}

#[cfg(test)]
mod tests {
    use super::super::entry::number;
    use super::*;
    use crate::cohort::cell::{self, CellRules};
    use crate::cohort::range::Person;
    use crate::decimal::Decimal;
    use crate::schema::{Kind, ReferenceRange, Role};

    #[test]
    fn abnormal_labs_come_first() {
        let bound = |value| Some(Decimal::from_int(value));
        let range =
            ReferenceRange { sex: None, age: None, low: bound(11), high: bound(15), source: "a book".to_owned() };
        let judged = Variable { role: Role::Lab, kind: Kind::Number, ranges: vec![range], ..Variable::new("hb") };
        let word = |name: &str| Variable { role: Role::Lab, ..Variable::new(name) };
        let (ana, renal, esr) = (word("ana"), word("renal"), word("esr"));
        let number = |cell: &str| {
            let rules = CellRules { variable: &judged, decimal_comma: false, extra_missing: &[] };
            number(cell::number(cell, &rules), &judged, &Person::default(), || cell.into())
        };
        let level = |level: &str| ListingEntry::Level(level.to_owned(), None);
        let entries = [
            (&renal, level("normal")),
            (&judged, number("12")),
            (&esr, level("normal")),
            (&ana, level("positive")),
            (&judged, number("20")),
        ];
        let parts: Vec<_> = entries.iter().filter_map(|(variable, entry)| lab_part(variable, entry)).collect();
        let entry = labs(parts.iter());
        assert_eq!(entry.joined(), "ana positive; hb 20 H; hb 12; normal: renal, esr");
        assert_eq!(labs(std::iter::empty()), ListingEntry::Missing(MissingReason::NotReported));
    }
}
