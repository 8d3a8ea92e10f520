//! Letters that are years behind a number where the header says so: `5 J`, `5 a`.

/// The letters that are years behind a number of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct YearLetters {
    /// `J` and `j.` of German and Dutch.
    pub j: bool,
    /// `a` of ages, in any language.
    pub a: bool,
}

impl YearLetters {
    /// True for one of these letters.
    pub fn hold(self, unit: &str) -> bool {
        self.j && is_letter_j(unit) || self.a && is_letter_a(unit)
    }

    /// True where some letter is a year.
    pub fn are_any(self) -> bool {
        self.j || self.a
    }
}

/// True for the letter of German and Dutch years: `J`, `j.`.
pub fn is_letter_j(unit: &str) -> bool {
    matches!(unit.strip_suffix('.').unwrap_or(unit), "J" | "j")
}

/// True for the letter of years in UCUM, and of `años` and `anni`: `a`, `a.`.
pub fn is_letter_a(unit: &str) -> bool {
    unit.strip_suffix('.').unwrap_or(unit) == "a"
}
