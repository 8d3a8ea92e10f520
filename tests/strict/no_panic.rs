//! Whatever the bytes, the program answers: tables or findings, never a panic, never without end.

use calc_series::cli::{self, message};
use calc_series::{IdChoice, Inputs, Options, OutputFormat, ReadOptions, Settings, read_cohort, render, summarize};
use proptest::prelude::*;

const SEEDS: [&str; 5] = [
    "case_id,age,sex,sites,crp\nP1,6,F,elbow;knee,<5\nP2,30 months,M,none,12 (high)\nP3,\"2y6m\",F,\"a, b\",1:80\n",
    "\u{feff}sep=;\r\ncase_id;name;note;date\r\nP1;x;\"a\r\n\"\"b\"\"\";2018-03\r\n\r\nP2;y;;2018\r\n",
    "[{\"case_id\":\"P1\",\"sites\":[\"a\",{\"site\":\"b\"}],\"ck\":{\"value\":5,\"unit\":\"U/L\",\"status\":\"high\"}}]",
    "{\"cases\":[{\"case_id\":\"P1\",\"treatment\":[{\"agents\":[\"a\",\"b\"],\"response\":\"improved\"}],\"g\":{\"x\":1}}],\"y\":2}",
    "case_id,treatment,response\nP1,\"a + \"\"b; c\"\" [5 mg]: improved (unconfirmed), pain=none; d: ?\",complete\nP2,e: none,\n",
];

/// Runs every layer on these bytes.
fn run(bytes: &[u8], settings: &Settings, options: &ReadOptions) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases");
    std::fs::write(&path, bytes).unwrap();
    let path = path.to_string_lossy().into_owned();
    let opened = Inputs::open(&[&path], options);
    let read = opened.and_then(|inputs| read_cohort(&inputs, settings).map(|cohort| (inputs, cohort)));
    match read {
        Ok((inputs, cohort)) => {
            let conventions = Options::default();
            let (results, findings) = summarize(&cohort, &conventions);
            for format in SUMMARIES {
                render(format, &inputs, &cohort, (&results, &findings), &conventions).unwrap();
            }
            message::findings(&findings);
        }
        Err(error) => drop(message::error(&error)),
    }
    let commands: [&[&str]; 3] = [&["schema"], &["summarize", "--width", "20"], &["summarize", "--width", "80"]];
    for command in commands {
        // The program itself; what it prints goes nowhere.
        let line = ["calc-series"].into_iter().chain(command.iter().copied()).chain([path.as_str()]);
        match cli::run(line.map(Into::into)).expect("a command line") {
            Ok(outcome) => outcome.print(&mut std::io::sink()).unwrap(),
            Err(error) => drop(message::error(&error)),
        }
    }
}

/// The formats of a summary.
const SUMMARIES: [OutputFormat; 10] = [
    OutputFormat::Text,
    OutputFormat::Json,
    OutputFormat::Jsonl,
    OutputFormat::Csv,
    OutputFormat::Tsv,
    OutputFormat::Markdown,
    OutputFormat::Html,
    OutputFormat::Latex,
    OutputFormat::Ard,
    OutputFormat::ArdLines,
];

fn settings() -> impl Strategy<Value = (Settings, ReadOptions)> {
    let ids = prop_oneof![Just(IdChoice::Found), Just(IdChoice::No)];
    let encodings =
        prop_oneof![4 => Just(None), 1 => Just(Some("utf-16".to_owned())), 1 => Just(Some("windows-1252".to_owned()))];
    let delimiters = prop_oneof![3 => Just(None), 1 => Just(Some(b';')), 1 => Just(Some(b' '))];
    (any::<bool>(), ids, 1..3_usize, 1..300_usize, encodings, delimiters).prop_map(
        |(decimal_comma, id, threads, block_size, encoding, delimiter)| {
            let mut settings = Settings::default();
            (settings.decimal_comma, settings.id, settings.threads) = (decimal_comma, id, Some(threads));
            let mut options = ReadOptions::default();
            (options.block_size, options.encoding, options.delimiter) = (block_size, encoding, delimiter);
            (settings, options)
        },
    )
}

/// A good file with some bytes replaced, added or taken out, now and then a piece moved.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let byte =
        prop_oneof![prop::sample::select(b"\",;|\n\r\t:+-[]{}()<>0.e/\\ \xef\xbb\x80\x1f".to_vec()), any::<u8>()];
    let change = (any::<prop::sample::Index>(), 0..4_u8, byte);
    (0..SEEDS.len(), prop::collection::vec(change, 0..12)).prop_map(|(seed, changes)| {
        let mut bytes = SEEDS[seed].as_bytes().to_vec();
        for (at, what, byte) in changes {
            let at = at.index(bytes.len().max(1));
            match what {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.insert(at.min(bytes.len()), byte),
                _ => {
                    let middle = at.min(bytes.len());
                    bytes.rotate_left(middle);
                }
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), (settings, options) in settings()) {
        run(&bytes, &settings, &options);
    }

    #[test]
    fn no_change_of_a_good_file_makes_it_panic(bytes in mutated(), (settings, options) in settings()) {
        run(&bytes, &settings, &options);
    }

    #[test]
    fn no_text_of_csv_makes_it_panic(text in "[a-cP0-9\",;|\n\r\t .:+<>()é-]{0,200}", (settings, options) in settings()) {
        run(format!("case_id,age,sex\n{text}").as_bytes(), &settings, &options);
        run(text.as_bytes(), &settings, &options);
    }
}

#[test]
fn odd_files_have_an_end() {
    let (settings, mut options) = (Settings::default(), ReadOptions::default());
    options.block_size = 1;
    for text in [
        "\"",
        "\"\"",
        ",",
        ",,,\n,,,",
        "\r",
        "\r\r\n\n",
        "sep=",
        "sep=,",
        "sep=,\n",
        "sep=\"\na\"b",
        "[",
        "{",
        "[{",
        "{\"",
        "[]",
        "{}",
        "\u{feff}",
        "\u{feff}[",
        "a\n\"",
        "a,b\n\"\r",
    ] {
        run(text.as_bytes(), &settings, &options);
        run(text.as_bytes(), &settings, &ReadOptions::default());
    }
    let many: String = (0..3000).map(|n| format!(",c{n}")).collect();
    run(format!("case_id{many}\nP1{}\n", ",1".repeat(3000)).as_bytes(), &settings, &ReadOptions::default());
}
