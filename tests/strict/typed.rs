//! Columns as busy physicians type them in several languages: each is read by all of its cells, or loudly not at all.

use super::{run, stat};
use serde_json::{Value, json};

/// One column as it is typed, statistics of it, and what is said.
pub struct Typed {
    header: &'static str,
    cells: &'static [&'static str],
    /// Keys with their numbers; `null` for what cannot be estimated.
    expected: &'static [(&'static str, f64)],
    /// What standard error says; no warning where it is empty.
    said: &'static [&'static str],
}

pub const fn typed(
    header: &'static str,
    cells: &'static [&'static str],
    expected: &'static [(&'static str, f64)],
    said: &'static [&'static str],
) -> Typed {
    Typed { header, cells, expected, said }
}

/// Ages, durations and sexes.
const TIMES: [Typed; 22] = [
    typed("Alter", &["5 J", "12 J.", "7 j"], &[("Alter.mean", 8.0)], &[]),
    typed("Alter", &["34", "5 J", "6 Mon."], &[("Alter.mean", 39.5 / 3.0)], &[]),
    typed("Krankheitsdauer", &["3 Mon.", "2 J.", "1 J."], &[("Krankheitsdauer.mean", 13.0)], &[]),
    typed("Age", &["5 J", "12 J"], &[("Age.N", 0.0)], &["'5 J'"]),
    typed("Âge", &["5 j", "12 ans"], &[("Âge.N", 1.0)], &["'5 j'"]),
    typed("Leeftijd", &["34 jr", "6 mnd", "2 jaar"], &[("Leeftijd.mean", 36.5 / 3.0)], &[]),
    typed("Edad", &["5 a", "3 a.", "18 m"], &[("Edad.mean", 9.5 / 3.0)], &[]),
    typed("Età", &["1 anno e mezzo", "4 a", "2 a 6 m"], &[("Età.mean", 2.75)], &["'2 a 6 m'"]),
    typed("Seguimiento", &["2 a 3 meses", "14 meses", "6 meses"], &[("Seguimiento.mean", 10.0)], &["'2 a 3 meses'"]),
    typed("genotype", &["1 a", "3 a", "1 b"], &[("genotype.N", 0.0)], &["'1 a'"]),
    typed("Wiek", &["34 lata", "61 lat", "6 mies."], &[("Wiek.mean", 95.5 / 3.0)], &[]),
    typed("Ålder", &["34 år", "61"], &[("Ålder.mean", 47.5)], &[]),
    typed("年龄", &["34岁", "61", "6个月"], &[("年龄.mean", 95.5 / 3.0)], &[]),
    typed("Возраст", &["34 года", "6 мес"], &[("Возраст.mean", 17.25)], &[]),
    typed("Durée d'évolution", &["4 sem", "2 mois"], &[("Durée d'évolution.N", 2.0)], &[]),
    typed("Age/Sex", &["34F", "12M", "56F"], &[("Age.mean", 34.0), ("Sex[male].n", 1.0)], &[]),
    typed("Age/Sex", &["34/F", "12M", "8 M"], &[("Age.mean", 18.0), ("Sex[male].n", 2.0)], &[]),
    typed("Age/Sex", &["34/F", "8 M"], &[("Age.mean", 34.0)], &["'8 M'"]),
    typed("Age/Sex", &["34f", "12m"], &[("Age.N", 1.0)], &["'12m'"]),
    typed("Age/Sex", &["12M", "8M"], &[("Age.N", 0.0)], &["'12M'"]),
    typed("M/F", &["M", "F", "m"], &[("M/F[male].n", 2.0)], &[]),
    typed("Geslacht", &["vrouw", "man", "man"], &[("Geslacht[male].n", 2.0)], &[]),
];

