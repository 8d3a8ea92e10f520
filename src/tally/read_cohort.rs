//! From inputs to the counts of a cohort: a pass that counts what is written, a decision for each column, and another
//! pass only if cells had to be understood before it was taken and were understood otherwise.

use super::asked;
use super::cohort::{Cohort, CohortVariable};
use super::columns::column_of;
use super::conditions;
use super::counts::{Counts, RangeCounts};
use super::grouping::{by, grouping};
use super::harmless::{harmless_words, withhold_texts};
use super::header_limits::ensure_header_is_within_limits;
use super::identify::id_column;
use super::meanings::{InputForm, meanings};
use super::pairs::with_pairs;
use super::pass::bound_filters::Spellings;
use super::pass::first_look::first_look;
use super::pass::groups::GroupKey;
use super::pass::plan::Plan;
use super::pass::{Counted, GroupParts, PassResult, pass};
use super::same_columns::{ensure_same_columns, members_without_column};
use super::settings::{OfIdentity, Settings};
use super::survival::with_survival;
use super::whole_file::WholeFile;
use super::withheld::{conceal, withheld};
use crate::cohort::deidentify;
use crate::diagnostic::{Severity, quoted};
use crate::error::Error;
use crate::read::{Columns, Inputs};
use crate::schema::decide::FileMarks;
use crate::schema::evidence::Evidence;
use crate::schema::remarks::remarks;
use crate::schema::table_schema::ensure_members;
use crate::schema::{BlankReading, Kind, KindReason, Role, Variable};
use std::sync::Arc;

/// Each pass can only widen what a column may contain; more passes than this would be a mistake in this program.
const MOST_PASSES: usize = 6;
/// Bytes of a column that are worth a further thread.
const WORTH_A_THREAD: u64 = 1 << 12;
/// Smaller inputs are read by one thread.
const SMALL: u64 = 1 << 20;

/// Reads all inputs and counts them.
///
/// Errors: failures of the operating system, inputs that change meanwhile, names that are not columns, and
/// inputs that are refused, with every problem found in them.
pub fn read_cohort(inputs: &Inputs, settings: &Settings) -> Result<Cohort, Error> {
    if let Some(OfIdentity { name, shared_date }) = settings.of_identity.first().filter(|_| settings.deidentify) {
        return Err(match shared_date {
            Some(date) => deidentify::of_shared_date(name, date),
            None => deidentify::of_identity(name),
        });
    }
    let read_with = |settings: &Settings| match settings.deidentify {
        true => read_without_identity(inputs, settings),
        false => read(inputs, settings),
    };
    let cohort = inputs.unchanged(|| with_survival(settings, read_with));
    let mut cohort = cohort.and_then(|cohort| with_pairs(inputs, settings, cohort));
    if let Ok(cohort) = &mut cohort
        && settings.deidentify
    {
        withhold_texts(cohort);
    }
    let cohort = cohort.map_err(|error| match error {
        Error::Refused(mut findings) => {
            let names: Vec<String> = inputs.headers().flat_map(|(_, names)| names.to_vec()).collect();
            conceal(&mut findings, &names, settings);
            Error::Refused(findings)
        }
        other => other,
    });
    if inputs.refused().is_empty() {
        return cohort;
    }
    let mut refused = inputs.refused().clone();
    match cohort {
        Err(Error::Refused(findings)) => refused.merge(*findings),
        Err(fault @ Error::Io { .. }) => return Err(fault),
        Err(Error::Usage { .. } | Error::Several(_)) | Ok(_) => {}
    }
    Err(refused.into())
}

/// Reads the cases twice where some column holds words: the first time to count them, the second time to show those that
/// several cases have or that are known.
fn read_without_identity(inputs: &Inputs, settings: &Settings) -> Result<Cohort, Error> {
    let all = Settings { by: Vec::new(), keep: None, conditions: Vec::new(), ..settings.clone() };
    let first = read(inputs, &all)?;
    let harmless = harmless_words(inputs, &first)?;
    let is_all = settings.by.is_empty() && settings.keep.is_none() && settings.conditions.is_empty();
    if harmless.is_empty() && is_all {
        return Ok(first);
    }
    read(inputs, &Settings { harmless: Some(harmless), ..settings.clone() })
}

