//! `GET` and `POST /teams/{team}/calendar`: when a team works.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::{FieldError, Kind};
use desk::handle::{Command, KeepWorkingTime};
use desk::rights::{self, Verb};
use desk::teams::{self, WorkingTime, hours};
use desk::{Error, Result};

use super::fill::{self, Written};
use super::view::CalendarPage;
use crate::pages::entry::form::{SAID, with_mistakes};
use crate::pages::frame::Section;
use crate::pages::meanwhile::Standing;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;
use crate::texts::Texts;

/// What is chosen where the handbook says when it works.
const BY_HANDBOOK: &str = "calendar-by-handbook";

/// The page.
pub async fn get(visit: Visit, Path(team): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let done = query.contains_key("done").then_some("calendar-kept");
    let month = query.get("month").map(String::as_str);
    visit.answer(show(&visit, &team, month, done, None)).await
}

/// Keeps what was chosen.
pub async fn post(State(app): State<App>, Path(team): Path<String>, mut posted: Posted) -> Response {
    let work = async {
        rights::require(&posted.visit.actor(), Verb::KeepTeams)?;
        let mut conn = posted.visit.read().await?;
        let handbook = app.desk.handbooks.current(&mut conn).await?;
        let time = teams::working_time(&mut conn, &team).await?;
        drop(conn);
        let fields = fill::fields(posted.visit.texts, &handbook, BY_HANDBOOK, &kept(&time), None);
        let crossed = Standing::of(&fields).catch_up(&mut posted);
        let visit = &posted.visit;
        if !crossed.is_empty() {
            return show(visit, &team, None, None, Some((&posted, Error::invalid_fields(crossed)))).await;
        }
        let calendar = Some(posted.field("calendar").to_owned());
        let command = KeepWorkingTime { team: team.clone(), calendar, days_off: fill::read(posted.field("days_off")) };
        match app.desk.handle(&visit.actor(), Command::KeepWorkingTime(command)).await {
            Ok(_) => Ok(see_other(&format!("/teams/{team}/calendar?done=1"))),
            Err(error) => show(visit, &team, None, None, Some((&posted, error))).await,
        }
    };
    let answered = work.await;
    posted.visit.answer(async { answered }).await
}

/// What is kept of a team.
fn kept(time: &WorkingTime) -> Written {
    (time.calendar.clone().unwrap_or_default(), fill::written(&time.days_off))
}

/// What was entered of both fields, what is wrong with each, and with the whole.
type Entered = (Option<Written>, Vec<FieldError>, Option<String>);

/// What comes back with a form that was refused.
///
/// # Errors
/// What is not about the form.
pub(super) fn entered(texts: &Texts, wrong: Option<(&Posted, Error)>) -> Result<Entered> {
    let Some((posted, error)) = wrong else { return Ok((None, Vec::new(), None)) };
    let entered = (posted.field("calendar").to_owned(), posted.field("days_off").to_owned());
    match error.kind {
        Kind::Invalid if !error.fields.is_empty() => {
            let by_name = |mut field: FieldError| {
                field.field = field.field.trim_start_matches("attributes.").to_owned();
                let said =
                    (field.code == "bad-date").then(|| fill::mistakes(texts, posted.field("days_off"))).flatten();
                match said {
                    Some(said) => FieldError::new("days_off", SAID, said),
                    None => field,
                }
            };
            Ok((Some(entered), error.fields.into_iter().map(by_name).collect(), None))
        }
        Kind::Invalid | Kind::Conflict => Ok((Some(entered), Vec::new(), Some(error.to_string()))),
        _ => Err(error),
    }
}

async fn show(
    visit: &Visit,
    team: &str,
    month: Option<&str>,
    done: Option<&'static str>,
    wrong: Option<(&Posted, Error)>,
) -> Result<Response> {
    rights::require(&visit.actor(), Verb::KeepTeams)?;
    let moments = visit.moments().await?;
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let known = handbook.desk.teams.get(team).ok_or_else(|| Error::not_found("team"))?;
    let time = teams::working_time(&mut conn, team).await?;
    drop(conn);
    let counted = hours::of_team(&handbook, team, &time).unwrap_or_else(|| hours::of_desk(&handbook));
    let first = fill::first_of(month, visit, &counted);
    let path = format!("/teams/{team}/calendar");
    let (entered, mistakes, refused) = entered(visit.texts, wrong)?;
    let fields = fill::fields(visit.texts, &handbook, BY_HANDBOOK, &kept(&time), entered);
    let is_right = mistakes.is_empty() && refused.is_none();
    let view = CalendarPage {
        frame: visit.frame(Section::People).await?,
        whose: known.title.text(visit.texts.tag()).to_owned(),
        others: fill::others(&moments, &path, first),
        month: fill::month_of(visit, &moments, counted, &time.days_off, first)?,
        back: "/people".to_owned(),
        action: path,
        fields: with_mistakes(visit.texts, fields, &mistakes),
        refused,
        done,
    };
    Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}
