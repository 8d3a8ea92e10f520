//! `calc-series help`: the help of a command, or a page of `examples/help`.

use crate::command::output::Outcome;
use crate::command::topic::{self, Topic};
use crate::error::Error;
use crate::words::Word;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

/// The word that asks for the list of topics.
const TOPICS: &str = "topics";

#[derive(clap::Args)]
pub struct Args {
    /// A command, a topic, or `topics` for their list
    #[arg(value_name = "COMMAND|TOPIC")]
    about: Option<String>,
}

impl Args {
    /// Prints the help of a command or a page, through the pager of a terminal.
    ///
    /// Errors: a word that names neither.
    pub fn run(&self, mut program: clap::Command) -> Result<Outcome, Error> {
        let text = match self.about.as_deref() {
            None => program.render_help().to_string(),
            Some(TOPICS) => topic::list(),
            Some(word) => page_of(word).map_or_else(|| of_command(word, &mut program), Ok)?,
        };
        if std::io::stdout().is_terminal() && paged(&text) {
            return Ok(Outcome::default());
        }
        Ok(Outcome { stdout: text.into_bytes(), ..Outcome::default() })
    }
}

fn page_of(word: &str) -> Option<String> {
    Topic::from_word(word).ok().map(|topic| topic.page().to_owned())
}

/// The help of a command.
///
/// Errors: an unknown word.
fn of_command(word: &str, program: &mut clap::Command) -> Result<String, Error> {
    program.build();
    if let Some(command) = program.find_subcommand_mut(word) {
        return Ok(command.render_help().to_string());
    }
    let commands: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let topics: Vec<&str> = Topic::EVERY.iter().map(|topic| topic.as_word()).collect();
    let remedy = format!("topics: {}; commands: {}", topics.join(", "), commands.join(", "));
    Err(Error::usage_with(format!("'{word}' is not a topic or a command"), remedy))
}

/// True where a pager showed the text: that of the environment variable `PAGER`, else `less`. A pager that is
/// missing is not an error.
fn paged(text: &str) -> bool {
    let pager = std::env::var("PAGER").unwrap_or_default();
    let mut words = pager.split_whitespace();
    let mut command = match words.next() {
        Some(program) => Command::new(program),
        None => Command::new("less"),
    };
    // Quits where the page fits on the screen, and leaves it there.
    command.args(words).env("LESS", "-FRX").stdin(Stdio::piped());
    let Ok(mut pager) = command.spawn() else { return false };
    // A user who quits early closes the pipe.
    if let Some(mut stdin) = pager.stdin.take() {
        let _ = stdin.write_all(text.as_bytes());
    }
    pager.wait().is_ok_and(|status| status.success())
}
