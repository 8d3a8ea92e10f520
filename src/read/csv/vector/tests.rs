use super::super::scan::{QuoteFlaw, scan};
use super::*;
use crate::read::block::line_ends;
use proptest::prelude::*;

/// The vector walk and its portable form agree with `scan` wherever they are certain.
fn agree(text: &[u8]) -> bool {
    let (mut exact, mut fast, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    let scanned = scan(text, b',', false, &mut exact);
    let indexed = index(text, b',', &mut fast);
    let mut walk = CellWalk::<true>::new(&mut plain);
    portable(text, b',', &mut walk);
    assert_eq!(indexed, walk.finish());
    assert_eq!(fast, plain);
    records_agree(text, indexed.as_ref(), &fast);
    let Some(indexed) = indexed else { return false };
    assert_eq!(fast, exact);
    let (mut cells, whole) = (Vec::new(), &text[..indexed.consumed]);
    assert_eq!(index_cells(whole, b',', &mut cells), index(whole, b',', &mut Vec::new()));
    assert_eq!(cells, exact.iter().map(|end| end & !RECORD_END).collect::<Vec<_>>());
    assert_eq!(indexed, Scanned { open_quote: None, ..scanned });
    true
}

/// The bytes of each record, without the end of its line.
fn records_of<'t>(text: &'t [u8], ends: &'t [u32]) -> impl Iterator<Item = &'t [u8]> {
    let ends = ends.iter().filter(|end| **end & RECORD_END != 0).map(|end| (end & !RECORD_END) as usize);
    let mut start = 0;
    ends.map(move |end| &text[std::mem::replace(&mut start, end.wrapping_add(1))..end])
}

/// Whole records of one width are found exactly where the cells are certain and of that width.
fn records_agree(text: &[u8], indexed: Option<&Scanned>, ends: &[u32]) {
    let first = ends.iter().position(|end| end & RECORD_END != 0).map_or(3, |last| last.saturating_add(1));
    for width in [1, 2, 3, first] {
        let mut walk = RecordWalk::new((text, b','), width);
        portable(text, b',', &mut walk);
        let found = whole_records(text, b',', width);
        assert_eq!(found, walk.finish());
        let records: Vec<&[u32]> = ends.split_inclusive(|end| end & RECORD_END != 0).collect();
        let is_even = width > 1 && records.iter().all(|record| record.len() == width);
        let wanted = indexed.filter(|_| is_even).map(|scanned| WholeRecords {
            records: records.len(),
            length: scanned.consumed,
            lines: line_ends(&text[..scanned.consumed]),
            may_have_blank_rows: records_of(text, ends).any(|record| may_be_blank(record, b',')),
        });
        assert_eq!(found, wanted, "{width} {:?}", String::from_utf8_lossy(text));
    }
}

#[test]
fn well_formed_blocks_are_certain() {
    let row = "P1,\"a, \"\"b\"\"\nc\",,6.5,\"\"\r\n";
    for rows in 1..60 {
        assert!(agree(row.repeat(rows).as_bytes()), "{rows} rows");
    }
}

#[test]
fn a_flaw_at_any_position_is_left_to_scan() {
    for pad in 0..130 {
        let text = format!("{}\n,5\" w,\n", "x".repeat(pad));
        assert!(!agree(text.as_bytes()));
        let mut ends = Vec::new();
        assert_eq!(scan(text.as_bytes(), b',', true, &mut ends).flaws, [QuoteFlaw::StrayQuote { at: pad + 3 }]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn never_another_answer_than_scan(text in "[a\",\n\r]{0,200}") {
        agree(text.as_bytes());
    }

    #[test]
    fn well_formed_cells_are_certain(cells in prop::collection::vec("(\"(a|,|\n|\"\"){0,40}\"|[ab]{0,20})", 1..60)) {
        let mut text = cells.join(",");
        text.push('\n');
        prop_assert!(agree(text.as_bytes()));
    }
}
