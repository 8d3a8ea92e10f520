//! Reading comes to an end: what a column means is decided from what is written, never from what was assumed before.

use calc_series::{Error, Inputs, ReadOptions, Settings, read_cohort};
use proptest::prelude::*;
use std::fmt::Write;

/// The error of a file that cannot be read; a refused file is one that was understood.
fn failure(content: &str, is_comma: bool) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.csv");
    std::fs::write(&path, content).unwrap();
    let mut settings = Settings::default();
    settings.decimal_comma = is_comma;
    let read = Inputs::open(&[path.to_string_lossy().into_owned()], &ReadOptions::default())
        .and_then(|inputs| read_cohort(&inputs, &settings));
    match read {
        Ok(_) | Err(Error::Refused(_)) => None,
        Err(other) => Some(other.to_string()),
    }
}

fn cell() -> impl Strategy<Value = String> {
    let patterns = [
        "-?[0-9]{1,4}",
        "-?[0-9]{1,4}[.,][0-9]{1,4}",
        "[<>][0-9]{1,2}([.,][0-9]{1,3})?",
        "[0-9]{1,3}([.,][0-9]{1,3})? (K/µL|Tsd/µl|G/l|mg/dl|kg|g|m|%|mm)",
        "[0-9]{1,2}([.,][0-9])? ?(y|mo|months|Jahre|d|h)",
        "[0-9]{1,2}([.,][0-9])?-[0-9]{1,3}([.,][0-9])?",
        "[0-9]{1,2}([.,][0-9])?\\+|[0-9]a|1:[0-9]{2}|1/[0-9]{2,3}|[0-9]{2}/[0-9]{2}",
        "[0-3][0-9]\\.0[1-9]\\.20[12][0-9]|20[12][0-9]-0[1-9]|[1-9]\\.20[12][0-9]",
        "[0-9]{1,3}[.,][0-9]{3}[.,][0-9]{3}|[0-9],[0-9],[0-9]|[0-9]{1,3} [0-9]{3}",
        "yes|no|pos|neg|normal|high|NA|ND|x|-|\\+|",
        "a long remark about this patient that nobody will ever tabulate",
        "a; b|a: improved|a \\+ b",
    ];
    prop::sample::select(patterns.to_vec()).prop_flat_map(|pattern| prop::string::string_regex(pattern).unwrap())
}

fn header() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "WBC",
        "Plt",
        "Leukozyten",
        "CRP",
        "age",
        "weight",
        "value",
        "WBC (/µL)",
        "Hb (g/dL)",
        "Follow-up",
        "onset",
        "date",
        "sites",
        "treatment",
        "stage",
        "ANA titre",
        "Age (months)",
        "toes",
        "outcome",
        "response",
        "sex",
    ])
}

fn columns() -> impl Strategy<Value = Vec<(&'static str, Vec<String>)>> {
    let column = |rows: usize| (header(), prop::collection::vec(cell(), rows));
    (1_usize..7).prop_flat_map(move |rows| prop::collection::vec(column(rows), 1..4))
}

fn file(columns: &[(&str, Vec<String>)], delimiter: char) -> String {
    let mut text = String::from("case_id");
    columns.iter().enumerate().for_each(|(n, (header, _))| write!(text, "{delimiter}{header} {n}").unwrap());
    let rows = columns.first().map_or(0, |(_, cells)| cells.len());
    for row in 0..rows {
        write!(text, "\nP{row}").unwrap();
        columns.iter().for_each(|(_, cells)| write!(text, "{delimiter}\"{}\"", cells[row]).unwrap());
    }
    text + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_column_is_decided(columns in columns(), delimiter in prop::sample::select(vec![',', ';']), is_comma in any::<bool>()) {
        let text = file(&columns, delimiter);
        prop_assert_eq!(failure(&text, is_comma), None, "{}", text);
    }
}

#[test]
fn points_and_commas_in_one_column_of_blood_cells_are_decided() {
    for (header, cells) in [
        ("WBC", ["4.300", "9,8 K/µL"]),
        ("Leukozyten", ["4.300", "9,8 Tsd/µl"]),
        ("Plt", ["250.000", "180 G/l"]),
        ("Plt", ["1.234.567", "180,5"]),
    ] {
        for delimiter in [',', ';'] {
            let columns = [(header, cells.map(str::to_owned).to_vec())];
            assert_eq!(failure(&file(&columns, delimiter), false), None, "{header} {cells:?}");
        }
    }
}
