//! `POST /notifications/browsers` and what belongs to it: browsers that notices are pushed to are turned on, tried and turned off.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::{Json, http::header};
use desk::Result;
use desk::dispatches::browsers::{self, Browser, NewBrowser, Subscription};
use desk::dispatches::posts;
use desk::handle::Command;
use desk::handle::notices::Notices as Deed;
use desk::notifications::{choices as chosen, own};
use serde_json::json;
use store::{Conn, Id};

use super::choices::{Said, show};
use super::hooks::{read_id, words};
use super::view::{BrowserRow, PushPart};
use crate::messenger::Hitch;
use crate::pages::moments::Moments;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::Visit;
use crate::state::App;

/// Has notices pushed to the browser that posts this, with its session.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let agent = own::whose(&visit.actor())?;
        let field = |name: &str| posted.field(name).to_owned();
        let subscription = Subscription { endpoint: field("endpoint"), p256dh: field("p256dh"), auth: field("auth") };
        let session = visit.viewer.as_ref().and_then(|viewer| viewer.session.as_ref()).map(|session| session.id);
        let new = NewBrowser { session, device: visit.visitor.device.clone(), subscription };
        match app.desk.handle(&visit.actor(), Command::Notices(Deed::KeepBrowser(Box::new(new)))).await {
            Ok(_) => Ok(see_other("/notifications/choices#browsers")),
            Err(error) if error.fields.is_empty() => Err(error),
            // What a script posts is right, so this is for whoever posts it by hand.
            Err(_) => {
                let kept = chosen::of(&mut visit.read().await?, agent).await?;
                let pushed = Some((false, visit.texts.get("push-failed")));
                show(visit, &kept, Said { pushed, ..Said::default() }).await
            }
        }
    };
    visit.answer(work).await
}

/// What this browser is to bind itself to, and whose page it would be.
pub async fn get_key(visit: Visit) -> Response {
    let work = async {
        let agent = own::whose(&visit.actor())?;
        let key = visit.app.desk.ground.settings.push_key.as_ref().map(|key| key.public());
        let told = Json(json!({"key": key, "agent": agent}));
        Ok(([(header::CACHE_CONTROL, "no-store")], told).into_response())
    };
    visit.answer(work).await
}

/// Has nothing pushed to a browser any longer.
pub async fn post_removal(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        app.desk.handle(&visit.actor(), Command::Notices(Deed::RemoveBrowser(read_id(&id)?))).await?;
        Ok(see_other("/notifications/choices#browsers"))
    };
    visit.answer(work).await
}

/// Tries a browser, and says what came of it. One that its service knows no longer is taken away.
pub async fn post_trial(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let (id, agent) = (read_id(&id)?, own::whose(&visit.actor())?);
        let mut conn = visit.read().await?;
        let handbook = app.desk.handbooks.current(&mut conn).await?;
        let (desk, language) = (&handbook.desk.name, visit.texts.tag());
        let trial = posts::trial_push(&mut conn, &app.desk.ground, (agent, id), desk, language).await?;
        let kept = chosen::of(&mut conn, agent).await?;
        drop(conn);
        let pushed = match app.post.web().put(&trial).await {
            Ok(()) => (true, visit.texts.get("push-tried")),
            Err(Hitch::Said(told)) if matches!(told.status, 404 | 410) => {
                app.desk.handle(&visit.actor(), Command::Notices(Deed::RemoveBrowser(id))).await?;
                (false, visit.texts.get("push-gone"))
            }
            Err(hitch) => (false, words(visit.texts, &hitch)),
        };
        show(visit, &kept, Said { pushed: Some(pushed), ..Said::default() }).await
    };
    visit.answer(work).await
}

/// The browsers, as the page of choices shows them.
pub(super) async fn part(visit: &Visit, conn: &mut Conn, agent: Id, said: Option<(bool, String)>) -> Result<PushPart> {
    let settings = &visit.app.desk.ground.settings;
    let listed = browsers::of_agent(conn, agent, visit.app.desk.now()).await?;
    let moments = visit.moments().await?;
    Ok(PushPart {
        key: settings.push_key.as_ref().filter(|_| settings.public_url.is_some()).map(|key| key.public()),
        agent: agent.to_string(),
        browsers: listed.iter().map(|browser| row(browser, &moments)).collect(),
        said,
    })
}

fn row(browser: &Browser, moments: &Moments) -> BrowserRow {
    BrowserRow {
        id: browser.id.to_string(),
        device: browser.device.clone(),
        endpoint: browser.endpoint.clone(),
        since: moments.when(browser.created_at),
        error: browser.last_error.clone(),
    }
}
