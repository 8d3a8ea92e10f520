//! Cases without anything in them: `{}`, `{"case_id": null, "age": ""}`, as an export of blank rows has them.

/// True for an object all members of which are null or an empty text. What is not plainly one is not.
pub(super) fn is_blank_case(object: &[u8]) -> bool {
    let Some(mut rest) = trimmed(object).strip_prefix(b"{").and_then(|inner| inner.strip_suffix(b"}")) else {
        return false;
    };
    loop {
        rest = trimmed(rest);
        if rest.is_empty() {
            return true;
        }
        let Some(behind) = behind_member(rest) else { return false };
        rest = match trimmed(behind) {
            [] => return true,
            [b',', more @ ..] if !trimmed(more).is_empty() => more,
            _ => return false,
        };
    }
}

/// What follows a member that says nothing; no answer for any other.
fn behind_member(text: &[u8]) -> Option<&[u8]> {
    let name = text.strip_prefix(b"\"")?;
    let end = memchr::memchr2(b'"', b'\\', name)?;
    let behind = name.get(end..)?.strip_prefix(b"\"")?;
    let value = trimmed(trimmed(behind).strip_prefix(b":")?);
    if let Some(behind) = value.strip_prefix(b"null") {
        return Some(behind);
    }
    trimmed(value.strip_prefix(b"\"")?).strip_prefix(b"\"")
}

fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::is_blank_case;

    #[test]
    fn a_case_of_nulls_and_empty_texts_is_blank() {
        for blank in ["{}", "{ \n}", r#"{"a":null}"#, r#"{ "a" : null , "b":"" }"#, r#"{"a":"  "}"#] {
            assert!(is_blank_case(blank.as_bytes()), "{blank}");
        }
        for other in [
            r#"{"a":0}"#,
            r#"{"a":null,"b":"x"}"#,
            r#"{"a":[]}"#,
            r#"{"a":{}}"#,
            r#"{"a":null,}"#,
            r#"{"a":nullx}"#,
            r#"{"a":null "b":null}"#,
            r#"{"a\"b":null}"#,
            r#"{,}"#,
            "[]",
            "{",
            "",
        ] {
            assert!(!is_blank_case(other.as_bytes()), "{other}");
        }
    }
}
