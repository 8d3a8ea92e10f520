//! Each rule on two files that differ in what the rule is about: it fires on one, and not on the other.

use super::{findings, item, object, schema, validate};

/// Id, the case and column of the finding, a file on which it fires, one on which it does not, `calcSeries`.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const NONE: &str = "";
const PERIOD: &str = r#"{"series": {"period": {"start": "2003", "end": "2019-06"}}}"#;
const SCALE: &str = r#"{"series": {"responseScale": "RECIST"}}"#;
const EVENTS: &str = r#"{"series": {"ageEvents": ["onset"]}}"#;

const RULES: [Row; 42] = [
    ("date-outside-period", "A", "year", "id,year\nA,2021\nB,2019\n", "id,year\nA,2003\nB,2019\n", PERIOD),
    (
        "date-outside-period",
        "A",
        "visit_date",
        "id,visit_date\nA,2019-07-01\nB,2019-06-30\n",
        "id,visit_date\nA,2019-06-30\n",
        PERIOD,
    ),
    ("case-not-dated", "A", "year", "id,year\nA,\nB,2019\n", "id,year\nA,2018\nB,2019\n", NONE),
    (
        "dates-out-of-order",
        "A",
        "diagnosis_date",
        "id,onset_date,diagnosis_date\nA,2018-05-01,2018-04-30\n",
        "id,onset_date,diagnosis_date\nA,2018-04-30,2018-05-01\n",
        NONE,
    ),
    (
        "dates-out-of-order",
        "A",
        "death_date",
        "id,last_visit_date,death_date\nA,2019,2018\n",
        "id,last_visit_date,death_date\nA,2018-03,2018\n",
        NONE,
    ),
    (
        "age-disagrees",
        "A",
        "age",
        "id,age,date_of_birth,visit_date\nA,12,2010-01-01,2015-06-01\n",
        "id,age,date_of_birth,visit_date\nA,5,2010-01-01,2015-06-01\n",
        NONE,
    ),
    (
        "age-event-unclear",
        "A",
        "age_event",
        "id,age,age_event\nA,5,\nB,6,onset\n",
        "id,age,age_event\nA,5,birth\nB,6,onset\n",
        NONE,
    ),
    (
        "age-event-unclear",
        "A",
        "age_event",
        "id,age,age_event\nA,5,birth\nB,6,onset\n",
        "id,age,age_event\nA,5,onset\nB,6,onset\n",
        EVENTS,
    ),
    ("age-event-unclear", "A", "age_at_onset", "id,age_at_onset\nA,\nB,6\n", "id,age_at_onset\nA,5\nB,6\n", NONE),
    ("sex-not-reported", "A", "sex", "id,sex\nA,\nB,F\n", "id,sex\nA,M\nB,F\n", NONE),
    ("direct-identifier", "", "name", "id,name\nA,x\n", "id,note\nA,x\n", NONE),
    (
        "identifier-in-text",
        "A",
        "remarks",
        "id,remarks\nA,mail to a.b@clinic.org\nB,well\n",
        "id,remarks\nA,mail sent\nB,well\n",
        NONE,
    ),
    (
        "identifier-in-text",
        "A",
        "remarks",
        "id,remarks\nA,record 12345678 seen\nB,well\n",
        "id,remarks\nA,record 123 seen\nB,well\n",
        NONE,
    ),
    (
        "certainty-not-reported",
        "A",
        "certainty",
        "id,diagnosis,certainty\nA,JDM,\nB,JDM,definite\n",
        "id,diagnosis,certainty\nA,JDM,suspected\nB,JDM,definite\n",
        NONE,
    ),
    (
        "side-not-explicit",
        "A",
        "sites",
        "id,sites\nA,knee;elbow right\nB,hip left\n",
        "id,sites\nA,knee left;elbow right\nB,hip left\n",
        NONE,
    ),
    (
        "side-not-explicit",
        "A",
        "side",
        "id,sites,side\nA,knee,\nB,hip,left\n",
        "id,sites,side\nA,knee,both\nB,hip,left\n",
        NONE,
    ),
    (
        "headline-lab-not-reported",
        "A",
        "",
        "id,esr (mm/h)\nA,\nB,12 (high)\nC,9 (normal)\n",
        "id,esr (mm/h)\nA,NR\nB,12 (high)\nC,9 (normal)\n",
        NONE,
    ),
    (
        "headline-lab-not-reported",
        "",
        "",
        "id,esr (mm/h)\nA,10\nB,12 (high)\nC,9 (normal)\n",
        "id,esr (mm/h)\nA,10 (high)\nB,12 (high)\nC,9 (normal)\n",
        NONE,
    ),
    ("unit-missing", "A", "hb", "id,hb\nA,8.4\nB,9.1\n", "id,hb (g/dL)\nA,8.4\nB,9.1\n", NONE),
    ("unit-missing", "B", "hb", "id,hb\nA,8.4 g/dL\nB,9.1\n", "id,hb\nA,8.4 g/dL\nB,9.1 g/dL\n", NONE),
    (
        "drug-line-incomplete",
        "A",
        "treatment",
        "id,treatment\nA,pamidronate [30 mg/day IV]: none\n",
        "id,treatment\nA,pamidronate [30 mg/day IV 3 days]: none\n",
        NONE,
    ),
    (
        "drug-line-incomplete",
        "A",
        "treatment",
        "id,treatment\nA,colchicine: none\n",
        "id,treatment\nA,surgical excision: none\n",
        NONE,
    ),
    (
        "change-without-reason",
        "A",
        "treatment",
        "id,treatment\nA,a: improved; b: none\n",
        "id,treatment\nA,a: none; b: improved\n",
        NONE,
    ),
    (
        "change-without-reason",
        "A",
        "treatment",
        "id,treatment\nA,a: improved; b: none\n",
        "id,treatment\nA,a: improved (relapsed); b: none\n",
        NONE,
    ),
    (
        "response-not-reported",
        "A",
        "treatment",
        "id,treatment\nA,a; b: improved\n",
        "id,treatment\nA,a: none; b: improved\n",
        SCALE,
    ),
    (
        "not-measured-before-and-after",
        "",
        "",
        "id,ck_before (U/L),ck_after (U/L)\nA,900,\n",
        "id,ck_before (U/L),ck_after (U/L)\nA,900,100\n",
        NONE,
    ),
    (
        "follow-up-not-reported",
        "A",
        "followup (months)",
        "id,followup (months)\nA,long\nB,12\n",
        "id,followup (months)\nA,>=30\nB,12\n",
        NONE,
    ),
    (
        "follow-up-implausible",
        "A",
        "followup (years)",
        "id,age,followup (years)\nA,50,71\nB,5,6\n",
        "id,age,followup (years)\nA,50,70\nB,5,6\n",
        NONE,
    ),
    (
        "last-status-not-reported",
        "A",
        "outcome",
        "id,outcome\nA,\nB,stable\n",
        "id,outcome\nA,improved\nB,stable\n",
        NONE,
    ),
    (
        "last-status-not-reported",
        "A",
        "stop_reason",
        "id,outcome,stop_reason\nA,lost to follow-up,\n",
        "id,outcome,stop_reason\nA,lost to follow-up,moved\n",
        NONE,
    ),
    (
        "adverse-events-not-reported",
        "A",
        "adverse_events",
        "id,adverse_events\nA,\nB,none\n",
        "id,adverse_events\nA,fever\nB,none\n",
        NONE,
    ),
    ("timeline-missing", "A", "", "id,treatment\nA,a [taper]: none\n", "id,treatment\nA,a [8 weeks]: none\n", NONE),
    (
        "weight-not-reported",
        "A",
        "weight (kg)",
        "id,weight (kg),treatment\nA,,a [2 mg/kg/day]: none\nB,20,a: none\n",
        "id,weight (kg),treatment\nA,,a [20 mg/day]: none\nB,20,a: none\n",
        NONE,
    ),
    (
        "duration-exceeds-age",
        "A",
        "symptom_duration (months)",
        "id,age,symptom_duration (months)\nA,2,25\n",
        "id,age,symptom_duration (months)\nA,2,24\n",
        NONE,
    ),
    (
        "response-without-treatment",
        "A",
        "outcome",
        "id,treatment,outcome\nA,none,improved\nB,a: none,stable\n",
        "id,treatment,outcome\nA,none,stable\nB,a: none,improved\n",
        NONE,
    ),
    (
        "line-after-death",
        "A",
        "treatment",
        "id,treatment\nA,a: none (died); b: improved\n",
        "id,treatment\nA,b: improved; a: none (died)\n",
        NONE,
    ),
    (
        "line-after-death",
        "A",
        "treatment",
        "id,treatment,outcome\nA,a: none; b: ongoing,dead\n",
        "id,treatment,outcome\nA,a: none; b: ongoing,alive\n",
        NONE,
    ),
    (
        "identical-number",
        "C",
        "ldh (U/L)",
        "id,ldh (U/L)\nA,192\nB,250\nC,192\n",
        "id,ldh (U/L)\nA,192\nB,250\nC,193\n",
        NONE,
    ),
    ("identical-number", "B", "ldh (U/L)", "id,ldh (U/L)\nA,192.0\nB,192\n", "id,ldh (U/L)\nA,1900\nB,1900\n", NONE),
    (
        "scale-differs",
        "A",
        "platelets (/mm3)",
        "id,platelets (/mm3)\nA,429\nB,396000\nC,443000\n",
        "id,platelets (/mm3)\nA,42900\nB,396000\nC,443000\n",
        NONE,
    ),
    (
        "scale-differs",
        "A",
        "hb (g/dL)",
        "id,hb (g/dL)\nA,84\nB,9\nC,10.7\nD,12\nE,11\n",
        "id,hb (g/dL)\nA,18.4\nB,9\nC,10.7\nD,12\nE,11\n",
        NONE,
    ),
    (
        "red-cell-indices",
        "A",
        "mchc (g/dL)",
        "id,hb (g/dL),mcv (fL),mchc (g/dL)\nA,8.4,66,20\n",
        "id,hb (g/dL),mcv (fL),mchc (g/dL)\nA,8.4,66,30\n",
        NONE,
    ),
];

