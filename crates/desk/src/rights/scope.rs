//! Which tickets somebody may see.

use store::{Conn, Id};

use super::{Verb, queries, require};
use crate::agents::Agent;
use crate::{Actor, Error, Result, Role};

/// Which tickets somebody may see. No query on tickets exists without one, and only [`Scope::of`] makes one.
///
/// A collaborator sees the tickets of their teams, those that are theirs, and those about which they, or a team of theirs, were
/// asked. Everybody else who sees tickets sees all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The collaborator whose tickets these are; `None` for all.
    narrowed_to: Option<Id>,
}

impl Scope {
    /// What `actor` may see; an error for those who see no tickets at all.
    pub fn of(actor: &Actor) -> Result<Self> {
        require(actor, Verb::ReadTickets)?;
        let narrowed_to = match actor.role() {
            Some(Role::Collaborator) => actor.agent_id(),
            _ => None,
        };
        Ok(Self { narrowed_to })
    }

    /// Whether every ticket is seen.
    pub fn is_everything(self) -> bool {
        self.narrowed_to.is_none()
    }

    /// Whether this ticket is seen. Asks the database only where not every one is.
    pub async fn sees(self, conn: &mut Conn, ticket: Id) -> Result<bool> {
        match self.narrowed_to {
            None => Ok(true),
            Some(agent) => Ok(queries::sees(conn, agent, ticket).await?),
        }
    }

    /// Refuses a ticket that is not seen as if it were not there.
    pub async fn require(self, conn: &mut Conn, ticket: Id) -> Result<()> {
        if self.sees(conn, ticket).await? { Ok(()) } else { Err(Error::not_found("ticket")) }
    }

    /// For the queries of lists: whose id is to be bound, and the condition that `tickets` must meet when it is bound at `place`.
    /// `None` where every ticket is seen.
    pub(crate) fn condition(self, place: usize) -> Option<(Id, String)> {
        self.narrowed_to.map(|agent| (agent, queries::seen_by(place)))
    }
}

/// Those of `agents` who see `ticket`, in their order.
pub async fn who_see(conn: &mut Conn, ticket: Id, agents: &[Agent]) -> Result<Vec<Agent>> {
    let mut seeing = Vec::new();
    for agent in agents {
        if Scope::of(&agent.as_actor())?.sees(conn, ticket).await? {
            seeing.push(agent.clone());
        }
    }
    Ok(seeing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_collaborators_scope_is_narrow_and_whoever_reads_no_tickets_has_none() {
        let agent = |role| Actor::Agent { id: Id(7), name: "Ana".into(), role };
        for role in [Role::Owner, Role::Lead, Role::Agent] {
            assert!(Scope::of(&agent(role)).unwrap().is_everything());
        }
        let narrow = Scope::of(&agent(Role::Collaborator)).unwrap();
        assert!(!narrow.is_everything());
        assert_eq!(narrow.condition(4).map(|(agent, _)| agent), Some(Id(7)));
        assert!(Scope::of(&Actor::Outside).is_err());
        assert!(Scope::of(&Actor::Program { name: "x".into(), role: Role::Collaborator }).is_err());
    }
}
