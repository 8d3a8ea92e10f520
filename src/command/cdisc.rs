//! Tables of CDISC, SDTM and ADaM: columns of the study, the unit of the age, flags.

use crate::cohort::stream::ensure_can_be_read_twice;
use crate::diagnostic::{Finding, FindingId, Findings, Severity};
use crate::error::Error;
use crate::read::{Batch, Columns, Feed, Inputs};
use crate::schema::lexical::duration::TimeUnit;
use crate::tally::Settings;
use std::collections::BTreeSet;

/// Columns of every table of a study, beside that of the subject.
const MARKS: [&str; 2] = ["USUBJID", "STUDYID"];
/// Columns that name the study and the table, and no patient. Whatever else is the same in all rows stays: it may
/// differ in the next one.
const OF_TABLE: [&str; 2] = ["STUDYID", "DOMAIN"];
const AGE: &str = "AGE";
/// The unit of the age.
const AGE_UNIT: &str = "AGEU";
/// The end of the names of flags, which are Y or blank.
const FLAG: &str = "FL";

/// Reads what a table of CDISC states of itself, where it is one.
///
/// Errors: ages in several units, and inputs that cannot be read twice.
pub fn cdisc(inputs: &Inputs, settings: &mut Settings) -> Result<Vec<Finding>, Error> {
    let first = inputs.headers().next().map_or_else(Vec::new, |(_, names)| names.to_vec());
    // Files whose columns differ are refused when they are counted.
    if inputs.headers().any(|(_, names)| *names != *first) {
        return Ok(Vec::new());
    }
    let headers: Vec<String> = first.iter().map(|name| name.trim().to_owned()).collect();
    let has = |name: &str| headers.iter().any(|header| header == name);
    if !MARKS.iter().all(|name| has(name)) {
        return Ok(Vec::new());
    }
    ensure_can_be_read_twice(inputs)?;
    let is_flag = |name: &&String| name.ends_with(FLAG) && name.len() > FLAG.len();
    let flags: Vec<&String> = headers.iter().filter(is_flag).collect();
    let looked_at: Vec<&str> = flags.iter().map(|name| name.as_str()).chain([AGE_UNIT]).collect();
    let words = words(inputs, &headers, &looked_at)?;
    let mut said = vec![format!("of the study, and left out: {}", named(&OF_TABLE.map(str::to_owned), &has))];
    settings.of_table = OF_TABLE.iter().chain([&AGE_UNIT]).map(|name| (*name).to_owned()).collect();
    if let Some(unit) = words.last().filter(|_| has(AGE)).map(age_unit).transpose()?.flatten() {
        let forced = settings.forced.entry(AGE.to_owned()).or_default();
        forced.unit.get_or_insert_with(|| unit.word().to_owned());
        said.push(format!("{AGE} is in {}, as {AGE_UNIT} states", unit.word()));
    }
    let is_yes_or_blank = |words: &BTreeSet<String>| words.iter().eq(["", "Y"]);
    let of_yes: Vec<String> =
        flags.iter().zip(&words).filter(|(_, words)| is_yes_or_blank(words)).map(|(name, _)| (*name).clone()).collect();
    for flag in &of_yes {
        settings.forced.entry(flag.clone()).or_default().blank_is_no = true;
    }
    if !of_yes.is_empty() {
        said.push(format!("in flags that are Y or blank, a blank is read as no: {}", of_yes.join(", ")));
    }
    let note = Finding::new(FindingId::CdiscTable, format!("a table of CDISC: {}", said.join("; ")));
    Ok(vec![note.remedy("a schema or an option overrides it")])
}

fn named(names: &[String], has: &impl Fn(&str) -> bool) -> String {
    names.iter().filter(|name| has(name)).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// The only unit of the ages; none where no row states one.
fn age_unit(units: &BTreeSet<String>) -> Result<Option<TimeUnit>, Error> {
    let mut stated = units.iter().filter(|unit| !unit.is_empty());
    let (Some(unit), next) = (stated.next(), stated.next()) else { return Ok(None) };
    let known = TimeUnit::of_word(&unit.to_lowercase()).filter(|_| next.is_none());
    known.map(Some).ok_or_else(|| {
        let all = units.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let mut findings = Findings::default();
        let message = format!("the ages of {AGE} are in units that differ or are not known: {all}");
        let finding = Finding::new(FindingId::CdiscTable, message).severity(Severity::Error).column(AGE_UNIT);
        findings
            .add(finding.remedy("write all ages in one unit, and that one into AGEU: YEARS, MONTHS, WEEKS or DAYS"));
        findings.into()
    })
}

/// The distinct texts of some columns, as far as there are few.
fn words(inputs: &Inputs, headers: &[String], wanted: &[&str]) -> Result<Vec<BTreeSet<String>>, Error> {
    let places: Vec<Option<usize>> =
        wanted.iter().map(|name| headers.iter().position(|header| header == name)).collect();
    let mut words = vec![BTreeSet::new(); wanted.len()];
    let (mut feed, mut batch) = (Feed::new(inputs), Batch::default());
    while feed.next(&mut batch)? {
        batch.decode(&Columns::default(), &mut Findings::default())?;
        for row in 0..batch.block.rows() {
            for (place, words) in places.iter().zip(&mut words).filter(|(_, words)| words.len() <= FEW) {
                let Some(place) = place else { continue };
                let text = batch.block.cell(row, *place).text();
                words.insert(String::from_utf8_lossy(&text).into_owned());
            }
        }
    }
    Ok(words)
}

/// More distinct texts are not kept.
const FEW: usize = 8;
