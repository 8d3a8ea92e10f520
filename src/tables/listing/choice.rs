//! Chooses the columns of a listing and those it is sorted by.

use super::entry::status_of;
use crate::cohort::case::{CaseColumn, CaseColumns};
use crate::cohort::deidentify;
use crate::diagnostic::quoted;
use crate::error::Error;
use crate::schema::{Kind, Role, Variable};
use crate::tables::variable::label;
use crate::tally::{Cohort, Counts};

/// A sheet of so many columns is listed whole.
const SMALL_SHEET: usize = 12;
/// The laboratory columns together.
const LABS: &str = "labs";
/// The best of the responses of all lines.
const BEST_RESPONSE: &str = "best_response";
/// The id of the case.
const ID: &str = "id";
/// The default columns.
const DEFAULT: &str = "default";
/// Every column, one by one.
const ALL: &str = "all";

/// The content of a column of a listing.
#[derive(Debug, Clone)]
pub enum Content<'a> {
    /// The id of the case.
    Id,
    /// One column of the cases.
    Column(CaseColumn<'a>),
    /// The reported results of all laboratory columns.
    Labs(Vec<CaseColumn<'a>>),
    /// The best response of the treatment lines.
    BestResponse(CaseColumn<'a>),
}

/// One column of a listing.
#[derive(Debug, Clone)]
pub struct ListingColumn<'a> {
    /// The name for scripts, as in the file.
    pub name: String,
    /// The heading for readers, with the unit.
    pub heading: String,
    /// Its content.
    pub content: Content<'a>,
}

impl<'a> ListingColumn<'a> {
    fn of(column: CaseColumn<'a>) -> ListingColumn<'a> {
        let variable = column.variable();
        ListingColumn { name: variable.name.clone(), heading: label(variable), content: Content::Column(column) }
    }

    /// True where values are compared with reference ranges, which depend on age and sex.
    pub fn has_ranges(&self) -> bool {
        match &self.content {
            Content::Column(column) => !column.variable().ranges.is_empty(),
            Content::Labs(labs) => labs.iter().any(|lab| !lab.variable().ranges.is_empty()),
            Content::Id | Content::BestResponse(_) => false,
        }
    }

    /// True for treatment lines.
    pub fn is_lines(&self) -> bool {
        matches!(&self.content, Content::Column(column) if column.variable().kind == Kind::Lines)
    }

    /// The variable it shows. None for a column with several or none.
    pub fn variable(&self) -> Option<&'a Variable> {
        match &self.content {
            Content::Column(column) => Some(column.variable()),
            _ => None,
        }
    }

    /// Its role.
    pub fn role(&self) -> Role {
        match &self.content {
            Content::Id => Role::CaseId,
            Content::Column(column) => column.variable().role,
            Content::Labs(_) => Role::Lab,
            Content::BestResponse(_) => Role::Response,
        }
    }
}

/// The columns that can be chosen.
pub struct Choice<'c, 'a> {
    cohort: &'c Cohort,
    cases: &'c CaseColumns<'a>,
    deidentify: bool,
}

impl<'c, 'a> Choice<'c, 'a> {
    /// The columns of the cases of a cohort, without those that are withheld.
    pub fn new(cohort: &'c Cohort, cases: &'c CaseColumns<'a>, deidentify: bool) -> Choice<'c, 'a> {
        Choice { cohort, cases, deidentify }
    }

    /// Id, age, sex, etiology, sites, labs, treatments and outcome, where such columns exist; of a small sheet the
    /// others, too.
    pub fn default_columns(&self) -> Vec<ListingColumn<'a>> {
        let mut columns = self.usual_columns();
        if self.shown().count() <= SMALL_SHEET {
            let others: Vec<_> = self.shown_elsewhere(&columns).map(ListingColumn::of).collect();
            columns.extend(others);
        }
        columns
    }

    fn usual_columns(&self) -> Vec<ListingColumn<'a>> {
        let mut columns = vec![self.id()];
        let first = |role: Role| self.of_role(role).next().map(ListingColumn::of);
        columns.extend([Role::Age, Role::Sex, Role::Etiology, Role::Site].into_iter().filter_map(first));
        columns.extend(self.labs());
        columns.extend(self.of_role(Role::Treatment).map(ListingColumn::of));
        let outcome = first(Role::Outcome).or_else(|| first(Role::Response)).or_else(|| self.best_response());
        columns.extend(outcome);
        columns
    }

    /// The columns with these names, each once.
    pub fn columns(&self, wanted: &[String]) -> Result<Vec<ListingColumn<'a>>, Error> {
        let mut columns: Vec<ListingColumn<'a>> = Vec::new();
        let names = wanted.iter().flat_map(|text| self.names(text));
        for name in names {
            for column in self.named(name)? {
                if !columns.iter().any(|known| known.name == column.name) {
                    columns.push(column);
                }
            }
        }
        Ok(columns)
    }

    /// The text as one name if a column has it, otherwise split at its commas.
    fn names<'t>(&self, text: &'t str) -> Vec<&'t str> {
        if self.column(text).is_some() { vec![text] } else { text.split(',').map(str::trim).collect() }
    }

    /// The column to sort by, and true for a descending order.
    pub fn sort_column(&self, text: &str) -> Result<(ListingColumn<'a>, bool), Error> {
        let (name, descending) = match text.rsplit_once(':') {
            _ if self.column(text).is_some() => (text, false),
            Some((name, "desc")) => (name, true),
            Some((name, "asc")) => (name, false),
            Some((_, order)) => {
                let message = format!("'{order}' is not a sort order");
                return Err(Error::usage_with(message, "write --sort COLUMN, --sort COLUMN:asc or --sort COLUMN:desc"));
            }
            None => (text, false),
        };
        let named = if matches!(name, DEFAULT | ALL) { return Err(self.unknown(name)) } else { self.named(name)? };
        match named.into_iter().next() {
            Some(ListingColumn { content: Content::Labs(labs), .. }) => {
                let first = labs.first().map(|lab| lab.variable().name.as_str()).unwrap_or_default();
                let remedy = format!("name one of them: --sort {}", quoted(first));
                Err(Error::usage_with("cannot sort by labs, which are several columns", remedy))
            }
            Some(column) => Ok((column, descending)),
            None => Err(self.unknown(name)),
        }
    }

    /// The names of the columns that are not shown.
    pub fn left_out(&self, shown: &[ListingColumn<'a>]) -> Vec<String> {
        self.shown_elsewhere(shown).map(|column| column.variable().name.clone()).collect()
    }

    /// The columns that could be shown beside these.
    fn shown_elsewhere<'s>(&'s self, shown: &'s [ListingColumn<'a>]) -> impl Iterator<Item = CaseColumn<'a>> + 's {
        let is_shown = |column: &CaseColumn<'a>| {
            shown.iter().any(|known| match &known.content {
                Content::Id | Content::BestResponse(_) => false,
                Content::Column(known) => known.column == column.column,
                Content::Labs(labs) => labs.iter().any(|lab| lab.column == column.column),
            })
        };
        self.shown().filter(move |column| !is_shown(column) && !self.is_id(column))
    }

    /// True where a column beside the treatments holds their responses.
    pub fn has_responses(&self) -> bool {
        self.of_role(Role::Response).next().is_some()
    }

    fn is_id(&self, column: &CaseColumn<'a>) -> bool {
        self.cases.id().is_some_and(|id| id.column == column.column)
    }

    /// The columns that are not withheld.
    fn shown(&self) -> impl Iterator<Item = CaseColumn<'a>> {
        self.cases.all().iter().copied().filter(|column| !self.is_withheld(column))
    }

    fn is_withheld(&self, column: &CaseColumn<'a>) -> bool {
        let by_wish = self.deidentify && deidentify::withholds(column.variable());
        !self.is_id(column) && (column.variable().is_withheld() || by_wish)
    }

    fn of_role(&self, role: Role) -> impl Iterator<Item = CaseColumn<'a>> {
        self.shown().filter(move |column| column.variable().role == role && !self.is_id(column))
    }

    fn id(&self) -> ListingColumn<'a> {
        let (name, heading) = match self.cases.id() {
            Some(id) => (id.variable().name.clone(), label(id.variable())),
            None => ("case".to_owned(), "Case".to_owned()),
        };
        ListingColumn { name, heading, content: Content::Id }
    }

    fn labs(&self) -> Option<ListingColumn<'a>> {
        let labs: Vec<CaseColumn<'a>> = self.of_role(Role::Lab).filter(|column| self.has_results(column)).collect();
        let (name, heading) = (self.free_name(LABS), "Labs".to_owned());
        (!labs.is_empty()).then_some(ListingColumn { name, heading, content: Content::Labs(labs) })
    }

    /// True for numbers, and for a column in which most words are results such as normal, high or
    /// positive. A histology or imaging finding is too long and stays a column of its own.
    fn has_results(&self, column: &CaseColumn<'a>) -> bool {
        if column.variable().kind == Kind::Number {
            return true;
        }
        let counted = self.cohort.variables.iter().find(|counted| counted.column == column.column);
        let Some(Counts::Levels(counts)) = counted.map(|counted| &counted.counts) else { return false };
        let results = counts.levels.keys().filter(|level| status_of(level, column.variable()).is_some()).count();
        results * 2 > counts.levels.len()
    }

    fn best_response(&self) -> Option<ListingColumn<'a>> {
        let lines = self.of_role(Role::Treatment).find(|column| column.variable().kind == Kind::Lines)?;
        let (name, heading) = (self.free_name(BEST_RESPONSE), "Best response".to_owned());
        Some(ListingColumn { name, heading, content: Content::BestResponse(lines) })
    }

    /// The name, extended if a column of the file has it.
    fn free_name(&self, name: &str) -> String {
        if self.column(name).is_some() { self.free_name(&format!("{name}_")) } else { name.to_owned() }
    }

    fn column(&self, name: &str) -> Option<CaseColumn<'a>> {
        let by = |of: fn(&Variable) -> &str| self.cases.all().iter().find(|column| of(column.variable()) == name);
        by(|variable| &variable.header).or_else(|| by(|variable| &variable.name)).copied()
    }

    fn named(&self, name: &str) -> Result<Vec<ListingColumn<'a>>, Error> {
        if let Some(column) = self.column(name) {
            return self.ensure_not_withheld(&column).map(|()| vec![self.of_file(column)]);
        }
        let found: Vec<ListingColumn<'a>> = match name {
            DEFAULT => self.default_columns(),
            ALL => self.shown().map(|column| self.of_file(column)).collect(),
            ID => vec![self.id()],
            LABS => self.labs().into_iter().collect(),
            BEST_RESPONSE => self.best_response().into_iter().collect(),
            _ => self.named_by_role(name)?,
        };
        if found.is_empty() {
            let remedy = "calc-series schema FILE shows the role of each column; --role COLUMN=ROLE changes it";
            return Err(Error::usage_with(format!("no column has the role '{name}'"), remedy));
        }
        Ok(found)
    }

    /// A column of the file; the case-ID column is shown as the id.
    fn of_file(&self, column: CaseColumn<'a>) -> ListingColumn<'a> {
        if self.is_id(&column) { self.id() } else { ListingColumn::of(column) }
    }

    fn named_by_role(&self, name: &str) -> Result<Vec<ListingColumn<'a>>, Error> {
        let role = name.parse().or_else(|_| name.trim_end_matches('s').parse()).map_err(|_| self.unknown(name))?;
        match role {
            Role::CaseId => Ok(vec![self.id()]),
            Role::Lab => Ok(self.labs().into_iter().collect()),
            role => {
                let withheld = self.cases.of_role(role).find(|column| self.is_withheld(column));
                withheld.map_or(Ok(()), |column| self.ensure_not_withheld(&column))?;
                Ok(self.of_role(role).map(ListingColumn::of).collect())
            }
        }
    }

    fn ensure_not_withheld(&self, column: &CaseColumn<'a>) -> Result<(), Error> {
        if !self.is_withheld(column) {
            return Ok(());
        }
        let header = &column.variable().header;
        if column.variable().is_withheld() && !self.deidentify {
            let message = format!("the column '{header}' may identify a person and is withheld");
            return Err(Error::usage_with(message, format!("to show it anyway: --show {}", quoted(header))));
        }
        let message = format!("the column '{header}' contains text or ids that may identify a person");
        let remedy = match self.deidentify {
            true => "leave the column out of --columns",
            false => "leave out the column",
        };
        Err(Error::usage_with(message, remedy))
    }

    /// The error for an unknown name.
    fn unknown(&self, name: &str) -> Error {
        let message = format!("there is no column '{name}'");
        let columns: Vec<&str> = self.shown().map(|column| column.variable().name.as_str()).collect();
        let words = [ID, LABS, BEST_RESPONSE, DEFAULT, ALL].into_iter().chain(Role::ALL.map(Role::word));
        let known: Vec<&str> = columns.iter().copied().chain(words).collect();
        let all = || format!("the columns are: {}; or a role, labs, default, all", columns.join(", "));
        Error::unknown(message, name, &known, all)
    }
}
