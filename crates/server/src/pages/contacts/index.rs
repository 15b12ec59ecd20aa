//! `GET /contacts`: contacts by name, cut by words and by organization.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::contacts::{self, Filter};
use desk::organizations::{self, Organization};
use desk::page::NamePlace;
use desk::rights::{self, Verb};
use desk::{Error, Result};

use super::view::ContactsPage;
use crate::pages::frame::Section;
use crate::pages::organizations::fill::{self, SHOWN, WORDS_MAX};
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

type Asked = BTreeMap<String, String>;

/// The page.
pub async fn get(visit: Visit, Query(query): Query<Asked>) -> Response {
    let work = async {
        let (filter, organization) = filter(&visit, &query).await?;
        let after = query.get("after").map(|place| place.parse::<NamePlace>()).transpose()?;
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, "/contacts").await?;
        let listed = contacts::list(&mut visit.read().await?, &filter, after.as_ref(), SHOWN).await?;
        let typed = filter.words.unwrap_or_default();
        let organization = organization.map(|found| (found.key, found.name));
        let key = organization.as_ref().map_or("", |(key, _)| key.as_str());
        let view = ContactsPage {
            frame: visit.frame(Section::Clients).await?,
            list,
            rows: listed.items.iter().map(|row| fill::person_row(row, organization.is_none())).collect(),
            pages: fill::pages(
                "/contacts",
                &[("q", typed.as_str()), ("organization", key)],
                after.is_some(),
                listed.next.as_ref(),
            ),
            keeps: rights::may(&visit.actor(), Verb::KeepPeople),
            words: typed,
            organization,
            done: query.get("done").is_some_and(|done| done == "erased").then_some("contact-erased"),
        };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}

/// What is asked for, by somebody who may see it.
pub async fn filter(visit: &Visit, query: &Asked) -> Result<(Filter, Option<Organization>)> {
    rights::require(&visit.actor(), Verb::ReadPeople)?;
    let typed = query.get("q").map(|text| text.trim().chars().take(WORDS_MAX).collect::<String>());
    let organization = match query.get("organization").filter(|key| !key.is_empty()) {
        Some(key) => {
            let found = organizations::find_by_key(&mut visit.read().await?, key).await?;
            Some(found.ok_or_else(|| Error::not_found("organization"))?)
        }
        None => None,
    };
    let words = typed.filter(|text| !text.is_empty());
    Ok((Filter { words, organization: organization.as_ref().map(|found| found.id) }, organization))
}
