//! The meaning of every column, decided from what is counted, the schema and the options.

use super::columns::column_of;
use super::forced;
use super::identify::{ColumnUse, identify};
use super::part_columns::{first_part, part_columns};
use super::set_columns::{all_names, ensure_apart, in_place};
use super::settings::{IdChoice, Settings};
use crate::cohort::unit::UnitChange;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::read::Columns;
use crate::schema::counted_responses;
use crate::schema::decide::part::{decide_part, m_is_male};
use crate::schema::decide::{FileMarks, Forced, OtherMarks, decide};
use crate::schema::evidence::Evidence;
use crate::schema::lexical::MINUS;
use crate::schema::lexical::duration::TimeUnit;
use crate::schema::table_schema::{DeclaredVariable, match_columns};
use crate::schema::{DecimalMark, Kind, MinusReading, Role, Variable};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is known of the inputs before their cells.
#[derive(Debug, Clone, Copy)]
pub struct InputForm {
    /// False for JSON alone: the members of an object have no order, and some may be missing.
    pub is_ordered: bool,
    /// The decimal marks.
    pub marks: FileMarks,
}

/// The variable of each column and the index of the column in the file, in the order of the tables.
pub fn meanings(
    columns: &Columns,
    evidence: &[Arc<Evidence>],
    settings: &Settings,
    form: InputForm,
) -> Result<Vec<(Variable, usize)>, Error> {
    let names = &all_names(columns, settings);
    ensure_apart(columns, settings)?;
    ensure_named(names, settings)?;
    let uses = identify(columns.names(), evidence, settings);
    let (mut variables, mut undeclared) = (Vec::with_capacity(names.len()), Vec::new());
    let (parts, first) = (part_columns(columns, settings), first_part(columns, settings));
    let none = Arc::<Evidence>::default();
    for (column, declared) in described(columns.names(), &uses, settings, form.is_ordered)? {
        let Some(name) = names.get(column) else { continue };
        if column < columns.len() && parts.iter().any(|part| part.of.header == *name) {
            let of_it = parts.iter().enumerate().filter(|(_, part)| part.of.header == *name);
            let forced = forced(column, names, settings, None);
            let of_part = of_it.map(|(number, part)| {
                let number = first.saturating_add(number);
                let mut variable = decide_part(part, evidence.get(number).unwrap_or(&none), &forced);
                variable.harmless = settings.harmless_of(&variable);
                (variable, number)
            });
            let mut both: Vec<(Variable, usize)> = of_part.collect();
            let joined = both.iter().any(|(part, number)| m_is_male(part, evidence.get(*number).unwrap_or(&none)));
            both.iter_mut().for_each(|(part, _)| part.reading.m_is_male = joined);
            variables.extend(both);
            continue;
        }
        // The kind of a set of several columns is given.
        let evidence_of = evidence.get(column).filter(|_| column < columns.len()).unwrap_or(&none);
        let forced = forced(column, names, settings, uses.get(column));
        let mut variable = decide(name, evidence_of, declared, &forced);
        ensure_unit_of_time(&variable, &forced)?;
        ensure_unit_of_header(&variable)?;
        variable.harmless = settings.harmless_of(&variable);
        if declared.is_none_or(|declared| declared.mark.is_none()) {
            variable.reading.mark = form.marks.mark(&variable, evidence_of);
            variable.reading.grouped = form.marks.grouped(&variable, evidence_of);
            undeclared.push(column);
        }
        variables.push((variable, column));
    }
    doubt_points(&mut variables, evidence, &undeclared, form.marks);
    make_names_unique(&mut variables);
    lend_synonyms(&mut variables);
    Ok(variables)
}

/// Refuses `--unit age=kg`: every cell would be read as something that it is not.
fn ensure_unit_of_time(variable: &Variable, forced: &Forced) -> Result<(), Error> {
    let Some(unit) = forced.unit.as_deref().filter(|_| matches!(variable.role, Role::Age | Role::FollowUp)) else {
        return Ok(());
    };
    if TimeUnit::of_word(unit).is_some() {
        return Ok(());
    }
    let (header, role) = (&variable.header, variable.role);
    let message = format!("'{unit}' is not a unit of time, but the column '{header}' has the role {role} (--unit)");
    let remedy = format!("write --unit {}", quoted(&format!("{header}=months")));
    Err(Error::usage_with(message, format!("{remedy}, or years, weeks, days; or set another role with --role")))
}

