//! From rows of agents to treatment lines.

use super::agents::{agents, detail, several_agents};
use super::column::{ChildCell, ChildCells, ChildColumn, ChildColumns};
use super::dates::{DayState, day};
use super::fields::Field;
use super::given_agents::{GivenAgents, UnclearDays, is_unclear, unclear_days};
use super::given_days::{together, with_detail};
use super::row_state::{not_counted, state_unclear};
use super::row_words::RowState;
use super::sequence::{AgentCourse, lines_by_days};
use super::table::KeyedTable;
use crate::cohort::lines::{GivenDays, is_untreated};
use crate::cohort::relate::rows::RowIndex;
use crate::diagnostic::{CellPlace, Finding, FindingId, Findings, SourceLocation};
use crate::error::Error;
use crate::read::ITEM;
use crate::schema::items::dose_words::is_still_given;
use crate::schema::missing_words::certainly_missing;
use crate::schema::{Kind, Role};
use crate::words::{counted, for_number};
use std::collections::BTreeMap;

/// The name of the column that the rows become.
const NAME: &str = "treatment";
/// One line: its rows, the earlier ones among them first.
struct GivenLine<'g> {
    carried: Vec<&'g GivenAgents>,
    begun: Vec<&'g GivenAgents>,
}

/// How the rows become lines.
enum Basis {
    /// By their number.
    Numbers,
    /// By the days of start and stop.
    Days,
    /// Not at all, and why.
    None(Box<Finding>),
}

/// The treatment of each case, by the rows of a table; starts at most `window` days apart make one line.
///
/// Errors: a row without an agent or with a number that is none; two responses to one line.
pub fn treatment(table: &KeyedTable<'_>, window: i64, extra_missing: &[String]) -> Result<ChildColumns, Error> {
    let (mut refused, mut said, mut unclear) = (Findings::default(), Findings::default(), UnclearDays::default());
    for (_, row) in table.rows() {
        given(table, row, extra_missing, &mut refused).iter().for_each(|given| backwards(table, given, &mut said));
        several_agents(table, row).into_iter().for_each(|finding| said.add(finding));
        if matches!(table.state(row), RowState::NotSaid | RowState::Other) {
            said.add(state_unclear(table, row, "the agent counts as given"));
        }
    }
    if !refused.is_empty() {
        return Err(refused.into());
    }
    let of_rows = |rows: &[RowIndex]| {
        rows.iter()
            .filter_map(|row| given(table, *row, extra_missing, &mut Findings::default()))
            .collect::<Vec<GivenAgents>>()
    };
    table.by_case.iter().for_each(|rows| unclear.look_at(&of_rows(rows), window));
    let basis = basis(table, &unclear);
    let source = table.fields.get(Field::Agent).and_then(|column| table.table.rows.columns.get(column));
    let kind = if matches!(basis, Basis::None(_)) { Kind::Set } else { Kind::Lines };
    let mut column = ChildColumn::new(NAME, Role::Treatment, Some(kind), source.map_or("", String::as_str));
    let (mut lines, mut starts) = (0_usize, Vec::new());
    // Only the rows of one case are held at a time.
    column.cells = ChildCells::of(table.by_case.iter().map(|rows| {
        let of_case = of_rows(rows);
        let (texts, first) = match &basis {
            Basis::Numbers => {
                other_numbers(table, &of_case).into_iter().for_each(|finding| said.add(finding));
                written(table, &by_number(&of_case), first_start(&of_case), &mut refused)
            }
            Basis::Days if is_unclear(&of_case, window) => {
                said.add(unknown_order(table, &of_case));
                (Vec::new(), None)
            }
            Basis::Days => written(table, &by_days(&of_case, window), first_start(&of_case), &mut refused),
            Basis::None(_) => agents_alone(&of_case),
        };
        lines = lines.saturating_add(texts.len());
        starts.push(first_start(&of_case));
        // Whose order is not known has no lines that are known, which is not the same as none.
        let is_unknown = texts.is_empty() && of_case.iter().any(|given| !given.agents.is_empty());
        Some(if is_unknown { cell(table, &[], &texts, first) } else { cell(table, &of_case, &texts, first) })
    }));
    if !refused.is_empty() {
        return Err(refused.into());
    }
    let told = told(table, &basis, lines) + &not_counted(table);
    if let Basis::None(why) = basis {
        said.add(*why);
    }
    Ok(ChildColumns { columns: vec![column], told, notes: said, starts })
}

/// What is said of a case whose lines are not known.
fn unknown_order(table: &KeyedTable<'_>, of_case: &[GivenAgents]) -> Finding {
    let message =
        "no full date of start or stop: the treatment lines of this case are not known, and count as not reported";
    let finding = Finding::new(FindingId::LinesUnknown, message);
    let remedy = "write the day as YYYY-MM-DD, or add a column line with the number of the treatment line";
    let finding = finding.remedy(remedy);
    match of_case.iter().flat_map(unclear_days).next() {
        Some((row, field)) => finding.at(table.location(row, field)).value(table.text(row, field)),
        None => finding,
    }
}

