//! The rows of a change between visits.

use crate::cohort::derive::Derived;
use crate::error::Error;
use crate::tables::stat_rules::StatOption;

/// Pairs, mean and median change with their intervals, the least and the greatest change.
const ROWS: [&str; 4] = [
    "{N}",
    "{mean} ({mean.low}, {mean.high})",
    "{hodges_lehmann} ({hodges_lehmann.low}, {hodges_lehmann.high})",
    "{min}, {max}",
];

/// Adds the rows of each change, but for those whose rows are stated.
///
/// Errors: none but a row that is no template.
pub(super) fn add_rows(stats: &mut Vec<StatOption>, derived: &[Derived]) -> Result<(), Error> {
    for change in derived.iter().filter(|derived| derived.is_change) {
        if stats.iter().any(|stat| stat.is_of(&change.name)) {
            continue;
        }
        for row in ROWS {
            stats.push(format!("{}={row}", change.name).parse()?);
        }
    }
    Ok(())
}
