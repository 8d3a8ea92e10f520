//! Which columns name the case, which only number the rows, and which are blank.

use super::columns::column_of;
use super::settings::{IdChoice, Settings};
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation, quoted};
use crate::error::Error;
use crate::read::unnamed_number;
use crate::schema::evidence::{Evidence, Naming};
use crate::schema::header::identity::{
    IdStrength, Identity, id_strength, identity, is_of_a_hospital, may_number_records, numbers_cases,
};
use crate::schema::header::read_header;
use crate::schema::{Role, Variable};
use crate::words::counted;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What becomes of a column, as far as its header speaks of identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnUse {
    /// Its header, its cells, the schema and the options decide.
    Variable,
    /// Its header may name the case, and it does.
    Case,
    /// Its header may name the case, and it does not.
    NotTheCase,
    /// It numbers the rows, or has no name.
    Dropped,
    /// It describes the table, and no patient.
    OfTable,
}

/// What becomes of each column of the file.
pub fn identify(names: &[String], evidence: &[Arc<Evidence>], settings: &Settings) -> Vec<ColumnUse> {
    let claims = claims(names, settings);
    let claim = |column: usize| claims.get(column).copied().unwrap_or_default();
    let (has_role, has_kind) = (|column: usize| claim(column).has_role, |column: usize| claim(column).has_kind);
    let naming = |column: usize| evidence.get(column).and_then(|evidence| evidence.naming.as_ref());
    let identities: Vec<Option<Identity>> = names.iter().map(|name| identity(name)).collect();
    let is = |column: usize, wanted: Identity| identities.get(column) == Some(&Some(wanted));
    let is_ambiguous = |column: usize| !has_role(column) && is(column, Identity::Case(IdStrength::Ambiguous));
    let is_certain = |column: usize| !has_role(column) && is(column, Identity::Case(IdStrength::Certain));
    let has_better = names_the_case_for_certain(settings) || (0..names.len()).any(is_certain);
    let mut ambiguous = (0..names.len()).filter(|column| is_ambiguous(*column));
    let is_unique = |column: usize| naming(column).is_some_and(|naming| naming.are_unique || naming.are_numbered);
    let may_be = |column: usize| !has_better && !has_kind(column) && is_unique(column);
    let counts_records = |column: usize| {
        let counts = naming(column).is_some_and(|naming| naming.count_rows);
        counts
            && !has_better
            && !claim(column).is_made
            && names.get(column).is_some_and(|name| may_number_records(name))
    };
    let chosen =
        ambiguous.find(|column| may_be(*column)).or_else(|| (0..names.len()).find(|column| counts_records(*column)));
    let is_beside_the_case = |column: usize| {
        let is_only_named_so = is_certain(column) && !claim(column).is_made;
        is_only_named_so && is_of_hospital(names, column) && is_named_by_another(names, column, settings, is_certain)
    };
    let uses = names.iter().enumerate().map(|(column, name)| {
        let is_row = is(column, Identity::Row) && !claim(column).is_made;
        if unnamed_number(name).is_some()
            || (is_row && naming(column).is_none_or(|naming| naming.count_rows || naming.first.is_none()))
        {
            ColumnUse::Dropped
        } else if settings.of_table.iter().any(|of_table| of_table == name.trim()) && !claim(column).is_made {
            ColumnUse::OfTable
        } else if chosen == Some(column) {
            ColumnUse::Case
        } else if is_ambiguous(column) || is_beside_the_case(column) {
            ColumnUse::NotTheCase
        } else {
            ColumnUse::Variable
        }
    });
    uses.collect()
}

fn is_of_hospital(names: &[String], column: usize) -> bool {
    names.get(column).is_some_and(|name| is_of_a_hospital(name))
}

/// True where another column names the case than this one with a number of a hospital, and more than a row.
///
/// The first such number names the case where nothing else does.
fn is_named_by_another(
    names: &[String],
    column: usize,
    settings: &Settings,
    is_certain: impl Fn(usize) -> bool,
) -> bool {
    let is_serial = |column: usize| names.get(column).is_some_and(|name| numbers_cases(name));
    let ids = (0..names.len()).filter(|column| is_certain(*column) && !is_serial(*column));
    let first = ids.min_by_key(|column| (is_of_hospital(names, *column), *column));
    names_the_case_by_choice(settings) || first.is_some_and(|first| first != column)
}

