//! Compares a filled manuscript with what its draft gives now.
//!
//! ```text
//! draft     The mean age was {{ age.mean }} years.
//! now       The mean age was 5.9 years.
//! document  The mean age was 6.1 years.     6.1 is stale
//! ```
//! A placeholder is located in the document by the text around it. Where that text was edited, the
//! rest is located again by the text before or after the next placeholder.

use super::lines::boundary;
use super::token::{is_end, like};
use std::ops::Range;

/// Length of the text used to locate a position, in bytes.
const ANCHOR: usize = 40;
/// Lengths of such texts, each with the bytes that are searched: shorter texts only nearby.
const ANCHORS: [(usize, usize); 3] = [(ANCHOR, MOST_EDITED), (20, 4 << 10), (10, 400)];
/// Least length of a text that can locate a position.
const LEAST_ANCHOR: usize = 6;
/// Least length of a number with the text after it to locate both together.
const LEAST_LIKENESS: usize = 8;
/// Most bytes that are searched for a position.
const MOST_EDITED: usize = 64 << 10;
/// Most bytes that may have replaced a number.
const MOST_REPLACED: usize = 160;

/// What a draft gives, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected<'t> {
    /// The author's own text.
    Text(&'t str),
    /// The text that replaces a placeholder.
    Number(&'t str),
}

/// The state of a number in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberState {
    /// The document has the current number.
    Fresh,
    /// The document has something else, at this position in bytes.
    Stale(Range<usize>),
    /// Its position was not found, as the text around it was edited.
    Lost,
}

/// The result of comparing a document with its draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentComparison {
    /// Each number of the draft, in order.
    pub numbers: Vec<NumberState>,
    /// Where the text first differs, in bytes of the document.
    pub edited: Option<usize>,
}

/// Compares a document with what its draft gives now, in time proportional to their lengths.
///
/// Both must have the same kind of line ends.
pub fn compare(expected: &[Expected<'_>], document: &str) -> DocumentComparison {
    let mut comparing = Comparing { document, at: 0, is_lost: false, comparison: DocumentComparison::default() };
    // A number at the start follows an empty text.
    let mut pieces = std::iter::once(&Expected::Text("")).chain(expected).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Expected::Text(text) => comparing.text(text, pieces.peek().is_none()),
            Expected::Number(number) => {
                let after = match pieces.peek() {
                    Some(Expected::Text(text)) => Some(*text),
                    Some(Expected::Number(_)) => Some(""),
                    None => None,
                };
                comparing.number(number, after);
            }
        }
    }
    if comparing.at < document.len() && !comparing.is_lost {
        comparing.edited(comparing.at);
    }
    comparing.comparison
}

struct Comparing<'d> {
    document: &'d str,
    /// The end of the part that was matched.
    at: usize,
    /// True where the position of the next piece is not known.
    is_lost: bool,
    comparison: DocumentComparison,
}

