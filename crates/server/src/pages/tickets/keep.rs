//! `POST /views`, `POST /views/{id}` and `POST /views/{id}/removal`: somebody keeps the list on screen under a name, calls it otherwise, or
//! removes it.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::Error;
use desk::handle::{Command, KeepView, Outcome, RemoveView};
use desk::tickets::views::{self, NewView, View};

use super::asked::{Asked, pairs_of};
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::state::App;

/// Keeps the list that `list` says, and goes there.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let asked = Asked::read(visit, &pairs_of(posted.field("list"))).await?.there()?;
        let team = Some(posted.field("team").to_owned()).filter(|team| !team.is_empty());
        let view = NewView { name: posted.field("name").to_owned(), cut: asked.cut, order: asked.order, team };
        let kept = app.desk.handle(&visit.actor(), Command::KeepView(KeepView { id: None, view })).await?;
        let Outcome::View(id) = kept else { return Err(Error::internal("a view that is none")) };
        Ok(see_other(&format!("/tickets?view={id}")))
    };
    visit.answer(work).await
}

/// Calls it otherwise.
pub async fn rename(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let id = id.parse().map_err(|_| Error::not_found("view"))?;
        let View { cut, order, team, .. } = views::find(&mut visit.read().await?, &visit.actor(), id).await?;
        let view = NewView { name: posted.field("name").to_owned(), cut, order, team };
        app.desk.handle(&visit.actor(), Command::KeepView(KeepView { id: Some(id), view })).await?;
        Ok(see_other(&format!("/tickets?view={id}")))
    };
    visit.answer(work).await
}

/// Removes it.
pub async fn remove(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let id = id.parse().map_err(|_| Error::not_found("view"))?;
        app.desk.handle(&visit.actor(), Command::RemoveView(RemoveView { id })).await?;
        Ok(see_other("/tickets?view=mine"))
    };
    visit.answer(work).await
}
