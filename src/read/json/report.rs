//! The findings of JSON input: what is wrong, where, and what to do about it.

use super::nested::Mismatch;
use super::scan::{MAX_DEPTH, SyntaxFlaw};
use crate::diagnostic::{Finding, FindingId, SourceLocation, first_names};
use crate::words::counted;
use std::collections::BTreeSet;

/// Bytes that an excerpt looks at; they must be at hand whatever the block size.
pub(super) const EXCERPT: usize = 160;
/// Characters that an excerpt shows.
const SHOWN: usize = EXCERPT / 4;

const LAYOUT: &str = "write the cases as [{...}, {...}], as {\"cases\": [...]}, or one object per line";
const SYNTAX: &str = "correct the document at this line; any JSON checker finds the same error";

/// A flaw in the shape of the document; `rest` begins at the flaw.
pub(super) fn flaw(flaw: SyntaxFlaw, at: SourceLocation, rest: &[u8]) -> Finding {
    let (id, message, remedy) = match flaw {
        SyntaxFlaw::Depth => return too_deep(at),
        SyntaxFlaw::Bracket => (FindingId::JsonSyntax, "this bracket does not close the last one opened", SYNTAX),
        SyntaxFlaw::OpenString => (
            FindingId::JsonSyntax,
            "this string is not closed on its line",
            "close it with \", and write a line end inside it as \\n",
        ),
        SyntaxFlaw::NoValue => (FindingId::JsonSyntax, "expected a value", SYNTAX),
        SyntaxFlaw::NoName => (FindingId::JsonSyntax, "expected a member name in double quotes", SYNTAX),
        SyntaxFlaw::NoColon => (FindingId::JsonSyntax, "expected `:` after the member name", SYNTAX),
        SyntaxFlaw::NoComma => (FindingId::JsonSyntax, "expected `,` or the closing bracket", SYNTAX),
        SyntaxFlaw::TrailingComma => (FindingId::JsonSyntax, "a comma before the closing bracket", "remove the comma"),
        SyntaxFlaw::Ended => (
            FindingId::JsonSyntax,
            "the document ends before every bracket and quote is closed",
            "the file may be cut off: get the whole file",
        ),
        SyntaxFlaw::After => (
            FindingId::JsonSyntax,
            "text after the end of the document",
            "remove it; a file has one document, or one object per line",
        ),
        SyntaxFlaw::SameLine => (FindingId::JsonSyntax, "text after a case on the same line", LAYOUT),
        SyntaxFlaw::NoCase => (FindingId::JsonType, "expected a case object, `{`", LAYOUT),
        SyntaxFlaw::TooLong => {
            (FindingId::JsonSyntax, "a case is longer than 64 MiB", "look for a bracket that is not closed")
        }
        SyntaxFlaw::NoDocument => (FindingId::JsonType, "expected an array or an object of cases", LAYOUT),
        SyntaxFlaw::NotText => (
            FindingId::NotUtf8,
            "the document is not UTF-8 text",
            "save it as UTF-8, or name its encoding: --encoding utf-16",
        ),
        SyntaxFlaw::CasesNoArray => {
            (FindingId::JsonType, "the member `cases` of the document must be an array of case objects", LAYOUT)
        }
    };
    let finding = Finding::new(id, message).at(at).remedy(remedy);
    match flaw {
        SyntaxFlaw::Ended | SyntaxFlaw::TooLong | SyntaxFlaw::NotText | SyntaxFlaw::OpenString => finding,
        SyntaxFlaw::NoValue
        | SyntaxFlaw::NoName
        | SyntaxFlaw::NoColon
        | SyntaxFlaw::NoComma
        | SyntaxFlaw::Bracket
        | SyntaxFlaw::TrailingComma => sign(&String::from_utf8_lossy(rest)).into_iter().fold(finding, Finding::value),
        _ => finding.value(excerpt(rest)),
    }
}

/// A document whose members are lists of several lengths.
pub(super) fn uneven_columns(at: SourceLocation, lengths: &str) -> Finding {
    let message = "the members of the document are lists of different lengths, or lists and single values: they are neither a case nor columns";
    let remedy = "give every list one item a case, null where nothing is known; or write the cases as [{...}, {...}]";
    Finding::new(FindingId::JsonType, message).at(at).value(excerpt(lengths.as_bytes())).remedy(remedy)
}

/// A document with one list of objects that is not named `cases`.
pub(super) fn cases_of_another_name(at: SourceLocation, name: &str) -> Finding {
    let message = "the only member of the document is a list of objects, and is not named `cases`";
    let remedy = "if they are the cases, call the member cases: {\"cases\": [...]}; or write the list alone: [...]";
    Finding::new(FindingId::JsonType, message).at(at).value(excerpt(name.as_bytes())).remedy(remedy)
}

/// An element of the array of cases that is not an object.
pub(super) fn element_is_no_case(at: SourceLocation, value: &[u8]) -> Finding {
    Finding::new(FindingId::JsonType, "expected a case object, `{`").at(at).value(excerpt(value)).remedy(LAYOUT)
}

