//! Which groups the records belong to, a run of them at a time.

use super::judging::Judging;
use crate::cohort::cell::{CellRules, LevelState, SetState, binary, items, level};
use crate::cohort::filter::{Bound, Panel, Truth};
use crate::cohort::row::CaseRow;
use crate::read::Block;
use crate::schema::Kind;
use crate::tally::counts::strata::Members;
use crate::tally::counts::texts::{Interned, Texts};
use crate::tally::counts::{ConditionCounts, FilterCounts};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most groups of a run; a table of more columns is read by no one.
pub const MOST_GROUPS: usize = 200;
/// Distinct texts of the grouping columns whose groups are remembered.
const FRONT: usize = 1 << 14;
/// Between the cells of several grouping columns.
const BETWEEN: u8 = 0x1E;

/// A group of the cases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKey {
    /// Those that the filter keeps.
    Kept,
    /// Those that satisfy a condition, by its number.
    Condition(usize),
    /// Those with these levels of the grouping variables; none where a level is not reported.
    Levels(Vec<Option<String>>),
}

/// Sorts the records of one thread into groups.
pub struct Sorter<'a> {
    by: Vec<(CellRules<'a>, usize)>,
    keep: Option<Bound<'a>>,
    judging: Option<Judging<'a>>,
    id: Option<usize>,
    keys: Vec<GroupKey>,
    /// Groups that are not made of levels; they come first.
    before_levels: usize,
    cases: Vec<u64>,
    filtered: FilterCounts,
    texts: Texts,
    /// The groups of each text.
    known: Vec<Vec<u16>>,
    members: Members,
    too_many: bool,
}

