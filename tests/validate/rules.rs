//! Each rule on two files that differ only in what the rule is about: it fires on the first and not on the second.

use super::{Finding, findings, item, object, schema, validate};

/// A finding, and two files of which only the first has it.
struct RuleCase {
    id: &'static str,
    case: &'static str,
    column: &'static str,
    fires_on: &'static str,
    quiet_on: &'static str,
    /// The object `calcSeries` of the schema; none if empty.
    calc_series: &'static str,
}

const NONE: &str = "";
const PERIOD: &str = r#"{"series": {"period": {"start": "2003", "end": "2019-06"}}}"#;
const SCALE: &str = r#"{"series": {"responseScale": "RECIST"}}"#;
const EVENTS: &str = r#"{"series": {"ageEvents": ["onset"]}}"#;

const RULES: [RuleCase; 44] = [
    RuleCase {
        id: "date-outside-period",
        case: "A",
        column: "year",
        fires_on: "id,year\nA,2021\nB,2019\n",
        quiet_on: "id,year\nA,2003\nB,2019\n",
        calc_series: PERIOD,
    },
    RuleCase {
        id: "date-outside-period",
        case: "A",
        column: "visit_date",
        fires_on: "id,visit_date\nA,2019-07-01\nB,2019-06-30\n",
        quiet_on: "id,visit_date\nA,2019-06-30\n",
        calc_series: PERIOD,
    },
    RuleCase {
        id: "case-not-dated",
        case: "A",
        column: "year",
        fires_on: "id,year\nA,\nB,2019\n",
        quiet_on: "id,year\nA,2018\nB,2019\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "dates-out-of-order",
        case: "A",
        column: "diagnosis_date",
        fires_on: "id,onset_date,diagnosis_date\nA,2018-05-01,2018-04-30\n",
        quiet_on: "id,onset_date,diagnosis_date\nA,2018-04-30,2018-05-01\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "dates-out-of-order",
        case: "A",
        column: "death_date",
        fires_on: "id,last_visit_date,death_date\nA,2019,2018\n",
        quiet_on: "id,last_visit_date,death_date\nA,2018-03,2018\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "age-disagrees",
        case: "A",
        column: "age",
        fires_on: "id,age,date_of_birth,visit_date\nA,12,2010-01-01,2015-06-01\n",
        quiet_on: "id,age,date_of_birth,visit_date\nA,5,2010-01-01,2015-06-01\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "age-event-unclear",
        case: "A",
        column: "age_event",
        fires_on: "id,age,age_event\nA,5,\nB,6,onset\n",
        quiet_on: "id,age,age_event\nA,5,birth\nB,6,onset\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "age-event-unclear",
        case: "A",
        column: "age_event",
        fires_on: "id,age,age_event\nA,5,birth\nB,6,onset\n",
        quiet_on: "id,age,age_event\nA,5,onset\nB,6,onset\n",
        calc_series: EVENTS,
    },
    RuleCase {
        id: "age-event-unclear",
        case: "A",
        column: "age_at_onset",
        fires_on: "id,age_at_onset\nA,\nB,6\n",
        quiet_on: "id,age_at_onset\nA,5\nB,6\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "sex-not-reported",
        case: "A",
        column: "sex",
        fires_on: "id,sex\nA,\nB,F\n",
        quiet_on: "id,sex\nA,M\nB,F\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "direct-identifier",
        case: "",
        column: "name",
        fires_on: "id,name\nA,x\n",
        quiet_on: "id,note\nA,x\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "identifier-in-text",
        case: "A",
        column: "remarks",
        fires_on: "id,remarks\nA,mail to a.b@clinic.org\nB,well\n",
        quiet_on: "id,remarks\nA,mail sent\nB,well\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "identifier-in-text",
        case: "A",
        column: "remarks",
        fires_on: "id,remarks\nA,record 12345678 seen\nB,well\n",
        quiet_on: "id,remarks\nA,record 123 seen\nB,well\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "certainty-not-reported",
        case: "A",
        column: "certainty",
        fires_on: "id,diagnosis,certainty\nA,JDM,\nB,JDM,definite\n",
        quiet_on: "id,diagnosis,certainty\nA,JDM,suspected\nB,JDM,definite\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "side-not-explicit",
        case: "A",
        column: "sites",
        fires_on: "id,sites\nA,knee;elbow right\nB,hip left\n",
        quiet_on: "id,sites\nA,knee left;elbow right\nB,hip left\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "side-not-explicit",
        case: "A",
        column: "side",
        fires_on: "id,sites,side\nA,knee,\nB,hip,left\n",
        quiet_on: "id,sites,side\nA,knee,both\nB,hip,left\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "headline-lab-not-reported",
        case: "A",
        column: "",
        fires_on: "id,esr (mm/h)\nA,\nB,12 (high)\nC,9 (normal)\n",
        quiet_on: "id,esr (mm/h)\nA,NR\nB,12 (high)\nC,9 (normal)\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "headline-lab-not-reported",
        case: "",
        column: "",
        fires_on: "id,esr (mm/h)\nA,10\nB,12 (high)\nC,9 (normal)\n",
        quiet_on: "id,esr (mm/h)\nA,10 (high)\nB,12 (high)\nC,9 (normal)\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "unit-missing",
        case: "A",
        column: "hb",
        fires_on: "id,hb\nA,8.4\nB,9.1\n",
        quiet_on: "id,hb (g/dL)\nA,8.4\nB,9.1\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "unit-missing",
        case: "B",
        column: "hb",
        fires_on: "id,hb\nA,8.4 g/dL\nB,9.1\n",
        quiet_on: "id,hb\nA,8.4 g/dL\nB,9.1 g/dL\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "drug-line-incomplete",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment\nA,pamidronate [30 mg/day IV]: none\n",
        quiet_on: "id,treatment\nA,pamidronate [30 mg/day IV 3 days]: none\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "drug-line-incomplete",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment\nA,colchicine: none\n",
        quiet_on: "id,treatment\nA,surgical excision: none\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "change-without-reason",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment\nA,a: improved; b: none\n",
        quiet_on: "id,treatment\nA,a: none; b: improved\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "change-without-reason",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment\nA,a: improved; b: none\n",
        quiet_on: "id,treatment\nA,a: improved (relapsed); b: none\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "response-not-reported",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment\nA,a; b: improved\n",
        quiet_on: "id,treatment\nA,a: none; b: improved\n",
        calc_series: SCALE,
    },
    RuleCase {
        id: "not-measured-before-and-after",
        case: "",
        column: "",
        fires_on: "id,ck_before (U/L),ck_after (U/L)\nA,900,\n",
        quiet_on: "id,ck_before (U/L),ck_after (U/L)\nA,900,100\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "follow-up-not-reported",
        case: "A",
        column: "followup (months)",
        fires_on: "id,followup (months)\nA,\nB,12\n",
        quiet_on: "id,followup (months)\nA,>=30\nB,12\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "follow-up-implausible",
        case: "A",
        column: "followup (years)",
        fires_on: "id,age,followup (years)\nA,50,71\nB,5,6\n",
        quiet_on: "id,age,followup (years)\nA,50,70\nB,5,6\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "last-status-not-reported",
        case: "A",
        column: "outcome",
        fires_on: "id,outcome\nA,\nB,stable\n",
        quiet_on: "id,outcome\nA,improved\nB,stable\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "last-status-not-reported",
        case: "A",
        column: "stop_reason",
        fires_on: "id,outcome,stop_reason\nA,lost to follow-up,\n",
        quiet_on: "id,outcome,stop_reason\nA,lost to follow-up,moved\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "adverse-events-not-reported",
        case: "A",
        column: "adverse_events",
        fires_on: "id,adverse_events\nA,\nB,none\n",
        quiet_on: "id,adverse_events\nA,fever\nB,none\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "timeline-missing",
        case: "A",
        column: "",
        fires_on: "id,treatment\nA,a [taper]: none\n",
        quiet_on: "id,treatment\nA,a [8 weeks]: none\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "weight-not-reported",
        case: "A",
        column: "weight (kg)",
        fires_on: "id,weight (kg),treatment\nA,,a [2 mg/kg/day]: none\nB,20,a: none\n",
        quiet_on: "id,weight (kg),treatment\nA,,a [20 mg/day]: none\nB,20,a: none\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "duration-exceeds-age",
        case: "A",
        column: "symptom_duration (months)",
        fires_on: "id,age,symptom_duration (months)\nA,2,25\n",
        quiet_on: "id,age,symptom_duration (months)\nA,2,24\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "response-without-treatment",
        case: "A",
        column: "outcome",
        fires_on: "id,treatment,outcome\nA,none,improved\nB,a: none,stable\n",
        quiet_on: "id,treatment,outcome\nA,none,stable\nB,a: none,improved\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "line-after-death",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment\nA,a: none (died); b: improved\n",
        quiet_on: "id,treatment\nA,b: improved; a: none (died)\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "line-after-death",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment,outcome\nA,a: none; b: ongoing,dead\n",
        quiet_on: "id,treatment,outcome\nA,a: none; b: ongoing,alive\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "line-after-death",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment,outcome\nA,a: none; b: ongoing,verstorben\n",
        quiet_on: "id,treatment,outcome\nA,a: none; b: ongoing,lebt\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "line-after-death",
        case: "A",
        column: "treatment",
        fires_on: "id,treatment,outcome\nA,a: none; b: ongoing,fallecida en su casa\n",
        quiet_on: "id,treatment,outcome\nA,a: none; b: ongoing,not dead\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "identical-number",
        case: "C",
        column: "ldh (U/L)",
        fires_on: "id,ldh (U/L)\nA,192\nB,250\nC,192\n",
        quiet_on: "id,ldh (U/L)\nA,192\nB,250\nC,193\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "identical-number",
        case: "B",
        column: "ldh (U/L)",
        fires_on: "id,ldh (U/L)\nA,192.0\nB,192\n",
        quiet_on: "id,ldh (U/L)\nA,1900\nB,1900\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "scale-differs",
        case: "A",
        column: "platelets (/mm3)",
        fires_on: "id,platelets (/mm3)\nA,429\nB,396000\nC,443000\n",
        quiet_on: "id,platelets (/mm3)\nA,42900\nB,396000\nC,443000\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "scale-differs",
        case: "A",
        column: "hb (g/dL)",
        fires_on: "id,hb (g/dL)\nA,84\nB,9\nC,10.7\nD,12\nE,11\n",
        quiet_on: "id,hb (g/dL)\nA,18.4\nB,9\nC,10.7\nD,12\nE,11\n",
        calc_series: NONE,
    },
    RuleCase {
        id: "red-cell-indices",
        case: "A",
        column: "mchc (g/dL)",
        fires_on: "id,hb (g/dL),mcv (fL),mchc (g/dL)\nA,8.4,66,20\n",
        quiet_on: "id,hb (g/dL),mcv (fL),mchc (g/dL)\nA,8.4,66,30\n",
        calc_series: NONE,
    },
];

