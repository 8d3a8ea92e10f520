//! Column names that a user types: capitals do not matter where one column is meant.

/// The position of the only column of which a name is this one but for capitals.
pub fn only_but_for_case<'n>(wanted: &str, columns: impl IntoIterator<Item = [&'n str; 2]>) -> Option<usize> {
    let folded = wanted.trim().to_lowercase();
    let is_meant = |names: [&str; 2]| names.into_iter().any(|name| name.to_lowercase() == folded);
    let mut found = columns.into_iter().enumerate().filter(|(_, names)| is_meant(*names)).map(|(at, _)| at);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The declared word that is meant: the word itself, or the only one that differs from it in nothing but capitals.
pub fn declared_word<'w>(wanted: &str, declared: impl Iterator<Item = &'w str> + Clone) -> Option<&'w str> {
    let folded = wanted.to_lowercase();
    let mut alike = declared.clone().filter(|word| word.to_lowercase() == folded);
    let exact = declared.clone().find(|word| *word == wanted);
    exact.or_else(|| alike.next().filter(|first| alike.all(|other| other == *first)))
}

/// Stands between the name of a column and a visit.
pub const VISIT_SIGN: char = '@';

/// The name of a column at a visit: `crp@month_6`.
pub fn visit_column(name: &str, visit: &str) -> String {
    format!("{name}{VISIT_SIGN}{visit}")
}

/// A column and its visit: `crp` and `month_6` of `crp@month_6`.
pub fn at_visit(header: &str) -> Option<(&str, &str)> {
    let (column, visit) = header.rsplit_once(VISIT_SIGN)?;
    let is_joined = !column.ends_with(char::is_whitespace) && !visit.starts_with(char::is_whitespace);
    (is_joined && !column.is_empty() && !visit.is_empty()).then_some((column, visit))
}

/// The column that an option names to say the same of it at all visits: `crp` for `crp@peak`.
pub fn at_any_visit(header: &str) -> &str {
    at_visit(header).map_or(header, |(column, _)| column)
}

#[cfg(test)]
mod tests {
    use super::only_but_for_case;

    #[test]
    fn capitals_do_not_matter_where_one_column_is_meant() {
        let columns = [["Sex", "Sex"], ["CK", "CK (U/L)"], ["ck", "ck"], ["Âge", "Âge"]];
        let of = |wanted| only_but_for_case(wanted, columns);
        assert_eq!(
            [of("sex"), of("ck (u/l)"), of("âGE"), of("Ck"), of("sexes")],
            [Some(0), Some(1), Some(3), None, None]
        );
    }
}
