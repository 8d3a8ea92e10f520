//! Options whose value is one word of a closed set.

use crate::error::Error;
use crate::render::{Output, OutputFormat};
use crate::words::Word;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command};
use std::ffi::OsStr;

/// Parses one of these values; `--help` lists their words.
#[derive(Clone)]
pub struct OneOf<T>(Vec<T>);

/// Parses any value of the set.
pub fn any<T: Word>() -> OneOf<T> {
    OneOf(T::EVERY.to_vec())
}

/// The help of an option whose value contains one of the words.
pub fn help<T: Word>(text: &str) -> String {
    let words: Vec<&str> = T::EVERY.iter().map(|value| value.as_word()).collect();
    format!("{text} [possible values: {}]", words.join(", "))
}

/// Parses the format of an output.
pub fn formats(output: Output) -> OneOf<OutputFormat> {
    OneOf(output.formats())
}

/// The format chosen by `--format` or `--json`.
pub fn format(format: Option<OutputFormat>, is_json: bool) -> Option<OutputFormat> {
    if is_json { Some(OutputFormat::Json) } else { format }
}

/// Parses the value of `option`; the message of an error names the option.
pub fn parse<T: Word>(text: &str, option: &str) -> Result<T, Error> {
    parse_among(T::EVERY, text, option)
}

fn parse_among<T: Word>(values: &[T], text: &str, option: &str) -> Result<T, Error> {
    // What stands behind the command has no option.
    let of_option = if option.is_empty() { String::new() } else { format!(" ({option})") };
    T::among(values, text).map_err(|unknown| Error::usage_with(format!("{unknown}{of_option}"), unknown.remedy()))
}

impl<T: Word> TypedValueParser for OneOf<T> {
    type Value = T;

    fn parse_ref(&self, _: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        let option = arg.and_then(Arg::get_long).map_or(String::new(), |long| format!("--{long}"));
        parse_among(&self.0, &value.to_string_lossy(), &option).map_err(|error| {
            let help = error.remedy().map_or(String::new(), |remedy| format!("\n  help: {remedy}"));
            clap::Error::raw(ErrorKind::InvalidValue, format!("{error}{help}\n"))
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|value| PossibleValue::new(value.as_word()))))
    }
}
