//! What a spreadsheet leaves behind: blank rows and columns, titles, rows of totals, other delimiters and marks.

use super::{accepted, noted, refused, run, run_files, run_in, says, stat, warned};
use serde_json::{Value, json};

#[test]
fn blank_rows_and_columns_are_skipped_with_one_note() {
    for (file, note) in [
        ("case_id,age,sex\nP1,5,F\n,,\nP2,6,M\n,,\n", "note[blank-rows]: 2 rows without anything in any cell: skipped"),
        (",,\n\ncase_id,age,sex\nP1,5,F\n , ,\u{a0}\nP2,6,M\n", "note[blank-rows]: 1 row without"),
        ("case_id,age,sex\r\nP1,5,F\r\n\"\",\"\",\"\"\r\nP2,6,M\r\n", "note[blank-rows]: 1 row without"),
        (
            "case_id,,age,sex,,\nP1,,5,F,,\nP2,,6,M,,\n",
            "note[blank-columns]: 3 columns without a name and without cells",
        ),
        (",case_id,age,sex\n,P1,5,F\n,,,\n,P2,6,M\n", "note[blank-columns]: 1 column without"),
    ] {
        let summary = noted(file, &[], &[]);
        let ran = run(file, &["--strict"]);
        assert!(ran.stderr.contains(note) && ran.code == Some(0), "{file}{}", ran.stderr);
        assert_eq!((stat(&summary, "age.mean"), &summary["cases"]), (&json!(5.5), &json!(2)), "{file}");
        assert_eq!(stat(&summary, "age.N_miss"), 0, "{file}");
    }
    // Blank rows change neither the lines of what is said nor the numbers of the cases.
    let ran = run("age,sex\n,\n5,F\n,\n6 kg,M\n", &["--no-id"]);
    assert!(ran.stderr.contains("  cases.csv line 5, case 2, column age: '6 kg'"), "{}", ran.stderr);
    // A patient of whom nothing is known is a case, and so is a column that is named.
    assert_eq!(accepted("case_id,age,note\nP1,5,\nP2,,\n", &[])["cases"], 2);
}

#[test]
fn what_stands_above_the_header_is_refused_together_with_all_other_problems() {
    let names = "case_id,age,sex,crp\n";
    let rows = "P1,5,F,1\nP2,6,M,2\n";
    for (above, line) in [
        ("Table 1\n", 2),
        ("Table 1\n\n\n", 4),
        ("\n\nTable 1,,,\n\n", 5),
        ("\"Table 1: cases\nof our clinic\"\n", 3),
        ("Table 1: age, sex\n", 2),
        (",Patient,,Labs\n", 2),
        ("Table 1,,,\n,,,\n,Patient,,Labs\n", 4),
        ("Exported 2021-03-14,,,\n", 2),
        ("# from the registry\n# in March\n", 3),
    ] {
        for (delimiter, end) in [(",", "\n"), (";", "\n"), ("\t", "\r\n")] {
            let file = format!("{above}{names}{rows}").replace(',', delimiter).replace('\n', end);
            let help = format!("  help: if the column names are on line {line}: --header-row {line}");
            let stderr = refused(&file, &[], &[&help]);
            assert!(stderr.contains("error[preamble]"), "{stderr}");
            let option = line.to_string();
            assert_eq!(stat(&accepted(&file, &["--header-row", &option]), "age.mean"), 5.5, "{file}");
        }
    }
    let all = format!("Table 1\n{names}{rows}Mean,5.5,,1.5\nP3,7\n");
    let stderr = refused(all, &[], &["error[preamble]"]);
    for problem in ["error[totals-row]", "error[ragged-row]", "  cases.csv line 5, case Mean", "  cases.csv line 6"] {
        assert!(stderr.contains(problem), "{problem}: {stderr}");
    }
    refused("Table 1\nP1,5,F\nP2,6,M\n", &[], &["  help: name the line of the column names: --header-row N"]);
    refused("id,age\nP1,5\n", &["--header-row", "7"], &["error[no-header]: the file has no line 7"]);
    assert_eq!(run("id,age\nP1,5\n", &["--header-row", "0"]).code, Some(2));
}

