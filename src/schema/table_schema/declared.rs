//! What a schema file declares.

use crate::decimal::Decimal;
use crate::diagnostic::Finding;
use crate::schema::audit::Audit;
use crate::schema::header::read_header;
use crate::schema::lexical::calendar::{DateFormat, DateOrder};
use crate::schema::parts::Part;
use crate::schema::split::Split;
use crate::schema::units::unit;
use crate::schema::{
    BareReading, BlankReading, DecimalMark, Formula, GroupedReading, Kind, Level, Member, MinusReading, MissingReason,
    Plausible, ReferenceRange, ResultWords, Role, SexWords, StatedReadings, Status, TitreReading, VISIT_SIGN, Variable,
    visit_column,
};
use crate::words::words;
use std::collections::BTreeMap;

/// A schema file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileSchema {
    /// Name of the file, without its folders.
    pub file: String,
    /// The fields, in the order of the file.
    pub variables: Vec<DeclaredVariable>,
    /// Sets of several columns (`calcSeries.sets`), in the order of the file.
    pub sets: Vec<DeclaredVariable>,
    /// Derived variables (`calcSeries.derived`), in order.
    pub derived: Vec<DeclaredDerived>,
    /// Missing tokens of every column, including columns without a field.
    pub missing: Option<BTreeMap<String, MissingReason>>,
    /// How the columns of the data must match the fields.
    pub fields_match: FieldsMatch,
    /// Names of the fields that name a case.
    pub primary_key: Vec<String>,
    /// Facts of the series and settings of its findings (`calcSeries`).
    pub audit: Audit,
    /// Notes on parts of the file that have no effect.
    pub notes: Vec<Finding>,
}

/// A derived variable, and what is declared of it as of a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredDerived {
    /// What it is.
    pub formula: Formula,
    /// What is declared of it.
    pub field: DeclaredVariable,
}

impl FileSchema {
    /// The same for a table before its columns became one a visit: without the fields of visits, as `schema` writes them.
    pub fn before_visits(&mut self) {
        let fields = self.variables.len();
        self.variables.retain(|field| !field.header.contains(VISIT_SIGN));
        if self.variables.len() < fields {
            self.fields_match = FieldsMatch::Partial;
        }
    }

    /// The same for a table whose columns became one a visit: what is declared of a column holds at each visit.
    pub fn at_visits(&mut self, by_visit: &[(String, Vec<String>)], visit: &str) {
        let fields =
            std::mem::take(&mut self.variables).into_iter().filter(|field| field.header.trim() != visit.trim());
        self.variables = fields
            .flat_map(|field| {
                let visits = by_visit.iter().find(|(column, _)| column.trim() == field.header.trim());
                match visits {
                    None => vec![field],
                    Some((_, visits)) => visits.iter().map(|visit| field.at_visit(visit)).collect(),
                }
            })
            .collect();
        self.fields_match = FieldsMatch::Partial;
    }
}

impl FileSchema {
    /// Declares more columns, unless the schema has them already.
    pub fn add_columns(&mut self, columns: Vec<DeclaredVariable>) {
        for column in columns {
            if !self.variables.iter().any(|field| field.header.trim() == column.header.trim()) {
                self.variables.push(column);
            }
        }
        self.fields_match = FieldsMatch::Partial;
    }

    /// Gives columns new names, which say less: what is said of them in words of their cells is left out, and they
    /// stand behind the others.
    pub fn rename_columns(&mut self, renamed: &[(String, String)]) {
        for (old, new) in renamed {
            let at = self.variables.iter().position(|field| field.header.trim() == old);
            if let Some(field) = at.map(|at| self.variables.remove(at)) {
                let (header, name) = (new.clone(), new.clone());
                self.variables.push(DeclaredVariable { header, name, label: None, description: None, ..field });
            }
        }
    }

    /// Leaves out the units of these columns that are those of no vocabulary.
    pub fn keep_known_units(&mut self, is_of: impl Fn(&str) -> bool) {
        for field in self.variables.iter_mut().filter(|field| is_of(field.header.trim())) {
            field.unit = field.unit.take().filter(|text| unit(text).is_some());
        }
    }

    /// Keeps what is said of these columns.
    pub fn keep_columns(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.variables.retain(|field| is_kept(&field.header));
        self.fields_match = match self.fields_match {
            // The data may have more columns.
            FieldsMatch::Subset | FieldsMatch::Partial => FieldsMatch::Partial,
            FieldsMatch::Exact | FieldsMatch::Equal | FieldsMatch::Superset => FieldsMatch::Superset,
        };
    }
}

impl DeclaredVariable {
    /// A column of which nothing is declared.
    pub fn named(header: &str) -> DeclaredVariable {
        let header = header.trim().to_owned();
        DeclaredVariable { name: read_header(&header).name, header, ..DeclaredVariable::default() }
    }

    /// The same of one visit.
    pub fn at_visit(&self, visit: &str) -> DeclaredVariable {
        let at = |name: &str| visit_column(name, visit);
        let label = self.label.as_deref().map(at);
        DeclaredVariable { header: at(&self.header), name: at(&self.name), label, ..self.clone() }
    }
}