/// What an option or the schema says of a column.
#[derive(Debug, Clone, Copy, Default)]
struct ColumnDeclaration {
    is_made: bool,
    has_role: bool,
    has_kind: bool,
}

/// What is said of each column.
fn claims(names: &[String], settings: &Settings) -> Vec<ColumnDeclaration> {
    let mut claims = vec![ColumnDeclaration::default(); names.len()];
    // Another part of the program says that there is no such column, or that it is a set.
    let mut claim = |column: Option<usize>, has_role: bool, has_kind: bool| {
        if let Some(claim) = column.and_then(|column| claims.get_mut(column)) {
            (claim.is_made, claim.has_role, claim.has_kind) =
                (true, claim.has_role || has_role, claim.has_kind || has_kind);
        }
    };
    for (name, forced) in &settings.forced {
        claim(column_of(name, names).ok(), forced.role.is_some(), forced.kind.is_some());
    }
    if let IdChoice::Column(id) = &settings.id {
        claim(column_of(id, names).ok(), true, false);
    }
    let fields = || settings.schema.iter().flat_map(|schema| &schema.variables);
    if fields().next().is_some() {
        let by_header: FxHashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (name.trim(), at)).collect();
        let plain: Vec<String> = names.iter().map(|name| read_header(name).name).collect();
        let by_name: FxHashMap<&str, usize> = plain.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        for field in fields() {
            let found = by_header.get(field.header.as_str()).or_else(|| by_name.get(field.name.as_str()));
            claim(found.copied(), field.role.is_some(), field.kind.is_some());
        }
    }
    claims
}

/// True where an option or the schema names the case, or says that nothing does.
fn names_the_case_for_certain(settings: &Settings) -> bool {
    settings.id == IdChoice::No || names_the_case_by_choice(settings)
}

/// True where an option or the schema names the case.
fn names_the_case_by_choice(settings: &Settings) -> bool {
    if let IdChoice::Column(_) = &settings.id {
        return true;
    }
    let by_option = settings.forced.values().any(|forced| forced.role == Some(Role::CaseId));
    let fields = settings.schema.iter().flat_map(|schema| &schema.variables);
    let by_schema = fields.into_iter().any(|field| field.role == Some(Role::CaseId));
    by_option || by_schema
}

/// The column of case IDs among the variables: the primary key of the schema, else the one whose header names the case
/// most surely, the first of several.
pub fn id_column(
    variables: &[(Variable, usize)],
    names: &[String],
    settings: &Settings,
) -> Result<Option<usize>, Error> {
    let key = settings.schema.as_ref().and_then(|schema| match schema.primary_key.as_slice() {
        [key] => Some(key),
        _ => None,
    });
    let strength = |variable: &Variable| {
        let is_forced = settings.forced.get(&variable.header).is_some_and(|forced| forced.role == Some(Role::CaseId));
        (
            is_forced,
            key == Some(&variable.header),
            !numbers_cases(&variable.header),
            !is_of_a_hospital(&variable.header),
        )
    };
    match &settings.id {
        IdChoice::No => Ok(None),
        IdChoice::Column(name) => column_of(name, names).map(Some),
        IdChoice::Found => {
            let ids = variables.iter().filter(|(variable, _)| variable.role == Role::CaseId);
            // The last of the greatest is taken, so that the first of them must come last.
            Ok(ids.rev().max_by_key(|(variable, _)| strength(variable)).map(|(_, column)| *column))
        }
    }
}

