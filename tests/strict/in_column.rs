//! What a cell means in its column: points and commas of thousands, `45M`, `1 L`, serial numbers of days, fractions among
//! percentages, grades with a plus. Nothing of it is averaged in silence.

use super::{accepted, run_in, stat};
use rust_xlsxwriter::Workbook;

/// A file, the cells that are listed for its column, and what is said on standard error.
struct Row {
    file: &'static str,
    column: &'static str,
    listed: &'static [&'static str],
    said: &'static [&'static str],
}

const fn row(
    file: &'static str,
    column: &'static str,
    listed: &'static [&'static str],
    said: &'static [&'static str],
) -> Row {
    Row { file, column, listed, said }
}

/// The column of the listing, and what is said of it.
fn listing(name: &str, content: &[u8], column: &str) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), content).unwrap();
    let ran = run_in(folder.path(), &["cases", name, "--columns", "all", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let at = headers.iter().position(|header| header == column);
    let at = at.unwrap_or_else(|| panic!("{column}: {headers:?} {}", ran.stderr));
    let cells = reader.records().map(|record| record.unwrap()[at].to_owned()).collect();
    (cells, run_in(folder.path(), &["summarize", name]).stderr)
}

#[track_caller]
fn check(rows: &[Row]) {
    for Row { file, column, listed, said } in rows {
        let name = match file.chars().next() {
            Some('[') => "cases.json",
            Some('{') => "cases.jsonl",
            _ => "cases.csv",
        };
        let (cells, stderr) = listing(name, file.as_bytes(), column);
        assert_eq!(cells, *listed, "{file}\n{stderr}");
        for words in *said {
            assert!(stderr.contains(words), "{file}: {words}\n{stderr}");
        }
        assert!(!said.is_empty() || !stderr.contains("warning["), "{file}\n{stderr}");
    }
}

const THOUSANDS: &[&str] = &["warning[thousands-separator]"];

#[test]
fn a_point_or_a_comma_with_three_digits_behind_it_is_no_decimal_mark() {
    check(&[
        row("case_id,CK (U/L)\nP1,250\nP2,1.050\nP3,\"1,780\"\n", "CK", &["250", "1.050", "1,780"], THOUSANDS),
        row("case_id;CK (U/L)\nP1;250\nP2;1.050\nP3;1,780\n", "CK", &["250", "1.050", "1,780"], THOUSANDS),
        row(
            "case_id,CK (U/L)\nP1,12.340\nP2,2.000\nP3,1.234.567\n",
            "CK",
            &["12.340", "2.000", "1.234.567"],
            THOUSANDS,
        ),
        row("case_id,CK (U/L)\nP1,12.340\nP2,2.000\n", "CK", &["12.340", "2.000"], THOUSANDS),
        row("case_id,CK (U/L)\nP1,12.340\nP2,2.5\n", "CK", &["12.340", "2.5"], &[]),
        row("case_id,CRP (mg/L)\nP1,0.250\nP2,1.500\n", "CRP", &["0.250", "1.500"], &[]),
        row("case_id,pH\nP1,7.352\nP2,7.401\n", "pH", &["7.352", "7.401"], &[]),
        row("case_id,Hb (g/dL)\nP1,12.340\nP2,11.125\n", "Hb", &["12.340", "11.125"], &[]),
        row("case_id,Follow-up (months)\nP1,12.340\nP2,11.125\n", "Follow-up", &["12.340", "11.125"], &[]),
        row(
            r#"[{"case_id":1,"Platelets":"250.000"},{"case_id":2,"Platelets":"95.000"}]"#,
            "Platelets",
            &["250.000", "95.000"],
            THOUSANDS,
        ),
        row(
            r#"[{"case_id":1,"CK":250},{"case_id":2,"CK":340},{"case_id":3,"CK":"2.000"}]"#,
            "CK",
            &["250", "340", "2.000"],
            THOUSANDS,
        ),
        row(
            "{\"case_id\":1,\"CK (U/L)\":250.125}\n{\"case_id\":2,\"CK (U/L)\":340.250}\n",
            "CK",
            &["250.125", "340.250"],
            &[],
        ),
    ]);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["case_id", "CK (U/L)"], ["P1", "250"], ["P2", "2.000"]].iter().enumerate() {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(u32::try_from(row).unwrap(), column, *cell).unwrap();
        }
    }
    let (cells, stderr) = listing("cases.xlsx", &workbook.save_to_buffer().unwrap(), "CK");
    assert_eq!(cells, ["250", "2.000"], "{stderr}");
    assert!(stderr.contains(THOUSANDS[0]), "{stderr}");
}

