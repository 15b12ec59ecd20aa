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

/// What each column is taken for: a name above, or `attributes.NAME` of a declared attribute, by its name or what people call it. Of two
/// that would be the same the first.
///
/// # Errors
/// A wrong field `file` when the column is missing that says who each row is about.
pub fn of(
    kind: Kind,
    headers: &[String],
    declared: &BTreeMap<String, Field>,
    languages: &[String],
) -> Result<Vec<Option<String>>> {
    let known: &[(&str, &[&str])] = match kind {
        Kind::Contacts => &OF_CONTACTS,
        Kind::Organizations => &OF_ORGANIZATIONS,
    };
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
    let key = match kind {
        Kind::Contacts => "email",
        Kind::Organizations => "key",
    };
    if columns.iter().flatten().any(|column| column == key) {
        return Ok(columns);
    }
    let message = format!("has no column with the title {key:?}");
    Err(Error::invalid_field("file", "no-key-column", message).advise("The first row names the columns."))
}
