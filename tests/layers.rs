//! The rules of the house that a compiler does not check: which folder may use which, how long
//! files and functions are, where `unsafe` stands, and what no file of the project may hold.

mod imports;
mod source;

use crate::support::root;
use imports::Imports;
use sha2::{Digest, Sha256};
use source::{Source, identifier, leaves, occurrences, sources};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// From the bytes of a file to its tables: each folder may use those before it.
const PIPELINE: [&str; 8] = ["read", "schema", "cohort", "tally", "analyze", "check", "tables", "render"];
/// Used by all; they know nothing of the folders.
const FOUNDATIONS: [&str; 5] = ["decimal", "diagnostic", "error", "vocabulary", "words"];
/// What several commands share.
const SHARED_BY_COMMANDS: [&str; 27] = [
    "at_visits",
    "best_response",
    "book",
    "cbioportal",
    "cdisc",
    "derive",
    "figures",
    "kept",
    "long",
    "manuscript",
    "number_columns",
    "numbered_lines",
    "open",
    "output",
    "package",
    "phenopackets",
    "placed",
    "progress",
    "redcap",
    "related",
    "request",
    "rows",
    "rows_alone",
    "selected",
    "several_sheets",
    "unwritten",
    "withhold",
];

const MOST_LINES_OF_A_FILE: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 60;
/// Half of all functions are at most as long, and nine in ten.
const MEDIAN_LINES: usize = 8;
const P90_LINES: usize = 21;
/// Functions that are longer, and why.
const LONGER_FUNCTIONS: [(&str, &str); 1] =
    [("scan", "the rules of quotes as one state machine, read from top to bottom")];
/// The one file that may be unsafe.
const UNSAFE: &str = "read/csv/vector.rs";

/// Files outside `render` and `diagnostic` that make text safe to print, and why.
const MAKE_TEXT_SAFE: [(&str, &str); 2] = [
    ("command/message.rs", "writes the errors of a run"),
    ("schema/table_schema/file.rs", "writes a schema as JSON, next to the code that reads it"),
];

/// Files that need each other, and why that does no harm. All others of a folder need one another one way only.
const CIRCLES: [(&[&str], &str); 2] = [
    (
        &["decimal/exact.rs", "decimal/rounding.rs"],
        "a fraction is rounded, and rounding works with fractions: two halves of one type",
    ),
    (
        &["schema/lexical.rs", "schema/lexical/measurement.rs"],
        "a measurement is one of the lexemes, and is read by the same grammar",
    ),
];

/// Modules beside each other that need each other, and why.
const FOLDER_CIRCLES: [([&str; 2], &str); 1] = [(["decimal/exact", "decimal/rounding"], "as above")];

/// What cannot stand outside tests: each would be a panic reachable from input.
const PANICS: [&str; 6] = [".unwrap()", ".expect(\"", "panic!", "unreachable!", "todo!", "unimplemented!"];

/// SHA-256 of the given names of the report's patients in lower case: cases are P1 to P5.
const NAMES: [&str; 5] = [
    "3a6d64c24cf80b69ccda37650406467e8266667b50cfd0b984beb3651b129ed7",
    "631959834f64a27d06b993b58325df9bbf7c2b07bb4da4e2bdfd3df0919c91c2",
    "cbbceb385d79d5777e7149d96542520ae39328a63cf88e3e7c7ca53cf3bd9b92",
    "2e52e5ff37dbf88c3f663826de193c5b928674c175e89269117a001e91ddd92b",
    "2dd67b6236adc531ebdb2d14d37d2e9ee38604c8a72aad386e0c79be45ab0da2",
];

/// True where a file of the folder `from` may use the folder `to`.
fn may_use(from: &str, to: &str) -> bool {
    let place = |folder: &str| PIPELINE.iter().position(|known| *known == folder);
    let is_foundation = FOUNDATIONS.contains(&to);
    match from {
        _ if from == to => true,
        "stats" => matches!(to, "decimal" | "words"),
        "command" => to != "cli" && to != "facade",
        "facade" => to != "cli" && to != "command",
        // `cli` is held to `command` and to types; see the test on its imports.
        "cli" => true,
        _ if FOUNDATIONS.contains(&from) => is_foundation,
        _ => is_foundation || to == "stats" || place(to).zip(place(from)).is_some_and(|(to, from)| to < from),
    }
}