#[test]
fn a_man_behind_his_age_has_no_unit_of_the_others() {
    let unreadable = &["warning[bare-number]"][..];
    check(&[
        row("case_id,Age/Sex\nP1,45M\nP2,34M\nP3,8 mo F\n", "Age", &["45", "34", "8 mo"], &["warning[unit-assumed]"]),
        row(
            "case_id,Age/Sex\nP1,52M\nP2,60M\nP3,3 wk F\nP4,71M\n",
            "Age",
            &["52", "60", "3 wk", "71"],
            &["unit-assumed"],
        ),
        row("case_id,Age/Sex\nP1,45M\nP2,\"8 months, F\"\n", "Age", &["45M", "8"], unreadable),
        row("case_id,Age/Sex\nP1,45M\nP2,8 mo F\nP3,6 d M\n", "Age", &["45M", "8 mo", "6 d"], unreadable),
    ]);
}

#[test]
fn a_litre_is_no_flag() {
    let other = &["warning[other-unit]"][..];
    check(&[
        row("case_id,Drain\nP1,1 L\nP2,0.5 L\nP3,300\n", "Drain", &["1", "0.5", "300"], &["warning[bare-number]"]),
        row("case_id,Ascites\nP1,1 L\nP2,2 L\nP3,500 mL\n", "Ascites", &["1", "2", "0.5"], &[]),
        row("case_id,FEV1 (L)\nP1,2.1 L\nP2,1.8 L\nP3,3\n", "FEV1", &["2.1", "1.8", "3"], &[]),
        row("case_id,Thing\nP1,1 L\nP2,500 mL\n", "Thing", &["1", "0.5"], &[]),
        row("case_id,Ischaemia\nP1,3 H\nP2,2 H\nP3,4\n", "Ischaemia", &["3 H", "2 H", "4"], other),
        row("case_id,CRP (mg/L)\nP1,3 L\nP2,20 H\n", "CRP", &["3 (L)", "20 (H)"], &[]),
        row("case_id,CRP\nP1,3 L\nP2,20 H\n", "CRP", &["3 (L)", "20 (H)"], &[]),
    ]);
}

#[test]
fn days_below_the_name_of_an_event_are_never_averaged() {
    for header in ["Seen", "Onset", "Last visit", "Diagnosed", "Gesehen", "Vu", "Visto", "Obito", "Gezien", "Ricovero"]
    {
        for (cells, listed) in [
            (["43173", "43192", "2018-03-14"], ["2018-03-14", "2018-04-02", "2018-03-14"]),
            (["20180314", "20180402", "20190605"], ["2018-03-14", "2018-04-02", "2019-06-05"]),
            (["2018", "2019", "2020"], ["2018", "2019", "2020"]),
            (["43173", "2018", "2019"], ["2018-03-14", "2018", "2019"]),
        ] {
            let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
            let (found, stderr) = listing("cases.csv", format!("case_id,{header}\n{rows}").as_bytes(), header);
            assert_eq!(found, listed, "{header} {cells:?}\n{stderr}");
        }
    }
    check(&[
        row(
            "case_id,Data\nP1,20180314\nP2,20180402\n",
            "Data",
            &["2018-03-14", "2018-04-02"],
            &["warning[day-numbers]"],
        ),
        row("case_id,Jaar\nP1,2018\nP2,2019\n", "Jaar", &["2018", "2019"], &[]),
        row(
            "case_id,Sheet\nP1,43173\nP2,43192\nP3,2018-03-14\n",
            "Sheet",
            &["2018-03-14", "2018-04-02", "2018-03-14"],
            &["warning[day-numbers]"],
        ),
    ]);
}

