//! The filters that a text may use: one table, from which the checker and the reference are made.

use std::fmt::Write as _;

use minijinja::value::{Kwargs, Value as Jinja};
use minijinja::{Environment, Error, ErrorKind};

use super::bounded::MAX_OUTPUT;
use crate::types::Type;

/// How far `indent` moves a line at most.
const MAX_INDENT: usize = 80;

/// A filter that a text may use: `{{ value | name }}`.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// The name.
    pub name: &'static str,
    /// What stands before it.
    takes: Takes,
    /// What comes out.
    gives: Gives,
    /// One sentence for the reference.
    pub summary: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Anything,
    /// What prints as a text: a text, a number, true or false.
    Plain,
    List,
    /// A text, a list or an object.
    Sized,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gives {
    Same,
    Member,
    Text,
    Texts,
    Integer,
    Decimal,
    List,
}

const fn filter(name: &'static str, takes: Takes, gives: Gives, summary: &'static str) -> Filter {
    Filter { name, takes, gives, summary }
}

/// Every filter, in order of name.
pub const FILTERS: &[Filter] = &[
    filter("abs", Takes::Plain, Gives::Same, "The number without its sign."),
    filter("capitalize", Takes::Plain, Gives::Text, "The first letter large, the others small."),
    filter("default", Takes::Anything, Gives::Same, "`default('x')` where there is nothing, or null."),
    filter("first", Takes::Sized, Gives::Member, "The first member, or character."),
    filter("float", Takes::Plain, Gives::Decimal, "The number with a fraction."),
    filter("indent", Takes::Plain, Gives::Text, "`indent(4)` moves every line but the first, by 80 at most."),
    filter("int", Takes::Plain, Gives::Integer, "The whole number."),
    filter("join", Takes::List, Gives::Text, "`join(', ')` puts the members one after the other."),
    filter("last", Takes::Sized, Gives::Member, "The last member, or character."),
    filter("length", Takes::Sized, Gives::Integer, "How many members, or characters."),
    filter("lines", Takes::Plain, Gives::Texts, "The lines of a text, as a list."),
    filter("list", Takes::Sized, Gives::List, "The members, or characters, as a list."),
    filter("lower", Takes::Plain, Gives::Text, "All letters small."),
    filter("replace", Takes::Plain, Gives::Text, "`replace('a', 'b')` puts the second wherever the first stands."),
    filter("reverse", Takes::Sized, Gives::Same, "The last first."),
    filter("round", Takes::Plain, Gives::Decimal, "`round(2)` keeps two digits of the fraction."),
    filter("sort", Takes::List, Gives::Same, "The members in order."),
    filter("trim", Takes::Plain, Gives::Text, "Without white space at its ends."),
    filter("unique", Takes::List, Gives::Same, "Each member once."),
    filter("upper", Takes::Plain, Gives::Text, "All letters large."),
];

/// The filter of that name.
pub(super) fn find(name: &str) -> Option<&'static Filter> {
    FILTERS.iter().find(|filter| filter.name == name)
}

/// The table of filters as Markdown, for the handbook's reference.
#[must_use]
pub fn reference() -> String {
    let mut out = String::from("| filter | what |\n| --- | --- |\n");
    for filter in FILTERS {
        let _ = writeln!(out, "| `{}` | {} |", filter.name, filter.summary);
    }
    out
}

impl Filter {
    /// What comes out of a value of this type.
    ///
    /// # Errors
    /// What it takes, in words, when that is something else.
    pub(super) fn apply(&self, type_: &Type) -> Result<Type, &'static str> {
        let open = type_.is_open();
        match (self.takes, type_) {
            (Takes::Plain, Type::List(_) | Type::Object(_)) => return Err("a text or a number"),
            (Takes::List, _) if !open && !matches!(type_, Type::List(_)) => return Err("a list"),
            (Takes::Sized, Type::Boolean | Type::Integer | Type::Decimal) => return Err("a text or a list"),
            _ => {}
        }
        Ok(match (self.gives, type_) {
            (Gives::Same, _) => type_.clone(),
            (Gives::Member, Type::List(member)) => (**member).clone(),
            (Gives::Member, Type::Any | Type::Null | Type::Object(_)) => Type::Any,
            (Gives::Member | Gives::Text, _) => Type::Text,
            (Gives::Texts, _) => Type::list(Type::Text),
            (Gives::List, Type::List(_)) => type_.clone(),
            (Gives::List, _) => Type::list(Type::Any),
            (Gives::Integer, _) => Type::Integer,
            (Gives::Decimal, _) => Type::Decimal,
        })
    }
}

/// Adds the filters that differ from Jinja's own: null counts as nothing, and none makes a text grow beyond bounds.
pub(super) fn add_to(environment: &mut Environment<'_>) {
    environment.add_filter("default", |value: Jinja, other: Option<Jinja>| {
        if value.is_undefined() || value.is_none() { other.unwrap_or_else(|| Jinja::from("")) } else { value }
    });
    environment.add_filter("replace", |value: String, from: String, to: String| {
        let found = value.matches(&from).count();
        if value.len().saturating_add(found.saturating_mul(to.len())) > MAX_OUTPUT {
            return Err(Error::new(ErrorKind::InvalidOperation, "`replace` makes the text too long"));
        }
        Ok(value.replace(&from, &to))
    });
    environment.add_filter("indent", indent);
}

fn indent(value: String, width: Option<usize>, first: Option<bool>, named: Kwargs) -> Result<String, Error> {
    let width = width.or(named.get::<Option<usize>>("width")?).unwrap_or(4);
    let first = first.or(named.get::<Option<bool>>("first")?).unwrap_or(false);
    named.assert_all_used()?;
    if width > MAX_INDENT {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("`indent` moves by {MAX_INDENT} at most")));
    }
    let margin = " ".repeat(width);
    let mut out = String::new();
    for (number, line) in value.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        if (number > 0 || first) && !line.is_empty() {
            out.push_str(&margin);
        }
        out.push_str(line);
    }
    Ok(out)
}
