//! Splits running text into numbers, words and signs, each with its place.
//!
//! What only contains digits is no number: `CD20`, `PM-Scl100`, `3rd`, `[8,9]`, `10.1007/s1`.
#![expect(clippy::arithmetic_side_effects, reason = "sums of lengths of parts of one text do not overflow")]

use super::noun_words::numbers_things;
use super::numerals::{self, run};
use super::sentence_words;
use crate::check::printed::{Figure, multiplies, next_word, spelled};
use crate::decimal::Decimal;
use crate::schema::lexical::Comparator;
use crate::vocabulary::Words;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Token<'t> {
    pub kind: Kind,
    /// As it is written.
    pub text: &'t str,
    /// Byte of the text at which it begins.
    pub at: usize,
}

/// What a part of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Kind {
    /// `5.9`, `1,280`, `four`.
    Number(Figure),
    /// `2,27`: two numbers or one, depending on what is around.
    Pair(Figure, Figure),
    Word,
    Percent,
    Open,
    Close,
    Comma,
    Semicolon,
    Colon,
    Dash,
    Slash,
    Equals,
    Compare(Comparator),
    PlusMinus,
    /// `[8,9]`
    Reference,
    /// The end of a sentence.
    Stop,
    /// Something with digits that is no number.
    Other,
}

impl Token<'_> {
    /// True for this word, in upper or lower case.
    pub fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// True for one of these words.
    pub fn is_one_of(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }

    /// True for one of the words of a list, in upper or lower case.
    pub fn is_among(&self, words: &Words) -> bool {
        self.kind == Kind::Word && words.contains_in_any_case(self.text)
    }

    /// True for a number, one of several in one word, and one that is not meant exactly.
    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(_) | Kind::Pair(..) | Kind::Other)
    }

    /// The number, if it is one.
    pub fn figure(&self) -> Option<Figure> {
        match self.kind {
            Kind::Number(figure) => Some(figure),
            _ => None,
        }
    }

    /// The number of cases or things, if it can be one.
    pub fn count(&self) -> Option<u64> {
        self.figure()?.count()
    }

    /// The byte after it.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 24] = [
    "al", "vs", "fig", "figs", "e.g", "i.e", "g", "e", "dr", "no", "nos", "approx", "ref", "refs", "cf", "ca", "st",
    "mr", "mrs", "resp", "tab", "eq", "vol", "inc",
];

/// The whole number that a text is, in digits: `12 345`.
pub(super) fn whole_number(text: &str) -> Option<u64> {
    let mut tokens = Vec::new();
    split(text, &mut tokens);
    if let [token] = tokens.as_slice() { token.count() } else { None }
}

/// Splits a text; the vector is emptied first, so that it can be used again.
pub(in crate::check) fn split<'t>(text: &'t str, tokens: &mut Vec<Token<'t>>) {
    tokens.clear();
    let mut lexer = Lexer { text, at: 0, tokens };
    while let Some(c) = lexer.rest().chars().next() {
        lexer.step(c);
    }
}

struct Lexer<'t, 'v> {
    text: &'t str,
    at: usize,
    tokens: &'v mut Vec<Token<'t>>,
}

