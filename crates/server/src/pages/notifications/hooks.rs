//! `POST /notifications/hooks` and what belongs to it: addresses of Slack and Discord are kept, tried and taken away.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::dispatches::hooks::{self, Hook, NewHook, Of};
use desk::dispatches::posts;
use desk::handle::Command;
use desk::handle::notices::Notices as Deed;
use desk::notifications::{Channel, choices as chosen, own};
use desk::rights::{Verb, may};
use desk::sealed::Secret;
use desk::{Error, Result};
use playbook::Handbook;
use store::Id;
use transport::Kind;

use super::choices::{Said, show, way_key};
use super::view::HookRow;
use crate::messenger::Hitch;
use crate::pages::field::FieldOption;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::Visit;
use crate::state::App;
use crate::texts::Texts;

/// Keeps an address.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let agent = own::whose(&visit.actor())?;
        let of = match posted.field("of").split_once(':') {
            Some(("team", team)) => Of::Team(team.to_owned()),
            Some(("channel", _)) => Of::Channel(posted.field("name").trim_start_matches('#').to_owned()),
            Some(("role", _)) => Of::Roles,
            _ => Of::Agent(agent),
        };
        let channel = Channel::named(posted.field("kind")).unwrap_or(Channel::Slack);
        let address = Secret::new(posted.field("address"));
        let new = NewHook { channel, of, language: visit.texts.tag().to_owned(), address };
        match app.desk.handle(&visit.actor(), Command::Notices(Deed::KeepHook(new))).await {
            Ok(_) => Ok(see_other("/notifications/choices#hooks")),
            Err(error) if !error.fields.is_empty() => {
                let kept = chosen::of(&mut visit.read().await?, agent).await?;
                show(visit, &kept, Said { wrong: error.fields, ..Said::default() }).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// Takes an address away.
pub async fn post_removal(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        app.desk.handle(&visit.actor(), Command::Notices(Deed::RemoveHook(read_id(&id)?))).await?;
        Ok(see_other("/notifications/choices#hooks"))
    };
    visit.answer(work).await
}

/// Tries an address, and says what came of it.
pub async fn post_trial(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let (id, agent) = (read_id(&id)?, own::whose(&visit.actor())?);
        let mut conn = visit.read().await?;
        let hook = hooks::find(&mut conn, id).await?.filter(|hook| match hook.of {
            Of::Agent(of) => of == agent,
            _ => may(&visit.actor(), Verb::KeepAgents),
        });
        let hook = hook.ok_or_else(|| Error::not_found("address"))?;
        let handbook = app.desk.handbooks.current(&mut conn).await?;
        let (desk, language) = (&handbook.desk.name, visit.texts.tag());
        let trial = posts::trial(&mut conn, &app.desk.ground, hook.id, desk, language).await?;
        let kept = chosen::of(&mut conn, agent).await?;
        drop(conn);
        let tried = match app.post.web().put(&trial).await {
            Ok(()) => (true, visit.texts.with("hook-tried", &[("host", &hook.host)])),
            Err(hitch) => (false, words(visit.texts, &hitch)),
        };
        show(visit, &kept, Said { tried: Some(tried), ..Said::default() }).await
    };
    visit.answer(work).await
}

/// What is wrong with an address that took nothing, and what to do about it.
pub(super) fn words(texts: &Texts, hitch: &Hitch) -> String {
    match hitch {
        Hitch::Fault(fault) => match &fault.kind {
            Kind::NotPublic => texts.get("hook-not-public"),
            Kind::BadEndpoint => texts.get("hook-bad-address"),
            _ => texts.with("hook-unreachable", &[("reason", &fault.to_string())]),
        },
        Hitch::Said(told) => {
            let said = told.said.as_deref().unwrap_or_default();
            let values = [("status", told.status.to_string()), ("said", said.to_owned())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            match told.status {
                401 | 403 | 404 | 410 => texts.with("hook-gone", &values),
                408 | 429 | 500..=599 => texts.with("hook-busy", &values),
                300..=399 => texts.with("hook-leads-elsewhere", &values),
                _ => texts.with("hook-refused", &values),
            }
        }
    }
}

/// An address as the page shows it.
pub(super) fn hook_row(visit: &Visit, handbook: &Handbook, hook: &Hook) -> HookRow {
    let texts = visit.texts;
    HookRow {
        id: hook.id.to_string(),
        kind: texts.get(way_key(hook.channel)),
        host: hook.host.clone(),
        whose: match &hook.of {
            Of::Agent(_) => String::new(),
            Of::Team(team) => team_title(texts, handbook, team),
            Of::Channel(name) => format!("#{name}"),
            Of::Roles => texts.get("hook-of-roles"),
        },
        error: hook.last_error.clone(),
    }
}

/// Whose an address can be, beside one's own.
pub(super) fn audiences(visit: &Visit, handbook: &Handbook) -> Vec<FieldOption> {
    let texts = visit.texts;
    let option = |value: String, label: String| FieldOption { value, label, chosen: false };
    let teams =
        handbook.desk.teams.keys().map(|team| option(format!("team:{team}"), team_title(texts, handbook, team)));
    let others = [("role:", "hook-of-roles"), ("channel:", "hook-of-channel")];
    teams.chain(others.map(|(value, key)| option(value.to_owned(), texts.get(key)))).collect()
}

fn team_title(texts: &Texts, handbook: &Handbook, team: &str) -> String {
    handbook.desk.teams.get(team).map_or_else(|| team.to_owned(), |team| team.title.text(texts.tag()).to_owned())
}

pub(super) fn read_id(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::not_found("address"))
}
