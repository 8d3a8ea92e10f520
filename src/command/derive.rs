//! Derived variables: what the columns mean is decided over all rows, and then each case gets a cell more.

use crate::cohort::case::Case;
use crate::cohort::derive::{BoundDerived, Derived, DerivedCell, WhyBlank};
use crate::cohort::relate::with_column;
use crate::cohort::stream::{each_case, ensure_can_be_read_twice};
use crate::diagnostic::{Finding, FindingId, Findings, SourceLocation};
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::Kind;
use crate::schema::items::Separators;
use crate::schema::split::Split;
use crate::tally::{OfIdentity, Settings, read_cohort};
use crate::words::{counted, for_number};
use std::sync::Arc;

/// The inputs with the derived columns behind their own, each of which may use those before it.
///
/// Errors: an input that cannot be read twice or is refused, a name that is a column already, and what
/// does not fit the columns.
pub fn with_derived(
    mut inputs: Inputs,
    settings: &mut Settings,
    derived: &[Derived],
    notes: &mut Findings,
) -> Result<Inputs, Error> {
    if derived.is_empty() {
        return Ok(inputs);
    }
    ensure_can_be_read_twice(&inputs)?;
    let with_event = |one: &Derived| std::iter::once(one.clone()).chain(one.event());
    let derived: Vec<Derived> = derived.iter().flat_map(with_event).collect();
    for (at, one) in derived.iter().enumerate() {
        let later = derived.get(at..).unwrap_or_default();
        let (with_one, told) = with_one(inputs, settings, one, later)?;
        inputs = with_one;
        notes.extend(told.findings(&one.name));
    }
    Ok(inputs)
}

fn with_one(
    inputs: Inputs,
    settings: &mut Settings,
    derived: &Derived,
    later: &[Derived],
) -> Result<(Inputs, DerivedFindings), Error> {
    let mut as_it_is = settings.without_requests();
    as_it_is.forced.retain(|name, _| !later.iter().any(|later| later.name == *name));
    let mut cohort = read_cohort(&inputs, &as_it_is)?;
    if settings.derives_from_years {
        cohort.variables.iter_mut().for_each(|column| column.variable.is_deidentified = true);
    }
    let is_taken = |name: &str| name.eq_ignore_ascii_case(&derived.name);
    if cohort.columns.names().iter().any(|name| is_taken(name.trim())) {
        let message = format!("there is a column '{}' already", derived.name);
        return Err(Error::usage_with(message, "give the derived variable another name").within(derived.origin()));
    }
    let columns = cohort.case_columns(&as_it_is);
    let starts = Arc::clone(&settings.treatment_starts);
    let mut bound = derived.bind(columns.all(), &starts).map_err(|fault| fault.within(derived.origin()))?;
    let is_time = bound.is_time();
    let declared = settings.schema.iter().flat_map(|schema| schema.missing.iter().flat_map(|missing| missing.keys()));
    let missing: Vec<String> = settings.missing.iter().chain(declared).cloned().collect();
    let (mut cells, mut told) = (Vec::new(), DerivedFindings::default());
    each_case(&inputs, &cohort.columns, &columns, |case| {
        let DerivedCell { text: cell, why } = bound.cell(case);
        if bound.is_after_last_visit(case) {
            told.after_last_visit.add(case, &derived.name);
        }
        let is_change = derived.is_change;
        match why {
            Some(WhyBlank::Unknown) if is_change => told.without_pair.add(case, &derived.name),
            Some(WhyBlank::MeasuredOnce) => told.measured_once.add(case, &derived.name),
            Some(WhyBlank::DividedByZero) => told.by_zero.add(case, &derived.name),
            Some(WhyBlank::SeveralBands) => told.several_bands.add(case, &derived.name),
            Some(WhyBlank::Unknown) | None => {}
        }
        if is_time && cell.starts_with('-') {
            told.backwards.add(case, &derived.name);
        }
        cells.push(not_missing(cell, &missing, settings.decimal_comma));
        Ok(())
    })?;
    bound.check_levels().map_err(|fault| fault.within(derived.origin()))?;
    told.visits = bound.visits.take();
    (told.is_of_response, told.ends) = (derived.is_of_response(), derived.ends());
    declare(settings, derived, &bound, told.visits.clone());
    Ok((with_column(inputs, &derived.name, &cells)?, told))
}

/// Says what the derived column is: what the command line says of it, then the schema, then what it is made of.
fn declare(settings: &mut Settings, derived: &Derived, bound: &BoundDerived<'_>, visits: Option<[String; 2]>) {
    let mut declared = None;
    if let Some(schema) = &mut settings.schema {
        // Its fields have been compared with the columns of the file: a derived column needs none.
        declared = schema.derived.iter().find(|one| one.field.header == derived.name).map(|one| one.field.clone());
        schema.add_columns(declared.iter().cloned().collect());
    }
    let (kind, unit) = declared.map_or((None, None), |declared| (declared.kind, declared.unit));
    let forced = settings.forced.entry(derived.name.clone()).or_default();
    forced.kind = forced.kind.or(kind).or(Some(bound.kind));
    forced.unit = forced.unit.take().or(unit).or_else(|| bound.unit.clone());
    forced.decimals = bound.decimals();
    forced.is_derived = true;
    forced.made_of.clone_from(&bound.made_of);
    if bound.kind == Kind::Category {
        // A level that a rule names may have a comma, and is one level all the same.
        forced.split = forced.split.or(Some(Split::Items(Separators::NONE)));
    }
    if let Some(visits) = visits {
        settings.changes.insert(derived.name.clone(), visits);
    }
    let shared_date = bound.shared_date().map(str::to_owned);
    if bound.is_identifying || shared_date.is_some() {
        settings.of_identity.push(OfIdentity { name: derived.name.clone(), shared_date });
    }
}

