//! GA4GH phenopackets: a folder of files, an array, JSON lines, a cohort, a family.
//!
//! Names are in camel case or in snake case, and what has its default value is left out.
//! Source: <https://phenopacket-schema.readthedocs.io>, versions 1 and 2.

mod action;
mod files;
mod packet;
mod time;
mod value;

pub use files::{PacketFiles, packet_files};
pub use packet::{Packet, PacketMeasurement};
pub use time::PacketTime;
