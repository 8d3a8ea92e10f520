//! What is made of the parts of the cells of a column of items or treatment lines, once for each distinct part in a
//! thread.
//!
//! Of long cells few are alike, but most of their parts are. A cell that can be cut at its delimiters means what its
//! parts mean; any other is read as a whole.

use super::cell::{CellRules, LinesState, SetState, is_line_by_itself, items, lines};
use super::cell_parts::{CellParts, Cut};
use super::lines::Line;
use crate::read::Cell;
use crate::schema::Kind;
use crate::schema::lexical::NumberFormat;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is made of each distinct item or line.
#[derive(Debug)]
pub struct ByPart<T> {
    parts: CellParts,
    reading: NumberFormat,
    /// A patient may have a line twice, and an item once.
    may_repeat: bool,
    /// By number.
    known: Vec<T>,
    /// The number of each item or line.
    numbers: FxHashMap<String, u32>,
}

impl<T: Clone> ByPart<T> {
    /// Nothing known yet of a column that is read by these rules.
    pub fn new(rules: &CellRules<'_>) -> ByPart<T> {
        ByPart {
            parts: CellParts::new(rules),
            reading: NumberFormat { decimal_comma: rules.decimal_comma, field_delimiter: None },
            may_repeat: rules.variable.kind == Kind::Lines,
            known: Vec::new(),
            numbers: FxHashMap::default(),
        }
    }

    /// What is made of the parts of a cell; see [`ByPart::of`].
    pub fn of_cell(&mut self, cell: Cell<'_>, read: impl Fn(&str) -> Option<(String, T)>) -> Option<Vec<T>> {
        match cell.plain() {
            Some(text) => self.of((cell.onward(), text.len()), read),
            None => {
                let text = cell.text();
                self.of((&text, text.len()), read)
            }
        }
    }

    /// What is made of the parts of the first bytes of a text; none where it must be read as a whole.
    ///
    /// `read` gives the item or line that a part is wherever it stands, and what is made of it.
    pub fn of(&mut self, (from, length): (&[u8], usize), read: impl Fn(&str) -> Option<(String, T)>) -> Option<Vec<T>> {
        if self.parts.cut(from, length) == Cut::Careful {
            self.learn(from.get(..length).unwrap_or(from), read);
            return None;
        }
        let numbers = self.parts.numbers();
        let is_repeated = |(at, number): (usize, &u32)| numbers.iter().take(at).any(|before| before == number);
        if !self.may_repeat && numbers.iter().enumerate().any(is_repeated) {
            return None;
        }
        numbers.iter().map(|number| self.known.get(*number as usize).cloned()).collect()
    }

    fn learn(&mut self, text: &[u8], read: impl Fn(&str) -> Option<(String, T)>) {
        let ByPart { parts, reading, known, numbers, .. } = self;
        parts.learn(text, *reading, |part| {
            let (name, made) = read(part)?;
            let next = u32::try_from(known.len()).ok()?;
            let number = *numbers.entry(name).or_insert(next);
            if number == next {
                known.push(made);
            }
            Some(number)
        });
    }
}

/// The item that a part of a cell is wherever it stands; none for another.
pub fn item_alone(part: &str, rules: &CellRules<'_>) -> Option<String> {
    let SetState::Items(set) = items(part, rules) else { return None };
    let is_plain = !set.mixed_delimiters && !set.missing_item && !set.denied_item && !set.doubted_item && !set.repeated;
    let is_one = is_plain && set.items.len() == 1;
    set.items.into_iter().next().filter(|_| is_one)
}

/// The treatment line that a part of a cell is wherever it stands; none for another.
pub fn line_alone(part: &str, rules: &CellRules<'_>) -> Option<Arc<Line>> {
    let LinesState::Lines(lines) = lines(part, rules) else { return None };
    let [line] = &lines[..] else { return None };
    is_line_by_itself(part).then(|| line.clone())
}
