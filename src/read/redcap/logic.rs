//! Branching logic: `[sex] = '2' and ([sites(3)] = '1' or [age] < 12)`.
//!
//! A text with anything else, such as a function, is not read: whether its question was asked is then not known.

use std::borrow::Cow;

/// A condition on the fields of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Logic {
    /// All of them.
    All(Vec<Logic>),
    /// At least one of them.
    Any(Vec<Logic>),
    /// A comparison.
    Compare(LogicOperand, Comparison, LogicOperand),
}

/// A field, or a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogicOperand {
    /// `[event][field(code)]`; the event and the code are optional.
    Field {
        /// The event.
        event: Option<String>,
        /// The field.
        name: String,
        /// The code of a box.
        code: Option<String>,
    },
    /// A text or a number as it is written.
    Value(String),
}

/// The sign of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>` or `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// The signs, the longer of two before the shorter.
const SIGNS: [(&str, Comparison); 7] = [
    ("<>", Comparison::Unequal),
    ("!=", Comparison::Unequal),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("=", Comparison::Equal),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];
/// Most parentheses inside one another.
const DEEPEST: usize = 32;

impl Logic {
    /// Reads a condition; none of a text that is none, or has functions.
    pub fn parse(text: &str) -> Option<Logic> {
        let mut reader = LogicReader { rest: text.trim(), depth: 0 };
        let logic = reader.any()?;
        reader.rest.trim_start().is_empty().then_some(logic)
    }

    /// Whether the condition holds; none where that depends on an answer that is not known. `answer` gives that of a field.
    pub fn truth<'v>(&self, answer: &impl Fn(&LogicOperand) -> FieldAnswer<'v>) -> Option<bool> {
        match self {
            Logic::All(parts) => joined(parts.iter().map(|part| part.truth(answer)), false),
            Logic::Any(parts) => joined(parts.iter().map(|part| part.truth(answer)), true),
            Logic::Compare(left, sign, right) => {
                let of = |operand: &LogicOperand| match operand {
                    LogicOperand::Value(text) => FieldAnswer { text: text.clone().into(), is_known: true },
                    LogicOperand::Field { .. } => answer(operand),
                };
                let is_blank =
                    |operand: &LogicOperand| matches!(operand, LogicOperand::Value(text) if text.trim().is_empty());
                // Whether a field is blank is known of every field.
                let asks_for_a_blank = is_blank(left) || is_blank(right);
                let (left, right) = (of(left), of(right));
                let is_known = asks_for_a_blank || left.is_known && right.is_known;
                is_known.then(|| compare(&left.text, *sign, &right.text))
            }
        }
    }
}

/// All of these truths, or any where `deciding` is true: one that decides is enough, else all must be known.
fn joined(truths: impl Iterator<Item = Option<bool>>, deciding: bool) -> Option<bool> {
    let mut is_known = true;
    for truth in truths {
        if truth == Some(deciding) {
            return truth;
        }
        is_known &= truth.is_some();
    }
    is_known.then_some(!deciding)
}

/// The text of a field, and whether its question has an answer, or was not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldAnswer<'v> {
    /// The text; empty for a blank.
    pub text: Cow<'v, str>,
    /// False where nobody knows the answer.
    pub is_known: bool,
}

/// Numbers are compared as numbers, anything else as text; a blank is neither less nor greater.
fn compare(left: &str, sign: Comparison, right: &str) -> bool {
    let (left, right) = (left.trim(), right.trim());
    let numbers = left.parse::<f64>().ok().zip(right.parse::<f64>().ok());
    let is_equal = numbers.map_or(left == right, |(left, right)| left == right);
    let order = match numbers {
        Some((left, right)) => left.partial_cmp(&right),
        None if left.is_empty() || right.is_empty() => None,
        None => Some(left.cmp(right)),
    };
    match sign {
        Comparison::Equal => is_equal,
        Comparison::Unequal => !is_equal,
        Comparison::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Comparison::AtMost => order.is_some_and(std::cmp::Ordering::is_le),
        Comparison::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        Comparison::AtLeast => order.is_some_and(std::cmp::Ordering::is_ge),
    }
}

