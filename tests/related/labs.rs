//! Rows of measurements become variables.

use super::{PATIENTS, Ran, folder, listed, ran, refused};
use std::collections::BTreeMap;

/// The cells of the first case by column, and what was said.
fn first(labs: &str, more: &[(&str, &str)], options: &[&str]) -> (BTreeMap<String, String>, String) {
    let files = [&[("patients.csv", PATIENTS), ("labs.csv", labs)], more].concat();
    let folder = folder(&files);
    let (listed, said) = listed(folder.path(), &[&["patients.csv", "--table", "labs=labs.csv"], options].concat());
    let mut rows = csv::Reader::from_reader(listed.as_bytes());
    let headers: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    let first = rows.records().next().unwrap().unwrap();
    (headers.into_iter().zip(first.iter().map(str::to_owned)).collect(), said)
}

fn cells(labs: &str, options: &[&str], wanted: &[(&str, &str)]) -> String {
    let (found, said) = first(&format!("case_id,test,value,unit,date\n{labs}"), &[], options);
    for (column, cell) in wanted {
        assert_eq!(found.get(*column).map(String::as_str), Some(*cell), "{labs}: {column} {found:?} {said}");
    }
    said
}

#[test]
fn several_measurements_become_first_last_peak_lowest_and_their_number() {
    cells(
        "P1,crp,12,mg/L,2014-01-05\nP1,CRP,30,mg/L,2014-02-01\nP1,crp,4,mg/L,2014-01-20\nP2,crp,7,mg/L,2014-01-01\n",
        &[],
        &[("CRP@first", "12"), ("CRP@last", "30"), ("CRP@peak", "30"), ("CRP@lowest", "4"), ("CRP@measurements", "3")],
    );
    // A bound can make the extreme a bound.
    cells(
        "P1,crp,>200,mg/L,2014-01-05\nP1,crp,250,mg/L,2014-02-01\n",
        &[],
        &[("crp@peak", ">=250"), ("crp@lowest", ">200")],
    );
    // Units are converted before they are compared, and kept in the cells.
    cells(
        "P1,crp,12,mg/L,2014-01-05\nP1,crp,3,mg/dL,2014-02-01\nP2,crp,5,mg/L,2014-02-01\n",
        &[],
        &[("crp@peak", "30"), ("crp@last", "30")],
    );
    // One measurement a case is one column.
    let said = cells(
        "P1,ck,750,U/L,2014-01-05\nP2,ck,,U/L,2014-01-05\nP1,ana,positive,,\n",
        &[],
        &[("ck", "750"), ("ana", "positive")],
    );
    assert!(said.contains("table 'labs': 3 rows are measurements of 2 tests in 2 cases, 1 of them without a result; 2 of 4 cases have no row"), "{said}");
}

#[test]
fn what_has_no_certain_order_is_blank_and_said() {
    for (labs, column, said) in [
        ("P1,crp,12,mg/L,2014-01\nP1,crp,30,mg/L,2014-02-01\n", "crp@first", "a measurement without its full date"),
        ("P1,crp,12,mg/L,2014-02-01\nP1,crp,30,mg/L,2014-02-01\n", "crp@last", "two results of one test on one day"),
        ("P1,crp,high,,2014-01-01\nP1,crp,30,mg/L,2014-02-01\n", "crp@peak", "a result without a number beside others"),
    ] {
        let stderr = cells(labs, &[], &[(column, "")]);
        assert!(stderr.contains("warning[measurement-order]") && stderr.contains(said), "{stderr}");
        assert!(stderr.contains("labs.csv line"), "{stderr}");
    }
    cells("P1,crp,12,mg/L,2014-02-01\nP1,crp,12,mg/L,2014-02-01\n", &[], &[("crp@first", "12")]);
}

