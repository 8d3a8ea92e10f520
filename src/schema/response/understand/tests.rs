use super::*;

fn said(text: &str, context: ResponseContext) -> Said {
    match understand(text, context) {
        Understanding::Understood(said) => said,
        other => panic!("{text}: {other:?}"),
    }
}

/// Response, relapse, death, death of another cause.
fn told(text: &str) -> (Option<Response>, bool, bool, bool) {
    let said = said(text, ResponseContext::ResponseColumn);
    (said.response, said.events.relapse, said.events.death, said.events.death_of_another_cause)
}

const CONTEXTS: [ResponseContext; 3] =
    [ResponseContext::ResponseColumn, ResponseContext::OutcomeColumn, ResponseContext::TreatmentLine];

/// Words of response, alone and with words of degree, time and kind.
const WORDS_OF_RESPONSE: &[(&str, Response)] = &[
    ("Cured", Response::Complete),
    ("healed after 6 months", Response::Complete),
    ("complete metabolic response", Response::Complete),
    ("remission", Response::Improved),
    ("clinical remission at 3 mo", Response::Improved),
    ("remission (complete)", Response::Complete),
    ("complete remission", Response::Complete),
    ("marked improvement", Response::Improved),
    ("much better", Response::Improved),
    ("improved significantly", Response::Improved),
    ("slight improvement.", Response::Improved),
    ("improved with treatment", Response::Improved),
    ("good partial response", Response::Partial),
    ("CR (complete response)", Response::Complete),
    ("PR, ongoing", Response::Partial),
    ("stable disease", Response::Stable),
    ("disease progression", Response::Worsened),
    ("slightly worse", Response::Worsened),
    ("treatment failure", Response::None),
    ("no response to treatment", Response::None),
    ("NE", Response::NotEvaluable),
    ("not recovered/not resolved", Response::None),
    ("unknown", Response::NotReported),
    ("", Response::NotReported),
    ("Rémission complète", Response::Complete),
    ("amélioration", Response::Improved),
    ("deutliche Besserung", Response::Improved),
    ("Unverändert", Response::Stable),
    ("mejoría", Response::Improved),
    ("migliorato", Response::Improved),
    ("estável", Response::Stable),
    ("pCR", Response::Complete),
    ("RC", Response::Complete),
    ("RP", Response::Partial),
    ("uCR", Response::Complete),
    ("no respondió", Response::None),
    ("non répondeur", Response::None),
    ("não melhorou", Response::None),
    ("niet verbeterd", Response::None),
    ("progressie", Response::Worsened),
    ("peor", Response::Worsened),
    ("igual", Response::Stable),
    ("CRi", Response::Complete),
    ("sCR", Response::Complete),
    ("CR, MRD negative", Response::Complete),
    ("CR (MRD-)", Response::Complete),
    ("CR MRD+", Response::Complete),
    ("VGPR MRD-neg", Response::Partial),
    ("near complete", Response::Partial),
    ("Nearly complete response", Response::Partial),
    ("near-CR", Response::Partial),
    ("nCR", Response::Partial),
    ("fast vollständig", Response::Partial),
    ("réponse quasi complète", Response::Partial),
    ("casi completa", Response::Partial),
    ("bijna volledig", Response::Partial),
    ("improved but not healed", Response::Improved),
    ("partial response, not resolved", Response::Partial),
    ("resolución completa", Response::Complete),
    ("Abgeheilt", Response::Complete),
    ("risolto", Response::Complete),
    ("resolvido", Response::Complete),
    ("volledig genezen", Response::Complete),
];

#[test]
fn words_alone_and_with_degree_time_and_kind_are_understood() {
    for (text, response) in WORDS_OF_RESPONSE.iter().copied() {
        for context in CONTEXTS {
            assert_eq!(said(text, context).response, Some(response), "{text}");
        }
    }
}

/// Negations of an improvement.
const NO_IMPROVEMENT: &[&str] = &[
    "not improved",
    "no remission",
    "without response",
    "did not respond",
    "Not significantly improved",
    "no clinical response",
    "never improved",
    "failed to respond",
    "no evidence of improvement",
    "ohne Besserung",
    "sans amélioration",
    "unimproved",
    "not resolved",
    "not healed",
    "no resuelto",
    "sin resolución",
    "nicht abgeheilt",
    "noch nicht abgeheilt",
    "pas de résolution",
    "non guéri",
    "pas guéri",
    "non risolto",
    "mancata risoluzione",
    "não resolvido",
    "sem resolução",
    "niet genezen",
    "geen genezing",
    "Unresolved",
    "less than PR",
    "<PR",
];

#[test]
fn a_negation_is_read_first() {
    for text in NO_IMPROVEMENT.iter().copied() {
        assert_eq!(told(text), (Some(Response::None), false, false, false), "{text}");
    }
    for text in [
        "incomplete",
        "incomplete response",
        "not complete",
        "no complete remission",
        "not completely healed",
        "no complete resolution",
        "not cured",
        "no curado",
        "no CR",
        "not CR",
        "MRD negative",
        "no progression",
        "not worse",
        "no further improvement",
        "no marked improvement",
        "no major response",
        "no relapse, progression",
        "no response or remission",
        "no recurrence and death",
        "not stable",
        "no NED",
    ] {
        assert_eq!(understand(text, ResponseContext::ResponseColumn), Understanding::NotUnderstood, "{text}");
    }
    let said = said("CR, no recurrence", ResponseContext::ResponseColumn);
    assert_eq!((said.response, said.events.relapse, said.denied.relapse), (Some(Response::Complete), false, true));
}

