//! What looks at each case: listings, their order, validation, and long texts.

use super::columns::write_sheet;
use super::process::Program;
use super::{ROUNDS, median, write_claims};
use std::fmt::Write as _;
use std::path::Path;

/// Claims that are held against few cases.
const MANY_CLAIMS: usize = 40_000;
/// Bytes of the manuscript.
const MANUSCRIPT: usize = 10_000_000;

/// Prints what the jobs on each case take, to what `summarize` takes of the same file.
pub fn print_rows(registry: &Path, thousand: &Path, folder: &Path) {
    let path = registry.to_string_lossy();
    let cases = |options: &[&str]| Program::of(&[&["cases", &path], options].concat());
    print_jobs(
        Some(&Program::new(registry, &["--format", "json"])),
        &[
            ("validate", "<= 4", Some(Program::of(&["validate", &path, "--format", "json"]))),
            ("cases, CSV", "<= 1.0 s a million", Some(cases(&["--format", "csv"]))),
            ("  xan select", "", Program::peer("xan", &["select", "id,age,sex,etiology,sites,esr,outcome", &path])),
            ("cases, text", "<= 1.5 s a million", Some(cases(&["--format", "text"]))),
            (
                "cases --sort age:desc, CSV",
                "<= 2 s, 200 MiB a million",
                Some(cases(&["--format", "csv", "--sort", "age:desc"])),
            ),
            ("  xan sort", "", Program::peer("xan", &["sort", "-N", "-R", "-s", "age", &path])),
        ],
    );
    for columns in [400, 800, 2000] {
        let wide = write_sheet(folder, 5000, columns);
        let wide_path = wide.to_string_lossy();
        let validate = Program::of(&["validate", &wide_path, "--format", "json"]);
        println!("5,000 cases of {columns} columns");
        print_jobs(Some(&Program::new(&wide, &["--format", "json"])), &[("validate", "<= 5", Some(validate))]);
    }
    let (claims, manuscript) = (folder.join("many.toml"), folder.join("manuscript.txt"));
    write_claims(&claims, MANY_CLAIMS);
    write_manuscript(&manuscript);
    let (claims, thousand) = (claims.to_string_lossy(), thousand.to_string_lossy());
    print_jobs(
        None,
        &[
            ("40,000 claims on 1,000 cases", "<= 1 s", Some(Program::of(&["check", &claims, &thousand]))),
            ("scan of 10 MB", "<= 1 s", Some(Program::of(&["scan", &manuscript.to_string_lossy()]))),
        ],
    );
}

/// Runs each job once in every round, beside the one that the others are compared with.
fn print_jobs(whole: Option<&Program>, jobs: &[(&str, &str, Option<Program>)]) {
    let jobs: Vec<_> = jobs.iter().filter_map(|(name, target, job)| Some((name, target, job.as_ref()?))).collect();
    let mut all: Vec<Vec<f64>> = vec![Vec::new(); jobs.len() + 1];
    for round in 0..=ROUNDS {
        for (at, job) in whole.into_iter().chain(jobs.iter().map(|(_, _, job)| *job)).enumerate() {
            let elapsed = job.seconds();
            // The first round brings the files into the page cache.
            if round > 0 {
                all[at + usize::from(whole.is_none())].push(elapsed);
            }
        }
    }
    let base = median(&all[0]);
    for ((name, target, job), seconds) in jobs.iter().zip(&all[1..]) {
        let (seconds, peak) = (median(seconds), job.peak_mib());
        let peak = peak.map_or("not known".to_owned(), |peak| format!("{peak:.0} MiB"));
        let ratio = if base.is_nan() { String::new() } else { format!("{:.1}", seconds / base) };
        println!("{name:<32} {seconds:>9.3} s {ratio:>8}   {peak}; {target}");
    }
}

/// Sentences with shares, some of them impossible, until they are long enough.
fn write_manuscript(path: &Path) {
    let mut text = String::new();
    let mut number = 0_u32;
    while text.len() < MANUSCRIPT {
        number += 1;
        let (n, of) = (number % 40 + 1, number % 30 + 41);
        let share = f64::from(n) / f64::from(of) * 100.0;
        write!(
            text,
            "Of {of} patients seen in centre {number}, {n} ({share:.1} %) were boys; the mean age was 7.4 years. "
        )
        .expect("memory");
        if number.is_multiple_of(5) {
            text.push_str("\n\n");
        }
    }
    std::fs::write(path, text).expect("room for the manuscript");
}
