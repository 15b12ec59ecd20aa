//! Expressions: guards, conditions and values, in the Common Expression Language.
//!
//! Parsed once, when the handbook is compiled, and judged there: length, depth and cost, the functions that may be
//! called, and the types of all parts over what the place knows. Reading below a link that is not open
//! (`links.config.state` while `links.config` is null) gives null rather than a fault; below any other null it is a
//! fault.

mod calls;
mod check;
mod convert;
mod cost;
mod functions;
mod hours;
mod lift;
mod links;
mod logic;
mod members;
mod moment_functions;
mod moments;
mod operators;
mod patterns;
mod reckoning;
mod walk;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use cel::common::ast::SourceInfo;
use cel::parser::Parser;
use cel::{Context, Env, ExecutionError, IdedExpr, extensions};
use serde_json::{Map, Value};

pub use functions::{FUNCTIONS, Function, MACROS, Macro, reference};
pub(crate) use hours::{CALENDARS, Calendars};
pub(crate) use wanted::Wanted;

use crate::finding::Finding;
use crate::run::Fault;
use crate::scope::Scope;
use crate::source::Place;
use crate::types::Type;
use crate::yaml::Node;

pub(crate) use logic::{Formula, Opaque};

/// The most characters of one expression.
pub(crate) const MAX_CHARACTERS: usize = 2_000;

/// How deeply an expression may be nested.
const MAX_DEPTH: u16 = 50;

/// The most characters of the regular expression of a `matches`.
const MAX_PATTERN: usize = 200;

/// An expression, parsed and checked for what it calls.
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
    place: Place,
    tree: IdedExpr,
    references: Vec<Reference>,
    roots: Vec<Root>,
    patterns: patterns::Patterns,
    /// Where each part begins, in characters from `origin`; without an origin only the whole has a place.
    positions: Arc<SourceInfo>,
    origin: Option<Place>,
}

/// A path that an expression refers to, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) path: Vec<String>,
    pub(crate) place: Place,
}

impl Reference {
    /// Whether it reads a calendar, which stands beside the facts.
    fn is_to_calendars(&self) -> bool {
        self.path.first().is_some_and(|root| root == CALENDARS)
    }
}

/// A root that an expression refers to, and the members of it that it reads: so much is handed to it and no more.
#[derive(Clone, Debug)]
struct Root {
    name: String,
    /// Without these the whole is read.
    members: Option<BTreeSet<String>>,
}

impl Root {
    fn all_of(references: &[Reference]) -> Vec<Self> {
        let mut roots: BTreeMap<&str, Option<BTreeSet<String>>> = BTreeMap::new();
        for reference in references {
            let Some(name) = reference.path.first() else { continue };
            let members = roots.entry(name).or_insert_with(|| Some(BTreeSet::new()));
            match (reference.path.get(1), &mut *members) {
                (Some(member), Some(members)) => drop(members.insert(member.clone())),
                (None, _) => *members = None,
                (Some(_), None) => {}
            }
        }
        roots.into_iter().map(|(name, members)| Self { name: name.to_owned(), members }).collect()
    }
}

