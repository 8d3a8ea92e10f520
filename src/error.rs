//! What stops the program, and the exit code it stops with.

use crate::diagnostic::{Findings, nearest, quoted};
use crate::words::UnknownWord;
use std::fmt;
use std::io;

/// Why the program could not run; every variant ends with exit code 2.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The command line or a schema asks for something that does not exist.
    Usage {
        /// What is wrong.
        message: String,
        /// What to write instead.
        remedy: Option<String>,
    },
    /// A text of the command line has a fault at one place.
    UsageAt {
        /// What is wrong.
        message: String,
        /// The line in question with carets below the place, safe to print.
        excerpt: String,
        /// What to write instead.
        remedy: Option<String>,
    },
    /// The operating system refused.
    Io {
        /// The file, as the user named it.
        file: String,
        /// What the system said.
        source: io::Error,
        /// What to do, such as names of files that do exist.
        remedy: Option<String>,
    },
    /// The input was read and refused; the findings say where and why.
    Refused(Box<Findings>),
}

impl Error {
    /// An error in what the user asked for.
    pub fn usage(message: impl Into<String>) -> Error {
        Error::Usage { message: message.into(), remedy: None }
    }

    /// An error in what the user asked for, with what to write instead.
    pub fn usage_with(message: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::Usage { message: message.into(), remedy: Some(remedy.into()) }
    }

    /// The same with the place it was written at in front; nothing where there is none.
    pub fn within(mut self, origin: &str) -> Error {
        if let Error::Usage { message, .. } | Error::UsageAt { message, .. } = &mut self
            && !origin.is_empty()
        {
            *message = format!("{origin}: {message}");
        }
        self
    }

    /// A name that does not exist, with the known one that was probably meant, else with `otherwise`.
    pub fn unknown(
        message: impl Into<String>,
        name: &str,
        known: &[&str],
        otherwise: impl FnOnce() -> String,
    ) -> Error {
        let near = nearest(name, known).map(|near| format!("did you mean {}?", quoted(near)));
        Error::usage_with(message, near.unwrap_or_else(otherwise))
    }

    /// What to do instead, if that is known.
    pub fn remedy(&self) -> Option<&str> {
        match self {
            Error::Usage { remedy, .. } | Error::UsageAt { remedy, .. } | Error::Io { remedy, .. } => remedy.as_deref(),
            _ => None,
        }
    }

    /// A failure of the operating system on a file.
    pub fn io(file: impl Into<String>, source: io::Error) -> Error {
        Error::Io { file: file.into(), source, remedy: None }
    }

    /// True when standard output was closed by its reader, which is a quiet success.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<Findings> for Error {
    fn from(findings: Findings) -> Error {
        Error::Refused(Box::new(findings))
    }
}

impl From<UnknownWord> for Error {
    fn from(unknown: UnknownWord) -> Error {
        Error::usage_with(unknown.to_string(), unknown.remedy())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage { message, .. } | Error::UsageAt { message, .. } => write!(f, "{message}"),
            Error::Io { file, source, .. } => write!(f, "{file}: {source}"),
            Error::Refused(findings) => {
                write!(f, "the input was refused, {} errors", findings.count(crate::diagnostic::Severity::Error))
            }
        }
    }
}

impl std::error::Error for Error {}
