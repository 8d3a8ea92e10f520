//! Names of columns that are made of words of cells: those that may be a name of a person are numbers instead.

use super::rows::KeptRows;
use crate::cohort::deidentify::{WITHHELD, may_be_in_a_name};
use crate::diagnostic::{ComposedColumn, Finding, FindingId, NamePart};
use crate::error::Error;
use crate::read::{ComposedTable, Inputs};
use crate::schema::header::identity::{identifies_somebody, identity};
use crate::schema::header::quantity::speaks_of_age;
use crate::schema::{may_identify, visit_column};
use crate::words::counted;

/// A table whose columns are named by no word that may identify somebody.
pub struct WithheldNames {
    /// The inputs.
    pub inputs: Inputs,
    /// The old names with the new ones, in the order of the columns.
    pub renamed: Vec<(String, String)>,
    /// The columns whose names are made of words of cells, by their new names.
    pub of_cells: Vec<String>,
    /// The headers that were withheld as a whole.
    pub headers: WithheldHeaders,
}

/// The headers that hold a name, a day, an address or a long number: what they say of their cells is lost with them.
#[derive(Debug, Default)]
pub struct WithheldHeaders {
    /// What stands for each of them.
    pub shown: Vec<String>,
    /// Of these, the columns that identify somebody or speak of an age: their cells are not shown either.
    pub of_persons: Vec<String>,
}

impl WithheldHeaders {
    /// A header without what may lead to a person; what it measures is not told apart from that.
    fn shown(&mut self, name: &str, numbers: &mut WordNumbers) -> String {
        if !may_identify(name) {
            return name.to_owned();
        }
        let shown = format!("{WITHHELD} {}", numbers.of(name));
        if !self.shown.contains(&shown) {
            self.shown.push(shown.clone());
            if identifies_somebody(name) || identity(name).is_some() || speaks_of_age(name) {
                self.of_persons.push(shown.clone());
            }
        }
        shown
    }

    /// The note that headers are withheld.
    pub fn note(&self) -> Option<Finding> {
        let first = self.shown.first()?;
        let columns = counted(self.shown.len(), "column");
        let message =
            format!("the header of {columns} holds a name, a day, an address or a long number: it is withheld");
        let remedy = "write only what the cells are into the header, such as CRP (mg/L)";
        Some(Finding::new(FindingId::HeaderWithheld, message).column(first).remedy(remedy))
    }
}

/// The inputs with numbers in place of words of which nobody knows that they are harmless.
///
/// The columns of such words stand behind the others in the order of their cells: their place would tell where a word
/// stands among the others. The header of a file is no cell; one with a name, a day, an address or a long number is
/// withheld as a whole.
///
/// Errors: those of reading.
pub fn withhold_names(inputs: Inputs) -> Result<WithheldNames, Error> {
    if inputs.composed_columns().iter().any(|column| !column.parts.is_empty()) {
        return withhold_words(inputs);
    }
    let composed: Vec<String> = inputs.composed_columns().iter().map(|column| column.name.clone()).collect();
    let of_file = inputs.headers().next().map(|(_, names)| names.to_vec());
    let known = if composed.is_empty() { of_file } else { Some(composed) };
    if known.is_some_and(|names| !names.iter().any(|name| may_identify(name))) {
        return Ok(WithheldNames {
            inputs,
            renamed: Vec::new(),
            of_cells: Vec::new(),
            headers: WithheldHeaders::default(),
        });
    }
    withhold_headers(inputs)
}

