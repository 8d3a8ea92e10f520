//! A raw export of a REDCap project, with and without its dictionary.

use super::{folder, listed, ran, refused};

const DICTIONARY: &str = r#""Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels","Field Note","Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max",Identifier?,"Branching Logic (Show field only if...)","Required Field?","Custom Alignment","Question Number (surveys only)","Matrix Group Name","Matrix Ranking?","Field Annotation"
record_id,demo,,text,"Record ID",,,,,,,,,,,,,
pt_name,demo,,text,"Name",,,,,,y,,,,,,,
gender,demo,,radio,"<b>Sex</b>","0, Female | 1, Male",,,,,,,,,,,,
grade,demo,,dropdown,"Grade","1, mild | 2, severe, or worse",,,,,,,,,,,,
pregnant,demo,,yesno,"Pregnant",,,,,,,"[gender] = '0'",,,,,,
sites,demo,,checkbox,"Sites of calcinosis","1, Elbow | 2, Knee | -99, Other",,,,,,,,,,,,
intro,demo,,descriptive,"Welcome",,,,,,,,,,,,,
photo,demo,,file,"Photo",,,,,,,,,,,,,
crp,labs,,text,"CRP",,(mg/L),number_1dp_comma_decimal,0,50,,,,,,,,
bmi,labs,,calc,"BMI","[a]/[b]",,,,,,,,,,,,
drug,drugs,,text,"Drug",,,,,,,,,,,,,
dose,drugs,,text,"Dose",,,,,,,,,,,,,
start,drugs,,text,"Start",,,date_dmy,,,,,,,,,,
stop,drugs,,text,"Stop",,,date_dmy,,,,,,,,,,
pain,diary,,slider,"Pain",,,,,,,,,,,,,
"#;

const EXPORT: &str = "\
record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,redcap_data_access_group,pt_name,gender,grade,pregnant,sites___1,sites___2,sites____99,photo,demo_complete,crp,bmi,labs_complete,drug,dose,start,stop,drugs_complete,pain,diary_complete
1,baseline_arm_1,,,a,Mrs X,0,2,1,1,0,1,[document],2,\"12,5\",17,2,,,,,,,
1,month_6_arm_1,,,a,,,,,,,,,,\"3,0\",18,2,,,,,,,
1,baseline_arm_1,drugs,1,a,,,,,,,,,,,,,MTX,10 mg,2014-01-01,,2,,
1,baseline_arm_1,drugs,2,a,,,,,,,,,,,,,Pred,20 mg,2014-02-01,2014-03-01,2,,
1,month_6_arm_1,diary,1,a,,,,,,,,,,,,,,,,,,5,2
1,month_6_arm_1,diary,2,a,,,,,,,,,,,,,,,,,,7,2
2,baseline_arm_1,,,b,Mr Y,1,1,,0,0,0,,0,\"60,0\",19,2,,,,,,,
3,baseline_arm_1,,,b,Mr Z,1,7,,0,0,0,,2,,,0,,,,,,,
";

fn files() -> [(&'static str, &'static str); 2] {
    [("cases.csv", EXPORT), ("My_DataDictionary_2026.csv", DICTIONARY)]
}

#[test]
fn an_export_with_its_dictionary_is_read_as_the_project_means_it() {
    let folder = folder(&files());
    let (cells, said) = listed(folder.path(), &["cases.csv"]);
    let expected = "\
record_id,gender,grade,pregnant,sites,crp@baseline,crp@month_6,bmi@baseline,bmi@month_6,pain@month_6_1,pain@month_6_2,treatment
1,female,\"severe, or worse\",yes,Elbow; Other,12.5,3.0,17,18,5,7,\"1 MTX [10 mg, from day 0]; 2 MTX [10 mg, from day 0] + Pred [20 mg, day 31 to 59]\"
2,male,mild,not applicable,,60.0,,19,,,,
3,male,7,not applicable,none,,,,,,,
";
    assert_eq!(cells, expected, "{said}");
    for part in [
        "note[redcap-export]: a REDCap export: 8 rows are 3 records; files are not read: photo",
        "note[redcap-export]: the columns are read by the data dictionary My_DataDictionary_2026.csv",
        "warning[direct-identifier]",
        "cases.csv line 9, column grade: '7'",
        "cases.csv line 8, case 2, column crp@baseline: '60,0'",
        "table 'drugs': 2 rows are 2 treatment lines of 1 case:",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!format!("{cells}{said}").contains("Mrs X"));
    let get = |key: &str| ran(folder.path(), &["get", "cases.csv", key]).stdout;
    assert_eq!(
        [get("pregnant.N_miss"), get("gender[male].n"), get("cases | has(sites, 'Elbow')")],
        ["2\n", "2\n", "1\n"].map(str::to_owned)
    );
    // The dictionary is an input: it is not overwritten.
    let over = ran(folder.path(), &["summarize", "cases.csv", "-o", "My_DataDictionary_2026.csv"]);
    assert_eq!(over.code, Some(2), "{}", over.stderr);
}

