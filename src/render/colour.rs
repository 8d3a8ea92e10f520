//! The colour of messages on a terminal.

use crate::diagnostic::Severity;

/// Whether messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// Plain text.
    #[default]
    Off,
    /// The words in front in colour, by ANSI escapes.
    On,
}

impl Colour {
    /// A text in the colour of its severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.with(code, text)
    }

    /// The word before a remedy.
    pub fn help(self) -> String {
        self.with("1;32", "help")
    }

    fn with(self, code: &str, text: &str) -> String {
        match self {
            Colour::Off => text.to_owned(),
            Colour::On => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}
