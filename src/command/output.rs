//! What a command returns, and how it is written to standard output or files.

use crate::diagnostic::Findings;
use crate::error::Error;
use crate::render::{Output, OutputFormat};
use crate::words::Word;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes an output piece by piece; gets the writer and its name for error messages.
pub type Stream<'a> = Box<dyn FnOnce(&mut dyn Write, &str) -> Result<(), Error> + 'a>;

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

/// Bytes written at once, so that a long listing needs few system calls.
const BUFFER: usize = 1 << 16;

/// Path that means standard output.
const STDOUT: &str = "-";

/// Destination and format of an output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The file; `None` is standard output.
    pub path: Option<String>,
    /// The format.
    pub format: OutputFormat,
    /// Characters per line of text; `None` is unlimited.
    pub width: Option<u16>,
}

impl Target {
    /// The targets of `-o` and `--format`; without `-o` or with `-o -` it is standard output.
    ///
    /// The format of one file is the chosen one, else that of its extension. Of several files each
    /// has that of its extension; the chosen one is for standard output and unknown extensions.
    ///
    /// Errors: an unknown extension without a chosen format, a format that cannot show this output,
    /// a chosen format without effect, and a file that is named twice.
    pub fn all(output: Output, paths: &[String], chosen: Option<OutputFormat>) -> Result<Vec<Target>, Error> {
        ensure_no_path_twice(paths)?;
        if paths.is_empty() {
            return Ok(vec![Target { path: None, format: chosen.unwrap_or_default(), width: None }]);
        }
        let mut is_used = chosen.is_none();
        let mut targets = Vec::new();
        for path in paths {
            let is_stdout = path == STDOUT;
            let by_ending = OutputFormat::of_path(path).filter(|_| chosen.is_none() || paths.len() > 1);
            is_used |= by_ending.is_none();
            let format = match (by_ending, chosen) {
                (Some(format), _) => format,
                (None, Some(chosen)) => chosen.for_path(path),
                (None, None) if is_stdout => OutputFormat::default(),
                (None, None) => return Err(unknown_extension(path, output)),
            };
            if !format.can_show(output) {
                let remedy = format!("use one of {}, or add --format text", output.extensions());
                return Err(Error::usage_with(format!("{format} cannot show {output}: '{path}'"), remedy));
            }
            targets.push(Target { path: Some(path.clone()).filter(|_| !is_stdout), format, width: None });
        }
        match chosen.filter(|_| !is_used) {
            Some(format) => Err(without_effect(format)),
            None => Ok(targets),
        }
    }
}

fn unknown_extension(path: &str, output: Output) -> Error {
    let remedy = format!("use one of {}, or add --format text", output.extensions());
    Error::usage_with(format!("unknown output extension: '{path}'"), remedy)
}

fn without_effect(format: OutputFormat) -> Error {
    let message = format!("--format {format} has no effect here: the extension of every file decides its format");
    Error::usage_with(message, "remove --format, or add -o - to write that format to standard output")
}

fn ensure_no_path_twice(paths: &[String]) -> Result<(), Error> {
    for (number, path) in paths.iter().enumerate() {
        if paths.iter().take(number).any(|before| is_same(before, path)) {
            return Err(Error::usage_with(format!("output file named twice: '{path}'"), "use another name"));
        }
    }
    Ok(())
}

/// Returns the bytes for standard output, or writes them to a file atomically.
///
/// Errors: the file is an input or cannot be written.
pub fn deliver(bytes: Vec<u8>, output: Option<&str>, inputs: &[String]) -> Result<Vec<u8>, Error> {
    deliver_all(vec![(output.filter(|path| *path != STDOUT), bytes)], inputs)
}

