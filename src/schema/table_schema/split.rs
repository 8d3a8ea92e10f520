//! `calcSeries.split` of a field: a list of separators, or the two things that its cells hold; and its `parts`.

use super::declared::DeclaredVariable;
use super::json::Json;
use super::reader::SchemaReader;
use super::tree::{Node, Shape};
use crate::schema::items::Separators;
use crate::schema::parts::{Pair, Part};
use crate::schema::split::{Split, UnknownSplit};

pub(super) fn read_split(node: &Node, reader: &mut SchemaReader) -> Option<Split> {
    let (words, is_list) = match &node.shape {
        Shape::List(_) => (reader.texts(node)?, true),
        _ => (vec![reader.text(node)?], false),
    };
    let split = match words.is_empty() && is_list {
        true => Ok(Split::Items(Separators::NONE)),
        false => Split::parse(&words.join(" ")),
    };
    split
        .map_err(|UnknownSplit(word)| {
            let message = format!("'{word}' is not a separator");
            reader.fault(node, message, format!("write a list of some of {}", Split::words()));
        })
        .ok()
}

/// Separators as a list, two things as one word.
pub(super) fn split_words(split: Option<Split>) -> Json {
    match split {
        None => Json::Absent,
        Some(Split::Items(separators)) => {
            Json::List(separators.each().map(|separator| separator.word().into()).collect())
        }
        Some(Split::Parts(pair)) => pair.word().into(),
    }
}

/// The parts of a column of two things, each a field that says which part it is.
pub(super) fn read_parts(
    node: &Node,
    reader: &mut SchemaReader,
    read_field: fn(&Node, &mut SchemaReader) -> Option<DeclaredVariable>,
) -> Option<Vec<DeclaredVariable>> {
    let whole = reader.field.clone();
    let parts: Vec<DeclaredVariable> = reader.list(node)?.iter().filter_map(|node| read_field(node, reader)).collect();
    reader.field = whole;
    let mut known: Vec<Part> = parts.iter().filter_map(|part| part.part).collect();
    known.sort_unstable();
    if !Pair::ALL.into_iter().any(|pair| known == pair.parts()) || parts.len() != known.len() {
        let pairs: Vec<&str> = Pair::ALL.into_iter().map(|pair| pair.word()).collect();
        let message = "these are not the two parts of a column";
        reader.fault(
            node,
            message,
            format!("give each \"part\" in its calcSeries; the pairs are {}", pairs.join(", ")),
        );
        return None;
    }
    Some(parts)
}
