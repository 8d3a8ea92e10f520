//! The tally of one column: distinct texts in front, what they mean behind.

use super::cell_findings::{of_line, report};
use super::column_counts::{ColumnCounts, ColumnTables, in_stratum};
use super::limits::Limits;
use super::parts::CellParts;
use super::run::Run;
use crate::cohort::cell::CellRules;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, Findings};
use crate::read::{Cell, excerpt};
use crate::schema::Role;
use crate::schema::infer::{Class, Evidence};
use crate::schema::lexical::{Lexeme, Reading, classify};
use crate::tally::counts::Counts;
use crate::tally::counts::MOST_LEVELS;
use crate::tally::counts::NumberCounts;
use crate::tally::counts::strata::{ALL, Apart, Overlapping, Strata, Stratified, Whole, bits_for};
use crate::tally::counts::texts::{Interned, Texts};
use crate::tally::lines::table::{BESIDE, LineIssue, Patient};
use std::borrow::Cow;

mod plain;
mod runs;

use plain::{BLANK, Plain};

/// Distinct texts kept in front of a tally; a category keeps as many as it may have levels.
const FRONT: usize = 1 << 14;
/// The tally of one column in one thread.
pub struct ColumnTally<'a> {
    rules: CellRules<'a>,
    column: usize,
    mark: u8,
    reading: Reading,
    texts: Texts,
    parts: CellParts,
    book: ColumnTables,
    /// What is counted of plain cells.
    plain: Plain,
    /// What is counted of other cells by what they mean, of all cases and of each group.
    meaning: ColumnCounts,
    groups: Vec<ColumnCounts>,
    /// Each case is in one group: what is counted of all cases is the sum of the groups.
    groups_are_all: bool,
    evidence: Evidence,
    findings: Findings,
    bypassed: Bypassed,
    patient: Patient,
    limits: Option<Limits>,
    /// Records that the loop over the plain ones leaves, kept for its memory.
    left: Vec<(usize, Interned)>,
}

/// Cells that never came to the front, by what they look like.
#[derive(Debug, Default)]
struct Bypassed {
    long: u64,
    words: u64,
    lists: u64,
    lines: u64,
}

/// What the tally of one column comes to.
pub struct ColumnResult {
    /// The counts of all cases; none where only classes were counted.
    pub counts: Option<Counts>,
    /// Those of each group.
    pub groups: Vec<Option<Counts>>,
    /// The lexical classes of all cells.
    pub evidence: Evidence,
    /// What must be said of the cells.
    pub findings: Findings,
}

