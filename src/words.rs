//! Closed sets of words: what a user may write for an option, a key of a schema or a claim.
//!
//! `words!` declares an enum with the word of each variant in the same row. The list of all
//! values, parsing, the message for an unknown word and the possible values in `--help` follow
//! from it, so that they cannot disagree.

use std::fmt;

/// A value of a closed set that is written as one word.
pub trait Word: Copy + Eq + Send + Sync + 'static {
    /// What the word names, for messages: `rounding mode`.
    const WHAT: &'static str;
    /// Every value, in the order of the declaration.
    const EVERY: &'static [Self];

    /// The word of this value.
    fn as_word(self) -> &'static str;

    /// The endings of file names that ask for it, with their dot, in lower case.
    fn endings(self) -> &'static [&'static str];

    /// The value of a word that is written exactly so.
    ///
    /// Errors: the text is not one of the words.
    fn exact(text: &str) -> Result<Self, UnknownWord> {
        Self::EVERY.iter().copied().find(|value| value.as_word() == text).ok_or_else(|| unknown(Self::EVERY, text))
    }

    /// The value of a word, or of the ending of its file names (`md`); capitals do not matter, and spaces and
    /// underscores count as hyphens.
    ///
    /// Errors: the text is not one of the words.
    fn from_word(text: &str) -> Result<Self, UnknownWord> {
        Self::among(Self::EVERY, text)
    }

    /// The same where only some of the values may be written.
    fn among(values: &[Self], text: &str) -> Result<Self, UnknownWord> {
        let plain = |word: &str| word.trim().to_lowercase().replace([' ', '_'], "-");
        let is_ending =
            |value: &Self| value.endings().iter().any(|ending| ending.trim_start_matches('.') == plain(text));
        let found = values.iter().copied().find(|value| plain(value.as_word()) == plain(text) || is_ending(value));
        found.ok_or_else(|| unknown(values, text))
    }

    /// The value that the end of a file name asks for; the longest known ending decides.
    fn of_path(path: &str) -> Option<Self> {
        let path = path.to_lowercase();
        let endings = |value: &Self| value.endings().iter().map(|ending| (*ending, *value)).collect::<Vec<_>>();
        let known = Self::EVERY.iter().flat_map(endings).filter(|(ending, _)| path.ends_with(ending));
        known.max_by_key(|(ending, _)| ending.len()).map(|(_, value)| value)
    }
}

/// The error for a text that is not the word of one of the values.
fn unknown<T: Word>(values: &[T], text: &str) -> UnknownWord {
    UnknownWord::new(T::WHAT, text, values.iter().map(|value| value.as_word()).collect())
}

/// A text that is not in a closed set of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    what: &'static str,
    word: String,
    near: Option<&'static str>,
    known: Vec<&'static str>,
}

impl UnknownWord {
    /// `what` names the set: `rounding mode`.
    pub fn new(what: &'static str, word: &str, known: Vec<&'static str>) -> UnknownWord {
        UnknownWord { what, word: word.to_owned(), near: nearest(word, &known), known }
    }

    /// What to write instead: the nearest word, if one is near, and all words.
    pub fn remedy(&self) -> String {
        let all = self.known.join(", ");
        match self.near {
            Some(near) => format!("did you mean '{near}'? Possible values: {all}"),
            None => format!("possible values: {all}"),
        }
    }
}

/// What is wrong, without the remedy.
impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is not a valid {}", self.word, self.what)
    }
}

impl std::error::Error for UnknownWord {}

/// The known word that is most like another one; `None` where no word is like it.
/// Formula: Jaro-Winkler similarity above 0.8, ignoring case.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let folded = word.to_lowercase();
    let likeness = |k: &str| strsim::jaro_winkler(&folded, &k.to_lowercase());
    let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.8).then_some(best)
}

/// A number with its noun: `1 case`, `12 cases`; the number as it is printed.
pub fn counted(n: impl fmt::Display, noun: &str) -> String {
    let n = n.to_string();
    let ending = match n.as_str() {
        "1" => "",
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{n} {noun}{ending}")
}

/// The word for one, or that for any other number: `is` and `are`, `it` and `they`.
pub fn for_number<'w>(n: impl fmt::Display, one: &'w str, many: &'w str) -> &'w str {
    if n.to_string() == "1" { one } else { many }
}

/// Declares an enum of words: `pub enum Overall: "position" { First = "first", Last = "last" }`.
///
/// A value that file names ask for has its endings behind the word: `Markdown = "markdown" [".md"]`.
/// The enum gets `ALL`, `word()`, [`Word`], `Display` (the word) and `FromStr`.
macro_rules! words {
    (
        $(#[$meta:meta])*
        $visible:vis enum $name:ident: $what:literal {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal $([$($ending:literal),+])?),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        $visible enum $name {
            $($(#[$variant_meta])* $variant),+
        }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: [$name; [$($word),+].len()] = [$($name::$variant),+];

            /// How it is written.
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word),+
                }
            }
        }

        impl $crate::words::Word for $name {
            const WHAT: &'static str = $what;
            const EVERY: &'static [$name] = &$name::ALL;

            fn as_word(self) -> &'static str {
                self.word()
            }

            fn endings(self) -> &'static [&'static str] {
                match self {
                    $($name::$variant => &[$($($ending),+)?]),+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<$name, Self::Err> {
                <$name as $crate::words::Word>::from_word(text)
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::{Word, counted, for_number};

    words! {
        /// Where a column is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Position: "position" {
            /// In front.
            First = "first" [".1st", ".no.1st"],
            /// At the end.
            VeryLast = "very-last",
        }
    }

    #[test]
    fn one_of_a_thing_is_counted_in_the_singular() {
        assert_eq!(["0", "1", "1,000"].map(|n| counted(n, "case")), ["0 cases", "1 case", "1,000 cases"]);
        assert_eq!(counted(2, "e-mail address"), "2 e-mail addresses");
        assert_eq!((for_number(1, "is", "are"), for_number(2_u64, "is", "are")), ("is", "are"));
    }

    #[test]
    fn words_read_back() {
        for position in Position::ALL {
            assert_eq!(position.to_string().parse(), Ok(position));
            assert_eq!(Position::exact(position.word()), Ok(position));
        }
        assert_eq!("Very_Last ".parse(), Ok(Position::VeryLast));
        assert!(Position::exact("Very_Last").is_err());
    }

    #[test]
    fn endings_of_file_names_ask_for_their_value() {
        for ending in Position::First.endings() {
            assert_eq!(Position::of_path(&format!("A.B{}", ending.to_uppercase())), Some(Position::First));
        }
        assert_eq!(Position::of_path("first"), None);
        assert_eq!("1ST".parse(), Ok(Position::First));
    }

    #[test]
    fn an_unknown_word_is_repeated_and_the_nearest_suggested() {
        let unknown = "frist".parse::<Position>().unwrap_err();
        assert_eq!(unknown.to_string(), "'frist' is not a valid position");
        assert_eq!(unknown.remedy(), "did you mean 'first'? Possible values: first, very-last");
        assert_eq!("x".parse::<Position>().unwrap_err().remedy(), "possible values: first, very-last");
    }
}
