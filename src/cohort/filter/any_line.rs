//! `any_line(agent = 'methotrexate' and response = 'none')`: a condition on one line of treatment;
//! `in_order(agent = 'methotrexate', agent = 'colchicine')`: conditions on one line each.
//!
//! It is true if one line satisfies it, or lines in this order, with or without others between them.
//! What a line does not tell is unknown; a patient without treatment has no such line. Of several
//! agents, `agent = x` is true if one is x, and `agent <> x` if none is.

use super::bound::Atom;
use super::fault::{FilterFault, FilterResult};
use super::interval::{NumericValue, ValueInterval};
use super::line_field::{LineField, field_names};
use super::line_test::{LineQuestion, LineTest};
use super::names::did_you_mean;
use super::question::CellQuestion;
use super::range::{NotARange, number_ends, ranges};
use super::syntax::{
    Constant, FilterCondition, FilterName, Literal, Operand, Operator, Predicate, Side, Span, name_as_written,
    text_as_written,
};
use super::tree::ConditionTree;
use super::vocabulary::{FilterVocabulary, WordKind};
use super::words::WordTest;
use crate::cohort::column::CaseColumn;
use crate::cohort::lines::{route, route_words};
use crate::diagnostic::nearest;
use crate::schema::lexical::yes_no;
use crate::schema::response::Response;
use crate::schema::{Variable, declared_word};

/// Binds the condition of any_line(), or those of in_order(), to a column of treatment lines.
pub(super) fn bind<'a>(
    column: CaseColumn<'a>,
    conditions: &[ConditionTree<FilterCondition>],
) -> FilterResult<Atom<'a>> {
    let mut vocabulary = FilterVocabulary::default();
    column.variable().classes.keys().for_each(|agent| vocabulary.declare(WordKind::Agent, agent));
    column.variable().domains.iter().for_each(|domain| vocabulary.declare(WordKind::Domain, domain));
    let mut binder = LineBinder { variable: column.variable(), vocabulary };
    let mut bind =
        |condition: &ConditionTree<FilterCondition>| condition.try_map(&mut |condition| binder.condition(condition));
    let conditions: Vec<ConditionTree<LineTest>> = conditions.iter().map(&mut bind).collect::<FilterResult<_>>()?;
    Ok(Atom::new(column, CellQuestion::Lines(column.rules, conditions), false).with(binder.vocabulary))
}

struct LineBinder<'a> {
    variable: &'a Variable,
    vocabulary: FilterVocabulary,
}

impl LineBinder<'_> {
    fn condition(&mut self, condition: &FilterCondition) -> FilterResult<LineTest> {
        let (name, negated, test, at) = match condition {
            FilterCondition::Test { operand: Operand::Name(name), negated, test, at } => (name, *negated, test, *at),
            FilterCondition::Test { operand: other, .. } => return Err(not_of_a_line(other.name().at)),
            FilterCondition::Has { column, .. } | FilterCondition::Whole { column } => {
                return Err(not_of_a_line(column.at));
            }
            FilterCondition::AnyLine { at, .. } | FilterCondition::InOrder { at, .. } => {
                return Err(not_of_a_line(*at));
            }
        };
        if let Predicate::Compare(_, Side::Operand(other)) = test {
            let remedy = format!("write text in single quotes: {}", text_as_written(&other.name().text));
            let message = "inside any_line() and in_order(), a name can only be compared with a value";
            return Err(FilterFault::new(message, other.name().at, Some(remedy)));
        }
        let field = match LineField::named(&name.text, self.variable.target_domain.as_deref()) {
            LineField::Domain(domain) => {
                let known = self.variable.domains.iter().chain(&self.variable.spellings).map(String::as_str);
                LineField::Domain(declared_word(&domain, known).map(str::to_owned).unwrap_or(domain))
            }
            field => field,
        };
        let (asked, flipped) = match (test, field) {
            (Predicate::IsNull, field) => {
                self.ask_domain(&field, name.at);
                (LineQuestion::IsNull(field), false)
            }
            (_, LineField::Flag(flag)) => (LineQuestion::Flag(flag), !self.wanted(name, test, at)?),
            (_, LineField::Number) => (LineQuestion::Number(line_numbers(name, test, at)?), false),
            (_, LineField::Agent) => (LineQuestion::Agent(self.agents(name, test, at)?), false),
            (_, LineField::Class) => (LineQuestion::Class(self.classes(name, test, at)?), false),
            (_, LineField::Route) => (LineQuestion::Route(routes(name, test, at)?), false),
            (_, LineField::Detail) => {
                (LineQuestion::Detail(word_test(name, test, at, |_, text| Ok(text.to_owned()))?), false)
            }
            (_, field) => {
                let test = responses(name, test, at)?;
                self.ask_domain(&field, name.at);
                (
                    LineQuestion::Response(
                        if let LineField::Domain(domain) = field { Some(domain) } else { None },
                        test,
                    ),
                    false,
                )
            }
        };
        Ok(LineTest { question: asked, negated: negated ^ test.is_unequal() ^ flipped })
    }

    fn ask_domain(&mut self, field: &LineField, at: Span) {
        if let LineField::Domain(domain) = field {
            self.vocabulary.ask(WordKind::Domain, domain, at);
        }
    }

    /// Whether a flag is compared with true; `<>` is negated elsewhere.
    fn wanted(&self, name: &FilterName, test: &Predicate, at: Span) -> FilterResult<bool> {
        let wanted = match test {
            Predicate::Holds => Some(true),
            Predicate::Compare(Operator::Equal | Operator::NotEqual, Side::Literal(literal)) => match &literal.value {
                Constant::Boolean(truth) => Some(*truth),
                Constant::Text(text) => yes_no(text.trim()),
                Constant::Number(_) => None,
            },
            _ => None,
        };
        wanted.ok_or_else(|| {
            let remedy = format!("write {name} or NOT {name}");
            FilterFault::new(format!("{name} is true or false"), at, Some(remedy))
        })
    }

    fn agents(&mut self, name: &FilterName, test: &Predicate, at: Span) -> FilterResult<WordTest> {
        let agents = self.variable.classes.keys().chain(&self.variable.spellings).map(String::as_str);
        let meant = |text: &str| declared_word(text, agents.clone()).unwrap_or(text).to_owned();
        let asked = word_test(name, test, at, |_, text| Ok(meant(text)))?;
        if let WordTest::OneOf(words) = &asked {
            let spans = test.literals().into_iter().map(|literal| literal.at);
            words.iter().zip(spans).for_each(|(word, at)| self.vocabulary.ask(WordKind::Agent, word, at));
        }
        Ok(asked)
    }

    /// The classes are those of the schema: any other one is a fault.
    fn classes(&self, name: &FilterName, test: &Predicate, at: Span) -> FilterResult<WordTest> {
        let column = name_as_written(&self.variable.name);
        let declared = || {
            let mut all: Vec<&str> = self.variable.classes.values().map(String::as_str).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        if self.variable.classes.is_empty() {
            let remedy = "list the class of each agent under \"classes\" in the schema";
            let message = format!("{column} has no classes of agents");
            return Err(FilterFault::new(message, name.at, Some(remedy.to_owned())));
        }
        word_test(name, test, at, |literal, text| {
            if let Some(class) = declared_word(text, declared().into_iter()) {
                return Ok(class.to_owned());
            }
            let message = format!("{column} has no class {}", text_as_written(text));
            let remedy = did_you_mean(text, "the classes are", &declared(), text_as_written);
            Err(FilterFault::new(message, literal.at, remedy))
        })
    }
}

