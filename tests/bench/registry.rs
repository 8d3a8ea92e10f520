//! Speed and memory on a synthetic registry, against the csv crate merely splitting the same file.
//!
//! ```text
//! cargo bench                                    1,000,000 cases
//! CALC_SERIES_BENCH_ROWS=10000000 cargo bench    10 million
//! ```
//!
//! Whole processes of the optimised program, output to null, page cache warm, medians of five rounds; in
//! every round each contender runs once, so that all meet the same machine. Nothing fails on time.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a benchmark prints, and stops where it cannot measure")]

mod columns;
mod gen_registry;
mod process;
mod rows;

use columns::{DISTINCT, write_distinct, write_levels, write_wide};
use gen_registry::write_registry;
use process::{Program, seconds};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

const ROUNDS: usize = 5;
const COLD_STARTS: usize = 30;
/// Ten runs of a small file are one of a large one.
const SMALL_PART: u64 = 10;
const CLAIMS: usize = 10_000;
const MIB: f64 = 1024.0 * 1024.0;

fn main() {
    // `cargo bench` says so; `cargo test --benches` and `-- --list` must not run for minutes.
    let arguments: Vec<String> = std::env::args().collect();
    let said = |word: &str| arguments.iter().any(|argument| argument == word);
    if !said("--bench") || said("--test") || said("--list") {
        println!("registry: run it with `cargo bench`");
        return;
    }
    let rows = std::env::var("CALC_SERIES_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a folder for the registry");
    let registry = Registry::write(folder.path(), rows);
    println!("{}", registry.describe());
    let figures = Figures::measure(&registry);
    print_table(&figures, &registry);
    rows::print_rows(&registry.csv, &registry.thousand, folder.path());
    for (name, path) in DISTINCT.iter().zip(write_distinct(folder.path(), rows)) {
        print_column(name, &path, "<= 40 MiB a million");
    }
    print_column("100,000 levels", &write_levels(folder.path(), rows), "1,000 of them listed");
    for (name, has_decimals) in [("100 x 20,000 whole numbers", false), ("100 x 20,000 decimals", true)] {
        print_column(name, &write_wide(folder.path(), has_decimals), "<= 0.6 s, 120 MiB");
    }
}

/// Prints what a file takes, to what the csv crate needs to split it; and what xan takes, where it is installed.
fn print_column(name: &str, path: &Path, target: &str) {
    let contender = Program::new(path, &["--format", "json"]);
    contender.seconds(); // the file into the page cache
    let rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| (split(path), contender.seconds())).collect();
    let (bare, whole): (Vec<f64>, Vec<f64>) = rounds.into_iter().unzip();
    let (bare, whole) = (median(&bare), median(&whole));
    let peak = contender.peak_mib().map_or("not known".to_owned(), |peak| format!("{peak:.0} MiB"));
    println!("{name:<32} {whole:>9.3} s {:>8.2}   {peak}; {target}", whole / bare);
    let Some(xan) = Program::peer("xan", &["stats", "-q", &path.to_string_lossy()]) else { return };
    let seconds = median(&(0..ROUNDS).map(|_| xan.seconds()).collect::<Vec<f64>>());
    let peak = xan.peak_mib().map_or("not known".to_owned(), |peak| format!("{peak:.0} MiB"));
    println!("{:<32} {seconds:>9.3} s {:>8.2}   {peak}", "  xan stats -q", seconds / bare);
}

/// The files of a run.
struct Registry {
    rows: u64,
    csv: PathBuf,
    /// The first tenth of the cases.
    small: PathBuf,
    /// The first thousand.
    thousand: PathBuf,
    /// The first five.
    five: PathBuf,
    /// The cases of `csv` as JSON lines.
    json: PathBuf,
    /// Claims about the cases.
    claims: PathBuf,
}

/// Claims with some four thousand different conditions, half of them on a statistic.
fn write_claims(path: &Path, claims: usize) {
    let sites = ["knee", "elbow", "hip", "thigh", "forearm"];
    let claim = |number: usize| {
        let (age, site) = (number % 80 + 1, sites[number % sites.len()]);
        let asked = match number % 4 {
            0 => format!("count = \"age < {age} AND has(sites, '{site}')\""),
            1 => format!("count = \"has(sites, '{site}')\"\nof = \"hb < {}.{}\"", 8 + number % 7, number % 10),
            2 => format!("value = \"esr.p{}\"", number % 99 + 1),
            _ => format!("value = \"sites[{site}].n | sex = 'F' AND age > {age}\""),
        };
        format!("[[claim]]\nid = \"{number}\"\nsays = \"a number\"\nprinted = \"{number}\"\n{asked}\n\n")
    };
    std::fs::write(path, (0..claims).map(claim).collect::<String>()).expect("room for the claims");
}