/// The findings about columns that are left out.
///
/// A column of nothing but the names of totals has no name to be missed where the rows of totals are refused.
pub fn left_out(names: &[String], evidence: &[Arc<Evidence>], uses: &[ColumnUse], findings: &mut Findings) {
    let is_refused = findings.count(Severity::Error) > 0;
    let mut blank = 0_usize;
    let dropped = names.iter().zip(uses).enumerate().filter(|(_, (_, column_use))| **column_use == ColumnUse::Dropped);
    for (column, (name, _)) in dropped {
        let Some(naming) = evidence.get(column).and_then(|evidence| evidence.naming.as_ref()) else { continue };
        match (&naming.first, naming.count_rows, unnamed_number(name)) {
            (None, ..) => blank = blank.saturating_add(1),
            (Some(_), ..) if naming.are_totals && is_refused => {}
            (Some(_), true, number) => findings.add(numbers_the_rows(name, number)),
            (Some(first), false, number) => findings.add(without_a_name(number.unwrap_or(column), first)),
        }
    }
    if let Some(name) = uses.iter().position(|column_use| *column_use == ColumnUse::Case).and_then(|at| names.get(at)) {
        let message = "the header may name the case and no cell is there twice: it is the case ID";
        let remedy = format!("if it does not name the case: --no-id, or --kind {}", quoted(&format!("{name}=number")));
        findings.add(Finding::new(FindingId::CaseIdAssumed, message).column(name).remedy(remedy));
    }
    if blank > 0 {
        let message = format!("{} without a name and without cells: left out", counted(blank, "column"));
        findings.add(Finding::new(FindingId::BlankColumns, message));
    }
}

fn numbers_the_rows(name: &str, unnamed: Option<usize>) -> Finding {
    let note = |message: &str| Finding::new(FindingId::RowNumbers, message);
    match unnamed {
        Some(number) => note(&format!("column {number} has no name and only numbers the rows: it is left out")),
        None => {
            let remedy = format!("to keep it as a variable: --kind {}", quoted(&format!("{name}=number")));
            note("this column only numbers the rows: it is left out").column(name).remedy(remedy)
        }
    }
}

fn without_a_name(number: usize, location: &SourceLocation) -> Finding {
    let message = format!("column {number} has no name");
    let remedy = "name the column in the header, or remove it with its delimiter in every row";
    // Nobody knows whether the cell names a person.
    Finding::new(FindingId::EmptyHeader, message).at(location.clone()).remedy(remedy)
}

/// The warning where no column names the case.
pub fn no_case_id(names: &[String], evidence: &[Arc<Evidence>]) -> Finding {
    let repeats = |(column, name): &(usize, &String)| -> bool {
        let naming: Option<&Naming> = evidence.get(*column).and_then(|evidence| evidence.naming.as_ref());
        id_strength(name) == Some(IdStrength::Ambiguous) && naming.is_some_and(|naming| !naming.are_unique)
    };
    let named =
        |is: &dyn Fn(&(usize, &String)) -> bool| names.iter().enumerate().find(is).map(|(_, name)| quoted(name));
    let message = "no column with a case ID: rows are numbered, and duplicate cases cannot be found";
    let finding = Finding::new(FindingId::NoCaseId, message);
    if let Some(name) = named(&repeats) {
        return finding.remedy(format!(
            "to see which cells of {name} occur twice or are empty: --id {name}; or accept numbered rows: --no-id"
        ));
    }
    let numbers_another_thing = |(column, name): &(usize, &String)| {
        let cells = evidence.get(*column).map(|evidence| &**evidence);
        let is_named_once = || cells.and_then(|cells| cells.naming.as_ref()).is_some_and(|naming| naming.are_unique);
        identity(name) == Some(Identity::Thing) && is_unique(cells) || may_number_records(name) && is_named_once()
    };
    finding.remedy(match named(&numbers_another_thing) {
        Some(name) => format!("if {name} names the case: --id {name}; or accept numbered rows: --no-id"),
        None => "add a column case_id with a number for each case, or accept numbered rows: --no-id".to_owned(),
    })
}

/// True where each cell has a text of its own, as far as the texts are known.
fn is_unique(cells: Option<&Evidence>) -> bool {
    cells.is_some_and(|cells| {
        cells.blanks() == 0 && cells.words().next().is_some() && cells.words().all(|(_, met)| met.cells == 1)
    })
}
