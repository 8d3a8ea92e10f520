//! What goes to standard error: findings, an error with its remedy, help and usage. Every text is safe to print.

pub use crate::diagnostic::{Finding, FindingId, Findings, Severity, bounded, quoted, sanitize};
use crate::error::Error;
use crate::render;
pub use crate::render::colour::Colour;
use std::borrow::Cow;

/// Errors that are printed, of several.
const SHOWN: usize = 20;

/// Which messages are printed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageStyle {
    /// The least severe findings that are printed.
    pub at_least: Severity,
    /// Whether they are coloured.
    pub colour: Colour,
}

/// All messages, in plain text.
impl Default for MessageStyle {
    fn default() -> MessageStyle {
        MessageStyle { at_least: Severity::Note, colour: Colour::Off }
    }
}

/// The findings of a run; empty where there are none.
pub fn findings(findings: &Findings, style: MessageStyle) -> String {
    render::findings::render(findings, style.at_least, style.colour)
}

/// The note that the command line overrides an option of a table in a file.
pub fn overridden(option: &str) -> Finding {
    let message = format!("--{option} of the command line overrides that of the file of --spec");
    Finding::new(FindingId::SpecOverridden, message).remedy("leave one of the two out")
}

/// An error: the findings of a rejected input, else the message, the line it is about, and what to do.
pub fn error(error: &Error, style: MessageStyle) -> String {
    let heading = style.colour.severity(Severity::Error, "error");
    if let Error::Refused(refused) = error {
        return format!("{}{heading}: input rejected: fix the errors above\n", findings(refused, style));
    }
    if let Error::Several(all) = error {
        let shown: String = all.iter().take(SHOWN).map(|one| self::error(one, style)).collect();
        let more = all.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!("{heading}: {more} more like these\n") } else { String::new() };
        return shown + &more;
    }
    let excerpt = error.excerpt().unwrap_or_default().lines();
    let excerpt: String = excerpt.map(|line| format!("    {}\n", sanitize(line))).collect();
    let help = |remedy| format!("  {}: {}\n", style.colour.help(), sanitize(&bounded(remedy)));
    let help = error.remedy().map_or(String::new(), help);
    format!("{heading}: {}\n{excerpt}{help}", sanitize(&bounded(&error.to_string())))
}

/// A usage message with its unsafe characters escaped; none where it has none and may be printed in colour.
pub fn escaped_usage(text: &str) -> Option<String> {
    let lines: Vec<_> = text.lines().map(sanitize).collect();
    lines.iter().any(|line| matches!(line, Cow::Owned(_))).then(|| format!("{}\n", lines.join("\n")))
}
