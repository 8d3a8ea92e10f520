//! Word documents: their parts, the order of their elements, whole tables, and nothing of the data as markup.

use super::{HOSTILE, SERIES};
use crate::support::{file, parts, root, run};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Elements with the order that the schema gives their children (ECMA-376, part 1, annex A; those that are used).
const ORDER: [(&str, &[&str]); 11] = [
    ("w:document", &["w:body"]),
    ("w:p", &["w:pPr", "w:r"]),
    ("w:pPr", &["w:pStyle", "w:keepNext", "w:keepLines", "w:spacing", "w:ind", "w:outlineLvl", "w:sectPr"]),
    ("w:r", &["w:rPr", "w:t"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblW",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblInd",
            "w:tblCellMar",
            "w:tblLook",
            "w:tblCaption",
            "w:tblDescription",
        ],
    ),
    ("w:tr", &["w:trPr", "w:tc"]),
    ("w:trPr", &["w:cantSplit", "w:tblHeader"]),
    ("w:tc", &["w:tcPr", "w:p"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:tcBorders"]),
    ("w:sectPr", &["w:pgSz", "w:pgMar"]),
];

const COMMANDS: [&[&str]; 6] = [
    &["summarize", SERIES],
    &["summarize", SERIES, "--by", "etiology,sex"],
    &["summarize", SERIES, "--brief"],
    &["cases", SERIES, "--columns", "all"],
    &["check", "--example"],
    &["validate", SERIES],
];

/// One element with its attributes, its children and its text.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn parse(xml: &[u8]) -> Element {
        let mut reader = Reader::from_str(std::str::from_utf8(xml).expect("UTF-8"));
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(tag) => open.push(Element::of(&tag)),
                Event::Empty(tag) => open.last_mut().unwrap().children.push(Element::of(&tag)),
                Event::End(_) => {
                    let closed = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(closed);
                }
                Event::Text(text) => open.last_mut().unwrap().text += &text,
                Event::GeneralRef(name) => {
                    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"')];
                    let (_, c) = known.into_iter().find(|(known, _)| *known == &*name).expect("a known entity");
                    open.last_mut().unwrap().text.push(c);
                }
                Event::Eof => return open.pop().unwrap().children.pop().expect("a root"),
                _ => {}
            }
        }
    }

    fn of(tag: &quick_xml::events::BytesStart<'_>) -> Element {
        let attribute =
            |a: quick_xml::events::attributes::Attribute<'_>| (a.key.0.to_owned(), a.value.clone().into_owned());
        let attributes = tag.attributes().map(|a| attribute(a.expect("an attribute"))).collect();
        Element { name: tag.name().0.to_owned(), attributes, ..Element::default() }
    }

    fn all(&self) -> Vec<&Element> {
        std::iter::once(self).chain(self.children.iter().flat_map(Element::all)).collect()
    }

    fn named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.all().into_iter().filter(move |element| element.name == name)
    }

    fn value(&self) -> &str {
        self.attributes.get("w:val").map_or("", String::as_str)
    }

    fn text(&self) -> String {
        self.named("w:t").map(|text| text.text.as_str()).collect()
    }
}

/// The archive that a command writes.
fn written(arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.docx");
    let output = run(&[arguments, &["-o", &path.to_string_lossy()]].concat());
    assert!(path.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(path).unwrap()
}

fn document(archive: &[u8]) -> Element {
    Element::parse(&parts(archive)["word/document.xml"])
}

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    for arguments in COMMANDS {
        for part in ["word/document.xml", "word/styles.xml"] {
            let part = Element::parse(&parts(&written(arguments))[part]);
            for element in part.all() {
                let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == element.name) else { continue };
                let place = |child: &Element| {
                    order
                        .iter()
                        .position(|name| *name == child.name)
                        .unwrap_or_else(|| panic!("{} in {}", child.name, element.name))
                };
                let places: Vec<usize> = element.children.iter().map(place).collect();
                assert!(places.is_sorted(), "{arguments:?}: {} has {:?}", element.name, element.children);
            }
        }
    }
}