impl Expression {
    /// Reads the expression in a scalar.
    pub(crate) fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        match Self::parse(node) {
            Ok(expression) => Some(expression),
            Err(found) => {
                findings.extend(found);
                None
            }
        }
    }

    fn parse(node: &Node) -> Result<Self, Vec<Finding>> {
        let bad = |message: String| vec![Finding::error("bad-expression", node.place.clone(), message)];
        let Some(source) = node.text() else {
            return Err(bad(format!("here stands an expression, not {}", node.kind()))
                .into_iter()
                .map(|finding| finding.with_help("an empty text is '\"\"', an empty list '[]', nothing is 'null'"))
                .collect());
        };
        if source.chars().count() > MAX_CHARACTERS {
            return Err(bad(format!("an expression has {MAX_CHARACTERS} characters at most")));
        }
        let (mut tree, positions) = Parser::new()
            .max_recursion_depth(MAX_DEPTH)
            .parse_with_source_info(source)
            .map_err(|errors| syntax_findings(node, source, &errors))?;
        let walked = walk::walk(&tree, |id| {
            let offset = positions.offset_for(id).map_or(0, |(start, _)| start);
            node.place_within(characters(source, offset) as usize)
        })?;
        if let Some(objection) = cost::objection(&tree) {
            return Err(bad(objection));
        }
        links::read_null_below_closed_links(&mut tree);
        members::put_in_order(&mut tree);
        let spelt = node.scalar().is_some_and(|scalar| scalar.indent.is_some());
        Ok(Self {
            source: source.to_owned(),
            place: node.place.clone(),
            tree,
            roots: Root::all_of(&walked.references),
            references: walked.references,
            patterns: Arc::new(walked.patterns),
            positions: Arc::new(positions),
            origin: spelt.then(|| node.place_within(0)),
        })
    }

    /// Where a part begins.
    fn place_of(&self, node: &IdedExpr) -> Place {
        let Some(origin) = &self.origin else { return self.place.clone() };
        let offset = self.positions.offset_for(node.id).map_or(0, |(start, _)| start);
        let column = origin.column.saturating_add(characters(&self.source, offset));
        Place { column, ..origin.clone() }
    }

    /// As the handbook writes it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The paths it refers to.
    pub(crate) fn references(&self) -> &[Reference] {
        &self.references
    }

    /// Reports every path that is not known in `scope`, every part of the wrong type, and a value that is not what is
    /// wanted. Parts that are instants written as texts, and are reckoned with, are from then on read as instants.
    pub(crate) fn check(&mut self, scope: &Scope, wanted: Wanted<'_>, findings: &mut Vec<Finding>) {
        let mut found = Vec::new();
        for reference in &self.references {
            if let Some(mut finding) = scope.check(&reference.path, &reference.place) {
                if reference.path.len() == 1 && self.source == reference.path.concat() {
                    let help = finding.help.unwrap_or_default();
                    finding.help =
                        Some(format!("{help}; a text in an expression has its own quotes: '\"{}\"'", self.source));
                }
                found.push(finding);
            }
        }
        let mut checker = check::Checker::new(self, scope);
        let type_ = checker.type_of(&self.tree);
        if found.is_empty() && checker.findings.is_empty() {
            checker.want(&self.tree, &type_, wanted);
        }
        let check::Checker { findings: wrong, lifted, .. } = checker;
        for finding in wrong {
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
        if found.is_empty() && !lifted.is_empty() {
            lift::read_instants(&mut self.tree, &lifted);
        }
        findings.append(&mut found);
    }

    /// The type of the value as it is handed on, as far as `scope` tells it.
    pub(crate) fn type_in(&self, scope: &Scope) -> Type {
        check::Checker::new(self, scope).type_of(&self.tree).kept()
    }

    /// The value under `values`.
    ///
    /// # Errors
    /// A [`Fault`] that names the place and the path when a variable is missing or null where something was to be
    /// read below it, and when an operation does not suit its operands.
    pub fn evaluate(&self, values: &Map<String, Value>) -> Result<Value, Fault> {
        self.evaluate_with(values, &Calendars::new())
    }

    /// The same where calendars can be asked whether they are open.
    pub(crate) fn evaluate_with(&self, values: &Map<String, Value>, calendars: &Calendars) -> Result<Value, Fault> {
        let mut context = Context::with_env(environment());
        for Root { name, members } in &self.roots {
            if name == CALENDARS {
                context.add_variable_as_val(CALENDARS, hours::Hours::root(calendars));
            } else if let Some(value) = values.get(name) {
                context.add_variable_from_value(name.as_str(), convert::to_cel(value, members.as_ref()));
            }
        }
        patterns::add_to(&mut context, &self.patterns);
        let value = cel::Value::resolve_val(&self.tree, &context).map_err(|error| self.fault(&error, values))?;
        convert::from_cel(&*value).ok_or_else(|| {
            Fault::new("bad-expression", &self.place, format!("`{}` gives a value that cannot be kept", self.source))
        })
    }

    /// Whether the condition holds under `values`.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate), and when the value is neither true nor false.
    pub fn holds(&self, values: &Map<String, Value>) -> Result<bool, Fault> {
        self.holds_with(values, &Calendars::new())
    }

    /// The same where calendars can be asked whether they are open.
    pub(crate) fn holds_with(&self, values: &Map<String, Value>, calendars: &Calendars) -> Result<bool, Fault> {
        match self.evaluate_with(values, calendars)? {
            Value::Bool(held) => Ok(held),
            other => Err(Fault::new(
                "not-a-boolean",
                &self.place,
                format!("`{}` gives {other}, where true or false was to be decided", self.source),
            )
            .with_help("compare it, for example with `== true` or `!= null`")),
        }
    }

    fn fault(&self, error: &ExecutionError, values: &Map<String, Value>) -> Fault {
        let missing = matches!(
            error,
            ExecutionError::NoSuchKey(_) | ExecutionError::UndeclaredReference(_) | ExecutionError::NoSuchOverload(_)
        );
        let absent = self
            .references
            .iter()
            .filter(|reference| !reference.is_to_calendars())
            .find_map(|reference| lookup(values, &reference.path).err().map(|message| (reference, message)));
        match absent {
            Some((reference, message)) if missing => Fault::new("unknown-variable", &reference.place, message),
            _ => {
                let nulls: Vec<String> = self
                    .references
                    .iter()
                    .filter(|reference| lookup(values, &reference.path).is_ok_and(Value::is_null))
                    .map(|reference| format!("`{}`", reference.path.join(".")))
                    .collect();
                let fault = Fault::new(
                    "bad-expression",
                    &self.place,
                    format!("`{}` cannot be worked out: {error}", self.source),
                );
                if nulls.is_empty() { fault } else { fault.with_help(format!("{} is null here", nulls.join(" and "))) }
            }
        }
    }
}

