//! The tables of a journal: Table 1 of the cases, Table 2 of the responses; caption above, notes below.

mod abbreviations;
mod draft;
mod notes;
mod responses;
mod variable;

use super::columns::TableColumns;
use super::context::ReportContext;
use super::footnotes::{self, PrintedContent};
use super::journal_options::JournalTable;
use super::line::{TableLine, TableVariable};
use super::options::TableOptions;
use super::{Heading, SpanningHead, Table, requested, survival};
use crate::analyze::results::{PartOf, Results};
use crate::analyze::{Options, group, treatment};
use crate::schema::Role;
use crate::tally::{Cohort, CohortVariable};
use draft::{Draft, DraftRow, Noted};

/// The sections of Table 1, with the roles of their variables.
const SECTIONS: [(&str, &[Role]); 5] = [
    ("Demographic and clinical characteristics", &[Role::Age, Role::Sex, Role::Etiology, Role::Site]),
    ("Treatment", &[Role::Treatment]),
    ("Outcome", &[Role::Outcome, Role::Response, Role::FollowUp]),
    ("Laboratory and other findings", &[Role::Lab]),
    ("Other characteristics", &[Role::Other, Role::CaseId, Role::DirectIdentifier]),
];

/// The tables in the layout of a journal, and the footnotes of their document.
pub(super) fn tables(
    cohort: &Cohort,
    (results, all): (&Results, PartOf<'_>),
    (options, shown): (&Options, &TableOptions),
    context: &ReportContext<'_>,
) -> (Vec<Table>, Vec<String>) {
    let how = &context.journal;
    let series = JournalOf { cohort, results, all, options, shown };
    let columns = TableColumns::of(cohort, results, options, shown);
    let is_wanted = |table| how.tables.is_empty() || how.tables.contains(&table);
    let (mut drafts, mut printed) = (Vec::new(), PrintedContent::default());
    let mut beyond = Vec::new();
    if is_wanted(JournalTable::Cases) {
        let (draft, not_shown) = series.cases(&columns, &mut printed, context);
        drafts.push(draft);
        beyond.extend(not_shown);
    }
    if is_wanted(JournalTable::Responses)
        && let Some(mut draft) = responses::table(cohort, &columns, all, (options, shown))
    {
        printed.responses = true;
        draft.notes.extend(notes::of_responses(cohort, results, (options, shown), (&printed, &columns)));
        drafts.push(draft);
    }
    let tables = drafts.into_iter().map(|mut draft| {
        draft.notes.splice(0..0, abbreviations::note(&draft, cohort, &how.abbreviations));
        columns.without_blank_comparisons(draft.marked(how.marks))
    });
    let tables = tables.collect();
    let footnotes = beyond.into_iter().chain(footnotes::of_document(cohort, (options, shown), &printed, context));
    (tables, footnotes.collect())
}

/// A cohort and its statistics.
#[derive(Clone, Copy)]
struct JournalOf<'a> {
    cohort: &'a Cohort,
    results: &'a Results,
    all: PartOf<'a>,
    options: &'a Options,
    shown: &'a TableOptions,
}

impl<'a> JournalOf<'a> {
    /// The variables of a role that have rows, with their numbers.
    fn of_role(self, role: Role) -> impl Iterator<Item = (usize, &'a CohortVariable)> {
        self.cohort.variables.iter().enumerate().filter(move |(number, column)| {
            column.variable.role == role
                && !column.is_id
                && self.options.shows(&column.variable)
                // A grouping variable needs no row: its levels are the columns.
                && !self.cohort.is_constant_in_groups(*number)
                && !survival::stands_for(self.cohort, self.options, *number)
        })
    }

    /// Table 1, and a sentence about the variables that are not in it.
    fn cases(
        self,
        columns: &TableColumns<'a>,
        printed: &mut PrintedContent,
        context: &ReportContext<'_>,
    ) -> (Draft, Option<String>) {
        let title = context.journal.title.clone().unwrap_or_else(|| self.title(columns));
        let header: Vec<Heading> = columns.header();
        let spans = if columns.are_groups() { self.spans(columns) } else { Vec::new() };
        let header = header.into_iter().map(|heading| (heading, Vec::new())).collect();
        let mut draft = Draft { number: 1, title, spans, header, ..Draft::default() };
        let (mut silent, mut texts) = (Vec::new(), Vec::new());
        let mut sections: Vec<(&str, Vec<DraftRow>)> = Vec::new();
        for (title, roles) in SECTIONS {
            let mut rows = Vec::new();
            for (number, column) in roles.iter().flat_map(|role| self.of_role(*role)) {
                let subject = TableVariable {
                    variable: &column.variable,
                    shown: self.shown,
                    all: self.all,
                    beside: columns.beside(),
                };
                let lines = variable::lines(subject, column, Some(number) == treatment(self.cohort));
                match (super::variable::is_silent(subject), lines.is_empty()) {
                    (true, _) => silent.push(column.variable.shown_label()),
                    (false, true) => texts.push(column.variable.shown_label()),
                    (false, false) => rows.extend(self.rows(columns, subject, lines, printed)),
                }
            }
            if roles.contains(&Role::FollowUp) {
                let shown = (self.options, self.shown);
                survival::each_line(self.cohort, columns, self.all, shown, |line, subject| {
                    printed.note(&subject.variable.name, &line.shows);
                    rows.push(self.row(columns, subject, line, Vec::new()));
                });
            }
            if !rows.is_empty() {
                sections.push((title, rows));
            }
        }
        sections.extend(self.requested(columns));
        let has_sections = sections.len() > 1;
        for (title, rows) in sections {
            if has_sections {
                draft.section(title);
            }
            draft.rows.extend(rows);
        }
        draft.notes = notes::of_cases(self.cohort, self.results, (self.options, self.shown), printed, context);
        if !silent.is_empty() {
            draft.notes.push(format!("Not reported in any case: {}.", silent.join("; ")));
        }
        let texts = (!texts.is_empty()).then(|| format!("Not in Table 1, as they are texts: {}.", texts.join("; ")));
        (draft, texts)
    }

