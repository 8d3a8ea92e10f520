//! The inputs of a run: opened, recognised, and able to be read again unless they are a pipe.

use super::block::Block;
use super::csv::{CsvReader, Dialect};
use super::detect::{self, Form};
use super::header::read_header;
use super::progress::{Progress, Reached};
use crate::diagnostic::{Finding, Findings, Place, Severity};
use crate::error::Error;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A pipe up to this size is kept and can be read again; a longer one is read once.
const KEPT_PIPE: u64 = 32 << 20;
/// How much of an input is looked at before it is read.
const HEAD: u64 = 1 << 18;

/// How inputs are to be read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The delimiter; found where none is given.
    pub delimiter: Option<u8>,
    /// The encoding label; UTF-8 where none is given.
    pub encoding: Option<String>,
    /// Columns whose cells may span lines that look like records.
    pub multiline: Vec<String>,
    /// Bytes read at a time.
    pub block_size: usize,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        // Half a MiB: small enough for the cache of a core, large enough that threads seldom wait for each other.
        ReadOptions { delimiter: None, encoding: None, multiline: Vec::new(), block_size: 1 << 19 }
    }
}

/// Where the bytes of an input are.
enum Origin {
    File(std::path::PathBuf),
    Memory(Arc<[u8]>),
    /// What was read of a long pipe, and the rest of it.
    Pipe(Arc<[u8]>, Mutex<Option<io::Stdin>>),
}

/// What an input is.
#[derive(Debug, Clone)]
pub(super) enum Recognised {
    /// CSV whose records begin at an offset.
    Csv(Dialect, usize),
    Json,
}

/// One input.
pub(super) struct Input {
    pub name: Arc<str>,
    path: String,
    origin: Origin,
    pub recognised: Recognised,
}

/// All inputs of a run.
pub struct Inputs {
    pub(super) list: Vec<Input>,
    /// Bytes read at a time.
    pub block_size: usize,
    pub(super) progress: Progress,
}

impl Inputs {
    /// Opens every input, says what it is and reads its header; `-` is standard input.
    pub fn open(paths: &[String], options: &ReadOptions) -> Result<Inputs, Error> {
        let mut findings = Findings::default();
        let mut list = Vec::new();
        for (number, path) in paths.iter().enumerate() {
            let name: Arc<str> = name_of(path).into();
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let problems = match Input::open(path, &name, options)? {
                Ok((input, problems)) => {
                    list.push((number, input));
                    problems
                }
                Err(problems) => problems,
            };
            for mut problem in problems {
                problem.place.input = number;
                problem.place.file = Some(name.clone());
                findings.add(problem);
            }
        }
        if findings.is_empty() {
            let list = list.into_iter().map(|(_, input)| input).collect();
            return Ok(Inputs { list, block_size: options.block_size, progress: Progress::default() });
        }
        // One run shows all problems: the records are looked at although a header is refused.
        for (number, input) in &list {
            findings.merge(input.structure(*number, options.block_size)?);
        }
        Err(findings.into())
    }

    /// One input of text that stands in the program itself.
    pub fn embedded(name: &str, text: &'static str) -> Result<Inputs, Error> {
        let origin = Origin::Memory(Arc::from(text.as_bytes()));
        let opened = Input::recognise(origin, name, &name.into(), &ReadOptions::default())?;
        match opened {
            Ok((input, problems)) if problems.is_empty() => {
                let block_size = ReadOptions::default().block_size;
                Ok(Inputs { list: vec![input], block_size, progress: Progress::default() })
            }
            Ok((_, problems)) | Err(problems) => {
                let mut findings = Findings::default();
                problems.into_iter().for_each(|problem| findings.add(problem));
                Err(findings.into())
            }
        }
    }

