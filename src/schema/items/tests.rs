use super::*;
use Separator::{Ampersand, And, Comma, LineEnd, Numbers, Plus, Slash, Then};

#[test]
fn cells_are_cut_at_their_separators() {
    for (text, separators, expected) in [
        ("Warfarin, colchicine", &[Comma][..], &["Warfarin", "colchicine"][..]),
        ("knee, hip, and elbow", &[Comma], &["knee", "hip", "elbow"]),
        ("knee, hip and elbow", &[Comma, And], &["knee", "hip", "elbow"]),
        ("knee/hip", &[Slash], &["knee", "hip"]),
        ("knee & hip", &[Ampersand], &["knee", "hip"]),
        ("prednisone then methotrexate", &[Then], &["prednisone", "methotrexate"]),
        ("prednisone followed by methotrexate", &[Then], &["prednisone", "methotrexate"]),
        ("prednisone -> methotrexate→IVIG ", &[Then], &["prednisone", "methotrexate", "IVIG"]),
        ("prednisone + methotrexate", &[Plus], &["prednisone", "methotrexate"]),
        ("1. prednisone 2. methotrexate 15 mg 3. IVIG", &[Numbers], &["prednisone", "methotrexate 15 mg", "IVIG"]),
        ("MTX+HCQ", &[Plus], &["MTX", "HCQ"]),
        ("R knee/L elbow", &[Slash], &["R knee", "L elbow"]),
        ("1.knee 2.hip", &[Numbers], &["knee", "hip"]),
        ("1) knee\n2) hip", &[Numbers], &["knee", "hip"]),
        ("(1) knee (2) hip", &[Numbers], &["knee", "hip"]),
        ("knee\nhip\r\nelbow", &[LineEnd], &["knee", "hip", "elbow"]),
        ("Knie und Ellenbogen", &[And], &["Knie", "Ellenbogen"]),
        ("genou et coude", &[And], &["genou", "coude"]),
        ("rodilla y codo", &[And], &["rodilla", "codo"]),
        ("joelho e cotovelo", &[And], &["joelho", "cotovelo"]),
        (", knee,, hip,", &[Comma], &["knee", "hip"]),
        ("", &[Comma], &[]),
        ("knee, hip", &[], &["knee, hip"]),
    ] {
        assert_eq!(items(text, separators), expected, "{text}");
    }
}

#[test]
fn brackets_quotes_and_numbers_are_never_cut() {
    for text in [
        "knee (right, left)",
        "platelets 429,000",
        "methotrexate 1/2 tablet",
        "toes 2,3",
        "\"a, b\"",
        "prednisone 5 mg/day",
        "1 mg/kg",
        "0.5 mg/kg/day",
        "and/or",
        "CD4+ cells",
        "L4/5",
        "α/β blocker",
        "ANA+ RF+",
        "brand new",
        "head and neck",
        "1.5 mg",
        "elbow [R/L]",
    ] {
        assert_eq!(items(text, &Separator::ALL), [text], "{text}");
    }
    assert_eq!(items("knee (a, b), hip", &[Comma]), ["knee (a, b)", "hip"]);
    assert_eq!(items("knee (a, hip", &[Comma]), ["knee (a", "hip"]);
    assert_eq!(items("toes 2, 3", &[Comma]), ["toes 2", "3"]);
}

#[test]
fn cells_of_several_items_look_unsplit() {
    for text in [
        "Warfarin, colchicine",
        "knee/hip",
        "knee and elbow",
        "knee & hip",
        "prednisone then methotrexate",
        "1. knee 2. hip",
        "knee\nhip",
        "prednisone + methotrexate",
        "methotrexate 15 mg weekly, colchicine 1 mg daily",
        "fever, rash, arthritis",
        "Knie und Hüfte",
    ] {
        assert!(looks_unsplit(text), "{text}");
    }
    for text in [
        "methotrexate 15 mg weekly",
        "methotrexate, 15 mg/week",
        "prednisone 5 mg/day, oral",
        "right and left knee",
        "knee (right and left)",
        "knee",
        "",
        "429,000",
        "head and neck",
        "knee, bilateral",
        "R/L",
        "prednisone, tapered",
        "II",
    ] {
        assert!(!looks_unsplit(text), "{text}");
    }
}

#[test]
fn separators_have_one_word_each() {
    for separator in Separator::ALL {
        assert_eq!(separator.word().parse(), Ok(separator));
    }
}