    /// The section of tests and associations; none without any.
    fn requested(self, columns: &TableColumns<'a>) -> Option<(&'static str, Vec<DraftRow>)> {
        let mut rows = Vec::new();
        requested::each_line(self.cohort, columns, self.all, (self.options, self.shown), |line, subject| {
            rows.push(self.row(columns, subject, line, Vec::new()));
        });
        (!rows.is_empty()).then_some(("Tests and associations", rows))
    }

    /// The rows of a variable.
    fn rows(
        self,
        columns: &TableColumns<'a>,
        subject: TableVariable<'a>,
        lines: Vec<TableLine<'a>>,
        printed: &mut PrintedContent,
    ) -> Vec<DraftRow> {
        let mut of_variable = variable::notes(subject);
        let row = |line: TableLine<'a>| {
            printed.note(&subject.variable.name, &line.shows);
            self.row(columns, subject, &line, std::mem::take(&mut of_variable))
        };
        lines.into_iter().map(row).collect()
    }

    /// A row, with the notes of its label and of its p.
    fn row(
        self,
        columns: &TableColumns<'_>,
        subject: TableVariable<'_>,
        line: &TableLine<'_>,
        of_label: Vec<String>,
    ) -> DraftRow {
        let mut cells: Vec<Noted> = columns.cells(line, subject).into_iter().map(Noted::from).collect();
        if let ([part], [_, value]) = (columns.parts(), cells.as_mut_slice())
            && !columns.are_groups()
        {
            value.text = variable::with_interval(line, &value.text, &(line.interval)(*part));
        }
        if let Some(label) = cells.first_mut() {
            label.notes.extend(of_label);
        }
        if let Some(p) = columns.of_p().and_then(|column| cells.get_mut(column)).filter(|p| !p.text.is_empty()) {
            p.notes.extend(columns.test(line).into_iter().flat_map(|test| notes::of_test(test, self.shown)));
        }
        (line.depth, cells)
    }

    /// `Characteristics of the 5 cases by etiology`
    fn title(self, columns: &TableColumns<'_>) -> String {
        let cases = match self.all.get("cases").map(|row| self.shown.print(row)).unwrap_or_default().as_str() {
            "1" => "the case".to_owned(),
            super::number::MASKED => "the cases".to_owned(),
            cases => format!("the {cases} cases"),
        };
        let names: Vec<String> = group::by(self.cohort).iter().map(|of| lower_case(of.shown_label())).collect();
        match columns.are_groups() {
            true => format!("Characteristics of {cases} by {}", names.join(" and ")),
            false => format!("Characteristics of {cases}"),
        }
    }

    /// The heads above the groups: the name of the variable, or the levels of the outer variables.
    fn spans(self, columns: &TableColumns<'_>) -> Vec<Vec<SpanningHead>> {
        let names: Vec<&str> = group::by(self.cohort).iter().map(|of| of.shown_label()).collect();
        let depth = names.len();
        let of_part = |part: &PartOf<'_>, level: usize| match part.group() {
            None => String::new(),
            Some(_) if depth == 1 => names.first().copied().unwrap_or_default().to_owned(),
            Some(group) => group
                .levels
                .iter()
                .take(level + 1)
                .map(|(name, of)| group::level_name(name, of.as_deref()))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let before = columns.first_part();
        let lines = 0..depth.saturating_sub(1).max(1);
        let line = |level: usize| {
            let mut heads = vec![SpanningHead { text: String::new(), columns: before }];
            for part in columns.parts() {
                let text = of_part(part, level);
                match heads.last_mut() {
                    Some(last) if last.text == text => last.columns += 1,
                    _ => heads.push(SpanningHead { text, columns: 1 }),
                }
            }
            let used: usize = heads.iter().map(|head| head.columns).sum();
            let rest = columns.header().len().saturating_sub(used);
            match heads.last_mut() {
                Some(last) if last.text.is_empty() => last.columns += rest,
                _ if rest > 0 => heads.push(SpanningHead { text: String::new(), columns: rest }),
                _ => {}
            }
            heads
        };
        lines.map(line).collect()
    }
}

/// A label within a sentence: `Etiology` is `etiology`, `ANA titer` stays.
fn lower_case(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}
