//! Words and signs that the format of a cell shows beside its number: `0" months"` shows `8 months`, `"<"0` shows `<5`.
//!
//! What the author of the sheet sees is the cell. All digits that are stored are kept, as elsewhere. Currencies and the
//! marks of accounting say nothing about a patient and are left out.

use super::number::decimal;

/// A part of a format, for the numbers that meet its condition.
#[derive(Debug, Clone, PartialEq)]
struct Section {
    condition: Option<(WordedComparison, f64)>,
    before: String,
    behind: String,
    /// Digits that are shown at least before the decimal point.
    digits: usize,
    shows_number: bool,
}

/// How a number is compared with the one of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordedComparison {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    More,
}

/// The sections of a format that shows words or signs.
#[derive(Debug, Clone, PartialEq)]
pub struct WordedFormat(Vec<Section>);

impl WordedFormat {
    /// The words of a format; no answer for a format that shows none.
    pub fn of_code(code: &str) -> Option<WordedFormat> {
        let sections: Vec<Section> = cut(code).iter().map(|section| Section::of_code(section)).collect();
        let conditions = sections.iter().filter(|section| section.condition.is_some()).count();
        // Sections without conditions are for positive numbers, negative ones, zero and texts.
        let kept: Vec<Section> = if conditions == 0 {
            sections.into_iter().take(1).collect()
        } else {
            sections.into_iter().take(3).collect()
        };
        let has_words = kept.iter().any(|section| !section.before.is_empty() || !section.behind.is_empty());
        has_words.then_some(WordedFormat(kept))
    }

    /// What the cell shows of a number.
    pub fn text(&self, number: f64) -> String {
        let meets = |section: &&Section| section.condition.is_none_or(|(comparison, of)| comparison.holds(number, of));
        match self.0.iter().find(meets) {
            Some(section) => section.text(number),
            None => decimal(number),
        }
    }
}

impl WordedComparison {
    fn holds(self, number: f64, of: f64) -> bool {
        match self {
            WordedComparison::Less => number < of,
            WordedComparison::AtMost => number <= of,
            WordedComparison::Equal => number == of,
            WordedComparison::Unequal => number != of,
            WordedComparison::AtLeast => number >= of,
            WordedComparison::More => number > of,
        }
    }

    fn strip(text: &str) -> Option<(WordedComparison, &str)> {
        let signs = [
            ("<=", WordedComparison::AtMost),
            (">=", WordedComparison::AtLeast),
            ("<>", WordedComparison::Unequal),
            ("<", WordedComparison::Less),
            (">", WordedComparison::More),
            ("=", WordedComparison::Equal),
        ];
        signs.into_iter().find_map(|(sign, comparison)| Some((comparison, text.strip_prefix(sign)?)))
    }
}

impl Section {
    fn of_code(code: &str) -> Section {
        let mut section =
            Section { condition: None, before: String::new(), behind: String::new(), digits: 0, shows_number: false };
        let code = code.replace("General", "#").replace("GENERAL", "#");
        let mut rest = code.chars();
        // A comma behind the digits, and not between them, divides by a thousand.
        let (mut is_decimal, mut ends_in_comma, mut is_scaled) = (false, false, false);
        while let Some(c) = rest.next() {
            match c {
                '"' => section.show(&rest.by_ref().take_while(|c| *c != '"').collect::<String>()),
                '\\' => section.show(&rest.next().map(String::from).unwrap_or_default()),
                '_' | '*' => drop(rest.next()),
                '[' => {
                    let inner: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    section.condition = section.condition.or_else(|| condition(&inner));
                }
                '0' | '#' | '?' => {
                    section.digits = section.digits.saturating_add(usize::from(c == '0' && !is_decimal));
                    section.shows_number = true;
                    ends_in_comma = false;
                }
                ',' => ends_in_comma = section.shows_number,
                '.' => {
                    is_decimal = true;
                    is_scaled |= ends_in_comma;
                }
                // The sign of an exponent.
                'E' | 'e' => drop(rest.next()),
                '<' | '>' | '~' => section.show(&c.to_string()),
                '+' if section.shows_number => section.show("+"),
                _ => {}
            }
        }
        section.tidy();
        if is_scaled || ends_in_comma {
            section.before.clear();
            section.behind.clear();
        }
        section
    }

