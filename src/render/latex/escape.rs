//! Escapes text for LaTeX: no command remains, and every character can be typeset.

use crate::diagnostic::sanitize;
use unicode_normalization::UnicodeNormalization;

/// Commands of characters that mean something to LaTeX, or that pdflatex does not know.
const TEXT: [(char, &str); 29] = [
    ('\\', "\\textbackslash{}"),
    ('{', "\\{"),
    ('}', "\\}"),
    ('#', "\\#"),
    ('$', "\\$"),
    ('%', "\\%"),
    ('&', "\\&"),
    ('_', "\\_"),
    ('~', "\\textasciitilde{}"),
    ('^', "\\textasciicircum{}"),
    ('<', "\\textless{}"),
    ('>', "\\textgreater{}"),
    ('|', "\\textbar{}"),
    ('"', "\\textquotedbl{}"),
    ('`', "\\textasciigrave{}"),
    // Behind the end of a row these would be its options.
    ('[', "{[}"),
    (']', "{]}"),
    ('*', "{*}"),
    ('\u{a0}', "~"),
    ('\u{202f}', "\\,"),
    ('\u{2009}', "\\,"),
    ('\u{ad}', "\\-"),
    ('‐', "-"),
    ('\u{2011}', "\\mbox{-}"),
    ('–', "--"),
    ('—', "---"),
    ('Ω', "\\ensuremath{\\Omega}"),
    ('\u{2126}', "\\ensuremath{\\Omega}"),
    ('℃', "\\textcelsius{}"),
];

/// Commands of mathematical characters and Greek letters, without the backslash.
const MATH: [(char, &str); 58] = [
    ('≥', "geq"),
    ('≤', "leq"),
    ('≠', "neq"),
    ('≈', "approx"),
    ('≡', "equiv"),
    ('∞', "infty"),
    ('→', "rightarrow"),
    ('←', "leftarrow"),
    ('↔', "leftrightarrow"),
    ('↑', "uparrow"),
    ('↓', "downarrow"),
    ('⇒', "Rightarrow"),
    ('√', "surd"),
    ('∑', "sum"),
    ('∆', "Delta"),
    ('−', "-"),
    ('∓', "mp"),
    ('∼', "sim"),
    ('∝', "propto"),
    ('∈', "in"),
    ('∩', "cap"),
    ('∪', "cup"),
    ('′', "prime"),
    ('″', "prime\\prime"),
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "varepsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('µ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('ς', "varsigma"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "varphi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
];

/// Digits above and below the line, each at the place of its value.
const ABOVE: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const BELOW: &str = "₀₁₂₃₄₅₆₇₈₉";
/// Punctuation beyond Latin that pdflatex typesets unchanged.
const SET_AS_THEY_STAND: &str = "‘’‚“”„†‡•…‰‹›€™";
/// Neighbours of one kind that a font would draw as one sign.
const DRAWN_AS_ONE: [char; 3] = ['-', ',', '\''];

/// A text without commands, in which every character is printed as itself.
pub(super) fn escaped(text: &str) -> String {
    let clean = sanitize(text);
    let mut escaped = String::with_capacity(clean.len());
    let mut before = None;
    for c in clean.nfc() {
        if before == Some(c) && DRAWN_AS_ONE.contains(&c) {
            escaped.push_str("{}");
        }
        push(&mut escaped, c);
        before = Some(c);
    }
    escaped
}

fn push(text: &mut String, c: char) {
    let command =
        |table: &'static [(char, &'static str)]| table.iter().find(|(known, _)| *known == c).map(|(_, to)| to);
    if let Some(known) = command(&TEXT) {
        text.push_str(known);
    } else if let Some(known) = command(&MATH) {
        let known = if *known == "-" { "-".to_owned() } else { format!("\\{known}") };
        text.push_str(&format!("\\ensuremath{{{known}}}"));
    } else if let Some(digit) = ABOVE.chars().position(|known| known == c) {
        text.push_str(&format!("\\textsuperscript{{{digit}}}"));
    } else if let Some(digit) = BELOW.chars().position(|known| known == c) {
        text.push_str(&format!("\\textsubscript{{{digit}}}"));
    } else if c.is_ascii() || is_latin(c) || SET_AS_THEY_STAND.contains(c) {
        text.push(c);
    } else {
        text.push_str(&format!("\\Character{{{:04X}}}", u32::from(c)));
    }
}

/// A letter or sign of Latin-1 or Latin Extended-A that fonts of the encoding T1 hold.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{17e}') && !matches!(c, 'Ħ' | 'ħ' | 'ĸ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'Ŧ' | 'ŧ')
}

#[cfg(test)]
mod tests {
    use super::{MATH, TEXT, escaped};
    use proptest::prelude::*;

    #[test]
    fn no_character_is_a_command() {
        for (text, expected) in [
            ("50% & $5 #1 a_b {c}", "50\\% \\& \\$5 \\#1 a\\_b \\{c\\}"),
            ("\\input{x}", "\\textbackslash{}input\\{x\\}"),
            ("~^`\"|", "\\textasciitilde{}\\textasciicircum{}\\textasciigrave{}\\textquotedbl{}\\textbar{}"),
            ("<5, >=30", "\\textless{}5, \\textgreater{}=30"),
            ("2.5–10", "2.5--10"),
            ("--a,,b''", "-{}-a,{},b'{}'"),
            ("≥5 µmol ±1", "\\ensuremath{\\geq}5 \\ensuremath{\\mu}mol ±1"),
            ("−3", "\\ensuremath{-}3"),
            ("10⁹/m² CO₂", "10\\textsuperscript{9}/m\\textsuperscript{2} CO\\textsubscript{2}"),
            ("Sjögren, e\u{301}", "Sjögren, é"),
            ("日\u{1f600}", "\\Character{65E5}\\Character{1F600}"),
            ("a\u{a0}b\n", "a~b\\textbackslash{}n"),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }

    #[test]
    fn every_character_has_one_command() {
        let all: Vec<char> = TEXT.iter().chain(&MATH).map(|(c, _)| *c).collect();
        let different: std::collections::BTreeSet<char> = all.iter().copied().collect();
        assert_eq!(all.len(), different.len());
    }

    proptest! {
        #[test]
        fn braces_are_balanced_and_no_special_stands_alone(text in "\\PC{0,20}") {
            let latex = escaped(&text);
            let (mut open, mut protected) = (0_i32, false);
            for c in latex.chars() {
                match c {
                    _ if protected => protected = false,
                    '\\' => protected = true,
                    '{' => open += 1,
                    '}' => open -= 1,
                    _ => prop_assert!(!"#$%&_^[]*\"`|<>".contains(c) || open > 0, "{latex}"),
                }
                prop_assert!(open >= 0, "{latex}");
            }
            prop_assert!(open == 0 && !protected, "{latex}");
        }
    }
}
