//! Targets of a command line, and what is on disk when something fails.

use super::{Target, deliver_all, is_same};
use crate::error::Error;
use crate::render::Output;
use crate::render::OutputFormat::{self, Ard, ArdLines, Csv, Html, Json, Latex, Text};
use std::path::PathBuf;

fn targets(paths: &[&str], chosen: Option<OutputFormat>) -> Result<Vec<(Option<PathBuf>, OutputFormat)>, Error> {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    Ok(Target::all(Output::Summary, &paths, chosen)?.into_iter().map(|target| (target.path, target.format)).collect())
}

fn file(path: &str, format: OutputFormat) -> (Option<PathBuf>, OutputFormat) {
    (Some(path.into()), format)
}

#[test]
fn endings_decide_for_several_files_and_the_option_for_one() {
    for (paths, chosen, expected) in [
        (vec![], None, vec![(None, Text)]),
        (vec![], Some(Json), vec![(None, Json)]),
        (vec!["-"], None, vec![(None, Text)]),
        (vec!["-"], Some(Html), vec![(None, Html)]),
        (vec!["a.html"], None, vec![file("a.html", Html)]),
        (vec!["a.html"], Some(Json), vec![file("a.html", Json)]),
        (vec!["a"], Some(Json), vec![file("a", Json)]),
        (vec!["a.csv"], Some(Ard), vec![file("a.csv", Ard)]),
        (vec!["a.jsonl"], Some(Ard), vec![file("a.jsonl", ArdLines)]),
        (vec!["a.html", "b.tex"], None, vec![file("a.html", Html), file("b.tex", Latex)]),
        (vec!["a.csv", "-"], Some(Json), vec![file("a.csv", Csv), (None, Json)]),
        (vec!["a.csv", "b"], Some(Json), vec![file("a.csv", Csv), file("b", Json)]),
        (vec!["a.ard.csv", "-"], None, vec![file("a.ard.csv", Ard), (None, Text)]),
    ] {
        assert_eq!(targets(&paths, chosen).unwrap(), expected, "{paths:?} {chosen:?}");
    }
}

#[test]
fn what_cannot_be_decided_is_refused() {
    for (paths, chosen, part) in [
        (vec!["a.dotx"], None, "unknown output extension: 'a.dotx'"),
        (vec!["a.pdf"], None, "no PDF is written: 'a.pdf'"),
        (vec!["a.csv", "b"], None, "unknown output extension: 'b'"),
        (vec!["a.csv", "b.html"], Some(Json), "--format json has no effect here"),
        (vec!["a.sarif.json"], None, "sarif cannot show a summary"),
        (vec!["a.csv", "a.csv"], None, "output file named twice: 'a.csv'"),
        (vec!["a.csv", "./a.csv"], None, "output file named twice: './a.csv'"),
        (vec!["-", "a.csv", "-"], None, "output file named twice: '-'"),
        (vec!["-", "/dev/stdout"], None, "output file named twice: '/dev/stdout'"),
    ] {
        let error = targets(&paths, chosen).unwrap_err();
        assert!(error.to_string().contains(part), "{paths:?}: {error}");
    }
    let Err(Error::Usage { remedy: Some(remedy), .. }) = targets(&["a"], None) else { panic!("a remedy") };
    assert!(remedy.contains(".html") && remedy.contains(".ard.jsonl") && remedy.contains("--format"), "{remedy}");
}

#[test]
fn one_file_has_many_paths() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    assert!(is_same(&path("a.csv"), &path("sub/../a.csv")), "neither is there yet");
    assert!(!is_same(&path("a.csv"), &path("sub/a.csv")));
    assert!(!is_same(&path("none/a.csv"), &path("nowhere/a.csv")));
}

#[test]
fn where_one_output_fails_none_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (first, second, folder_as_file) = (path("a.txt"), path("none/b.txt"), path("sub"));
    std::fs::write(&first, "before").unwrap();
    std::fs::create_dir(&folder_as_file).unwrap();
    for bad in [&second, &folder_as_file] {
        let outputs = vec![(Some(first.as_path()), b"new".to_vec()), (Some(bad.as_path()), b"new".to_vec())];
        assert!(matches!(deliver_all(outputs, &[]), Err(Error::Io { file, .. }) if file == bad.to_string_lossy()));
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "before");
    }
    let free = path("c.txt");
    let over_an_input = vec![(Some(free.as_path()), b"new".to_vec()), (Some(first.as_path()), b"new".to_vec())];
    assert!(deliver_all(over_an_input, std::slice::from_ref(&first)).is_err());
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.txt", "sub"], "no file is left behind");
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_what_it_leads_to_is_replaced_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.txt"), "a longer text").unwrap();
    std::os::unix::fs::symlink("a.txt", path("link.txt")).unwrap();
    deliver_all(vec![(Some(&path("link.txt")), b"new".to_vec())], &[]).unwrap();
    assert_eq!(std::fs::read_to_string(path("a.txt")).unwrap(), "new");
    assert!(std::fs::symlink_metadata(path("link.txt")).unwrap().is_symlink());
}
