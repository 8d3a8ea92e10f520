//! Tables of CDISC and of cBioPortal, as they are.

use super::{PATIENTS, folder, listed, ran};

const DM: &str = "\
STUDYID,DOMAIN,USUBJID,AGE,AGEU,SEX,COUNTRY,DTHFL,BRTHDTC
S1,DM,S1-1,63,YEARS,F,USA,,1950-03
S1,DM,S1-2,53,YEARS,M,USA,Y,1960-03
S1,DM,S1-3,73,YEARS,F,USA,,1940-03
";

#[test]
fn a_table_of_cdisc_tells_its_study_the_unit_of_the_age_and_its_flags() {
    let files = folder(&[("dm.csv", DM)]);
    let (cells, said) = listed(files.path(), &["dm.csv"]);
    // What is the same in all rows stays: it may differ in the next one.
    assert_eq!(
        cells,
        "USUBJID,AGE,SEX,COUNTRY,DTHFL\nS1-1,63,female,USA,no\nS1-2,53,male,USA,yes\nS1-3,73,female,USA,no\n"
    );
    let note = "note[cdisc-table]: a table of CDISC: of the study, and left out: STUDYID, DOMAIN; AGE is in years, as AGEU states; in flags that are Y or blank, a blank is read as no: DTHFL";
    assert!(said.contains(note) && said.contains("direct-identifier") && !said.contains("one-answer"), "{said}");
    let get = |text: &str, words: &[&str]| {
        let files = folder(&[("dm.csv", text)]);
        ran(files.path(), &[&["get", "dm.csv"], words].concat())
    };
    assert_eq!(get(DM, &["DTHFL[yes].p", "AGE.mean"]).stdout, "33\n63.0\n");
    // Months are months.
    let files = folder(&[("dm.csv", &DM.replace("YEARS", "MONTHS"))]);
    let months = ran(files.path(), &["summarize", "dm.csv"]);
    assert!(months.stdout.contains("AGE, months"), "{} {}", months.stdout, months.stderr);
    let mixed = get(&DM.replacen("YEARS", "MONTHS", 1), &["cases"]);
    assert_eq!(mixed.code, Some(2));
    assert!(mixed.stderr.contains("the ages of AGE are in units that differ or are not known: MONTHS, YEARS"));
    // An option keeps a column of the study, and a flag with N has three answers.
    let kept = get(DM, &["STUDYID[S1].n", "--kind", "STUDYID=category"]);
    assert_eq!(kept.stdout, "3\n", "{}", kept.stderr);
    assert_eq!(get(&DM.replacen(",USA,,", ",USA,N,", 1), &["DTHFL.N_miss"]).stdout, "1\n");
    // Another table that has such columns is none of CDISC.
    assert!(!get(&DM.replace("USUBJID", "patient_id"), &["cases"]).stderr.contains("cdisc-table"));
}

const CLINICAL: &str = "\
#Patient Identifier\tSex\tDiagnosis Age\tOverall Survival (Months)\tOverall Survival Status
#Identifier of a patient.\tSex\tAge at diagnosis\tOverall survival in months\tOverall survival status.
#STRING\tSTRING\tNUMBER\tNUMBER\tSTRING
#1\t1\t1\t9\t8
PATIENT_ID\tSEX\tAGE\tOS_MONTHS\tOS_STATUS
P-01\tMale\t45\t12.5\t1:DECEASED
P-02\tFemale\t[Not Available]\t30\t0:LIVING
P-03\tFemale\t61\t[Not Available]\t[Not Available]
";

#[test]
fn the_lines_above_a_file_of_cbioportal_are_its_schema() {
    let files = folder(&[("data_clinical_patient.txt", CLINICAL)]);
    let summary = ran(files.path(), &["summarize", "data_clinical_patient.txt"]);
    assert_eq!(summary.code, Some(0), "{}", summary.stderr);
    for part in ["Diagnosis Age, years", "Overall Survival Status", "deceased", "living"] {
        assert!(summary.stdout.contains(part), "{part}: {}", summary.stdout);
    }
    assert!(!summary.stdout.contains("DECEASED"), "{}", summary.stdout);
    assert!(summary.stderr.contains("note[cbioportal-table]"), "{}", summary.stderr);
    let schema = ran(files.path(), &["schema", "data_clinical_patient.txt"]).stdout;
    assert!(schema.contains("\"description\": \"Age at diagnosis\""), "{schema}");
    let get = ran(files.path(), &["get", "data_clinical_patient.txt", "OS_STATUS[1:DECEASED].n", "OS_STATUS.N_miss"]);
    assert_eq!(get.stdout, "1\n1\n", "{}", get.stderr);
    // A level is named as it is shown, or as the file has it.
    for level in ["deceased", "Deceased", "1:DECEASED"] {
        let filter = format!("OS_STATUS = '{level}'");
        let kept = ran(files.path(), &["get", "data_clinical_patient.txt", "cases", "--where", &filter]);
        assert_eq!(kept.stdout, "1\n", "{level}: {}", kept.stderr);
    }
}

