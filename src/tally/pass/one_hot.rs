//! Composing the cells of sets of several columns, with the findings about them.

use super::cell_findings::{of_partly, of_unreadable, report};
use crate::cohort::cell::CellRules;
use crate::cohort::composer::Composer;
use crate::cohort::one_hot::Composed;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, Findings};
use crate::read::{Block, excerpt};
use crate::schema::Variable;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Composes the sets of several columns of one thread.
pub struct SetComposer<'a> {
    composer: Composer<'a>,
    id: Option<usize>,
    /// The findings about combinations that were reported with their place.
    said: Findings,
}

impl<'a> SetComposer<'a> {
    /// A composer for those variables that are sets of several columns.
    pub fn new(
        variables: impl Iterator<Item = (CellRules<'a>, usize)>,
        names: &[String],
        id: Option<usize>,
    ) -> SetComposer<'a> {
        SetComposer { composer: Composer::new(variables, names), id, said: Findings::default() }
    }

    /// Adds the cells of the sets to a block.
    pub fn compose(&mut self, block: &mut Block) {
        let (id, said) = (self.id, &mut self.said);
        self.composer.compose(block, |met| {
            let here = CaseRow { block: met.block, row: met.row, id };
            findings(met.set, met.composed, met.cells).into_iter().for_each(|finding| report(said, finding, here, 1));
        });
    }

    /// The findings about all cells; those about a remembered combination have been reported for its first case only.
    pub fn finish(self) -> Findings {
        let mut said = self.said;
        for (set, composed, cases) in self.composer.remembered() {
            for finding in findings(set, composed, &[]) {
                said.count_cells(&finding, cases.saturating_sub(1));
            }
        }
        said
    }
}

/// The findings about one combination; none for withheld sets.
fn findings(set: &Variable, composed: &Composed, cells: &[Cow<'_, str>]) -> Vec<Finding> {
    if set.is_withheld() {
        return Vec::new();
    }
    let header = |index: &usize| set.members.get(*index).map_or("", |member| member.variable.header.as_str());
    let unreadable = composed.unreadable.iter().map(|(index, why)| {
        let text = cells.get(*index).map_or_else(String::new, |cell| excerpt(cell.as_bytes()));
        let remedy = "write 1 or 0, or define the word in its field of the schema, as in";
        of_unreadable(why, header(index), &text).remedy(format!("{remedy} {}", synonym(&text))).value(text)
    });
    let partly = composed.partly.as_ref().map(|partly| {
        let silent: Vec<&str> = partly.silent.iter().map(header).collect();
        of_partly(partly, &set.header, set.members.len()).value(excerpt(silent.join(", ").as_bytes()))
    });
    unreadable.chain(partly).collect()
}

/// An example of what a word may mean, as JSON to be pasted into `calcSeries` of a field.
fn synonym(word: &str) -> String {
    let meaning = BTreeMap::from([(word, "no")]);
    format!("\"synonyms\": {}", serde_json::json!(meaning))
}
