//! `POST /api/v1/bulk`: the same is done to many tickets.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::tickets::bulk::TICKETS_MAX;
use desk::tickets::views::Cut;
use desk::tickets::{self, Order};
use desk::{Actor, Error};
use store::Id;

use super::shape::{Bulk, NewBulk};
use crate::edge::{Asked, Problem};
use crate::state::App;

/// Do the same to many tickets: those named, or the first 1,000 of a list. Each is a change of its own; what fails for one is said in
/// `refused` and holds up no other. What it changed can be undone under `id`, a choice excepted.
#[utoipa::path(post, path = "/api/v1/bulk", tag = "bulk", request_body = NewBulk,
    responses(
        (status = 200, description = "What came of it", body = Bulk),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(State(app): State<App>, asked: Asked<NewBulk>) -> Result<Json<Bulk>, Problem> {
    let Asked { actor, content, .. } = asked;
    let deed = content.deed()?;
    let (tickets, more) = chosen(&app, &actor, &content).await?;
    if tickets.is_empty() && content.cut.is_some() {
        return Ok(Json(Bulk::of(desk::handle::Done::default(), false)));
    }
    Ok(Json(Bulk::of(app.desk.bulk(&actor, &tickets, &deed).await?, more)))
}

/// The tickets that are meant, and whether the list holds more.
async fn chosen(app: &App, actor: &Actor, content: &NewBulk) -> Result<(Vec<Id>, bool), Problem> {
    match (&content.tickets, &content.cut) {
        (Some(ids), None) => {
            let none = |_| Error::invalid_field("tickets", "no-such-ticket", "these are ids of tickets");
            let ids = ids.iter().map(|id| id.parse().map_err(none)).collect::<Result<Vec<Id>, Error>>()?;
            Ok((ids, false))
        }
        (None, Some(cut)) => {
            let (scope, cut) = (Scope::of(actor)?, Cut::try_from(cut.clone())?);
            let mut conn = app.desk.read().await?;
            let filter = cut.filter(&mut conn, actor, app.desk.now()).await?;
            Ok(tickets::first(&mut conn, scope, &filter, Order::Newest, TICKETS_MAX).await?)
        }
        _ => Err(Error::invalid_field("tickets", "required", "either `tickets` or `cut`").into()),
    }
}
