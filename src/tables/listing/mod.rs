//! The listing: one row per patient, as in published case series.

mod choice;
mod entry;
mod labs;
mod row_maker;
mod shown_parts;
mod sort;

pub use choice::{Choice, Content, ListingColumn};
pub use entry::{LineEntry, LineText, ListingEntry, NumberEntry};
pub use row_maker::{KeyMaker, RowFormat, RowMaker};
pub use sort::{SortKey, SortTable, compare_keys};

use crate::cohort::case::{Case, CaseCell, CaseColumn, CaseColumns};
use crate::cohort::deidentify;
use crate::cohort::range::Person;
use crate::diagnostic::{first_names, quoted};
use crate::error::Error;
use crate::schema::Kind;
use crate::tally::Cohort;
use crate::words::counted;
use entry::RowMarks;
use labs::LabPart;

/// Most names listed in a footnote.
const MOST_NAMES: usize = 8;

/// The options of a listing.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListingOptions {
    /// Show treatment lines with doses, routes, durations and further domains.
    pub details: bool,
    /// Show no id, no age over 89, no day of a date and no free text.
    pub deidentify: bool,
}

/// The columns of a listing, and the marks in its rows that need a footnote.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    columns: Vec<ListingColumn<'a>>,
    sort: Vec<(ListingColumn<'a>, bool)>,
    left_out: Vec<String>,
    options: ListingOptions,
    needs_person: bool,
    lines_as: LineText,
    cases: u64,
    marks: RowMarks,
}

