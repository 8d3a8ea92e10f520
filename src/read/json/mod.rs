//! JSON: case objects become rows of text cells, so that all later steps treat them like CSV.
//!
//! A document is an array of case objects, an object with such an array as its member `cases`,
//! or one object per line. Reading has two phases: [`JsonSplitter`] finds whole objects (serial,
//! fast), [`decode`] turns them into cells (on any thread).
//!
//! | a member of a case is | its cell is |
//! |---|---|
//! | a string | its text |
//! | a number | as written: `46.050` stays `46.050` |
//! | `true`, `false` | `true`, `false` |
//! | `null`, or no member | empty |
//! | `[]` | `none`, the empty set |
//! | `["elbow", "knee"]` | a list: U+001F before each item, so that no item can be split |
//! | objects with `agents` or `agent` | a list of lines as CSV writes them: `"colchicine" [1 mg/day oral]: none (relapsed), pain=improved` from `response`, `modifiers`, `responses`, and of an agent `dose`, `route`, `frequency`, `duration`, `target`, `taper` |
//! | other objects in an array | a list of the one member `name`, `site`, `value`, `label`, `item`, or named as the column |
//! | an object with `value` or `status` | `>44 mm/h (high)`, or the status alone, from `comparator`, `value`, `unit`, `status` |
//! | any other object | a group: each of its members is a column of its own name |
//!
//! Other members of these objects are detail, which is not tabulated; a note lists them.
//! Refused: a name twice in an object, two members of one case for one column, a list inside
//! a list, items that are empty or of several forms, more than 32 open brackets, U+001F in a text.

mod blank;
mod by_column;
mod cell;
mod columns;
mod foreign;
mod group_member;
mod layout;
mod line;
mod members;
mod nested;
mod plain;
mod presence;
mod raw;
mod report;
mod row;
mod scan;
mod slot;
mod split;
#[cfg(test)]
mod tests;

pub use columns::Columns;
pub(super) use foreign::{ForeignDocument, foreign, foreign_document};
pub use raw::RawCases;
pub use split::JsonSplitter;

use super::block::{Block, RecordLines};
use crate::diagnostic::Findings;
use crate::error::Error;
use row::{CasesRead, RowReader};

/// The columns of some cases in order of first appearance, with the names of groups found so far.
pub fn discover(raw: &RawCases) -> Result<Columns, Error> {
    let mut columns = Columns::default();
    // The notes are those of `decode`, which reads the same cases again.
    let outcome = read_cases(raw, &columns, &mut Block::default(), &mut Findings::default())?;
    columns.extend(outcome.columns);
    columns.groups = outcome.groups;
    Ok(columns)
}

/// Fills a block with one row per case, and returns the columns that are not among `columns`.
///
/// The block has cells of `columns` only; where new names are returned, extend the columns
/// and read the cases again. Errors are all problems of these cases.
pub fn decode(
    raw: &RawCases,
    columns: &Columns,
    block: &mut Block,
    notes: &mut Findings,
) -> Result<Vec<String>, Error> {
    read_cases(raw, columns, block, notes).map(|outcome| outcome.columns)
}

fn read_cases(raw: &RawCases, columns: &Columns, block: &mut Block, notes: &mut Findings) -> Result<CasesRead, Error> {
    let lines = begin(raw, columns, block);
    // One look at the whole block is cheaper than one at each case.
    let whole = std::str::from_utf8(&raw.bytes).ok();
    let mut row = RowReader::new(raw, columns);
    for case in &raw.cases {
        let text = match whole {
            Some(text) => Ok(text.get(case.start..case.end).unwrap_or_default()),
            None => std::str::from_utf8(raw.bytes.get(case.start..case.end).unwrap_or_default()),
        };
        match text {
            Ok(text) => row.read(*case, text),
            Err(fault) => row.refuse_encoding(*case, fault.valid_up_to()),
        }
        row.write(block);
    }
    block.lines = lines;
    let outcome = row.finish(notes);
    if outcome.problems.is_empty() { Ok(outcome) } else { Err(outcome.problems.into()) }
}

/// Makes the block ready and returns the lines of its records.
fn begin(raw: &RawCases, columns: &Columns, block: &mut Block) -> RecordLines {
    let mut lines = match std::mem::take(&mut block.lines) {
        RecordLines::Listed(lines) => lines,
        RecordLines::Counted { .. } | RecordLines::Sheet { .. } | RecordLines::Composed { .. } => Vec::new(),
    };
    lines.clear();
    lines.extend(raw.cases.iter().map(|case| case.line));
    block.clear();
    block.width = columns.len();
    block.input = raw.input;
    block.file = raw.file.clone();
    block.first_row = raw.first_row;
    block.quoted = false;
    RecordLines::Listed(lines)
}
