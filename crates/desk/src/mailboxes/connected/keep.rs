//! Keeping a mailbox as it was entered.

use jiff::Timestamp;
use store::{Conn, Id};

use super::{Entry, Mailbox, keys, queries};
use crate::error::FieldError;
use crate::mailboxes::watch;
use crate::{Context, Error, Result};

/// Adds a mailbox, or changes the one with this id. What waits for silence waits for its mail from now on; where it is fetched from no
/// longer, for nothing. Secrets are sealed.
///
/// # Errors
/// [`Kind::Invalid`](crate::error::Kind::Invalid) with what is wrong by field, such as a name that another mailbox has;
/// [`Kind::NotFound`](crate::error::Kind::NotFound) for a mailbox that is gone.
pub async fn keep(context: &mut Context<'_>, entry: &Entry, id: Option<Id>) -> Result<Mailbox> {
    let before = match id {
        None => None,
        Some(id) => Some(queries::lock(context.tx, id).await?.ok_or_else(|| Error::not_found("mailbox"))?),
    };
    let id = id.unwrap_or_else(|| context.ids.next());
    check_unique(context.tx, id, entry).await?;
    let blank = blank(id, entry, before.as_ref(), context.now);
    let (seals, chance) = (&context.settings.seals, context.chance);
    let mailbox = keys::seal(seals, chance, entry, (id, before.as_ref()), blank)?;
    match &before {
        None => queries::insert(context.tx, &mailbox).await?,
        Some(_) => queries::update(context.tx, &mailbox).await?,
    }
    if entry.is_default && mailbox.outgoing.is_some() {
        queries::make_default(context.tx, id).await?;
    }
    queries::elect_default(context.tx).await?;
    wait_for(context, before.as_ref(), &mailbox).await?;
    super::changed(context, id);
    Ok(mailbox)
}

/// The mailbox of `entry` without servers and secrets.
pub(super) fn blank(id: Id, entry: &Entry, before: Option<&Mailbox>, now: Timestamp) -> Mailbox {
    Mailbox {
        id,
        name: entry.name.clone(),
        address: entry.address.clone(),
        sender_name: entry.sender_name.clone(),
        team: entry.team.clone(),
        playbook: entry.playbook.clone(),
        tagged: entry.tagged,
        incoming: None,
        outgoing: None,
        grant: None,
        is_default: false,
        paused: before.is_some_and(|before| before.paused),
        since: match before {
            Some(before) => before.since,
            None => (!entry.everything).then_some(now),
        },
        version: before.map_or(0, |before| before.version),
        created_at: before.map_or(now, |before| before.created_at),
        trouble: None,
        unsettled: None,
    }
}

async fn check_unique(conn: &mut Conn, id: Id, entry: &Entry) -> Result<()> {
    let (of_name, of_address) = queries::namesakes(conn, id, &entry.name, &entry.address.to_lowercase()).await?;
    let wrong: Vec<FieldError> = [("name", of_name), ("address", of_address)]
        .into_iter()
        .filter(|(_, taken)| *taken)
        .map(|(field, _)| FieldError::new(field, "taken", format!("another mailbox has this {field}")))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid_fields(wrong)) }
}

/// Has what waits for silence wait for this mailbox, under the name that it has now.
async fn wait_for(context: &mut Context<'_>, before: Option<&Mailbox>, mailbox: &Mailbox) -> Result<()> {
    let fetched = before.filter(|before| before.incoming.is_some());
    match (fetched, &mailbox.incoming) {
        (Some(before), Some(_)) if before.name == mailbox.name => Ok(()),
        (Some(before), Some(_)) => watch::rename(context, &before.name, &mailbox.name).await,
        (Some(before), None) => watch::forget_if_watched(context, &before.name).await,
        (None, Some(_)) => watch::caught_up(context, &mailbox.name, context.now).await,
        (None, None) => Ok(()),
    }
}
