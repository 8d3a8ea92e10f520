//! Cells that were averaged in silence as something that nobody meant: each is read as its author meant it, or loudly not
//! at all.

use super::typed::{Typed, check, typed};
use super::{accepted, refused, run, stat, warned};

/// Durations, sizes and counts are never below zero; a change may be.
const BELOW_ZERO: [Typed; 11] = [
    typed("Follow-up (months)", &["12", "24", "-9"], &[("Follow-up.N", 2.0)], &["[below-zero]", "'-9'"]),
    typed("OP-Zeit (min)", &["12", "-9"], &[("OP-Zeit.N", 1.0)], &["[below-zero]"]),
    typed("Durée (jours)", &["12", "-9"], &[("Durée.N", 1.0)], &["[below-zero]"]),
    typed("BMI", &["22", "-9"], &[("BMI.N", 1.0)], &["[below-zero]"]),
    typed("Größe (mm)", &["12", "-9"], &[("Größe.N", 1.0)], &["[negative-concentration]"]),
    typed("heart rate", &["72", "-9"], &[("heart rate.N", 1.0)], &["[below-zero]"]),
    typed("number of lesions", &["3", "4", "-9"], &[("number of lesions.N", 2.0)], &["[below-zero]"]),
    typed("relapse_count", &["3", "4", "-9"], &[("relapse_count.N", 2.0)], &["[below-zero]"]),
    typed("blood loss (ml)", &["300", "-9"], &[("blood loss.N", 1.0)], &["[below-zero]"]),
    typed("weight loss (kg)", &["3", "-2", "4"], &[("weight loss.N", 3.0)], &[]),
    typed("base excess", &["3", "-2"], &[("base excess.N", 2.0)], &[]),
];

/// Numbers of another scale than the one that the header states.
const SCALES: [Typed; 13] = [
    typed(
        "WBC (10^9/L)",
        &["7.6", "8.1", "4500", "5.2"],
        &[("WBC.N", 4.0)],
        &["[another-unit]", "case P2, column WBC (10^9/L): '4500'"],
    ),
    typed("Platelets (10^9/L)", &["250", "180000"], &[("Platelets.N", 2.0)], &["[another-unit]", "'180000'"]),
    typed("WBC (/µL)", &["7600", "7.6"], &[("WBC.N", 2.0)], &["[another-unit]", "'7.6'"]),
    typed("SpO2 (%)", &["98", "0.95"], &[("SpO2.N", 0.0)], &["[two-scales]"]),
    typed("SpO2", &["98", "97", "0.95"], &[("SpO2.N", 0.0)], &["[two-scales]"]),
    typed("EF (%)", &["55", "0.4"], &[("EF.N", 0.0)], &["[two-scales]"]),
    typed("Neutrophils (%)", &["70", "0.7"], &[("Neutrophils.N", 2.0)], &["[another-unit]"]),
    typed("Temperature (°C)", &["38", "101"], &[("Temperature.N", 2.0)], &["[another-unit]", "in °F"]),
    typed("Crea (mg/dL)", &["1.1", "88"], &[("Crea.N", 2.0)], &["[another-unit]"]),
    typed("Height (m)", &["1.7", "168", "1.65"], &[("Height.N", 3.0)], &["[another-unit]", "'168'"]),
    typed(
        "column height (cm)",
        &["168", "1.68"],
        &[("column height.N", 2.0)],
        &["case P1, column column height (cm): '1.68'"],
    ),
    typed("Hb (g/dL)", &["12", "99.9", "88.8"], &[("Hb.N", 3.0)], &["'99.9'", "'88.8'"]),
    typed("WBC (10^9/L)", &["7.6", "110"], &[("WBC.N", 2.0)], &[]),
];

/// Points that may separate thousands.
const POINTS: [Typed; 4] = [
    typed("ferritin", &["10.456", "3.200", "1.100", "850"], &[("ferritin.N", 1.0)], &["[thousands-separator]"]),
    typed("Thr", &["250.000", "180.000"], &[("Thr.N", 0.0)], &["[thousands-separator]"]),
    typed("Plt", &["250.000", "180 G/l"], &[("Plt.N", 1.0)], &["[thousands-separator]"]),
    typed("age", &["1.537", "432 months"], &[("age.N", 1.0)], &["[bare-number]"]),
];

