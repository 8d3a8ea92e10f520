//! Writes treatment lines as in a cell.

use super::{Agent, Line, StatedResponse};
use crate::read::block::ITEM;
use std::borrow::Cow;
use std::fmt;

/// The name of an agent as in a line: in double quotes if it contains a separator.
pub fn quoted(name: &str) -> Cow<'_, str> {
    if name.contains(|c: char| ";|:+\"[]()".contains(c) || c == ITEM) {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(name)
    }
}

impl fmt::Display for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quoted(&self.name))?;
        match &self.detail {
            Some(detail) => write!(f, " [{detail}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for StatedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.response.map(|response| response.word());
        let word = self.synonym.as_deref().or(self.unreadable.as_deref()).or(word).unwrap_or_default();
        f.write_str(word)?;
        let mut remarks = self.modifiers.words();
        remarks.extend(self.remarks.iter().map(String::as_str));
        if remarks.is_empty() {
            return Ok(());
        }
        let gap = if word.is_empty() { "" } else { " " };
        write!(f, "{gap}({})", remarks.join(", "))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let agents: Vec<String> = self.agents.iter().map(Agent::to_string).collect();
        f.write_str(&agents.join(" + "))?;
        let target = self.target.to_string();
        let domains = self.domains.iter().map(|domain| format!("{}={}", domain.name, domain.said));
        let said: Vec<String> = Some(target).filter(|t| !t.is_empty()).into_iter().chain(domains).collect();
        if said.is_empty() { Ok(()) } else { write!(f, ": {}", said.join(", ")) }
    }
}
