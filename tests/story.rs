//! Times of a patient's story: an event or the last visit, treatment lines, and years where dates are withheld.

use crate::support::{file, root, run, stdout};

const FOLLOW_UP: &str = "id,onset,last_seen,event_date,arm\n\
    Q1,2018-01-10,2020-03-05,2019-02-01,a\n\
    Q2,2018-02-11,2021-03-05,,a\n\
    Q3,2018-03-11,2020-03-05,NA,b\n\
    Q4,2018-04-12,2018-09-05,2018-09-30,b\n";
const TIME: [&str; 2] = ["--derive", "t = onset to event_date or last_seen in days"];

/// The listed cells of some columns, without the header.
fn listed(path: &str, options: &[&str], columns: &str) -> Vec<String> {
    let printed = stdout(&[&["cases", path, "--format", "csv", "--quiet", "--columns", columns], options].concat());
    printed.lines().skip(1).map(str::to_owned).collect()
}

fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(arguments);
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn the_event_counts_where_it_has_a_date_and_else_the_last_visit() {
    let (_folder, path) = file("cases.csv", FOLLOW_UP);
    let path = path.to_string_lossy().into_owned();
    let found = listed(&path, &TIME, "id,t,t_event");
    assert_eq!(found, ["Q1,387,yes", "Q2,1118,no", "Q3,725,no", "Q4,171,yes"]);
    let keys = ["survival.N", "survival.n_events", "t_event[yes].n"];
    let numbers = stdout(&[&["get", &path, "--quiet", "--time", "t"], &TIME[..], &keys].concat());
    assert_eq!(numbers, "4\n2\n2\n");
    // Q4 died after the last visit: the time is right, and it is said.
    let (_, stderr) = said(&[&["cases", &path], &TIME[..]].concat());
    assert!(stderr.contains("note[event-after-last-visit]") && stderr.contains("line 5, case Q4"), "{stderr}");
}

/// One of several events, whichever came first; what stands behind `or` is none.
#[test]
fn the_first_of_several_events_counts() {
    let cases = "id,onset,relapse,death,seen,called\n\
        E1,2018-01-01,2018-03-01,2018-02-01,2018-02-01,\n\
        E2,2018-01-01,2018-03-01,,2018-06-01,2018-07-01\n\
        E3,2018-01-01,,,2018-06-01,2018-05-01\n\
        E4,2018-01-01,2018,2018-02-01,2018-02-01,\n";
    let (_folder, path) = file("cases.csv", cases);
    let path = path.to_string_lossy().into_owned();
    let first = ["--derive", "t = onset to earliest(relapse, death) or latest(seen, called) in days"];
    assert_eq!(listed(&path, &first, "id,t,t_event"), ["E1,31,yes", "E2,59,yes", "E3,151,no", "E4,,yes"]);
    let or = ["--derive", "t = onset to relapse or death or seen in days"];
    assert_eq!(listed(&path, &or, "id,t,t_event")[..3], ["E1,59,yes", "E2,59,yes", "E3,151,no"]);
    let (_, stderr) = said(&[&["cases", &path], &or[..]].concat());
    let said = "note[event-of-time]: the event is relapse; where it did not come, the time ends without it at death, else seen";
    assert!(stderr.contains(said), "{stderr}");
}

/// Of an event on an unknown day the last visit is no censoring: the patient is named, and not counted as without it.
#[test]
fn an_event_on_an_unknown_day_is_no_last_visit() {
    for unknown in ["2019", "unknown", "?", "12/2018", "soon"] {
        let cases = FOLLOW_UP.replace(",NA,", &format!(",{unknown},"));
        let (_folder, path) = file("cases.csv", cases);
        let path = path.to_string_lossy().into_owned();
        let kind = ["--kind", "event_date=date"];
        let found = listed(&path, &[&TIME[..], &kind].concat(), "id,t");
        assert_eq!(found[2], "Q3,", "{unknown}");
        let (code, stderr) = said(&[&["summarize", &path, "--time", "t"], &TIME[..], &kind].concat());
        assert!(code == Some(2) && stderr.contains("error[follow-up-unknown]"), "{unknown}: {stderr}");
        assert!(stderr.contains("case Q3, column t") && !stderr.contains("case Q2"), "{unknown}: {stderr}");
    }
}

#[test]
fn a_patient_with_no_date_at_the_end_is_named() {
    let (_folder, path) = file("cases.csv", FOLLOW_UP.replace("2021-03-05", ""));
    let path = path.to_string_lossy().into_owned();
    let asked = [&["summarize", &path, "--time", "t"], &TIME[..]].concat();
    let (code, stderr) = said(&asked);
    assert!(code == Some(2) && stderr.contains("case Q2, column t"), "{stderr}");
    let left_out = [&asked[..], &["--where", "NOT id IN ('Q2')"]].concat();
    assert_eq!(run(&left_out).status.code(), Some(0));
}

