//! Which ticket a mail belongs to. It takes two proofs: a reference to the thread and a sender who takes part in it, or a
//! reply token that this desk signed. A Message-ID alone lets strangers in.

use mail::{Incoming, ReplyToken};
use store::{Conn, Id};

use super::queries;
use crate::{Result, Settings};

/// The ticket that a mail proves to belong to; `None` opens a new one.
pub async fn ticket_of(conn: &mut Conn, settings: &Settings, mail: &Incoming) -> Result<Option<Id>> {
    let evidence = mail.evidence();
    if let Some(token) = evidence.tokens.iter().find_map(|token| ReplyToken::verify(&settings.reply_key, token)) {
        return Ok(Some(Id(token.ticket)));
    }
    let Some(sender) = mail.from.as_ref().map(mail::Address::key) else { return Ok(None) };
    for mail_id in &evidence.message_ids {
        for ticket in queries::tickets_of_mail_id(conn, mail_id).await? {
            if queries::takes_part(conn, ticket, &sender).await? {
                return Ok(Some(ticket));
            }
        }
    }
    Ok(None)
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

/// The ticket whose mail a bounce is about. A mail server signs nothing, so the proof is the Message-ID of a mail that went to
/// just the address that failed.
pub async fn ticket_of_bounce(conn: &mut Conn, settings: &Settings, mail: &Incoming) -> Result<Option<Id>> {
    let Some(bounce) = &mail.bounce else { return Ok(None) };
    let evidence = mail.evidence();
    if let Some(token) = evidence.tokens.iter().find_map(|token| ReplyToken::verify(&settings.reply_key, token)) {
        return Ok(Some(Id(token.ticket)));
    }
    let (Some(mail_id), Some(recipient)) = (&bounce.original_message_id, &bounce.recipient) else { return Ok(None) };
    for ticket in queries::tickets_of_mail_id(conn, mail_id).await? {
        if queries::takes_part(conn, ticket, &recipient.trim().to_lowercase()).await? {
            return Ok(Some(ticket));
        }
    }
    Ok(None)
}