impl<'d> Comparing<'d> {
    fn rest(&self) -> &'d str {
        self.document.get(self.at..).unwrap_or_default()
    }

    fn edited(&mut self, at: usize) {
        self.comparison.edited.get_or_insert(at);
    }

    /// Matches a text; where it was edited, its end is searched.
    fn text(&mut self, text: &str, is_last: bool) {
        let rest = self.rest();
        if !self.is_lost && rest.starts_with(text) {
            self.at += text.len();
            return;
        }
        if !self.is_lost {
            let same: usize =
                text.chars().zip(rest.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            self.edited(self.at + same);
        }
        let found = ANCHORS.into_iter().find_map(|(anchor, most)| {
            let end = text.get(boundary(text, text.len().saturating_sub(anchor))..).filter(|end| is_anchor(end))?;
            window(rest, most).find(end).map(|found| found + end.len())
        });
        self.is_lost = found.is_none();
        match found {
            Some(found) => self.at += found,
            // Everything after the end of the draft counts as one edit.
            None if is_last => self.at = self.document.len(),
            None => {}
        }
    }

    /// Matches a number before a text; without a text, at the end of the draft.
    fn number(&mut self, number: &str, after: Option<&str>) {
        let found = if self.is_lost { self.ahead(number, after) } else { self.here(number, after) };
        if found.is_none() && !self.is_lost {
            self.edited(self.at);
        }
        self.is_lost = found.is_none();
        self.at = found.as_ref().map_or(self.at, |(range, _)| range.end);
        self.comparison.numbers.push(found.map_or(NumberState::Lost, |(_, found)| found));
    }

    /// Matches a number at a known position.
    fn here(&self, number: &str, after: Option<&str>) -> Option<(Range<usize>, NumberState)> {
        let rest = self.rest();
        let start = after.map(|text| window(text, ANCHOR)).unwrap_or_default();
        let is_followed = |end: usize| match rest.get(end..) {
            Some(after) if start.is_empty() => is_end(after),
            Some(after) => after.starts_with(start),
            None => false,
        };
        let is_whole = |end: usize| rest.get(end..).is_some_and(is_end);
        // Directly followed by the next number.
        let is_joined = after == Some("");
        if rest.starts_with(number) && (is_joined || is_followed(number.len()) || is_whole(number.len())) {
            return Some((self.at..self.at + number.len(), NumberState::Fresh));
        }
        let alike = like(number, rest);
        let line = window(rest, MOST_REPLACED).split('\n').next().unwrap_or_default();
        let end = alike
            .filter(|end| is_followed(*end))
            .or_else(|| if start.trim().is_empty() { None } else { window(rest, MOST_REPLACED).find(start) })
            .or_else(|| alike.filter(|end| is_whole(*end)))
            .or_else(|| if after.is_none() { Some(line.len()) } else { None });
        let range = self.at..self.at + end?;
        Some((range.clone(), NumberState::Stale(range)))
    }

    /// Searches a number by a similar number followed by the same text.
    fn ahead(&self, number: &str, after: Option<&str>) -> Option<(Range<usize>, NumberState)> {
        let start = after.map(|text| window(text, ANCHOR)).unwrap_or_default();
        let near = window(self.rest(), MOST_REPLACED);
        let is_start = |at: usize| near.get(..at).is_some_and(|before| !before.ends_with(goes_on));
        let starts = near.char_indices().map(|(at, _)| at).filter(|at| is_start(*at));
        if !is_anchor(start) && number.len() + start.len() < LEAST_LIKENESS {
            return None;
        }
        for at in starts {
            let rest = self.rest().get(at..)?;
            if let Some(length) =
                like(number, rest).filter(|end| rest.get(*end..).is_some_and(|b| b.starts_with(start)))
            {
                let range = self.at + at..self.at + at + length;
                let is_fresh = rest.get(..length) == Some(number);
                return Some((range.clone(), if is_fresh { NumberState::Fresh } else { NumberState::Stale(range) }));
            }
        }
        let before =
            is_anchor(start).then(|| window(self.rest(), MOST_EDITED)).and_then(|far| far.split_once(start))?.0;
        let others = before.strip_suffix(number).filter(|others| !others.ends_with(goes_on))?;
        Some((self.at + others.len()..self.at + before.len(), NumberState::Fresh))
    }
}

/// True for a character that may continue a number or a word.
fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | ',' | '-')
}

/// True for a text long enough to locate a position.
fn is_anchor(text: &str) -> bool {
    text.trim().len() >= LEAST_ANCHOR
}