impl<'a> ColumnTally<'a> {
    /// An empty tally of a column of the file, as its variable says.
    pub fn new(rules: CellRules<'a>, column: usize, reading: Reading) -> ColumnTally<'a> {
        ColumnTally::with(rules, column, reading, ColumnCounts::of(rules.variable.kind))
    }

    /// An empty tally that counts lexical classes only.
    pub fn classes(rules: CellRules<'a>, column: usize, reading: Reading) -> ColumnTally<'a> {
        ColumnTally::with(rules, column, reading, ColumnCounts::Classes)
    }

    fn with(rules: CellRules<'a>, column: usize, reading: Reading, meaning: ColumnCounts) -> ColumnTally<'a> {
        let front = if matches!(meaning, ColumnCounts::Levels(_)) { MOST_LEVELS } else { FRONT };
        let limits = if matches!(meaning, ColumnCounts::Number(_)) { Limits::of(rules.variable) } else { None };
        ColumnTally {
            rules,
            column,
            mark: if rules.decimal_comma { b',' } else { b'.' },
            reading,
            texts: Texts::new(front),
            parts: CellParts::new(&rules),
            book: ColumnTables::default(),
            plain: Plain::default(),
            meaning,
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

    /// True for a column that names the case, whether or not its ids are compared.
    pub fn names_the_case(&self) -> bool {
        self.rules.variable.role == Role::CaseId
    }

    /// Counts the cells of some records.
    pub fn add(&mut self, run: &Run<'_>) {
        let Some((members, groups)) = run.members else { return self.add_run(run, Whole) };
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

    fn add_run<S: Strata>(&mut self, run: &Run<'_>, strata: S) {
        match (&self.meaning, run.beside) {
            (ColumnCounts::Number(_), _) => self.add_numbers(run, strata),
            (ColumnCounts::Text(_), _) => self.add_texts(run, strata),
            (ColumnCounts::Lines(_), Some(beside)) => self.add_beside(run, strata, beside),
            // A list that came as one begins with a delimiter of its own, and so is no plain cell.
            (ColumnCounts::Lines(_) | ColumnCounts::Set(_), _) => self.add_parts(run, strata),
            _ => self.add_levels(run, strata),
        }
    }

    /// Does what is left to do for a text that was counted; one that has no number is counted by what it means.
    fn tend<S: Strata>(&mut self, counted: Interned, text: &[u8], here: CaseRow<'_>, (strata, at): (S, usize)) {
        match counted {
            Interned::Known(_) => {}
            Interned::New(_) => self.meet(&lossy(text), here),
            Interned::Full => {
                self.pass(&lossy(text), here);
                strata.each(at, |stratum| self.add_meaning(&lossy(text), 1, stratum));
            }
        }
    }

    /// Counts cells of one text by what it means; what must be said of them is said once, for all strata.
    #[cold]
    fn add_meaning(&mut self, text: &str, cells: u64, stratum: usize) {
        if let Some(meaning) = in_stratum(&mut self.meaning, &mut self.groups, stratum) {
            meaning.add(text, cells, &self.rules, &mut self.book, &mut self.patient, |_, _| {});
        }
    }

    /// A text for the first time: its class is noted, and what must be said of it.
    #[cold]
    fn meet(&mut self, text: &str, here: CaseRow<'_>) {
        let header = self.rules.variable.header.as_str();
        self.note_class(Class::of(&classify(first_part(text), self.reading)), text, here);
        if let ColumnCounts::Lines(_) = &self.meaning {
            let findings = &mut self.findings;
            self.book.lines.read(text, &self.rules, &mut self.patient, |line, remark| {
                report_line(findings, header, line, remark, here)
            });
        }
        for finding in self.problems(text) {
            report(&mut self.findings, finding.value(excerpt(text.as_bytes())), here, 1);
        }
    }

    /// A text that has no place in the front: understood at once.
    #[cold]
    fn pass(&mut self, text: &str, here: CaseRow<'_>) {
        self.evidence.count(&classify(first_part(text), self.reading), 1);
        self.meet(text, here);
    }

    /// Notes where a class was met first; a thread meets the blocks in the order of the file.
    fn note_class(&mut self, class: Class, text: &str, here: CaseRow<'_>) {
        if self.evidence.first(class).is_none() {
            self.evidence.meet(class, here.location(&self.rules.variable.header), text);
        }
    }

    /// What must be said of a cell with this text; nothing of columns that are withheld.
    fn problems(&self, text: &str) -> Vec<Finding> {
        let mut found = self.meaning.problems(text, &self.rules);
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
        self.book.items.name_all();
        let mut groups = std::mem::take(&mut self.groups);
        if self.groups_are_all {
            groups.iter().for_each(|group| self.meaning.absorb(group));
            self.plain.each(Stratified::sum);
        }
        for (group, meaning) in groups.iter_mut().enumerate() {
            self.settle_group(group + 1, meaning, &texts);
        }
        self.settle_all(&texts);
        if let ColumnCounts::Number(counts) = &self.meaning {
            count_plain(counts, &mut self.evidence);
        }
        for meaning in groups.iter_mut().chain([&mut self.meaning]) {
            if let ColumnCounts::Number(counts) = meaning {
                counts.top_code(self.rules.variable);
            }
        }
        if let ColumnCounts::Lines(tally) = &self.meaning {
            for (remark, cells) in tally.remarks(&self.book.lines) {
                self.findings.count_cells(&of_line(remark, &self.rules.variable.header), cells);
            }
        }
        self.book.lines.name_sequences();
        let groups = groups.into_iter().map(|group| group.into_counts(&self.book)).collect();
        let counts = self.meaning.into_counts(&self.book);
        ColumnResult { counts, groups, evidence: self.evidence, findings: self.findings }
    }

    /// Adds what was counted of plain cells to the meaning of a group.
    fn settle_group(&mut self, stratum: usize, meaning: &mut ColumnCounts, texts: &Texts) {
        let mut add = |text: &str, cells| {
            meaning.add(text, cells, &self.rules, &mut self.book, &mut self.patient, |_, _| {});
        };
        for (number, (text, _)) in texts.iter().enumerate() {
            let cells = self.plain.texts.count(number, stratum);
            if cells > 0 {
                add(&lossy(text), cells);
            }
        }
        match self.plain.cells.count(BLANK, stratum) {
            0 => {}
            blank => add("", blank),
        }
        self.plain.settle(stratum, meaning, &mut self.book);
    }

    /// The same for all cases, with their lexical classes and what must be said of them.
    fn settle_all(&mut self, texts: &Texts) {
        for (text, cells) in texts.iter() {
            let text = lossy(text);
            self.evidence.count(&classify(first_part(&text), self.reading), cells);
            let mut found = self.meaning.add(&text, cells, &self.rules, &mut self.book, &mut self.patient, |_, _| {});
            found.extend(self.limit_finding(&text));
            for finding in found {
                self.findings.count_cells(&finding, cells - 1);
            }
        }
        self.plain.settle(ALL, &mut self.meaning, &mut self.book);
        self.count_passed();
    }

    fn count_passed(&mut self) {
        let Bypassed { long, words, lists, lines } = self.bypassed;
        let blank = self.plain.cells.count(BLANK, ALL);
        if blank > 0 {
            self.evidence.count(&classify("", self.reading), blank);
            self.meaning.add("", blank, &self.rules, &mut self.book, &mut self.patient, |_, _| {});
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

/// A block is UTF-8 unless its file is refused anyway.
fn lossy(text: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(text).map_or_else(|_| String::from_utf8_lossy(text), Cow::Borrowed)
}

/// The treatment cell of a text that holds the response of the patient too.
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

fn report_line(findings: &mut Findings, header: &str, line: &str, remark: &LineIssue, here: CaseRow<'_>) {
    report(findings, of_line(remark, header).value(excerpt(line.as_bytes())), here, 0);
}
