//! How wide a text is at most, so that labels are placed without a font.

use unicode_width::UnicodeWidthChar;

/// How heavy the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As text.
    Regular,
    /// As a heading.
    Bold,
}

/// Advances of the printable ASCII characters in thousandths of the size of the letters.
///
/// The larger one of DejaVu Sans 2.37 and Liberation Sans 2 (as wide as Arial and Helvetica), read from their `hmtx`
/// tables: what a viewer shows for `sans-serif` is seldom wider.
const ADVANCES: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637,
    637, 637, 637, 337, 337, 838, 838, 838, 557, 1016, 685, 687, 723, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863,
    749, 788, 667, 788, 723, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 557, 500, 613, 635, 550, 635,
    616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637,
    337, 637, 838,
];
/// Every other character of one column.
const OTHER: f64 = 1075.0;
/// One that may be written as an escape of up to ten characters.
const ESCAPED: f64 = 6370.0;
/// Bold letters are at most so much wider.
const BOLD: f64 = 1.27;
/// The part of the size of letters that lies below their baseline.
pub const DESCENT: f64 = 0.24;
/// A space at which no line is broken.
pub const NO_BREAK: char = '\u{a0}';
/// Stands for what does not fit.
const CUT: char = '\u{2026}';

/// The width of a text in points at most.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let heavy = match weight {
        Weight::Regular => 1.0,
        Weight::Bold => BOLD,
    };
    text.chars().map(advance).sum::<f64>() * size * heavy / 1000.0
}

fn advance(c: char) -> f64 {
    let ascii = (c as usize).checked_sub(32).and_then(|at| ADVANCES.get(at));
    let is_accent = ('\u{300}'..='\u{36f}').contains(&c);
    match (ascii, c.width()) {
        (Some(advance), _) => f64::from(*advance),
        (None, _) if c == NO_BREAK => advance(' '),
        (None, Some(0)) if is_accent => 0.0,
        (None, Some(0) | None) => ESCAPED,
        (None, Some(columns)) => OTHER * columns as f64,
    }
}

/// The text, or its beginning with an ellipsis where it is wider than `room` points.
pub fn shortened(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width(&format!("{short}{c}{CUT}"), size, weight) > room {
            break;
        }
        short.push(c);
    }
    format!("{}{CUT}", short.trim_end())
}

/// A name, or its beginning and its end with an ellipsis between them: long names of patients differ at their ends.
pub fn shortened_name(name: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(name, size, weight) <= room {
        return name.to_owned();
    }
    let mut end = "";
    for (at, _) in name.char_indices().rev() {
        let longer = name.get(at..).unwrap_or_default();
        if width(&format!("{CUT}{longer}"), size, weight) > room / 2.0 {
            break;
        }
        end = longer;
    }
    let begin = shortened(name, size, weight, room - width(end, size, weight));
    format!("{begin}{}", end.trim_start())
}

/// The text in lines of at most `room` points, broken at spaces but those that do not break; a longer word is broken
/// anywhere.
pub fn wrapped(text: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let words = text.split([' ', '\t', '\n']).filter(|word| !word.is_empty());
    for word in words.flat_map(|word| pieces(word, size, weight, room)) {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|longer| width(longer, size, weight) <= room) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.push(word),
        }
    }
    lines
}

/// A word in pieces of at most `room` points, each of at least one character.
fn pieces(word: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let is_full = |piece: &String| !piece.is_empty() && width(&format!("{piece}{c}"), size, weight) > room;
        if pieces.last().is_some_and(is_full) {
            pieces.push(String::new());
        }
        pieces.iter_mut().last().into_iter().for_each(|piece| piece.push(c));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_characters() {
        assert_eq!(width("il", 10.0, Weight::Regular), 5.56);
        assert_eq!(width("", 10.0, Weight::Bold), 0.0);
        assert!(width("e\u{301}", 10.0, Weight::Regular) == width("e", 10.0, Weight::Regular));
        assert!(width("\u{202e}", 10.0, Weight::Regular) >= width("\\u{202e}", 10.0, Weight::Regular));
    }

    #[test]
    fn a_long_text_is_cut_or_broken_into_lines_that_fit() {
        assert_eq!(shortened("knee", 7.0, Weight::Regular, 40.0), "knee");
        let short = shortened("corticosteroid", 7.0, Weight::Regular, 30.0);
        assert!(short.ends_with(CUT) && width(&short, 7.0, Weight::Regular) <= 30.0, "{short}");
        let ids =
            ["Hospital, patient 12", "Hospital, patient 13"].map(|id| shortened_name(id, 7.0, Weight::Regular, 40.0));
        assert!(ids[0] != ids[1] && ids.iter().all(|id| width(id, 7.0, Weight::Regular) <= 40.0), "{ids:?}");
        let lines = wrapped("pamidronate + corticosteroid", 7.0, Weight::Regular, 40.0);
        assert!(lines.iter().all(|line| width(line, 7.0, Weight::Regular) <= 40.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), "pamidronate+corticosteroid");
        assert_eq!(wrapped("n\u{a0}= 3", 7.0, Weight::Regular, 14.0), ["n\u{a0}=", "3"]);
        assert_eq!(wrapped(" ", 7.0, Weight::Regular, 40.0), Vec::<String>::new());
    }
}
