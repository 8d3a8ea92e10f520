//! The tally of one column in one thread: its cells are counted as they are written, and understood at the end.

use super::cell_findings::of_line;
use super::column_counts::ColumnCounts;
use super::interpreted::Interpreted;
use super::limits::ColumnLimits;
use super::places::FirstPlaces;
use super::run::RecordRun;
use super::settle::Settling;
use super::written::{WrittenCells, lossy};
use crate::cohort::cell::{CellRules, UnsplitItems};
use crate::cohort::row::CaseRow;
use crate::diagnostic::Findings;
use crate::read::block::{BESIDE, UNSPLIT};
use crate::read::texts::Interned;
use crate::schema::evidence::{Class, Evidence};
use crate::schema::items::Separators;
use crate::schema::lexical::NumberFormat;
use crate::schema::parts::looks_like;
use crate::schema::{Kind, Role};
use crate::tally::counts::Counts;
use crate::tally::counts::MOST_LEVELS;
use crate::tally::counts::strata::{ALL, Apart, Overlapping, Strata, Ungrouped, bits_for};

mod evidence;
mod loops;

/// Most distinct texts of a column that are counted by text; a category may have as many as levels.
const MOST_TEXTS: usize = 1 << 14;

/// The tally of one column in one thread.
pub struct ColumnTally<'a> {
    /// How the plan assumes the cells to be read.
    assumed: CellRules<'a>,
    column: usize,
    written: WrittenCells,
    /// The cells that were understood as assumed.
    interpreted: Option<Box<Interpreted>>,
    /// Number of groups so far.
    groups: usize,
    /// Each case is in one group, so that the counts of all cases are the sum of the groups.
    groups_are_all: bool,
    /// The first cell of each class that is not in `written`, and the number of such cells.
    /// None of most columns: in a wide file it would be half of the memory.
    evidence: Option<Box<Evidence>>,
    bypassed: Bypassed,
    /// The limits that are assumed: values outside them keep their place.
    limits: Option<ColumnLimits<'a>>,
    /// Each cell may hold several items.
    holds_items: bool,
    unsplit: UnsplitItems,
    /// Records that a loop leaves for later; a reused buffer.
    left: Vec<(usize, Interned)>,
}

/// Cells that were not looked up by text, by lexical class.
#[derive(Debug, Default)]
struct Bypassed {
    long: u64,
    words: u64,
    lists: u64,
    lines: u64,
}

/// The result of the tally of one column.
pub struct ColumnResult {
    /// The counts of all cases.
    pub counts: Counts,
    /// Those of each group.
    pub groups: Vec<Counts>,
    /// Findings about the cells.
    pub findings: Findings,
}

impl<'a> ColumnTally<'a> {
    /// An empty tally of a column that is assumed to be read by these rules.
    pub fn new(assumed: CellRules<'a>, column: usize) -> ColumnTally<'a> {
        let is_tabulated = matches!(assumed.variable.kind, Kind::Category | Kind::Binary | Kind::Date);
        ColumnTally {
            assumed,
            column,
            written: WrittenCells::new(if is_tabulated { MOST_LEVELS } else { MOST_TEXTS }),
            interpreted: None,
            groups: 0,
            groups_are_all: false,
            evidence: None,
            bypassed: Bypassed::default(),
            limits: ColumnLimits::of(assumed.variable),
            holds_items: assumed.variable.holds_items(),
            unsplit: UnsplitItems::default(),
            left: Vec::new(),
        }
    }

    /// True for a column of case IDs, whether or not they are checked for duplicates.
    pub fn names_the_case(&self) -> bool {
        self.assumed.variable.role == Role::CaseId
    }

    /// True where some cells were understood as assumed: the column must be read again if it means something else.
    pub fn is_interpreted(&self) -> bool {
        self.interpreted.is_some()
    }

    /// The evidence of cells that are not in `written`.
    fn noted(&mut self) -> &mut Evidence {
        self.evidence.get_or_insert_default()
    }

    fn has_first(&self, class: Class) -> bool {
        self.evidence.as_ref().is_some_and(|evidence| evidence.first(class).is_some())
    }

    fn class_of(&self, text: &str) -> Class {
        Class::of_text(first_part(text), self.reading())
    }

    fn reading(&self) -> NumberFormat {
        NumberFormat { decimal_comma: self.assumed.decimal_comma, field_delimiter: None }
    }

    /// Counts the cells of some records.
    pub fn add(&mut self, run: &RecordRun<'_>, places: &mut FirstPlaces) {
        let Some((members, groups)) = run.members else { return self.add_run(run, Ungrouped, places) };
        self.written.end_first(true);
        if groups > self.groups {
            self.groups = groups;
            self.written.widen(bits_for(groups));
            if let Some(interpreted) = &mut self.interpreted {
                interpreted.widen(groups, bits_for(groups), &self.assumed);
            }
        }
        match members.apart() {
            Some(groups) => {
                self.groups_are_all = true;
                self.add_run(run, Apart(groups), places);
            }
            None => self.add_run(run, Overlapping(members), places),
        }
    }

    fn add_run<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S, places: &mut FirstPlaces) {
        match (self.assumed.variable.kind, run.beside) {
            (Kind::Number, _) => self.add_numbers(run, strata, places),
            // Each cell that may be a list is looked at.
            (Kind::Text, _) if self.holds_items => self.add_levels(run, strata, places),
            (Kind::Text, _) => self.add_texts(run, strata, places),
            (Kind::Lines, Some(beside)) => self.add_beside(run, strata, beside, places),
            // A list from JSON starts with a delimiter of its own, and so is not a plain cell.
            (Kind::Lines | Kind::Set, _) => self.add_parts(run, strata, places),
            (Kind::Category | Kind::Binary | Kind::Date, _) => self.add_levels(run, strata, places),
        }
    }

