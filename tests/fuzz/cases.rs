//! Any bytes as a file of cases; the first byte chooses the command line.

#![no_main]

#[path = "harness.rs"]
mod harness;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let command = harness::ON_CASES[usize::from(*first) % harness::ON_CASES.len()];
    harness::in_folder(|folder| harness::run(folder, command, bytes));
});
