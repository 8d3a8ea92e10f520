//! Conditions joined by AND, OR and NOT, and the three answers they can have.

use std::fmt;
use std::ops::Not;

/// The answer of a condition for one case, as in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// The case does not say: not reported, unreadable, or only known to lie beyond a number.
    Unknown,
}

impl Truth {
    /// Both hold: false where one is false, else unknown where one is unknown.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// One holds: true where one is true, else unknown where one is unknown.
    pub fn or(self, other: Truth) -> Truth {
        !(!self).and(!other)
    }
}

/// What is unknown stays so.
impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

/// The truth of "one of them": false for none at all.
pub(super) fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let mut all = Truth::False;
    for truth in truths {
        all = all.or(truth);
        if all == Truth::True {
            break;
        }
    }
    all
}

/// Conditions joined by AND, OR and NOT.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree<C> {
    /// AND of at least two.
    All(Vec<Tree<C>>),
    /// OR of at least two.
    Any(Vec<Tree<C>>),
    Not(Box<Tree<C>>),
    Leaf(C),
}

impl<C> Tree<C> {
    /// The AND of some; an AND among them is taken apart, so that parentheses make no difference.
    pub fn all(parts: impl IntoIterator<Item = Tree<C>>) -> Tree<C> {
        let apart = |part| if let Tree::All(inner) = part { inner } else { vec![part] };
        joined(parts.into_iter().flat_map(apart), Tree::All)
    }

    /// The OR of some; an OR among them is taken apart.
    pub fn any(parts: impl IntoIterator<Item = Tree<C>>) -> Tree<C> {
        let apart = |part| if let Tree::Any(inner) = part { inner } else { vec![part] };
        joined(parts.into_iter().flat_map(apart), Tree::Any)
    }

    /// The truth of the whole; conditions that cannot change it are not asked.
    pub fn truth(&self, judge: &mut impl FnMut(&C) -> Truth) -> Truth {
        match self {
            Tree::All(parts) => !any(parts.iter().map(|part| !part.truth(judge))),
            Tree::Any(parts) => any(parts.iter().map(|part| part.truth(judge))),
            Tree::Not(inner) => !inner.truth(judge),
            Tree::Leaf(condition) => judge(condition),
        }
    }

    /// Calls `found` with each unknown condition that keeps the whole from being known.
    pub fn unknown(&self, judge: &mut impl FnMut(&C) -> Truth, found: &mut impl FnMut(&C)) {
        if self.truth(judge) != Truth::Unknown {
            return;
        }
        match self {
            Tree::All(parts) | Tree::Any(parts) => parts.iter().for_each(|part| part.unknown(judge, found)),
            Tree::Not(inner) => inner.unknown(judge, found),
            Tree::Leaf(condition) => found(condition),
        }
    }

    /// The same tree of other conditions, or the first error.
    pub fn try_map<D, E>(&self, map: &mut impl FnMut(&C) -> Result<D, E>) -> Result<Tree<D>, E> {
        let mut each =
            |parts: &[Tree<C>]| -> Result<Vec<Tree<D>>, E> { parts.iter().map(|part| part.try_map(map)).collect() };
        Ok(match self {
            Tree::All(parts) => Tree::All(each(parts)?),
            Tree::Any(parts) => Tree::Any(each(parts)?),
            Tree::Not(inner) => Tree::Not(Box::new(inner.try_map(map)?)),
            Tree::Leaf(condition) => Tree::Leaf(map(condition)?),
        })
    }
}

fn joined<C>(parts: impl Iterator<Item = Tree<C>>, join: fn(Vec<Tree<C>>) -> Tree<C>) -> Tree<C> {
    let mut parts: Vec<Tree<C>> = parts.collect();
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// With the parentheses that are needed and no others.
impl<C: fmt::Display> fmt::Display for Tree<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, word) = match self {
            Tree::Leaf(condition) => return condition.fmt(f),
            Tree::Not(inner) => {
                f.write_str("NOT ")?;
                return inner.fmt_inside(f, matches!(**inner, Tree::All(_) | Tree::Any(_)));
            }
            Tree::All(parts) => (parts, " AND "),
            Tree::Any(parts) => (parts, " OR "),
        };
        for (position, part) in parts.iter().enumerate() {
            f.write_str(if position == 0 { "" } else { word })?;
            part.fmt_inside(f, matches!((self, part), (Tree::All(_), Tree::Any(_))))?;
        }
        Ok(())
    }
}

impl<C: fmt::Display> Tree<C> {
    fn fmt_inside(&self, f: &mut fmt::Formatter<'_>, parentheses: bool) -> fmt::Result {
        if parentheses { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}
