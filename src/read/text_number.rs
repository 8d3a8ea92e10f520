//! Numbers that are texts in a form that has numbers of its own: JSON and workbooks.

/// Stands behind a text such as `2.000` where a number is no text, so that the number 2.000 is known from it; as white
/// space it is no part of what the cell says.
pub const OF_TEXT: char = ' ';

/// True for `2.000` and `1.234.567`: one to three digits, and three behind each point.
pub fn may_be_thousands(text: &[u8]) -> bool {
    let is_group =
        |group: &[u8], least: usize| (least..=3).contains(&group.len()) && group.iter().all(u8::is_ascii_digit);
    let mut groups = text.split(|byte| *byte == b'.');
    groups.next().is_some_and(|first| is_group(first, 1))
        && text.contains(&b'.')
        && groups.all(|group| is_group(group, 3))
}

#[cfg(test)]
mod tests {
    use super::may_be_thousands;

    #[test]
    fn exactly_three_digits_stand_behind_each_point() {
        for text in ["2.000", "250.000", "1.234.567"] {
            assert!(may_be_thousands(text.as_bytes()), "{text}");
        }
        for text in ["2.0", "1234.567", "2000", "2.000 U/L", ".000", "2.", "", "1.234.5", "-2.000"] {
            assert!(!may_be_thousands(text.as_bytes()), "{text}");
        }
    }
}