/// Says so where the stop lies before the start.
fn backwards(table: &KeyedTable<'_>, given: &GivenAgents, said: &mut Findings) {
    if given.start.span().zip(given.stop.span()).is_some_and(|((start, _), (_, stop))| stop < start) {
        let message = format!("the stop lies before the start, {}", table.text(given.row, Field::Start));
        let finding = Finding::new(FindingId::TreatmentBackwards, message);
        let finding = finding.at(table.location(given.row, Field::Stop)).value(table.text(given.row, Field::Stop));
        said.add(finding.remedy("correct one of the two dates"));
    }
}

fn given(
    table: &KeyedTable<'_>,
    row: RowIndex,
    extra_missing: &[String],
    refused: &mut Findings,
) -> Option<GivenAgents> {
    let agent = table.text(row, Field::Agent);
    let at = |field: Field| table.location(row, field);
    if agent.is_empty() {
        let finding = Finding::new(FindingId::TreatmentRow, "a row of treatment without its agent");
        refused.add(
            finding
                .at(at(Field::Agent))
                .remedy("name the agent, write none for a patient without treatment, or remove the row"),
        );
        return None;
    }
    let number = table.text(row, Field::Line);
    let line = number.parse::<u32>().ok().or_else(|| number.strip_suffix(".0").and_then(|whole| whole.parse().ok()));
    let is_given = table.state(row) != RowState::DidNot && !is_untreated(agent);
    if table.fields.get(Field::Line).is_some() && line.is_none() && is_given {
        let finding = Finding::new(FindingId::TreatmentRow, "the number of the treatment line is not a whole number");
        let finding = finding.at(at(Field::Line)).value(number);
        refused.add(
            finding.remedy(
                "number the lines of each case from 1, or rename the column if it does not contain line numbers",
            ),
        );
    }
    let stop = day(table, row, Field::Stop, extra_missing);
    let is_ongoing = is_still_given(table.text(row, Field::Stop));
    let detail = detail(table, row);
    let agents = if is_given { agents(agent, detail.as_deref()) } else { Vec::new() };
    let response = table.text(row, Field::Response);
    let response = if certainly_missing(response).is_some() { String::new() } else { response.to_owned() };
    let start = day(table, row, Field::Start, extra_missing);
    Some(GivenAgents { row, agents, line, start, stop: if is_ongoing { DayState::Missing } else { stop }, response })
}

fn basis(table: &KeyedTable<'_>, unclear: &UnclearDays) -> Basis {
    if table.fields.get(Field::Line).is_some() {
        return Basis::Numbers;
    }
    let why = |message: String| {
        let file = SourceLocation::file(table.table.file.clone());
        let remedy =
            "add a column line with the number of the treatment line, or the days of start and stop of every agent";
        Finding::new(FindingId::LinesUnknown, message).at(file).remedy(remedy)
    };
    let unknown = "so the order of the treatments is not known: counted by agent, without lines and responses";
    if table.fields.get(Field::Start).is_none() || table.fields.get(Field::Stop).is_none() {
        return Basis::None(Box::new(why(format!(
            "there is no column of line numbers, nor of both start and stop, {unknown}"
        ))));
    }
    let Some((row, field)) = unclear.first.filter(|_| unclear.known == 0) else { return Basis::Days };
    let number = unclear.days;
    let days = counted(number, "day");
    let message = match number {
        1 => format!("{days} of start or stop is not a full date, {unknown}"),
        _ => format!("{days} of start or stop are not full dates, {unknown}"),
    };
    Basis::None(Box::new(why(message).at(table.location(row, field)).value(table.text(row, field))))
}

fn by_number(rows: &[GivenAgents]) -> Vec<GivenLine<'_>> {
    let mut lines: BTreeMap<u32, Vec<&GivenAgents>> = BTreeMap::new();
    for given in rows.iter().filter(|given| !given.agents.is_empty()) {
        lines.entry(given.line.unwrap_or(0)).or_default().push(given);
    }
    lines.into_values().map(|begun| GivenLine { carried: Vec::new(), begun }).collect()
}

/// What is said of a case whose line numbers are not 1, 2, 3 and so on: its lines are counted in their order.
fn other_numbers(table: &KeyedTable<'_>, rows: &[GivenAgents]) -> Option<Finding> {
    let mut numbers: Vec<(u32, RowIndex)> = Vec::new();
    for given in rows.iter().filter(|given| !given.agents.is_empty()) {
        let number = given.line?;
        if !numbers.iter().any(|(known, _)| *known == number) {
            numbers.push((number, given.row));
        }
    }
    numbers.sort_unstable_by_key(|(number, _)| *number);
    let (place, (number, row)) = (1_u32..).zip(numbers).find(|(place, (number, _))| place != number)?;
    let message =
        format!("line {number} of this case is counted as its line {place}: no line of it has the number {place}");
    let finding = Finding::new(FindingId::LineNumbers, message).at(table.location(row, Field::Line));
    let finding = finding.value(table.text(row, Field::Line));
    Some(
        finding.remedy("number the lines of each case 1, 2, 3 and so on; add the rows of the lines that are not there"),
    )
}

