//! A treatment line in the notation of CSV cells: `"pamidronate" [30 mg/day IV] + "prednisone": partial (unconfirmed), pain=improved`.

use super::nested::{DetailNames, JsonValue, Mismatch, NestedMembers, text};
use super::presence::tells_presence;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Members of a line that are tabulated, beside that which names the agents.
const TABULATED: [&str; 3] = ["response", "modifiers", "responses"];
/// Members that name the agents of a line; the last one is the name of anything.
const AGENTS: [&str; 8] = ["agents", "agent", "drugs", "drug", "medications", "medication", "medicine", "name"];
/// Members that only a line of treatment has.
const OF_LINES: [&str; 2] = ["response", "responses"];
/// Members of an agent that are written in brackets after its name, in this order.
const IN_BRACKETS: [&str; 6] = ["dose", "route", "frequency", "duration", "target", "taper"];
const AGENT: &str = "name the agent: \"agents\": [\"colchicine\"]";

/// A domain, such as pain, and its response.
type Domain<'a> = (Cow<'a, str>, Cow<'a, str>);

/// True for an object that is a treatment line: its agents, or something that was given with the response to it.
///
/// What names the items of the column otherwise is an item.
pub(super) fn is_line(members: &NestedMembers<'_>, names_item: impl Fn(&str) -> bool) -> bool {
    let has = |names: &[&str]| members.0.iter().any(|(name, _)| names.contains(&&**name));
    let is_given = has(&AGENTS) && !members.0.iter().any(|(name, _)| names_item(name));
    has(&["agents", "agent"]) || is_given || has(&AGENTS) && has(&OF_LINES)
}

/// True for an object that names something that may be an agent: a line beside others that are.
pub(super) fn names_an_agent(members: &NestedMembers<'_>) -> bool {
    AGENTS.iter().any(|name| members.get(name).is_some())
}

/// Writes one line of agents given together.
pub(super) fn write_line<'a>(
    members: &NestedMembers<'a>,
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<(), Mismatch> {
    write_agents(members, out, detail)?;
    let response = members.text("response")?.map(|text| word(text, "response")).transpose()?;
    let modifiers = modifiers(members)?;
    let domains = domains(members)?;
    if response.is_some() || !modifiers.is_empty() || !domains.is_empty() {
        out.push_str(": ");
        out.push_str(response.as_deref().unwrap_or("not reported"));
    }
    if !modifiers.is_empty() {
        out.push_str(" (");
        out.push_str(&modifiers.join(", "));
        out.push(')');
    }
    for (domain, response) in domains {
        out.push_str(", ");
        out.push_str(&domain);
        out.push('=');
        out.push_str(&response);
    }
    let is_read = |name: &str| TABULATED.contains(&name) || AGENTS.contains(&name) || tells_presence(members, name);
    detail.extend(members.0.iter().map(|(name, _)| name).filter(|name| !is_read(name)).cloned());
    Ok(())
}

/// Writes the agents in double quotes, so that no name can be taken for a separator.
fn write_agents<'a>(
    members: &NestedMembers<'a>,
    out: &mut String,
    detail: &mut DetailNames<'a>,
) -> Result<(), Mismatch> {
    let mut named = AGENTS.into_iter().filter_map(|name| Some((name, members.get(name)?)));
    let (Some((name, raw)), None) = (named.next(), named.next()) else {
        let value = AGENTS.iter().rev().find_map(|name| members.get(name)).map_or("", |raw| raw.get());
        return Err(Mismatch::new(value, "a line needs either `agents` or `agent`", AGENT));
    };
    let within = |mismatch: Mismatch| mismatch.within(name);
    let JsonValue::Array(agents) = JsonValue::of(raw).map_err(within)? else {
        return write_agent(raw, out, detail).map_err(within);
    };
    if agents.is_empty() {
        return Err(within(Mismatch::new(raw.get(), "a line without agents", AGENT)));
    }
    for (number, agent) in agents.iter().enumerate() {
        if number > 0 {
            out.push_str(" + ");
        }
        write_agent(agent, out, detail).map_err(|mismatch| within(mismatch.within(number)))?;
    }
    Ok(())
}