words! {
    /// How the columns of the data must match the fields (`fieldsMatch`).
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum FieldsMatch: "fieldsMatch" {
        /// The same columns in the same order.
        #[default]
        Exact = "exact",
        /// The same columns in any order.
        Equal = "equal",
        /// Every field is a column; the data may have more columns.
        Subset = "subset",
        /// Every column is a field; the data may have fewer columns.
        Superset = "superset",
        /// At least one column is a field.
        Partial = "partial",
    }
}

/// What one field of a schema declares; `None` where it declares nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredVariable {
    /// Name of the field, a header of the data.
    pub header: String,
    /// The name without a unit in parentheses or brackets.
    pub name: String,
    /// `type` of the standard.
    pub field_type: Option<String>,
    /// `title`.
    pub label: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `calcSeries.role`; case id for the one field of the primary key.
    pub role: Option<Role>,
    /// `calcSeries.kind`, else the kind that follows from the type and the categories.
    pub kind: Option<Kind>,
    /// `calcSeries.unit`.
    pub unit: Option<String>,
    /// `calcSeries.bareNumbers`: how numbers without a unit are read where others have one.
    pub bare: Option<BareReading>,
    /// `format` of a date.
    pub date_format: Option<DateFormat>,
    /// `calcSeries.dateOrder`: day or month first.
    pub date_order: Option<DateOrder>,
    /// `calcSeries.titres`: how numbers such as `1:80` are read.
    pub titres: Option<TitreReading>,
    /// `calcSeries.sexWords`: how words for the sex become levels.
    pub sex: Option<SexWords>,
    /// `calcSeries.minus`: what a minus alone says.
    pub minus: Option<MinusReading>,
    /// `calcSeries.resultWords`: how writings of a result become levels.
    pub results: Option<ResultWords>,
    /// `calcSeries.blank`: what a blank cell says.
    pub blank: Option<BlankReading>,
    /// `decimalChar`.
    pub mark: Option<DecimalMark>,
    /// `calcSeries.groupedNumbers`: how numbers with three digits behind the decimal comma are read.
    pub grouped: Option<GroupedReading>,
    /// `calcSeries.decimals`.
    pub decimals: Option<u8>,
    /// `categories`, or `calcSeries.levels` where the type allows no categories.
    pub levels: Option<Vec<Level>>,
    /// `categoriesOrdered`.
    pub categories_ordered: Option<bool>,
    /// `calcSeries.scores`: the score of each level in a test for trend.
    pub scores: Option<BTreeMap<String, Decimal>>,
    /// `calcSeries.synonyms`.
    pub synonyms: Option<BTreeMap<String, String>>,
    /// `missingValues` of the field, else those of the schema.
    pub missing: Option<BTreeMap<String, MissingReason>>,
    /// `calcSeries.delimiter`, or `delimiter` of a list.
    pub delimiter: Option<char>,
    /// `calcSeries.split`.
    pub split: Option<Split>,
    /// `calcSeries.parts`: what the cells hold together.
    pub parts: Option<Vec<DeclaredVariable>>,
    /// `calcSeries.part`: which of the parts it is.
    pub part: Option<Part>,
    /// `calcSeries.referenceRanges`.
    pub ranges: Option<Vec<ReferenceRange>>,
    /// `calcSeries.plausible`.
    pub plausible: Option<Plausible>,
    /// `calcSeries.stated`.
    pub stated: Option<BTreeMap<String, Status>>,
    /// `calcSeries.classes`, turned around: the class of each agent.
    pub classes: Option<BTreeMap<String, String>>,
    /// `calcSeries.targetDomain`.
    pub target_domain: Option<String>,
    /// `calcSeries.domains`.
    pub domains: Option<Vec<String>>,
    /// `calcSeries.multiline`.
    pub multiline: Option<bool>,
    /// `calcSeries.show`.
    pub shown: Option<bool>,
    /// `calcSeries.perCase`: in a table with one row per visit, whether a case has one value, or one at each visit.
    pub per_case: Option<bool>,
    /// `calcSeries.madeOf`: the columns that the values were computed from.
    pub made_of: Option<Vec<String>>,
    /// `oneHot` of a set of several columns.
    pub members: Option<Vec<Member>>,
    /// `calcSeries.why`, which is written for people and not read.
    pub why: String,
}

impl DeclaredVariable {
    /// The variable, as far as the schema alone describes it.
    pub fn variable(&self) -> Variable {
        let reading = read_header(&self.header);
        let mut variable = Variable::new(&self.header);
        variable.name = reading.name;
        self.apply(&mut variable);
        variable
    }

