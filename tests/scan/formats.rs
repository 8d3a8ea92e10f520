//! The same manuscript in every format that is read, and documents that are made to do harm.

use super::items;
use crate::support::run;
use serde_json::Value;
use std::io::Write;
use std::path::Path;

/// A paragraph with one wrong percentage, and a table with another one.
const MARKDOWN: &str =
    "# Results\n\nWe saw 50 children; 36 (70%) had fever [3].\n\n| | All (n = 50) |\n|---|---|\n| Rash | 18 (38%) |\n";
const HTML: &str = "<!DOCTYPE html><html><head><title>Draft</title><script>var a = '6 of 5 patients';</script></head><body>\
    <h2>Results</h2><p>We saw 50 children; <b>36</b> (70&#37;) had fever [3].</p><table><tr><td></td><th>All (n&nbsp;=\
     50)</th></tr><tr><td>Rash</td><td>18 (38%)</td></tr></table></body></html>";
const JATS: &str = "<?xml version=\"1.0\"?><article><body><sec><title>Results</title><p>We saw 50 children; 36 (70%) had fever \
    <xref ref-type=\"bibr\" rid=\"B3\">3</xref>.</p><table-wrap><label>Table 1</label><table><tr><td/><td>All (n = 50)</td>\
    </tr><tr><td>Rash</td><td>18 (38%)</td></tr></table></table-wrap></sec></body><back><ref-list><ref>6 of 5 patients</ref>\
    </ref-list></back></article>";
const LATEX: &str = "\\documentclass{article}\n\\begin{document}\n\\section{Results}\nWe saw 50 children; 36 (70\\%) had fever \
    \\cite{b3}. % 6 of 5 patients\n\n\\begin{tabular}{lr}\n & All ($n = 50$) \\\\\n\\midrule\nRash & 18 (38\\%) \\\\\n\
    \\end{tabular}\n\\end{document}\n";
const WORD: &str = "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>\
    <w:r><w:t>Results</w:t></w:r></w:p><w:p><w:r><w:t>We saw 50 children; 3</w:t></w:r><w:r><w:t xml:space=\"preserve\">6 (70%)\
     had fever.</w:t></w:r><w:del><w:r><w:delText>6 of 5 patients</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc>\
    <w:tc><w:p><w:r><w:t>All (n = 50)</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Rash</w:t></w:r></w:p></w:tc>\
    <w:tc><w:p><w:r><w:t>18 (38%)</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";

const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A docx of these parts of the folder `word`: the name, the end of the content type, the XML.
fn package(parts: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
        archive.start_file(name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("a part");
    };
    let kind = |(name, kind, _): &(&str, &str, &str)| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{KIND}.{kind}+xml\"/>")
    };
    add("[Content_Types].xml", &format!("<Types>{}</Types>", parts.iter().map(kind).collect::<String>()));
    parts.iter().for_each(|(name, _, text)| add(&format!("word/{name}.xml"), text));
    archive.finish().expect("an archive").into_inner()
}

/// A docx with this main part.
fn docx(main: &str) -> Vec<u8> {
    package(&[("document", "document.main", main)])
}

/// A docx whose paragraphs are the lines of a text without markup.
pub fn docx_of(text: &str) -> Vec<u8> {
    let plain = text.replace(['<', '>', '&'], " ");
    let paragraphs = plain.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"));
    docx(&format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>",
        paragraphs.collect::<String>()
    ))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a manuscript");
    path.to_string_lossy().into_owned()
}

#[test]
fn every_format_is_scanned_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    let word = docx(WORD);
    for (name, bytes) in [
        ("a.md", MARKDOWN.as_bytes()),
        ("a.html", HTML.as_bytes()),
        ("a.xml", JATS.as_bytes()),
        ("a.tex", LATEX.as_bytes()),
        ("a.docx", &word),
    ] {
        let output = run(&["scan", &write(folder.path(), name, bytes), "--json"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        let scan: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|fault| panic!("{name}: {fault} {stderr}"));
        let found: Vec<&str> =
            items(&scan, "impossible").iter().map(|item| item["printed"].as_str().expect("a text")).collect();
        assert_eq!((found, output.status.code()), (vec!["36 (70%)", "18 (38%)"], Some(1)), "{name}: {scan:#}");
        let cell = &items(&scan, "impossible")[1]["cell"];
        assert_eq!((&cell["table"], &cell["row"], &cell["column"]), (&1.into(), &2.into(), &2.into()), "{name}");
    }
}

#[test]
fn documents_made_to_do_harm_are_refused_or_read_within_bounds() {
    let folder = tempfile::tempdir().expect("a folder");
    let entities = "<!DOCTYPE a [<!ENTITY a \"ha ha ha\"><!ENTITY b \"&a;&a;&a;\">]><article><p>&b;&b; 6 of 5 patients</p></article>";
    let output = run(&["scan", &write(folder.path(), "bomb.xml", entities.as_bytes())]);
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{stdout}");
    assert!(stdout.contains("6 of 5") && !stdout.contains("ha ha"), "{stdout}");
    let long = format!("<w:document><w:p><w:t>{}</w:t></w:p></w:document>", "a".repeat(20 << 20));
    let head = entities.split_once("<article>").expect("a head").0;
    // A docx that unpacks to a thousand times its size.
    let spaces = format!("<w:document>{}</w:document>", " ".repeat(65 << 20));
    for (name, bytes, wanted) in [
        ("long.docx", docx(&long), "a paragraph is longer than 1048576 characters"),
        ("bomb.docx", docx(&spaces), "are larger than 64 MiB"),
        ("entity.docx", docx(&format!("{head}<w:p><w:t>&b;</w:t></w:p>")), "the entity 'b'"),
        ("cut.docx", docx(WORD)[..200].to_vec(), "not a Word document, or damaged"),
        ("not.docx", b"no archive".to_vec(), "not a Word document, or damaged"),
        ("paper.txt", b"%PDF-1.7 and more".to_vec(), "'paper.txt' is a PDF"),
    ] {
        refused(folder.path(), name, &bytes, wanted);
    }
}

