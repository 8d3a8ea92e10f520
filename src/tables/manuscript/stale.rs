//! A filled manuscript held against what its draft gives now.
//!
//! ```text
//! draft     The mean age was {{ age.mean }} years.
//! now       The mean age was 5.9 years.
//! document  The mean age was 6.1 years.     6.1 is stale
//! ```
//! The text around a placeholder finds its place in the document. Where that text was edited the
//! rest is found again by what stands before or behind the next placeholder.

use super::lines::boundary;
use super::token::{is_end, like};
use std::ops::Range;

/// Bytes of text by which a place is found again.
const ANCHOR: usize = 40;
/// The same with the bytes that are looked through: less text says less, and is looked for nearby.
const ANCHORS: [(usize, usize); 3] = [(ANCHOR, MOST_EDITED), (20, 4 << 10), (10, 400)];
/// The least of them that say enough.
const LEAST_ANCHOR: usize = 6;
/// Least bytes of a number and the text behind it by which they are found again together.
const LEAST_LIKENESS: usize = 8;
/// Most bytes that are looked through for a place.
const MOST_EDITED: usize = 64 << 10;
/// Most bytes that may stand in place of a number.
const MOST_REPLACED: usize = 160;

/// What a draft gives, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected<'t> {
    /// The author's own text.
    Text(&'t str),
    /// What takes the place of a placeholder.
    Number(&'t str),
}

/// What became of a number in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It stands there.
    Fresh,
    /// Something else stands there, in bytes of the document.
    Stale(Range<usize>),
    /// Its place was not found: the text around it was edited.
    Lost,
}

/// What a document holds of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Each number of the draft, in order.
    pub numbers: Vec<Found>,
    /// Where the text first differs, in bytes of the document.
    pub edited: Option<usize>,
}

/// Compares a document with what its draft gives now; takes time in proportion to their lengths.
///
/// Ends of lines must be written alike in both.
pub fn compare(expected: &[Expected<'_>], document: &str) -> Comparison {
    let mut comparing = Comparing { document, at: 0, is_lost: false, comparison: Comparison::default() };
    // A number at the start stands behind an empty text.
    let mut pieces = std::iter::once(&Expected::Text("")).chain(expected).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Expected::Text(text) => comparing.text(text, pieces.peek().is_none()),
            Expected::Number(number) => {
                let behind = match pieces.peek() {
                    Some(Expected::Text(text)) => Some(*text),
                    Some(Expected::Number(_)) => Some(""),
                    None => None,
                };
                comparing.number(number, behind);
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
    /// Up to where the document is understood.
    at: usize,
    /// True where the place of what comes next is not known.
    is_lost: bool,
    comparison: Comparison,
}

impl<'d> Comparing<'d> {
    fn rest(&self) -> &'d str {
        self.document.get(self.at..).unwrap_or_default()
    }

    fn edited(&mut self, at: usize) {
        self.comparison.edited.get_or_insert(at);
    }

    /// Passes a text; where it was edited, its end is looked for.
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
            let end = text.get(boundary(text, text.len().saturating_sub(anchor))..).filter(|end| says_enough(end))?;
            window(rest, most).find(end).map(|found| found + end.len())
        });
        self.is_lost = found.is_none();
        match found {
            Some(found) => self.at += found,
            // What follows the end of the draft is one edit.
            None if is_last => self.at = self.document.len(),
            None => {}
        }
    }

    /// Passes a number in front of a text; no text is the end.
    fn number(&mut self, number: &str, behind: Option<&str>) {
        let found = if self.is_lost { self.ahead(number, behind) } else { self.here(number, behind) };
        if found.is_none() && !self.is_lost {
            self.edited(self.at);
        }
        self.is_lost = found.is_none();
        self.at = found.as_ref().map_or(self.at, |(range, _)| range.end);
        self.comparison.numbers.push(found.map_or(Found::Lost, |(_, found)| found));
    }

    /// A number whose place is known.
    fn here(&self, number: &str, behind: Option<&str>) -> Option<(Range<usize>, Found)> {
        let rest = self.rest();
        let start = behind.map(|text| window(text, ANCHOR)).unwrap_or_default();
        let is_followed = |end: usize| match rest.get(end..) {
            Some(after) if start.is_empty() => is_end(after),
            Some(after) => after.starts_with(start),
            None => false,
        };
        let is_whole = |end: usize| rest.get(end..).is_some_and(is_end);
        // What stands right behind it is the next number.
        let is_joined = behind == Some("");
        if rest.starts_with(number) && (is_joined || is_followed(number.len()) || is_whole(number.len())) {
            return Some((self.at..self.at + number.len(), Found::Fresh));
        }
        let alike = like(number, rest);
        let line = window(rest, MOST_REPLACED).split('\n').next().unwrap_or_default();
        let end = alike
            .filter(|end| is_followed(*end))
            .or_else(|| if start.trim().is_empty() { None } else { window(rest, MOST_REPLACED).find(start) })
            .or_else(|| alike.filter(|end| is_whole(*end)))
            .or_else(|| if behind.is_none() { Some(line.len()) } else { None });
        let range = self.at..self.at + end?;
        Some((range.clone(), Found::Stale(range)))
    }

    /// A number whose place is looked for, by what is like it with the text behind it.
    fn ahead(&self, number: &str, behind: Option<&str>) -> Option<(Range<usize>, Found)> {
        let start = behind.map(|text| window(text, ANCHOR)).unwrap_or_default();
        let near = window(self.rest(), MOST_REPLACED);
        let is_start = |at: usize| near.get(..at).is_some_and(|before| !before.ends_with(goes_on));
        let places = near.char_indices().map(|(at, _)| at).filter(|at| is_start(*at));
        if !says_enough(start) && number.len() + start.len() < LEAST_LIKENESS {
            return None;
        }
        for at in places {
            let rest = self.rest().get(at..)?;
            if let Some(length) =
                like(number, rest).filter(|end| rest.get(*end..).is_some_and(|b| b.starts_with(start)))
            {
                let range = self.at + at..self.at + at + length;
                let is_fresh = rest.get(..length) == Some(number);
                return Some((range.clone(), if is_fresh { Found::Fresh } else { Found::Stale(range) }));
            }
        }
        let before =
            says_enough(start).then(|| window(self.rest(), MOST_EDITED)).and_then(|far| far.split_once(start))?.0;
        let others = before.strip_suffix(number).filter(|others| !others.ends_with(goes_on))?;
        Some((self.at + others.len()..self.at + before.len(), Found::Fresh))
    }
}

