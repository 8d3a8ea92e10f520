//! What is one thing and what is several: items in brackets, two scales in a column, remarks behind a level, codes.

use super::{Ran, run_files, stat};
use serde_json::{Value, json};

/// The sheet of one column, and the warnings and notes that are printed of it.
fn read(header: &str, cells: &[&str], options: &[&str]) -> (Value, Ran) {
    let quote = |text: &str| if text.contains(',') { format!("\"{text}\"") } else { text.to_owned() };
    let rows = cells.iter().enumerate().map(|(n, cell)| format!("P{},{}\n", n + 1, quote(cell)));
    let text = format!("case_id,{}\n{}", quote(header), rows.collect::<String>());
    let ran = run_files(&[("cases.csv", text.as_bytes())], &[options, &["--format", "json"]].concat());
    (serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{header}: {}", ran.stderr)), ran)
}

#[test]
fn a_semicolon_inside_brackets_cuts_no_item() {
    for (header, cells, key) in [
        ("Translocation", &["t(9;22)", "t(8;21)", "none"][..], "Translocation[t(9;22)].n"),
        ("Karyotype", &["46,XX,t(9;22)", "46,XY"], "Karyotype[46,XX,t(9;22)].n"),
        ("Symptoms", &["fever (high; nightly); rash", "rash"], "Symptoms[fever (high; nightly)].n"),
        ("Symptoms", &["rash [face; neck]", "cough"], "Symptoms[rash [face; neck\\]].n"),
        ("Sites", &["knee (left; medial)", "hip (l|r)"], "Sites[hip (l|r)].n"),
        ("Complications", &["infection (wound; day 5)", "none"], "Complications[infection (wound; day 5)].n"),
    ] {
        let (summary, ran) = read(header, cells, &[]);
        assert_eq!(stat(&summary, key), &json!(1), "{header}: {}", ran.stderr);
        assert!(!ran.stderr.contains("few-lists"), "{header}: {}", ran.stderr);
    }
}

#[test]
fn cells_of_one_thing_each_are_never_cut() {
    for (header, cells, key) in [
        ("Translocation", &["A;B", "A;B", "C"][..], "Translocation[A;B].n"),
        ("Symptoms", &["fever;rash", "fever;rash", "rash"], "Symptoms[fever;rash].n"),
        ("Site", &["knee;hip", "knee;hip", "hip"], "Site[knee;hip].n"),
    ] {
        let option = format!("{header}=none");
        let (summary, ran) = read(header, cells, &["--split", &option]);
        assert_eq!(stat(&summary, key), &json!(2), "{header}: {}", ran.stderr);
    }
}

#[test]
fn numbers_on_two_scales_have_no_mean() {
    for (header, cells) in [
        ("Plt (10^3)", &["120", "90", "250000"][..]),
        ("WBC (10^3)", &["7.2", "9.9", "8400"]),
        ("WBC (K)", &["7.2", "9.9", "8400"]),
        ("WBC (x10e3)", &["7.2", "9.9", "8400"]),
        ("Plt (x1000)", &["120", "90", "250000"]),
        ("PLT x10³", &["120", "90", "250000"]),
        ("Plt (*10^9)", &["120", "90", "250000"]),
        ("Platelets (thousands)", &["120", "90", "250000"]),
        ("Leukos (Tsd)", &["7.2", "9.9", "8400"]),
        ("ANC (10^3)", &["2.2", "3.9", "1400"]),
        ("Lymphs (abs)", &["0.8", "0.9", "800"]),
        ("FiO2", &["0.4", "60", "0.21"]),
        ("Ejection fraction", &["0.45", "60"]),
        ("FEV1/FVC", &["0.7", "62"]),
        ("HbA1c", &["0.07", "7.5"]),
        ("Blasts", &["0.9", "85"]),
        ("Ki-67", &["0.15", "40"]),
        ("PD-L1 TPS", &["0.5", "80"]),
        ("QTc", &["440", "0.44"]),
        ("QTc (s)", &["0.44", "440"]),
    ] {
        let (_, ran) = read(header, cells, &[]);
        let is_told = ["warning[two-scales]", "warning[another-unit]"].iter().any(|id| ran.stderr.contains(id));
        assert!(is_told, "{header}: {}", ran.stderr);
    }
    for (header, cells) in [
        ("TG (mmol/L)", &["1.5", "150"][..]),
        ("LDL (mg/dL)", &["120", "3.1"]),
        ("QTc (ms)", &["440", "0.44"]),
        ("GA (weeks)", &["38", "280"]),
        ("D-dimer (µg/mL)", &["0.5", "500"]),
        ("Ammonia (µmol/L)", &["50", "0.08"]),
        ("Bilirubin (µmol/L)", &["20", "1.2"]),
    ] {
        let (_, ran) = read(header, cells, &[]);
        assert!(ran.stderr.contains("warning[another-unit]"), "{header}: {}", ran.stderr);
    }
    for (header, cells) in [
        ("Plt (10^3)", &["120", "90", "250"][..]),
        ("Ki-67", &["1", "90"]),
        ("CSF WBC (/µL)", &["3", "12", "5"]),
        ("EDSS", &["6.5", "2"]),
    ] {
        let (_, ran) = read(header, cells, &["--strict"]);
        assert_eq!(ran.code, Some(0), "{header}: {}", ran.stderr);
    }
}

#[test]
fn a_score_beyond_its_published_range_is_unreadable() {
    for (header, cell) in [
        ("EDSS", "12"),
        ("Gleason", "12"),
        ("Child-Pugh", "20"),
        ("BASDAI", "12"),
        ("HAQ", "5"),
        ("MELD", "60"),
        ("SOFA", "30"),
        ("APACHE II", "80"),
        ("IPSS", "40"),
        ("DLQI", "40"),
        ("MoCA", "35"),
        ("CHA2DS2-VASc", "12"),
        ("Hunt-Hess", "7"),
        ("Tanner", "6"),
        ("MRC", "6"),
        ("PHQ-9", "30"),
        ("SCORAD", "120"),
        ("mRSS", "60"),
        ("TSAT (%)", "140"),
        ("Glasgow-Blatchford", "24"),
    ] {
        let cells = [cell, "3", "7", "8"].map(|cell| if header == "MELD" && cell == "3" { "9" } else { cell });
        let cells: Vec<&str> =
            cells.into_iter().take(if matches!(header, "HAQ" | "Hunt-Hess") { 2 } else { 4 }).collect();
        let (summary, ran) = read(header, &cells, &["--kind", &format!("{header}=number")]);
        assert!(ran.stderr.contains("warning[beyond-scale]"), "{header}: {}", ran.stderr);
        let unreadable = summary["results"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["key"].as_str().is_some_and(|key| key.ends_with(".N_unreadable")));
        assert!(unreadable.is_some_and(|row| row["stat"] != json!(0)), "{header}");
    }
}

#[test]
fn an_item_with_a_remark_beside_the_bare_one_is_told() {
    for (header, cells) in [
        ("Symptoms", &["fever (3 d); rash", "fever", "rash"][..]),
        ("Sites", &["knee (left)", "knee", "hip"]),
        ("Complications", &["infection (wound)", "infection"]),
        ("Comorbidities", &["HTN (treated)", "HTN"]),
        ("Side", &["L", "left", "R", "Right"]),
        ("Fever", &["present", "+", "absent", "abs"]),
        ("Severity", &["moderate", "mod", "severe"]),
    ] {
        let (_, ran) = read(header, cells, &[]);
        assert!(ran.stderr.contains("warning[look-alike-levels]"), "{header}: {}", ran.stderr);
    }
    for (header, cells) in [
        ("Symptoms", &["fever (3 d); rash", "cough"][..]),
        ("Sites", &["knee (left)", "knee (right)"]),
        ("Diagnosis", &["AML (M3)", "AML (M4)"]),
    ] {
        let (_, ran) = read(header, cells, &[]);
        assert!(!ran.stderr.contains("look-alike-levels"), "{header}: {}", ran.stderr);
    }
}

#[test]
fn a_result_with_a_number_in_brackets_is_that_result() {
    let (summary, ran) = read("COVID PCR", &["pos (Ct 18)", "neg", "pos"], &[]);
    assert_eq!(stat(&summary, "COVID PCR[positive].n"), &json!(2), "{}", ran.stderr);
    assert_eq!(stat(&summary, "COVID PCR[negative].n"), &json!(1));
    let place = "note[remark-aside]: what stands in brackets behind a result is left aside\n  cases.csv line 2, case P1, column COVID PCR: 'pos (Ct 18)'";
    assert!(ran.stderr.contains(place), "{}", ran.stderr);
    // A grade is no remark.
    let (summary, ran) = read("COVID PCR", &["pos (weak)", "neg", "pos"], &[]);
    assert_eq!(stat(&summary, "COVID PCR[pos (weak)].n"), &json!(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("look-alike-levels"), "{}", ran.stderr);
}

#[test]
fn identifiers_and_codes_have_no_mean() {
    let has_mean = |summary: &Value| {
        let rows = summary["results"].as_array().expect("results");
        rows.iter().any(|row| row["key"].as_str().is_some_and(|key| key.ends_with(".mean")))
    };
    for header in [
        "Histo-Nr.",
        "Histology No.",
        "Path no",
        "Probennummer",
        "Proben-Nr.",
        "N° échantillon",
        "Nº muestra",
        "N. campione",
        "Episode no",
        "Kit no",
        "Rand.-Nr.",
        "Video no",
        "Fig. no",
        "Photo",
        "Figure",
        "Barcode",
        "Batch",
        "Kindred",
        "Twin pair",
        "Page",
        "ORCID",
        "AHV-Nr",
        "Vers.-Nr.",
        "SS#",
        "CURP",
        "EMPI",
        "CSN",
    ] {
        let (summary, ran) = read(header, &["4829", "5930", "7041"], &[]);
        assert!(!has_mean(&summary), "{header}: {}", ran.stderr);
    }
    for header in [
        "Group",
        "Arm",
        "Cohort",
        "Type",
        "Subtype",
        "Histology",
        "Phenotype",
        "Side",
        "Laterality",
        "Category",
        "Class",
        "HPV type",
        "Chromosome",
        "Exon",
        "Month",
        "Weekday",
        "M=1/F=2",
    ] {
        let (summary, ran) = read(
            header,
            &["1", "2", "1", "3"].map(|cell| if header.contains('=') && cell == "3" { "2" } else { cell }),
            &[],
        );
        assert!(!has_mean(&summary), "{header}: {}", ran.stderr);
    }
    for header in ["Follow-up month", "Number of lesions", "Group size", "Dose"] {
        let (summary, ran) = read(header, &["1", "2", "1", "3"], &[]);
        assert!(has_mean(&summary), "{header}: {}", ran.stderr);
    }
}

#[test]
fn pack_years_are_no_time() {
    for header in ["Smoking (pack-yrs)", "Pack-yrs", "pack/yrs", "pk yrs", "Smoking history (pk-yr)", "Pack-years"] {
        let (summary, ran) = read(header, &["40", "20", "6 months", "10 py"], &[]);
        let rows = summary["results"].as_array().expect("results");
        let mean = rows.iter().find(|row| row["key"].as_str().is_some_and(|key| key.ends_with(".mean")));
        let mean = mean.unwrap_or_else(|| panic!("{header}: {}", ran.stderr));
        assert_eq!(mean["stat"], json!(70.0 / 3.0), "{header}: {}", ran.stderr);
        assert!(ran.stderr.contains("'6 months'"), "{header}: {}", ran.stderr);
    }
}

#[test]
fn what_is_certain_is_not_refused() {
    for (header, cells, key, expected) in [
        ("Leeftijd/geslacht", &["34/V", "45/M"][..], "Leeftijd.mean", json!(39.5)),
        ("BP", &["120/80 (sitting)", "200/110*"], "BP systolic.mean", json!(160.0)),
        ("BP", &["120x80", "140x90"], "BP diastolic.mean", json!(85.0)),
        ("NAC", &["Y", "N", "Y"], "NAC[yes].n", json!(2)),
        ("Mobile", &["yes", "no", "no"], "Mobile[no].n", json!(2)),
        ("Nachbeob.", &["24 Mo", "3 Mo", "5 J"], "Nachbeob..mean", json!(29.0)),
    ] {
        let (summary, ran) = read(header, cells, &[]);
        let keys: Vec<&str> =
            summary["results"].as_array().unwrap().iter().filter_map(|row| row["key"].as_str()).collect();
        assert!(keys.contains(&key), "{header}: {keys:?} {}", ran.stderr);
        assert_eq!(stat(&summary, key), &expected, "{header}: {}", ran.stderr);
    }
    // Metres and grams are no durations.
    for (header, cells) in [("Durée", ["5 a", "3 m", "10 j"]), ("Durata", ["3 g", "10 g", "5 g"])] {
        let (summary, ran) = read(header, &cells, &["--kind", &format!("{header}=number")]);
        assert_eq!(stat(&summary, &format!("{header}.N_unreadable")), &json!(3), "{header}: {}", ran.stderr);
    }
}