fn write_agent<'a>(raw: &'a RawValue, out: &mut String, detail: &mut DetailNames<'a>) -> Result<(), Mismatch> {
    let mut brackets = String::new();
    let name = match JsonValue::of(raw)? {
        JsonValue::Text(name) => Some(name).filter(|name| !name.trim().is_empty()),
        JsonValue::Object(members) => {
            let written = in_brackets(&members, &mut brackets);
            let name = members.text("name")?;
            let is_written = |name: &str| name == "name" || written.contains(&name);
            detail.extend(members.0.into_iter().map(|(name, _)| name).filter(|name| !is_written(name)));
            name
        }
        JsonValue::Null | JsonValue::Array(_) => None,
    };
    let name = name.filter(|name| !name.contains(char::is_control));
    let name = name.ok_or_else(|| Mismatch::new(raw.get(), "expected the name of an agent", AGENT))?;
    out.push('"');
    out.push_str(&name.replace('"', "\"\""));
    out.push('"');
    out.push_str(&brackets);
    Ok(())
}

/// Writes the brackets after the name of an agent, and returns the members written there.
fn in_brackets(members: &NestedMembers<'_>, out: &mut String) -> Vec<&'static str> {
    let mut written = Vec::new();
    for name in IN_BRACKETS {
        // A member that does not fit in brackets stays detail, which is not read.
        let Some(text) = members.text(name).ok().flatten().filter(|text| fits_in_brackets(text)) else { continue };
        let text = match (name, text.trim()) {
            ("taper", "true" | "yes") => "taper",
            ("taper", "false" | "no") => "no taper",
            (_, text) => text,
        };
        out.push_str(if written.is_empty() { " [" } else { " " });
        out.push_str(text);
        written.push(name);
    }
    if !written.is_empty() {
        out.push(']');
    }
    written
}

/// True for a text without quotes and brackets, whose parentheses have their partners.
fn fits_in_brackets(text: &str) -> bool {
    let mut open = 0_usize;
    text.chars().all(|c| match c {
        '(' => {
            open = open.saturating_add(1);
            true
        }
        ')' => open.checked_sub(1).map(|fewer| open = fewer).is_some(),
        _ => !"[]\"".contains(c) && !c.is_control(),
    }) && open == 0
}

fn modifiers<'a>(members: &NestedMembers<'a>) -> Result<Vec<Cow<'a, str>>, Mismatch> {
    let Some(raw) = members.get("modifiers") else { return Ok(Vec::new()) };
    let JsonValue::Array(items) = JsonValue::of(raw).map_err(|mismatch| mismatch.within("modifiers"))? else {
        let single = members.text("modifiers")?;
        return single.map(|text| word(text, "modifiers")).transpose().map(|word| word.into_iter().collect());
    };
    let empty = |raw: &RawValue| Mismatch::new(raw.get(), "a modifier must not be empty", "remove it");
    let read =
        |raw: &'a RawValue| text(raw)?.ok_or_else(|| empty(raw)).map_err(|mismatch| mismatch.within("modifiers"));
    items.into_iter().map(|raw| word(read(raw)?, "modifiers")).collect()
}

/// Further domains and their responses; a null response is not reported.
fn domains<'a>(members: &NestedMembers<'a>) -> Result<Vec<Domain<'a>>, Mismatch> {
    let Some(raw) = members.get("responses") else { return Ok(Vec::new()) };
    let within = |mismatch: Mismatch| mismatch.within("responses");
    let domains = match JsonValue::of(raw).map_err(within)? {
        JsonValue::Null => return Ok(Vec::new()),
        JsonValue::Object(domains) => domains,
        _ => {
            let remedy = "write one member a domain: {\"pain\": \"improved\"}";
            return Err(within(Mismatch::new(raw.get(), "expected an object of responses by domain", remedy)));
        }
    };
    let mut read = Vec::new();
    for (domain, raw) in domains.0 {
        if let Some(response) = text(raw).map_err(|mismatch| within(mismatch.within(&domain)))? {
            let response = word(response, &domain).map_err(within)?;
            read.push((word(domain.clone(), &domain).map_err(within)?, response));
        }
    }
    Ok(read)
}

/// A text that cannot be taken for the punctuation of a line.
fn word<'a>(text: Cow<'a, str>, step: &str) -> Result<Cow<'a, str>, Mismatch> {
    let is_punctuation = |c: char| ",;:=()[]\"".contains(c) || c.is_control();
    if text.contains(is_punctuation) || text.trim().is_empty() {
        let message = "a response, modifier or domain is one word or phrase";
        return Err(Mismatch::new(&text, message, "write it without any of , ; : = ( ) [ ] \"").within(step));
    }
    Ok(text)
}
