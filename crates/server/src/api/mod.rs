//! The HTTP interface for programs: one folder a feature, one file a verb. It holds no SQL and no rule; it reads the request,
//! calls the desk and shapes the answer.

mod assignee;
mod attachments;
mod bulk;
mod calendars;
mod checklists;
mod choices;
mod clocks;
mod contacts;
mod copies;
mod exports;
mod following;
mod handbook;
mod health;
mod history;
mod hooks;
mod imports;
mod inbound_mail;
mod insights;
mod mailboxes;
mod merges;
mod messages;
mod notifications;
mod openapi;
mod organizations;
mod questions;
mod ready;
mod related;
mod replies;
mod search;
mod sendings;
mod splits;
mod submissions;
mod suggestions;
mod tickets;
mod today;
mod tokens;
mod views;
mod workload;

use axum::Router;
use axum::routing::any;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::edge::Problem;
use crate::state::App;

/// Every address for programs.
pub fn router() -> Router<App> {
    let (router, description) = described();
    router
        .merge(openapi::route(&description))
        // Whatever else is asked for here is a program's mistake and answered as one, not with a page.
        .route("/api/{*rest}", any(async || Problem::nowhere()))
}

/// What `GET /api/v1/openapi.json` says, as `docs/openapi.json` holds it.
pub fn description() -> String {
    openapi::text(&described().1)
}

fn described() -> (Router<App>, OpenApi) {
    let (router, mut description) = OpenApiRouter::with_openapi(openapi::about())
        .routes(routes!(tickets::create::create, tickets::list::list))
        .routes(routes!(tickets::show::show, tickets::patch::patch))
        .routes(routes!(views::list::list, views::create::create))
        .routes(routes!(views::put::put, views::delete::delete))
        .routes(routes!(bulk::create::create))
        .routes(routes!(bulk::undo::undo))
        .routes(routes!(assignee::put::put))
        .routes(routes!(workload::show::show))
        .routes(routes!(insights::show::show))
        .routes(routes!(insights::procedure::show))
        .routes(routes!(insights::events::show))
        .routes(routes!(today::show::show))
        .routes(routes!(handbook::show::today))
        .routes(routes!(handbook::list::list, handbook::publish::publish))
        .routes(routes!(handbook::show::show))
        .routes(routes!(handbook::check::check))
        .routes(routes!(handbook::rehearse::rehearse))
        .routes(routes!(attachments::create::create))
        .routes(routes!(replies::create::create))
        .routes(routes!(choices::create::create))
        .routes(routes!(sendings::list::list, sendings::create::create))
        .routes(routes!(sendings::list_all::list))
        .routes(routes!(sendings::patch::patch, sendings::delete::delete))
        .routes(routes!(merges::create::create, merges::delete::delete))
        .routes(routes!(splits::create::create))
        .routes(routes!(related::put::put, related::delete::delete))
        .routes(routes!(following::put::put, following::delete::delete))
        .routes(routes!(copies::put::put, copies::delete::delete))
        .routes(routes!(suggestions::dismiss::dismiss))
        .routes(routes!(notifications::list::list))
        .routes(routes!(notifications::read::read))
        .routes(routes!(notifications::browsers::list::list, notifications::browsers::create::create))
        .routes(routes!(notifications::browsers::delete::delete))
        .routes(routes!(questions::list::list))
        .routes(routes!(questions::answer::answer))
        .routes(routes!(checklists::put::put, checklists::delete::delete))
        .routes(routes!(submissions::create::create))
        .routes(routes!(hooks::list::list))
        .routes(routes!(hooks::create::create, hooks::put::put, hooks::delete::delete))
        .routes(routes!(search::list::list))
        .routes(routes!(inbound_mail::create::create))
        .routes(routes!(mailboxes::list::list, mailboxes::create::create))
        .routes(routes!(mailboxes::put::put, mailboxes::patch::patch, mailboxes::delete::delete))
        .routes(routes!(mailboxes::try_out::try_out))
        .routes(routes!(calendars::organization::show, calendars::organization::put))
        .routes(routes!(calendars::team::show, calendars::team::put))
        .routes(routes!(organizations::list::list))
        .routes(routes!(organizations::show::show, organizations::put::put))
        .routes(routes!(contacts::list::list))
        .routes(routes!(contacts::show::show, contacts::put::put, contacts::delete::delete))
        .routes(routes!(contacts::data::show))
        .routes(routes!(exports::contacts::show))
        .routes(routes!(exports::organizations::show))
        .routes(routes!(imports::list::list, imports::create::create))
        .routes(routes!(imports::show::show, imports::delete::delete))
        .routes(routes!(imports::rows::list))
        .routes(routes!(imports::columns::put))
        .routes(routes!(imports::carry::create))
        .routes(routes!(imports::undo::create))
        .routes(routes!(tokens::list::list))
        .routes(routes!(tokens::delete::delete))
        .routes(routes!(health::health))
        .routes(routes!(ready::ready))
        .routes(routes!(crate::metrics::show))
        .split_for_parts();
    openapi::complete(&mut description);
    (router, description)
}
