//! Manuscripts in Word: split placeholders, every part of the text, nothing else changed, faults with their place.

use crate::support::{file, parts, run};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::process::Output;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A document of these parts; the content type of each is the last word of its name.
fn document(content: &[(&str, &str)]) -> Vec<u8> {
    let of = |name: &str| match name {
        "document" => "document.main+xml",
        "footnotes1" => "footnotes+xml",
        "header1" => "header+xml",
        "footer1" => "footer+xml",
        "comments" => "comments+xml",
        other => panic!("{other}"),
    };
    let types: String = content
        .iter()
        .map(|(name, _)| format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{MAIN}.{}\"/>", of(name)))
        .collect();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let time = DateTime::from_date_and_time(2019, 5, 6, 7, 8, 10).unwrap();
    let options = SimpleFileOptions::default().last_modified_time(time);
    let mut add = |name: &str, bytes: &[u8], options| {
        archive.start_file(name, options).unwrap();
        archive.write_all(bytes).unwrap();
    };
    add("[Content_Types].xml", format!("<Types>{types}</Types>").as_bytes(), options);
    add("word/media/image1.png", &[0, 1, 2, 3, 0xff], options.compression_method(CompressionMethod::Stored));
    for (name, xml) in content {
        add(&format!("word/{name}.xml"), xml.as_bytes(), options);
    }
    archive.finish().unwrap().into_inner()
}

fn body(paragraphs: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<w:document xmlns:w=\"w\" xmlns:m=\"m\"><w:body>{paragraphs}<w:sectPr/></w:body></w:document>"
    )
}

/// The document of one paragraph with these runs, filled in.
fn filled_paragraph(runs: &str) -> String {
    let xml = String::from_utf8(
        filled(&document(&[("document", &body(&format!("<w:p>{runs}</w:p>")))])).remove("word/document.xml").unwrap(),
    )
    .unwrap();
    let paragraph = xml.split("<w:p>").nth(1).unwrap();
    paragraph.split("</w:p>").next().unwrap().to_owned()
}

fn fill(draft: &[u8], options: &[&str]) -> (Output, Vec<u8>) {
    let (folder, path) = file("draft.docx", draft);
    let target = folder.path().join("final.docx");
    let (path, to) = (path.to_string_lossy().into_owned(), target.to_string_lossy().into_owned());
    let output = run(&[&["fill", &path, "--example", "-o", &to], options].concat());
    (output, std::fs::read(target).unwrap_or_default())
}