/// True for a character with which a number or a word may go on.
fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | ',' | '-')
}

/// True for a text by which a place can be found again.
fn says_enough(text: &str) -> bool {
    text.trim().len() >= LEAST_ANCHOR
}

/// The first bytes of a text, to the end of a character.
fn window(text: &str, most: usize) -> &str {
    text.get(..boundary(text, most)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::Expected::{Number, Text};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_with_nothing_between_them_are_fresh() {
        let draft = [Text("A "), Number("5.9"), Number("5"), Text(" B")];
        assert_eq!(compare(&draft, "A 5.95 B").numbers, [Found::Fresh, Found::Fresh]);
        assert_eq!(compare(&draft, "A 5.97 B").numbers, [Found::Fresh, Found::Stale(5..6)]);
    }

    /// What stands in the places of the numbers: none where it is lost.
    fn found<'d>(expected: &[Expected<'_>], document: &'d str) -> (Vec<Option<&'d str>>, Option<&'d str>) {
        let comparison = compare(expected, document);
        let numbers = comparison.numbers.into_iter().map(|found| match found {
            Found::Fresh => Some("fresh"),
            Found::Stale(range) => Some(&document[range]),
            Found::Lost => None,
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
    fn an_edited_text_is_named_once_and_the_rest_is_found_again() {
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
    fn numbers_side_by_side_and_at_the_ends_have_their_places() {
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
                let stands = stale[at].to_string();
                document += &format!("{}{stands}", words[at % words.len()]);
                wanted.push(Some(if stands == *number { "fresh".to_owned() } else { stands }));
            }
            let (numbers, edited) = found(&expected, &document);
            prop_assert_eq!(numbers.into_iter().map(|n| n.map(str::to_owned)).collect::<Vec<_>>(), wanted);
            prop_assert_eq!(edited, None);
        }

        #[test]
        fn no_document_is_too_strange(document in "\\PC{0,60}", numbers in prop::collection::vec("\\PC{0,6}", 0..4)) {
            let expected: Vec<Expected<'_>> = numbers.iter().flat_map(|n| [Number(n), Text("é, the rest ")]).collect();
            prop_assert_eq!(compare(&expected, &document).numbers.len(), numbers.len());
        }
    }
}
