//! Where something is in the inputs.

use super::case_name::CaseName;
use super::name_part::NamePart;
use super::sanitize::shortened;
use std::fmt;
use std::sync::Arc;

/// The input, the position in it, and the case and column found there; what is not known is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceLocation {
    /// Index of the input on the command line, from 0; orders findings of several files.
    pub input: u32,
    /// Name of the file as the user gave it, without its folders.
    pub file: Option<Arc<str>>,
    /// FilePosition in the file.
    pub position: FilePosition,
    /// Number of the case over all inputs, from 1; orders cases on one line. 0 where there is none.
    pub row: u64,
    /// What the case is called.
    pub case: Option<CaseName>,
    /// The column.
    pub column: Option<String>,
}

/// A position in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FilePosition {
    /// The file as a whole.
    #[default]
    Whole,
    /// A physical line of a text.
    Line(u64),
    /// A character of a text that is not a table.
    Character {
        /// Physical line, from 1.
        line: u64,
        /// Character in the line, from 1.
        character: u64,
    },
    /// A value of a JSON document.
    Json {
        /// Physical line, from 1.
        line: u64,
        /// JSON pointer (RFC 6901).
        pointer: String,
    },
    /// A cell or a row of a workbook, written `Patients!C7` or `Patients!7`.
    Cell(SheetCell),
    /// A record that was composed of several.
    Composed(ComposedRecord),
}

/// A cell of a sheet, or one of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// The sheet and its columns.
    pub table: Arc<SheetTable>,
    /// Column, from 1; 0 for the whole row.
    pub column: u32,
    /// Row, from 1.
    pub row: u32,
}

/// The table that a sheet of a workbook holds: its name, and which column of the sheet is which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetTable {
    /// Name of the sheet.
    pub sheet: String,
    /// The names of the columns, each with its number in the sheet, from 1.
    pub columns: Vec<(String, u32)>,
}

impl SheetCell {
    /// The cell of the same row in a column; the whole row where the sheet has no such column.
    fn in_column(&self, name: &str) -> SheetCell {
        let column = self.table.columns.iter().find(|(known, _)| known == name);
        SheetCell { column: column.map_or(0, |(_, column)| *column), ..self.clone() }
    }
}

/// `Patients!C7`; a sheet whose name is not one plain word is in quotes, as spreadsheets write it.
impl fmt::Display for SheetCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}{}", sheet_name(&self.table.sheet), column_letters(self.column), self.row)
    }
}

/// One record of a composed table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposedRecord {
    /// The places of all records.
    pub places: Arc<ComposedPlaces>,
    /// Its index.
    pub record: u32,
}

/// Where the cells of a composed table come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComposedPlaces {
    /// Its columns.
    pub columns: Vec<ComposedColumn>,
    /// The tables that its cells come from.
    pub tables: Vec<PlaceTable>,
    /// The line, or the row of the sheet, of each cell of each record; 0 where there is none.
    pub lines: Vec<u32>,
    /// The table of each cell; empty where each comes from that of its column.
    pub cell_tables: Vec<u32>,
}

/// Where a cell comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CellPlace {
    /// The number of its table.
    pub table: u32,
    /// Its line, or its row in the sheet; 0 where there is none.
    pub line: u32,
}

/// A column of a composed table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComposedColumn {
    /// Its name.
    pub name: String,
    /// The column of the file that it comes from.
    pub source: String,
    /// The number of the table that its cells come from, unless a cell has its own.
    pub table: u32,
    /// What its name is made of; empty for a name that the file or the user gave.
    pub parts: Vec<NamePart>,
}

/// A table of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceTable {
    /// Name of the file; none for that of the input.
    pub file: Option<Arc<str>>,
    /// The sheet of the workbook, where the file is one.
    pub sheet: Option<Arc<SheetTable>>,
}

impl ComposedPlaces {
    /// The place of a cell of a record, else that of its first cell.
    pub fn place(&self, record: u32, column: Option<usize>) -> CellPlace {
        let places = || (0..self.columns.len()).map(|column| self.cell(record, column));
        let own = column.map(|column| self.cell(record, column)).filter(|place| place.line > 0);
        own.or_else(|| places().find(|place| place.line > 0)).unwrap_or_default()
    }

    fn cell(&self, record: u32, column: usize) -> CellPlace {
        let at = (record as usize).saturating_mul(self.columns.len()).saturating_add(column);
        let of_column = || self.columns.get(column).map_or(0, |column| column.table);
        let table = self.cell_tables.get(at).copied().unwrap_or_else(of_column);
        CellPlace { table, line: self.lines.get(at).copied().unwrap_or(0) }
    }
}

impl ComposedRecord {
    /// The line, or the cell of a workbook as text, of its first cell.
    pub fn line_or_cell(&self) -> (Option<u64>, Option<String>) {
        match self.of_column(None) {
            FilePosition::Cell(cell) => (None, Some(cell.to_string())),
            other => (other.line(), None),
        }
    }