#[test]
fn without_a_dictionary_what_is_certain_is_read_and_the_rest_said() {
    let folder = folder(&files()[..1]);
    let (cells, said) = listed(folder.path(), &["cases.csv"]);
    assert!(cells.starts_with("record_id,"), "{cells}");
    assert!(cells.contains("crp@baseline") && cells.contains("drug@baseline_1") && cells.contains("1; _99"), "{cells}");
    assert!(
        said.contains("warning[redcap-dictionary]: without the data dictionary") && said.contains("--dictionary FILE"),
        "{said}"
    );
    assert!(!cells.contains("redcap_") && !cells.contains("_complete"), "{cells}");
}

#[test]
fn what_cannot_be_told_apart_is_refused_or_said() {
    let twice = EXPORT.replace("drugs,2,a", "drugs,1,a");
    refused(
        &[("cases.csv", &twice), files()[1]],
        &["cases.csv"],
        &[
            "error[duplicate-visit]: two rows of one record, event, instrument and instance, the first at line 4",
            "cases.csv line 5",
        ],
    );
    refused(
        &[files()[0], files()[1], ("other.csv", DICTIONARY)],
        &["cases.csv"],
        &["several data dictionaries are beside the export: My_DataDictionary_2026.csv, other.csv", "--dictionary"],
    );
    let sex = EXPORT.replace("1,month_6_arm_1,,,a,,,", "1,month_6_arm_1,,,a,,1,");
    refused(
        &[("cases.csv", &sex), files()[1]],
        &["cases.csv"],
        &[
            "error[not-constant]: a patient has one value in this field, and this one has two",
            "cases.csv line 3",
            "Female, Male",
        ],
    );
    refused(
        &[files()[0], ("x.csv", "a,b\n1,2\n")],
        &["cases.csv", "--dictionary", "x.csv"],
        &["'x.csv' is not a data dictionary of REDCap"],
    );
    let folder = folder(&[(
        "cases.csv",
        "Record ID,Sex,Sites (choice=Elbow),Sites (choice=Knee),Complete?\n1,F,Checked,Unchecked,Complete\n",
    )]);
    let labels = ran(folder.path(), &["summarize", "cases.csv"]);
    assert!(
        labels.stderr.contains("warning[redcap-labels]") && labels.stderr.contains("export the raw data"),
        "{}",
        labels.stderr
    );
}

#[test]
fn boxes_of_a_question_that_was_not_asked_are_not_unticked() {
    let dictionary = "\
field_name,form_name,field_type,field_label,select_choices_or_calculations,branching_logic
rid,a,text,rid,,
pain,a,yesno,Pain?,,
where,a,checkbox,Where?,\"1, knee | 2, hip\",[pain] = '1'
limp,a,text,Limp,,[where(2)] = '1'
";
    let export = "\
rid,redcap_event_name,pain,where___1,where___2,limp,a_complete
1,base_arm_1,1,1,1,left,2
2,base_arm_1,0,0,0,,2
3,base_arm_1,1,0,0,,2
4,base_arm_1,,0,1,,0
";
    let folder = folder(&[("export.csv", export), ("dictionary.csv", dictionary)]);
    let (cells, said) = listed(folder.path(), &["export.csv"]);
    let expected = "\
rid,pain,where,limp
1,yes,knee; hip,left
2,no,not applicable,not applicable
3,yes,none,not applicable
4,,hip,
";
    assert_eq!(cells, expected, "{said}");
}

#[test]
fn labels_with_several_rows_a_record_are_refused_with_the_way_to_export() {
    let text = "Record ID,Event Name,Sex,Sites (choice=Elbow),Complete?\n1,Enrol,Male,Checked,Complete\n1,Month 3,,Unchecked,Complete\n";
    refused(
        &[("labels.csv", text)],
        &["labels.csv"],
        &["error[redcap-labels]: this is a REDCap export with labels", "labels.csv line 3", "export the raw data"],
    );
}