#[test]
fn each_rule_fires_and_keeps_quiet() {
    for (id, case, column, fires, quiet, calc_series) in RULES {
        let schema = if calc_series.is_empty() { String::new() } else { schema(calc_series) };
        let is_meant =
            |found: &super::Found| (found.0.as_str(), found.1.as_str(), found.2.as_str()) == (id, case, column);
        let found = findings(&object(fires, &schema));
        assert!(found.iter().any(is_meant), "{id} does not fire on\n{fires}{found:#?}");
        let found = findings(&object(quiet, &schema));
        assert!(!found.iter().any(is_meant), "{id} fires on\n{quiet}{found:#?}");
    }
}

#[test]
fn what_is_stated_of_the_series_satisfies_its_items() {
    let stated = r#"{"series": {"title": "Two cases of gout", "condition": "gout", "design": "prospective", "centres": 2,
        "period": {"start": "2003", "end": "2019"}, "consecutive": false, "screened": 9,
        "criteria": {"inclusion": ["all"], "exclusion": "none"}, "consent": "written", "ethics": "waived",
        "perspective": "told", "setting": "ward", "catchment": "region", "referral": "by physicians"}}"#;
    let of = |calc_series: &str, number: &str| {
        item(&object("id,year\nA,2004\nB,2005\n", &schema(calc_series)), number)["state"].clone()
    };
    for (number, key) in [
        ("C01", "\"condition\": \"gout\", "),
        ("C02", "\"consecutive\": false, "),
        ("C03", ", \"screened\": 9"),
        ("C04", "\"inclusion\": [\"all\"], "),
        ("C05", "\"centres\": 2,"),
        ("C21", "\"ethics\": \"waived\","),
        ("C22", ", \"referral\": \"by physicians\""),
    ] {
        assert_eq!(of(stated, number), "satisfied", "{number}");
        assert!(stated.contains(key));
        assert_eq!(of(&stated.replace(key, ""), number), "not satisfied", "{number} without {key}");
        let said_nothing = stated.replace("\"written\"", "\"not reported\"");
        assert_eq!(of(&said_nothing, "C21"), "not satisfied");
    }
    assert_eq!(of(&stated.replace("of gout", "of rickets"), "C01"), "not satisfied");
}

