//! `report` where something is withheld: it has what the tables may tell, and neither claims nor findings.

use super::walk::run_in;
use crate::support::{file, series, stdout};

const CASES: &str = "case_id,initials,age,sex,site,treatment,outcome\n\
    HX9001,AB,34,F,hip,colchicine: none,alive\nHX9002,CD,91,F,knee,colchicine: complete,alive\n\
    HX9003,EF,41,F,hip,surgery: complete,seen by Zyxwv\nHX9004,GH,47,M,knee,colchicine: partial,alive\n\
    HX9005,IJ,52,F,hip,surgery: none,alive\nHX9006,KL,38,F,knee,colchicine: none,dead\n";

/// A report of these cases as a page.
fn page(options: &[&str]) -> String {
    let (folder, path) = file("cases.csv", CASES);
    let name = path.file_name().unwrap().to_str().unwrap();
    let output = run_in(folder.path(), &[&["report", name], options].concat());
    assert!(output.status.success(), "{options:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_report_that_identifies_nobody_numbers_its_cases() {
    let open = page(&[]);
    for told in ["HX9003", "Zyxwv", "Findings of validation", "swimmer-title"] {
        assert!(open.contains(told), "{told}");
    }
    let withheld = page(&["--deidentify"]);
    for told in ["HX900", "Zyxwv", "Findings of validation", ">91<", ">IJ<"] {
        assert!(!withheld.contains(told), "{told}");
    }
    for shown in ["swimmer-title", "The cases", "De-identified", "Not shown, as they name cases"] {
        assert!(withheld.contains(shown), "{shown}");
    }
}

#[test]
fn a_report_that_hides_few_cases_shows_no_patient() {
    let withheld = page(&["--suppress-below", "4"]);
    for told in ["HX900", "Findings of validation", "swimmer-title", "The cases"] {
        assert!(!withheld.contains(told), "{told}");
    }
    for shown in ["masked", "sites-title", "Not shown, as each row and mark is a case"] {
        assert!(withheld.contains(shown), "{shown}");
    }
}

/// A verdict tells what the records give.
#[test]
fn a_report_that_withholds_has_no_claims() {
    for option in [&["--deidentify"][..], &["--suppress-below", "3"]] {
        let (claims, cases) = (series("claims.toml"), series("cases.csv"));
        let output = crate::support::run(&[&["report", &cases, &claims], option].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains("leave out the claims"), "{option:?}: {said}");
        let example = stdout(&[&["report", "--example"], option].concat());
        assert!(!example.contains("Audit: "), "{option:?}");
    }
}