/// Cases without anything in them, the first of them here.
pub(super) fn blank_cases(at: SourceLocation, cases: u64) -> Finding {
    let cases = counted(cases, "case");
    Finding::new(FindingId::BlankRows, format!("{cases} without anything in any cell: skipped")).at(at)
}

/// A document without cases.
pub(super) fn no_cases(at: SourceLocation) -> Finding {
    Finding::new(FindingId::NoCases, "the document has no cases").at(at).remedy(LAYOUT)
}

/// One name for two members of an object.
pub(super) fn duplicate_key(at: SourceLocation, name: &str) -> Finding {
    Finding::new(FindingId::JsonDuplicateKey, "two members of an object have this name")
        .at(at)
        .value(name)
        .remedy("keep one of them, or rename the other")
}

/// Two groups of one case with a member of the same name.
pub(super) fn name_clash(at: SourceLocation, name: &str, other: &str) -> Finding {
    Finding::new(FindingId::JsonDuplicateKey, format!("the column of this name is already filled from {other}"))
        .at(at)
        .value(name)
        .remedy("rename one of the two members; the names of groups are not part of column names")
}

/// A column beyond the most there can be.
pub(super) fn too_many_columns(at: SourceLocation, name: &str, most: usize) -> Finding {
    let message = format!("the cases have more than {most} different members");
    let remedy = "write what differs between cases, such as an id, as a value, not as a member name";
    Finding::new(FindingId::JsonType, message).at(at).value(excerpt(name.as_bytes())).remedy(remedy)
}

/// Brackets too deep.
pub(super) fn too_deep(at: SourceLocation) -> Finding {
    let message = format!("more than {MAX_DEPTH} brackets are nested");
    Finding::new(FindingId::JsonDepth, message)
        .at(at)
        .remedy("a case needs only a few levels; see the example that `calc-series example DIR` writes")
}

/// Members of the document other than `cases`.
pub(super) fn members_ignored(at: SourceLocation, names: &BTreeSet<String>) -> Finding {
    let message = "members of the document other than `cases` are not read";
    Finding::new(FindingId::JsonMembersIgnored, message).at(at).value(list(names.iter().map(String::as_str)))
}

/// Members of one cell that no table shows.
pub(super) fn detail_ignored<'a>(at: SourceLocation, names: impl Iterator<Item = &'a str>) -> Finding {
    Finding::new(FindingId::JsonDetailIgnored, "details that are not tabulated").at(at).value(list(names))
}

/// A member of a type or text that cannot become a cell.
pub(super) fn mismatch(at: SourceLocation, mismatch: Mismatch) -> Finding {
    Finding::new(mismatch.id, mismatch.message).at(at).value(excerpt(mismatch.value.as_bytes())).remedy(mismatch.remedy)
}

/// A byte that is not UTF-8.
pub(super) fn not_utf8(at: SourceLocation, byte: u8) -> Finding {
    Finding::new(FindingId::NotUtf8, "this byte is not UTF-8 text")
        .at(at)
        .value(format!("0x{byte:02X}"))
        .remedy("save the file as UTF-8, or name its encoding: --encoding windows-1252")
}

/// The error of serde_json in a case, with advice for what other programs write.
///
/// The value shown ends where a member may end, so that nothing of another member is shown; of
/// text whose member is not known only a sign is, as it may name a person.
pub(super) fn syntax(at: SourceLocation, error: &serde_json::Error, rest: &str) -> Finding {
    let words = error.to_string();
    let message = words.rsplit_once(" at line ").map_or(&*words, |(message, _)| message);
    let word: String =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '+' | '.')).take(12).collect();
    let remedy = match word.trim_start_matches(['-', '+']).to_ascii_lowercase().as_str() {
        "nan" | "infinity" | "inf" | "na" | "none" | "undefined" => "write null where there is no value",
        "true" | "false" => "write true and false in lower case",
        w if w.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            "write numbers as 0.5, 12 or 1e3; others as a string in double quotes"
        }
        _ if rest.starts_with('\'') => "JSON strings and names need double quotes",
        _ if rest.starts_with(['/', '#']) => "JSON has no comments; remove it",
        _ => SYNTAX,
    };
    let finding = Finding::new(FindingId::JsonSyntax, message).at(at).remedy(remedy);
    let shown = if finding.location.column.is_some() { token(rest) } else { sign(rest) };
    shown.into_iter().fold(finding, Finding::value)
}

/// The text up to where a member may end.
fn token(rest: &str) -> Option<String> {
    let ends = |c: char| matches!(c, ',' | ':' | '}' | ']' | '"') || c.is_whitespace();
    let token = rest.split(ends).next().filter(|token| !token.is_empty());
    token.map(|token| excerpt(token.as_bytes())).or_else(|| sign(rest))
}

/// The first character, if it is neither a letter nor a digit.
fn sign(rest: &str) -> Option<String> {
    rest.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_control()).map(String::from)
}

/// The first characters of a text of any length, up to its line end.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    let line = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let text = String::from_utf8_lossy(line.get(..EXCERPT).unwrap_or(line));
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const NAMES: usize = 12;
    let names: Vec<&str> = names.collect();
    first_names(names.get(..NAMES).unwrap_or(&names), names.len() as u64)
}
