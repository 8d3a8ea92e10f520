//! Command lines that mean something else than they say: a file in the place of a command, an option that is not one.

use crate::command::message::quoted;
use crate::error::Error;
use crate::read::STDIN;
use clap::error::{ContextKind, ContextValue};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The command line with `summarize` before its first argument, where that is no command and a file is named.
pub fn with_summarize(mut arguments: Vec<OsString>, program: &clap::Command) -> Option<Vec<OsString>> {
    let first = arguments.get(1)?;
    let is_command = program.get_subcommands().any(|command| first == command.get_name());
    let names_file = arguments.iter().skip(1).any(|argument| is_file(argument) || argument == "--example");
    if is_command || !names_file || (!is_file(first) && !is_option(first)) {
        return None;
    }
    arguments.insert(1, "summarize".into());
    Some(arguments)
}

fn is_option(argument: &OsStr) -> bool {
    argument.to_string_lossy().starts_with('-')
}

/// True for standard input, a file, a folder (of phenopackets), and a name that files of cases have.
fn is_file(argument: &OsStr) -> bool {
    let path = Path::new(argument);
    argument == STDIN || path.exists() || is_of_cases(path)
}

/// True for a name that files of cases have.
fn is_of_cases(path: &Path) -> bool {
    const ENDINGS: [&str; 7] = ["csv", "tsv", "json", "jsonl", "xlsx", "xls", "ods"];
    path.extension().is_some_and(|extension| ENDINGS.iter().any(|ending| extension.eq_ignore_ascii_case(ending)))
}

/// Refuses `check cases.csv claims.toml`.
///
/// Errors: a file of cases in the place of the claims.
pub fn ensure_claims_come_first(claims: &Path, files: &[PathBuf]) -> Result<(), Error> {
    if !is_of_cases(claims) {
        return Ok(());
    }
    let is_toml = |file: &&PathBuf| file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let meant = files.iter().find(is_toml).map_or("claims.toml".into(), |file| file.to_string_lossy());
    let (message, cases) =
        (format!("'{}' is a file of cases, not of claims", claims.display()), claims.to_string_lossy());
    Err(Error::usage_with(
        message,
        format!("name the claims first: calc-series check {} {}", quoted(&meant), quoted(&cases)),
    ))
}

/// Letters of which one may be mistyped: `--ci` is not meant as `--id`.
const ONE_OF: usize = 5;

/// The error with the option that was mistyped, and without the tips that send a user elsewhere: a likeness of sound
/// is no reason to propose an option, nor is `--` before it.
pub fn with_near_option(mut fault: clap::Error) -> clap::Error {
    fault.remove(ContextKind::Suggested);
    let Some(ContextValue::String(near)) = fault.remove(ContextKind::SuggestedArg) else { return fault };
    let Some(ContextValue::String(written)) = fault.get(ContextKind::InvalidArg) else { return fault };
    let name = |text: &str| text.split(['=', ' ']).next().unwrap_or_default().trim_start_matches('-').to_owned();
    let (near_name, written) = (name(&near), name(written));
    let is_mistyped = strsim::osa_distance(&near_name, &written) <= near_name.len() / ONE_OF;
    if is_mistyped || near_name.starts_with(&written) {
        fault.insert(ContextKind::SuggestedArg, ContextValue::String(near));
    } else {
        // The usage would show the option that is not proposed.
        fault.remove(ContextKind::Usage);
    }
    fault
}

/// Refuses `--vars age sex`, whose second word is taken for a file.
///
/// Errors: a file that does not exist and whose name has no ending, beside a list of variables.
pub fn ensure_no_variable_is_a_file(option: &str, names: &[String], files: &[PathBuf]) -> Result<(), Error> {
    let is_word = |file: &&PathBuf| file.extension().is_none() && file.as_path() != Path::new(STDIN) && !file.exists();
    let words: Vec<String> = files.iter().filter(is_word).map(|file| file.to_string_lossy().into_owned()).collect();
    let [first, ..] = words.as_slice() else { return Ok(()) };
    if names.is_empty() {
        return Ok(());
    }
    let all = names.iter().chain(&words).map(String::as_str).collect::<Vec<_>>().join(",");
    let message = format!("there is no file '{first}'; {option} takes one word");
    Err(Error::usage_with(message, format!("if it is a variable: {option} {}", quoted(&all))))
}