    /// Names of the inputs, without their folders.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|input| &*input.name)
    }

    /// The headers of the CSV inputs: name of the input and its columns.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.list.iter().filter_map(|input| match &input.recognised {
            Recognised::Csv(dialect, _) => Some((&*input.name, dialect.columns.as_slice())),
            Recognised::Json => None,
        })
    }

    /// The same with the position of the input on the command line.
    pub fn headers_by_input(&self) -> impl Iterator<Item = (u32, &str, &[String])> {
        let position = |number| u32::try_from(number).unwrap_or(u32::MAX);
        self.list.iter().enumerate().filter_map(move |(number, input)| match &input.recognised {
            Recognised::Csv(dialect, _) => Some((position(number), &*input.name, dialect.columns.as_slice())),
            Recognised::Json => None,
        })
    }

    /// True where every input can be read a second time.
    pub fn can_be_read_again(&self) -> bool {
        self.list.iter().all(|input| !matches!(input.origin, Origin::Pipe(..)))
    }

    /// How far the pass that goes on is.
    pub fn reached(&self) -> Reached {
        self.progress.reached()
    }

    /// Bytes of all inputs, as far as known.
    pub fn size(&self) -> u64 {
        let sizes = self.list.iter().map(|input| input.size().unwrap_or(u64::MAX));
        sizes.fold(0, u64::saturating_add)
    }

    /// SHA-256 of an input in hexadecimal; `None` for a pipe, or beyond `largest` bytes.
    pub fn sha256(&self, number: usize, largest: u64) -> Result<Option<String>, Error> {
        let Some(input) = self.list.get(number) else { return Ok(None) };
        if matches!(input.origin, Origin::Pipe(..)) || input.size().is_none_or(|size| size > largest) {
            return Ok(None);
        }
        let mut source = input.source(0, true)?;
        let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let got = source.read(&mut buffer).map_err(|fault| Error::io(&*input.path, fault))?;
            if got == 0 {
                break;
            }
            hasher.update(buffer.get(..got).unwrap_or_default());
        }
        Ok(Some(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
    }
}

/// An input with what is wrong with its header, or what makes it unreadable.
type Opening = Result<(Input, Vec<Finding>), Vec<Finding>>;

impl Input {
    fn open(path: &str, name: &Arc<str>, options: &ReadOptions) -> Result<Opening, Error> {
        let origin = if path == "-" { open_pipe().map_err(|fault| Error::io("-", fault))? } else { open_file(path)? };
        Input::recognise(origin, path, name, options)
    }

    fn recognise(origin: Origin, path: &str, name: &Arc<str>, options: &ReadOptions) -> Result<Opening, Error> {
        let mut input = Input { name: name.clone(), path: path.into(), origin, recognised: Recognised::Json };
        if let Some(label) = &options.encoding
            && let Err(finding) = input.decode(label)?
        {
            return Ok(Err(vec![*finding]));
        }
        let head = input.head()?;
        let whole = (head.len() as u64) < HEAD;
        match detect::form(&head) {
            Err(finding) => Ok(Err(vec![*finding])),
            Ok(Form::Json) => Ok(Ok((input, Vec::new()))),
            Ok(Form::Csv) => match read_header(&head, whole, options.delimiter, &options.multiline) {
                Err(problems) => Ok(Err(problems)),
                Ok(header) => {
                    input.recognised = Recognised::Csv(header.dialect, header.length);
                    Ok(Ok((input, header.problems)))
                }
            },
        }
    }

    /// What is wrong with the records of a CSV input, whatever they mean.
    fn structure(&self, number: u32, block_size: usize) -> Result<Findings, Error> {
        let Recognised::Csv(dialect, offset) = &self.recognised else { return Ok(Findings::default()) };
        let source = self.source(*offset, false)?;
        let mut reader = CsvReader::new(source, dialect.clone(), self.name.clone(), number, block_size);
        let mut block = Block::default();
        while reader.next(&mut block).map_err(|fault| Error::io(&*self.path, fault))? {}
        // Under a header that is refused nobody knows which column names a person.
        reader.findings.each(|finding| finding.value = None);
        Ok(reader.findings)
    }

    fn head(&self) -> Result<Vec<u8>, Error> {
        if let Origin::Pipe(kept, _) = &self.origin {
            return Ok(kept.get(..kept.len().min(HEAD as usize)).unwrap_or_default().to_vec());
        }
        let mut head = Vec::new();
        self.source(0, true)?.take(HEAD).read_to_end(&mut head).map_err(|fault| Error::io(&*self.path, fault))?;
        Ok(head)
    }

    fn size(&self) -> Option<u64> {
        match &self.origin {
            Origin::File(path) => std::fs::metadata(path).ok().map(|meta| meta.len()),
            Origin::Memory(bytes) => Some(bytes.len() as u64),
            Origin::Pipe(..) => None,
        }
    }