/// The paths a file names from the root of the crate, by `crate::` or by climbing with `super::`.
fn paths_from_root(source: &Source) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (line, code) in source.lines() {
        for at in occurrences(code, "crate::") {
            paths.extend(leaves(&source.code_from(line, at + "crate::".len())).into_iter().map(|path| (line, path)));
        }
        for at in occurrences(code, "super::").filter(|at| !code[..*at].ends_with("super::")) {
            let climbed = code[at..].split("super::").take_while(|step| step.is_empty()).count();
            if climbed > source.depth() {
                let rest = source.code_from(line, at + climbed.saturating_sub(1) * "super::".len());
                paths.extend(leaves(rest.trim_start_matches("super::")).into_iter().map(|path| (line, path)));
            }
        }
    }
    paths
}

fn folder_of(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

#[test]
fn arrows_go_one_way() {
    let mut arrows = 0;
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.is_root()) {
        for (line, path) in paths_from_root(source) {
            arrows += 1;
            if !may_use(source.folder(), folder_of(&path)) {
                wrong.push(format!("src/{}:{line}: {} uses {path}", source.name, source.folder()));
            }
        }
    }
    assert!(arrows > 100, "only {arrows} arrows were found: the test does not see them");
    assert!(wrong.is_empty(), "wrong arrows:\n{}", wrong.join("\n"));
}

#[test]
fn a_wrong_arrow_is_seen() {
    let refused = |name: &str, code: &str| {
        let source = Source::new(name, code);
        paths_from_root(&source).iter().any(|(_, path)| !may_use(source.folder(), folder_of(path)))
    };
    assert!(refused("read/csv/reader.rs", "use crate::schema::Role;"));
    assert!(refused("read/csv/reader.rs", "use crate::{\n    diagnostic::Finding,\n    tally::{add, merge},\n};"));
    assert!(refused("tally/set.rs", "fn f() -> crate::render::Text { todo() }"));
    assert!(refused("analyze/rows.rs", "use super::super::tables::number;"));
    assert!(refused("stats/moments.rs", "use crate::error::Error;"));
    assert!(refused("error.rs", "use crate::read::Inputs;"));
    assert!(refused("command/open.rs", "use crate::cli::Args;"));
    assert!(!refused("render/text.rs", "use crate::{tables::Table, decimal::Exact};"));
    assert!(!refused("read/csv/reader.rs", "// use crate::render;\nconst A: &str = \"crate::render\";"));
    assert!(!refused("read/csv/reader.rs", "#[cfg(test)]\nmod tests { use crate::render::text; }"));
}

#[test]
fn the_files_of_a_folder_need_one_another_one_way() {
    let sources = sources();
    let imports = Imports::of(&sources);
    let circles = imports.circles();
    let is_known = |circle: &&Vec<&str>| CIRCLES.iter().any(|(known, _)| *known == circle.as_slice());
    let new: Vec<String> = circles.iter().filter(|circle| !is_known(circle)).map(|circle| circle.join(", ")).collect();
    assert!(new.is_empty(), "files that need each other:\n{}", new.join("\n"));
    for (circle, _) in CIRCLES {
        assert!(circles.iter().any(|known| known == circle), "no longer a circle, strike it off the list: {circle:?}");
    }
    assert!(CIRCLES.len() <= 3, "at most three circles may stay");
}

/// What a `mod.rs` passes on is of its folder: who uses it needs the folder, and the folder cannot need it.
#[test]
fn the_folders_beside_a_file_need_it_one_way() {
    let sources = sources();
    let circles = Imports::of(&sources).folder_circles();
    let known = FOLDER_CIRCLES.map(|(circle, _)| circle.map(str::to_owned).to_vec());
    assert_eq!(circles, known, "folders and files that need each other");
}

