//! The people of the desk: one's own account, and for owners and leads everybody's.

pub mod account;
pub mod change;
pub mod index;
pub mod invite;
pub mod letters;
pub mod samples;
pub mod view;

use desk::Role;

use super::field::FieldOption;
use super::visit::Visit;
use crate::texts::Texts;

/// What a role is called.
fn role_name(texts: &Texts, role: Role) -> String {
    texts.get(match role {
        Role::Owner => "role-owner",
        Role::Lead => "role-lead",
        Role::Agent => "role-agent",
        Role::Collaborator => "role-collaborator",
    })
}

/// The roles that the viewer may give, the one that may least first, `chosen` marked.
fn roles(visit: &Visit, chosen: Role) -> Vec<FieldOption> {
    let all = desk::rights::may(&visit.actor(), desk::rights::Verb::KeepAgents);
    let given = Role::ALL.into_iter().rev().filter(|role| all || *role > Role::Lead);
    let option = |role: Role| FieldOption {
        value: role.as_str().to_owned(),
        label: role_name(visit.texts, role),
        chosen: role == chosen,
    };
    given.map(option).collect()
}
