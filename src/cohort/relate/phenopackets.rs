//! Phenopackets as one record a case: features of three states, and the tables of measurements and treatments.

use crate::diagnostic::{
    CaseName, CellPlace, ComposedColumn, FilePosition, Finding, FindingId, NamePart, PlaceTable, SourceLocation,
    first_names,
};
use crate::read::phenopackets::{Packet, PacketMeasurement, PacketTime};
use crate::read::{ComposedTable, ITEM};
use crate::schema::table_schema::DeclaredVariable;
use crate::schema::{Kind, Level, Role, visit_column};
use crate::words::counted;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The stages of onset of the Human Phenotype Ontology, in the order of life.
const STAGES: [&str; 15] = [
    "Embryonal onset",
    "Fetal onset",
    "Antenatal onset",
    "Congenital onset",
    "Neonatal onset",
    "Infantile onset",
    "Childhood onset",
    "Pediatric onset",
    "Juvenile onset",
    "Adult onset",
    "Early young adult onset",
    "Intermediate young adult onset",
    "Young adult onset",
    "Middle age onset",
    "Late onset",
];
/// Most names that are shown.
const SHOWN: usize = 8;

/// A phenopacket with its place.
pub struct PlacedPacket {
    /// The packet.
    pub packet: Packet,
    /// Its file.
    pub file: Arc<str>,
    /// The line on which it begins.
    pub line: u32,
}

/// What came of phenopackets.
pub struct Patients {
    /// One record a case.
    pub cases: ComposedTable,
    /// What its columns are.
    pub declared: Vec<DeclaredVariable>,
    /// The medical actions, one row each; none without any.
    pub treatments: Option<ComposedTable>,
    /// The measurements, one row each; none without any.
    pub labs: Option<ComposedTable>,
    /// What is said of it.
    pub notes: Vec<Finding>,
}

/// A column of the cases with its cells.
struct PacketColumn {
    declared: DeclaredVariable,
    /// What its name is made of; empty for a name of this program.
    parts: Vec<NamePart>,
    cells: Vec<String>,
}

/// One record a case; `others` are files beside them that are not read.
pub fn patients(packets: &[PlacedPacket], others: &[String]) -> Patients {
    let mut columns = own_columns(packets);
    columns.extend(features(packets, &columns));
    let declared: Vec<DeclaredVariable> = columns.iter().map(|column| column.declared.clone()).collect();
    let rows = packets.iter().enumerate().map(|(at, packet)| {
        (packet, columns.iter().map(|column| column.cells.get(at).cloned().unwrap_or_default()).collect::<Vec<_>>())
    });
    let named =
        |column: &PacketColumn| ComposedColumn { parts: column.parts.clone(), ..of_name(&column.declared.header) };
    let names = columns.iter().map(named).collect();
    Patients {
        cases: table(names, rows),
        treatments: treatments(packets),
        labs: labs(packets),
        notes: std::iter::once(note(packets, others)).chain(contradictions(packets)).collect(),
        declared,
    }
}

fn of_name(name: &str) -> ComposedColumn {
    ComposedColumn { name: name.to_owned(), source: name.to_owned(), ..ComposedColumn::default() }
}

