//! `POST /demo/clock`: the demo's clock moves forward.

use axum::extract::State;
use axum::response::Response;
use desk::outbox::catcher::Catcher;
use desk::{Error, Result};
use jiff::SignedDuration;

use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::state::App;

/// Moves the clock by `advance` seconds, or to what is due `next`, and lets the desk do what is due until then.
pub async fn post(State(app): State<App>, posted: Posted) -> Response {
    let work = async {
        if !app.demo {
            return Err(Error::not_found("page"));
        }
        advance(&app, posted.field("advance")).await?;
        Ok(see_other(posted.back("/tickets")))
    };
    posted.visit.answer(work).await
}

/// Moves step by step, so that what falls due on the way happens at its own instant.
async fn advance(app: &App, by: &str) -> Result<()> {
    let desk = &app.desk;
    let catcher = Catcher::new(desk.ground.clone());
    let now = desk.now();
    let until = match by {
        "next" => desk.next_due().await?.unwrap_or(now),
        seconds => {
            let seconds: i64 = seconds.parse().ok().filter(|n| (1..=31 * 86_400).contains(n)).ok_or_else(|| {
                Error::invalid_field("advance", "no-span", "the clock moves forward by 1 second to 31 days")
            })?;
            now + SignedDuration::from_secs(seconds)
        }
    };
    while let Some(due) = desk.next_due().await?.filter(|due| *due <= until) {
        desk.advance_clock(due.duration_since(desk.now())).await?;
        desk.settle(&catcher).await?;
    }
    desk.advance_clock(until.duration_since(desk.now())).await?;
    desk.settle(&catcher).await
}
