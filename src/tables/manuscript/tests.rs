use super::part::Spelling;
use super::placeholder::NumberForm;
use super::{Draft, DraftFormat, DraftPiece, Placeholder};
use crate::analyze::statistic::Statistic;
use crate::words::Word;
use proptest::prelude::*;

/// The pieces of a draft; a placeholder as its selector between braces.
fn pieces(text: &str, format: DraftFormat) -> Vec<String> {
    let draft = Draft::parse(text, format);
    assert!(draft.faults.is_empty(), "{:?}", draft.faults);
    let piece = |piece: &DraftPiece<'_>| match piece {
        DraftPiece::Text(text) => (*text).to_owned(),
        DraftPiece::Placeholder(placeholder) => format!("<{}>", placeholder.selector.full_key()),
    };
    draft.pieces.iter().map(piece).collect()
}

#[track_caller]
fn one(text: &str) -> Placeholder {
    let draft = Draft::parse(text, DraftFormat::Markdown);
    assert!(draft.faults.is_empty(), "{:?}", draft.faults);
    draft.placeholders().next().expect("a placeholder").clone()
}

#[test]
fn only_double_braces_mark_a_placeholder() {
    use DraftFormat::{Latex, Markdown, Text};
    for (format, text, expected) in [
        (Text, "a {{age.mean}} b", &["a ", "<age.mean>", " b"][..]),
        (Text, "{% if %}{#1}{a}}}\\{", &["{% if %}{#1}{a}}}\\{"]),
        (Text, "\\{{cases}}", &["\\", "<cases>"]),
        (Markdown, "\\{{cases}} \\\\{{cases}}", &["\\{{cases}} \\\\", "<cases>"]),
        (Latex, "\\textbf{{{ cases }}}\\\\{{cases}}", &["\\textbf{", "<cases>", "}\\\\", "<cases>"]),
        (Latex, "{{{{\\bf x}} {{cases}}", &["{{", "\\bf x}} ", "<cases>"]),
        (Latex, "{{{{{x}}}}}", &["{{", "{x}}}}}"]),
        (Latex, "\\%{{cases}}\\", &["\\%", "<cases>", "\\"]),
        (Markdown, "```\n{{cases}}\n```\n{{cases}}", &["```\n{{cases}}\n```\n", "<cases>"]),
        (Latex, "```\n{{cases}}", &["```\n", "<cases>"]),
        (Markdown, "`{{cases}}`", &["`", "<cases>", "`"]),
        (Text, "", &[]),
    ] {
        assert_eq!(pieces(text, format), expected, "{text}");
    }
    assert_eq!(Draft::parse("```\n{{a}} {{\n```\n{{cases}}", Markdown).in_code, [4, 10]);
}

#[test]
fn the_parts_of_a_placeholder_are_recognised() {
    let all = one("{{ sites[knee] | n/N (p%) | where age < 10 and sex = 'a|b' | words }}");
    assert_eq!(all.selector.full_key(), "sites[knee] | age < 10 AND sex = 'a|b'");
    let statistics = vec![Statistic::Cases, Statistic::N, Statistic::Proportion];
    assert_eq!((all.statistics(), all.spelling), (statistics, Spelling::Words));
    for text in ["{{age.mean|age<10}}", "{{ age.mean | where\tage < 10 }}", "{{ age.mean | WHERE age\r\n  < 10 }}"] {
        let placeholder = one(text);
        assert_eq!(
            (placeholder.selector.full_key().as_str(), placeholder.form),
            ("age.mean | age < 10", NumberForm::Printed)
        );
    }
    // A text with a statistic is a pattern after a selector without one, and a condition after one number.
    assert_eq!(one("{{ a | n < 10 }}").statistics(), [Statistic::Cases]);
    assert_eq!(one("{{ a.n | n < 10 }}").selector.full_key(), "a.n | n < 10");
    assert_eq!(one("{{ cases | age < 10 }}").selector.full_key(), "cases | age < 10");
    assert_eq!(one("{{ cases | Words }}").spelling, Spelling::Capital);
    assert_eq!(one("{{ age.sd | raw }}").form, NumberForm::Raw);
    assert_eq!(one("{{ symptoms[muscle\n  weakness].p }}").selector.key, "symptoms[muscle weakness].p");
}

