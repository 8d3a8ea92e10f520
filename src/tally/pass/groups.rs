//! Assigns records to groups, one run of records at a time.

use super::judging::Judging;
use crate::cohort::cell::{CellRules, LevelState, LinesState, SetState, binary, items, level, lines};
use crate::cohort::filter::{BoundFilter, Panel, Truth};
use crate::cohort::lines::Line;
use crate::cohort::row::CaseRow;
use crate::read::Block;
use crate::read::texts::{Interned, Texts};
use crate::schema::Kind;
use crate::tally::counts::names::level_name;
use crate::tally::counts::strata::GroupMembership;
use crate::tally::counts::{ConditionCounts, FilterCounts};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Most distinct texts of the grouping columns whose groups are remembered.
const FRONT: usize = 1 << 14;
/// The group of the cases that the filter does not keep, where it alone forms the groups.
const OTHERS: u16 = 1;
/// Separates the cells of several grouping columns.
const BETWEEN: u8 = 0x1E;

/// A group of the cases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKey {
    /// The cases that the filter keeps.
    Kept,
    /// All other cases, where the filter alone forms the groups: each case is then counted once.
    Others,
    /// The cases that satisfy a condition, by its number.
    Condition(usize),
    /// The cases with these levels of the grouping variables; `None` for a level that is not reported.
    Levels(Vec<Option<String>>),
}

/// Sorts the records of one thread into groups.
pub struct Sorter<'a> {
    by: Vec<(CellRules<'a>, usize)>,
    keep: Option<BoundFilter<'a>>,
    judging: Option<Judging<'a>>,
    id: Option<usize>,
    keys: Vec<GroupKey>,
    /// The number of each group that is formed by levels.
    numbers: FxHashMap<GroupKey, u16>,
    most_groups: usize,
    /// Number of groups that are not formed by levels; they come first.
    before_levels: usize,
    cases: Vec<u64>,
    filtered: FilterCounts,
    texts: Texts,
    /// The groups of each text.
    known: Vec<Vec<u16>>,
    members: GroupMembership,
    too_many: bool,
}

