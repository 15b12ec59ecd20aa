//! `GET /contacts/{id}`: a contact and what belongs to them.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::contacts::{self, Contact};
use desk::rights::{self, Verb};
use desk::tickets::views::Cut;
use desk::{Error, Result, organizations};

use super::view::ContactPage;
use crate::pages::frame::Section;
use crate::pages::organizations::{attributes, fill};
use crate::pages::person::Person;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// The page.
pub async fn get(visit: Visit, Path(id): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let done = match query.get("done").map(String::as_str) {
        Some("erased") => Some("contact-erased"),
        Some(_) => Some("people-kept"),
        None => None,
    };
    visit.answer(show(&visit, &id, done)).await
}

/// The contact with this id, for somebody who may see them.
pub(super) async fn find(visit: &Visit, id: &str) -> Result<Contact> {
    rights::require(&visit.actor(), Verb::ReadPeople)?;
    let found = match id.parse() {
        Ok(id) => contacts::find(&mut visit.read().await?, id).await?,
        Err(_) => None,
    };
    found.ok_or_else(|| Error::not_found("contact"))
}

async fn show(visit: &Visit, id: &str, done: Option<&'static str>) -> Result<Response> {
    let found = find(visit, id).await?;
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, "/contacts").await?;
    let cut = Cut { requester: Some(found.id), ..Cut::default() };
    let search = found.address.as_ref().map(|address| format!("from:{address} "));
    let tickets = fill::tickets(visit, &words, cut, search).await?;
    let mut conn = visit.read().await?;
    let organization = match found.organization {
        Some(organization) => organizations::find(&mut conn, organization).await?,
        None => None,
    };
    let addresses = contacts::addresses(&mut conn, found.id).await?;
    let may = contacts::rights::of(&mut conn, found.id).await?;
    let erased = contacts::is_erased(&mut conn, found.id).await?;
    drop(conn);
    let texts = visit.texts;
    let mut facts = Vec::new();
    facts.extend(found.language.as_ref().map(|language| (texts.get("people-language"), language.clone())));
    facts.extend(attributes::facts(texts, &words.handbook.desk.attributes.contact, &found.attributes));
    let keeps = rights::may(&visit.actor(), Verb::KeepPeople) && !erased;
    let erases = rights::may(&visit.actor(), Verb::ErasePeople) && !erased;
    let href = format!("/contacts/{}", found.id);
    let view = ContactPage {
        frame: visit.frame(Section::Clients).await?,
        list,
        person: Person { name: found.label().to_owned(), email: found.address.clone() },
        erased,
        role: found.role,
        organization: organization
            .map(|organization| (fill::organization_href(&organization.key), organization.name, organization.plan)),
        addresses: addresses.into_iter().map(|known| (known.address, known.verified)).collect(),
        may,
        facts,
        tickets,
        opening: (rights::may(&visit.actor(), Verb::WorkOnTickets) && found.address.is_some() && !erased)
            .then(|| format!("/tickets/new?for={}", found.id)),
        edit: (keeps && found.address.is_some()).then(|| format!("{href}/form")),
        data: keeps.then(|| format!("{href}/data")),
        erasure: erases.then(|| format!("{href}/erasure")),
        done,
    };
    Ok(page(StatusCode::OK, &view))
}
