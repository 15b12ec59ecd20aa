//! `GET` and `POST /notifications/choices`: what the viewer wants to be told, by which ways and when. `/notifications/mail-off/…`: the
//! link of a mail that has mail stop.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::dispatches::browsers;
use desk::dispatches::hooks::{self, Hook};
use desk::error::FieldError;
use desk::handle::Command;
use desk::handle::notices::Notices as Deed;
use desk::notifications::choices::{self, Rhythm, WorkingHours};
use desk::notifications::{Channel, Choices, Topic, own};
use desk::rights::{Verb, may};
use desk::{Actor, Error, Result, dispatches};

use super::browsers::part;
use super::hooks::{audiences, hook_row};
use super::index::topic_key;
use super::view::{ChoicesPage, DayRow, TopicRow, Way};
use crate::pages::field::FieldOption;
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;
use crate::texts::Texts;

/// The texts that name the days, from Monday.
const DAYS: [&str; 7] =
    ["day-monday", "day-tuesday", "day-wednesday", "day-thursday", "day-friday", "day-saturday", "day-sunday"];

/// The page.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        let agent = own::whose(&visit.actor())?;
        let chosen = choices::of(&mut visit.read().await?, agent).await?;
        let said = Said { done: query.contains_key("done"), ..Said::default() };
        show(&visit, &chosen, said).await
    };
    visit.answer(work).await
}

