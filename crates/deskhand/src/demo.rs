//! The people of the sample desk. All of them are invented.

use desk::agents::NewAgent;
use desk::handle::{AddAgent, Command, UpsertContact, UpsertOrganization};
use desk::{Actor, Desk, Result, Role, agents, organizations};
use serde_json::{Map, json};

/// Name, role, teams.
const AGENTS: [(&str, Role, &[&str]); 6] = [
    ("Ana Prado", Role::Agent, &["support"]),
    ("Bo Lindqvist", Role::Agent, &["customer-solutions"]),
    ("Cy Okafor", Role::Agent, &["customer-solutions"]),
    ("Dora Meireles", Role::Agent, &["support"]),
    ("Lea Novak", Role::Lead, &["support", "customer-solutions"]),
    ("Olga Brandt", Role::Owner, &[]),
];

/// Key, name, plan, documents that they have already.
const ORGANIZATIONS: [(&str, &str, &str, i64); 3] = [
    ("acme", "Acme Lending", "pro", 4),
    ("borealis", "Borealis Homes", "premium", 0),
    ("cobalt", "Cobalt & Daughters", "basic", 0),
];

/// Mail address, name, organization, role, language.
const CONTACTS: [(&str, &str, &str, &str, &str); 4] = [
    ("maria@acme.example", "Maria Quintela", "acme", "admin", "en"),
    ("rui@borealis.example", "Rui Tavares", "borealis", "manager", "pt"),
    ("ines@borealis.example", "Inês Falcão", "borealis", "member", "pt"),
    ("tom@cobalt.example", "Tom Ashby", "cobalt", "admin", "en"),
];

/// Lets everybody in, the first time.
pub async fn fill(desk: &Desk) -> Result<()> {
    if !agents::all(&mut desk.read().await?).await?.is_empty() {
        return Ok(());
    }
    for (name, role, teams) in AGENTS {
        let address = format!("{}@desk.example", name.split(' ').next().unwrap_or(name).to_lowercase());
        let teams = teams.iter().map(|team| (*team).to_owned()).collect();
        let agent = NewAgent { name: name.to_owned(), address, role, teams };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(agent))).await?;
    }
    for (key, name, plan, documents) in ORGANIZATIONS {
        let change = organizations::Change {
            name: Some(name.to_owned()),
            plan: Some(plan.to_owned()),
            attributes: Map::from_iter([("documents".to_owned(), json!(documents))]),
            ..organizations::Change::default()
        };
        let command = UpsertOrganization { key: key.to_owned(), change };
        desk.handle(&Actor::Desk, Command::UpsertOrganization(command)).await?;
    }
    for (email, name, organization, role, language) in CONTACTS {
        let command = UpsertContact {
            email: email.to_owned(),
            name: Some(name.to_owned()),
            organization: Some(organization.to_owned()),
            role: Some(role.to_owned()),
            language: Some(language.to_owned()),
            ..UpsertContact::default()
        };
        desk.handle(&Actor::Desk, Command::UpsertContact(command)).await?;
    }
    Ok(())
}
