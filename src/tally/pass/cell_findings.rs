//! The findings about single cells.

use crate::cohort::Unreadable;
use crate::cohort::cell::Items;
use crate::cohort::one_hot::Partly;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::tally::lines::table::LineIssue;

/// Adds a finding at a place, for so many cells.
pub fn report(findings: &mut Findings, finding: Finding, here: CaseRow<'_>, cells: u64) {
    let column = finding.location.column.clone().unwrap_or_default();
    findings.add_many(finding.at(here.location(&column)), cells);
}

/// What is said of a cell that cannot be read.
pub fn of_unreadable(why: &Unreadable, header: &str) -> Finding {
    Finding::new(why.id(), Severity::Warning, why.message()).column(header).remedy(why.remedy(header))
}

/// What is said of a case of which some columns of a set are not reported.
pub fn of_partly(partly: &Partly, header: &str, columns: usize) -> Finding {
    let silent = format!("not reported in {} of the {columns} columns of this set", partly.silent.len());
    let message = match partly.counted {
        true => format!("{silent}; the others are counted"),
        false => format!("{silent}, and no other says yes: the case counts as not reported"),
    };
    let remedy = "write 0 or no where the patient does not have the item";
    Finding::new("set-partly-reported", Severity::Warning, message).column(header).remedy(remedy)
}

/// What is said of a cell of items.
pub fn of_items(items: &Items, header: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |id, severity, message: &str, remedy: &str| {
        found.push(Finding::new(id, severity, message).column(header).remedy(remedy));
    };
    if items.mixed_delimiters {
        let remedy = "use one delimiter in the whole column";
        add("mixed-delimiters", Severity::Warning, "both ; and | stand in this cell; only one separates items", remedy);
    }
    if items.comma_list {
        let remedy = "separate items by ; or | if these are several";
        add("comma-list", Severity::Warning, "a comma stands in this item; it is read as one", remedy);
    }
    if items.repeated {
        add(
            "repeated-item",
            Severity::Note,
            "an item stands twice in this cell; the patient counts once",
            "remove one of them",
        );
    }
    if items.missing_item {
        let remedy = "write an empty cell where the set is not known";
        add("look-alike-missing", Severity::Warning, "a missing token stands among the items; it is left out", remedy);
    }
    found
}

/// What is said of a treatment line.
pub fn of_line(remark: &LineIssue, header: &str) -> Finding {
    match remark {
        LineIssue::Fault(fault) => {
            let message = format!("this treatment line cannot be read: {}", fault.message());
            Finding::new("line-unreadable", Severity::Warning, message).column(header).remedy(fault.remedy())
        }
        LineIssue::UnknownResponse(word) => {
            let message = format!("'{word}' is no response; it is counted as not reported");
            let words = crate::schema::response::Response::words();
            Finding::new("response-unknown-word", Severity::Warning, message)
                .column(header)
                .remedy(format!("one of {words}"))
        }
        LineIssue::Synonym(word, response) => {
            let message = format!("'{word}' is read as '{}'", response.word());
            Finding::new("response-synonym", Severity::Note, message).column(header)
        }
    }
}
