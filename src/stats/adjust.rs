//! p-values adjusted for the number of tests.

use crate::words::words;

words! {
    /// How p-values are adjusted.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Adjustment: "adjustment of p-values" {
        /// Holm's step-down procedure.
        Holm = "holm",
        /// Hochberg's step-up procedure.
        Hochberg = "hochberg",
        /// Bonferroni's.
        Bonferroni = "bonferroni",
        /// Benjamini and Hochberg's control of the false discovery rate.
        BenjaminiHochberg = "bh",
    }
}

impl Adjustment {
    /// Its name in tables and results.
    pub const fn name(self) -> &'static str {
        match self {
            Adjustment::Holm => "Holm",
            Adjustment::Hochberg => "Hochberg",
            Adjustment::Bonferroni => "Bonferroni",
            Adjustment::BenjaminiHochberg => "Benjamini-Hochberg, false discovery rate",
        }
    }
}

/// The adjusted p-values, in the order given; a test without p has none and does not count.
/// Formula, with p₍₁₎ ≤ ... ≤ p₍ₘ₎ the p-values there are, each at most 1:
/// Bonferroni m·p; Holm max over j ≤ i of (m − j + 1)·p₍ⱼ₎; Hochberg min over j ≥ i of
/// (m − j + 1)·p₍ⱼ₎; Benjamini-Hochberg min over j ≥ i of m/j·p₍ⱼ₎.
/// Units: in [0, 1].
/// Reference: Holm 1979, doi:10.2307/4615733; Hochberg 1988, doi:10.1093/biomet/75.4.800;
/// Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
/// Checked: statsmodels 0.15.0 multipletests, tests/stats/adjust.rs
pub fn adjusted(ps: &[Option<f64>], adjustment: Adjustment) -> Vec<Option<f64>> {
    let mut ranked: Vec<(f64, usize)> = ps.iter().enumerate().filter_map(|(at, p)| Some(((*p)?, at))).collect();
    ranked.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    let m = ranked.len();
    let factor = |rank: usize| match adjustment {
        Adjustment::Holm | Adjustment::Hochberg => (m - rank) as f64,
        Adjustment::Bonferroni => m as f64,
        Adjustment::BenjaminiHochberg => m as f64 / (rank + 1) as f64,
    };
    for (rank, (p, _)) in ranked.iter_mut().enumerate() {
        *p = (*p * factor(rank)).min(1.0);
    }
    match adjustment {
        Adjustment::Bonferroni => {}
        Adjustment::Holm => carry(ranked.iter_mut(), f64::max),
        Adjustment::Hochberg | Adjustment::BenjaminiHochberg => carry(ranked.iter_mut().rev(), f64::min),
    }
    let mut adjusted = vec![None; ps.len()];
    for (p, at) in ranked {
        adjusted[at] = Some(p);
    }
    adjusted
}

/// Replaces each p by the extreme of those up to it.
fn carry<'a>(ranked: impl Iterator<Item = &'a mut (f64, usize)>, extreme: fn(f64, f64) -> f64) {
    let mut last = None;
    for (p, _) in ranked {
        *p = last.map_or(*p, |last| extreme(last, *p));
        last = Some(*p);
    }
}