/// The first bytes of a text, up to a character boundary.
fn window(text: &str, most: usize) -> &str {
    text.get(..boundary(text, most)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::Expected::{Number, Text};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn adjacent_numbers_are_fresh() {
        let draft = [Text("A "), Number("5.9"), Number("5"), Text(" B")];
        assert_eq!(compare(&draft, "A 5.95 B").numbers, [NumberState::Fresh, NumberState::Fresh]);
        assert_eq!(compare(&draft, "A 5.97 B").numbers, [NumberState::Fresh, NumberState::Stale(5..6)]);
    }

    /// The text at the positions of the numbers; none where a number is lost.
    fn found<'d>(expected: &[Expected<'_>], document: &'d str) -> (Vec<Option<&'d str>>, Option<&'d str>) {
        let comparison = compare(expected, document);
        let numbers = comparison.numbers.into_iter().map(|found| match found {
            NumberState::Fresh => Some("fresh"),
            NumberState::Stale(range) => Some(&document[range]),
            NumberState::Lost => None,
        });
        (numbers.collect(), comparison.edited.map(|at| &document[at..]))
    }

    const DRAFT: [Expected<'static>; 7] = [
        Text("The mean age was "),
        Number("5.9"),
        Text(" years. The knee was affected in "),
        Number("5/5 (100%)"),
        Text(", the hip in "),
        Number("three"),
        Text(" girls.\n"),
    ];

    #[test]
    fn a_stale_number_is_found_by_the_text_around_it() {
        for (document, numbers) in [
            (
                "The mean age was 5.9 years. The knee was affected in 5/5 (100%), the hip in three girls.\n",
                ["fresh"; 3],
            ),
            (
                "The mean age was 6.1 years. The knee was affected in 4/5 (80%), the hip in 3 girls.\n",
                ["6.1", "4/5 (80%)", "3"],
            ),
            (
                "The mean age was about six years. The knee was affected in all, the hip in  girls.\n",
                ["about six", "all", ""],
            ),
        ] {
            assert_eq!(found(&DRAFT, document), (numbers.map(Some).to_vec(), None), "{document}");
        }
    }

    #[test]
    fn an_edited_text_is_reported_once_and_the_rest_is_located_again() {
        let all = |numbers: [Option<&'static str>; 3]| numbers.to_vec();
        let document = "Mean age was 6.1 years. The knee was affected in 4/5 (80%), hip in three girls.\n";
        assert_eq!(found(&DRAFT, document), (all([Some("6.1"), Some("4/5 (80%)"), Some("fresh")]), Some(document)));
        let document = "The mean age was 5.9 years (range 2.5-10). The knee was affected in 5/5 (100%), hips: 2\n";
        let edited = Some(" (range 2.5-10). The knee was affected in 5/5 (100%), hips: 2\n");
        assert_eq!(found(&DRAFT, document), (all([Some("fresh"), Some("fresh"), None]), edited));
        assert_eq!(found(&DRAFT, ""), (all([None, None, None]), Some("")));
        let (numbers, edited) = found(&[Number("5")], "5 and more");
        assert_eq!((numbers, edited), (vec![Some("fresh")], Some(" and more")));
    }

    #[test]
    fn adjacent_numbers_and_numbers_at_the_ends_are_located() {
        assert_eq!(found(&[Number("3"), Text("/"), Number("5")], "2/5"), (vec![Some("2"), Some("fresh")], None));
        assert_eq!(found(&[Number("3"), Text(" "), Number("5")], "4 6"), (vec![Some("4"), Some("6")], None));
        assert_eq!(found(&[Text("n="), Number("3")], "n=13"), (vec![Some("13")], None));
        assert_eq!(found(&[Text("n="), Number("3")], "n=several"), (vec![Some("several")], None));
        assert_eq!(found(&[Number("6"), Text("th")], "6th"), (vec![Some("fresh")], None));
    }

    proptest! {
        #[test]
        fn any_numbers_in_any_places_of_a_sentence_are_found(now in prop::collection::vec(0_u32..2_000, 1..12), stale in prop::collection::vec(0_u32..2_000, 12)) {
            let now: Vec<String> = now.iter().map(|n| format!("{}.{}", n / 10, n % 10)).collect();
            let words = ["; then ", " of ", "/", " (", ") or ", "–"];
            let mut expected = Vec::new();
            let (mut document, mut wanted) = (String::new(), Vec::new());
            for (at, number) in now.iter().enumerate() {
                expected.extend([Text(words[at % words.len()]), Number(number)]);
                let written = stale[at].to_string();
                document += &format!("{}{written}", words[at % words.len()]);
                wanted.push(Some(if written == *number { "fresh".to_owned() } else { written }));
            }
            let (numbers, edited) = found(&expected, &document);
            prop_assert_eq!(numbers.into_iter().map(|n| n.map(str::to_owned)).collect::<Vec<_>>(), wanted);
            prop_assert_eq!(edited, None);
        }

        #[test]
        fn any_document_can_be_compared(document in "\\PC{0,60}", numbers in prop::collection::vec("\\PC{0,6}", 0..4)) {
            let expected: Vec<Expected<'_>> = numbers.iter().flat_map(|n| [Number(n), Text("é, the rest ")]).collect();
            prop_assert_eq!(compare(&expected, &document).numbers.len(), numbers.len());
        }
    }
}
