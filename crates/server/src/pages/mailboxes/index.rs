//! `GET /mailboxes` and `GET /mailboxes/state`: how each mailbox is, until when it is read, and what waits for its mail.

use axum::http::StatusCode;
use axum::response::Response;
use desk::handle::{Command, GoLive};
use desk::mailboxes::connected;
use desk::mailboxes::watch::{self, Behind};
use desk::rights::{self, Verb};
use desk::settings::resting;
use desk::{Result, outbox, suggestions, timers};
use store::Conn;

use super::fill;
use super::view::{HeldTicket, Mailbox, MailboxesPage, MailboxesPart, Patience};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// How many held tickets are shown, of each kind.
const SHOWN: u32 = 100;

/// The page.
pub async fn get(visit: Visit) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, "/mailboxes").await?;
        let part = part(&visit, &words).await?;
        let MailboxesPart { frame, mailboxes, may_connect, patience, held, more, resting } = part;
        Ok(page(StatusCode::OK, &MailboxesPage { frame, list, mailboxes, may_connect, patience, held, more, resting }))
    };
    visit.answer(work).await
}

/// What changes alone, for live updates.
pub async fn get_state(visit: Visit) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        Ok(page(StatusCode::OK, &part(&visit, &words).await?))
    };
    visit.answer(work).await
}

async fn part(visit: &Visit, words: &Words) -> Result<MailboxesPart> {
    let mut conn = visit.read().await?;
    let mailboxes = mailboxes(&mut conn, visit, words).await?;
    let behind = watch::behind(&mut conn, words.moments.now()).await?;
    let (held, more) = match &behind {
        Some(behind) => held(&mut conn, visit, words, behind).await?,
        None => (Vec::new(), false),
    };
    let resting = resting::since(&mut conn).await?.map(|since| words.moments.point(since));
    drop(conn);
    let patience = behind.filter(|behind| behind.mailbox.is_none()).and_then(|behind| {
        Some(Patience { from: words.moments.point(behind.in_until), until: words.moments.point(behind.until?) })
    });
    let frame = visit.frame(Section::Tickets).await?;
    let may_connect = rights::may(&visit.actor(), Verb::KeepMailboxes);
    Ok(MailboxesPart { frame, mailboxes, may_connect, patience, held, more, resting })
}

/// `POST /mailboxes/live`: the restored desk is the one that goes on.
pub async fn go_live(posted: Posted) -> Response {
    let work = async {
        posted.visit.app.desk.handle(&posted.visit.actor(), Command::GoLive(GoLive)).await?;
        Ok(see_other("/mailboxes"))
    };
    posted.visit.answer(work).await
}

/// Those that the desk is connected to, then those that programs report; each by name.
async fn mailboxes(conn: &mut Conn, visit: &Visit, words: &Words) -> Result<Vec<Mailbox>> {
    let actor = visit.actor();
    let may_change = rights::may(&actor, Verb::KeepMailboxes);
    let watched = watch::all(conn, visit.scope()?).await?;
    let connected = connected::all(conn, &actor).await?;
    let mut shown = Vec::new();
    for mailbox in &connected {
        let read = watched.iter().find(|watched| watched.name == mailbox.name).map(|watched| watched.caught_up_until);
        let unsent = outbox::refused(conn, Some(mailbox.id)).await?;
        shown.push(fill::connected(visit.texts, words, mailbox, (read, unsent), may_change));
    }
    let is_ours = |name: &str| connected.iter().any(|mailbox| mailbox.name == name);
    let reported = watched.iter().filter(|watched| !is_ours(&watched.name));
    shown.extend(reported.map(|watched| fill::reported(words, watched)));
    Ok(shown)
}

/// What is held at present, the longest held first, and whether there is more.
async fn held(conn: &mut Conn, visit: &Visit, words: &Words, behind: &Behind) -> Result<(Vec<HeldTicket>, bool)> {
    let (scope, now) = (visit.scope()?, words.moments.now());
    let silences = timers::held::tickets(conn, scope, behind, now, SHOWN + 1).await?;
    let drafts = suggestions::held::tickets(conn, scope, behind, now, SHOWN + 1).await?;
    let shown = SHOWN as usize;
    let more = silences.len() > shown || drafts.len() > shown;
    let silences = silences.iter().take(shown).map(|held| (held.due, fill::held(words, held, false)));
    let drafts = drafts.iter().take(shown).map(|held| (held.due, fill::held(words, held, true)));
    let mut all: Vec<_> = silences.chain(drafts).collect();
    all.sort_by_key(|(due, _)| *due);
    Ok((all.into_iter().map(|(_, held)| held).collect(), more))
}
