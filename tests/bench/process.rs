//! Runs the program as a process: how long it takes, how much memory it needs.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long something takes.
pub fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// One command line.
pub struct Program {
    name: String,
    arguments: Vec<String>,
}

impl Program {
    /// `summarize` of a file with options.
    pub fn new(path: &Path, options: &[&str]) -> Program {
        let path = path.to_string_lossy();
        Program::of(&[&["summarize", &path], options].concat())
    }

    /// Any command line.
    pub fn of(arguments: &[&str]) -> Program {
        Program::named(env!("CARGO_BIN_EXE_calc-series"), arguments)
    }

    /// A peer that is installed; none where it is not, or cannot do this.
    pub fn peer(name: &str, arguments: &[&str]) -> Option<Program> {
        let peer = Program::named(name, arguments);
        let done = peer.command().status();
        done.is_ok_and(|status| status.success()).then_some(peer)
    }

    fn named(name: &str, arguments: &[&str]) -> Program {
        Program { name: name.to_owned(), arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect() }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn start(&self) -> Child {
        self.command().spawn().expect("the program starts")
    }

    /// One run from start to end.
    pub fn seconds(&self) -> f64 {
        seconds(|| {
            let status = self.start().wait().expect("the program ends");
            // Claims and data of no one's making are found wanting, and that is no failure here.
            assert!(matches!(status.code(), Some(0 | 1)), "the program failed: {:?}", self.arguments);
        })
    }

    /// The largest resident memory of one run in MiB; none where the system does not tell.
    pub fn peak_mib(&self) -> Option<f64> {
        self.peak_by_time().or_else(|| self.peak_by_proc())
    }

    /// What GNU time reports.
    fn peak_by_time(&self) -> Option<f64> {
        let mut command = Command::new("/usr/bin/time");
        command.arg("-v").arg(&self.name).args(&self.arguments);
        let run = command.stdin(Stdio::null()).stdout(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&run.stderr).into_owned();
        kib_behind(&text, "Maximum resident set size (kbytes):")
    }

    /// What Linux says of the process while it runs.
    fn peak_by_proc(&self) -> Option<f64> {
        let mut child = self.start();
        let status = format!("/proc/{}/status", child.id());
        let mut peak = None;
        while child.try_wait().is_ok_and(|ended| ended.is_none()) {
            let now = std::fs::read_to_string(&status).ok().and_then(|text| kib_behind(&text, "VmHWM:"));
            peak = now.or(peak);
            std::thread::sleep(Duration::from_millis(1));
        }
        peak
    }
}

/// The number behind a label, from KiB to MiB.
fn kib_behind(text: &str, label: &str) -> Option<f64> {
    let (_, behind) = text.split_once(label)?;
    behind.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib / 1024.0)
}
