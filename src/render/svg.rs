//! A figure as SVG: its marks as they are placed, with a title and a description for who cannot see it.
//!
//! Colours are attributes, so that every program shows them, and classes, so that a page can choose others for a dark
//! background. Fonts are named by kind only.

use super::html::escaped;
use crate::tables::plot::{Anchor, DrawnFigure, DrawnMark, Frame, Label, Point, Stroke, Symbol, Tone, Weight};

/// Millimetres of a point of 1/72 inch.
const MILLIMETRES: f64 = 25.4 / 72.0;

/// The colour on a white background. Letters stand on every filling with a contrast of at least 4.5; the fillings
/// differ in grey by their lightness, and in words and symbols besides.
fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Paper => "#ffffff",
        Tone::Ink => "#1a1a1a",
        Tone::Muted => "#555555",
        Tone::Rule => "#c4c4c4",
        Tone::Strong => "#8cc0ea",
        Tone::Weak => "#fbe6d2",
    }
}

/// The class of what has a colour.
fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Paper => "paper",
        Tone::Ink => "ink",
        Tone::Muted => "muted",
        Tone::Rule => "rule",
        Tone::Strong => "strong",
        Tone::Weak => "weak",
    }
}

/// The figure as a file of its own.
///
/// ```text
/// <svg xmlns="http://www.w3.org/2000/svg" width="174mm" height="80mm" viewBox="0 0 493.23 226.77" role="img" ...>
/// <title id="swimmer-title">...</title>
/// <desc id="swimmer-desc">...</desc>
/// <rect .../>
/// <text x="4" y="20" ...>P1</text>
/// </svg>
/// ```
pub fn render(figure: &DrawnFigure) -> String {
    let (width, height) = (figure.width, figure.height);
    let name = name(figure);
    let described: Vec<&str> = figure.description.iter().chain(&figure.notes).map(String::as_str).collect();
    let paper = Frame { x: 0.0, y: 0.0, width, height };
    let marks: String = figure.marks.iter().map(mark).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" viewBox=\"0 0 {} {}\" role=\"img\" \
         aria-labelledby=\"{name}-title {name}-desc\" font-family=\"sans-serif\">\n\
         <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n{}{marks}</svg>\n",
        number(width * MILLIMETRES),
        number(height * MILLIMETRES),
        number(width),
        number(height),
        escaped(&figure.title),
        escaped(&described.join(" ")),
        rectangle(paper, Tone::Paper, None, false),
    )
}

/// What a page calls the figure; each part of it has a name of its own.
fn name(figure: &DrawnFigure) -> String {
    let DrawnFigure { kind, number, .. } = figure;
    if *number > 1 { format!("{kind}-{number}") } else { kind.to_string() }
}

fn mark(mark: &DrawnMark) -> String {
    match mark {
        DrawnMark::Box { frame, fill, outline, is_dashed } => rectangle(*frame, *fill, *outline, *is_dashed),
        DrawnMark::Line { from, to, tone, thickness, stroke } => line((*from, *to), *tone, *thickness, *stroke),
        DrawnMark::Path { points, tone, thickness, stroke } => path(points, *tone, *thickness, *stroke),
        DrawnMark::Symbol { at, shape, size } => symbol(*at, *shape, *size),
        DrawnMark::Label(label) => text(label),
    }
}

/// A length with at most two decimals.
fn number(length: f64) -> String {
    let text = format!("{length:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn filled(tone: Tone) -> String {
    format!("class=\"{}\" fill=\"{}\"", class(tone), colour(tone))
}

fn rectangle(frame: Frame, fill: Tone, outline: Option<Tone>, is_dashed: bool) -> String {
    let outline = outline.map_or(String::new(), |tone| format!(" stroke=\"{}\" stroke-width=\"0.6\"", colour(tone)));
    let dashes = if is_dashed { " stroke-dasharray=\"2 1.5\"" } else { "" };
    format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}{outline}{dashes}/>\n",
        number(frame.x),
        number(frame.y),
        number(frame.width),
        number(frame.height),
        filled(fill)
    )
}

