//! Carrying mail to colleagues: claim, compose, carry, remember. A mail says only what its reader may see and has not read meanwhile; of what
//! was read in the desk nothing leaves.

use std::sync::Arc;

use futures::FutureExt;
use jiff::Timestamp;
use mail::{Address, Body, Outgoing};
use store::Id;

use super::claims::{self, Leaving};
use super::{Dispatch, Item, MAIL_ID, lead_onward, mail_words, queries, stamp};
use crate::accounts::{self, Account};
use crate::ground::Ground;
use crate::handbook::Handbooks;
use crate::mailboxes::connected::{self, ways};
use crate::mailboxes::outgoing::Ready;
use crate::notifications::Wording;
use crate::outbox::deliver::CARRIAGE_MAX;
use crate::outbox::{ATTEMPTS_MAX, Carrier, Parcel, Refusal, pause_after};
use crate::rights::Scope;
use crate::{Actor, Context, Error, Result};

/// Carries out up to `limit` mails to colleagues that are due; says how many it took up. A crash between the carrier's answer and our
/// commit repeats that one mail under the same Message-ID. A desk that rests delivers nothing.
pub async fn deliver_next(
    ground: &Ground,
    handbooks: &Arc<Handbooks>,
    carrier: &dyn Carrier,
    limit: u32,
) -> Result<usize> {
    let (claimed, until) = claims::claim(ground, Leaving::Mail, limit).await?;
    let count = claimed.len();
    for dispatch in claimed {
        if ground.clock.real_now() + CARRIAGE_MAX > until {
            break;
        }
        deliver(ground, handbooks, carrier, dispatch).await?;
    }
    Ok(count)
}

/// Gives up the claims that end after an instant; see [`claims`](crate::claims).
pub(crate) async fn release_claims(context: &mut Context<'_>, ends_after: Timestamp) -> Result<u64> {
    Ok(queries::release_claims(context.tx, ends_after).await?)
}

async fn deliver(ground: &Ground, handbooks: &Arc<Handbooks>, carrier: &dyn Carrier, dispatch: Dispatch) -> Result<()> {
    let (composing, handbooks) = (dispatch.clone(), Arc::clone(handbooks));
    let composed = ground
        .change(&Actor::Desk, move |context| {
            let (dispatch, handbooks) = (composing.clone(), Arc::clone(&handbooks));
            async move { compose(context, &handbooks, &dispatch).await }.boxed()
        })
        .await;
    let outcome = match composed {
        Ok(Some((mail, way))) => {
            let key = format!("dispatch:{}", dispatch.id);
            carrier.carry(&Parcel { key, ticket: None, message: None, way, mail }).await
        }
        // There is nothing left to say, or nobody to say it to.
        Ok(None) => Ok(()),
        Err(error) if error.kind == crate::error::Kind::Unavailable => Err(Refusal::Later(error.message)),
        Err(error) => Err(Refusal::Never(error.to_string())),
    };
    let remembering = ground.change(&Actor::Desk, move |context| {
        let (dispatch, outcome) = (dispatch.clone(), outcome.clone());
        async move { remember(context, &dispatch, outcome).await }.boxed()
    });
    remembering.await
}

/// The reader of a dispatch and what they are still to be told; `None` when that is nothing.
pub(super) async fn to_tell(context: &mut Context<'_>, dispatch: &Dispatch) -> Result<Option<(Account, Vec<Item>)>> {
    let Some(agent) = dispatch.agent else { return Ok(None) };
    let Some(account) = accounts::find(context.tx, agent).await?.filter(|account| account.active) else {
        return Ok(None);
    };
    let scope = Scope::of(&account.agent.as_actor())?;
    let mut items = queries::items(context.tx, dispatch.id, (agent, scope)).await?;
    lead_onward(context.tx, scope, &mut items).await?;
    Ok((!items.is_empty()).then_some((account, items)))
}

/// The mail and the mailbox that it leaves through.
async fn compose(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    dispatch: &Dispatch,
) -> Result<Option<(Ready, Option<Id>)>> {
    let Some((account, items)) = to_tell(context, dispatch).await? else { return Ok(None) };
    let url = context.settings.public_url.clone().ok_or_else(|| {
        Error::invalid("no-public-url", "Nobody said where browsers reach this desk, so it cannot write links.")
            .advise("Start it with --public-url.")
    })?;
    let handbook = handbooks.current(context.tx).await?;
    let (desk, first) = (&handbook.desk.name, handbook.desk.languages.first().map_or("", String::as_str));
    let wording = Wording::of(account.language.as_deref().unwrap_or(first));
    let way = ways::default_way(context.tx).await?;
    let from = match way {
        Some(id) => connected::find(context.tx, id).await?.map(|mailbox| mailbox.sender(Some(desk))),
        None => None,
    };
    let from = from.unwrap_or_else(|| Address::new(Some(desk), &context.settings.address.address));
    let said = mail_words::of(wording, &url, desk, &account.agent.name, &items);
    // The same however often it is tried.
    let mail_id = mail::message_id::stable(&format!("{MAIL_ID}{}", dispatch.id), None, from.domain());
    let to = Address::new(Some(&account.agent.name), &account.agent.address);
    let body = Body::Both { text: said.text, html: said.html };
    let mut mail = Outgoing::new(from.clone(), to, &said.subject, body, &mail_id, context.now);
    mail.automatic = true;
    mail.unsubscribe = Some(url.of(&format!("/notifications/mail-off/{}", stamp(context.settings, account.agent.id))));
    let raw = mail.build().map_err(|error| Error::invalid("unsendable", error.to_string()))?;
    Ok(Some((Ready { sender: from.address, recipients: mail.recipients(), subject: said.subject, mail_id, raw }, way)))
}

async fn remember(context: &mut Context<'_>, dispatch: &Dispatch, outcome: Result<(), Refusal>) -> Result<()> {
    match outcome {
        Ok(()) => queries::done(context.tx, dispatch.id).await?,
        Err(Refusal::Later(reason)) if dispatch.attempts + 1 < ATTEMPTS_MAX => {
            tracing::warn!(dispatch = %dispatch.id, "a notice is tried again later");
            let due = context.now + jiff::SignedDuration::from_secs(pause_after(dispatch.attempts + 1));
            queries::try_later(context.tx, dispatch.id, due, &reason).await?;
        }
        // Nobody is told: it stands in its reader's list, and a notice of it would go the same way.
        Err(Refusal::Later(reason) | Refusal::Never(reason)) => {
            tracing::error!(dispatch = %dispatch.id, "a notice was given up");
            queries::give_up(context.tx, dispatch.id, &reason).await?;
        }
    }
    Ok(())
}
