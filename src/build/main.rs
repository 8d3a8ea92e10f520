//! Turns the lists of words below `src` into tables of the program, so that it parses none of them when it runs.
//!
//! Each list becomes a file of the same name in the folder of the build, which the module beside the list includes.
//! A word that stands twice where it may stand once, and a name that nothing knows, stop the build.

#![allow(clippy::print_stdout, reason = "what a build script prints is read by cargo")]

mod catalogue;
mod code;
mod lists;
#[path = "../schema/units/spelling.rs"]
mod spelling;
mod units;

use lists::ListForm;
use std::error::Error;
use std::path::Path;

/// What is wrong with a list.
type ListFault = Box<dyn Error>;

/// The lists of words, and what the tables in them are where they are no groups of further lists.
const LISTS: [(&str, &[(&str, ListForm)]); 28] = [
    ("analyze/alike.toml", &[("alike", ListForm::Numbered)]),
    ("analyze/references.toml", &[]),
    ("check/scan/nouns.toml", &[]),
    ("check/scan/sentence_words.toml", &[]),
    ("check/scan/table_words.toml", &[]),
    ("check/validate/procedures.toml", &[]),
    ("check/validate/purposes.toml", &[("purposes", ListForm::ByMeaning("Purpose"))]),
    (
        "cohort/relate/child/fields.toml",
        &[
            ("treatment", ListForm::InTurn("Field")),
            ("laboratory", ListForm::InTurn("Field")),
            ("occasion", ListForm::InTurn("Field")),
            ("event", ListForm::InTurn("Field")),
        ],
    ),
    (
        "cohort/relate/child/row_words.toml",
        &[
            ("states", ListForm::ByMeaning("RowState")),
            ("answers", ListForm::ByMeaning("RowState")),
            ("signs", ListForm::ByMeaning("ResultSign")),
        ],
    ),
    ("cohort/relate/child/event_grade.toml", &[("severities", ListForm::Numbered)]),
    ("schema/clinical.toml", &[]),
    (
        "schema/decide/scales/two_units.toml",
        &[
            ("others", ListForm::InOrder),
            ("other-fluids", ListForm::InOrder),
            ("both", ListForm::Rows("TwoUnits")),
            ("cells", ListForm::Rows("CellCount")),
        ],
    ),
    ("schema/header/companions.toml", &[("signs", ListForm::Texts)]),
    ("schema/header/measures.toml", &[("measures", ListForm::Rows("Measure"))]),
    ("schema/header/ranges.toml", &[("ranges", ListForm::Rows("MeasureRange"))]),
    (
        "schema/header/headers.toml",
        &[
            ("joined-ordinals", ListForm::Numbered),
            ("lab-occasions", ListForm::InOrder),
            ("ordinals", ListForm::Numbered),
            ("roles", ListForm::ByMeaning("Role")),
            ("suffix-units", ListForm::Texts),
            ("time-units", ListForm::Texts),
        ],
    ),
    ("schema/doubt.toml", &[]),
    ("schema/items/dose_words.toml", &[]),
    ("schema/items/joining_words.toml", &[]),
    ("schema/lexical/calendar/months.toml", &[("months", ListForm::Numbered)]),
    ("schema/lexical/results.toml", &[("results", ListForm::ByMeaning("Status"))]),
    ("schema/lexical/durations.toml", &[("units", ListForm::ByMeaning("TimeUnit"))]),
    (
        "schema/missing_words.toml",
        &[
            ("every-column", ListForm::ByMeaning("MissingReason")),
            ("by-column", ListForm::ByMeaning("MissingReason")),
            ("follow-up", ListForm::ByMeaning("MissingReason")),
        ],
    ),
    ("schema/no_items.toml", &[]),
    (
        "schema/response/words.toml",
        &[
            ("anywhere", ListForm::Meanings("Meaning")),
            ("response-column", ListForm::Meanings("Meaning")),
            ("untreated", ListForm::Keys),
            ("unconfirmed", ListForm::Meanings("Meaning")),
        ],
    ),
    ("schema/sex.toml", &[]),
    ("schema/titles.toml", &[]),
    ("schema/totals.toml", &[]),
];

fn main() -> Result<(), ListFault> {
    println!("cargo::rerun-if-changed=src/build");
    println!("cargo::rerun-if-changed=src/schema/units/spelling.rs");
    for (list, forms) in LISTS {
        write(list, |table| lists::code(table, forms))?;
    }
    write("schema/units.toml", units::code)?;
    write("diagnostic/catalogue.toml", catalogue::code)
}

fn write(list: &str, code: impl Fn(&toml::Table) -> Result<String, ListFault>) -> Result<(), ListFault> {
    let path = Path::new("src").join(list);
    println!("cargo::rerun-if-changed={}", path.display());
    let in_list = |fault: ListFault| format!("src/{list}: {fault}");
    let table: toml::Table = toml::from_str(&std::fs::read_to_string(&path)?).map_err(|fault| in_list(fault.into()))?;
    let folder = std::env::var("OUT_DIR")?;
    let name = path.with_extension("rs");
    let file = Path::new(&folder).join(name.file_name().ok_or("a list has no name")?);
    Ok(std::fs::write(file, code(&table).map_err(in_list)?)?)
}
