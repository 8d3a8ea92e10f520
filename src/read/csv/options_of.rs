//! The options that a file in another encoding needs, all together.

use super::sample::records;

/// The options for a text whose bytes are not UTF-8, as they can be pasted.
///
/// Between semicolons the decimal comma is found column by column, and needs no option.
pub fn encoding_options(sample: &str, delimiter: u8) -> String {
    let encoding = "--encoding windows-1252";
    let has_commas = !matches!(delimiter, b',' | b';') && has_decimal_commas(sample, delimiter);
    if has_commas { format!("{encoding} --decimal-comma") } else { encoding.to_owned() }
}

/// True where some cells are numbers with a decimal comma, and none is one with a point.
fn has_decimal_commas(sample: &str, delimiter: u8) -> bool {
    let rows = records(sample, delimiter, 1);
    let cells = || rows.iter().skip(1).flat_map(|row| &row.cells);
    cells().any(|cell| is_decimal(cell, ',')) && !cells().any(|cell| is_decimal(cell, '.'))
}

fn is_decimal(cell: &str, mark: char) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    cell.split_once(mark).is_some_and(|(whole, decimals)| is_digits(whole) && is_digits(decimals))
}

#[cfg(test)]
mod tests {
    use super::encoding_options;

    #[test]
    fn a_decimal_comma_needs_an_option_unless_semicolons_tell() {
        let text = "id\tcrp\nP1\t2,5\n";
        assert_eq!(encoding_options(text, b'\t'), "--encoding windows-1252 --decimal-comma");
        assert_eq!(encoding_options(&text.replace('\t', ";"), b';'), "--encoding windows-1252");
        assert_eq!(encoding_options("id\tcrp\nP1\t2.5\n", b'\t'), "--encoding windows-1252");
    }
}
