//! An axis of numbers, with ticks at round numbers.

use super::advance::{Weight, width};
use super::canvas::{Canvas, GAP, LEADING, TEXT};
use super::mark::{Anchor, DrawnMark, Point, Stroke, Tone};

/// Steps between ticks, to be taken times a power of ten.
const ROUND: [f64; 3] = [1.0, 2.0, 5.0];
/// Steps between ticks of months.
const OF_MONTHS: [f64; 7] = [1.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0];

/// An axis without far numbers is so many times shorter, or they stay on it.
const SHORTER: f64 = 2.5;

/// Round numbers from a least to a greatest one.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The number at its beginning.
    pub low: f64,
    /// The number at its end.
    pub high: f64,
    /// The numbers with a tick.
    pub ticks: Vec<f64>,
    decimals: usize,
}

impl Axis {
    /// An axis that holds these numbers and ends at ticks, with at most so many of them.
    pub fn around(low: f64, high: f64, most: usize) -> Axis {
        let (low, high) = if high > low { (low, high) } else { (low - 1.0, low + 1.0) };
        let step = step(high - low, most, None);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        Axis { low: first * step, high: last * step, ticks: ticks(first, last, step), decimals: decimals(step) }
    }

    /// An axis from 0 that ends at a number, with at most so many ticks.
    pub fn up_to(high: f64, most: usize, unit: Option<&str>) -> Axis {
        let high = if high > 0.0 { high } else { 1.0 };
        let step = step(high, most, unit);
        Axis { low: 0.0, high, ticks: ticks(0.0, (high / step).floor(), step), decimals: decimals(step) }
    }

    /// True where a number lies beyond an end.
    pub fn is_beyond(&self, value: f64) -> bool {
        value < self.low || value > self.high
    }

    /// The place of a number on a line; of one beyond an end, that end.
    pub fn place(&self, value: f64, from: f64, length: f64) -> f64 {
        from + length * ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The text of a tick.
    pub fn text(&self, tick: f64) -> String {
        let text = format!("{tick:.*}", self.decimals);
        if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
            return "0".to_owned();
        }
        text.replace('-', "\u{2212}")
    }

    /// The width of the widest text.
    pub fn widest(&self) -> f64 {
        self.ticks.iter().map(|tick| width(&self.text(*tick), TEXT, Weight::Regular)).fold(0.0, f64::max)
    }

    /// Which ticks have their number on a line of this length: all, or each second, third, ... where all would touch.
    fn labelled(&self, length: f64) -> usize {
        let gaps = self.ticks.len().saturating_sub(1).max(1) as f64;
        let between = length / gaps;
        ((self.widest() + GAP) / between).ceil().max(1.0) as usize
    }

    /// Draws the axis below a frame from `top` to `bottom`, with a line up to its top at each tick, and moves on.
    pub fn below(&self, canvas: &mut Canvas, (left, length): (f64, f64), (top, bottom): (f64, f64)) {
        let every = self.labelled(length);
        let zero = self.ticks.iter().position(|tick| self.text(*tick) == "0").unwrap_or(0);
        for (number, tick) in self.ticks.iter().enumerate() {
            let x = self.place(*tick, left, length);
            let (from, to) = (Point { x, y: top }, Point { x, y: bottom });
            canvas.push(DrawnMark::Line { from, to, tone: Tone::Rule, thickness: 0.4, stroke: Stroke::Solid });
            if number.abs_diff(zero) % every == 0 {
                let at = Point { x, y: bottom + 2.0 };
                canvas.label(at, &self.text(*tick), (TEXT, Weight::Regular, Tone::Muted), Anchor::Middle);
            }
        }
        canvas.y = bottom + 2.0 + LEADING;
    }

    /// Draws the axis at the left of a frame, with a line over its whole length at each tick.
    pub fn beside(&self, canvas: &mut Canvas, (left, length): (f64, f64), (top, bottom): (f64, f64), sign: &str) {
        for tick in &self.ticks {
            let y = self.place(*tick, bottom, top - bottom);
            let (from, to) = (Point { x: left, y }, Point { x: left + length, y });
            canvas.push(DrawnMark::Line { from, to, tone: Tone::Rule, thickness: 0.4, stroke: Stroke::Solid });
            let at = Point { x: left - GAP, y: y - TEXT / 2.0 };
            canvas.label(at, &(self.text(*tick) + sign), (TEXT, Weight::Regular, Tone::Muted), Anchor::End);
        }
    }
}

