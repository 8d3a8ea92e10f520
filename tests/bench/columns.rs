//! Files of one kind of column: millions of distinct numbers, and many columns of few cases.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Columns of the wide file.
const COLUMNS: usize = 20_000;
/// Its cases.
const WIDE_CASES: usize = 100;

/// The files, each with what it holds.
pub const DISTINCT: [&str; 3] =
    ["distinct decimals of 8 places", "integers below ten million", "floats as R prints them"];

/// Writes a file of each kind of distinct number, and returns their paths in the order of [`DISTINCT`].
pub fn write_distinct(folder: &Path, rows: u64) -> Vec<PathBuf> {
    let number = |kind: usize, random: u64| match kind {
        0 => format!("{}.{:08}", random % 100, random / 100 % 100_000_000),
        1 => (random % 10_000_000).to_string(),
        _ => format!("{}.{:016}", random % 10, random % 9_999_999_999_999_999 + 1),
    };
    let write = |kind: usize| {
        let path = folder.join(format!("distinct{kind}.csv"));
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a file"));
        let mut state = 1;
        let written = writeln!(out, "case_id,value")
            .and_then(|()| (0..rows).try_for_each(|row| writeln!(out, "P{row},{}", number(kind, next(&mut state)))));
        written.and_then(|()| out.flush()).expect("room for the numbers");
        path
    };
    (0..DISTINCT.len()).map(write).collect()
}

/// Different levels of the file of [`write_levels`].
const LEVELS: u64 = 99_000;

/// Writes a file of a category of nearly as many levels as are counted by name.
pub fn write_levels(folder: &Path, rows: u64) -> PathBuf {
    let path = folder.join("levels.csv");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&path).expect("a file"));
    let mut state = 1;
    let written = writeln!(out, "case_id,diagnosis")
        .and_then(|()| (0..rows).try_for_each(|row| writeln!(out, "P{row},diagnosis {}", next(&mut state) % LEVELS)));
    written.and_then(|()| out.flush()).expect("room for the levels");
    path
}

/// Writes a file of few cases and very many columns: of whole numbers, or of one decimal.
pub fn write_wide(folder: &Path, has_decimals: bool) -> PathBuf {
    let path = folder.join(format!("wide{has_decimals}.csv"));
    let mut text = String::from("case_id");
    (0..COLUMNS).for_each(|column| write!(text, ",v{column}").expect("memory"));
    let mut state = 1;
    for case in 0..WIDE_CASES {
        write!(text, "\nP{case}").expect("memory");
        for _ in 0..COLUMNS {
            let random = next(&mut state);
            write!(text, ",{}", random % 100).expect("memory");
            if has_decimals {
                write!(text, ".{}", random / 100 % 10).expect("memory");
            }
        }
    }
    std::fs::write(&path, text + "\n").expect("room for the columns");
    path
}

/// Writes a sheet of cases with numbers and words in turn.
pub fn write_sheet(folder: &Path, cases: usize, columns: usize) -> PathBuf {
    let path = folder.join(format!("sheet{columns}.csv"));
    let mut text = String::from("case_id");
    (0..columns).for_each(|column| write!(text, ",v{column}").expect("memory"));
    let mut state = 1;
    for case in 0..cases {
        write!(text, "\nP{case}").expect("memory");
        for column in 0..columns {
            let random = next(&mut state);
            match column % 3 {
                0 => write!(text, ",{}", random % 100),
                1 => write!(text, ",{}.{}", random % 100, random / 100 % 10),
                _ => write!(text, ",{}", ["none", "mild", "severe", ""][random as usize % 4]),
            }
            .expect("memory");
        }
    }
    std::fs::write(&path, text + "\n").expect("room for the columns");
    path
}

/// The next number of a generator: Steele and Vigna 2021, doi:10.1002/spe.3030 (splitmix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
