//! What was read, as the program's own JSON or CSV with its schema: reading it again gives the same results.

use super::open::{InputSpec, Opened, open};
use super::output::{Outcome, Stream, write_files};
use super::progress::shown;
use crate::cohort::case::Case;
use crate::cohort::filter::{BoundFilter, Truth};
use crate::cohort::stream::{each_case, ensure_can_be_read_twice};
use crate::diagnostic::{Finding, FindingId, Findings, Severity, SourceLocation};
use crate::error::Error;
use crate::read::ITEM;
use crate::render::converted::{CellMisfit, ConvertedFormat, ConvertedWriter, SEPARATOR};
use crate::schema::header::read_header;
use crate::schema::table_schema::write;
use crate::schema::{Kind, Schema};
use crate::tally::{Cohort, read_cohort};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What the user requested.
pub struct ConversionRequest {
    /// The input.
    pub input: InputSpec,
    /// The file to write.
    pub output: PathBuf,
    /// Its format.
    pub format: ConvertedFormat,
    /// True where a warning makes the run fail.
    pub strict: bool,
}

/// Runs the command.
///
/// Errors: input that is refused or cannot be read twice, another schema beside the output, cells that the format
/// cannot hold, and failed writes.
pub fn run(request: ConversionRequest) -> Result<Outcome, Error> {
    let opened = open(&request.input)?;
    ensure_can_be_read_twice(&opened.inputs)?;
    let mut cohort = shown(&opened.inputs, || read_cohort(&opened.inputs, &opened.settings))?;
    let mut findings = std::mem::take(&mut cohort.findings);
    findings.merge(opened.notes.clone());
    let failed = request.strict && findings.count(Severity::Warning) > 0;
    let conversion = CasesToConvert { opened, cohort, request };
    conversion.write_all()?;
    Ok(Outcome { findings, failed, ..Outcome::default() })
}

/// Everything needed to write the cases.
struct CasesToConvert {
    opened: Opened,
    cohort: Cohort,
    request: ConversionRequest,
}

/// A column that is written: its index in the file, and its name.
type WrittenColumn = (usize, String);

impl CasesToConvert {
    fn write_all(&self) -> Result<(), Error> {
        let path = self.request.output.as_path();
        let beside = path.with_extension("schema.json");
        let schema = self.schema_text();
        ensure_no_other_schema(&beside, &schema)?;
        let cases: Stream<'_> = Box::new(|out, name| self.write_cases(out, name));
        let schema: Stream<'_> =
            Box::new(move |out, name| out.write_all(schema.as_bytes()).map_err(|fault| Error::io(name, fault)));
        shown(&self.opened.inputs, || {
            let files = vec![(path, cases), (beside.as_path(), schema)];
            write_files(files, &self.opened.paths)
        })
    }

    /// The schema of what is written.
    fn schema_text(&self) -> String {
        let mut schema = self.cohort.schema();
        if let Some(file) = &self.opened.settings.schema {
            schema.audit.clone_from(&file.audit);
        }
        self.adapt(&mut schema);
        write(&schema, |variable| self.cohort.has_plain_numbers(variable))
    }

    /// Leaves out columns that are withheld, and tells how the lists of a CSV file are split.
    fn adapt(&self, schema: &mut Schema) {
        let id = schema.id.clone();
        schema.variables.retain(|variable| !variable.is_withheld() || id.as_ref() == Some(&variable.header));
        for variable in &mut schema.variables {
            // The cells of a derived column are in its unit, whatever its name says: `age_months = age * 12`.
            let is_named_otherwise = read_header(&variable.header).unit.is_some_and(|unit| variable.unit != Some(unit));
            if !variable.made_of.is_empty() && is_named_otherwise {
                variable.unit = None;
            }
            let is_list = matches!(variable.kind, Kind::Set | Kind::Lines) && variable.members.is_empty();
            if is_list && self.request.format == ConvertedFormat::Csv && variable.delimiter.is_none() {
                variable.delimiter = Some(SEPARATOR);
            }
        }
    }

