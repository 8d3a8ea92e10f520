//! Whatever the bytes, the program answers: tables or findings, never a panic, never without end, nothing that steers
//! a terminal. The inputs are the same in every run; `tests/fuzz` looks for new ones.

#[path = "../fuzz/harness.rs"]
mod harness;

use harness::{ON_CASES, ON_TEXTS, WITH_A_WORD, in_folder};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Files without faults, which are then changed.
const SEEDS: [&str; 9] = [
    "case_id,age,sex,sites,crp\nP1,6,F,elbow;knee,<5\nP2,30 months,M,none,12 (high)\nP3,\"2y6m\",F,\"a, b\",1:80\n",
    "\u{feff}sep=;\r\ncase_id;name;note;date\r\nP1;x;\"a\r\n\"\"b\"\"\";2018-03\r\n\r\nP2;y;;2018\r\n",
    "[{\"case_id\":\"P1\",\"sites\":[\"a\",{\"site\":\"b\"}],\"ck\":{\"value\":5,\"unit\":\"U/L\",\"status\":\"high\"}}]",
    "{\"cases\":[{\"case_id\":\"P1\",\"treatment\":[{\"agents\":[\"a\",\"b\"],\"response\":\"improved\"}],\"g\":{\"x\":1}}],\"y\":2}",
    "case_id,treatment,response\nP1,\"a + \"\"b; c\"\" [5 mg]: improved (unconfirmed), pain=none; d: ?\",complete\nP2,e: none,\n",
    "{\"case_id\":\"P1\",\"age\":6,\"sex\":\"F\"}\n{\"case_id\":\"P2\",\"age\":null,\"sex\":\"M\"}\n",
    "case_id,age,sex,bp,onset,weight\nP1,6,F,120/80,03/04/2018,\"70,5 kg\"\nP2,7,M,110/70,13/04/2018,65 kg\nP3,55,F,130/85,2018,x\n",
    "case_id\tage\tsex\tfever\thb\tdied\nP1\t41\tf\tyes\t8.4 g/dL\t0\nP2\t52\tm\tno\t84 g/L\t1\nP3\t\tf\t?\tnormal\t\n",
    "case_id,age,sex,dx,dx2\nP1,1,1,1,0\nP2,2,2,0,1\nP3,3,1,1,\nP4,999,9,0,NA\nTotal,6,,2,1\n",
];

/// Claims, a manuscript and a schema without faults.
const TEXTS: [&str; 3] = [
    "[[claim]]\nid = \"K1\"\nsays = \"mean age\"\nvalue = \"age.mean\"\nprinted = \"5.9 (2.7)\"\n\n[[claim]]\nid = \"K2\"\nsays = \"hips\"\nvalue = \"sites[hip].p\"\nprinted = \"2/3 (67%)\"\n",
    "---\ntitle: x\n---\nMean {{ age.mean }} of {{ cases }} ({{ sites[hip].p | age < 10 }}).\n```\n{{ x }}\n```\n",
    "{\"fields\": [{\"name\": \"case_id\"}, {\"name\": \"age\", \"type\": \"number\", \"calcSeries\": {\"unit\": \"years\"}}, {\"name\": \"sex\", \"categories\": [\"F\", \"M\"]}], \"missingValues\": [\"\", \"NA\"], \"fieldsMatch\": \"subset\"}",
];

/// What real files and hostile ones have in a cell or between two.
const PIECES: [&str; 44] = [
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{1f}",
    "\u{1d}",
    "1e999",
    "-0",
    "NaN",
    "99999999999999999999999999999999",
    "0.30000000000000004",
    "0/0",
    "1/0",
    "2018-02-30",
    "31/12/9999",
    "=1+1",
    "<",
    ">=",
    "±",
    "10^9",
    "1,234,567.8",
    "1.234.567,8",
    "½",
    "٣",
    "{{",
    "}}",
    "[[[[[[[[[[",
    "{\"a\":",
    "\\u0000",
    "\\ud800",
    "null",
    "N/A",
    "(high)",
    "case_id",
    "ﬁ\u{301}",
];

