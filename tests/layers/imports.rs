//! Which file of a folder needs which other: the graph of imports, and its circles.
//!
//! A file needs another where its code names something that is defined there: in a `use`, or by a path such as
//! `cell::number`. Two things keep a file from being in a circle with the modules below it for no reason:
//!
//! - a name that it only passes on (`pub use cell::number`) is traced to the file that defines it;
//! - what it defines is looked at item by item. A module may use an item of the file above it, unless that item,
//!   directly or through others, needs the module: this closes a circle. The methods of a type belong to the type.

use super::source::{Source, leaves, occurrences};
use std::collections::{BTreeMap, BTreeSet};

/// A path from the root of the crate: `tally::counts::Counts`.
type Path = Vec<String>;

/// The item of a file that has no modules below it, and stands for the whole file.
const WHOLE: &str = "";

/// The first step of a path from the root of the crate.
const ROOT: &str = "crate";

/// What one file imports, passes on and names.
struct File {
    name: String,
    module: Path,
    /// Names brought in by `use`, with their paths; true where they are passed on.
    uses: Vec<(String, Path, bool)>,
    /// For each item, the paths and single names in its code.
    items: BTreeMap<String, BTreeSet<Path>>,
}

/// An item by the number of its file and its name.
type Item<'f> = (usize, &'f str);

/// The files of the crate with what they import.
pub struct Imports {
    files: Vec<File>,
    /// The place in `files` of each module.
    modules: BTreeMap<Path, usize>,
}

impl Imports {
    /// Reads the imports of some files.
    pub fn of(sources: &[Source]) -> Imports {
        let sources: Vec<&Source> = sources.iter().filter(|source| !source.is_root()).collect();
        let modules: BTreeMap<Path, usize> = sources.iter().map(|source| module(&source.name)).zip(0..).collect();
        let files = sources.iter().map(|source| file(source, &modules)).collect();
        Imports { files, modules }
    }

    /// Files that need each other, directly or through others: each circle in the order of the names.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let edges = self.edges();
        let reach: BTreeMap<Item, BTreeSet<Item>> = edges.keys().map(|from| (*from, reached(from, &edges))).collect();
        let circle = |item: &Item| -> BTreeSet<&str> {
            let mutual = reach[item].iter().filter(|other| reach[other].contains(item));
            mutual.map(|(number, _)| self.files[*number].name.as_str()).collect()
        };
        let all: BTreeSet<BTreeSet<&str>> = reach.keys().map(circle).filter(|circle| circle.len() > 1).collect();
        all.into_iter().map(|circle| circle.into_iter().collect()).collect()
    }

    /// Modules beside each other that need each other, each with all that is below it: each circle in the order of the
    /// names.
    ///
    /// A file that uses what `compare/mod.rs` passes on needs the folder `compare`, wherever it is defined there.
    pub fn folder_circles(&self) -> Vec<Vec<String>> {
        let mut arrows: BTreeMap<Path, BTreeSet<Path>> = BTreeMap::new();
        let of_file = |item: &Item| &self.files[item.0].module;
        for (from, needed) in self.edges() {
            for to in needed {
                if let Some((from, to)) = siblings(of_file(&from), of_file(&to)) {
                    arrows.entry(to.clone()).or_default();
                    arrows.entry(from).or_default().insert(to);
                }
            }
        }
        let reach: BTreeMap<&Path, BTreeSet<&Path>> =
            arrows.keys().map(|from| (from, reached_from(from, &arrows))).collect();
        let circle = |module: &&Path| -> BTreeSet<String> {
            let mutual = reach[*module].iter().filter(|other| reach[**other].contains(*module));
            mutual.map(|module| module.join("/")).collect()
        };
        let all: BTreeSet<BTreeSet<String>> = reach.keys().map(circle).filter(|circle| circle.len() > 1).collect();
        all.into_iter().map(|circle| circle.into_iter().collect()).collect()
    }

    /// For each item, the items of the same folder of `src` that it needs.
    fn edges(&self) -> BTreeMap<Item<'_>, BTreeSet<Item<'_>>> {
        let items = self.files.iter().zip(0..).flat_map(|(file, number)| {
            file.items.iter().map(move |(item, named)| ((number, item.as_str()), (file, named)))
        });
        items.map(|(item, (file, named))| (item, self.needed(item, file, named))).collect()
    }

    fn needed<'f>(&'f self, (number, item): Item<'f>, file: &File, named: &BTreeSet<Path>) -> BTreeSet<Item<'f>> {
        let paths = named.iter().filter_map(|path| self.absolute(file, path));
        let others = paths.filter_map(|path| self.defining(&path, 0));
        let others = others.filter(|(other, _)| self.files[*other].module[0] == file.module[0]);
        let others = others.flat_map(|(other, name)| self.item(other, &name));
        others.filter(|other| *other != (number, item)).collect()
    }

    /// The item of a name in a file; all of them where none has this name.
    fn item(&self, number: usize, name: &str) -> Vec<Item<'_>> {
        let items = || self.files[number].items.keys().map(move |item| (number, item.as_str()));
        let named: Vec<Item> = items().filter(|(_, item)| *item == name).collect();
        if named.is_empty() { items().collect() } else { named }
    }

    /// The path from the root of a path in the code; none for a name of another crate, or a local one.
    fn absolute(&self, file: &File, path: &Path) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        if first == ROOT {
            return Some(rest.to_vec());
        }
        let child = [file.module.as_slice(), std::slice::from_ref(first)].concat();
        let imported = file.uses.iter().find(|(name, _, _)| name == first).map(|(_, path, _)| path.clone());
        let is_child = self.modules.contains_key(&child) && !rest.is_empty();
        let start = imported.or_else(|| (is_child || file.items.contains_key(first)).then_some(child))?;
        Some([start, rest.to_vec()].concat())
    }

    /// The file that defines what a path names, and the name it has there; none for a whole module.
    fn defining(&self, path: &[String], steps: usize) -> Option<(usize, String)> {
        let known = (1..=path.len()).rev().find_map(|length| Some((length, *self.modules.get(&path[..length])?)));
        let (length, number) = known.filter(|_| steps < 9)?;
        let name = path.get(length)?;
        let passed_on = self.files[number].uses.iter().find(|(known, _, _)| known == name || known == "*");
        let further =
            passed_on.and_then(|(_, from, _)| self.defining(&[from, &path[length + 1..]].concat(), steps + 1));
        Some(further.unwrap_or((number, name.clone())))
    }
}