/// Refuses a stated unit into which the numbers below the unit of the header cannot be converted.
fn ensure_unit_of_header(variable: &Variable) -> Result<(), Error> {
    let stated = variable.reading.header_unit.as_deref().zip(variable.unit.as_deref());
    let Some((written, shown)) = stated.filter(|_| variable.kind == Kind::Number) else { return Ok(()) };
    if UnitChange::new(written, shown).is_some() {
        return Ok(());
    }
    let header = &variable.header;
    let message = format!(
        "the header '{header}' says {written}, and numbers in {written} cannot be converted into {shown}, which the \
         schema or --unit states: the two do not measure the same"
    );
    let remedy =
        format!("state no unit of this column, or one like {written}; if its header is wrong, correct the header");
    Err(Error::usage_with(message, remedy))
}

/// Where points may separate thousands, no number with one is read: `429.000` may be 429 000.
fn doubt_points(
    variables: &mut [(Variable, usize)],
    evidence: &[Arc<Evidence>],
    undeclared: &[usize],
    marks: FileMarks,
) {
    let mut all = OtherMarks::default();
    for (variable, column) in variables.iter() {
        evidence.get(*column).into_iter().for_each(|cells| all.add(variable, cells));
    }
    for (variable, column) in variables.iter_mut().filter(|(_, column)| undeclared.contains(column)) {
        let cells = evidence.get(*column);
        if cells.is_some_and(|cells| marks.points_are_unclear(variable, cells, all)) {
            variable.reading.mark = DecimalMark::Comma;
        }
    }
}

/// What the command line and the other columns say of a column.
fn forced(column: usize, names: &[String], settings: &Settings, used_as: Option<&ColumnUse>) -> Forced {
    let forced = forced::forced(column, names, settings);
    Forced {
        deidentify: settings.deidentify,
        date_order: forced.date_order.or(settings.date_order),
        names_case: match used_as {
            Some(ColumnUse::Case) => Some(true),
            Some(ColumnUse::NotTheCase) => Some(false),
            Some(ColumnUse::Variable | ColumnUse::Dropped | ColumnUse::OfTable) | None => None,
        },
        ..forced
    }
}

/// Refuses an option that names no column.
fn ensure_named(names: &[String], settings: &Settings) -> Result<(), Error> {
    let id = match &settings.id {
        IdChoice::Column(id) => Some(id),
        IdChoice::Found | IdChoice::No => None,
    };
    settings.forced.keys().chain(id).try_for_each(|name| column_of(name, names).map(drop))
}

/// Every column that is not left out, with its declaration in the schema: the declared columns first, in the order of
/// the schema.
fn described<'s>(
    names: &[String],
    uses: &[ColumnUse],
    settings: &'s Settings,
    ordered: bool,
) -> Result<Vec<(usize, Option<&'s DeclaredVariable>)>, Error> {
    let is_kept =
        |(_, column_use): &(usize, &ColumnUse)| !matches!(column_use, ColumnUse::Dropped | ColumnUse::OfTable);
    let kept: Vec<usize> = uses.iter().enumerate().filter(is_kept).map(|(column, _)| column).collect();
    let Some(schema) = &settings.schema else { return Ok(kept.into_iter().map(|column| (column, None)).collect()) };
    let kept_names: Vec<String> = kept.iter().filter_map(|column| names.get(*column).cloned()).collect();
    let fields = match_columns(schema, &kept_names, ordered)?;
    let mut described: Vec<(usize, usize)> =
        fields.iter().zip(&kept).map(|(field, column)| (field.unwrap_or(usize::MAX), *column)).collect();
    described.sort_unstable();
    let described = described.into_iter().map(|(field, column)| (column, schema.variables.get(field))).collect();
    Ok(in_place(described, names, schema))
}

/// The responses of a column beside the treatment are read with it, after the synonyms of their own column.
fn lend_synonyms(variables: &mut [(Variable, usize)]) {
    let counted = counted_responses(variables.iter().map(|(variable, _)| variable));
    let Some((responses, _)) = counted.and_then(|place| variables.get(place)) else { return };
    let mut synonyms = responses.synonyms.clone();
    if responses.reading.minus != MinusReading::NotReported {
        // Beside a plus it is the level `negative`, which may be any response.
        for minus in MINUS {
            synonyms.entry(minus.to_string()).or_insert_with(|| "negative".to_owned());
        }
    }
    if synonyms.is_empty() {
        return;
    }
    for (variable, _) in variables.iter_mut().filter(|(variable, _)| variable.role == Role::Treatment) {
        variable.response_synonyms.clone_from(&synonyms);
    }
}

/// Two columns such as `CK (U/L)` and `CK (ukat/L)` have the same name without their units: they keep them.
fn make_names_unique(variables: &mut [(Variable, usize)]) {
    let names: Vec<String> = variables.iter().map(|(v, _)| v.name.clone()).collect();
    let mut met: FxHashMap<&str, usize> = FxHashMap::default();
    for name in &names {
        *met.entry(name).or_default() += 1;
    }
    for (variable, _) in variables {
        if met.get(variable.name.as_str()).is_some_and(|times| *times > 1) {
            variable.name.clone_from(&variable.header);
        }
    }
}
