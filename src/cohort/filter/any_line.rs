//! `any_line(agent = 'methotrexate' and response = 'none')`: a condition on one line of treatment;
//! `in_order(agent = 'methotrexate', agent = 'colchicine')`: conditions on one line each.
//!
//! It holds where it holds of one line, or of lines one after another, others between them or not.
//! What a line does not say is unknown; a patient without treatment has no such line. Of several
//! agents, `agent = x` holds where one is x, and `agent <> x` where none is.

use super::bound::Atom;
use super::fault::{FilterFault, Fitted};
use super::interval::{Interval, Value};
use super::line_field::{Field, field_names};
use super::line_test::{LineQuestion, LineTest};
use super::names::did_you_mean;
use super::question::Question;
use super::range::{NoRange, number_ends, ranges};
use super::syntax::{
    Condition, Constant, Literal, Name, Operand, Operator, Side, Span, Test, name_as_written, text_as_written,
};
use super::tree::Tree;
use super::vocabulary::{Sort, Vocabulary};
use super::words::WordTest;
use crate::cohort::column::CaseColumn;
use crate::cohort::lines::{route, route_words};
use crate::diagnostic::nearest;
use crate::schema::Variable;
use crate::schema::lexical::yes_no;
use crate::schema::response::Response;

/// Binds the condition of any_line(), or those of in_order(), to a column of treatment lines.
pub(super) fn bind<'a>(column: CaseColumn<'a>, conditions: &[Tree<Condition>]) -> Fitted<Atom<'a>> {
    let mut vocabulary = Vocabulary::default();
    column.variable().classes.keys().for_each(|agent| vocabulary.declare(Sort::Agent, agent));
    column.variable().domains.iter().for_each(|domain| vocabulary.declare(Sort::Domain, domain));
    let mut binder = Binder { variable: column.variable(), vocabulary };
    let mut bind = |condition: &Tree<Condition>| condition.try_map(&mut |condition| binder.condition(condition));
    let conditions: Vec<Tree<LineTest>> = conditions.iter().map(&mut bind).collect::<Fitted<_>>()?;
    Ok(Atom::new(column, Question::Lines(column.rules, conditions), false).with(binder.vocabulary))
}

struct Binder<'a> {
    variable: &'a Variable,
    vocabulary: Vocabulary,
}

