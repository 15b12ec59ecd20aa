//! `GET /notifications`, its list and its count, and `POST /notifications/read`.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use desk::handle::Command;
use desk::handle::notices::Notices as Deed;
use desk::notifications::own::{self, COUNTED_MAX, Own, Place, Which};
use desk::notifications::{Topic, What, Wording};
use desk::page::LIMIT_DEFAULT;
use desk::{Error, Result};
use serde::Deserialize;

use super::view::{NoticeRow, Notices, NotificationsPage, NotificationsPart};
use crate::pages::frame::Section;
use crate::pages::moments::Moments;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// Where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    after: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(asked): Query<Asked>) -> Response {
    let work = async {
        let notices = listed(&visit, &asked).await?;
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, "/notifications").await?;
        let frame = visit.frame(Section::Notifications).await?;
        Ok(page(StatusCode::OK, &NotificationsPage { frame, list, notices }))
    };
    visit.answer(work).await
}

/// The notices alone, for live updates.
pub async fn get_list(visit: Visit, Query(asked): Query<Asked>) -> Response {
    let work = async {
        let notices = listed(&visit, &asked).await?;
        let frame = visit.frame(Section::Notifications).await?;
        Ok(page(StatusCode::OK, &NotificationsPart { frame, notices }))
    };
    visit.answer(work).await
}

/// How many are unread, for live updates.
pub async fn get_count(visit: Visit) -> Response {
    let work = async {
        let count = own::count_unread(&mut visit.read().await?, &visit.actor()).await?;
        Ok(([(CACHE_CONTROL, "no-store")], shown(count)).into_response())
    };
    visit.answer(work).await
}

/// Marks one as read (`notice`), or all that were listed (`up_to`).
pub async fn post_read(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let named = |name: &str| posted.field(name).parse().map_err(|_| Error::not_found("notice"));
        let which =
            if posted.field("up_to").is_empty() { Which::One(named("notice")?) } else { Which::UpTo(named("up_to")?) };
        app.desk.handle(&visit.actor(), Command::Notices(Deed::Read(which))).await?;
        Ok(see_other(posted.back("/notifications")))
    };
    visit.answer(work).await
}

/// A count as it is shown: what may be more than was counted says so.
pub fn shown(count: i64) -> String {
    if count >= i64::from(COUNTED_MAX) { format!("{}+", COUNTED_MAX - 1) } else { count.to_string() }
}

async fn listed(visit: &Visit, asked: &Asked) -> Result<Notices> {
    let after = asked.after.as_deref().map(str::parse::<Place>).transpose()?;
    let moments = visit.moments().await?;
    let listed = own::list(&mut visit.read().await?, &visit.actor(), false, after, LIMIT_DEFAULT).await?;
    let wording = Wording::of(visit.texts.tag());
    // Ids grow with time: the newest unread one is the greatest, and stands first.
    let up_to = listed.items.iter().filter(|own| own.unread).map(|own| own.id).max();
    Ok(Notices {
        rows: listed.items.iter().map(|own| row(own, wording, &moments)).collect(),
        up_to: up_to.map(|id| id.to_string()),
        is_first: after.is_none(),
        older: listed.next.map(|next| format!("/notifications?after={next}")),
    })
}

fn row(own: &Own, wording: &Wording, moments: &Moments) -> NoticeRow {
    let what = own.notice.what.as_ref();
    let topic = what.map_or(Topic::Playbook, What::topic);
    let elsewhere = match what {
        Some(What::MailboxUnread { .. }) => Some("/mailboxes".to_owned()),
        Some(What::SetAside { .. }) => Some("/kept".to_owned()),
        _ => None,
    };
    let text = own.notice.say(wording);
    NoticeRow {
        id: own.id.to_string(),
        icon: icon(topic),
        topic: topic_key(topic),
        is_breach: topic == Topic::Breach,
        href: own.ticket.as_ref().map(|(id, ..)| format!("/tickets/{id}")).or(elsewhere),
        // What says its subject itself is not followed by it once more.
        ticket: own.ticket.as_ref().map(|(_, number, subject)| {
            (number.to_string(), Some(subject).filter(|subject| !text.contains(subject.as_str())).cloned())
        }),
        text,
        at: moments.when(own.notice.created_at),
        unread: own.unread,
    }
}

/// The suffix of a topic's symbol `i-…`.
fn icon(topic: Topic) -> &'static str {
    match topic {
        Topic::Assigned => "person-plus",
        Topic::Mentioned => "person",
        Topic::Asked => "ask",
        Topic::Client => "mail",
        Topic::Followed => "eye",
        Topic::Warning => "clock",
        Topic::Breach | Topic::Delivery => "alert",
        Topic::Playbook => "book",
        Topic::Snoozed => "snooze",
        Topic::Nobody => "team",
        Topic::Desk => "info",
    }
}

/// The text that says what a topic is.
pub fn topic_key(topic: Topic) -> &'static str {
    match topic {
        Topic::Assigned => "topic-assigned",
        Topic::Mentioned => "topic-mentioned",
        Topic::Asked => "topic-asked",
        Topic::Client => "topic-client",
        Topic::Followed => "topic-followed",
        Topic::Warning => "topic-warning",
        Topic::Breach => "topic-breach",
        Topic::Playbook => "topic-playbook",
        Topic::Snoozed => "topic-snoozed",
        Topic::Nobody => "topic-nobody",
        Topic::Delivery => "topic-delivery",
        Topic::Desk => "topic-desk",
    }
}