#[test]
fn a_negative_result_lies_below_every_number() {
    let said = cells(
        "P1,ana,neg,,2014-01-01\nP1,ana,1:80,,2014-02-01\nP1,ana,1:160,,2014-03-01\nP2,ana,1:40,,2014-01-01\n",
        &[],
        &[("ana@first", "neg (stated)"), ("ana@last", "1:160"), ("ana@peak", "1:160"), ("ana@lowest", "neg (stated)")],
    );
    assert!(!said.contains("measurement-order") && !said.contains("--missing"), "{said}");
    cells(
        "P1,ana,neg,,2014-01-01\nP1,ana,negative,,2014-02-01\nP2,ana,1:40,,2014-01-01\n",
        &[],
        &[("ana@peak", "neg (stated)")],
    );
    // Where a positive one lies, nobody knows; that is no missing value either.
    let said = cells(
        "P1,ana,positive,,2014-01-01\nP1,ana,1:80,,2014-02-01\nP2,ana,1:40,,2014-01-01\n",
        &[],
        &[("ana@peak", ""), ("ana@lowest", "")],
    );
    assert!(said.contains("help: write its number, or its bound") && !said.contains("--missing"), "{said}");
}

#[test]
fn the_baseline_is_the_last_value_up_to_the_first_treatment() {
    let labs = "case_id,test,value,unit,date\nP1,crp,1,mg/L,2014-01-01\nP1,crp,2,mg/L,2014-02-01\nP1,crp,3,mg/L,2014-02-02\nP2,crp,9,mg/L,2014-01-01\n";
    let lines = ("lines.csv", "case_id,drug,start,stop\nP1,a,2014-02-01,\n");
    let (found, _) = first(labs, &[lines], &["--table", "treatments=lines.csv"]);
    assert_eq!(found["crp@baseline"], "2");
    let (found, _) = first(labs, &[], &[]);
    assert!(!found.contains_key("crp@baseline"));
}

#[test]
fn visits_tell_measurements_apart() {
    let labs = "USUBJID,LBTESTCD,LBORRES,LBORRESU,VISIT\nP1,CRP,5,mg/L,baseline\nP1,CRP,3,mg/L,month 6\nP2,CRP,8,mg/L,month 6\n";
    let (found, said) = first(labs, &[], &[]);
    assert_eq!((found["CRP@baseline"].as_str(), found["CRP@month 6"].as_str()), ("5", "3"));
    assert!(said.contains("3 rows are measurements of 1 test at 2 visits in 2 cases"), "{said}");
    let files = |labs| [("patients.csv", PATIENTS), ("labs.csv", labs)];
    let words = ["patients.csv", "--table", "labs=labs.csv"];
    refused(
        &files("case_id,test,value,visit\nP1,crp,5,a\nP1,crp,6,a\nP1,crp,7,\n"),
        &words,
        &[
            "error[duplicate-visit]: two rows of one case, test and visit, the first at line 2",
            "labs.csv line 3, case P1, column visit: 'a'",
            "error[blank-visit]: a row without its visit",
        ],
    );
}

#[test]
fn filters_keys_and_places_know_the_new_columns() {
    let labs = "case_id,test,value,unit,date\nP1,crp,5,mg/L,2014-01-01\nP1,crp,x5,mg/L,2014-03-01\nP2,crp,9,mg/L,2014-01-01\nP2,ck,5,U/L,\n";
    let folder = folder(&[("patients.csv", PATIENTS), ("labs.csv", labs)]);
    let get =
        |words: &[&str]| ran(folder.path(), &[&["get", "patients.csv", "--table", "labs=labs.csv"], words].concat());
    let Ran { stdout, stderr, code } = get(&["crp@first.max"]);
    assert_eq!((stdout.as_str(), code), ("9\n", Some(0)), "{stderr}");
    assert_eq!(get(&["cases | \"crp@measurements\" = 2"]).stdout, "1\n");
    assert_eq!(get(&["crp@first.max", "--where", "\"crp@measurements\" = 2"]).stdout, "5\n");
    let said = get(&["age.mean"]).stderr;
    assert!(said.contains("labs.csv line 3, case P1, column crp@last: 'x5'"), "{said}");
}

