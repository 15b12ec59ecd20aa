//! `GET /organizations/{key}`: an organization and what belongs to it.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use desk::organizations::{self, Organization};
use desk::rights::{self, Verb};
use desk::teams::hours;
use desk::tickets::views::Cut;
use desk::{Error, Result, contacts};

use super::view::OrganizationPage;
use super::{attributes, fill};
use crate::pages::calendars::month_of;
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

/// How many people, and how many organizations beneath it, the page shows.
const SHOWN: u32 = 10;

/// The page.
pub async fn get(visit: Visit, Path(key): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let done = query.contains_key("done").then_some("people-kept");
    visit.answer(show(&visit, &key, done)).await
}

/// The organization with this key, for somebody who may see it.
pub async fn find(visit: &Visit, key: &str) -> Result<Organization> {
    rights::require(&visit.actor(), Verb::ReadPeople)?;
    let found = organizations::find_by_key(&mut visit.read().await?, key).await?;
    found.ok_or_else(|| Error::not_found("organization"))
}

async fn show(visit: &Visit, key: &str, done: Option<&'static str>) -> Result<Response> {
    let found = find(visit, key).await?;
    let words = Words::of(visit).await?;
    let list = fill_views::around(visit, &words, "/organizations").await?;
    let cut = Cut { organization: Some(found.id), ..Cut::default() };
    let search = format!("org:\"{}\" ", found.key.replace('"', ""));
    let tickets = fill::tickets(visit, &words, cut, Some(search)).await?;
    let mut conn = visit.read().await?;
    let parent = match found.parent {
        Some(parent) => organizations::find(&mut conn, parent).await?,
        None => None,
    };
    let children = organizations::children(&mut conn, found.id, SHOWN).await?;
    let people = contacts::Filter { words: None, organization: Some(found.id) };
    let people = contacts::list(&mut conn, &people, None, SHOWN).await?;
    drop(conn);
    let moments = visit.moments().await?;
    let counted = hours::of_organization(&words.handbook, &found).unwrap_or_else(|| hours::of_desk(&words.handbook));
    let first = visit.app.desk.now().to_zoned(counted.0.zone().clone()).date().first_of_month();
    let days_off: Vec<_> = found.days_off().collect();
    let month = month_of(visit, &moments, counted, &days_off, first)?;
    let texts = visit.texts;
    let mut facts = Vec::new();
    let zone = found.time_zone.as_ref().map(|zone| (texts.get("account-zone"), zone.replace('_', " ")));
    facts.extend(zone);
    facts.extend(found.language.as_ref().map(|language| (texts.get("account-language"), language.clone())));
    facts.extend(attributes::facts(texts, &words.handbook.desk.attributes.organization, &found.attributes));
    let by_key = form_urlencoded::Serializer::new(String::new()).append_pair("organization", &found.key).finish();
    let view = OrganizationPage {
        frame: visit.frame(Section::Clients).await?,
        list,
        facts,
        parent: parent.as_ref().map(fill::organization_row),
        children: children.shown.iter().map(fill::organization_row).collect(),
        children_more: children.more,
        contacts: people.items.iter().map(|person| fill::person_row(person, false)).collect(),
        contacts_href: format!("/contacts?{by_key}"),
        tickets,
        month,
        calendar: format!("{}/calendar", fill::organization_href(&found.key)),
        edit: rights::may(&visit.actor(), Verb::KeepPeople)
            .then(|| format!("{}/form", fill::organization_href(&found.key))),
        name: found.name,
        key: found.key,
        plan: found.plan,
        done,
    };
    Ok(page(StatusCode::OK, &view))
}
