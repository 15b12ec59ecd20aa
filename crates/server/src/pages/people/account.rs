//! `GET /account` and what it posts to: what somebody is called, how they read pages, their password and their sessions.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use desk::accounts::{Account, Profile, UNDO_MAX, UNDO_SECONDS, sessions};
use desk::entry::NewPassword;
use desk::error::FieldError;
use desk::handle::account::{Account as Command, EndOtherSessions, EndSession, KeepProfile};
use desk::{Error, Result};
use serde::Deserialize;
use store::Id;

use super::role_name;
use super::view::{AccountPage, SessionRow};
use crate::edge::viewer::SignedIn;
use crate::pages::entry::form::{self, with_mistakes};
use crate::pages::entry::set_up::zones;
use crate::pages::entry::stay_in;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::Section;
use crate::pages::person::Person;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{LANGUAGE_COOKIE, Visit, YEAR, page, set_cookie};
use crate::state::App;
use crate::texts::Texts;

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    done: String,
}

/// The page.
pub async fn get(visit: Visit, Query(said): Query<Said>) -> Response {
    let done = ["profile", "password", "sessions"].into_iter().find(|done| *done == said.done);
    let done = done.map(|done| match done {
        "profile" => "account-profile-kept",
        "password" => "account-password-changed",
        _ => "account-sessions-ended",
    });
    visit.answer(show(&visit, Mistakes::default(), done)).await
}

/// Keeps name, language and zone.
pub async fn post_profile(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let signed_in = own(visit)?;
        let given = |name: &str| Some(posted.field(name).to_owned()).filter(|value| !value.is_empty());
        let language = given("language").map(|tag| Texts::for_language(&tag).tag().to_owned());
        let profile = Profile {
            name: posted.field("name").to_owned(),
            language: language.clone(),
            time_zone: given("time_zone"),
            undo_seconds: given("undo_seconds").and_then(|seconds| seconds.parse().ok()),
        };
        let kept = app.desk.account(&actor(signed_in), Command::KeepProfile(KeepProfile(profile))).await;
        if let Err(error) = kept {
            return again(visit, error, |errors| Mistakes { profile: errors, ..Mistakes::default() }).await;
        }
        let mut response = see_other("/account?done=profile");
        if let Some(language) = language {
            response.headers_mut().append(SET_COOKIE, set_cookie(LANGUAGE_COOKIE, &language, Some(YEAR)));
        }
        Ok(response)
    };
    visit.answer(work).await
}

/// Changes the password; every other browser is signed out.
pub async fn post_password(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let signed_in = own(visit)?;
        let as_typed = |name: &str| posted.fields.get(name).cloned().unwrap_or_default();
        let new = NewPassword { password: as_typed("password"), visitor: visit.visitor.clone() };
        match app.desk.change_password(signed_in.account.agent.id, &as_typed("old"), new).await {
            Ok(signed_in) => Ok(stay_in(visit, &signed_in, see_other("/account?done=password"))),
            Err(error) => again(visit, error, |errors| Mistakes { password: errors, ..Mistakes::default() }).await,
        }
    };
    visit.answer(work).await
}

/// Ends one session.
pub async fn post_end(State(app): State<App>, Path(session): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let session: Id = session.parse().map_err(|_| Error::not_found("session"))?;
        app.desk.account(&actor(own(visit)?), Command::EndSession(EndSession { session })).await?;
        Ok(see_other("/account?done=sessions"))
    };
    visit.answer(work).await
}

/// Ends every session but this one.
pub async fn post_end_others(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let signed_in = own(visit)?;
        let end = Command::EndOtherSessions(EndOtherSessions { kept: signed_in.id });
        app.desk.account(&actor(signed_in), end).await?;
        Ok(see_other("/account?done=sessions"))
    };
    visit.answer(work).await
}

/// The session that the page is about. In the demo nobody has one.
fn own(visit: &Visit) -> Result<&SignedIn> {
    let session = visit.viewer.as_ref().and_then(|viewer| viewer.session.as_ref());
    session.ok_or_else(|| Error::forbidden("change an account"))
}

fn actor(signed_in: &SignedIn) -> desk::Actor {
    signed_in.account.agent.as_actor()
}

/// What was wrong with each form.
#[derive(Default)]
struct Mistakes {
    profile: Vec<FieldError>,
    password: Vec<FieldError>,
}

async fn again(visit: &Visit, error: Error, mistakes: impl FnOnce(Vec<FieldError>) -> Mistakes) -> Result<Response> {
    if error.fields.is_empty() {
        return Err(error);
    }
    show(visit, mistakes(error.fields), None).await
}

async fn show(visit: &Visit, mistakes: Mistakes, done: Option<&'static str>) -> Result<Response> {
    let signed_in = own(visit)?;
    let account = &signed_in.account;
    let moments = visit.moments().await?;
    let open = sessions::of_agent(&mut visit.read().await?, account.agent.id, moments.now()).await?;
    let mut sessions: Vec<SessionRow> = open
        .iter()
        .map(|session| SessionRow {
            id: session.id.to_string(),
            device: session.device.clone(),
            since: moments.when(session.created_at),
            seen: moments.when(session.seen_at),
            current: session.id == signed_in.id,
        })
        .collect();
    sessions.sort_by_key(|session| !session.current);
    let old = Field::new("old", visit.texts.get("account-old-password"), FieldKind::Secret);
    let password = vec![old.filled_in_as("current-password"), form::new_password(visit.texts)];
    let is_right = mistakes.profile.is_empty() && mistakes.password.is_empty();
    let view = AccountPage {
        frame: visit.frame(Section::Account).await?,
        person: Person::new(&account.agent.name, &account.agent.address),
        role: role_name(visit.texts, account.agent.role),
        profile: with_mistakes(visit.texts, profile(visit, account), &mistakes.profile),
        password: with_mistakes(visit.texts, password, &mistakes.password),
        sessions,
        done,
    };
    Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}

fn profile(visit: &Visit, account: &Account) -> Vec<Field> {
    let texts = visit.texts;
    let language = |tongue: &'static Texts| FieldOption {
        value: tongue.tag().to_owned(),
        label: tongue.get("language-name"),
        chosen: account.language.as_deref() == Some(tongue.tag()),
    };
    let zone = account.time_zone.as_deref().unwrap_or_default();
    vec![
        form::name(texts, &account.agent.name),
        Field::new(
            "language",
            texts.get("account-language"),
            FieldKind::Choice(Texts::languages().map(language).collect()),
        )
        .optional(),
        Field::new("time_zone", texts.get("account-zone"), FieldKind::Choice(zones(zone)))
            .helped(texts.get("account-zone-help"))
            .optional(),
        Field::new("undo_seconds", texts.get("account-undo"), FieldKind::Choice(undo(texts, account.undo_seconds)))
            .helped(texts.get("account-undo-help"))
            .optional(),
    ]
}

/// For how long a reply can be taken back, to choose from.
fn undo(texts: &'static Texts, chosen: Option<i64>) -> Vec<FieldOption> {
    let option = |seconds: i64| FieldOption {
        value: seconds.to_string(),
        label: match seconds {
            0 => texts.get("account-undo-none"),
            seconds => texts.with("account-undo-seconds", &[("seconds", &seconds.to_string())]),
        },
        chosen: chosen.unwrap_or(UNDO_SECONDS) == seconds,
    };
    [0, 5, 10, 20, 30, UNDO_MAX].map(option).to_vec()
}