/// An `m` beside other durations, and ages of years and months.
const LETTERS: [Typed; 11] = [
    typed("OP time (min)", &["90", "45 m", "2 h", "75"], &[("OP time.mean", 82.5)], &[]),
    typed("delay", &["90 min", "45 m", "2 h", "3 m"], &[("delay.mean", 258.0 / 4.0 / 60.0)], &[]),
    typed("delay", &["2h 30m", "45 m"], &[("delay.mean", 1.625)], &[]),
    typed("delay", &["90 min", "3 m", "2 days"], &[("delay.N", 2.0)], &["'3 m'"]),
    typed("Follow-up", &["6 m", "2 years"], &[("Follow-up.mean", 15.0)], &[]),
    typed("Age", &["6 h", "3 m"], &[("Age.N", 1.0)], &["'3 m'"]),
    typed("Age in years and months", &["3.10", "2.11", "5.4"], &[("Age in years and months.N", 0.0)], &["'3.10'"]),
    typed("age y.m", &["3.10", "2.11", "5.4"], &[("age y.m.N", 0.0)], &["[years-and-months]"]),
    typed("Age", &["1.10", "2.6", "3.11"], &[("Age.N", 3.0)], &["[years-and-months-likely]"]),
    typed("Age", &["1.10", "2.65", "3.11"], &[("Age.N", 3.0)], &[]),
    typed("Age", &["1.5", "2.6", "3"], &[("Age.N", 3.0)], &[]),
];

/// Years, gestations, short durations and the remedies of their cells.
const SPANS: [Typed; 12] = [
    typed("Krankheitsdauer", &["11 Mte", "halbes Jahr", "1 Jahr"], &[("Krankheitsdauer.mean", 29.0 / 3.0)], &[]),
    typed("aCL IgG", &["5", "300"], &[("aCL IgG.N", 2.0)], &[]),
    typed("Diagnosejahr", &["1998", "2001", "05"], &[("Diagnosejahr.N", 2.0)], &["[date-unreadable]", "'05'"]),
    typed("Gestational age", &["38+2", "40+0", "39"], &[("Gestational age.mean", 821.0 / 21.0)], &[]),
    typed("SSW", &["38+2", "40+0", "39", "38+9"], &[("SSW.N", 3.0)], &["'38+9'"]),
    typed("dose", &["38+2", "40+0"], &[("dose[38+2].n", 1.0)], &[]),
    typed(
        "time to diagnosis",
        &["2h", "36h", "3 d", "1 d", "90 min"],
        &[("time to diagnosis.mean", (38.0 / 24.0 + 4.0 + 1.5 / 24.0) / 5.0 / 30.4375)],
        &[],
    ),
    typed("time to diagnosis", &["2h", "3 d", "2 mo"], &[("time to diagnosis.max", 2.0)], &[]),
    typed(
        "Tempo di malattia (aa)",
        &["3", "18 mm", "5"],
        &[("Tempo di malattia.N", 2.0)],
        &["'18 mm'", "such as 12 years"],
    ),
    typed(
        "ischemia time",
        &["90", "45 m", "80"],
        &[("ischemia time.N", 2.0)],
        &["'45 m'", "such as 18 months or 45 min"],
    ),
    typed("INR", &["1.2", "45 %", "2"], &[("INR.N", 2.0)], &["'45 %'", "write the ratio alone"]),
    typed("HbA1c", &["6.5", "48 mmol/mol", "7"], &[("HbA1c.N", 2.0)], &["'48 mmol/mol'"]),
];

#[test]
fn spans_of_time_are_read_by_their_header_and_advised_in_units_of_time() {
    SPANS.iter().for_each(check);
}

#[test]
fn a_year_in_days_is_named_where_parts_of_years_were_converted() {
    let ran = run("case_id,Age\nP1,15/12\nP2,4/52\nP3,5/7\n", &[]);
    assert!(ran.stdout.contains("365.25 days"), "{}", ran.stdout);
}