    /// The place of the cell of a column; that of the first cell of the record where it has none.
    pub fn of_column(&self, name: Option<&str>) -> FilePosition {
        let (column, place) = self.cell(name);
        let row = match self.table(place).and_then(|table| table.sheet.as_ref()) {
            Some(sheet) => FilePosition::Cell(SheetCell { table: sheet.clone(), column: 0, row: place.line }),
            None => return FilePosition::Line(place.line.into()),
        };
        match column.filter(|_| name.is_some()) {
            Some(column) => row.in_column(&column.source),
            None => row,
        }
    }

    /// The file of that cell; none for that of the input.
    pub fn file_of_column(&self, name: Option<&str>) -> Option<&Arc<str>> {
        self.table(self.cell(name).1).and_then(|table| table.file.as_ref())
    }

    /// The column and the place of a cell; of the first cell of the record where the named one has none.
    fn cell(&self, name: Option<&str>) -> (Option<&ComposedColumn>, CellPlace) {
        let all = self.places.columns.iter().enumerate();
        let mut known =
            all.map(|(at, column)| (column, self.places.cell(self.record, at))).filter(|(_, place)| place.line > 0);
        let named = |(column, _): &(&ComposedColumn, CellPlace)| name == Some(&*column.name);
        let found = known.clone().find(named).or_else(|| known.next());
        found.map_or((None, CellPlace::default()), |(column, place)| (Some(column), place))
    }

    fn table(&self, place: CellPlace) -> Option<&PlaceTable> {
        self.places.tables.get(place.table as usize)
    }
}

impl SourceLocation {
    /// A file as a whole, one that is not an input of cases or whose index is not known.
    pub fn file(name: impl Into<Arc<str>>) -> SourceLocation {
        SourceLocation::input(0, name)
    }

    /// An input as a whole.
    pub fn input(index: u32, name: impl Into<Arc<str>>) -> SourceLocation {
        SourceLocation { input: index, file: Some(name.into()), ..SourceLocation::default() }
    }

    /// A physical line of a file that is named later.
    pub fn line(line: u64) -> SourceLocation {
        SourceLocation::default().at(FilePosition::Line(line))
    }

    /// The same file at this position.
    pub fn at(self, position: FilePosition) -> SourceLocation {
        SourceLocation { position, ..self }
    }

    /// The same location in a column.
    pub fn in_column(self, column: impl Into<String>) -> SourceLocation {
        let column = column.into();
        let position = self.position.in_column(&column);
        let of_record = if let FilePosition::Composed(record) = &self.position { Some(record) } else { None };
        let file = of_record.and_then(|record| record.file_of_column(Some(&column))).cloned().or(self.file);
        SourceLocation { column: Some(column), position, file, ..self }
    }

    /// The same location for the whole case.
    pub fn without_column(self) -> SourceLocation {
        SourceLocation { column: None, ..self }
    }

    /// `case P2`; `case 3` for a case without an ID.
    pub fn case_words(&self) -> Option<String> {
        self.case.as_ref().map(CaseName::to_string)
    }

    /// What orders the cells of all inputs: the input, the position in it and the number of the case.
    pub fn order(&self) -> (u32, (u64, u64), u64) {
        (self.input, self.position.order(), self.row)
    }
}

impl FilePosition {
    /// A JSON value; a line alone where the pointer is empty, which is the whole document.
    pub fn json(line: u64, pointer: String) -> FilePosition {
        if pointer.is_empty() { FilePosition::Line(line) } else { FilePosition::Json { line, pointer } }
    }

    /// The same position in a column, where it tells columns apart.
    pub fn in_column(&self, name: &str) -> FilePosition {
        match self {
            FilePosition::Cell(cell) => FilePosition::Cell(cell.in_column(name)),
            FilePosition::Composed(record) => record.of_column(Some(name)),
            FilePosition::Whole
            | FilePosition::Line(_)
            | FilePosition::Character { .. }
            | FilePosition::Json { .. } => self.clone(),
        }
    }

    /// The same position with the beginning of a pointer that is too long for a message.
    pub(super) fn bounded(self) -> FilePosition {
        match self {
            FilePosition::Json { line, pointer } => {
                let pointer = shortened(&pointer).into_owned();
                FilePosition::Json { line, pointer }
            }
            FilePosition::Whole
            | FilePosition::Line(_)
            | FilePosition::Character { .. }
            | FilePosition::Cell(_)
            | FilePosition::Composed(_) => self,
        }
    }

    /// The physical line, from 1; none for a file as a whole and for a workbook.
    pub fn line(&self) -> Option<u64> {
        match self {
            FilePosition::Whole | FilePosition::Cell(_) => None,
            FilePosition::Composed(record) => record.of_column(None).line(),
            FilePosition::Line(line) | FilePosition::Character { line, .. } | FilePosition::Json { line, .. } => {
                Some(*line)
            }
        }
    }

