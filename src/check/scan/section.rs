//! The sections of a manuscript, as far as they matter to a scan.

use super::nouns::names_literature;

/// Where in a manuscript a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Section {
    /// Before the first section of the text: title, abstract.
    Front,
    /// The abstract, or the conclusion: what it states is stated elsewhere, too.
    Summary,
    /// Any other part of the text.
    Body,
    /// The introduction or the discussion, which speak of other people's patients, too.
    Discussion,
    /// A review of other people's patients.
    Literature,
    /// The list of references, in which no number is the authors' own.
    References,
}

impl Section {
    /// The section that a heading begins. None for a heading that names none.
    pub fn of(heading: &str) -> Option<Section> {
        let is = |word: &str| heading.split(|c: char| !c.is_alphabetic()).any(|part| part.eq_ignore_ascii_case(word));
        if is("references") || is("bibliography") {
            return Some(Section::References);
        }
        if names_literature(heading) {
            return Some(Section::Literature);
        }
        if ["abstract", "summary", "conclusion", "conclusions"].into_iter().any(is) {
            return Some(Section::Summary);
        }
        // `Results and discussion` is of the authors' own patients.
        if !is("results") && ["introduction", "background", "discussion", "comment", "comments"].into_iter().any(is) {
            return Some(Section::Discussion);
        }
        const BODY: [&str; 7] = ["methods", "results", "case", "cases", "observations", "findings", "limitations"];
        BODY.into_iter().any(is).then_some(Section::Body)
    }

    /// The section after a heading that names none.
    pub fn after_heading(self) -> Section {
        match self {
            Section::Front | Section::References | Section::Discussion => self,
            Section::Summary | Section::Body | Section::Literature => Section::Body,
        }
    }
}