/// Most cells that are named.
const MOST_NAMED: usize = 20;

/// Cells of which something is said; the first of them are named.
#[derive(Default)]
struct NamedCells {
    first: Vec<SourceLocation>,
    cases: usize,
}

impl NamedCells {
    fn add(&mut self, case: &Case<'_>, name: &str) {
        if self.cases < MOST_NAMED {
            self.first.push(case.location(name));
        }
        self.cases = self.cases.saturating_add(1);
    }

    /// A finding a cell, and one about the others.
    fn findings(self, of: &Finding, others: impl Fn(usize) -> String) -> Vec<Finding> {
        let more = self.cases.saturating_sub(self.first.len());
        let mut findings: Vec<Finding> = self.first.into_iter().map(|location| of.clone().at(location)).collect();
        if more > 0 {
            let message = others(more);
            findings.push(Finding { message, ..of.clone() });
        }
        findings
    }
}

/// What is said of the cells of a derived variable.
#[derive(Default)]
struct DerivedFindings {
    /// Cases of which a change is not known.
    without_pair: NamedCells,
    /// Cases with one measurement, which is the first and the last.
    measured_once: NamedCells,
    /// Cases in which a number is divided by 0.
    by_zero: NamedCells,
    /// Cases with a bound beyond which there are several bands.
    several_bands: NamedCells,
    /// The two visits of a change.
    visits: Option<[String; 2]>,
    /// Cases whose second date lies before the first.
    backwards: NamedCells,
    /// Cases whose event lies after the last visit.
    after_last_visit: NamedCells,
    /// True for a duration of response.
    is_of_response: bool,
    /// Of a time to an event, which day is that of the event, and which others stand for it.
    ends: Option<String>,
}

/// `3 more times are below 0`.
fn verb(n: usize, noun: &str, [one, many]: [&str; 2], rest: &str) -> String {
    format!("{} {} {rest}", counted(n, noun), for_number(n, one, many))
}

impl DerivedFindings {
    fn findings(self, name: &str) -> Vec<Finding> {
        let note = |id: FindingId, message: &str| Finding::new(id, message).column(name);
        let mut all = Vec::new();
        if let Some([before, after]) = &self.visits {
            all.push(note(FindingId::ChangeVisits, &format!("{after} less {before}")));
        }
        all.extend(self.ends.iter().map(|ends| note(FindingId::EventOfTime, ends)));
        if self.is_of_response {
            let message =
                "counted from the first day of the line with the response: no records have the day of the response";
            all.push(note(FindingId::ResponseDuration, message));
        }
        let left_out = |more: usize| format!("the change leaves {} out", counted(more, "more case"));
        let pair = note(
            FindingId::ChangeWithoutPair,
            "the value before or after is not known: the change leaves this case out",
        );
        all.extend(self.without_pair.findings(&pair, left_out));
        let once = note(
            FindingId::ChangeWithoutPair,
            "the values before and after are one measurement: the change leaves this case out",
        );
        all.extend(self.measured_once.findings(&once, left_out));
        let zero = note(FindingId::DividedByZero, "a number is divided by 0: there is no quotient");
        all.extend(self.by_zero.findings(&zero, |more| verb(more, "more quotient", ["has", "have"], "0 as divisor")));
        let bands = note(FindingId::SeveralBands, "the bound leaves open which of several bands it is");
        all.extend(
            self.several_bands.findings(&bands, |more| verb(more, "more bound", ["leaves", "leave"], "the band open")),
        );
        let message = "the second date lies before the first: the time is below 0";
        let before = Finding::new(FindingId::TimeBackwards, message).column(name);
        let before = before.remedy("correct one of the two dates");
        all.extend(self.backwards.findings(&before, |more| verb(more, "more time", ["is", "are"], "below 0")));
        let after =
            note(FindingId::EventAfterLastVisit, "the event lies after the last visit: the time is that to the event");
        let lies = |more| verb(more, "more event", ["lies", "lie"], "after the last visit");
        all.extend(self.after_last_visit.findings(&after, lies));
        all
    }
}

/// A number that a missing token looks like is written with a decimal more; the decimal mark is that of the file.
fn not_missing(cell: String, missing: &[String], has_comma: bool) -> String {
    let is_number = cell.strip_prefix('-').unwrap_or(&cell).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_number || cell.is_empty() {
        return cell;
    }
    let is_token = missing.iter().any(|token| token.trim() == cell);
    let cell = match (is_token, cell.contains('.')) {
        (true, true) => format!("{cell}0"),
        (true, false) => format!("{cell}.0"),
        (false, _) => cell,
    };
    if has_comma { cell.replace('.', ",") } else { cell }
}

/// Refuses a time without its event, unless the time is derived with it.
///
/// Errors: such a time.
pub fn ensure_event_is_named(settings: &Settings, derived: &[Derived]) -> Result<(), Error> {
    let Some(asked) = settings.survival.as_ref().filter(|asked| asked.is_event_of_time) else { return Ok(()) };
    if derived.iter().any(|one| one.name.eq_ignore_ascii_case(&asked.time) && one.event().is_some()) {
        return Ok(());
    }
    let message = format!("nothing says who has the event at '{}' (--time)", asked.time);
    let remedy = "--event \"outcome = 'died'\"; or derive the time with its event: --derive 't = onset to death or last_seen in days' --time t";
    Err(Error::usage_with(message, remedy))
}
