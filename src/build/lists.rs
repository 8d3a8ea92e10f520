//! The code of a list of words.

use super::ListFault;
use super::code::{map, module_name, static_name, type_name, words};
use toml::{Table, Value};

/// What a table of a list, or an array of it, is.
#[derive(Debug, Clone, Copy)]
pub enum ListForm {
    /// A set whose order counts.
    InOrder,
    /// The words of each meaning, by the name of a variant of this type.
    ByMeaning(&'static str),
    /// The same, where the first word of a meaning that is there counts.
    InTurn(&'static str),
    /// The meaning of each word, by the name of a constant of this type.
    Meanings(&'static str),
    /// The text of each word.
    Texts,
    /// Words of which the meaning is the same.
    Keys,
    /// The words of each number from 1.
    Numbered,
    /// Rows of this type, each with some of its fields; the others are those of its constant `USUAL`.
    Rows(&'static str),
}

/// The code of a list: a set of words for each array, a module for each table, and what `forms` says.
pub fn code(list: &Table, forms: &[(&str, ListForm)]) -> Result<String, ListFault> {
    let mut code = String::new();
    for (key, value) in list {
        let form = forms.iter().find(|(name, _)| name == key).map(|(_, form)| *form);
        code += &match (form, value) {
            (Some(form), value) => formed(key, value, form)?,
            (None, Value::Table(group)) => {
                let inner = self::code(group, &[])?;
                format!("pub mod {} {{ use super::*;\n{inner}}}\n", module_name(key))
            }
            (None, Value::String(text)) => format!("pub static {}: &str = {text:?};\n", static_name(key)),
            (None, value) => format!("pub static {}: Words = {};\n", static_name(key), words(texts(value)?)?),
        };
    }
    Ok(code)
}

fn formed(key: &str, value: &Value, form: ListForm) -> Result<String, ListFault> {
    let name = static_name(key);
    Ok(match form {
        ListForm::InOrder => format!("pub static {name}: &[&str] = &{:?};\n", texts(value)?),
        ListForm::Keys => format!("pub static {name}: Words = {};\n", words(table(value)?.keys().map(String::as_str))?),
        ListForm::Texts => map_of(&name, "&str", texts_of(value)?.map(|(word, text)| (word, format!("{text:?}"))))?,
        ListForm::Meanings(of) => {
            map_of(&name, of, texts_of(value)?.map(|(word, text)| (word, format!("{of}::{}", static_name(text)))))?
        }
        ListForm::ByMeaning(of) => {
            let meanings =
                table(value)?.iter().map(|(meaning, words)| (format!("{of}::{}", type_name(meaning)), words));
            map_of(&name, of, by_meaning(meanings)?.into_iter())?
        }
        ListForm::InTurn(of) => {
            let rows = table(value)?
                .iter()
                .map(|(meaning, words)| Ok(format!("({of}::{}, &{:?} as &[&str])", type_name(meaning), texts(words)?)));
            let rows = rows.collect::<Result<Vec<_>, ListFault>>()?.join(", ");
            format!("pub static {name}: &[({of}, &[&str])] = &[{rows}];\n")
        }
        ListForm::Rows(of) => {
            let rows = value.as_array().ok_or("not a list of rows")?.iter().map(|value| row(value, of));
            let rows = rows.collect::<Result<Vec<_>, ListFault>>()?.join(", ");
            let allow = "#[allow(clippy::needless_update, reason = \"a row may have all fields\")]";
            format!("{allow}\npub static {name}: &[{of}] = &[{rows}];\n")
        }
        ListForm::Numbered => {
            let lists = value.as_array().ok_or("not a list of lists")?.iter();
            let numbers = lists.zip(1_u8..).map(|(words, number)| (number.to_string(), words));
            map_of(&name, "u8", by_meaning(numbers)?.into_iter())?
        }
    })
}

/// The code of a row of a type.
fn row(value: &Value, of: &str) -> Result<String, ListFault> {
    let field = |(name, value): (&String, &Value)| Ok(format!("{}: {}", module_name(name), literal(value)?));
    let fields = table(value)?.iter().map(field).collect::<Result<Vec<_>, ListFault>>()?.join(", ");
    Ok(format!("{of} {{ {fields}, ..{of}::USUAL }}"))
}

/// The code of a value: a text, a number, true or false, texts, or two numbers.
fn literal(value: &Value) -> Result<String, ListFault> {
    match value {
        Value::String(text) => Ok(format!("{text:?}")),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Boolean(answer) => Ok(answer.to_string()),
        Value::Array(values) => match values.as_slice() {
            [Value::Integer(least), Value::Integer(greatest)] => Ok(format!("({least}, {greatest})")),
            _ => {
                // Stops where a word stands twice.
                words(texts(value)?)?;
                Ok(format!("&{:?}", texts(value)?))
            }
        },
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => Err("neither a text nor a number".into()),
    }
}

fn map_of<'w>(name: &str, of: &str, entries: impl Iterator<Item = (&'w str, String)>) -> Result<String, ListFault> {
    let entries = entries.map(|(word, value)| (word.to_owned(), value)).collect();
    Ok(format!("pub static {name}: WordMap<{of}> = {};\n", map(entries)?))
}

/// Every word with the code of its meaning.
fn by_meaning<'v>(meanings: impl Iterator<Item = (String, &'v Value)>) -> Result<Vec<(&'v str, String)>, ListFault> {
    let mut entries = Vec::new();
    for (meaning, words) in meanings {
        // The words of a meaning may stand in a table of their own.
        let words = words.get("words").unwrap_or(words);
        entries.extend(texts(words)?.into_iter().map(|word| (word, meaning.clone())));
    }
    Ok(entries)
}

/// The texts of an array.
pub fn texts(value: &Value) -> Result<Vec<&str>, ListFault> {
    let texts = value.as_array().ok_or("not a list of words")?.iter().map(|text| text.as_str().ok_or("not a word"));
    Ok(texts.collect::<Result<_, _>>()?)
}

/// The rows of a table, each a text.
fn texts_of(value: &Value) -> Result<impl Iterator<Item = (&str, &str)>, ListFault> {
    let rows = table(value)?.iter().map(|(word, text)| Ok((word.as_str(), text.as_str().ok_or("not a text")?)));
    Ok(rows.collect::<Result<Vec<_>, ListFault>>()?.into_iter())
}

/// The table of a value.
pub fn table(value: &Value) -> Result<&Table, ListFault> {
    Ok(value.as_table().ok_or("not a table")?)
}
