//! Reads a claims file and reports all of its problems in one run.

mod assertion;
mod groups;

use super::claim::{Claim, ClaimTest, Claims, MeasureKind, ReportFacts, Sum};
use super::test_text;
use super::written::{ClaimTable, ClaimsFile, ReportTable, SumTable};
use crate::analyze::selector::Selector;
use crate::analyze::statistic::Statistic;
use crate::check::arithmetic::granularity::Granularity;
use crate::check::printed::{Figure, Printed, PrintedFor, PrintedUnit};
use crate::diagnostic::{FilePosition, Finding, FindingId, Findings, SourceLocation, nearest};
use crate::error::Error;
use crate::tally::NamedFilter;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

impl Claims {
    /// Reads a claims file; `name` is its name without folders.
    ///
    /// Errors: invalid TOML or unknown keys; a claim without an id, or with the id of another; a
    /// condition, selector or printed text that cannot be read. Each has its line and a remedy.
    pub fn parse(text: &str, name: &str) -> Result<Claims, Error> {
        Claims::parse_with_tables(text, name, &mut |table| {
            Err(Error::usage_with(format!("the table '{table}' cannot be read here"), "check the claims as a file"))
        })
    }

    /// Reads a claims file whose tables are in files of their own.
    ///
    /// Errors: those of [`Claims::parse`]; a table that cannot be read.
    pub(crate) fn parse_with_tables(text: &str, name: &str, tables: ReadTable<'_>) -> Result<Claims, Error> {
        let line_ends = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        let mut reader = ClaimsReader { line_ends, file: name.into(), findings: Findings::default(), tables };
        let claims = match toml::from_str::<ClaimsFile>(text) {
            Ok(file) => reader.claims(file),
            Err(fault) => {
                let at = fault.span().map_or(0, |span| span.start);
                let remedy = "a claims file is TOML, with values in quotes; calc-series example DIR writes a sample";
                reader.fault(at, fault.message().replace('\n', " "), remedy);
                Claims::default()
            }
        };
        if reader.findings.is_empty() { Ok(claims) } else { Err(reader.findings.into()) }
    }
}

/// What is printed beside a number, for arithmetic.
struct PrintedBeside {
    measure: Option<MeasureKind>,
    granularity: Option<Granularity>,
    range: Option<(Figure, Figure)>,
    median: Option<Figure>,
    test: Option<ClaimTest>,
}

/// Reads the text of a table by the name that the claims file has for it.
pub(crate) type ReadTable<'r> = &'r mut dyn FnMut(&str) -> Result<String, Error>;

struct ClaimsReader<'r> {
    /// Positions of the line ends: of each claim the line is asked for.
    line_ends: Vec<usize>,
    file: Arc<str>,
    findings: Findings,
    tables: ReadTable<'r>,
}

