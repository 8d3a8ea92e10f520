//! Columns and sheets as an outside tester typed them: each is read right, or loudly not at all.

use super::typed::{Typed, check, typed};
use super::{accepted, noted, refused, run, run_files, stat, warned};
use serde_json::json;

/// What nobody has less of than nothing, and numbers that can only be in another unit.
const AMOUNTS: [Typed; 14] = [
    typed("weight (kg)", &["-3", "70", "60"], &[("weight.mean", 65.0)], &["[negative-concentration]", "'-3'"]),
    typed("weight", &["-3", "70", "60"], &[("weight.mean", 65.0)], &["[negative-concentration]"]),
    typed("BMI (kg/m2)", &["-18", "22"], &[("BMI.N", 1.0)], &["[negative-concentration]"]),
    typed("pulse (bpm)", &["-80", "90"], &[("pulse.N", 1.0)], &["[negative-concentration]"]),
    typed("weight loss (kg)", &["-3", "7", "5"], &[("weight loss.mean", 3.0)], &[]),
    typed("Gewichtsverlust (kg)", &["3", "7"], &[("Gewichtsverlust.mean", 5.0)], &[]),
    typed("leg length difference (cm)", &["-1", "2"], &[("leg length difference.mean", 0.5)], &[]),
    typed(
        "Hb (g/dL)",
        &["10", "98", "12"],
        &[("Hb.mean", 40.0)],
        &["[another-unit]", "column Hb (g/dL): '98'", "in g/L"],
    ),
    typed("Hb (g/L)", &["102", "9.8"], &[("Hb.N", 2.0)], &["[another-unit]", "'9.8'", "in g/dL"]),
    typed("weight (kg)", &["3.4", "3500"], &[("weight.N", 2.0)], &["[another-unit]"]),
    typed("Hb (g/dL)", &["10", "98 g/L", "12"], &[("Hb.mean", 31.8 / 3.0)], &[]),
    typed("birth weight (g)", &["380", "2900"], &[("birth weight.mean", 1640.0)], &[]),
    typed("birth weight", &["380", "2900"], &[("birth weight.mean", 1640.0)], &[]),
    typed("urine creatinine (mg/dL)", &["88", "120"], &[("urine creatinine.mean", 104.0)], &[]),
];

/// A point with three digits behind it where cells are counted, or beside thousands.
const POINTS: [Typed; 6] = [
    typed("Leucocitos", &["7.500", "12.300", "5.400"], &[("Leucocitos.N", 0.0)], &["[thousands-separator]"]),
    typed("Leucocytes (/mm3)", &["7500", "9.800"], &[("Leucocytes.N", 1.0)], &["[thousands-separator]", "'9.800'"]),
    typed("ferritin", &["45", "1200", "9.800"], &[("ferritin.N", 2.0)], &["[thousands-separator]"]),
    typed("WBC (10^9/L)", &["7.125", "9.800"], &[("WBC.N", 2.0)], &[]),
    typed("pH", &["7.215", "7.380"], &[("pH.N", 2.0)], &[]),
    typed("creatinine", &["1.125", "0.980"], &[("creatinine.N", 2.0)], &[]),
];

/// Units and times that the header names.
const HEADERS: [Typed; 9] = [
    typed("Leukozyten (/nl)", &["7.5", "7500/µl", "9"], &[("Leukozyten.mean", 8.0)], &[]),
    typed("eGFR (mL/min/1.73 m2)", &["90", "45 ml/min/1.73m²"], &[("eGFR.mean", 67.5)], &[]),
    typed("Days of therapy", &["14", "7 d", "3 wks"], &[("Days of therapy.mean", 14.0)], &[]),
    typed("Jours d'hospitalisation", &["14", "7 j."], &[("Jours d'hospitalisation.N", 1.0)], &["'7 j.'"]),
    typed("Tage bis zum Rezidiv", &["14", "2 Wo"], &[("Tage bis zum Rezidiv.mean", 14.0)], &[]),
    typed("meses de seguimiento", &["6", "1 año"], &[("meses de seguimiento.mean", 9.0)], &[]),
    typed("FAN", &["1/320", "négatif", "1/80"], &[("FAN.N", 2.0)], &[]),
    typed("Tumorgröße", &["20 mm", "3 cm"], &[("Tumorgröße.mean", 2.5)], &[]),
    typed("Sede", &["gomito, mano", "anca"], &[("Sede[anca].n", 1.0)], &["[unsplit-items]", "--split 'Sede=,'"]),
];

