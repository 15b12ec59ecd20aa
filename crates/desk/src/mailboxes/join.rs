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
