//! The rows of a listing as one thread writes them: each distinct written cell is formatted once.

use super::entry::{self, RowMarks};
use super::labs::{self, LabPart};
use super::shown_parts::ShownParts;
use super::{Content, Listing, ListingEntry, SortKey};
use crate::cohort::case::{Case, CaseColumn};
use crate::cohort::known_cells::{AnswerByCell, CellNumbers, KnownPersons};
use crate::cohort::range::{Person, range_for};
use std::rc::Rc;
use std::sync::Arc;

/// How a format writes the cells and rows of a listing.
pub trait RowFormat: Send + Sync {
    /// An entry of a column as it stands in a row.
    fn cell(&self, column: usize, entry: &ListingEntry) -> String;

    /// Appends a row of such cells.
    fn row(&self, cells: &[Rc<str>], to: &mut String);
}

/// Writes rows in one thread.
pub struct RowMaker<'a> {
    listing: Listing<'a>,
    format: Arc<dyn RowFormat>,
    cells: CellNumbers,
    persons: KnownPersons,
    columns: Vec<KnownColumn<'a>>,
    /// The cells of a row; a buffer that is used again.
    row: Vec<Rc<str>>,
}

/// Makes the sort keys of cases in one thread.
pub struct KeyMaker<'a> {
    listing: Listing<'a>,
    cells: CellNumbers,
    /// The keys of the cells of each column that is sorted by.
    known: Vec<AnswerByCell<SortKey>>,
}

impl<'a> KeyMaker<'a> {
    /// For the columns that a listing is sorted by.
    pub fn new(listing: Listing<'a>) -> KeyMaker<'a> {
        let known = listing.sort.iter().map(|_| AnswerByCell::default()).collect();
        KeyMaker { listing, cells: CellNumbers::default(), known }
    }

    /// Appends the keys of a case.
    pub fn write(&mut self, case: &Case<'_>, to: &mut Vec<SortKey>) {
        let KeyMaker { listing, cells, known } = self;
        for ((column, _), known) in listing.sort.iter().zip(known) {
            let content = &column.content;
            to.push(match content {
                Content::Column(column) | Content::BestResponse(column) => {
                    known.of_number(cells.of(case, column), || listing.key(case, content))
                }
                Content::Id | Content::Labs(_) => listing.key(case, content),
            });
        }
    }
}

/// What is known of the cells of one column of the listing.
enum KnownColumn<'a> {
    /// The id, which is hardly ever repeated.
    Id,
    Cells(CaseColumn<'a>, ByRange<Rc<str>>),
    /// Cells of several items or lines.
    Lists(CaseColumn<'a>, AnswerByCell<Rc<str>>, ShownParts),
    BestResponse(CaseColumn<'a>, AnswerByCell<Rc<str>>, Option<ShownParts>),
    Labs(Vec<(CaseColumn<'a>, ByRange<Option<Rc<LabPart<'a>>>>)>),
}

/// Answers for the cells of a column by the reference range that applies to the patient, if any.
struct ByRange<T>(Vec<AnswerByCell<T>>);

impl<T: Clone> ByRange<T> {
    fn of(column: &CaseColumn<'_>) -> ByRange<T> {
        ByRange((0..=column.variable().ranges.len()).map(|_| AnswerByCell::default()).collect())
    }

    fn answer(
        &self,
        cells: &mut CellNumbers,
        (case, column): CellAt<'_, '_>,
        person: &Person,
        new: impl FnOnce() -> T,
    ) -> T {
        let ranges = &column.variable().ranges;
        let range = range_for(ranges, person).and_then(|range| ranges.iter().position(|of| std::ptr::eq(of, range)));
        match self.0.get(range.map_or(0, |range| range.saturating_add(1))) {
            Some(answers) => answers.of_number(cells.of(case, column), new),
            None => new(),
        }
    }
}

/// A cell.
type CellAt<'c, 'a> = (&'c Case<'c>, &'c CaseColumn<'a>);

impl<'a> RowMaker<'a> {
    /// For the rows of a listing in a format.
    pub fn new(listing: Listing<'a>, format: Arc<dyn RowFormat>) -> RowMaker<'a> {
        let known = |content: &Content<'a>| match content {
            Content::Id => KnownColumn::Id,
            Content::Column(column) => match ShownParts::new(column) {
                Some(parts) => KnownColumn::Lists(*column, AnswerByCell::default(), parts),
                None => KnownColumn::Cells(*column, ByRange::of(column)),
            },
            Content::BestResponse(column) => {
                KnownColumn::BestResponse(*column, AnswerByCell::default(), ShownParts::new(column))
            }
            Content::Labs(labs) => KnownColumn::Labs(labs.iter().map(|lab| (*lab, ByRange::of(lab))).collect()),
        };
        let columns = listing.columns.iter().map(|column| known(&column.content)).collect();
        let (cells, persons) = (CellNumbers::default(), KnownPersons::default());
        RowMaker { listing, format, cells, persons, columns, row: Vec::new() }
    }

    /// Appends the row of a case.
    pub fn write(&mut self, case: &Case<'_>, to: &mut String) {
        let RowMaker { listing, format, cells, persons, columns, row } = self;
        let person = if listing.needs_person { persons.of(case, cells) } else { Person::default() };
        let mut marks = std::mem::take(&mut listing.marks);
        row.clear();
        for (at, column) in columns.iter_mut().enumerate() {
            let formatted = |entry: ListingEntry, marks: &mut RowMarks| -> Rc<str> {
                marks.note(&entry);
                format.cell(at, &entry).into()
            };
            row.push(match column {
                KnownColumn::Id => formatted(ListingEntry::Text(listing.id(case)), &mut marks),
                KnownColumn::Cells(column, known) => known.answer(cells, (case, column), &person, || {
                    formatted(listing.of_column(case, column, &person), &mut marks)
                }),
                KnownColumn::Lists(column, known, parts) => known.of_number(cells.of(case, column), || {
                    let entry = parts.entry(case, column, listing.lines_as);
                    formatted(entry.unwrap_or_else(|| listing.of_column(case, column, &person)), &mut marks)
                }),
                KnownColumn::BestResponse(column, known, parts) => known.of_number(cells.of(case, column), || {
                    let lines = parts.as_mut().and_then(|parts| parts.entry(case, column, listing.lines_as));
                    let lines = lines.unwrap_or_else(|| listing.of_column(case, column, &person));
                    formatted(entry::best_response(&lines), &mut marks)
                }),
                KnownColumn::Labs(labs) => {
                    let parts = labs.iter().filter_map(|(lab, known)| {
                        let new = || listing.lab_part(case, lab, &person, &mut marks).map(Rc::new);
                        known.answer(cells, (case, lab), &person, new)
                    });
                    let parts: Vec<Rc<LabPart<'a>>> = parts.collect();
                    formatted(labs::labs(parts.iter().map(|part| &**part)), &mut marks)
                }
            });
        }
        listing.marks = marks;
        listing.cases = listing.cases.saturating_add(1);
        format.row(row, to);
    }

    /// The listing, with the number of the rows and their marks.
    pub fn into_listing(self) -> Listing<'a> {
        self.listing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::case::CaseColumns;
    use crate::cohort::cell::CellRules;
    use crate::decimal::Decimal;
    use crate::read::Block;
    use crate::schema::{Kind, ReferenceRange, Role, Variable};
    use crate::tables::listing::{LineText, ListingColumn, ListingOptions};
    use proptest::prelude::*;

    /// Entries between strokes.
    struct Strokes;

    impl RowFormat for Strokes {
        fn cell(&self, column: usize, entry: &ListingEntry) -> String {
            format!("{column}:{}", entry.joined())
        }

        fn row(&self, cells: &[Rc<str>], to: &mut String) {
            cells.iter().for_each(|cell| to.push_str(&format!("{cell}|")));
        }
    }

    fn variables() -> Vec<Variable> {
        let of = |header: &str, role, kind| Variable { role, kind, delimiter: Some(';'), ..Variable::new(header) };
        let range = |sex: Option<&str>, age: Option<(i64, i64)>, high| ReferenceRange {
            sex: sex.map(str::to_owned),
            age: age.map(|(from, to)| (Decimal::from_int(from), Decimal::from_int(to))),
            low: Some(Decimal::from_int(10)),
            high: Some(Decimal::from_int(high)),
            source: "a book".to_owned(),
        };
        let ranges =
            vec![range(Some("F"), Some((0, 18)), 12), range(None, Some((18, 90)), 30), range(Some("M"), None, 40)];
        vec![
            of("age", Role::Age, Kind::Number),
            of("sex", Role::Sex, Kind::Category),
            Variable { ranges, ..of("hb", Role::Lab, Kind::Number) },
            of("ana", Role::Lab, Kind::Category),
            of("tx", Role::Treatment, Kind::Lines),
        ]
    }

    fn listing<'a>(columns: &[CaseColumn<'a>]) -> Listing<'a> {
        let of = |content| ListingColumn { name: String::new(), heading: String::new(), content };
        let mut contents: Vec<Content<'a>> = columns.iter().map(|column| Content::Column(*column)).collect();
        contents.push(Content::Id);
        contents.push(Content::Labs(columns[2..4].to_vec()));
        contents.push(Content::BestResponse(columns[4]));
        Listing {
            columns: contents.into_iter().map(of).collect(),
            sort: Vec::new(),
            left_out: Vec::new(),
            options: ListingOptions::default(),
            needs_person: true,
            lines_as: LineText::Response,
            cases: 0,
            marks: RowMarks::default(),
        }
    }

