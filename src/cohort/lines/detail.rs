//! The routes of an agent, and whether its dose was tapered, from the text in brackets after it.
//!
//! Only a plain statement counts: a word in doubt (`oral?`, `probably IV`), or one after a negation,
//! is ignored; `no taper` means that the dose was not tapered.

use super::Agent;
use crate::schema::doubt::is_doubt;
use crate::schema::items::dose_words::DoseWord;
use crate::schema::missing_words::certainly_missing;

/// The routes with their other names; a word is compared without points and
/// hyphens, in small letters.
const ROUTES: [(&str, &[&str]); 14] = [
    ("oral", &["orally", "po", "peroral", "perorally", "oralmente", "orale", "orales", "oraal"]),
    (
        "intravenous",
        &[
            "iv",
            "intravenously",
            "intravenös",
            "intraveineuse",
            "intraveineux",
            "intravenosa",
            "intravenoso",
            "intraveneus",
            "endovenosa",
            "endovenoso",
            "ev",
        ],
    ),
    (
        "intramuscular",
        &["im", "intramuscularly", "intramuskulär", "intramusculaire", "intramuscolare", "intramusculair"],
    ),
    (
        "subcutaneous",
        &[
            "sc",
            "subcutaneously",
            "subkutan",
            "subcutan",
            "sous-cutané",
            "sous-cutanée",
            "subcutánea",
            "subcutáneo",
            "sottocutanea",
            "sottocute",
            "subcutânea",
            "subcutaan",
        ],
    ),
    ("topical", &["topically", "topisch", "topique", "tópico", "tópica", "topico", "topica"]),
    ("intralesional", &["intralesionally"]),
    ("intra-articular", &["intraarticular"]),
    ("intradermal", &["intradermally"]),
    ("inhaled", &["inhalation", "nebulised", "nebulized", "inhalativ", "inhalé", "inhalado", "inalatoria"]),
    ("intranasal", &["nasal", "intranasally"]),
    ("rectal", &["rectally"]),
    ("intrathecal", &["intrathecally"]),
    ("sublingual", &["sublingually"]),
    ("transdermal", &["transdermally"]),
];
/// Routes of two words.
const OF_TWO_WORDS: [(&str, &str, &str); 2] = [("per", "os", "oral"), ("by", "mouth", "oral")];
const DENIALS: [&str; 7] = ["no", "not", "non", "never", "without", "none", "neither"];
/// Words between a negation and what it negates.
const BETWEEN: [&str; 6] = ["a", "any", "yet", "be", "been", "being"];
/// The route of a word or phrase such as `IV` or `per os`; `None` if it is not a route.
pub fn route(text: &str) -> Option<&'static str> {
    let words: Vec<DetailWord> = words(text).collect();
    let routes: Vec<&'static str> = match words.as_slice() {
        [word] => word.routes("").collect(),
        [first, second] => {
            second.routes(&first.text).filter(|_| OF_TWO_WORDS.iter().any(|(one, ..)| *one == first.text)).collect()
        }
        _ => Vec::new(),
    };
    if let [route] = routes[..] { Some(route) } else { None }
}

/// The words of all routes.
pub fn route_words() -> [&'static str; ROUTES.len()] {
    ROUTES.map(|(word, _)| word)
}

impl Agent {
    /// The words of the routes in its detail; empty if there are none.
    pub fn routes(&self) -> Vec<&'static str> {
        let mut routes = Vec::new();
        for phrase in self.phrases() {
            let mut before = String::new();
            for (word, mention) in mentions(phrase) {
                routes.extend(word.routes(&before).filter(|_| mention == Mention::Said));
                before = word.text;
            }
        }
        routes
    }

    /// Whether the dose was tapered, by its detail; `None` if the detail does not tell.
    pub fn is_tapered(&self) -> Option<bool> {
        let tapers = self
            .phrases()
            .flat_map(mentions)
            .filter(|(word, _)| word.readings().any(|reading| DoseWord::Taper.is(&reading)));
        let said: Vec<Mention> = tapers.map(|(_, mention)| mention).collect();
        match (said.contains(&Mention::Said), said.contains(&Mention::Denied)) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    fn phrases(&self) -> impl Iterator<Item = &str> {
        self.detail.as_deref().unwrap_or_default().split([',', ';'])
    }
}

/// How a phrase uses one of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mention {
    Said,
    /// Right after `no`.
    Denied,
    /// The phrase contains a negation or a doubt that may not refer to this word.
    Unclear,
}

/// One word in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DetailWord {
    text: String,
}

impl DetailWord {
    /// True if the word, or one of its parts between hyphens, is one of some words.
    fn is(&self, words: &[&str]) -> bool {
        self.readings().any(|reading| words.contains(&reading.as_str()))
    }

    /// The word without hyphens, and its parts between them.
    fn readings(&self) -> impl Iterator<Item = String> {
        let parts = self.text.split('-').filter(|part| part.len() < self.text.len()).map(str::to_owned);
        std::iter::once(self.text.replace('-', "")).chain(parts)
    }

