//! The conventions a result depends on, as footnotes for readers and as names for scripts.

mod as_tool;

use super::association::requested as associations;
use super::convention::{Convention, Explains, convention};
use super::denominator::Denominator;
use super::group::{level_name, ordered};
use super::options::{LevelOrder, Percent};
use super::results::Group;
use super::statistic::Statistic;
use super::survival::requested;
use super::{Options, response_column, treatment};
use crate::decimal::Rounding;
use crate::stats::paired::HODGES_LEHMANN_METHOD;
use crate::stats::quantile::QuantileType;
use crate::tally::{Cohort, CohortGroup, CohortVariable, Counts, SurvivalCounts, responses_of};
use std::sync::Arc;

/// The conventions of a run, in the order of the footnotes.
pub fn conventions(cohort: &Cohort, options: &Options) -> Vec<Convention> {
    let responses = treatment(cohort).or_else(|| response_column(cohort));
    let responses = responses.and_then(|number| cohort.variables.get(number));
    let is_answered = |column: &CohortVariable| match &column.counts {
        Counts::Lines(counts) => counts.has_answers(),
        Counts::Levels(counts) => responses_of(counts).has_answers(),
        _ => false,
    };
    let with_response = responses.is_some_and(|column| options.shows(&column.variable) && is_answered(column));
    let level = percent_of(options.conf_level);
    let mut all: Vec<Convention> = filter(cohort, options);
    all.extend(options.suppress_below.map(|below| convention("suppress_below", below, "")));
    all.extend(options.like.iter().flat_map(|like| as_tool::conventions(*like, cohort, options)));
    all.extend([
        convention("denominator", options.denominator, denominator(options)).explaining(Explains::Shares),
        convention(
            "quantile_type",
            options.quantile.number(),
            format!("Median and quartiles: {} (Hyndman and Fan).", options.quantile),
        )
        .explaining(Explains::Quantiles),
        convention("sd_divisor", "N - 1", "SD: sample standard deviation, divisor N - 1.")
            .explaining(Explains::Deviations),
        convention(
            "rounding",
            if options.rounding == Rounding::HalfUp { "half-up on the exact value" } else { options.rounding.word() },
            format!("Rounding: {}; percentages need not add to 100.", options.rounding.name()),
        )
        .explaining(Explains::Rounded),
        convention(
            "interval",
            options.interval.name(),
            format!("{level}% CI of a proportion: {}.", options.interval.name()),
        )
        .explaining(Explains::ShareIntervals),
        convention(
            "interval_of_means",
            "mean: Student t; median: order statistics",
            format!("{level}% CI of a mean: Student t; of a median: order statistics, at least six values at 95%."),
        )
        .explaining(Explains::MeanIntervals),
        convention("conf_level", options.conf_level, ""),
        level_order(cohort, options),
    ]);
    all.extend(of_titres(cohort, options));
    all.extend(of_survival(cohort, options));
    all.extend(of_changes(options));
    all.extend(of_visits(cohort));
    all.extend(of_tests(cohort, options));
    if options.percent != Percent::Column {
        all.push(convention("percent", options.percent, ""));
    }
    all.extend(with_response.then(of_responses));
    all
}

/// The median change, where it is requested.
fn of_changes(options: &Options) -> Option<Convention> {
    let level = percent_of(options.conf_level);
    options.on_request.contains(&Statistic::HodgesLehmann).then(|| {
        convention(
            "hodges_lehmann",
            HODGES_LEHMANN_METHOD,
            format!(
                "Hodges-Lehmann median: the middle of the means of two values; {level}% CI exact by the signed rank \
                 distribution, at least six values at 95%."
            ),
        )
    })
}

/// Which visit is taken from which, of each change.
fn of_visits(cohort: &Cohort) -> Option<Convention> {
    let changes = cohort.variables.iter().filter_map(|column| Some((&column.variable.name, column.visits.as_ref()?)));
    let said: Vec<String> = changes.map(|(name, [before, after])| format!("{name}: {after} less {before}")).collect();
    let said = said.join("; ");
    (!said.is_empty()).then(|| convention("change", &said, format!("Change, {said}.")))
}

