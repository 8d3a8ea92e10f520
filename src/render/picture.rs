//! A figure as PNG or PDF: the SVG drawn with a font that the program brings along, so that it looks the same everywhere.

use super::svg;
use crate::tables::plot::DrawnFigure;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Group, Node, Options, Tree};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Pixels per inch of an SVG that says its size in millimetres.
const SVG_DPI: f32 = 96.0;
/// Metres of an inch.
const INCH: f32 = 0.0254;
/// Most pixels of a picture: 174 mm at 1200 dpi, and as high as a page.
const MOST_PIXELS: f32 = 100e6;
/// What a page of PDF calls its figure.
const FIGURE: Name<'_> = Name(b"F");
/// The letters of the pictures.
const FONT: &str = "DejaVu Sans";

/// The figure as PNG of so many pixels per inch, which the file states.
///
/// Errors: too many pixels; a letter that the font lacks.
pub fn png(figure: &DrawnFigure, dpi: u16) -> io::Result<Vec<u8>> {
    let tree = tree(figure)?;
    let scale = f32::from(dpi) / SVG_DPI;
    let (width, height) = ((tree.size().width() * scale).ceil(), (tree.size().height() * scale).ceil());
    if width * height > MOST_PIXELS {
        return Err(too_large(dpi));
    }
    let (width, height) = (width as u32, height as u32);
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| too_large(dpi))?;
    // Half a pixel at the edge may lie beyond the paper of the figure.
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let colours: Vec<[u8; 3]> =
        pixels.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    encoded(&colours, (width, height), dpi)
}

/// The pixels as PNG. A figure has few colours: named once each, they take half of the room.
fn encoded(pixels: &[[u8; 3]], (width, height): (u32, u32), dpi: u16) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Best);
    let per_metre = (f32::from(dpi) / INCH).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let (colour_type, data) = match indexed(pixels) {
        Some((palette, numbers)) => {
            encoder.set_palette(palette.concat());
            (png::ColorType::Indexed, numbers)
        }
        None => (png::ColorType::Rgb, pixels.concat()),
    };
    encoder.set_color(colour_type);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// The colours in order, and the number of that of each pixel; none where there are more than 256.
fn indexed(pixels: &[[u8; 3]]) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut numbers: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    // Most pixels are of the colour of the one before.
    for run in pixels.chunk_by(|one, other| one == other) {
        numbers.insert(*run.first()?, 0);
        if numbers.len() > 256 {
            return None;
        }
    }
    (0..=u8::MAX).zip(numbers.values_mut()).for_each(|(number, of)| *of = number);
    let runs = pixels.chunk_by(|one, other| one == other);
    let mut data = Vec::with_capacity(pixels.len());
    for run in runs {
        let number = *numbers.get(run.first()?)?;
        data.extend(std::iter::repeat_n(number, run.len()));
    }
    Some((numbers.into_keys().collect(), data))
}

fn too_large(dpi: u16) -> io::Error {
    let message = format!(
        "the figure has too many pixels at {dpi} per inch: use a smaller --dpi, svg, or pdf, which has a page for each part"
    );
    io::Error::new(io::ErrorKind::Unsupported, message)
}

/// The figure as PDF of its size in millimetres, each part on a page, with its letters as outlines.
///
/// Errors: a letter that the font lacks.
pub fn pdf(figure: &DrawnFigure) -> io::Result<Vec<u8>> {
    let trees = figure.pages().iter().map(tree).collect::<io::Result<Vec<Tree>>>()?;
    let mut number = Ref::new(1);
    let (catalog, pages) = (number.bump(), number.bump());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    let all = trees.iter().map(|tree| page(&mut pdf, tree, pages, &mut number)).collect::<io::Result<Vec<Ref>>>()?;
    let count = i32::try_from(all.len()).map_err(io::Error::other)?;
    pdf.pages(pages).count(count).kids(all);
    Ok(pdf.finish())
}

/// Adds a page of the size of its figure; returns its number.
fn page(pdf: &mut Pdf, tree: &Tree, pages: Ref, number: &mut Ref) -> io::Result<Ref> {
    // Embedded fonts are written in an order that differs from run to run.
    let outlines = svg2pdf::ConversionOptions { embed_text: false, ..svg2pdf::ConversionOptions::default() };
    let (chunk, figure) = svg2pdf::to_chunk(tree, outlines).map_err(|fault| io::Error::other(fault.to_string()))?;
    let mut numbers = BTreeMap::new();
    let chunk = chunk.renumber(|old| *numbers.entry(old).or_insert_with(|| number.bump()));
    let figure = *numbers.entry(figure).or_insert_with(|| number.bump());
    pdf.extend(&chunk);
    let (page, content) = (number.bump(), number.bump());
    let points = 72.0 / SVG_DPI;
    let (width, height) = (tree.size().width() * points, tree.size().height() * points);
    let mut drawn = Content::new();
    // A figure is an object of one point by one point.
    drawn.transform([width, 0.0, 0.0, height, 0.0, 0.0]).x_object(FIGURE);
    pdf.stream(content, &drawn.finish());
    let mut written = pdf.page(page);
    written.media_box(Rect::new(0.0, 0.0, width, height)).parent(pages).contents(content);
    written.resources().x_objects().pair(FIGURE, figure);
    written.finish();
    Ok(page)
}

/// The SVG as it is drawn.
fn tree(figure: &DrawnFigure) -> io::Result<Tree> {
    let mut options = Options { dpi: SVG_DPI, font_family: FONT.to_owned(), ..Options::default() };
    let fonts = Arc::make_mut(&mut options.fontdb);
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family(FONT);
    let tree = Tree::from_str(&svg::render(figure), &options).map_err(io::Error::other)?;
    match without_letter(tree.root()) {
        None => Ok(tree),
        Some(text) => {
            let message = format!("the font of png and pdf has no letter for '{text}': use svg");
            Err(io::Error::new(io::ErrorKind::Unsupported, message))
        }
    }
}

/// A text that the font cannot show.
fn without_letter(group: &Group) -> Option<String> {
    group.children().iter().find_map(|node| match node {
        Node::Group(group) => without_letter(group),
        Node::Text(text) => {
            let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            glyphs.into_iter().find(|glyph| glyph.id.0 == 0).map(|glyph| glyph.text.clone())
        }
        Node::Path(_) | Node::Image(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::indexed;

    #[test]
    fn few_colours_are_named_once() {
        let pixels = [[9, 9, 9], [9, 9, 9], [0, 0, 0], [9, 9, 9]];
        assert_eq!(indexed(&pixels), Some((vec![[0, 0, 0], [9, 9, 9]], vec![1, 1, 0, 1])));
        let many: Vec<[u8; 3]> = (0..=255).map(|n| [n, 0, 0]).chain([[0, 1, 0]]).collect();
        assert!(indexed(&many[..256]).is_some() && indexed(&many).is_none());
    }
}
