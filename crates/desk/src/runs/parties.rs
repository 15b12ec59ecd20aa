//! The people whom a playbook names beside the requester: who they are, and who of them wrote a mail.
//!
//! Only a verified address of such a person counts, and only in answer to what went to just them. Whoever reads along, in copy or
//! because a mail was passed on, is nobody here.

use playbook::Party;
use store::{Conn, Id};

use super::{Case, queries};
use crate::contacts::{Contact, rights};
use crate::mailboxes::join;
use crate::messages::Message;
use crate::tickets::participants;
use crate::{Context, Result, outbox};

/// How many people of a party are written to at most, those known longest first.
const WRITTEN_TO_MAX: u32 = 10;

/// A party of a ticket's playbook, and whom a message to it reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// The party's name.
    pub party: String,
    /// Its people with a verified address; nobody, where none is known.
    pub people: Vec<Contact>,
}

/// Every party of the case's playbook, by name.
pub(super) async fn reached(conn: &mut Conn, case: &Case) -> Result<Vec<Reached>> {
    let playbook = case.playbook()?;
    let mut reached = Vec::new();
    for party in playbook.parties().keys() {
        reached.push(Reached { party: party.clone(), people: people(conn, case, party).await? });
    }
    Ok(reached)
}

/// Has a message leave as a mail to one person of a party, once under `key`. From here on they take part in the thread, and the
/// token in the mail is signed for just them: only their own answer is the party's.
pub async fn write_to(
    context: &mut Context<'_>,
    message: &mut Message,
    (contact, address): (Id, String),
    key: &str,
) -> Result<()> {
    participants::remember(context, message.ticket, &address).await?;
    outbox::send_alone(context, message, (contact, address), key).await
}

/// The people of the party called `name`, whom a reply to it goes to. Nobody when the ticket is for no organization.
pub async fn people(conn: &mut Conn, case: &Case, name: &str) -> Result<Vec<Contact>> {
    let playbook = case.playbook()?;
    let (Some(party), Some(organization)) = (playbook.parties().get(name), case.ticket.organization) else {
        return Ok(Vec::new());
    };
    let mut people = rights::holders(conn, organization, party.may.as_deref(), WRITTEN_TO_MAX).await?;
    people.retain(|contact| may_be(party, contact.id, case));
    Ok(people)
}

/// For whom a mail on this ticket speaks that came from `address`: a party whom it proves to be from, or the requester. A requester
/// who belongs to a party speaks for it while the ticket waits on it.
pub async fn speaker(
    context: &mut Context<'_>,
    case: &Case,
    mail: &mail::Incoming,
    address: &str,
    is_requester: bool,
) -> Result<Option<String>> {
    let playbook = case.playbook()?;
    let waited_on = case.ticket.waiting_on.as_str();
    let mut parties: Vec<(&String, &Party)> = playbook.parties().iter().collect();
    parties.sort_by_key(|(name, _)| *name != waited_on);
    for (name, party) in parties {
        if is_requester && name != waited_on {
            continue;
        }
        let Some(organization) = case.ticket.organization else { break };
        let found = rights::verified(context.tx, organization, party.may.as_deref(), address).await?;
        let Some(contact) = found.filter(|contact| may_be(party, contact.id, case)) else { continue };
        if join::answers_mail_to(context.tx, context.settings, mail, case.ticket.id, contact.id).await? {
            return Ok(Some(name.clone()));
        }
    }
    Ok(is_requester.then(|| playbook::REQUESTER.to_owned()))
}

/// Whether a message on this ticket was taken as the word of the party called `name`.
pub async fn said(conn: &mut Conn, case: &Case, name: &str, message: &Message) -> Result<bool> {
    Ok(queries::raised(conn, case.ticket.id, message.id, &format!("{name}.replied")).await?)
}

/// Somebody else than the requester, unless a right says who may.
fn may_be(party: &Party, contact: Id, case: &Case) -> bool {
    party.may.is_some() || contact != case.requester.id
}