/// The gaps of a line.
fn dashes(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Solid => "",
        Stroke::Dashed => " stroke-dasharray=\"4 2\"",
        Stroke::Dotted => " stroke-dasharray=\"1 1.5\"",
        Stroke::DashDotted => " stroke-dasharray=\"6 2 1 2\"",
        Stroke::LongDashed => " stroke-dasharray=\"11 3\"",
    }
}

fn path(points: &[Point], tone: Tone, thickness: f64, stroke: Stroke) -> String {
    let places: Vec<String> = points.iter().map(|point| format!("{},{}", number(point.x), number(point.y))).collect();
    format!(
        "<polyline points=\"{}\" fill=\"none\" class=\"{}\" stroke=\"{}\" stroke-width=\"{}\"{}/>\n",
        places.join(" "),
        class(tone),
        colour(tone),
        number(thickness),
        dashes(stroke)
    )
}

fn line((from, to): (Point, Point), tone: Tone, thickness: f64, stroke: Stroke) -> String {
    let dashes = dashes(stroke);
    format!(
        "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\" stroke=\"{}\" stroke-width=\"{}\"{dashes}/>\n",
        number(from.x),
        number(from.y),
        number(to.x),
        number(to.y),
        class(tone),
        colour(tone),
        number(thickness)
    )
}

fn text(label: &Label) -> String {
    let anchor = match label.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = match label.weight {
        Weight::Regular => "",
        Weight::Bold => " font-weight=\"bold\"",
    };
    format!(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{weight} {}>{}</text>\n",
        number(label.at.x),
        number(label.at.y),
        number(label.size),
        filled(label.tone),
        escaped(&label.text)
    )
}

/// A symbol in ink.
fn symbol(at: Point, shape: Symbol, size: f64) -> String {
    let half = size / 2.0;
    let ink = colour(Tone::Ink);
    let open = format!("class=\"outline\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"0.9\"");
    let full = filled(Tone::Ink);
    let path = |points: &[(f64, f64)], end: &str, how: &str| {
        let step = |(number_of, (x, y)): (usize, &(f64, f64))| {
            let letter = if number_of == 0 { 'M' } else { 'L' };
            format!("{letter}{} {}", number(at.x + x * half), number(at.y + y * half))
        };
        let steps: String = points.iter().enumerate().map(step).collect();
        format!("<path d=\"{steps}{end}\" {how}/>\n")
    };
    let circle = |radius: f64, how: &str| {
        format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {how}/>\n", number(at.x), number(at.y), number(radius))
    };
    let corner = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)];
    let square = [(-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)];
    match shape {
        Symbol::Disc => circle(half, &full),
        Symbol::Circle => circle(half - 0.45, &open),
        Symbol::HalfDisc => circle(half - 0.45, &open) + &half_disc(at, half - 0.45),
        Symbol::Up => path(&[(0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)], "Z", &full),
        Symbol::Down => path(&[(0.0, 1.0), (1.0, -0.8), (-1.0, -0.8)], "Z", &full),
        Symbol::Bar => path(&[(-1.0, -0.3), (1.0, -0.3), (1.0, 0.3), (-1.0, 0.3)], "Z", &full),
        Symbol::Diamond => path(&corner, "Z", &full),
        Symbol::OpenDiamond => path(&corner, "Z", &open),
        Symbol::Square => path(&square, "Z", &open),
        Symbol::Cross => path(&[(-0.8, -0.8), (0.8, 0.8)], "", &open) + &path(&[(0.8, -0.8), (-0.8, 0.8)], "", &open),
        Symbol::Arrow => {
            path(&[(-1.0, 0.0), (0.9, 0.0)], "", &open) + &path(&[(0.1, -0.8), (1.0, 0.0), (0.1, 0.8)], "", &open)
        }
        Symbol::LeftArrow => {
            path(&[(1.0, 0.0), (-0.9, 0.0)], "", &open) + &path(&[(-0.1, -0.8), (-1.0, 0.0), (-0.1, 0.8)], "", &open)
        }
        Symbol::Dot => circle(half * 0.35, &full),
    }
}

/// The left half of a circle.
fn half_disc(at: Point, radius: f64) -> String {
    let (x, r) = (number(at.x), number(radius));
    let (above, below) = (number(at.y - radius), number(at.y + radius));
    format!("<path d=\"M{x} {above}A{r} {r} 0 0 0 {x} {below}Z\" {}/>\n", filled(Tone::Ink))
}
