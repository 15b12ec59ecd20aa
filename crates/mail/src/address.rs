//! Mail addresses with the name that was written beside them (RFC 5322, section 3.4).

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest address a mail server must take, in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
pub const MAX_BYTES: usize = 254;

/// One mailbox: `Maria Silva <maria@acme.example>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The display name, without quotes and control characters; absent when none was written.
    pub name: Option<String>,
    /// The address as it was written; compare by [`Address::key`].
    pub address: String,
}

impl Address {
    /// An address with a display name; an empty name is none.
    #[must_use]
    pub fn new(name: Option<&str>, address: &str) -> Self {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        Self { name: name.map(str::to_owned), address: address.trim().to_owned() }
    }

    /// An address without a name.
    #[must_use]
    pub fn bare(address: &str) -> Self {
        Self::new(None, address)
    }

    /// The form to compare and to store by: trimmed and lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.address.trim().to_lowercase()
    }

    /// What follows the `@`, or nothing.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What precedes the `@`, or everything when there is none.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.address.rsplit_once('@').map_or(&self.address, |(local, _)| local)
    }

    /// What to call this person: the name, or else the address.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => f.write_str(&self.address),
        }
    }
}

/// Whether this could be an address that mail can be sent to: at most [`MAX_BYTES`], exactly one `@` with something on
/// both sides, and no space, control character or character that would end an address in a header.
///
/// Quoted local parts (`"a b"@example.com`) and address literals are refused on purpose: nobody has them, attackers do.
#[must_use]
pub fn is_plausible(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let forbidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\' | '[' | ']')
    };
    address.len() <= MAX_BYTES
        && !local.is_empty()
        && !domain.is_empty()
        && !domain.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..")
        && !address.contains(forbidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_without_case() {
        assert_eq!(Address::bare(" Maria@Acme.Example ").key(), "maria@acme.example");
    }

    #[test]
    fn a_blank_name_is_no_name() {
        assert_eq!(Address::new(Some("  "), "ana@acme.example"), Address::bare("ana@acme.example"));
    }

    #[test]
    fn ordinary_addresses_are_plausible() {
        for address in ["a@b", "maria.silva+tag@acme.example", "zélia@exemplo.example", "o'neil@acme.example"] {
            assert!(is_plausible(address), "{address}");
        }
    }

    #[test]
    fn addresses_that_could_break_a_header_or_name_nobody_are_not() {
        let long = format!("{}@acme.example", "a".repeat(250));
        for address in [
            "",
            "@",
            "maria",
            "maria@",
            "@acme.example",
            "a@b@c",
            "a b@c",
            "a@b\r\nBcc: x@y",
            "a@b,c@d",
            "<a@b>",
            "a@.b",
            "a@b..c",
            "a\u{0}@b",
            &long,
        ] {
            assert!(!is_plausible(address), "{address:?}");
        }
    }
}
