//! The tally of one column: distinct texts in front, what they mean behind.

use super::dense::plain_number;
use super::level::{DateCounts, LevelCounts, MOST_LEVELS, TextCounts};
use super::lines::{LineCounts, LinesTally, Patient, Remark};
use super::number::NumberCounts;
use super::place::Here;
use super::set::SetCounts;
use super::texts::{Counted, Texts};
use crate::cohort::Unreadable;
use crate::cohort::cell::{CellRules, Items};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::read::{Block, Cell, excerpt};
use crate::schema::infer::{Class, Evidence};
use crate::schema::lexical::{LONG, Reading, classify};
use crate::schema::{Kind, Variable};

/// Distinct texts kept in front of a tally; a category keeps as many as it may have levels.
const FRONT: usize = 1 << 14;

/// What the cells of a column mean, counted.
#[derive(Debug)]
enum Meaning {
    Number(NumberCounts),
    Levels(LevelCounts),
    Set(SetCounts),
    Dates(DateCounts),
    Lines(Box<LinesTally>),
    Text(TextCounts),
    /// Only the lexical classes are counted, before the kind is known.
    Classes,
}

/// The counts of one column, of all threads.
#[derive(Debug, Clone, PartialEq)]
pub enum Counts {
    /// Of a number column.
    Number(NumberCounts),
    /// Of a category or binary column.
    Levels(LevelCounts),
    /// Of a set column.
    Set(SetCounts),
    /// Of a date column.
    Dates(DateCounts),
    /// Of the treatment column.
    Lines(Box<LineCounts>),
    /// Of a text column.
    Text(TextCounts),
}

impl Counts {
    /// Adds the counts of another part of the same column.
    pub fn merge(&mut self, other: Counts) {
        match (self, other) {
            (Counts::Number(ours), Counts::Number(theirs)) => ours.merge(theirs),
            (Counts::Levels(ours), Counts::Levels(theirs)) => ours.merge(theirs),
            (Counts::Set(ours), Counts::Set(theirs)) => ours.merge(theirs),
            (Counts::Dates(ours), Counts::Dates(theirs)) => ours.merge(theirs),
            (Counts::Lines(ours), Counts::Lines(theirs)) => ours.merge(*theirs),
            (Counts::Text(ours), Counts::Text(theirs)) => ours.merge(theirs),
            // Both come from one schema.
            _ => {}
        }
    }
}

/// The tally of one column in one thread.
pub struct ColumnTally<'a> {
    rules: CellRules<'a>,
    column: usize,
    mark: u8,
    reading: Reading,
    texts: Texts,
    meaning: Meaning,
    evidence: Evidence,
    findings: Findings,
    /// Cells of sets and lines that passed the full front without a look at their class.
    passed: u64,
    patient: Patient,
    limits: Option<Limits>,
}

