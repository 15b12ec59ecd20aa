//! `GET /kept`, `GET /kept/list` and `GET /kept/count`: the mails that moved nothing.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use desk::Result;
use desk::mailboxes::{self, Kept, WhyKept};
use desk::page::{Cursor, Page};
use serde::Deserialize;

use super::view::{Became, KeptPage, KeptPart, KeptRow};
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::texts::Texts;

/// How many a page shows.
const SHOWN: u32 = 50;

/// Where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    after: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(place): Query<Place>) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, "/kept").await?;
        let after = place.after.as_deref().map(str::parse::<Cursor>).transpose()?;
        let KeptPart { frame, rows, older } = part(&visit, &words, after).await?;
        Ok(page(StatusCode::OK, &KeptPage { frame, list, rows, older, first: after.is_none() }))
    };
    visit.answer(work).await
}

/// The first page's mails alone, for live updates.
pub async fn get_list(visit: Visit) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        Ok(page(StatusCode::OK, &part(&visit, &words, None).await?))
    };
    visit.answer(work).await
}

/// How many wait for somebody to look at them, for live updates.
pub async fn get_count(visit: Visit) -> Response {
    let work = async {
        let count = mailboxes::set_aside(&mut visit.read().await?, &visit.actor()).await?;
        Ok(([(CACHE_CONTROL, "no-store")], count.to_string()).into_response())
    };
    visit.answer(work).await
}

async fn part(visit: &Visit, words: &Words, after: Option<Cursor>) -> Result<KeptPart> {
    let page_of = Page { after, limit: SHOWN };
    let kept = mailboxes::kept(&mut visit.read().await?, &visit.actor(), page_of).await?;
    let rows = kept.items.iter().map(|kept| row(words, visit.texts, kept)).collect();
    let older = kept.next.map(|next| format!("/kept?after={next}"));
    Ok(KeptPart { frame: visit.frame(Section::Tickets).await?, rows, older })
}

/// A mail as its row shows it.
pub(super) fn row(words: &Words, texts: &Texts, kept: &Kept) -> KeptRow {
    KeptRow {
        id: kept.id.to_string(),
        href: format!("/kept/{}", kept.id),
        became: match kept.outcome.as_str() {
            "set_aside" => Became::SetAside,
            "opened" => Became::Opened,
            _ => Became::Filed,
        },
        reason: why(texts, &kept.reason),
        sender: kept.sender.clone(),
        subject: kept.subject.clone(),
        at: words.moments.when(kept.received_at),
    }
}

/// Why a mail was kept, in the viewer's words; what the desk or a server said of it, as they said it.
fn why(texts: &Texts, stored: &str) -> String {
    let (why, mailbox) = WhyKept::read(stored);
    match (why, mailbox) {
        (None, _) => stored.to_owned(),
        (Some(why), None) => texts.get(key(why)),
        (Some(why), Some(mailbox)) => {
            let why = texts.get(key(why));
            texts.with("kept-why-in", &[("why", &why), ("mailbox", mailbox)])
        }
    }
}

fn key(why: WhyKept) -> &'static str {
    match why {
        WhyKept::NoSender => "kept-why-no-sender",
        WhyKept::FromItself => "kept-why-from-itself",
        WhyKept::BounceOfNone => "kept-why-bounce-of-none",
        WhyKept::Bounce => "kept-why-bounce",
        WhyKept::Program => "kept-why-program",
        WhyKept::CameBack => "kept-why-came-back",
        WhyKept::CameBefore => "kept-why-came-before",
        WhyKept::NoticeAnswered => "kept-why-notice-answered",
        WhyKept::TooLarge => "kept-why-too-large",
        WhyKept::Withheld => "kept-why-withheld",
        WhyKept::BreaksOff => "kept-why-breaks-off",
        WhyKept::Failed => "kept-why-failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_said_in_the_viewers_language_and_foreign_words_stay_as_they_are() {
        let (english, portuguese) = (Texts::for_language("en"), Texts::for_language("pt"));
        for reason in WhyKept::ALL {
            let (one, other) = (why(english, reason.words()), why(portuguese, reason.words()));
            assert!(one != other && !other.contains("kept-why"), "{one} {other}");
        }
        assert!(why(portuguese, "it does not say who it is from (mailbox help)").contains("help"));
        assert_eq!(why(portuguese, "the disk is full"), "the disk is full");
    }
}
