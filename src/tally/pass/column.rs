//! The tally of one column: cells are counted by their text, and each distinct text is interpreted once.

use super::cell_findings::{of_line, report};
use super::column_counts::{ColumnCounts, ColumnTables, in_stratum};
use super::limits::Limits;
use super::parts::CellParts;
use super::run::RecordRun;
use crate::cohort::cell::CellRules;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, Findings};
use crate::read::{Cell, excerpt};
use crate::schema::Role;
use crate::schema::infer::{Class, Evidence};
use crate::schema::lexical::{Lexeme, NumberFormat, classify};
use crate::tally::counts::Counts;
use crate::tally::counts::MOST_LEVELS;
use crate::tally::counts::NumberCounts;
use crate::tally::counts::strata::{ALL, Apart, Overlapping, Strata, Stratified, Ungrouped, bits_for};
use crate::tally::counts::texts::{Interned, Texts};
use crate::tally::lines::table::{BESIDE, LineIssue, Patient};
use std::borrow::Cow;

mod plain;
mod runs;

use plain::{BLANK, Plain};

/// Most distinct texts of a column that are counted by text; a category may have as many as levels.
const FRONT: usize = 1 << 14;
/// The tally of one column in one thread.
pub struct ColumnTally<'a> {
    rules: CellRules<'a>,
    column: usize,
    mark: u8,
    reading: NumberFormat,
    texts: Texts,
    parts: CellParts,
    tables: ColumnTables,
    /// The counts of cells that are known without interpreting them.
    plain: Plain,
    /// The counts of interpreted cells, for all cases and for each group.
    counts: ColumnCounts,
    groups: Vec<ColumnCounts>,
    /// Each case is in one group, so that the counts of all cases are the sum of the groups.
    groups_are_all: bool,
    evidence: Evidence,
    findings: Findings,
    bypassed: Bypassed,
    patient: Patient,
    limits: Option<Limits>,
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
    /// The counts of all cases; `None` if only lexical classes were counted.
    pub counts: Option<Counts>,
    /// Those of each group.
    pub groups: Vec<Option<Counts>>,
    /// The lexical classes of all cells.
    pub evidence: Evidence,
    /// Findings about the cells.
    pub findings: Findings,
}

