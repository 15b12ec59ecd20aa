//! `GET /people`: everybody who works at the desk, for owners and leads.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::accounts::{self, Account};
use desk::outbox::catcher;
use desk::rights::{self, Verb, may};
use desk::{Result, Role, agents, letters};
use playbook::Handbook;
use serde::Deserialize;
use store::Conn;

use super::view::{LetterRow, PeoplePage, PersonRow, PersonStanding};
use super::{role_name, roles};
use crate::pages::field::FieldOption;
use crate::pages::frame::Section;
use crate::pages::moments::Moments;
use crate::pages::person::Person;
use crate::pages::visit::{Visit, page};

/// How many caught letters are shown.
const LETTERS_SHOWN: u32 = 20;

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    done: String,
}

/// The page.
pub async fn get(visit: Visit, Query(said): Query<Said>) -> Response {
    let done = match said.done.as_str() {
        "invited" => Some("people-invited"),
        "role" => Some("people-role-changed"),
        "teams" => Some("people-teams-changed"),
        "gone" => Some("people-gone"),
        _ => None,
    };
    visit.answer(show(&visit, StatusCode::OK, done, None)).await
}

/// The page with what was done, or what could not be.
pub(super) async fn show(
    visit: &Visit,
    status: StatusCode,
    done: Option<&'static str>,
    refused: Option<String>,
) -> Result<Response> {
    rights::require(&visit.actor(), Verb::KeepTeams)?;
    // Before the connection: an embedded database in memory has but one.
    let moments = visit.moments().await?;
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let unsent: BTreeMap<String, String> = letters::failed(&mut conn).await?.into_iter().collect();
    let mut people = Vec::new();
    for account in accounts::all(&mut conn).await? {
        let unsent = unsent.get(&account.agent.address).cloned();
        people.push(PersonRow { unsent, ..row(&mut conn, visit, &handbook, &account).await? });
    }
    let letters = caught(&mut conn, visit, &moments).await?;
    drop(conn);
    let frame = visit.frame(Section::People).await?;
    let title = |team: &playbook::Team| team.title.text(visit.texts.tag()).to_owned();
    let teams = handbook.desk.teams.iter().map(|(name, team)| (name.clone(), title(team))).collect();
    Ok(page(status, &PeoplePage { frame, people, teams, letters, done, refused }))
}

async fn row(conn: &mut Conn, visit: &Visit, handbook: &Handbook, account: &Account) -> Result<PersonRow> {
    let owns = may(&visit.actor(), Verb::KeepAgents);
    let own = visit.actor().agent_id() == Some(account.agent.id);
    let belongs = agents::teams_of(conn, account.agent.id).await?;
    Ok(PersonRow {
        id: account.agent.id.to_string(),
        person: Person::new(&account.agent.name, &account.agent.address),
        role: role_name(visit.texts, account.agent.role),
        standing: match (account.active, &account.password) {
            (false, _) => PersonStanding::Left,
            (true, None) => PersonStanding::Invited,
            (true, Some(_)) => PersonStanding::Here,
        },
        unsent: None,
        roles: if owns && !own { roles(visit, account.agent.role) } else { Vec::new() },
        teams: teams(visit, handbook, &belongs),
        may_go: owns && !own && account.active,
    })
}

/// The teams of the desk, those that somebody `belongs` to chosen.
pub(super) fn teams(visit: &Visit, handbook: &Handbook, belongs: &[String]) -> Vec<FieldOption> {
    let option = |(name, team): (&String, &playbook::Team)| FieldOption {
        value: name.clone(),
        label: team.title.text(visit.texts.tag()).to_owned(),
        chosen: belongs.contains(name),
    };
    handbook.desk.teams.iter().map(option).collect()
}

/// The letters that were caught, for those who may read them.
async fn caught(conn: &mut Conn, visit: &Visit, moments: &Moments) -> Result<Vec<LetterRow>> {
    if !may(&visit.actor(), Verb::KeepAgents) {
        return Ok(Vec::new());
    }
    let letters = catcher::letters(conn, &visit.actor(), LETTERS_SHOWN).await?;
    Ok(letters.iter().map(|letter| super::letters::row(moments, letter)).collect())
}

/// The role that a form posted.
pub(super) fn read_role(text: &str) -> Result<Role> {
    text.parse()
}
