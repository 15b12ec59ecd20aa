//! `DELETE /api/v1/mailboxes/{name}`: the mailbox is taken away, or nobody reads it any more.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, ForgetMailbox, RemoveMailbox};
use desk::mailboxes::connected;

use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Take a mailbox away that the desk is connected to (for owners), or forget one that a program reported. Nothing waits for it any more;
/// what it brought stays.
#[utoipa::path(delete, path = "/api/v1/mailboxes/{name}", tag = "mail",
    params(("name" = String, Path, description = "What it is called, or was reported under")),
    responses(
        (status = 204, description = "It is taken away, or forgotten"),
        (status = 403, description = "Only owners take away a mailbox that the desk is connected to", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is none, and nobody reported it", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place(name): Place<String>,
    Bearer(actor): Bearer,
) -> Result<StatusCode, Problem> {
    let command = match connected::find_by_name(&mut app.desk.read().await?, &name).await? {
        Some(mailbox) => Command::RemoveMailbox(RemoveMailbox { id: mailbox.id }),
        None => Command::ForgetMailbox(ForgetMailbox { name }),
    };
    app.desk.handle(&actor, command).await?;
    Ok(StatusCode::NO_CONTENT)
}
