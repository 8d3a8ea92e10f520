//! The command line: the only folder that knows clap. One file a command turns what was typed
//! into what a command needs.

mod cases;
mod check;
mod conventions;
mod example;
mod fill;
mod get;
mod output;
mod reading;
mod schema;
mod summarize;
mod table;
mod validate;
mod words;

use crate::command;
use crate::command::output::Outcome;
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
    /// Print one row a case: id, age, sex, etiology, sites, labs, treatments, outcome
    Cases(Box<cases::Args>),
    /// Hold what a report says against its records, or its numbers against each other
    Check(Box<check::Args>),
    /// Print single numbers of a series, by their selectors
    Get(Box<get::Args>),
    /// Fill the numbers of a manuscript in, or look for stale ones
    Fill(Box<fill::Args>),
    /// Look for what is missing, impossible or inconsistent in the records of a case series
    Validate(Box<validate::Args>),
    /// Print what is understood of each column, as a Table Schema
    Schema(Box<schema::Args>),
    /// Write the report's series with its schema into a folder, to start from
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
        Command::Example(args) => Ok(command::example::run(&args.request())),
    };
    Ok(request.and_then(|done| done))
}

/// `calc-series cases.csv` names a file where a command stands.
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
