//! Cells of one column that must be understood while they are counted: those of sets and treatment lines, which are
//! counted by their parts, and those for which the table of texts has no room.
//!
//! They are understood as the plan of the pass assumes. If the column turns out otherwise, it is read again.

use super::cell_findings::{of_line, of_noise, of_remark, of_unreadable, report};
use super::column_counts::{ColumnCounts, ColumnTables, in_stratum, is_said};
use super::limits::ColumnLimits;
use crate::cohort::cell::{CellRules, CellState, number};
use crate::cohort::cell_parts::CellParts;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Findings, Severity};
use crate::read::excerpt;
use crate::schema::lexical::NumberFormat;
use crate::tally::counts::strata::{Strata, Stratified};
use crate::tally::lines::by_number::LinesByNumber;
use crate::tally::lines::table::{LineIssue, Patient};

/// The index of cells that are certainly a text.
const TEXT: usize = 0;

/// The counts of understood cells, for all cases and for each group.
#[derive(Debug)]
pub struct Interpreted {
    pub counts: ColumnCounts,
    pub groups: Vec<ColumnCounts>,
    pub parts: CellParts,
    pub tables: ColumnTables,
    pub patient: Patient,
    pub findings: Findings,
    /// Cells that are certainly a text.
    long_texts: Stratified,
    /// Patients with each combination of items.
    combinations: Stratified,
    /// Patients by their lines.
    lines: LinesByNumber,
}

impl Interpreted {
    /// Nothing counted yet, of a column that is read by these rules.
    pub fn new(rules: &CellRules<'_>) -> Interpreted {
        Interpreted {
            counts: ColumnCounts::of(rules.variable.kind),
            groups: Vec::new(),
            parts: CellParts::new(rules),
            tables: ColumnTables::default(),
            patient: Patient::default(),
            findings: Findings::default(),
            long_texts: Stratified::default(),
            combinations: Stratified::default(),
            lines: LinesByNumber::default(),
        }
    }

    /// Makes room for more groups.
    pub fn widen(&mut self, groups: usize, bits: u32, rules: &CellRules<'_>) {
        let kind = rules.variable.kind;
        if groups > self.groups.len() {
            self.groups.resize_with(groups, || ColumnCounts::of(kind));
        }
        self.each(|counts| counts.widen(bits));
    }

    fn each(&mut self, what: impl Fn(&mut Stratified)) {
        [&mut self.long_texts, &mut self.combinations].into_iter().for_each(&what);
        self.lines.each(&what);
    }

    /// Makes the counts of all cases the sum of the groups.
    pub fn sum(&mut self) {
        let Interpreted { counts, groups, .. } = self;
        groups.iter().for_each(|group| counts.absorb(group));
        self.each(Stratified::sum);
    }

    /// Counts one text in each stratum of its record.
    #[cold]
    pub fn add_text<S: Strata>(&mut self, text: &str, rules: &CellRules<'_>, (strata, at): (S, usize)) {
        strata.each(at, |stratum| {
            if let Some(counts) = in_stratum(&mut self.counts, &mut self.groups, stratum) {
                counts.add(text, 1, rules, &mut self.tables, &mut self.patient, |_, _| {});
            }
        });
    }

    /// Counts one text of a column of numbers, and reports what is to be said of it; it is read once.
    #[cold]
    pub fn add_number<S: Strata>(
        &mut self,
        text: &str,
        rules: &CellRules<'_>,
        here: CaseRow<'_>,
        (strata, at): (S, usize),
    ) {
        let state = number(text, rules);
        if !rules.variable.is_withheld() {
            self.report_number(text, &state, rules, here);
        }
        strata.each(at, |stratum| {
            if let Some(ColumnCounts::Number(counts)) = in_stratum(&mut self.counts, &mut self.groups, stratum) {
                counts.add_state(state.clone(), 1);
            }
        });
    }