    /// What a field must declare so that reading it gives this variable again.
    pub fn of(variable: &Variable) -> DeclaredVariable {
        DeclaredVariable {
            header: variable.header.clone(),
            name: variable.name.clone(),
            field_type: None,
            label: variable.label.clone(),
            description: variable.description.clone(),
            role: Some(variable.role),
            kind: Some(variable.kind),
            unit: variable.unit.clone(),
            bare: Some(variable.reading.bare).filter(|bare| *bare != BareReading::default()),
            date_format: variable.reading.dates.format.clone(),
            date_order: variable.reading.dates.order.known(),
            titres: variable.reading.titres,
            sex: Some(variable.reading.sex).filter(|sex| *sex != SexWords::default()),
            minus: Some(variable.reading.minus).filter(|minus| *minus != MinusReading::default()),
            results: Some(variable.reading.results).filter(|results| *results != ResultWords::default()),
            blank: Some(variable.reading.blank).filter(|blank| *blank != BlankReading::default()),
            mark: Some(variable.reading.mark)
                .filter(|mark| variable.kind == Kind::Number && *mark != DecimalMark::default()),
            grouped: Some(variable.reading.grouped).filter(|grouped| *grouped != GroupedReading::default()),
            decimals: variable.decimals,
            levels: Some(variable.levels.clone()),
            categories_ordered: variable.is_ordered.then_some(true),
            scores: Some(variable.scores.clone()),
            synonyms: Some(variable.synonyms.clone()),
            missing: variable.missing.clone(),
            delimiter: variable.delimiter,
            split: variable.reading.split.map(Split::Items),
            parts: None,
            part: variable.part.as_ref().map(|of| of.part),
            ranges: Some(variable.ranges.clone()),
            plausible: variable.plausible.clone(),
            stated: Some(variable.stated.clone()),
            classes: Some(variable.classes.clone()),
            target_domain: variable.target_domain.clone(),
            domains: Some(variable.domains.clone()),
            multiline: variable.multiline.then_some(true),
            shown: variable.shown.then_some(true),
            per_case: None,
            made_of: (!variable.made_of.is_empty()).then(|| variable.made_of.clone()),
            members: Some(variable.members.clone()),
            why: variable.why.clone(),
        }
    }

    /// Sets what the field declares on a variable, and leaves the rest unchanged.
    pub fn apply(&self, variable: &mut Variable) {
        fn lay<T: Clone>(declared: &Option<T>, value: &mut T) {
            if let Some(declared) = declared {
                value.clone_from(declared);
            }
        }
        fn lay_option<T: Clone>(declared: &Option<T>, value: &mut Option<T>) {
            if declared.is_some() {
                value.clone_from(declared);
            }
        }
        lay_option(&self.label, &mut variable.label);
        lay_option(&self.description, &mut variable.description);
        lay(&self.role, &mut variable.role);
        lay(&self.kind, &mut variable.kind);
        lay_option(&self.unit, &mut variable.unit);
        lay(&self.bare, &mut variable.reading.bare);
        lay_option(&self.titres, &mut variable.reading.titres);
        self.apply_words(variable);
        lay(&self.mark, &mut variable.reading.mark);
        lay(&self.grouped, &mut variable.reading.grouped);
        lay_option(&self.decimals, &mut variable.decimals);
        lay(&self.levels, &mut variable.levels);
        lay(&self.categories_ordered, &mut variable.is_ordered);
        lay(&self.scores, &mut variable.scores);
        lay(&self.synonyms, &mut variable.synonyms);
        lay_option(&self.missing, &mut variable.missing);
        lay_option(&self.delimiter, &mut variable.delimiter);
        if let Some(Split::Items(separators)) = self.split {
            variable.reading.split = Some(separators);
        }
        lay(&self.ranges, &mut variable.ranges);
        lay_option(&self.plausible, &mut variable.plausible);
        lay(&self.stated, &mut variable.stated);
        lay(&self.classes, &mut variable.classes);
        lay_option(&self.target_domain, &mut variable.target_domain);
        lay(&self.domains, &mut variable.domains);
        lay(&self.multiline, &mut variable.multiline);
        lay(&self.shown, &mut variable.shown);
        lay(&self.made_of, &mut variable.made_of);
        lay(&self.members, &mut variable.members);
        variable.why = why(self, &variable.why);
    }
}

impl DeclaredVariable {
    /// Sets how words, signs and blank cells are read, as far as the field states it.
    fn apply_words(&self, variable: &mut Variable) {
        let reading = &mut variable.reading;
        reading.sex = self.sex.unwrap_or(reading.sex);
        reading.minus = self.minus.unwrap_or(reading.minus);
        reading.results = self.results.unwrap_or(reading.results);
        reading.blank = self.blank.unwrap_or(reading.blank);
        let of = variable.stated_readings;
        variable.stated_readings = StatedReadings {
            sex: of.sex || self.sex.is_some(),
            minus: of.minus || self.minus.is_some(),
            results: of.results || self.results.is_some(),
            blank: of.blank || self.blank.is_some(),
        };
    }
}

fn why(declared: &DeclaredVariable, before: &str) -> String {
    let decided = match (declared.role, declared.kind) {
        (Some(_), Some(_)) => return "role and kind from the schema".to_owned(),
        (Some(_), None) => "role from the schema",
        (None, Some(_)) => "kind from the schema",
        (None, None) => return before.to_owned(),
    };
    if before.is_empty() { decided.to_owned() } else { format!("{decided}; {before}") }
}
