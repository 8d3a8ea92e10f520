//! The layout of a summary: sections by role, each with its variables in order.

use super::columns::{self, TableColumns};
use super::lines::TableVariable;
use super::number::{MASKED, printed};
use super::options::{Overall, TableOptions};
use super::{Report, Table, read_as, response, variable};
use crate::analyze::compare;
use crate::analyze::conventions::conventions;
use crate::analyze::reason::Reason;
use crate::analyze::results::{PartOf, ResultRow, Results, Value};
use crate::analyze::statistic::Statistic;
use crate::analyze::{ComputedParts, Options, response_column, treatment};
use crate::schema::Role;
use crate::tally::{Cohort, CohortVariable};

/// The sections, with the roles of their variables.
const SECTIONS: [(&str, &[Role]); 7] = [
    ("Cases", &[Role::Age, Role::Sex]),
    ("Etiology", &[Role::Etiology]),
    ("Sites", &[Role::Site]),
    ("Laboratory", &[Role::Lab]),
    ("Treatments and response", &[Role::Treatment]),
    ("Outcome", &[Role::Outcome, Role::Response, Role::FollowUp]),
    ("Other", &[Role::Other, Role::CaseId, Role::DirectIdentifier]),
];

/// The report of a summary.
pub fn report(
    cohort: &Cohort,
    results: &Results,
    options: &Options,
    shown: &TableOptions,
    context: ReportContext<'_>,
) -> Report {
    let Some(all) = results.parts().next() else { return Report::default() };
    let (tables, with_response) = tables(cohort, (results, all), options, shown);
    Report {
        title: context.title(all),
        tables,
        footnotes: footnotes(cohort, results, (options, shown), with_response, context),
    }
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
        let (tables, _) = tables(cohort, (results, all), options, &shown);
        if is_first {
            whole = tables;
        } else {
            whole.iter_mut().zip(tables).for_each(|(whole, part)| whole.add_columns(part, names));
        }
        is_first = false;
    });
    whole
}

/// The tables, and whether a response table is among them; `all` are the statistics of all cases.
fn tables(
    cohort: &Cohort,
    (results, all): (&Results, PartOf<'_>),
    options: &Options,
    shown: &TableOptions,
) -> (Vec<Table>, bool) {
    let treatment = treatment(cohort);
    let columns = TableColumns::of(cohort, results, options, shown);
    let (mut tables, mut with_response) = (Vec::new(), false);
    for (title, roles) in SECTIONS {
        let of_role = |role: &Role| {
            let role = *role;
            let numbered = cohort.variables.iter().enumerate();
            let is_shown = move |number: usize, column: &CohortVariable| {
                column.variable.role == role
                    && !column.is_id
                    && options.shows(&column.variable)
                    // A grouping variable needs no row: its levels are the columns.
                    && !cohort.is_constant_in_groups(number)
            };
            numbered.filter(move |(number, column)| is_shown(*number, column))
        };
        let mut table = columns.table(title);
        for (number, column) in roles.iter().flat_map(of_role) {
            let subject = TableVariable { variable: &column.variable, shown, all };
            for line in variable::all(subject, column, Some(number) == treatment) {
                columns.push(&mut table, &line, subject);
            }
        }
        if !table.rows.is_empty() {
            tables.push(table);
        }
        if roles.contains(&Role::Treatment)
            && let Some(column) = treatment.and_then(|number| cohort.variables.get(number))
            && options.shows(&column.variable)
        {
            let response = response::tables(column, &columns, all, shown);
            with_response |= !response.by_level.is_empty();
            tables.extend(response.by_level.into_iter().chain(response.best));
        }
        if roles.contains(&Role::Response)
            && let Some(column) = response_column(cohort).and_then(|number| cohort.variables.get(number))
            && options.shows(&column.variable)
        {
            tables.extend(response::column_table(column, &columns, all, shown));
        }
    }
    (tables, with_response)
}

/// What a report shows beside the results of its cohort.
pub struct ReportContext<'a> {
    /// Names of the inputs.
    pub files: &'a [String],
    /// Further footnotes.
    pub notes: Vec<String>,
}

impl ReportContext<'_> {
    fn title(&self, all: PartOf<'_>) -> String {
        let cases = match all.get("cases").map(printed).unwrap_or_default().as_str() {
            "1" => "1 case".to_owned(),
            MASKED => "number of cases masked".to_owned(),
            cases => format!("{cases} cases"),
        };
        format!("Case series: {cases} ({})", self.files.join(", "))
    }
}

fn footnotes(
    cohort: &Cohort,
    results: &Results,
    (options, shown): (&Options, &TableOptions),
    with_response: bool,
    context: ReportContext<'_>,
) -> Vec<String> {
    let sentences = conventions(cohort, options).into_iter().map(|convention| convention.sentence);
    let mut footnotes: Vec<String> = sentences.filter(|sentence| !sentence.is_empty()).collect();
    footnotes.extend(columns::footnotes(cohort, options, shown));
    if with_response {
        footnotes.push(response::ABBREVIATIONS.to_owned());
    }
    let treated = treatment(cohort).and_then(|number| cohort.variables.get(number));
    let alone = response_column(cohort).and_then(|number| cohort.variables.get(number));
    if let Some(column) = treated.or(alone).filter(|column| options.shows(&column.variable)) {
        footnotes.extend(response::notes(column, results));
    }
    if results.iter().any(|row| row.statistic == Statistic::StatedOnly && row.value != Value::Count(0)) {
        footnotes.push(
            "Stated without a value: a word such as normal instead of a number; counted, not averaged.".to_owned(),
        );
    }
    footnotes.extend(compare::notes(cohort, options, results));
    footnotes.extend(not_estimable(results));
    footnotes.extend(context.notes);
    footnotes.push(read_as::footnote(cohort));
    footnotes
}

/// One footnote for each reason why statistics are not estimable.
fn not_estimable(results: &Results) -> Vec<String> {
    let mut reasons: Vec<(&Reason, Vec<&str>)> = Vec::new();
    let is_open = |row: &ResultRow| {
        row.statistic == Statistic::Proportion && matches!(row.value, Value::NotEstimable(Reason::OneAnswer { .. }))
    };
    for row in results.iter().filter(|row| {
        is_open(row)
            || matches!(
                row.statistic,
                Statistic::Mean
                    | Statistic::Sd
                    | Statistic::MEDIAN
                    | Statistic::P25
                    | Statistic::P75
                    | Statistic::Min
                    | Statistic::Max
                    | Statistic::PValue
                    | Statistic::Smd
                    | Statistic::Difference
            )
    }) {
        let (Value::NotEstimable(reason), Some(variable)) = (&row.value, &row.variable) else { continue };
        if matches!(reason, Reason::NoValue | Reason::NoDate) {
            continue;
        }
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, variables)) if variables.contains(&variable.as_str()) => {}
            Some((_, variables)) => variables.push(variable),
            None => reasons.push((reason, vec![variable])),
        }
    }
    reasons
        .into_iter()
        .map(|(reason, variables)| format!("NE, not estimable: {reason} ({}).", variables.join(", ")))
        .collect()
}
