//! What goes to standard error: findings, an error with its remedy, help and usage. Every text is safe to print.

use crate::diagnostic::{Findings, bounded, sanitize};
use crate::error::Error;
use crate::render;
use std::borrow::Cow;

/// The findings of a run; empty where there are none.
pub fn findings(findings: &Findings) -> String {
    render::findings::render(findings)
}

/// An error: the findings of a rejected input, else the message, the line it is about, and what to do.
pub fn error(error: &Error) -> String {
    if let Error::Refused(refused) = error {
        return format!("{}error: input rejected: fix the errors above\n", findings(refused));
    }
    let excerpt = error.excerpt().unwrap_or_default().lines();
    let excerpt: String = excerpt.map(|line| format!("    {}\n", sanitize(line))).collect();
    let help = error.remedy().map_or(String::new(), |remedy| format!("  help: {}\n", sanitize(&bounded(remedy))));
    format!("error: {}\n{excerpt}{help}", sanitize(&bounded(&error.to_string())))
}

/// A usage message with its unsafe characters escaped; none where it has none and may be printed in colour.
pub fn escaped_usage(text: &str) -> Option<String> {
    let lines: Vec<_> = text.lines().map(sanitize).collect();
    lines.iter().any(|line| matches!(line, Cow::Owned(_))).then(|| format!("{}\n", lines.join("\n")))
}
