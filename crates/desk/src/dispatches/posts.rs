//! Notices put to Slack and Discord, and pushed to browsers: claim, write, post, remember. Whoever can speak HTTP is handed a [`Post`] and says what became of it.

use std::sync::Arc;

use futures::FutureExt;
use futures::future::{BoxFuture, join_all};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{Conn, Id};

use super::claims::{self, Leaving};
use super::{Dispatch, Item, browsers, carry, hooks, lead_onward, push, queries};
use crate::ground::Ground;
use crate::handbook::Handbooks;
use crate::notifications::{Channel, Wording};
use crate::outbox::deliver::CARRIAGE_MAX;
use crate::outbox::{ATTEMPTS_MAX, pause_after};
use crate::rights::Scope;
use crate::sealed::Secret;
use crate::settings::PublicUrl;
use crate::{Actor, Context, Error, Result};

/// The longest text of one post, in characters: Discord takes 2,000.
const TEXT_MAX: usize = 1_900;
/// The longest that somebody may ask to be left alone.
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(24);

/// What is posted, and where.
#[derive(Clone, Debug)]
pub struct Post {
    /// The address.
    pub address: Secret,
    /// The media type of the body.
    pub kind: &'static str,
    /// Further fields of the head.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why something was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It may be later; `after` where it was said when.
    Later {
        /// What is wrong.
        reason: String,
        /// For how long to wait.
        after: Option<SignedDuration>,
    },
    /// It will not be.
    Never(String),
    /// There is nothing at this address any longer.
    Gone(String),
}

/// Puts something to an address of the web. A post takes less than the outbox's `CARRIAGE_MAX`.
pub trait Messenger: Send + Sync {
    /// Posts it; says whether it was taken.
    fn post<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<(), Refused>>;
}

/// Posts up to `limit` dispatches that are due, at the same time; says how many it took up. A crash between an answer and our commit
/// posts that one again. A desk that rests posts nothing.
pub async fn post_next(
    ground: &Ground,
    handbooks: &Arc<Handbooks>,
    messenger: &dyn Messenger,
    limit: u32,
) -> Result<usize> {
    let (claimed, until) = claims::claim(ground, Leaving::Posts, limit).await?;
    let posting = claimed.iter().map(|dispatch| async move {
        if ground.clock.real_now() + CARRIAGE_MAX > until {
            return Ok(());
        }
        deliver(ground, handbooks, messenger, dispatch.clone()).await
    });
    let outcomes = join_all(posting).await;
    outcomes.into_iter().collect::<Result<Vec<()>>>()?;
    Ok(claimed.len())
}

async fn deliver(
    ground: &Ground,
    handbooks: &Arc<Handbooks>,
    messenger: &dyn Messenger,
    dispatch: Dispatch,
) -> Result<()> {
    let (composing, handbooks, real_now) = (dispatch.clone(), Arc::clone(handbooks), ground.clock.real_now());
    let composed = ground
        .change(&Actor::Desk, move |context| {
            let (dispatch, handbooks) = (composing.clone(), Arc::clone(&handbooks));
            async move { compose(context, &handbooks, &dispatch, real_now).await }.boxed()
        })
        .await;
    let outcome = match composed {
        Ok(Some(post)) => messenger.post(&post).await,
        Ok(None) => Ok(()),
        Err(error) if error.kind == crate::error::Kind::Unavailable => {
            Err(Refused::Later { reason: error.message, after: None })
        }
        Err(error) => Err(Refused::Never(error.to_string())),
    };
    let remembering = ground.change(&Actor::Desk, move |context| {
        let (dispatch, outcome) = (dispatch.clone(), outcome.clone());
        async move { remember(context, &dispatch, outcome).await }.boxed()
    });
    remembering.await
}

/// What is posted; `None` when nothing is left to say, or the address was taken away.
async fn compose(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    dispatch: &Dispatch,
    real_now: Timestamp,
) -> Result<Option<Post>> {
    let Some(target) = dispatch.target else { return Ok(None) };
    if dispatch.channel == Channel::Push {
        return compose_push(context, handbooks, dispatch, target, real_now).await;
    }
    let Some(hook) = hooks::find(context.tx, target).await? else { return Ok(None) };
    let handbook = handbooks.current(context.tx).await?;
    let first = handbook.desk.languages.first().map_or("", String::as_str);
    let (language, items) = match dispatch.agent {
        Some(_) => match carry::to_tell(context, dispatch).await? {
            Some((account, items)) => (account.language.unwrap_or_else(|| first.to_owned()), items),
            None => return Ok(None),
        },
        None => {
            let mut items = queries::all_items(context.tx, dispatch.id).await?;
            lead_onward(context.tx, Scope::of(&Actor::Desk)?, &mut items).await?;
            (hook.language.clone(), items)
        }
    };
    let url = context.settings.public_url.clone();
    let (Some(url), false) = (url, items.is_empty()) else { return Ok(None) };
    let text = said(Wording::of(&language), &url, hook.channel, &items);
    let Some(address) = hooks::open(context.tx, &context.settings.seals, hook.id).await? else { return Ok(None) };
    Ok(Some(json_to(address, &body(hook.channel, &text))))
}

