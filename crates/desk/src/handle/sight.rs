//! Whether somebody sees the ticket that their command is about.

use futures::FutureExt;
use futures::future::BoxFuture;

use super::Command;
use crate::rights::Scope;
use crate::{Actor, Desk, Result, questions};

/// Refuses somebody a ticket that they do not see.
pub(super) fn require<'a>(desk: &'a Desk, actor: &'a Actor, command: &'a Command) -> BoxFuture<'a, Result<()>> {
    let looking = async move {
        let mut conn = desk.read().await?;
        let ticket = match command {
            Command::Reply(reply) => Some(reply.ticket),
            Command::Work(work) => Some(work.ticket()),
            Command::SaveDraft(save) => Some(save.ticket),
            Command::AttachFile(attach) => Some(attach.ticket),
            Command::LookAt(look) => Some(look.ticket),
            Command::Answer(answer) => {
                questions::find(&mut conn, answer.question).await?.map(|question| question.ticket)
            }
            _ => None,
        };
        match ticket {
            Some(ticket) => Scope::of(actor)?.require(&mut conn, ticket).await,
            None => Ok(()),
        }
    };
    looking.boxed()
}