#[test]
fn responses_need_a_scale_with_a_name() {
    for cases in ["id,treatment\nA,a: none\n", "id,response\nA,none\n"] {
        assert_eq!(item(&object(cases, &schema(SCALE)), "C16")["state"], "satisfied", "{cases}");
        let unnamed = object(cases, "");
        assert_eq!(item(&unnamed, "C16")["state"], "not satisfied", "{cases}");
        assert!(findings(&unnamed).iter().any(|found| found.0 == "response-not-reported" && found.1.is_empty()));
    }
}

#[test]
fn a_follow_up_without_a_unit_is_said_once() {
    let object = object("id,followup\nA,12\nB,13\n", "");
    let found: Vec<_> = findings(&object).into_iter().filter(|found| found.0 == "follow-up-not-reported").collect();
    assert_eq!(
        found.iter().map(|found| found.3.as_str()).collect::<Vec<_>>(),
        ["the numbers of followup have no unit"]
    );
    assert_eq!(item(&object, "C18")["found"], "a number without a unit: 2/2");
}

#[test]
fn items_about_what_a_series_does_not_have_do_not_apply() {
    let object = object("id,age\nA,5\n", "");
    for number in ["C11", "C12", "C13", "C14", "C15", "C16", "C25"] {
        assert_eq!(item(&object, number)["state"], "not applicable", "{number}");
    }
    for number in ["C24", "C26"] {
        assert_eq!(item(&object, number)["state"], "not checked here", "{number}");
    }
}