#[test]
fn a_time_without_an_event_is_refused_with_what_to_write() {
    let (_folder, path) = file("cases.csv", FOLLOW_UP);
    let path = path.to_string_lossy().into_owned();
    let plain = ["--derive", "t = onset to last_seen in days"];
    for command in ["summarize", "get", "report"] {
        let (code, stderr) = said(&[&[command, &path, "--time", "t"], &plain[..]].concat());
        let is_refused = code == Some(2) && (stderr.contains("who has the event") || command == "get");
        assert!(is_refused, "{command}: {stderr}");
    }
    let (code, stderr) = said(&["cases", &path, "--derive", "t_event = onset > '2018-03-01'", "--derive", TIME[1]]);
    assert!(code == Some(2) && stderr.contains("there is a column 't_event' already"), "{stderr}");
}

fn example(name: &str) -> String {
    root().join("examples").join(name).to_string_lossy().into_owned()
}

/// Counted by hand with a calendar: R's `as.Date("2019-06-01") - as.Date("2018-01-01")` is 516.
#[test]
fn times_are_counted_from_treatment_lines() {
    let treatments = format!("treatments={}", example("courses-treatments.csv"));
    let derived = [
        "--derive",
        "next = line 1 to next line or last_seen in days",
        "--derive",
        "response = responding line to end of response or last_seen in days",
        "--derive",
        "given = first line to end of line 1 or last_seen in days",
        "--derive",
        "months = line 1 to line 2 in months completed",
    ];
    let columns = "id,next,next_event,response,response_event,given,months";
    let options = [&["--table", &treatments], &derived[..]].concat();
    let found = listed(&example("courses.csv"), &options, columns);
    let expected = [
        "L1,516,yes,516,yes,334,17",
        "L2,1065,no,1065,no,365,",
        "L3,122,yes,701,no,92,4",
        "L4,139,yes,466,yes,123,4",
        "L5,406,no,406,no,406,",
        "L6,408,no,,,181,",
    ];
    assert_eq!(found, expected);
}

/// R 4.2.2, survfit(Surv(c(516, 1065, 122, 139, 406, 408), c(1, 0, 1, 1, 0, 0)) ~ 1): median 516.
#[test]
fn the_time_to_the_next_treatment_has_its_curve() {
    let treatments = format!("treatments={}", example("courses-treatments.csv"));
    let cases = example("courses.csv");
    let of = ["--table", &treatments, "--derive", "next = line 1 to next line or last_seen in days", "--time", "next"];
    let keys = ["survival.median", "survival.n_events", "survival.N_censored", "survival[365].p", "--times", "365"];
    let numbers = stdout(&[&["get", &cases, "--quiet", "--raw"], &of[..], &keys].concat());
    let numbers: Vec<f64> = numbers.lines().map(|line| line.parse().expect("a number")).collect();
    assert_eq!((&numbers[..2], (numbers[3] * 3.0).round()), (&[516.0, 3.0][..], 2.0));
    let drawn = run(&[&["plot", "survival", &cases, "--format", "text", "--quiet"], &of[..]].concat());
    assert_eq!(drawn.status.code(), Some(0));
    // Who did not respond has no duration of response: named, and left out by what the user says.
    let response = "dor = responding line to end of response or last_seen in days";
    let asked =
        ["get", &cases, "--table", &treatments, "--derive", response, "--time", "dor", "survival.N", "survival.median"];
    let (code, stderr) = said(&asked);
    assert!(code == Some(2) && stderr.contains("case L6, column dor"), "{stderr}");
    let (_, stderr) = said(&["cases", &cases, "--table", &treatments, "--derive", response]);
    assert!(stderr.contains("note[response-duration]"), "{stderr}");
    let of_responders = [&asked[..], &["--where", "any_line(responder)", "--quiet"]].concat();
    assert_eq!(stdout(&of_responders), "5\n790.5\n");
}

/// Lines that were written by hand have days and no dates: a number counts from the first day of treatment.
#[test]
fn days_of_lines_without_dates_count_from_the_first_day_of_treatment() {
    let cases = "id,treatment,followup (months),last_seen\n\
        H1,MTX [day 0 to 57]: CR; surgery [from day 100]: none,12,2020-01-01\n\
        H2,MTX [from day 0]: PR,24,2020-01-01\n\
        H3,MTX: PR (relapsed); surgery: CR,6,2020-01-01\n\
        H4,MTX [day 0 to 30]: PR (relapsed),6,2020-01-01\n\
        H5,none,6,2020-01-01\n";
    let (_folder, path) = file("cases.csv", cases);
    let path = path.to_string_lossy().into_owned();
    let derived = ["--derive", "n = line 1 to next line or followup in days", "--role", "treatment=treatment"];
    let found = listed(&path, &derived, "id,n,n_event");
    assert_eq!(found, ["H1,100,yes", "H2,730.5,no", "H3,,yes", "H4,182.625,no", "H5,,"]);
    // A relapse without a next line has no day.
    let response = ["--derive", "d = responding line to end of response or followup in days"];
    let found = listed(&path, &response, "id,d");
    assert_eq!(found, ["H1,100", "H2,730.5", "H3,", "H4,", "H5,"]);
    for (text, message) in [
        ("n = line 1 to next line or last_seen in days", "'last_seen' holds dates"),
        ("n = line 1 to next line or followup in months completed", "are counted by the calendar"),
        ("n = onset to next line in days", "are counted from a line"),
        ("n = line 1 to nosuch in days", "there is no column 'nosuch'"),
    ] {
        let (code, stderr) = said(&["cases", &path, "--derive", text]);
        assert!(code == Some(2) && stderr.contains(message), "{text}: {stderr}");
    }
    let (_folder, path) = file("cases.csv", FOLLOW_UP);
    let (code, stderr) = said(&["cases", &path.to_string_lossy(), "--derive", "n = line 1 to next line in days"]);
    assert!(code == Some(2) && stderr.contains("no column of treatment lines"), "{stderr}");
}