impl Registry {
    fn write(folder: &Path, rows: u64) -> Registry {
        let write = |name: &str, rows: u64, json: bool| {
            let path = folder.join(name);
            let mut out = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a file"));
            write_registry(rows, json, &mut out).and_then(|()| out.flush()).expect("room for the registry");
            path
        };
        let claims = folder.join("claims.toml");
        write_claims(&claims, CLAIMS);
        Registry {
            rows,
            claims,
            csv: write("registry.csv", rows, false),
            small: write("small.csv", rows / SMALL_PART, false),
            thousand: write("thousand.csv", 1000, false),
            five: write("five.csv", 5, false),
            json: write("registry.jsonl", rows, true),
        }
    }

    fn describe(&self) -> String {
        let size = |path: &Path| std::fs::metadata(path).map_or(0.0, |meta| meta.len() as f64) / MIB;
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        format!(
            "registry of {} cases, {:.0} MiB as CSV, {:.0} MiB as JSON lines; {processors} processors; medians of {ROUNDS}",
            self.rows,
            size(&self.csv),
            size(&self.json)
        )
    }
}

/// What the csv crate needs to split a file into records and cells, and nothing else.
fn split(path: &Path) -> f64 {
    seconds(|| {
        let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_path(path).expect("the registry");
        let mut record = csv::ByteRecord::new();
        let mut cells = 0;
        while reader.read_byte_record(&mut record).expect("a record") {
            cells += record.len();
        }
        assert!(std::hint::black_box(cells) > 0, "the registry is empty");
    })
}

/// One command line, and its seconds in every round.
struct Contender {
    name: &'static str,
    program: Program,
    seconds: Vec<f64>,
}

impl Contender {
    fn new(name: &'static str, path: &Path, options: &[&str]) -> Contender {
        Contender::of(name, Program::new(path, options))
    }

    fn of(name: &'static str, program: Program) -> Contender {
        program.seconds(); // the file into the page cache
        Contender { name, program, seconds: Vec::new() }
    }