#[test]
fn a_file_beside_a_dictionary_that_is_no_export_stays_what_it_is() {
    let folder = folder(&[("cases.csv", "case_id,age\nP1,5\n"), files()[1]]);
    let ran = ran(folder.path(), &["summarize", "cases.csv"]);
    assert!(ran.code == Some(0) && !ran.stderr.contains("redcap"), "{}", ran.stderr);
}

const PREFIXED: &str = "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\",Field Note,Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only if...),Required Field?,Custom Alignment,Question Number (surveys only),Matrix Group Name,Matrix Ranking?,Field Annotation\n\
    record_id,demo,,text,Record ID,,,,,,,,,,,,,\n\
    sites,demo,,checkbox,Sites,\"1, Knee | 2, Hip\",,,,,,,,,,,,\n\
    agent,tx,,text,Agent,,,,,,,,,,,,,\n\
    tx_start,tx,,text,Start,,,date_ymd,,,,,,,,,,\n\
    tx_resp,tx,,dropdown,Response,\"1, Complete | 2, Partial | 3, None\",,,,,,,,,,,,\n";

/// The fields of an instrument often have its name in front; the instances are the order of the lines.
#[test]
fn an_instrument_with_prefixes_is_a_table_of_treatments() {
    let export = "record_id,redcap_repeat_instrument,redcap_repeat_instance,sites___1,sites___2,demo_complete,agent,tx_start,tx_resp,tx_complete\n\
        1,,,1,0,2,,,,\n1,tx,2,,,,methotrexate,2020-05-01,1,2\n1,tx,1,,,,prednisone,2020-01-01,3,2\n\
        2,,,Checked,Checked,2,,,,\n3,,,0,1,2,,,,\n3,tx,1,,,,methotrexate,2020-02-01,2,2\n";
    let files = [("cases.csv", export), ("dictionary.csv", PREFIXED)];
    let of_files = folder(&files);
    let (cells, said) = listed(of_files.path(), &["cases.csv"]);
    let expected = "record_id,sites,treatment\n1,Knee,1 prednisone: None; 2 methotrexate: Complete\n2,Knee; Hip,\n\
        3,Hip,1 methotrexate: Partial\n";
    assert_eq!(cells, expected, "{said}");
    let other = export.replace("1,,,1,0,2", "1,,,1,2,2");
    refused(
        &[("cases.csv", &other), ("dictionary.csv", PREFIXED)],
        &["cases.csv"],
        &["error[redcap-box]: a check box is 1 where it is ticked, else 0", "column sites___2: '2'"],
    );
}

#[test]
fn an_answer_that_was_not_asked_for_is_loud_and_what_depends_on_an_unknown_one_is_not_reported() {
    let dictionary = [
        "gender,demo,,radio,Sex,\"0, Female | 1, Male\",,,,,,,,,,,,",
        "pregnant,demo,,yesno,Pregnant,,,,,,,\"[gender] = '0'\",,,,,,",
        "weeks,demo,,text,Weeks,,,,,,,\"[pregnant] = '1'\",,,,,,",
        "sites,site,,checkbox,Sites,\"1, Elbow | 3, Hip\",,,,,,,,,,,,",
        "side,site,,radio,Side,\"1, left | 2, right\",,,,,,\"[sites(3)] = '1'\",,,,,,",
    ];
    let header = DICTIONARY.lines().next().unwrap();
    let dictionary = format!("{header}\nrecord_id,demo,,text,ID,,,,,,,,,,,,,\n{}\n", dictionary.join("\n"));
    let export = "\
record_id,gender,pregnant,weeks,demo_complete,sites___1,sites___3,side,site_complete
1,0,1,12,2,0,1,2,2
2,1,1,,2,0,0,,0
3,1,,,2,1,0,,2
4,,,,0,0,0,,2
";
    let folder = folder(&[("cases.csv", export), ("My_DataDictionary_2026.csv", &dictionary)]);
    let (cells, said) = listed(folder.path(), &["cases.csv"]);
    let expected = "\
record_id,gender,pregnant,weeks,sites,side
1,female,yes,12,Hip,right
2,male,yes,,,
3,male,not applicable,not applicable,Elbow,not applicable
4,,,,none,not applicable
";
    assert_eq!(cells, expected, "{said}");
    let warning =
        "warning[redcap-not-asked]: an answer to 'pregnant', which is not asked of this record: it is counted";
    assert!(said.contains(warning) && said.contains("cases.csv line 3, column pregnant: 'yes'"), "{said}");
    assert_eq!(said.matches("redcap-not-asked").count(), 1, "{said}");
}
