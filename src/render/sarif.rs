//! The log of SARIF 2.1.0 (OASIS 2020), which code scanning reads, whatever its results are about.

use super::json::line;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [SarifRun<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<'a> {
    tool: SarifTool,
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct SarifTool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub id: &'static str,
    pub short_description: Message,
    pub full_description: Message,
    pub help: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Tags>,
}

#[derive(Serialize)]
pub(super) struct Tags {
    pub tags: Vec<&'static str>,
}

#[derive(Serialize)]
pub(super) struct Message {
    pub text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult<'a> {
    pub rule_id: &'static str,
    pub rule_index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    pub level: &'static str,
    pub message: Message,
    pub locations: Vec<Location<'a>>,
    pub partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressions: Vec<SarifSuppression<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<SarifCount>,
}

#[derive(Serialize)]
pub(super) struct SarifCount {
    pub count: u64,
}

#[derive(Serialize)]
pub(super) struct Fingerprint {
    #[serde(rename = "calcSeriesFinding/v1")]
    pub finding: String,
}

#[derive(Serialize)]
pub(super) struct SarifSuppression<'a> {
    pub kind: &'static str,
    pub justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location<'a> {
    pub physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logical_locations: Vec<LogicalLocation<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub start_line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_column: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogicalLocation<'a> {
    pub name: Cow<'a, str>,
    pub kind: &'static str,
}

/// The log of these results, on one line.
pub(super) fn log(rules: Vec<Rule>, results: Vec<SarifResult<'_>>) -> io::Result<Vec<u8>> {
    let driver = Driver { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION"), rules };
    let run = SarifRun { tool: SarifTool { driver }, column_kind: "unicodeCodePoints", results };
    let mut bytes = Vec::new();
    line(&mut bytes, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    Ok(bytes)
}

/// A place in the file of a path.
pub(super) fn physical(path: &str, region: Option<Region>) -> PhysicalLocation {
    PhysicalLocation { artifact_location: Artifact { uri: uri(path) }, region }
}

/// What makes a result the same one as long as these parts are the same.
pub(super) fn fingerprint_of(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\u{1f}"));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A relative reference (RFC 3986) to a path.
fn uri(path: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    let path = path.replace('\\', "/");
    path.bytes().map(|b| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("data\\my cases/é.csv"), "data/my%20cases/%C3%A9.csv");
    }
}
