//! Who is there before a story begins.

use playbook::Given;
use serde_json::{Map, Value};

use crate::agents::NewAgent;
use crate::handle::{AddAgent, Command, UpsertContact, UpsertOrganization};
use crate::{Actor, Desk, Error, Result, Role, organizations};

/// Lets everybody in. An organization without a key is known by its name, spaces joined by hyphens.
pub(super) async fn let_in(desk: &Desk, given: &Given) -> Result<()> {
    for organization in &given.organizations {
        let key = word(organization, "key").or_else(|| key_of(organization, "name"));
        let key =
            key.ok_or_else(|| Error::invalid_field("organizations", "required", "an organization needs a name"))?;
        let change = organizations::Change {
            name: word(organization, "name"),
            plan: word(organization, "plan"),
            parent: key_of(organization, "parent"),
            time_zone: word(organization, "time_zone"),
            language: word(organization, "language"),
            attributes: attributes(organization),
        };
        desk.handle(&Actor::Desk, Command::UpsertOrganization(UpsertOrganization { key, change })).await?;
    }
    for contact in &given.contacts {
        let command = UpsertContact {
            email: word(contact, "email").unwrap_or_default(),
            name: word(contact, "name"),
            organization: key_of(contact, "organization"),
            role: word(contact, "role"),
            language: word(contact, "language"),
            attributes: attributes(contact),
            may: contact.get("may").map(words),
            addresses: None,
        };
        desk.handle(&Actor::Desk, Command::UpsertContact(command)).await?;
    }
    for (position, agent) in given.agents.iter().enumerate() {
        let name = word(agent, "name").unwrap_or_default();
        let role = word(agent, "role").map_or(Ok(Role::Agent), |role| role.parse())?;
        let address = word(agent, "email").unwrap_or_else(|| format!("agent{position}@desk.example"));
        let mut teams: Vec<String> = word(agent, "team").into_iter().collect();
        if let Some(Value::Array(more)) = agent.get("teams") {
            teams.extend(more.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(NewAgent { name, address, role, teams }))).await?;
    }
    Ok(())
}

fn word(entry: &Map<String, Value>, name: &str) -> Option<String> {
    entry.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// One word or a list of them.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(words) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        other => other.as_str().map(str::to_owned).into_iter().collect(),
    }
}

/// A name as the key that stands for it.
fn key_of(entry: &Map<String, Value>, name: &str) -> Option<String> {
    word(entry, name).map(|name| name.split_whitespace().collect::<Vec<_>>().join("-"))
}

fn attributes(entry: &Map<String, Value>) -> Map<String, Value> {
    entry.get("attributes").and_then(Value::as_object).cloned().unwrap_or_default()
}