impl<'a> ColumnTally<'a> {
    /// An empty tally of a column of the file, as its variable says.
    pub fn new(rules: CellRules<'a>, column: usize, reading: Reading) -> ColumnTally<'a> {
        let meaning = match rules.variable.kind {
            Kind::Number => Meaning::Number(NumberCounts::default()),
            Kind::Category | Kind::Binary => Meaning::Levels(LevelCounts::default()),
            Kind::Set => Meaning::Set(SetCounts::default()),
            Kind::Date => Meaning::Dates(DateCounts::default()),
            Kind::Lines => Meaning::Lines(Box::default()),
            Kind::Text => Meaning::Text(TextCounts::default()),
        };
        ColumnTally::with(rules, column, reading, meaning)
    }

    /// An empty tally that counts lexical classes only.
    pub fn classes(rules: CellRules<'a>, column: usize, reading: Reading) -> ColumnTally<'a> {
        ColumnTally::with(rules, column, reading, Meaning::Classes)
    }

    fn with(rules: CellRules<'a>, column: usize, reading: Reading, meaning: Meaning) -> ColumnTally<'a> {
        let front = if matches!(meaning, Meaning::Levels(_)) { MOST_LEVELS } else { FRONT };
        let limits = if matches!(meaning, Meaning::Number(_)) { Limits::of(rules.variable) } else { None };
        ColumnTally {
            rules,
            column,
            mark: if rules.decimal_comma { b',' } else { b'.' },
            reading,
            texts: Texts::new(front),
            meaning,
            evidence: Evidence::default(),
            findings: Findings::default(),
            passed: 0,
            patient: Patient::default(),
            limits,
        }
    }

    /// The column of the file.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Counts the cells of a block; `beside` is the column of the patient's own response, if any.
    pub fn add_block(&mut self, block: &Block, id: Option<usize>, beside: Option<usize>) {
        match (&self.meaning, beside) {
            (Meaning::Number(_), _) => self.add_numbers(block, id),
            (Meaning::Text(_), _) => self.add_texts(block, id),
            (Meaning::Lines(_), Some(beside)) => self.add_beside(block, id, beside),
            _ => {
                for row in 0..block.rows() {
                    self.add_text(block.cell(row, self.column), Here { block, row, id });
                }
            }
        }
    }

    fn add_numbers(&mut self, block: &Block, id: Option<usize>) {
        for row in 0..block.rows() {
            let cell = block.cell(row, self.column);
            if let Some((digits, scale)) = cell.plain().and_then(|text| plain_number(text, self.mark)) {
                let Meaning::Number(counts) = &mut self.meaning else { return };
                if counts.dense.add(digits, scale) {
                    if self.limits.as_ref().is_some_and(|limits| limits.exclude(digits, scale)) {
                        self.report_limit(cell, Here { block, row, id });
                    }
                    continue;
                }
            }
            self.add_text(cell, Here { block, row, id });
        }
    }

    fn add_texts(&mut self, block: &Block, id: Option<usize>) {
        for row in 0..block.rows() {
            let cell = block.cell(row, self.column);
            // No missing token is longer than this.
            if cell.raw().len() <= 32 {
                self.add_text(cell, Here { block, row, id });
                continue;
            }
            let long = cell.raw().len() > LONG;
            if long && self.evidence.first(Class::Long).is_none() {
                let text = String::from_utf8_lossy(&cell.text()).into_owned();
                self.evidence.meet(Class::Long, Here { block, row, id }.place(&self.rules.variable.header), &text);
            }
            self.passed += u64::from(long);
            if let Meaning::Text(counts) = &mut self.meaning {
                counts.present += 1;
            }
        }
    }

    fn add_beside(&mut self, block: &Block, id: Option<usize>, beside: usize) {
        let mut both = Vec::new();
        for row in 0..block.rows() {
            both.clear();
            both.extend_from_slice(&block.cell(row, self.column).text());
            both.push(super::lines::BESIDE as u8);
            both.extend_from_slice(&block.cell(row, beside).text());
            self.add_bytes(&both, Here { block, row, id });
        }
    }

    #[inline]
    fn add_text(&mut self, cell: Cell<'_>, here: Here<'_>) {
        match cell.plain() {
            Some(text) => self.add_bytes(text, here),
            None => self.add_bytes(&cell.text(), here),
        }
    }

    #[inline]
    fn add_bytes(&mut self, text: &[u8], here: Here<'_>) {
        match self.texts.count(text) {
            Counted::Known => {}
            Counted::New(_) => self.meet(text, here),
            Counted::Full => self.pass(text, here),
        }
    }

    /// A text for the first time: its class is noted, and what must be said of it.
    #[cold]
    fn meet(&mut self, text: &[u8], here: Here<'_>) {
        let text = String::from_utf8_lossy(text);
        let header = self.rules.variable.header.as_str();
        let class = Class::of(&classify(first_part(&text), self.reading));
        // A thread meets the blocks in the order of the file.
        if self.evidence.first(class).is_none() {
            self.evidence.meet(class, here.place(header), &text);
        }
        if text == header && here.repeats_header(self.column, header) {
            self.findings.add(super::guard::repeated_header().at(here.place(header)).value(&*text));
        }
        if let Some(total) = super::guard::totals_row(&text, self.column) {
            self.findings.add(total.at(here.place(header)).value(&*text));
        }
        if let Some(units) = super::guard::units_row(&text, here) {
            self.findings.add(units.at(here.place(header)).value(&*text));
        }
        if let Meaning::Lines(tally) = &mut self.meaning {
            let (findings, header) = (&mut self.findings, header);
            let new = |line: &str, remark: &Remark| {
                report(findings, of_line(remark, header).value(excerpt(line.as_bytes())), here, 0)
            };
            tally.read(&text, &self.rules, &mut self.patient, new);
            return;
        }
        for finding in self.problems(&text) {
            report(&mut self.findings, finding.value(excerpt(text.as_bytes())), here, 1);
        }
    }

    /// A text that has no place in the front: understood at once.
    #[cold]
    fn pass(&mut self, text: &[u8], here: Here<'_>) {
        if matches!(self.meaning, Meaning::Set(_) | Meaning::Lines(_) | Meaning::Text(_)) {
            self.passed += 1;
            if let Meaning::Lines(tally) = &mut self.meaning {
                let (findings, header) = (&mut self.findings, &self.rules.variable.header);
                let new = |line: &str, remark: &Remark| {
                    report(findings, of_line(remark, header).value(excerpt(line.as_bytes())), here, 0)
                };
                tally.read(&String::from_utf8_lossy(text), &self.rules, &mut self.patient, new);
                tally.count(&self.patient, 1);
                return;
            }
        } else {
            self.evidence.count(&classify(&String::from_utf8_lossy(text), self.reading), 1);
        }
        let text = String::from_utf8_lossy(text);
        for finding in self.problems(&text) {
            report(&mut self.findings, finding.value(excerpt(text.as_bytes())), here, 1);
        }
        self.understand(&text, 1);
    }

    fn understand(&mut self, text: &str, cells: u64) {
        match &mut self.meaning {
            Meaning::Number(counts) => {
                counts.add(text, cells, &self.rules);
            }
            Meaning::Levels(counts) => {
                counts.add(text, cells, &self.rules);
            }
            Meaning::Dates(counts) => {
                counts.add(text, cells, &self.rules);
            }
            Meaning::Set(counts) => {
                counts.add(text, cells, &self.rules);
            }
            Meaning::Text(counts) => counts.add(text, cells, &self.rules),
            Meaning::Lines(tally) => {
                tally.read(text, &self.rules, &mut self.patient, |_, _| {});
                tally.count(&self.patient, cells);
            }
            Meaning::Classes => {}
        }
    }

    /// What must be said of a cell with this text; nothing of columns that are withheld.
    fn problems(&self, text: &str) -> Vec<Finding> {
        let (rules, header) = (&self.rules, self.rules.variable.header.as_str());
        let unreadable = |why: Option<Unreadable>| why.map(|why| of_unreadable(&why, header)).into_iter().collect();
        match &self.meaning {
            _ if rules.variable.is_withheld() => Vec::new(),
            Meaning::Number(_) => {
                let mut counts = NumberCounts::default();
                let mut found: Vec<Finding> = unreadable(counts.add(text, 1, rules));
                found.extend(self.limits.as_ref().and_then(|limits| limits.finding(&counts, header)));
                found
            }
            Meaning::Levels(_) => unreadable(LevelCounts::default().add(text, 1, rules)),
            Meaning::Dates(_) => unreadable(DateCounts::default().add(text, 1, rules)),
            Meaning::Set(_) => {
                SetCounts::default().add(text, 1, rules).map_or(Vec::new(), |items| of_items(&items, header))
            }
            Meaning::Text(_) | Meaning::Lines(_) | Meaning::Classes => Vec::new(),
        }
    }

    fn report_limit(&mut self, cell: Cell<'_>, here: Here<'_>) {
        let text = String::from_utf8_lossy(&cell.text()).into_owned();
        for finding in self.problems(&text) {
            report(&mut self.findings, finding.value(text.as_str()), here, 1);
        }
    }

    /// The counts, the lexical classes and the findings of this thread.
    pub fn finish(mut self) -> (Option<Counts>, Evidence, Findings) {
        let texts = std::mem::replace(&mut self.texts, Texts::new(0));
        for (text, cells) in texts.iter() {
            let text = String::from_utf8_lossy(text);
            self.evidence.count(&classify(first_part(&text), self.reading), cells);
            for finding in self.problems(&text) {
                self.findings.count_cells(&finding, cells.saturating_sub(1));
            }
            self.understand(&text, cells);
        }
        let passed = match self.meaning {
            Meaning::Set(_) => Class::List,
            Meaning::Lines(_) => Class::Lines,
            _ => Class::Long,
        };
        self.evidence.count_class(passed, self.passed);
        let counts = match self.meaning {
            Meaning::Number(counts) => {
                count_dense(&counts, &mut self.evidence);
                Some(Counts::Number(counts))
            }
            Meaning::Levels(counts) => Some(Counts::Levels(counts)),
            Meaning::Set(counts) => Some(Counts::Set(counts)),
            Meaning::Dates(counts) => Some(Counts::Dates(counts)),
            Meaning::Text(counts) => Some(Counts::Text(counts)),
            Meaning::Lines(tally) => {
                for (remark, cells) in tally.remarks() {
                    self.findings.count_cells(&of_line(remark, &self.rules.variable.header), cells);
                }
                Some(Counts::Lines(Box::new(tally.into_counts())))
            }
            Meaning::Classes => None,
        };
        (counts, self.evidence, self.findings)
    }
}

/// The treatment cell of a text that holds the response of the patient too.
fn first_part(text: &str) -> &str {
    text.split(super::lines::BESIDE).next().unwrap_or(text)
}

fn count_dense(counts: &NumberCounts, evidence: &mut Evidence) {
    for (digits, scale, cells) in counts.dense.iter() {
        let class = if scale == 0 && digits < 2 { Class::ZeroOne } else { Class::Number };
        evidence.count_class(class, cells);
    }
}

fn report(findings: &mut Findings, finding: Finding, here: Here<'_>, cells: u64) {
    let column = finding.place.column.clone().unwrap_or_default();
    findings.add_many(finding.at(here.place(&column)), cells);
}

fn of_unreadable(why: &Unreadable, header: &str) -> Finding {
    Finding::new(why.id(), Severity::Warning, why.message())
        .column(header)
        .remedy(why.remedy().replace("COLUMN", header))
}

fn of_items(items: &Items, header: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |id, severity, message: &str, remedy: &str| {
        found.push(Finding::new(id, severity, message).column(header).remedy(remedy));
    };
    if items.mixed_delimiters {
        let remedy = "use one delimiter in the whole column";
        add("mixed-delimiters", Severity::Warning, "both ; and | stand in this cell; only one separates items", remedy);
    }
    if items.comma_list {
        let remedy = "separate items by ; or | if these are several";
        add("comma-list", Severity::Warning, "a comma stands in this item; it is read as one", remedy);
    }
    if items.repeated {
        add(
            "repeated-item",
            Severity::Note,
            "an item stands twice in this cell; the patient counts once",
            "remove one of them",
        );
    }
    if items.missing_item {
        let remedy = "write an empty cell where the set is not known";
        add("look-alike-missing", Severity::Warning, "a missing token stands among the items; it is left out", remedy);
    }
    found
}

fn of_line(remark: &Remark, header: &str) -> Finding {
    match remark {
        Remark::Fault(fault) => {
            let message = format!("this treatment line cannot be read: {}", fault.message());
            Finding::new("line-unreadable", Severity::Warning, message).column(header).remedy(fault.remedy())
        }
        Remark::UnknownResponse(word) => {
            let message = format!("'{word}' is no response; it is counted as not reported");
            let words = crate::schema::response::Response::words();
            Finding::new("response-unknown-word", Severity::Warning, message)
                .column(header)
                .remedy(format!("one of {words}"))
        }
        Remark::Synonym(word, response) => {
            let message = format!("'{word}' is read as '{}'", response.word());
            Finding::new("response-synonym", Severity::Note, message).column(header)
        }
    }
}

/// Plausible limits of a number column, ready for plain numbers.
struct Limits {
    low: Option<crate::decimal::Decimal>,
    high: Option<crate::decimal::Decimal>,
    note: Option<String>,
    is_age: bool,
}

impl Limits {
    fn of(variable: &Variable) -> Option<Limits> {
        use crate::decimal::Decimal;
        use crate::schema::Role;
        if let Some(plausible) = &variable.plausible {
            let (low, high) = (plausible.low, plausible.high);
            return Some(Limits { low, high, note: plausible.note.clone(), is_age: variable.role == Role::Age });
        }
        if variable.role != Role::Age {
            return None;
        }
        let most = if variable.unit.as_deref().is_some_and(|unit| unit.starts_with("month")) { 1440 } else { 120 };
        Some(Limits { low: Some(Decimal::from_int(0)), high: Some(Decimal::from_int(most)), note: None, is_age: true })
    }

    #[inline]
    fn exclude(&self, digits: u32, scale: usize) -> bool {
        let value = crate::decimal::Decimal::new(i64::from(digits), scale as u8);
        self.low.is_some_and(|low| value < low) || self.high.is_some_and(|high| value > high)
    }

    /// The finding of one cell that was counted alone.
    fn finding(&self, counts: &NumberCounts, header: &str) -> Option<Finding> {
        let distribution = counts.distribution();
        let (numerator, _) = distribution.points.first()?;
        let value = num_rational::BigRational::new((*numerator).into(), distribution.denominator.into());
        let below = self.low.is_some_and(|low| value < low.to_ratio());
        let above = self.high.is_some_and(|high| value > high.to_ratio());
        if !below && !above {
            return None;
        }
        let (id, message) = match (self.is_age, below) {
            (true, true) => ("negative-age", "an age below 0".to_owned()),
            (true, false) => ("age-implausible", "an age above 120 years".to_owned()),
            (false, true) => ("value-implausible", format!("below the plausible {}", self.low?)),
            (false, false) => ("value-implausible", format!("above the plausible {}", self.high?)),
        };
        let remedy = self.note.clone().unwrap_or_else(|| "check the value and its unit against the source".to_owned());
        Some(Finding::new(id, Severity::Warning, message).column(header).remedy(remedy))
    }
}