    fn show(&mut self, words: &str) {
        let place = if self.shows_number { &mut self.behind } else { &mut self.before };
        place.push_str(words);
    }

    /// Removes what says nothing of a patient: blanks, currencies, brackets, and a leading sign.
    fn tidy(&mut self) {
        const CURRENCIES: [&str; 14] =
            ["$", "€", "£", "¥", "₹", "eur", "usd", "gbp", "chf", "kr", "rs", "r$", "us$", "zł"];
        for words in [&mut self.before, &mut self.behind] {
            let said = words.trim().to_lowercase();
            let is_mark = said.chars().all(|c| matches!(c, '(' | ')' | '-' | ' ' | '\u{a0}' | '/' | ',' | '.' | '\''));
            if is_mark || CURRENCIES.contains(&said.as_str()) {
                words.clear();
            }
        }
        if self.before.trim() == "+" {
            self.before.clear();
        }
    }

    fn text(&self, number: f64) -> String {
        let words = || format!("{}{}", self.before, self.behind);
        if !self.shows_number {
            let shown = words().trim().to_owned();
            return if shown.is_empty() { decimal(number) } else { shown };
        }
        let digits = decimal(number);
        let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        let zeros = if is_whole { self.digits.saturating_sub(digits.len()) } else { 0 };
        format!("{}{}{digits}{}", self.before, "0".repeat(zeros), self.behind).trim().to_owned()
    }
}

/// The condition in brackets of a section: `[<5]`.
fn condition(inner: &str) -> Option<(WordedComparison, f64)> {
    let (comparison, number) = WordedComparison::strip(inner.trim())?;
    Some((comparison, number.trim().parse().ok()?))
}

/// The sections of a code, cut at each `;` outside quotes.
fn cut(code: &str) -> Vec<String> {
    let (mut sections, mut is_quoted, mut is_escaped) = (vec![String::new()], false, false);
    for c in code.chars() {
        if c == ';' && !is_quoted && !is_escaped {
            sections.push(String::new());
            continue;
        }
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped && !is_quoted;
        if let Some(last) = sections.last_mut() {
            last.push(c);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::WordedFormat;

    #[test]
    fn words_of_a_format_are_shown_with_its_number() {
        for (code, number, shown) in [
            ("0\" years\"", 40.0, "40 years"),
            ("0\" months\"", 8.0, "8 months"),
            ("0\\ \\m\\o", 8.0, "8 mo"),
            ("\"<\"0", 5.0, "<5"),
            ("<0", 5.0, "<5"),
            ("0\"+\"", 24.0, "24+"),
            ("0+", 24.0, "24+"),
            ("0\" kg\";-0\" kg\"", 70.5, "70.5 kg"),
            ("General\" mg/L\"", 3.25, "3.25 mg/L"),
            ("\"P\"000", 7.0, "P007"),
            ("[<5]\"<5\";0", 3.0, "<5"),
            ("[<5]\"<5\";0", 12.0, "12"),
            ("[=1]\"yes\";[=0]\"no\";General", 1.0, "yes"),
            ("0\"%\"", 55.0, "55%"),
        ] {
            let text = WordedFormat::of_code(code).map(|format| format.text(number));
            assert_eq!(text.as_deref(), Some(shown), "{code}");
        }
    }

    #[test]
    fn a_format_without_words_shows_the_number() {
        for code in [
            "General",
            "0.00",
            "#,##0.00\\ [$€-407]",
            "_-* #,##0.00\\ \"€\"_-;-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-",
            "\"$\"#,##0.00_);(\"$\"#,##0.00)",
            "0.00E+00",
            "+0;-0",
            "[Red]0.0;-0.0",
            "# ?/?",
            "0,\"k\"",
            "0.0,,\" M\"",
            "0_ ",
        ] {
            assert_eq!(WordedFormat::of_code(code), None, "{code}");
        }
    }
}
