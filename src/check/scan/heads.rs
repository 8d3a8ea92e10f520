//! What the heads of a table say about the form of its cells: `n (%)`, `OR (95% CI)`.

use super::captions::{is_of_counts, tables_of_counts, without_spaces};
use super::table_words;
use super::token::whole_number;
use crate::read::document::{Document, Passage, PassageKind, TableCell};
use std::collections::BTreeMap;

/// The form of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum CellForm {
    /// No head says anything.
    #[default]
    Unstated,
    /// `18 (36)` is a count with its percentage.
    CountPercent,
    /// `0.65 (0.34–1.24)` is a ratio with its interval.
    RatioInterval,
    /// `6 (4–9)` is a median with its quartiles or its range.
    MedianInterval,
    /// Something else, such as a mean with its SD.
    Otherwise,
    /// A percentage in a column of its own, beside this count.
    PercentOf(u64),
    /// The same without a count beside it.
    Percent,
}

impl CellForm {
    /// The form that a head states. None where it states none.
    fn of(head: &str) -> Option<CellForm> {
        let plain = without_spaces(head);
        if table_words::is_of_percents(head) {
            return Some(CellForm::Percent);
        }
        let is_word = |word: &str| head.split(|c: char| !c.is_alphabetic()).any(|part| part.eq_ignore_ascii_case(word));
        let has = |words: &[&str]| words.iter().any(|word| is_word(word));
        if is_word("median") && has(&["iqr", "range", "interquartile"]) && !has(&["mean", "sd", "difference", "change"])
        {
            return Some(CellForm::MedianInterval);
        }
        if ["mean", "median", "sd", "iqr", "range", "difference"].into_iter().any(is_word) {
            return Some(CellForm::Otherwise);
        }
        let has_interval = plain.contains("(95%ci)") || plain.contains("[95%ci]");
        let is_ratio = ["OR", "aOR", "AOR", "cOR", "HR", "aHR", "AHR", "RR", "IRR"];
        if has_interval
            && (is_word("ratio") || head.split(|c: char| !c.is_alphabetic()).any(|part| is_ratio.contains(&part)))
        {
            return Some(CellForm::RatioInterval);
        }
        is_of_counts(&plain).then_some(CellForm::CountPercent)
    }
}

/// The heads of the table that is read.
#[derive(Debug, Default)]
pub(super) struct Heads {
    table: u32,
    /// Those of its columns.
    columns: BTreeMap<u32, CellForm>,
    /// That of the row that is read.
    row: (u32, Option<CellForm>),
    /// True where the row has more than its label.
    is_filled: bool,
    /// True where the row is of something that is measured, not counted.
    is_measured: bool,
    /// What the last row without cells says of those behind it: `Sex, n (%)`.
    block: Option<CellForm>,
    /// The tables of which a caption or a footnote says that they hold counts; true where it allows for nothing else.
    of_counts: BTreeMap<u32, bool>,
    /// What the first cell says of all others.
    corner: Option<CellForm>,
    /// The last cell that is a count: its row, its column, its number.
    count: (u32, u32, Option<u64>),
}

impl Heads {
    pub fn of(document: &Document) -> Heads {
        Heads { of_counts: tables_of_counts(document), ..Heads::default() }
    }

    /// Begins a row: one that was a label alone is the head of those behind it.
    fn begin_row(&mut self, row: u32, label: &str) {
        self.is_measured = table_words::is_measured(label);
        self.block = match (self.is_filled, self.row) {
            _ if self.is_measured => None,
            (false, (2.., of_label)) => of_label,
            // A row with a form of its own is no longer one of the block.
            (true, (_, Some(_))) => None,
            (true, (_, None)) | (false, (0..=1, _)) => self.block,
        };
        self.row = (row, None);
        self.is_filled = false;
    }

    /// The form of a passage, by the heads before it.
    pub fn form(&mut self, passage: &Passage) -> CellForm {
        let PassageKind::Cell(TableCell { table, row, column }) = passage.kind else { return CellForm::Unstated };
        if self.table != table {
            *self = Heads { table, of_counts: std::mem::take(&mut self.of_counts), ..Heads::default() };
        }
        if self.row.0 != row {
            self.begin_row(row, if column == 1 { &passage.text } else { "" });
        }
        self.is_filled |= column > 1 && !passage.text.trim().is_empty();
        let is_head = !passage.text.starts_with(|c: char| c.is_ascii_digit());
        let stated = CellForm::of(&passage.text).filter(|_| is_head);
        match (stated, row, column) {
            (Some(_), 1, 1) => self.corner = stated,
            (Some(_), _, 1) => self.row.1 = stated,
            (Some(form), ..) => self.columns.extend(passage.columns().map(|column| (column, form))),
            (None, ..) => {}
        }
        let beside = if self.count.0 == row && self.count.1.saturating_add(1) == column { self.count.2 } else { None };
        if let Some(count) = whole_number(&passage.text) {
            self.count = (row, column, Some(count));
        }
        let of_column = || self.columns.get(&column).copied();
        let of_caption = || {
            // Where other forms are allowed for, `30 (20)` may be a mean; a bracket with decimals behind a whole number is none.
            let is_certain = *self.of_counts.get(&table)?;
            let has_decimals = passage.text.split('(').nth(1).is_some_and(|bracket| bracket.contains(['.', '·']));
            (is_certain || has_decimals).then_some(CellForm::CountPercent)
        };
        let of_block = || self.block.or_else(of_caption).filter(|_| column > 1 && !self.is_measured);
        let of_corner = || self.corner.filter(|_| !self.is_measured);
        let form = self.row.1.or_else(of_column).or_else(of_corner).or_else(of_block).unwrap_or_default();
        match (form, beside) {
            (CellForm::Percent, Some(n)) if column > 1 => CellForm::PercentOf(n),
            (form, _) => form,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CellForm;

    #[test]
    fn a_head_says_what_its_cells_are() {
        for (head, form) in [
            ("Cases, n (%)", Some(CellForm::CountPercent)),
            ("No. (%)", Some(CellForm::CountPercent)),
            ("Unifocal n = 24 (%)", Some(CellForm::CountPercent)),
            ("Preterm, n/live births (%)", Some(CellForm::CountPercent)),
            ("Mortality (%)", None),
            ("OR (95% CI)", Some(CellForm::RatioInterval)),
            ("Adjusted odds ratio (95 % CI)", Some(CellForm::RatioInterval)),
            ("Age, median (IQR)", Some(CellForm::MedianInterval)),
            ("Age, mean (SD) or median (IQR)", Some(CellForm::Otherwise)),
            ("Mean difference (95% CI)", Some(CellForm::Otherwise)),
            ("Sensitivity (95% CI)", None),
            ("All (n = 50)", None),
            ("men or women (95% CI)", None),
        ] {
            assert_eq!(CellForm::of(head), form, "{head}");
        }
    }
}