#[test]
fn limits_and_flags_of_a_row_give_its_status() {
    let labs = "case_id,test,value,unit,low,high,date\nP1,crp,12,mg/L,0,5,2014-01-05\nP1,crp,3,mg/L,0,5,2014-02-01\nP2,crp,7,mg/L,0,10,2014-01-05\nP3,crp,<1,mg/L,,5,2014-01-05\nP3,ck,10,U/L,60,,2014-01-05\n";
    let (first_case, said) = first(labs, &[], &[]);
    let of = |column: &str| first_case.get(column).map(String::as_str);
    assert_eq!([of("crp@peak"), of("crp@last")], [Some("12 (high)"), Some("3 (normal)")], "{said}");
    assert!(!said.contains("not used"), "{said}");
    let folder = folder(&[("patients.csv", PATIENTS), ("labs.csv", labs)]);
    let get = |key: &str| ran(folder.path(), &["get", "patients.csv", "--table", "labs=labs.csv", key]).stdout;
    let keys = ["crp@first_stated[high].n", "crp@first_stated[normal].n", "crp@peak.max", "ck_stated[low].n"];
    assert_eq!(keys.map(get), ["1\n", "2\n", "12\n", "1\n"]);
    // A range in one cell, the flags of a laboratory, and a status in the cell itself, which counts.
    for (columns, cells, shown) in [
        ("reference range", "60-300", "750 (high)"),
        ("flag", "H", "750 (high)"),
        ("lbnrind", "NORMAL", "750 (normal)"),
        ("flag", "repeat", "750"),
        ("low,high", "300,60", "750"),
        ("low,high", ",", "750"),
        ("low,high", "60,n.d.", "750 (normal)"),
    ] {
        let labs = format!("case_id,test,value,unit,{columns}\nP1,ck,750,U/L,{cells}\n");
        assert_eq!(first(&labs, &[], &[]).0["ck"], shown, "{columns} {cells}");
    }
    let own = "case_id,test,value,unit,low,high\nP1,ck,750 (normal),U/L,60,300\n";
    assert_eq!(first(own, &[], &[]).0["ck"], "750 (normal)");
    let (cells, said) = first("case_id,test,value,unit,low,high,flag\nP1,ck,750,U/L,60,300,L\n", &[], &[]);
    assert_eq!(cells["ck"], "750 (low)");
    let warning = "warning[status-disagrees]: the row states low, and by its limits the result is high";
    assert!(said.contains(warning) && said.contains("labs.csv line 2"), "{said}");
}

#[test]
fn a_table_of_measurements_may_have_another_decimal_mark_than_the_cases() {
    let labs = "case_id;test;value;unit;date\nP1;crp;12,5;mg/L;01.02.2014\nP1;crp;3;mg/L;15.03.2014\nP2;crp;7,25;mg/L;15.03.2014\n";
    let (cells, said) = first(labs, &[], &[]);
    assert_eq!([&cells["crp@first"], &cells["crp@peak"], &cells["crp@last"]], ["12.5", "12.5", "3"], "{said}");
    assert!(!said.contains("decimal-comma"), "{said}");
}

#[test]
fn ages_order_measurements_where_there_are_no_days() {
    let labs = "case_id,test,value,age at test\nP1,ck,750,5\nP1,ck,100,5.5\nP1,ck,300,63 months\n";
    let (cells, said) = first(labs, &[], &[]);
    assert_eq!([&cells["ck@first"], &cells["ck@last"]], ["750", "100"], "{said}");
}

/// An age is neither before nor after the day of a treatment; its unit is that of its header.
#[test]
fn ages_have_the_unit_of_their_header_and_no_baseline() {
    let treatments = ("lines.csv", "case_id,agent,start,stop\nP1,a,2014-01-01,2014-02-01\n");
    let labs = "case_id,test,value,unit,age at test (months)\nP1,crp,12,mg/L,150\nP1,crp,30,mg/L,160\n";
    let (found, said) = first(labs, &[treatments], &["--table", "treatments=lines.csv"]);
    let cell = |name: &str| found.get(name).map(String::as_str);
    assert_eq!([cell("crp@first"), cell("crp@last"), cell("crp@baseline")], [Some("12"), Some("30"), None], "{said}");
}