fn read(inputs: &Inputs, settings: &Settings) -> Result<Cohort, Error> {
    let form = InputForm { is_ordered: inputs.headers().next().is_some(), marks: file_marks(inputs, settings) };
    let (mut columns, mut evidence) = assumed(inputs, settings)?;
    ensure_same_columns(inputs, columns.names())?;
    let (mut restless, mut spellings) = (None, Spellings::new());
    for _ in 0..MOST_PASSES {
        ensure_header_is_within_limits(inputs, columns.names())?;
        let variables = spelt(meanings(&columns, &evidence, settings, form)?, &spellings);
        let (plan, misfit) = plan(inputs, &variables, &columns, settings)?;
        let counted = pass(inputs, &plan)?;
        if !counted.unknown.is_empty() {
            if form.is_ordered {
                return Err(members_without_column(inputs, &counted.unknown));
            }
            columns.extend(counted.unknown);
            (columns, evidence) = first_look(inputs, form.marks.default_mark(), Some(columns))?;
            continue;
        }
        if let Some(schema) = &settings.schema {
            ensure_members(schema, columns.names())?;
        }
        let all = in_file_order(&plan, &counted, &evidence);
        let confirmed = spelt(meanings(&columns, &all, settings, form)?, &spellings);
        let needed = asked::counted(inputs, &confirmed, &plan, settings);
        if is_confirmed(&counted, (&plan, &needed), &confirmed, settings) {
            ensure_units_are_used(&confirmed, &columns, settings)?;
            let mut passed = counted.settle(&confirmed, &plan);
            // A filter names a level in other capitals than the cells: they are read again with that of the cells.
            if !passed.spellings.is_empty() && spellings.is_empty() && inputs.can_be_read_again() {
                (spellings, evidence) = (passed.spellings, all);
                continue;
            }
            let fault = Error::of_all(misfit.into_iter().chain(unknown_level(&mut passed, settings)).collect());
            let (id, by, counted) = (plan.id, plan.by.clone(), plan.counted.clone());
            let settled = Settled { variables: confirmed, counted, id, by, fault, evidence: all };
            return finish(inputs, &columns, settled, passed, settings);
        }
        restless = confirmed
            .iter()
            .find(|(variable, column)| {
                !variables.iter().any(|(before, at)| at == column && before.kind == variable.kind)
            })
            .map(|(variable, _)| format!("{}={}", variable.header, variable.kind));
        evidence = all;
    }
    let message = "the kind of a column changes each time the cases are read";
    let column = restless.ok_or_else(|| Error::usage(message))?;
    Err(Error::usage_with(message, format!("set it: --kind {}", quoted(&column))))
}

/// The variables, each with the words of its cells that a filter names in other capitals.
fn spelt(mut variables: Vec<(Variable, usize)>, spellings: &Spellings) -> Vec<(Variable, usize)> {
    for (variable, _) in &mut variables {
        variable.spellings = spellings.get(&variable.header).into_iter().flatten().cloned().collect();
    }
    variables
}

/// The columns, and what the plan of the first pass assumes of their cells.
///
/// A small file is read again at little cost if its headers mislead.
fn assumed(inputs: &Inputs, settings: &Settings) -> Result<(Columns, Vec<Arc<Evidence>>), Error> {
    match inputs.headers().next() {
        Some((_, names)) if inputs.size() < SMALL => {
            Ok((Columns::new(names.to_vec()), vec![Arc::default(); names.len()]))
        }
        _ => first_look(inputs, file_marks(inputs, settings).default_mark(), None),
    }
}

/// The plan of a pass, and the error of a filter or condition that does not fit the columns.
///
/// Such an error counts only once the kinds of all columns are certain.
fn plan<'a>(
    inputs: &Inputs,
    variables: &'a [(Variable, usize)],
    columns: &'a Columns,
    settings: &'a Settings,
) -> Result<(Plan<'a>, Option<Error>), Error> {
    let mut plan = Plan {
        variables,
        columns,
        id: id_column(variables, columns.names(), settings)?,
        by: by(variables, columns, settings)?,
        most_groups: settings.groups.most(),
        keep: None,
        conditions: None,
        missing: &settings.missing,
        threads: threads(inputs, columns.len(), settings),
        counted: Vec::new(),
    };
    let keep = settings.keep.as_ref().map(|keep| keep.bind(&plan.case_columns())).transpose();
    let (keep, misfit) = keep.map_or_else(|error| (None, Some(error)), |keep| (keep, None));
    plan.keep = keep;
    let (conditions, misfit_of) = conditions::put(&settings.conditions, &plan);
    plan.conditions = conditions;
    plan.counted = asked::counted(inputs, variables, &plan, settings);
    Ok((plan, misfit.or(misfit_of)))
}

/// The error of a level that the filter names but no case has, or else those of the conditions.
fn unknown_level(passed: &mut PassResult, settings: &Settings) -> Option<Error> {
    let of_filter = passed.no_such_level.take().zip(settings.keep.as_ref());
    let of_filter = of_filter.map(|(fault, keep)| fault.into_error(&keep.text));
    let of_conditions = if settings.allows_absent { Vec::new() } else { std::mem::take(&mut passed.no_such_level_of) };
    of_filter.or_else(|| conditions::faults(&settings.conditions, of_conditions))
}

