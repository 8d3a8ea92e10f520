//! The conventions a result depends on, in words for readers and in names for scripts.

use super::Options;

/// One convention: its name in JSON, its value, and the sentence of the footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// Name in JSON.
    pub name: &'static str,
    /// What was chosen.
    pub value: String,
    /// The footnote.
    pub sentence: String,
}

/// The conventions of a run, in the order of the footnotes.
pub fn conventions(options: &Options, with_response: bool) -> Vec<Convention> {
    let level = crate::decimal::round_real(options.conf_level * 100.0, 1).unwrap_or_default();
    let level = level.trim_end_matches(".0").to_owned();
    let mut all = vec![
        convention(
            "denominator",
            "reported",
            "n/N (p%): N is the cases in which the item is reported; the others are shown as not reported.",
        ),
        convention(
            "quantile_type",
            options.quantile.number(),
            format!("Median and quartiles: {} (Hyndman and Fan); mean and SD are exact.", options.quantile),
        ),
        convention(
            "sd_divisor",
            "N - 1",
            "SD: sample standard deviation, divisor N - 1; not estimable (NE) for one value.",
        ),
        convention(
            "rounding",
            "half-up on the exact value",
            "Rounding: half up, on the exact decimal value; percentages need not add to 100.",
        ),
        convention(
            "interval",
            options.interval.name(),
            format!("{level}% CI of a proportion: {}.", options.interval.name()),
        ),
        convention("conf_level", options.conf_level, ""),
        convention(
            "level_order",
            "schema, else count descending",
            "Levels in the order of the schema, else the most frequent first.",
        ),
    ];
    if with_response {
        all.push(convention(
            "response",
            "responder: complete, partial or improved; evaluable: response known",
            "Response: responder = complete, partial or improved; evaluable = response known (complete, partial, improved, stable, none, \
             worsened, mixed); confirmed = not marked unconfirmed or transient. A case counts once an agent, class or line number, \
             with the best response of the lines in question; a relapse is an event beside the response. Agents of a combination each count; \
             do not add the rows.",
        ));
    }
    all
}

fn convention(name: &'static str, value: impl ToString, sentence: impl Into<String>) -> Convention {
    Convention { name, value: value.to_string(), sentence: sentence.into() }
}