#[test]
fn several_samples_of_a_patient_are_told_apart_by_their_ids() {
    let samples = "#Patient\tSample\tType\tTMB\n#Patient\tSample\tType\tTMB\n#STRING\tSTRING\tSTRING\tNUMBER\n#1\t1\t1\t1\n\
PATIENT_ID\tSAMPLE_ID\tSAMPLE_TYPE\tTMB\nP1\tP1-a\tPrimary\t3.5\nP1\tP1-b\tMetastasis\t4.5\nP2\tP2-a\tPrimary\t[Not Available]\n";
    let files = folder(&[("data_clinical_sample.txt", samples)]);
    let refused = ran(files.path(), &["summarize", "data_clinical_sample.txt"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("--case PATIENT_ID --visit SAMPLE_ID"), "{}", refused.stderr);
    let words = ["data_clinical_sample.txt", "--case", "PATIENT_ID", "--visit", "SAMPLE_ID"];
    let (cells, said) = listed(files.path(), &words);
    let note = "note[long-table]: no two cases have a 'SAMPLE_ID' in common: the rows of each case are numbered, as they stand in the file";
    assert!(said.contains(note), "{said}");
    // A column for each sample of all patients would be no variable: those of each patient are numbered.
    assert_eq!(
        cells,
        "PATIENT_ID,SAMPLE_TYPE@1,SAMPLE_TYPE@2,TMB@1,TMB@2\nP1,Primary,Metastasis,3.5,4.5\nP2,Primary,,,\n"
    );
    // What is missing in the file is missing at each visit.
    let said = ran(files.path(), &[&["summarize"], &words[..]].concat()).stderr;
    assert!(!said.contains("[Not Available]"), "{said}");
}

/// Results in standard units are taken where every result has one; responses of RS are responses.
#[test]
fn results_of_sdtm_are_in_standard_units_and_responses_are_responses() {
    let patients = PATIENTS.replace("case_id", "USUBJID");
    let lb = "USUBJID,LBTESTCD,LBORRES,LBORRESU,LBSTRESN,LBSTRESU,LBDTC\nP1,GLUC,90,mg/dL,5.0,mmol/L,2020-01-01\n\
        P1,GLUC,10,mmol/L,10.0,mmol/L,2020-02-01\n";
    let rs = "USUBJID,RSTESTCD,RSORRES,RSSTRESC,VISIT,RSDTC\nP1,OVRLRESP,SD,SD,WEEK 8,2020-03-01\n\
        P1,OVRLRESP,PR,PR,WEEK 16,2020-05-01\nP2,OVRLRESP,PD,PD,WEEK 8,2020-03-01\n";
    let gaps = lb.replace("90,mg/dL,5.0", "<90,mg/dL,");
    let folder = folder(&[("patients.csv", &patients), ("lb.csv", lb), ("rs.csv", rs), ("gaps.csv", &gaps)]);
    let get =
        |table: &str, key: &str| ran(folder.path(), &["get", "patients.csv", "--table", table, key, "--raw"]).stdout;
    assert_eq!(
        (get("labs=lb.csv", "GLUC@last.max"), get("labs=lb.csv", "GLUC@peak.max")),
        ("10\n".into(), "10\n".into())
    );
    assert_eq!(get("labs=gaps.csv", "GLUC@measurements.max"), "2\n");
    let (cells, said) = listed(folder.path(), &["patients.csv", "--table", "labs=rs.csv"]);
    assert!(cells.lines().next().unwrap().contains("OVRLRESP@WEEK 8,OVRLRESP@WEEK 16"), "{cells} {said}");
    let best = ran(folder.path(), &["get", "patients.csv", "--table", "labs=rs.csv", "best overall response[PR].n"]);
    assert_eq!(best.stdout, "1\n", "{}", best.stderr);
}