fn threads(inputs: &Inputs, columns: usize, settings: &Settings) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    // Each thread has counts of each column: where the cells are few, merging them takes longer than counting.
    let worth = inputs.size() / (columns as u64).saturating_mul(WORTH_A_THREAD).max(1);
    match settings.threads {
        Some(threads) => threads.max(1),
        None if inputs.size() < SMALL => 1,
        None => processors().min(usize::try_from(worth).unwrap_or(usize::MAX)).max(1),
    }
}

/// The lexical classes of all cells, by column of the file, and of composed columns behind them; of columns that were
/// not counted, those of the first look.
fn in_file_order(plan: &Plan<'_>, counted: &Counted<'_>, before: &[Arc<Evidence>]) -> Vec<Arc<Evidence>> {
    let last = plan.variables.iter().map(|(_, column)| column.saturating_add(1)).max().unwrap_or_default();
    let columns = plan.columns.len().max(last);
    let mut all: Vec<Arc<Evidence>> = vec![Arc::default(); columns];
    for (index, ((_, column), evidence)) in plan.variables.iter().zip(&counted.evidence).enumerate() {
        let evidence = if plan.is_counted(index) { evidence } else { before.get(*column).unwrap_or(evidence) };
        if let Some(slot) = all.get_mut(*column) {
            slot.clone_from(evidence);
        }
    }
    for (column, naming) in &counted.naming {
        if let Some(slot) = all.get_mut(*column) {
            Arc::make_mut(slot).naming = Some(naming.clone());
        }
    }
    all
}

fn file_marks(inputs: &Inputs, settings: &Settings) -> FileMarks {
    FileMarks {
        is_comma_stated: settings.decimal_comma,
        has_semicolons: inputs.are_all_delimited_by(b';'),
        is_delimited: inputs.are_all_delimited(),
    }
}