    /// The counts of understood cells, which begin with the first of them.
    fn interpreted(&mut self) -> &mut Interpreted {
        let (assumed, groups) = (self.assumed, self.groups);
        self.interpreted.get_or_insert_with(|| no_cells(&assumed, groups))
    }

    /// Understands a text that the table has no room for; true where it holds several items that nothing has split.
    #[cold]
    fn interpret<S: Strata>(&mut self, text: &str, here: CaseRow<'_>, strata: (S, usize)) -> bool {
        let mut is_unsplit = false;
        if let Some(whole) = text.strip_prefix(UNSPLIT) {
            self.noted().count_unpaired(whole, 1);
        } else {
            let reading = self.reading();
            let class = self.noted().count_text(first_part(text), reading, 1);
            self.note_class(class, text, here);
            is_unsplit = self.note_unsplit(text, 1, here);
            if let Some(pair) = looks_like(first_part(text)).filter(|_| !self.holds_items) {
                let location = here.location(self.assumed.variable.file_header());
                self.noted().count_pair(pair, 1, Some(location), text);
            }
        }
        let assumed = self.assumed;
        let interpreted = self.interpreted();
        if let ColumnCounts::Number(_) = interpreted.counts {
            interpreted.add_number(text, &assumed, here, strata);
            return is_unsplit;
        }
        interpreted.report(text, &assumed, here);
        interpreted.add_text(text, &assumed, strata);
        is_unsplit
    }

    /// Notes where a class first occurs; a thread reads its blocks in the order of the file.
    fn note_class(&mut self, class: Class, text: &str, here: CaseRow<'_>) {
        if !self.has_first(class) {
            let location = here.location(self.assumed.variable.file_header());
            self.noted().meet(class, location, text);
        }
    }

    /// Notes a cell of several items that nothing has split; false for any other one.
    fn note_unsplit(&mut self, text: &str, cells: u64, here: CaseRow<'_>) -> bool {
        let separators =
            if self.holds_items { self.unsplit.of(first_part(text), &self.assumed) } else { Separators::NONE };
        if !separators.is_empty() {
            let location = here.location(self.assumed.variable.file_header());
            self.noted().count_unsplit(separators, cells, Some(location), first_part(text));
        }
        !separators.is_empty()
    }

    /// The counts and the findings of this thread, once it is decided how the cells are read.
    ///
    /// A column with interpreted cells must be read as was assumed.
    pub fn finish(mut self, rules: CellRules<'_>, places: &FirstPlaces) -> ColumnResult {
        let mut interpreted = self.interpreted.take().unwrap_or_else(|| Box::new(Interpreted::new(&rules)));
        interpreted.widen(self.groups, 0, &rules);
        let mut settling = Settling {
            rules,
            written: &self.written,
            places,
            limits: ColumnLimits::of(rules.variable),
            is_reported: matches!(self.assumed.variable.kind, Kind::Set | Kind::Lines),
            findings: std::mem::take(&mut interpreted.findings),
        };
        let (mut counts, mut groups) = (interpreted.take_counts(), std::mem::take(&mut interpreted.groups));
        interpreted.tables.items.name_all();
        if rules.variable.kind == Kind::Lines {
            let Interpreted { tables, patient, .. } = &mut *interpreted;
            settling.read_lines(tables, patient);
        }
        for (group, counts) in groups.iter_mut().enumerate() {
            settling.add(group + 1, counts, &mut interpreted);
        }
        settling.add(ALL, &mut counts, &mut interpreted);
        let mut findings = settling.findings;
        if let ColumnCounts::Lines(tally) = &counts {
            for (issue, cells) in tally.issues(&interpreted.tables.lines) {
                findings.count_cells(&of_line(issue, &rules.variable.header), cells);
            }
        }
        interpreted.tables.lines.name_sequences();
        let tables = &interpreted.tables;
        let groups = groups.into_iter().map(|group| group.into_counts(tables)).collect();
        ColumnResult { counts: counts.into_counts(tables), groups, findings }
    }
}

/// The counts of understood cells before the first of them.
#[cold]
fn no_cells(assumed: &CellRules<'_>, groups: usize) -> Box<Interpreted> {
    let mut interpreted = Box::new(Interpreted::new(assumed));
    interpreted.widen(groups, bits_for(groups), assumed);
    interpreted
}

/// The treatment cell of a text that also contains the response cell.
fn first_part(text: &str) -> &str {
    text.split(BESIDE).next().unwrap_or(text)
}