/// The same for several outputs: no file is changed before all bytes are in temporary files.
pub fn deliver_all(outputs: Vec<(Option<&str>, Vec<u8>)>, inputs: &[String]) -> Result<Vec<u8>, Error> {
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

/// Writes files piece by piece: none is changed before all are in temporary files.
///
/// Errors: a file is an input or cannot be written.
pub fn write_files(files: Vec<(&str, Stream<'_>)>, inputs: &[String]) -> Result<(), Error> {
    for (path, _) in &files {
        ensure_no_input_is_overwritten(path, inputs)?;
    }
    let staged = files.into_iter().map(|(path, stream)| Staged::new(path, stream).map(|file| (path, file)));
    let staged: Vec<(&str, Staged<'_>)> = staged.collect::<Result<_, Error>>()?;
    staged.into_iter().try_for_each(|(path, file)| file.keep(path))
}

/// Writes one file atomically.
///
/// Errors: the file cannot be written.
pub fn write_whole(path: &str, bytes: &[u8]) -> Result<(), Error> {
    Staged::new(path, whole(bytes.to_vec()))?.keep(path)
}

fn whole<'a>(bytes: Vec<u8>) -> Stream<'a> {
    Box::new(move |out, name| out.write_all(&bytes).map_err(|fault| Error::io(name, fault)))
}

/// An output that is not in place yet.
enum Staged<'a> {
    /// A temporary file in the folder of the file it will replace.
    File { file: NamedTempFile, target: PathBuf },
    /// A device or a named pipe, which cannot be replaced and is written directly.
    Device { device: File, stream: Stream<'a> },
}

impl<'a> Staged<'a> {
    fn new(path: &str, stream: Stream<'a>) -> Result<Staged<'a>, Error> {
        let fault = |fault| Error::io(path, fault);
        let known = std::fs::metadata(path);
        if known.as_ref().is_ok_and(|meta| meta.is_dir()) {
            return Err(fault(io::ErrorKind::IsADirectory.into()));
        }
        if known.is_ok_and(|meta| !meta.is_file()) {
            let device = std::fs::OpenOptions::new().write(true).open(path).map_err(fault)?;
            return Ok(Staged::Device { device, stream });
        }
        // The target of a link is replaced, not the link.
        let target = std::fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // The error without the name of the temporary file, which differs from run to run.
        let temporary = tempfile::Builder::new().prefix(".calc-series-").tempfile_in(folder);
        let file = temporary.map_err(|error| fault(error.kind().into()))?;
        let mut out = BufWriter::with_capacity(BUFFER, file);
        stream(&mut out, path)?;
        let file = out.into_inner().map_err(|broken| fault(broken.into_error()))?;
        file.as_file().sync_all().map_err(fault)?;
        Ok(Staged::File { file, target })
    }

    fn keep(self, path: &str) -> Result<(), Error> {
        let fault = |fault| Error::io(path, fault);
        match self {
            Staged::Device { device, stream } => {
                let mut out = BufWriter::with_capacity(BUFFER, device);
                stream(&mut out, path)?;
                out.flush().map_err(fault)
            }
            Staged::File { file, target } => replace(file, &target).map_err(fault),
        }
    }
}

fn replace(file: NamedTempFile, target: &Path) -> io::Result<()> {
    let permissions = std::fs::metadata(target).map(|meta| meta.permissions());
    let kept = file.persist(target).map_err(|fault| fault.error)?;
    // A temporary file is private; the output keeps the permissions of the file it replaces.
    match permissions {
        Ok(permissions) => kept.set_permissions(permissions),
        Err(_) => readable(&kept),
    }
}

#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> io::Result<()> {
    Ok(())
}

fn ensure_no_input_is_overwritten(path: &str, inputs: &[String]) -> Result<(), Error> {
    if inputs.iter().any(|input| is_same(input, path)) {
        return Err(Error::usage_with(
            format!("'{path}' is an input and would be overwritten"),
            "use another name, such as -o new.txt",
        ));
    }
    Ok(())
}

/// True where two paths mean the same file, which need not exist yet.
fn is_same(one: &str, other: &str) -> bool {
    let real = |path: &str| {
        let (folder, name) = (Path::new(path).parent()?, Path::new(path).file_name()?);
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        std::fs::canonicalize(path).or_else(|_| Ok::<_, io::Error>(std::fs::canonicalize(folder)?.join(name))).ok()
    };
    one == other || real(one).is_some_and(|path| Some(path) == real(other))
}

#[cfg(test)]
mod tests;
