//! What a command returns, and how it is written to standard output or files.

pub use super::placed::Stream;
use super::placed::{BUFFER, Staged, resolved};
use super::unwritten::unwritten;
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::STDIN;
use crate::render::{Output, OutputFormat};
use crate::words::Word;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The result of a command.
#[derive(Default)]
pub struct Outcome {
    /// Text for standard output; empty where files were written.
    pub stdout: Vec<u8>,
    /// Text for standard output that is too long to keep in memory, still to be written.
    pub stream: Option<Stream<'static>>,
    /// Findings for standard error.
    pub findings: Findings,
    /// True where the run found something that makes it fail.
    pub failed: bool,
    /// True where the input was refused and standard output contains the reasons.
    pub refused: bool,
}

impl Outcome {
    /// Writes to standard output.
    ///
    /// Errors: the output cannot be written.
    pub fn print(self, stdout: &mut dyn Write) -> Result<(), Error> {
        const NAME: &str = "standard output";
        let fault = |fault| Error::io(NAME, fault);
        let mut out = BufWriter::with_capacity(BUFFER, stdout);
        out.write_all(&self.stdout).map_err(fault)?;
        self.stream.map_or(Ok(()), |stream| stream(&mut out, NAME))?;
        out.flush().map_err(fault)
    }
}

/// Paths that mean standard output.
const STDOUT: [&str; 2] = ["-", "/dev/stdout"];

fn is_stdout(path: &Path) -> bool {
    STDOUT.iter().any(|name| path == Path::new(name))
}

/// Destination and format of an output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The file; `None` is standard output.
    pub path: Option<PathBuf>,
    /// The format.
    pub format: OutputFormat,
    /// Characters per line of text; `None` is unlimited.
    pub width: Option<u16>,
    /// True where the text begins with a byte order mark.
    pub has_mark: bool,
}

impl Target {
    /// Writes what stands before the output.
    pub fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.has_mark { out.write_all("\u{feff}".as_bytes()) } else { Ok(()) }
    }

    /// The targets of `-o` and `--format`; without `-o` or with `-o -` it is standard output.
    ///
    /// The format of one file is the chosen one, else that of its extension. Of several files each
    /// has that of its extension; the chosen one is for standard output and unknown extensions.
    ///
    /// Errors: an unknown extension without a chosen format, a format that cannot show this output,
    /// a chosen format without effect, and a file that is named twice.
    pub fn all(output: Output, paths: &[PathBuf], chosen: Option<OutputFormat>) -> Result<Vec<Target>, Error> {
        ensure_no_path_twice(paths)?;
        if paths.is_empty() {
            return Ok(vec![Target { format: chosen.unwrap_or_default(), ..Target::default() }]);
        }
        let mut is_used = chosen.is_none();
        let mut targets = Vec::new();
        for path in paths {
            let (is_stdout, name) = (is_stdout(path), path.to_string_lossy());
            let by_ending = OutputFormat::of_path(&name).filter(|_| chosen.is_none() || paths.len() > 1);
            is_used |= by_ending.is_none();
            let format = match (by_ending, chosen) {
                (Some(format), _) => format,
                (None, Some(chosen)) => chosen.for_path(&name),
                (None, None) if is_stdout => OutputFormat::default(),
                (None, None) => return Err(unknown_extension(&name, output)),
            };
            if !format.can_show(output) {
                return Err(not_shown(format, &name, output));
            }
            let path = Some(path.clone()).filter(|_| !is_stdout);
            targets.push(Target { path, format, ..Target::default() });
        }
        match chosen.filter(|_| !is_used) {
            Some(format) => Err(without_effect(format)),
            None => Ok(targets),
        }
    }
}

fn not_shown(format: OutputFormat, path: &str, output: Output) -> Error {
    unwritten(path, output).unwrap_or_else(|| {
        let remedy = format!("use one of {}, or add --format text", output.extensions());
        Error::usage_with(format!("{format} cannot show {output}: '{path}'"), remedy)
    })
}

fn unknown_extension(path: &str, output: Output) -> Error {
    unwritten(path, output).unwrap_or_else(|| {
        let remedy = format!("use one of {}, or add --format text", output.extensions());
        Error::usage_with(format!("unknown output extension: '{path}'"), remedy)
    })
}

fn without_effect(format: OutputFormat) -> Error {
    let message = format!("--format {format} has no effect here: the extension of every file decides its format");
    Error::usage_with(message, "remove --format, or add -o - to write that format to standard output")
}

/// Marks the targets that are read by a spreadsheet, which else may take UTF-8 for another encoding.
///
/// Errors: no such target.
pub fn begin_with_mark(targets: &mut [Target]) -> Result<(), Error> {
    let mut delimited = targets.iter_mut().filter(|target| target.format.is_delimited()).peekable();
    if delimited.peek().is_none() {
        let message = "--bom has no effect: it is for csv and tsv";
        return Err(Error::usage_with(message, "leave it out, or add -o FILE.csv"));
    }
    delimited.for_each(|target| target.has_mark = true);
    Ok(())
}