/// What the groups are formed by.
pub struct Sorting<'a> {
    /// The grouping columns.
    pub by: Vec<(CellRules<'a>, usize)>,
    /// The filter of all cases.
    pub keep: Option<BoundFilter<'a>>,
    /// The conditions, and for each of them its number and whether its cases form a group.
    pub conditions: Option<(Panel<'a>, Vec<(usize, bool)>)>,
    /// The column of the case ID.
    pub id: Option<usize>,
    /// Most groups that are formed by levels.
    pub most_groups: usize,
}

impl<'a> Sorter<'a> {
    /// A sorter without records.
    pub fn new(sorting: Sorting<'a>) -> Sorter<'a> {
        let Sorting { by, keep, conditions, id, most_groups } = sorting;
        let has_one_level =
            |(rules, _): &(CellRules<'_>, usize)| !matches!(rules.variable.kind, Kind::Set | Kind::Lines);
        let is_apart = conditions.is_none() && by.iter().all(has_one_level);
        let is_partition = is_apart && (keep.is_none() || by.is_empty());
        let mut keys = match &keep {
            Some(_) if is_partition => vec![GroupKey::Kept, GroupKey::Others],
            Some(_) => vec![GroupKey::Kept],
            None => Vec::new(),
        };
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
            numbers: FxHashMap::default(),
            most_groups,
            keep,
            judging,
            id,
            filtered: FilterCounts::default(),
            texts: Texts::new(FRONT),
            known: Vec::new(),
            members: GroupMembership { is_partition, ..GroupMembership::default() },
            too_many: false,
        }
    }

    /// Assigns the records of a run to groups, and returns them with the number of groups so far; `None` without
    /// groups.
    pub fn sort(&mut self, block: &Block, rows: Range<usize>) -> Option<(&GroupMembership, usize)> {
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
                // Without a filter, there are too many groups, and the pass will end in an error.
                self.members.groups.push(if self.keep.is_some() { OTHERS } else { 0 });
            }
            let end = self.members.groups.len();
            for group in self.members.groups.get(self.last_start()..end).unwrap_or_default() {
                if let Some(cases) = self.cases.get_mut(usize::from(*group)) {
                    *cases += 1;
                }
            }
            self.members.starts.push(end as u32);
        }
        // Conditions without statistics form no groups.
        Some((&self.members, self.keys.len())).filter(|(_, groups)| *groups > 0)
    }

    fn last_start(&self) -> usize {
        self.members.starts.last().map_or(0, |start| *start as usize)
    }

    /// True for a record that the filter keeps; its answer is counted.
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
        // The pass will end in an error: what is counted until then only tells the kinds of the columns.
        if self.too_many {
            return;
        }
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

    /// The groups of a record, one for each combination of its levels.
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
        if let Some(number) = self.numbers.get(&key) {
            return Some(*number);
        }
        // One more than may be reported: the cases whose group is not.
        let has_room = self.keys.len() <= self.before_levels + self.most_groups;
        let Some(number) = u16::try_from(self.keys.len()).ok().filter(|_| has_room) else {
            self.too_many = true;
            return None;
        };
        self.keys.push(key.clone());
        self.cases.push(0);
        self.numbers.insert(key, number);
        Some(number)
    }

    /// The result for all records of the thread.
    pub fn finish(self) -> Sorted<'a> {
        let groups = self.keys.into_iter().zip(self.cases).collect();
        let (judged, panel) = self.judging.map(Judging::finish).unzip();
        let judged = judged.unwrap_or_default();
        Sorted { groups, filtered: self.filtered, judged, keep: self.keep, panel, too_many: self.too_many }
    }
}

/// The groups of the cases of one thread.
pub struct Sorted<'a> {
    /// The groups with their cases.
    pub groups: Vec<(GroupKey, u64)>,
    /// The counts of the filter.
    pub filtered: FilterCounts,
    /// The counts of each condition.
    pub judged: BTreeMap<usize, ConditionCounts>,
    /// The filter, with the levels that occurred.
    pub keep: Option<BoundFilter<'a>>,
    /// The conditions, with the levels that occurred.
    pub panel: Option<Panel<'a>>,
    /// There are more groups than there may be.
    pub too_many: bool,
}

/// The levels of a cell; `None` for a cell that is not reported or cannot be read.
fn levels_of(text: &str, rules: &CellRules<'_>) -> Vec<Option<String>> {
    let one = |state| match state {
        LevelState::Level(level) => vec![Some(level_name(&level).into_owned())],
        LevelState::Missing(_) | LevelState::Unreadable(_) => vec![None],
    };
    match rules.variable.kind {
        Kind::Binary => one(binary(text, rules)),
        Kind::Set => match items(text, rules) {
            SetState::Missing(_) => vec![None],
            SetState::Items(set) if set.items.is_empty() => vec![Some("none".to_owned())],
            SetState::Items(set) => set.items.iter().map(|item| Some(level_name(item).into_owned())).collect(),
        },
        Kind::Lines => match lines(text, rules) {
            LinesState::Missing(_) | LinesState::Unreadable(_) => vec![None],
            LinesState::Lines(lines) if lines.is_empty() => vec![Some("none".to_owned())],
            LinesState::Lines(lines) => agents(&lines).map(Some).collect(),
        },
        Kind::Category | Kind::Number | Kind::Date | Kind::Text => one(level(text, rules)),
    }
}

/// The agents of treatment lines, each once.
fn agents(lines: &[Arc<Line>]) -> impl Iterator<Item = String> {
    let names = lines.iter().flat_map(|line| &line.agents).map(|agent| level_name(&agent.name).into_owned());
    names.collect::<BTreeSet<String>>().into_iter()
}