    proptest! {
        /// Its twin formats each cell anew.
        #[test]
        fn rows_are_what_they_would_be_one_by_one(
            cells in prop::collection::vec(("[0-9]{0,2}( months)?|91", "[MF]?|x", "[<>]?[0-9]{1,2}|normal|low|1-2|", "positive|negative|normal|", "a|a: complete; b|none|"), 1..60),
        ) {
            let variables = variables();
            let column = |(column, variable)| CaseColumn {
                column,
                rules: CellRules { variable, decimal_comma: false, extra_missing: &[] },
            };
            let columns = CaseColumns::new(variables.iter().enumerate().map(column).collect(), None);
            let mut block = Block { width: 5, ..Block::default() };
            for (age, sex, hb, ana, lines) in &cells {
                [age, sex, hb, ana, lines].into_iter().for_each(|cell| block.push_cell(cell));
            }
            let mut slow = listing(columns.all());
            let mut maker = RowMaker::new(slow.clone(), Arc::new(Strokes));
            for row in 0..block.rows() {
                let case = Case::new(&block, row, &columns);
                let (mut written, mut expected) = (String::new(), String::new());
                maker.write(&case, &mut written);
                let entries = slow.row(&case);
                let texts: Vec<Rc<str>> = entries.iter().enumerate().map(|(at, entry)| Strokes.cell(at, entry).into()).collect();
                Strokes.row(&texts, &mut expected);
                prop_assert_eq!(written, expected);
            }
            prop_assert_eq!(maker.into_listing().footnotes(), slow.footnotes());
        }
    }
}