    fn report_number(&mut self, text: &str, state: &CellState, rules: &CellRules<'_>, here: CaseRow<'_>) {
        let header = rules.variable.header.as_str();
        let unreadable = match state {
            CellState::Unreadable(why) if is_said(why, rules) => Some(why),
            _ => None,
        };
        // Of very many only the first are kept: no sentence is made for the others.
        let column = rules.variable.file_header();
        let kept = unreadable
            .filter(|why| !self.findings.count_later((Severity::Warning, why.id(), column), &here.location(column)));
        let kept = kept.map(|why| of_unreadable(why, column, text));
        let beyond = ColumnLimits::of(rules.variable).and_then(|limits| limits.finding_of(state));
        let beside = [of_remark(state, header), of_noise(text, state, header)].into_iter().flatten();
        for finding in kept.into_iter().chain(beyond).chain(beside) {
            report(&mut self.findings, finding.value(excerpt(text.as_bytes())), here, 1);
        }
    }

    /// Reports what is to be said of a text of which only the place is not kept.
    #[cold]
    pub fn report(&mut self, text: &str, rules: &CellRules<'_>, here: CaseRow<'_>) {
        for finding in self.counts.problems(text, rules) {
            report(&mut self.findings, finding.value(excerpt(text.as_bytes())), here, 1);
        }
    }

    /// Reads the lines of a cell, and reports those that are read for the first time and have an issue.
    pub fn read_lines(&mut self, text: &str, rules: &CellRules<'_>, here: CaseRow<'_>) {
        let header = rules.variable.header.as_str();
        let Interpreted { tables, patient, findings, .. } = self;
        let mut new = |line: &str, issue: &LineIssue| {
            report(findings, of_line(issue, header).value(excerpt(line.as_bytes())), here, 0);
        };
        tables.lines.read(text, rules, patient, &mut new);
    }

    /// Learns the parts of a cell that the general reader has read.
    pub fn learn(&mut self, text: &[u8], rules: &CellRules<'_>, reading: NumberFormat) {
        let Interpreted { parts, tables, counts, .. } = self;
        parts.learn(text, reading, |part| match counts {
            ColumnCounts::Set(_) => tables.items.number(part, rules),
            ColumnCounts::Lines(_) => tables.lines.number(part),
            _ => None,
        });
    }

    /// Counts a cell that is certainly a text.
    #[inline]
    pub fn add_long_text<S: Strata>(&mut self, strata: S, at: usize) {
        strata.each(at, |stratum| self.long_texts.add(TEXT, stratum));
    }

    /// Counts one patient by the numbers of the last cell that was cut; false if that is not possible.
    #[inline]
    pub fn add_parts<S: Strata>(&mut self, strata: S, at: usize) -> bool {
        let (numbers, tables) = (self.parts.numbers(), &mut self.tables);
        match &self.counts {
            ColumnCounts::Set(_) => {
                let Some(combination) = tables.items.combination(numbers) else { return false };
                strata.each(at, |stratum| self.combinations.add(combination as usize, stratum));
            }
            ColumnCounts::Lines(_) if self.lines.count(numbers, (strata, at), &mut tables.lines) => {}
            ColumnCounts::Lines(_) => self.add_lines(strata, at),
            _ => return false,
        }
        true
    }

    /// Counts one patient by the lines that were cut last, looked at one by one.
    fn add_lines<S: Strata>(&mut self, strata: S, at: usize) {
        let (numbers, tables) = (self.parts.numbers(), &mut self.tables.lines);
        strata.each(at, |stratum| {
            if let Some(ColumnCounts::Lines(tally)) = in_stratum(&mut self.counts, &mut self.groups, stratum) {
                tally.count_lines(numbers, None, 1, tables);
            }
        });
    }

    /// The counts of all cases; empty ones take their place.
    pub fn take_counts(&mut self) -> ColumnCounts {
        std::mem::replace(&mut self.counts, ColumnCounts::Text(Default::default()))
    }

    /// Adds the cells of a stratum that were counted by number to its counts.
    pub fn settle(&mut self, stratum: usize, counts: &mut ColumnCounts) {
        let tables = &mut self.tables;
        match counts {
            ColumnCounts::Text(counts) => counts.present += self.long_texts.count(TEXT, stratum),
            ColumnCounts::Set(counts) => tables.items.count(self.combinations.of(stratum), counts),
            ColumnCounts::Lines(tally) => self.lines.settle(stratum, tally, &mut tables.lines),
            ColumnCounts::Number(_) | ColumnCounts::Levels(_) | ColumnCounts::Dates(_) => {}
        }
    }
}
