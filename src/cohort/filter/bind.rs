//! Binds a filter to the columns of its cases, and checks that each test fits the kind of its column.

use super::any_line;
use super::bound::{Atom, BoundFilter};
use super::column::{ColumnTest, level_of, vocabulary};
use super::fault::{FilterFault, FilterResult};
use super::line_field::Flag;
use super::names::did_you_mean;
use super::question::{CellQuestion, MeasuredAs, NumericOperand};
use super::range::number_ends;
use super::syntax::{
    FilterCondition, FilterName, Literal, Operand, Operator, Predicate, Side, Span, name_as_written, text_as_written,
};
use super::tree::ConditionTree;
use super::usage::{kind_phrase, usage};
use crate::cohort::column::CaseColumn;
use crate::cohort::unit::{UnitChange, same_unit};
use crate::diagnostic::quoted;
use crate::schema::{Kind, Role, Variable, at_any_visit, only_but_for_case};

/// Binds every condition of a filter.
pub(super) fn bind<'a>(
    tree: &ConditionTree<FilterCondition>,
    columns: &[CaseColumn<'a>],
) -> FilterResult<BoundFilter<'a>> {
    let mut atoms = Vec::new();
    let tree = tree.try_map(&mut |condition| {
        atoms.push(atom(condition, columns)?);
        Ok(atoms.len().saturating_sub(1))
    })?;
    Ok(BoundFilter { tree, atoms })
}

/// Binds one condition.
pub(super) fn atom<'a>(condition: &FilterCondition, columns: &[CaseColumn<'a>]) -> FilterResult<Atom<'a>> {
    match condition {
        FilterCondition::Has { column, item } => has(find(column, columns)?, column.at, item),
        FilterCondition::AnyLine { column, condition, at } => {
            let column = lines_column(column.as_ref(), "any_line", *at, columns)?;
            any_line::bind(column, std::slice::from_ref(condition))
        }
        FilterCondition::InOrder { conditions, at } => in_order(conditions, *at, columns),
        FilterCondition::Whole { column } => whole(find(column, columns)?, column.at),
        FilterCondition::Test { operand, negated, test, at } => {
            let column = find(operand.name(), columns)?;
            let subject = ColumnTest { column, name: operand.name(), at: *at, test };
            let question = match (test, operand) {
                (Predicate::IsNull, Operand::Name(_)) => CellQuestion::IsNull(column.rules),
                (Predicate::IsNull, _) => CellQuestion::IsNull(measure(operand, columns)?.rules),
                (Predicate::Compare(operator, Side::Operand(other)), _) => {
                    return compared(operand, *operator, other, columns, *at);
                }
                (_, Operand::Items(_) | Operand::Lines(_)) => {
                    CellQuestion::Number(measure(operand, columns)?, subject.ranges("a number", number_ends)?)
                }
                (_, Operand::Name(_)) => return subject.atom(*negated),
            };
            Ok(Atom::new(column, question, negated ^ test.is_unequal()))
        }
    }
}

/// The column with this name, or else with this header, or else the only one that differs from it in capitals.
fn find<'a>(name: &FilterName, columns: &[CaseColumn<'a>]) -> FilterResult<CaseColumn<'a>> {
    let by = |of: fn(&Variable) -> &str| columns.iter().find(|column| of(column.variable()) == name.text);
    let names = columns.iter().map(|column| column.variable().names());
    let by_case = || only_but_for_case(&name.text, names).and_then(|at| columns.get(at));
    by(|variable| &variable.name).or_else(|| by(|variable| &variable.header)).or_else(by_case).copied().ok_or_else(
        || {
            let names: Vec<&str> = columns.iter().map(|column| column.variable().name.as_str()).collect();
            let remedy = did_you_mean(&name.text, "the columns are", &names, name_as_written);
            FilterFault::new(format!("there is no column {name}"), name.at, remedy)
        },
    )
}

/// The column of any_line() or in_order(): the named one, or else the only column of treatment lines.
fn lines_column<'a>(
    name: Option<&FilterName>,
    function: &str,
    at: Span,
    columns: &[CaseColumn<'a>],
) -> FilterResult<CaseColumn<'a>> {
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
            let treatment = columns.iter().find(|column| column.variable().role == Role::Treatment);
            let option = |column: &CaseColumn| quoted(&format!("{}=lines", column.variable().header));
            let remedy = treatment.map(|column| {
                format!("if {} contains them: --kind {}", quoted(&column.variable().header), option(column))
            });
            Err(FilterFault::new("no column contains treatment lines", at, remedy))
        }
        ([first, ..], _) => {
            let remedy = format!("name one of them: {function}({}, ...)", name_as_written(&first.variable().name));
            Err(FilterFault::new("several columns contain treatment lines", at, Some(remedy)))
        }
    }
}

fn no_lines(column: CaseColumn<'_>, at: Span) -> FilterFault {
    let name = name_as_written(&column.variable().name);
    let message = format!("{name} is {} and has no treatment lines", kind_phrase(column.variable().kind));
    FilterFault::new(message, at, Some(usage(column.variable(), None)))
}

/// The first part names the column if it is only a name, and not the name of a flag of a line.
fn in_order<'a>(
    parts: &[ConditionTree<FilterCondition>],
    at: Span,
    columns: &[CaseColumn<'a>],
) -> FilterResult<Atom<'a>> {
    let (name, conditions) = match parts {
        [
            ConditionTree::Leaf(FilterCondition::Test { operand: Operand::Name(name), test: Predicate::Holds, .. }),
            rest @ ..,
        ] if !Flag::is_named(&name.text) => (Some(name), rest),
        all => (None, all),
    };
    if let Some(name) = name {
        // It may be a misspelt flag rather than a column.
        find(name, columns).map_err(|fault| any_line::no_field(name).unwrap_or(fault))?;
    }
    if conditions.len() < 2 {
        let message = "in_order() needs at least two conditions, with commas between them";
        let remedy = "write in_order(line = 1, responder), or any_line(responder) for a single one";
        return Err(FilterFault::new(message, at, Some(remedy.to_owned())));
    }
    any_line::bind(lines_column(name, "in_order", at, columns)?, conditions)
}

