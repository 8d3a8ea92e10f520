//! HTML, Markdown and LaTeX of data that looks like markup.

use super::{HOSTILE, SERIES};
use crate::support::{file, stdout};

fn pages(format: &str) -> [String; 2] {
    let (_folder, path) = file("cases.csv", HOSTILE);
    let hostile = ["summarize", &path.to_string_lossy(), "--kind", "sign=category", "--format", format];
    [stdout(&["summarize", SERIES, "--format", format]), stdout(&hostile)]
}

/// The names of the elements of a page, which must nest; entities must be known ones.
fn elements(page: &str) -> Vec<String> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    let body = page.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    for (number, part) in body.split('<').enumerate() {
        let (tag, text) = if number == 0 { ("", part) } else { part.split_once('>').expect("a tag ends") };
        for entity in text.split('&').skip(1) {
            let name = entity.split(';').next().expect("an entity");
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "&{name}");
        }
        assert!(!text.contains('>'), "{text}");
        let name = tag.split_whitespace().next().unwrap_or_default().to_owned();
        match (name.strip_prefix('/'), tag.ends_with('/')) {
            (Some(closed), _) => assert_eq!(open.pop().as_deref(), Some(closed)),
            (None, false) if !name.is_empty() => {
                open.push(name.clone());
                all.push(name);
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed");
    all
}

#[test]
fn html_is_well_formed_and_its_tables_have_headings() {
    for page in pages("html") {
        let elements = elements(&page);
        let count = |name: &str| elements.iter().filter(|element| *element == name).count();
        assert!(count("table") > 0 && count("table") == count("caption") && count("table") == count("thead"));
        assert!(count("tr") > 10 && count("p") > 3 && count("script") == 0);
        assert!(page.contains("<html lang=\"en\">") && page.contains("<meta charset=\"utf-8\"/>"));
        for table in page.split("<table>").skip(1) {
            let widths =
                table.split("<tr>").skip(1).map(|row| row.matches("</td>").count() + row.matches("</th>").count());
            let widths: Vec<usize> = widths.collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        }
    }
    assert!(pages("html")[1].contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn lines_of_a_markdown_table_have_equal_numbers_of_cells() {
    for page in pages("markdown") {
        let pipes = |line: &str| {
            let protected = line.replace("\\\\", "").matches("\\|").count();
            line.matches('|').count() - protected
        };
        let lines: Vec<&str> = page.lines().collect();
        for table in lines.chunk_by(|a, b| a.starts_with('|') == b.starts_with('|')).filter(|t| t[0].starts_with('|')) {
            assert!(table.len() > 2 && table[1].replace([' ', '|'], "").chars().all(|c| c == ':' || c == '-'));
            assert!(table.iter().all(|line| pipes(line) == pipes(table[0])), "{table:#?}");
        }
    }
    let page = &pages("markdown")[1];
    for text in ["\\<script\\>alert(1)", "a\\|b", "\\*b\\*", "\\_c\\_", "\\`d\\`", "\\$x\\$", "\\[x\\](z)"] {
        assert!(page.contains(text), "{text} in {page}");
    }
}

#[test]
fn latex_environments_and_braces_are_balanced_and_nothing_is_a_command() {
    for page in pages("latex") {
        let mut open = Vec::new();
        for part in page.split('\\').skip(1) {
            let name = part.split_once('{').and_then(|(word, rest)| Some((word, rest.split_once('}')?.0)));
            match name {
                Some(("begin", name)) => open.push(name),
                Some(("end", name)) => assert_eq!(open.pop(), Some(name)),
                _ => {}
            }
        }
        assert!(open.is_empty(), "{open:?}");
        let plain = page.replace("\\{", "").replace("\\}", "");
        assert_eq!(plain.matches('{').count(), plain.matches('}').count());
        let body = page.split_once("\\begin{document}").expect("a document").1;
        assert!(body.contains("longtable") && !body.contains("\\input"));
        let special = |c: char| body.matches(c).count() - body.matches(&format!("\\{c}")).count();
        for c in ['%', '#', '$', '_', '^'] {
            // Each row of cells has ampersands of its own; the others stand behind a backslash only.
            assert_eq!(special(c), 0, "{c}");
        }
        for table in body.split("\\begin{longtable}").skip(1) {
            let rows = table.lines().filter(|line| line.ends_with(" \\\\"));
            // The label of a section stands over all columns.
            let rows = rows.filter(|row| !row.starts_with("\\multicolumn"));
            let cells: Vec<usize> = rows.map(|row| row.matches('&').count() - row.matches("\\&").count()).collect();
            assert!(cells.iter().all(|count| *count == cells[0]), "{cells:?}");
        }
    }
    assert!(pages("latex")[1].contains("\\Character{65E5}"));
}