/// Units of time in headers.
const TIMES: [Typed; 13] = [
    typed("AlterMonate", &["12", "24", "3"], &[("AlterMonate.mean", 13.0)], &[]),
    typed("leeftijd (mnd)", &["12", "2 jaar"], &[("leeftijd.mean", 18.0)], &[]),
    typed("Alter_Mon", &["12", "1 J"], &[("Alter_Mon.mean", 12.0)], &[]),
    typed("Nachbeobachtung (Mon)", &["12", "2 Jahre"], &[("Nachbeobachtung.mean", 18.0)], &[]),
    typed("Alter (T)", &["14", "1 Wo"], &[("Alter.mean", 10.5)], &[]),
    typed("âge (j)", &["14", "1 semaine"], &[("âge.mean", 10.5)], &[]),
    typed("Age (j)", &["14", "12"], &[("Age (j).N", 2.0)], &["[time-unit-unknown]", "--role 'Age (j)=age'"]),
    typed("Age (y.m)", &["3.6", "5.11", "7.0"], &[("Age.N", 0.0)], &["[years-and-months]", "'5.11'"]),
    typed("Age (y.m)", &["3y6m", "5y11m"], &[("Age.N", 2.0)], &[]),
    typed("Attacks per year", &["3", "4", "5"], &[("Attacks per year.mean", 4.0)], &[]),
    typed("Relapses/year", &["3", "4", "5"], &[("Relapses/year.mean", 4.0)], &[]),
    typed("operating time", &["1h30", "2h"], &[("operating time.mean", 1.75)], &[]),
    typed("onset", &["maart 2020", "5 mei 2020"], &[("onset.N", 2.0)], &[]),
];

/// Codes for missing values, and numbers that a scale does not have.
const CODES: [Typed; 12] = [
    typed(
        "diabetes",
        &["0", "1", "9", "0"],
        &[("diabetes[9].n", 1.0)],
        &["[missing-code-likely]", "case P2", "--missing=9"],
    ),
    typed("diabetes", &["0", "1", "-1", "0"], &[("diabetes[-1].n", 1.0)], &["[missing-code-likely]"]),
    typed("diabetes", &["1", "2", "1", "9"], &[("diabetes[9].n", 1.0)], &["[missing-code-likely]"]),
    typed("number of lesions", &["1", "3", "99"], &[("number of lesions.N", 3.0)], &["[missing-code-likely]"]),
    typed("Follow-up (months)", &["12", "24", "999"], &[("Follow-up.N", 3.0)], &["[missing-code-likely]"]),
    typed("BMI", &["22.5", "999"], &[("BMI.N", 1.0)], &["[beyond-scale]", "--missing=999"]),
    typed("ASA", &["2", "3", "9"], &[("ASA.N", 2.0)], &["[beyond-scale]", "1 to 6"]),
    typed("pain (VAS 0-10)", &["3", "5", "99"], &[("pain (VAS 0-10).N", 2.0)], &["[beyond-scale]", "--missing=99"]),
    typed("pH", &["7.3", "73"], &[("pH.N", 1.0)], &["[beyond-scale]"]),
    typed("score", &["1", "2", "3"], &[("score.N", 3.0)], &[]),
    typed("ferritin", &["400", "850", "999"], &[("ferritin.N", 3.0)], &[]),
    typed("weight (kg)", &["70", "80", "99"], &[("weight.N", 3.0)], &[]),
];

/// Numbers with something before or behind them.
const NUMBERS: [Typed; 9] = [
    typed("ANA", &["1:1,280", "pos 1:80", "1:160"], &[("ANA.median", 160.0)], &[]),
    typed("WBC (/mm3)", &["2.5x10^5", "7600"], &[("WBC.mean", 128_800.0)], &[]),
    typed("viral load (copies/mL)", &["1.2×10⁵", "5000"], &[("viral load.mean", 62_500.0)], &[]),
    typed("WBC (10^9/L)", &["8.2 x10^9", "7.6"], &[("WBC.mean", 7.9)], &[]),
    typed("CRP", &["8.1 (N)", "5.5"], &[("CRP.mean", 6.8)], &[]),
    typed("base excess", &["–2", "4"], &[("base excess.mean", 1.0)], &[]),
    typed("CRP/ESR", &["12/30", "15/40"], &[("CRP/ESR[12/30].n", 1.0)], &["[two-numbers]", "'12/30'"]),
    typed("hb", &["12 g/dl", "7.5 mmol/L"], &[("hb.N", 0.0)], &["--unit hb=g/dl"]),
    typed("duration", &["1:30", "2:15", "0:45"], &[("duration[1:30].n", 1.0)], &["titres, ratios or times"]),
];

/// Words that are in doubt, or in Dutch.
const WORDS: [Typed; 6] = [
    typed("geslacht", &["m", "v", "man", "vrouw"], &[("geslacht[female].n", 2.0)], &[]),
    typed("m/v", &["m", "v", "m"], &[("m/v[male].n", 2.0)], &[]),
    typed("sexo", &["m", "v"], &[("sexo[m].n", 1.0)], &["[sex-letters]"]),
    typed("sex", &["F", "M", "F?"], &[("sex[female].n", 1.0)], &["[doubtful-answer]", "'F?'"]),
    typed("fever", &["yes", "no", "maybe"], &[("fever[yes].n", 1.0)], &["[doubtful-answer]", "'maybe'"]),
    typed("diagnosis", &["sarcoid?", "gout"], &[("diagnosis[sarcoid?].n", 1.0)], &[]),
];

