//! calc-series: parse the command line, run the command, print once, exit.

#![allow(clippy::print_stderr)]

use calc_series::command::output::Outcome;
use calc_series::diagnostic::sanitize;
use calc_series::error::Error;
use calc_series::{cli, render};
use std::borrow::Cow;
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
    let printed = done.and_then(print);
    match printed {
        Ok(code) => code.into(),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            COULD_NOT_RUN.into()
        }
    }
}

/// A closed pipe is a quiet success, for help too; words of the command line are made harmless.
fn print_help_or_usage(help_or_usage: &clap::Error) {
    let text = help_or_usage.render().to_string();
    let lines: Vec<_> = text.lines().map(sanitize).collect();
    if lines.iter().any(|line| matches!(line, Cow::Owned(_))) {
        eprint_quietly(&format!("{}\n", lines.join("\n")));
    } else {
        let _ = help_or_usage.print();
    }
}

/// Findings first, so that the tables come last on a terminal.
fn print(outcome: Outcome) -> Result<u8, Error> {
    eprint_quietly(&render::findings::render(&outcome.findings));
    let code = match (outcome.refused, outcome.failed) {
        (true, _) => COULD_NOT_RUN,
        (false, true) => FOUND,
        (false, false) => DONE,
    };
    outcome.print(&mut std::io::stdout().lock())?;
    Ok(code)
}

fn report(error: &Error) {
    match error {
        Error::Refused(findings) => {
            let text = render::findings::render(findings);
            eprint_quietly(&format!("{text}error: input rejected: fix the errors above\n"));
        }
        _ => eprint_quietly(&message(error)),
    }
}

/// The message, the line it is about, and what to do.
fn message(error: &Error) -> String {
    let excerpt = error.excerpt().unwrap_or_default().lines();
    let excerpt: String = excerpt.map(|line| format!("    {}\n", sanitize(line))).collect();
    let help = error.remedy().map_or(String::new(), |remedy| format!("  help: {}\n", sanitize(remedy)));
    format!("error: {}\n{excerpt}{help}", sanitize(&error.to_string()))
}

/// A closed standard error is not an error.
fn eprint_quietly(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