impl ClaimsReader<'_> {
    fn line(&self, at: usize) -> u64 {
        self.line_ends.partition_point(|end| *end < at).saturating_add(1) as u64
    }

    fn fault(&mut self, at: usize, message: impl Into<String>, remedy: impl Into<String>) {
        let line = self.line(at);
        let location = SourceLocation::file(self.file.clone()).at(FilePosition::Line(line));
        self.findings.add(Finding::new(FindingId::ClaimsInvalid, message).at(location).remedy(remedy));
    }

    /// Reports the error of a filter or a selector.
    fn error(&mut self, at: usize, error: &Error) {
        let line = error.excerpt().and_then(|excerpt| excerpt.lines().next());
        let suffix = line.map_or_else(String::new, |line| format!(" in: {}", line.trim()));
        self.fault(at, format!("{error}{suffix}"), error.remedy().unwrap_or("see examples/check-a-report"));
    }

    fn claims(&mut self, file: ClaimsFile) -> Claims {
        let mut known: BTreeMap<String, u64> = BTreeMap::new();
        let mut claims = Vec::new();
        for table in file.claim {
            let (at, table) = (table.span().start, table.into_inner());
            let id = table.id.as_ref().map(|id| id.get_ref().trim().to_owned()).filter(|id| !id.is_empty());
            let Some(id) = id else {
                self.fault(at, "claim without an id", "id = \"K01\"");
                continue;
            };
            if let Some(first) = known.insert(id.clone(), self.line(at)) {
                let message = format!("duplicate claim id '{id}', first on line {first}");
                self.fault(at, message, "give each claim its own id");
            }
            claims.extend(self.claim(at, id, table));
        }
        let ids: Vec<&str> = known.keys().map(String::as_str).collect();
        let is_known = |id: &String| known.contains_key(id);
        let mut sums = Vec::new();
        for table in file.sum {
            let at = table.span().start;
            let SumTable { total, parts } = table.into_inner();
            for id in parts.iter().chain([&total]).filter(|id| !is_known(id)) {
                let near = nearest(id, &ids).map(|near| format!("did you mean '{near}'?"));
                self.fault(
                    at,
                    format!("there is no claim '{id}'"),
                    near.unwrap_or_else(|| "name the id of a claim".into()),
                );
            }
            sums.push(Sum { line: self.line(at), total, parts });
        }
        let ReportTable { title, citation, cases } = file.report;
        Claims { file: self.file.to_string(), report: ReportFacts { title, citation, cases }, claims, sums }
    }

    fn claim(&mut self, at: usize, id: String, table: ClaimTable) -> Option<Claim> {
        if table.says.is_none() {
            self.fault(at, format!("claim {id} has no 'says'"), "says = \"the claim in a few words\"");
        }
        if table.name.is_some() {
            self.fault(
                at,
                format!("'name' is not allowed in claim {id}"),
                "only a reading or a part has a name; a claim has an id",
            );
        }
        let shows = table.shows.iter().filter_map(|text| self.selector(text)).collect();
        let beside = self.beside(&table);
        let assertion = self.assertion(at, &table, &id);
        Some(Claim {
            line: self.line(at),
            is_draft: table.draft,
            place: table.place,
            says: table.says.unwrap_or_default(),
            note: table.note,
            fact: table.fact,
            printed: table.printed.map(Spanned::into_inner),
            assertion: assertion?,
            shows,
            n: table.n,
            id,
            measure: beside.measure,
            granularity: beside.granularity,
            range: beside.range,
            median: beside.median,
            test: beside.test,
        })
    }

    /// What is printed beside the number, for arithmetic.
    fn beside(&mut self, table: &ClaimTable) -> PrintedBeside {
        let measure = |word: &str| MeasureKind::ALL.into_iter().find(|measure| measure.word() == word);
        let range = |text: &str| match Printed::parse(text) {
            Ok(Printed::Interval(ends)) => Some((ends.low, ends.high)),
            _ => None,
        };
        let figure = |text: &str| match Printed::parse(text) {
            Ok(Printed::Number(figure)) => Some(figure),
            _ => None,
        };
        PrintedBeside {
            measure: self.read(&table.measure, measure, "use one of mean, median, sd, share, ratio"),
            granularity: self.read(&table.granularity, granularity, STEPS),
            range: self.read(&table.range, range, "range = \"2.5-10\""),
            median: self.read(&table.median, figure, "median = \"6\""),
            test: self.read(&table.test, test_text::parse, test_text::FORMS),
        }
    }

    /// Interprets a text, and reports a fault where it cannot be interpreted.
    fn read<T>(
        &mut self,
        text: &Option<Spanned<String>>,
        meaning: impl Fn(&str) -> Option<T>,
        remedy: &str,
    ) -> Option<T> {
        let text = text.as_ref()?;
        let found = meaning(text.get_ref().trim());
        if found.is_none() {
            self.fault(text.span().start, format!("invalid value '{}'", text.get_ref()), remedy);
        }
        found
    }

    fn printed(&mut self, text: &Spanned<String>, of: PrintedFor) -> Option<(Printed, Option<PrintedUnit>)> {
        let read = Printed::parse_for(text.get_ref(), of);
        read.map_err(|fault| self.fault(text.span().start, fault.message, fault.remedy)).ok()
    }

    fn selector(&mut self, text: &Spanned<String>) -> Option<Selector> {
        self.or_fault(text.span().start, Selector::parse(text.get_ref()))
    }

    fn keep(&mut self, text: &Spanned<String>) -> Option<NamedFilter> {
        self.or_fault(text.span().start, NamedFilter::parse(text.get_ref()))
    }

    /// The value read at a place; an error is reported as a fault of the file.
    fn or_fault<T>(&mut self, at: usize, read: Result<T, Error>) -> Option<T> {
        read.map_err(|error| self.error(at, &error)).ok()
    }
}

/// What is printed for a key: a mean, a number of cases, or something else.
fn printed_for(key: &str) -> PrintedFor {
    let Ok(selector) = Selector::parse(key) else { return PrintedFor::Anything };
    match selector.statistic() {
        Some(Statistic::Mean) => PrintedFor::Mean,
        Some(Statistic::Cases | Statistic::Proportion) => PrintedFor::Count,
        None if selector.key == "cases" || selector.variable_and_level().1.is_some() => PrintedFor::Count,
        Some(_) | None => PrintedFor::Anything,
    }
}

/// The accepted steps of values.
const STEPS: &str = "granularity = \"whole\", \"half\", \"month\" (1/12), or \"1/10\" for one decimal";

fn granularity(word: &str) -> Option<Granularity> {
    let per_unit = match word {
        "whole" => 1,
        "half" => 2,
        "month" => 12,
        _ => word.strip_prefix("1/")?.parse().ok()?,
    };
    Granularity::new(per_unit)
}