/// Shares against a reference and associations, where they are requested.
fn of_tests(cohort: &Cohort, options: &Options) -> Vec<Convention> {
    let against = (!options.against.is_empty()).then(|| {
        convention(
            "against",
            "exact binomial",
            "Against a reference: exact binomial test; two-sided, greater (as many or more) and less (as many or fewer).",
        )
    });
    let associated = (!associations(cohort, options).is_empty()).then(|| {
        let level = percent_of(options.conf_level);
        convention(
            "association",
            "Pearson, Spearman, Kendall",
            format!(
                "Associations: Pearson with its {level}% CI by Fisher's z, Spearman of midranks, Kendall tau-b; of cases \
                 with both numbers. No association proves a cause."
            ),
        )
    });
    against.into_iter().chain(associated).collect()
}

fn of_responses() -> Convention {
    convention(
        "response",
        "responder: complete, partial or improved; evaluable: response known",
        "Responders: complete, partial or improved; evaluable: response known; confirmed: neither unconfirmed nor \
         transient. A case counts once per agent, class or line, with its best response; each agent of a combination \
         counts: do not add the rows.",
    )
    .explaining(Explains::Responses)
}

/// Fewer events than these make a curve of steps of single patients.
const FEW_EVENTS: u64 = 10;

/// The event, how its curve is estimated, and what a curve of few events is worth.
fn of_survival(cohort: &Cohort, options: &Options) -> Option<Convention> {
    let counts = requested(cohort, options)?;
    let level = percent_of(options.conf_level);
    let mut sentence = format!(
        "Event: {}; all others are censored at their last visit. Kaplan-Meier; where the curve stays at the share of a \
         median or quartile, the middle of that stretch; {level}% CI: log-log, Greenwood variance; NE: the curve does \
         not fall that low. Follow-up: reverse Kaplan-Meier. Rate: {level}% CI exact Poisson.",
        counts.event
    );
    if let Some(time) = cohort.variables.get(counts.variable).map(|column| &column.variable) {
        let is_shown = options.vars.contains(&time.name);
        let (name, how) = (time.shown_label(), if is_shown { "is shown as asked" } else { "is not shown" });
        sentence.push_str(&format!(" A median of {name} without the curve mixes events and last visits: it {how}."));
    }
    if let Some(few) = few_events(cohort, counts, options) {
        sentence.push_str(&format!(" {few}"));
    }
    Some(convention("survival", &counts.event, sentence))
}

/// What a curve of few events is worth; none where all curves are of many.
pub fn few_events(cohort: &Cohort, counts: &SurvivalCounts, options: &Options) -> Option<String> {
    let events = counts.all.events.distribution().n();
    let events = match events {
        0 => return Some("No event: the curve stays at 1.".to_owned()),
        1 => "1 event".to_owned(),
        FEW_EVENTS.. => return few_in_groups(cohort, options),
        events => format!("{events} events"),
    };
    Some(format!("Only {events}: each step is one patient or few, so the interval says more than the curve."))
}

/// What the curves of the groups with few events are worth.
fn few_in_groups(cohort: &Cohort, options: &Options) -> Option<String> {
    let of_group = |(group, counted): (Arc<Group>, &CohortGroup)| {
        let events = counted.times.events.distribution().n();
        let names: Vec<String> = group.levels.iter().map(|(name, level)| level_name(name, level.as_deref())).collect();
        (counted.cases > 0 && events < FEW_EVENTS).then(|| format!("{} {events}", names.join(", ")))
    };
    let few: Vec<String> = ordered(cohort, options).into_iter().filter_map(of_group).collect();
    let few = Some(few.join("; ")).filter(|few| !few.is_empty())?;
    Some(format!(
        "Events by group, where there are fewer than {FEW_EVENTS}: {few}: each step of such a curve is one patient or few, \
         so its interval says more than the curve."
    ))
}

/// Nothing lies between two titres: their quartiles are titres that were observed.
fn of_titres(cohort: &Cohort, options: &Options) -> Option<Convention> {
    let variables = cohort.variables.iter().map(|column| &column.variable);
    let titres = variables.filter(|variable| variable.reading.is_of_titres && options.shows(variable));
    let names: Vec<&str> = titres.map(|variable| variable.name.as_str()).collect();
    let kind = QuantileType::OBSERVED;
    let sentence = || format!("Median and quartiles of titres are observed titres, {kind}: {}.", names.join(", "));
    (!names.is_empty())
        .then(|| convention("quantile_type_of_titres", kind.number(), sentence()).explaining(Explains::Quantiles))
}

