//! What the columns of a file are taken for, by their titles.

use std::collections::BTreeMap;

use playbook::Field;

use super::Kind;
use crate::words::fold;
use crate::{Error, Result};

/// The titles of what contacts have, folded, and what each is taken for.
const OF_CONTACTS: [(&str, &[&str]); 7] = [
    (
        "email",
        &[
            "email",
            "e mail",
            "mail",
            "mail address",
            "email address",
            "e mail address",
            "endereco de email",
            "correio eletronico",
        ],
    ),
    ("name", &["name", "full name", "nome", "nome completo"]),
    ("first_name", &["first name", "given name", "nome proprio", "primeiro nome"]),
    ("last_name", &["last name", "family name", "surname", "apelido", "sobrenome"]),
    (
        "organization",
        &["organization", "organisation", "organization key", "company", "account", "organizacao", "empresa"],
    ),
    ("role", &["role", "funcao", "cargo"]),
    ("language", &["language", "locale", "lingua", "idioma"]),
];

/// The same of organizations.
const OF_ORGANIZATIONS: [(&str, &[&str]); 6] = [
    ("key", &["key", "organization key", "external id", "chave"]),
    ("name", &["name", "organization", "organisation", "company", "nome", "organizacao", "empresa"]),
    ("plan", &["plan", "plano"]),
    ("parent", &["parent", "parent key", "upstream", "upstream organization", "organizacao a montante"]),
    ("time_zone", &["time zone", "timezone", "zone", "fuso horario"]),
    ("language", &["language", "locale", "lingua", "idioma"]),
];

/// What each column is taken for by its title: a name above, or `attributes.NAME` of a declared attribute, by its name or what people call
/// it. Of two that would be the same the first.
pub fn of(
    kind: Kind,
    headers: &[String],
    declared: &BTreeMap<String, Field>,
    languages: &[String],
) -> Vec<Option<String>> {
    let known = known(kind);
    let mut columns: Vec<Option<String>> = Vec::with_capacity(headers.len());
    for header in headers {
        let title = fold::words(header).join(" ");
        let own = known.iter().find(|(name, titles)| titles.contains(&title.as_str()) || *name == header.trim());
        let attribute = || {
            declared.iter().find_map(|(name, field)| {
                let name_folded = fold::words(name).join(" ");
                let called = |language: &String| fold::words(field.label.text(language)).join(" ") == title;
                let fits = !title.is_empty()
                    && (title == name_folded
                        || title == format!("attributes {name_folded}")
                        || languages.iter().any(called));
                fits.then(|| format!("attributes.{name}"))
            })
        };
        let column = own.map(|(name, _)| (*name).to_owned()).or_else(attribute);
        columns.push(column.filter(|column| !columns.contains(&Some(column.clone()))));
    }
    columns
}

fn known(kind: Kind) -> &'static [(&'static str, &'static [&'static str])] {
    match kind {
        Kind::Contacts => &OF_CONTACTS,
        Kind::Organizations => &OF_ORGANIZATIONS,
    }
}

/// The column that says who each row is about.
pub fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::Contacts => "email",
        Kind::Organizations => "key",
    }
}

/// All that a column can be taken for.
pub fn all(kind: Kind, declared: &BTreeMap<String, Field>) -> Vec<String> {
    let own = known(kind).iter().map(|(name, _)| (*name).to_owned());
    own.chain(declared.keys().map(|name| format!("attributes.{name}"))).collect()
}

/// Refuses what a file with so many columns cannot be taken for.
///
/// # Errors
/// A wrong field `columns`: `wrong-number`, `no-such-column`, `twice`, or `no-key-column` when none says who each row is about.
pub fn check(kind: Kind, columns: &[Option<String>], count: usize, declared: &BTreeMap<String, Field>) -> Result<()> {
    let wrong = |code: &str, message: String| Err(Error::invalid_field("columns", code, message));
    if columns.len() != count {
        return wrong("wrong-number", format!("the file has {count} columns, and each needs an entry or a null"));
    }
    let all = all(kind, declared);
    for (place, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        if !all.contains(column) {
            return wrong("no-such-column", format!("{column:?} is none of {}", all.join(", ")));
        }
        if columns[..place].contains(&Some(column.clone())) {
            return wrong("twice", format!("two columns are taken for {column:?}"));
        }
    }
    match columns.iter().flatten().any(|column| column == key(kind)) {
        true => Ok(()),
        false => {
            wrong("no-key-column", format!("no column is taken for {:?}, which says who each row is about", key(kind)))
        }
    }
}
