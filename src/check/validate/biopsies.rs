//! Biopsied sites that are not listed among the sites of the case.

use super::case_sink::{CaseSink, CellFinding};
use super::case_view::CaseView;
use super::column_lookup::ColumnLookup;
use super::rule::ValidationRule;
use super::sites::{SIDES, items};
use crate::cohort::case::CaseColumn;
use crate::cohort::known_cells::AnswerByPair;
use crate::diagnostic::FindingId;
use crate::schema::Role;
use crate::schema::header::normalise;
use crate::schema::lexical::fold;
use std::sync::Arc;

/// Names of a column of biopsied sites, in their normal form.
const NAMES: [&str; 6] =
    ["biopsy site", "biopsy sites", "site of biopsy", "sites of biopsy", "biopsied site", "biopsied sites"];

/// Tissues: they do not tell which site was biopsied.
const TISSUES: [&str; 10] =
    ["none", "skin", "muscle", "bone", "nerve", "kidney", "lymph", "marrow", "lesion", "nodule"];

/// Compares the biopsied sites of a case with its sites.
#[derive(Clone)]
pub struct Biopsies<'a> {
    biopsied: Option<CaseColumn<'a>>,
    sites: Option<CaseColumn<'a>>,
    /// The biopsied sites that are not listed, in words.
    others: AnswerByPair<Option<Arc<str>>>,
}

impl<'a> Biopsies<'a> {
    /// Finds the column of biopsies by its name.
    pub fn new(lookup: &ColumnLookup<'a>) -> Biopsies<'a> {
        let is_biopsied = |column: &CaseColumn<'_>| NAMES.contains(&normalise(&column.variable().name).as_str());
        let biopsied = lookup.all().find(|column| is_biopsied(column) && !column.variable().is_withheld());
        let others = AnswerByPair::default();
        Biopsies { biopsied, others, sites: lookup.of_role(Role::Site).find(|column| !is_biopsied(column)) }
    }
}

/// True for a tissue, and for a site that shares a word with a site of the case: `right elbow` is an elbow.
fn is_known(site: &str, sites: &[String]) -> bool {
    let words = words(site);
    let is_tissue = words.iter().any(|word| TISSUES.contains(&word.as_str()));
    is_tissue || sites.iter().any(|known| self::words(known).iter().any(|word| words.contains(word)))
}

/// The words of a site in the singular, without its side.
fn words(site: &str) -> Vec<String> {
    let text = fold(site);
    let words = text.split(' ').filter(|word| !word.is_empty() && !SIDES.contains(word));
    words.map(|word| word.strip_suffix('s').unwrap_or(word).to_owned()).collect()
}

impl ValidationRule for Biopsies<'_> {
    fn look(&mut self, case: &CaseView<'_>, sink: &mut CaseSink<'_>) {
        let (Some(column), Some(sites)) = (self.biopsied, self.sites) else { return };
        let others = self.others.of(&case.cell(&column), &case.cell(&sites), |biopsied, sites| {
            let (biopsied, sites) = (items(biopsied), items(sites));
            let others = biopsied.iter().filter(|site| !sites.is_empty() && !is_known(site, sites));
            let others: Vec<&str> = others.map(String::as_str).collect();
            (!others.is_empty()).then(|| others.join(", ").into())
        });
        if let Some(others) = others {
            sink.of_case(FindingId::BiopsySiteNotListed, (case, &column.variable().header), || {
                let message = "biopsied site not listed among the sites of the case";
                let remedy =
                    "compare both with the source: a site may be missing, or the biopsy may be from another tissue";
                CellFinding::new(message).value(&*others).remedy(remedy)
            });
        }
    }

    fn absorb(&mut self, _: Self) {}
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn sides_plurals_and_tissues_are_not_other_sites() {
        let sites = ["elbow".to_owned(), "knees right".to_owned()];
        for (site, known) in [
            ("Right elbow", true),
            ("knee", true),
            ("skin of the thigh", true),
            ("muscle", true),
            ("tibia", false),
            ("right shoulder", false),
        ] {
            assert_eq!(is_known(site, &sites), known, "{site}");
        }
        assert!(!is_known("elbow", &[]));
    }
}
