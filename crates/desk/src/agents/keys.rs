//! The keys of the desk as somebody uses them: single keys can be turned off, and each can be another one (WCAG 2.1.4).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Conn, Id};

use super::queries;
use crate::{Context, Error, Result};

/// How many actions may have a key of their own.
const KEYS_MAX: usize = 60;

/// What differs from what the desk proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// Whether single keys do nothing.
    pub off: bool,
    /// The key of each action that has another one than the desk proposes: one character; none where it is to have no key.
    pub changed: BTreeMap<String, String>,
}

/// The keys of an agent.
pub async fn of(conn: &mut Conn, agent: Id) -> Result<Keys> {
    let kept = queries::keys(conn, agent).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Keeps the keys of an agent.
///
/// # Errors
/// `bad-keys` when there are too many, or one is no single character; `same-key` when two actions have the same.
pub async fn keep(context: &mut Context<'_>, agent: Id, keys: &Keys) -> Result<()> {
    let single = |key: &String| key.is_empty() || (key.chars().count() == 1 && !key.contains(char::is_whitespace));
    let named = |action: &String| !action.is_empty() && action.len() <= 40;
    if keys.changed.len() > KEYS_MAX || !keys.changed.values().all(single) || !keys.changed.keys().all(named) {
        return Err(Error::invalid_field("keys", "bad-keys", "each is one character, or none"));
    }
    let mut used: Vec<&String> = keys.changed.values().filter(|key| !key.is_empty()).collect();
    used.sort_unstable();
    if used.windows(2).any(|two| two.first() == two.last()) {
        return Err(Error::invalid_field("keys", "same-key", "two actions have the same key"));
    }
    let text = serde_json::to_string(keys).unwrap_or_default();
    Ok(queries::keep_keys(context.tx, agent, &text).await?)
}
