//! One case at a time: its members find their columns, whatever their order.

use super::cell::{is_duration, is_laboratory, write_array, write_duration, write_laboratory};
use super::columns::Columns;
use super::group_member::column_of_member;
use super::members::{name_before, position, read_members};
use super::nested::{DetailNames, JsonValue, Mismatch, NestedFault, NestedMembers, vet};
use super::plain::plain_members;
use super::raw::{RawCase, RawCases};
use super::report;
use super::slot::{ColumnGroup, NewColumn, Slot, SlotText};
use crate::diagnostic::{Finding, FindingId, Findings, KEPT, SourceLocation, pointer_step};
use crate::read::block::{Block, line_ends};
use crate::read::text_number::{OF_TEXT, may_be_thousands};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Groups inside groups.
const DEEPEST_GROUP: usize = 4;
/// More groups than that are no groups of columns.
const MOST_GROUPS: usize = 256;
/// More columns are no columns but ids used as names; a row of all of them would fill the memory.
const MOST_COLUMNS: usize = 10_000;

/// What reading one block of cases yields beside its cells.
pub(super) struct CasesRead {
    /// New columns in order of first appearance.
    pub columns: Vec<String>,
    /// Names of groups.
    pub groups: HashSet<String>,
    /// Errors, which refuse the file.
    pub problems: Findings,
}

/// Reads the cases of a block, one after the other, into the cells of a row.
pub(super) struct RowReader<'a, 'n> {
    raw: &'a RawCases,
    known: &'n Columns,
    /// The case being read, and its number in the block, from 1.
    case: RawCase,
    number: u64,
    /// The column that is expected next: members mostly come in one order.
    next: usize,
    /// One for each known column, then one for each new column.
    slots: Vec<Slot<'a>>,
    new: Vec<NewColumn>,
    new_positions: HashMap<String, usize>,
    group_names: HashSet<String>,
    groups: Vec<ColumnGroup<'a>>,
    scratch: String,
    /// The members of a plain object; a reused buffer.
    plain: Vec<(&'a str, &'a str)>,
    detail: DetailNames<'a>,
    /// For each column: cases with detail, and the last of their findings.
    detailed: BTreeMap<usize, (u64, Option<Finding>)>,
    notes: Findings,
    problems: Findings,
}

impl<'a, 'n> RowReader<'a, 'n> {
    /// A row of the known columns.
    pub fn new(raw: &'a RawCases, known: &'n Columns) -> RowReader<'a, 'n> {
        let empty = Slot { case: 0, group: 0, text: SlotText::Source("") };
        RowReader {
            raw,
            known,
            case: RawCase { start: 0, end: 0, line: 0, number: 0 },
            number: 0,
            next: 0,
            slots: vec![empty; known.len()],
            new: Vec::new(),
            new_positions: HashMap::new(),
            group_names: HashSet::new(),
            groups: Vec::new(),
            scratch: String::new(),
            plain: Vec::new(),
            detail: Vec::new(),
            detailed: BTreeMap::new(),
            notes: Findings::default(),
            problems: Findings::default(),
        }
    }

