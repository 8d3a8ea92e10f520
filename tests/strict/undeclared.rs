//! Codes that a header does not declare, marks that repeat the cell above, and a minus beside words for none.

use super::{findings, noted, stat, warned};

#[test]
fn a_code_that_the_header_does_not_declare_is_unreadable() {
    for (header, codes, other) in [
        ("fever (1=yes; 2=no)", ["1", "2"], "3"),
        ("sex (0 = male; 1 = female)", ["0", "1"], "2"),
        ("response (1=CR 2=PR 3=NR)", ["1", "2"], "4"),
        ("Fieber (1=ja; 0=nein)", ["1", "0"], "9"),
    ] {
        let [first, second] = codes;
        let text = format!("case_id,{header}\nP1,{first}\nP2,{second}\nP3,{other}\nP4,{first}\n");
        let line = format!("  cases.csv line 4, case P3, column {header}: '{other}'");
        let warning = "warning[code-not-declared]: not among the codes that the header declares";
        let summary = warned(text, &[], &[warning, &line]);
        assert!(!summary.to_string().contains(&format!("[{other}]")), "{header}");
    }
    let declared = noted("case_id,fever (1=yes; 2=no)\nP1,1\nP2,2\nP3,\nP4,1\n", &[], &[]);
    assert!(!findings(&declared).contains(&"code-not-declared"));
}

#[test]
fn a_label_in_place_of_its_code_is_loud() {
    let text = "case_id,response (1=CR 2=PR 3=NR)\nP1,1\nP2,2\nP3,CR\nP4,1\n";
    let summary = noted(text, &[], &["  cases.csv line 4, case P3, column response (1=CR 2=PR 3=NR): 'CR'"]);
    let ids = findings(&summary);
    assert!(ids.contains(&"code-not-declared") || ids.contains(&"mixed-column"), "{ids:?}");
}

#[test]
fn a_mark_that_repeats_the_cell_above_is_no_response_and_no_outcome() {
    for mark in ["\"\"\"\"", "''", "do.", "idem", "dito", "\u{3003}", "ditto"] {
        let text = format!("case_id,treatment,response\nP1,MTX,CR\nP2,MTX,{mark}\nP3,AZA,PR\n");
        let summary = noted(text, &[], &["  cases.csv line 3, case P2, column response: "]);
        assert!(stat(&summary, "best_response.n_responders").is_null(), "{mark}");
        let text = format!("case_id,outcome\nP1,alive\nP2,{mark}\nP3,dead\n");
        let wanted = ["warning[ditto-mark]: a sign that repeats another cell"];
        warned(text, &[], &wanted);
    }
}

#[test]
fn a_minus_beside_a_word_for_none_is_unreadable_in_seven_languages() {
    for word in ["none", "keine", "nein", "non", "aucun", "no", "nessuno", "ninguno", "nenhum", "geen"] {
        let text = format!("case_id,ANA\nP1,+\nP2,-\nP3,{word}\nP4,++\n");
        let warning = "warning[minus-unclear]: a minus that may mean negative, or that nothing is reported";
        warned(text, &[], &[warning, "  cases.csv line 3, case P2, column ANA: '-'"]);
    }
}
