//! The last steps of the library: tables, output formats and the audit of claims, each in one call.

use crate::analyze::conventions::conventions;
use crate::analyze::results::{ResultRow, Results};
use crate::analyze::{Options, summarize};
use crate::check::claims::{self, Claims, ClaimsAudit, plan};
use crate::diagnostic::Findings;
use crate::error::Error;
use crate::read::Inputs;
use crate::render::{HASHED, OutputFormat, Summary, input_entries};
use crate::tables::number;
use crate::tables::options::{Layout, TableOptions};
use crate::tables::{Report, ReportContext};
use crate::tally::{Cohort, Settings, read_cohort};

/// The tables and footnotes of a summary, as text that is ready to place.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// use calc_series::{Inputs, Options, ReadOptions, Settings, read_cohort, report, summarize};
///
/// let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// let cohort = read_cohort(&inputs, &Settings::default())?;
/// let options = Options::default();
/// let (results, _) = summarize(&cohort, &options);
/// let report = report(&inputs, &cohort, &results, &options);
/// assert_eq!(report.title, "Case series: 5 cases (cases.csv)");
/// assert_eq!(report.tables[0].title, "Cases");
/// # Ok(())
/// # }
/// ```
pub fn report(inputs: &Inputs, cohort: &Cohort, results: &Results, options: &Options) -> Report {
    laid_out(inputs, cohort, results, options, &TableOptions::new(options))
}

fn laid_out(inputs: &Inputs, cohort: &Cohort, results: &Results, options: &Options, shown: &TableOptions) -> Report {
    let files: Vec<String> = inputs.names().map(str::to_owned).collect();
    let about = ReportContext { files: &files, ..ReportContext::default() };
    crate::tables::report(cohort, results, options, shown, &about)
}

/// A summary in a format, as the program writes it; text lines are not wrapped.
///
/// Errors: a format that cannot show a summary; an input that can no longer be read.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// use calc_series::{Inputs, Options, OutputFormat, ReadOptions, Settings, read_cohort, render, summarize};
///
/// let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// let cohort = read_cohort(&inputs, &Settings::default())?;
/// let options = Options::default();
/// let (results, findings) = summarize(&cohort, &options);
/// let markdown = render(OutputFormat::Markdown, &inputs, &cohort, (&results, &findings), &options)?;
/// assert!(String::from_utf8_lossy(&markdown).contains("| **age, years, median (range)** |"));
/// # Ok(())
/// # }
/// ```
pub fn render(
    format: OutputFormat,
    inputs: &Inputs,
    cohort: &Cohort,
    (results, findings): (&Results, &Findings),
    options: &Options,
) -> Result<Vec<u8>, Error> {
    let shown = match format.default_layout() {
        Layout::Journal => TableOptions::new(options).for_journal(None),
        Layout::Sections => TableOptions::new(options),
    };
    let summary = Summary {
        report: &laid_out(inputs, cohort, results, options, &shown),
        results,
        inputs: &input_entries(inputs, cohort, inputs.hashes(HASHED)?),
        conventions: &conventions(cohort, options),
        cases: Some(cohort.cases),
        findings,
        style: &shown.style,
    };
    let mut bytes = Vec::new();
    format.summary(&summary, None, &mut bytes).map_err(|fault| Error::io(format.to_string(), fault))?;
    Ok(bytes)
}

/// The printed form of a statistic: `5.9`, `80` for a percentage, `>1280`, `NE`.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// # use calc_series::{Inputs, Options, ReadOptions, Settings, printed, read_cohort, summarize};
/// # let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// # let cohort = read_cohort(&inputs, &Settings::default())?;
/// let (results, _) = summarize(&cohort, &Options::default());
/// assert_eq!(results.get("age.mean").map(printed), Some("5.90".to_owned()));
/// # Ok(())
/// # }
/// ```
pub fn printed(row: &ResultRow) -> String {
    number::printed(row)
}

/// Checks the claims of a report against its data; the cases are read once.
///
/// Errors: those of reading; a claim about a variable, a level or a statistic that does not exist.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// use calc_series::{Claims, Inputs, Options, ReadOptions, Settings, check};
///
/// let text = r#"
/// [[claim]]
/// id = "K1"
/// says = "mean age"
/// value = "age.mean"
/// printed = "5.9"
/// "#;
/// let claims = Claims::parse(text, "claims.toml")?;
/// let inputs = Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &ReadOptions::default())?;
/// let audit = check(&claims, &inputs, &Settings::default(), &Options::default())?;
/// let verdicts: Vec<String> = audit.verdicts().map(|(id, verdict)| format!("{id}: {verdict}")).collect();
/// assert_eq!(verdicts, ["K1: agrees"]);
/// # Ok(())
/// # }
/// ```
pub fn check<'c>(
    claims: &'c Claims,
    inputs: &Inputs,
    settings: &Settings,
    options: &Options,
) -> Result<ClaimsAudit<'c>, Error> {
    let wanted = plan(claims);
    let cohort = read_cohort(inputs, &Settings { conditions: wanted.conditions, ..settings.clone() })?;
    let mut options = options.clone();
    options.on_request.extend(wanted.on_request);
    let (results, _) = summarize(&cohort, &options);
    claims::judge(claims, &cohort, &results, &options)
}
