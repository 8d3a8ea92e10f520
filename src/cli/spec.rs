//! A table in a file: `--spec table1.toml` reads the options of a table, `--write-spec` writes them.
//!
//! The keys are the long options of `summarize` under Tables, Time, change and association, Conventions and Document, so that a new option has a key
//! at once: `by = ["etiology"]`, `title = "Characteristics"`, `tests = true`.

use super::input::CHANGE;
use crate::error::Error;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::ffi::OsString;
use std::path::Path;

/// The command whose options a file may hold.
pub const COMMAND: &str = "summarize";
/// The headings of those options.
const HEADINGS: [&str; 4] = ["Tables", CHANGE, "Conventions", "Document"];
/// The options that name the file.
const OF_FILE: [&str; 2] = ["spec", "write-spec"];

/// A command line with the options of a file.
pub struct Specified {
    /// The command line.
    pub arguments: Vec<OsString>,
    /// The options of the file that the command line overrides.
    pub overridden: Vec<String>,
}

/// The options of a table, by their long names.
fn options(command: &Command) -> impl Iterator<Item = (&str, &Arg)> {
    let is_of_table = |arg: &&Arg| arg.get_help_heading().is_some_and(|heading| HEADINGS.contains(&heading));
    let named = command.get_arguments().filter(is_of_table).filter_map(|arg| Some((arg.get_long()?, arg)));
    named.filter(|(name, _)| !OF_FILE.contains(name))
}

/// True where the user wrote an option, rather than its default.
fn is_written(matches: &ArgMatches, arg: &Arg) -> bool {
    matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
}

/// The command line with the options of a file; those that it has itself stay.
///
/// Errors: a file that cannot be read or is no TOML, an unknown key with the nearest one, and a value that is neither a
/// text, a number, true or false nor a list of them.
pub fn specified(
    path: &Path,
    arguments: &[OsString],
    (command, matches): (&Command, &ArgMatches),
) -> Result<Specified, Error> {
    let name = path.to_string_lossy();
    let text = std::fs::read_to_string(path).map_err(|fault| Error::io_at(path, fault))?;
    let table: toml::Table = text.parse().map_err(|fault: toml::de::Error| {
        Error::usage_with(
            format!("{name} is not valid TOML: {}", fault.message()),
            "write one option a line, such as: by = [\"etiology\"]",
        )
    })?;
    let known: Vec<(&str, &Arg)> = options(command).collect();
    let (mut added, mut overridden) = (Vec::new(), Vec::new());
    for (key, value) in &table {
        let Some((long, arg)) = known.iter().find(|(long, _)| long == key) else {
            return Err(unknown(&name, key, &known));
        };
        if is_written(matches, arg) {
            overridden.push((*long).to_owned());
            continue;
        }
        let values = written(value).ok_or_else(|| {
            let remedy = format!("write {key} = \"text\", a number, true, or a list such as [\"a\", \"b\"]");
            Error::usage_with(format!("{name}: the value of '{key}' cannot be an option"), remedy)
        })?;
        let is_flag = matches!(arg.get_action(), ArgAction::SetTrue);
        let option = |value: String| match (is_flag, value.as_str()) {
            (true, "true") => Some(format!("--{long}")),
            (true, "false") => None,
            _ => Some(format!("--{long}={value}")),
        };
        added.extend(values.into_iter().filter_map(option).map(OsString::from));
    }
    let behind = arguments.iter().position(|argument| argument == COMMAND).map_or(arguments.len(), |at| at + 1);
    let (before, rest) = arguments.split_at(behind);
    Ok(Specified { arguments: [before, &added, rest].concat(), overridden })
}

fn unknown(file: &str, key: &str, known: &[(&str, &Arg)]) -> Error {
    let names: Vec<&str> = known.iter().map(|(long, _)| *long).collect();
    let message = format!("{file}: '{key}' is not an option of a table");
    Error::unknown(message, key, &names, || format!("possible keys: {}", names.join(", ")))
}

/// A value as it is written on a command line; of a list each.
fn written(value: &toml::Value) -> Option<Vec<String>> {
    match value {
        toml::Value::String(text) => Some(vec![text.clone()]),
        toml::Value::Integer(number) => Some(vec![number.to_string()]),
        toml::Value::Float(number) => Some(vec![number.to_string()]),
        toml::Value::Boolean(is_so) => Some(vec![is_so.to_string()]),
        toml::Value::Array(values) => Some(values.iter().map(written).collect::<Option<Vec<_>>>()?.concat()),
        toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

/// The options of a table that the user wrote, as a file for `--spec`.
pub fn file(command: &Command, matches: &ArgMatches) -> String {
    // A string of JSON is one of TOML.
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let line = |(long, arg): (&str, &Arg)| {
        let id = arg.get_id().as_str();
        let values = || matches.get_raw(id).into_iter().flatten().map(|value| text(&value.to_string_lossy()));
        match arg.get_action() {
            ArgAction::SetTrue => format!("{long} = true\n"),
            ArgAction::Append => format!("{long} = [{}]\n", values().collect::<Vec<_>>().join(", ")),
            _ => format!("{long} = {}\n", values().collect::<String>()),
        }
    };
    options(command).filter(|(_, arg)| is_written(matches, arg)).map(line).collect()
}
