//! How inputs are to be read.

/// Properties of the inputs that the user states, and the number of bytes read at a time.
///
/// ```
/// # fn main() -> Result<(), calc_series::Error> {
/// use calc_series::{Inputs, ReadOptions};
///
/// let mut options = ReadOptions::default();
/// options.delimiter = Some(b',');
/// Inputs::open(&["data/cutaneous-calcinosis-2021/cases.csv"], &options)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The delimiter; detected where none is given.
    pub delimiter: Option<u8>,
    /// The label of the encoding; UTF-8 where none is given.
    pub encoding: Option<String>,
    /// Columns whose cells may contain lines that look like records.
    pub multiline: Vec<String>,
    /// The file is a data dictionary of REDCap, whose rows are no cases.
    pub(crate) is_dictionary: bool,
    /// The rows belong to cases of another table: the options of the command line are not about this one.
    pub(crate) is_related: bool,
    /// The physical line of the column names; found where none is given.
    pub header_row: Option<u64>,
    /// The sheet of a workbook; found where none is given.
    pub sheet: Option<String>,
    /// Further sheets with the columns of that one, whose rows belong to the same cohort.
    pub(crate) more_sheets: Vec<String>,
    /// The last row of a workbook that is read.
    pub last_row: Option<u64>,
    /// Bytes read at a time.
    pub block_size: usize,
    /// Bytes of the longest row of CSV; a longer one is refused.
    pub longest_row: usize,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        // Blocks of half a MiB: small enough for the cache of a core, large enough that threads seldom wait for each
        // other.
        ReadOptions {
            delimiter: None,
            encoding: None,
            multiline: Vec::new(),
            is_dictionary: false,
            is_related: false,
            header_row: None,
            sheet: None,
            more_sheets: Vec::new(),
            last_row: None,
            block_size: 1 << 19,
            longest_row: 64 << 20,
        }
    }
}
