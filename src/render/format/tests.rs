//! Formats by their names and extensions.

use super::{Output, OutputFormat};
use crate::words::Word;

#[test]
fn extensions_ask_for_their_format() {
    for format in OutputFormat::ALL {
        for extension in format.endings() {
            assert_eq!(OutputFormat::of_path(&format!("a.b/Table1{extension}")), Some(format));
            assert_eq!(OutputFormat::of_path(&format!("TABLE1{}", extension.to_uppercase())), Some(format));
        }
    }
    for path in ["table", "table.odt", "csv", "tex", "table.csv/x", ""] {
        assert_eq!(OutputFormat::of_path(path), None, "{path}");
    }
}

#[test]
fn every_output_has_text_and_every_format_shows_something() {
    assert!(Output::ALL.into_iter().all(|output| OutputFormat::Text.can_show(output)));
    assert!(OutputFormat::ALL.into_iter().all(|format| Output::ALL.into_iter().any(|o| format.can_show(o))));
    assert_eq!(Output::Audit.extensions(), ".txt, .json, .md, .docx, .xlsx");
}

#[test]
fn ard_becomes_lines_where_the_name_of_the_file_asks_for_lines() {
    assert_eq!(OutputFormat::Ard.for_path("a.jsonl"), OutputFormat::ArdLines);
    assert_eq!(OutputFormat::Ard.for_path("a.ard.jsonl"), OutputFormat::ArdLines);
    assert_eq!(OutputFormat::Ard.for_path("a.csv"), OutputFormat::Ard);
    assert_eq!(OutputFormat::Html.for_path("a.jsonl"), OutputFormat::Html);
}

#[test]
fn the_ending_of_a_file_is_a_name_of_its_format() {
    for (written, format) in [("md", OutputFormat::Markdown), ("TEX", OutputFormat::Latex), ("txt", OutputFormat::Text)]
    {
        assert_eq!(written.parse(), Ok(format));
    }
    let unknown = "jsn".parse::<OutputFormat>().unwrap_err();
    assert!(unknown.remedy().starts_with("did you mean 'json'?"), "{}", unknown.remedy());
}