    /// Reads one case.
    pub fn read(&mut self, case: RawCase, text: &'a str) {
        self.case = case;
        self.number = self.number.saturating_add(1);
        self.next = 0;
        self.scratch.clear();
        self.groups.clear();
        let mut members = std::mem::take(&mut self.plain);
        if plain_members(text, &mut members) {
            for (name, value) in members.drain(..) {
                match value.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
                    Some(inner) => self.fill_text(0, name, inner),
                    None if value == "null" => self.null(0, Cow::Borrowed(name)),
                    None => self.fill(0, name, SlotText::Source(value)),
                }
            }
        } else if let Err(error) = read_members(text, |name, value| self.member(0, name, value)) {
            self.refuse_syntax(&error, text);
        }
        self.plain = members;
    }

    /// Refuses a case with a byte of another encoding.
    pub fn refuse_encoding(&mut self, case: RawCase, at: usize) {
        let bytes = self.raw.bytes.get(case.start..case.end).unwrap_or_default();
        let before = line_ends(bytes.get(..at).unwrap_or_default());
        let location = self.raw.location_on(case.line.saturating_add(before), &case, "");
        self.problems.add(report::not_utf8(location, bytes.get(at).copied().unwrap_or_default()));
    }

    /// Appends the cells of the known columns to a block.
    pub fn write(&self, block: &mut Block) {
        for slot in self.slots.iter().take(self.known.len()) {
            let text = match &slot.text {
                _ if slot.case != self.number => "",
                SlotText::Source(text) => text,
                SlotText::Scratch(range) => self.scratch.get(range.clone()).unwrap_or_default(),
            };
            block.push_cell(text);
        }
    }

    /// What reading the cases yielded beside their cells.
    pub fn finish(mut self, notes: &mut Findings) -> CasesRead {
        for (count, last) in self.detailed.into_values() {
            if let Some(finding) = last {
                self.notes.add_many(finding, count.saturating_sub(KEPT as u64).saturating_add(1));
            }
        }
        notes.merge(self.notes);
        let groups = self.group_names;
        let is_column = |column: &NewColumn| column.has_value || !groups.contains(&column.name);
        let columns = self.new.into_iter().filter(is_column).map(|column| column.name).collect();
        CasesRead { columns, groups, problems: self.problems }
    }

    /// Puts one member where it belongs.
    #[inline]
    fn member(&mut self, group: usize, name: Cow<'a, str>, value: &'a RawValue) {
        let text = value.get();
        match text.as_bytes().first() {
            Some(b'"') => match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
                Some(inner) if !inner.as_bytes().contains(&b'\\') => {
                    self.fill_text(group, &name, inner);
                }
                _ => self.nested(group, name, value),
            },
            Some(b'{' | b'[') => self.nested(group, name, value),
            Some(b'n') => self.null(group, name),
            _ => self.fill(group, &name, SlotText::Source(text)),
        }
    }

    /// An empty cell, unless the name is that of a group.
    fn null(&mut self, group: usize, name: Cow<'a, str>) {
        let is_expected = self.known.name(self.next) == Some(&*name);
        if !is_expected
            && self.known.position(&name).is_none()
            && (self.known.is_group(&name) || self.group_names.contains(&*name))
        {
            self.open_group(group, name);
            return;
        }
        self.fill(group, &name, SlotText::Source(""));
    }

    /// Fills a cell with a text without escapes.
    #[inline]
    fn fill_text(&mut self, group: usize, name: &str, text: &'a str) {
        if !may_be_thousands(text.as_bytes()) {
            return self.fill(group, name, SlotText::Source(text));
        }
        let start = self.scratch.len();
        self.scratch.push_str(text);
        self.scratch.push(OF_TEXT);
        self.fill(group, name, SlotText::Scratch(start..self.scratch.len()));
    }

    /// Fills the cell of a column, or refuses a second filling.
    #[inline]
    fn fill(&mut self, group: usize, name: &str, text: SlotText<'a>) {
        let at = self.column(name);
        let filled = Slot { case: self.number, group, text };
        match self.slots.get_mut(at) {
            Some(slot) if slot.case != self.number && self.groups.is_empty() => *slot = filled,
            _ => self.fill_if_free(at, name, filled),
        }
        if at >= self.known.len() {
            self.note_value(at);
        }
    }

    fn fill_if_free(&mut self, at: usize, name: &str, filled: Slot<'a>) {
        let taken = self.slots.get(at).filter(|slot| slot.case == self.number).map(|slot| slot.group);
        if self.ensure_free(filled.group, name, taken)
            && let Some(slot) = self.slots.get_mut(at)
        {
            *slot = filled;
        }
    }

    /// A new column with one cell that is not null is a column, not a group.
    fn note_value(&mut self, at: usize) {
        let has_value = self.slots.get(at).is_some_and(|slot| !matches!(slot.text, SlotText::Source("")));
        if let Some(new) = at.checked_sub(self.known.len()).and_then(|new| self.new.get_mut(new)) {
            new.has_value |= has_value;
        }
    }

    /// Position of a column; a name not seen before makes a new one.
    #[inline]
    fn column(&mut self, name: &str) -> usize {
        let at = match self.known.name(self.next) {
            Some(expected) if expected == name => self.next,
            _ => self.find_column(name),
        };
        self.next = at.saturating_add(1);
        at
    }

    #[inline(never)]
    fn find_column(&mut self, name: &str) -> usize {
        if let Some(at) = self.known.position(name).or_else(|| self.new_positions.get(name).copied()) {
            return at;
        }
        let at = self.slots.len();
        if at >= MOST_COLUMNS {
            self.problems.add(report::too_many_columns(self.raw.location(&self.case, ""), name, MOST_COLUMNS));
            // There is no such slot, so the cell goes nowhere: the file is refused.
            return usize::MAX;
        }
        self.slots.push(Slot { case: 0, group: 0, text: SlotText::Source("") });
        self.new.push(NewColumn { name: name.to_owned(), has_value: false });
        self.new_positions.insert(name.to_owned(), at);
        at
    }

    /// Reports a name that is taken, by a cell in group `other` or by a group; true where it is free.
    fn ensure_free(&mut self, group: usize, name: &str, other: Option<usize>) -> bool {
        let is_group = self.groups.iter().any(|open| open.parent == group && open.name == name);
        let finding = match other {
            Some(other) if other != group => {
                let earlier = self.raw.location(&self.case, &self.pointer(other, name));
                let earlier = earlier.position.pointer().unwrap_or_default();
                report::name_clash(self.location(group, name, ""), name, earlier)
            }
            None if !is_group => return true,
            _ => report::duplicate_key(self.location(group, name, ""), name),
        };
        self.problems.add(finding.column(name));
        false
    }

    /// A member that is not a plain scalar.
    #[inline(never)]
    fn nested(&mut self, group: usize, name: Cow<'a, str>, value: &'a RawValue) {
        if group == 0
            && let Err(fault) = vet(value.get())
        {
            let finding = match fault {
                NestedFault::Depth => report::too_deep(self.location(group, &name, "")),
                NestedFault::DuplicateKey(inside, key) => {
                    report::duplicate_key(self.location(group, &name, &inside), &key)
                }
            };
            self.problems.add(finding);
            return;
        }
        let start = self.scratch.len();
        let mut detail = std::mem::take(&mut self.detail);
        detail.clear();
        let written = match JsonValue::of(value) {
            Ok(JsonValue::Null) => {
                self.detail = detail;
                return self.null(group, name);
            }
            Ok(JsonValue::Object(members)) if is_duration(&members) => write_duration(&members, &mut self.scratch),
            Ok(JsonValue::Object(members)) if !is_laboratory(&members) => {
                self.detail = detail;
                return self.group(group, name, members);
            }
            Ok(JsonValue::Text(text)) => {
                self.scratch.push_str(&text);
                Ok(())
            }
            Ok(JsonValue::Array(items)) => write_array(&name, &items, &mut self.scratch, &mut detail),
            Ok(JsonValue::Object(members)) => write_laboratory(&members, &mut self.scratch, &mut detail),
            Err(mismatch) => Err(mismatch),
        };
        match written {
            Ok(()) => self.fill(group, &name, SlotText::Scratch(start..self.scratch.len())),
            Err(mismatch) => self.refuse(group, &name, mismatch),
        }
        self.note_detail(group, &name, &detail);
        self.detail = detail;
    }

    /// The members of a group are columns of their own names.
    fn group(&mut self, parent: usize, name: Cow<'a, str>, members: NestedMembers<'a>) {
        if !self.group_names.contains(&*name) {
            self.group_names.insert(name.clone().into_owned());
        }
        if let Some(group) = self.open_group(parent, name.clone()) {
            for (member, value) in members.0 {
                self.member(group, column_of_member(&name, member), value);
            }
        }
    }

    fn open_group(&mut self, parent: usize, name: Cow<'a, str>) -> Option<usize> {
        let column = self.known.position(&name).or_else(|| self.new_positions.get(&*name).copied());
        let slot = column.and_then(|at| self.slots.get(at));
        let taken = slot.filter(|slot| slot.case == self.number && slot.group == parent).map(|slot| slot.group);
        if !self.ensure_free(parent, &name, taken) {
            return None;
        }
        let depth = self.group_of(parent).map_or(1, |around| around.depth.saturating_add(1));
        if depth > DEEPEST_GROUP || self.groups.len() >= MOST_GROUPS {
            let message = format!("groups nest at most {DEEPEST_GROUP} deep, and a case has at most {MOST_GROUPS}");
            let mismatch =
                Mismatch { id: FindingId::JsonDepth, ..Mismatch::new("", message, "move the members one level up") };
            self.refuse(parent, &name, mismatch);
            return None;
        }
        self.groups.push(ColumnGroup { parent, name, depth });
        Some(self.groups.len())
    }

    /// The group of a number from 1; 0 is the case itself.
    fn group_of(&self, number: usize) -> Option<&ColumnGroup<'a>> {
        self.groups.get(number.checked_sub(1)?)
    }

    /// JSON pointer of a member, relative to the case.
    fn pointer(&self, group: usize, name: &str) -> String {
        let around = self.group_of(group).map_or_else(String::new, |open| self.pointer(open.parent, &open.name));
        around + &pointer_step(name)
    }

    fn location(&self, group: usize, name: &str, inside: &str) -> SourceLocation {
        self.raw.location(&self.case, &(self.pointer(group, name) + inside))
    }

    fn refuse(&mut self, group: usize, name: &str, mismatch: Mismatch) {
        let location = self.location(group, name, &mismatch.inside);
        self.problems.add(report::mismatch(location, mismatch).column(name));
    }

    /// Keeps the first findings of a column and counts the others.
    fn note_detail(&mut self, group: usize, name: &str, detail: &[Cow<str>]) {
        if detail.is_empty() {
            return;
        }
        let column = self.find_column(name);
        let (count, _) = self.detailed.entry(column).or_default();
        *count = count.saturating_add(1);
        let count = *count;
        if count <= KEPT as u64 {
            let names: BTreeSet<&str> = detail.iter().map(|name| &**name).collect();
            let finding = report::detail_ignored(self.location(group, name, ""), names.into_iter()).column(name);
            if count < KEPT as u64 {
                self.notes.add(finding);
            } else {
                self.detailed.insert(column, (count, Some(finding)));
            }
        }
    }

    fn refuse_syntax(&mut self, error: &serde_json::Error, text: &str) {
        let (at, line_ends) = position(error, text);
        let location = self.raw.location_on(self.case.line.saturating_add(line_ends), &self.case, "");
        let location = SourceLocation { column: name_before(text.get(..at).unwrap_or_default()), ..location };
        let rest = (at..text.len()).find_map(|at| text.get(at..)).unwrap_or_default();
        self.problems.add(report::syntax(location, error, rest));
    }
}
