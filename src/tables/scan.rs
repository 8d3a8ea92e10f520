//! The scan of a manuscript as text. What is impossible comes first.

use super::audit::{AuditReport, AuditSection, ClaimEntry};
use crate::check::scan::{Scan, ScanItem, ScanVerdict};
use crate::words::Word;
use crate::words::counted;

/// What a report shows of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanShown {
    /// What needs a decision.
    Open,
    /// That, what is consistent and what could not be checked.
    All,
}

/// The scan of a manuscript.
pub fn scan_report(name: &str, scan: &Scan, shown: ScanShown) -> AuditReport {
    let mut verdicts = vec![ScanVerdict::Impossible, ScanVerdict::Conditional];
    if shown == ScanShown::All {
        verdicts.extend([ScanVerdict::NotCheckable, ScanVerdict::Consistent]);
    }
    let sections = verdicts.into_iter().map(|verdict| section(scan, verdict));
    AuditReport {
        title: format!("Scan of {name}"),
        tally: tally(scan),
        sections: sections.filter(|section| !section.entries.is_empty()).collect(),
        footnotes: footnotes(shown),
    }
}

/// `120 numbers, 46 of them held against others: 1 impossible, 0 conditional, 20 consistent, 3 not checkable.`
fn tally(scan: &Scan) -> String {
    let words = ScanVerdict::EVERY.iter().map(|verdict| format!("{} {}", scan.count(*verdict), heading(*verdict)));
    let numbers = counted(scan.numbers, "number");
    format!("{numbers}, {} of them held against others: {}.", scan.checked, words.collect::<Vec<_>>().join(", "))
}

fn heading(verdict: ScanVerdict) -> &'static str {
    match verdict {
        ScanVerdict::Impossible => "impossible",
        ScanVerdict::Conditional => "possible only under a condition",
        ScanVerdict::Consistent => "consistent",
        ScanVerdict::NotCheckable => "not checkable",
    }
}

fn section(scan: &Scan, verdict: ScanVerdict) -> AuditSection {
    let entries = scan.items.iter().filter(|item| item.verdict == verdict).map(entry).collect();
    AuditSection { heading: heading(verdict).to_owned(), entries }
}

fn entry(item: &ScanItem) -> ClaimEntry {
    ClaimEntry {
        id: item.place.to_string(),
        says: format!("\"{}\"", item.excerpt),
        given: item.sentence.clone(),
        ..ClaimEntry::default()
    }
}

fn footnotes(shown: ScanShown) -> Vec<String> {
    let mut notes = vec![
        "A printed number represents every number that rounds to it, with ties rounded either way. A percentage without \
         a denominator is tried with every number of cases that the text states before it and anywhere."
            .to_owned(),
    ];
    if shown == ScanShown::Open {
        notes.push("What is consistent or not checkable is listed with --all.".to_owned());
    }
    notes
}
