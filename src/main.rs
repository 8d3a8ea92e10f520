//! calc-series: parse the command line, run the command, print once, exit.

#![allow(clippy::print_stderr)]

use calc_series::Error;
use calc_series::cli::{self, Outcome, message};
use std::io::Write;
use std::process::ExitCode;

/// Ran, and found nothing to fail on.
const DONE: u8 = 0;
/// Ran and found what it was asked to fail on.
const FOUND: u8 = 1;
/// Could not run.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let done = match cli::run(std::env::args_os()) {
        Ok(done) => done,
        Err(help_or_usage) => {
            print_help_or_usage(&help_or_usage);
            return if help_or_usage.use_stderr() { COULD_NOT_RUN.into() } else { ExitCode::SUCCESS };
        }
    };
    match done.and_then(print) {
        Ok(code) => code.into(),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            eprint_quietly(&message::error(&error));
            COULD_NOT_RUN.into()
        }
    }
}

/// A closed pipe is a quiet success, for help too.
fn print_help_or_usage(help_or_usage: &clap::Error) {
    match message::escaped_usage(&help_or_usage.render().to_string()) {
        Some(text) => eprint_quietly(&text),
        None => drop(help_or_usage.print()),
    }
}

/// Findings first, so that the tables come last on a terminal.
fn print(outcome: Outcome) -> Result<u8, Error> {
    eprint_quietly(&message::findings(&outcome.findings));
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
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
