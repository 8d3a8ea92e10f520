use super::*;
use Separator::{Ampersand, And, Comma, LineEnd, Numbers, Plus, Slash, Then};
use proptest::prelude::*;

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
        assert_eq!(items(text, Separators::of(separators)), expected, "{text}");
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
        assert_eq!(items(text, Separators::of(&Separator::ALL)), [text], "{text}");
    }
    assert_eq!(items("knee (a, b), hip", Separators::of(&[Comma])), ["knee (a, b)", "hip"]);
    assert_eq!(items("knee (a, hip", Separators::of(&[Comma])), ["knee (a", "hip"]);
    assert_eq!(items("toes 2, 3", Separators::of(&[Comma])), ["toes 2", "3"]);
}

#[test]
fn cells_of_several_items_look_unsplit() {
    for text in [
        "Warfarin, colchicine",
        "knee/hip",
        "knee and elbow",
        "HTN/DM/CKD",
        "knee & hip",
        "prednisone then methotrexate",
        "1. knee 2. hip",
        "knee\nhip",
        "prednisone + methotrexate",
        "methotrexate 15 mg weekly, colchicine 1 mg daily",
        "fever, rash, arthritis",
        "Knie und Hüfte",
        "hand with foot",
        "hand en voet",
        "knee, hand en voet",
        "mano y pie",
        "prednisone 20 mg plus azathioprine 100 mg",
        "prednisone 20 mg/azathioprine 100 mg",
        "prednisone 10 mg with MTX",
        "prednisone later MTX",
        "MTX umgestellt auf AZA",
    ] {
        assert!(!unsplit(text, Separators::UNNOTICED).is_empty(), "{text}");
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
        "prednisone with taper",
        "lesiones en la mano",
        "prednisone 20 mg/Tag",
        "prednisone 20 mg/dose",
        "MTX 10 mg/kg",
        "MTX 10 mg/kg/day",
        "cyclophosphamide 500 mg/cycle",
        "II",
    ] {
        assert!(unsplit(text, Separators::UNNOTICED).is_empty(), "{text}");
    }
}

#[test]
fn separators_have_one_word_each() {
    for separator in Separator::ALL {
        assert_eq!(separator.word().parse(), Ok(separator));
    }
}

#[test]
fn what_is_no_item_by_itself_stays_with_its_item() {
    for (text, separators, expected) in [
        ("prednisone, 5 mg/day, oral", &[Comma][..], &["prednisone, 5 mg/day, oral"][..]),
        ("methotrexate 15 mg weekly, colchicine", &[Comma], &["methotrexate 15 mg weekly", "colchicine"]),
        ("right and left knee, hip", &[Comma, And], &["right and left knee", "hip"]),
        ("1. hip 2. right and left knee", &[Numbers, And], &["hip", "right and left knee"]),
        ("hip and R/L elbow", &[And, Slash], &["hip", "R/L elbow"]),
        ("hip, right", &[Comma], &["hip, right"]),
        ("hip, right and left", &[Comma, And], &["hip, right and left"]),
        ("5-FU, leucovorin", &[Comma], &["5-FU", "leucovorin"]),
        ("prednisone, 12-week course", &[Comma], &["prednisone, 12-week course"]),
        ("toes 2, 3", &[Comma], &["toes 2, 3"]),
        ("2,3", &[Comma], &["2", "3"]),
        ("1, 2 & 5", &[Comma, Ampersand], &["1", "2", "5"]),
        ("429,000", &[Comma], &["429,000"]),
        ("- knee\n- hip", &[LineEnd], &["knee", "hip"]),
        ("prednisone plus MTX => IVIG", &[Plus, Then], &["prednisone", "MTX", "IVIG"]),
        (" knee ", &[Comma], &["knee"]),
        ("12 mg", &[Comma], &["12 mg"]),
        ("", &[Comma], &[]),
    ] {
        assert_eq!(split(text, Separators::of(separators)), expected, "{text}");
    }
}

#[test]
fn separators_are_read_from_their_words() {
    for (text, expected) in [
        (",", &[Comma][..]),
        (", / and", &[Comma, Slash, And]),
        (",/and", &[Comma, Slash, And]),
        ("and ->", &[And, Then]),
        ("AND line-end numbers", &[And, Numbers, LineEnd]),
        ("& +", &[Ampersand, Plus]),
        ("", &[]),
    ] {
        assert_eq!(Separators::parse(text), Ok(Separators::of(expected)), "{text}");
        assert_eq!(Separators::parse(&Separators::of(expected).to_string()), Ok(Separators::of(expected)));
    }
    assert_eq!(Separators::parse(", or"), Err("or".to_owned()));
    assert_eq!(unsplit("MTX, 15 mg/week and HCQ", Separators::UNNOTICED), Separators::of(&[And]));
    assert_eq!(unsplit("knee, hip and elbow", Separators::UNNOTICED), Separators::of(&[Comma, And]));
}

proptest! {
    #[test]
    fn a_text_that_is_certainly_not_cut_is_the_one_item_it_would_be(text in "[ab;|,& \\-1(\"\n]{0,9}|and [a;]{0,3}|\\PC{0,9}") {
        prop_assert_eq!(split(&text, Separators::LISTS), split_anywhere(&text, Separators::LISTS));
    }
}

proptest! {
    #[test]
    fn a_separator_begins_with_what_it_may_begin_with(before in "[a5 +)]{0,2}", rest in "([,;|&+/=>→\\-\n]|u[.] |And |then |danach |PLUS |y |\\PC)\\PC{0,3}") {
        for separator in Separator::ALL {
            let begins = rest.starts_with(|c| Separators::of(&[separator]).may_begin_with(c));
            prop_assert!(begins || separator.length(&before, &rest) == 0);
        }
    }
}
