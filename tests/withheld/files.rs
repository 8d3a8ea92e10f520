//! What names or identifies the files of a run, and who may read what it writes.

use crate::support::{parts, root, run, series, stdout, summary};
use serde_json::Value;
use std::path::Path;

/// Formats of text, those of a listing first.
const FORMATS: [&str; 10] = ["text", "json", "jsonl", "csv", "tsv", "markdown", "html", "latex", "ard", "ard-jsonl"];
/// Formats that are archives.
const ARCHIVES: [&str; 2] = ["docx", "xlsx"];

/// All that a file says, the names of its parts and their texts where it is an archive.
fn text_of(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("an output");
    if !bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let parts = parts(&bytes);
    parts.iter().map(|(name, part)| format!("{name}\n{}\n", String::from_utf8_lossy(part))).collect()
}

/// Whoever has all but a few cells of a file could try them until the hash agrees.
#[test]
fn no_hash_of_withheld_records_is_printed() {
    let input = series("cases.csv");
    assert!(summary(&[&input])["inputs"][0]["sha256"].is_string());
    for option in [&["--suppress-below", "2"][..], &["--deidentify"]] {
        assert_eq!(summary(&[&[input.as_str()], option].concat())["inputs"][0]["sha256"], Value::Null);
        let refused = run(&[&["summarize", &input, "--sha256"], option].concat());
        assert_eq!(refused.status.code(), Some(2), "a hash that is asked for is refused");
    }
}

/// A file may be called after its patient, and so may its folder and its schema.
#[test]
fn no_name_of_a_file_that_may_name_a_person_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("Zyxwv");
    std::fs::create_dir(&inside).expect("a folder");
    let rows: String = (1..30).map(|n| format!("P{n},{n},x{n}\n")).collect();
    for (name, content) in [
        ("Zyxwv 1951.csv", format!("case_id,age,notes\n{rows}")),
        ("Zyxwv 1951.schema.json", "{\"fields\":[],\"fieldsMatch\":\"subset\"}".into()),
    ] {
        std::fs::write(inside.join(name), content).expect("a file");
    }
    let path = inside.join("Zyxwv 1951.csv");
    let path = path.to_str().expect("UTF-8");
    for option in [&["--suppress-below", "3"][..], &["--deidentify"], &["--deidentify", "--suppress-below", "3"]] {
        for format in FORMATS {
            let text = stdout(&[&["summarize", path, "--format", format], option].concat());
            assert!(!text.contains("Zyxwv"), "{option:?} {format}: {text}");
        }
        for format in ARCHIVES {
            let target = folder.path().join("out");
            let written = ["summarize", path, "--format", format, "-o", target.to_str().expect("UTF-8")];
            assert!(run(&[&written, option].concat()).status.success(), "{option:?} {format}");
            let text = text_of(&target);
            assert!(text.contains("case_id") && !text.contains("Zyxwv"), "{option:?} {format}: {text}");
        }
    }
    for format in &FORMATS[..8] {
        let output = run(&["cases", path, "--deidentify", "--format", format]);
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !text.contains("Zyxwv"), "{format}: {text}");
    }
    assert!(stdout(&["summarize", path]).contains("Zyxwv 1951.csv"), "nothing is withheld");
    assert!(stdout(&["summarize", &series("cases.csv"), "--deidentify"]).contains(" in cases.csv"));
}

/// Documents say nothing of who wrote them and where.
#[test]
fn no_output_tells_the_folder_or_the_user() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cases.csv");
    std::fs::copy(series("cases.csv"), &path).expect("a copy");
    let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or_else(|_| "Zyxwv".to_owned());
    for format in FORMATS.into_iter().chain(ARCHIVES) {
        let target = folder.path().join("out");
        let arguments = ["summarize", path.to_str().unwrap(), "--format", format, "-o", target.to_str().unwrap()];
        assert!(run(&arguments).status.success(), "{format}");
        // A property without a value names nobody.
        let empty = ["<dc:creator></dc:creator>", "<cp:lastModifiedBy></cp:lastModifiedBy>"];
        let text = empty.iter().fold(text_of(&target), |text, property| text.replace(property, ""));
        for secret in [folder.path(), root()] {
            assert!(!text.contains(secret.to_str().unwrap()), "{format} tells {}", secret.display());
        }
        let words = ["author", "creator", "lastModifiedBy"];
        assert!(text.contains("etiology"), "{format} says nothing");
        assert!(!words.iter().any(|word| text.to_lowercase().contains(&word.to_lowercase())), "{format}");
        assert!(user.len() < 4 || !text.contains(&user), "{format} tells {user}");
    }
}

#[cfg(unix)]
mod permissions {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    /// Every command that writes a file, with what it reads.
    const WRITERS: [&[&str]; 7] = [
        &["summarize", "--example"],
        &["cases", "--example"],
        &["check", "--example"],
        &["validate", "--example"],
        &["schema", "--example"],
        &["fill", "examples/manuscript/abstract.md", "--example"],
        &["summarize", "--output-schema"],
    ];

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    fn written(umask: &str, arguments: &[&str], path: &Path) -> u32 {
        let status = Command::new("sh")
            .args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_calc-series")])
            .args(arguments)
            .args(["-o", path.to_str().unwrap()])
            .current_dir(root())
            .output()
            .expect("a shell");
        assert!(path.exists(), "{arguments:?}: {}", String::from_utf8_lossy(&status.stderr));
        mode(path)
    }

    #[test]
    fn a_new_file_keeps_to_the_umask_whatever_writes_it() {
        let folder = tempfile::tempdir().expect("a folder");
        for arguments in WRITERS {
            for (umask, expected) in [("022", 0o644), ("077", 0o600), ("027", 0o640), ("002", 0o664)] {
                let path = folder.path().join(format!("{}-{umask}.md", arguments[0]));
                let _ = std::fs::remove_file(&path);
                let with_format = [arguments, format_of(arguments)].concat();
                assert_eq!(written(umask, &with_format, &path), expected, "{arguments:?} under umask {umask}");
            }
        }
    }

    fn format_of(arguments: &[&str]) -> &'static [&'static str] {
        let is_json = arguments[0] == "schema" || arguments[0] == "fill" || arguments.contains(&"--output-schema");
        if is_json { &[] } else { &["--format", "markdown"] }
    }

    #[test]
    fn a_file_that_is_replaced_keeps_its_permissions() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cases.csv");
        for kept in [0o600, 0o640, 0o644, 0o666] {
            std::fs::write(&path, "old").expect("a file");
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(kept)).expect("permissions");
            for umask in ["022", "077"] {
                assert_eq!(written(umask, &["cases", "--example"], &path), kept, "{kept:o} under umask {umask}");
            }
        }
    }

    #[test]
    fn a_folder_of_the_example_keeps_to_the_umask() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("series");
        let script = "umask 077; exec \"$0\" example \"$1\"";
        let done = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_calc-series"), path.to_str().unwrap()])
            .output()
            .expect("a shell");
        assert!(done.status.success() && mode(&path) == 0o700);
        assert!(std::fs::read_dir(&path).unwrap().all(|entry| mode(&entry.unwrap().path()) == 0o600));
    }
}
