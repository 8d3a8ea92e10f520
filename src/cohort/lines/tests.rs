use super::*;
use crate::read::block::ITEM;
use proptest::prelude::*;

fn lines(text: &str) -> Vec<Line> {
    parse_lines(text, ';', None).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

fn line(text: &str) -> Line {
    parse_line(text, None).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
}

fn names(line: &Line) -> Vec<&str> {
    line.agents.iter().map(|agent| agent.name.as_str()).collect()
}

fn said(response: Response) -> StatedResponse {
    StatedResponse { response: Some(response), ..StatedResponse::default() }
}

#[test]
fn the_line_of_the_manual_is_read() {
    let cell = "colchicine: none, pain=improved; prednisone + azathioprine: partial (unconfirmed); \
                surgery: not reported (relapsed)";
    let read = lines(cell);
    assert_eq!(read.len(), 3);
    assert_eq!((names(&read[0]), read[0].response()), (vec!["colchicine"], Response::None));
    assert_eq!(read[0].domains, [DomainResponse { name: "pain".to_owned(), said: said(Response::Improved) }]);
    assert_eq!(names(&read[1]), ["prednisone", "azathioprine"]);
    assert!(read[1].is_combination() && read[1].target.modifiers.unconfirmed && !read[1].is_confirmed_responder());
    assert_eq!(read[2].target.response, Some(Response::NotReported));
    assert!(read[2].target.modifiers.relapsed);
    assert_eq!(read.iter().map(Line::to_string).collect::<Vec<_>>().join("; "), cell);
}

#[test]
fn details_quotes_and_parentheses_protect_separators() {
    let read = lines("pamidronate [30 mg/day IV; 6 x (a+b): x] + \"drug; \"\"A\"\" + b: c\" [x]; z (a;b): CR (x; y)");
    assert_eq!(read.len(), 2);
    assert_eq!(names(&read[0]), ["pamidronate", "drug; \"A\" + b: c"]);
    assert_eq!(read[0].agents[0].detail.as_deref(), Some("30 mg/day IV; 6 x (a+b): x"));
    assert_eq!(read[0].agents[1].detail.as_deref(), Some("x"));
    assert_eq!(names(&read[1]), ["z (a;b)"]);
    assert_eq!(
        (read[1].response(), read[1].target.remarks.as_slice()),
        (Response::Complete, ["x; y".to_owned()].as_slice())
    );
    assert_eq!(read[1].target.synonym.as_deref(), Some("CR"));
}

#[test]
fn what_is_not_stated_is_not_reported() {
    for text in
        ["surgery", "surgery:", "surgery: ", "surgery: (relapsed)", "surgery: relapsed", "surgery: pain=improved"]
    {
        let read = line(text);
        assert_eq!((read.target.response, read.response()), (None, Response::NotReported), "{text}");
        assert_eq!(read.target.modifiers.relapsed, text.contains("relapsed"), "{text}");
    }
    assert_eq!(line("surgery: unknown").target.response, Some(Response::NotReported));
}

#[test]
fn an_unknown_response_stays_on_its_line() {
    let read = line("surgery: minimal (unconfirmed, at 3 months), pain=odd");
    assert_eq!((read.target.unreadable.as_deref(), read.response()), (Some("minimal"), Response::NotReported));
    assert!(read.target.modifiers.unconfirmed);
    assert_eq!(read.target.remarks, ["at 3 months"]);
    assert_eq!(read.domains[0].said.unreadable.as_deref(), Some("odd"));
}

#[test]
fn the_target_domain_is_the_response_of_the_line() {
    let read = parse_line("a: calcinosis=none, skin=stable", Some("calcinosis")).unwrap();
    assert_eq!((read.response(), read.domains.len()), (Response::None, 1));
    assert_eq!(
        parse_line("a: partial, calcinosis=none", Some("calcinosis")),
        Err(LineFault::RepeatedDomain("calcinosis".to_owned()))
    );
    assert_eq!(parse_line("a: calcinosis=none", Some("skin")).unwrap().response(), Response::NotReported);
}

#[test]
fn agents_are_named_once() {
    let read = line("a + b + a [2 mg] + a [3 mg]");
    assert_eq!(names(&read), ["a", "b"]);
    assert_eq!(read.agents[0].detail.as_deref(), Some("2 mg"));
}

#[test]
fn a_line_that_cannot_be_taken_apart_is_a_fault() {
    let text = |t: &str| t.to_owned();
    for (cell, fault) in [
        ("\"a: none", LineFault::UnclosedQuote),
        ("a [2 mg: none", LineFault::Unbalanced('[')),
        ("a 2 mg]: none", LineFault::Unbalanced(']')),
        ("a (x: none", LineFault::Unbalanced('(')),
        ("a: none)", LineFault::Unbalanced(')')),
        ("a [x(]): none", LineFault::Unbalanced(']')),
        ("a + : none", LineFault::EmptyAgent),
        (": none", LineFault::EmptyAgent),
        ("\" \": none", LineFault::EmptyAgent),
        ("[2 mg]: none", LineFault::EmptyAgent),
        ("a; ; b", LineFault::EmptyAgent),
        ("; a", LineFault::EmptyAgent),
        ("a [2 mg] IV: none", LineFault::TextAfterAgent(text("IV"))),
        ("\"a\" b: none", LineFault::TextAfterAgent(text("b"))),
        ("a: partial, splendid", LineFault::NotADomain(text("splendid"))),
        ("a: partial, =improved", LineFault::NotADomain(text("="))),
        ("a: none, pain=none, pain=improved", LineFault::RepeatedDomain(text("pain"))),
    ] {
        assert_eq!(parse_lines(cell, ';', None), Err(fault.clone()), "{cell}");
        assert!(!fault.message().is_empty() && !fault.remedy().is_empty());
    }
}

#[test]
fn segments_are_cut_outside_protection_only() {
    let cut = |text, delimiter| segments(text, delimiter).collect::<Vec<_>>();
    assert_eq!(cut("a; b ;c", ';'), ["a", "b", "c"]);
    assert_eq!(cut("a;b;", ';'), ["a", "b"]);
    assert_eq!(cut("a;b; ", ';'), ["a", "b"]);
    assert_eq!(cut("a;;b", ';'), ["a", "", "b"]);
    assert_eq!(cut("", ';'), [""; 0]);
    assert_eq!(cut("a [x;y];\"b;c\";(d;e)", ';'), ["a [x;y]", "\"b;c\"", "(d;e)"]);
    assert_eq!(cut("a|b;c", '|'), ["a", "b;c"]);
    assert_eq!(cut("a\u{1F}b;c", ITEM), ["a", "b;c"]);
    assert_eq!(cut("é·ù·ß", '·'), ["é", "ù", "ß"]);
    assert_eq!(cut("a \"b; c", ';'), ["a \"b; c"]);
}

#[test]
fn no_treatment_means_no_lines() {
    assert_eq!(lines(" None "), []);
    assert_eq!(lines(""), []);
    assert_eq!(lines("none; a").len(), 2);
}

#[test]
fn the_lines_of_the_report_are_read() {
    let read = parse_lines(
        "methylprednisolone [3 x 1 g/1.73 m²/day] + prednisone [2 mg/kg/day, 8 weeks]: not reported (relapsed) | \
         corticosteroid + methotrexate: complete, strength=improved | bisphosphonate: improved (unconfirmed)",
        '|',
        Some("calcinosis"),
    )
    .unwrap();
    let responses: Vec<_> = read.iter().map(Line::response).collect();
    assert_eq!(responses, [Response::NotReported, Response::Complete, Response::Improved]);
    assert_eq!(read.iter().map(Line::is_confirmed_responder).collect::<Vec<_>>(), [false, true, false]);
}

/// A trimmed name that may contain every separator.
fn name() -> impl Strategy<Value = String> {
    "[a-z;|:+=,\"\\[\\]()é ]{1,8}".prop_map(|text| text.trim().to_owned()).prop_filter("empty", |text| !text.is_empty())
}

fn any_response() -> impl Strategy<Value = StatedResponse> {
    let response = prop::option::of(prop::sample::select(Response::ALL.to_vec()));
    (response, any::<[bool; 3]>(), prop::option::of("z[a-z]{0,6}")).prop_map(|(response, set, remark)| StatedResponse {
        response,
        modifiers: Modifiers { unconfirmed: set[0], transient: set[1], relapsed: set[2] },
        remarks: remark.into_iter().collect(),
        ..StatedResponse::default()
    })
}

fn any_line() -> impl Strategy<Value = Line> {
    let agent = (name(), prop::option::of("[a-z0-9;|:+=,/é]{1,8}"));
    let agents = prop::collection::btree_map(name(), agent, 1..4);
    let domains = prop::collection::btree_map("[a-z]{1,6}", any_response(), 0..3);
    (agents, any_response(), domains).prop_map(|(agents, target, domains)| Line {
        unclear: None,
        agents: agents.into_iter().map(|(name, (_, detail))| Agent { name, detail }).collect(),
        target,
        domains: domains.into_iter().map(|(name, said)| DomainResponse { name, said }).collect(),
    })
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), delimiter in prop::sample::select(vec![';', '|', ITEM, '·'])) {
        let _ = parse_lines(&text, delimiter, Some("a"));
        prop_assert!(segments(&text, delimiter).count() <= text.split(delimiter).count());
    }

    #[test]
    fn nothing_near_a_line_panics(text in "[ab;|:+=,\"\\[\\]() é]{0,16}") {
        let _ = parse_lines(&text, ';', Some("a"));
    }

    #[test]
    fn a_rendered_line_reads_back(line in any_line()) {
        let text = line.to_string();
        prop_assert_eq!(parse_line(&text, None), Ok(line), "{}", text);
    }

    #[test]
    fn rendered_lines_read_back(
        all in prop::collection::vec(any_line(), 1..5),
        delimiter in prop::sample::select(vec![';', '|', ITEM]),
    ) {
        let text = all.iter().map(Line::to_string).collect::<Vec<_>>().join(&delimiter.to_string());
        prop_assume!(!is_untreated(&text));
        prop_assert_eq!(parse_lines(&text, delimiter, None), Ok(all), "{}", text);
    }

    #[test]
    fn without_protection_segments_are_a_split(text in "[a-c; ]{0,20}") {
        let mut expected: Vec<&str> = text.split(';').map(str::trim).collect();
        if expected.last() == Some(&"") {
            expected.pop();
        }
        prop_assert_eq!(segments(&text, ';').collect::<Vec<_>>(), expected);
    }
}