/// The inputs with numbers in place of headers that may lead to a person.
fn withhold_headers(inputs: Inputs) -> Result<WithheldNames, Error> {
    let rows = KeptRows::read(&inputs)?;
    if !rows.columns.iter().any(|name| may_identify(name)) {
        return Ok(WithheldNames {
            inputs,
            renamed: Vec::new(),
            of_cells: Vec::new(),
            headers: WithheldHeaders::default(),
        });
    }
    let mut numbers = WordNumbers::default();
    let (mut renamed, mut headers) = (Vec::new(), WithheldHeaders::default());
    let mut named = |name: &String| {
        let shown = headers.shown(name, &mut numbers);
        if shown != *name {
            renamed.push((name.trim().to_owned(), shown.clone()));
        }
        ComposedColumn { source: shown.clone(), name: shown, ..ComposedColumn::default() }
    };
    let columns: Vec<ComposedColumn> = rows.columns.iter().map(&mut named).collect();
    let positions: Vec<u32> = inputs.positions().collect();
    let new = || ComposedTable::new(columns.clone(), rows.place_tables());
    let mut tables: Vec<ComposedTable> = positions.iter().map(|_| new()).collect();
    for row in rows.rows() {
        let at = positions.iter().position(|position| Some(*position) == rows.position(row));
        let Some(table) = at.and_then(|at| tables.get_mut(at)) else { continue };
        (0..columns.len()).for_each(|at| table.push_from(rows.text(row, at), rows.place(row, Some(at))));
        table.end_record();
    }
    Ok(WithheldNames { inputs: inputs.composed_each(tables), renamed, of_cells: Vec::new(), headers })
}

/// The inputs with numbers in place of words of cells in the names of columns.
fn withhold_words(inputs: Inputs) -> Result<WithheldNames, Error> {
    let rows = KeptRows::read(&inputs)?;
    let columns = inputs.composed_columns().to_vec();
    let order = in_order(&rows, &columns);
    let (mut numbers, mut renamed) = (WordNumbers::default(), Vec::new());
    let (mut named, mut of_cells, mut headers) = (Vec::new(), Vec::new(), WithheldHeaders::default());
    for column in order.iter().filter_map(|at| columns.get(*at)) {
        let name = shown(column, &mut numbers, &mut headers);
        if name != column.name {
            renamed.push((column.name.trim().to_owned(), name.clone()));
        }
        of_cells.extend((!column.parts.is_empty()).then(|| name.clone()));
        let source = if may_identify(&column.source) { name.clone() } else { column.source.clone() };
        named.push(ComposedColumn { source, name, ..ComposedColumn::default() });
    }
    let mut table = ComposedTable::new(named, rows.place_tables());
    for row in rows.rows() {
        order.iter().for_each(|at| table.push_from(rows.text(row, *at), rows.place(row, Some(*at))));
        table.end_record();
    }
    Ok(WithheldNames { inputs: inputs.composed(table), renamed, of_cells, headers })
}

/// The columns by number: those with a word that is withheld are the last ones.
fn in_order(rows: &KeptRows, columns: &[ComposedColumn]) -> Vec<usize> {
    let is_withheld = |at: &usize| columns.get(*at).is_some_and(|column| column.parts.iter().any(may_be_a_person));
    let (mut last, mut order): (Vec<usize>, Vec<usize>) = (0..columns.len()).partition(is_withheld);
    last.sort_by_cached_key(|at| rows.rows().map(|row| rows.text(row, *at).to_owned()).collect::<Vec<_>>());
    order.append(&mut last);
    order
}

fn may_be_a_person(part: &NamePart) -> bool {
    match part {
        NamePart::Column(_) => false,
        NamePart::Word { text, cases } => !may_be_in_a_name(text, *cases),
    }
}

/// The number of each word that is withheld.
#[derive(Default)]
struct WordNumbers(Vec<String>);

impl WordNumbers {
    fn of(&mut self, word: &str) -> usize {
        let known = self.0.iter().position(|known| known == word);
        let at = known.unwrap_or_else(|| {
            self.0.push(word.to_owned());
            self.0.len().saturating_sub(1)
        });
        at.saturating_add(1)
    }
}

/// The name of a column with the numbers of words that are withheld.
fn shown(column: &ComposedColumn, numbers: &mut WordNumbers, headers: &mut WithheldHeaders) -> String {
    let mut part_shown = |part: &NamePart| match part {
        NamePart::Column(text) => headers.shown(text, numbers),
        NamePart::Word { text, .. } if may_be_a_person(part) => format!("{WITHHELD} {}", numbers.of(text)),
        NamePart::Word { text, .. } => text.clone(),
    };
    let parts: Vec<String> = column.parts.iter().map(&mut part_shown).collect();
    let made = parts.into_iter().reduce(|name, part| visit_column(&name, &part));
    made.unwrap_or_else(|| headers.shown(&column.name, numbers))
}