#[test]
fn rows_of_totals_are_refused_and_patients_with_such_initials_are_cases() {
    let rows = "case_id,age,sex\nP1,5,F\nP2,6,M\n";
    for total in [
        "Mean",
        "MEAN:",
        "Mean (SD)",
        "Mean ± SD",
        "Standard deviation",
        "Range",
        "Count",
        "Group average",
        "Total",
        "Gesamt",
        "Summe",
        "Mittelwert",
        "Moyenne",
        "Media",
        "Promedio",
        "N = 12",
        "n=12",
        "Total (n = 12)",
        "Median [IQR]",
        "Écart-type",
        "95% CI",
        "SD",
        "N",
        "Min",
        "Max",
        "SEM",
        "MW",
    ] {
        let message = "error[totals-row]: this row is a total, not a case";
        let stderr = refused(format!("{rows}{total},5.5,\n"), &[], &[message, "  cases.csv line 4, case "]);
        assert!(stderr.contains("  help: remove the row"), "{stderr}");
        let json = json!([{"case_id": "P1", "age": 5, "sex": "F"}, {"case_id": total, "age": 5.5, "sex": null}]);
        says(&run_files(&[("cases.json", json.to_string().as_bytes())], &[]), 2, &[message]);
    }
    for initials in ["SD", "N", "Min", "Max", "MW", "SE", "DS"] {
        let file = format!("{rows}{initials},7,F\n");
        let place = format!("  cases.csv line 4, case {initials}, column case_id: '{initials}'");
        let message = "note[total-as-case]: the case ID is also a name for a total; the row is counted as a case";
        assert_eq!(noted(&file, &[], &[message, &place])["cases"], 3);
        assert_eq!(run(&file, &["--strict"]).code, Some(0));
    }
    let file = "case_id,Age/Sex,follow_up (months)\nAB,12/M,14\nSD,45/F,>30\n";
    assert_eq!(accepted(file, &[])["cases"], 2);
    for id in ["SD-1", "N1", "Minna", "Mean-1a", "Total knee", "M", "Rangel", "Sumner", "average Joe"] {
        assert_eq!(accepted(format!("{rows}{id},7,\n"), &[])["cases"], 3, "{id}");
    }
    // Without IDs a word of the first column is a level, unless the row has numbers and blank cells alone.
    let message = "error[totals-row]: this row is a total, not a case";
    let stderr =
        refused("sex,age,crp\nF,5,1\nMean,5,\nSD,1,\n", &["--no-id"], &[message, "  cases.csv line 3, case 2: 'Mean'"]);
    assert!(stderr.contains("  cases.csv line 4, case 3: 'SD'"), "{stderr}");
    let stderr = refused("centre,age\nA,5\nMean,5\nSD,0\nTotal,5\n", &["--no-id"], &["error[totals-row]"]);
    assert!([3, 4, 5].iter().all(|line| stderr.contains(&format!("  cases.csv line {line}, case "))), "{stderr}");
    accepted("build,age\naverage,5\nslim,6\n", &["--no-id"]);
    accepted("resection,age,sex\ntotal,5,F\nsubtotal,6,\ntotal,7,M\npartial,5,F\n", &["--no-id"]);
}

#[test]
fn a_remark_below_the_table_is_no_case_in_silence() {
    for remark in ["* at diagnosis", "Source: our clinic", "Values are those of the first visit", "† died"] {
        let message = "warning[remark-row]: this row has nothing but what reads like a remark; it is counted as a case";
        let file = format!("case_id,age,sex,crp\nP1,5,F,12\n{remark},,,\n");
        warned(&file, &[], &[message, &format!("  cases.csv line 3, case {remark}: '{remark}'")]);
    }
    for id in ["P2", "Patient 12", "the second patient", "2021-03"] {
        assert_eq!(accepted(format!("case_id,age,sex,crp\nP1,5,F,12\n{id},,,\n"), &[])["cases"], 2);
    }
    accepted("case_id,age\n* a long name of a case,5\n", &[]);
}

#[test]
fn a_delimiter_that_does_not_split_the_header_is_refused_with_the_right_one() {
    for (right, option) in
        [(",", "--delimiter ','"), (";", "--delimiter ';'"), ("\t", "--delimiter tab"), ("|", "--delimiter '|'")]
    {
        for wrong in [",", ";", "\t", "|"].into_iter().filter(|wrong| *wrong != right) {
            let file = "case_id,age,sex\nP1,5,F\nP2,6,M\n".replace(',', right);
            let stderr = refused(&file, &["--delimiter", wrong], &["error[delimiter-mistaken]"]);
            assert!(stderr.contains(&format!("  help: {option}")), "{stderr}");
        }
    }
    accepted("id\nP1\nP2\n", &["--delimiter", ";"]);
}

