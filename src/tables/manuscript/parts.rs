//! Finds the end of a placeholder and its parts between bars.

use std::ops::Range;

/// Longest placeholder in bytes, which limits the search for the end of unclosed braces.
const MOST: usize = 8 << 10;
/// The word that begins a condition.
pub(super) const WHERE: &str = "where";

/// What the bytes of a part mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ScanState {
    /// A selector. A level is in brackets, where a backslash escapes the next byte.
    Selector { in_brackets: bool, is_protected: bool },
    /// A pattern or a flag, with braces in pairs.
    Pattern { depth: usize },
    /// A condition, with texts and names in quotes.
    Condition { quote: Option<u8> },
}

/// The parts of a placeholder and its end, in bytes after its opening braces. None where it does not
/// end before the next placeholder, before a blank line, or within 8 KiB.
pub(super) fn parts(text: &str) -> Option<(Vec<Range<usize>>, usize)> {
    let bytes = text.as_bytes();
    let mut inside = ScanState::Selector { in_brackets: false, is_protected: false };
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, byte) in bytes.iter().copied().enumerate().take(MOST) {
        if byte == b'\n' && is_blank_line(bytes, at + 1) {
            return None;
        }
        if inside.is_quoted() {
            inside = inside.after(byte);
            continue;
        }
        let is_pair = bytes.get(at + 1) == Some(&byte);
        match byte {
            b'{' if is_pair => return None,
            b'}' if is_pair && inside.is_outermost() => {
                found.push(start..at);
                return Some((found, at));
            }
            b'|' if inside.is_outermost() => {
                found.push(start..at);
                start = at + 1;
                inside = ScanState::part(bytes.get(start..).unwrap_or_default());
            }
            _ => inside = inside.after(byte),
        }
    }
    None
}

impl ScanState {
    /// The state at the start of a part after a bar.
    fn part(bytes: &[u8]) -> ScanState {
        let text = bytes.trim_ascii_start();
        let (word, after) = text.split_at_checked(WHERE.len()).unwrap_or((text, &[]));
        let is_condition =
            word.eq_ignore_ascii_case(WHERE.as_bytes()) && after.first().is_some_and(u8::is_ascii_whitespace);
        if is_condition { ScanState::Condition { quote: None } } else { ScanState::Pattern { depth: 0 } }
    }

    /// True inside a level, a text or a name.
    fn is_quoted(self) -> bool {
        matches!(self, ScanState::Selector { in_brackets: true, .. } | ScanState::Condition { quote: Some(_) })
    }

    /// True outside the braces of a pattern.
    fn is_outermost(self) -> bool {
        !matches!(self, ScanState::Pattern { depth: 1.. })
    }

    /// The state after a byte.
    fn after(self, byte: u8) -> ScanState {
        match self {
            ScanState::Selector { in_brackets, is_protected } => {
                let is_backslash = in_brackets && byte == b'\\' && !is_protected;
                let in_brackets =
                    if is_protected { in_brackets } else { (in_brackets || byte == b'[') && byte != b']' };
                ScanState::Selector { in_brackets, is_protected: is_backslash }
            }
            ScanState::Pattern { depth } => match byte {
                b'{' => ScanState::Pattern { depth: depth + 1 },
                b'}' => ScanState::Pattern { depth: depth.saturating_sub(1) },
                _ => self,
            },
            ScanState::Condition { quote: Some(quote) } if quote == byte => ScanState::Condition { quote: None },
            ScanState::Condition { quote: None } if matches!(byte, b'\'' | b'"') => {
                ScanState::Condition { quote: Some(byte) }
            }
            ScanState::Condition { .. } => self,
        }
    }
}

fn is_blank_line(bytes: &[u8], start: usize) -> bool {
    let mut rest = bytes.get(start..).unwrap_or_default().iter();
    rest.find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(&b'\n')
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[track_caller]
    fn has_parts(text: &str, expected: &[&str]) {
        let (found, end) = parts(text).expect("an end");
        let found: Vec<&str> = found.into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, expected);
        assert!(text[end..].starts_with("}}"));
    }

    #[test]
    fn bars_and_braces_inside_levels_texts_and_braces_do_not_count() {
        has_parts(" age.mean }} years }}", &["age.mean"]);
        has_parts("sites[a|}}\\]b] | {n}/{N}}}", &["sites[a|}}\\]b]", "{n}/{N}"]);
        has_parts("a|where b = '}}|''x' and \"c|\" = 1|words}}", &["a", "where b = '}}|''x' and \"c|\" = 1", "words"]);
        has_parts("a | WHERE\tb = '|' }}}", &["a", "WHERE\tb = '|'"]);
        has_parts("a | whereabouts' }}", &["a", "whereabouts'"]);
        has_parts("a | n\n of N }}", &["a", "n\n of N"]);
        has_parts("}}", &[""]);
        has_parts("a | \\textbf{n} of {\\bf{N}} }}", &["a", "\\textbf{n} of {\\bf{N}}"]);
    }

    #[test]
    fn an_unclosed_placeholder_has_no_end() {
        for text in
            ["age.mean", "age.mean }", "a {{ b }}", "a\n \r\nb }}", "a[b }}", "a | where b = 'c }}", "a | {n }}"]
        {
            assert_eq!(parts(text), None, "{text}");
        }
        assert_eq!(parts(&format!("{}}}}}", " ".repeat(9_000))), None);
    }
}
