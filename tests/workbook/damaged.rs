//! Files that are cut off, changed, encrypted or made to exhaust the reader: refused, or read, and always with an end.

use super::{package, ran, rows, sheet_xml, text_row};
use crate::support::{file, root};
use std::path::Path;

fn refused(bytes: &[u8], parts: &[&str]) {
    let (_folder, path) = file("series.xlsx", bytes);
    let ran = ran("summarize", &path, &[]);
    assert_eq!(ran.code, Some(2), "{} {}", ran.stdout, ran.stderr);
    for part in parts {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

/// Runs the program on bytes; it ends, and says nothing of itself.
fn ends(bytes: &[u8]) {
    let (_folder, path) = file("series.xlsx", bytes);
    let code = ran("summarize", &path, &[]).code;
    assert!(matches!(code, Some(0 | 2)), "{code:?}");
}

fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn cut_off_and_changed_files_are_refused_or_read() {
    let (_folder, xlsx) = rows("case_id|age|sex\nP1|6|F\nP2|7|M");
    let files = root().join("tests/files");
    for path in [xlsx, files.join("five.ods"), files.join("five.xls")] {
        let whole = bytes_of(&path);
        for part in 1..12 {
            ends(&whole[..whole.len() * part / 12]);
            let mut changed = whole.clone();
            for at in 0..8 {
                let position = (part * 7919 + at * 104_729) % changed.len();
                changed[position] ^= 0x55;
            }
            ends(&changed);
        }
    }
    refused(
        &bytes_of(&root().join("tests/files/five.ods"))[..9000],
        &["error[workbook-damaged]: the workbook is damaged or cut off"],
    );
}

#[test]
fn every_bit_of_the_records_of_an_old_workbook_may_be_changed() {
    let whole = bytes_of(&root().join("tests/files/five.xls"));
    for seed in 0..40_usize {
        let mut changed = whole.clone();
        for at in 0..30 {
            let position = 512 + (seed * 15_485_863 + at * 32_452_843) % (changed.len() - 512);
            changed[position] = changed[position].wrapping_add(1 + (seed + at) as u8);
        }
        ends(&changed);
    }
}

#[test]
fn what_no_spreadsheet_program_writes_is_refused() {
    let header = text_row(1, &["case_id", "age"]);
    for (rows, part) in [
        ("<row r=\"2\"><c t=\"s\"><v>7</v></c></row>", "error[cell-error]: the content of this cell is damaged"),
        ("<row r=\"2\"><c t=\"s\"><v>x</v></c><c><v>1</v></c></row>", "error[cell-error]"),
        ("<row r=\"2\"><c t=\"n\"><v>nan</v></c><c><v>1</v></c></row>", "error[cell-error]"),
        ("<row r=\"2\"><c r=\"A9\"><v>1</v></c></row>", "error[workbook-damaged]"),
        ("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>", "not in order"),
        ("<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"/>", "row 2 follows row 2"),
        ("<row r=\"2000000\"><c><v>1</v></c></row>", "error[workbook-damaged]"),
        ("<row r=\"2\"><c t=\"str\"><v>P1</v></c><c><f>1+1</f></c></row>", "error[formula-without-result]"),
        ("<row r=\"2\"><c t=\"str\"><v>a&lol9;</v></c></row>", "unknown entity &lol9;"),
        ("<row r=\"2\"><c t=\"str\"><v>a_x001F_b</v></c></row>", "error[cell-error]"),
        ("<row r=\"2\"><c", "error[workbook-damaged]"),
    ] {
        refused(&package(&[("xl/worksheets/sheet1.xml", &sheet_xml(&format!("{header}{rows}")))]), &[part]);
    }
    let saved = package(&[(
        "xl/worksheets/sheet1.xml",
        &sheet_xml(&format!("{header}<row r=\"2\"><c t=\"str\"><v>P1</v></c><c><f>1+1</f></c></row>")),
    )]);
    refused(&saved, &["series.xlsx Patients!B2, column age", "open the file in Excel or LibreOffice and save it once"]);
}

#[test]
fn bombs_do_not_exhaust_the_memory() {
    let entities = r#"<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;">]>"#;
    let rows = format!("{}<row r=\"2\"><c t=\"str\"><v>&lol2;</v></c></row>", text_row(1, &["case_id", "age"]));
    refused(
        &package(&[("xl/worksheets/sheet1.xml", &format!("{entities}{}", sheet_xml(&rows)))]),
        &["unknown entity &lol2;"],
    );
    // A text of 32 MiB in a package of 32 KiB, and a stated number of texts that no memory holds.
    let long = format!(
        "{}<row r=\"2\"><c t=\"str\"><v>{}</v></c></row>",
        text_row(1, &["case_id", "age"]),
        "x".repeat(1 << 25)
    );
    refused(
        &package(&[("xl/worksheets/sheet1.xml", &sheet_xml(&long))]),
        &["error[workbook-too-large]: the workbook is too large to be read: one cell of it is longer than 16 MiB"],
    );
    let stated = r#"<sst uniqueCount="999999999999"><si><t>case_id</t></si><si><t>age</t></si></sst>"#;
    let rows = r#"<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="2"><c t="str"><v>P1</v></c><c><v>5</v></c></row>"#;
    let (_folder, path) = file(
        "series.xlsx",
        package(&[("xl/sharedStrings.xml", stated), ("xl/worksheets/sheet1.xml", &sheet_xml(rows))]),
    );
    assert_eq!(ran("get", &path, &["age.mean"]).stdout, "5.0\n");
}

#[test]
fn protected_workbooks_and_other_packages_are_named() {
    let mut compound = vec![0_u8; 512 * 4];
    compound[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    compound[0x1E] = 9;
    compound[0x30] = 1;
    compound[0x3C..0x48].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]);
    // One sector lists the sectors: itself, and the directory that is one sector.
    compound[0x50..0x200].fill(0xFF);
    compound[512..520].copy_from_slice(&[0xFD, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF]);
    for (at, unit) in "EncryptedPackage\0".encode_utf16().enumerate() {
        compound[1024 + at * 2..1026 + at * 2].copy_from_slice(&unit.to_le_bytes());
    }
    (compound[1024 + 0x40], compound[1024 + 0x42]) = (34, 2);
    refused(&compound, &["error[workbook-protected]: the workbook is protected by a password"]);
    let manifest = r#"<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"#;
    let parts = [
        ("_rels/.rels", "<Relationships/>"),
        ("xl/workbook.xml", ""),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts.iter().skip(2) {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    refused(&archive.finish().unwrap().into_inner(), &["error[workbook-protected]"]);
}
