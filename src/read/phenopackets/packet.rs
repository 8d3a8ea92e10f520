//! What is read of one phenopacket.

use super::action::{Action, actions, unit};
use super::time::{PacketTime, time, time_of_version_1};
use super::value::{class, is_true, items, member, text};
use serde_json::Value;

/// A phenotypic feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// The id of its term, else its label.
    pub id: String,
    /// Its label.
    pub label: String,
    /// It is stated that the patient does not have it.
    pub is_excluded: bool,
}

/// A measurement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PacketMeasurement {
    /// The test.
    pub test: String,
    /// Its result.
    pub value: String,
    /// The unit of the result.
    pub unit: String,
    /// The day of it.
    pub day: String,
    /// The age at it.
    pub age: String,
    /// The lower reference limit, in the unit of the result.
    pub low: String,
    /// The upper one.
    pub high: String,
}

/// One patient.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Packet {
    /// The id of the packet; that of the subject names the person in another study.
    pub id: String,
    /// The age at the last encounter.
    pub seen: Option<PacketTime>,
    /// The sex; empty where it is not known.
    pub sex: String,
    /// The onset of the first disease that has one.
    pub onset: Option<PacketTime>,
    /// The diseases that are not excluded.
    pub diseases: Vec<String>,
    /// The features.
    pub features: Vec<Feature>,
    /// The genes of the interpretations.
    pub genes: Vec<String>,
    /// The variants of the interpretations.
    pub variants: Vec<String>,
    /// The measurements.
    pub measurements: Vec<PacketMeasurement>,
    /// The medical actions in order.
    pub actions: Vec<Action>,
    /// Alive or deceased; empty where it is not known.
    pub vital_status: String,
    /// The days of survival; empty where they are not stated.
    pub survival: String,
    /// The cause of death.
    pub cause_of_death: String,
    /// Members that are there and not read.
    pub unread: Vec<&'static str>,
}

/// The codes of the sex, as names and as numbers, with their words.
const SEXES: [(&str, &str); 8] = [
    ("UNKNOWN_SEX", ""),
    ("FEMALE", "female"),
    ("MALE", "male"),
    ("OTHER_SEX", "other"),
    ("0", ""),
    ("1", "female"),
    ("2", "male"),
    ("3", "other"),
];
/// The same of the vital status.
const STATUSES: [(&str, &str); 6] = [
    ("UNKNOWN_STATUS", ""),
    ("ALIVE", "alive"),
    ("DECEASED", "deceased"),
    ("0", ""),
    ("1", "alive"),
    ("2", "deceased"),
];
/// The members of the onset of a disease in the first version.
const ONSET: [&str; 3] = ["ageOfOnset", "ageRangeOfOnset", "classOfOnset"];
/// Members that are not read, in camel case.
const UNREAD: [&str; 4] = ["biosamples", "files", "relatives", "pedigree"];

impl Packet {
    /// The patient of a phenopacket, or of a family the proband; none of a value that is none.
    pub fn read(value: &Value) -> Option<Packet> {
        let (packet, family) = match member(value, "proband") {
            Some(proband) => (proband, Some(value)),
            None => (value, None),
        };
        let subject = member(packet, "subject").unwrap_or(&Value::Null);
        let id = text(packet, "id").or_else(|| family.and_then(|family| text(family, "id")));
        let is_packet = member(packet, "subject").is_some() || !items(packet, "phenotypicFeatures").is_empty();
        let vital = member(subject, "vitalStatus").unwrap_or(&Value::Null);
        let mut unread: Vec<&'static str> =
            UNREAD.into_iter().filter(|name| [packet, value].iter().any(|of| member(of, name).is_some())).collect();
        let mut other_actions = 0;
        let older: Vec<Option<String>> = items(packet, "variants").iter().map(variant_of_version_1).collect();
        let measured = items(packet, "measurements").iter().map(measurement).collect::<Vec<_>>();
        let mut read = Packet {
            id: id?,
            seen: time(subject, "timeAtLastEncounter")
                .or_else(|| time_of_version_1(subject, ["ageAtCollection", "ageRangeAtCollection", ""])),
            sex: word(text(subject, "sex"), &SEXES),
            onset: items(packet, "diseases")
                .iter()
                .filter(|disease| !is_true(disease, "excluded"))
                .find_map(|disease| time(disease, "onset").or_else(|| time_of_version_1(disease, ONSET))),
            diseases: diseases(packet),
            features: items(packet, "phenotypicFeatures").iter().filter_map(feature).collect(),
            genes: once(interpreted(packet, gene).into_iter().chain(genes_of_version_1(packet)).collect()),
            variants: once(interpreted(packet, variant).into_iter().chain(older.iter().flatten().cloned()).collect()),
            measurements: measured.iter().flatten().cloned().collect(),
            actions: actions(packet, &mut other_actions),
            vital_status: word(text(vital, "status"), &STATUSES),
            survival: text(vital, "survivalTimeInDays").unwrap_or_default(),
            cause_of_death: class(vital, "causeOfDeath").unwrap_or_default(),
            unread: Vec::new(),
        };
        unread.extend((other_actions > 0).then_some("medicalActions of other kinds"));
        unread.extend(older.iter().any(Option::is_none).then_some("variants not in the words of HGVS"));
        unread.extend(measured.iter().any(Option::is_none).then_some("measurements of several values"));
        unread.extend(member(subject, "dateOfBirth").is_some().then_some("dateOfBirth, which identifies"));
        unread.extend(unread_times(subject, &read));
        unread.extend(unread_of_features(packet));
        read.unread = unread;
        is_packet.then_some(read)
    }
}