/// Results in words and signs.
const RESULTS: [Typed; 6] = [
    typed("crp", &["12", "12 ↑", "↓"], &[("crp.mean", 12.0)], &[]),
    typed("crp", &["12", "erhöht", "normwertig", "5"], &[("crp.N", 2.0), ("crp.mean", 8.5)], &[]),
    typed("CRP", &["12", "élevée", "5"], &[("CRP.N", 2.0)], &[]),
    typed("PCR (mg/L)", &["12", "aumentata", "5"], &[("PCR.N", 2.0)], &[]),
    typed("trend", &["↑", "↓", "↑"], &[("trend[↑].n", 2.0)], &[]),
    typed("ferritina", &["12", "disminuida", "5"], &[("ferritina.N", 2.0)], &[]),
];

/// Levels that should perhaps be none.
const LEVELS: [Typed; 13] = [
    typed("age", &["'5", "'6"], &[], &["[ages-as-levels]", "--kind age=category"]),
    typed("age", &["adult", "child"], &[], &["[ages-as-levels]"]),
    typed("age", &["0-4", "5-9"], &[("age[0-4].n", 1.0)], &[]),
    typed("age group", &["0-4", "5-Sep"], &[], &["[range-as-date]", "'5-Sep'"]),
    typed("gene", &["TP53", "1-Mar"], &[], &["[range-as-date]"]),
    typed("Score", &["1-2", "05. Sep", "10. Okt"], &[], &["[range-as-date]"]),
    typed("onset", &["~2018", "ca. 2019"], &[], &["[about-a-year]", "--kind onset=date"]),
    typed("onset", &["um 2018", "vers 2019"], &[], &["[about-a-year]"]),
    typed("year of diagnosis", &["~2018", "2019"], &[], &["[date-unreadable]", "'~2018'"]),
    typed("centre", &["A", "", "", "B", ""], &[("centre[A].N", 2.0)], &["[merged-levels]", "'A'"]),
    typed("Diagnosis", &["DM", "", "PM", ""], &[], &["[merged-levels]"]),
    typed("Diagnosis", &["DM", "DM", "PM", ""], &[("Diagnosis[DM].n", 2.0)], &[]),
    typed("complication", &["sepsis", "", "rash", ""], &[("complication[rash].n", 1.0)], &[]),
];

#[test]
fn amounts_are_never_negative_and_other_units_are_loud() {
    AMOUNTS.iter().for_each(check);
}