/// The value at a path.
///
/// # Errors
/// A message that names the path and what is missing in it.
pub(crate) fn lookup<'v>(values: &'v Map<String, Value>, path: &[String]) -> Result<&'v Value, String> {
    static NULL: Value = Value::Null;
    let Some((root, rest)) = path.split_first() else { return Ok(&NULL) };
    let whole = path.join(".");
    let mut value = values.get(root).ok_or_else(|| format!("nothing is called `{whole}` here"))?;
    for (depth, name) in rest.iter().enumerate() {
        let before = || path.get(..=depth).unwrap_or(path).join(".");
        value = match value {
            Value::Object(object) => object
                .get(name)
                .ok_or_else(|| format!("nothing is called `{whole}` here: `{}` has no `{name}`", before()))?,
            Value::Null if links::reads_as_null(path.get(..=depth).unwrap_or(path)) => return Ok(&NULL),
            Value::Null => return Err(format!("`{whole}` cannot be read: `{}` is null here", before())),
            _ => return Err(format!("`{whole}` cannot be read: `{}` is a plain value", before())),
        };
    }
    Ok(value)
}

/// How many characters stand before a byte of the source; the parser counts bytes.
fn characters(source: &str, byte: u32) -> u32 {
    let before = source.get(..byte as usize).unwrap_or(source).chars().count();
    u32::try_from(before).unwrap_or(u32::MAX)
}

fn environment() -> Arc<Env> {
    static ENVIRONMENT: OnceLock<Arc<Env>> = OnceLock::new();
    Arc::clone(ENVIRONMENT.get_or_init(|| {
        let mut environment = Env::stdlib();
        // The extension only fails when its functions are declared already, and then they are there.
        let _ = environment.add_extension(extensions::strings);
        // So do these: nothing else declares functions of instants, since the evaluator is built without its own.
        let _ = moment_functions::declare(&mut environment);
        let _ = members::declare(&mut environment);
        Arc::new(environment)
    }))
}

fn syntax_findings(node: &Node, source: &str, errors: &cel::ParseErrors) -> Vec<Finding> {
    let first = errors.errors.first();
    let (line, column) = first.map_or((1, 1), |error| error.pos);
    let before: usize =
        source.lines().take(usize::try_from(line.max(1)).unwrap_or(1) - 1).map(|line| line.chars().count() + 1).sum();
    let offset = before + usize::try_from(column.max(1)).unwrap_or(1) - 1;
    let reason = first.map_or_else(String::new, |error| {
        let reason = error.msg.lines().next().unwrap_or_default();
        reason.chars().take(160).collect()
    });
    let help = if reason.contains("token recognition error at: '=") {
        "to compare two values write `==`"
    } else {
        "expressions are CEL, for example `size(unmet) > 0 && organization.plan != null`"
    };
    let message = format!("`{source}` is not an expression: {reason}");
    vec![Finding::error("bad-expression", node.place_within(offset), message).with_help(help)]
}

#[cfg(test)]
mod tests;
