//! Who may do what: one table of verb × role, one scope for reads.

pub mod answering;

use crate::{Actor, Error, Result, Role};

/// Everything that somebody can want to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Bring a ticket in: a form, a mail.
    BringIn,
    /// Open a ticket by the API or by hand.
    OpenTicket,
    /// Read tickets and what belongs to them.
    ReadTickets,
    /// Answer, note, choose, assign.
    WorkOnTickets,
    /// Read and change contacts and organizations.
    KeepPeople,
    /// Add agents, make tokens.
    KeepAgents,
    /// Connect mailboxes, change and remove them.
    KeepMailboxes,
    /// Publish a handbook.
    PublishHandbook,
    /// Read what the mail catcher holds, and mail that was set aside.
    ReadCaughtMail,
    /// Move tickets by the clock and by each other.
    RunTickets,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Verb; 10] = [
        Verb::BringIn,
        Verb::OpenTicket,
        Verb::ReadTickets,
        Verb::WorkOnTickets,
        Verb::KeepPeople,
        Verb::KeepAgents,
        Verb::KeepMailboxes,
        Verb::PublishHandbook,
        Verb::ReadCaughtMail,
        Verb::RunTickets,
    ];

    fn in_words(self) -> &'static str {
        match self {
            Verb::BringIn => "bring a ticket in",
            Verb::OpenTicket => "open a ticket",
            Verb::ReadTickets => "read tickets",
            Verb::WorkOnTickets => "work on tickets",
            Verb::KeepPeople => "change contacts and organizations",
            Verb::KeepAgents => "add agents or tokens",
            Verb::KeepMailboxes => "connect or change mailboxes",
            Verb::PublishHandbook => "publish a handbook",
            Verb::ReadCaughtMail => "read caught mail",
            Verb::RunTickets => "move tickets by themselves",
        }
    }
}

/// The table. `Actor::Desk` is the desk itself and may do everything that moves a ticket.
pub fn may(actor: &Actor, verb: Verb) -> bool {
    use Verb::*;
    match (actor, actor.role()) {
        (Actor::Desk, _) => !matches!(verb, ReadCaughtMail),
        (Actor::Outside, _) => matches!(verb, BringIn),
        (_, Some(Role::Owner)) => !matches!(verb, RunTickets),
        (_, Some(Role::Lead)) => !matches!(verb, RunTickets | KeepAgents | KeepMailboxes),
        (_, Some(Role::Agent)) => {
            matches!(verb, BringIn | OpenTicket | ReadTickets | WorkOnTickets | KeepPeople | ReadCaughtMail)
        }
        (_, None) => false,
    }
}

/// Refuses what `actor` may not do.
pub fn require(actor: &Actor, verb: Verb) -> Result<()> {
    if may(actor, verb) { Ok(()) } else { Err(Error::forbidden(verb.in_words())) }
}

/// Which tickets somebody may see. No query on tickets exists without one, and only [`Scope::of`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope(());

impl Scope {
    /// What `actor` may see; an error for those who see no tickets at all. Every role sees every ticket for now; a
    /// narrower scope becomes a condition inside the queries that take this.
    pub fn of(actor: &Actor) -> Result<Self> {
        require(actor, Verb::ReadTickets).map(|()| Self(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Id;

    fn agent(role: Role) -> Actor {
        Actor::Agent { id: Id(1), name: "Ana".into(), role }
    }

    #[test]
    fn the_whole_table_is_as_written_here() {
        let program = |role| Actor::Program { name: "importer".into(), role };
        let table = [
            //                     bring open read work people agents boxes publish caught run
            (agent(Role::Owner), [true, true, true, true, true, true, true, true, true, false]),
            (agent(Role::Lead), [true, true, true, true, true, false, false, true, true, false]),
            (agent(Role::Agent), [true, true, true, true, true, false, false, false, true, false]),
            (program(Role::Owner), [true, true, true, true, true, true, true, true, true, false]),
            (program(Role::Lead), [true, true, true, true, true, false, false, true, true, false]),
            (program(Role::Agent), [true, true, true, true, true, false, false, false, true, false]),
            (Actor::Outside, [true, false, false, false, false, false, false, false, false, false]),
            (Actor::Desk, [true, true, true, true, true, true, true, true, false, true]),
        ];
        for (actor, row) in table {
            for (verb, expected) in Verb::ALL.into_iter().zip(row) {
                assert_eq!(may(&actor, verb), expected, "{actor:?} {verb:?}");
                assert_eq!(require(&actor, verb).is_ok(), expected);
            }
            assert_eq!(Scope::of(&actor).is_ok(), may(&actor, Verb::ReadTickets));
        }
    }
}
