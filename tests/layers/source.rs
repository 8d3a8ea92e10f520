//! A source file as the rules see it: without comments, without the content of strings, without tests.

use crate::support::root;
use std::path::Path;

/// One file of `src`.
pub struct Source {
    /// Path below `src`, with `/`.
    pub name: String,
    /// As it stands.
    pub text: String,
    /// The code, line by line; lines of comments and tests are blank.
    code: Vec<String>,
}

/// Every file of `src` except those that hold only tests.
pub fn sources() -> Vec<Source> {
    let folder = root().join("src");
    let mut names = Vec::new();
    list(&folder, "", &mut names);
    names.sort();
    assert!(names.len() > 50, "only {} files in src", names.len());
    names.iter().filter(|name| !name.ends_with("tests.rs")).map(|name| Source::read(name)).collect()
}

fn list(folder: &Path, below: &str, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            list(&path, &format!("{below}{name}/"), names);
        } else if name.ends_with(".rs") {
            names.push(format!("{below}{name}"));
        }
    }
}

impl Source {
    /// Reads a file below `src`.
    pub fn read(name: &str) -> Source {
        let text = std::fs::read_to_string(root().join("src").join(name)).expect("a source file");
        Source::new(name, &text)
    }

    /// A source of this name and text.
    pub fn new(name: &str, text: &str) -> Source {
        let code = without_tests(&plain_code(text));
        Source { name: name.to_owned(), text: text.to_owned(), code: code.lines().map(str::to_owned).collect() }
    }

    /// The folder below `src`, or the name of a file that stands there itself.
    pub fn folder(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// True for `lib.rs` and `main.rs`, which stand above all folders.
    pub fn is_root(&self) -> bool {
        matches!(self.name.as_str(), "lib.rs" | "main.rs")
    }

    /// How many `super::` lead to the folder below the root of the crate.
    pub fn depth(&self) -> usize {
        let steps = self.name.split('/').count();
        if self.name.ends_with("/mod.rs") { steps.saturating_sub(2) } else { steps.saturating_sub(1) }
    }

    /// Lines of code with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.iter().enumerate().map(|(number, code)| (number + 1, code.as_str()))
    }

    /// The code from a byte of a line to the end of the file.
    pub fn code_from(&self, line: usize, at: usize) -> String {
        let first = self.code[line - 1][at..].to_owned();
        std::iter::once(first).chain(self.code[line..].iter().cloned()).collect::<Vec<_>>().join("\n")
    }

    /// The functions with a body, and how many lines each has.
    pub fn functions(&self) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        for (number, code) in self.lines() {
            let Some(at) = occurrences(code, "fn ").find(|at| !is_word_before(code, *at)) else { continue };
            let name: String = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let behind = self.code_from(number, at);
            if let Some(length) = body_end(&behind).filter(|_| !name.is_empty()) {
                found.push((name, behind[..length].lines().count()));
            }
        }
        found
    }
}

/// The byte behind the closing brace of the first block; none where a `;` comes first.
fn body_end(code: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut brackets = 0usize;
    for (at, c) in code.char_indices() {
        match c {
            '[' | '(' => brackets += 1,
            ']' | ')' => brackets = brackets.saturating_sub(1),
            ';' if depth == 0 && brackets == 0 => return None,
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at + 1),
            '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// The paths of a use tree: `a::{b, c::D}` is `a::b` and `a::c::D`.
pub fn leaves(text: &str) -> Vec<String> {
    let mut open: Vec<String> = vec![String::new()];
    let mut path = String::new();
    let mut found = Vec::new();
    for c in text.chars() {
        match c {
            '{' => open.push(std::mem::take(&mut path)),
            ',' | '}' if open.len() > 1 => {
                if !path.is_empty() {
                    found.push(open.concat() + &path);
                }
                path.clear();
                if c == '}' {
                    open.pop();
                }
                if open.len() == 1 {
                    return found;
                }
            }
            ':' | '_' => path.push(c),
            c if c.is_alphanumeric() => path.push(c),
            c if c.is_whitespace() && open.len() > 1 => {}
            _ => break,
        }
    }
    found.push(path);
    found
}

/// Where a text occurs.
pub fn occurrences<'a>(code: &'a str, text: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(text).map(|(at, _)| at).filter(move |at| !is_word_before(code, *at))
}

fn is_word_before(code: &str, at: usize) -> bool {
    code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// True where a whole identifier occurs.
pub fn identifier(code: &str, word: &str) -> bool {
    occurrences(code, word).any(|at| !code[at + word.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Blanks comments and the content of strings and characters; lines stay where they are.
fn plain_code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let blank = blank_length(rest, code.chars().last());
        if blank == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (gone, behind) = rest.split_at(blank);
        let quote = if gone.ends_with('"') { "\"\"" } else { "" };
        code.push_str(quote);
        code.extend(gone.chars().filter(|c| *c == '\n'));
        rest = behind;
    }
    code
}

/// How many bytes of a comment, string or character the text begins with.
fn blank_length(text: &str, before: Option<char>) -> usize {
    let until = |end: &str, from: usize| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    let is_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return until("*/", 2);
    }
    if text.starts_with('"') {
        return quoted_length(text, '"');
    }
    let raw = text.strip_prefix('r').filter(|_| !is_word || before == Some('b'));
    if let Some(hashes) = raw.map(|raw| raw.len() - raw.trim_start_matches('#').len())
        && text[1 + hashes..].starts_with('"')
    {
        return until(&format!("\"{}", "#".repeat(hashes)), hashes + 2);
    }
    let is_character = text.starts_with("'\\") || text.starts_with('\'') && text.chars().nth(2) == Some('\'');
    if is_character { quoted_length(text, '\'') } else { 0 }
}

/// The length of a string or character with its quotes; a backslash protects what follows it.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut protected = true;
    for (at, c) in text.char_indices() {
        match c {
            _ if protected => protected = false,
            '\\' => protected = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Blanks what stands under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        let (before, tests) = rest.split_at(at);
        let end = body_end(tests).or_else(|| tests.find(';').map(|at| at + 1)).unwrap_or(tests.len());
        kept.push_str(before);
        kept.extend(tests[..end].chars().filter(|c| *c == '\n'));
        rest = &tests[end..];
    }
    kept + rest
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    let text = "let a = \"x // \\\" y\"; // c\nlet b = 'c'; let d: &'static str = r#\"q\"q\"#;\n#[cfg(test)]\nmod t { fn x() {} }\nfn f() {}\n";
    let source = Source::new("read/x.rs", text);
    let code: Vec<&str> = source.lines().map(|(_, code)| code.trim_end()).collect();
    assert_eq!(code, ["let a = \"\";", "let b = ; let d: &'static str = ;", "", "", "fn f() {}"]);
    assert_eq!(source.functions(), [("f".to_owned(), 1)]);
    assert_eq!((source.folder(), source.depth()), ("read", 1));
}