/// The parts of a filled document.
fn filled(draft: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let (output, bytes) = fill(draft, &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    parts(&bytes)
}

#[test]
fn a_placeholder_that_word_split_is_filled_in_with_the_format_of_its_first_character() {
    for (runs, expected) in [
        ("<w:r><w:t>aged {{ age.mean }} years</w:t></w:r>", "<w:r><w:t>aged 5.9 years</w:t></w:r>"),
        (
            "<w:r><w:t>aged </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t>{ age.</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>mean }} years</w:t></w:r>",
            "<w:r><w:t>aged </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>5.9</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t></w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> years</w:t></w:r>",
        ),
        // A tag that keeps spaces, or has attributes, is left as it is.
        (
            "<w:r><w:t xml:space=\"preserve\"> {{ cases }} </w:t></w:r>",
            "<w:r><w:t xml:space=\"preserve\"> 5 </w:t></w:r>",
        ),
        // A space that Word does not show is not made visible.
        ("<w:r><w:t> {{ cases }}</w:t></w:r>", "<w:r><w:t> 5</w:t></w:r>"),
        ("<w:r><w:t>{{cases}}{{age.mean}}; {{cases}}</w:t></w:r>", "<w:r><w:t>55.9; 5</w:t></w:r>"),
        ("<w:r><w:t>{{ age.mean | where age &lt; 10 }}</w:t></w:r>", "<w:r><w:t>4.9</w:t></w:r>"),
        ("<w:r><w:t>{{ ana_titer.max }} &amp; more</w:t></w:r>", "<w:r><w:t>&gt;1280 &amp; more</w:t></w:r>"),
        ("<w:r><w:t>{{ cases | where sex = ‘female’ }} ‘x’</w:t></w:r>", "<w:r><w:t>5 ‘x’</w:t></w:r>"),
        ("<w:r><w:t>{{ cases | where\u{a0}age &lt;= 6 }}</w:t></w:r>", "<w:r><w:t>4</w:t></w:r>"),
        ("<w:r><w:t>{{{{ literally }} \\{{cases}}</w:t></w:r>", "<w:r><w:t>{{ literally }} \\5</w:t></w:r>"),
        ("<m:oMath><m:r><m:t>{{ cases }}</m:t></m:r></m:oMath>", "<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>"),
        ("<w:ins><w:r><w:t>{{ cases }}</w:t></w:r></w:ins>", "<w:ins><w:r><w:t>5</w:t></w:r></w:ins>"),
        (
            "<w:moveFrom><w:r><w:t>{{ no }}</w:t></w:r></w:moveFrom><w:r><w:t>{{ cases }}</w:t></w:r>",
            "<w:moveFrom><w:r><w:t>{{ no }}</w:t></w:r></w:moveFrom><w:r><w:t>5</w:t></w:r>",
        ),
    ] {
        assert_eq!(filled_paragraph(runs), expected, "{runs}");
    }
}

const FOOTNOTES: &str = "<w:footnotes xmlns:w=\"w\"><w:footnote><w:p><w:r><w:t>n = {{ cases }}</w:t></w:r></w:p></w:footnote></w:footnotes>";
const HEADER: &str = "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>no number</w:t></w:r></w:p></w:hdr>";
const FOOTER: &str = "<x:ftr xmlns:x=\"w\"><x:p><x:r><x:t>{{ cases }}</x:t></x:r></x:p></x:ftr>";
const COMMENTS: &str = "<w:comments xmlns:w=\"w\"><w:p><w:r><w:t>use {{ cases }}</w:t></w:r></w:p></w:comments>";

/// A table, and a text box in a paragraph, once for new programs and once for old ones.
fn whole() -> Vec<u8> {
    let cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{ age.mean }}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let boxed = "<w:txbxContent><w:p><w:r><w:t>{{ cases }}</w:t></w:r></w:p></w:txbxContent>";
    let text_box = format!(
        "<w:p><w:r><w:t>of {{{{ ca</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice><mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>ses }}}}</w:t></w:r></w:p>"
    );
    document(&[
        ("document", &body(&format!("{cell}{text_box}"))),
        ("footnotes1", FOOTNOTES),
        ("header1", HEADER),
        ("footer1", FOOTER),
        ("comments", COMMENTS),
    ])
}

#[test]
fn every_part_of_the_text_is_filled_in_and_nothing_else_is_touched() {
    let draft = whole();
    let (output, bytes) = fill(&draft, &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("warning[draft-part]: two braces in word/comments.xml are left unchanged"), "{said}");
    let (before, after) = (parts(&draft), parts(&bytes));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let text = |part: &[u8]| String::from_utf8(part.to_vec()).unwrap();
    for (name, part) in &before {
        let expected = match name.as_str() {
            "word/document.xml" => text(part)
                .replace("{{ age.mean }}", "5.9")
                .replace("{{ cases }}", "5")
                .replace("{{ ca<", "5<")
                .replace("ses }}", ""),
            "word/footnotes1.xml" | "word/footer1.xml" => text(part).replace("{{ cases }}", "5"),
            _ => {
                assert_eq!(*part, after[name], "{name}");
                continue;
            }
        };
        assert_eq!(text(&after[name]), expected, "{name}");
    }
    let entries = |archive: &[u8]| -> Vec<_> {
        let mut archive = zip::ZipArchive::new(Cursor::new(archive.to_vec())).unwrap();
        (0..archive.len())
            .map(|n| {
                let entry = archive.by_index(n).unwrap();
                (entry.name().unwrap().into_owned(), entry.compression(), entry.last_modified())
            })
            .collect()
    };
    assert_eq!(entries(&draft), entries(&bytes), "order, compression and time of the parts");
    assert_eq!(fill(&draft, &[]).1, bytes, "the same in every run");
}