fn table<'p>(
    columns: Vec<ComposedColumn>,
    rows: impl Iterator<Item = (&'p PlacedPacket, Vec<String>)>,
) -> ComposedTable {
    let rows: Vec<(&PlacedPacket, Vec<String>)> = rows.collect();
    let files: Vec<Arc<str>> =
        rows.iter().map(|(packet, _)| packet.file.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let places = files.iter().map(|file| PlaceTable { file: Some(file.clone()), sheet: None }).collect();
    let mut table = ComposedTable::new(columns, places);
    for (packet, cells) in rows {
        let file = files.iter().position(|file| *file == packet.file).unwrap_or(0);
        let place = CellPlace { table: u32::try_from(file).unwrap_or(0), line: packet.line };
        cells.iter().for_each(|cell| table.push_from(cell, place));
        table.end_record();
    }
    table
}

/// The columns that every packet may have; those that none has are left out, but for the first three.
fn own_columns(packets: &[PlacedPacket]) -> Vec<PacketColumn> {
    let column = |name: &str, role: Role, kind: Option<Kind>, cell: &dyn Fn(&Packet) -> String| {
        let declared = DeclaredVariable { role: Some(role), kind, ..DeclaredVariable::named(name) };
        PacketColumn { declared, parts: Vec::new(), cells: packets.iter().map(|of| cell(&of.packet)).collect() }
    };
    let list = |name: &str, role: Role, cell: &dyn Fn(&Packet) -> Vec<String>| {
        let is_list = packets.iter().any(|of| cell(&of.packet).len() > 1);
        let kind = if is_list { Kind::Set } else { Kind::Category };
        column(name, role, Some(kind), &|packet| listed(&cell(packet), is_list))
    };
    let mut stage = column("onset", Role::Other, Some(Kind::Category), &|packet| stage(packet.onset.as_ref()));
    stage.declared.levels = stages(&stage.cells);
    stage.declared.categories_ordered = stage.declared.levels.is_some().then_some(true);
    let mut survival = column("survival", Role::FollowUp, Some(Kind::Number), &|packet| packet.survival.clone());
    survival.declared.unit = Some("days".to_owned());
    let mut age = column("age", Role::Age, None, &|packet| age(packet.seen.as_ref().or(packet.onset.as_ref())));
    age.declared.unit = Some("years".to_owned());
    let mut onset = column("age_at_onset", Role::Age, None, &|packet| age_at_onset(packet));
    onset.declared.unit = Some("years".to_owned());
    // Where no other age is known, the age is that at onset already.
    if onset.cells == age.cells {
        onset.cells.clear();
    }
    let first = vec![
        column("id", Role::CaseId, Some(Kind::Category), &|packet| packet.id.clone()),
        age,
        column("sex", Role::Sex, Some(Kind::Category), &|packet| packet.sex.clone()),
    ];
    let others = [
        onset,
        stage,
        list("diagnosis", Role::Etiology, &|packet| packet.diseases.clone()),
        list("gene", Role::Other, &|packet| packet.genes.clone()),
        list("variant", Role::Other, &|packet| packet.variants.clone()),
        column("vital_status", Role::Outcome, Some(Kind::Category), &|packet| packet.vital_status.clone()),
        survival,
        column("cause_of_death", Role::Other, Some(Kind::Category), &|packet| packet.cause_of_death.clone()),
    ];
    let is_used = |column: &PacketColumn| column.cells.iter().any(|cell| !cell.is_empty());
    first.into_iter().chain(others.into_iter().filter(is_used)).collect()
}

fn listed(items: &[String], is_list: bool) -> String {
    if is_list { items.iter().map(|item| format!("{ITEM}{item}")).collect() } else { items.concat() }
}

/// The text of an age; a stage is none, and a range stays as it is written.
fn age(time: Option<&PacketTime>) -> String {
    match time {
        Some(PacketTime::Age(text) | PacketTime::Range(text)) => text.clone(),
        Some(PacketTime::Stage(_) | PacketTime::Day(_)) | None => String::new(),
    }
}

/// The age at onset, where the age of the case is another one.
fn age_at_onset(packet: &Packet) -> String {
    age(packet.onset.as_ref())
}

fn stage(time: Option<&PacketTime>) -> String {
    match time {
        Some(PacketTime::Stage(stage)) => stage.clone(),
        Some(PacketTime::Age(_) | PacketTime::Range(_) | PacketTime::Day(_)) | None => String::new(),
    }
}

/// The stages that occur in the order of life; none where some stage is not known, nor its place among the others.
fn stages(cells: &[String]) -> Option<Vec<Level>> {
    let found: BTreeSet<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let known = STAGES.iter().filter(|stage| found.iter().any(|cell| cell == *stage));
    let levels: Vec<Level> = known.map(|stage| Level { value: (*stage).to_owned(), label: None }).collect();
    (levels.len() == found.len()).then_some(levels)
}

/// One column a feature: yes, no where it is excluded, blank where it is not listed.
fn features(packets: &[PlacedPacket], columns: &[PacketColumn]) -> Vec<PacketColumn> {
    let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
    for feature in packets.iter().flat_map(|of| &of.packet.features) {
        let label = labels.entry(&feature.id).or_insert(&feature.label);
        *label = (*label).min(&feature.label);
    }
    let mut names: BTreeSet<String> = columns.iter().map(|column| column.declared.header.to_lowercase()).collect();
    let mut sorted: Vec<(&str, &str)> = labels.into_iter().map(|(id, label)| (label, id)).collect();
    sorted.sort_unstable();
    let column = |(label, id): (&str, &str)| {
        // Two terms may have one label.
        let cells: Vec<String> = packets.iter().map(|of| state(&of.packet, id)).collect();
        let cases = cells.iter().filter(|cell| !cell.is_empty()).count();
        let mut parts = vec![NamePart::word(label, cases)];
        let name = if names.insert(label.to_lowercase()) {
            label.to_owned()
        } else {
            parts.push(NamePart::word(id, cases));
            visit_column(label, id)
        };
        names.insert(name.to_lowercase());
        let declared =
            DeclaredVariable { role: Some(Role::Other), kind: Some(Kind::Binary), ..DeclaredVariable::named(&name) };
        PacketColumn { declared, parts, cells }
    };
    sorted.into_iter().map(column).collect()
}

/// A feature that is listed at one time and excluded at another was there.
fn state(packet: &Packet, id: &str) -> String {
    let mut listed = packet.features.iter().filter(|feature| feature.id == id).peekable();
    match (listed.peek().is_some(), listed.any(|feature| !feature.is_excluded)) {
        (false, _) => String::new(),
        (true, true) => "yes".to_owned(),
        (true, false) => "no".to_owned(),
    }
}

/// Features that a packet lists as present and as excluded: they are read as present.
fn contradictions(packets: &[PlacedPacket]) -> Vec<Finding> {
    let mut found = Vec::new();
    for PlacedPacket { packet, file, line } in packets {
        let of = |is_excluded: bool| packet.features.iter().filter(move |feature| feature.is_excluded == is_excluded);
        let excluded: BTreeSet<&str> = of(true).map(|feature| feature.id.as_str()).collect();
        let both: BTreeMap<&str, &str> = of(false)
            .filter(|feature| excluded.contains(feature.id.as_str()))
            .map(|feature| (feature.id.as_str(), feature.label.as_str()))
            .collect();
        for label in both.into_values() {
            let message = "this feature is listed as present and as excluded: it is read as present";
            let place = SourceLocation::file(file.clone()).at(FilePosition::Line((*line).into()));
            let place = SourceLocation { case: Some(CaseName::Id(packet.id.clone())), ..place };
            let finding = Finding::new(FindingId::FeatureContradicted, message).at(place).value(label);
            found.push(finding.remedy("remove one of the two, or tell them apart by their times"));
        }
    }
    found
}

fn treatments(packets: &[PlacedPacket]) -> Option<ComposedTable> {
    let rows = packets.iter().flat_map(|of| {
        (1_usize..).zip(&of.packet.actions).map(move |(line, action)| {
            let action = action.clone();
            (
                of,
                vec![
                    of.packet.id.clone(),
                    line.to_string(),
                    action.agent,
                    action.dose,
                    action.frequency,
                    action.route,
                    action.response,
                ],
            )
        })
    });
    let names = ["id", "line", "agent", "dose", "frequency", "route", "response"];
    packets.iter().any(|of| !of.packet.actions.is_empty()).then(|| table(names.map(of_name).to_vec(), rows))
}

/// What a column has of a measurement.
type Of<'f> = &'f dyn Fn(&PacketMeasurement) -> &String;

/// The measurements; of the columns that are not always there only those that some measurement has.
fn labs(packets: &[PlacedPacket]) -> Option<ComposedTable> {
    let all = || packets.iter().flat_map(|of| of.packet.measurements.iter().map(move |one| (of, one)));
    let is_used = |cell: Of<'_>| all().any(|(_, one)| !cell(one).is_empty());
    let has_days = is_used(&|one| &one.day);
    let columns: [(&str, bool, Of<'_>); 7] = [
        ("test", true, &|one| &one.test),
        ("value", true, &|one| &one.value),
        ("unit", true, &|one| &one.unit),
        ("date", has_days, &|one| &one.day),
        ("age at measurement", !has_days && is_used(&|one| &one.age), &|one| &one.age),
        ("low", is_used(&|one| &one.low), &|one| &one.low),
        ("high", is_used(&|one| &one.high), &|one| &one.high),
    ];
    let used = || columns.iter().filter(|(_, is_used, _)| *is_used);
    let cells = |(of, one): (_, &PacketMeasurement)| {
        let of: &PlacedPacket = of;
        (of, std::iter::once(of.packet.id.clone()).chain(used().map(|(.., cell)| cell(one).clone())).collect())
    };
    let names = std::iter::once("id").chain(used().map(|(name, ..)| *name)).map(of_name).collect();
    all().next().is_some().then(|| table(names, all().map(cells)))
}

fn note(packets: &[PlacedPacket], others: &[String]) -> Finding {
    let mut message = format!("phenopackets: {}", counted(packets.len(), "case"));
    let is_onset = |of: &&PlacedPacket| of.packet.seen.is_none() && !age(of.packet.onset.as_ref()).is_empty();
    let at_onset = packets.iter().filter(is_onset).count();
    if at_onset > 0 {
        message.push_str(&format!(
            "; the age of {at_onset} of them is that at onset, since none at the last encounter is stated"
        ));
    }
    let unread: BTreeSet<&str> = packets.iter().flat_map(|of| of.packet.unread.iter().copied()).collect();
    let unread: Vec<&str> = unread.into_iter().chain(others.iter().map(String::as_str)).collect();
    if !unread.is_empty() {
        let shown: Vec<&str> = unread.iter().copied().take(SHOWN).collect();
        message.push_str(&format!("; not read: {}", first_names(&shown, unread.len() as u64)));
    }
    Finding::new(FindingId::Phenopacket, message)
}
