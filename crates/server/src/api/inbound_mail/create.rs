//! `POST /api/v1/inbound/mail`: a mail that a mail server or another program received.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, Outcome, ReceiveMail};
use desk::mailboxes;
use desk::rights::Scope;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::Problem;
use crate::edge::asked::AskedMail;
use crate::state::App;

/// What became of a mail.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TakenIn {
    /// `opened` a ticket, `appended` to one, `filed` because a program wrote it, or `set_aside` for a person to look at.
    #[schema(value_type = String)]
    outcome: mailboxes::Outcome,
    /// The ticket it went to; null when it went to none.
    ticket: Option<Ticket>,
}

/// Bring a mail in, as it came: the whole `message/rfc822`, headers included. The same bytes again change nothing.
#[utoipa::path(post, path = "/api/v1/inbound/mail", tag = "mail",
    request_body(content = String, content_type = "message/rfc822", description = "The whole mail, at most 36 MiB"),
    params(("Idempotency-Key" = Option<String>, Header, description = "Two deliveries with two keys are two mails")),
    responses(
        (status = 202, description = "What became of it", body = TakenIn),
        (status = 413, description = "It is too large", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    asked: AskedMail,
) -> Result<(StatusCode, Json<TakenIn>), Problem> {
    let AskedMail { actor, raw, key } = asked;
    let scope = Scope::of(&actor)?;
    let command = ReceiveMail { raw: Arc::from(raw.as_ref()), key };
    let outcome = app.desk.handle(&actor, Command::ReceiveMail(command)).await?;
    let Outcome::Mail { outcome, ticket } = outcome else { return Err(Problem::defect()) };
    let ticket = match ticket {
        Some(id) => Some(shape::now(&app.desk, scope, id).await?),
        None => None,
    };
    Ok((StatusCode::ACCEPTED, Json(TakenIn { outcome, ticket })))
}