    /// The JSON pointer; none outside JSON and for a whole document.
    pub fn pointer(&self) -> Option<&str> {
        match self {
            FilePosition::Json { pointer, .. } => Some(pointer),
            FilePosition::Whole
            | FilePosition::Line(_)
            | FilePosition::Character { .. }
            | FilePosition::Composed(_)
            | FilePosition::Cell(_) => None,
        }
    }

    /// Line and character, or row and column; 0 where there is none.
    fn order(&self) -> (u64, u64) {
        match self {
            FilePosition::Whole => (0, 0),
            FilePosition::Line(line) | FilePosition::Json { line, .. } => (*line, 0),
            FilePosition::Character { line, character } => (*line, *character),
            FilePosition::Cell(cell) => (u64::from(cell.row), u64::from(cell.column)),
            FilePosition::Composed(record) => record.of_column(None).order(),
        }
    }
}

/// Behind the name of a file: nothing, ` line 4`, `:4:7`, ` line 4, /cases/0/age` or ` Patients!C7`.
impl fmt::Display for FilePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FilePosition::Whole => Ok(()),
            FilePosition::Line(line) => write!(f, " line {line}"),
            FilePosition::Character { line, character } => write!(f, ":{line}:{character}"),
            FilePosition::Json { line, pointer } => write!(f, " line {line}, {pointer}"),
            FilePosition::Cell(cell) => write!(f, " {cell}"),
            FilePosition::Composed(record) => record.of_column(None).fmt(f),
        }
    }
}

/// One step of a JSON pointer, such as `/name`, with `~` and `/` escaped.
pub fn pointer_step(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The letters of a column, from 1: `C`, `AA`; none for 0.
pub fn column_letters(column: u32) -> String {
    let (mut letters, mut left) = (String::new(), column);
    while let Some(before) = left.checked_sub(1) {
        letters.insert(0, char::from(b'A' + (before % 26) as u8));
        left = before / 26;
    }
    letters
}

/// The name of a sheet as it is written before a cell.
pub fn sheet_name(sheet: &str) -> String {
    let is_word = sheet.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_word { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        let table = SheetTable { sheet: "My 'lab'".into(), columns: vec![("age".into(), 3)] };
        let row = FilePosition::Cell(SheetCell { table: Arc::new(table), column: 0, row: 7 });
        assert_eq!(row.to_string(), " 'My ''lab'''!7");
        assert_eq!(row.in_column("age").to_string(), " 'My ''lab'''!C7");
        assert_eq!(row.in_column("age").in_column("sex"), row);
        assert_eq!([26, 27, 703].map(column_letters), ["Z", "AA", "AAA"]);
        assert_eq!(sheet_name("Patients"), "Patients");
    }

    #[test]
    fn an_empty_pointer_is_the_whole_document() {
        assert_eq!(FilePosition::json(2, String::new()), FilePosition::Line(2));
        assert_eq!(FilePosition::json(2, "/a".into()).to_string(), " line 2, /a");
    }

    #[test]
    fn each_cell_of_a_composed_record_has_its_own_place() {
        let column = |name: &str, source: &str, table| ComposedColumn {
            name: name.into(),
            source: source.into(),
            table,
            parts: Vec::new(),
        };
        let columns = vec![column("id", "id", 0), column("crp@month 6", "crp", 0), column("tx", "drug", 1)];
        let lines = PlaceTable { file: Some("lines.csv".into()), sheet: None };
        let tables = vec![PlaceTable::default(), lines];
        let mut places = ComposedPlaces { columns, tables, cell_tables: Vec::new(), lines: vec![2, 2, 9, 4, 7, 3] };
        let record = |places: &ComposedPlaces| ComposedRecord { places: Arc::new(places.clone()), record: 1 };
        assert_eq!(record(&places).of_column(Some("crp@month 6")), FilePosition::Line(7));
        assert_eq!(record(&places).of_column(None), FilePosition::Line(4));
        let here = SourceLocation::file("cases.csv").at(FilePosition::Composed(record(&places)));
        let of = |column: &str| here.clone().in_column(column).file.unwrap().to_string();
        assert_eq!([of("tx"), of("id")], ["lines.csv", "cases.csv"]);
        assert_eq!(places.place(1, Some(2)), CellPlace { table: 1, line: 3 });
        let own = ComposedPlaces { cell_tables: vec![0, 1, 0, 1, 1, 0], ..places.clone() };
        let here = here.clone().at(FilePosition::Composed(record(&own)));
        let of = |column: &str| here.clone().in_column(column).file.unwrap().to_string();
        assert_eq!([of("tx"), of("id")], ["cases.csv", "lines.csv"]);
        let sheet = SheetTable { sheet: "Labs".into(), columns: vec![("id".into(), 1), ("crp".into(), 3)] };
        places.tables[0].sheet = Some(Arc::new(sheet));
        assert_eq!(record(&places).of_column(Some("crp@month 6")).to_string(), " Labs!C7");
        assert_eq!(record(&places).of_column(None).to_string(), " Labs!4");
        assert_eq!(record(&places).of_column(Some("tx")), FilePosition::Line(3));
    }
}
