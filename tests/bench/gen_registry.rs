//! Deterministic synthetic patient registry, for benchmarks only (no real patient is in it).
//!
//! Row i depends only on i: a smaller file is a prefix of a larger one.
use std::io::{self, Write};

const SEX: [&str; 2] = ["F", "M"];
const ETIOLOGY: [&str; 6] = [
    "juvenile dermatomyositis",
    "dermatomyositis",
    "systemic sclerosis",
    "overlap syndrome",
    "lupus erythematosus",
    "idiopathic",
];
const SITES: [&str; 14] = [
    "elbow", "knee", "finger", "hand", "forearm", "thigh", "buttock", "hip", "shoulder", "abdomen", "chest", "foot",
    "leg", "neck",
];
const DRUGS: [&str; 12] = [
    "diltiazem",
    "colchicine",
    "IVIG",
    "pamidronate",
    "alendronate",
    "sodium thiosulfate",
    "surgery",
    "rituximab",
    "infliximab",
    "tofacitinib",
    "warfarin",
    "minocycline",
];
const RESPONSE: [&str; 5] = ["complete", "partial", "stable", "progression", "unknown"];
const OUTCOME: [&str; 4] = ["improved", "unchanged", "worse", "lost to follow-up"];
const WORDS: [&str; 16] = [
    "firm",
    "nodule",
    "painful",
    "ulcerated",
    "tender",
    "stable on review",
    "chalky discharge",
    "limited extension",
    "referred",
    "repeat X-ray",
    "physiotherapy",
    "no fever",
    "contracture",
    "plaque",
    "drained",
    "family informed",
];

struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
    fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
    fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }
    /// Nearly normal: the sum of eight 16-bit uniforms.
    fn normal(&mut self) -> f64 {
        let (a, b) = (self.next(), self.next());
        let s: u64 = (0..4).map(|k| ((a >> (16 * k)) & 0xFFFF) + ((b >> (16 * k)) & 0xFFFF)).sum();
        (s as f64 / 65535.0 - 4.0) * 1.224_744_871_391_589
    }
    fn weighted(&mut self, w: &[f64]) -> usize {
        let mut u = self.unit() * w.iter().sum::<f64>();
        for (i, p) in w.iter().enumerate() {
            u -= p;
            if u < 0.0 {
                return i;
            }
        }
        w.len() - 1
    }
}

/// One laboratory value: missing, censored, "normal", or a number.
struct Lab {
    median: f64,
    sigma: f64,
    decimals: usize,
    missing: f64,
    low: f64,
    high: f64,
    normal: f64,
}

impl Lab {
    fn draw(&self, r: &mut Rng, shift: f64, out: &mut String) {
        use std::fmt::Write;
        if r.chance(self.missing) {
            return;
        }
        if r.chance(self.normal) {
            out.push_str("normal");
            return;
        }
        let x = self.median * (self.sigma * r.normal() + shift).exp();
        let _ = if x < self.low {
            write!(out, "<{}", self.low)
        } else if x > self.high {
            write!(out, ">{}", self.high)
        } else {
            write!(out, "{x:.*}", self.decimals)
        };
    }
}

const LABS: [Lab; 6] = [
    Lab { median: 24.0, sigma: 0.7, decimals: 0, missing: 0.12, low: 0.0, high: f64::MAX, normal: 0.0 },
    Lab { median: 4.0, sigma: 1.2, decimals: 1, missing: 0.15, low: 0.5, high: f64::MAX, normal: 0.0 },
    Lab { median: 140.0, sigma: 1.0, decimals: 0, missing: 0.18, low: 0.0, high: f64::MAX, normal: 0.02 },
    Lab { median: 260.0, sigma: 0.4, decimals: 0, missing: 0.25, low: 0.0, high: f64::MAX, normal: 0.0 },
    Lab { median: 12.4, sigma: 0.12, decimals: 1, missing: 0.08, low: 0.0, high: f64::MAX, normal: 0.0 },
    Lab { median: 95.0, sigma: 1.3, decimals: 1, missing: 0.35, low: 5.0, high: 1280.0, normal: 0.01 },
];

