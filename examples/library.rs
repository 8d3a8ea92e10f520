//! calc-series as a library: read a file of cases, compute its statistics, take one by its key.
//!
//! ```text
//! cargo run --example library -- data/cutaneous-calcinosis-2021/cases.csv
//! ```

#![allow(clippy::print_stdout)] // an example prints; the library itself never does

use calc_series::{
    Error, Inputs, Options, ReadOptions, Results, Settings, Severity, Value, printed, read_cohort, summarize,
};
use std::fmt::Write;

const KEYS: [&str; 6] =
    ["age.mean", "age.sd", "sex[female].p", "followup.mean", "followup.median", "best_response.p(confirmed/treated)"];

fn main() -> Result<(), Error> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "data/cutaneous-calcinosis-2021/cases.csv".to_owned());
    print!("{}", report(&file)?);
    Ok(())
}

/// A few statistics of a file, one a line.
pub fn report(file: &str) -> Result<String, Error> {
    // Open: what the file really is, or every reason to refuse it.
    let inputs = Inputs::open(&[file], &ReadOptions::default())?;
    // Read and count: one pass on all cores. `Settings` holds what `--kind`, `--role` and a schema decide.
    let cohort = read_cohort(&inputs, &Settings::default())?;
    // Analyse: one row a statistic, unrounded, and everything the reader must know.
    let (results, findings) = summarize(&cohort, &Options::default());

    let mut text = format!("{} cases, {} warnings\n", cohort.cases, findings.count(Severity::Warning));
    for key in KEYS {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key} = {}", answer(&results, key));
    }
    Ok(text)
}

/// The printed form of a statistic beside its unrounded value, or why there is none.
fn answer(results: &Results, key: &str) -> String {
    let Some(statistic) = results.get(key) else { return "no such statistic".to_owned() };
    let short = printed(statistic);
    match &statistic.value {
        // A mean is an exact fraction: no rounding error has entered it.
        Value::Exact(_) | Value::Real(_) => {
            statistic.value.number().map_or(short.clone(), |number| format!("{short} ({number})"))
        }
        Value::NotEstimable(reason) => format!("{short} ({reason})"),
        _ => short,
    }
}
