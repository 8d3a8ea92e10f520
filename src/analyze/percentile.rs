//! Whole percentiles.

use crate::stats::quantile::Probability;

/// A whole percentile, 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentile(u8);

impl Percentile {
    /// The first quartile.
    pub const P25: Percentile = Percentile(25);
    /// The median.
    pub const MEDIAN: Percentile = Percentile(50);
    /// The third quartile.
    pub const P75: Percentile = Percentile(75);

    /// The percentiles 1 to 99.
    pub fn all() -> impl Iterator<Item = Percentile> {
        (1..=99).map(Percentile)
    }

    /// None where it is not one of 1 to 99.
    pub fn new(hundredths: u8) -> Option<Percentile> {
        (1..=99).contains(&hundredths).then_some(Percentile(hundredths))
    }

    /// The same as a probability.
    pub fn probability(self) -> Probability {
        Probability::new(u32::from(self.0), 100).unwrap_or(Probability::MEDIAN)
    }

    /// The percentile of a name such as `p10`.
    pub fn parse(name: &str) -> Option<Percentile> {
        let hundredths = name.strip_prefix('p').filter(|digits| !digits.starts_with(['0', '+']))?;
        Percentile::new(hundredths.parse().ok()?)
    }

    /// Its number, 1 to 99.
    pub fn hundredths(self) -> u8 {
        self.0
    }

    /// `p10`.
    pub fn name(self) -> &'static str {
        PERCENTILES.get(usize::from(self.0) - 1).copied().unwrap_or_default()
    }
}

/// The names of the percentiles 1 to 99.
const PERCENTILES: [&str; 99] = [
    "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12", "p13", "p14", "p15", "p16", "p17",
    "p18", "p19", "p20", "p21", "p22", "p23", "p24", "p25", "p26", "p27", "p28", "p29", "p30", "p31", "p32", "p33",
    "p34", "p35", "p36", "p37", "p38", "p39", "p40", "p41", "p42", "p43", "p44", "p45", "p46", "p47", "p48", "p49",
    "p50", "p51", "p52", "p53", "p54", "p55", "p56", "p57", "p58", "p59", "p60", "p61", "p62", "p63", "p64", "p65",
    "p66", "p67", "p68", "p69", "p70", "p71", "p72", "p73", "p74", "p75", "p76", "p77", "p78", "p79", "p80", "p81",
    "p82", "p83", "p84", "p85", "p86", "p87", "p88", "p89", "p90", "p91", "p92", "p93", "p94", "p95", "p96", "p97",
    "p98", "p99",
];
