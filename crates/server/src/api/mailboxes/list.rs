//! `GET /api/v1/mailboxes`: every mailbox and how it is.

use axum::Json;
use axum::extract::State;
use desk::Actor;
use desk::mailboxes::{connected, watch};
use desk::rights::{self, Scope, Verb};
use store::{Conn, Id};

use super::shape::{Mailbox, Mailboxes};
use crate::edge::{Bearer, Problem};
use crate::state::App;

/// List the mailboxes: those that the desk fetches from and sends through, and those that programs report. Owners see how each is set up.
#[utoipa::path(get, path = "/api/v1/mailboxes", tag = "mail",
    responses((status = 200, description = "The mailboxes, by name", body = Mailboxes)),
    security(("token" = [])))]
pub(in crate::api) async fn list(State(app): State<App>, Bearer(actor): Bearer) -> Result<Json<Mailboxes>, Problem> {
    let items = all(&mut app.desk.read().await?, &actor).await?;
    Ok(Json(Mailboxes { items, next: None }))
}

/// One mailbox that the desk is connected to.
pub(super) async fn one(app: &App, actor: &Actor, id: Id) -> Result<Json<Mailbox>, Problem> {
    let mut conn = app.desk.read().await?;
    let mailbox = connected::find(&mut conn, id).await?.ok_or_else(|| desk::Error::not_found("mailbox"))?;
    let watched = watch::all(&mut conn, Scope::of(actor)?).await?;
    let read = watched.iter().find(|watched| watched.name == mailbox.name).map(|watched| watched.caught_up_until);
    Ok(Json(Mailbox::connected(&mailbox, read, rights::may(actor, Verb::KeepMailboxes))))
}

async fn all(conn: &mut Conn, actor: &Actor) -> Result<Vec<Mailbox>, Problem> {
    let with_settings = rights::may(actor, Verb::KeepMailboxes);
    let connected = connected::all(conn, actor).await?;
    let watched = watch::all(conn, Scope::of(actor)?).await?;
    let read = |name: &str| watched.iter().find(|watched| watched.name == name).map(|watched| watched.caught_up_until);
    let ours = connected.iter().map(|mailbox| {
        let shown = Mailbox::connected(mailbox, read(&mailbox.name), with_settings);
        (mailbox.name.clone(), shown)
    });
    let theirs = watched
        .iter()
        .filter(|watched| !connected.iter().any(|mailbox| mailbox.name == watched.name))
        .map(|watched| (watched.name.clone(), Mailbox::reported(watched)));
    let mut all: Vec<_> = ours.chain(theirs).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(all.into_iter().map(|(_, mailbox)| mailbox).collect())
}