impl<'a> ColumnTally<'a> {
    /// An empty tally of a column, by the kind of its variable.
    pub fn new(rules: CellRules<'a>, column: usize, reading: NumberFormat) -> ColumnTally<'a> {
        ColumnTally::with(rules, column, reading, ColumnCounts::of(rules.variable.kind))
    }

    /// An empty tally that counts lexical classes only.
    pub fn classes(rules: CellRules<'a>, column: usize, reading: NumberFormat) -> ColumnTally<'a> {
        ColumnTally::with(rules, column, reading, ColumnCounts::Classes)
    }

    fn with(rules: CellRules<'a>, column: usize, reading: NumberFormat, counts: ColumnCounts) -> ColumnTally<'a> {
        let front = if matches!(counts, ColumnCounts::Levels(_)) { MOST_LEVELS } else { FRONT };
        let limits = if matches!(counts, ColumnCounts::Number(_)) { Limits::of(rules.variable) } else { None };
        ColumnTally {
            rules,
            column,
            mark: if rules.decimal_comma { b',' } else { b'.' },
            reading,
            texts: Texts::new(front),
            parts: CellParts::new(&rules),
            tables: ColumnTables::default(),
            plain: Plain::default(),
            counts,
            groups: Vec::new(),
            groups_are_all: false,
            evidence: Evidence::default(),
            findings: Findings::default(),
            bypassed: Bypassed::default(),
            patient: Patient::default(),
            limits,
            left: Vec::new(),
        }
    }

    /// True for a column of case IDs, whether or not they are checked for duplicates.
    pub fn names_the_case(&self) -> bool {
        self.rules.variable.role == Role::CaseId
    }

    /// Counts the cells of some records.
    pub fn add(&mut self, run: &RecordRun<'_>) {
        let Some((members, groups)) = run.members else { return self.add_run(run, Ungrouped) };
        if groups > self.groups.len() {
            let kind = self.rules.variable.kind;
            self.groups.resize_with(groups, || ColumnCounts::of(kind));
            self.plain.each(|counts| counts.widen(bits_for(groups)));
        }
        match members.apart() {
            Some(groups) => {
                self.groups_are_all = true;
                self.add_run(run, Apart(groups));
            }
            None => self.add_run(run, Overlapping(members)),
        }
    }

    fn add_run<S: Strata>(&mut self, run: &RecordRun<'_>, strata: S) {
        match (&self.counts, run.beside) {
            (ColumnCounts::Number(_), _) => self.add_numbers(run, strata),
            (ColumnCounts::Text(_), _) => self.add_texts(run, strata),
            (ColumnCounts::Lines(_), Some(beside)) => self.add_beside(run, strata, beside),
            // A list from JSON starts with a delimiter of its own, and so is not a plain cell.
            (ColumnCounts::Lines(_) | ColumnCounts::Set(_), _) => self.add_parts(run, strata),
            _ => self.add_levels(run, strata),
        }
    }

    /// Handles a counted text that is not known yet: notes a new one, and interprets one that the table has no room
    /// for.
    fn handle<S: Strata>(&mut self, counted: Interned, text: &[u8], here: CaseRow<'_>, (strata, at): (S, usize)) {
        match counted {
            Interned::Known(_) => {}
            Interned::New(_) => self.note_new(&lossy(text), here),
            Interned::Full => {
                self.interpret(&lossy(text), here);
                strata.each(at, |stratum| self.add_interpreted(&lossy(text), 1, stratum));
            }
        }
    }

    /// Interprets a text and counts its cells in one stratum; its findings are reported elsewhere, once for all
    /// strata.
    #[cold]
    fn add_interpreted(&mut self, text: &str, cells: u64, stratum: usize) {
        if let Some(counts) = in_stratum(&mut self.counts, &mut self.groups, stratum) {
            counts.add(text, cells, &self.rules, &mut self.tables, &mut self.patient, |_, _| {});
        }
    }

    /// Notes the class of a new text, and reports its findings.
    #[cold]
    fn note_new(&mut self, text: &str, here: CaseRow<'_>) {
        let header = self.rules.variable.header.as_str();
        self.note_class(Class::of(&classify(first_part(text), self.reading)), text, here);
        if let ColumnCounts::Lines(_) = &self.counts {
            let findings = &mut self.findings;
            self.tables.lines.read(text, &self.rules, &mut self.patient, |line, issue| {
                report_line(findings, header, line, issue, here)
            });
        }
        for finding in self.problems(text) {
            report(&mut self.findings, finding.value(excerpt(text.as_bytes())), here, 1);
        }
    }

    /// Interprets a text that the table has no room for.
    #[cold]
    fn interpret(&mut self, text: &str, here: CaseRow<'_>) {
        self.evidence.count(&classify(first_part(text), self.reading), 1);
        self.note_new(text, here);
    }

    /// Notes where a class first occurs; a thread reads its blocks in the order of the file.
    fn note_class(&mut self, class: Class, text: &str, here: CaseRow<'_>) {
        if self.evidence.first(class).is_none() {
            self.evidence.meet(class, here.location(&self.rules.variable.header), text);
        }
    }

    /// The findings about a cell with this text; none for withheld columns.
    fn problems(&self, text: &str) -> Vec<Finding> {
        let mut found = self.counts.problems(text, &self.rules);
        found.extend(self.limit_finding(text));
        found
    }

    fn limit_finding(&self, text: &str) -> Option<Finding> {
        let limits = self.limits.as_ref().filter(|_| !self.rules.variable.is_withheld());
        limits.and_then(|limits| limits.finding(text, &self.rules))
    }

    #[cold]
    fn report_limit(&mut self, cell: Cell<'_>, here: CaseRow<'_>) {
        let text = lossy(cell.raw());
        if let Some(finding) = self.limit_finding(&text) {
            report(&mut self.findings, finding.value(&*text), here, 1);
        }
    }

    /// The counts, the lexical classes and the findings of this thread.
    pub fn finish(mut self) -> ColumnResult {
        let texts = std::mem::replace(&mut self.texts, Texts::new(0));
        self.tables.items.name_all();
        let mut groups = std::mem::take(&mut self.groups);
        if self.groups_are_all {
            groups.iter().for_each(|group| self.counts.absorb(group));
            self.plain.each(Stratified::sum);
        }
        let by_number: Vec<Cow<'_, str>> = texts.iter().map(|(text, _)| lossy(text)).collect();
        for (group, counts) in groups.iter_mut().enumerate() {
            self.settle_group(group + 1, counts, &by_number);
        }
        self.settle_all(&texts);
        if let ColumnCounts::Number(counts) = &self.counts {
            count_plain(counts, &mut self.evidence);
        }
        for meaning in groups.iter_mut().chain([&mut self.counts]) {
            if let ColumnCounts::Number(counts) = meaning {
                counts.top_code(self.rules.variable);
            }
        }
        if let ColumnCounts::Lines(tally) = &self.counts {
            for (issue, cells) in tally.issues(&self.tables.lines) {
                self.findings.count_cells(&of_line(issue, &self.rules.variable.header), cells);
            }
        }
        self.tables.lines.name_sequences();
        let groups = groups.into_iter().map(|group| group.into_counts(&self.tables)).collect();
        let counts = self.counts.into_counts(&self.tables);
        ColumnResult { counts, groups, evidence: self.evidence, findings: self.findings }
    }

    /// Interprets the counted texts of a group and adds them to its counts.
    fn settle_group(&mut self, stratum: usize, counts: &mut ColumnCounts, texts: &[Cow<'_, str>]) {
        let mut add = |text: &str, cells| {
            counts.add(text, cells, &self.rules, &mut self.tables, &mut self.patient, |_, _| {});
        };
        for (number, cells) in self.plain.texts.of(stratum) {
            if let Some(text) = texts.get(number) {
                add(text, cells);
            }
        }
        match self.plain.cells.count(BLANK, stratum) {
            0 => {}
            blank => add("", blank),
        }
        self.plain.settle(stratum, counts, &mut self.tables);
    }

    /// The same for all cases, with their lexical classes and findings.
    fn settle_all(&mut self, texts: &Texts) {
        for (text, cells) in texts.iter() {
            let text = lossy(text);
            self.evidence.count(&classify(first_part(&text), self.reading), cells);
            let mut found = self.counts.add(&text, cells, &self.rules, &mut self.tables, &mut self.patient, |_, _| {});
            found.extend(self.limit_finding(&text));
            for finding in found {
                self.findings.count_cells(&finding, cells - 1);
            }
        }
        self.plain.settle(ALL, &mut self.counts, &mut self.tables);
        self.count_passed();
    }

    fn count_passed(&mut self) {
        let Bypassed { long, words, lists, lines } = self.bypassed;
        let blank = self.plain.cells.count(BLANK, ALL);
        if blank > 0 {
            self.evidence.count(&classify("", self.reading), blank);
            self.counts.add("", blank, &self.rules, &mut self.tables, &mut self.patient, |_, _| {});
        }
        for (class, cells) in [(Class::Long, long), (Class::Word, words)] {
            if cells > 0 {
                self.evidence.count_class(class, cells);
            }
        }
        if let Some(delimiter) = self.parts.delimiter() {
            let of_lines = Lexeme::Lines { delimiter: Some(delimiter), responses: true };
            for (lexeme, cells) in [(Lexeme::List { delimiter }, lists), (of_lines, lines)] {
                if cells > 0 {
                    self.evidence.count(&lexeme, cells);
                }
            }
        }
    }
}

/// Blocks are UTF-8; a file that is not is refused.
fn lossy(text: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(text).map_or_else(|_| String::from_utf8_lossy(text), Cow::Borrowed)
}

/// The treatment cell of a text that also contains the response cell.
fn first_part(text: &str) -> &str {
    text.split(BESIDE).next().unwrap_or(text)
}

fn count_plain(counts: &NumberCounts, evidence: &mut Evidence) {
    for (digits, scale, cells) in counts.dense.iter() {
        let class = if scale == 0 && digits < 2 { Class::ZeroOne } else { Class::Number };
        evidence.count_class(class, cells);
    }
    if counts.wide > 0 {
        evidence.count_class(Class::Number, counts.wide);
    }
}

fn report_line(findings: &mut Findings, header: &str, line: &str, issue: &LineIssue, here: CaseRow<'_>) {
    report(findings, of_line(issue, header).value(excerpt(line.as_bytes())), here, 0);
}
