//! Words around an agent are none of its name, and a cell of several items is told below every header.

use super::{noted, run_files, stat};

#[test]
fn words_around_an_agent_name_no_other_one() {
    for words in [
        "MTX alone",
        "MTX monotherapy",
        "MTX therapy",
        "oral MTX",
        "i.v. MTX",
        "high-dose MTX",
        "low dose MTX",
        "MTX hochdosiert",
        "nur MTX",
        "MTX (stopped)",
        "MTX discontinued",
        "2x MTX",
        "3 cycles of MTX",
        "MTX #2",
        "MTX 6 bolus",
        "MTX seul",
        "solo MTX",
        "low-dose oral MTX 15 mg weekly",
    ] {
        let summary = noted(format!("case_id,Treatment\nP1,MTX\nP2,{words}\n"), &[], &["note[dose-aside]"]);
        assert_eq!(stat(&summary, "response_by_agent[MTX].n_treated"), 2, "{words}");
    }
    for words in ["topical steroids", "physical therapy", "oral surgery"] {
        let summary = noted(format!("case_id,Treatment\nP1,MTX\nP2,{words}\n"), &[], &[]);
        assert_eq!(stat(&summary, &format!("response_by_agent[{words}].n_treated")), 1, "{words}");
    }
    let text = "case_id,Treatment\nP1,steroids > RTX\nP2,RTX\n";
    noted(text, &[], &["warning[unsplit-items]: cells hold several items joined by '>'"]);
}

#[test]
fn lists_are_told_below_every_header_of_lists() {
    for header in [
        "AE",
        "Mets",
        "Meds",
        "Prior therapy",
        "Regimen",
        "Joints involved",
        "Muscles involved",
        "Affected areas",
        "Areas",
        "Vortherapie",
        "EIM",
        "Adverse effects",
        "PMH",
        "Toxicity",
        "Triggers",
        "Metastases",
        "Nerves involved",
        "Supplements",
        "Traitements antérieurs",
    ] {
        for cell in ["nausea, rash", "nausea and rash", "nausea + rash", "nausea/rash"] {
            let ran = run_files(
                &[("cases.csv", format!("case_id,{header}\nP1,\"{cell}\"\nP2,fatigue\nP3,none\n").as_bytes())],
                &[],
            );
            assert!(ran.stderr.contains("warning[unsplit-items]"), "{header} {cell}: {}", ran.stderr);
        }
    }
}

#[test]
fn below_any_header_a_part_that_recurs_makes_a_list() {
    for cell in ["fever and rash", "fever + rash", "fever/rash", "fever & rash", "fever then rash", "fever, rash"] {
        for header in ["Presenting problem", "Diagnosis", "Ward round"] {
            let text = format!("case_id,{header}\nP1,\"{cell}\"\nP2,rash\nP3,cough\n");
            let ran = run_files(&[("cases.csv", text.as_bytes())], &[]);
            assert!(ran.stderr.contains("warning[comma-list]"), "{header} {cell}: {}", ran.stderr);
        }
    }
    for (header, cell, other) in [
        ("Diagnosis", "head and neck cancer", "lung cancer"),
        ("Stage", "II/III", "II"),
        ("Diagnosis", "foot and mouth disease", "gout"),
        ("Ratio", "1/2", "1"),
    ] {
        let text = format!("case_id,{header}\nP1,\"{cell}\"\nP2,{other}\nP3,x\n");
        let ran = run_files(&[("cases.csv", text.as_bytes())], &[]);
        assert!(!ran.stderr.contains("warning[comma-list]"), "{header} {cell}: {}", ran.stderr);
    }
}