impl<'t> Lexer<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn after(&self, length: usize) -> &'t str {
        self.rest().get(length..).unwrap_or_default()
    }

    fn previous(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|before| before.chars().next_back())
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let text = self.rest().get(..length).unwrap_or_default();
        self.tokens.push(Token { kind, text, at: self.at });
        self.at += length;
    }

    fn step(&mut self, c: char) {
        let (length, next) = (c.len_utf8(), self.after(c.len_utf8()));
        if let Some(power) = self.power() {
            return self.push(Kind::Word, power);
        }
        match c {
            '0'..='9' => self.number(),
            '.' if next.starts_with(|c: char| c.is_ascii_digit()) => self.number(),
            '.' | '!' | '?' => self.stop(length),
            '-' | '\u{2212}' | '–' | '—' => self.dash(c),
            '[' => self.bracket(),
            '(' | '{' => self.push(Kind::Open, length),
            ')' | ']' | '}' => self.push(Kind::Close, length),
            ',' => self.push(Kind::Comma, length),
            ';' => self.push(Kind::Semicolon, length),
            ':' => self.push(Kind::Colon, length),
            '%' | '％' => self.push(Kind::Percent, length),
            '±' => self.push(Kind::PlusMinus, length),
            '+' if next.starts_with("/-") || next.starts_with("/−") => self.push(Kind::PlusMinus, length + 2),
            '/' => self.push(Kind::Slash, length),
            '=' => self.push(Kind::Equals, length),
            '<' | '>' | '≤' | '≥' => self.compare(c),
            '~' | '≈' => self.push(Kind::Word, length),
            c if c.is_alphabetic() => self.word(),
            _ => self.at += length,
        }
    }

    /// The length of a power of ten behind a number.
    fn power(&self) -> Option<usize> {
        let follows_number = self.tokens.last().is_some_and(|token| matches!(token.kind, Kind::Number(_)));
        if follows_number { numerals::power(self.rest()) } else { None }
    }

    fn compare(&mut self, c: char) {
        let is_equal = self.after(1).starts_with('=');
        let (comparator, length) = match c {
            '<' if is_equal => (Comparator::AtMost, 2),
            '>' if is_equal => (Comparator::AtLeast, 2),
            '<' => (Comparator::Below, 1),
            '>' => (Comparator::Above, 1),
            '≤' => (Comparator::AtMost, c.len_utf8()),
            _ => (Comparator::AtLeast, c.len_utf8()),
        };
        self.push(Kind::Compare(comparator), length);
    }

    /// A dash, or the sign of a negative number.
    fn dash(&mut self, c: char) {
        let is_before_digit = self.after(c.len_utf8()).starts_with(|c: char| c.is_ascii_digit());
        let follows_value = matches!(
            self.tokens.last().map(|token| token.kind),
            Some(Kind::Number(_) | Kind::Percent | Kind::Pair(..) | Kind::Close)
        );
        let is_free = self.previous().is_none_or(|before| !before.is_alphanumeric());
        if is_before_digit && !follows_value && is_free && matches!(c, '-' | '\u{2212}' | '–') {
            return self.signed(c.len_utf8());
        }
        self.push(Kind::Dash, c.len_utf8());
    }

    fn signed(&mut self, sign: usize) {
        let length = run(self.after(sign), false);
        let number = self.after(sign).get(..length).unwrap_or_default();
        let kind = Decimal::parse(&format!("-{}", plain(number))).map_or(Kind::Other, |n| Kind::Number(Figure::new(n)));
        self.push(kind, sign + length);
    }

    /// A bracket; one around nothing but the numbers of references is a reference, unless a number is before it.
    fn bracket(&mut self) {
        let inner = self.after(1);
        let end = inner.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' ')));
        let follows_number = matches!(
            self.tokens.last().map(|token| token.kind),
            Some(Kind::Number(_) | Kind::Percent | Kind::PlusMinus)
        );
        match end {
            Some(end) if end > 0 && inner.get(end..).is_some_and(|rest| rest.starts_with(']')) && !follows_number => {
                self.push(Kind::Reference, end + 2);
            }
            _ => self.push(Kind::Open, 1),
        }
    }

    /// The full stop of a sentence, not that of an abbreviation or of an initial.
    fn stop(&mut self, length: usize) {
        let after = self.after(length).trim_start_matches(['"', '”', '’', '\'', ')', ']', '*', '_']);
        let is_end = after.is_empty() || after.starts_with(char::is_whitespace);
        let goes_on = after.trim_start().starts_with(char::is_lowercase);
        let is_short = self.previous().is_some_and(char::is_alphabetic)
            && self.tokens.last().is_some_and(|last| {
                last.end() == self.at
                    && (last.is_one_of(&ABBREVIATIONS)
                        || (last.text.chars().count() == 1
                            && last.text.starts_with(char::is_uppercase)
                            && !begins_sentence(after)))
            });
        if is_end && !goes_on && !is_short {
            return self.push(Kind::Stop, length);
        }
        self.at += length;
    }

    fn number(&mut self) {
        let length = run(self.rest(), self.is_name());
        let after = self.after(length);
        if next_word(self.rest(), length).is_some_and(|(word, _)| multiplies(word)) {
            return self.push(Kind::Other, length);
        }
        let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let suffix = after.get(..letters).unwrap_or_default();
        let follows_letters = after.get(letters..).unwrap_or_default();
        let is_code = !suffix.is_empty() && follows_letters.starts_with(|c: char| c.is_ascii_digit());
        if matches!(suffix, "st" | "nd" | "rd" | "th" | "s") || is_code {
            let rest = follows_letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(follows_letters.len());
            return self.push(Kind::Word, length + letters + rest);
        }
        let is_percent = after.trim_start().starts_with('%');
        let of_two = matches!(self.tokens.as_slice(), [.., name, open] if name.is("f") && open.kind == Kind::Open);
        let kind = number(self.rest().get(..length).unwrap_or_default(), is_percent, of_two);
        self.push(kind, length);
    }

    /// True where a number here is the name of something: `week 12`, `Protocol 2`.
    fn is_name(&self) -> bool {
        let Some((name, before)) = self.tokens.split_last().filter(|(name, _)| name.kind == Kind::Word) else {
            return false;
        };
        let is_in_sentence = before.last().is_some_and(|token| token.kind != Kind::Stop);
        numbers_things(name.text) || (is_in_sentence && name.text.starts_with(char::is_uppercase))
    }

    fn word(&mut self) {
        let rest = self.rest();
        if let Some((value, length)) = spelled(rest) {
            let kind = value.map_or(Kind::Other, |value| Kind::Number(Figure::of_count(value)));
            return self.push(kind, length);
        }
        let mut length = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let joins = matches!(c, '-' | '\'' | '’') && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            if !(c.is_alphanumeric() || joins) {
                break;
            }
            length = at + c.len_utf8();
        }
        let word = rest.get(..length).unwrap_or_default();
        if word.eq_ignore_ascii_case("percent") {
            return self.push(Kind::Percent, length);
        }
        if word.eq_ignore_ascii_case("per") && self.after(length).trim_start().starts_with("cent") {
            let gap = self.after(length).len() - self.after(length).trim_start().len();
            return self.push(Kind::Percent, length + gap + "cent".len());
        }
        self.push(Kind::Word, length);
    }
}

