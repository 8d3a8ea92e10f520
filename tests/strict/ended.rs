//! A run that is ended, by a signal or by a full disk, leaves no file behind and the old output whole.

use super::{Ran, says};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A folder with cases, an old output and a named pipe.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..3000).map(|n| format!("SECRET{n},{}\n", n % 90)).collect();
    std::fs::write(folder.path().join("cases.csv"), format!("case_id,age\n{rows}")).unwrap();
    std::fs::write(folder.path().join("out.csv"), "before").unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[track_caller]
fn is_untouched(folder: &Path, expected: &[&str]) {
    assert_eq!(names(folder), expected);
    assert_eq!(std::fs::read_to_string(folder.join("out.csv")).unwrap(), "before");
}

/// The bytes of files without a name that the process has open.
#[cfg(target_os = "linux")]
fn written_without_a_name(process: u32) -> u64 {
    let Ok(open) = std::fs::read_dir(format!("/proc/{process}/fd")) else { return 0 };
    let files = open.filter_map(|entry| {
        let path = entry.ok()?.path();
        let is_unnamed = std::fs::read_link(&path).ok()?.to_string_lossy().ends_with("(deleted)");
        std::fs::metadata(&path).ok().filter(|meta| is_unnamed && meta.is_file()).map(|meta| meta.len())
    });
    files.sum()
}

/// True where this process ignores a signal, as under nohup; its children then do, too.
#[cfg(target_os = "linux")]
fn is_ignored(number: u32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or_default();
    u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask >> (number - 1) & 1 == 1)
}

/// The first output is whole and has no name; the program waits for a reader of the second, a named pipe.
#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_ended_by_any_signal_leaves_no_rows_behind() {
    let signals = [("INT", 2), ("TERM", 15), ("HUP", 1), ("KILL", 9), ("ABRT", 6)];
    for (signal, _) in signals.into_iter().filter(|(_, number)| !is_ignored(*number)) {
        let folder = folder();
        let made = Command::new("mkfifo").arg(folder.path().join("pipe.csv")).status().unwrap();
        assert!(made.success());
        let mut child = Command::new(env!("CARGO_BIN_EXE_calc-series"))
            .args(["cases", "cases.csv", "-o", "out.csv", "-o", "pipe.csv"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while written_without_a_name(child.id()) < 30_000 {
            assert!(begun.elapsed() < Duration::from_secs(60), "the output is never written");
            is_untouched(folder.path(), &["cases.csv", "out.csv", "pipe.csv"]);
            std::thread::sleep(Duration::from_millis(10));
        }
        is_untouched(folder.path(), &["cases.csv", "out.csv", "pipe.csv"]);
        let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert!(!child.wait().unwrap().success(), "{signal}");
        is_untouched(folder.path(), &["cases.csv", "out.csv", "pipe.csv"]);
    }
}

/// Runs the program where no file may have more than one block: as on a full disk, a write fails.
#[cfg(unix)]
fn run_on_a_full_disk(folder: &Path, arguments: &[&str]) -> Ran {
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_calc-series")]).args(arguments).current_dir(folder);
    shell.stdin(Stdio::null()).output().unwrap().into()
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_in_the_same_words_every_time_and_leaves_the_old_output() {
    let folder = folder();
    for output in ["out.csv", "new.csv"] {
        let ran = run_on_a_full_disk(folder.path(), &["cases", "cases.csv", "-o", output]);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        let lines: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("error")).collect();
        assert_eq!(lines, [format!("error: {output}: File too large (os error 27)")]);
        is_untouched(folder.path(), &["cases.csv", "out.csv"]);
    }
    if cfg!(target_os = "linux") {
        let ran = super::run_in(folder.path(), &["cases", "cases.csv", "--format", "csv", "-o", "/dev/full"]);
        says(&ran, 2, &["error: /dev/full: No space left on device (os error 28)"]);
    }
}

#[cfg(unix)]
#[test]
fn the_example_is_whole_or_absent() {
    let folder = folder();
    let ran = run_on_a_full_disk(folder.path(), &["example", "new"]);
    says(&ran, 2, &["error: new: File too large (os error 27)"]);
    is_untouched(folder.path(), &["cases.csv", "out.csv"]);
    // Into a folder that is there: no file is named before all are written.
    std::fs::create_dir(folder.path().join("there")).unwrap();
    says(&run_on_a_full_disk(folder.path(), &["example", "there"]), 2, &["error: there/"]);
    assert_eq!(names(&folder.path().join("there")), <[&str; 0]>::default());
    std::fs::write(folder.path().join("there/README.md"), "mine").unwrap();
    let ran = super::run_in(folder.path(), &["example", "there"]);
    says(&ran, 2, &["error: 'there/README.md' already exists"]);
    assert_eq!(names(&folder.path().join("there")), ["README.md"]);
    std::fs::remove_file(folder.path().join("cases.csv")).unwrap();
    for name in ["new", "a/b/c", "."] {
        says(&super::run_in(folder.path(), &["example", name]), 0, &[]);
        assert!(folder.path().join(name).join("claims.toml").is_file());
    }
}