/// Numbers on two scales, and numbers that nobody has.
const SCALES: [Typed; 31] = [
    typed("D-dimer", &["0.5", "1200"], &[("D-dimer.N", 0.0)], &["[two-scales]", "--unit D-dimer=mg/L"]),
    typed("IgG", &["11.2", "1120"], &[("IgG.N", 0.0)], &["[two-scales]"]),
    typed("fibrinogen", &["3.2", "320"], &[("fibrinogen.N", 0.0)], &["[two-scales]"]),
    typed("C3", &["0.9", "90"], &[("C3.N", 0.0)], &["[two-scales]"]),
    typed("troponin", &["0.04", "400"], &[("troponin.N", 0.0)], &["[two-scales]"]),
    typed("RBC", &["4.5", "4500000"], &[("RBC.N", 0.0)], &["[two-scales]"]),
    typed("bilirubin", &["0.8", "120"], &[("bilirubin.N", 0.0)], &["[two-scales]"]),
    typed("bilirubin (mg/dL)", &["0.8", "120"], &[("bilirubin.N", 2.0)], &["[another-unit]", "'120'"]),
    typed("Geburtsgewicht", &["3.2", "2900"], &[("Geburtsgewicht.N", 0.0)], &["[two-scales]"]),
    typed("Tc", &["220", "180000"], &[("Tc.N", 0.0)], &["[two-scales]"]),
    typed("GR", &["4.5", "4500000"], &[("GR.N", 0.0)], &["[two-scales]"]),
    typed("fever max", &["38.5", "101.3"], &[("fever max.N", 0.0)], &["[two-scales]"]),
    typed("T max", &["38.5", "101.3"], &[("T max.N", 0.0)], &["[two-scales]"]),
    typed("T max", &["2.5", "90"], &[("T max.N", 2.0)], &[]),
    typed("HbA1c", &["6.5", "48"], &[("HbA1c.N", 0.0)], &["[two-scales]", "--unit HbA1c=%"]),
    typed("HbA1c", &["6.5", "7.2"], &[("HbA1c.N", 2.0)], &[]),
    typed("heart rate", &["80", "800", "72"], &[("heart rate.mean", 76.0)], &["[beyond-scale]", "'800'"]),
    typed("K", &["4.1", "41"], &[("K.N", 1.0)], &["[beyond-scale]"]),
    typed("Na", &["140", "14", "1400"], &[("Na.N", 1.0)], &["'14'", "'1400'"]),
    typed("ESR (mm/h)", &["45", "230"], &[("ESR.N", 2.0)], &[]),
    typed("BMI", &["25", "250"], &[("BMI.N", 1.0)], &["[beyond-scale]"]),
    typed("SBP", &["120", "12"], &[("SBP.N", 1.0)], &["[beyond-scale]"]),
    typed("DAS28", &["5.1", "51"], &[("DAS28.N", 1.0)], &["[beyond-scale]"]),
    typed("PASI", &["12", "720"], &[("PASI.N", 1.0)], &["[beyond-scale]"]),
    typed("HbA1c (%)", &["6.5", "120"], &[("HbA1c.N", 1.0)], &["[beyond-scale]"]),
    typed("Lymphocytes (%)", &["25", "120"], &[("Lymphocytes.N", 1.0)], &["[beyond-scale]"]),
    typed("FEV1 (% predicted)", &["85", "120"], &[("FEV1.N", 2.0)], &[]),
    typed("ESR", &["12", "20", "999"], &[("ESR.N", 3.0)], &["[missing-code-likely]"]),
    typed("Platelets", &["1.2", "2.5", "3"], &[("Platelets.N", 3.0)], &["[another-unit]", "lakh"]),
    typed("HR", &["80", "120"], &[("HR.N", 2.0)], &[]),
    typed("Na", &["140", "138"], &[("Na.N", 2.0)], &[]),
];

#[test]
fn an_m_is_what_the_cells_beside_it_say() {
    LETTERS.iter().for_each(check);
}

#[test]
fn numbers_on_two_scales_and_numbers_that_nobody_has_are_loud() {
    SCALES.iter().for_each(check);
}

