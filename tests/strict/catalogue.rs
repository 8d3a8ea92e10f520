//! The catalogue holds every finding id the source uses, in order, and no other.

use crate::support::{catalogue, root};
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

/// Texts in double quotes that look like an id: lower-case words joined by hyphens.
fn words(text: &str) -> BTreeSet<&str> {
    let is_id =
        |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') && word.len() > 3;
    text.split('"').filter(is_id).collect()
}

/// The ids that stand as the first argument of what makes a finding.
fn made(text: &str) -> BTreeSet<&str> {
    let makers = [
        "Finding::new(",
        "Mismatch { id: ",
        "refused(",
        "error(",
        "add(",
        "remark(",
        "fault(",
        "say(",
        "of_series(",
        "item(",
        "beside(",
    ];
    let after = |maker: &'static str| text.split(maker).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
    let ids = makers.into_iter().flat_map(after).filter_map(|rest| rest.split('"').next());
    ids.filter(|id| id.contains('-') && words(&format!("\"{id}\"")).len() == 1 || catalogue().contains_key(*id))
        .collect()
}

#[test]
fn every_id_is_explained_in_order_and_none_is_left_over() {
    let text = std::fs::read_to_string(root().join("src/diagnostic/catalogue.toml")).unwrap();
    let ids: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix('[').and_then(|line| line.strip_suffix(']'))).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    let mut text = String::new();
    source(&root().join("src"), &mut text);
    let used = words(&text);
    let left_over: Vec<&&str> = ids.iter().filter(|id| !used.contains(**id)).collect();
    assert!(left_over.is_empty(), "in the catalogue, and nowhere in the source: {left_over:?}");
    for id in made(&text) {
        assert!(ids.contains(&id), "'{id}' is not in the catalogue");
    }
    let entries = catalogue();
    assert_eq!(entries.len(), ids.len());
    for (id, entry) in &entries {
        let text = |key: &str| entry[key].as_str().expect("a text");
        assert!(!text("title").is_empty() && text("text").ends_with('.'), "{id}");
    }
}
