//! `GET /organizations`: organizations by name, cut by words and by plan.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::organizations::{self, Filter};
use desk::page::NamePlace;
use desk::rights::{self, Verb};
use desk::{Actor, Result};

use super::fill::{self, SHOWN, WORDS_MAX};
use super::view::OrganizationsPage;
use crate::pages::frame::Section;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::{Visit, page};

type Asked = BTreeMap<String, String>;

/// The page.
pub async fn get(visit: Visit, Query(query): Query<Asked>) -> Response {
    let work = async {
        let filter = filter(&visit.actor(), &query)?;
        let after = query.get("after").map(|place| place.parse::<NamePlace>()).transpose()?;
        let words = Words::of(&visit).await?;
        let list = fill_views::around(&visit, &words, "/organizations").await?;
        let mut conn = visit.read().await?;
        let plans = organizations::plans(&mut conn).await?;
        let listed = organizations::list(&mut conn, &filter, after.as_ref(), SHOWN).await?;
        drop(conn);
        let (typed, plan) = (filter.words.unwrap_or_default(), filter.plan.unwrap_or_default());
        let cuts = [("q", typed.as_str()), ("plan", plan.as_str())];
        let view = OrganizationsPage {
            frame: visit.frame(Section::Clients).await?,
            list,
            rows: listed.items.iter().map(fill::organization_row).collect(),
            pages: fill::pages("/organizations", &cuts, after.is_some(), listed.next.as_ref()),
            plans: plans.into_iter().map(|name| (name.clone(), name == plan)).collect(),
            keeps: rights::may(&visit.actor(), Verb::KeepPeople),
            words: typed,
        };
        Ok(page(StatusCode::OK, &view))
    };
    visit.answer(work).await
}

/// What is asked for, by somebody who may see it.
pub fn filter(actor: &Actor, query: &Asked) -> Result<Filter> {
    rights::require(actor, Verb::ReadPeople)?;
    let given = |name: &str| {
        let text: String =
            query.get(name).map(|text| text.trim().chars().take(WORDS_MAX).collect()).unwrap_or_default();
        Some(text).filter(|text| !text.is_empty())
    };
    Ok(Filter { words: given("q"), plan: given("plan") })
}