/// Up to `most` different items of `all`, joined by ';'.
fn items(r: &mut Rng, all: &[&str], most: usize, response: bool, out: &mut String) {
    let count = 1 + r.weighted(&[0.4, 0.3, 0.15, 0.1, 0.05][..most]);
    let mut seen = 0u32;
    for _ in 0..count {
        let mut i = r.below(all.len()).min(r.below(all.len()));
        while seen & (1 << i) != 0 {
            i = (i + 1) % all.len();
        }
        if seen != 0 {
            out.push(';');
        }
        seen |= 1 << i;
        out.push_str(all[i]);
        if response {
            let good = 0.5 + 0.1 * (i % 4) as f64;
            out.push_str(": ");
            out.push_str(RESPONSE[r.weighted(&[0.3 * good, good, 0.6, 0.4, 0.1])]);
        }
    }
}

fn note(r: &mut Rng, out: &mut String) {
    if r.chance(0.35) {
        return;
    }
    let style = r.weighted(&[0.55, 0.30, 0.12, 0.03]);
    for k in 0..2 + r.below(6) {
        if k > 0 {
            out.push_str(match style {
                0 => " ",
                3 if k == 2 => "\n",
                _ => ", ",
            });
        }
        let w = WORDS[r.below(16)];
        if style == 2 && k == 1 {
            out.push('"');
            out.push_str(w);
            out.push('"');
        } else {
            out.push_str(w);
        }
    }
}

const HEADER: [&str; 18] = [
    "id",
    "age",
    "sex",
    "etiology",
    "onset_year",
    "sites",
    "esr",
    "crp",
    "ck",
    "ldh",
    "hb",
    "ferritin",
    "ana",
    "treatments",
    "outcome",
    "followup_months",
    "centre",
    "note",
];

fn row(i: u64, f: &mut [String; 18]) {
    use std::fmt::Write;
    let mut r = Rng(i.wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x5EED);
    r.next();
    f.iter_mut().for_each(String::clear);
    let e = r.weighted(&[0.34, 0.16, 0.24, 0.10, 0.08, 0.08]);
    let _ = write!(f[0], "P{i:08}");
    if !r.chance(0.02) {
        let (mean, sd) = if e == 0 { (9.5, 3.4) } else { (47.0, 14.0) };
        let _ = write!(f[1], "{:.1}", (mean + sd * r.normal()).clamp(0.5, 95.0));
    }
    f[2].push_str(SEX[r.weighted(&[0.68, 0.32])]);
    f[3].push_str(ETIOLOGY[e]);
    let _ = write!(f[4], "{}", 1985 + r.below(40));
    items(&mut r, &SITES, 5, false, &mut f[5]);
    for (k, lab) in LABS.iter().enumerate() {
        let shift = if k == 2 && e < 2 { 0.8 } else { 0.0 };
        lab.draw(&mut r, shift, &mut f[6 + k]);
    }
    match r.weighted(&[0.1, 0.4, 0.5]) {
        0 => {}
        1 => f[12].push_str("negative"),
        _ => {
            let _ = write!(f[12], "1:{}", 40 << r.below(6));
        }
    }
    if !r.chance(0.05) {
        items(&mut r, &DRUGS, 4, true, &mut f[13]);
    }
    f[14].push_str(OUTCOME[r.weighted(&[0.45, 0.3, 0.15, 0.1])]);
    if !r.chance(0.03) {
        let _ = write!(f[15], "{}", (36.0 * (0.8 * r.normal()).exp()) as u32);
    }
    let _ = write!(f[16], "C{:02}", 1 + r.below(24));
    note(&mut r, &mut f[17]);
}

/// Writes a registry of so many cases, as CSV or with one JSON object a line.
pub fn write_registry(rows: u64, json: bool, out: &mut impl Write) -> io::Result<()> {
    if !json {
        writeln!(out, "{}", HEADER.join(","))?;
    }
    let mut fields: [String; 18] = Default::default();
    for i in 1..=rows {
        row(i, &mut fields);
        for (k, v) in fields.iter().enumerate() {
            if json {
                let number = v.parse::<f64>().is_ok();
                write!(out, "{}\"{}\":", if k == 0 { "{" } else { "," }, HEADER[k])?;
                match v.as_str() {
                    "" => out.write_all(b"null")?,
                    v if number => out.write_all(v.as_bytes())?,
                    v => write!(out, "\"{}\"", v.replace('"', "\\\"").replace('\n', "\\n"))?,
                }
            } else {
                if k > 0 {
                    out.write_all(b",")?;
                }
                if v.contains([',', '"', '\n']) {
                    write!(out, "\"{}\"", v.replace('"', "\"\""))?;
                } else {
                    out.write_all(v.as_bytes())?;
                }
            }
        }
        out.write_all(if json { b"}\n" } else { b"\n" })?;
    }
    out.flush()
}
