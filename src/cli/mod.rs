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
mod output;
mod schema;
mod summarize;
mod table;
mod validate;
mod words;

use crate::command;
pub use crate::command::message;
pub use crate::command::output::Outcome;
use crate::error::Error;
use clap::{CommandFactory, Parser, Subcommand};

const ABOUT: &str = "From the records of a clinical case series to the tables and numbers of its report";

#[derive(Parser)]
#[command(name = "calc-series", version, about = ABOUT, after_help = "First steps:\n  calc-series summarize --example\n  calc-series summarize cases.csv")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the tables and numbers of a case series
    Summarize(Box<summarize::Args>),
    /// List the cases, one row each: ID, age, sex, etiology, sites, labs, treatments, outcome
    Cases(Box<cases::Args>),
    /// Check the claims of a report against its data, and its numbers against each other
    Check(Box<check::Args>),
    /// Print single numbers by their selectors
    Get(Box<get::Args>),
    /// Fill in a manuscript, or list outdated numbers
    Fill(Box<fill::Args>),
    /// Find missing, impossible and inconsistent data
    Validate(Box<validate::Args>),
    /// Print how each column is understood, as a Table Schema
    Schema(Box<schema::Args>),
    /// Write the cases as they are read, as JSON or CSV with their schema
    Convert(Box<convert::Args>),
    /// Write the built-in case series and its schema to a folder
    Example(example::Args),
}

/// Reads the command line and runs what it asks for.
///
/// Help, version and errors of the command line itself come back as a clap error.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Result<Outcome, Error>, clap::Error> {
    let arguments: Vec<std::ffi::OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            return file_instead_of_a_command(&arguments).map_or(Err(error), |suggestion| Ok(Err(suggestion)));
        }
    };
    let request = match cli.command {
        Command::Summarize(args) => args.request().map(|request| command::summarize::run(&request)),
        Command::Cases(args) => args.request().map(command::cases::run),
        Command::Check(args) => args.request().map(command::check::run),
        Command::Get(args) => args.request().map(command::get::run),
        Command::Fill(args) => args.request().map(|request| command::fill::run(&request)),
        Command::Validate(args) => args.request().map(|request| command::validate::run(&request)),
        Command::Schema(args) => args.request().map(|request| command::schema::run(&request)),
        Command::Convert(args) => args.request().map(command::convert::run),
        Command::Example(args) => Ok(command::example::run(&args.request())),
    };
    Ok(request.and_then(|done| done))
}

/// The error for `calc-series cases.csv`, which names a file instead of a command.
fn file_instead_of_a_command(arguments: &[std::ffi::OsString]) -> Option<Error> {
    let first = arguments.get(1)?.to_str()?;
    let known = Cli::command().get_subcommands().any(|command| command.get_name() == first);
    let is_file =
        first == "-" || std::path::Path::new(first).is_file() || first.ends_with(".csv") || first.ends_with(".json");
    if known || first.starts_with("--") || !is_file {
        return None;
    }
    let rest: Vec<&str> = arguments.iter().skip(1).filter_map(|a| a.to_str()).collect();
    let message = format!("'{first}' is a file, not a command");
    Some(Error::usage_with(message, format!("did you mean: calc-series summarize {}", rest.join(" "))))
}