/// A text with some bytes replaced, added or taken out, pieces put in, now and then a part moved or repeated.
fn mutated(seeds: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![2 => prop::sample::select(b"\",;|\n\r\t:+-[]{}()<>0.e/\\ ".to_vec()), 1 => any::<u8>()];
    let change = (any::<prop::sample::Index>(), 0..6_u8, byte, prop::sample::select(PIECES.to_vec()));
    (0..seeds.len(), prop::collection::vec(change, 0..10)).prop_map(move |(seed, changes)| {
        let mut bytes = seeds[seed].as_bytes().to_vec();
        for (at, what, byte, piece) in changes {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            match what {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.insert(at, byte),
                3 => bytes.rotate_left(at),
                4 => bytes.extend_from_within(at..),
                _ => drop(bytes.splice(at..at, piece.bytes())),
            }
        }
        bytes
    })
}

fn config(cases: u32, seed: u64) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..ProptestConfig::default() }
}

fn command(commands: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(commands)
}

/// A line with an option that there is not would try nothing.
#[test]
fn every_command_line_that_is_tried_is_one() {
    in_folder(|folder| {
        let good = folder.join("good.csv");
        for command in ON_CASES {
            let words = command
                .split(' ')
                .map(|word| if word == "INPUT" { good.clone().into_os_string() } else { word.into() });
            let words: Vec<std::ffi::OsString> = std::iter::once("calc-series".into()).chain(words).collect();
            assert!(calc_series::cli::run(words).is_ok(), "{command}");
        }
    });
}

proptest! {
    #![proptest_config(config(600, 1))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), command in command(&ON_CASES)) {
        in_folder(|folder| harness::run(folder, command, &bytes));
    }

    #[test]
    fn any_text_like_a_table_is_answered(text in "[a-cP0-9\",;|\n\r\t .:+<>()é-]{0,200}", has_header: bool, command in command(&ON_CASES)) {
        let header = if has_header { "case_id,age,sex\n" } else { "" };
        in_folder(|folder| harness::run(folder, command, format!("{header}{text}").as_bytes()));
    }
}

proptest! {
    #![proptest_config(config(1_800, 2))]

    #[test]
    fn a_good_file_that_was_changed_is_answered(bytes in mutated(&SEEDS), command in command(&ON_CASES)) {
        in_folder(|folder| harness::run(folder, command, &bytes));
    }
}

proptest! {
    #![proptest_config(config(500, 3))]

    #[test]
    fn other_texts_that_were_changed_are_answered(bytes in mutated(&TEXTS), command in command(&ON_TEXTS)) {
        in_folder(|folder| harness::run(folder, command, &bytes));
    }

    #[test]
    fn any_word_of_the_command_line_is_answered(text in "[a-z0-9.,=<>()\\[\\]{}|'\" +*/%$\\\\é\u{1b}-]{0,30}", command in command(&WITH_A_WORD)) {
        in_folder(|folder| harness::run_with_word(folder, command, &text));
    }
}

#[test]
fn odd_files_have_an_end() {
    let deep = "[".repeat(20_000);
    let objects = format!("[{{\"case_id\":\"P1\",\"a\":{}1{}}}]", "{\"a\":".repeat(3_000), "}".repeat(3_000));
    let numbers = format!("case_id,age\nP1,{}\nP2,1e400000000\nP3,-{}.5\n", "9".repeat(5_000), "0".repeat(5_000));
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
        "x",
        "\n",
        "1",
        "\0",
        &deep,
        &objects,
        &numbers,
    ] {
        for command in ["summarize INPUT", "summarize INPUT --no-id --format json", "validate INPUT", "schema INPUT"] {
            in_folder(|folder| harness::run(folder, command, text.as_bytes()));
        }
    }
    let many: String = (0..300).map(|n| format!(",c{n}")).collect();
    let wide = format!("case_id{many}\nP1{}\n", ",1".repeat(300));
    for command in ["summarize INPUT", "cases INPUT --columns all", "validate INPUT", "get INPUT --list"] {
        in_folder(|folder| harness::run(folder, command, wide.as_bytes()));
    }
}
