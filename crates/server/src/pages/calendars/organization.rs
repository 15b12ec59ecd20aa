//! `GET` and `POST /organizations/{key}/calendar`: when the people of an organization work.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::handle::{Command, UpsertOrganization};
use desk::organizations::{Change, DAYS_OFF_ATTRIBUTE, Organization};
use desk::rights::{self, Verb};
use desk::teams::hours;
use desk::{Error, Result};
use playbook::{CALENDAR_ATTRIBUTE, Handbook};
use serde_json::{Map, Value};

use super::fill::{self, Written};
use super::view::CalendarPage;
use crate::pages::entry::form::with_mistakes;
use crate::pages::frame::Section;
use crate::pages::meanwhile::Standing;
use crate::pages::organizations::fill::organization_href;
use crate::pages::organizations::show::find;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// What is chosen where it has no calendar of its own.
const NONE_OWN: &str = "calendar-none-own";

/// The page.
pub async fn get(visit: Visit, Path(key): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let done = query.contains_key("done").then_some("calendar-kept");
    let month = query.get("month").map(String::as_str);
    let work = async { show(&visit, &find(&visit, &key).await?, month, done, None).await };
    visit.answer(work).await
}

/// Keeps what was chosen.
pub async fn post(State(app): State<App>, Path(key): Path<String>, mut posted: Posted) -> Response {
    let work = async {
        rights::require(&posted.visit.actor(), Verb::KeepPeople)?;
        let known = find(&posted.visit, &key).await?;
        let handbook = app.desk.handbooks.current(&mut posted.visit.read().await?).await?;
        let fields = fill::fields(posted.visit.texts, &handbook, NONE_OWN, &kept(&handbook, &known), None);
        let crossed = Standing::of(&fields).catch_up(&mut posted);
        let visit = &posted.visit;
        if !crossed.is_empty() {
            return show(visit, &known, None, None, Some((&posted, Error::invalid_fields(crossed)))).await;
        }
        let days = fill::read(posted.field("days_off"));
        let calendar = posted.field("calendar");
        let attributes = Map::from_iter([
            (CALENDAR_ATTRIBUTE.to_owned(), if calendar.is_empty() { Value::Null } else { Value::from(calendar) }),
            (DAYS_OFF_ATTRIBUTE.to_owned(), if days.is_empty() { Value::Null } else { Value::from(days) }),
        ]);
        let change = Change { attributes, ..Change::default() };
        let command = Command::UpsertOrganization(UpsertOrganization { key: key.clone(), change });
        match app.desk.handle(&visit.actor(), command).await {
            Ok(_) => Ok(see_other(&format!("{}/calendar?done=1", organization_href(&key)))),
            Err(error) => show(visit, &known, None, None, Some((&posted, error))).await,
        }
    };
    let answered = work.await;
    posted.visit.answer(async { answered }).await
}

/// What is kept of an organization.
fn kept(handbook: &Handbook, known: &Organization) -> Written {
    let own = hours::of_organization(handbook, known);
    let days_off: Vec<_> = known.days_off().collect();
    (own.and_then(|(_, by)| by.calendar).unwrap_or_default(), fill::written(&days_off))
}

async fn show(
    visit: &Visit,
    known: &Organization,
    month: Option<&str>,
    done: Option<&'static str>,
    wrong: Option<(&Posted, Error)>,
) -> Result<Response> {
    let moments = visit.moments().await?;
    let handbook = visit.app.desk.handbooks.current(&mut visit.read().await?).await?;
    let days_off: Vec<_> = known.days_off().collect();
    let own = hours::of_organization(&handbook, known);
    let counted = own.unwrap_or_else(|| hours::of_desk(&handbook));
    let first = fill::first_of(month, visit, &counted);
    let back = organization_href(&known.key);
    let path = format!("{back}/calendar");
    let (entered, mistakes, refused) = super::team::entered(visit.texts, wrong)?;
    let keeps = rights::may(&visit.actor(), Verb::KeepPeople);
    let fields = match keeps {
        true => fill::fields(visit.texts, &handbook, NONE_OWN, &kept(&handbook, known), entered),
        false => Vec::new(),
    };
    let is_right = mistakes.is_empty() && refused.is_none();
    let view = CalendarPage {
        frame: visit.frame(Section::Clients).await?,
        whose: known.name.clone(),
        others: fill::others(&moments, &path, first),
        month: fill::month_of(visit, &moments, counted, &days_off, first)?,
        back,
        action: path,
        fields: with_mistakes(visit.texts, fields, &mistakes),
        refused,
        done,
    };
    Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}