    /// The columns of the file that some variable is made of, in the order of the variables, but for those that are
    /// withheld.
    fn columns(&self) -> Vec<WrittenColumn> {
        let names = self.cohort.columns.names();
        let mut columns: Vec<WrittenColumn> = Vec::new();
        for column in self.cohort.variables.iter().filter(|column| !column.variable.is_withheld() || column.is_id) {
            let variable = &column.variable;
            let headers: Vec<&String> = match &variable.part {
                Some(part) => vec![&part.header],
                None if variable.members.is_empty() => vec![&variable.header],
                None => variable.members.iter().map(|member| &member.variable.header).collect(),
            };
            let found = headers.iter().filter_map(|header| names.iter().position(|name| name.trim() == header.trim()));
            columns.extend(found.map(|at| (at, names.get(at).map_or_else(String::new, |name| name.trim().to_owned()))));
        }
        let mut known = BTreeSet::new();
        columns.retain(|(at, _)| known.insert(*at));
        columns
    }

    fn write_cases(&self, out: &mut dyn Write, name: &str) -> Result<(), Error> {
        let fault = |fault| Error::io(name, fault);
        let columns = self.columns();
        let names = columns.iter().map(|(_, name)| name.clone()).collect();
        let mut writer = ConvertedWriter::new(self.request.format, names, out).map_err(fault)?;
        let mut misfits = Findings::default();
        let mut filter = self.filter()?;
        let cases = self.cohort.case_columns(&self.opened.settings);
        each_case(&self.opened.inputs, &self.cohort.columns, &cases, |case| {
            if filter.as_mut().is_some_and(|filter| filter.judge(case) != Truth::True) {
                return Ok(());
            }
            let cells: Vec<String> = columns.iter().map(|(column, _)| self.cell(case, *column)).collect();
            if let Err((at, misfit)) = writer.case(&cells).map_err(fault)? {
                let header = columns.get(at).map_or("", |(_, name)| name.as_str());
                misfits.add(refusal(misfit, case.location(header)));
            }
            Ok(())
        })?;
        if !misfits.is_empty() {
            return Err(misfits.into());
        }
        writer.finish().map_err(fault)
    }

    /// The filter that decides which cases are written.
    fn filter(&self) -> Result<Option<BoundFilter<'_>>, Error> {
        let settings = &self.opened.settings;
        let keep = settings.keep.as_ref();
        keep.map(|keep| keep.bind(&self.cohort.columns_of_variables(settings))).transpose()
    }

    /// The text of a cell; empty for a word that the user says is a missing value.
    fn cell(&self, case: &Case<'_>, column: usize) -> String {
        let text = case.text(column);
        let is_missing = self.opened.settings.missing.iter().any(|token| token.eq_ignore_ascii_case(&text));
        if is_missing && !text.starts_with(ITEM) { String::new() } else { text.into_owned() }
    }
}

fn refusal(misfit: CellMisfit, location: SourceLocation) -> Finding {
    let message = match misfit {
        CellMisfit::Formula => "a spreadsheet program would compute this cell of a CSV file",
        CellMisfit::Separator => "an item of this list contains a semicolon, which separates the items in a CSV file",
        CellMisfit::OnlyNone => "the only item of this list is called none, which is an empty list in a CSV file",
        CellMisfit::Control => "this cell has a control character, which a CSV file should not hold",
    };
    Finding::new(FindingId::NotForCsv, message).at(location).remedy("write JSON: -o cases.json")
}

/// Refuses to replace a schema that says something else.
fn ensure_no_other_schema(path: &Path, schema: &str) -> Result<(), Error> {
    match std::fs::read_to_string(path) {
        Ok(known) if known != schema && !known.is_empty() => Err(Error::usage_with(
            format!("'{}' already exists, and is different", path.display()),
            "use another name, such as -o frozen.json, or remove the schema",
        )),
        Ok(_) | Err(_) => Ok(()),
    }
}
