//! `POST /theme` and `POST /language`: what a visitor prefers, kept in their browser.

use axum::http::header::SET_COOKIE;
use axum::response::Response;

use super::frame::Theme;
use super::posted::Posted;
use super::see_other;
use super::visit::{LANGUAGE_COOKIE, THEME_COOKIE, YEAR, set_cookie};
use crate::texts::Texts;

/// Keeps the theme.
pub async fn theme(posted: Posted) -> Response {
    let theme = Theme::named(posted.field("theme"));
    keep(&posted, THEME_COOKIE, theme.name()).await
}

/// Keeps the language.
pub async fn language(posted: Posted) -> Response {
    let texts = Texts::for_language(posted.field("language"));
    keep(&posted, LANGUAGE_COOKIE, texts.tag()).await
}

async fn keep(posted: &Posted, name: &str, value: &str) -> Response {
    let work = async {
        let mut response = see_other(posted.back("/"));
        response.headers_mut().append(SET_COOKIE, set_cookie(name, value, Some(YEAR)));
        Ok(response)
    };
    posted.visit.answer(work).await
}
