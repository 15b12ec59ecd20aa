//! `GET /kept/{id}` and `GET /kept/{id}/raw`: one mail that moved nothing, as far as it is understood and as it came.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::mailboxes::{self, Kept};
use desk::{Error, Result};
use store::Id;

use super::index::row;
use super::view::{Became, KeptMail, KeptMailPage, Opens};
use crate::pages::frame::Section;
use crate::pages::prose::Prose;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};
use crate::texts::Texts;

/// The page.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, "/kept").await?;
        let (kept, raw) = kept_of(&visit, &id).await?;
        let frame = visit.frame(Section::Tickets).await?;
        Ok(page(StatusCode::OK, &KeptMailPage { frame, list, mail: shown(&words, visit.texts, &kept, &raw) }))
    };
    visit.answer(work).await
}

/// Its bytes, as a file.
pub async fn raw(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let (kept, raw) = kept_of(&visit, &id).await?;
        let headers = [
            (CONTENT_TYPE, "message/rfc822".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{}.eml\"", kept.id)),
            (CACHE_CONTROL, "no-store".to_owned()),
        ];
        Ok((headers, raw).into_response())
    };
    visit.answer(work).await
}

async fn kept_of(visit: &Visit, id: &str) -> Result<(Kept, Vec<u8>)> {
    mailboxes::kept_mail(&mut visit.read().await?, &visit.actor(), read_id(id)?).await
}

pub(super) fn read_id(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::not_found("mail"))
}

fn shown(words: &Words, texts: &Texts, kept: &Kept, raw: &[u8]) -> KeptMail {
    let mail = mail::parse(raw);
    let row = row(words, texts, kept);
    let opens = (row.became != Became::Opened && kept.ticket.is_none()).then(|| Opens {
        action: format!("/kept/{}/ticket", kept.id),
        email: mail.from.as_ref().map(|from| from.address.clone()).unwrap_or_default(),
    });
    let files_to = (row.became == Became::SetAside).then(|| format!("/kept/{}/filing", kept.id));
    let people = |people: &[mail::Address]| people.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    KeptMail {
        row,
        from: people(mail.from.as_slice()),
        to: people(&mail.to),
        subject: mail.subject.unwrap_or_default(),
        text: Prose::from_text(mail.text.as_deref().unwrap_or_default()),
        files: mail.attachments.into_iter().map(|file| file.name).collect(),
        problems: mail.problems,
        raw_href: format!("/kept/{}/raw", kept.id),
        ticket_href: kept.ticket.map(|ticket| format!("/tickets/{ticket}")),
        opens,
        files_to,
    }
}