/// Each row whose flag its limits contradict is named; `N`, `HH` and `LL` are flags of laboratories.
#[test]
fn every_contradicted_flag_is_named_and_those_of_hl7_are_known() {
    let head = "case_id,test,value,unit,low,high,flag";
    let labs =
        format!("{head}\nP1,crp,10,mg/L,0,5,N\nP2,crp,10,mg/L,0,5,N\nP3,crp,10,mg/L,0,5,HH\nP4,crp,1,mg/L,2,5,LL\n");
    let (_, said) = first(&labs, &[], &[]);
    assert_eq!(said.matches("labs.csv line").count(), 1, "one text is named once: {said}");
    assert!(
        said.contains("the row states normal, and by its limits the result is high") && said.contains("1 more"),
        "{said}"
    );
    assert!(!said.contains("states high") && !said.contains("states low"), "{said}");
}

/// The cells of the first case with further columns of the rows.
fn of_rows(header: &str, rows: &str, wanted: &[(&str, &str)]) -> String {
    let (found, said) = first(&format!("case_id,test,value,{header}\n{rows}"), &[], &[]);
    for (column, cell) in wanted {
        assert_eq!(found.get(*column).map(String::as_str), Some(*cell), "{header}: {column} {found:?} {said}");
    }
    said
}

/// Serum and urine are two variables, as are left and right, at visits too; a test with one specimen keeps its name.
#[test]
fn a_specimen_tells_tests_apart() {
    for name in ["specimen", "Sample type", "material", "Probe", "matrix", "LBSPEC", "side"] {
        let said = of_rows(
            &format!("unit,date,{name}"),
            "P1,Crea,80,umol/L,2020-01-01,serum\nP1,Crea,8000,umol/L,2020-02-01,Urine\n\
             P2,Crea,90,umol/L,2020-01-01,serum\nP1,CRP,5,mg/L,2020-01-01,serum\nP1,CRP,7,mg/L,2020-02-01,\n",
            &[("Crea serum", "80"), ("Crea urine", "8000"), ("CRP@last", "7")],
        );
        assert!(said.contains(&format!("one variable for each of '{name}': crea")), "{said}");
    }
    of_rows(
        "unit,visit,specimen",
        "P1,Protein,70,g/L,V1,serum\nP1,Protein,0.5,g/L,V1,urine\n",
        &[("Protein serum@V1", "70"), ("Protein urine@V1", "0.5")],
    );
    // Numbers of samples are none, and who does not say it is counted apart.
    of_rows("date,sample", "P1,CRP,5,2020-01-01,S1\nP1,CRP,7,2020-02-01,S2\n", &[("CRP@last", "7")]);
    let rows = "P1,Crea,80,serum\nP2,Crea,8000,urine\nP3,Crea,70,\n";
    assert!(of_rows("specimen", rows, &[]).contains("warning[specimen-unknown]"));
    let rows = "P1,CRP,80,2020-01-01,a\nP1,CRP,8,2020-02-01,b\n";
    let said = of_rows("date,method", rows, &[("CRP@last", "8")]);
    assert!(said.contains("warning[methods-pooled]"), "{said}");
}

/// A sign in a column of its own makes a bound, whatever the column is called; one that is not known makes no exact number.
#[test]
fn a_comparator_in_its_own_column_makes_a_bound() {
    for name in ["comparator", "qualifier", "sign", "relation", "x"] {
        of_rows(
            &format!("{name},unit,date"),
            "P1,CRP,5,<,mg/L,2020-01-01\nP1,CRP,200,>,mg/L,2020-02-01\nP2,CRP,10,=,mg/L,2020-01-01\n",
            &[("CRP@first", "<5"), ("CRP@last", ">200"), ("CRP@peak", ">200"), ("CRP@lowest", "<5")],
        );
    }
    of_rows("comparator", "P1,CRP,5,less than\nP1,ESR,<7,<\n", &[("CRP", "<5"), ("ESR", "<7")]);
    of_rows("qualifier", "P1,CRP,5,<\nP1,ESR,7,hmm\n", &[("CRP", "<5"), ("ESR", "hmm7")]);
}