/// Columns of values that no two cases share.
fn records(rows: usize) -> Vec<Vec<String>> {
    (0..rows).map(|row| (0..16).map(|column| format!("w{}", row * 16 + column)).collect()).collect()
}

fn file(records: &[Vec<String>]) -> String {
    let header: String = (0..16).map(|column| format!(",c{column}")).collect();
    let line = |(number, cells): (usize, &Vec<String>)| format!("P{number},{}\n", cells.join(","));
    format!("id{header}\n{}", records.iter().enumerate().map(line).collect::<String>())
}

#[test]
fn a_patient_who_stands_in_the_file_twice_is_found_up_to_one_field_in_ten() {
    let doubled = |differing: &[usize]| {
        let mut records = records(5);
        records[4] = records[1].clone();
        differing.iter().for_each(|column| records[4][*column] = format!("other{column}"));
        let found = findings(&object(&file(&records), ""));
        found.into_iter().filter(|found| found.0 == "near-duplicate-cases").collect::<Vec<_>>()
    };
    let [(_, case, _, message)] = &doubled(&[])[..] else { panic!("the doubled record is not found") };
    assert_eq!((case.as_str(), message.as_str()), ("P4", "16 of 16 reported fields are those of case P1"));
    for column in 0..16 {
        let [(.., message)] = &doubled(&[column])[..] else { panic!("not found where c{column} differs") };
        assert_eq!(*message, format!("15 of 16 reported fields are those of case P1; other: c{column}"));
    }
    assert!(doubled(&[0, 8]).is_empty(), "two of sixteen are more than one in ten");
    // Two cases that agree in what all have in common are not one patient.
    let alike: Vec<Vec<String>> = vec![vec!["same".to_owned(); 16]; 5];
    assert!(findings(&object(&file(&alike), "")).iter().all(|found| found.0 != "near-duplicate-cases"));
}

#[test]
fn more_cases_than_are_compared_are_said_to_be_more() {
    let cases: String = (0..10_001).map(|row| format!("P{row},{}\n", row % 7)).collect();
    let object = object(&format!("id,n\n{cases}"), "");
    assert!(findings(&object).iter().any(|found| found.0 == "near-duplicate-cases-not-run"));
    assert_eq!(object["cases"], 10_001);
}

#[test]
fn the_cases_of_a_filter_are_looked_at_and_no_others() {
    let cases = "id,sex,age\nA,,5\nB,F,6\nC,,7\n";
    let output = validate(cases, "", &["--format", "json", "--where", "age > 5"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let silent: Vec<_> = findings(&object).into_iter().filter(|found| found.0 == "sex-not-reported").collect();
    assert_eq!(silent.iter().map(|found| found.1.as_str()).collect::<Vec<_>>(), ["C"]);
    assert_eq!((&object["cases"], &item(&object, "C08")["found"]), (&2.into(), &"1/2 (not C)".into()));
    assert!(object["filter"].as_str().is_some_and(|filter| filter.contains("age > 5")), "{}", object["filter"]);
}
