//! `GET /mailboxes`: until when each mailbox is read, and what waits for its mail.

use axum::http::StatusCode;
use axum::response::Response;
use desk::mailboxes::watch::{self, Behind};
use desk::{Result, suggestions, timers};
use store::Conn;

use super::fill;
use super::view::{HeldTicket, MailboxesPage, Patience};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::{Words, views_of_mailboxes};
use crate::pages::visit::{Visit, page};

/// How many held tickets are shown, of each kind.
const SHOWN: u32 = 100;

/// The page.
pub async fn get(visit: Visit) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        let list = views_of_mailboxes(&visit, &words).await?;
        let mut conn = visit.read().await?;
        let mailboxes = watch::all(&mut conn, visit.scope()?).await?;
        let behind = watch::behind(&mut conn, words.moments.now()).await?;
        let (held, more) = match &behind {
            Some(behind) => held(&mut conn, &visit, &words, behind).await?,
            None => (Vec::new(), false),
        };
        drop(conn);
        let patience = behind.filter(|behind| behind.mailbox.is_none()).and_then(|behind| {
            Some(Patience { from: words.moments.when(behind.in_until), until: words.moments.when(behind.until?) })
        });
        let mailboxes = mailboxes.iter().map(|watched| fill::mailbox(&words, watched)).collect();
        let frame = visit.frame(Section::Tickets).await?;
        Ok(page(StatusCode::OK, &MailboxesPage { frame, list, mailboxes, patience, held, more }))
    };
    visit.answer(work).await
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