#[test]
fn each_rule_fires_and_keeps_quiet() {
    for RuleCase { id, case, column, fires_on, quiet_on, calc_series } in RULES {
        let schema = if calc_series.is_empty() { String::new() } else { schema(calc_series) };
        let is_meant = |found: &Finding| (found.id == id) && (found.case == case) && (found.column == column);
        let found = findings(&object(fires_on, &schema));
        assert!(found.iter().any(is_meant), "{id} does not fire on\n{fires_on}{found:#?}");
        let found = findings(&object(quiet_on, &schema));
        assert!(!found.iter().any(is_meant), "{id} fires on\n{quiet_on}{found:#?}");
    }
}

#[test]
fn facts_stated_in_the_schema_satisfy_their_items() {
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
        assert!(findings(&unnamed).iter().any(|found| found.id == "response-not-reported" && found.case.is_empty()));
    }
}

#[test]
fn a_follow_up_without_a_unit_is_reported_once() {
    let object = object("id,followup\nA,12\nB,13\n", "");
    let found: Vec<_> = findings(&object).into_iter().filter(|found| found.id == "follow-up-not-reported").collect();
    assert_eq!(
        found.iter().map(|found| found.message.as_str()).collect::<Vec<_>>(),
        ["the column followup has no unit"]
    );
    assert_eq!(item(&object, "C18")["found"], "a number without a unit: 2/2");
}