#[test]
fn a_circle_of_files_is_seen() {
    let circles = |files: &[(&str, &str)]| {
        let sources: Vec<Source> = files.iter().map(|(name, code)| Source::new(name, code)).collect();
        Imports::of(&sources).circles().iter().map(|circle| circle.join(" ")).collect::<Vec<_>>()
    };
    let two = ["a/x.rs a/y.rs"];
    let x = ("a/x.rs", "use super::y::Y;\npub struct X(Y);");
    assert_eq!(circles(&[x, ("a/y.rs", "use crate::a::x::X;\npub fn f(x: &X) {}\npub struct Y;")]), two);
    assert_eq!(circles(&[x, ("a/y.rs", "pub struct Y;\nfn f() { super::x::f(); }")]), two);
    assert_eq!(circles(&[x, ("a/y.rs", "use super::x;\npub struct Y;\nfn f() { x::f(); }")]), two);
    let trait_of_x = "use super::x::Shown;\npub struct Y;\nfn f() { 1.shown(); }";
    assert_eq!(circles(&[x, ("a/y.rs", trait_of_x)]), two, "a trait is imported for its methods");
    // Comments, strings and tests are no code; another folder is another test.
    let tests = "// super::x::X\npub struct Y;\n#[cfg(test)]\nmod tests { use super::super::x::X; }";
    assert!(circles(&[x, ("a/y.rs", tests), ("b/y.rs", "use crate::a::x::X;")]).is_empty());
    // A name that is only passed on is that of the file that defines it.
    let passes_on = ("a/mod.rs", "mod x;\nmod y;\npub use x::X;\npub use y::{Y, y};");
    assert!(
        circles(&[passes_on, ("a/x.rs", "use super::Y;\npub struct X(Y);"), ("a/y.rs", "pub struct Y;")]).is_empty()
    );
    assert_eq!(
        circles(&[passes_on, ("a/x.rs", "use super::Y;\nstruct X(Y);"), ("a/y.rs", "use super::X;\nstruct Y(X);")]),
        two
    );
    // What a mod.rs defines is in a circle with a module only if it needs the module itself.
    let defines =
        "mod x;\npub struct Plain;\npub struct Built(x::X);\nimpl Made { fn f() { x::f(); } }\npub enum Made {}";
    let used_by_x = |item: &str| {
        circles(&[("a/mod.rs", defines), ("a/x.rs", &format!("use super::{item};\nfn f(_: {item}) {{}}"))])
    };
    assert!(used_by_x("Plain").is_empty());
    assert_eq!([used_by_x("Built"), used_by_x("Made")], [["a/mod.rs a/x.rs"]; 2]);
}

#[test]
fn a_circle_through_what_a_folder_passes_on_is_seen() {
    let circles = |files: &[(&str, &str)]| {
        let sources: Vec<Source> = files.iter().map(|(name, code)| Source::new(name, code)).collect();
        Imports::of(&sources).folder_circles().iter().map(|circle| circle.join(" ")).collect::<Vec<_>>()
    };
    let (folder, uses) = (("a/f/mod.rs", "mod x;\nmod y;\npub use x::X;"), ("a/f/y.rs", "use crate::a::z::Z;"));
    let (x, z) = (("a/f/x.rs", "pub struct X;"), ("a/z.rs", "use super::f::X;\npub struct Z(X);"));
    assert_eq!(circles(&[("a/mod.rs", "mod f;\nmod z;"), folder, x, uses, z]), ["a/f a/z"]);
    assert!(circles(&[("a/mod.rs", "mod f;\nmod z;"), folder, x, z]).is_empty());
    // A file and the folder that belongs to it are one module, and who holds a module may use it.
    let own = [("a/mod.rs", "mod f;\npub struct P(f::F);"), ("a/f.rs", "mod x;\npub struct F(x::X);"), x];
    assert!(circles(&own).is_empty());
}

