//! Options for the messages on standard error; every command has them.

use crate::command::message::{Colour, MessageStyle};
use crate::diagnostic::Severity;
use clap::Args;

#[derive(Args)]
#[command(next_help_heading = "Messages")]
pub struct MessageArgs {
    /// Print errors only, no warnings or notes; --strict still fails on a warning
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Print messages without colour, as with the environment variable NO_COLOR
    #[arg(long, visible_alias = "no-colour", global = true)]
    no_color: bool,
}

impl MessageArgs {
    /// How messages are printed.
    pub fn style(&self) -> MessageStyle {
        let at_least = if self.quiet { Severity::Error } else { Severity::Note };
        MessageStyle { at_least, colour: if self.no_color { Colour::Off } else { of_terminal() } }
    }
}

/// In colour where standard error is a terminal that shows it, and the user has not turned it off (NO_COLOR,
/// CLICOLOR).
pub fn of_terminal() -> Colour {
    match anstream::AutoStream::choice(&std::io::stderr()) {
        anstream::ColorChoice::Never => Colour::Off,
        _ => Colour::On,
    }
}
