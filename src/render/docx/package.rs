//! The parts of a Word document in their zip archive (ECMA-376, part 2): the same bytes in every run.

use super::picture::Picture;
use super::xml::escaped;
use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{DateTime, System, ZipWriter};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>
"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>
"#;

/// What a document always refers to; its pictures follow.
const RELATIONS_OF_DOCUMENT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>
"#;

/// Without the mode Word opens the document as one of its version of 2007.
const SETTINGS: &str = r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
</w:settings>
"#;

/// What the document refers to.
fn relations(pictures: &[Picture]) -> String {
    let picture = |picture: &Picture| {
        format!(
            "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"{}\"/>\n",
            picture.relation(),
            picture.target()
        )
    };
    format!("{RELATIONS_OF_DOCUMENT}{}</Relationships>\n", pictures.iter().map(picture).collect::<String>())
}

/// The archive of a document with this title, body and pictures; no author, no path and no clock are in it.
///
/// Errors: an archive that cannot be written.
pub fn packed(title: &str, body: &str, pictures: &[Picture]) -> io::Result<Vec<u8>> {
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\n{body}</w:body></w:document>\n"
    );
    let properties = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>\n",
        escaped(title)
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The same bytes on every system.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).system(System::Unix);
    for (name, content) in [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &relations(pictures)),
        ("word/settings.xml", SETTINGS),
        ("docProps/core.xml", &properties),
    ] {
        archive.start_file(name, options)?;
        archive.write_all(DECLARATION.as_bytes())?;
        archive.write_all(content.as_bytes())?;
    }
    archive.start_file("word/styles.xml", options)?;
    archive.write_all(include_bytes!("styles.xml"))?;
    for picture in pictures {
        archive.start_file(format!("word/{}", picture.target()), options)?;
        archive.write_all(&picture.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
