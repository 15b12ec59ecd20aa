//! The addresses of the pages.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use axum::routing::{get, post};
use desk::Error;

use super::posted::FILES_FORM_MAX;
use super::visit::Visit;
use super::{
    calendars, contacts, demo, entry, forms, handbook, imports, insights, kept, keys, mail, mailboxes, notifications,
    opening, organizations, palette, people, preferences, questions, search, sendings, tickets, today, workload,
};
use crate::assets;
use crate::state::App;

/// Every page and everything that a page posts to.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(entry::home::get))
        .route("/forms/{name}", get(forms::show::get).post(forms::submit::post))
        .route("/forms/{name}/thanks", get(forms::submit::thanks))
        .route("/tickets", get(tickets::index::get))
        .route("/tickets/list", get(tickets::index::get_list))
        .route("/tickets/views", get(tickets::index::get_views))
        .route("/tickets/bulk", get(tickets::index::get_bulk).post(tickets::bulk::post))
        .route("/tickets/bulk/{id}/undo", post(tickets::bulk::undo))
        .route("/views", post(tickets::keep::post))
        .route("/views/{id}", post(tickets::keep::rename))
        .route("/views/{id}/removal", post(tickets::keep::remove))
        .route("/palette", get(palette::index::get))
        .route("/keys", get(keys::index::get).post(keys::index::post))
        .route("/keys/list", get(keys::index::get_list))
        .route("/tickets/{id}", get(tickets::show::get))
        .route("/numbers/{number}", get(tickets::show::get_by_number))
        .route("/tickets/{id}/row", get(tickets::index::get_row))
        .route("/tickets/{id}/panes", get(tickets::show::get_panes))
        .route("/tickets/{id}/assignee", get(tickets::owner::get).post(tickets::assign::post))
        .route("/tickets/{id}/replies", post(tickets::reply::post).layer(with_files()))
        .route("/tickets/{id}/composer", post(tickets::draft::composer).layer(with_files()))
        .route("/tickets/{id}/files", post(tickets::draft::files).layer(with_files()))
        .route("/tickets/{id}/draft", post(tickets::draft::save))
        .route("/tickets/{id}/canned/{name}", get(tickets::draft::canned))
        .route("/tickets/{id}/choices/{name}", post(tickets::choose::post))
        .route("/tickets/{id}/fields", post(tickets::correct::post))
        .route("/tickets/{id}/suggestions/{suggestion}/dismissal", post(tickets::dismiss::post))
        .route("/search", get(search::index::get))
        .route("/search/offers", get(search::offers::get))
        .route("/tickets/{id}/checklists/{checklist}/{item}", post(tickets::check::post))
        .route("/tickets/{id}/messages/{message}", get(tickets::files::html))
        .route("/attachments/{id}", get(tickets::files::attachment))
        .route("/kept", get(kept::index::get))
        .route("/kept/count", get(kept::index::get_count))
        .route("/kept/list", get(kept::index::get_list))
        .route("/kept/{id}/filing", post(kept::open::file))
        .route("/kept/{id}", get(kept::show::get))
        .route("/kept/{id}/raw", get(kept::show::raw))
        .route("/kept/{id}/ticket", post(kept::open::post))
        .route("/today", get(today::index::get))
        .route("/today/parts", get(today::index::get_parts))
        .route("/mail", get(mail::index::get))
        .route("/mail/list", get(mail::index::get_list))
        .route("/mail/{id}", get(mail::index::get_one))
        .route("/mail/{id}/files/{place}", get(mail::parts::file))
        .route("/mail/{id}/html", get(mail::parts::html))
        .route("/mail/{id}/raw", get(mail::parts::raw))
        .route("/demo/clock", post(demo::clock::post))
        .route("/demo/act-as", post(demo::act_as::post))
        .route("/theme", post(preferences::theme))
        .route("/language", post(preferences::language))
        .merge(connected())
        .merge(opened())
        .merge(asked())
        .merge(told())
        .merge(figures())
        .merge(procedures())
        .merge(beside())
        .merge(clients())
        .merge(door())
        .merge(assets::routes())
        .fallback(nowhere)
        .method_not_allowed_fallback(tickets::back::get)
}

/// The desk's mailboxes.
fn connected() -> Router<App> {
    Router::new()
        .route("/mailboxes", get(mailboxes::index::get).post(mailboxes::form::create))
        .route("/mailboxes/state", get(mailboxes::index::get_state))
        .route("/mailboxes/live", post(mailboxes::index::go_live))
        .route("/mailboxes/new", get(mailboxes::form::new).post(mailboxes::form::begin))
        .route("/mailboxes/{id}", get(mailboxes::form::edit).post(mailboxes::form::change))
        .route("/mailboxes/{id}/rest", post(mailboxes::form::rest))
        .route("/mailboxes/{id}/removal", post(mailboxes::form::remove))
}

