//! The layout of a summary: sections by role, each with its variables in order.

use super::columns::TableColumns;
use super::context::ReportContext;
use super::footnotes::{PrintedContent, footnotes, of_all_numbers};
use super::line::TableVariable;
use super::options::{Layout, Overall, TableOptions};
use super::{Depth, Report, Table, glance, journal, requested, response, survival, variable};
use crate::analyze::results::{PartOf, Results};
use crate::analyze::{ComputedParts, Options, response_column, treatment};
use crate::schema::Role;
use crate::tally::{Cohort, CohortVariable};

/// The sections, with the roles of their variables.
const SECTIONS: [(&str, &[Role]); 7] = [
    ("Cases", &[Role::Age, Role::Sex]),
    ("Etiology", &[Role::Etiology]),
    ("Sites", &[Role::Site]),
    ("Treatments and response", &[Role::Treatment]),
    ("Outcome", &[Role::Outcome, Role::Response, Role::FollowUp]),
    ("Laboratory", &[Role::Lab]),
    ("Other", &[Role::Other, Role::CaseId, Role::DirectIdentifier]),
];

/// The report of a summary.
pub fn report(
    cohort: &Cohort,
    results: &Results,
    options: &Options,
    shown: &TableOptions,
    context: &ReportContext<'_>,
) -> Report {
    let Some(all) = results.parts().next() else { return Report::default() };
    let glance = glance::glance(cohort, (results, all), (options, shown), context);
    let title = context.title(all);
    if context.is_brief {
        let (tables, footnotes) = (vec![glance::table(&glance)], of_all_numbers(cohort, options, context));
        return Report { title, glance, tables, footnotes, is_brief: true, ..Report::default() };
    }
    let (tables, footnotes) = match shown.layout {
        Layout::Journal => journal::tables(cohort, (results, all), (options, shown), context),
        Layout::Sections => {
            let Laid { tables, printed } = tables(cohort, (results, all), options, shown);
            (tables, footnotes(cohort, results, (options, shown), &printed, context))
        }
    };
    Report { title, glance, tables, footnotes, is_brief: false, is_fragment: context.is_fragment }
}

/// Groups whose columns are made at a time.
const GROUPS_AT_ONCE: usize = 100;

/// The tables of a summary, made from the statistics of some groups at a time: every part of the cases has the same
/// rows, so that their columns can be put side by side.
pub fn tables_by_groups(statistics: ComputedParts<'_>, shown: &TableOptions) -> Vec<Table> {
    let ComputedParts { cohort, options } = statistics;
    let names = 1 + usize::from(shown.missing_column().is_some());
    let mut whole: Vec<Table> = Vec::new();
    let mut is_first = true;
    statistics.each_batch(GROUPS_AT_ONCE, |results, is_last| {
        let has_overall = match shown.overall {
            Overall::First => is_first,
            Overall::Last => is_last,
            Overall::No => false,
        };
        let mut shown = shown.clone();
        shown.overall = if has_overall { shown.overall } else { Overall::No };
        let Some(all) = results.parts().next() else { return };
        let Laid { tables, .. } = tables(cohort, (results, all), options, &shown);
        if is_first {
            whole = tables;
        } else {
            whole.iter_mut().zip(tables).for_each(|(whole, part)| whole.add_columns(part, names));
        }
        is_first = false;
    });
    whole
}

/// The tables, and what they print.
struct Laid {
    tables: Vec<Table>,
    printed: PrintedContent,
}

/// The variables of a role that have rows, with their numbers.
fn of_role<'c>(
    cohort: &'c Cohort,
    options: &'c Options,
    role: Role,
) -> impl Iterator<Item = (usize, &'c CohortVariable)> {
    cohort.variables.iter().enumerate().filter(move |(number, column)| {
        column.variable.role == role
            && !column.is_id
            && options.shows(&column.variable)
            // A grouping variable needs no row: its levels are the columns.
            && !cohort.is_constant_in_groups(*number)
            && !survival::stands_for(cohort, options, *number)
    })
}

/// The tables; `all` are the statistics of all cases.
fn tables(cohort: &Cohort, (results, all): (&Results, PartOf<'_>), options: &Options, shown: &TableOptions) -> Laid {
    let treatment = treatment(cohort);
    let columns = TableColumns::of(cohort, results, options, shown);
    let (mut tables, mut printed) = (Vec::new(), PrintedContent::default());
    let mut silent = Table::new("Not reported in any case", &[""]);
    for (title, roles) in SECTIONS {
        let of_role = |role: &Role| of_role(cohort, options, *role);
        let mut table = columns.table(title);
        for (number, column) in roles.iter().flat_map(of_role) {
            let subject = TableVariable { variable: &column.variable, shown, all, beside: columns.beside() };
            if variable::is_silent(subject) {
                silent.push(Depth::Variable, [variable::label(&column.variable)]);
                continue;
            }
            for line in variable::all(subject, column, Some(number) == treatment) {
                columns.push(&mut table, &line, subject);
                printed.note(&column.variable.name, &line.shows);
            }
        }
        if !table.rows.is_empty() {
            tables.push(columns.without_blank_intervals(table));
        }
        if roles.contains(&Role::Treatment)
            && let Some(column) = treatment.and_then(|number| cohort.variables.get(number))
            && options.shows(&column.variable)
        {
            let response = response::tables(column, &columns, all, shown);
            printed.note_responses(&response, columns.are_groups());
            tables.extend(response.by_level.into_iter().map(|(_, table)| table).chain(response.best));
        }
        if roles.contains(&Role::FollowUp) {
            tables.extend(survival::table(cohort, &columns, all, (options, shown)));
        }
        if roles.contains(&Role::Response)
            && let Some(column) = response_column(cohort).and_then(|number| cohort.variables.get(number))
            && options.shows(&column.variable)
        {
            let best = response::column_table(column, &columns, all, shown);
            printed.responses |= best.is_some();
            tables.extend(best);
        }
    }
    tables.extend(requested::table(cohort, &columns, all, (options, shown)));
    if !silent.rows.is_empty() {
        tables.push(silent);
    }
    Laid { tables, printed }
}
