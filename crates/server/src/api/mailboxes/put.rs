//! `PUT /api/v1/mailboxes/{name}`: a mailbox was read.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, MailboxRead};
use desk::mailboxes::watch;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// How far a mailbox was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PutMailbox {
    /// Everything that arrived before this instant was brought in; what lies in the future counts as now.
    #[schema(value_type = String, format = DateTime)]
    caught_up_until: Timestamp,
}

/// The mailbox that is furthest behind.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Behind {
    /// Its name.
    name: String,
    /// Everything that arrived in it before this instant is in.
    #[schema(value_type = String, format = DateTime)]
    caught_up_until: Timestamp,
}

/// Say that a mailbox was read. Bring the mails in first. Once said, tickets that wait for an answer hold back what falls due
/// later than that, so say it after every look into the mailbox, and delete the mailbox when nobody reads it any more. Answers
/// with the mailbox that is furthest behind, which is what they wait for.
#[utoipa::path(put, path = "/api/v1/mailboxes/{name}", tag = "mail", request_body = PutMailbox,
    params(("name" = String, Path, description = "A name of your own")),
    responses(
        (status = 200, description = "The mailbox that is furthest behind", body = Behind),
        (status = 409, description = "The desk fetches from this mailbox itself", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(name): Place<String>,
    asked: Asked<PutMailbox>,
) -> Result<Json<Behind>, Problem> {
    let Asked { actor, content, .. } = asked;
    let command = MailboxRead { name, until: content.caught_up_until };
    app.desk.handle(&actor, Command::MailboxRead(command)).await?;
    let behind = watch::furthest_behind(&mut app.desk.read().await?).await?.ok_or_else(Problem::defect)?;
    Ok(Json(Behind { name: behind.name, caught_up_until: behind.caught_up_until }))
}