fn refused(folder: &Path, name: &str, bytes: &[u8], wanted: &str) {
    let path = write(folder, name, bytes);
    let output = run(&["scan", &path]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{name}: {stderr}");
    assert!(stderr.contains(wanted) && stderr.contains("help: "), "{name}: {stderr}");
    if bytes.starts_with(b"PK") {
        // Both commands read a document alike, and refuse it in the same words.
        let fill = run(&["fill", &path, "--example"]);
        assert_eq!(String::from_utf8_lossy(&fill.stderr), stderr, "{name}");
    }
}

/// Notes are part of the text; running heads, and what is there again for old programs, are not.
#[test]
fn notes_of_a_word_document_are_scanned_and_every_text_once() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let boxed = paragraph("Rash was seen in 7 of 5 patients.");
    let body = format!(
        "<w:document>{}<mc:AlternateContent><mc:Choice>{boxed}</mc:Choice><mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:document>",
        paragraph("Fever was seen in 4 of 5 patients.")
    );
    let (notes, head) = (paragraph("Pain was seen in 6 of 5 patients."), paragraph("9 of 5 patients"));
    let bytes = package(&[
        ("document", "document.main", &body),
        ("footnotes", "footnotes", &format!("<w:footnotes>{notes}</w:footnotes>")),
        ("header1", "header", &format!("<w:hdr>{head}</w:hdr>")),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    // A document is known by its first bytes, whatever its name.
    for name in ["a.docx", "a"] {
        let output = run(&["scan", &write(folder.path(), name, &bytes), "--json"]);
        let scan: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let found: Vec<&Value> = items(&scan, "impossible").iter().map(|item| &item["printed"]).collect();
        assert_eq!(found, ["7 of 5", "6 of 5"], "{scan:#}");
    }
}

/// Two groups with a merged head each, in html; the same in LaTeX and as a Word document.
#[test]
fn the_columns_under_a_merged_head_are_of_its_group() {
    let html = "<table><tr><th rowspan=\"2\">Variable</th><th colspan=\"2\">Group A (n=20)</th><th colspan=\"2\">Group B (n=22)</th>\
                </tr><tr><th>n</th><th>%</th><th>n</th><th>%</th></tr><tr><td>Men</td><td>12</td><td>60</td><td>14</td><td>64</td></tr>\
                <tr><td>Women</td><td>8</td><td>40</td><td>8</td><td>36</td></tr></table>";
    let latex = "\\begin{tabular}{lrrrr}\n & \\multicolumn{2}{c}{Group A (n=20)} & \\multicolumn{2}{c}{Group B (n=22)} \\\\\n\\cmidrule(lr){2-3}\n\
                 & n & \\% & n & \\% \\\\\nMen & 12 & 60 & 14 & 64 \\\\\nWomen & 8 & 40 & 8 & 36 \\\\\n\\end{tabular}\n";
    let cell = |text: &str, columns: u32| {
        format!(
            "<w:tc><w:tcPr><w:gridSpan w:val=\"{columns}\"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )
    };
    let row = |cells: &[(&str, u32)]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|(text, columns)| cell(text, *columns)).collect::<String>())
    };
    let rows = [
        row(&[("Variable", 1), ("Group A (n=20)", 2), ("Group B (n=22)", 2)]),
        row(&[("", 1), ("n", 1), ("%", 1), ("n", 1), ("%", 1)]),
        row(&[("Men", 1), ("12", 1), ("60", 1), ("14", 1), ("64", 1)]),
        row(&[("Women", 1), ("8", 1), ("40", 1), ("8", 1), ("36", 1)]),
    ];
    let word =
        docx(&format!("<w:document xmlns:w=\"w\"><w:body><w:tbl>{}</w:tbl></w:body></w:document>", rows.concat()));
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = |text: &str| text.replace("36</t", "40</t").replace("& 36", "& 40");
    for (name, right, changed) in [
        ("a.html", html.as_bytes().to_vec(), wrong(html).into_bytes()),
        ("a.tex", latex.as_bytes().to_vec(), wrong(latex).into_bytes()),
        ("a.docx", word, Vec::new()),
    ] {
        let scan = |bytes: &[u8]| -> Value {
            let output = run(&["scan", &write(folder.path(), name, bytes), "--json"]);
            serde_json::from_slice(&output.stdout).expect("JSON")
        };
        let found = scan(&right);
        let alarms = [items(&found, "impossible"), items(&found, "conditional")].concat();
        assert!(alarms.is_empty() && items(&found, "consistent").len() >= 4, "{name}: {found:#}");
        if !changed.is_empty() {
            // 8 of 22 is 36 %; 40 % would be of the 20 of the other group.
            let found = scan(&changed);
            let alarms = [items(&found, "impossible"), items(&found, "conditional")].concat();
            assert!(alarms.len() == 1 && alarms[0]["cell"]["column"] == 5, "{name}: {found:#}");
        }
    }
}
