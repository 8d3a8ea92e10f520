use super::{Draft, DraftFormat, Form, Piece, Placeholder, Spelling};
use crate::analyze::statistic::Statistic;
use crate::words::Word;
use proptest::prelude::*;

/// The pieces of a draft; a placeholder as its selector between braces.
fn pieces(text: &str, format: DraftFormat) -> Vec<String> {
    let draft = Draft::parse(text, format);
    assert!(draft.faults.is_empty(), "{:?}", draft.faults);
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Placeholder(placeholder) => format!("<{}>", placeholder.selector.full_key()),
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
fn only_two_braces_are_ours() {
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
fn the_parts_of_a_placeholder_are_told_apart() {
    let all = one("{{ sites[knee] | n/N (p%) | where age < 10 and sex = 'a|b' | words }}");
    assert_eq!(all.selector.full_key(), "sites[knee] | age < 10 AND sex = 'a|b'");
    let statistics = vec![Statistic::Cases, Statistic::N, Statistic::Proportion];
    assert_eq!((all.statistics(), all.spelling), (statistics, Spelling::Words));
    for text in ["{{age.mean|age<10}}", "{{ age.mean | where\tage < 10 }}", "{{ age.mean | WHERE age\r\n  < 10 }}"] {
        let placeholder = one(text);
        assert_eq!(
            (placeholder.selector.full_key().as_str(), placeholder.form),
            ("age.mean | age < 10", Form::Printed)
        );
    }
    // What names a statistic is a pattern behind a base, and a condition behind one number.
    assert_eq!(one("{{ a | n < 10 }}").statistics(), [Statistic::Cases]);
    assert_eq!(one("{{ a.n | n < 10 }}").selector.full_key(), "a.n | n < 10");
    assert_eq!(one("{{ cases | age < 10 }}").selector.full_key(), "cases | age < 10");
    assert_eq!(one("{{ cases | Words }}").spelling, Spelling::Capital);
    assert_eq!(one("{{ age.sd | raw }}").form, Form::Raw);
    assert_eq!(one("{{ symptoms[muscle\n  weakness].p }}").selector.key, "symptoms[muscle weakness].p");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, part, message) in [
        ("a {{ age.mean", "{{", "this placeholder has no end }}"),
        ("{{ a.n {{ cases }}", "{{", "this placeholder has no end }}"),
        ("{{ a.n\n\n}}", "{{", "this placeholder has no end }}"),
        ("{{ }}", "{{ }}", "no selector stands in the braces"),
        ("{{ | n }}", "{{ | n }}", "no selector stands in the braces"),
        ("{{ a.n | }}", "}", "nothing stands behind this bar"),
        ("{{ a | mena }}", "mena", "'mena' is no statistic"),
        ("{{ a | years }}", "years", "'years' names no statistic, and is no condition and no flag"),
        ("{{ a }b | {x} }}", "{x}", "in the template '{x}', character 1: no statistic is named 'x'"),
        ("{{ a.n | word }}", "word", "'word' is no flag and no condition, and a.n is one number already"),
        ("{{ a.n | n/N }}", "n/N", "'n/N' is no flag and no condition, and a.n is one number already"),
        ("{{ a.n | where b < }}", "}", "the filter ends where a value is expected"),
        ("{{ a.n | where b < 1 | b < 2 }}", "b < 2", "this part is one too many"),
        ("{{ a | n | N }}", "N", "this part is one too many"),
        ("{{ a.n | raw | raw }}", "raw", "this part is one too many"),
        ("{{ a.n | words | Words }}", "Words", "this part is one too many"),
        ("{{ a | raw }}", "a", "raw is of one statistic, and none is named"),
        ("{{ a.n | raw | words }}", "{{ a.n | raw | words }}", "a number as it is has no words"),
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
fn the_ending_says_the_format() {
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

/// Text in which nothing is ours: no two braces side by side and no backslash.
fn plain() -> impl Strategy<Value = String> {
    "[a-z é日%#$&|}\r\n.,'\u{feff}]{1,12}([{][a-z #%]{1,3})?"
}

proptest! {
    #[test]
    fn the_text_around_placeholders_stays_as_it_is(texts in prop::collection::vec(plain(), 1..8)) {
        for format in [DraftFormat::Markdown, DraftFormat::Latex, DraftFormat::Text] {
            let text = texts.join("{{ cases }}");
            let draft = Draft::parse(&text, format);
            let kept: Vec<&str> = draft.pieces.iter().filter_map(|piece| match piece {
                Piece::Text(text) => Some(*text),
                Piece::Placeholder(_) => None,
            }).collect();
            prop_assert_eq!(&kept, &texts);
            prop_assert!(draft.faults.is_empty());
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
                Piece::Text(text) => text.len(),
                Piece::Placeholder(placeholder) => placeholder.at.len(),
            }).sum();
            prop_assert!(length <= text.len());
            if !text.contains("{{") {
                prop_assert_eq!(draft.pieces.len(), usize::from(!text.is_empty()));
            }
        }
    }
}