/// The result of the filter: `Filter: age < 10: 21 of 24 cases kept, 2 excluded, 1 unknown (not known: age 1).` None without one.
pub fn of_filter(cohort: &Cohort) -> Option<String> {
    let (text, filtered) = cohort.filtered.as_ref()?;
    let unknown: u64 = filtered.unknown.values().sum();
    let read = filtered.kept + filtered.excluded + unknown;
    let mut sentence =
        format!("Filter: {text}: {} of {read} cases kept, {} excluded", filtered.kept, filtered.excluded);
    if unknown > 0 {
        let why = |(columns, cases): (&Vec<String>, &u64)| format!("{} {cases}", columns.join(" and "));
        let why: Vec<String> = filtered.unknown.iter().map(why).collect();
        sentence.push_str(&format!(", {unknown} unknown (not known: {})", why.join(", ")));
    }
    Some(format!("{sentence}."))
}

/// The filter, without counts where few cases are masked.
fn filter(cohort: &Cohort, options: &Options) -> Vec<Convention> {
    let (Some((text, filtered)), Some(sentence)) = (&cohort.filtered, of_filter(cohort)) else { return Vec::new() };
    if options.suppress_below.is_some() {
        return vec![convention("filter", text, format!("Filter: {text}."))];
    }
    vec![
        convention("filter", text, sentence),
        convention("filter_kept", filtered.kept, ""),
        convention("filter_excluded", filtered.excluded, ""),
        convention("filter_unknown", filtered.unknown.values().sum::<u64>(), ""),
    ]
}

/// `95` of 0.95, `99.9` of 0.999.
pub fn percent_of(conf_level: f64) -> String {
    let level = crate::decimal::round_real(conf_level * 100.0, 4).unwrap_or_default();
    level.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn denominator(options: &Options) -> &'static str {
    match (options.percent, options.denominator) {
        (Percent::Row, _) => {
            "n/N (p%): N is the cases with the level in all columns: percentages add to 100 over a row."
        }
        (Percent::Cell, _) => {
            "n/N (p%): N is the cases of all columns in which the item is reported: percentages add to 100 over the whole table."
        }
        // The conventions of the tool name how the others are shown.
        (Percent::Column, Denominator::Reported) if options.like.is_some() => {
            "Percentages are of the cases in which the item is reported."
        }
        (Percent::Column, Denominator::Reported) => "n/N (p%): N is the cases in which the item is reported.",
        (Percent::Column, Denominator::All) => {
            "n/N (p%): N is all cases; a case in which the item is not reported counts as not having the level."
        }
        (Percent::Column, Denominator::Bounds) => {
            "n/N (p%) [bounds]: N is the cases in which the item is reported; the bounds are of all cases, if none or \
             all of those not reported have the level."
        }
    }
}

/// True for a level that some case has.
fn is_met(cohort: &Cohort, level: &str) -> bool {
    cohort.variables.iter().any(|column| match &column.counts {
        Counts::Levels(counts) => counts.levels.contains_key(level),
        Counts::Set(counts) => counts.items.contains_key(level),
        Counts::Lines(counts) => counts.by_agent.contains_key(level),
        Counts::Number(_) | Counts::Dates(_) | Counts::Text(_) => false,
    })
}

fn level_order(cohort: &Cohort, options: &Options) -> Convention {
    // A level that is withheld has no name.
    let last: Vec<&str> = options.last.iter().map(String::as_str).filter(|level| is_met(cohort, level)).collect();
    let (value, mut sentence) = match options.level_order {
        LevelOrder::Schema => (
            "schema, else count descending",
            // What a reader expects needs no footnote.
            if last.is_empty() {
                String::new()
            } else {
                "Levels in the order of the schema, else the most frequent first".to_owned()
            },
        ),
        LevelOrder::Frequency => ("count descending", "Levels: the most frequent first".to_owned()),
        LevelOrder::Natural => ("natural", "Levels by name, numbers in them as numbers".to_owned()),
        LevelOrder::SchemaNatural => (
            "schema, else natural",
            "Levels in the order of the schema, else by name, numbers in them as numbers".to_owned(),
        ),
    };
    if !last.is_empty() {
        sentence.push_str(&format!("; last: {}", last.join(", ")));
    }
    if !sentence.is_empty() {
        sentence.push('.');
    }
    convention("level_order", value, sentence).explaining(Explains::Shares)
}
