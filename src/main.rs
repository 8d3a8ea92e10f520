//! calc-series: parse the command line, run the command, print once, exit.

#![allow(clippy::print_stderr)]

use calc_series::Error;
use calc_series::cli::{self, MessageStyle, Outcome, Ran, message};
use std::io::Write;
use std::process::ExitCode;

/// Ran, and found nothing to fail on.
const DONE: u8 = 0;
/// Ran and found what it was asked to fail on.
const FOUND: u8 = 1;
/// Could not run.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    // Where the shell leaves *.csv to the program, it is expanded here.
    let Ran { outcome, messages } = match cli::run(wild::args_os()) {
        Ok(ran) => ran,
        Err(help_or_usage) => return print_help_or_usage(&help_or_usage),
    };
    end(outcome.and_then(|outcome| print(outcome, messages)), messages)
}

/// A closed pipe is a quiet success, for help too; any other failure to print help is a failure.
fn print_help_or_usage(help_or_usage: &clap::Error) -> ExitCode {
    if help_or_usage.use_stderr() {
        match message::escaped_usage(&help_or_usage.render().to_string()) {
            Some(text) => eprint_quietly(&text),
            None => drop(help_or_usage.print()),
        }
        return COULD_NOT_RUN.into();
    }
    let printed = help_or_usage.print().and_then(|()| std::io::stdout().flush());
    end(printed.map(|()| DONE).map_err(|fault| Error::io("standard output", fault)), MessageStyle::default())
}

/// The exit code, with the error that decided it on standard error.
fn end(done: Result<u8, Error>, messages: MessageStyle) -> ExitCode {
    match done {
        Ok(code) => code.into(),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            eprint_quietly(&message::error(&error, messages));
            COULD_NOT_RUN.into()
        }
    }
}

/// Findings first, so that the tables come last on a terminal.
fn print(outcome: Outcome, messages: MessageStyle) -> Result<u8, Error> {
    eprint_quietly(&message::findings(&outcome.findings, messages));
    let code = match (outcome.refused, outcome.failed) {
        (true, _) => COULD_NOT_RUN,
        (false, true) => FOUND,
        (false, false) => DONE,
    };
    outcome.print(&mut std::io::stdout().lock())?;
    Ok(code)
}

/// A closed standard error is not an error.
fn eprint_quietly(text: &str) {
    let _ = anstream::AutoStream::always(std::io::stderr().lock()).write_all(text.as_bytes());
}
