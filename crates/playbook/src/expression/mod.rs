//! Expressions: guards, conditions and values, in the Common Expression Language.
//!
//! Parsed once, when the handbook is compiled, and bounded there: length, depth, nesting of loops, and the functions
//! that may be called. Reading below a link that is not open (`links.config.state` while `links.config` is null) gives
//! null rather than a fault; below any other null it is a fault.

mod convert;
mod links;
mod logic;
mod walk;

use std::sync::{Arc, OnceLock};

use cel::parser::Parser;
use cel::{Context, Env, ExecutionError, IdedExpr, extensions};
use serde_json::{Map, Value};

use crate::finding::Finding;
use crate::run::Fault;
use crate::scope::Scope;
use crate::source::Place;
use crate::yaml::Node;

pub(crate) use logic::{Formula, Opaque};

/// The most characters of one expression.
const MAX_CHARACTERS: usize = 1_000;

/// How deeply an expression may be nested.
const MAX_DEPTH: u16 = 50;

/// An expression, parsed and checked for what it calls.
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
    place: Place,
    tree: IdedExpr,
    references: Vec<Reference>,
}

/// A path that an expression refers to, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) path: Vec<String>,
    pub(crate) place: Place,
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
            let offset = positions.offset_for(id).map_or(0, |(start, _)| start as usize);
            node.place_within(offset)
        })?;
        links::read_null_below_closed_links(&mut tree);
        Ok(Self { source: source.to_owned(), place: node.place.clone(), tree, references: walked })
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

    /// Reports every path that is not known in `scope`.
    pub(crate) fn check(&self, scope: &Scope, findings: &mut Vec<Finding>) {
        for reference in &self.references {
            if let Some(mut finding) = scope.check(&reference.path, &reference.place) {
                if reference.path.len() == 1 && self.source == reference.path.concat() {
                    let help = finding.help.unwrap_or_default();
                    finding.help =
                        Some(format!("{help}; a text in an expression has its own quotes: '\"{}\"'", self.source));
                }
                findings.push(finding);
            }
        }
    }

    /// The value under `values`.
    ///
    /// # Errors
    /// A [`Fault`] that names the place and the path when a variable is missing or null where something was to be
    /// read below it, and when an operation does not suit its operands.
    pub fn evaluate(&self, values: &Map<String, Value>) -> Result<Value, Fault> {
        let mut context = Context::with_env(environment());
        for reference in &self.references {
            if let Some((root, value)) = reference.path.first().and_then(|root| values.get_key_value(root)) {
                context.add_variable_from_value(root.as_str(), convert::to_cel(value));
            }
        }
        let value = context.resolve(&self.tree).map_err(|error| self.fault(&error, values))?;
        convert::from_cel(&value).ok_or_else(|| {
            Fault::new("bad-expression", &self.place, format!("`{}` gives a value that cannot be kept", self.source))
        })
    }

    /// Whether the condition holds under `values`.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate), and when the value is neither true nor false.
    pub fn holds(&self, values: &Map<String, Value>) -> Result<bool, Fault> {
        match self.evaluate(values)? {
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

fn environment() -> Arc<Env> {
    static ENVIRONMENT: OnceLock<Arc<Env>> = OnceLock::new();
    Arc::clone(ENVIRONMENT.get_or_init(|| {
        let mut environment = Env::stdlib();
        // The extension only fails when its functions are declared already, and then they are there.
        let _ = environment.add_extension(extensions::strings);
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
