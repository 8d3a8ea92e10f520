//! The sums among the counts of the treatment: responses, agents, classes and line numbers.

use super::builder::TreeBuilder;
use super::counts::CountKey;
use crate::analyze::results::ResultTable;
use crate::analyze::statistic::Statistic;
use crate::schema::response::Response;
use crate::tally::certain_response;

/// The treated cases; they stand in several tables.
pub(super) fn treated<'r>(builder: &mut TreeBuilder<'_, 'r, '_>, variable: &'r str) -> Option<usize> {
    builder.count_as(&[
        CountKey::new(ResultTable::Own(variable), Statistic::Treated),
        CountKey::new(ResultTable::Best, Statistic::Treated),
        CountKey::new(ResultTable::BestCategory, Statistic::N),
        CountKey::new(ResultTable::Sequences(variable), Statistic::N),
        // Who is treated has a first line.
        CountKey::of_level(ResultTable::ByLine, "1", Statistic::Treated),
    ])
}

/// All cases, as the tables of a column of responses show them too.
pub(super) fn all_of_responses(observed: CountKey<'_>) -> [CountKey<'_>; 3] {
    [observed, CountKey::new(ResultTable::Best, Statistic::N), CountKey::new(ResultTable::BestCategory, Statistic::N)]
}

/// The cases whose response is not reported, as the table of categories shows them.
pub(super) fn not_reported() -> CountKey<'static> {
    CountKey::of_level(ResultTable::BestCategory, Response::NotReported.word(), Statistic::Cases)
}

/// Splits the cases of a column of responses: categories, and the words of the column in each.
pub(super) fn split_responses<'r>(builder: &mut TreeBuilder<'_, 'r, '_>, variable: &'r str, known: usize) {
    let categories = best(builder, known, Some(Response::NotReported));
    for (response, category) in categories {
        let of_category = |word: &&&str| certain_response(word) == Some(response);
        let words: Vec<&str> = builder.levels(ResultTable::Own(variable)).iter().filter(of_category).copied().collect();
        let counts = words
            .iter()
            .filter_map(|word| builder.count(CountKey::of_level(ResultTable::Own(variable), word, Statistic::Cases)));
        let counts = counts.collect();
        builder.tree.split(category, counts, false);
    }
}

/// Splits the treated cases in all the ways that the tables do.
pub(super) fn split_treated<'r>(builder: &mut TreeBuilder<'_, 'r, '_>, variable: &'r str, treated: usize) {
    best(builder, treated, None);
    for (table, is_class) in [(ResultTable::ByAgent, false), (ResultTable::ByClass, true)] {
        for level in builder.levels(table) {
            if let Some(with) = builder.count(CountKey::of_level(table, level, Statistic::Treated)) {
                if let Some(evaluable) = outcomes(builder, table, level, with) {
                    builder.tree.split(with, vec![evaluable], true);
                }
                // The cases of a class are those of its agents: its counts bound theirs.
                builder.tree.split_again(treated, vec![with], is_class);
            }
        }
    }
    if let Some(relapsed) = builder.count(CountKey::new(ResultTable::Own(variable), Statistic::Relapsed)) {
        builder.tree.split_again(treated, vec![relapsed], false);
    }
    lines(builder, treated);
}

/// The best response of each case: categories, responders among them, and the evaluable. Returns the counts of the
/// categories, of which one may stand elsewhere.
fn best(builder: &mut TreeBuilder<'_, '_, '_>, treated: usize, elsewhere: Option<Response>) -> Vec<(Response, usize)> {
    let mut categories = Vec::new();
    let Some(evaluable) = builder.count(CountKey::new(ResultTable::Best, Statistic::Evaluable)) else {
        return categories;
    };
    let Some(responders) = builder.count(CountKey::new(ResultTable::Best, Statistic::Responders)) else {
        return categories;
    };
    let complete = Response::Complete.word();
    let complete = builder.count_as(&[
        CountKey::of_level(ResultTable::BestCategory, complete, Statistic::Cases),
        CountKey::new(ResultTable::Best, Statistic::Complete),
    ]);
    categories.extend(complete.map(|complete| (Response::Complete, complete)));
    let mut responding: Vec<usize> = complete.into_iter().collect();
    let (mut judged, mut unjudged) = (Vec::new(), Vec::new());
    for response in Response::ALL.into_iter().skip(1).filter(|response| Some(*response) != elsewhere) {
        let place = match (response.is_responder(), response.is_evaluable()) {
            (true, _) => &mut responding,
            (false, true) => &mut judged,
            (false, false) => &mut unjudged,
        };
        let category = builder.count(CountKey::of_level(ResultTable::BestCategory, response.word(), Statistic::Cases));
        place.extend(category);
        categories.extend(category.map(|category| (response, category)));
    }
    let tree = &mut builder.tree;
    tree.split(responders, responding, false);
    let mut parts = vec![responders];
    parts.extend((!judged.is_empty()).then(|| tree.sum(judged)));
    tree.split(evaluable, parts, false);
    let mut parts = vec![evaluable];
    parts.extend((!unjudged.is_empty()).then(|| tree.sum(unjudged)));
    tree.split(treated, parts, false);
    if let Some(confirmed) = builder.count(CountKey::new(ResultTable::Best, Statistic::Confirmed)) {
        builder.tree.split_again(responders, vec![confirmed], false);
    }
    categories
}

/// The evaluable among the cases of a level, with the responders among them; splits `with` for the combinations.
fn outcomes<'r>(
    builder: &mut TreeBuilder<'_, 'r, '_>,
    table: ResultTable<&'r str>,
    level: &'r str,
    with: usize,
) -> Option<usize> {
    if let Some(part) = builder.count(CountKey::of_level(table, level, Statistic::TreatedInCombination)) {
        builder.tree.split_again(with, vec![part], false);
    }
    let evaluable = builder.count(CountKey::of_level(table, level, Statistic::Evaluable))?;
    let responders = builder.count(CountKey::of_level(table, level, Statistic::Responders))?;
    if let Some(confirmed) = builder.count(CountKey::of_level(table, level, Statistic::Confirmed)) {
        builder.tree.split(responders, vec![confirmed], true);
    }
    for name in [Statistic::Complete, Statistic::RespondersInCombination] {
        if let Some(part) = builder.count(CountKey::of_level(table, level, name)) {
            builder.tree.split_again(responders, vec![part], false);
        }
    }
    builder.tree.split(evaluable, vec![responders], true);
    Some(evaluable)
}

/// Who has a line has all lines before it; who has none after it has just as many.
fn lines(builder: &mut TreeBuilder<'_, '_, '_>, treated: usize) {
    let mut numbered: Vec<(u64, &str)> = builder
        .levels(ResultTable::ByLine)
        .iter()
        .filter_map(|line| line.parse().ok().map(|number| (number, *line)))
        .collect();
    numbered.sort_unstable();
    let mut before = None;
    for (_, line) in numbered {
        let with = match before {
            None => Some(treated),
            Some(before) => {
                let with = builder.count(CountKey::of_level(ResultTable::ByLine, line, Statistic::Treated));
                match with {
                    Some(with) if before == treated => builder.tree.split_again(treated, vec![with], false),
                    Some(with) => builder.tree.split(before, vec![with], true),
                    None => {}
                }
                with
            }
        };
        let Some(with) = with else { return };
        if let Some(evaluable) = outcomes(builder, ResultTable::ByLine, line, with) {
            builder.tree.split_again(with, vec![evaluable], false);
        }
        before = Some(with);
    }
}