#[test]
fn every_folder_has_its_place() {
    let known: BTreeSet<&str> =
        PIPELINE.into_iter().chain(FOUNDATIONS).chain(["stats", "command", "cli", "facade"]).collect();
    let lib = Source::read("lib.rs");
    let modules: Vec<&str> = lib
        .lines()
        .filter_map(|(_, code)| code.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    assert!(modules.len() > 10, "{modules:?}");
    assert!(modules.iter().all(|module| known.contains(module)), "a module without a place: {modules:?}");
}

#[test]
fn commands_do_not_import_commands_and_cli_imports_only_commands_and_types() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (line, path) in paths_from_root(&source).into_iter().chain(siblings(&source)) {
            let steps: Vec<&str> = path.split("::").collect();
            let is_type = steps.last().is_some_and(|leaf| leaf.starts_with(char::is_uppercase));
            let is_wrong = match (source.folder(), steps.as_slice()) {
                ("command", ["command", other, ..]) => !SHARED_BY_COMMANDS.contains(other),
                ("cli", ["command" | "cli" | "error", ..]) => false,
                ("cli", _) => !is_type,
                _ => false,
            };
            if is_wrong && !source.name.ends_with("/mod.rs") {
                wrong.push(format!("src/{}:{line}: {path}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a file names beside itself by one `super::`, as paths from the root.
fn siblings(source: &Source) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (line, code) in source.lines().filter(|_| !source.name.ends_with("/mod.rs")) {
        for at in occurrences(code, "super::").filter(|at| !code[..*at].ends_with("super::")) {
            let rest = leaves(&source.code_from(line, at + "super::".len()));
            paths.extend(rest.into_iter().map(|path| (line, format!("{}::{path}", source.folder()))));
        }
    }
    paths
}

#[test]
fn only_the_command_line_knows_clap_and_only_renderers_make_text_safe() {
    for source in sources() {
        for (line, code) in source.lines() {
            let names = |word: &str| identifier(code, word);
            let place = format!("src/{}:{line}: {code}", source.name);
            assert!(!names("clap") || matches!(source.folder(), "cli" | "main"), "{place}");
            let makes_safe = names("sanitize") || names("is_unsafe");
            let may = matches!(source.folder(), "render" | "diagnostic")
                || MAKE_TEXT_SAFE.iter().any(|(file, _)| *file == source.name);
            assert!(!makes_safe || may, "{place}");
        }
    }
}

/// What a text means in its column is decided in one place; elsewhere nobody looks at its lexical class.
#[test]
fn only_the_decision_and_the_interpreter_classify_a_text() {
    const MAY: [&str; 4] = ["schema/lexical", "schema/evidence", "cohort/cell", "cohort/unit"];
    for source in sources().iter().filter(|source| !MAY.iter().any(|may| source.name.starts_with(may))) {
        for (line, code) in source.lines() {
            assert!(!identifier(code, "classify"), "src/{}:{line}: {code}", source.name);
        }
    }
}

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines >= MOST_LINES_OF_A_FILE {
            long.push(format!("src/{}: {lines} lines", source.name));
        }
        for (name, lines) in source.functions() {
            let is_known = LONGER_FUNCTIONS.iter().any(|(known, _)| *known == name);
            if lines >= MOST_LINES_OF_A_FUNCTION && !is_known {
                long.push(format!("src/{}: fn {name} has {lines} lines", source.name));
            }
        }
    }
    assert!(long.is_empty(), "too long:\n{}", long.join("\n"));
}

#[test]
fn most_functions_are_a_few_lines() {
    let mut lengths: Vec<usize> = sources().iter().flat_map(Source::functions).map(|(_, lines)| lines).collect();
    lengths.sort_unstable();
    assert!(lengths.len() > 2000, "only {} functions were found: the test does not see them", lengths.len());
    let quantile = |percent: usize| lengths[lengths.len() * percent / 100];
    assert!(quantile(50) <= MEDIAN_LINES, "the median function has {} lines", quantile(50));
    assert!(quantile(90) <= P90_LINES, "one function in ten has {} lines or more", quantile(90));
}

#[test]
fn nothing_panics_and_unsafe_stands_in_one_file() {
    for source in sources() {
        for (line, code) in source.lines() {
            let place = format!("src/{}:{line}: {code}", source.name);
            assert!(!PANICS.iter().any(|panic| code.contains(panic)), "{place}");
            assert!(!identifier(code, "unsafe") || source.name == UNSAFE, "{place}");
        }
    }
}

/// Every file of the project.
fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let top = ["src", "data", "tests", "examples", ".ci", "README.md", "Cargo.toml", "Cargo.lock", ".gitignore"];
    let mut open: Vec<PathBuf> = top.iter().map(|name| root().join(name)).filter(|path| path.exists()).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn text_of(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).expect("a file")).into_owned()
}

#[test]
fn no_file_names_a_patient() {
    let hash = |word: &str| Sha256::digest(word).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(hash("abc")[..16], *"ba7816bf8f01cfea");
    let mut known = BTreeSet::new();
    for path in files() {
        let text = text_of(&path).to_lowercase();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| (3..=12).contains(&word.len())) {
            if known.insert(word.to_owned()) {
                assert!(!NAMES.contains(&hash(word).as_str()), "{} names a patient", path.display());
            }
        }
    }
    assert!(known.len() > 1000, "only {} words were found", known.len());
}

#[test]
fn no_file_holds_a_path_of_one_machine() {
    // In two parts, so that this file does not hold them.
    let machine =
        ["/ro|ot/", "/ho|me/", "/Use|rs/", "/wo|rk/", "/tm|p/", ":\\Us|ers"].map(|path| path.replace('|', ""));
    for path in files() {
        let text = text_of(&path);
        let found = machine.iter().find(|machine| text.contains(machine.as_str()));
        assert!(found.is_none(), "{} holds a path with {found:?}", path.display());
    }
}
