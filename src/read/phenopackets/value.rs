//! Members of a phenopacket by their name in camel case.

use serde_json::Value;

/// The member of a name in camel case or in snake case; none where it is absent or null.
pub fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let found = value.get(name).or_else(|| value.get(snake(name)));
    found.filter(|found| !found.is_null())
}

/// The items of a list; none where it is absent.
pub fn items<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    member(value, name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The text of a member, on one line; a number as it is written.
pub fn text(value: &Value, name: &str) -> Option<String> {
    let text = match member(value, name)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    // Control characters have a meaning inside the program.
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The label of an ontology class, else its id.
pub fn class(value: &Value, name: &str) -> Option<String> {
    let class = member(value, name)?;
    text(class, "label").or_else(|| text(class, "id"))
}

/// True for a member that is true, also where it is written as a text.
pub fn is_true(value: &Value, name: &str) -> bool {
    match member(value, name) {
        Some(Value::Bool(is_true)) => *is_true,
        Some(Value::String(text)) => text.trim().eq_ignore_ascii_case("true"),
        Some(Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_)) | None => false,
    }
}

/// `timeAtLastEncounter` as `time_at_last_encounter`.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len().saturating_add(4));
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
