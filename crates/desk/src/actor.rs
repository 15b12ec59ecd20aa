//! Who does something.

use serde::{Deserialize, Serialize};
use store::Id;

/// What an agent or a token may do, most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, people and settings included.
    Owner,
    /// Everything about tickets, and handbooks.
    Lead,
    /// Everything about tickets.
    Agent,
    /// Reading and noting on the tickets of their teams and those they are asked about. Never an answer to a client.
    Collaborator,
}

impl Role {
    /// Every role, the one that may most first.
    pub const ALL: [Role; 4] = [Role::Owner, Role::Lead, Role::Agent, Role::Collaborator];

    /// The role's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Lead => "lead",
            Role::Agent => "agent",
            Role::Collaborator => "collaborator",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Role::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| {
            crate::Error::invalid("no-such-role", format!("{text:?} is no role."))
                .advise("Use owner, lead, agent or collaborator.")
        })
    }
}

/// Who does something. Every verb and every query is given one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// An agent, signed in or through a token of theirs.
    Agent {
        /// The agent.
        id: Id,
        /// Their name.
        name: String,
        /// Their role.
        role: Role,
    },
    /// A program with a token of its own.
    Program {
        /// The token's name.
        name: String,
        /// The token's role.
        role: Role,
    },
    /// Somebody from outside who is known by what they bring: a form, a mail.
    Outside,
    /// The desk itself: timers, events between tickets.
    Desk,
}

impl Actor {
    /// The role, for those who have one.
    pub fn role(&self) -> Option<Role> {
        match self {
            Actor::Agent { role, .. } | Actor::Program { role, .. } => Some(*role),
            Actor::Outside | Actor::Desk => None,
        }
    }

    /// The agent's id, for an agent.
    pub fn agent_id(&self) -> Option<Id> {
        match self {
            Actor::Agent { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// What kind of actor, as the history stores it.
    pub fn kind(&self) -> &'static str {
        match self {
            Actor::Agent { .. } => "agent",
            Actor::Program { .. } => "program",
            Actor::Outside => "contact",
            Actor::Desk => "desk",
        }
    }

    /// The name that people see.
    pub fn name(&self) -> &str {
        match self {
            Actor::Agent { name, .. } | Actor::Program { name, .. } => name,
            Actor::Outside => "",
            Actor::Desk => "Deskhand",
        }
    }
}
