//! From the cells of a column as they are written to its counts, once it is decided what they mean.

use super::cell_findings::{of_line, of_noise, of_remark};
use super::column_counts::{ColumnCounts, ColumnTables};
use super::interpreted::Interpreted;
use super::limits::ColumnLimits;
use super::places::{FirstPlaces, Place};
use super::written::WrittenCells;
use crate::cohort::bare_number::{BareNumber, BareNumbers};
use crate::cohort::cell::{CellRules, number};
use crate::diagnostic::{Finding, Findings};
use crate::read::excerpt;
use crate::tally::counts::NumberCounts;
use crate::tally::counts::runs::Run;
use crate::tally::counts::strata::ALL;
use crate::tally::lines::table::Patient;

/// The counts of one column in one thread, on their way from what is written to what it means.
pub struct Settling<'s> {
    pub rules: CellRules<'s>,
    pub written: &'s WrittenCells,
    pub places: &'s FirstPlaces,
    pub limits: Option<ColumnLimits<'s>>,
    /// The first cell of each text was reported when it was met.
    pub is_reported: bool,
    pub findings: Findings,
}

impl Settling<'_> {
    /// Reads the treatment lines of all texts, and reports each distinct line that has an issue at its first place.
    pub fn read_lines(&mut self, tables: &mut ColumnTables, patient: &mut Patient) {
        let (findings, rules, places) = (&mut self.findings, &self.rules, self.places);
        let header = rules.variable.header.as_str();
        for (text, _, place) in self.written.texts(ALL) {
            tables.lines.read(&text, rules, patient, |line, issue| {
                let finding = of_line(issue, header).value(excerpt(line.as_bytes()));
                findings.add_many(finding.at(places.location(place, header)), 0);
            });
        }
    }

    /// Adds the cells of a stratum to its counts; findings are those of all cases.
    pub fn add(&mut self, stratum: usize, counts: &mut ColumnCounts, interpreted: &mut Interpreted) {
        if let ColumnCounts::Number(numbers) = counts {
            self.add_numbers(stratum, numbers);
        } else {
            self.add_texts(stratum, counts, interpreted);
        }
        interpreted.settle(stratum, counts);
    }

    fn add_texts(&mut self, stratum: usize, counts: &mut ColumnCounts, interpreted: &mut Interpreted) {
        let Interpreted { tables, patient, .. } = interpreted;
        let rules = self.rules;
        let mut add = |text: &str, cells: u64| counts.add(text, cells, &rules, tables, patient, |_, _| {});
        for (text, cells, place) in self.written.texts(stratum) {
            let found = add(&text, cells);
            self.report(stratum, found, (&text, cells, place));
        }
        let blanks = self.written.blanks(stratum);
        if blanks > 0 {
            let found = add("", blanks);
            self.report(stratum, found, ("", blanks, None));
        }
        for (number, cells) in self.written.numbers(stratum) {
            let text = number.text(rules.mark());
            let found = add(&text, cells);
            self.report(stratum, found, (&text, cells, self.written.place_of(number)));
        }
    }

    /// The same for a column of numbers, whose bare numbers need no reading unless they mean something else.
    fn add_numbers(&mut self, stratum: usize, counts: &mut NumberCounts) {
        for (text, cells, place) in self.written.texts(stratum) {
            self.add_read(stratum, counts, (&text, cells, place));
        }
        let blanks = self.written.blanks(stratum);
        if blanks > 0 {
            self.add_read(stratum, counts, ("", blanks, None));
        }
        let bare = BareNumbers::of(&self.rules);
        for (number, cells) in self.written.short(stratum) {
            if bare.is_value(number) {
                self.check_limits(stratum, number, cells);
            } else {
                self.add_bare(stratum, counts, number, cells);
            }
        }
        let values = self.written.short(stratum).filter(|(number, _)| bare.is_value(*number));
        counts.add_values(values);
        let long: Vec<(u8, Run)> = self.written.long(stratum).map(|(scale, run)| (scale, run.clone())).collect();
        for (scale, run) in long {
            self.add_long(stratum, counts, &bare, (scale, run));
        }
    }

    fn add_long(&mut self, stratum: usize, counts: &mut NumberCounts, bare: &BareNumbers, (scale, mut run): (u8, Run)) {
        for number in bare.exceptions().iter().filter(|number| number.scale == scale) {
            let cells = run.take(number.digits);
            if cells > 0 {
                self.add_bare(stratum, counts, *number, cells);
            }
        }
        let (least, greatest) = bare.limits(scale);
        for (digits, cells) in run.take_outside(least, greatest) {
            self.add_bare(stratum, counts, BareNumber { scale, digits }, cells);
        }
        if self.limits.is_some() && stratum == ALL {
            run.iter().for_each(|(digits, cells)| self.check_limits(stratum, BareNumber { scale, digits }, cells));
        }
        counts.add_run(scale, run);
    }

    /// Counts a bare number by what its text means.
    #[cold]
    fn add_bare(&mut self, stratum: usize, counts: &mut NumberCounts, number: BareNumber, cells: u64) {
        let text = number.text(self.rules.mark());
        self.add_read(stratum, counts, (&text, cells, self.written.place_of(number)));
    }

    fn add_read(&mut self, stratum: usize, counts: &mut NumberCounts, of: (&str, u64, Option<Place>)) {
        let state = number(of.0, &self.rules);
        let mut found = Vec::new();
        if stratum == ALL {
            found.extend(self.limits.as_ref().and_then(|limits| limits.finding_of(&state)));
            found.extend(of_remark(&state, &self.rules.variable.header));
            found.extend(of_noise(of.0, &state, &self.rules.variable.header));
        }
        found.extend(super::column_counts::unreadable(counts.add_state(state, of.1), of.0, &self.rules));
        self.report(stratum, found, of);
    }

    fn check_limits(&mut self, stratum: usize, number: BareNumber, cells: u64) {
        let Some(limits) = self.limits.as_ref().filter(|limits| stratum == ALL && !limits.hold(number)) else { return };
        let found = limits.finding(number.quantity());
        let text = number.text(self.rules.mark());
        self.report(stratum, found, (&text, cells, self.written.place_of(number)));
    }

    /// Adds findings about cells with one text, at the first of them.
    fn report(
        &mut self,
        stratum: usize,
        found: impl IntoIterator<Item = Finding>,
        (text, cells, place): (&str, u64, Option<Place>),
    ) {
        if stratum != ALL || self.rules.variable.is_withheld() {
            return;
        }
        for finding in found {
            if self.is_reported {
                self.findings.count_cells(&finding, cells.saturating_sub(1));
                continue;
            }
            let location = self.places.location(place, self.rules.variable.file_header());
            self.findings.add_many(finding.value(excerpt(text.as_bytes())).at(location), cells);
        }
    }
}
