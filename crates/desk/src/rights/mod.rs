//! Who may do what: one table of verb × role, one scope for reads.

pub mod answering;
mod queries;
mod scope;

pub use scope::{Scope, who_see};

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
    /// Write notes, and answer what one is asked.
    NoteOnTickets,
    /// Answer clients, choose, assign.
    WorkOnTickets,
    /// Read contacts and organizations.
    ReadPeople,
    /// Change contacts and organizations, and import them.
    KeepPeople,
    /// Erase what is known of somebody.
    ErasePeople,
    /// Change one's own name, password and sessions.
    KeepOwnAccount,
    /// See the people of the desk, say who is in which team, invite colleagues who may work on tickets.
    KeepTeams,
    /// Say who may what, send people away, make tokens.
    KeepAgents,
    /// Connect mailboxes, change and remove them.
    KeepMailboxes,
    /// Read handbooks, and see their scenarios played.
    ReadHandbook,
    /// Change and publish a handbook.
    PublishHandbook,
    /// Read what the mail catcher holds, and mail that was set aside.
    ReadCaughtMail,
    /// Move tickets by the clock and by each other.
    RunTickets,
    /// Look at the figures of the desk.
    ReadInsights,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Verb; 17] = [
        Verb::BringIn,
        Verb::OpenTicket,
        Verb::ReadTickets,
        Verb::NoteOnTickets,
        Verb::WorkOnTickets,
        Verb::ReadPeople,
        Verb::KeepPeople,
        Verb::ErasePeople,
        Verb::KeepOwnAccount,
        Verb::KeepTeams,
        Verb::KeepAgents,
        Verb::KeepMailboxes,
        Verb::ReadHandbook,
        Verb::PublishHandbook,
        Verb::ReadCaughtMail,
        Verb::RunTickets,
        Verb::ReadInsights,
    ];

    fn in_words(self) -> &'static str {
        match self {
            Verb::BringIn => "bring a ticket in",
            Verb::OpenTicket => "open a ticket",
            Verb::ReadTickets => "read tickets",
            Verb::NoteOnTickets => "write notes on tickets",
            Verb::WorkOnTickets => "work on tickets",
            Verb::ReadPeople => "read contacts and organizations",
            Verb::KeepPeople => "change contacts and organizations",
            Verb::ErasePeople => "erase somebody",
            Verb::KeepOwnAccount => "change an account",
            Verb::KeepTeams => "see or change who is in which team",
            Verb::KeepAgents => "change what people may do, or make tokens",
            Verb::KeepMailboxes => "connect or change mailboxes",
            Verb::ReadHandbook => "read handbooks",
            Verb::PublishHandbook => "publish a handbook",
            Verb::ReadCaughtMail => "read caught mail",
            Verb::RunTickets => "move tickets by themselves",
            Verb::ReadInsights => "look at the figures",
        }
    }
}

/// The table. `Actor::Desk` is the desk itself and may do everything that moves a ticket. A program is nobody's account; and a
/// collaborator is a person, whose tickets are told by their teams and by what they are asked, so no program is one. Who is a client of
/// whom is kept by leads and owners, and by programs that bring it from elsewhere.
pub fn may(actor: &Actor, verb: Verb) -> bool {
    use Verb::*;
    match (actor, actor.role()) {
        (Actor::Desk, _) => !matches!(verb, ReadCaughtMail | KeepOwnAccount | ReadInsights),
        (Actor::Outside, _) => matches!(verb, BringIn),
        (Actor::Program { .. }, _) if verb == KeepOwnAccount => false,
        (_, Some(Role::Owner)) => !matches!(verb, RunTickets),
        (_, Some(Role::Lead)) => !matches!(verb, RunTickets | KeepAgents | KeepMailboxes | ErasePeople),
        (Actor::Program { .. }, Some(Role::Agent)) if verb == KeepPeople => true,
        (_, Some(Role::Agent)) => {
            matches!(verb, BringIn | OpenTicket | ReadTickets | NoteOnTickets | WorkOnTickets | ReadPeople)
                || matches!(verb, KeepOwnAccount | ReadCaughtMail | ReadHandbook)
        }
        (Actor::Agent { .. }, Some(Role::Collaborator)) => {
            matches!(verb, ReadTickets | NoteOnTickets | KeepOwnAccount)
        }
        (_, Some(Role::Collaborator) | None) => false,
    }
}

/// Refuses what `actor` may not do.
pub fn require(actor: &Actor, verb: Verb) -> Result<()> {
    if may(actor, verb) { Ok(()) } else { Err(Error::forbidden(verb.in_words())) }
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
        const Y: bool = true;
        const N: bool = false;
        let program = |role| Actor::Program { name: "importer".into(), role };
        let table = [
            // bring open read note work | read keep erase people | own teams agents boxes book publish caught run | figures
            (agent(Role::Owner), [Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, Y, N, Y]),
            (agent(Role::Lead), [Y, Y, Y, Y, Y, Y, Y, N, Y, Y, N, N, Y, Y, Y, N, Y]),
            (agent(Role::Agent), [Y, Y, Y, Y, Y, Y, N, N, Y, N, N, N, Y, N, Y, N, N]),
            (agent(Role::Collaborator), [N, N, Y, Y, N, N, N, N, Y, N, N, N, N, N, N, N, N]),
            (program(Role::Owner), [Y, Y, Y, Y, Y, Y, Y, Y, N, Y, Y, Y, Y, Y, Y, N, Y]),
            (program(Role::Lead), [Y, Y, Y, Y, Y, Y, Y, N, N, Y, N, N, Y, Y, Y, N, Y]),
            (program(Role::Agent), [Y, Y, Y, Y, Y, Y, Y, N, N, N, N, N, Y, N, Y, N, N]),
            (program(Role::Collaborator), [N; 17]),
            (Actor::Outside, [Y, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N]),
            (Actor::Desk, [Y, Y, Y, Y, Y, Y, Y, Y, N, Y, Y, Y, Y, Y, N, Y, N]),
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
