//! `POST /views`, `POST /views/{id}` and `POST /views/{id}/removal`: somebody keeps the list on screen under a name, calls it otherwise, or
//! removes it, which can be taken back.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::Error;
use desk::handle::{Command, KeepView, Outcome, RemoveView};
use desk::tickets::views::{self, NewView, View};

use super::asked::{Asked, pairs_of, written};
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
        // Brought back twice it is there once.
        if !posted.field("again").is_empty() {
            let known = views::of(&mut visit.read().await?, &visit.actor()).await?;
            let is_same = |known: &&View| {
                (&known.name, &known.cut, known.order, &known.team) == (&view.name, &view.cut, view.order, &view.team)
            };
            if let Some(known) = known.iter().find(is_same) {
                return Ok(see_other(&format!("/tickets?view={}", known.id)));
            }
        }
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

/// Removes it, and goes where it can be brought back.
pub async fn remove(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let id = id.parse().map_err(|_| Error::not_found("view"))?;
        let view = views::find(&mut visit.read().await?, &visit.actor(), id).await?;
        app.desk.handle(&visit.actor(), Command::RemoveView(RemoveView { id })).await?;
        let cut = view.cut.pairs();
        let sort = ("sort", view.order.as_str());
        let list: Vec<_> = cut.iter().map(|(name, value)| (*name, value.as_str())).chain([sort]).collect();
        let list = written(&list);
        let team = view.team.filter(|_| views::may_share(&visit.actor())).unwrap_or_default();
        let pairs = [("view", "mine"), ("removed", &view.name), ("list", &list), ("with", &team)];
        Ok(see_other(&format!("/tickets{}", written(&pairs))))
    };
    visit.answer(work).await
}