#[test]
fn a_point_that_may_separate_thousands_is_unclear() {
    POINTS.iter().for_each(check);
    // A number of JSON is a number.
    let json = json!([{"case_id": "P1", "WBC": 7.125}, {"case_id": "P2", "WBC": 9.875}]).to_string();
    let ran = run_files(&[("cases.json", json.as_bytes())], &["--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(stat(&summary, "WBC.mean"), 8.5, "{}", ran.stderr);
}

#[test]
fn headers_name_units_times_and_sites_in_more_ways() {
    HEADERS.iter().for_each(check);
}

#[test]
fn results_are_stated_in_words_of_six_languages_and_by_arrows() {
    RESULTS.iter().for_each(check);
}

#[test]
fn levels_that_may_be_ages_ranges_years_or_merged_cells_are_loud() {
    LEVELS.iter().for_each(check);
}

#[test]
fn a_total_that_is_named_in_a_column_without_a_name_is_refused_once() {
    for file in [
        "case_id,,age,sex\nP1,,5,F\nP2,,6,M\n,Mean,5.5,\n",
        ",case_id,age\n,P1,5\n,P2,6\n\nSumme,,11\n",
        "case_id;age;;crp\nP1;5;;3\nP2;6;;4\n;;Total;7\n;;Mean (SD);7\n",
    ] {
        let stderr = refused(file, &[], &["error[totals-row]: this row is a total, not a case"]);
        assert!(!stderr.contains("empty-header") && !stderr.contains("blank-case-id"), "{stderr}");
    }
    // A patient beside such a word, or another cell below the missing name, is another fault.
    for file in
        ["case_id,,age\nP1,,5\nP2,Mean,6\n", "case_id,,age\nP1,x,5\n,Mean,6\n", "case_id,,age\nP1,,5\n,other,6\n"]
    {
        refused(file, &[], &["error[empty-header]"]);
    }
}

#[test]
fn rows_of_groups_references_and_abbreviations_are_no_cases_in_silence() {
    let rows = "case_id,age,sex\nP1,5,F\nP2,6,M\n";
    for total in [
        "Normal range",
        "Reference range:",
        "Referenzbereich",
        "Valeurs normales",
        "Valores de referencia",
        "Valori normali",
        "∑",
        "Spanne",
        "Höchstwert",
        "95 % CI",
        "Proportion",
        "First quartile",
        "Einheit",
        "Units",
    ] {
        refused(
            format!("{rows}{total},5.5,\n"),
            &[],
            &["error[totals-row]: this row is a total, not a case", "  cases.csv line 4, case "],
        );
    }
    for id in ["P25", "Normann", "Unity", "Allen", "Norma", "P 1", "No 2", "ALL 3", "NO"] {
        assert_eq!(accepted(format!("{rows}{id},7,\n"), &[])["cases"], 3, "{id}");
    }
    let message = "warning[total-as-case]: the case ID is also a name for a quartile; the row is counted as a case";
    warned(format!("{rows}Q1,7,\n"), &[], &[message]);
    for group in ["Group A", "Controls", "Zentrum 2", "Grupo 1:", "Non-survivors"] {
        let message = "error[group-row]: this row contains only a group name and is not a case";
        refused(format!("{rows}{group},,\n"), &[], &[message]);
    }
    for remark in ["Abbreviations: F, female, M", "Legende: w,weiblich,", "Note: one, two,"] {
        let message = "warning[remark-row]: this row reads like a remark below the table; it is counted as a case";
        let ran = run(format!("{rows}{remark}\n"), &[]);
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
    assert_eq!(accepted(format!("{rows}Control 3,7,F\n"), &[])["cases"], 3);
}

#[test]
fn cases_are_numbered_and_named_in_more_ways() {
    for id in [
        "Lfd. Nr.",
        "N.º paciente",
        "Paciente n.º",
        "Doente",
        "Pts",
        "S/N",
        "Child no",
        "Infant",
        "Index case",
        "UPN",
        "Pseudonym",
        "Ref.",
        "Study",
        "Laufende Nummer",
        "Utente",
    ] {
        let summary = noted(format!("{id},age\n1,5\n2,6\n3,7\n"), &[], &[]);
        let rows = summary["results"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["variable"] != *id), "{id}: {}", json!(rows));
        assert!(!super::findings(&summary).contains(&"no-case-id"), "{id}");
    }
    // Where it is there twice it names no case, and is not averaged either.
    let ran = run("Child,age\n1,5\n1,6\n2,7\n", &["--format", "json"]);
    assert!(!ran.stdout.contains("Child.mean") && ran.stderr.contains("no-case-id"), "{}", ran.stderr);
}

#[test]
fn persons_are_withheld_under_more_headers() {
    for header in [
        "Familienname",
        "Name of the child",
        "Child name",
        "Caregiver name",
        "Guardian",
        "Next of kin",
        "Contact person",
        "Versichertennr.",
        "KVNR",
        "N° sécurité sociale",
        "Nº prontuário",
        "Aadhar no",
        "Medical record",
        "Med rec no",
        "Geb.-Datum",
        "geb.",
        "Fecha nac.",
        "Nato il",
        "dateofbirth",
        "Straße",
        "Rue",
        "Calle",
        "WhatsApp",
    ] {
        let file = format!("case_id,{header}\nP1,Zoltan Quix 881\nP2,Brunhild Ypsilon 882\n");
        let ran = run(&file, &[]);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(all.contains("direct-identifier") && !all.contains("Quix"), "{header}: {all}");
    }
}

#[test]
fn a_litre_among_millilitres_is_no_low_result() {
    for sheet in [
        typed("Blood loss (mL)", &["200", "1.5 L", "<50"], &[("Blood loss.median", 200.0)], &[]),
        typed("urine output (mL/d)", &["500", "1.5 L"], &[("urine output.N", 1.0)], &["[other-unit]", "'1.5 L'"]),
        typed("drain", &["50 mL", "1 L"], &[("drain.N", 2.0)], &[]),
        typed("sodium (mmol/L)", &["140", "128 L"], &[("sodium.mean", 134.0)], &[]),
        typed("QTc (ms)", &["480", "510 ms", "0.46 s"], &[("QTc.median", 480.0)], &[]),
        typed("Cobb angle (°)", &["25", "40°", "32 deg"], &[("Cobb angle.median", 32.0)], &[]),
    ] {
        check(&sheet);
    }
    let kept = accepted("case_id,Site (foot)\nP1,left\nP2,right\n", &[]);
    let rows = kept["results"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["variable"] == "Site (foot)"), "{}", json!(rows));
}

#[test]
fn agents_keep_their_name_behind_then_and_before_a_number_of_times() {
    let file = "case_id,Treatment,Response to treatment\nP1,laser; then propranolol 2 mg/kg,none; partial\n\
                P2,propranolol,complete\nP3,IVIG x2,partial\nP4,IVIG,none\nP5,R-CHOP × 6,stable\n";
    let summary = noted(file, &[], &["[dose-aside]"]);
    for (agent, treated) in [("propranolol", 2), ("IVIG", 2), ("R-CHOP", 1), ("laser", 1)] {
        assert_eq!(stat(&summary, &format!("response_by_agent[{agent}].n_treated")), treated, "{agent}");
    }
    // One cell of two responses makes no set of the column, and leaves the rates of the others open.
    assert_eq!(stat(&summary, "best_response_category[complete].n"), 1);
    assert!(stat(&summary, "best_response.p").is_null());
}

#[test]
fn a_line_begins_behind_the_words_that_join_it_to_the_line_before() {
    for words in [
        "then",
        "and then",
        "Later",
        "thereafter",
        "switched to",
        "then switched to",
        "replaced by",
        "escalated to",
        "gefolgt von",
        "umgestellt auf",
        "danach",
        "suivi de",
        "remplacé par",
        "luego",
        "sustituido por",
        "seguito da",
        "em seguida",
        "gevolgd door",
        "->",
    ] {
        let file = format!("case_id,Treatment\nP1,MTX: none; {words} AZA: partial\nP2,AZA: complete\nP3,MTX: stable\n");
        let summary = accepted(&file, &[]);
        for (agent, treated) in [("AZA", 2), ("MTX", 2)] {
            assert_eq!(stat(&summary, &format!("response_by_agent[{agent}].n_treated")), treated, "{words}: {agent}");
        }
    }
}

/// `fever` below `fever` is how a flag is typed; another table has the names of IDs, ages and sexes in a row.
#[test]
fn a_row_of_flags_is_no_other_table() {
    let flags = "case_id,fever,rash,cough\nAB,fever,rash,\nCD,,,cough\nEF,fever,,\n";
    assert_eq!(stat(&accepted(flags, &[]), "cases"), 3);
    for other in ["Drug,age,sex", "id,age,drug"] {
        refused(format!("id,age,sex\nP1,4,F\n{other}\n"), &[], &["error[repeated-header]"]);
    }
}

/// Numbers that are normal in some patients are in their unit.
#[test]
fn low_values_of_children_are_in_their_unit() {
    for (header, cells) in [
        ("creatinine (µmol/L)", ["18", "25", "30"]),
        ("creatinine", ["18", "25", "30"]),
        ("glucose (mg/dL)", ["25", "90", "110"]),
        ("Ca (mg/dL)", ["4.0", "9.1", "8.8"]),
    ] {
        let rows: String = cells.iter().enumerate().map(|(at, cell)| format!("P{at},{at},{cell}\n")).collect();
        let ran = run(format!("case_id,age,{header}\n{rows}"), &["--strict"]);
        assert_eq!(ran.code, Some(0), "{header}: {}", ran.stderr);
    }
}

/// What only tells that a line follows another one is no agent, with and without its accent.
#[test]
fn words_of_order_make_no_agents() {
    for words in ["Después", "después", "despues", "ensuite", "anschließend", "danach", "afterwards"] {
        let summary =
            accepted(format!("id,age,treatment\n1,4,colchicine; {words} propranolol\n2,5,propranolol\n"), &[]);
        assert_eq!(stat(&summary, "response_by_agent[propranolol].n_treated"), 2, "{words}");
    }
}
