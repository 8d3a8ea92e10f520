//! A figure in a Word document (ECMA-376, part 1, 20.4): pixels of a size on paper, told to who cannot see them.

use super::xml::escaped;
use crate::render::picture::png;
use crate::tables::plot::DrawnFigure;
use std::io;

/// English metric units of a point.
const EMU: f64 = 12700.0;
/// Pixels per inch.
const DPI: u16 = 300;
/// The room between the margins of an upright page, in points: 170 and 247 millimetres.
const ROOM: (f64, f64) = (481.9, 700.2);

/// A picture of a document.
pub struct Picture {
    /// Its place among the pictures, from 1.
    pub number: usize,
    /// The file, PNG.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// The picture of a figure.
    ///
    /// Errors: those of drawing.
    pub fn new(number: usize, figure: &DrawnFigure) -> io::Result<Picture> {
        Ok(Picture { number, bytes: png(figure, DPI)? })
    }

    /// Its file within the folder `word`.
    pub fn target(&self) -> String {
        format!("media/figure{}.png", self.number)
    }

    /// The name by which the document refers to the file.
    pub fn relation(&self) -> String {
        format!("figure{}", self.number)
    }

    /// The paragraph that shows it, as wide as on its own or as the page.
    pub fn paragraph(&self, figure: &DrawnFigure) -> String {
        let scale = (ROOM.0 / figure.width).min(ROOM.1 / figure.height).min(1.0);
        let [cx, cy] = [figure.width, figure.height].map(|points| format!("{:.0}", points * scale * EMU));
        let described: Vec<&str> = figure.description.iter().chain(&figure.notes).map(String::as_str).collect();
        let (number, relation) = (self.number, self.relation());
        let (title, description) = (escaped(&figure.title), escaped(&described.join(" ")));
        format!(
            "<w:p><w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
             <wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{description}\" title=\"{title}\"/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"Figure {number}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{relation}\"/>\
             <a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></w:r></w:p>\n"
        )
    }
}