async fn compose_push(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    dispatch: &Dispatch,
    target: Id,
    real_now: Timestamp,
) -> Result<Option<Post>> {
    let Some(browser) = browsers::find(context.tx, target, context.now).await? else { return Ok(None) };
    if dispatch.agent != Some(browser.agent) || context.settings.public_url.is_none() {
        return Ok(None);
    }
    let Some((account, items)) = carry::to_tell(context, dispatch).await? else { return Ok(None) };
    let handbook = handbooks.current(context.tx).await?;
    let first = handbook.desk.languages.first().map_or("", String::as_str);
    let wording = Wording::of(account.language.as_deref().unwrap_or(first));
    let Some(subscription) = browsers::open(context.tx, &context.settings.seals, browser.id).await? else {
        return Ok(None);
    };
    let push = push::of(wording, context.settings, &handbook.desk.name, &items);
    push.put_to(&subscription, context.settings, context.chance, real_now).map(Some)
}

fn json_to(address: Secret, body: &Value) -> Post {
    Post { address, kind: "application/json", headers: Vec::new(), body: body.to_string().into_bytes() }
}

/// The notices, one a line, each with a link to its ticket; what would be too long is left out, and said to be.
fn said(wording: &Wording, url: &PublicUrl, channel: Channel, items: &[Item]) -> String {
    let mut text = String::new();
    for (place, item) in items.iter().enumerate() {
        let mut line = escaped(channel, &wording.say(&item.what));
        if let Some((id, number, _)) = &item.ticket {
            let (link, open) =
                (url.of(&format!("/tickets/{id}")), wording.with("mail-open", &[("number", &number.to_string())]));
            line.push_str(&match channel {
                Channel::Slack => format!(" <{link}|{}>", escaped(channel, &open)),
                _ => format!(" [{}](<{link}>)", escaped(channel, &open)),
            });
        }
        if place > 0 && text.chars().count() + line.chars().count() > TEXT_MAX {
            let link = url.of("/notifications");
            text.push_str(&format!("\n{}", wording.count("mail-more", items.len() - place, &[("link", &link)])));
            break;
        }
        if place > 0 {
            text.push('\n');
        }
        text.extend(line.chars().take(TEXT_MAX));
    }
    text
}

/// Text in which nothing is markup, and which calls nobody: not `<!everyone>`, not `@everyone`.
fn escaped(channel: Channel, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (channel, c) {
            (Channel::Slack, '&') => out.push_str("&amp;"),
            (Channel::Slack, '<') => out.push_str("&lt;"),
            (Channel::Slack, '>') => out.push_str("&gt;"),
            // A space without width keeps a name from being one that is called.
            (_, '@') => out.push_str("@\u{200B}"),
            (Channel::Discord, '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '#' | '[' | ']' | '(' | ')') => {
                out.push('\\');
                out.push(c);
            }
            (_, '\n' | '\r') => out.push(' '),
            (_, c) => out.push(c),
        }
    }
    out
}

fn body(channel: Channel, text: &str) -> Value {
    match channel {
        Channel::Slack => json!({"text": text, "unfurl_links": false, "unfurl_media": false}),
        // No mention counts, whatever the text says; and no preview of links.
        _ => json!({"content": text, "allowed_mentions": {"parse": []}, "flags": 4}),
    }
}

/// A post that tries an address out.
pub async fn trial(conn: &mut Conn, ground: &Ground, id: Id, desk: &str, language: &str) -> Result<Post> {
    let hook = hooks::find(conn, id).await?.ok_or_else(|| Error::not_found("address"))?;
    let address = hooks::open(conn, &ground.settings.seals, id).await?.ok_or_else(|| Error::not_found("address"))?;
    let text = Wording::of(language).with("tried", &[("desk", desk)]);
    Ok(json_to(address, &body(hook.channel, &escaped(hook.channel, &text))))
}