/// What colleagues open by hand.
fn opened() -> Router<App> {
    Router::new()
        .route("/tickets/new", get(opening::form::get).post(opening::form::post).layer(with_files()))
        .route("/tickets/new/fields", get(opening::fields::get))
        .route("/tickets/new/people", get(opening::people::get))
}

/// What procedures ask the viewer.
fn asked() -> Router<App> {
    Router::new()
        .route("/questions", get(questions::index::get))
        .route("/questions/list", get(questions::index::get_list))
        .route("/questions/count", get(questions::index::get_count))
        .route("/questions/{id}/answer", post(tickets::answer::post))
}

/// What the viewer was told, and wants to be.
fn told() -> Router<App> {
    Router::new()
        .route("/notifications", get(notifications::index::get))
        .route("/notifications/list", get(notifications::index::get_list))
        .route("/notifications/count", get(notifications::index::get_count))
        .route("/notifications/read", post(notifications::index::post_read))
        .route("/notifications/choices", get(notifications::choices::get).post(notifications::choices::post))
        .route("/notifications/browsers", post(notifications::browsers::post))
        .route("/notifications/browsers/key", get(notifications::browsers::get_key))
        .route("/notifications/browsers/{id}/trial", post(notifications::browsers::post_trial))
        .route("/notifications/browsers/{id}/removal", post(notifications::browsers::post_removal))
        .route("/notifications/hooks", post(notifications::hooks::post))
        .route("/notifications/hooks/{id}/trial", post(notifications::hooks::post_trial))
        .route("/notifications/hooks/{id}/removal", post(notifications::hooks::post_removal))
        .route(
            "/notifications/mail-off/{stamp}",
            get(notifications::choices::get_mail_off).post(notifications::choices::post_mail_off),
        )
}

/// Who has how much, and what a span came to.
fn figures() -> Router<App> {
    Router::new()
        .route("/workload", get(workload::index::get))
        .route("/workload/figures", get(workload::index::get_figures))
        .route("/workload.csv", get(workload::index::get_csv))
        .route("/insights", get(insights::index::get))
        .route("/insights/{table}", get(insights::index::get_csv))
        .route("/insights/procedures/{playbook}", get(insights::procedure::get))
        .route("/insights/procedures/{playbook}/{file}", get(insights::procedure::get_file))
}

/// The handbook.
fn procedures() -> Router<App> {
    Router::new()
        .route("/handbook", get(handbook::read::get))
        .route("/handbook/revisions", get(handbook::read::get_all))
        .route("/handbook/revisions/{number}", get(handbook::read::get_one))
        .route("/handbook/revisions/{number}/changes", get(handbook::changes::get_of))
        .route("/handbook/draft", get(handbook::draft::get).post(handbook::edit::post))
        .route("/handbook/draft/check", post(handbook::edit::check))
        .route("/handbook/draft/files", post(handbook::edit::add))
        .route("/handbook/draft/removal", post(handbook::edit::remove))
        .route("/handbook/draft/restoring", post(handbook::edit::restore))
        .route("/handbook/draft/discarding", post(handbook::edit::discard))
        .route("/handbook/draft/again", post(handbook::edit::begin_again))
        .route("/handbook/draft/base", post(handbook::edit::rebase))
        .route("/handbook/draft/changes", get(handbook::changes::get).post(handbook::changes::publish))
        .route("/handbook/scenarios", get(handbook::scenarios::get).post(handbook::scenarios::post))
        .route("/handbook/scenarios/part", get(handbook::scenarios::get_part))
        .route("/handbook/rehearsal", get(handbook::rehearsal::get))
        .route("/handbook/rehearsal/step", get(handbook::rehearsal::get_step))
}

