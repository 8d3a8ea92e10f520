//! A report and its figures as one file: a page without scripts or other files, or a Word document.

use super::html::{self, escaped};
use super::{docx, svg};
use crate::tables::Report;
use crate::tables::plot::DrawnFigure;
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
    /// The report with its figures.
    ///
    /// Errors: a table that Word cannot show, and a figure that cannot be drawn.
    pub fn render(self, report: &Report, figures: &[DrawnFigure]) -> io::Result<Vec<u8>> {
        match self {
            PageFormat::Html => Ok(render(report, figures).into_bytes()),
            PageFormat::Docx => docx::with_figures(report, figures),
        }
    }
}

/// The page of the report, with the figures before its conventions.
fn render(report: &Report, figures: &[DrawnFigure]) -> String {
    let drawn: String = figures.iter().map(figure).collect();
    let heading = if figures.is_empty() { "" } else { "<h2>Figures</h2>\n" };
    html::with_figures(report, &format!("{heading}{drawn}"))
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
    use crate::tables::Report;
    use crate::tables::plot::{DrawnFigure, FigureKind};

    #[test]
    fn figures_stand_before_the_conventions_whatever_the_texts_say() {
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
        let report = Report { title: hostile.to_owned(), footnotes: vec![hostile.to_owned()], ..Report::default() };
        let page = render(&report, &[figure("first"), figure(hostile)]);
        let at = |text: &str| page.find(text).unwrap();
        assert!(at("<h1>") < at("<h2>Figures</h2>") && at("<svg") < at("<section aria-label=\"Footnotes\">"));
        assert_eq!((page.matches("</main>").count(), page.matches("<svg").count()), (1, 2));
        assert_eq!(render(&report, &[]).matches("<svg").count(), 0);
    }
}