#[test]
fn items_about_absent_columns_do_not_apply() {
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
fn a_duplicated_patient_is_found_if_at_most_one_field_in_ten_differs() {
    let doubled = |differing: &[usize]| {
        let mut records = records(5);
        records[4] = records[1].clone();
        differing.iter().for_each(|column| records[4][*column] = format!("other{column}"));
        let found = findings(&object(&file(&records), ""));
        found.into_iter().filter(|found| found.id == "near-duplicate-cases").collect::<Vec<_>>()
    };
    let [Finding { case, message, .. }] = &doubled(&[])[..] else { panic!("the doubled record is not found") };
    assert_eq!((case.as_str(), message.as_str()), ("P4", "16 of 16 reported fields are the same as in case P1"));
    for column in 0..16 {
        let [Finding { message, .. }] = &doubled(&[column])[..] else { panic!("not found where c{column} differs") };
        assert_eq!(*message, format!("15 of 16 reported fields are the same as in case P1; different: c{column}"));
    }
    assert!(doubled(&[0, 8]).is_empty(), "two of sixteen are more than one in ten");
    // Two cases that agree in what all have in common are not one patient.
    let alike: Vec<Vec<String>> = vec![vec!["same".to_owned(); 16]; 5];
    assert!(findings(&object(&file(&alike), "")).iter().all(|found| found.id != "near-duplicate-cases"));
}

#[test]
fn the_search_for_duplicates_reports_where_it_is_not_run() {
    let cases: String = (0..10_001).map(|row| format!("P{row},{}\n", row % 7)).collect();
    let object = object(&format!("id,n\n{cases}"), "");
    assert!(findings(&object).iter().any(|found| found.id == "near-duplicate-cases-not-run"));
    assert_eq!(object["cases"], 10_001);
}

#[test]
fn the_cases_of_a_filter_are_looked_at_and_no_others() {
    let cases = "id,sex,age\nA,,5\nB,F,6\nC,,7\n";
    let output = validate(cases, "", &["--format", "json", "--where", "age > 5"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let silent: Vec<_> = findings(&object).into_iter().filter(|found| found.id == "sex-not-reported").collect();
    assert_eq!(silent.iter().map(|found| found.case.as_str()).collect::<Vec<_>>(), ["C"]);
    assert_eq!((&object["cases"], &item(&object, "C08")["found"]), (&2.into(), &"1/2 (not C)".into()));
    assert!(object["filter"].as_str().is_some_and(|filter| filter.contains("age > 5")), "{}", object["filter"]);
}
