//! The command line, and the only folder that uses clap. Each file turns the arguments of one
//! command into its request.

mod cases;
mod check;
mod conventions;
mod convert;
mod example;
mod fill;
mod get;
mod input;
mod messages;
mod mistaken;
mod output;
mod plot;
mod scan;
mod schema;
mod shell;
mod summarize;
mod table;
mod time;
mod validate;
mod words;

use crate::command;
pub use crate::command::message::{self, MessageStyle};
pub use crate::command::output::Outcome;
use crate::error::Error;
use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;

const ABOUT: &str = "From the records of a clinical case series to the tables and numbers of its report";

#[derive(Parser)]
#[command(name = "calc-series", version, about = ABOUT, after_help = "First steps:\n  calc-series summarize --example\n  calc-series summarize cases.csv")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    messages: messages::MessageArgs,
}

// Only the options of the command that is called are built: those of all take a third of a short run.
#[derive(Subcommand)]
#[command(defer = true)]
enum Command {
    /// Print the tables and numbers of a case series
    Summarize(Box<summarize::Args>),
    /// List the cases, one row each: ID, age, sex, etiology, sites, labs, treatments, outcome
    Cases(Box<cases::Args>),
    /// Check the claims of a report against its data, and its numbers against each other
    Check(Box<check::Args>),
    /// Find numbers of a manuscript that contradict each other; it needs no data
    Scan(scan::Args),
    /// Print single numbers by their selectors
    Get(Box<get::Args>),
    /// Fill in a manuscript, or list outdated numbers
    Fill(Box<fill::Args>),
    /// Find missing, impossible and inconsistent data
    Validate(Box<validate::Args>),
    /// Draw a figure of a case series as SVG
    Plot(Box<plot::Args>),
    /// Print how each column is understood, as a Table Schema
    Schema(Box<schema::Args>),
    /// Write the cases as they are read, as JSON or CSV with their schema
    Convert(Box<convert::Args>),
    /// Write the built-in case series and its schema to a folder
    Example(example::Args),
    /// Print a script that completes commands and options in a shell
    Completions(shell::CompletionsArgs),
    /// Print the manual page of the program or of a command
    Man(shell::ManArgs),
}

/// What a run did, and how it speaks on standard error.
pub struct Ran {
    /// What it did.
    pub outcome: Result<Outcome, Error>,
    /// How its messages are printed.
    pub messages: MessageStyle,
}

/// Reads the command line and runs what it asks for; a file in the place of a command is summarized.
///
/// Errors: help, version, and faults of the command line itself, as clap has them.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<Ran, clap::Error> {
    let cli = parse(arguments.into_iter().collect())?;
    Ok(Ran { outcome: cli.command.run(), messages: cli.messages.style() })
}

fn parse(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    let fault = match Cli::try_parse_from(&arguments) {
        Ok(cli) => return Ok(cli),
        Err(fault) => fault,
    };
    match mistaken::with_summarize(arguments, &Cli::command()) {
        Some(arguments) => Cli::try_parse_from(arguments).map_err(mistaken::with_near_option),
        None => Err(mistaken::with_near_option(fault)),
    }
}

impl Command {
    fn run(self) -> Result<Outcome, Error> {
        match self {
            Command::Summarize(args) => command::summarize::run(&args.request()?),
            Command::Cases(args) => command::cases::run(args.request()?),
            Command::Check(args) => command::check::run(args.request()?),
            Command::Scan(args) => command::scan::run(args.request()?),
            Command::Get(args) => command::get::run(args.request()?),
            Command::Fill(args) => command::fill::run(&args.request()?),
            Command::Validate(args) => command::validate::run(&args.request()?),
            Command::Plot(args) => command::plot::run(&args.request()?),
            Command::Schema(args) => command::schema::run(&args.request()?),
            Command::Convert(args) => command::convert::run(args.request()?),
            Command::Example(args) => command::example::run(&args.request()),
            Command::Completions(args) => Ok(args.script(Cli::command())),
            Command::Man(args) => args.page(Cli::command()),
        }
    }
}
