//! The last row of an input, which may be a total under an ordinary ID: its numbers are the sums or the means of those
//! above it, and it has no words.

use crate::cohort::cell::{CellRules, CellState, number};
use crate::cohort::quantity::Quantity;
use crate::cohort::row::CaseRow;
use crate::diagnostic::{Finding, FindingId, SourceLocation};
use crate::read::Block;
use crate::schema::{Kind, KindReason, Role, Variable};
use crate::tally::counts::{Counts, NumberCounts};

/// Columns whose numbers have to prove a total: one alone may be a coincidence.
const COLUMNS: usize = 2;

/// The cells of the row that is met last, and where it is.
#[derive(Debug)]
pub struct LastRow {
    cells: Vec<String>,
    location: SourceLocation,
}

/// What a number is of those above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Their sum or their mean.
    Total,
    /// The same, but of zeros or of equal numbers, as that of any case may be.
    Trivial,
    /// Neither.
    Neither,
}

impl LastRow {
    /// The last row of a block; no answer where it has none.
    pub fn of(block: &Block, id: Option<usize>) -> Option<LastRow> {
        let here = CaseRow { block, row: block.rows().checked_sub(1)?, id };
        Some(LastRow { cells: here.cells().collect(), location: here.location("").without_column() })
    }

    /// The later one of two rows.
    pub fn later(self, other: LastRow) -> LastRow {
        if other.location.row > self.location.row { other } else { self }
    }

    /// The warning about a total, by the counts of all columns, which include this row.
    ///
    /// Every number must be the sum or the mean of the others in its column, and no cell may hold anything else.
    pub fn finding(
        self,
        variables: &[(Variable, usize)],
        rules: &[CellRules<'_>],
        counts: &[Option<Counts>],
    ) -> Option<Finding> {
        let mut proofs = 0_usize;
        for (((variable, column), rules), counts) in variables.iter().zip(rules).zip(counts) {
            let cell = self.cells.get(*column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
            let is_name = variable.role == Role::CaseId || variable.kind_reason == Some(KindReason::Identifiers);
            let Some(cell) = cell.filter(|_| !is_name) else { continue };
            match (variable.kind, counts) {
                (Kind::Number, Some(Counts::Number(all))) => match above(cell, rules, all) {
                    Above::Total => proofs = proofs.saturating_add(1),
                    Above::Trivial => {}
                    Above::Neither => return None,
                },
                _ => return None,
            }
        }
        (proofs >= COLUMNS).then(|| {
            let message = "the numbers of this last row are the sums or the means of those above it: it may be a total, \
                           and is counted as a case";
            let remedy = "if it is a total, remove the row; if it is a case, write a word such as NR into a column of text";
            Finding::new(FindingId::TotalsRowLikely, message).at(self.location).remedy(remedy)
        })
    }
}

/// What the number of a cell is of the others in its column, exactly; a mean may be rounded to the decimals of the cell.
fn above(cell: &str, rules: &CellRules<'_>, all: &NumberCounts) -> Above {
    let CellState::Value(written) = number(cell, rules) else { return Above::Neither };
    totalled(written.value, all).unwrap_or(Above::Neither)
}

fn totalled(value: Quantity, all: &NumberCounts) -> Option<Above> {
    let values = all.distribution();
    let others = i128::from(values.n().checked_sub(1)?);
    if others < 2 || values.n_censored() > 0 || values.too_large > 0 {
        return None;
    }
    let sum = values
        .points()
        .try_fold(0_i128, |sum, (numerator, cells)| sum.checked_add(numerator.checked_mul(i128::from(cells))?))?;
    let ratio = value.ratio()?;
    let own = ratio.numer().checked_mul(values.denominator)?.checked_div(*ratio.denom())?;
    let sum = sum.checked_sub(own)?;
    let difference = own.checked_mul(others)?.checked_sub(sum)?.checked_abs()?;
    // Half of the last decimal of the cell, times the number of the others.
    let half = values
        .denominator
        .checked_mul(others)?
        .checked_div(10_i128.checked_pow(value.scale.into())?.checked_mul(2)?)?;
    let is_mean = difference == 0 || value.scale > 0 && difference <= half;
    let (least, greatest) = values.extent()?;
    Some(match own == sum || is_mean {
        false => Above::Neither,
        true if own == 0 || least == greatest => Above::Trivial,
        true => Above::Total,
    })
}