/// True where a text goes on with a word that begins sentences, and is no name behind an initial: `drug A. Of the others`.
fn begins_sentence(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
    sentence_words::BEGINNINGS.contains_in_any_case(word) || spelled(text).is_some()
}

fn plain(number: &str) -> String {
    let number = numerals::without_gaps(number).replace('·', ".");
    if number.starts_with('.') { format!("0{number}") } else { number }
}

fn parsed(text: &str) -> Option<Figure> {
    Decimal::parse(text).ok().map(Figure::new)
}

/// The meaning of digits with separators. A comma before three digits separates thousands; before one or two it is a
/// decimal comma in a percentage, and otherwise undecided.
fn number(written: &str, is_percent: bool, of_two: bool) -> Kind {
    let plain = plain(written);
    if let Some((before, after)) = plain.split_once(',') {
        let is_single = !after.contains([',', '.']) && !before.contains('.');
        if is_single && (of_two || after.len() != 3) {
            return match (parsed(before), parsed(after)) {
                _ if is_percent && after.len() < 3 => {
                    parsed(&format!("{before}.{after}")).map_or(Kind::Other, Kind::Number)
                }
                (Some(one), Some(two)) => Kind::Pair(one, two),
                _ => Kind::Other,
            };
        }
        let (whole, _) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut groups = whole.split(',');
        let is_first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
        if !is_first || !groups.all(|group| group.len() == 3) {
            return Kind::Other;
        }
    }
    parsed(&plain.replace(',', "")).map_or(Kind::Other, Kind::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut tokens = Vec::new();
        split(text, &mut tokens);
        let show = |token: &Token<'_>| match token.kind {
            Kind::Number(figure) => format!("{figure}"),
            Kind::Pair(one, two) => format!("{one}&{two}"),
            Kind::Reference => "REF".to_owned(),
            Kind::Stop => "STOP".to_owned(),
            Kind::Other => "OTHER".to_owned(),
            _ => token.text.to_owned(),
        };
        tokens.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_are_read_and_codes_are_not() {
        for (text, expected) in [
            ("Four of 1,280 (72.0%)", "4 of 1280 ( 72.0 % )"),
            ("anti-CD20, PM-Scl100, IL-6, the 3rd [8,9].", "anti-CD20 , PM-Scl100 , IL-6 , the 3rd REF STOP"),
            ("twenty-five, 5·9 and .05", "25 , 5.9 and 0.05"),
            ("F(2,27) = 3.1; 12,5 % of 8,9", "F ( 2&27 ) = 3.1 ; 12.5 % of 8&9"),
            ("−0.5 (-1.2 to 0.3), 2-4, 5–10 years", "-0.5 ( -1.2 to 0.3 ) , 2 - 4 , 5 – 10 years"),
            ("6 [5-10]", "6 [ 5 - 10 ]"),
            ("Smith et al. found 3. Fig. 2 vs. B. Low", "Smith et al found 3 STOP Fig 2 vs B Low"),
            ("6-years-old, 60mg, 1.73m2, 1.2.3", "6 - years-old , 60 mg , 1.73m2 , OTHER"),
            ("One hundred and five of 12 345, week 12 345", "105 of 12345 , week 12 345"),
            ("12 thousand, 1'236, 1\u{202f}236,5 %", "OTHER thousand , 1236 , 1236.5 %"),
            ("80 per cent; 5 percent ± 2 ≥3 <=4", "80 per cent ; 5 percent ± 2 ≥ 3 <= 4"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn any_text_is_split_without_loss_of_place() {
        let text = "é [1] – –5 %.5 … 12,345,67 x’s 7th. ";
        let mut tokens = Vec::new();
        split(text, &mut tokens);
        assert!(tokens.iter().all(|token| text.get(token.at..token.end()) == Some(token.text)));
    }
}
