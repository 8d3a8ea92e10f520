//! Figures as pixels, as pages, and in documents.

use crate::support::{file, run, series, stdout};

/// Big-endian numbers of a PNG chunk.
fn numbers_of(bytes: &[u8], chunk: &str) -> (u32, u32) {
    let at = bytes.windows(4).position(|name| name == chunk.as_bytes()).unwrap_or_else(|| panic!("no {chunk}")) + 4;
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(at), number(at + 4))
}

#[test]
fn a_figure_becomes_pixels_and_a_page_of_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let drawn = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let output = run(&[&["plot", "swimmer", "--example", "-o", path.to_str().unwrap()], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read(path).unwrap()
    };
    // 174 mm at 300 pixels per inch are 2055.1 pixels, and 300 pixels per inch 11811 per metre.
    let png = drawn("a.png", &[]);
    assert_eq!((numbers_of(&png, "IHDR").0, numbers_of(&png, "pHYs")), (2056, (11811, 11811)));
    let column = drawn("b.png", &["--dpi", "600", "--width-mm", "84"]);
    assert_eq!((numbers_of(&column, "IHDR").0, numbers_of(&column, "pHYs")), (1985, (23622, 23622)));
    assert!(drawn("c.png", &[]) == png, "the same bytes");
    let pdf = drawn("a.pdf", &[]);
    assert!(pdf.starts_with(b"%PDF-") && pdf == drawn("b.pdf", &[]), "the same bytes");
    // 174 mm are 493.2 points.
    assert!(String::from_utf8_lossy(&pdf).contains("/MediaBox [0 0 493.2"), "the size of the page");
}

#[test]
fn a_letter_that_the_font_of_a_picture_lacks_is_refused() {
    let (folder, cases) = file("a.csv", "case_id,age,treatment,response\nÄ漢,4,prednisone,CR\nłódź,5,prednisone,PR\n");
    let path = folder.path().join("a.png");
    let output = run(&["plot", "swimmer", cases.to_str().unwrap(), "-o", path.to_str().unwrap()]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && message.contains("no letter for '漢': use svg"), "{message}");
    assert!(!path.exists());
}

#[test]
fn a_report_is_a_word_document_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.docx");
    let output = run(&["report", "--example", "-o", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
        bytes
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (document, relations) = (text(part("word/document.xml")), text(part("word/_rels/document.xml.rels")));
    for number in 1..=document.matches("<w:drawing>").count() {
        assert!(document.contains(&format!("r:embed=\"figure{number}\"")), "{number}");
        assert!(relations.contains(&format!("Target=\"media/figure{number}.png\"")), "{number}");
        assert!(part(&format!("word/media/figure{number}.png")).starts_with(b"\x89PNG"));
    }
    assert_eq!(document.matches("<w:drawing>").count(), stdout(&["report", "--example"]).matches("<svg").count());
    for said in
        ["age: mean 5.9", "Table 3. The cases", "status-disagrees", "K25, K28, K31", "descr=\"P1 (6 years, female): "]
    {
        assert!(document.contains(said), "{said}");
    }
}

/// A site that the font of pictures cannot write: the document tells the figure in words.
#[test]
fn a_figure_that_cannot_be_drawn_is_told_in_a_document() {
    let (folder, cases) = file("a.csv", "case_id,age,sites\nA,4,膝\nB,5,hip\n");
    let path = folder.path().join("report.docx");
    let output = run(&["report", cases.to_str().unwrap(), "-o", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let document = crate::support::parts(&std::fs::read(path).unwrap())["word/document.xml"].clone();
    assert!(String::from_utf8(document).unwrap().contains("Not drawn: "), "the figure is told");
}

/// A whole table as a claim, beside its claims file.
#[test]
fn a_report_reads_the_tables_of_its_claims() {
    let (folder, claims) = file("claims.toml", "[[claim]]\nid = \"T\"\nsays = \"Table 1\"\ntable = \"t.csv\"\n");
    std::fs::write(folder.path().join("t.csv"), ",\nage.mean,5.9\n").unwrap();
    let page = stdout(&["report", claims.to_str().unwrap(), &series("cases.csv")]);
    assert!(page.contains("Audit: agrees"), "the table is judged");
}

/// Of many patients, those that are drawn are told.
#[test]
fn a_figure_tells_as_many_patients_as_it_draws() {
    let rows: String = (0..5000).map(|n| format!("P{n},{},{}\n", n % 60, n % 37)).collect();
    let (_folder, cases) = file("a.csv", format!("case_id,crp@first,crp@last\n{rows}"));
    for kind in ["change", "waterfall"] {
        let drawn = stdout(&["plot", kind, cases.to_str().unwrap(), "--change", "crp"]);
        assert!(drawn.len() < 100_000, "{kind}: {} bytes", drawn.len());
    }
}
