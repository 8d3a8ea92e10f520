//! Progress of a long read: one line on a terminal that is rewritten and finally erased.

use crate::read::{Inputs, ProgressCounts};
use crate::tables::number::with_thousands;
use std::ffi::OsStr;
use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Work shorter than this shows nothing.
const AFTER: Duration = Duration::from_secs(1);
/// Time between two updates.
const EVERY: Duration = Duration::from_millis(200);
/// Characters of a terminal of unknown width.
const WIDTH: usize = 80;

/// Runs `reading` and shows its progress; the line is erased when this returns.
///
/// Writes to standard error only, and only where it is a terminal that can rewrite its line.
pub fn shown<T>(inputs: &Inputs, reading: impl FnOnce() -> T) -> T {
    let mut stderr = std::io::stderr();
    if !can_rewrite(stderr.is_terminal(), std::env::var_os("TERM").as_deref()) {
        return reading();
    }
    let width = width_of(&stderr).map_or(WIDTH, usize::from);
    let size = inputs.size();
    std::thread::scope(|scope| {
        let (working, ended) = channel::<()>();
        let state = move || line(inputs.reached(), (size < u64::MAX).then_some(size));
        let show = move || show(state, &ended, [AFTER, EVERY], width, &mut stderr);
        // If no thread can be started, the work runs without progress.
        let _ = std::thread::Builder::new().spawn_scoped(scope, show);
        let done = reading();
        drop(working);
        done
    })
}

/// Characters per line of the terminal behind standard error.
#[cfg(any(unix, windows))]
fn width_of(stderr: &std::io::Stderr) -> Option<u16> {
    terminal_size::terminal_size_of(stderr).map(|(width, _)| width.0)
}

/// Characters per line: not known on this system.
#[cfg(not(any(unix, windows)))]
fn width_of(_: &std::io::Stderr) -> Option<u16> {
    None
}

fn can_rewrite(is_terminal: bool, kind: Option<&OsStr>) -> bool {
    is_terminal && kind.is_none_or(|kind| kind != "dumb")
}

/// Rewrites the line until the other end of `ended` is dropped, then erases it; write errors are ignored.
fn show(
    state: impl Fn() -> String,
    ended: &Receiver<()>,
    [mut wait, every]: [Duration; 2],
    width: usize,
    out: &mut impl Write,
) {
    let mut shown = 0;
    while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = every;
        // A full line would wrap.
        let text: String = state().chars().take(width.saturating_sub(1)).collect();
        let _ = write!(out, "\r{text:shown$}").and_then(|()| out.flush());
        shown = text.chars().count().max(shown);
    }
    if shown > 0 {
        let _ = write!(out, "\r{:shown$}\r", "").and_then(|()| out.flush());
    }
}

/// "reading: 45% of 267 MiB, 3,400,000 cases"
fn line(reached: ProgressCounts, size: Option<u64>) -> String {
    let ProgressCounts { passes, bytes, cases } = reached;
    let again = if passes > 1 { " again" } else { "" };
    let read = match size.filter(|size| *size > 0) {
        Some(size) => {
            let percent = u128::from(bytes.min(size)) * 100 / u128::from(size);
            format!("{percent}% of {} MiB", with_thousands(size >> 20))
        }
        None => format!("{} MiB", with_thousands(bytes >> 20)),
    };
    format!("reading{again}: {read}, {} cases", with_thousands(cases))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(passes: u64, bytes: u64, cases: u64) -> ProgressCounts {
        ProgressCounts { passes, bytes, cases }
    }

    #[test]
    fn a_line_says_the_percentage_where_the_size_is_known() {
        let size = Some(267 << 20);
        assert_eq!(line(reached(1, 120 << 20, 3_400_000), size), "reading: 44% of 267 MiB, 3,400,000 cases");
        assert_eq!(line(reached(2, 300 << 20, 999), size), "reading again: 100% of 267 MiB, 999 cases");
        assert_eq!(line(reached(1, 1300 << 20, 1000), None), "reading: 1,300 MiB, 1,000 cases");
        assert_eq!(line(reached(0, 0, 0), Some(0)), "reading: 0 MiB, 0 cases");
    }

    #[test]
    fn nothing_is_shown_but_on_a_terminal_that_can_rewrite_its_line() {
        let kind = |kind: &'static str| Some(OsStr::new(kind));
        assert!(can_rewrite(true, kind("xterm")) && can_rewrite(true, None));
        assert!(!can_rewrite(true, kind("dumb")) && !can_rewrite(false, kind("xterm")) && !can_rewrite(false, None));
        // The tests run without a terminal: the work is done, and that is all.
        let inputs = Inputs::embedded("cases.csv", "case_id,age\nP1,6\n").unwrap();
        assert_eq!(shown(&inputs, || 5), 5);
    }

    /// What `show` writes while it is let draw so many states.
    fn written(states: &[&str], width: usize) -> String {
        let (working, ended) = channel::<()>();
        let (mut out, working) = (Vec::new(), std::cell::RefCell::new(Some(working)));
        let drawn = std::cell::Cell::new(0);
        let state = || {
            let text = states[drawn.get()].to_owned();
            drawn.set(drawn.get() + 1);
            if drawn.get() == states.len() {
                working.take();
            }
            text
        };
        show(state, &ended, [Duration::ZERO; 2], width, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_line_is_rewritten_and_erased() {
        assert_eq!(written(&["aaaa", "bb", "ccc"], 80), "\raaaa\rbb  \rccc \r    \r");
        assert_eq!(written(&["aaaa"], 4), "\raaa\r   \r");
    }

    #[test]
    fn work_that_is_done_in_time_shows_nothing() {
        let (working, ended) = channel::<()>();
        drop(working);
        let mut out = Vec::new();
        show(|| "a".to_owned(), &ended, [AFTER, EVERY], 80, &mut out);
        assert!(out.is_empty());
    }
}