    fn median(&self) -> f64 {
        median(&self.seconds)
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Everything that is measured.
struct Figures {
    /// Seconds of the csv crate.
    split: f64,
    contenders: Vec<Contender>,
    peak: Option<f64>,
    peak_no_id: Option<f64>,
    peak_two_hundred: Option<f64>,
    cold: f64,
    cold_thousand: f64,
    cold_series: f64,
}

const SUMMARIZE: &str = "summarize";
const BY: &str = "by a group of six";
const BY_YEAR: &str = "by the year of onset";
const BY_BOTH: &str = "by 240 groups";
const WHERE: &str = "of some cases";
const SMALL: &str = "a tenth of the cases";
const JSON_LINES: &str = "JSON lines";
const ONE_NUMBER: &str = "get age.mean";
const SOME: &str = "of two variables";
const KNOWN: &str = "of cases with a follow-up";
const TIMES: &str = "their times to an event";
const CHECK: &str = "10,000 claims, a tenth";

const WITH_FOLLOW_UP: [&str; 2] = ["--where", "followup_months IS NOT NULL"];
const TO_IMPROVEMENT: [&str; 6] = ["--time", "followup_months", "--event", "outcome = 'improved'", "--times", "12,60"];

impl Figures {
    fn measure(registry: &Registry) -> Figures {
        let csv = registry.csv.as_path();
        let (small, claims) = (registry.small.to_string_lossy(), registry.claims.to_string_lossy());
        let mut contenders = vec![
            Contender::new(SUMMARIZE, csv, &["--format", "json"]),
            Contender::new("summarize --no-id", csv, &["--format", "json", "--no-id"]),
            Contender::new("summarize --threads 1", csv, &["--format", "json", "--threads", "1"]),
            Contender::new("summarize --threads 2", csv, &["--format", "json", "--threads", "2"]),
            Contender::new("summarize --format text", csv, &[]),
            Contender::new(BY, csv, &["--format", "json", "--by", "etiology"]),
            Contender::new(BY_YEAR, csv, &["--format", "json", "--by", "onset_year", "--kind", "onset_year=category"]),
            Contender::new(
                BY_BOTH,
                csv,
                &["--format", "json", "--by", "onset_year,etiology", "--kind", "onset_year=category"],
            ),
            Contender::new(WHERE, csv, &["--format", "json", "--where", "age < 18 and etiology = 'idiopathic'"]),
            Contender::new(SMALL, &registry.small, &["--format", "json"]),
            Contender::new(JSON_LINES, &registry.json, &["--format", "json"]),
            Contender::of(ONE_NUMBER, Program::of(&["get", &csv.to_string_lossy(), "age.mean"])),
            Contender::new(SOME, csv, &["--format", "json", "--vars", "age,crp"]),
            Contender::new(KNOWN, csv, &[&["--format", "json"], &WITH_FOLLOW_UP[..]].concat()),
            Contender::new(TIMES, csv, &[&["--format", "json"], &WITH_FOLLOW_UP[..], &TO_IMPROVEMENT].concat()),
            Contender::of(CHECK, Program::of(&["check", &claims, &small, "--format", "json"])),
        ];
        split(csv);
        let mut splits = Vec::new();
        for round in 1..=ROUNDS {
            splits.push(split(csv));
            for contender in &mut contenders {
                let elapsed = contender.program.seconds();
                contender.seconds.push(elapsed);
            }
            println!("round {round} of {ROUNDS}");
        }
        let peak = |number: usize| contenders.get(number).and_then(|contender| contender.program.peak_mib());
        let by_both = contenders.iter().position(|contender| contender.name == BY_BOTH);
        let (peak_two_hundred, peak, peak_no_id) = (by_both.and_then(peak), peak(0), peak(1));
        let series = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/cutaneous-calcinosis-2021/cases.csv");
        let [cold, cold_thousand, cold_series] = [&registry.five, &registry.thousand, &series].map(|file| {
            let contender = Contender::new("", file, &["--format", "json"]);
            median(&(0..COLD_STARTS).map(|_| contender.program.seconds()).collect::<Vec<f64>>())
        });
        Figures {
            split: median(&splits),
            contenders,
            peak,
            peak_no_id,
            peak_two_hundred,
            cold,
            cold_thousand,
            cold_series,
        }
    }

    fn median_of(&self, name: &str) -> f64 {
        self.contenders.iter().find(|contender| contender.name == name).map_or(f64::NAN, Contender::median)
    }
}

fn print_table(figures: &Figures, registry: &Registry) {
    let line = |name: &str, figure: String, ratio: String, target: &str| {
        println!("{name:<32} {figure:>11} {ratio:>8}   {target}");
    };
    line("", "median".into(), "ratio".into(), "target");
    line("csv crate, ByteRecord, one core", format!("{:.3} s", figures.split), "1".into(), "");
    for contender in figures.contenders.iter().filter(|contender| contender.name.starts_with(SUMMARIZE)) {
        let median = contender.median();
        let target = if contender.name == SUMMARIZE { "<= 0.6 at 10 million cases on 2 cores" } else { "" };
        line(contender.name, format!("{median:.3} s"), format!("{:.2}", median / figures.split), target);
    }
    let whole = figures.median_of(SUMMARIZE);
    for (name, target) in [
        (BY, "<= 1.2 of summarize"),
        (BY_YEAR, "of summarize"),
        (BY_BOTH, "<= 1.5 of summarize"),
        (WHERE, "<= 1.1 of summarize"),
        (ONE_NUMBER, "of summarize; <= 0.09 s a million"),
        (SOME, "of summarize; <= 0.09 s a million"),
    ] {
        let median = figures.median_of(name);
        line(name, format!("{median:.3} s"), format!("{:.2}", median / whole), target);
    }
    let times = figures.median_of(TIMES);
    let without = times / figures.median_of(KNOWN);
    line(TIMES, format!("{times:.3} s"), format!("{without:.2}"), "<= 1.5 of the same cases without them");
    let json = figures.median_of(JSON_LINES);
    line("JSON lines, to the CSV", format!("{json:.3} s"), format!("{:.2}", json / whole), "<= 2");
    let tenth = figures.median_of(SMALL);
    let median = figures.median_of(CHECK);
    line(CHECK, format!("{median:.3} s"), format!("{:.1}", median / tenth), "of summarize");
    let a_row = |seconds: f64, rows: u64| 1e9 * seconds / rows.max(1) as f64;
    let small = a_row(tenth, registry.rows / SMALL_PART);
    let large = a_row(whole, registry.rows);
    line("a row, of a tenth of the cases", format!("{small:.0} ns"), "1".into(), "");
    line("a row, of all cases", format!("{large:.0} ns"), format!("{:.2}", large / small), "linear: about 1 or less");
    let mib = |peak: Option<f64>| peak.map_or("not known".to_owned(), |peak| format!("{peak:.1} MiB"));
    line("peak memory", mib(figures.peak), String::new(), "<= 160 MiB at 10 million cases");
    line("peak memory, --no-id", mib(figures.peak_no_id), String::new(), "<= 40 MiB");
    line("peak memory, 240 groups", mib(figures.peak_two_hundred), String::new(), "");
    let milliseconds = |seconds: f64| format!("{:.2} ms", 1e3 * seconds);
    line("5 of the cases, start to end", milliseconds(figures.cold), String::new(), "<= 2.5 ms");
    line("1,000 of the cases", milliseconds(figures.cold_thousand), String::new(), "<= 6 ms");
    line("the report's 5, with its schema", milliseconds(figures.cold_series), String::new(), "<= 4.5 ms");
}
