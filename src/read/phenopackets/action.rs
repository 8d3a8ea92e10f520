//! Medical actions: what was done, and how it went.

use super::value::{class, items, member, text};
use serde_json::Value;

/// A medical action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Action {
    /// The agent or the procedure.
    pub agent: String,
    /// The dose of the first interval.
    pub dose: String,
    /// How often it was given.
    pub frequency: String,
    /// How it was given.
    pub route: String,
    /// The response to it.
    pub response: String,
}

/// The actions of a record in order; those that are none of the known kinds are counted in `unread`.
pub fn actions(packet: &Value, unread: &mut usize) -> Vec<Action> {
    let read = |value: &Value| {
        let action = action(value);
        *unread = unread.saturating_add(usize::from(action.is_none()));
        action
    };
    items(packet, "medicalActions").iter().filter_map(read).collect()
}

fn action(value: &Value) -> Option<Action> {
    let response = class(value, "responseToTreatment").unwrap_or_default();
    if let Some(treatment) = member(value, "treatment") {
        let interval = items(treatment, "doseIntervals").first();
        let dose = interval.and_then(|interval| member(interval, "quantity")).map(quantity).unwrap_or_default();
        let frequency = interval.and_then(|interval| class(interval, "scheduleFrequency")).unwrap_or_default();
        let route = class(treatment, "routeOfAdministration").unwrap_or_default();
        return Some(Action { agent: class(treatment, "agent")?, dose, frequency, route, response });
    }
    let agent = if let Some(procedure) = member(value, "procedure") {
        class(procedure, "code")
    } else if let Some(radiation) = member(value, "radiationTherapy") {
        class(radiation, "modality").or(Some("radiation therapy".to_owned()))
    } else {
        let regimen = member(value, "therapeuticRegimen")?;
        class(regimen, "ontologyClass").or_else(|| {
            member(regimen, "externalReference").and_then(|of| text(of, "description").or_else(|| text(of, "id")))
        })
    };
    Some(Action { agent: agent?, response, ..Action::default() })
}

/// A number with its unit; the number 0 is left out.
pub fn quantity(value: &Value) -> String {
    let number = text(value, "value").unwrap_or_else(|| "0".to_owned());
    match unit(value) {
        Some(unit) => format!("{number} {unit}"),
        None => number,
    }
}

/// The unit of a quantity: the code of UCUM where it is one, else its label.
pub fn unit(quantity: &Value) -> Option<String> {
    let unit = member(quantity, "unit")?;
    let code = text(unit, "id").and_then(|id| id.strip_prefix("UCUM:").map(str::to_owned));
    code.or_else(|| text(unit, "label"))
}
