//! What a number of a manuscript may refer to: each with the words by which a sentence names it.

use super::words::words;
use crate::analyze::results::{ResultRow, ResultTable, Results};
use crate::analyze::statistic::Statistic;
use crate::cohort::filter::{name_as_written, text_as_written};
use crate::schema::response::Response;
use crate::schema::{Kind, Role, Variable};
use crate::tally::Cohort;

/// What a claim refers to, as its line in a claims file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidate {
    /// The cases that satisfy a condition.
    Count(String),
    /// A statistic.
    Value(String),
}

/// A candidate with its words.
#[derive(Debug, Clone)]
pub(super) struct NamedCandidate {
    pub candidate: Candidate,
    /// Names of the level or the variable, each in words; one of them has to be in the sentence.
    pub names: Vec<Vec<String>>,
    /// Words that speak for it beside its name: those of its variable.
    pub beside: Vec<String>,
    /// The statistic of a number; none for a count.
    pub statistic: Option<Statistic>,
    /// True for the sex, whose levels have words of their own.
    pub is_sex: bool,
    /// True for a level that says no: it is meant only where the sentence denies.
    pub is_denied: bool,
}

/// Agents that are treated alike: a class with its agents, or an agent without one.
#[derive(Debug, Clone)]
pub(super) struct AgentNames {
    /// The condition of a line: `class = 'glucocorticoid'`.
    pub condition: String,
    pub names: Vec<Vec<String>>,
    /// True for a class, and for an agent without one: what is said of its lines is asked by it.
    pub is_widest: bool,
}

/// Everything that a number may refer to.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    pub(super) named: Vec<NamedCandidate>,
    pub(super) agents: Vec<AgentNames>,
    /// True where there are treatment lines.
    pub(super) has_lines: bool,
}

impl Candidates {
    /// The candidates of a cohort; of the results only the names count, never a value.
    pub fn of(cohort: &Cohort, results: &Results) -> Candidates {
        let mut found = Candidates::default();
        let variables = || cohort.variables.iter().map(|column| &column.variable);
        for variable in variables() {
            let rows = results.of(&variable.name);
            found.add_variable(variable, rows);
        }
        let lines: Vec<&Variable> = variables().filter(|variable| variable.kind == Kind::Lines).collect();
        if let [lines] = lines[..] {
            found.has_lines = true;
            found.add_agents(lines, results);
        }
        found
    }

    fn add_variable<'r>(&mut self, variable: &Variable, rows: impl Iterator<Item = &'r ResultRow>) {
        for row in rows.filter(|row| row.rate.is_none()) {
            match (variable.kind, &row.level, row.statistic) {
                (Kind::Category | Kind::Binary | Kind::Set, Some(level), Statistic::Cases) => {
                    self.named.push(of_level(variable, level));
                }
                (Kind::Number, None, statistic) if is_drafted(statistic) => {
                    self.named.push(of_number(variable, &row.key, statistic));
                }
                _ => {}
            }
        }
    }

    /// The agents that occur, and their classes.
    fn add_agents(&mut self, lines: &Variable, results: &Results) {
        let levels = |table: ResultTable| -> Vec<String> {
            let of_table = |row: &&ResultRow| row.table == table && row.statistic == Statistic::N;
            let rows = results.of_all_cases().filter(of_table);
            let mut levels: Vec<String> = rows.filter_map(|row| row.level.clone()).collect();
            levels.dedup();
            levels
        };
        let (agents, classes) = (levels(ResultTable::ByAgent), levels(ResultTable::ByClass));
        for class in &classes {
            let own = lines.classes.iter().filter(|(_, of)| *of == class).map(|(agent, _)| agent.as_str());
            let names = std::iter::once(class.as_str()).chain(own).map(words).collect();
            self.agents.push(AgentNames { condition: field("class", class), names, is_widest: true });
        }
        for agent in &agents {
            let is_widest = !lines.classes.contains_key(agent);
            self.agents.push(AgentNames { condition: field("agent", agent), names: vec![words(agent)], is_widest });
        }
    }
}

fn field(name: &str, value: &str) -> String {
    format!("{name} = {}", text_as_written(value))
}

/// The statistics of numbers that a text prints.
fn is_drafted(statistic: Statistic) -> bool {
    matches!(statistic, Statistic::N | Statistic::Mean | Statistic::Sd | Statistic::Min | Statistic::Max)
        || statistic == Statistic::MEDIAN
}

/// Words of levels that name nothing by themselves: they are the level of what the variable names.
const YES: [&str; 6] = ["yes", "true", "present", "1", "y", "done"];

/// The same of levels that deny it.
const NO: [&str; 7] = ["no", "false", "absent", "0", "n", "none", "negative"];
/// Words for a death, and for a life that goes on.
const DEATH: [&str; 8] = ["died", "dead", "death", "mortality", "deceased", "fatal", "fatality", "lethality"];
const LIFE: [&str; 6] = ["alive", "survived", "survivor", "survival", "survive", "living"];

fn of_level(variable: &Variable, level: &str) -> NamedCandidate {
    let name = name_as_written(&variable.name);
    let condition = match variable.kind {
        Kind::Set => format!("has({name}, {})", text_as_written(level)),
        _ => format!("{name} = {}", text_as_written(level)),
    };
    let of_variable = variable_words(variable);
    let is_yes = YES.contains(&level.to_lowercase().as_str());
    let is_denied = NO.contains(&level.to_lowercase().as_str());
    let names = if is_yes || is_denied { vec![of_variable.clone()] } else { level_names(variable, level) };
    NamedCandidate {
        candidate: Candidate::Count(condition),
        names,
        beside: of_variable,
        statistic: None,
        is_sex: variable.role == Role::Sex,
        is_denied,
    }
}

/// The names of a level: its words, its initials, and its other spellings.
fn level_names(variable: &Variable, level: &str) -> Vec<Vec<String>> {
    let own = words(level);
    let initials: String = own.iter().filter_map(|word| word.chars().next()).collect();
    let others = variable.synonyms.iter().filter(|(_, of)| of.as_str() == level).map(|(other, _)| words(other));
    let mut names: Vec<Vec<String>> = others.collect();
    names.extend((own.len() > 1).then(|| vec![initials]));
    if level.eq_ignore_ascii_case("normal") {
        names.extend(["range", "unremarkable"].map(|word| vec![word.to_owned()]));
    }
    if matches!(Response::parse(level), Some((Response::Died, _))) {
        names.extend(DEATH.map(|word| vec![word.to_owned()]));
    } else if own.first().is_some_and(|word| LIFE.contains(&word.as_str())) {
        names.extend(LIFE.map(|word| vec![word.to_owned()]));
    }
    names.push(own);
    names
}

fn of_number(variable: &Variable, key: &str, statistic: Statistic) -> NamedCandidate {
    let mut names = vec![words(&variable.name)];
    names.extend(variable.label.as_deref().map(words));
    if variable.role == Role::Age {
        names.extend([vec!["aged".to_owned()], vec!["old".to_owned()]]);
    }
    NamedCandidate {
        candidate: Candidate::Value(key.to_owned()),
        names,
        beside: Vec::new(),
        statistic: Some(statistic),
        is_sex: false,
        is_denied: false,
    }
}

/// The words of a variable: of its name and its label.
fn variable_words(variable: &Variable) -> Vec<String> {
    let mut all = words(&variable.name);
    all.extend(variable.label.as_deref().map(words).unwrap_or_default());
    all.sort();
    all.dedup();
    all
}