#[test]
fn a_unit_on_the_command_line_is_checked_as_one_in_the_header() {
    for (header, cells, unit, value) in [
        ("Height", ["1.65", "170", "1.80"], "m", "'170'"),
        ("glucose", ["5.5", "99", "6.1"], "mmol/L", "'99'"),
        ("platelets", ["443", "396000", "250"], "10^9/L", "'396000'"),
        ("SpO2", ["97", "0.95", "98"], "%", "'0.95'"),
        ("HbA1c", ["6.5", "48", "7"], "%", "'48'"),
    ] {
        let rows: String = cells.iter().enumerate().map(|(n, cell)| format!("P{n},{cell}\n")).collect();
        let ran = run(format!("case_id,{header}\n{rows}"), &["--unit", &format!("{header}={unit}")]);
        let said = ["warning[another-unit]".to_owned(), value.to_owned()];
        assert!(said.iter().all(|said| ran.stderr.contains(said)), "{header} {}", ran.stderr);
    }
}

/// Laboratory results and measures.
const MEASURES: [Typed; 13] = [
    typed("ANA titre", &["1/160", "1:80", "1/80"], &[("ANA titre.median", 80.0)], &[]),
    typed("ANA", &["1/160", "positive", "<1:40"], &[("ANA.N", 2.0)], &[]),
    typed("fraction", &["1/160", "1/80"], &[("fraction[1/160].n", 1.0)], &[]),
    typed("WBC", &["4.5", "11000", "8.2 x 10^3"], &[("WBC.N", 0.0)], &["[two-scales]", "'4.5'"]),
    typed("Hb", &["11.2", "98", "12.1"], &[("Hb.N", 0.0)], &["[two-scales]", "--unit Hb=g/dL"]),
    typed("Hb", &["11.2", "9.8", "12.1"], &[("Hb.N", 3.0)], &[]),
    typed("Creatinine", &["1.1", "88"], &[("Creatinine.N", 0.0)], &["[two-scales]"]),
    typed("Height", &["1.65", "170"], &[("Height.N", 0.0)], &["[two-scales]", "--unit Height=m"]),
    typed("Height (cm)", &["165", "170"], &[("Height.mean", 167.5)], &[]),
    typed("weight", &["70", "3500", "72"], &[("weight.N", 0.0)], &["[two-scales]"]),
    typed("Ca x P", &["3.6", "5.1"], &[("Ca x P.N", 2.0)], &[]),
    typed("RF", &["neg", "+", "pos", "weakly +"], &[("RF[positive].n", 2.0)], &[]),
    typed("HLA-B27", &["+", "-", "pos"], &[("HLA-B27[positive].n", 2.0)], &["[minus-negative]"]),
];

/// Answers and responses.
const WORDS: [Typed; 12] = [
    typed("swelling", &["++", "+", "-", ""], &[("swelling[negative].p", 1.0 / 3.0)], &["[minus-negative]"]),
    typed("Biopsy", &["Yes", "yes (skin)", "No"], &[("Biopsy[Yes].n", 1.0)], &["'Yes' (1), 'yes (skin)' (1)"]),
    typed(
        "Rezidiv",
        &["nein", "ja", "j", "N"],
        &[("Rezidiv[ja].n", 1.0)],
        &["'N' (1), 'nein' (1)", "'j' (1), 'ja' (1)"],
    ),
    typed("Malignancy", &["no", "n\u{43E}", "breast"], &[("Malignancy[no].n", 1.0)], &["[look-alike-levels]"]),
    typed("course", &["no change", "no", "change"], &[("course[no].n", 1.0)], &[]),
    typed("response_1", &["PR", "NR", "SD"], &[], &["[response-nr]", "leave the cell empty"]),
    typed("progesterone", &["PR", "NR"], &[("progesterone.N_miss", 0.0)], &["[nr-as-level]"]),
    typed("Ansprechen", &["gut", "teilweise", "keine Besserung"], &[("best_response_category[partial].n", 1.0)], &[]),
    typed("Réponse", &["partielle", "complète", "échec"], &[("best_response_category[complete].n", 1.0)], &[]),
    typed("Respons", &["goed", "geen", "onbekend"], &[("best_response_category[improved].n", 1.0)], &[]),
    typed("BSE", &["12", "n.v.t.", "onbekend"], &[("BSE.N_miss", 2.0)], &[]),
    typed("Follow-up", &["12 mo", "lost to f/u"], &[("Follow-up.N_miss", 1.0)], &[]),
];