fn by_days(rows: &[GivenAgents], window: i64) -> Vec<GivenLine<'_>> {
    let treated: Vec<&GivenAgents> = rows.iter().filter(|given| !given.agents.is_empty()).collect();
    let course = |given: &&GivenAgents| AgentCourse {
        agent: given.name(),
        // Where the order is certain, every day that is possible gives the same lines.
        start: given.start.span().map_or(i64::MAX, |(first, _)| first),
        stop: given.stop.span().map(|(_, last)| last),
        has_response: !given.response.is_empty(),
    };
    let courses: Vec<AgentCourse> = treated.iter().map(course).collect();
    let of = |indices: &[usize]| indices.iter().filter_map(|at| treated.get(*at).copied()).collect();
    let lines = lines_by_days(&courses, window);
    lines.iter().map(|line| GivenLine { carried: of(&line.carried), begun: of(&line.begun) }).collect()
}

/// The text of each line, its agents with the days from `start`, and the first row.
fn written(
    table: &KeyedTable<'_>,
    lines: &[GivenLine<'_>],
    start: Option<i64>,
    refused: &mut Findings,
) -> (Vec<String>, Option<RowIndex>) {
    let first = lines.first().and_then(|line| line.begun.first()).map(|given| given.row);
    // Without a column of stops, nobody knows what is still given.
    let start = start.filter(|_| table.fields.get(Field::Stop).is_some());
    let text = |line: &GivenLine<'_>| {
        let mut agents: Vec<(&str, &str)> = Vec::new();
        let rows = || line.carried.iter().chain(&line.begun);
        for (name, written) in rows().flat_map(|given| &given.agents) {
            if !agents.iter().any(|(known, _)| known == name) {
                agents.push((name, written));
            }
        }
        let days = |name: &str| {
            let of_agent = rows().filter(|given| given.agents.iter().any(|(known, _)| known == name));
            together(&of_agent.map(|given| given.days(start?)).collect::<Option<Vec<GivenDays>>>()?)
        };
        let agents: Vec<String> =
            agents.iter().map(|(name, written)| with_detail(written, days(name).as_ref())).collect();
        let agents = agents.join(" + ");
        match response(table, line, refused) {
            "" => agents,
            response => format!("{agents}: {response}"),
        }
    };
    // The closure notes faults, so that the lines are written in order.
    (lines.iter().map(text).collect(), first)
}

/// The only response to a line; two different ones are refused.
fn response<'g>(table: &KeyedTable<'_>, line: &GivenLine<'g>, refused: &mut Findings) -> &'g str {
    let mut stated = line.begun.iter().filter(|given| !given.response.is_empty());
    let Some(first) = stated.next() else { return "" };
    for other in stated.filter(|other| !other.response.eq_ignore_ascii_case(&first.response)) {
        let before = table.location(first.row, Field::Response).position;
        let message = format!("two responses to one treatment line, the first at{before}: '{}'", first.response);
        let finding = Finding::new(FindingId::ResponsesDiffer, message).at(table.location(other.row, Field::Response));
        refused.add(
            finding
                .value(other.response.clone())
                .remedy("state the response of the line once, or in each of its rows the same"),
        );
    }
    &first.response
}

/// Each agent once, where nobody knows their order.
fn agents_alone(rows: &[GivenAgents]) -> (Vec<String>, Option<RowIndex>) {
    let mut names: Vec<String> = Vec::new();
    for (_, written) in rows.iter().flat_map(|given| &given.agents) {
        let name = written.split(" [").next().unwrap_or(written).trim_matches('"').to_owned();
        if !names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    names.sort();
    (names, rows.first().map(|given| given.row))
}

fn cell(table: &KeyedTable<'_>, rows: &[GivenAgents], texts: &[String], first: Option<RowIndex>) -> ChildCell {
    let first = first.or_else(|| rows.first().map(|given| given.row));
    let text = match (texts.is_empty(), rows.is_empty()) {
        (true, true) => String::new(),
        (true, false) => "none".to_owned(),
        (false, _) => texts.iter().map(|text| format!("{ITEM}{text}")).collect(),
    };
    let place = first.map_or_else(CellPlace::default, |row| table.table.rows.place(row, None));
    ChildCell { text, place }
}

/// What became of the rows.
fn told(table: &KeyedTable<'_>, basis: &Basis, lines: usize) -> String {
    let (rows, cases) = (table.rows().count(), counted(table.cases(), "case"));
    let (rows, are) = (counted(rows, "row"), for_number(rows, "is", "are"));
    let lines = counted(lines, "treatment line");
    match basis {
        Basis::Numbers => format!("{rows} {are} {lines} of {cases}, by their number"),
        Basis::Days => {
            format!("{rows} {are} {lines} of {cases}: a line is the agents being given, by start and stop")
        }
        Basis::None(_) => format!("{rows} {are} the agents of {cases}"),
    }
}

/// The first day of treatment; none where a start is no full date.
fn first_start(rows: &[GivenAgents]) -> Option<i64> {
    let starts: Option<Vec<i64>> =
        rows.iter().filter(|given| !given.agents.is_empty()).map(|given| given.start.day()).collect();
    starts?.into_iter().min()
}