/// What sorts the records.
pub struct Sorting<'a> {
    /// The grouping columns.
    pub by: Vec<(CellRules<'a>, usize)>,
    /// The filter of all cases.
    pub keep: Option<Bound<'a>>,
    /// The conditions put to each case, and for each its number and whether its cases are a group.
    pub conditions: Option<(Panel<'a>, Vec<(usize, bool)>)>,
    /// The column of the case id.
    pub id: Option<usize>,
}

impl<'a> Sorter<'a> {
    /// Groups by the columns `by`, of the cases of which `keep` is true.
    pub fn new(sorting: Sorting<'a>) -> Sorter<'a> {
        let Sorting { by, keep, conditions, id } = sorting;
        let mut keys = if keep.is_some() { vec![GroupKey::Kept] } else { Vec::new() };
        let is_partition =
            keep.is_none() && conditions.is_none() && by.iter().all(|(rules, _)| rules.variable.kind != Kind::Set);
        let judging = conditions.map(|(panel, conditions)| {
            let groups = conditions.into_iter().map(|(number, is_group)| {
                let group = u16::try_from(keys.len()).ok().filter(|_| is_group);
                keys.extend(group.map(|_| GroupKey::Condition(number)));
                (number, group)
            });
            Judging::new(panel, groups.collect())
        });
        Sorter {
            by,
            cases: vec![0; keys.len()],
            before_levels: keys.len(),
            keys,
            keep,
            judging,
            id,
            filtered: FilterCounts::default(),
            texts: Texts::new(FRONT),
            known: Vec::new(),
            members: Members { is_partition, ..Members::default() },
            too_many: false,
        }
    }

    /// Sorts the records of a run; none where there are no groups.
    pub fn sort(&mut self, block: &Block, rows: Range<usize>) -> Option<(&Members, usize)> {
        if self.by.is_empty() && self.keep.is_none() && self.judging.is_none() {
            return None;
        }
        self.members.groups.clear();
        self.members.starts.clear();
        self.members.starts.push(0);
        for row in rows {
            if self.keeps(block, row) {
                self.add(block, row);
                if let Some(judging) = &mut self.judging {
                    let groups = judging.judge(CaseRow { block, row, id: self.id });
                    self.members.groups.extend_from_slice(groups);
                }
            }
            if self.members.is_partition && self.members.groups.len() == self.last_start() {
                // Too many groups: the run ends in an error, and until then no record may be without one.
                self.members.groups.push(0);
            }
            let end = self.members.groups.len();
            for group in self.members.groups.get(self.last_start()..end).unwrap_or_default() {
                if let Some(cases) = self.cases.get_mut(usize::from(*group)) {
                    *cases += 1;
                }
            }
            self.members.starts.push(end as u32);
        }
        // Conditions without further counts make no groups.
        Some((&self.members, self.keys.len())).filter(|(_, groups)| *groups > 0)
    }

    fn last_start(&self) -> usize {
        self.members.starts.last().map_or(0, |start| *start as usize)
    }

    /// True for a record that the filter keeps; what it does is counted.
    fn keeps(&mut self, block: &Block, row: usize) -> bool {
        let Some(keep) = &mut self.keep else { return true };
        let record = CaseRow { block, row, id: None };
        match keep.judge(&record) {
            Truth::True => {
                self.filtered.kept += 1;
                self.members.groups.push(0);
                return true;
            }
            Truth::False => self.filtered.excluded += 1,
            Truth::Unknown => {
                let why = keep.unknown_columns(&record).into_iter().map(str::to_owned).collect();
                *self.filtered.unknown.entry(why).or_default() += 1;
            }
        }
        false
    }

    fn add(&mut self, block: &Block, row: usize) {
        let counted = match self.by.as_slice() {
            [] => return,
            [(_, column)] => self.texts.count_cell(block.cell(row, *column)),
            by => {
                let cells: Vec<_> = by.iter().map(|(_, column)| block.cell(row, *column).text()).collect();
                let text = cells.join(&BETWEEN);
                self.texts.count(&text, text.len())
            }
        };
        match counted {
            Interned::Known(number) => {
                if let Some(groups) = self.known.get(number) {
                    self.members.groups.extend_from_slice(groups);
                }
            }
            Interned::New(_) => {
                let groups = self.groups_of(block, row);
                self.members.groups.extend_from_slice(&groups);
                self.known.push(groups);
            }
            Interned::Full => {
                let groups = self.groups_of(block, row);
                self.members.groups.extend_from_slice(&groups);
            }
        }
    }

    /// The groups of a record: one for each combination of its levels.
    #[cold]
    fn groups_of(&mut self, block: &Block, row: usize) -> Vec<u16> {
        let mut keys: Vec<Vec<Option<String>>> = vec![Vec::new()];
        for (rules, column) in &self.by {
            let text = block.cell(row, *column).text();
            let levels = levels_of(&String::from_utf8_lossy(&text), rules);
            keys = keys
                .into_iter()
                .flat_map(|key| levels.iter().map(move |level| [key.as_slice(), std::slice::from_ref(level)].concat()))
                .collect();
        }
        keys.into_iter().filter_map(|key| self.number(GroupKey::Levels(key))).collect()
    }

    fn number(&mut self, key: GroupKey) -> Option<u16> {
        if let Some(number) = self.keys.iter().position(|known| *known == key) {
            return u16::try_from(number).ok();
        }
        if self.keys.len() > self.before_levels + MOST_GROUPS {
            self.too_many = true;
            return None;
        }
        self.keys.push(key);
        self.cases.push(0);
        u16::try_from(self.keys.len() - 1).ok()
    }

    /// What became of the cases.
    pub fn finish(self) -> Sorted<'a> {
        let groups = self.keys.into_iter().zip(self.cases).collect();
        let (judged, panel) = self.judging.map(Judging::finish).unzip();
        let judged = judged.unwrap_or_default();
        Sorted { groups, filtered: self.filtered, judged, keep: self.keep, panel, too_many: self.too_many }
    }
}

/// What became of the cases of one thread.
pub struct Sorted<'a> {
    /// The groups with their cases.
    pub groups: Vec<(GroupKey, u64)>,
    /// What the filter did.
    pub filtered: FilterCounts,
    /// What each condition came to.
    pub judged: BTreeMap<usize, ConditionCounts>,
    /// The filter, with the levels it met.
    pub keep: Option<Bound<'a>>,
    /// The conditions, with the levels they met.
    pub panel: Option<Panel<'a>>,
    /// There are more groups than any table has columns.
    pub too_many: bool,
}

/// The levels of a cell; one that is not reported, or cannot be read, has none.
fn levels_of(text: &str, rules: &CellRules<'_>) -> Vec<Option<String>> {
    let one = |state| match state {
        LevelState::Level(level) => vec![Some(level)],
        LevelState::Missing(_) | LevelState::Unreadable(_) => vec![None],
    };
    match rules.variable.kind {
        Kind::Binary => one(binary(text, rules)),
        Kind::Set => match items(text, rules) {
            SetState::Missing(_) => vec![None],
            SetState::Items(set) if set.items.is_empty() => vec![Some("none".to_owned())],
            SetState::Items(set) => set.items.into_iter().map(Some).collect(),
        },
        _ => one(level(text, rules)),
    }
}
