//! What stops the program. Every error ends it with exit code 2.

use crate::diagnostic::{Findings, Severity, nearest, quoted};
use std::fmt;
use std::io;
use std::path::Path;

/// Why the program could not run.
///
/// ```
/// use calc_series::{Error, Inputs, ReadOptions};
///
/// let refused = Inputs::open(&["no-such-file.csv"], &ReadOptions::default());
/// assert!(matches!(refused, Err(Error::Io { file, .. }) if file == "no-such-file.csv"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The command line, a schema or another text of the user asks for something that does not exist.
    Usage {
        /// What is wrong.
        message: String,
        /// Where the text was written, such as `--stat` or `claims.toml line 4, claim K25`.
        origin: Option<String>,
        /// The line in question with carets below the part that is wrong, safe to print.
        excerpt: Option<String>,
        /// What to write instead.
        remedy: Option<String>,
    },
    /// The operating system refused.
    Io {
        /// The file, as the user named it.
        file: String,
        /// What the system reported.
        source: io::Error,
        /// What to do, such as names of files that do exist.
        remedy: Option<String>,
    },
    /// The input was read and refused; the findings tell where and why.
    Refused(Box<Findings>),
    /// Several errors in what the user asked for, in the order of its text.
    Several(Vec<Error>),
}

impl Error {
    /// An error in what the user asked for.
    pub fn usage(message: impl Into<String>) -> Error {
        Error::Usage { message: message.into(), origin: None, excerpt: None, remedy: None }
    }

    /// An error in what the user asked for, with what to write instead.
    pub fn usage_with(message: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::Usage { message: message.into(), origin: None, excerpt: None, remedy: Some(remedy.into()) }
    }

    /// The same error with where its text was written; unchanged if that is empty, or if the text is not at fault.
    pub fn within(mut self, place: &str) -> Error {
        if let Error::Usage { origin, .. } = &mut self
            && !place.is_empty()
        {
            *origin = Some(place.to_owned());
        }
        self
    }

    /// One error of all of these; none of none.
    pub fn of_all(errors: Vec<Error>) -> Option<Error> {
        let mut all: Vec<Error> = errors.into_iter().flat_map(Error::into_each).collect();
        if all.len() > 1 { Some(Error::Several(all)) } else { all.pop() }
    }

    /// Each of several errors, or the one.
    pub fn into_each(self) -> Vec<Error> {
        if let Error::Several(all) = self { all } else { vec![self] }
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

    /// A failure of the operating system on a file.
    pub fn io(file: impl Into<String>, source: io::Error) -> Error {
        Error::Io { file: file.into(), source, remedy: None }
    }

    /// The same for a path, whose bytes that are not UTF-8 are shown as `\u{fffd}`.
    pub fn io_at(path: &Path, source: io::Error) -> Error {
        Error::io(path.to_string_lossy(), source)
    }

    /// Where the text at fault was written, if that is known.
    pub fn origin(&self) -> Option<&str> {
        match self {
            Error::Usage { origin, .. } => origin.as_deref(),
            Error::Several(all) => all.first()?.origin(),
            Error::Io { .. } | Error::Refused(_) => None,
        }
    }

    /// The line in question with carets below the part that is wrong.
    pub fn excerpt(&self) -> Option<&str> {
        match self {
            Error::Usage { excerpt, .. } => excerpt.as_deref(),
            Error::Several(all) => all.first()?.excerpt(),
            Error::Io { .. } | Error::Refused(_) => None,
        }
    }

    /// What to do; the findings of a refused input have their own.
    pub fn remedy(&self) -> Option<&str> {
        match self {
            Error::Usage { remedy, .. } | Error::Io { remedy, .. } => remedy.as_deref(),
            Error::Several(all) => all.first()?.remedy(),
            Error::Refused(_) => None,
        }
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

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage { message, origin: Some(origin), .. } => write!(f, "{origin}: {message}"),
            Error::Usage { message, origin: None, .. } => write!(f, "{message}"),
            Error::Io { file, source, .. } => write!(f, "{file}: {source}"),
            Error::Several(all) => {
                let texts: Vec<String> = all.iter().map(Error::to_string).collect();
                write!(f, "{}", texts.join("; "))
            }
            Error::Refused(findings) => {
                write!(f, "input rejected: {} errors", findings.count(Severity::Error))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            Error::Usage { .. } | Error::Refused(_) | Error::Several(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn an_error_knows_its_origin_and_its_source() {
        let usage = Error::usage_with("there is no column ag", "did you mean age?").within("--where");
        assert_eq!(usage.to_string(), "--where: there is no column ag");
        assert_eq!((usage.origin(), usage.remedy()), (Some("--where"), Some("did you mean age?")));
        assert_eq!(Error::usage("x").within("").origin(), None);
        let both = Error::of_all(vec![Error::usage("x").within("a"), Error::usage("y")]).unwrap();
        assert_eq!((both.to_string().as_str(), both.origin()), ("a: x; y", Some("a")));
        assert!(Error::of_all(Vec::new()).is_none() && both.into_each().len() == 2);
        let missing = Error::io("a.csv", io::ErrorKind::NotFound.into());
        assert!(missing.source().is_some_and(|source| source.downcast_ref::<io::Error>().is_some()));
        assert!(usage.source().is_none());
    }
}
