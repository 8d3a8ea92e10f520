//! What the cells of the cases contain, each distinct written cell interpreted once in a thread.

use super::by_part::{ByPart, item_alone, line_alone};
use super::case::{Case, CaseCell, CaseColumn};
use super::cell::{CellRules, Items, LinesState, SetState};
use super::lines::Line;
use super::range::{Demographics, KnownAge, Person, age_of, sex_of};
use crate::read::Cell;
use crate::read::texts::{Interned, Texts};
use crate::schema::Kind;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Most texts of a column that have a number.
const MOST_TEXTS: usize = 1 << 16;
/// Most texts of a column whose cells are remembered as a whole: treatments need a kilobyte each.
const MOST_CELLS: usize = 1 << 14;
/// Texts after which a column is judged: one in which most texts are new is not worth looking up.
const JUDGED: usize = 1 << 12;
/// Most pairs of texts of which an answer is remembered.
const MOST_PAIRS: usize = 1 << 16;

/// The texts of the cells that one thread has met, by number.
#[derive(Debug, Default)]
pub struct CellNumbers {
    /// By column of the file.
    columns: Vec<ColumnNumbers>,
}

/// The texts of a column.
#[derive(Debug)]
struct ColumnNumbers {
    texts: Texts,
    cells: usize,
    is_varied: bool,
    /// The number of the case that was looked at last, and that of its text.
    last: (u64, Option<usize>),
}

impl CellNumbers {
    /// The number of the text of a cell among those of the column in this thread, from 0 in the order in which they are
    /// met; none where it is not remembered.
    pub fn of(&mut self, case: &Case<'_>, column: &CaseColumn<'_>) -> Option<usize> {
        let at = column.column;
        if at >= self.columns.len() {
            self.columns.resize_with(at.saturating_add(1), ColumnNumbers::default);
        }
        self.columns.get_mut(at)?.of(case, column)
    }
}

impl Default for ColumnNumbers {
    fn default() -> ColumnNumbers {
        ColumnNumbers { texts: Texts::new(MOST_TEXTS), cells: 0, is_varied: false, last: (0, None) }
    }
}

impl ColumnNumbers {
    fn of(&mut self, case: &Case<'_>, column: &CaseColumn<'_>) -> Option<usize> {
        if self.is_varied {
            return None;
        }
        let (last, known) = self.last;
        if last == case.number() {
            return known;
        }
        self.cells = self.cells.saturating_add(1);
        let number = match self.texts.count_cell(case.raw(column.column)) {
            Interned::Known(number) => Some(number),
            Interned::New(number) => {
                self.is_varied = number == JUDGED && self.cells < JUDGED.saturating_mul(2);
                Some(number)
            }
            Interned::Full => None,
        };
        self.last = (case.number(), number);
        number
    }
}

/// The cells that one thread has met.
#[derive(Debug, Default)]
pub struct KnownCells {
    numbers: CellNumbers,
    /// What each text contains, by its number, by column of the file.
    columns: Vec<Vec<Option<Rc<CaseCell>>>>,
    /// The cell that was looked at last where its text is not remembered, by column of the file, with its case.
    last: Vec<Option<(u64, Rc<CaseCell>)>>,
    /// The items and lines of the columns that have such, by column of the file.
    parts: FxHashMap<usize, KnownParts>,
}

/// The items or the lines of a column, each read once.
#[derive(Debug)]
enum KnownParts {
    Items(ByPart<String>),
    Lines(ByPart<Arc<Line>>),
}

impl KnownParts {
    /// Those of a column; none of one whose cells have no parts.
    fn of<'p>(all: &'p mut FxHashMap<usize, KnownParts>, column: &CaseColumn<'_>) -> Option<&'p mut KnownParts> {
        let rules = &column.rules;
        let new: fn(&CellRules<'_>) -> KnownParts = match rules.variable.kind {
            Kind::Set => |rules| KnownParts::Items(ByPart::new(rules)),
            Kind::Lines => |rules| KnownParts::Lines(ByPart::new(rules)),
            Kind::Number | Kind::Category | Kind::Text | Kind::Binary | Kind::Date => return None,
        };
        Some(all.entry(column.column).or_insert_with(|| new(rules)))
    }

