//! What the command line says of a column that became several holds of all of them: `--unit CRP=mg/L`.

use crate::cohort::relate::COUNTED;
use crate::read::{Inputs, first_columns};
use crate::schema::at_visit;
use crate::tally::Settings;

/// Says of `CRP@first`, `CRP@last` and the like what is said of `CRP`, unless there is a column of that name.
pub fn at_visits(inputs: &Inputs, settings: &mut Settings) {
    if settings.forced.is_empty() {
        return;
    }
    let columns: Vec<String> = first_columns(inputs).iter().map(|name| name.trim().to_owned()).collect();
    let is = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    let stated: Vec<String> = settings.forced.keys().cloned().collect();
    for name in stated.into_iter().filter(|name| !columns.iter().any(|column| is(column, name))) {
        let is_of =
            |column: &&String| at_visit(column).is_some_and(|(of, visit)| is(of, &name) && !COUNTED.contains(&visit));
        let of_name: Vec<&String> = columns.iter().filter(is_of).collect();
        let Some(forced) = settings.forced.get(&name).cloned().filter(|_| !of_name.is_empty()) else { continue };
        settings.forced.remove(&name);
        for column in of_name {
            let own = settings.forced.entry(column.clone()).or_insert_with(|| forced.clone());
            own.unit = own.unit.take().or_else(|| forced.unit.clone());
        }
    }
}
