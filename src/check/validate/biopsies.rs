//! Biopsies of sites that are not among the sites of the case.

use super::item::Items;
use super::ledger::{Ledger, Said};
use super::seen::{Found, Seen};
use super::sites::{SIDES, items};
use super::{Rule, Severity};
use crate::cohort::case::CaseColumn;
use crate::schema::Role;
use crate::schema::header::normalise;
use crate::schema::lexical::fold;

/// Names of a column of biopsied sites, in their normal form.
const NAMES: [&str; 6] =
    ["biopsy site", "biopsy sites", "site of biopsy", "sites of biopsy", "biopsied site", "biopsied sites"];

/// Words that are no site: what was taken says nothing of where.
const TISSUES: [&str; 10] =
    ["none", "skin", "muscle", "bone", "nerve", "kidney", "lymph", "marrow", "lesion", "nodule"];

/// The biopsied sites of the cases, and the sites they are held against.
pub struct Biopsies<'a> {
    biopsied: Option<CaseColumn<'a>>,
    sites: Option<CaseColumn<'a>>,
}

impl<'a> Biopsies<'a> {
    /// For the columns of a cohort.
    pub fn new(found: &Found<'a>) -> Biopsies<'a> {
        let is_biopsied = |column: &CaseColumn<'_>| NAMES.contains(&normalise(&column.variable().name).as_str());
        let biopsied = found.all().find(|column| is_biopsied(column) && !column.variable().is_withheld());
        Biopsies { biopsied, sites: found.of_role(Role::Site).find(|column| !is_biopsied(column)) }
    }
}

/// True where the site is a tissue, or shares a word with a site of the case: `right elbow` is an elbow.
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

impl Rule for Biopsies<'_> {
    fn look(&mut self, case: &Seen<'_>, ledger: &mut Ledger<'_>) {
        let (Some(column), sites) = (self.biopsied, items(case, self.sites)) else { return };
        if sites.is_empty() {
            return;
        }
        let biopsied = items(case, Some(column));
        let other: Vec<&str> = biopsied.iter().filter(|site| !is_known(site, &sites)).map(String::as_str).collect();
        if !other.is_empty() {
            ledger.say("biopsy-site-not-listed", Severity::Note, (case, &column.variable().header), || {
                let message = "biopsied, and not among the sites of the case";
                let remedy =
                    "compare both with the source: a site may be missing, or the biopsy may be of other tissue";
                Said::new(message).value(other.join(", ")).remedy(remedy)
            });
        }
    }

    fn conclude(self: Box<Self>, _: &mut Ledger<'_>, _: &mut Items) {}
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn a_side_a_plural_and_a_tissue_are_no_other_site() {
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
