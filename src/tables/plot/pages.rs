//! A figure as pages: each part of it is a figure.

use super::DrawnFigure;
use super::parts::{FigurePartStart, part_title};

impl DrawnFigure {
    /// The figure as parts of which each fits on a page; itself where it does.
    pub fn pages(&self) -> Vec<DrawnFigure> {
        let first = FigurePartStart { mark: 0, sentence: 0, y: 0.0 };
        let starts: Vec<FigurePartStart> = std::iter::once(first).chain(self.parts.iter().copied()).collect();
        let end = FigurePartStart { mark: self.marks.len(), sentence: self.description.len(), y: self.height };
        let ends = self.parts.iter().copied().chain([end]);
        let of = starts.len();
        starts.iter().zip(ends).enumerate().map(|(at, (start, end))| self.page((at + 1, of), *start, end)).collect()
    }

    fn page(&self, (number, of): (usize, usize), start: FigurePartStart, end: FigurePartStart) -> DrawnFigure {
        let marks = self.marks.get(start.mark..end.mark).unwrap_or_default();
        let description = self.description.get(start.sentence..end.sentence).unwrap_or_default();
        DrawnFigure {
            kind: self.kind,
            title: part_title(&self.title, number, of),
            description: description.to_vec(),
            // They stand below the last part.
            notes: if number == of { self.notes.clone() } else { Vec::new() },
            width: self.width,
            height: end.y - start.y,
            marks: marks.iter().map(|mark| mark.moved(-start.y)).collect(),
            number,
            parts: Vec::new(),
        }
    }
}