#[test]
fn tables_are_whole_and_their_heads_are_repeated() {
    for arguments in COMMANDS {
        let document = document(&written(arguments));
        let body = &document.children[0].children;
        assert_eq!(body.last().unwrap().name, "w:sectPr", "{arguments:?}");
        assert!(document.named("w:tbl").count() > 0, "{arguments:?}");
        for pair in body.windows(2) {
            assert!(!(pair[0].name == "w:tbl" && pair[1].name != "w:p"), "Word needs a paragraph behind a table");
        }
        for table in document.named("w:tbl") {
            let columns = table.named("w:gridCol").count();
            let widths: usize = table.named("w:gridCol").map(|c| c.attributes["w:w"].parse::<usize>().unwrap()).sum();
            assert!((9_000..=14_570).contains(&widths), "{widths}");
            let rows: Vec<&Element> = table.named("w:tr").collect();
            let heads = rows.iter().take_while(|row| row.named("w:tblHeader").count() == 1).count();
            assert!(heads >= 1 && rows.iter().filter(|row| row.named("w:tblHeader").count() == 1).count() == heads);
            for row in rows {
                assert_eq!(row.named("w:cantSplit").count(), 1);
                let cells = row
                    .named("w:tc")
                    .map(|cell| cell.named("w:gridSpan").next().map_or(1, |s| s.value().parse().unwrap()));
                assert_eq!(cells.sum::<usize>(), columns, "{arguments:?}: {}", row.text());
            }
            assert!(!table.named("w:tblCaption").next().unwrap().value().is_empty());
            assert!(table.named("w:tblDescription").next().unwrap().value().contains(" columns"));
        }
    }
}

#[test]
fn a_wide_table_stands_on_turned_pages_and_the_others_do_not() {
    let turned = |arguments: &[&str]| {
        document(&written(arguments))
            .named("w:pgSz")
            .map(|size| size.attributes.contains_key("w:orient"))
            .collect::<Vec<_>>()
    };
    assert_eq!(turned(&["summarize", SERIES, "--tables", "1"]), [false]);
    assert_eq!(turned(&["cases", SERIES]), [true]);
    assert_eq!(turned(COMMANDS[5]).last(), Some(&false), "the completeness of columns is narrow");
}

#[test]
fn every_style_that_is_used_is_declared_and_every_part_is_listed() {
    let archive = parts(&written(COMMANDS[0]));
    let (styles, types) =
        (Element::parse(&archive["word/styles.xml"]), Element::parse(&archive["[Content_Types].xml"]));
    let declared: Vec<&str> = styles.named("w:style").map(|style| &*style.attributes["w:styleId"]).collect();
    let document = Element::parse(&archive["word/document.xml"]);
    for used in document.named("w:pStyle").chain(document.named("w:tblStyle")).chain(styles.named("w:basedOn")) {
        assert!(declared.contains(&used.value()), "{}", used.value());
    }
    let named: Vec<&str> =
        types.children.iter().filter_map(|c| c.attributes.get("PartName")).map(String::as_str).collect();
    for name in archive.keys().filter(|name| !name.ends_with(".rels") && !name.starts_with('[')) {
        assert!(named.contains(&format!("/{name}").as_str()), "{name}");
    }
}

#[test]
fn no_author_no_path_no_clock_and_the_same_bytes_in_every_run() {
    let archive = written(COMMANDS[0]);
    assert_eq!(archive, written(COMMANDS[0]));
    let properties = Element::parse(&parts(&archive)["docProps/core.xml"]);
    let names: Vec<&str> = properties.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!((names, properties.children[0].text.as_str()), (vec!["dc:title"], "Case series: 5 cases (cases.csv)"));
    let folder = root().to_string_lossy().into_owned();
    assert!(parts(&archive).values().all(|part| !String::from_utf8_lossy(part).contains(&folder)));
    for entry in 0..zip::ZipArchive::new(std::io::Cursor::new(&archive)).unwrap().len() {
        let mut open = zip::ZipArchive::new(std::io::Cursor::new(&archive)).unwrap();
        let time = open.by_index(entry).unwrap().last_modified().unwrap();
        assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1));
    }
}

#[test]
fn hostile_text_is_text() {
    let (_folder, path) = file("cases.csv", format!("{HOSTILE}P7,8,\u{1}\u{fffe}&lt;<w:p/>,knee\n"));
    let cases = path.to_string_lossy().into_owned();
    for command in ["summarize", "cases"] {
        let document = document(&written(&[command, &cases, "--kind", "sign=category"]));
        let text = document.text();
        for part in [
            "<script>alert(1)</script>日本",
            "=1+1",
            "@SUM(A1) & \"q\" 'r'",
            "\\u{202e}evil\\u{9b}",
            "\\u{1}\\u{fffe}&lt;<w:p/>",
        ] {
            assert!(text.contains(part), "{command}: {part}");
        }
    }
}

#[test]
fn what_word_cannot_show_is_said() {
    let header = (0..70).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    let (_folder, path) = file("wide.csv", format!("case_id,{header}\nP1,{}\n", vec!["1"; 70].join(",")));
    let arguments = ["cases", &path.to_string_lossy(), "--columns", "all", "--format", "docx", "-o", "-"];
    let output = run(&arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(2)
            && said.contains("Word shows tables of at most 63 columns, and this one has 71"),
        "{said}"
    );
}
