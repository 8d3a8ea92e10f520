//! Binds a filter to the columns of its cases: what each kind of column can be asked.

use super::any_line;
use super::bound::{Atom, Bound};
use super::column::{Subject, level_of, vocabulary};
use super::fault::{FilterFault, Fitted};
use super::line_field::Flag;
use super::names::did_you_mean;
use super::question::{Measure, Measured, Question};
use super::range::number_ends;
use super::syntax::{Condition, Literal, Name, Operand, Operator, Side, Span, Test, name_as_written, text_as_written};
use super::tree::Tree;
use super::usage::{kind_phrase, usage};
use crate::cohort::column::CaseColumn;
use crate::schema::{Kind, Role, Variable};

/// Binds every condition of a filter.
pub(super) fn bind<'a>(tree: &Tree<Condition>, columns: &[CaseColumn<'a>]) -> Fitted<Bound<'a>> {
    let mut atoms = Vec::new();
    let tree = tree.try_map(&mut |condition| {
        atoms.push(atom(condition, columns)?);
        Ok(atoms.len().saturating_sub(1))
    })?;
    Ok(Bound { tree, atoms })
}

/// Binds one condition.
pub(super) fn atom<'a>(condition: &Condition, columns: &[CaseColumn<'a>]) -> Fitted<Atom<'a>> {
    match condition {
        Condition::Has { column, item } => has(find(column, columns)?, column.at, item),
        Condition::AnyLine { column, condition, at } => {
            let column = lines_column(column.as_ref(), "any_line", *at, columns)?;
            any_line::bind(column, std::slice::from_ref(condition))
        }
        Condition::InOrder { conditions, at } => in_order(conditions, *at, columns),
        Condition::Whole { column } => whole(find(column, columns)?, column.at),
        Condition::Test { operand, negated, test, at } => {
            let column = find(operand.name(), columns)?;
            let subject = Subject { column, name: operand.name(), at: *at, test };
            let question = match (test, operand) {
                (Test::IsNull, Operand::Name(_)) => Question::IsNull(column.rules),
                (Test::IsNull, _) => Question::IsNull(measure(operand, columns)?.rules),
                (Test::Compare(operator, Side::Operand(other)), _) => {
                    return compared(operand, *operator, other, columns, *at);
                }
                (_, Operand::Items(_) | Operand::Lines(_)) => {
                    Question::Number(measure(operand, columns)?, subject.ranges("a number", number_ends)?)
                }
                (_, Operand::Name(_)) => return subject.atom(*negated),
            };
            Ok(Atom::new(column, question, negated ^ test.is_unequal()))
        }
    }
}

/// The column of a name: its variable's name first, then its header.
fn find<'a>(name: &Name, columns: &[CaseColumn<'a>]) -> Fitted<CaseColumn<'a>> {
    let by = |of: fn(&Variable) -> &str| columns.iter().find(|column| of(column.variable()) == name.text);
    by(|variable| &variable.name).or_else(|| by(|variable| &variable.header)).copied().ok_or_else(|| {
        let names: Vec<&str> = columns.iter().map(|column| column.variable().name.as_str()).collect();
        let remedy = did_you_mean(&name.text, "the columns are", &names, name_as_written);
        FilterFault::new(format!("there is no column {name}"), name.at, remedy)
    })
}

/// The column of any_line() or in_order(): the one that is named, else the only one of treatment lines.
fn lines_column<'a>(
    name: Option<&Name>,
    function: &str,
    at: Span,
    columns: &[CaseColumn<'a>],
) -> Fitted<CaseColumn<'a>> {
    if let Some(name) = name {
        let column = find(name, columns)?;
        return if column.variable().kind == Kind::Lines { Ok(column) } else { Err(no_lines(column, name.at)) };
    }
    let of = |wanted: fn(&Variable) -> bool| columns.iter().filter(|column| wanted(column.variable())).collect();
    let all: Vec<&CaseColumn> = of(|variable| variable.kind == Kind::Lines);
    let treatments: Vec<&CaseColumn> = of(|variable| variable.kind == Kind::Lines && variable.role == Role::Treatment);
    match (all.as_slice(), treatments.as_slice()) {
        ([only], _) | (_, [only]) => Ok(**only),
        ([], _) => {
            let remedy = "say which column does: --kind COLUMN=lines";
            Err(FilterFault::new("no column holds treatment lines", at, Some(remedy.to_owned())))
        }
        ([first, ..], _) => {
            let remedy = format!("name one of them: {function}({}, ...)", name_as_written(&first.variable().name));
            Err(FilterFault::new("several columns hold treatment lines", at, Some(remedy)))
        }
    }
}

