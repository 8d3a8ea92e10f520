use super::{KindCondition, Like};

#[test]
fn every_word_is_its_tool() {
    for like in Like::ALL {
        assert_eq!(like.word().parse(), Ok(like));
    }
}

/// The table of quantile types that the tools' documentation gives.
#[test]
fn quantile_types_are_those_of_the_tools() {
    let types = Like::ALL.map(|like| like.preset().quantile_type().number());
    assert_eq!(types, [2, 2, 7, 7, 7, 7, 7, 2, 6]);
}

#[test]
fn templates_close_their_braces() {
    for like in Like::ALL {
        let preset = like.preset();
        let templates = preset.number.iter().map(|row| row.template).chain([preset.category]);
        for template in templates {
            let names: Vec<&str> = template.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect();
            assert!(!names.is_empty() && names.iter().all(|name| !name.is_empty()), "{template}");
        }
    }
}

/// 19 different values of 4,000 are less than one in 200 (`detect_categorical` of Python
/// tableone: distinct / values < 0.005), 20 are not.
#[test]
fn other_tools_judge_by_different_values() {
    let share = KindCondition::DistinctLessThanOneIn(200);
    assert!(share.holds(4000, 19, false) && !share.holds(4000, 20, false));
    let few = KindCondition::FewerDistinct(10);
    assert!(few.holds(7, 7, false) && !few.holds(7_000, 10, false) && !few.holds(0, 0, false));
    assert!(KindCondition::ZeroAndOne.holds(5, 2, true) && !KindCondition::ZeroAndOne.holds(5, 2, false));
}
