//! Who may answer what a playbook asks.

use store::Id;

use crate::{Actor, Role};

/// Whom a question is put to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One agent, by name.
    Person {
        /// The name, as the playbook gives it.
        name: String,
        /// The agent of that name; `None` when nobody here is called so.
        agent: Option<Id>,
    },
    /// Everybody in a team.
    Team(String),
    /// Everybody with this role, and those above it.
    Role(Role),
}

impl Asked {
    /// `person`, `team` or `role`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Person { .. } => "person",
            Self::Team(_) => "team",
            Self::Role(_) => "role",
        }
    }

    /// Which one: a name, a team, a role.
    pub fn name(&self) -> &str {
        match self {
            Self::Person { name, .. } | Self::Team(name) => name,
            Self::Role(role) => role.as_str(),
        }
    }
}

/// Whether `actor`, who belongs to `teams`, may answer a question that is put to `asked`. Those who are asked may. Leads
/// and owners may in the place of a person or a team, so that nothing hangs on somebody who is away; a role is answered by
/// that role and those above it.
pub fn may_answer(actor: &Actor, teams: &[String], asked: &Asked) -> bool {
    let Some(role) = actor.role() else { return false };
    // The highest role is the least.
    let is_lead = role <= Role::Lead;
    match asked {
        Asked::Person { agent, .. } => is_lead || (agent.is_some() && *agent == actor.agent_id()),
        Asked::Team(team) => is_lead || teams.contains(team),
        Asked::Role(asked) => role <= *asked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_are_asked_may_answer_and_leads_in_their_place_but_nobody_above_their_role() {
        let agent = |id, role| Actor::Agent { id: Id(id), name: "Ana".into(), role };
        let program = |role| Actor::Program { name: "importer".into(), role };
        let person = Asked::Person { name: "Ana".into(), agent: Some(Id(1)) };
        let nobody = Asked::Person { name: "Nobody".into(), agent: None };
        let team = Asked::Team("support".into());
        let roles = [Asked::Role(Role::Agent), Asked::Role(Role::Lead), Asked::Role(Role::Owner)];
        let ours = ["support".to_owned()];
        let table = [
            //                                       person nobody team  agent lead  owner
            (agent(1, Role::Agent), &ours[..], [true, false, true, true, false, false]),
            (agent(2, Role::Agent), &[][..], [false, false, false, true, false, false]),
            (agent(2, Role::Lead), &[][..], [true, true, true, true, true, false]),
            (agent(2, Role::Owner), &[][..], [true, true, true, true, true, true]),
            (program(Role::Agent), &[][..], [false, false, false, true, false, false]),
            (program(Role::Lead), &[][..], [true, true, true, true, true, false]),
            (Actor::Outside, &[][..], [false; 6]),
            (Actor::Desk, &[][..], [false; 6]),
        ];
        for (actor, teams, row) in table {
            let asked = [&person, &nobody, &team, &roles[0], &roles[1], &roles[2]];
            for (asked, expected) in asked.into_iter().zip(row) {
                assert_eq!(may_answer(&actor, teams, asked), expected, "{actor:?} {asked:?}");
            }
        }
    }
}