    /// The routes it names after another word: one, or several joined by hyphens.
    fn routes(&self, before: &str) -> impl Iterator<Item = &'static str> {
        let of_two = |(first, second, _): &&(&str, &str, &str)| *first == before && *second == self.text;
        let of_two = OF_TWO_WORDS.iter().find(of_two).map(|(_, _, route)| *route);
        let of_one = self.readings().filter_map(|reading| {
            let is = |(word, others): &&(&str, &[&str])| *word == reading || others.contains(&reading.as_str());
            ROUTES.iter().find(is).map(|(word, _)| *word)
        });
        of_two.into_iter().chain(of_one)
    }
}

/// The words of a text; a question mark is a word of its own, points are removed: `i.v.` is `iv`.
fn words(text: &str) -> impl Iterator<Item = DetailWord> {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '?');
    let words = text.split(move |c| !belongs(c)).flat_map(|word| word.split_inclusive('?'));
    words.flat_map(|word| word.strip_suffix('?').map_or([word, ""], |word| [word, "?"])).filter_map(|word| {
        let text = word.replace('.', "").to_lowercase();
        let text = text.trim_matches('-');
        (!text.is_empty()).then(|| DetailWord { text: text.to_owned() })
    })
}

/// The words of a phrase, with how each is used.
fn mentions(phrase: &str) -> Vec<(DetailWord, Mention)> {
    let words: Vec<DetailWord> = words(phrase).collect();
    let is_in_doubt =
        words.iter().any(|word| word.text == "?" || is_doubt(&word.text) || certainly_missing(&word.text).is_some());
    let mut before = Mention::Said;
    let mut mentions = Vec::with_capacity(words.len());
    for (word, next) in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
        // `non-oral` negates itself.
        let is_denial = word.is(&DENIALS);
        let is_unclear = is_in_doubt || is_denial || next.is_some_and(|next| next.is(&DENIALS));
        let mention = if is_unclear { Mention::Unclear } else { before };
        before = match before {
            _ if is_denial => Mention::Denied,
            Mention::Denied if BETWEEN.contains(&word.text.as_str()) => Mention::Denied,
            Mention::Said => Mention::Said,
            Mention::Denied | Mention::Unclear => Mention::Unclear,
        };
        mentions.push((word.clone(), mention));
    }
    mentions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(detail: &str) -> Agent {
        Agent { name: "prednisone".to_owned(), detail: Some(detail.to_owned()) }
    }

    #[test]
    fn routes_are_whole_words_by_any_of_their_names() {
        let none: &[&str] = &[];
        for (detail, expected) in [
            ("2 mg/kg/day oral until stabilization", &["oral"][..]),
            ("30 mg/day IV 6 x/month", &["intravenous"]),
            ("10 mg p.o./i.v.", &["oral", "intravenous"]),
            ("5 mg Per Os", &["oral"]),
            ("taken by mouth.", &["oral"]),
            ("IM, then SC", &["intramuscular", "subcutaneous"]),
            ("intra-lesional (intra-articular later)", &["intralesional", "intra-articular"]),
            ("sub-cutaneous", &["subcutaneous"]),
            ("oral-IV switch", &["oral", "intravenous"]),
            ("25 % topically", &["topical"]),
            ("temporal electoral ivy mouth os IVIG", none),
            ("systemic", none),
            ("implied oral", none),
            ("oral?, IV", &["intravenous"]),
            ("not oral", none),
            ("non-oral", none),
            ("oral not tolerated", none),
            ("no benefit of oral, then IV", &["intravenous"]),
            ("", none),
        ] {
            assert_eq!(agent(detail).routes(), expected, "{detail}");
        }
        assert_eq!(Agent { detail: None, ..agent("") }.routes(), none);
        assert_eq!(["i.v.", "PO", "Per os"].map(route), [Some("intravenous"), Some("oral"), Some("oral")]);
        assert_eq!(["systemic", "", "x y z", "IV oral", "oral-IV", "big oral", "not"].map(route), [None; 7]);
        assert_eq!(route_words().map(route), route_words().map(Some));
    }

    #[test]
    fn a_taper_is_stated_negated_or_not_mentioned() {
        for (detail, expected) in [
            ("taper", Some(true)),
            ("2 mg/kg/day 8 weeks Tapered", Some(true)),
            ("slow-tapering over 2 years", Some(true)),
            ("not tolerated, tapered", Some(true)),
            ("no taper at first; tapering later", Some(true)),
            ("no taper", Some(false)),
            ("5 mg without any taper", Some(false)),
            ("not yet tapered", Some(false)),
            ("not certain whether tapered", None),
            ("taper not reported", None),
            ("taper?", None),
            ("taper unknown", None),
            ("tapering presumed", None),
            ("tapered: no", None),
            ("tape", None),
            ("60 to 150 mg/day 6 months rising", None),
            ("", None),
        ] {
            assert_eq!(agent(detail).is_tapered(), expected, "{detail}");
        }
        assert_eq!(Agent { detail: None, ..agent("") }.is_tapered(), None);
    }
}