fn whole<'a>(column: CaseColumn<'a>, at: Span) -> FilterResult<Atom<'a>> {
    if column.variable().kind == Kind::Number {
        return Ok(Atom::new(column, CellQuestion::Whole(column.rules), false));
    }
    let name = name_as_written(&column.variable().name);
    let message = format!("{name} is {}, not a number", kind_phrase(column.variable().kind));
    Err(FilterFault::new(message, at, Some(usage(column.variable(), None))))
}

fn has<'a>(column: CaseColumn<'a>, at: Span, item: &Literal) -> FilterResult<Atom<'a>> {
    let name = name_as_written(&column.variable().name);
    if column.variable().kind != Kind::Set {
        let message = format!("{name} is {}, not a set", kind_phrase(column.variable().kind));
        return Err(FilterFault::new(message, at, Some(usage(column.variable(), Some(item)))));
    }
    let word = level_of(column, item)?;
    let vocabulary = vocabulary(column, &[(&word, item.at)]);
    Ok(Atom::new(column, CellQuestion::Has(column.rules, word), false).with(vocabulary))
}

/// Compares two columns, which must both be numbers.
fn compared<'a>(
    left: &Operand,
    operator: Operator,
    right: &Operand,
    columns: &[CaseColumn<'a>],
    at: Span,
) -> FilterResult<Atom<'a>> {
    let first = find(left.name(), columns)?;
    let second = find(right.name(), columns).map_err(|fault| match (right, first.variable().kind) {
        // `etiology = idiopathic`: the quotes were forgotten.
        (Operand::Name(name), Kind::Category | Kind::Binary | Kind::Text | Kind::Date) => {
            let remedy = format!("write text in single quotes: {}", text_as_written(&name.text));
            FilterFault { remedy: Some(remedy), ..fault }
        }
        _ => fault,
    })?;
    let is_number = |operand: &Operand, column: CaseColumn| {
        !matches!(operand, Operand::Name(_)) || column.variable().kind == Kind::Number
    };
    if !is_number(left, first) || !is_number(right, second) {
        let remedy = "compare each with a value; write text in single quotes";
        let message = "two columns can be compared only if both are numbers";
        return Err(FilterFault::new(message, at, Some(remedy.to_owned())));
    }
    let (of_left, mut of_right) = (measure(left, columns)?, measure(right, columns)?);
    if of_left.of == MeasuredAs::Cell && of_right.of == MeasuredAs::Cell {
        of_right.compared_in = common_unit(first.variable(), second.variable(), at)?;
    }
    let question = CellQuestion::Numbers(of_left, operator, of_right);
    Ok(Atom::new(first, question, false).and(second))
}

/// The unit of the first column, where the second one has another unit of the same dimension; none where both have the
/// same or none.
///
/// Errors: units of two dimensions, and one that is not known.
fn common_unit<'a>(first: &'a Variable, second: &'a Variable, at: Span) -> FilterResult<Option<&'a str>> {
    let shown = |variable: &Variable| {
        let name = name_as_written(&variable.name);
        variable.unit.as_ref().map_or_else(|| format!("{name} has no unit"), |unit| format!("{name} is in {unit}"))
    };
    let (with_unit, without) = match (&first.unit, &second.unit) {
        (None, None) => return Ok(None),
        (Some(one), Some(other)) if same_unit(one, other) => return Ok(None),
        (Some(one), Some(other)) if UnitChange::new(other, one).is_some() => return Ok(Some(one)),
        (Some(_), Some(_)) => {
            let message = format!("numbers of two units are compared: {}, and {}", shown(first), shown(second));
            let remedy = "compare each with a value in its own unit".to_owned();
            return Err(FilterFault::new(message, at, Some(remedy)));
        }
        (Some(unit), None) => (unit, second),
        (None, Some(unit)) => (unit, first),
    };
    let message = format!("numbers of two units are compared: {}, and {}", shown(first), shown(second));
    let option = quoted(&format!("{}={with_unit}", at_any_visit(&without.header)));
    let remedy = format!("if both are in {with_unit}: --unit {option}");
    Err(FilterFault::new(message, at, Some(remedy)))
}

/// The number of an operand; a column named directly is known to be a number.
fn measure<'a>(operand: &Operand, columns: &[CaseColumn<'a>]) -> FilterResult<NumericOperand<'a>> {
    let column = find(operand.name(), columns)?;
    let (of, kind) = match operand {
        Operand::Name(_) => (MeasuredAs::Cell, Kind::Number),
        Operand::Items(_) => (MeasuredAs::Items, Kind::Set),
        Operand::Lines(_) => (MeasuredAs::Lines, Kind::Lines),
    };
    if column.variable().kind == kind {
        return Ok(NumericOperand { rules: column.rules, of, compared_in: None });
    }
    if kind == Kind::Lines {
        return Err(no_lines(column, operand.name().at));
    }
    let name = name_as_written(&column.variable().name);
    let message = format!("{name} is {}, not a set", kind_phrase(column.variable().kind));
    Err(FilterFault::new(message, operand.name().at, Some(usage(column.variable(), None))))
}