fn not_of_a_line(at: Span) -> FilterFault {
    let remedy = format!("the fields of a line are {} and its response domains", field_names().join(", "));
    FilterFault::new("any_line() and in_order() accept only conditions on a treatment line", at, Some(remedy))
}

fn line_numbers(name: &FilterName, test: &Predicate, at: Span) -> FilterResult<Vec<ValueInterval<NumericValue>>> {
    ranges(test, number_ends).map_err(|wrong| {
        let at = match wrong {
            NotARange::NotOrdered => at,
            NotARange::Value(literal) => literal.at,
            NotARange::Empty(low, high) => low.at.to(high.at),
        };
        let message = format!("{name} is the number of a treatment line, from 1");
        FilterFault::new(message, at, Some(format!("write {name} = 1, {name} > 1 or {name} BETWEEN 1 AND 2")))
    })
}

/// A test of routes, which may be written by any of their names.
fn routes(name: &FilterName, test: &Predicate, at: Span) -> FilterResult<WordTest> {
    word_test(name, test, at, |literal, text| {
        let fault = || {
            let remedy = did_you_mean(text, "the routes are", &route_words(), text_as_written);
            FilterFault::new(format!("{} is not a known route", text_as_written(text)), literal.at, remedy)
        };
        route(text).map(str::to_owned).ok_or_else(fault)
    })
}

/// A test of responses, which may be written by their synonyms.
fn responses(name: &FilterName, test: &Predicate, at: Span) -> FilterResult<WordTest> {
    if matches!(test, Predicate::Holds)
        || test.literals().iter().any(|literal| !matches!(literal.value, Constant::Text(_)))
    {
        return Err(no_field(name).unwrap_or_else(|| misfit(name, at)));
    }
    word_test(name, test, at, |literal, text| {
        if let Some((response, _)) = Response::parse(text) {
            return Ok(response.word().to_owned());
        }
        let words = Response::ALL.map(Response::word);
        let remedy = did_you_mean(text, "the responses are", &words, text_as_written);
        let fault = FilterFault::new(format!("{} is not a known response", text_as_written(text)), literal.at, remedy);
        Err(no_field(name).unwrap_or(fault))
    })
}

/// The fault of a name that is nearly that of a field, in a test that no domain can have.
pub(super) fn no_field(name: &FilterName) -> Option<FilterFault> {
    let near = nearest(&name.text, &field_names()).filter(|near| *near != name.text)?;
    Some(FilterFault::new(format!("a treatment line has no {name}"), name.at, Some(format!("did you mean {near}?"))))
}

fn misfit(name: &FilterName, at: Span) -> FilterFault {
    let remedy = format!("write {name} = '...', {name} IN ('...'), {name} LIKE '%...%' or {name} IS NULL");
    FilterFault::new(format!("{name} is a text of a treatment line, without an order"), at, Some(remedy))
}

/// A test of words; `level` reads a literal.
fn word_test(
    name: &FilterName,
    test: &Predicate,
    at: Span,
    level: impl Fn(&Literal, &str) -> FilterResult<String>,
) -> FilterResult<WordTest> {
    let text = |literal: &Literal| match &literal.value {
        Constant::Text(text) => Ok(text.trim().to_owned()),
        _ => Err(misfit(name, literal.at)),
    };
    match test {
        Predicate::Like(Literal { value: Constant::Text(pattern), .. }) => Ok(WordTest::Like(pattern.clone())),
        Predicate::Compare(operator, Side::Literal(_)) if !operator.is_equality() => Err(misfit(name, at)),
        Predicate::Compare(..) | Predicate::In(_) => {
            let words: FilterResult<Vec<String>> =
                test.literals().into_iter().map(|literal| level(literal, &text(literal)?)).collect();
            Ok(WordTest::OneOf(words?))
        }
        _ => Err(misfit(name, at)),
    }
}
