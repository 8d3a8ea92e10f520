//! Objects whose keys are levels or other words: synonyms, scores.

use super::reader::SchemaReader;
use super::tree::{Node, Shape};
use crate::decimal::Decimal;
use std::collections::BTreeMap;

/// Most scores of a list that a message shows as an object.
const SHOWN_SCORES: usize = 6;

/// The members of an object, each as it is read; those with a fault are left out.
pub(super) fn read_map<T>(
    node: &Node,
    reader: &mut SchemaReader,
    mut read: impl FnMut(&Node, &mut SchemaReader) -> Option<T>,
) -> Option<BTreeMap<String, T>> {
    let members = reader.object(node)?;
    Some(members.iter().filter_map(|(key, value)| Some((key.clone(), read(value, reader)?))).collect())
}

/// `{level: score}`; a list of scores says nothing of their levels, and its remedy shows the form.
pub(super) fn read_scores(node: &Node, reader: &mut SchemaReader) -> Option<BTreeMap<String, Decimal>> {
    if let Shape::List(scores) = &node.shape {
        let literals = scores.iter().filter_map(|score| match &score.shape {
            Shape::Number(literal) => Some(*literal),
            _ => None,
        });
        let of: Vec<&str> = literals.take(SHOWN_SCORES).collect();
        let of = if of.is_empty() { vec!["1", "2", "3"] } else { of };
        let members: Vec<String> = of.iter().map(|score| format!("\"{score}\": {score}")).collect();
        let message = format!("expected an object of levels with their scores, found {}", node.described());
        reader.fault(node, message, format!("write each level with its score: {{{}}}", members.join(", ")));
        return None;
    }
    read_map(node, reader, |node, reader| reader.decimal(node))
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::schema::table_schema::read;

    #[test]
    fn a_list_of_scores_is_refused_with_the_form_they_have() {
        for (scores, form) in
            [("[1, 2, 10]", r#"{"1": 1, "2": 2, "10": 10}"#), (r#"["low"]"#, r#"{"1": 1, "2": 2, "3": 3}"#)]
        {
            let field = format!(r#"{{"fields": [{{"name": "dose", "calcSeries": {{"scores": {scores}}}}}]}}"#);
            let Err(Error::Refused(found)) = read(&field, "x.schema.json") else { panic!("{scores}: accepted") };
            let remedy = found.groups().find_map(|group| group.first[0].remedy.clone()).unwrap();
            assert_eq!(remedy, format!("write each level with its score: {form}"));
        }
    }
}
