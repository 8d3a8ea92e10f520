//! The command line, and the only folder that uses clap. Each file turns the arguments of one
//! command into its request.

mod cases;
mod check;
mod claims;
mod compare;
mod conventions;
mod convert;
mod document;
mod example;
mod fill;
mod get;
mod input;
mod messages;
mod mistaken;
mod os_text;
mod output;
mod plot;
mod report;
mod scan;
mod schema;
mod shell;
mod spec;
mod summarize;
mod table;
mod time;
mod topics;
mod validate;
mod words;

use crate::command;
pub use crate::command::message::{self, MessageStyle};
pub use crate::command::output::Outcome;
use crate::error::Error;
use clap::{ArgMatches, CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::path::Path;

const ABOUT: &str = "Turn the records of a clinical case series into the tables and numbers of its report";

const FIRST_STEPS: &str = "First steps:
  calc-series summarize --example
  calc-series summarize cases.csv
  calc-series help topics";

#[derive(Parser)]
#[command(name = "calc-series", version, about = ABOUT, after_help = FIRST_STEPS, disable_help_subcommand = true)]
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
    /// Draft the claims of a manuscript: each number with what it may refer to in the data
    Claims(Box<claims::Args>),
    /// Print single numbers by their selectors
    Get(Box<get::Args>),
    /// Fill in a manuscript, or list outdated numbers
    Fill(Box<fill::Args>),
    /// Find missing, impossible and inconsistent data
    Validate(Box<validate::Args>),
    /// Draw a figure of a case series as SVG, PNG or PDF
    Plot(Box<plot::Args>),
    /// Write the report of a case series as one page or Word document: tables, figures, findings, audit
    Report(Box<report::Args>),
    /// Print how each column is understood, as a Table Schema
    Schema(Box<schema::Args>),
    /// Write the cases as they are read, as JSON or CSV with their schema
    Convert(Box<convert::Args>),
    /// Write the built-in case series and its schema to a folder
    Example(example::Args),
    /// Print the help of a command, or a page about a topic
    Help(topics::Args),
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
    let (cli, arguments) = parse(arguments.into_iter().collect())?;
    let messages = cli.messages.style();
    Ok(Ran { outcome: run_as_specified(cli, &arguments), messages })
}

/// Runs a command, with the options of the file that it names.
fn run_as_specified(cli: Cli, arguments: &[OsString]) -> Result<Outcome, Error> {
    let Command::Summarize(args) = &cli.command else { return cli.command.run() };
    if args.document.spec.is_none() && args.document.write_spec.is_none() {
        return cli.command.run();
    }
    let mut program = Cli::command();
    // The options of a command are only made when it is built.
    program.build();
    let Some(command) = program.find_subcommand(spec::COMMAND) else { return cli.command.run() };
    let mut cli = cli;
    let mut arguments = arguments.to_vec();
    let mut overridden = Vec::new();
    if let Command::Summarize(args) = &cli.command
        && let Some(path) = args.document.spec.clone()
    {
        let matches = of_command(&program, &arguments, &path)?;
        let specified = spec::specified(&path, &arguments, (command, &matches))?;
        cli = Cli::try_parse_from(&specified.arguments).map_err(|fault| of_file(&path, &fault))?;
        (arguments, overridden) = (specified.arguments, specified.overridden);
    }
    let written = match &cli.command {
        Command::Summarize(args) => args.document.write_spec.clone(),
        _ => None,
    };
    if let Some(path) = written {
        let text = spec::file(command, &of_command(&program, &arguments, &path)?);
        command::output::deliver(text.into_bytes(), Some(&path), &[])?;
    }
    let mut outcome = cli.command.run()?;
    overridden.into_iter().for_each(|option| outcome.findings.add(message::overridden(&option)));
    Ok(outcome)
}

/// What the command line says of the command.
fn of_command(program: &clap::Command, arguments: &[OsString], path: &Path) -> Result<ArgMatches, Error> {
    let matches = program.clone().try_get_matches_from(arguments).map_err(|fault| of_file(path, &fault))?;
    Ok(matches.subcommand().map(|(_, matches)| matches.clone()).unwrap_or_default())
}

/// A fault in the options of a file.
fn of_file(path: &Path, fault: &clap::Error) -> Error {
    let text = fault.render().to_string();
    let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let remedy = text.lines().find_map(|line| line.trim().strip_prefix("help: "));
    let remedy = remedy.unwrap_or("correct the option, or leave it out");
    Error::usage_with(format!("{}: {first}", path.display()), remedy)
}

/// The command line as it is understood, and its arguments.
fn parse(arguments: Vec<OsString>) -> Result<(Cli, Vec<OsString>), clap::Error> {
    let fault = match Cli::try_parse_from(&arguments) {
        Ok(cli) => return Ok((cli, arguments)),
        Err(fault) => fault,
    };
    match mistaken::with_summarize(arguments, &Cli::command()) {
        Some(arguments) => {
            let cli = Cli::try_parse_from(&arguments).map_err(mistaken::with_near_option)?;
            Ok((cli, arguments))
        }
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
            Command::Claims(args) => command::claims::run(args.request()?),
            Command::Get(args) => command::get::run(args.request()?),
            Command::Fill(args) => command::fill::run(&args.request()?),
            Command::Validate(args) => command::validate::run(&args.request()?),
            Command::Plot(args) => command::plot::run(&args.request()?),
            Command::Report(args) => command::report::run(&args.request()?),
            Command::Schema(args) => command::schema::run(&args.request()?),
            Command::Convert(args) => command::convert::run(args.request()?),
            Command::Example(args) => command::example::run(&args.request()),
            Command::Help(args) => args.run(Cli::command()),
            Command::Completions(args) => Ok(args.script(Cli::command())),
            Command::Man(args) => args.page(Cli::command()),
        }
    }
}