#[test]
fn outdated_numbers_of_a_document_are_listed() {
    let draft = whole();
    let (folder, path) = file("draft.docx", &draft);
    let bytes = fill(&draft, &[]).1;
    let check = |document: &[u8]| {
        let target = folder.path().join("final.docx");
        std::fs::write(&target, document).unwrap();
        let output = run(&["fill", &path.to_string_lossy(), "--example", "--check", &target.to_string_lossy()]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(check(&bytes), (Some(0), "final.docx: 0 of 6 numbers are stale\n".to_owned()));
    let old = |xml: &str| {
        xml.replace("{{ age.mean }}", "6.1").replace("{{ cases }}", "5").replace("{{ ca", "5").replace("ses }}", "")
    };
    let body = old(&String::from_utf8(parts(&draft)["word/document.xml"].clone()).unwrap());
    let document = document(&[
        ("document", &body),
        ("footnotes1", &old(FOOTNOTES)),
        ("footer1", &old(FOOTER)),
        ("header1", HEADER),
    ]);
    let (code, text) = check(&document);
    assert_eq!(code, Some(1));
    assert!(
        text.starts_with("final.docx:1:1: '6.1' is printed here, the records give '5.9'\n  draft.docx:1:1: age.mean\n"),
        "{text}"
    );
    assert!(text.ends_with("final.docx: 1 of 6 numbers is stale\n"), "{text}");
    let (_folder, text) = file("final.md", "x");
    let output = run(&["fill", &path.to_string_lossy(), "--example", "--check", &text.to_string_lossy()]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("draft.docx and final.md are not both Word documents"));
}

#[test]
fn faults_have_their_paragraph_and_nothing_is_written() {
    let paragraphs = "<w:p><w:r><w:t>fine {{ cases }}</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>a {{ age.</w:t></w:r><w:r><w:t>maen }} b</w:t></w:r></w:p><w:p><w:r><w:t>{{ age.mean</w:t></w:r></w:p><w:p><w:r><w:t>}}</w:t></w:r></w:p>";
    let (output, bytes) = fill(&document(&[("document", &body(paragraphs))]), &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), bytes.len()), (Some(2), 0), "{said}");
    for part in [
        "draft.docx:3:6\n    a {{ age.maen }} b\n",
        "did you mean age.mean?",
        "placeholder without closing }}\n  draft.docx:4:1",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_is_no_document_is_refused_with_what_to_do() {
    let no_body = document(&[("footnotes1", FOOTNOTES)]);
    let damaged = document(&[("document", "<w:document><w:body>")]);
    let entity = document(&[("document", &body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"))]);
    let section = document(&[("document", &body("<w:p><w:r><w:t><![CDATA[{{ cases }}]]></w:t></w:r></w:p>"))]);
    for (bytes, part) in [
        (no_body.as_slice(), "a zip archive, and no Word document in it"),
        (&damaged, "word/document.xml: it is cut off"),
        (&entity, "word/document.xml: the entity 'x'"),
        (&section, "word/document.xml: text in a CDATA section"),
        (&whole()[..300], "not a Word document, or damaged"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word document, or one with a password"),
        (b"{{ cases }}", "draft.docx is text, not a Word document"),
    ] {
        let (output, written) = fill(bytes, &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && written.is_empty() && said.contains(part), "{part}: {said}");
        assert!(said.contains("help: "), "{said}");
    }
}

#[test]
fn a_document_is_not_written_under_the_name_of_a_text_or_the_other_way_round() {
    let (folder, draft) = file("draft.docx", whole());
    let text = folder.path().join("draft.md");
    std::fs::write(&text, "{{ cases }}").unwrap();
    for (draft, target, part) in [
        (&draft, "final.md", "the draft is a Word document, and 'final.md' would be one"),
        (&text, "final.docx", "the draft is text, and 'final.docx' would be no Word document"),
    ] {
        let target = folder.path().join(target);
        let output = run(&["fill", &draft.to_string_lossy(), "--example", "-o", &target.to_string_lossy()]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(part) && !target.exists(), "{said}");
    }
}