#[test]
fn decimal_commas_are_read_column_by_column_where_they_are_certain() {
    let file =
        "case_id;crp;ldh;platelets;toes;creatinine;n\nP1;2,5;<10,25;429,000;2,3;0,125;1\nP2;3;220;396,000;4;0,250;2\n";
    let lines = ["note[decimal-commas-read]: the comma is read as the decimal mark in crp, ldh, creatinine"];
    for options in [&[][..], &["--decimal-comma"]] {
        let ran = run(file, &[options, &["--format", "json"]].concat());
        says(&ran, 0, if options.is_empty() { &lines } else { &[] });
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
        let of = |key: &str| stat(&summary, key).clone();
        assert_eq!([of("crp.mean"), of("creatinine.mean"), of("n.mean")], [json!(2.75), json!(0.1875), json!(1.5)]);
        assert_eq!([of("platelets.N"), of("platelets.N_unreadable")], [json!(0), json!(2)]);
        assert_eq!([of("ldh.N_censored"), of("toes.N_unreadable")], [json!(1), json!(1)]);
        assert!(ran.stderr.contains("  cases.csv line 2, case P1, column platelets: '429,000'"), "{}", ran.stderr);
        assert!(ran.stderr.contains("  cases.csv line 2, case P1, column toes: '2,3'"), "{}", ran.stderr);
    }
    // Every form of input and number of threads has one meaning: a comma beside a point, or in a list, is unclear.
    for (cells, mean) in [
        (["2,5", "3.5"], json!(3.5)),
        (["2,5", "1.234,5"], Value::Null),
        (["429,000", "0,250"], json!(0.25)),
        (["0,875", "0,250"], json!(0.5625)),
        (["<1,250", "0,250"], json!(0.25)),
        (["1,2,4", "3"], json!(3.0)),
        (["1,234,567", "3"], json!(3.0)),
    ] {
        let summary = noted(format!("case_id;crp\nP1;{}\nP2;{}\n", cells[0], cells[1]), &["--kind", "crp=number"], &[]);
        assert_eq!(stat(&summary, "crp.mean"), &mean, "{cells:?}");
    }
    // Points that may separate thousands, in a file whose decimals are behind commas.
    let summary =
        warned("case_id;crp;platelets\nP1;2,5;429.000\nP2;3,5;396.000\n", &[], &["warning[thousands-separator]"]);
    assert_eq!([stat(&summary, "crp.mean"), stat(&summary, "platelets.N")], [&json!(3.0), &json!(0)]);
    assert_eq!(stat(&accepted("case_id;crp\nP1;2.5\nP2;429.125\n", &[]), "crp.mean"), 215.8125);
}