/// True where every variable that is needed was counted, and every one of which cells were understood during the pass
/// is what the plan assumed it to be.
fn is_confirmed(
    counted: &Counted<'_>,
    (plan, needed): (&Plan<'_>, &[bool]),
    confirmed: &[(Variable, usize)],
    settings: &Settings,
) -> bool {
    let selects = settings.keep.is_some() || !settings.conditions.is_empty();
    let has_ranges = confirmed.iter().any(|(variable, _)| !variable.ranges.is_empty());
    let ages = || confirmed.iter().filter(|(variable, _)| variable.role == Role::Age);
    let is_age_stated_twice = ages().any(|(age, _)| age.part.is_some()) && ages().any(|(age, _)| age.part.is_none());
    let is_response = |(variable, _): &(Variable, usize)| variable.role == Role::Response;
    let has_response = plan.variables.iter().chain(confirmed).any(is_response);
    // An age that is stated twice is compared. Treatment is read with its response, a laboratory value with its reference range by age and sex.
    let is_read_with_others = |variable: &Variable| match variable.role {
        Role::CaseId | Role::Response => true,
        Role::Age => has_ranges || is_age_stated_twice,
        Role::Sex => has_ranges,
        _ => has_response && variable.kind == Kind::Lines || !variable.ranges.is_empty(),
    };
    let are_same = plan.variables.iter().map(|(_, column)| column).eq(confirmed.iter().map(|(_, column)| column));
    let mut pairs = plan.variables.iter().zip(confirmed).enumerate();
    are_same
        && needed.iter().enumerate().all(|(index, needed)| !needed || plan.is_counted(index))
        && pairs.all(|(index, ((assumed, _), (found, _)))| {
            let is_needed = selects || plan.by.contains(&index) || counted.is_interpreted(index);
            // Numbers were counted under the mark that was assumed.
            let is_needed = is_needed || assumed.reading.mark != found.reading.mark;
            let is_needed = is_needed || is_read_with_others(assumed) || is_read_with_others(found);
            !is_needed || assumed.decision() == found.decision()
        })
}

/// Refuses `--unit` for a column that is none of numbers, where it would do nothing.
fn ensure_units_are_used(variables: &[(Variable, usize)], columns: &Columns, settings: &Settings) -> Result<(), Error> {
    for (named, forced) in &settings.forced {
        let Some(unit) = &forced.unit else { continue };
        let at = column_of(named, columns.names())?;
        let is_other =
            |variable: &Variable| variable.kind != Kind::Number && variable.kind_reason != Some(KindReason::Empty);
        let other = variables.iter().find(|(variable, column)| *column == at && is_other(variable));
        if let Some((Variable { header, kind, .. }, _)) = other {
            let message = format!("the column '{header}' has the kind {kind}, and no unit (--unit)");
            let option = quoted(&format!("{header}=number"));
            return Err(Error::usage_with(message, format!("if it holds numbers in {unit}, add --kind {option}")));
        }
    }
    Ok(())
}

/// What is certain after the last pass.
struct Settled {
    variables: Vec<(Variable, usize)>,
    /// Which of them were counted.
    counted: Vec<bool>,
    id: Option<usize>,
    by: Vec<usize>,
    /// What the cells of each column of the file look like.
    evidence: Vec<Arc<Evidence>>,
    /// What is wrong with the filter; faults of the file are reported before it.
    fault: Option<Error>,
}

fn finish(
    inputs: &Inputs,
    columns: &Columns,
    settled: Settled,
    mut passed: PassResult,
    settings: &Settings,
) -> Result<Cohort, Error> {
    let mut findings = std::mem::take(&mut passed.parts.findings);
    let file = WholeFile { inputs, columns, id: settled.id, evidence: &settled.evidence, settings };
    file.check(&settled.variables, &passed.parts.ids, &mut findings)?;
    let Settled { variables, counted, id, by, fault, evidence: _ } = settled;
    if findings.count(Severity::Error) > 0 {
        return Err(findings.into());
    }
    if let Some(fault) = fault {
        return Err(fault);
    }
    variables.iter().try_for_each(|(variable, _)| ensure_answers(variable))?;
    conceal(&mut findings, columns.names(), settings);
    let kept = passed.parts.groups.remove(&GroupKey::Kept);
    let mut cohort = Cohort { cases: passed.rows, cases_by_input: passed.rows_by_input, ..Cohort::default() };
    cohort.conditions = conditions::counted(&settings.conditions, &variables, &mut passed.parts);
    let too_many = passed.parts.too_many_groups;
    let cases = kept.as_ref().map_or(passed.rows, |kept| kept.cases);
    cohort.grouping = grouping(&variables, by, passed.parts.groups, too_many, (settings.groups, cases))?;
    if let (Some(kept), Some(keep)) = (kept, &settings.keep) {
        cohort.cases = kept.cases;
        cohort.filtered = Some((keep.text.clone(), passed.parts.filtered));
        passed.parts.ranges = take_kept(kept, &variables, &mut passed.parts.columns);
    }
    let left_out = variables.iter().zip(&counted).filter(|(_, is_counted)| !**is_counted);
    asked::note(left_out.map(|((variable, _), _)| variable)).into_iter().for_each(|note| findings.add(note));
    let parts = passed.parts.columns.into_iter().zip(passed.evidence).zip(passed.parts.ranges).zip(counted);
    for ((variable, column), (((counts, evidence), ranges), is_counted)) in variables.into_iter().zip(parts) {
        let Some(counts) = counts else { continue };
        let is_id = Some(column) == id || variable.role == Role::CaseId;
        if is_counted {
            findings.merge(remarks(&variable, &evidence));
        }
        if variable.is_withheld() {
            findings.add(withheld(&variable));
        }
        let visits = settings.changes.get(&variable.header).cloned();
        cohort.variables.push(CohortVariable { variable, column, counts, evidence, ranges, is_id, is_counted, visits });
    }
    cohort.findings = findings;
    cohort.columns = columns.clone();
    cohort.id = id;
    Ok(cohort)
}

/// Puts the counts of the cases that a filter keeps in place of those of all cases, and returns those by reference range.
fn take_kept(
    mut kept: GroupParts,
    variables: &[(Variable, usize)],
    columns: &mut [Option<Counts>],
) -> Vec<Option<RangeCounts>> {
    for ((variable, _), (index, counts)) in variables.iter().zip(columns.iter_mut().enumerate()) {
        *counts = Some(kept.take_counts(index, variable.kind));
    }
    kept.ranges.resize(variables.len(), None);
    kept.ranges
}

/// A blank cell can be no only in a column of levels, or none of the items of a set. Checked after the last pass, when every kind is known.
fn ensure_answers(variable: &Variable) -> Result<(), Error> {
    let is_stated = matches!(variable.reading.blank, BlankReading::No | BlankReading::Zero);
    if !is_stated || matches!(variable.kind, Kind::Category | Kind::Binary | Kind::Set) {
        return Ok(());
    }
    let message = format!("'{}' is a {} column: a blank cell in it cannot mean no", variable.header, variable.kind);
    let kind = quoted(&format!("{}=category", variable.header));
    Err(Error::usage_with(message, format!("remove --blank-is-no, or read the column as levels: --kind {kind}")))
}