/// Keeps them.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let agent = own::whose(&visit.actor())?;
        let kept = choices::of(&mut visit.read().await?, agent).await?;
        let mut conn = visit.read().await?;
        let pushes = !browsers::of_agent(&mut conn, agent, app.desk.now()).await?.is_empty();
        let ways = offered(&hooks::of_agent(&mut conn, agent).await?, pushes);
        drop(conn);
        let chosen = read(&posted, kept, &ways);
        match app.desk.handle(&visit.actor(), Command::Notices(Deed::Choose(Box::new(chosen.clone())))).await {
            Ok(_) => Ok(see_other("/notifications/choices?done=1")),
            Err(error) if !error.fields.is_empty() => {
                show(visit, &chosen, Said { wrong: error.fields, ..Said::default() }).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// Has mail stop for whoever's link this is: what a mail program posts by itself when its reader wants no more (RFC 8058). It may have no
/// session and no token of a form, so the link is signed, and does this alone.
pub async fn post_mail_off(State(app): State<App>, Path(stamp): Path<String>) -> Response {
    match app.desk.handle(&Actor::Outside, Command::Notices(Deed::StopMail(stamp))).await {
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => crate::edge::Problem::from(error).into_response(),
    }
}

/// Whoever opens that link chooses for themselves.
pub async fn get_mail_off() -> Response {
    see_other("/notifications/choices")
}

/// What was posted. Of ways that the page does not offer everything stays.
fn read(posted: &Posted, mut chosen: Choices, ways: &[Channel]) -> Choices {
    for topic in Topic::ALL {
        let wanted: Vec<&str> = posted.values(topic.as_str()).collect();
        for &channel in ways {
            chosen.set(topic, channel, wanted.contains(&channel.as_str()));
        }
    }
    let rhythm = Rhythm::ALL.into_iter().find(|rhythm| rhythm.as_str() == posted.field("mail"));
    chosen.mail = rhythm.unwrap_or_default();
    chosen.hours = match posted.field("hours") {
        "calendar" => WorkingHours::Calendar(posted.field("calendar").to_owned()),
        "own" => WorkingHours::Own(std::array::from_fn(|day| posted.field(&format!("hours-{day}")).to_owned())),
        _ => WorkingHours::Always,
    };
    chosen.breach_is_urgent = posted.field("breach_is_urgent") == "1";
    chosen.urgent_tickets = posted.field("urgent_tickets") == "1";
    chosen
}

/// The ways that the page offers: those of Slack and Discord once there is an address, browsers once there is one.
fn offered(own: &[Hook], pushes: bool) -> Vec<Channel> {
    let has = |channel| own.iter().any(|hook| hook.channel == channel);
    Channel::ALL
        .into_iter()
        .filter(|channel| match channel {
            Channel::InApp | Channel::Mail => true,
            Channel::Push => pushes,
            Channel::Slack | Channel::Discord => has(*channel),
        })
        .collect()
}

/// What there is to say of what was posted.
#[derive(Default)]
pub(super) struct Said {
    pub(super) wrong: Vec<FieldError>,
    pub(super) done: bool,
    pub(super) tried: Option<(bool, String)>,
    pub(super) pushed: Option<(bool, String)>,
}

pub(super) async fn show(visit: &Visit, chosen: &Choices, said: Said) -> Result<Response> {
    let Said { wrong, done, tried, pushed } = said;
    let agent = own::whose(&visit.actor())?;
    let texts = visit.texts;
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let account = desk::accounts::find(&mut conn, agent).await?.ok_or_else(|| Error::not_found("account"))?;
    let mail_failure = dispatches::last_failure(&mut conn, agent).await?;
    let own_hooks = hooks::of_agent(&mut conn, agent).await?;
    let push = part(visit, &mut conn, agent, pushed).await?;
    let keeps = may(&visit.actor(), Verb::KeepAgents);
    let shared = if keeps { Some(hooks::of_audiences(&mut conn).await?) } else { None };
    drop(conn);
    let ways = offered(&own_hooks, !push.browsers.is_empty());
    let option = |value: &str, label: String, chosen: bool| FieldOption { value: value.to_owned(), label, chosen };
    let by_calendar = match &chosen.hours {
        WorkingHours::Calendar(name) => Some(name.as_str()),
        _ => None,
    };
    let error_of = |field: &str| wrong.iter().find(|error| error.field == field).map(|error| error.message.clone());
    let zone = account.time_zone.as_deref().or_else(|| handbook.desk.zone.iana_name()).unwrap_or("UTC");
    let topic = |topic: Topic| TopicRow {
        name: topic.as_str(),
        title: texts.get(topic_key(topic)),
        wanted: ways.iter().map(|channel| chosen.wants(topic, *channel)).collect(),
    };
    let view = ChoicesPage {
        frame: visit.frame(Section::Account).await?,
        ways: ways.iter().map(|channel| Way { name: channel.as_str(), title: texts.get(way_key(*channel)) }).collect(),
        topics: Topic::ALL.into_iter().map(topic).collect(),
        rhythms: Rhythm::ALL
            .into_iter()
            .map(|rhythm| option(rhythm.as_str(), texts.get(rhythm_key(rhythm)), rhythm == chosen.mail))
            .collect(),
        hours: match &chosen.hours {
            WorkingHours::Always => "always",
            WorkingHours::Calendar(_) => "calendar",
            WorkingHours::Own(_) => "own",
        },
        calendars: handbook
            .calendars
            .keys()
            .map(|name| option(name, name.replace(['-', '_'], " "), by_calendar == Some(name)))
            .collect(),
        days: days(texts, &chosen.hours, &wrong),
        calendar_error: error_of("calendar").map(|_| texts.get("choices-no-calendar")),
        zone: zone.to_owned(),
        breach_is_urgent: chosen.breach_is_urgent,
        urgent_tickets: chosen.urgent_tickets,
        hooks: own_hooks.iter().map(|hook| hook_row(visit, &handbook, hook)).collect(),
        shared: shared.map(|shared| shared.iter().map(|hook| hook_row(visit, &handbook, hook)).collect()),
        audiences: if keeps { audiences(visit, &handbook) } else { Vec::new() },
        hook_error: hook_error(texts, &error_of),
        tried,
        push,
        mail_failure,
        stays_here: visit.app.desk.ground.settings.public_url.is_none(),
        done,
    };
    let went = |said: &Option<(bool, String)>| said.as_ref().is_none_or(|(went, _)| *went);
    let is_right = wrong.is_empty() && went(&view.tried) && went(&view.push.said);
    Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}

/// Somebody's own hours, an office's where they have none.
fn days(texts: &Texts, hours: &WorkingHours, wrong: &[FieldError]) -> Vec<DayRow> {
    let own_hours = match hours {
        WorkingHours::Own(days) => days.clone(),
        _ => std::array::from_fn(|day| if day < 5 { "09:00-17:00".to_owned() } else { String::new() }),
    };
    let day = |(place, (name, hours)): (usize, (&str, String))| DayRow {
        title: texts.get(name),
        hours,
        error: wrong.iter().find(|error| error.field == format!("hours-{place}")).map(|error| {
            match error.code.as_str() {
                "no-hours" => texts.get("choices-no-hours"),
                _ => texts.with("choices-bad-hours", &[("day", &texts.get(name))]),
            }
        }),
    };
    DAYS.into_iter().zip(own_hours).enumerate().map(day).collect()
}

/// What is wrong with an address that was entered.
fn hook_error(texts: &Texts, error_of: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    match (error_of("address"), error_of("name")) {
        (Some(_), _) => Some(texts.get("hook-bad-address")),
        (None, Some(_)) => Some(texts.get("hook-no-name")),
        _ => None,
    }
}

pub(super) fn way_key(channel: Channel) -> &'static str {
    match channel {
        Channel::InApp => "way-in-app",
        Channel::Mail => "way-mail",
        Channel::Slack => "way-slack",
        Channel::Discord => "way-discord",
        Channel::Push => "way-push",
    }
}

fn rhythm_key(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::AtOnce => "rhythm-at-once",
        Rhythm::Hourly => "rhythm-hourly",
        Rhythm::Daily => "rhythm-daily",
    }
}