impl<'a> Listing<'a> {
    /// A listing of the selected columns, or of the default ones if none are selected.
    ///
    /// A name is that of a column, a role, `labs`, `best_response`, `default` or `all`. The names in
    /// `sort` may end with `:desc` or `:asc`. Errors: an unknown name, and a withheld column.
    pub fn new(
        cohort: &Cohort,
        cases: &CaseColumns<'a>,
        wanted: &[String],
        sort: &[String],
        options: ListingOptions,
    ) -> Result<Listing<'a>, Error> {
        let choice = Choice::new(cohort, cases, options.deidentify);
        let columns = if wanted.is_empty() { choice.default_columns() } else { choice.columns(wanted)? };
        let sort = sort.iter().map(|text| choice.sort_column(text)).collect::<Result<Vec<_>, Error>>()?;
        let needs_person = columns.iter().any(ListingColumn::has_ranges);
        let lines_as = match (options.details, choice.has_responses()) {
            (true, _) => LineText::Details,
            (false, true) => LineText::Agents,
            (false, false) => LineText::Response,
        };
        let left_out = if wanted.is_empty() { choice.left_out(&columns) } else { Vec::new() };
        Ok(Listing { columns, sort, left_out, options, needs_person, lines_as, cases: 0, marks: RowMarks::default() })
    }

    /// The columns in order.
    pub fn columns(&self) -> &[ListingColumn<'a>] {
        &self.columns
    }

    /// True where the rows are to be sorted.
    pub fn is_sorted(&self) -> bool {
        !self.sort.is_empty() || self.is_numbered()
    }

    /// True where rows are numbered in place of their ids.
    ///
    /// They are numbered in the order of all that is shown of them, so that a number tells nothing that the row does
    /// not; that of the file may be the order of admission, or of names.
    pub fn is_numbered(&self) -> bool {
        self.options.deidentify
    }

    /// Puts the number of a row in the place of its id.
    pub fn number(&self, number: usize, keys: &mut [SortKey], row: &mut [ListingEntry]) {
        let is_id = |column: &ListingColumn<'_>| matches!(column.content, Content::Id);
        let ids = self.columns.iter().zip(row).filter(|(column, _)| is_id(column));
        ids.for_each(|(_, entry)| *entry = ListingEntry::Text(deidentify::id(number)));
        let ids = self.sort.iter().zip(keys).filter(|((column, _), _)| is_id(column));
        ids.for_each(|(_, key)| *key = SortKey::number(number));
    }

    /// The entries of one case, as many as there are columns.
    pub fn row(&mut self, case: &Case<'_>) -> Vec<ListingEntry> {
        let person = if self.needs_person { case.person() } else { Person::default() };
        let mut marks = std::mem::take(&mut self.marks);
        let contents = self.columns.iter().map(|column| &column.content);
        let row = contents.map(|content| self.entry(case, content, &person, &mut marks)).collect();
        self.marks = marks;
        self.cases = self.cases.saturating_add(1);
        row
    }

    /// The sort keys of a case.
    pub fn keys(&self, case: &Case<'_>) -> Vec<SortKey> {
        self.sort.iter().map(|(column, _)| self.key(case, &column.content)).collect()
    }

    /// Which of the sort keys are in descending order.
    pub fn descending(&self) -> Vec<bool> {
        self.sort.iter().map(|(_, descending)| *descending).collect()
    }

    fn entry(&self, case: &Case<'_>, content: &Content<'_>, person: &Person, marks: &mut RowMarks) -> ListingEntry {
        let entry = match content {
            Content::Id => ListingEntry::Text(self.id(case)),
            Content::Column(column) => self.of_column(case, column, person),
            Content::BestResponse(column) => entry::best_response(&self.of_column(case, column, person)),
            Content::Labs(labs) => {
                let parts: Vec<LabPart<'_>> =
                    labs.iter().filter_map(|lab| self.lab_part(case, lab, person, marks)).collect();
                labs::labs(parts.iter())
            }
        };
        marks.note(&entry);
        entry
    }

    /// What a laboratory column adds to the others. None where nothing is reported.
    fn lab_part(
        &self,
        case: &Case<'_>,
        lab: &CaseColumn<'a>,
        person: &Person,
        marks: &mut RowMarks,
    ) -> Option<LabPart<'a>> {
        let entry = self.of_column(case, lab, person);
        let part = labs::lab_part(lab.variable(), &entry)?;
        marks.note(&entry);
        Some(part)
    }

    /// The same listing before its first row.
    pub fn without_rows(&self) -> Listing<'a> {
        Listing { cases: 0, marks: RowMarks::default(), ..self.clone() }
    }

    /// Adds the rows that another thread has written.
    pub fn absorb(&mut self, other: &Listing<'_>) {
        self.marks.absorb(&other.marks);
        self.cases = self.cases.saturating_add(other.cases);
    }

    fn key(&self, case: &Case<'_>, content: &Content<'_>) -> SortKey {
        match content {
            // It is known when all rows are.
            Content::Id if self.options.deidentify => SortKey::Missing,
            Content::Column(column) if column.variable().kind == Kind::Number => SortKey::of(&self.cell(case, column)),
            _ => SortKey::of_entry(&self.entry(case, content, &Person::default(), &mut RowMarks::default())),
        }
    }

    fn id(&self, case: &Case<'_>) -> String {
        if self.options.deidentify { String::new() } else { case.id() }
    }

    fn of_column(&self, case: &Case<'_>, column: &CaseColumn<'_>, person: &Person) -> ListingEntry {
        let written = || case.text(column.column);
        match ListingEntry::of(self.cell(case, column), column, person, written, self.lines_as) {
            ListingEntry::Unreadable(_) if self.options.deidentify => {
                ListingEntry::Unreadable(deidentify::WITHHELD.to_owned())
            }
            entry => entry,
        }
    }

    /// The cell of a column as it may be shown.
    fn cell(&self, case: &Case<'_>, column: &CaseColumn<'_>) -> CaseCell {
        case.cell(column)
    }

    /// The footnotes: the number of cases, the meaning of the marks, the columns not shown.
    pub fn footnotes(&self) -> Vec<String> {
        let mut footnotes = vec![format!("{}.", counted(self.cases, "case"))];
        footnotes.extend(self.notes());
        if self.shows_short_lines() {
            footnotes.push("--details shows doses and further domains of treatments.".to_owned());
        }
        if !self.left_out.is_empty() {
            footnotes.push(self.left_out());
        }
        footnotes
    }

    /// Those that explain what is shown, for a document whose reader has no command line.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.marks.footnotes();
        if self.shows_short_lines() {
            notes.push("Treatments: number of the line, agents, response.".to_owned());
        }
        if self.options.deidentify {
            notes.push(
                "De-identified: rows are in the order of what they show and ids count them, ages over 89 are one group, dates are years; free text, dates in \
                 words and unknown words of one or two cases are withheld."
                    .to_owned(),
            );
        }
        notes
    }

    fn shows_short_lines(&self) -> bool {
        self.columns.iter().any(ListingColumn::is_lines) && !self.options.details
    }

    fn left_out(&self) -> String {
        let named: Vec<&str> = self.left_out.iter().take(MOST_NAMES).map(String::as_str).collect();
        let first = named.first().copied().unwrap_or_default();
        let option = format!("default,{first}");
        let option = if quoted(first) == first { option } else { quoted(&option) };
        let names = first_names(&named, self.left_out.len() as u64);
        format!("Not shown: {names}; to add one: --columns {option}; for all: --columns all.")
    }
}
