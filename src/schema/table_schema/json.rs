//! JSON to be written: objects in a fixed order, and numbers with the digits they were read with.

use crate::decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A JSON value, or nothing to write.
pub(super) enum Json {
    /// The key is left out.
    Absent,
    Bool(bool),
    Number(Box<RawValue>),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An object without its absent members.
    pub fn object(members: impl IntoIterator<Item = (String, Json)>) -> Json {
        Json::Object(members.into_iter().filter(|(_, value)| !matches!(value, Json::Absent)).collect())
    }

    /// A list; absent where it is empty.
    pub fn list<T: Into<Json>>(items: impl IntoIterator<Item = T>) -> Json {
        Json::List(items.into_iter().map(Into::into).collect()).unless_empty()
    }

    /// The members of another object behind the first of this one.
    pub fn with_behind_first(self, other: Json) -> Json {
        match (self, other) {
            (Json::Object(own), Json::Object(other)) => {
                let mut own = own.into_iter();
                Json::Object(own.next().into_iter().chain(other).chain(own).collect())
            }
            (own, _) => own,
        }
    }

    /// Absent in place of an empty text, list or object.
    pub fn unless_empty(self) -> Json {
        match self {
            Json::Text(text) if text.is_empty() => Json::Absent,
            Json::List(items) if items.is_empty() => Json::Absent,
            Json::Object(members) if members.is_empty() => Json::Absent,
            other => other,
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Json {
        Json::Text(text.clone())
    }
}

impl From<bool> for Json {
    fn from(truth: bool) -> Json {
        Json::Bool(truth)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Json {
        literal(number.to_string())
    }
}

impl From<Decimal> for Json {
    fn from(number: Decimal) -> Json {
        literal(number.to_string())
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or(Json::Absent, Into::into)
    }
}

/// A number with these digits; a text where JSON does not allow them, as in `.5`.
fn literal(digits: String) -> Json {
    RawValue::from_string(digits.clone()).map_or(Json::Text(digits), Json::Number)
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Absent => serializer.serialize_none(),
            Json::Bool(truth) => serializer.serialize_bool(*truth),
            Json::Number(literal) => literal.serialize(serializer),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(items) => serializer.collect_seq(items),
            Json::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, value))),
        }
    }
}
