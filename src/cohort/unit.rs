//! Spellings of units.

use crate::schema::lexical::duration_unit;

/// True for two spellings of the same unit: `IU/L` and `U/l`, `mm/hr` and `mm/h`.
pub fn same_unit(one: &str, other: &str) -> bool {
    one == other || plain_unit(one) == plain_unit(other)
}

fn plain_unit(unit: &str) -> String {
    let plain: String = unit
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '^')
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'µ' | 'μ' => 'u',
            '²' => '2',
            '³' => '3',
            '⁹' => '9',
            '×' => 'x',
            other => other,
        })
        .collect();
    let plain = plain.replace("10*", "10").replace("x10", "10");
    plain.split('/').map(plain_part).collect::<Vec<_>>().join("/")
}

fn plain_part(part: &str) -> &str {
    match part {
        "iu" | "ui" => "u",
        "hr" | "hour" | "1h" => "h",
        "mm3" => "ul",
        other => duration_unit(other).map_or(other, |unit| unit.word()),
    }
}
