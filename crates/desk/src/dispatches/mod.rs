//! Dispatches: notices on their way out of the desk, to a colleague's mail, their Slack or Discord, their browsers. First it is looked
//! up by which ways each notice leaves and when (`route`); what waits for the same instant leaves together. Each is stored under a key that leaves
//! once, and carried out much as the outbox does it. Of a desk that cannot write links nothing leaves.

pub mod browsers;
pub mod carry;
mod claims;
pub mod hooks;
mod mail_words;
pub mod posts;
mod push;
mod queries;
mod route;

use jiff::Timestamp;
use mail::Incoming;
use store::{Conn, Id, Tx};

pub use carry::deliver_next;
use claims::Leaving;
pub use posts::{Messenger, Post, Refused, post_next};
pub use route::route_next;

use crate::ground::Ground;
use crate::mailboxes::connected::ways;
use crate::notifications::{Channel, What, choices};
use crate::rights::Scope;
use crate::tickets::merges;
use crate::{Context, Error, Result, agents};

/// The table of dispatches.
pub const TABLE: &str = "dispatches";
/// The topic of the news that something is to be posted.
pub const POST: &str = "post";
/// What a link is stamped with that has mail to somebody stop.
const MAIL_OFF: &str = "notices-by-mail-off";
/// What stands before the id of a dispatch in its Message-ID.
const MAIL_ID: &str = "notice-";

/// Notices to one reader by one way.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// Its row.
    pub id: Id,
    /// The way.
    pub channel: Channel,
    /// Whom it goes to; `None` for an address of a team.
    pub agent: Option<Id>,
    /// The address or browser that it goes to, where there are several.
    pub target: Option<Id>,
    /// How often it was tried.
    pub attempts: i64,
}

/// A notice of a dispatch.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is about.
    pub what: What,
    /// The ticket, or that which goes on for it where it was merged: id, number and subject as it stands.
    pub ticket: Option<(Id, i64, String)>,
    /// Whether the ticket that it is about was merged into another one.
    pub is_merged: bool,
    /// When it was told.
    pub told_at: Timestamp,
}

/// Has notices of merged tickets lead to those that go on for them, as far as `scope` sees them.
async fn lead_onward(conn: &mut Conn, scope: Scope, items: &mut [Item]) -> Result<()> {
    for item in items.iter_mut().filter(|item| item.is_merged) {
        if let Some((ticket, ..)) = item.ticket
            && let Some(onward) = merges::onward(conn, scope, ticket).await?
        {
            item.ticket = Some(onward);
        }
    }
    Ok(())
}

/// By which way mail to colleagues leaves, if some is due that nobody carries at present; as
/// [`letters::way_due`](crate::letters::way_due).
pub async fn way_due(ground: &Ground) -> Result<Option<Option<Id>>> {
    let (now, real_now) = (ground.clock.now(), ground.clock.real_now());
    let mut conn = ground.read().await?;
    let is_due = queries::is_due(&mut conn, Leaving::Mail, now, real_now).await?;
    if !is_due || crate::settings::resting::since(&mut conn).await?.is_some() {
        return Ok(None);
    }
    Ok(Some(ways::default_way(&mut conn).await?))
}

/// When the next mail to a colleague is due, or a notice is to be routed. Nothing is while the desk rests.
pub async fn next_due(conn: &mut Conn, now: Timestamp) -> Result<Option<Timestamp>> {
    let to_route = queries::has_to_route(conn).await?.then_some(now);
    let waiting = match crate::settings::resting::since(conn).await? {
        Some(_) => None,
        None => queries::next_due(conn).await?,
    };
    Ok(to_route.into_iter().chain(waiting).min())
}

/// When the next mail to a colleague is due.
pub async fn next_mail_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::next_due(conn).await?)
}

/// When the next post to Slack, Discord or a browser is due; nothing is while the desk rests.
pub async fn next_post_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    match crate::settings::resting::since(conn).await? {
        Some(_) => Ok(None),
        None => Ok(queries::next_post_due(conn).await?),
    }
}

/// Why the last mail with notices to an agent could not be sent, if so.
pub async fn last_failure(conn: &mut Conn, agent: Id) -> Result<Option<String>> {
    Ok(queries::last_failure(conn, agent).await?)
}

/// Whether a mail is a colleague's answer to notices: it names their mail, and comes from where that went.
pub async fn is_answer(conn: &mut Conn, mail: &Incoming) -> Result<bool> {
    let Some(sender) = mail.from.as_ref().map(mail::Address::key) else { return Ok(false) };
    for named in mail.evidence().message_ids {
        let local = named.split('@').next().unwrap_or_default();
        let Some(id) = local.strip_prefix(MAIL_ID).and_then(|id| id.parse().ok()) else { continue };
        let Some(agent) = queries::mailed_to(conn, id).await? else { continue };
        if agents::find(conn, agent).await?.is_some_and(|agent| agent.address == sender) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the link is stamped with by which an agent has notices by mail stop without signing in.
fn stamp(settings: &crate::Settings, agent: Id) -> String {
    settings.reply_key.stamp(MAIL_OFF, agent.0)
}

/// Has notices by mail stop for whoever's stamp this is (RFC 8058).
///
/// # Errors
/// `not-found` for what this desk did not stamp.
pub async fn stop_mail(context: &mut Context<'_>, stamp: &str) -> Result<()> {
    let agent = context.settings.reply_key.stamped(MAIL_OFF, stamp).map(Id);
    let agent = agent.ok_or_else(|| Error::not_found("link"))?;
    if agents::find(context.tx, agent).await?.is_none() {
        return Err(Error::not_found("link"));
    }
    let mut chosen = choices::of(context.tx, agent).await?;
    for topic in crate::notifications::Topic::ALL {
        chosen.set(topic, Channel::Mail, false);
    }
    choices::keep(context, agent, &chosen).await
}

/// Gives up what waits, after a restore: it may have gone out since the backup was made, and stands in people's lists.
pub async fn hold_back(tx: &mut Tx) -> Result<()> {
    queries::give_up_waiting(tx, "the desk was restored from a backup before it left").await?;
    Ok(())
}
