//! What the command line says of one column, by whichever of its names.

use super::columns::column_of;
use super::settings::{IdChoice, Settings};
use crate::schema::Role;
use crate::schema::decide::Forced;

/// All options that name a column; of two that contradict each other the first.
pub(super) fn forced(column: usize, names: &[String], settings: &Settings) -> Forced {
    let is_it = |name: &str| column_of(name, names).is_ok_and(|found| found == column);
    let named = settings.forced.iter().filter(|(name, _)| is_it(name)).map(|(_, forced)| forced);
    let mut all = named.fold(Forced::default(), |all, more| Forced {
        role: all.role.or(more.role),
        kind: all.kind.or(more.kind),
        unit: all.unit.or_else(|| more.unit.clone()),
        show: all.show || more.show,
        date_order: all.date_order.or(more.date_order),
        decimals: all.decimals.or(more.decimals),
        is_derived: all.is_derived || more.is_derived,
        made_of: if all.made_of.is_empty() { more.made_of.clone() } else { all.made_of },
        deidentify: all.deidentify || more.deidentify,
        blank_is_no: all.blank_is_no || more.blank_is_no,
        split: all.split.or(more.split),
        names_case: all.names_case.or(more.names_case),
    });
    if let IdChoice::Column(id) = &settings.id
        && is_it(id)
    {
        all.role = Some(Role::CaseId);
    }
    all
}
