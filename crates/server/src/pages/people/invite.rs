//! `GET` and `POST /people/invitation`: a colleague is invited by mail. `POST /people/{id}/invitation` sends another one.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::agents::NewAgent;
use desk::error::{FieldError, Kind};
use desk::handle::account::{Account, Invite, InviteAgain};
use desk::rights::{self, Verb};
use desk::{Error, Result, Role};
use store::Id;

use super::index::{read_role, show as show_people, teams};
use super::roles;
use super::view::InvitePage;
use crate::pages::entry::form::with_mistakes;
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// What the name of a team's box begins with.
pub(super) const TEAM: &str = "team.";

/// The page.
pub async fn get(visit: Visit) -> Response {
    visit.answer(show(&visit, &BTreeMap::new(), &[], None)).await
}

/// Sends the invitation.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let agent = NewAgent {
            name: posted.field("name").to_owned(),
            address: posted.field("email").to_owned(),
            role: read_role(posted.field("role"))?,
            teams: chosen_teams(&posted.fields),
        };
        let invite = Invite { agent, language: visit.texts.tag().to_owned() };
        match app.desk.account(&visit.actor(), Account::Invite(invite)).await {
            Ok(_) => Ok(see_other("/people?done=invited")),
            Err(error) if error.code == "address-taken" => {
                let taken = FieldError::new("email", "address-taken", error.message);
                show(visit, &posted.fields, &[taken], None).await
            }
            Err(error) if error.kind == Kind::Conflict => {
                show(visit, &posted.fields, &[], Some(refusal(visit, &error))).await
            }
            Err(error) if !error.fields.is_empty() => show(visit, &posted.fields, &error.fields, None).await,
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// Sends another invitation to somebody who has not come.
pub async fn post_again(State(app): State<App>, Path(agent): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let agent: Id = agent.parse().map_err(|_| Error::not_found("agent"))?;
        let again = InviteAgain { agent, language: visit.texts.tag().to_owned() };
        match app.desk.account(&visit.actor(), Account::InviteAgain(again)).await {
            Ok(_) => Ok(see_other("/people?done=invited")),
            Err(error) if error.kind == Kind::Conflict => {
                show_people(visit, StatusCode::CONFLICT, None, Some(refusal(visit, &error))).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// Why something cannot be done about a person, in the reader's words.
pub(super) fn refusal(visit: &Visit, error: &Error) -> String {
    match error.code {
        "no-public-url" => visit.texts.get("people-no-url"),
        "letters-enough" => visit.texts.get("people-letters-enough"),
        "last-owner" => visit.texts.get("people-last-owner"),
        "came-already" => visit.texts.get("people-came-already"),
        "oneself" => visit.texts.get("people-oneself"),
        _ => error.to_string(),
    }
}

/// The teams whose boxes were ticked.
pub(super) fn chosen_teams(fields: &BTreeMap<String, String>) -> Vec<String> {
    fields.keys().filter_map(|name| name.strip_prefix(TEAM)).map(str::to_owned).collect()
}

async fn show(
    visit: &Visit,
    answers: &BTreeMap<String, String>,
    errors: &[FieldError],
    refused: Option<String>,
) -> Result<Response> {
    rights::require(&visit.actor(), Verb::KeepTeams)?;
    let texts = visit.texts;
    let answer = |name: &str| answers.get(name).map_or("", |value| value.trim());
    let role = answer("role").parse().unwrap_or(Role::Agent);
    let fields = vec![
        Field::new("name", texts.get("account-name"), FieldKind::Text(answer("name").to_owned())).filled_in_as("off"),
        Field::new("email", texts.get("account-email"), FieldKind::Email(answer("email").to_owned()))
            .filled_in_as("off"),
        Field::new("role", texts.get("people-role"), FieldKind::Choice(roles(visit, role)))
            .helped(texts.get("people-role-help")),
    ];
    let is_right = errors.is_empty() && refused.is_none();
    let handbook = visit.app.desk.handbooks.current(&mut visit.read().await?).await?;
    let view = InvitePage {
        frame: visit.frame(Section::People).await?,
        fields: with_mistakes(texts, fields, errors),
        teams: teams(visit, &handbook, &chosen_teams(answers)),
        refused,
    };
    Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view))
}