#[test]
fn fractions_among_percentages_and_logarithms_among_copies_have_no_mean() {
    let scales = &["warning[two-scales]"][..];
    check(&[
        row("case_id,HbA1c (%)\nP1,6.5\nP2,7.2\nP3,0.081\n", "HbA1c", &["6.5", "7.2", "0.081"], scales),
        row("case_id,FVC (% pred)\nP1,72\nP2,0.8\nP3,61\n", "FVC", &["72", "0.8", "61"], scales),
        row("case_id,FEV1 %\nP1,72\nP2,0.8\nP3,61\n", "FEV1 %", &["72", "0.8", "61"], scales),
        row("case_id,O2 sat\nP1,98\nP2,0.92\nP3,95\n", "O2 sat", &["98", "0.92", "95"], scales),
        row("case_id,BSA (%)\nP1,0.5\nP2,40\n", "BSA", &["0.5", "40"], &[]),
        row(
            "case_id,Viral load (log10)\nP1,5.2\nP2,200000\nP3,3\n",
            "Viral load (log10)",
            &["5.2", "200000", "3"],
            scales,
        ),
    ]);
    let file = "case_id,HbA1c (%)\nP1,6.5\nP2,7.2\nP3,0.081\n";
    assert!(stat(&accepted(file, &["--unit", "HbA1c (%)=%"]), "HbA1c.mean").is_number());
}

#[test]
fn grades_with_a_plus_beside_a_negative_are_levels() {
    check(&[
        row("case_id,Proteinuria\nP1,+1\nP2,+3\nP3,neg\nP4,+2\n", "Proteinuria", &["+1", "+3", "neg", "+2"], &[]),
        row("case_id,Refraction\nP1,+1\nP2,+3\nP3,-2\n", "Refraction", &["1", "3", "-2"], &[]),
    ]);
}

#[test]
fn two_numbers_with_a_slash_are_no_levels_in_silence() {
    check(&[
        row(
            "case_id,Lymph nodes\nP1,2/15\nP2,0/12\nP3,5/20\n",
            "Lymph nodes",
            &["'2/15", "'0/12", "'5/20"],
            &["warning[two-numbers]"],
        ),
        row("case_id,Score\nP1,7/10\nP2,6/10\n", "Score", &["'7/10", "'6/10"], &["warning[two-numbers]"]),
    ]);
}

#[test]
fn identifiers_and_packs_are_no_measurements_and_no_times() {
    for (file, key) in
        [("case_id,Eye no.\nP1,1\nP2,2\n", "Eye no..mean"), ("case_id,Tumour no.\nP1,1\nP2,2\n", "Tumour no..mean")]
    {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cases.csv"), file).unwrap();
        assert_ne!(run_in(folder.path(), &["get", "cases.csv", key]).code, Some(0), "{file}");
    }
    for header in ["SNo", "Casus", "Case report"] {
        let summary = accepted(format!("{header},age\n1,40\n2,50\n3,60\n"), &[]);
        assert_eq!(stat(&summary, "age.mean"), 50.0, "{header}");
    }
    check(&[row("case_id,Smoking (pack-years)\nP1,40\nP2,20 py\n", "Smoking", &["40", "20"], &[])]);
    let summary = accepted("case_id,Pack-years\nP1,40\nP2,20\nP3,6\n", &[]);
    assert_eq!(stat(&summary, "Pack-years.mean"), 22.0);
    assert!(!summary.to_string().contains("\"unit\":\"years\""), "{summary}");
}

#[test]
fn what_clinics_write_is_read() {
    check(&[
        row("case_id,leeftijd\nP1,4 jaar en 3 maanden\nP2,5\n", "leeftijd", &["4.25", "5"], &[]),
        row("case_id,Alter\nP1,14 6/12 J.\nP2,5 J.\n", "Alter", &["14.5", "5"], &[]),
        row("case_id,Follow-up (months)\nP1,1/2 year\nP2,8\n", "Follow-up", &["6", "8"], &[]),
        row("case_id,CRP (mg/L)\nP1,12 (ref <5)\nP2,3 (<5)\n", "CRP", &["12 (ref <5)", "3 (<5)"], &[]),
        row("case_id,CRP (mg/L)\nP1,12\u{200B}\nP2,3\n", "CRP", &["12", "3"], &[]),
        row("case_id,ANA titre\nP1,1 : 80\nP2,1:160\n", "ANA titre", &["'1:80", "1:160"], &[]),
        row("case_id,GA\nP1,39 2/7\nP2,24+5\n", "GA", &["39 2/7", "24+5"], &["note[age-notation]"]),
    ]);
}
