//! A report, its figures and what was checked as one file: a page without scripts or other files, or a Word document.

use super::html::{self, escaped};
use super::{docx, svg};
use crate::tables::plot::{DrawnFigure, FIGURES};
use crate::tables::{Report, Table};
use crate::words::words;
use std::io;

words! {
    /// The formats of a report with figures.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum PageFormat: "format of a report" {
        /// A page for a browser.
        #[default]
        Html = "html" [".html", ".htm"],
        /// A Word document, its figures in pixels.
        Docx = "docx" [".docx"],
    }
}

impl PageFormat {
    /// The report with its figures behind its tables, then the tables of what was checked.
    ///
    /// Errors: a table that Word cannot show, and a figure that cannot be drawn.
    pub fn render(self, report: &Report, figures: &[DrawnFigure], checks: &[Table]) -> io::Result<Vec<u8>> {
        match self {
            PageFormat::Html => Ok(render(report, figures, checks).into_bytes()),
            PageFormat::Docx => docx::with_figures(report, figures, checks),
        }
    }
}

/// The page of the report: people look before they read, and so the figures stand before what was checked.
fn render(report: &Report, figures: &[DrawnFigure], checks: &[Table]) -> String {
    let drawn: String = figures.iter().map(figure).collect();
    let heading = if figures.is_empty() { String::new() } else { format!("<h2>{FIGURES}</h2>\n") };
    html::with_more(report, &format!("{heading}{drawn}"), checks)
}

/// A figure that scrolls where the page is narrow, so that its letters keep their size, and that paper does not cut.
fn figure(figure: &DrawnFigure) -> String {
    let title = escaped(&figure.title);
    let drawn = svg::render(figure);
    format!(
        "<div role=\"region\" aria-label=\"{title}\" tabindex=\"0\" style=\"overflow-x:auto;margin:1.5em 0;break-inside:avoid\">\n{drawn}</div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::tables::plot::{DrawnFigure, FigureKind};
    use crate::tables::{Report, Table};

    #[test]
    fn figures_stand_behind_the_tables_and_before_the_checks_whatever_the_texts_say() {
        let figure = |title: &str| DrawnFigure {
            kind: FigureKind::Flow,
            title: title.to_owned(),
            description: Vec::new(),
            notes: Vec::new(),
            width: 100.0,
            height: 50.0,
            marks: Vec::new(),
            number: 1,
            parts: Vec::new(),
        };
        let hostile = "</main><section aria-label=\"Footnotes\">";
        let (table, check) = (Table::new("of the cases", &["n"]), Table::new(hostile, &["found"]));
        let report = Report {
            title: hostile.to_owned(),
            tables: vec![table],
            footnotes: vec![hostile.to_owned()],
            ..Report::default()
        };
        let page = render(&report, &[figure("first"), figure(hostile)], &[check]);
        let at = |text: &str| page.find(text).unwrap();
        let order =
            ["<h1>", ">of the cases<", "<h2>Figures</h2>", "<svg", ">found<", "<section aria-label=\"Footnotes\">"];
        assert!(order.map(at).is_sorted(), "{page}");
        assert_eq!((page.matches("</main>").count(), page.matches("<svg").count()), (1, 2));
        assert_eq!(render(&report, &[], &[]).matches("<svg").count(), 0);
    }
}
