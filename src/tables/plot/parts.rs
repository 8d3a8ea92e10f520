//! A figure that is higher than a page: parts of about the same height, each with its title and its key.

use super::mark::DrawnMark;

/// The height of a page within its margins, in points: 243 millimetres.
pub const PAGE: f64 = 690.0;

/// Where a row or a panel begins, above which a figure may be cut.
#[derive(Debug, Clone, PartialEq)]
pub struct CutPlace {
    /// The number of its first mark.
    pub mark: usize,
    /// The number of its first sentence in the description.
    pub sentence: usize,
    /// Where it begins.
    pub y: f64,
    /// The heading that it stands below, where that is drawn before it.
    pub within: Option<String>,
}

/// Where a part of a figure begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigurePartStart {
    /// The number of its first mark.
    pub mark: usize,
    /// The number of its first sentence in the description.
    pub sentence: usize,
    /// Where it begins.
    pub y: f64,
}

/// Which rows begin a part, of rows that are so high, where a part has so much room: as few parts as possible, of about
/// the same height.
pub fn starts(heights: &[f64], room: f64) -> Vec<usize> {
    let total: f64 = heights.iter().sum();
    let fewest = cut(heights, (room, total)).len();
    cut(heights, (room, total / fewest.max(1) as f64))
}

/// The rows that begin a part, where the parts end about at multiples of a height.
fn cut(heights: &[f64], (room, wished): (f64, f64)) -> Vec<usize> {
    let (mut starts, mut used, mut above) = (Vec::new(), 0.0, 0.0);
    for (at, height) in heights.iter().enumerate() {
        if at == 0 || used + height > room || above + height / 2.0 > wished * starts.len() as f64 {
            starts.push(at);
            used = 0.0;
        }
        used += height;
        above += height;
    }
    starts
}

/// The title of a part: `Treatment lines: 100 cases (2 of 3)`.
pub fn part_title(title: &str, number: usize, parts: usize) -> String {
    if parts > 1 { format!("{title} ({number} of {parts})") } else { title.to_owned() }
}

impl DrawnMark {
    /// The same mark, so much further down.
    pub fn moved(&self, down: f64) -> DrawnMark {
        let mut moved = self.clone();
        match &mut moved {
            DrawnMark::Box { frame, .. } => frame.y += down,
            DrawnMark::Line { from, to, .. } => [from, to].into_iter().for_each(|end| end.y += down),
            DrawnMark::Path { points, .. } => points.iter_mut().for_each(|point| point.y += down),
            DrawnMark::Symbol { at, .. } => at.y += down,
            DrawnMark::Label(label) => label.at.y += down,
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[test]
    fn parts_are_few_and_about_as_high() {
        assert_eq!(starts(&[10.0; 100], 400.0), [0, 33, 67]);
        assert_eq!(starts(&[10.0; 40], 400.0), [0]);
        assert_eq!(starts(&[10.0; 41], 400.0), [0, 21]);
        assert_eq!(starts(&[300.0, 300.0, 50.0, 900.0, 20.0], 400.0), [0, 1, 3, 4]);
        assert_eq!(starts(&[], 400.0), [0; 0]);
    }
}
