//! `GET /metrics`: numbers for those who keep the desk running, as Prometheus reads them (text format 0.0.4). Of nobody in
//! particular: no address, name, subject or path that somebody asked for.
//!
//! Written by hand: the format is a line a number, and a library for it would be larger than this module.

mod process;
mod requests;
mod text;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use desk::measures::{self, Measures, Waiting};
use desk::rights::Scope;
use jiff::Timestamp;
use store::Engine;

use crate::edge::{Bearer, Problem};
use crate::state::App;

pub use requests::Requests;
use text::{Text, Type};

/// The media type of the format.
const TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What waits, what was answered, and how the process is, as Prometheus reads it (text format 0.0.4). It asks for a token from this
/// machine too: behind a proxy everybody comes from there.
#[utoipa::path(get, path = "/metrics", tag = "process", responses(
    (status = 200, description = "The numbers", body = String, content_type = "text/plain"),
), security(("token" = [])))]
pub(crate) async fn show(State(app): State<App>, Bearer(actor): Bearer) -> Result<impl IntoResponse, Problem> {
    Scope::of(&actor)?;
    let mut text = Text::default();
    about(&mut text, &app);
    process::write(&mut text);
    writer(&mut text, &app);
    app.requests.write(&mut text);
    // What the process counts is shown even where the database cannot say what waits there: that is when it is looked at.
    let now = app.desk.now();
    let measured = look(&app, now).await;
    text.one(
        "deskhand_database_up",
        Type::Gauge,
        "Whether the database answered this look.",
        u8::from(measured.is_ok()),
    );
    if let Ok((measured, firing)) = measured {
        waiting(&mut text, &measured, firing, now);
    }
    Ok(([(header::CONTENT_TYPE, TYPE), (header::CACHE_CONTROL, "no-store")], text.into_string()))
}

fn about(text: &mut Text, app: &App) {
    let engine = match app.desk.ground.db.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let labels = [("version", env!("CARGO_PKG_VERSION")), ("database", engine)];
    text.family("deskhand_build_info", Type::Gauge, "Which program this is.");
    text.sample("deskhand_build_info", &labels, 1);
    let help = "Loops that have not turned for three minutes.";
    text.one("deskhand_workers_stuck", Type::Gauge, help, app.pulse.stuck().len());
}

fn writer(text: &mut Text, app: &App) {
    let counted = app.desk.ground.db.counted();
    for (name, help, value) in [
        ("deskhand_commits_total", "Transactions that were committed.", counted.commits),
        ("deskhand_commands_total", "Commands in them; several share a commit on SQLite.", counted.commands),
        ("deskhand_commits_failed_total", "Commits that failed.", counted.failed),
        (
            "deskhand_transactions_retried_total",
            "Transactions that met another one and were tried again.",
            counted.again,
        ),
    ] {
        text.one(name, Type::Counter, help, value);
    }
}

/// What waits, and when the next timer fires. One connection after the other: who holds one asks for no second.
async fn look(app: &App, now: Timestamp) -> desk::Result<(Measures, Option<Timestamp>)> {
    let measured = measures::take(&mut app.desk.read().await?, now).await?;
    Ok((measured, app.desk.next_firing().await?))
}

/// What waits, and since when the first of it is overdue.
fn waiting(text: &mut Text, measured: &Measures, firing: Option<Timestamp>, now: Timestamp) {
    text.family(
        "deskhand_tickets",
        Type::Gauge,
        "Tickets that are not closed, by status; 10000 stands for that many or more.",
    );
    for (status, count) in &measured.tickets {
        text.sample("deskhand_tickets", &[("status", status.as_str())], count);
    }
    let help = "Mails that wait to leave, that a restore holds, and that were given up within a day; at most 10000.";
    text.family("deskhand_mails", Type::Gauge, help);
    let mails =
        [("waiting", measured.mails_waiting.count), ("held", measured.mails_held), ("failed", measured.mails_failed)];
    for (state, count) in mails {
        text.sample("deskhand_mails", &[("state", state)], count);
    }
    let help = "Mails that came, were set aside, and wait for somebody to look at them; at most 100.";
    text.one("deskhand_mails_set_aside", Type::Gauge, help, measured.mails_set_aside);
    let help = "Whether the desk was restored and neither fetches nor sends mail yet.";
    text.one("deskhand_resting", Type::Gauge, help, u8::from(measured.is_resting));
    let help = "Questions to other databases that wait for an answer; at most 10000.";
    text.one("deskhand_lookups_waiting", Type::Gauge, help, measured.lookups_waiting.count);
    let help = "Events between linked tickets that are to be judged; at most 10000.";
    text.one("deskhand_events_waiting", Type::Gauge, help, measured.events_waiting);

    let due = |waiting: &Waiting| overdue(waiting.first_due, now);
    for (name, help, value) in [
        (
            "deskhand_mails_overdue_seconds",
            "How long the first mail that waits has been due.",
            due(&measured.mails_waiting),
        ),
        (
            "deskhand_lookups_overdue_seconds",
            "How long the first question that waits has been due.",
            due(&measured.lookups_waiting),
        ),
        (
            "deskhand_timers_overdue_seconds",
            "How long the first timer that nothing holds has been due.",
            overdue(firing, now),
        ),
    ] {
        text.one(name, Type::Gauge, help, value);
    }
    if let Some(until) = measured.mail_in_until {
        let help = "How far the mailbox is behind that is read the least.";
        text.one("deskhand_mailbox_lag_seconds", Type::Gauge, help, overdue(Some(until), now));
    }
}

/// Seconds since `due`; 0 when that is still to come.
fn overdue(due: Option<Timestamp>, now: Timestamp) -> f64 {
    due.map_or(0.0, |due| now.duration_since(due).as_secs_f64().max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_to_come_is_not_overdue() {
        let now: Timestamp = "2026-11-17T09:00:00Z".parse().unwrap();
        assert!((overdue(Some(now - jiff::SignedDuration::from_millis(1_500)), now) - 1.5).abs() < 1e-9);
        assert_eq!((overdue(Some(now + jiff::SignedDuration::from_secs(9)), now), overdue(None, now)), (0.0, 0.0));
    }
}
