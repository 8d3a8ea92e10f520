//! `--suppress-below` and `--deidentify`: what is given away holds nothing that is withheld, in no output of no command.

mod births;
mod differences;
mod few;
mod files;
mod moments;
mod names;
mod report;
mod walk;
