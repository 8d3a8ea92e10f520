//! Composes more columns of a block: a set of the cells of several columns, and each part of a column of two things.
//!
//! Tallies, groups, filters and listings read the cells of a block by column: they can read a set
//! of several columns, and the age of `12/F`, like any other column. Each distinct combination is composed once.

use super::cell::{CellRules, missing};
use super::one_hot::{Composed, compose};
use crate::read::Block;
use crate::read::block::{ITEM, UNSPLIT};
use crate::schema::Variable;
use crate::schema::parts::{ColumnPart, Part};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Most distinct combinations that are remembered.
const REMEMBERED: usize = 1 << 14;

/// Composes all columns that are not in the file, in one thread.
#[derive(Debug)]
pub struct Composer<'a> {
    /// By their number behind the columns of the file; `None` for one that is not used.
    columns: Vec<Option<AddedColumn<'a>>>,
}

/// A column that is not in the file.
#[derive(Debug)]
enum AddedColumn<'a> {
    Set(SetOfColumns<'a>),
    Part(PartOfColumn<'a>),
}

/// A combination of cells at its first occurrence, or at each occurrence if it is not remembered.
#[derive(Debug)]
pub struct Combination<'m> {
    /// The records.
    pub block: &'m Block,
    /// The row of the record.
    pub row: usize,
    /// The set.
    pub set: &'m Variable,
    /// The cells of its columns.
    pub cells: &'m [Cow<'m, str>],
    /// The composed cell.
    pub composed: &'m Composed,
}

