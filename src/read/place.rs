//! Where a block is in a file that can be read again.

use super::held_file::HeldFile;
use std::sync::Arc;

/// Where a block of CSV begins in a file that can be read again from there.
#[derive(Debug, Clone)]
pub struct BlockPlace {
    pub(super) file: Arc<HeldFile>,
    pub(super) at: u64,
    pub(super) delimiter: u8,
}

impl BlockPlace {
    /// This place of a file whose cells this byte separates.
    pub(super) fn new(file: Arc<HeldFile>, at: u64, delimiter: u8) -> BlockPlace {
        BlockPlace { file, at, delimiter }
    }
}