/// The times that are stated, and are no ages: `timestamp`, `interval`.
fn unread_times(subject: &Value, read: &Packet) -> impl Iterator<Item = &'static str> {
    let is_no_age = |time: &Option<PacketTime>| matches!(time, Some(PacketTime::Day(_)));
    let is_stated = member(subject, "timeAtLastEncounter").is_some();
    let seen = is_stated && (read.seen.is_none() || is_no_age(&read.seen));
    let seen = seen.then_some("timeAtLastEncounter that is not an age");
    seen.into_iter().chain(is_no_age(&read.onset).then_some("onset of the disease that is not an age"))
}

/// What features have beside their presence.
fn unread_of_features(packet: &Value) -> impl Iterator<Item = &'static str> {
    let names = [
        ("onset", "onset of features"),
        ("severity", "severity of features"),
        ("modifiers", "modifiers of features"),
        ("resolution", "resolution of features"),
    ];
    let has = |name: &str| items(packet, "phenotypicFeatures").iter().any(|feature| member(feature, name).is_some());
    names.into_iter().filter(move |(name, _)| has(name)).map(|(_, said)| said)
}

/// The word that a code of an enumeration means; an unknown code stays as it is written.
fn word(code: Option<String>, words: &[(&str, &str)]) -> String {
    let code = code.unwrap_or_default();
    words.iter().find(|(known, _)| *known == code).map_or_else(|| code.clone(), |(_, word)| (*word).to_owned())
}

/// The diseases, else the diagnoses of the interpretations; each once.
fn diseases(packet: &Value) -> Vec<String> {
    let stated = items(packet, "diseases").iter().filter(|disease| !is_true(disease, "excluded"));
    let mut labels: Vec<String> = stated.filter_map(|disease| class(disease, "term")).collect();
    if labels.is_empty() {
        let diagnoses = items(packet, "interpretations").iter().filter_map(|of| member(of, "diagnosis"));
        labels = diagnoses.filter_map(|diagnosis| class(diagnosis, "disease")).collect();
    }
    once(labels)
}

fn feature(value: &Value) -> Option<Feature> {
    let class = member(value, "type")?;
    let (id, label) = (text(class, "id"), text(class, "label"));
    let label = label.or_else(|| id.clone())?;
    // The first version calls it negated.
    let is_excluded = is_true(value, "excluded") || is_true(value, "negated");
    Some(Feature { id: id.unwrap_or_else(|| label.clone()), label, is_excluded })
}

/// A measurement; none of one with several values.
fn measurement(value: &Value) -> Option<PacketMeasurement> {
    let test = class(value, "assay")?;
    let result = member(value, "value")?;
    let (day, age) = match time(value, "timeObserved") {
        Some(PacketTime::Day(day)) => (day, String::new()),
        Some(PacketTime::Age(age)) => (String::new(), age),
        Some(PacketTime::Range(_) | PacketTime::Stage(_)) | None => (String::new(), String::new()),
    };
    let measured = PacketMeasurement { test, day, age, ..PacketMeasurement::default() };
    let Some(quantity) = member(result, "quantity") else {
        return Some(PacketMeasurement { value: class(result, "ontologyClass")?, ..measured });
    };
    let (value, unit) = (text(quantity, "value").unwrap_or_else(|| "0".to_owned()), unit(quantity).unwrap_or_default());
    let (low, high) = limits(quantity, &unit);
    Some(PacketMeasurement { value, unit, low, high, ..measured })
}

/// The reference limits of a quantity, where they are in its unit.
fn limits(quantity: &Value, own: &str) -> (String, String) {
    let range = member(quantity, "referenceRange");
    let Some(range) = range.filter(|range| unit(range).is_none_or(|unit| unit == own)) else {
        return Default::default();
    };
    (text(range, "low").unwrap_or_default(), text(range, "high").unwrap_or_default())
}

/// What the interpretations say of each variant; each once.
fn interpreted(packet: &Value, what: fn(&Value) -> Option<String>) -> Vec<String> {
    let diagnoses = items(packet, "interpretations").iter().filter_map(|of| member(of, "diagnosis"));
    let all = diagnoses.flat_map(|diagnosis| items(diagnosis, "genomicInterpretations"));
    once(all.filter_map(what).collect())
}

/// The symbols of the genes in the first version.
fn genes_of_version_1(packet: &Value) -> impl Iterator<Item = String> {
    items(packet, "genes").iter().filter_map(|gene| text(gene, "symbol").or_else(|| text(gene, "id")))
}

/// The variants in the first version; none of one that is written in another way than that of HGVS.
fn variant_of_version_1(variant: &Value) -> Option<String> {
    member(variant, "hgvsAllele").and_then(|allele| text(allele, "hgvs"))
}

fn gene(interpretation: &Value) -> Option<String> {
    let of_gene = member(interpretation, "gene").and_then(|gene| text(gene, "symbol"));
    of_gene.or_else(|| text(member(descriptor(interpretation)?, "geneContext")?, "symbol"))
}

/// The expression of a variant on the coding sequence, else any, else its label or id.
fn variant(interpretation: &Value) -> Option<String> {
    let variant = descriptor(interpretation)?;
    let expressions = items(variant, "expressions");
    let coding = expressions.iter().find(|one| text(one, "syntax").is_some_and(|syntax| syntax == "hgvs.c"));
    let expression = coding.or_else(|| expressions.first()).and_then(|one| text(one, "value"));
    expression.or_else(|| text(variant, "label")).or_else(|| text(variant, "id"))
}

fn descriptor(interpretation: &Value) -> Option<&Value> {
    member(member(interpretation, "variantInterpretation")?, "variationDescriptor")
}

fn once(mut texts: Vec<String>) -> Vec<String> {
    let mut known = std::collections::BTreeSet::new();
    texts.retain(|text| known.insert(text.clone()));
    texts
}
