//! Phenopackets, of a file or of a folder.

use super::related::{OpenTable, TableFile};
use crate::cohort::relate::phenopackets::{Patients, PlacedPacket, patients};
use crate::diagnostic::Finding;
use crate::error::Error;
use crate::read::phenopackets::{PacketFiles, packet_files};
use crate::read::{ComposedTable, Inputs, name_of};
use crate::schema::table_schema::DeclaredVariable;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What came of phenopackets.
pub struct Packets {
    /// The inputs, with one record a case.
    pub inputs: Inputs,
    /// Their treatments and measurements.
    pub tables: Vec<OpenTable>,
    /// What the columns are.
    pub declared: Vec<DeclaredVariable>,
    /// What is said of it.
    pub notes: Vec<Finding>,
    /// The files that were read.
    pub paths: Vec<PathBuf>,
}

/// Reads phenopackets; none where the path is neither a file nor a folder of them.
///
/// Errors: those of [`packet_files`].
pub fn phenopackets(path: &Path) -> Result<Option<Packets>, Error> {
    let Some(PacketFiles { files, others }) = packet_files(path)? else { return Ok(None) };
    let (mut bytes, mut placed, mut paths) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let name: Arc<str> = name_of(&file.path).into();
        bytes.extend_from_slice(file.text.as_bytes());
        paths.push(file.path);
        let of_file = file.packets.into_iter();
        placed.extend(of_file.map(|(packet, line)| PlacedPacket { packet, file: name.clone(), line }));
    }
    let Patients { cases, declared, treatments, labs, notes } = patients(&placed, &others);
    let name = name_of(path);
    let table = |(role, table): (&str, Option<ComposedTable>)| {
        table.map(|table| (TableFile::new(role, path), Inputs::of_bytes(&name, Vec::new()).composed(table)))
    };
    let tables = [("treatments", treatments), ("labs", labs)].into_iter().filter_map(table).collect();
    Ok(Some(Packets { inputs: Inputs::of_bytes(&name, bytes).composed(cases), tables, declared, notes, paths }))
}
