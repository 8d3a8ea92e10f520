//! The catalogue is in order, and the source uses every id of it. That it uses no other, the compiler sees.

use crate::support::{catalogue, root};
use calc_series::FindingId;
use std::collections::BTreeSet;
use std::path::Path;

/// The text of every file of the source but tests, joined.
fn source(folder: &Path, text: &mut String) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            source(&path, text);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            let file = std::fs::read_to_string(&path).unwrap();
            text.push_str(file.split("#[cfg(test)]\nmod tests {").next().unwrap());
        }
    }
}

/// The name of an id in the source: `NotUtf8` for `not-utf8`.
fn variant(id: &str) -> String {
    id.split('-').map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..])).collect()
}

/// The names behind `FindingId::`.
fn used(text: &str) -> BTreeSet<&str> {
    let is_of_a_name = |c: char| c.is_ascii_alphanumeric();
    text.split("FindingId::").skip(1).filter_map(|rest| rest.split(|c| !is_of_a_name(c)).next()).collect()
}

#[test]
fn every_id_is_explained_in_order_and_none_is_left_over() {
    let text = std::fs::read_to_string(root().join("src/diagnostic/catalogue.toml")).unwrap();
    let ids: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix('[').and_then(|line| line.strip_suffix(']'))).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    assert_eq!(FindingId::ALL.iter().map(|id| id.word()).collect::<Vec<_>>(), ids);
    let mut text = String::new();
    source(&root().join("src"), &mut text);
    let used = used(&text);
    let left_over: Vec<&&str> = ids.iter().filter(|id| !used.contains(variant(id).as_str())).collect();
    assert!(left_over.is_empty(), "in the catalogue, and nowhere in the source: {left_over:?}");
    let numbers: Vec<String> =
        catalogue().values().filter_map(|entry| Some(entry.get("item")?.as_str()?.to_owned())).collect();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len(), "{numbers:?}");
    for (id, entry) in &catalogue() {
        let text = |key: &str| entry[key].as_str().expect("a text");
        assert!(!text("title").is_empty() && text("text").ends_with('.'), "{id}");
    }
}