impl<'a> Composer<'a> {
    /// A composer for those variables that are sets of several columns, or parts of one, each with its column, which
    /// is numbered after those of the file; `names` are those of the file.
    pub fn new(variables: impl Iterator<Item = (CellRules<'a>, usize)>, names: &[String]) -> Composer<'a> {
        let mut columns: Vec<Option<AddedColumn<'a>>> = Vec::new();
        for (rules, column) in variables {
            let composed = match (&rules.variable.part, rules.variable.members.is_empty()) {
                (Some(of), _) => AddedColumn::Part(PartOfColumn::new(rules, of, names)),
                (None, false) => AddedColumn::Set(SetOfColumns::new(rules, names)),
                (None, true) => continue,
            };
            let Some(at) = column.checked_sub(names.len()) else { continue };
            if at >= columns.len() {
                columns.resize_with(at.saturating_add(1), || None);
            }
            if let Some(slot) = columns.get_mut(at) {
                *slot = Some(composed);
            }
        }
        Composer { columns }
    }

    /// Adds the composed cells to a block; `met` is called with each new combination of a set.
    pub fn compose(&mut self, block: &mut Block, mut met: impl FnMut(Combination<'_>)) {
        if self.columns.is_empty() {
            return;
        }
        let mut composed = block.composed.take().unwrap_or_default();
        composed.clear();
        composed.width = self.columns.len();
        for row in 0..block.rows() {
            for column in &mut self.columns {
                match column {
                    Some(AddedColumn::Set(set)) => set.push(block, row, &mut composed, &mut met),
                    Some(AddedColumn::Part(part)) => part.push(block, row, &mut composed),
                    None => composed.push_cell(""),
                }
            }
        }
        block.composed = Some(composed);
    }

    /// The remembered combinations: the set, the composed cell, and the number of cases.
    pub fn remembered(&self) -> impl Iterator<Item = (&'a Variable, &Composed, u64)> {
        let sets = self.columns.iter().filter_map(|column| match column {
            Some(AddedColumn::Set(set)) => Some(set),
            Some(AddedColumn::Part(_)) | None => None,
        });
        sets.flat_map(|set| set.known.iter().map(|(composed, cases)| (set.rules.variable, composed, *cases)))
    }
}

/// One part of the cells of a column.
#[derive(Debug)]
struct PartOfColumn<'a> {
    rules: CellRules<'a>,
    part: Part,
    /// `None` for a column that no JSON case has had yet.
    column: Option<usize>,
    /// The part of each text.
    known: FxHashMap<Vec<u8>, String>,
}

impl<'a> PartOfColumn<'a> {
    fn new(rules: CellRules<'a>, of: &ColumnPart, names: &[String]) -> PartOfColumn<'a> {
        let column = names.iter().position(|name| *name == of.header);
        PartOfColumn { rules, part: of.part, column, known: FxHashMap::default() }
    }

    fn push(&mut self, block: &Block, row: usize, to: &mut Block) {
        let text = cell(block, row, self.column);
        if let Some(known) = self.known.get(&*text) {
            return to.push_cell(known);
        }
        let part = self.part_of(&String::from_utf8_lossy(&text));
        to.push_cell(&part);
        if self.known.len() < REMEMBERED {
            self.known.insert(text.into_owned(), part);
        }
    }

    /// This part of a text; a missing token as it stands; the whole text with a mark where it does not hold both parts.
    fn part_of(&self, text: &str) -> String {
        let is_missing = |text: &str| missing(text, &self.rules).is_some();
        if is_missing(text) {
            return text.to_owned();
        }
        // `["12", "F"]` of JSON says the same as `12/F`.
        let list = text.strip_prefix(ITEM).map(|list| list.replace(ITEM, "/"));
        let whole = list.as_deref().unwrap_or(text);
        let part = self.part.of(whole, self.rules.variable.unit.as_deref(), is_missing);
        part.unwrap_or_else(|| format!("{UNSPLIT}{text}"))
    }
}

#[derive(Debug)]
struct SetOfColumns<'a> {
    rules: CellRules<'a>,
    /// The columns of the members; `None` for one that no JSON case has had yet.
    columns: Vec<Option<usize>>,
    /// The index in `known` of each combination of cells.
    indices: FxHashMap<Vec<u8>, usize>,
    known: Vec<(Composed, u64)>,
    /// The cells of one patient, each with its length; a reused buffer.
    joined: Vec<u8>,
}

impl<'a> SetOfColumns<'a> {
    fn new(rules: CellRules<'a>, names: &[String]) -> SetOfColumns<'a> {
        let index = |header: &String| names.iter().position(|name| name.trim() == header);
        let columns = rules.variable.members.iter().map(|member| index(&member.variable.header)).collect();
        SetOfColumns { rules, columns, indices: FxHashMap::default(), known: Vec::new(), joined: Vec::new() }
    }

    fn push(&mut self, block: &Block, row: usize, to: &mut Block, met: &mut impl FnMut(Combination<'_>)) {
        let is_short = self.join(block, row);
        if let Some(index) = self.indices.get(&self.joined).filter(|_| is_short)
            && let Some((composed, cases)) = self.known.get_mut(*index)
        {
            *cases = cases.saturating_add(1);
            return to.push_cell(&composed.text);
        }
        let composed = self.meet(block, row, met);
        to.push_cell(&composed.text);
        if is_short && self.known.len() < REMEMBERED {
            self.indices.insert(self.joined.clone(), self.known.len());
            self.known.push((composed, 1));
        }
    }

    /// Joins the cells of a patient so that different cells give different texts; false if a cell is too long for
    /// that.
    fn join(&mut self, block: &Block, row: usize) -> bool {
        self.joined.clear();
        for column in &self.columns {
            let text = cell(block, row, *column);
            let Ok(length) = u8::try_from(text.len()) else { return false };
            self.joined.push(length);
            self.joined.extend_from_slice(&text);
        }
        true
    }

    #[cold]
    fn meet(&self, block: &Block, row: usize, met: &mut impl FnMut(Combination<'_>)) -> Composed {
        let bytes: Vec<Cow<'_, [u8]>> = self.columns.iter().map(|column| cell(block, row, *column)).collect();
        let cells: Vec<Cow<'_, str>> = bytes.iter().map(|cell| String::from_utf8_lossy(cell)).collect();
        let composed = compose(self.rules.variable, &cells, &self.rules);
        met(Combination { block, row, set: self.rules.variable, cells: &cells, composed: &composed });
        composed
    }
}

fn cell(block: &Block, row: usize, column: Option<usize>) -> Cow<'_, [u8]> {
    column.map_or(Cow::Borrowed(&[]), |column| block.cell(row, column).text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Kind, Member};
    use proptest::prelude::*;

    fn variable() -> Variable {
        let member = |name: &str| Member {
            variable: Variable { kind: Kind::Binary, ..Variable::new(name) },
            item: name.to_uppercase(),
        };
        Variable { kind: Kind::Set, members: ["a", "b"].map(member).to_vec(), ..Variable::new("s") }
    }

    fn composed(rows: &[[String; 2]]) -> (Vec<String>, u64) {
        let variable = variable();
        let rules = CellRules { variable: &variable, decimal_comma: false, extra_missing: &[] };
        let mut composer = Composer::new([(rules, 2)].into_iter(), &["b".to_owned(), "a".to_owned()]);
        let mut block = Block { width: 2, ..Block::default() };
        rows.iter().flatten().for_each(|cell| block.push_cell(cell));
        let mut said = Vec::new();
        composer.compose(&mut block, |met| said.push(!met.composed.unreadable.is_empty()));
        let said = said.into_iter().filter(|is_unreadable| *is_unreadable).count() as u64;
        let texts: Vec<String> =
            block.cells(2, 0..rows.len()).map(|cell| String::from_utf8(cell.text().into_owned()).unwrap()).collect();
        assert!((0..rows.len()).all(|row| block.cell(row, 2).text() == texts[row].as_bytes()));
        assert!(rows.is_empty() || composer.remembered().map(|(_, _, cases)| cases).sum::<u64>() <= rows.len() as u64);
        (texts, said)
    }

    proptest! {
        #[test]
        fn what_is_remembered_is_what_each_case_would_be_by_itself(rows in prop::collection::vec(["1|0|yes||x{253,256}|1\u{1e}1", "1|0|no||2"], 0..40)) {
            let one_by_one: Vec<String> = rows.iter().flat_map(|row| composed(std::slice::from_ref(row)).0).collect();
            prop_assert_eq!(composed(&rows).0, one_by_one);
        }
    }

    #[test]
    fn a_combination_is_told_of_once() {
        let row = |b: &str, a: &str| [b.to_owned(), a.to_owned()];
        let (texts, said) = composed(&[row("0", "1"), row("5", "0"), row("5", "0"), row("0", "1"), row("1", "1")]);
        assert_eq!((texts, said), (["\u{1f}A", "", "", "\u{1f}A", "\u{1f}A\u{1f}B"].map(str::to_owned).to_vec(), 1));
    }
}
