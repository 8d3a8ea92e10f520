//! How a value stands to the number beside it: `<5`, `≥ 12`.

/// How a value stands to the number beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    /// `<`
    Below,
    /// `<=` or `≤`
    AtMost,
    /// `>`
    Above,
    /// `>=` or `≥`
    AtLeast,
}

/// The signs of comparators, the longer of two before the shorter.
const SIGNS: [(&str, Comparator); 8] = [
    ("<=", Comparator::AtMost),
    ("=<", Comparator::AtMost),
    ("≤", Comparator::AtMost),
    ("<", Comparator::Below),
    (">=", Comparator::AtLeast),
    ("=>", Comparator::AtLeast),
    ("≥", Comparator::AtLeast),
    (">", Comparator::Above),
];

impl Comparator {
    /// The sign in ASCII, as results print it.
    pub fn sign(self) -> &'static str {
        match self {
            Comparator::Below => "<",
            Comparator::AtMost => "<=",
            Comparator::Above => ">",
            Comparator::AtLeast => ">=",
        }
    }
}

/// The comparator at the start of a text, if there is one, and the rest.
pub(super) fn comparator(text: &str) -> (Option<Comparator>, &str) {
    let found =
        SIGNS.into_iter().find_map(|(sign, c)| text.strip_prefix(sign).map(|rest| (Some(c), rest.trim_start())));
    found.unwrap_or((None, text))
}
