//! Any text as a word of the command line: a filter, a selector, a pattern, a column; the first byte chooses which.

#![no_main]

#[path = "harness.rs"]
mod harness;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let command = harness::WITH_A_WORD[usize::from(*first) % harness::WITH_A_WORD.len()];
    harness::in_folder(|folder| harness::run_with_word(folder, command, text));
});
