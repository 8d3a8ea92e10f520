//! Files of other programs, told by their first bytes.

/// First bytes of a package: a workbook (xlsx, ods), a Word document, a zip archive.
pub const ZIP: &[u8] = b"PK\x03\x04";
/// First bytes of a compound file: an old workbook (xls), or a protected new one.
pub const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

/// Bytes that are looked at for a mark inside the file.
const LOOKED_AT: usize = 4096;
const SAVE_AS_CSV: &str = "open it in the spreadsheet program and save the sheet as \"CSV UTF-8\"";
const EXPORT: &str = "export the table as CSV";
/// The lines of R keep the labels of the values.
const SPSS: &str = "in R: write.csv(haven::as_factor(haven::read_sav(\"FILE\")), \"cases.csv\", row.names = FALSE); or in SPSS: File, Save As, \"CSV\", with value labels";
const STATA: &str = "in R: write.csv(haven::as_factor(haven::read_dta(\"FILE\")), \"cases.csv\", row.names = FALSE); or in Stata: export delimited using cases.csv";
const SAS: &str = "in R: write.csv(haven::read_xpt(\"FILE\"), \"cases.csv\", row.names = FALSE), or read_sas for sas7bdat; or in SAS: proc export data=NAME outfile='cases.csv' dbms=csv";
const GZIP: &str = "unpack it first: gunzip -c FILE | calc-series summarize -; of R: write.csv(readRDS(\"FILE\"), \"cases.csv\", row.names = FALSE)";

/// First bytes, the name of the format, and what to do.
const FORMATS: [(&[u8], &str, &str); 22] = [
    (COMPOUND, "an old workbook (xls)", SAVE_AS_CSV),
    (b"\x1F\x8B", "gzip data, or an object of R (rds)", GZIP),
    (b"BZh", "bzip2 data", "unpack it first: bunzip2 -c FILE | calc-series summarize -"),
    (b"\xFD7zXZ", "xz data", "unpack it first: xz -dc FILE | calc-series summarize -"),
    (b"\x28\xB5\x2F\xFD", "zstd data", "unpack it first: zstd -dc FILE | calc-series summarize -"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it first"),
    (b"%PDF", "a PDF", "export the table behind it as CSV"),
    (b"{\\rtf", "an RTF document", "save the table in it as CSV"),
    (b"SQLite format 3", "an SQLite database", EXPORT),
    (b"$FL2", "an SPSS file (sav)", SPSS),
    (b"$FL3", "an SPSS file (zsav)", SPSS),
    (b"<stata_dta>", "a Stata file (dta)", STATA),
    (b"HEADER RECORD*******", "a SAS transport file (xpt)", SAS),
    (SAS_DATA, "a SAS data set (sas7bdat)", SAS),
    (b"RDX2\n", "an R workspace (RData)", "in R: write.csv(NAME, \"cases.csv\", row.names = FALSE)"),
    (b"RDX3\n", "an R workspace (RData)", "in R: write.csv(NAME, \"cases.csv\", row.names = FALSE)"),
    (b"PAR1", "a Parquet file", EXPORT),
    (b"ARROW1", "a Feather file", EXPORT),
    (b"FEA1", "a Feather file", EXPORT),
    (b"\x89HDF", "an HDF5 file", EXPORT),
    (b"\x00\x01\x00\x00Standard", "an Access database", EXPORT),
    (b"\x89PNG", "a picture", "type the table in it as CSV"),
];

const SAS_DATA: &[u8] =
    b"\0\0\0\0\0\0\0\0\0\0\0\0\xC2\xEA\x81\x60\xB3\x14\x11\xCF\xBD\x92\x08\x00\x09\xC7\x31\x8C\x18\x1F\x10\x11";

/// The format of a file of another program and what to do; none where the bytes may be CSV or JSON.
pub fn other_format(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let has = |mark: &[u8]| {
        let looked_at = head.get(..head.len().min(LOOKED_AT)).unwrap_or_default();
        memchr::memmem::find(looked_at, mark).is_some()
    };
    if head.starts_with(ZIP) {
        return Some(match () {
            () if has(b"opendocument.spreadsheet") => ("a workbook (ods)", SAVE_AS_CSV),
            () if has(b"xl/") || has(b"[Content_Types].xml") => ("a workbook (xlsx)", SAVE_AS_CSV),
            () if has(b"word/") => ("a Word document", "save the table in it as CSV"),
            () => ("a zip archive or a workbook (xlsx, ods)", SAVE_AS_CSV),
        });
    }
    if is_old_stata(head) {
        return Some(("a Stata file (dta)", STATA));
    }
    if has(b"SPSSPORT") {
        return Some(("an SPSS portable file (por)", SPSS));
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"<") {
        return Some(match () {
            () if has(b"<ODM") => {
                ("a CDISC ODM document, as REDCap exports it", "export the records as CSV (raw data)")
            }
            () if has(b"schemas-microsoft-com:office:spreadsheet") => ("an XML workbook", SAVE_AS_CSV),
            () if text.starts_with(b"<stata_dta>") => ("a Stata file (dta)", STATA),
            () => ("HTML or XML", EXPORT),
        });
    }
    FORMATS.iter().find(|(magic, ..)| head.starts_with(magic)).map(|(_, name, remedy)| (*name, *remedy))
}

/// Stata before version 13: the version, the order of bytes, 1 and 0.
fn is_old_stata(head: &[u8]) -> bool {
    matches!(head, [0x66..=0x73, 1 | 2, 1, 0, ..])
}

#[cfg(test)]
mod tests {
    use super::other_format;

    #[test]
    fn files_of_other_programs_are_named() {
        for (head, name) in [
            (&b"PK\x03\x04\x14\0....[Content_Types].xml"[..], "a workbook (xlsx)"),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a workbook (ods)"),
            (b"PK\x03\x04", "a zip archive or a workbook (xlsx, ods)"),
            (b"<stata_dta><header>", "a Stata file (dta)"),
            (b"\x72\x02\x01\x00\x05", "a Stata file (dta)"),
            (b"$FL2@(#) SPSS", "an SPSS file (sav)"),
            (super::SAS_DATA, "a SAS data set (sas7bdat)"),
            (b"HEADER RECORD*******LIBRARY", "a SAS transport file (xpt)"),
            (b"<?xml version='1.0'?><ODM>", "a CDISC ODM document, as REDCap exports it"),
            (b"<html>", "HTML or XML"),
        ] {
            assert_eq!(other_format(head).map(|(name, _)| name), Some(name));
        }
        for head in [&b"id,age\n"[..], b"rs\x01id", b"", b"PAT,age\n"] {
            assert_eq!(other_format(head), None);
        }
    }
}