/// Errors: a target of bytes that are no text, where standard output is a terminal.
pub fn ensure_text_for_terminal(targets: &[Target], is_terminal: bool) -> Result<(), Error> {
    let binary = targets.iter().find(|target| is_terminal && target.path.is_none() && target.format.is_binary());
    let Some(target) = binary else { return Ok(()) };
    let ending = target.format.endings().first().copied().unwrap_or_default();
    let message = format!("{} is not text for a terminal", target.format);
    Err(Error::usage_with(message, format!("write it to a file: -o table{ending}")))
}

fn ensure_no_path_twice(paths: &[PathBuf]) -> Result<(), Error> {
    for (number, path) in paths.iter().enumerate() {
        if paths.iter().take(number).any(|before| is_same(before, path)) {
            return Err(Error::usage_with(
                format!("output file named twice: '{}'", path.display()),
                "use another name",
            ));
        }
    }
    Ok(())
}

/// Returns the bytes for standard output, or writes them to a file atomically.
///
/// Errors: the file is an input or cannot be written.
pub fn deliver(bytes: Vec<u8>, output: Option<&Path>, inputs: &[PathBuf]) -> Result<Vec<u8>, Error> {
    deliver_all(vec![(output.filter(|path| !is_stdout(path)), bytes)], inputs)
}

/// The same for several outputs: no file is changed before all bytes are on the disk.
pub fn deliver_all(outputs: Vec<(Option<&Path>, Vec<u8>)>, inputs: &[PathBuf]) -> Result<Vec<u8>, Error> {
    let mut stdout = Vec::new();
    let mut files = Vec::new();
    for (path, bytes) in outputs {
        match path {
            Some(path) => files.push((path, whole(bytes))),
            None => stdout = bytes,
        }
    }
    write_files(files, inputs)?;
    Ok(stdout)
}

/// Writes files piece by piece: none is changed before all are on the disk.
///
/// Errors: a file is an input or cannot be written.
pub fn write_files(files: Vec<(&Path, Stream<'_>)>, inputs: &[PathBuf]) -> Result<(), Error> {
    for (path, _) in &files {
        ensure_no_input_is_overwritten(path, inputs)?;
    }
    let staged = files.into_iter().map(|(path, stream)| Staged::new(path, stream).map(|file| (path, file)));
    let staged: Vec<(&Path, Staged<'_>)> = staged.collect::<Result<_, Error>>()?;
    staged.into_iter().try_for_each(|(path, file)| file.place(path))
}

/// A stream of bytes that are there already.
pub fn whole<'a>(bytes: Vec<u8>) -> Stream<'a> {
    Box::new(move |out, name| out.write_all(&bytes).map_err(|fault| Error::io(name, fault)))
}

fn ensure_no_input_is_overwritten(path: &Path, inputs: &[PathBuf]) -> Result<(), Error> {
    let is_input = |input: &PathBuf| match input.as_path() == Path::new(STDIN) {
        true => is_standard_input(path),
        false => is_same(input, path),
    };
    if inputs.iter().any(is_input) {
        return Err(Error::usage_with(
            format!("'{}' is an input and would be overwritten", path.display()),
            "use another name, such as -o new.txt",
        ));
    }
    Ok(())
}

/// True where two paths mean the same file, which need not exist yet.
fn is_same(one: &Path, other: &Path) -> bool {
    one == other
        || (is_stdout(one) && is_stdout(other))
        || resolved(one).is_some_and(|path| Some(path) == resolved(other))
}

/// True where standard input is this file: `calc-series summarize - < FILE`.
#[cfg(unix)]
fn is_standard_input(path: &Path) -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;
    let file = io::stdin().as_fd().try_clone_to_owned().map(std::fs::File::from);
    let input = file.and_then(|file| file.metadata());
    let of_same_file = |input: std::fs::Metadata| {
        std::fs::metadata(path).is_ok_and(|file| (file.dev(), file.ino()) == (input.dev(), input.ino()))
    };
    input.is_ok_and(|input| input.is_file() && of_same_file(input))
}

/// True where standard input is this file: not known on this system.
#[cfg(not(unix))]
fn is_standard_input(_: &Path) -> bool {
    false
}

/// The path relative to the current folder; for a path elsewhere, its name only.
pub(super) fn relative(given: &Path) -> String {
    let inside = std::env::current_dir().ok().and_then(|here| given.strip_prefix(here).ok().map(Path::to_path_buf));
    let shown = match inside {
        Some(inside) => inside,
        None if given.is_absolute() => given.file_name().map_or_else(|| given.to_path_buf(), Into::into),
        None => given.strip_prefix("./").unwrap_or(given).to_path_buf(),
    };
    shown.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;