/// What colleagues do with a ticket beside its procedure.
fn beside() -> Router<App> {
    Router::new()
        .route("/tickets/{id}/assignee/others", get(tickets::owner::get_others))
        .route("/tickets/bulk/colleagues", get(tickets::bulk::get_colleagues))
        .route("/tickets/{id}/canned", get(tickets::canned::get))
        .route("/tickets/{id}/canned-list", get(tickets::canned::get_list))
        .route("/tickets/{id}/mentions", get(tickets::mentions::get))
        .route("/tickets/{id}/drawing", get(tickets::drawing::get))
        .route("/tickets/{id}/drawing/figure", get(tickets::drawing::get_figure))
        .route("/tickets/{id}/preview", post(tickets::draft::preview))
        .route("/sendings", get(sendings::index::get))
        .route("/tickets/{id}/sendings/{sending}", post(tickets::sending::change))
        .route("/tickets/{id}/sendings/{sending}/withdrawal", post(tickets::sending::withdraw))
        .route("/tickets/{id}/merge", post(tickets::merge::merge))
        .route("/tickets/{id}/unmerge", post(tickets::merge::unmerge))
        .route("/tickets/{id}/related", post(tickets::merge::relate))
        .route("/tickets/{id}/related/{other}/removal", post(tickets::merge::unrelate))
        .route("/tickets/{id}/messages/{message}/split", post(tickets::merge::split))
        .route("/tickets/{id}/alike", get(tickets::alike::get))
        .route("/tickets/{id}/presence", get(tickets::presence::get).post(tickets::presence::post))
        .route("/tickets/{id}/follow", post(tickets::merge::follow))
        .route("/tickets/{id}/copies", post(tickets::copies::post))
}

/// Organizations and contacts.
fn clients() -> Router<App> {
    Router::new()
        .route("/organizations", get(organizations::index::get))
        .route("/organizations/{key}", get(organizations::show::get))
        .route("/organizations/{key}/calendar", get(calendars::organization::get).post(calendars::organization::post))
        .route("/teams/{team}/calendar", get(calendars::team::get).post(calendars::team::post))
        .route("/organizations/{key}/form", get(organizations::form::get).post(organizations::form::post))
        .route("/new/organization", get(organizations::form::get_new).post(organizations::form::post_new))
        .route("/imports", get(imports::index::get).post(imports::index::post).layer(with_files()))
        .route("/imports/{id}", get(imports::show::get))
        .route("/imports/{id}/columns", post(imports::show::map))
        .route("/imports/{id}/discarding", post(imports::show::discard))
        .route("/imports/{id}/carrying", post(imports::show::carry))
        .route("/imports/{id}/undoing", post(imports::show::undo))
        .route("/contacts", get(contacts::index::get))
        .route("/organizations.csv", get(organizations::export::organizations_csv))
        .route("/organizations.xlsx", get(organizations::export::organizations_workbook))
        .route("/contacts.csv", get(organizations::export::contacts_csv))
        .route("/contacts.xlsx", get(organizations::export::contacts_workbook))
        .route("/contacts/{id}", get(contacts::show::get))
        .route("/contacts/{id}/data", get(contacts::erasure::data))
        .route("/contacts/{id}/erasure", get(contacts::erasure::get).post(contacts::erasure::post))
        .route("/contacts/{id}/form", get(contacts::form::get).post(contacts::form::post))
        .route("/new/contact", get(contacts::form::get_new).post(contacts::form::post_new))
}

/// How people get in, and who is here.
fn door() -> Router<App> {
    Router::new()
        .route("/sign-in", get(entry::sign_in::get).post(entry::sign_in::post))
        .route("/sign-out", post(entry::sign_out::post))
        .route("/forgotten", get(entry::forgotten::get).post(entry::forgotten::post))
        .route("/reset/{link}", get(entry::reset::get).post(entry::reset::post))
        .route("/invitation/{link}", get(entry::invitation::get).post(entry::invitation::post))
        .route("/set-up", get(entry::set_up::get_elsewhere))
        .route("/set-up/{code}", get(entry::set_up::get).post(entry::set_up::post))
        .route("/welcome", get(entry::welcome::get))
        .route("/account", get(people::account::get))
        .route("/account/profile", post(people::account::post_profile))
        .route("/account/password", post(people::account::post_password))
        .route("/account/sessions/end-others", post(people::account::post_end_others))
        .route("/account/sessions/{session}/end", post(people::account::post_end))
        .route("/people", get(people::index::get))
        .route("/people/invitation", get(people::invite::get).post(people::invite::post))
        .route("/people/letters/{id}", get(people::letters::get))
        .route("/people/{id}/invitation", post(people::invite::post_again))
        .route("/people/{id}/role", post(people::change::post_role))
        .route("/people/{id}/teams", post(people::change::post_teams))
        .route("/people/{id}/departure", post(people::change::post_departure))
}

/// For forms that bring files; every other one is smaller.
fn with_files() -> DefaultBodyLimit {
    DefaultBodyLimit::max(FILES_FORM_MAX)
}

async fn nowhere(visit: Visit) -> Response {
    visit.answer(async { Err(Error::not_found("page")) }).await
}
