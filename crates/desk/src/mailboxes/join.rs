//! Which ticket a mail belongs to. It takes two proofs: a reference to the thread and a sender who takes part in it, or a
//! reply token that this desk signed. A Message-ID alone lets strangers in.

use mail::{Incoming, ReplyToken};
use store::{Conn, Id};

use super::queries;
use crate::tickets::{Ticket, merges, participants};
use crate::{Result, Settings, attachments, contacts, messages, tickets};

/// The ticket that a mail proves to belong to, and that goes on for it where it was merged into another one; `None` opens a new one.
pub async fn ticket_of(conn: &mut Conn, settings: &Settings, mail: &Incoming) -> Result<Option<Id>> {
    match named_by(conn, settings, mail).await? {
        Some(ticket) => Ok(Some(merges::root(conn, ticket).await?)),
        None => Ok(None),
    }
}

/// The ticket whose thread a mail proves to be part of.
async fn named_by(conn: &mut Conn, settings: &Settings, mail: &Incoming) -> Result<Option<Id>> {
    let evidence = mail.evidence();
    if let Some(token) = evidence.tokens.iter().find_map(|token| ReplyToken::verify(&settings.reply_key, token)) {
        return Ok(Some(Id(token.ticket)));
    }
    let Some(sender) = mail.from.as_ref().map(mail::Address::key) else { return Ok(None) };
    for mail_id in &evidence.message_ids {
        for ticket in queries::tickets_of_mail_id(conn, mail_id).await? {
            if takes_part(conn, ticket, &sender).await? {
                return Ok(Some(ticket));
            }
        }
    }
    Ok(None)
}

/// Whether `address` takes part in a ticket's conversation, or in that of one with which it was merged: they are one.
async fn takes_part(conn: &mut Conn, ticket: Id, address: &str) -> Result<bool> {
    if participants::takes_part(conn, ticket, address).await? {
        return Ok(true);
    }
    let root = merges::root(conn, ticket).await?;
    let parts = merges::parts(conn, root).await?;
    for other in std::iter::once(root).chain(parts).filter(|other| *other != ticket) {
        if participants::takes_part(conn, other, address).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether `address` is that of somebody who asked for this ticket: for itself, or for one that was merged into it.
pub async fn asked_for(conn: &mut Conn, ticket: &Ticket, address: &str) -> Result<bool> {
    if contacts::owns_address(conn, ticket.requester, address).await? {
        return Ok(true);
    }
    for part in merges::parts(conn, ticket.id).await? {
        let part = tickets::find(conn, part).await?;
        if let Some(part) = part
            && contacts::owns_address(conn, part.requester, address).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a mail proves that it answers what this desk wrote to `contact` at this address: it carries the token signed for them, or
/// refers to a mail that went there. Somebody else's token is no proof; they may have passed it on.
pub async fn answers_mail_to(
    conn: &mut Conn,
    settings: &Settings,
    mail: &Incoming,
    ticket: Id,
    contact: Id,
) -> Result<bool> {
    let evidence = mail.evidence();
    let theirs = ReplyToken { ticket: ticket.0, contact: contact.0 };
    if evidence.tokens.iter().any(|token| ReplyToken::verify(&settings.reply_key, token) == Some(theirs)) {
        return Ok(true);
    }
    let Some(sender) = mail.from.as_ref().map(mail::Address::key) else { return Ok(false) };
    for mail_id in &evidence.message_ids {
        if queries::went_to(conn, mail_id, ticket, &sender).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a bounce is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The ticket.
    pub ticket: Id,
    /// The message that bounced, where it is known.
    pub message: Option<Id>,
    /// Whether both proofs are there. Without them the report is shown and moves nothing.
    pub is_proved: bool,
}

/// What a bounce is about. A mail server signs nothing and anybody can write such a report, so it takes two proofs here too: a
/// mail of ours, by its Message-ID or a reply token that this desk signed, and as the address that failed the one it went to.
/// A report about a forwarded address has the first alone.
pub async fn returned(conn: &mut Conn, settings: &Settings, mail: &Incoming) -> Result<Option<Returned>> {
    let Some(bounce) = &mail.bounce else { return Ok(None) };
    let failed = bounce.recipient.as_deref().map(|address| address.trim().to_lowercase());
    let evidence = mail.evidence();
    let signed = evidence.tokens.iter().find_map(|token| ReplyToken::verify(&settings.reply_key, token));
    if let Some(mail_id) = &bounce.original_message_id {
        for (ticket, message, went_to) in queries::sent_under(conn, mail_id).await? {
            let is_proved = failed.as_ref().is_some_and(|failed| went_to.contains(failed));
            if is_proved || signed.is_some_and(|token| token.ticket == ticket.0) {
                return Ok(Some(Returned { ticket, message: Some(message), is_proved }));
            }
        }
    }
    let Some(token) = signed else { return Ok(None) };
    let ticket = Id(token.ticket);
    let message = match &failed {
        Some(address) => queries::newest_sent_to(conn, ticket, address).await?,
        None => None,
    };
    Ok(Some(Returned { ticket, message, is_proved: message.is_some() }))
}

/// The ticket on which this very mail left the desk: somebody's list or rule brought it back.
pub async fn sent_by_us(conn: &mut Conn, mail: &Incoming) -> Result<Option<Id>> {
    let Some(mail_id) = &mail.message_id else { return Ok(None) };
    Ok(queries::sent_under(conn, mail_id).await?.first().map(|(ticket, ..)| *ticket))
}

/// The ticket that this very mail is on already: it went to several of our addresses, or was delivered twice. It must be the same
/// in all that its writer wrote; the same Message-ID alone can be on another mail.
pub async fn came_before(conn: &mut Conn, mail: &Incoming, text: &str) -> Result<Option<Id>> {
    let (Some(mail_id), Some(_), Some(sender)) = (&mail.message_id, mail.date, &mail.from) else { return Ok(None) };
    for (ticket, message) in queries::came_under(conn, mail_id).await? {
        let Some(earlier) = messages::find(conn, message).await? else { continue };
        let wrote = match earlier.author.id {
            Some(contact) => contacts::owns_address(conn, contact, &sender.address).await?,
            None => false,
        };
        let subject = mail.subject.as_deref().map(tickets::subject);
        if wrote && earlier.text == text && earlier.html == mail.html && earlier.subject == subject {
            let files = attachments::of_message(conn, message).await?;
            let came = files.iter().map(|file| (file.name.as_str(), file.size));
            let comes =
                mail.attachments.iter().map(|file| (file.name.as_str(), i64::try_from(file.size).unwrap_or(i64::MAX)));
            if came.eq(comes) {
                return Ok(Some(ticket));
            }
        }
    }
    Ok(None)
}
