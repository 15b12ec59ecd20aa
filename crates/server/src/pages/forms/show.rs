//! `GET /forms/{name}`.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Error;

use super::fill;
use super::view::FormPage;
use crate::pages::frame::Section;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// The empty form, with a submission key of its own.
pub async fn get(State(app): State<App>, visit: Visit, Path(name): Path<String>) -> Response {
    let work = async {
        let handbook = app.desk.handbooks.current(&mut visit.read().await?).await?;
        let form = handbook.forms.get(&name).ok_or_else(|| Error::not_found("form"))?;
        let submission = app.desk.ground.chance.token()?;
        let form = fill::form(form, visit.texts, submission, &BTreeMap::new(), &[]);
        Ok(page(StatusCode::OK, &FormPage { frame: visit.frame(Section::Form).await?, form }))
    };
    visit.answer(work).await
}