#[test]
fn faults_have_their_position() {
    for (text, part, message) in [
        ("a {{ age.mean", "{{", "placeholder without closing }}"),
        ("{{ a.n {{ cases }}", "{{", "placeholder without closing }}"),
        ("{{ a.n\n\n}}", "{{", "placeholder without closing }}"),
        ("{{ }}", "{{ }}", "no selector in the braces"),
        ("{{ | n }}", "{{ | n }}", "no selector in the braces"),
        ("{{ a.n | }}", "}", "nothing follows this bar"),
        ("{{ a | mena }}", "mena", "'mena' is not a statistic"),
        ("{{ a | years }}", "years", "'years' contains no statistic, and is neither a condition nor a flag"),
        ("{{ a }b | {x} }}", "{x}", "in the template '{x}', character 1: no statistic is named 'x'"),
        ("{{ a.n | word }}", "word", "'word' is neither a flag nor a condition, and a.n is already one number"),
        ("{{ a.n | n/N }}", "n/N", "'n/N' is neither a flag nor a condition, and a.n is already one number"),
        ("{{ a.n | where b < }}", "}", "expected a value, found the end of the filter"),
        ("{{ a.n | where b < 1 | b < 2 }}", "b < 2", "this part repeats another one"),
        ("{{ a | n | N }}", "N", "this part repeats another one"),
        ("{{ a.n | raw | raw }}", "raw", "this part repeats another one"),
        ("{{ a.n | words | Words }}", "Words", "this part repeats another one"),
        ("{{ a | raw }}", "a", "raw needs a statistic"),
        ("{{ a.n | raw | words }}", "{{ a.n | raw | words }}", "raw cannot be combined with words"),
    ] {
        let draft = Draft::parse(text, DraftFormat::Markdown);
        let [fault] = draft.faults.as_slice() else { panic!("{text}: {:?}", draft.faults) };
        let at = fault.at.start..(fault.at.end).max(fault.at.start + 1);
        let at = if fault.at.is_empty() { text.len() - 2..text.len() - 1 } else { at };
        assert_eq!((&text[at], fault.message.as_str()), (part, message), "{text}");
        assert!(fault.remedy.is_some(), "{text}");
    }
}

#[test]
fn the_file_extension_gives_the_format() {
    for (path, format) in [
        ("a.md", DraftFormat::Markdown),
        ("A.MARKDOWN", DraftFormat::Markdown),
        ("b/paper.tex", DraftFormat::Latex),
        ("a.txt", DraftFormat::Text),
        ("md", DraftFormat::Text),
        ("-", DraftFormat::Text),
    ] {
        assert_eq!(DraftFormat::of_path(path).unwrap_or_default(), format, "{path}");
    }
}

/// Text without double braces and backslashes.
fn plain() -> impl Strategy<Value = String> {
    "[a-z é日%#$&|}\r\n.,'\u{feff}]{1,12}([{][a-z #%]{1,3})?"
}

proptest! {
    #[test]
    fn the_text_around_placeholders_is_unchanged(texts in prop::collection::vec(plain(), 1..8)) {
        for format in [DraftFormat::Markdown, DraftFormat::Latex, DraftFormat::Text] {
            let text = texts.join("{{ cases }}");
            let draft = Draft::parse(&text, format);
            let kept: Vec<&str> = draft.pieces.iter().filter_map(|piece| match piece {
                DraftPiece::Text(text) => Some(*text),
                DraftPiece::Placeholder(_) => None,
            }).collect();
            prop_assert_eq!(&kept, &texts);
            prop_assert!(draft.faults.is_empty());
            prop_assert_eq!(draft.placeholders().count(), texts.len() - 1);
            prop_assert!(draft.placeholders().all(|placeholder| &text[placeholder.at.clone()] == "{{ cases }}"));
        }
    }

    #[test]
    fn any_text_is_pieces_and_faults_in_order(text in "[{}|\\\\a n/\\[\\]'\"`~\né]{0,80}") {
        for format in [DraftFormat::Markdown, DraftFormat::Latex, DraftFormat::Text] {
            let draft = Draft::parse(&text, format);
            let placed: Vec<usize> = draft.placeholders().map(|placeholder| placeholder.at.start).collect();
            prop_assert!(placed.is_sorted());
            prop_assert!(draft.faults.iter().all(|fault| fault.at.start <= text.len()));
            let length: usize = draft.pieces.iter().map(|piece| match piece {
                DraftPiece::Text(text) => text.len(),
                DraftPiece::Placeholder(placeholder) => placeholder.at.len(),
            }).sum();
            prop_assert!(length <= text.len());
            if !text.contains("{{") {
                prop_assert_eq!(draft.pieces.len(), usize::from(!text.is_empty()));
            }
        }
    }
}
