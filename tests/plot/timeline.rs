//! The swimmer plot on an axis of time.

use crate::support::{file, stdout};

/// One line without days, and all are drawn in their order only.
#[test]
fn days_put_the_lines_on_an_axis_of_time() {
    let cases = "case_id,age,treatment\nP1,6,\"prednisone [2 mg/kg, day 0 to 57]: none; methotrexate [from day 58]: partial\"\nP2,9,none\n";
    let of = |text: &str, options: &[&str]| {
        let (_folder, path) = file("cases.csv", text);
        stdout(&[&["plot", "swimmer", &path.to_string_lossy(), "--quiet"], options].concat())
    };
    let drawn = of(cases, &[]);
    for part in ["days from the first day of treatment", "no day of stop", "(day 0 to 57)", "(from day 58)"] {
        assert!(drawn.contains(part), "{part}");
    }
    let in_words = of(cases, &["--deidentify", "-f", "text"]);
    assert!(in_words.contains("1 prednisone, none (day 0 to 57); 2 methotrexate, partial (from day 58)"), "{in_words}");
    let partly = of(&cases.replace(" [from day 58]", ""), &[]);
    assert!(!partly.contains("days from the first day") && partly.contains("its width is not a time"));
}

/// A table with the days of start and stop has them in the lines.
#[test]
fn rows_of_treatment_have_their_days() {
    let (folder, path) = file("cases.csv", "case_id,age\nP1,6\n");
    let rows = "case_id,agent,dose (mg/day),start,stop,response\nP1,prednisone,10,2014-01-01,2014-06-01,none\n\
                P1,methotrexate,15,2014-03-01,,partial\n";
    std::fs::write(folder.path().join("lines.csv"), rows).unwrap();
    let table = format!("treatments={}", folder.path().join("lines.csv").display());
    let path = path.to_string_lossy();
    let of = |words: &[&str]| {
        let words = [words, &[&path, "--table", &table, "--quiet"]].concat();
        stdout(&words)
    };
    let cells = of(&["cases", "--columns", "all", "--details", "--format", "csv"]);
    let lines = "prednisone [10 mg/day, day 0 to 151]: none; 2 prednisone [10 mg/day, day 0 to 151] + methotrexate [15 mg/day, from day 59]: partial";
    assert!(cells.contains(lines), "{cells}");
    let drawn = of(&["plot", "swimmer", "-f", "text"]);
    assert!(
        drawn.contains("1 prednisone, none (day 0 to 59); 2 prednisone + methotrexate, partial (from day 59)"),
        "{drawn}"
    );
}

/// How long each line was given, of a column of the table, of one beside the lines, or behind the dose in brackets.
#[test]
fn how_long_lines_were_given_puts_them_on_an_axis_of_time() {
    let of = |cases: &str, lines: Option<&str>| {
        let (folder, path) = file("cases.csv", cases);
        let mut words = vec!["plot".to_owned(), "swimmer".to_owned(), path.to_string_lossy().into_owned()];
        if let Some(lines) = lines {
            let table = folder.path().join("lines.csv");
            std::fs::write(&table, lines).unwrap();
            words.extend(["--table".to_owned(), format!("treatments={}", table.display())]);
        }
        words.push("--quiet".to_owned());
        stdout(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let rows = "case_id,line,agent,dose,duration (months),response\nP1,1,prednisone,20 mg,3,partial\n\
                P1,2,methotrexate,15 mg weekly,6,none\nP2,1,diltiazem,,24,complete\n";
    let of_table = of("case_id,age\nP1,3\nP2,5\n", Some(rows));
    let of_brackets = of(
        "case_id,age,treatment\nP1,3,prednisone [20 mg 3 months]: partial; methotrexate [15 mg weekly 6 months]: none\n\
         P2,5,diltiazem [24 months]: complete\n",
        None,
    );
    let beside = of(
        "case_id,age,treatment,duration of treatment (months)\nP1,3,prednisone: partial,3\nP2,5,diltiazem: complete,24\n",
        None,
    );
    for (drawn, of_first) in [(of_table, "3 months"), (of_brackets, "3 months"), (beside, "3 months")] {
        for part in ["months of treatment", of_first, "(24 months)", "drawn one after another"] {
            assert!(drawn.contains(part), "{part}: {drawn}");
        }
    }
    // Of a patient with two lines, nobody knows which of them it is.
    let of_both = "case_id,age,treatment,duration of treatment (months)\nP1,3,prednisone: partial; mtx: none,3\n";
    assert!(of(of_both, None).contains("its width is not a time"));
}

/// Numbered columns of start and stop put the treatments beside them on the axis, and those of a length of time, too.
#[test]
fn numbered_times_belong_to_their_treatments() {
    let of = |cases: &str| {
        let (_folder, path) = file("cases.csv", cases);
        stdout(&["plot", "swimmer", &path.to_string_lossy(), "--quiet", "-f", "text"])
    };
    let dated = "id,drug_1,start_1,stop_1,response_1,drug_2,start_2,stop_2,response_2\n\
                 1,mtx + ivig,2019-02-10,2019-08-10,CR,,,,\n2,pred,2018-07-05,2018-09-01,PD,colchicine,2018-09-02,,PR\n";
    let told = of(dated);
    assert!(told.contains("1: 1 mtx + ivig, complete (day 0 to 181)."), "{told}");
    assert!(told.contains("1 pred, worsened (day 0 to 58); 2 colchicine, partial (from day 59)."), "{told}");
    assert!(told.contains("from its first day to its last"), "{told}");
    assert!(of(&dated.replace("2018-09-02,,", "2018-09-02,ongoing,")).contains("partial (from day 59)"));
    // A date that may be of February or of January is no day.
    let told = of(&dated.replace("2018-09-02", "01/02/2018"));
    assert!(told.contains("1 of 3 have none; the first is line 2 of case 2 (colchicine): it has no day"), "{told}");
    let timed = "id,drug_1,duration_1 (months),response_1,drug_2,duration_2 (months),response_2\n\
                 1,mtx,3,CR,,,\n2,pred,2,PD,colchicine,6 weeks,PR\n";
    let told = of(timed);
    assert!(told.contains("1 pred, worsened (2 months); 2 colchicine, partial (6 weeks)."), "{told}");
}
