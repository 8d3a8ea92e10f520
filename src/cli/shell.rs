//! `calc-series completions` and `calc-series man`: what an installation adds to a shell.

use crate::command::output::Outcome;
use crate::error::Error;
use clap::Command;
use clap_complete::Shell;

#[derive(clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl CompletionsArgs {
    /// The script.
    pub fn script(&self, mut program: Command) -> Outcome {
        let mut stdout = Vec::new();
        clap_complete::generate(self.shell, &mut program, "calc-series", &mut stdout);
        Outcome { stdout, ..Outcome::default() }
    }
}

#[derive(clap::Args)]
pub struct ManArgs {
    /// The command [default: the program]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl ManArgs {
    /// The page, for `man -l -`.
    ///
    /// Errors: an unknown command.
    pub fn page(&self, mut program: Command) -> Result<Outcome, Error> {
        program.build();
        let page = match &self.command {
            None => program,
            Some(name) => {
                let found = program.find_subcommand(name).cloned();
                let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
                let remedy = || format!("possible values: {}", names.join(", "));
                let unknown = || Error::usage_with(format!("'{name}' is not a command"), remedy());
                found.ok_or_else(unknown)?
            }
        };
        let mut stdout = Vec::new();
        clap_mangen::Man::new(page).render(&mut stdout).map_err(|fault| Error::io("the manual page", fault))?;
        Ok(Outcome { stdout, ..Outcome::default() })
    }
}