fn no_lines(column: CaseColumn<'_>, at: Span) -> FilterFault {
    let name = name_as_written(&column.variable().name);
    let message = format!("{name} is {}: it has no treatment lines", kind_phrase(column.variable().kind));
    FilterFault::new(message, at, Some(usage(column.variable(), None)))
}

/// The first part names the column where it is a mere name, and not that of a flag of a line.
fn in_order<'a>(parts: &[Tree<Condition>], at: Span, columns: &[CaseColumn<'a>]) -> Fitted<Atom<'a>> {
    let (name, conditions) = match parts {
        [Tree::Leaf(Condition::Test { operand: Operand::Name(name), test: Test::Holds, .. }), rest @ ..]
            if !Flag::is_named(&name.text) =>
        {
            (Some(name), rest)
        }
        all => (None, all),
    };
    if let Some(name) = name {
        // A flag that is misspelt rather than a column.
        find(name, columns).map_err(|fault| any_line::no_field(name).unwrap_or(fault))?;
    }
    if conditions.len() < 2 {
        let message = "in_order() needs at least two conditions, with commas between them";
        let remedy = "write in_order(line = 1, responder), or any_line(responder) for a single one";
        return Err(FilterFault::new(message, at, Some(remedy.to_owned())));
    }
    any_line::bind(lines_column(name, "in_order", at, columns)?, conditions)
}

fn whole<'a>(column: CaseColumn<'a>, at: Span) -> Fitted<Atom<'a>> {
    if column.variable().kind == Kind::Number {
        return Ok(Atom::new(column, Question::Whole(column.rules), false));
    }
    let name = name_as_written(&column.variable().name);
    let message = format!("{name} is {} and no number", kind_phrase(column.variable().kind));
    Err(FilterFault::new(message, at, Some(usage(column.variable(), None))))
}

fn has<'a>(column: CaseColumn<'a>, at: Span, item: &Literal) -> Fitted<Atom<'a>> {
    let name = name_as_written(&column.variable().name);
    if column.variable().kind != Kind::Set {
        let message = format!("{name} is {} and no set", kind_phrase(column.variable().kind));
        return Err(FilterFault::new(message, at, Some(usage(column.variable(), Some(item)))));
    }
    let word = level_of(column, item)?;
    let vocabulary = vocabulary(column, &[(&word, item.at)]);
    Ok(Atom::new(column, Question::Has(column.rules, word), false).with(vocabulary))
}

/// Two columns compared: both must be numbers.
fn compared<'a>(
    left: &Operand,
    operator: Operator,
    right: &Operand,
    columns: &[CaseColumn<'a>],
    at: Span,
) -> Fitted<Atom<'a>> {
    let first = find(left.name(), columns)?;
    let second = find(right.name(), columns).map_err(|fault| match (right, first.variable().kind) {
        // `etiology = idiopathic`: the quotes were forgotten.
        (Operand::Name(name), Kind::Category | Kind::Binary | Kind::Text | Kind::Date) => {
            let remedy = format!("a text stands in single quotes: {}", text_as_written(&name.text));
            FilterFault { remedy: Some(remedy), ..fault }
        }
        _ => fault,
    })?;
    let is_number = |operand: &Operand, column: CaseColumn| {
        !matches!(operand, Operand::Name(_)) || column.variable().kind == Kind::Number
    };
    if !is_number(left, first) || !is_number(right, second) {
        let remedy = "compare each with a value of its own; a text stands in single quotes";
        let message = "two columns can be compared only where both hold numbers";
        return Err(FilterFault::new(message, at, Some(remedy.to_owned())));
    }
    let question = Question::Numbers(measure(left, columns)?, operator, measure(right, columns)?);
    Ok(Atom::new(first, question, false).and(second))
}

/// The number an operand stands for; a column that is named as such is known to hold numbers.
fn measure<'a>(operand: &Operand, columns: &[CaseColumn<'a>]) -> Fitted<Measure<'a>> {
    let column = find(operand.name(), columns)?;
    let (of, kind) = match operand {
        Operand::Name(_) => (Measured::Cell, Kind::Number),
        Operand::Items(_) => (Measured::Items, Kind::Set),
        Operand::Lines(_) => (Measured::Lines, Kind::Lines),
    };
    if column.variable().kind == kind {
        return Ok(Measure { rules: column.rules, of });
    }
    if kind == Kind::Lines {
        return Err(no_lines(column, operand.name().at));
    }
    let name = name_as_written(&column.variable().name);
    let message = format!("{name} is {} and no set", kind_phrase(column.variable().kind));
    Err(FilterFault::new(message, operand.name().at, Some(usage(column.variable(), None))))
}