struct LogicReader<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> LogicReader<'t> {
    fn any(&mut self) -> Option<Logic> {
        let mut parts = vec![self.all()?];
        while self.takes_word("or") {
            parts.push(self.all()?);
        }
        if parts.len() > 1 { Some(Logic::Any(parts)) } else { parts.pop() }
    }

    fn all(&mut self) -> Option<Logic> {
        let mut parts = vec![self.one()?];
        while self.takes_word("and") {
            parts.push(self.one()?);
        }
        if parts.len() > 1 { Some(Logic::All(parts)) } else { parts.pop() }
    }

    fn one(&mut self) -> Option<Logic> {
        self.rest = self.rest.trim_start();
        if let Some(inner) = self.rest.strip_prefix('(') {
            self.depth = self.depth.saturating_add(1);
            if self.depth > DEEPEST {
                return None;
            }
            self.rest = inner;
            let logic = self.any()?;
            self.rest = self.rest.trim_start().strip_prefix(')')?;
            return Some(logic);
        }
        let left = self.operand()?;
        self.rest = self.rest.trim_start();
        let (sign, comparison) = SIGNS.iter().find(|(sign, _)| self.rest.starts_with(sign))?;
        self.rest = self.rest.strip_prefix(sign)?;
        Some(Logic::Compare(left, *comparison, self.operand()?))
    }

    fn operand(&mut self) -> Option<LogicOperand> {
        self.rest = self.rest.trim_start();
        for quote in ['\'', '"'] {
            if let Some(inner) = self.rest.strip_prefix(quote) {
                let (text, behind) = inner.split_once(quote)?;
                self.rest = behind;
                return Some(LogicOperand::Value(text.to_owned()));
            }
        }
        if self.rest.starts_with('[') {
            return self.field();
        }
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
        let end = self.rest.find(|c| !is_number(c)).unwrap_or(self.rest.len());
        let (number, behind) = self.rest.split_at_checked(end).filter(|(number, _)| !number.is_empty())?;
        self.rest = behind;
        Some(LogicOperand::Value(number.to_owned()))
    }

    fn field(&mut self) -> Option<LogicOperand> {
        let first = self.bracket()?;
        let second = if self.rest.starts_with('[') { Some(self.bracket()?) } else { None };
        let (event, field) = match second {
            Some(field) => (Some(first.to_owned()), field),
            None => (None, first),
        };
        let (name, code) = match field.strip_suffix(')').and_then(|field| field.split_once('(')) {
            Some((name, code)) => (name, Some(code.to_owned())),
            None => (field, None),
        };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name.then(|| LogicOperand::Field { event, name: name.to_owned(), code })
    }

    fn bracket(&mut self) -> Option<&'t str> {
        let (inner, behind) = self.rest.strip_prefix('[')?.split_once(']')?;
        self.rest = behind;
        Some(inner.trim())
    }

    /// Takes a word that stands alone.
    fn takes_word(&mut self, word: &str) -> bool {
        let rest = self.rest.trim_start();
        let Some((found, behind)) = rest.split_at_checked(word.len()) else { return false };
        let is_whole = behind.starts_with(|c: char| c.is_whitespace() || c == '(' || c == '[');
        let is_word = found.eq_ignore_ascii_case(word) && is_whole;
        if is_word {
            self.rest = behind;
        }
        is_word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The truth of a condition where sex is 2, age 9, site 3 is ticked, and at baseline the score is 5; nothing else is
    /// known. No answer for a text that is no condition.
    fn truth(text: &str) -> Option<Option<bool>> {
        let known = |text: &'static str| FieldAnswer { text: Cow::Borrowed(text), is_known: true };
        let answer = |operand: &LogicOperand| match operand {
            LogicOperand::Field { event: Some(event), .. } if event == "baseline_arm_1" => known("5"),
            LogicOperand::Field { name, code: None, .. } if name == "sex" => known("2"),
            LogicOperand::Field { name, code: None, .. } if name == "age" => known("9"),
            LogicOperand::Field { name, code: Some(code), .. } if name == "sites" && code == "3" => known("1"),
            LogicOperand::Field { .. } | LogicOperand::Value(_) => {
                FieldAnswer { text: Cow::Borrowed(""), is_known: false }
            }
        };
        Logic::parse(text).map(|logic| logic.truth(&answer))
    }

    #[test]
    fn conditions_are_read_and_judged() {
        for (text, expected) in [
            ("[sex] = '2' and [sites(3)] = '1'", Some(Some(true))),
            ("[sex]='1' or [age] < 12", Some(Some(true))),
            ("[sex]='1' or [age]>=12 and [sex]='2'", Some(Some(false))),
            ("([sex]='1' or [age] <= 9) AND [sex] <> \"1\"", Some(Some(true))),
            ("[age] > 10", Some(Some(false))),
            ("[age] = 9.0", Some(Some(true))),
            ("[other] = ''", Some(Some(true))),
            ("[other] < 5", Some(None)),
            ("[other] = '1'", Some(None)),
            ("[other] = '1' and [sex] = '1'", Some(Some(false))),
            ("[other] = '1' and [sex] = '2'", Some(None)),
            ("[other] = '1' or [sex] = '2'", Some(Some(true))),
            ("[other] = '1' or [sex] = '1'", Some(None)),
            ("[baseline_arm_1][score] = 5", Some(Some(true))),
            ("datediff([a], 'today') > 5", None),
            ("[sex] = ", None),
            ("[sex] = '2' xor 1 = 1", None),
            ("", None),
        ] {
            assert_eq!(truth(text), expected, "{text}");
        }
        assert_eq!(Logic::parse(&"(".repeat(100_000)), None);
    }
}
