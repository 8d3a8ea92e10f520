//! What may tell the rows of one case apart, where a case ID is there more than once.

use crate::cohort::row::CaseRow;
use crate::diagnostic::{first_names, quoted};
use crate::read::unnamed_number;
use rustc_hash::{FxHashMap, FxHashSet};

/// Rows that are compared; there may be as many as the file has.
const MOST_ROWS: usize = 10_000;
/// Names of columns that are shown.
const SHOWN: usize = 5;
/// Words of a header that tell visits apart.
const VISIT_WORDS: [&str; 16] = [
    "visit",
    "time",
    "timepoint",
    "event",
    "date",
    "month",
    "week",
    "day",
    "wave",
    "follow",
    "cycle",
    "instance",
    "visite",
    "zeitpunkt",
    "sample",
    "specimen",
];

/// Compares the rows of each case.
#[derive(Debug, Default)]
pub struct VisitSearch {
    rows: usize,
    /// The cells of the first row of each case.
    first: FxHashMap<String, Vec<String>>,
    /// The cells of each column by case.
    seen: FxHashSet<(String, usize, String)>,
    /// Columns in which two rows of one case differ.
    varying: Vec<bool>,
    /// Columns in which some case has a cell twice, or none.
    repeated: Vec<bool>,
}

impl VisitSearch {
    /// Takes a row of a case whose ID is there more than once.
    pub fn add(&mut self, case: &str, here: CaseRow<'_>) {
        if self.rows >= MOST_ROWS {
            return;
        }
        self.rows += 1;
        let cells: Vec<String> = here.cells().collect();
        self.varying.resize(cells.len().max(self.varying.len()), false);
        self.repeated.resize(self.varying.len(), false);
        for (column, cell) in cells.iter().enumerate() {
            let is_new = self.seen.insert((case.to_owned(), column, cell.clone()));
            if let Some(repeated) = self.repeated.get_mut(column) {
                *repeated |= !is_new || cell.is_empty();
            }
        }
        match self.first.get(case) {
            None => drop(self.first.insert(case.to_owned(), cells)),
            Some(first) => {
                let pairs = first.iter().zip(&cells).zip(&mut self.varying);
                pairs.for_each(|((a, b), varies)| *varies |= a != b && !a.is_empty() && !b.is_empty());
            }
        }
    }

    /// What to do: the options to paste, in place of `--id` where that names the column, and the columns that vary.
    pub fn remedy(&self, names: &[String], id: &str, is_stated: bool) -> String {
        let named = |flags: &[bool], wanted: bool| {
            let of = names.iter().zip(flags).filter(|(name, flag)| **flag == wanted && unnamed_number(name).is_none());
            of.map(|(name, _)| name.as_str()).collect::<Vec<&str>>()
        };
        let is_visit = |name: &&&str| VISIT_WORDS.iter().any(|word| name.to_lowercase().contains(word));
        let visit = named(&self.repeated, false).iter().find(is_visit).map(|name| quoted(name));
        let varying = named(&self.varying, true);
        let shown: Vec<&str> = varying.iter().copied().take(SHOWN).collect();
        let vary = match varying.len() {
            0 => String::new(),
            1 => format!(" ({} varies)", first_names(&shown, 1)),
            all => format!(" ({} vary)", first_names(&shown, all as u64)),
        };
        let of_visits = match visit {
            Some(visit) => format!("if there is one row per visit{vary}: --case {} --visit {visit}", quoted(id)),
            None => format!("if there is one row per visit{vary}, keep one row per case, or add a column of visits"),
        };
        let place = if is_stated { "in place of --id: " } else { "" };
        format!("{place}{of_visits}; if each row is another patient: --no-id")
    }
}