    /// A cell of known parts; none for one that must be read as a whole.
    fn cell(&mut self, cell: Cell<'_>, rules: &CellRules<'_>) -> Option<CaseCell> {
        match self {
            KnownParts::Items(known) => {
                let items = known.of_cell(cell, |part| item_alone(part, rules).map(|item| (item.clone(), item)))?;
                Some(CaseCell::Set(SetState::Items(Items { items, ..Items::default() })))
            }
            KnownParts::Lines(known) => {
                let lines = known.of_cell(cell, |part| line_alone(part, rules).map(|line| (part.to_owned(), line)))?;
                Some(CaseCell::Lines(LinesState::Lines(lines)))
            }
        }
    }
}

/// A cell, and the number of its text in its column; none where the text is not remembered.
#[derive(Debug, Clone)]
pub struct KnownCell {
    /// What it contains.
    pub cell: Rc<CaseCell>,
    /// The number of its text among those of the column in this thread, from 0.
    pub number: Option<usize>,
}

impl KnownCells {
    /// What the cell of a column contains.
    pub fn of(&mut self, case: &Case<'_>, column: &CaseColumn<'_>) -> KnownCell {
        let number = self.numbers.of(case, column);
        let at = column.column;
        if at >= self.columns.len() {
            self.columns.resize_with(at.saturating_add(1), Vec::new);
            self.last.resize(at.saturating_add(1), None);
        }
        let parts = &mut self.parts;
        let mut new = || {
            let known = KnownParts::of(parts, column).and_then(|known| known.cell(case.raw(at), &column.rules));
            Rc::new(known.unwrap_or_else(|| case.cell(column)))
        };
        let cell = match number.filter(|number| *number < MOST_CELLS) {
            Some(number) => remembered(self.columns.get_mut(at), number, new),
            None => match self.last.get_mut(at) {
                Some(Some((last, cell))) if *last == case.number() => cell.clone(),
                Some(last) => last.insert((case.number(), new())).1.clone(),
                None => new(),
            },
        };
        KnownCell { cell, number }
    }

    /// The numbers of their texts.
    pub fn numbers(&mut self) -> &mut CellNumbers {
        &mut self.numbers
    }
}

/// The cell whose text has this number.
fn remembered(
    cells: Option<&mut Vec<Option<Rc<CaseCell>>>>,
    number: usize,
    new: impl FnOnce() -> Rc<CaseCell>,
) -> Rc<CaseCell> {
    let Some(cells) = cells else { return new() };
    if number >= cells.len() {
        cells.resize(number.saturating_add(1), None);
    }
    match cells.get_mut(number) {
        Some(cell) => cell.get_or_insert_with(new).clone(),
        None => new(),
    }
}

/// What is asked of two cells of a case together, answered once for each pair of texts that are remembered.
#[derive(Debug, Clone)]
pub struct AnswerByPair<T> {
    answers: RefCell<FxHashMap<(usize, usize), T>>,
}

impl<T> Default for AnswerByPair<T> {
    fn default() -> AnswerByPair<T> {
        AnswerByPair { answers: RefCell::new(FxHashMap::default()) }
    }
}

impl<T: Clone> AnswerByPair<T> {
    /// The answer for two cells.
    pub fn of(&self, one: &KnownCell, other: &KnownCell, answer: impl FnOnce(&CaseCell, &CaseCell) -> T) -> T {
        let Some(numbers) = one.number.zip(other.number) else { return answer(&one.cell, &other.cell) };
        let mut answers = self.answers.borrow_mut();
        if let Some(known) = answers.get(&numbers) {
            return known.clone();
        }
        let new = answer(&one.cell, &other.cell);
        if answers.len() < MOST_PAIRS {
            answers.insert(numbers, new.clone());
        }
        new
    }
}

/// Most treatment lines of which an answer is remembered.
const MOST_LINES: usize = 1 << 14;

/// What is asked of a treatment line, answered once for each line that [`KnownCells`] has read once.
#[derive(Debug, Clone)]
pub struct AnswerByLine<T> {
    /// By the place of the line in memory, which is its own as long as it is kept here.
    answers: RefCell<FxHashMap<usize, (Arc<Line>, T)>>,
}

impl<T> Default for AnswerByLine<T> {
    fn default() -> AnswerByLine<T> {
        AnswerByLine { answers: RefCell::new(FxHashMap::default()) }
    }
}

impl<T: Clone> AnswerByLine<T> {
    /// The answer for a line.
    pub fn of(&self, line: &Arc<Line>, answer: impl FnOnce(&Line) -> T) -> T {
        let mut answers = self.answers.borrow_mut();
        let place = Arc::as_ptr(line).addr();
        if let Some((_, known)) = answers.get(&place) {
            return known.clone();
        }
        let new = answer(line);
        if answers.len() < MOST_LINES {
            answers.insert(place, (line.clone(), new.clone()));
        }
        new
    }
}

