//! The tables and keys of a claims file, described by `claims.schema.json`.

use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimsFile {
    #[serde(default)]
    pub report: ReportTable,
    #[serde(default)]
    pub claim: Vec<Spanned<ClaimTable>>,
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
pub(super) struct ClaimTable {
    pub id: Option<Spanned<String>>,
    #[serde(default)]
    pub draft: bool,
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
    pub between: Option<Spanned<[String; 2]>>,
    pub statistic: Option<Spanned<String>>,
    pub method: Option<Spanned<String>>,
    pub table: Option<Spanned<String>>,
    #[serde(default)]
    pub reading: Vec<Spanned<ClaimTable>>,
    #[serde(default)]
    pub part: Vec<Spanned<ClaimTable>>,
    #[serde(default)]
    pub shows: Vec<Spanned<String>>,
    pub n: Option<u64>,
    pub measure: Option<Spanned<String>>,
    pub granularity: Option<Spanned<String>>,
    pub range: Option<Spanned<String>>,
    pub median: Option<Spanned<String>>,
    pub test: Option<Spanned<String>>,
}