#[test]
fn the_schema_names_the_decimal_mark_of_a_column() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("v.csv"), "case_id;platelets;crp\nP1;429,000;2,5\nP2;396,000;3\n").unwrap();
    for (mark, mean) in [(",", json!(412.5)), (".", Value::Null)] {
        let schema = json!({"fieldsMatch": "subset", "fields": [{"name": "platelets", "decimalChar": mark}]});
        std::fs::write(folder.path().join("s.json"), schema.to_string()).unwrap();
        let ran = run_in(folder.path(), &["summarize", "v.csv", "--schema", "s.json", "--format", "json"]);
        let summary: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(
            [stat(&summary, "platelets.mean"), stat(&summary, "crp.mean")],
            [&mean, &json!(2.75)],
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn another_encoding_is_refused_with_all_options_together() {
    let file = |delimiter: &str| "case_id;gr\u{f6}sse;crp\nP1;xl;2,5\nP2;l;3\n".replace(';', delimiter);
    let bytes = |text: String| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
    for (delimiter, options) in
        [(";", &["--encoding", "windows-1252"][..]), ("\t", &["--encoding", "windows-1252", "--decimal-comma"])]
    {
        let content = bytes(file(delimiter));
        let stderr = refused(&content, &[], &["error[not-utf8]: this byte of the header is not UTF-8 text"]);
        assert!(stderr.contains(&format!("name its encoding: {}\n", options.join(" "))), "{stderr}");
        assert_eq!(stat(&accepted(content, options), "crp.mean"), 2.75);
    }
}

#[test]
fn patients_in_columns_are_refused_by_name() {
    let message = "error[patients-in-columns]: the columns are the patients";
    for header in [
        "item,Patient 1,Patient 2,Patient 3",
        ",Case 1,Case 2,Case 3",
        "Characteristic,Pt. A,Pt. B,Pt. C",
        "Merkmal,Pat. Nr. 1,Pat. Nr. 2,Pat. Nr. 3",
        "item,P1,P2,P3",
        "item,1,2,3",
    ] {
        let stderr = refused(format!("{header}\nAge,5,6,7\nSex,F,M,F\nCRP,1,2,3\n"), &[], &[message]);
        assert!(stderr.contains("Transpose"), "{header}: {stderr}");
    }
    refused("item,Unit,Patient 1,Patient 2\nAge,years,5,6\n", &[], &[message]);
    let json =
        json!([{"item": "Age", "Patient 1": 5, "Patient 2": 6}, {"item": "Sex", "Patient 1": "F", "Patient 2": "M"}]);
    says(&run_files(&[("cases.json", json.to_string().as_bytes())], &[]), 2, &[message]);
    accepted("case_id,P1,P2,P3\nA,5,6,7\nB,5,6,7\n", &[]);
    accepted("case_id,Patient global,CD4,CD8\nA,5,6,7\nB,5,6,7\n", &[]);
}

#[test]
fn files_of_other_programs_are_named_or_read() {
    let head = "#Patient\tAge\n#Identifier\tAge\n#STRING\tNUMBER\n#1\t1\n";
    assert_eq!(stat(&accepted(format!("{head}PATIENT_ID\tAGE\nP1\t5\nP2\t6\n"), &[]), "AGE.mean"), 5.5);
    for (content, name) in [
        (&br#"{"fields": [{"name": "id"}], "primaryKey": ["id"]}"#[..], "a Table Schema"),
        (b"<stata_dta><header><release>118</release>", "a Stata file (dta)"),
        (b"\x73\x02\x01\x00\x05\x00", "a Stata file (dta)"),
        (b"$FL2@(#) SPSS DATA FILE", "an SPSS file (sav)"),
        (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "a SAS transport file (xpt)"),
        (b"Variable / Field Name,Form Name,Field Type\nage,base,text\n", "a REDCap data dictionary"),
        (
            b"<?xml version=\"1.0\"?><ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\">",
            "a CDISC ODM document, as REDCap exports it",
        ),
    ] {
        let stderr = refused(content, &[], &["error[other-format]"]);
        assert!(stderr.contains(&format!("the file is {name}")) && stderr.contains("  help: "), "{stderr}");
    }
    let events = "record_id,redcap_event_name,age\n1,a,5\n1,b,\n2,a,6\n";
    let refusal = ["error[other-format]: this is a REDCap export with one row for each event or repeated instrument"];
    let other = events.replace("\n1", "\n3").replace("\n2", "\n4");
    says(&run_files(&[("a.csv", events.as_bytes()), ("b.csv", other.as_bytes())], &[]), 2, &refusal);
    for one in [events, "record_id,redcap_event_name,age\n1,a,5\n2,a,6\n"] {
        let read = run_files(&[("a.csv", one.as_bytes())], &[]);
        says(&read, 0, &["warning[redcap-dictionary]: without the data dictionary of the REDCap project"]);
        assert!(read.stdout.contains("2 in a.csv"), "{}", read.stdout);
    }
}

/// A legend behind a blank row is no case, whatever the kind of the file.
#[test]
fn a_legend_below_a_table_of_text_is_refused() {
    let rows = "case_id,age,sex\nP1,21,F\nP2,22,M\n";
    for gap in ["\n", ",,\n"] {
        refused(
            format!("{rows}{gap}Legend:,,\n1 = White,,\n2 = Black,,\n"),
            &[],
            &[
                "error[rows-below-table]: 3 rows below the table with nothing but the first cell: notes, not cases",
                "  cases.csv line 5: 'Legend:'",
            ],
        );
    }
    assert_eq!(accepted(format!("{rows}\nP3,23,F\nP4,,\n"), &[])["cases"], 4);
}