impl Binder<'_> {
    fn condition(&mut self, condition: &Condition) -> Fitted<LineTest> {
        let (name, negated, test, at) = match condition {
            Condition::Test { operand: Operand::Name(name), negated, test, at } => (name, *negated, test, *at),
            Condition::Test { operand: other, .. } => return Err(not_of_a_line(other.name().at)),
            Condition::Has { column, .. } | Condition::Whole { column } => return Err(not_of_a_line(column.at)),
            Condition::AnyLine { at, .. } | Condition::InOrder { at, .. } => return Err(not_of_a_line(*at)),
        };
        if let Test::Compare(_, Side::Operand(other)) = test {
            let remedy = format!("a text stands in single quotes: {}", text_as_written(&other.name().text));
            let message = "inside any_line() and in_order() a name is compared with a value";
            return Err(FilterFault::new(message, other.name().at, Some(remedy)));
        }
        let field = Field::named(&name.text, self.variable.target_domain.as_deref());
        let (asked, flipped) = match (test, field) {
            (Test::IsNull, field) => {
                self.ask_domain(&field, name.at);
                (LineQuestion::IsNull(field), false)
            }
            (_, Field::Flag(flag)) => (LineQuestion::Flag(flag), !self.wanted(name, test, at)?),
            (_, Field::Number) => (LineQuestion::Number(line_numbers(name, test, at)?), false),
            (_, Field::Agent) => (LineQuestion::Agent(self.agents(name, test, at)?), false),
            (_, Field::Class) => (LineQuestion::Class(self.classes(name, test, at)?), false),
            (_, Field::Route) => (LineQuestion::Route(routes(name, test, at)?), false),
            (_, Field::Detail) => {
                (LineQuestion::Detail(word_test(name, test, at, |_, text| Ok(text.to_owned()))?), false)
            }
            (_, field) => {
                let test = responses(name, test, at)?;
                self.ask_domain(&field, name.at);
                (
                    LineQuestion::Response(if let Field::Domain(domain) = field { Some(domain) } else { None }, test),
                    false,
                )
            }
        };
        Ok(LineTest { question: asked, negated: negated ^ test.is_unequal() ^ flipped })
    }

    fn ask_domain(&mut self, field: &Field, at: Span) {
        if let Field::Domain(domain) = field {
            self.vocabulary.ask(Sort::Domain, domain, at);
        }
    }

    /// Whether a flag is compared with true; `<>` is negated elsewhere.
    fn wanted(&self, name: &Name, test: &Test, at: Span) -> Fitted<bool> {
        let wanted = match test {
            Test::Holds => Some(true),
            Test::Compare(Operator::Equal | Operator::NotEqual, Side::Literal(literal)) => match &literal.value {
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

    fn agents(&mut self, name: &Name, test: &Test, at: Span) -> Fitted<WordTest> {
        let asked = word_test(name, test, at, |_, text| Ok(text.to_owned()))?;
        if let WordTest::OneOf(words) = &asked {
            let places = test.literals().into_iter().map(|literal| literal.at);
            words.iter().zip(places).for_each(|(word, at)| self.vocabulary.ask(Sort::Agent, word, at));
        }
        Ok(asked)
    }

    /// The classes are those of the schema: another one is a fault at once.
    fn classes(&self, name: &Name, test: &Test, at: Span) -> Fitted<WordTest> {
        let column = name_as_written(&self.variable.name);
        let declared = || {
            let mut all: Vec<&str> = self.variable.classes.values().map(String::as_str).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        if self.variable.classes.is_empty() {
            let remedy = "give the column \"classes\" in the schema: the class of each agent";
            let message = format!("no classes of agents are declared for {column}");
            return Err(FilterFault::new(message, name.at, Some(remedy.to_owned())));
        }
        word_test(name, test, at, |literal, text| {
            if declared().contains(&text) {
                return Ok(text.to_owned());
            }
            let message = format!("{column} has no class {}", text_as_written(text));
            let remedy = did_you_mean(text, "the classes are", &declared(), text_as_written);
            Err(FilterFault::new(message, literal.at, remedy))
        })
    }
}

fn not_of_a_line(at: Span) -> FilterFault {
    let remedy = format!("a line has {} and its response domains", field_names().join(", "));
    FilterFault::new("inside any_line() and in_order() only what a treatment line says can be asked", at, Some(remedy))
}

fn line_numbers(name: &Name, test: &Test, at: Span) -> Fitted<Vec<Interval<Value>>> {
    ranges(test, number_ends).map_err(|wrong| {
        let at = match wrong {
            NoRange::NotOrdered => at,
            NoRange::Value(literal) => literal.at,
            NoRange::Empty(low, high) => low.at.to(high.at),
        };
        let message = format!("{name} is the number of a treatment line, from 1");
        FilterFault::new(message, at, Some(format!("write {name} = 1, {name} > 1 or {name} BETWEEN 1 AND 2")))
    })
}

/// The routes a test names, by any of their names.
fn routes(name: &Name, test: &Test, at: Span) -> Fitted<WordTest> {
    word_test(name, test, at, |literal, text| {
        let fault = || {
            let remedy = did_you_mean(text, "the routes are", &route_words(), text_as_written);
            FilterFault::new(format!("{} is no route", text_as_written(text)), literal.at, remedy)
        };
        route(text).map(str::to_owned).ok_or_else(fault)
    })
}

/// The responses a test names, by their synonyms too.
fn responses(name: &Name, test: &Test, at: Span) -> Fitted<WordTest> {
    if matches!(test, Test::Holds) || test.literals().iter().any(|literal| !matches!(literal.value, Constant::Text(_)))
    {
        return Err(no_field(name).unwrap_or_else(|| misfit(name, at)));
    }
    word_test(name, test, at, |literal, text| {
        if let Some((response, _)) = Response::parse(text) {
            return Ok(response.word().to_owned());
        }
        let words = Response::ALL.map(Response::word);
        let remedy = did_you_mean(text, "the responses are", &words, text_as_written);
        let fault = FilterFault::new(format!("{} is no response", text_as_written(text)), literal.at, remedy);
        Err(no_field(name).unwrap_or(fault))
    })
}

/// A name that is nearly that of a field, and is asked what no domain can answer.
pub(super) fn no_field(name: &Name) -> Option<FilterFault> {
    let near = nearest(&name.text, &field_names()).filter(|near| *near != name.text)?;
    Some(FilterFault::new(format!("a treatment line has no {name}"), name.at, Some(format!("did you mean {near}?"))))
}

fn misfit(name: &Name, at: Span) -> FilterFault {
    let remedy = format!("write {name} = '...', {name} IN ('...'), {name} LIKE '%...%' or {name} IS NULL");
    FilterFault::new(format!("{name} is a text of a treatment line, without an order"), at, Some(remedy))
}

/// What is asked of a word; `level` reads a literal.
fn word_test(name: &Name, test: &Test, at: Span, level: impl Fn(&Literal, &str) -> Fitted<String>) -> Fitted<WordTest> {
    let text = |literal: &Literal| match &literal.value {
        Constant::Text(text) => Ok(text.trim().to_owned()),
        _ => Err(misfit(name, literal.at)),
    };
    match test {
        Test::Like(Literal { value: Constant::Text(pattern), .. }) => Ok(WordTest::Like(pattern.clone())),
        Test::Compare(operator, Side::Literal(_)) if !operator.is_equality() => Err(misfit(name, at)),
        Test::Compare(..) | Test::In(_) => {
            let words: Fitted<Vec<String>> =
                test.literals().into_iter().map(|literal| level(literal, &text(literal)?)).collect();
            Ok(WordTest::OneOf(words?))
        }
        _ => Err(misfit(name, at)),
    }
}
