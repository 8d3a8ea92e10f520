//! A key of a schema: one row that names it, reads it and writes it.

use super::json::Json;
use super::reader::SchemaReader;
use super::tree::{Node, Shape};

/// A key of an object that is read into, and written from, a `T`.
pub(super) struct Key<T> {
    /// The name of the key.
    pub name: &'static str,
    read: fn(&Node, &mut T, &mut SchemaReader),
    write: fn(&T) -> Json,
}

/// A row of a list of keys.
pub(super) const fn key<T>(
    name: &'static str,
    read: fn(&Node, &mut T, &mut SchemaReader),
    write: fn(&T) -> Json,
) -> Key<T> {
    Key { name, read, write }
}

/// What to do with a key that is not in the list.
pub(super) enum Unknown {
    /// It is a fault of the schema.
    Refused,
    /// It has no effect, which is a warning; the object states facts, of which `null` is none.
    Warned,
    /// Other programs may use it.
    Ignored,
}

/// Reads the members of an object in the order of the keys; `of` names the object in messages.
///
/// `None` where the node is not an object, which is a fault.
pub(super) fn read_keys<'n, 't, T>(
    node: &'n Node<'t>,
    keys: &[Key<T>],
    into: &mut T,
    reader: &mut SchemaReader,
    (of, unknown): (&'static str, Unknown),
) -> Option<&'n [(String, Node<'t>)]> {
    let members = reader.object(node)?;
    let is_stated = |value: &Node| !matches!((&unknown, &value.shape), (Unknown::Warned, Shape::Null));
    for key in keys {
        if let Some((_, value)) = members.iter().find(|(name, value)| name == key.name && is_stated(value)) {
            (key.read)(value, into, reader);
        }
    }
    let known: Vec<&'static str> = keys.iter().map(|key| key.name).collect();
    for (name, value) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        match unknown {
            Unknown::Refused => reader.unknown(value, name, known.clone(), of),
            Unknown::Warned => reader.unknown_key(value, name, &known, of),
            Unknown::Ignored => {}
        }
    }
    Some(members)
}

/// The object with these keys, without those that have nothing to write.
pub(super) fn write_keys<T>(keys: &[Key<T>], from: &T) -> Json {
    Json::object(keys.iter().map(|key| (key.name.to_owned(), (key.write)(from))))
}