/// A column of units is one whatever it is called.
#[test]
fn units_are_known_by_their_cells() {
    for name in ["eenheid", "Maßeinheit", "U.M.", "Unit of measure", "dimension", "foo"] {
        let rows = "P1,CRP,10,mg/L,2020-01-01\nP1,CRP,1.2,mg/dL,2020-02-01\nP2,CRP,5,mg/L,2020-01-01\n";
        let said = of_rows(&format!("{name},date"), rows, &[("CRP@last", "12"), ("CRP@peak", "12")]);
        assert!(!said.contains(&format!("not used: {name}")), "{said}");
    }
    for (test, value) in
        [("biomarker", "level"), ("bepaling", "uitslag"), ("lab_name", "lab_value"), ("esame", "valore")]
    {
        let labs =
            format!("case_id,{test},{value},eenheid,date\nP1,CRP,10,mg/L,2020-01-01\nP1,CRP,1.2,mg/dL,2020-02-01\n");
        assert_eq!(first(&labs, &[], &[]).0.get("CRP@last").map(String::as_str), Some("12"), "{test}");
    }
}

/// A cancelled result is none; a word that is not known is loud.
#[test]
fn cancelled_results_do_not_count() {
    let rows = "P1,CRP,10,2020-01-01,final\nP1,CRP,500,2020-02-01,cancelled\nP2,CRP,7,2020-01-01,final\n";
    let said = of_rows("date,status", rows, &[("CRP", "10")]);
    assert!(said.contains("1 row is not counted, as 'status' says that it did not take place"), "{said}");
    let said = of_rows("date,status", &rows.replace("7,2020-01-01,final", "7,2020-01-01,hm"), &[]);
    assert!(said.contains("warning[row-state]"), "{said}");
    // Yes, no and negative tell something else of a result.
    let rows = "P1,CRP,10,2020-01-01,no\nP1,CRP,500,2020-02-01,negative\n";
    of_rows("date,status", rows, &[("CRP@last", "500")]);
}

/// 0 and 1 with a unit are results, not two levels.
#[test]
fn results_with_a_unit_may_be_0_and_1() {
    let labs =
        "case_id,test,value,unit,date\nP1,CRP,1,mg/L,2020-01-01\nP2,CRP,0,mg/L,2020-01-01\nP3,CRP,1,mg/L,2020-01-01\n";
    let folder = folder(&[("patients.csv", PATIENTS), ("labs.csv", labs)]);
    let get = |key: &str| ran(folder.path(), &["get", "patients.csv", "--table", "labs=labs.csv", key, "--raw"]).stdout;
    assert_eq!(get("CRP.max"), "1\n");
    let (_folder, path) = crate::support::file("z.csv", "id,Bilirubin (mg/dL),Eos (10^9/L)\n1,1,0\n2,1,1\n3,,0\n");
    let found =
        crate::support::stdout(&["get", &path.to_string_lossy(), "Bilirubin.N", "Bilirubin.mean", "Eos.max", "--raw"]);
    assert_eq!(found, "2\n1\n1\n");
}

/// What comes first in dates that may be of either order is stated once.
#[test]
fn dates_of_either_order_are_settled_by_the_option_that_is_named() {
    let rows = "P1,CRP,5,mg/L,05.01.2020\nP1,CRP,7,mg/L,01.03.2020\n";
    let said = cells(rows, &[], &[("CRP@last", "")]);
    assert!(said.contains("--date-order dmy"), "{said}");
    cells(rows, &["--date-order", "dmy"], &[("CRP@last", "7")]);
}
