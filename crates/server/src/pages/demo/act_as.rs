//! `POST /demo/act-as`: whom the demo's visitor plays.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use desk::{Error, agents};
use store::Id;

use crate::edge::viewer::{ACT_AS_COOKIE, CLIENT};
use crate::pages::demo::bar::FORM;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::set_cookie;
use crate::state::App;

/// Remembers the choice; a client is taken to the form, since nothing else is theirs.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let work = async {
        if !app.demo {
            return Err(Error::not_found("page"));
        }
        let who = posted.field("who");
        let known = match who.parse::<Id>() {
            Ok(id) => agents::find(&mut posted.visit.read().await?, id).await?.is_some(),
            Err(_) => who == CLIENT,
        };
        if !known {
            return Err(Error::not_found("agent"));
        }
        let mut response = see_other(if who == CLIENT { FORM } else { posted.back("/tickets") });
        response.headers_mut().append(SET_COOKIE, set_cookie(ACT_AS_COOKIE, who, None));
        Ok(response)
    };
    posted.visit.answer(work).await
}
