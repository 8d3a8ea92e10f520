//! Figures and tables say the same of the responses: in a column of their own, open, or not stated.

use crate::support::{file, row, run, stdout, summary};

/// A figure of some cases in words.
fn words(kind: &str, cases: &str, options: &[&str]) -> String {
    let (_folder, path) = file("cases.csv", cases);
    stdout(&[&["plot", kind, path.to_str().unwrap(), "--quiet", "-f", "text"], options].concat())
}

fn svg(kind: &str, cases: &str, options: &[&str]) -> String {
    let (_folder, path) = file("cases.csv", cases);
    stdout(&[&["plot", kind, path.to_str().unwrap(), "--quiet"], options].concat())
}

const BESIDE: &str = "id,age,sex,treatment,response\n1,50,F,methotrexate,CR\n2,60,M,prednisone,PD\n3,44,F,colchicine,PR\n4,40,F,mtx,NC\n";

#[test]
fn a_response_in_a_column_of_its_own_is_that_of_the_only_line() {
    let told = words("swimmer", BESIDE, &[]);
    for said in [
        "1 (50 years, female): 1 methotrexate, complete.",
        "2 (60 years, male): 1 prednisone, worsened.",
        "3 (44 years, female): 1 colchicine, partial.",
        // Beside CR, PR and PD no change is stable disease, as in the tables.
        "4 (40 years, female): 1 mtx, stable.",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let drawn = svg("swimmer", BESIDE, &[]);
    assert!(drawn.contains("evaluable: response<") && !drawn.contains(">not evaluable<"), "{drawn}");
    let (_folder, path) = file("cases.csv", BESIDE);
    let json = summary(&[path.to_str().unwrap()]);
    assert_eq!(row(&json, "best_response.n_evaluable")["stat"], 4);
    assert_eq!(row(&json, "best_response.n_responders")["stat"], 2);
    // A duration beside the treatment puts the same responses on an axis.
    let timed = "id,treatment,duration of treatment (months),response\n1,methotrexate,3,CR\n2,prednisone,6,PD\n";
    let told = words("swimmer", timed, &[]);
    assert!(told.contains("1 methotrexate, complete (3 months)") && told.contains("prednisone, worsened"), "{told}");
}

#[test]
fn a_response_of_several_lines_is_that_of_the_patient() {
    let cases = "id,age,treatments,response\nA,3,methotrexate; colchicine,CR\nB,4,methotrexate; surgery,partial (unconfirmed)\n\
                 C,5,methotrexate: none; surgery: improved,CR\nD,6,methotrexate; surgery,\nE,7,methotrexate; surgery,so so\n";
    let told = words("swimmer", cases, &[]);
    for said in [
        "A (3 years): best response complete; 1 methotrexate; 2 colchicine.",
        "B (4 years): best response partial (unconfirmed); 1 methotrexate; 2 surgery.",
        // What the lines say goes before.
        "C (5 years): 1 methotrexate, none; 2 surgery, improved.",
        "D (6 years): 1 methotrexate, not reported; 2 surgery, not reported.",
        "E (7 years): best response unclear; 1 methotrexate; 2 surgery.",
        "Below an id: the best response of the patient. In 3 cases the records do not tell to which line it belongs.",
        "unclear: the word of the records may be any response",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let drawn = svg("swimmer", cases, &[]);
    for said in [">complete<", ">partial<", ">unconfirmed<", "response of the line not known"] {
        assert!(drawn.contains(said), "{said}");
    }
    // With days, and of many patients whose boxes have codes, it stands below the id, too.
    let dated = "id,treatments,response\nA,\"mtx [day 0 to 57]; colchicine [day 58 to 90]\",CR\n";
    assert!(svg("swimmer", dated, &[]).contains(">complete<") && svg("swimmer", dated, &[]).contains("months from"));
    let many: String = (0..90).map(|n| format!("P{n},mtx; colchicine; surgery; ivig; pred,PR\n")).collect();
    let drawn = svg("swimmer", &format!("id,treatments,response\n{many}"), &["--width-mm", "84"]);
    assert!(drawn.matches(">partial<").count() >= 90, "{}", drawn.matches(">partial<").count());
    // Nobody is told apart by what is not shown.
    let hidden = words("swimmer", cases, &["--deidentify"]);
    assert!(hidden.contains("P1 (") && hidden.contains("best response complete"), "{hidden}");
}

#[test]
fn open_rates_are_told_with_their_bounds() {
    let rows: String = (0..6).map(|n| format!("C{n},mtx; colchicine,{}\n", ["CR", "PR", "none"][n % 3])).collect();
    let cases = format!("id,treatments,response\n{rows}");
    let told = words("response", &cases, &[]);
    assert!(told.contains("By agent: colchicine (6\u{a0}treated), open: 0/6 to 4/4."), "{told}");
    assert!(!told.contains("NE"), "{told}");
    let drawn = svg("response", &cases, &[]);
    assert!(
        drawn.contains("the least and the greatest that a rate can be") && drawn.contains("stroke-dasharray"),
        "{drawn}"
    );
    let flow = words("flow", &cases.replace("CR", "so so"), &[]);
    assert!(
        flow.contains("Response can be judged: 4 to 6, as some responses are open") && !flow.contains("NE"),
        "{flow}"
    );
}

#[test]
fn a_figure_of_responses_that_nobody_states_is_refused_and_left_out_of_the_report() {
    let cases = "id,age,treatments\nA,3,methotrexate; colchicine\nB,4,methotrexate\n";
    let (_folder, path) = file("cases.csv", cases);
    let path = path.to_str().unwrap();
    let refused = run(&["plot", "response", path]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && said.contains("no response is stated in any treatment line"), "{said}");
    let page = stdout(&["report", path, "--quiet"]);
    assert!(page.contains("Not shown, as no response is stated: the figure of the responses."));
    assert!(!page.contains("id=\"response-title\"") && page.contains("id=\"swimmer-title\""));
    let flow = words("flow", cases, &[]);
    assert!(flow.contains("Response can be judged: not known, as no response is stated.\n\n"), "{flow}");
}

/// Who leaves the flow, by the words of the records; their sum is the difference of the steps.
#[test]
fn the_flow_names_why_patients_leave_it() {
    let cases = "case_id,age,treatments\nA,4,a: complete\nB,5,a: none\nC,6,a: not evaluable\nD,7,a: lost\nE,8,none\nF,80,b: died\nG,9,\n";
    let told = words("flow", cases, &[]);
    for said in [
        "Cases: 7; No treatment: 1; Treatment not reported: 1.",
        "Treated: 5; Best response not evaluable: 1; Best response lost: 1.",
        "Response can be judged: 3; Best response none: 1; Best response died: 1.",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn a_figure_of_rates_says_what_its_intervals_are_and_who_recurs() {
    let rows: String = (0..8).map(|n| format!("C{n},mtx: {}\n", ["CR", "none"][n % 2])).collect();
    let cases = format!("id,treatments\n{rows}");
    assert!(svg("response", &cases, &[]).contains("rate with its 95% CI (Wilson score, no continuity correction)"));
    let exact = svg("response", &cases, &["--conf-level", "0.9", "--ci", "clopper-pearson"]);
    assert!(exact.contains("rate with its 90% CI (Clopper-Pearson exact)"));
    let note = "the rows of a panel are not independent";
    let apart = "id,treatment\n1,mtx: complete\n2,prednisone: none\n3,colchicine: none\n";
    assert!(!words("response", apart, &[]).contains(note) && !words("response", &cases, &[]).contains(note));
    assert!(words("response", "id,treatment\n1,mtx: complete; ivig: none\n2,prednisone: none\n", &[]).contains(note));
}