#[test]
fn what_nobody_meant_is_in_no_statistic_in_silence() {
    let all = BELOW_ZERO.iter().chain(&SCALES).chain(&TIMES).chain(&CODES).chain(&NUMBERS).chain(&WORDS);
    all.chain(&POINTS).for_each(check);
}

#[test]
fn a_code_that_is_named_leaves_two_levels() {
    let summary = accepted("case_id,diabetes\nP1,0\nP2,1\nP3,9\nP4,0\n", &["--missing=9"]);
    assert_eq!((stat(&summary, "diabetes[1].n"), stat(&summary, "diabetes.N_miss")), (&1.into(), &1.into()));
}

#[test]
fn points_are_unclear_beside_decimal_commas_and_between_semicolons() {
    let thousands = "warning[thousands-separator]: the mark may separate thousands or decimals";
    warned("ID,Leuko,CRP\n1,4.300,\"12,5\"\n2,12.100,\"3,2\"\n", &[], &["warning[decimal-comma]"]);
    assert!(run("ID,Leuko,CRP\n1,4.300,\"12,5\"\n2,12.100,\"3,2\"\n", &[]).stderr.contains(thousands));
    let summary = warned("ID;Thr;Hb\n1;250.000;12\n2;180.000;13\n", &[], &[thousands]);
    assert_eq!(stat(&summary, "Thr.N"), 0);
    // Points that can only be decimal marks tell what the others are.
    let summary = accepted("ID;volume;Hb\n1;1.250;12.5\n2;2.375;13.1\n", &[]);
    assert_eq!(stat(&summary, "volume.N"), 2);
    let summary = warned("ID,volume,Hb\n1,1.250,12\n2,2.375,13\n", &[], &[thousands]);
    assert_eq!(stat(&summary, "volume.N"), 0);
}

#[test]
fn totals_are_named_in_dutch_by_abbreviations_and_by_their_column() {
    for name in [
        "Gemiddelde",
        "Totaal",
        "Aantal",
        "Standaarddeviatie",
        "Moy.",
        "ETS",
        "Gesamtzahl",
        "Std. Abw.",
        "Streuung",
        "x\u{304}",
        "AVG age",
        "Series mean",
        "All",
        "Cohort",
        "%",
        "Normwerte",
        "Ref",
        "Mean Age",
    ] {
        refused(format!("Patient,Age\n1,34\n2,56\n{name},36.7\n"), &[], &["error[totals-row]"]);
    }
    refused("Case,Age\n1,34\n2,56\n3,20\n,110\n", &[], &["error[blank-case-id]: no case ID in this row"]);
}

#[test]
fn advice_merges_no_answers_that_differ() {
    let ran = run("case_id,febbre\nP1,sì\nP2,no\nP3,n.d.\n", &[]);
    assert!(!ran.stderr.contains("look-alike-levels"), "{}", ran.stderr);
    let ran = run("case_id,fever\nP1,no\nP2,\"no, but chills\"\nP3,no?\nP4,N\nP5,n.u.\n", &[]);
    assert!(ran.stderr.contains("\"synonyms\": {\"no\": \"N\"}"), "{}", ran.stderr);
}

#[test]
fn the_least_age_is_not_printed_as_nothing() {
    let ran = run("case_id,age\nP1,5 Tage\nP2,56\nP3,12\nP4,30\nP5,41\n", &[]);
    assert!(ran.stdout.contains("0.01–56"), "{}", ran.stdout);
}

#[test]
fn identifiers_of_hospitals_and_births_are_withheld() {
    for header in ["IPP", "UR number", "NHS", "Aufnahmenr", "Accession", "data nasc", "birth", "born"] {
        let ran = run(format!("id,{header}\n1,12.03.1928\n2,04.05.1950\n"), &[]);
        assert!(ran.stderr.contains("warning[direct-identifier]"), "{header}: {}", ran.stderr);
        assert!(!(ran.stdout + &ran.stderr).contains("1928"), "{header}");
    }
    for header in ["GP", "consent signed by", "village", "town", "district", "time of death"] {
        let ran = run(format!("id,{header}\n1,Qx\n2,Qy\n3,Qx\n"), &["--deidentify"]);
        assert!(!(ran.stdout + &ran.stderr).contains("Qx"), "{header}");
    }
}