/// The two modules beside each other that hold two others; none where one of these holds the other.
fn siblings(from: &Path, to: &Path) -> Option<(Path, Path)> {
    let common = from.iter().zip(to).take_while(|(one, other)| one == other).count();
    Some((from.get(..=common)?.to_vec(), to.get(..=common)?.to_vec()))
}

fn reached_from<'f>(from: &Path, arrows: &'f BTreeMap<Path, BTreeSet<Path>>) -> BTreeSet<&'f Path> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Path> = arrows[from].iter().collect();
    while let Some(module) = open.pop() {
        if found.insert(module) {
            open.extend(&arrows[module]);
        }
    }
    found
}

fn reached<'f>(from: &Item<'f>, edges: &BTreeMap<Item<'f>, BTreeSet<Item<'f>>>) -> BTreeSet<Item<'f>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Item> = edges[from].iter().copied().collect();
    while let Some(item) = open.pop() {
        if found.insert(item) {
            open.extend(&edges[&item]);
        }
    }
    found
}

/// The module of a file: `tally/counts/mod.rs` is `tally::counts`.
fn module(name: &str) -> Path {
    let path = name.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

fn file(source: &Source, modules: &BTreeMap<Path, usize>) -> File {
    let module = module(&source.name);
    let code: String = source.lines().map(|(_, code)| format!("{code}\n")).collect();
    let (mut uses, mut rest, mut other) = (Vec::new(), code.as_str(), String::new());
    while let Some((at, is_passed_on)) = next_use(rest) {
        other.push_str(&rest[..at]);
        let (tree, behind) = rest[at..].split_once(';').expect("a use ends with a semicolon");
        for path in leaves(tree.trim_start_matches("use ")) {
            let steps = path.split("::").filter(|step| *step != "self" || path.starts_with("self"));
            let path = from_root(steps.map(str::to_owned).collect(), &module, modules);
            uses.push((path.last().cloned().unwrap_or_default(), path, is_passed_on));
        }
        rest = behind;
    }
    other.push_str(rest);
    let has_modules = modules.keys().any(|other| other.len() > module.len() && other.starts_with(&module));
    let mut items: BTreeMap<String, BTreeSet<Path>> = BTreeMap::new();
    for (name, code) in if has_modules { items_of(&other) } else { vec![(WHOLE.to_owned(), other.as_str())] } {
        let named = paths(code).into_iter().map(|path| climb(path, &module, &[ROOT.to_owned()]));
        items.entry(name).or_default().extend(named);
    }
    // A trait is imported for its methods, and is not named.
    let is_named = |name: &String| items.values().flatten().any(|path| path.first() == Some(name));
    let unnamed: Vec<Path> = uses
        .iter()
        .filter(|(name, _, is_passed_on)| !is_passed_on && !is_named(name))
        .map(|(name, _, _)| vec![name.clone()])
        .collect();
    items.values_mut().for_each(|paths| paths.extend(unnamed.iter().cloned()));
    File { name: source.name.clone(), module, uses, items }
}

/// The items of some code with their names; that of an `impl` is its type.
fn items_of(code: &str) -> Vec<(String, &str)> {
    let (mut items, mut rest) = (Vec::new(), code);
    while !rest.trim().is_empty() {
        let end = item_end(rest);
        let (item, behind) = rest.split_at(end);
        items.push((item_name(item), item));
        rest = behind;
    }
    items
}

/// The byte behind the first item: behind its semicolon or its block.
fn item_end(code: &str) -> usize {
    let (mut depth, mut end) = (0_usize, code.len());
    for (at, c) in code.char_indices() {
        match c {
            '{' | '[' | '(' => depth += 1,
            ']' | ')' => depth -= 1,
            '}' if depth > 1 => depth -= 1,
            '}' => return at + 1,
            ';' if depth == 0 => return at + 1,
            _ => end = code.len(),
        }
    }
    end
}

fn item_name(item: &str) -> String {
    const KEYWORDS: [&str; 9] = ["impl", "struct", "enum", "trait", "fn", "type", "const", "static", "mod"];
    let head = item.split(['{', ';', '=']).next().unwrap_or_default();
    let code = if head.trim_end().ends_with('!') { item } else { head };
    let mut words = code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    if words.find(|word| KEYWORDS.contains(word)) != Some("impl") {
        return words.find(|word| !KEYWORDS.contains(word)).unwrap_or_default().to_owned();
    }
    let (_, of) = head.split_once("impl").unwrap_or_default();
    let of = if of.starts_with('<') { of.trim_start_matches(|c| c != ' ') } else { of };
    let of = of.split(" for ").last().unwrap_or(of).trim_start();
    of.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The place of the next `use`, and whether it passes on what it names.
fn next_use(code: &str) -> Option<(usize, bool)> {
    let at = occurrences(code, "use ").next()?;
    let before = code[..at].trim_end();
    Some((at, before.ends_with("pub") || before.ends_with(')')))
}

/// The path of a `use` from the root of the crate.
fn from_root(path: Path, module: &Path, modules: &BTreeMap<Path, usize>) -> Path {
    let child = [module.as_slice(), &path[..1]].concat();
    if modules.contains_key(&child) { [module.clone(), path].concat() } else { climb(path, module, &[]) }
}

/// Resolves `crate`, `self` and `super` at the beginning of a path; what it then is from the root goes behind `root`.
fn climb(path: Path, module: &Path, root: &[String]) -> Path {
    let mut base: Option<Path> = None;
    let mut rest = path.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        match first.as_str() {
            "crate" => base = Some(Vec::new()),
            "self" => base = Some(module.clone()),
            "super" => base = Some(base.map_or_else(|| up(module), |base| up(&base))),
            _ => break,
        }
        rest = behind;
    }
    base.map_or_else(|| path.clone(), |base| [root, &base, rest].concat())
}

fn up(module: &Path) -> Path {
    module[..module.len().saturating_sub(1)].to_vec()
}

/// Every path and every single name in some code.
fn paths(code: &str) -> BTreeSet<Path> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = code.split(|c: char| !is_part(c)).map(|word| word.trim_matches(':')).filter(|word| !word.is_empty());
    words.map(|word| word.split("::").map(str::to_owned).collect()).collect()
}
