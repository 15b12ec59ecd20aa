//! `POST /demo/clock`: the demo's clock moves forward.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use desk::outbox::catcher::Catcher;
use desk::{Error, Result};
use jiff::SignedDuration;

use crate::mailing::carriers::ByWay;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::state::App;

/// How long the clock stands still for what others are about: a mail that is being carried.
const OTHERS: Duration = Duration::from_millis(50);
/// How often, at most: a mail that cannot leave does not stop the clock.
const OTHERS_TIMES: u32 = 100;

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
    let carrier = ByWay::new(desk.clone(), Arc::new(Catcher::new(desk.ground.clone())), app.post.clone());
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
    let mut stood = 0;
    while let Some(due) = desk.next_due().await?.filter(|due| *due <= until) {
        if due > desk.now() {
            desk.advance_clock(due.duration_since(desk.now())).await?;
        } else if stood < OTHERS_TIMES {
            stood += 1;
            tokio::time::sleep(OTHERS).await;
        } else {
            break;
        }
        desk.settle(&carrier).await?;
    }
    desk.advance_clock(until.duration_since(desk.now())).await?;
    desk.settle(&carrier).await
}