#[test]
fn events_stand_beside_the_response() {
    for (text, expected) in [
        ("partial response then relapse", (Some(Response::Partial), true, false, false)),
        ("improved, relapsed after 2 years", (Some(Response::Improved), true, false, false)),
        ("CR -> recurrence", (Some(Response::Complete), true, false, false)),
        ("local recurrence", (None, true, false, false)),
        ("2 relapses", (None, true, false, false)),
        ("PR, died 2 y later", (Some(Response::Partial), false, true, false)),
        ("no response, died", (Some(Response::None), false, true, false)),
        ("died", (Some(Response::Died), false, true, false)),
        ("died at 3 months", (Some(Response::Died), false, true, false)),
        ("died of other causes", (Some(Response::NotEvaluable), false, false, true)),
        ("CR, died of unrelated cause", (Some(Response::Complete), false, false, true)),
        ("décédé", (Some(Response::Died), false, true, false)),
        ("initial response, followed by relapse", (Some(Response::Improved), true, false, false)),
        ("Rezidiv", (None, true, false, false)),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
    assert!(said("transient improvement", ResponseContext::TreatmentLine).modifiers.transient);
    assert!(said("PR (unconfirmed)", ResponseContext::TreatmentLine).modifiers.unconfirmed);
    assert!(said("improved (relapsed)", ResponseContext::TreatmentLine).modifiers.relapsed);
}

#[test]
fn a_death_in_an_outcome_is_an_event_and_no_response() {
    let outcome = |text: &str| said(text, ResponseContext::OutcomeColumn);
    assert_eq!((outcome("died").response, outcome("died").events.death), (None, true));
    assert_eq!(outcome("dead of other cause").response, None);
    assert_eq!((outcome("alive").response, outcome("alive").status), (None, Some(Status::Alive)));
    assert_eq!(outcome("NED").status, Some(Status::NoEvidenceOfDisease));
    assert!(outcome("Died of sepsis").events.death && outcome("died due to pneumonia").response.is_none());
    assert_eq!(understand("died of sepsis", ResponseContext::ResponseColumn), Understanding::NotUnderstood);
    assert_eq!(told("CR, died of sepsis"), (Some(Response::Complete), false, true, false));
    assert!(said("uCR", ResponseContext::TreatmentLine).modifiers.unconfirmed);
    assert_eq!(outcome("alive, NED").status, Some(Status::NoEvidenceOfDisease));
    assert_eq!(outcome("AWD at last follow-up").status, Some(Status::AliveWithDisease));
    assert_eq!(said("died", ResponseContext::TreatmentLine).response, Some(Response::Died));
}

#[test]
fn grades_are_responses_in_a_column_of_responses_only() {
    for (word, response) in [
        ("good", Response::Improved),
        ("Excellent", Response::Improved),
        ("fair", Response::Partial),
        ("poor", Response::None),
    ] {
        assert_eq!(said(word, ResponseContext::ResponseColumn).response, Some(response), "{word}");
        assert_eq!(understand(word, ResponseContext::OutcomeColumn), Understanding::NotUnderstood, "{word}");
        assert_eq!(understand(word, ResponseContext::TreatmentLine), Understanding::NotUnderstood, "{word}");
    }
}

#[test]
fn codes_and_contradictions_stay_open() {
    let understood = |text: &str| understand(text, ResponseContext::ResponseColumn);
    for (text, code) in [("NR", Code::Nr), ("n.r.", Code::Nr), ("NC", Code::Nc), ("nd", Code::Nd), ("N/R", Code::Nr)] {
        assert_eq!(understood(text), Understanding::Ambiguous(Ambiguity::Code(code)), "{text}");
    }
    let both = Ambiguity::Responses(Response::Stable, Response::Worsened);
    assert_eq!(understood("stable disease, then progression"), Understanding::Ambiguous(both));
    assert!(matches!(understood("CR/PR"), Understanding::Ambiguous(_)));
    let both = Ambiguity::Responses(Response::Complete, Response::None);
    assert_eq!(understood("healed, not resolved"), Understanding::Ambiguous(both));
    for text in ["splendid", "CR?", "probable CR", "improved, splendid", "minimal", "no treatment", "12", "MR"] {
        assert_eq!(understood(text), Understanding::NotUnderstood, "{text}");
    }
}

#[test]
fn an_answer_is_a_response_only_below_a_header_of_responses() {
    for (text, response) in [("yes", Response::Improved), ("Nein", Response::None), ("sí", Response::Improved)] {
        assert_eq!(said(text, ResponseContext::ResponseColumn).response, Some(response), "{text}");
        for other in [ResponseContext::OutcomeColumn, ResponseContext::TreatmentLine] {
            assert_eq!(understand(text, other), Understanding::NotUnderstood, "{text}");
        }
    }
}

#[test]
fn codes_of_responses_are_known_in_any_writing() {
    assert!(holds_response_codes(["NR", "cr"].into_iter()));
    assert!(!holds_response_codes(["NR", "improved", "NC"].into_iter()));
}

#[test]
fn a_patient_may_be_untreated() {
    for text in [
        "Observation",
        "none",
        "no treatment",
        "watchful waiting",
        "wait-and-see",
        "keine Therapie",
        "sin tratamiento",
        "no",
        "None given",
        "none (refused)",
        "Abwarten",
        "néant",
        "vigile attesa",
        "não tratado",
        "afwachten",
    ] {
        assert!(names_no_treatment(text), "{text}");
    }
    for text in ["prednisone", "not reported", "", "conservative"] {
        assert!(!names_no_treatment(text), "{text}");
    }
}