/// The ages and sexes that one thread has met, for reference ranges.
#[derive(Debug, Default)]
pub struct KnownPersons {
    ages: AnswerByCell<Option<KnownAge>>,
    sexes: AnswerByCell<Option<Arc<str>>>,
}

impl KnownPersons {
    /// Age and sex of the patient of a case.
    pub fn of(&self, case: &Case<'_>, cells: &mut CellNumbers) -> Person {
        let Demographics { age, sex } = case.demographics();
        let text = |column: &CaseColumn<'_>| case.bytes(column.column);
        let age = age
            .as_ref()
            .and_then(|column| self.ages.of_number(cells.of(case, column), || age_of(&text(column), column)));
        let sex = sex
            .as_ref()
            .and_then(|column| self.sexes.of_number(cells.of(case, column), || sex_of(&text(column), column)));
        Person::new(age, sex)
    }
}

/// What is asked of the cells of one column, answered once for each text that is remembered.
#[derive(Debug, Clone)]
pub struct AnswerByCell<T> {
    answers: RefCell<Vec<Option<T>>>,
}

impl<T> Default for AnswerByCell<T> {
    fn default() -> AnswerByCell<T> {
        AnswerByCell { answers: RefCell::new(Vec::new()) }
    }
}

impl<T: Clone> AnswerByCell<T> {
    /// The answer for a cell.
    pub fn of(&self, known: &KnownCell, answer: impl FnOnce(&CaseCell) -> T) -> T {
        self.of_number(known.number, || answer(&known.cell))
    }

    /// The answer for the cells with the text of this number.
    pub fn of_number(&self, number: Option<usize>, answer: impl FnOnce() -> T) -> T {
        let Some(number) = number else { return answer() };
        let mut answers = self.answers.borrow_mut();
        if number >= answers.len() {
            answers.resize(number.saturating_add(1), None);
        }
        match answers.get_mut(number) {
            Some(slot) => slot.get_or_insert_with(answer).clone(),
            None => answer(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::case::CaseColumns;
    use crate::read::Block;
    use crate::schema::{Role, Variable};
    use proptest::prelude::*;

    proptest! {
        /// Its twin interprets each cell anew.
        #[test]
        fn a_known_cell_is_what_it_would_be_by_itself(
            cells in prop::collection::vec(("[<>]?[0-9]{0,2}( months)?|normal|", "[MF]?", "a|a;b|b: none"), 1..40),
        ) {
            let of = |header: &str, role, kind| Variable { role, kind, delimiter: Some(';'), ..Variable::new(header) };
            let variables =
                [of("age", Role::Age, Kind::Number), of("sex", Role::Sex, Kind::Category), of("tx", Role::Treatment, Kind::Lines)];
            let column = |(column, variable)| CaseColumn {
                column,
                rules: CellRules { variable, decimal_comma: false, extra_missing: &[] },
            };
            let columns = CaseColumns::new(variables.iter().enumerate().map(column).collect(), None);
            let mut block = Block { width: 3, ..Block::default() };
            for (age, sex, lines) in &cells {
                [age, sex, lines].into_iter().for_each(|cell| block.push_cell(cell));
            }
            let (mut known, persons) = (KnownCells::default(), KnownPersons::default());
            let states: AnswerByCell<String> = AnswerByCell::default();
            let pairs: AnswerByPair<(CaseCell, CaseCell)> = AnswerByPair::default();
            for row in 0..block.rows() {
                let case = Case::new(&block, row, &columns);
                let found: Vec<KnownCell> = columns.all().iter().map(|column| known.of(&case, column)).collect();
                for (column, found) in columns.all().iter().zip(&found) {
                    prop_assert_eq!(&*found.cell, &case.cell(column));
                }
                let [age, sex, _] = &found[..] else { return Ok(()) };
                prop_assert_eq!(states.of(age, |cell| format!("{cell:?}")), format!("{:?}", age.cell));
                prop_assert_eq!(pairs.of(age, sex, |a, b| (a.clone(), b.clone())), ((*age.cell).clone(), (*sex.cell).clone()));
                let (person, by_itself) = (persons.of(&case, known.numbers()), case.person());
                prop_assert_eq!((person.age_years, person.sex), (by_itself.age_years, by_itself.sex));
            }
        }
    }
}