/// The least and the greatest number that an axis shows: all of them, but for a few far ones that would press all others
/// together.
///
/// Far: more than three times the distance of the quartiles beyond one of them (Tukey 1977, the outer fences). They stay
/// on the axis where they are more than a tenth of the numbers, where the axis without them is not much shorter, and of
/// fewer than ten numbers.
pub fn ends_without_far(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (sorted.first().copied(), sorted.last().copied()) else { return (0.0, 0.0) };
    let quartile = |part: usize| sorted.get(sorted.len() * part / 4).copied().unwrap_or(high);
    let (first, third) = (quartile(1), quartile(3));
    let fence = 3.0 * (third - first);
    let near: Vec<f64> = sorted.iter().copied().filter(|it| (first - fence..=third + fence).contains(it)).collect();
    let is_few = (sorted.len() - near.len()) * 10 <= sorted.len();
    match (near.first(), near.last()) {
        (Some(from), Some(to)) if sorted.len() >= 10 && is_few && (to - from) * SHORTER < high - low => (*from, *to),
        _ => (low, high),
    }
}

fn step(span: f64, most: usize, unit: Option<&str>) -> f64 {
    let most = most.max(2) as f64;
    let of_months = OF_MONTHS.into_iter().filter(|_| unit == Some("months"));
    let exponent = (span / most).log10().floor();
    let round = (0..3).flat_map(|more| ROUND.map(|round| round * 10_f64.powf(exponent + f64::from(more))));
    let mut steps = of_months.chain(round).filter(|step| span / step <= most);
    steps.next().unwrap_or(span)
}

fn ticks(first: f64, last: f64, step: f64) -> Vec<f64> {
    let many = (last - first).clamp(0.0, 100.0) as u32;
    (0..=many).map(|number| (first + f64::from(number)) * step).collect()
}

fn decimals(step: f64) -> usize {
    (-step.log10().floor()).clamp(0.0, 12.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_far_numbers_do_not_press_the_others_together() {
        let near: Vec<f64> = (1..=20).map(f64::from).collect();
        let with = |far: &[f64]| ends_without_far(&[near.as_slice(), far].concat());
        assert_eq!(with(&[]), (1.0, 20.0));
        assert_eq!(with(&[900.0]), (1.0, 20.0));
        assert_eq!(with(&[-400.0, 900.0]), (1.0, 20.0));
        // Not far, too many of them, too few of all.
        assert_eq!(with(&[30.0]), (1.0, 30.0));
        assert_eq!(with(&[900.0, 901.0, 902.0]), (1.0, 902.0));
        assert_eq!(ends_without_far(&[1.0, 2.0, 3.0, 900.0]), (1.0, 900.0));
        assert_eq!(ends_without_far(&[]), (0.0, 0.0));
    }

    #[test]
    fn ticks_are_round_and_few() {
        for (axis, texts) in [
            (Axis::up_to(36.0, 8, Some("months")), "0 6 12 18 24 30 36"),
            (Axis::up_to(161.0, 6, Some("months")), "0 60 120"),
            (Axis::up_to(1022.0, 6, None), "0 200 400 600 800 1000"),
            (Axis::up_to(0.0, 6, None), "0 0.2 0.4 0.6 0.8 1.0"),
            (Axis::around(-9.0, 1.0, 6), "\u{2212}10 \u{2212}8 \u{2212}6 \u{2212}4 \u{2212}2 0 2"),
            (Axis::around(0.012, 0.031, 5), "0.010 0.015 0.020 0.025 0.030 0.035"),
            (Axis::around(5.0, 5.0, 4), "4.0 4.5 5.0 5.5 6.0"),
        ] {
            let found: Vec<String> = axis.ticks.iter().map(|tick| axis.text(*tick)).collect();
            assert_eq!(found.join(" "), texts);
            assert!(axis.ticks.iter().all(|tick| *tick >= axis.low - 1e-9 && *tick <= axis.high + 1e-9), "{axis:?}");
        }
    }
}
