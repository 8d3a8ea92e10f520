//! Recognises numbers in a manuscript, whatever their value.

use super::part::is_number_word;

/// Signs of a bound in plain text, Markdown and LaTeX; longer ones first.
const SIGNS: [&str; 14] = [
    "\\ensuremath{<}=",
    "\\ensuremath{>}=",
    "\\ensuremath{<}",
    "\\ensuremath{>}",
    "\\<=",
    "\\>=",
    "\\<",
    "\\>",
    "<=",
    ">=",
    "<",
    ">",
    "≤",
    "≥",
];

/// The length of the number, date or number word at the start; 0 where there is none.
pub(super) fn number_at(text: &str) -> usize {
    let sign = SIGNS.iter().find(|sign| text.starts_with(**sign)).map_or(0, |sign| sign.len());
    let unsigned = text.get(sign..).unwrap_or_default();
    let digits = unsigned.strip_prefix(['-', '\u{2212}']).unwrap_or(unsigned);
    let length = digits_at(digits);
    if length > 0 {
        return text.len() - digits.len() + length;
    }
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if is_number_word(word) || word == "NE" { word.len() } else { 0 }
}

/// The length of the digits at the start, with single points, commas and hyphens between them.
fn digits_at(text: &str) -> usize {
    let mut length = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => length = at + 1,
            b'.' | b',' | b'-' if at > 0 && length == at => {}
            _ => break,
        }
    }
    length
}

/// True where a number or word has ended before this text.
pub(super) fn is_end(text: &str) -> bool {
    let mut rest = text.chars();
    match rest.next() {
        Some('.' | ',') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
        Some(next) => !next.is_alphanumeric(),
        None => true,
    }
}

/// The length of the text at the start that differs from `model` only in its numbers. None where
/// there is no such text.
pub(super) fn like(model: &str, text: &str) -> Option<usize> {
    let (mut wanted, mut found) = (model, text);
    let mut is_inside_word = false;
    while let Some(next) = wanted.chars().next() {
        let number = if is_inside_word { 0 } else { number_at(wanted) };
        if number > 0 {
            let other = Some(number_at(found)).filter(|length| *length > 0)?;
            (wanted, found) = (wanted.get(number..)?, found.get(other..)?);
            is_inside_word = true;
        } else {
            (wanted, found) = (wanted.get(next.len_utf8()..)?, found.strip_prefix(next)?);
            is_inside_word = next.is_alphanumeric();
        }
    }
    Some(text.len() - found.len())
}

#[cfg(test)]
mod tests {
    use super::{is_end, like, number_at};

    #[test]
    fn a_number_ends_where_its_digits_end() {
        for (text, number) in [
            ("5.9 years", "5.9"),
            ("5.", "5"),
            ("1,280; 3", "1,280"),
            ("-0.5", "-0.5"),
            ("2018-03-14.", "2018-03-14"),
            ("<0.001)", "<0.001"),
            ("\\>1280", "\\>1280"),
            ("\\ensuremath{<}0.001", "\\ensuremath{<}0.001"),
            ("Three of", "Three"),
            ("NE", "NE"),
            ("threes", ""),
            ("years", ""),
            (".5", ""),
            ("<b", ""),
            ("", ""),
        ] {
            assert_eq!(number_at(text), number.len(), "{text}");
        }
    }

    #[test]
    fn a_text_is_like_another_with_other_numbers() {
        for (model, text, found) in [
            ("3/5 (60%)", "12/20 (60%) of", Some("12/20 (60%)")),
            ("three of five", "Two of 12 girls", Some("Two of 12")),
            ("5.9", "6,1", Some("6,1")),
            ("n1 = 5", "n1 = 7", Some("n1 = 7")),
            ("n1 = 5", "n2 = 7", None),
            ("3/5", "3 of 5", None),
        ] {
            assert_eq!(like(model, text), found.map(str::len), "{model}");
        }
        assert!(is_end(". A") && is_end("") && is_end("%") && !is_end(".5") && !is_end("th"));
    }
}
