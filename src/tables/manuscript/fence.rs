//! Fenced code of Markdown.

use std::ops::Range;

/// Most spaces before a fence; a line with more is a continued paragraph or indented code.
const MOST_SPACES: usize = 3;
/// Least length of a fence.
const LEAST: usize = 3;

/// The positions of fenced code, in order. An unclosed fence reaches to the end, as in CommonMark.
pub(super) fn fenced(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match (open, fence(line)) {
            (None, Some((sign, length, info))) if sign == '~' || !info.contains('`') => {
                open = Some((start, sign, length));
            }
            (Some((from, sign, least)), Some((other, length, info)))
                if sign == other && length >= least && info.trim().is_empty() =>
            {
                found.push(from..end);
                open = None;
            }
            _ => {}
        }
        start = end;
    }
    found.extend(open.map(|(from, ..)| from..text.len()));
    found
}

/// The character and length of a fence, and the rest of its line. None for any other line.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    let content = line.trim_start_matches(' ');
    let sign = content.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = content.trim_start_matches(sign);
    let length = content.len() - info.len();
    (line.len() - content.len() <= MOST_SPACES && length >= LEAST).then_some((sign, length, info))
}

#[cfg(test)]
mod tests {
    use super::fenced;

    #[test]
    fn code_is_between_fences_of_the_same_kind() {
        let code = |text: &'static str| fenced(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(code("a\n```sh\nb\n```\nc\n"), ["```sh\nb\n```\n"]);
        assert_eq!(code("~~~\n```\n~~~~\r\nc ```\n```"), ["~~~\n```\n~~~~\r\n", "```"]);
        assert_eq!(code("   ```\na\n  ````\nb"), ["   ```\na\n  ````\n"]);
        assert_eq!(code("a\n    ```\nb ``` c\n``` d ```\n``\n"), Vec::<&str>::new());
        assert_eq!(code("````\n```\na"), ["````\n```\na"]);
    }
}