    /// The bytes of the input from an offset; a long pipe gives them once, and only its beginning to who peeks.
    pub(super) fn source(&self, offset: usize, peek: bool) -> Result<Box<dyn Read + Send>, Error> {
        let fault = |fault| Error::io(&*self.path, fault);
        match &self.origin {
            Origin::File(path) => {
                let mut file = File::open(path).map_err(fault)?;
                file.seek(SeekFrom::Start(offset as u64)).map_err(fault)?;
                Ok(Box::new(file))
            }
            Origin::Memory(bytes) => {
                let mut cursor = Cursor::new(bytes.clone());
                cursor.set_position(offset as u64);
                Ok(Box::new(cursor))
            }
            Origin::Pipe(kept, rest) => {
                let mut cursor = Cursor::new(kept.clone());
                cursor.set_position(offset as u64);
                if peek {
                    return Ok(Box::new(cursor));
                }
                let rest = rest.lock().ok().and_then(|mut rest| rest.take());
                match rest {
                    Some(rest) => Ok(Box::new(cursor.chain(rest))),
                    None => Err(Error::usage_with(
                        "this input is a pipe and cannot be read a second time, which its columns make necessary",
                        "write it to a file first and name the file",
                    )),
                }
            }
        }
    }

    /// Decodes the whole input to UTF-8; an error finding where it does not hold that encoding.
    fn decode(&mut self, label: &str) -> Result<Result<(), Box<Finding>>, Error> {
        let Some(encoding) = encoding_rs::Encoding::for_label(label.as_bytes()) else {
            let remedy = "one of utf-8, windows-1252, iso-8859-15, windows-1250, windows-1251, utf-16, utf-16le, utf-16be, macintosh";
            return Err(Error::usage_with(format!("'{label}' is no encoding"), remedy));
        };
        let mut bytes = Vec::new();
        self.source(0, false)?.read_to_end(&mut bytes).map_err(|fault| Error::io(&*self.path, fault))?;
        let (text, used, faulty) = encoding.decode(&bytes);
        if faulty {
            let line = text
                .split('\u{FFFD}')
                .next()
                .map_or(1, |before| super::block::line_ends(before.as_bytes()).saturating_add(1));
            let finding = Finding::new("not-utf8", Severity::Error, format!("the file is not {}", used.name()))
                .at(Place { line: Some(line), ..Place::default() })
                .remedy("name the encoding it was saved with, such as --encoding windows-1252");
            return Ok(Err(Box::new(finding)));
        }
        self.origin = Origin::Memory(Arc::from(text.as_bytes()));
        Ok(Ok(()))
    }
}

fn open_file(path: &str) -> Result<Origin, Error> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            Err(Error::usage_with(format!("'{path}' is a folder"), "name the file of cases in it"))
        }
        Ok(meta) if meta.is_file() => Ok(Origin::File(path.into())),
        // A named pipe or a device: read it as a pipe would be.
        Ok(_) => {
            let mut bytes = Vec::new();
            File::open(path)
                .and_then(|mut file| file.read_to_end(&mut bytes))
                .map_err(|fault| Error::io(path, fault))?;
            Ok(Origin::Memory(bytes.into()))
        }
        Err(source) => {
            let near = near_names(path);
            let remedy = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
            Err(Error::Io { file: path.into(), source, remedy })
        }
    }
}

fn open_pipe() -> io::Result<Origin> {
    let mut kept = Vec::new();
    io::stdin().lock().take(KEPT_PIPE).read_to_end(&mut kept)?;
    if (kept.len() as u64) < KEPT_PIPE {
        return Ok(Origin::Memory(kept.into()));
    }
    Ok(Origin::Pipe(kept.into(), Mutex::new(Some(io::stdin()))))
}

/// The name shown for an input: never a folder, so that output is the same on every machine.
fn name_of(path: &str) -> String {
    if path == "-" {
        return "standard input".into();
    }
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Names in the same folder that are nearly the one asked for.
fn near_names(path: &str) -> Vec<String> {
    let path = Path::new(path);
    let wanted = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut near: Vec<(f64, String)> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    near.into_iter()
        .take(3)
        .map(|(_, name)| folder.join(name).to_string_lossy().trim_start_matches("./").to_owned())
        .collect()
}