#[test]
fn ages_and_durations_are_read_with_their_column() {
    TIMES.iter().for_each(check);
}

#[test]
fn numbers_of_two_units_are_loud_and_titres_are_titres() {
    MEASURES.iter().for_each(check);
}

#[test]
fn words_of_one_meaning_are_one_level_or_loud() {
    WORDS.iter().for_each(check);
}

#[test]
fn a_dose_behind_an_agent_makes_no_other_agent_and_its_remedy_works() {
    let file = "case_id,Treatment,Response\nP1,MTX 10 mg,CR\nP2,MTX 15 mg weekly,PR\nP3,MTX + IVIG 2 g/kg,SD\n";
    let ran = run(file, &["--format", "json"]);
    let summary: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    assert_eq!(stat(&summary, "response_by_agent[MTX].n_treated"), 3, "{}", ran.stderr);
    let note =
        "note[dose-aside]: an amount, a route or a frequency behind an agent is its dose, and makes no other agent";
    assert!(ran.stderr.contains(note) && ran.stderr.contains("--split Treatment=none"), "{}", ran.stderr);
    let kept = run(file, &["--format", "json", "--split", "Treatment=none"]);
    let summary: Value = serde_json::from_str(&kept.stdout).unwrap_or_else(|_| panic!("{}", kept.stderr));
    assert_eq!(stat(&summary, "response_by_agent[MTX 10 mg].n_treated"), 1, "{}", kept.stderr);
    assert!(!kept.stderr.contains("dose-aside"), "{}", kept.stderr);
}

#[test]
fn a_case_id_that_is_an_age_and_a_sex_is_warned_of_and_split_as_advised() {
    let file = "Patient,ck\n12/F,3\n34/M,4\n9/F,5\n";
    let ran = run(file, &[]);
    assert!(ran.stderr.contains("warning[two-in-one-cell]: the case ID looks like an age and a sex"), "{}", ran.stderr);
    assert!(ran.stderr.contains("to read it so: --split Patient=age/sex"), "{}", ran.stderr);
    let split = run(file, &["--format", "json", "--split", "Patient=age/sex"]);
    let summary: Value = serde_json::from_str(&split.stdout).unwrap_or_else(|_| panic!("{}", split.stderr));
    assert_eq!(
        (stat(&summary, "age.median"), stat(&summary, "sex[female].n")),
        (&json!(12.0), &json!(2)),
        "{}",
        split.stderr
    );
}

pub fn check(sheet: &Typed) {
    let rows: String = sheet.cells.iter().enumerate().map(|(n, cell)| format!("P{n},\"{cell}\"\n")).collect();
    let file = format!("case_id,\"{}\"\n{rows}", sheet.header);
    let ran = run(&file, &["--format", "json"]);
    let what = format!("{file}{}", ran.stderr);
    let summary: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{what}"));
    for (key, expected) in sheet.expected {
        let found = stat(&summary, key);
        let is_near = found.as_f64().is_some_and(|found| (found - expected).abs() < 1e-9);
        assert!(is_near, "{key} is {found}, not {}\n{what}", json!(expected));
    }
    assert!(sheet.said.iter().all(|said| ran.stderr.contains(said)), "{:?} are not all in\n{what}", sheet.said);
    assert_eq!(ran.stderr.contains("warning["), !sheet.said.is_empty(), "{what}");
}
