//! Carrying letters: claim, make the link, carry, remember. Much as the outbox does it, save that nothing of a letter that was sent
//! is kept.

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use mail::{Address, Body, Outgoing};
use store::Id;

use super::words::Words;
use super::{Letter, queries};
use crate::accounts::links::Purpose;
use crate::accounts::{self, links};
use crate::ground::Ground;
use crate::handbook::Handbooks;
use crate::mailboxes::connected::{self, ways};
use crate::mailboxes::outgoing::Ready;
use crate::outbox::deliver::{CARRIAGE_MAX, CLAIM};
use crate::outbox::{Carrier, Parcel, Refusal, pause_after};
use crate::{Actor, Context, Error, Result};

/// How often a letter is tried: with the pauses of the outbox about twenty minutes. Whoever waits for one asks again.
pub const ATTEMPTS_MAX: i64 = 8;

/// Carries out up to `limit` letters that are due; says how many it took up. A crash between the carrier's answer and our commit
/// sends another letter with another link, and both count.
pub async fn deliver_next(ground: &Ground, handbooks: &Handbooks, carrier: &dyn Carrier, limit: u32) -> Result<usize> {
    // Most of the time there is none, and looking costs no transaction.
    if super::way_due(ground).await?.is_none() {
        return Ok(0);
    }
    let real_now = ground.clock.real_now();
    let until = real_now + CLAIM;
    let claiming = ground.change(&Actor::Desk, move |context| {
        async move { Ok(queries::claim(context.tx, context.now, real_now, until, limit).await?) }.boxed()
    });
    let claimed = claiming.await?;
    let count = claimed.len();
    // As the desk is called today, which may be since a moment ago.
    let desk = handbooks.current(&mut ground.read().await?).await?.desk.name.clone();
    for letter in claimed {
        if ground.clock.real_now() + CARRIAGE_MAX > until {
            break;
        }
        deliver(ground, &desk, carrier, letter).await?;
    }
    Ok(count)
}

/// Gives up the claims that end after an instant; see [`claims`](crate::claims).
pub(crate) async fn release_claims(context: &mut Context<'_>, ends_after: Timestamp) -> Result<u64> {
    Ok(queries::release_claims(context.tx, ends_after).await?)
}

async fn deliver(ground: &Ground, desk: &str, carrier: &dyn Carrier, letter: Letter) -> Result<()> {
    let (composing, desk) = (letter.clone(), desk.to_owned());
    let composed = ground
        .change(&Actor::Desk, move |context| {
            let (letter, desk) = (composing.clone(), desk.clone());
            async move { compose(context, &desk, &letter).await }.boxed()
        })
        .await;
    let outcome = match composed {
        Ok(Some((mail, way))) => {
            let key = format!("letter:{}:{}", letter.id, letter.attempts);
            carrier.carry(&Parcel { key, ticket: None, message: None, way, mail }).await
        }
        // Nobody here has this address: whoever asked learns nothing of it.
        Ok(None) => Ok(()),
        Err(error) if error.kind == crate::error::Kind::Unavailable => Err(Refusal::Later(error.message)),
        Err(error) => Err(Refusal::Never(error.to_string())),
    };
    let remembering = ground.change(&Actor::Desk, move |context| {
        let (letter, outcome) = (letter.clone(), outcome.clone());
        async move { remember(context, &letter, outcome).await }.boxed()
    });
    remembering.await
}

/// The mail with a fresh link, and the mailbox that it leaves through; `None` when it is for nobody, or its invitation was taken up already.
async fn compose(context: &mut Context<'_>, desk: &str, letter: &Letter) -> Result<Option<(Ready, Option<Id>)>> {
    let account = accounts::find_by_address(context.tx, &letter.recipient).await?;
    let awaited = |account: &accounts::Account| letter.purpose != Purpose::Invitation || account.password.is_none();
    let Some(account) = account.filter(awaited) else { return Ok(None) };
    let url = context.settings.public_url.clone().ok_or_else(|| {
        Error::invalid("no-public-url", "Nobody said where browsers reach this desk, so it cannot write links.")
            .advise("Start it with --public-url.")
    })?;
    let secret = links::make(context, letter.purpose, Some(account.agent.id)).await?;
    let link = url.of(&format!("{}/{secret}", letter.purpose.path()));
    let way = ways::default_way(context.tx).await?;
    let from = from(context, desk, way).await?;
    let words = Words::of(letter.purpose, account.language.as_deref().unwrap_or(&letter.language));
    let (subject, text) = words.filled(desk, &account.agent.name, &letter.sender, &link);
    let mail_id = mail::message_id::stable(&format!("letter-{}-{}", letter.id, letter.attempts), None, from.domain());
    let to = Address::new(Some(&account.agent.name), &account.agent.address);
    let mut mail = Outgoing::new(from.clone(), to, &subject, Body::Text(text), &mail_id, context.now);
    mail.automatic = true;
    let raw = mail.build().map_err(|error| Error::invalid("unsendable", error.to_string()))?;
    Ok(Some((Ready { sender: from.address, recipients: mail.recipients(), subject, mail_id, raw }, way)))
}

/// Whom letters are from: the mailbox that mail leaves through which came by none, else the desk.
async fn from(context: &mut Context<'_>, desk: &str, way: Option<Id>) -> Result<Address> {
    let mailbox = match way {
        Some(id) => connected::find(context.tx, id).await?,
        None => None,
    };
    Ok(match mailbox {
        Some(mailbox) => mailbox.sender(Some(desk)),
        None => Address::new(Some(desk), &context.settings.address.address),
    })
}

async fn remember(context: &mut Context<'_>, letter: &Letter, outcome: Result<(), Refusal>) -> Result<()> {
    match outcome {
        Ok(()) => queries::remove(context.tx, letter.id).await?,
        Err(Refusal::Later(reason)) if letter.attempts + 1 < ATTEMPTS_MAX => {
            tracing::warn!(letter = %letter.id, "a letter is tried again later");
            let due = context.now + SignedDuration::from_secs(pause_after(letter.attempts + 1));
            queries::try_later(context.tx, letter.id, due, &reason).await?;
        }
        Err(Refusal::Later(reason) | Refusal::Never(reason)) => {
            tracing::error!(letter = %letter.id, "a letter was given up");
            match letter.purpose {
                Purpose::Invitation => queries::give_up(context.tx, letter.id, &reason).await?,
                // Whoever asked sees that none comes, and nobody else is told.
                _ => queries::remove(context.tx, letter.id).await?,
            }
        }
    }
    Ok(())
}
