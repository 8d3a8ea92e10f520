//! A draft of claims as a claims file.

use crate::check::draft::{Candidate, ClaimsDraft, DraftClaim};
use crate::diagnostic::sanitize;

/// The draft as TOML: the first candidate as the line that counts, the others as comments below it.
pub fn claims_file(draft: &ClaimsDraft) -> String {
    let mut text = format!(
        "# A draft of the claims of {}: what each number refers to was proposed by words that its sentence shares with\n\
         # the records, never by the number. For each claim: read the sentence at its place, keep the line that is meant\n\
         # (count or value), put 'says' in your own words, and remove 'draft = true'. Delete what is no claim about the\n\
         # cases. A draft is never counted as agreeing.\n",
        sanitize(&draft.manuscript)
    );
    for (number, claim) in draft.claims.iter().enumerate() {
        text.push_str(&one(number.saturating_add(1), claim));
    }
    text
}

fn one(number: usize, claim: &DraftClaim) -> String {
    let mut text = format!(
        "\n[[claim]]\nid = \"D{number:03}\"\ndraft = true\nplace = {}\nsays = {}\nprinted = {}\n",
        quoted(&claim.place),
        quoted(&sanitize(&claim.first_words)),
        quoted(&claim.printed)
    );
    if claim.cites {
        text.push_str("note = \"the sentence may speak of other patients, too\"\n");
    }
    for (rank, candidate) in claim.candidates.iter().enumerate() {
        let prefix = if rank == 0 { "" } else { "# or: " };
        text.push_str(&format!("{prefix}{}\n", line(candidate)));
    }
    if claim.candidates.is_empty() {
        text.push_str("# no candidate shares a word with the sentence\n");
    }
    text
}

/// `count = "sex = 'female'"`
fn line(candidate: &Candidate) -> String {
    match candidate {
        Candidate::Count(condition) => format!("count = {}", quoted(condition)),
        Candidate::Value(selector) => format!("value = {}", quoted(selector)),
    }
}

/// A text as a basic string of TOML, which is a string of JSON.
fn quoted(text: &str) -> String {
    let mut bytes = Vec::new();
    // What is written to memory does not fail.
    let _ = super::json::write(&mut bytes, text);
    String::from_utf8_lossy(&bytes).into_owned()
}