/// A push that tries a browser of `agent` out.
///
/// # Errors
/// When it is not theirs, or this process has no key to push with.
pub async fn trial_push(
    conn: &mut Conn,
    ground: &Ground,
    (agent, id): (Id, Id),
    desk: &str,
    language: &str,
) -> Result<Post> {
    let missing = || Error::not_found("browser");
    let browser = browsers::find(conn, id, ground.clock.now()).await?.filter(|browser| browser.agent == agent);
    let browser = browser.ok_or_else(missing)?;
    let subscription = browsers::open(conn, &ground.settings.seals, browser.id).await?.ok_or_else(missing)?;
    let push = push::trial(Wording::of(language), desk);
    push.put_to(&subscription, &ground.settings, &ground.chance, ground.clock.real_now())
}

async fn remember(context: &mut Context<'_>, dispatch: &Dispatch, outcome: Result<(), Refused>) -> Result<()> {
    let noted = match &outcome {
        Ok(()) => None,
        Err(Refused::Later { reason, .. } | Refused::Never(reason) | Refused::Gone(reason)) => Some(reason.clone()),
    };
    match (dispatch.target, dispatch.channel) {
        (Some(target), Channel::Push) => {
            let is_gone = matches!(outcome, Err(Refused::Gone(_)));
            browsers::note(context, target, noted.as_deref(), is_gone).await?;
        }
        (Some(target), _) => queries::note_hook(context.tx, target, noted.as_deref()).await?,
        (None, _) => {}
    }
    match outcome {
        Ok(()) => queries::done(context.tx, dispatch.id).await?,
        Err(Refused::Later { reason, after }) if dispatch.attempts + 1 < ATTEMPTS_MAX => {
            tracing::warn!(dispatch = %dispatch.id, "a notice is posted again later");
            let pause = SignedDuration::from_secs(pause_after(dispatch.attempts + 1));
            let pause = after.map_or(pause, |after| after.clamp(pause, PAUSE_MAX));
            queries::try_later(context.tx, dispatch.id, context.now + pause, &reason).await?;
        }
        // Nothing is wrong: whoever had it turned it off, or their browser did.
        Err(Refused::Gone(reason)) if dispatch.channel == Channel::Push => {
            queries::give_up(context.tx, dispatch.id, &reason).await?;
        }
        Err(Refused::Later { reason, .. } | Refused::Never(reason) | Refused::Gone(reason)) => {
            tracing::error!(dispatch = %dispatch.id, "a notice was given up");
            queries::give_up(context.tx, dispatch.id, &reason).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notifications::What;

    fn item(text: &str) -> Item {
        let ticket = Some((Id(7), 1042, "x".to_owned()));
        Item {
            what: What::Told { text: text.to_owned(), languages: Default::default() },
            ticket,
            is_merged: false,
            told_at: "2026-11-17T09:00:00Z".parse().unwrap(),
        }
    }

    fn text(channel: Channel, items: &[Item]) -> String {
        said(Wording::of("en"), &PublicUrl::read("https://desk.example").unwrap(), channel, items)
    }

    #[test]
    fn nothing_that_people_write_is_markup_or_calls_anybody() {
        let items = [item("<!everyone> & <https://x.example|Pay> @everyone @here <@U1>\n> quoted")];
        let slack = text(Channel::Slack, &items);
        assert!(
            slack.starts_with("&lt;!everyone&gt; &amp; &lt;https://x.example|Pay&gt; @\u{200B}everyone"),
            "{slack}"
        );
        assert!(slack.ends_with(" <https://desk.example/tickets/7|Open ticket 1042>"), "{slack}");
        let items = [item("**@everyone** [pay](https://x.example) <@1> `x`")];
        let discord = text(Channel::Discord, &items);
        assert!(
            discord.starts_with("\\*\\*@\u{200B}everyone\\*\\* \\[pay\\]\\(https://x.example\\) \\<@\u{200B}1\\>"),
            "{discord}"
        );
        assert!(discord.ends_with(" [Open ticket 1042](<https://desk.example/tickets/7>)"), "{discord}");
        assert_eq!(body(Channel::Discord, "x")["allowed_mentions"], json!({"parse": []}));
    }

    #[test]
    fn a_post_is_never_longer_than_is_taken() {
        let items: Vec<Item> = (0..200).map(|_| item(&"word ".repeat(20))).collect();
        for channel in [Channel::Slack, Channel::Discord] {
            let text = text(channel, &items);
            assert!(
                text.chars().count() <= 2_000 && text.contains("more: https://desk.example/notifications"),
                "{text}"
            );
        }
        assert!(text(Channel::Discord, &[item(&"*".repeat(5_000))]).chars().count() <= 2_000);
    }
}
