//! A claims file as it is written: its tables and keys; `claims.schema.json` describes them.

use serde::Deserialize;
use toml::Spanned;

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub report: ReportTable,
    #[serde(default)]
    pub claim: Vec<Spanned<Table>>,
    #[serde(default)]
    pub sum: Vec<Spanned<SumTable>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportTable {
    pub title: Option<String>,
    pub citation: Option<String>,
    pub cases: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SumTable {
    pub total: String,
    pub parts: Vec<String>,
}

/// A claim, or a reading or part of one.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub id: Option<Spanned<String>>,
    pub name: Option<String>,
    pub place: Option<String>,
    pub says: Option<String>,
    pub note: Option<String>,
    pub fact: Option<String>,
    pub printed: Option<Spanned<String>>,
    pub value: Option<Spanned<String>>,
    pub count: Option<Spanned<String>>,
    pub of: Option<Spanned<String>>,
    pub cases: Option<Vec<String>>,
    pub compare: Option<Spanned<[String; 3]>>,
    #[serde(default)]
    pub reading: Vec<Spanned<Table>>,
    #[serde(default)]
    pub part: Vec<Spanned<Table>>,
    #[serde(default)]
    pub shows: Vec<Spanned<String>>,
    pub n: Option<u64>,
    pub measure: Option<Spanned<String>>,
    pub granularity: Option<Spanned<String>>,
    pub range: Option<Spanned<String>>,
    pub median: Option<Spanned<String>>,
    pub test: Option<Spanned<String>>,
}
