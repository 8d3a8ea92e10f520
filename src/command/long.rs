//! A table with a row a visit: what its columns mean is decided over all rows, and then each case becomes one record.

use crate::cohort::relate::{LongTable, widen};
use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::Inputs;
use crate::schema::decide::Forced;
use crate::schema::{Kind, VISIT_SIGN, visit_column};
use crate::tally::{IdChoice, Settings, read_cohort};
use std::collections::BTreeMap;

/// The inputs with one record a case.
///
/// Errors: inputs that are refused as they are, or cannot be read twice, and those of [`widen`].
pub fn by_case(inputs: Inputs, settings: &mut Settings, long: &LongTable) -> Result<(Inputs, Findings), Error> {
    ensure_can_be_read_twice(&inputs)?;
    let mut as_it_is = Settings { id: IdChoice::No, ..settings.without_requests() };
    // What is said of a column at one visit is looked for once there are visits.
    as_it_is.forced.retain(|name, _| !name.contains(VISIT_SIGN));
    if let Some(schema) = &mut as_it_is.schema {
        schema.before_visits();
    }
    let cohort = read_cohort(&inputs, &as_it_is)?;
    let kinds = cohort.variables.iter().filter(|column| column.variable.part.is_none());
    let kinds = kinds.map(|column| (column.variable.header.trim().to_owned(), column.variable.kind)).collect();
    let stated = |name: &str| {
        let fields = settings.schema.iter().flat_map(|schema| &schema.variables);
        fields.into_iter().find(|field| field.header.trim() == name.trim()).and_then(|field| field.per_case)
    };
    let widened = widen(inputs, long, &settings.missing, stated)?;
    if let Some(schema) = &mut settings.schema {
        schema.at_visits(&widened.by_visit, &long.visit);
    }
    let is_declared = |header: &str| {
        let mut fields = settings.schema.iter().flat_map(|schema| &schema.variables);
        fields.any(|field| field.header.trim() == header && field.kind.is_some())
    };
    at_each_visit(&mut settings.forced, (&kinds, is_declared), &widened.by_visit);
    settings.id = IdChoice::Column(long.case.clone());
    Ok((widened.inputs, widened.notes))
}

/// What is stated of a column, and the kind that all of its cells have, hold at each visit, unless the schema declares the
/// kind at that visit.
fn at_each_visit(
    forced: &mut BTreeMap<String, Forced>,
    (kinds, is_declared): (&BTreeMap<String, Kind>, impl Fn(&str) -> bool),
    by_visit: &[(String, Vec<String>)],
) {
    for (column, visits) in by_visit {
        let named = forced.keys().find(|name| name.trim().eq_ignore_ascii_case(column.trim())).cloned();
        let stated = named.and_then(|name| forced.remove(&name)).unwrap_or_default();
        for visit in visits {
            let header = visit_column(column, visit);
            let of_column = kinds.get(column.trim()).copied().filter(|_| !is_declared(&header));
            let kind = stated.kind.or(of_column);
            forced.entry(header).or_insert_with(|| Forced { kind, ..stated.clone() });
        }
    }
}
