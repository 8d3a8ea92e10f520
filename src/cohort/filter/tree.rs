//! Conditions joined by AND, OR and NOT, and the three answers they can have.

use std::fmt;
use std::ops::Not;

/// The answer of a condition for one case, as in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It is true.
    True,
    /// It is false.
    False,
    /// The case does not tell: not reported, unreadable, or only known to be beyond a number.
    Unknown,
}

impl Truth {
    /// False if one is false, else unknown if one is unknown.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// True if one is true, else unknown if one is unknown.
    pub fn or(self, other: Truth) -> Truth {
        !(!self).and(!other)
    }
}

/// Unknown stays unknown.
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

/// True if one is true; false for none at all.
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
pub(super) enum ConditionTree<C> {
    /// AND of at least two.
    All(Vec<ConditionTree<C>>),
    /// OR of at least two.
    Any(Vec<ConditionTree<C>>),
    Not(Box<ConditionTree<C>>),
    Leaf(C),
}

impl<C> ConditionTree<C> {
    /// Joins parts with AND; an AND among them is flattened, so that parentheses make no difference.
    pub fn all(parts: impl IntoIterator<Item = ConditionTree<C>>) -> ConditionTree<C> {
        let apart = |part| if let ConditionTree::All(inner) = part { inner } else { vec![part] };
        joined(parts.into_iter().flat_map(apart), ConditionTree::All)
    }

    /// Joins parts with OR; an OR among them is flattened.
    pub fn any(parts: impl IntoIterator<Item = ConditionTree<C>>) -> ConditionTree<C> {
        let apart = |part| if let ConditionTree::Any(inner) = part { inner } else { vec![part] };
        joined(parts.into_iter().flat_map(apart), ConditionTree::Any)
    }

    /// The truth of the whole tree; conditions that cannot change it are not judged.
    pub fn truth(&self, judge: &mut impl FnMut(&C) -> Truth) -> Truth {
        match self {
            ConditionTree::All(parts) => !any(parts.iter().map(|part| !part.truth(judge))),
            ConditionTree::Any(parts) => any(parts.iter().map(|part| part.truth(judge))),
            ConditionTree::Not(inner) => !inner.truth(judge),
            ConditionTree::Leaf(condition) => judge(condition),
        }
    }

    /// Calls `found` with each unknown condition that leaves the whole unknown.
    pub fn unknown(&self, judge: &mut impl FnMut(&C) -> Truth, found: &mut impl FnMut(&C)) {
        if self.truth(judge) != Truth::Unknown {
            return;
        }
        match self {
            ConditionTree::All(parts) | ConditionTree::Any(parts) => {
                parts.iter().for_each(|part| part.unknown(judge, found))
            }
            ConditionTree::Not(inner) => inner.unknown(judge, found),
            ConditionTree::Leaf(condition) => found(condition),
        }
    }

    /// Takes every condition in turn.
    pub fn each<'t>(&'t self, take: &mut impl FnMut(&'t C)) {
        match self {
            ConditionTree::All(parts) | ConditionTree::Any(parts) => parts.iter().for_each(|part| part.each(take)),
            ConditionTree::Not(inner) => inner.each(take),
            ConditionTree::Leaf(condition) => take(condition),
        }
    }

    /// The same tree with other conditions, or the first error.
    pub fn try_map<D, E>(&self, map: &mut impl FnMut(&C) -> Result<D, E>) -> Result<ConditionTree<D>, E> {
        let mut each = |parts: &[ConditionTree<C>]| -> Result<Vec<ConditionTree<D>>, E> {
            parts.iter().map(|part| part.try_map(map)).collect()
        };
        Ok(match self {
            ConditionTree::All(parts) => ConditionTree::All(each(parts)?),
            ConditionTree::Any(parts) => ConditionTree::Any(each(parts)?),
            ConditionTree::Not(inner) => ConditionTree::Not(Box::new(inner.try_map(map)?)),
            ConditionTree::Leaf(condition) => ConditionTree::Leaf(map(condition)?),
        })
    }
}

fn joined<C>(
    parts: impl Iterator<Item = ConditionTree<C>>,
    join: fn(Vec<ConditionTree<C>>) -> ConditionTree<C>,
) -> ConditionTree<C> {
    let mut parts: Vec<ConditionTree<C>> = parts.collect();
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// With only the parentheses that are needed.
impl<C: fmt::Display> fmt::Display for ConditionTree<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parts, word) = match self {
            ConditionTree::Leaf(condition) => return condition.fmt(f),
            ConditionTree::Not(inner) => {
                f.write_str("NOT ")?;
                return inner.fmt_inside(f, matches!(**inner, ConditionTree::All(_) | ConditionTree::Any(_)));
            }
            ConditionTree::All(parts) => (parts, " AND "),
            ConditionTree::Any(parts) => (parts, " OR "),
        };
        for (position, part) in parts.iter().enumerate() {
            f.write_str(if position == 0 { "" } else { word })?;
            part.fmt_inside(f, matches!((self, part), (ConditionTree::All(_), ConditionTree::Any(_))))?;
        }
        Ok(())
    }
}

impl<C: fmt::Display> ConditionTree<C> {
    fn fmt_inside(&self, f: &mut fmt::Formatter<'_>, parentheses: bool) -> fmt::Result {
        if parentheses { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}
