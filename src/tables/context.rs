//! What a report shows beside the results of its cohort.

use super::journal_options::JournalOptions;
use super::number::{MASKED, printed};
use crate::analyze::results::PartOf;

/// What a report shows beside the results of its cohort.
#[derive(Debug, Clone, Default)]
pub struct ReportContext<'a> {
    /// Names of the inputs.
    pub files: &'a [String],
    /// Further footnotes.
    pub notes: Vec<String>,
    /// The name of the schema, where one is used.
    pub schema: Option<&'a str>,
    /// Number of warnings; none where it is not to be told.
    pub warnings: Option<u64>,
    /// True for a report without tables.
    pub is_brief: bool,
    /// True for the tables alone, to be put into another document.
    pub is_fragment: bool,
    /// What the user decides about the tables of a journal.
    pub journal: JournalOptions,
}

impl ReportContext<'_> {
    pub(super) fn title(&self, all: PartOf<'_>) -> String {
        let cases = match all.get("cases").map(printed).unwrap_or_default().as_str() {
            "1" => "1 case".to_owned(),
            MASKED => "number of cases masked".to_owned(),
            cases => format!("{cases} cases"),
        };
        format!("Case series: {cases} ({})", self.files.join(", "))
    }
}