/// The response before the first one that is known may be the first one.
#[test]
fn an_unknown_response_leaves_open_which_line_was_the_first_to_respond() {
    let cases = "id,treatment\n\
        U1,MTX [day 0 to 9]; surgery [day 10 to 11]: CR; MTX [from day 90]\n\
        U2,MTX [day 0 to 9]: none; surgery [day 10 to 11]: CR; MTX [from day 90]\n";
    let (_folder, path) = file("cases.csv", cases);
    let derived = ["--derive", "d = responding line to end of response in days"];
    assert_eq!(listed(&path.to_string_lossy(), &derived, "id,d"), ["U1,", "U2,80"]);
}

#[test]
fn the_schema_keeps_a_time_with_its_event() {
    let (folder, path) = file("cases.csv", FOLLOW_UP);
    let path = path.to_string_lossy().into_owned();
    let written = stdout(&[&["schema", &path], &TIME[..]].concat());
    std::fs::write(folder.path().join("cases.schema.json"), &written).expect("a file");
    assert_eq!(listed(&path, &[], "id,t,t_event")[0], "Q1,387,yes");
    assert_eq!(stdout(&["get", &path, "--time", "t", "survival.n_events", "--quiet"]), "2\n");
}

const DATES: &str = "case_id,onset,sex\nA,2015-03-02,F\nB,2015-12-30,M\nC,2016-05-05,F\nD,2015-12-01,M\n";

/// Where a date is shown by its year, nothing that is derived knows more of it.
#[test]
fn what_is_derived_knows_only_the_year_without_identity() {
    let (_folder, path) = file("cases.csv", DATES);
    let path = path.to_string_lossy().into_owned();
    let moved = DATES.replace("2015-12-30", "2015-01-02");
    let (_other, other) = file("cases.csv", moved);
    let other = other.to_string_lossy().into_owned();
    for derived in [
        "x = onset >= '2015-12-24' and onset <= '2015-12-31'",
        "x = onset > '2015-06-30'",
        "x = onset = '2015-12-30'",
        "x = onset BETWEEN '2015-12-24' AND '2016-12-31'",
        "x = when onset >= '2015-12-24' then 'late' else 'early' unknown 'open'",
        "x = when onset > '2016-03-01' then 'a' when onset > '2015-12-24' then 'b' else 'c'",
    ] {
        for command in [["cases", "--format", "csv"], ["summarize", "--format", "json"]] {
            let asked =
                |path| [&[command[0], path, "--deidentify", "--quiet", "--derive", derived], &command[1..]].concat();
            let shown = |text: String| text.lines().filter(|line| !line.contains("sha256")).collect::<String>();
            let [one, two] = [&path, &other].map(|path| shown(stdout(&asked(path))));
            assert_eq!(one, two, "{derived}");
        }
    }
    // The year itself is known.
    let by_year = ["--derive", "x = onset >= '2016-01-01'", "--deidentify"];
    let mut found = listed(&path, &by_year, "sex,x");
    found.sort();
    assert_eq!(found, ["female,no", "female,yes", "male,no", "male,no"]);
    // A date in a column of words is one, too: there is no such level, as in --where.
    let as_words = ["--derive", "x = onset = '2015-12-30'", "--kind", "onset=category", "--deidentify"];
    let (code, stderr) = said(&[&["cases", &path], &as_words[..]].concat());
    assert!(code == Some(2) && stderr.contains("has no level '2015-12-30'"), "{stderr}");
}

/// A time between two days of one patient tells no date; a time from a day that all share does.
#[test]
fn times_between_two_dates_stay_exact_without_identity() {
    let (_folder, path) = file("cases.csv", FOLLOW_UP);
    let path = path.to_string_lossy().into_owned();
    let mut found = listed(&path, &[&TIME[..], &["--deidentify"]].concat(), "t");
    found.sort();
    assert_eq!(found, ["1118", "171", "387", "725"]);
    let cutoff = FOLLOW_UP.replace("2020-03-05", "2021-03-05").replace("2018-09-05", "2021-03-05");
    let (_folder, path) = file("cases.csv", cutoff);
    let path = path.to_string_lossy().into_owned();
    let shared = ["--derive", "t = onset to last_seen in days"];
    let (code, stderr) = said(&[&["cases", &path, "--deidentify"], &shared[..]].concat());
    assert!(code == Some(2) && stderr.contains("which is one date for all cases"), "{stderr}");
    assert_eq!(run(&[&["cases", &path], &shared[..]].concat()).status.code(), Some(0));
}
