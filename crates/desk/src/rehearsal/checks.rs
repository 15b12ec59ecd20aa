//! Checking the items of checklists in a story.

use playbook::{Evidence, EvidenceKind};
use store::{Conn, Id};

use super::deeds::{handle, ticket};
use super::stage::Stage;
use crate::handle::{CheckItem, Command, UncheckItem};
use crate::messages::{self, Kind};
use crate::rights::Scope;
use crate::{Actor, Error, Result, attachments};

/// How many messages of the ticket are looked at.
const LOOKED_AT: u32 = 1_000;

/// An agent checks an item.
pub(super) async fn check(
    stage: &Stage,
    agent: &Actor,
    item: &str,
    with: Option<&Evidence>,
    on: Option<&str>,
) -> Result<()> {
    let ticket = ticket(stage, on).await?;
    let (checklist, item) = find(stage, ticket, item).await?;
    let evidence = match with {
        Some(with) => Some(known(stage, ticket, with).await?),
        None => None,
    };
    handle(stage, agent, Command::CheckItem(CheckItem { ticket, checklist, item, evidence, key: None })).await
}

/// An agent takes a mark back.
pub(super) async fn uncheck(stage: &Stage, agent: &Actor, item: &str, on: Option<&str>) -> Result<()> {
    let ticket = ticket(stage, on).await?;
    let (checklist, item) = find(stage, ticket, item).await?;
    handle(stage, agent, Command::UncheckItem(UncheckItem { ticket, checklist, item, key: None })).await
}

/// The checklist and the item that `ITEM` or `CHECKLIST.ITEM` names on a ticket.
async fn find(stage: &Stage, ticket: Id, item: &str) -> Result<(String, String)> {
    if let Some((checklist, item)) = item.split_once('.') {
        return Ok((checklist.to_owned(), item.to_owned()));
    }
    let scope = Scope::of(&Stage::onlooker())?;
    let view = stage.desk.view(&mut stage.desk.read().await?, scope, ticket).await?;
    let mut found = view.checklists.iter().filter(|list| list.items.iter().any(|known| known.id == item));
    match (found.next(), found.next()) {
        (Some(list), None) => Ok((list.name.clone(), item.to_owned())),
        (Some(one), Some(other)) => {
            Err(Error::conflict("ambiguous-item", format!("Both {} and {} have an item {item}.", one.name, other.name))
                .advise("Write CHECKLIST.ITEM."))
        }
        (None, _) => Err(Error::not_found(&format!("item {item} to check"))),
    }
}

/// The evidence as the desk knows it: by the ids of what the story calls by name.
async fn known(stage: &Stage, ticket: Id, evidence: &Evidence) -> Result<Evidence> {
    let mut conn = stage.desk.read().await?;
    let id = match evidence.kind {
        EvidenceKind::Link | EvidenceKind::Text => return Ok(evidence.clone()),
        EvidenceKind::Message => last_message(&mut conn, ticket).await?,
        EvidenceKind::File => file(&mut conn, ticket, &evidence.value).await?,
    };
    let id = id.ok_or_else(|| Error::not_found(&format!("{} on the ticket", evidence.kind)))?;
    Ok(Evidence { kind: evidence.kind, value: id.to_string() })
}

async fn last_message(conn: &mut Conn, ticket: Id) -> Result<Option<Id>> {
    let all = messages::of_ticket(conn, Scope::of(&Stage::onlooker())?, ticket, LOOKED_AT).await?;
    Ok(all.iter().rfind(|message| message.kind == Kind::Incoming).map(|message| message.id))
}

async fn file(conn: &mut Conn, ticket: Id, name: &str) -> Result<Option<Id>> {
    for message in messages::of_ticket(conn, Scope::of(&Stage::onlooker())?, ticket, LOOKED_AT).await? {
        let files = attachments::of_message(conn, message.id).await?;
        if let Some(file) = files.into_iter().find(|file| file.name == name) {
            return Ok(Some(file.id));
        }
    }
    Ok(None)
}
